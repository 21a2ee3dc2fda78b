"""The text exports of news databases (Nexis, Factiva, ProQuest) and of reference managers (RIS): many articles each."""

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from newsmine.loading.exports.chunks import Chunk, Format, lines_of
from newsmine.loading.inputs import Input
from newsmine.loading.options import Options
from newsmine.loading.plain import page_of
from newsmine.loading.sniff import Head, Told
from newsmine.loading.whole import read_whole
from newsmine.records import Page, Skipped

__all__ = ["export_of", "read", "read_export", "tell"]

_NAMES = ("ris", "nexis", "factiva", "proquest")
_HEAD = 2**16
_BROKEN = ("broken-record", "it lacks the fields that a record has: export it again")
_NO_TEXT = ("no-text", "the record has neither a title nor a text")
_CUT_OFF = ("truncated", "the record breaks off: what comes before was read; export it again")


def tell(head: Head, options: Options) -> Told | None:
    """Return "nexis", "factiva", "proquest" or "ris" for a text with the marks of such an export."""
    found = export_of(head.text)
    return Told(found[0].NAME, found[1]) if found else None


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield for each record the page with its article, or why it was skipped."""
    whole = read_whole(item, options)
    if isinstance(whole, Skipped):
        yield whole
        return
    if found := export_of(whole.text[:_HEAD]):
        yield from read_export(whole.text, found[0], item.path, options, encoding=whole.encoding)


def export_of(text: str) -> tuple[Format, str] | None:
    """Return the format of the export that begins so, and the sign of it; None if it is any other text."""
    for name in _NAMES:
        form = cast(Format, importlib.import_module(f"newsmine.loading.exports.{name}"))
        if sign := form.sign(text):
            return form, sign
    return None


def read_export(
    text: str, form: Format, path: str, options: Options, *, encoding: str = "utf-8"
) -> Iterator[Page | Skipped]:
    """Yield for each record of an export in that format the page with its article, or why it was skipped.

    What stands before a record is the furniture of its page; what stands after the last one, of that.
    """
    between: list[tuple[int, str]] = []
    held: list[Page | Skipped] = []
    for chunk in form.chunks(lines_of(text)):
        if not chunk.is_record:
            between += chunk.filled()
            continue
        found = _page(chunk, form, path, options, encoding, between)
        if isinstance(found, Page):
            yield from held
            held, between = [], []
        held.append(found)
        if not chunk.is_whole:
            held.append(Skipped(f"{path}:{chunk.number}", *_CUT_OFF))
    if held and isinstance(held[0], Page):
        held[0] = replace(held[0], furniture=(*held[0].furniture, *between))
    yield from held or [Skipped(path, *_BROKEN)]


def _page(
    chunk: Chunk, form: Format, path: str, options: Options, encoding: str, between: Sequence[tuple[int, str]]
) -> Page | Skipped:
    filled = list(chunk.filled())
    number = filled[0][0] if filled else chunk.number
    stated = form.stated(chunk.lines)
    if stated is None:
        return Skipped(f"{path}:{number}", *_BROKEN)
    data = "\n".join(line for _, line in filled).encode("utf-8", "surrogatepass")
    page = page_of(
        stated,
        path,
        number,
        data,
        options,
        reader=form.NAME,
        lines=len(filled),
        encoding=encoding,
        furniture=between,
    )
    return page or Skipped(f"{path}:{number}", *_NO_TEXT)
