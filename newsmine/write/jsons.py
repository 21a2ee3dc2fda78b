"""JSON and JSON Lines: the very cells, in characters that no terminal or editor acts upon."""

import json
import re
from collections.abc import Iterator

from newsmine.table import Stream, Table
from newsmine.write.cells import finite

# JSON allows these raw, but they move a cursor, end a line, reorder text, or cannot be encoded.
_ACTIVE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def array(table: Table | Stream) -> Iterator[str]:
    """Yield the lines of one JSON array with an object on each line; an empty table is `[]`."""
    before, end = "[\n", "[]\n"
    for item in _objects(table):
        yield f"{before}  {item}"
        before, end = ",\n", "\n]\n"
    yield end


def lines(table: Table | Stream) -> Iterator[str]:
    """Yield one JSON object a line, and no line for an empty table."""
    return (f"{item}\n" for item in _objects(table))


def _objects(table: Table | Stream) -> Iterator[str]:
    for row in table.rows:
        try:
            item = _ENCODE(dict(zip(table.columns, row, strict=True)))
        except ValueError:  # a number that JSON has not
            item = _ENCODE(dict(zip(table.columns, map(finite, row), strict=True)))
        yield item if item.isascii() and "\x7f" not in item else _ACTIVE.sub(_escape, item)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"
