"""Whole documents to repaired names and sentences, and these to bytes that can be kept."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from zlib import crc32

from newsmine.nlp.model import Analysis, Model, fingerprint
from newsmine.nlp.repair import RULES, Rule, repair
from newsmine.records import KINDS, Span

__all__ = ["Analysis", "analyse", "digest", "fingerprint", "is_packed", "pack", "rules_version", "unpack"]

_CHECKSUM = 4
_CODE = (
    "nlp/repair.py",
    "nlp/finding.py",
    "nlp/labels.py",
    "nlp/documents.py",
    "gazetteer.py",
    "text.py",
    "tags.py",
    "agencies.py",
)
_FOLDERS = ("nlp/rules", "data")


def analyse(model: Model, documents: Sequence[Sequence[str]], rules: Sequence[Rule]) -> Iterator[tuple[Analysis, ...]]:
    """Yield for each document, given as the texts of its parts, what is found in each part after these rules."""
    found = model.analyse(chain.from_iterable(documents))
    for parts in documents:
        raw = list(islice(found, len(parts)))
        spans = repair(parts, [spans for spans, _ in raw], rules)
        yield tuple((repaired, sentences) for repaired, (_, sentences) in zip(spans, raw, strict=True))


def digest(parts: Iterable[str]) -> str:
    """Return 32 hexadecimal digits that stand for the texts of a document's parts."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


@cache
def rules_version() -> str:
    """Return what the repair depends on besides the model: a digest of its code and its data."""
    whole = hashlib.blake2b(digest_size=8)
    root = files("newsmine")
    found = (file for folder in _FOLDERS for file in root.joinpath(folder).iterdir())
    tables = sorted((file for file in found if file.name.endswith((".py", ".tsv"))), key=lambda file: file.name)
    for file in (*(root.joinpath(name) for name in _CODE), *tables):
        whole.update(file.read_bytes())
    return whole.hexdigest()


def pack(analyses: Sequence[Analysis]) -> bytes:
    """Return a document's analyses as a checksum of four bytes and JSON.

    >>> unpack(pack([((Span(0, 4, "place"),), ((0, 9),))]))
    (((Span(start=0, end=4, kind='place', rule='model'),), ((0, 9),)),)
    """
    flat = [
        (
            [(s.start, s.end, KINDS.index(s.kind), RULES.index(s.rule)) for s in spans],
            sentences,
        )
        for spans, sentences in analyses
    ]
    text = json.dumps(flat, separators=(",", ":")).encode()
    return crc32(text).to_bytes(_CHECKSUM, "big") + text


def is_packed(data: bytes) -> bool:
    """Tell whether the bytes are as `pack` made them."""
    return data[:_CHECKSUM] == crc32(data[_CHECKSUM:]).to_bytes(_CHECKSUM, "big")


def unpack(data: bytes) -> tuple[Analysis, ...]:
    """Return the analyses that `pack` made these bytes of."""
    return tuple(
        [
            (
                tuple([Span(start, end, KINDS[kind], RULES[rule]) for start, end, kind, rule in spans]),
                tuple([(start, end) for start, end in sentences]),
            )
            for spans, sentences in json.loads(data[_CHECKSUM:])
        ]
    )
