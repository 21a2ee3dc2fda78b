"""Analyses of texts: what a model found in a text is kept under the model and the text's digest."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from newsmine.corpus.schema import transaction
from newsmine.records import Span

Analysis = tuple[tuple[Span, ...], tuple[tuple[int, int], ...]]
"""The spans of one text, and the (start, end) of its sentences: code points, end exclusive."""


def lookup(db: sqlite3.Connection, model: str, texts: Sequence[str]) -> dict[str, Analysis]:
    """Return the analyses that the model has made of any of the texts, in the order of the texts."""
    digests = {text: _digest(text) for text in texts}
    found = {
        digest: (spans, sentences)
        for digest, spans, sentences in db.execute(
            "SELECT text_digest, spans, sentences FROM analyses"
            " WHERE model = ? AND text_digest IN (SELECT value FROM json_each(?))",
            (model, json.dumps(list(digests.values()))),
        )
    }
    return {text: _unpack(*found[digest]) for text, digest in digests.items() if digest in found}


def store(db: sqlite3.Connection, model: str, items: Iterable[tuple[str, Analysis]]) -> None:
    """Keep the analyses that the model made of these texts, in one transaction."""
    rows = [(model, _digest(text), *_pack(analysis)) for text, analysis in items]
    if rows:
        with transaction(db):
            db.executemany("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?)", rows)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _pack(analysis: Analysis) -> tuple[str, str]:
    spans, sentences = analysis
    return _json([(span.start, span.end, span.kind, span.rule) for span in spans]), _json(sentences)


def _unpack(spans: str, sentences: str) -> Analysis:
    return (
        tuple(Span(*span) for span in json.loads(spans)),
        tuple((start, end) for start, end in json.loads(sentences)),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
