"""RIS, the exchange format of reference managers, as news databases export it: a tag on each line."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsmine.loading.exports.chunks import Chunk
from newsmine.loading.plain import Stated, turned

NAME = "ris"
_TAG = re.compile(r"^[ \t]*([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)$")
_FIRST = re.compile(r"\s*TY  ?- ?[A-Z]{3,6}\s*$", re.MULTILINE)
_SECOND = re.compile(r"^[ \t]*(?:TI|T1|CT|AU|A1|PY|Y1|DA|UR|ER)  ?-", re.MULTILINE)
_TITLE = ("TI", "T1", "CT")
_TEXT = ("AB", "N2")
_AUTHORS = ("AU", "A1")
_DATE = ("DA", "Y1", "PY")
_PUBLISHER = ("JO", "T2", "JF", "JA", "PB")
_SECTION = ("SE",)
_LANGUAGE = ("LA",)
_URL = ("UR", "L2", "LK")


def sign(text: str) -> str | None:
    """Return the sign of RIS: the first line is a type of reference, and another tag follows."""
    if _FIRST.match(text) and _SECOND.search(text):
        return "lines with RIS tags, the first of them TY"
    return None


def chunks(lines: Sequence[str]) -> Iterator[Chunk]:
    """Yield the records, each from TY to ER, and what stands between them."""
    start, is_inside = 0, False
    for index, line in enumerate(lines):
        match = _TAG.match(line)
        tag = match[1] if match else ""
        if tag == "TY":
            if index > start:
                yield Chunk(start + 1, lines[start:index], is_record=is_inside)
            start, is_inside = index, True
        elif tag == "ER" and is_inside:
            yield Chunk(start + 1, lines[start : index + 1])
            start, is_inside = index + 1, False
    yield Chunk(start + 1, lines[start:], is_record=is_inside, is_whole=not is_inside)


def stated(lines: Sequence[str]) -> Stated | None:
    """Return what a record says; its abstract, which may be the whole text, is the text."""
    fields = _fields(lines)
    return Stated(
        title=" ".join(_first(fields, _TITLE)),
        paragraphs=_first(fields, _TEXT),
        publisher=" ".join(_first(fields, _PUBLISHER)[:1]),
        date=" ".join(_first(fields, _DATE)[:1]),
        authors=[turned(name) for tag in _AUTHORS for name in fields[tag]],
        section=" ".join(_first(fields, _SECTION)[:1]),
        url=" ".join(_first(fields, _URL)[:1]),
        language=" ".join(_first(fields, _LANGUAGE)[:1]),
    )


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """Return the values of each tag; a line without a tag goes on with the value above it."""
    fields: dict[str, list[str]] = defaultdict(list)
    tag = ""
    for line in lines:
        if match := _TAG.match(line):
            tag = match[1]
            fields[tag].append(match[2] or "")
        elif tag and line.strip():
            fields[tag].append(line)
    return fields


def _first(fields: dict[str, list[str]], tags: Sequence[str]) -> list[str]:
    """Return the values of the first of the tags that holds anything."""
    return next((values for tag in tags if any(values := [text for text in fields[tag] if text.strip()])), [])
