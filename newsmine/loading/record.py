"""A record of JSON or a row of a table as a page with one article, or why it is none."""

import hashlib
import html
import json
from collections.abc import Iterable, Mapping
from typing import Any

from newsmine.loading.columns import lacks_columns
from newsmine.loading.fields import read_article
from newsmine.loading.mojibake import noted, repair_record
from newsmine.loading.options import Options
from newsmine.records import Page, Skipped

NO_OBJECT = ("not-an-object", "a record is an object with a title or a text: {…}")
NO_TEXT = ("no-text", "the record has neither a title nor a text")
_TOO_DEEP = ("broken-json", "the record is nested too deeply: leave out what is no text")
# What news agencies call the state of an item that must not be used (any more).
_WITHDRAWN = ("canceled", "cancelled", "withheld")
WITHDRAWN = ("canceled", "its publisher has withdrawn the item")
_NAMES_SHOWN = 12
_LONGEST_NAME = 30

Reason = tuple[str, str]
"""A reason code and a hint."""


def read_record(
    record: object,
    path: str,
    number: int,
    options: Options,
    *,
    reader: str,
    encoding: str = "utf-8",
    data: bytes | None = None,
) -> Page | Skipped:
    """Return the page of the record with that number in a file, or why it holds no article.

    Its digest is that of `data`, the bytes of the record; without them, of the record as JSON, so that the same
    record in another file is the same page. Texts that were taken for another encoding on their way are repaired,
    unless the caller names the encoding.
    """
    found: Page | Reason = NO_OBJECT
    if isinstance(record, dict):
        try:
            found = _read(record, path, number, options, reader, encoding, data)
        except RecursionError:  # it could just be read, but not written
            found = _TOO_DEEP
    return found if isinstance(found, Page) else Skipped(f"{path}:{number}", *found)


def _read(
    record: dict[str, Any], path: str, number: int, options: Options, reader: str, encoding: str, data: bytes | None
) -> Page | Reason:
    if is_withdrawn(record.get("pubstatus")):
        return WITHDRAWN
    if options.columns and lacks_columns(record, options.columns):
        return no_column(options.columns, record)
    data = _bytes(record) if data is None else data
    digest = hashlib.sha256(data).hexdigest()
    record, taken_for = (record, None) if options.encoding else repair_record(record)
    article = read_article(
        record, path, number, digest, dayfirst=options.dayfirst, as_of=options.as_of, columns=options.columns
    )
    if article is None:
        return NO_TEXT
    return Page(
        source=article.source,
        reader=reader,
        encoding=noted(encoding, taken_for),
        size=len(data),
        articles=(article,),
        headlines=(),
        furniture=(),
        body_lines=1,
        item_lines=0,
    )


def literal(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record of plain texts (or lists of them), written so that nothing in them is taken for HTML."""
    return {
        name: [_escaped(item) for item in value] if isinstance(value, list) else _escaped(value)
        for name, value in record.items()
    }


def _escaped(value: Any) -> Any:
    return html.escape(value, quote=False) if isinstance(value, str) else value


def is_withdrawn(status: object) -> bool:
    """Tell whether the state of an agency's item ("usable", "stat:canceled") is that it must not be used."""
    return isinstance(status, str) and status.rpartition(":")[2].strip().casefold() in _WITHDRAWN


def no_column(columns: Mapping[str, str], names: Iterable[str]) -> Reason:
    """Return the reason for a source in which what the caller names a column does not exist; the hint lists those."""
    known = [str(name)[:_LONGEST_NAME] for name in names]
    wanted = ", ".join(sorted({repr(name) for name in columns.values() if name not in known}))
    shown = ", ".join(known[:_NAMES_SHOWN]) + (f" and {len(known) - _NAMES_SHOWN} more" * (len(known) > _NAMES_SHOWN))
    return "no-column", f"there is no {wanted}: its columns are {shown}"


def _bytes(record: Mapping[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
