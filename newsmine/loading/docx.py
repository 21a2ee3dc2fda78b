"""Word and OpenDocument texts: paragraphs and rows of tables are lines, read as those of a text dump are."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsmine.loading.exports import export_of, read_export
from newsmine.loading.inputs import Input
from newsmine.loading.markup import MarkupError, parse_xml
from newsmine.loading.options import Options
from newsmine.loading.publishers import publisher_of
from newsmine.loading.sniff import EMPTY, Head, Told
from newsmine.loading.text import read_text
from newsmine.loading.titled import titled
from newsmine.loading.whole import read_bytes
from newsmine.records import Page, Skipped, Source
from newsmine.text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBER = 64 * 2**20
_ZIP = b"PK\x03\x04"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_MIMETYPE_AT = slice(30, 30 + len(_ODT))
_TITLE_STYLES = ("title", "heading 1")
_FIRST_LINES = 12
_DAMAGED = ("damaged", "the document cannot be taken apart: save it again")
_ENCRYPTED = ("encrypted", "the document has a password: save it without one")
_TOO_LARGE = ("too-large", f"unpacked, the limit of a text is {MAX_MEMBER // 2**20} MiB: split the document")
# What zipfile and zlib raise for an archive that is cut off or makes no sense.
_ERRORS = (zipfile.BadZipFile, zlib.error, MarkupError, EOFError, OSError, ValueError, KeyError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the elements of a document are called, without their namespaces."""

    text: str
    styles: str
    paragraphs: frozenset[str]
    row: str
    cell: str
    spaces: frozenset[str]
    breaks: frozenset[str]
    left_out: frozenset[str]
    runs: frozenset[str]


# Deleted and moved text is left out, and the second version of a drawing for old programs.
_WORD = _Kind(
    text="word/document.xml",
    styles="word/styles.xml",
    paragraphs=frozenset(["p"]),
    row="tr",
    cell="tc",
    spaces=frozenset(["tab"]),
    breaks=frozenset(["br", "cr"]),
    left_out=frozenset("del moveFrom Fallback instrText pPr rPr sectPr".split()),
    runs=frozenset(["t"]),
)
_OPEN = _Kind(
    text="content.xml",
    styles="styles.xml",
    paragraphs=frozenset(["p", "h"]),
    row="table-row",
    cell="table-cell",
    spaces=frozenset(["tab", "s"]),
    breaks=frozenset(["line-break"]),
    left_out=frozenset("tracked-changes annotation note automatic-styles scripts font-face-decls".split()),
    runs=frozenset("p h span a ruby-base".split()),
)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    style: str = ""


def tell(head: Head, options: Options) -> Told | None:
    """Return "docx" or "odt" for a ZIP archive that begins with the parts of such a document."""
    data = head.data
    if not data.startswith(_ZIP):
        return None
    if data[_MIMETYPE_AT] == _ODT:
        return Told("odt", "a ZIP archive whose type is an OpenDocument text")
    if b"[Content_Types].xml" in data and b"word/" in data:
        return Told("docx", "a ZIP archive with the parts of a Word document")
    return None


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the page that the document is, or those of the database export that was saved as one."""
    data = read_bytes(item)
    if isinstance(data, Skipped):
        yield data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = _WORD if _WORD.text in archive.namelist() else _OPEN
            if archive.getinfo(kind.text).flag_bits & 1:
                yield Skipped(item.path, *_ENCRYPTED)
                return
            paragraphs = _read(archive, kind)
    except _ERRORS:
        yield Skipped(item.path, *_DAMAGED)
        return
    if paragraphs is None:
        yield Skipped(item.path, *_TOO_LARGE)
        return
    yield from _pages(paragraphs, item.path, data, options, "docx" if kind is _WORD else "odt")


def _pages(
    paragraphs: Sequence[_Paragraph], path: str, data: bytes, options: Options, reader: str
) -> Iterator[Page | Skipped]:
    text = "\n\n".join(paragraph.text for paragraph in paragraphs)
    if found := export_of(text[: 2**16]):
        yield from read_export(text, found[0], path, options)
        return
    source = Source(path, publisher_of(path), hashlib.sha256(data).hexdigest())
    page = read_text(text, source, size=len(data), dayfirst=options.dayfirst, as_of=options.as_of)
    title = next((p.text for p in paragraphs[:_FIRST_LINES] if p.style in _TITLE_STYLES), None)
    page = replace(page, reader=reader, articles=tuple(titled(article, title) for article in page.articles))
    yield page if page.lines else Skipped(path, *EMPTY)


def _read(archive: zipfile.ZipFile, kind: _Kind) -> list[_Paragraph] | None:
    """Return the paragraphs of the document, None if it is larger than may be."""
    text = _member(archive, kind.text)
    if text is None:
        return None
    styles = _styles(archive, kind)
    return [replace(p, style=styles.get(p.style, p.style)) for p in _lines(parse_xml(text), kind)]


def _member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    with archive.open(name) as file:
        data = file.read(MAX_MEMBER + 1)
    return data if len(data) <= MAX_MEMBER else None


def _styles(archive: zipfile.ZipFile, kind: _Kind) -> dict[str, str]:
    """Return the names of the styles, which are English whatever the identifiers are ("berschrift1")."""
    if kind is not _WORD or kind.styles not in archive.namelist():
        return {}
    try:
        data = _member(archive, kind.styles)
        root = parse_xml(data) if data else None
    except _ERRORS:
        return {}
    found = {}
    for style in root if root is not None else ():
        name = next((_attribute(child, "val") for child in style if _name(child) == "name"), "")
        found[_attribute(style, "styleId")] = name.casefold()
    return found


def _lines(root: _Element, kind: _Kind) -> Iterator[_Paragraph]:
    """Yield the paragraphs in their order, and each row of a table as a line.

    A cell of several paragraphs is layout: those of its row are paragraphs like others.
    """
    for child in root:
        name = _name(child)
        if name in kind.left_out:
            continue
        if name in kind.paragraphs:
            yield from _paragraph(child, kind)
        elif name == kind.row:
            cells = [
                list(_lines(cell, kind))
                for cell in child.iter()
                if _name(cell) == kind.cell and _is_of(cell, child, kind)
            ]
            if max(map(len, cells), default=0) > 1:
                yield from (paragraph for cell in cells for paragraph in cell)
            elif filled := [cell[0] for cell in cells if cell]:
                yield _Paragraph(" | ".join(p.text for p in filled), filled[0].style if len(filled) == 1 else "")
        else:
            yield from _lines(child, kind)


def _is_of(cell: _Element, row: _Element, kind: _Kind) -> bool:
    """Tell whether a cell is the row's own, and not one of a table within it."""
    above = cell.getparent()
    while above is not None and _name(above) != kind.row:
        above = above.getparent()
    return above is row


def _paragraph(element: _Element, kind: _Kind) -> Iterator[_Paragraph]:
    """Yield the lines of a paragraph that are not blank, and after them those of the boxes in it."""
    style = _style(element, kind)
    boxes: list[_Element] = []
    text = "".join(_pieces(element, kind, boxes))
    yield from (_Paragraph(found, style) for line in text.split("\n") if (found := clean(line)))
    for box in boxes:
        yield from _paragraph(box, kind)


def _pieces(root: _Element, kind: _Kind, boxes: list[_Element]) -> Iterator[str]:
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, is_done = stack.pop()
        name = _name(element)
        if is_done:
            parent = element.getparent()
            if element is not root and parent is not None and _name(parent) in kind.runs:
                yield (element.tail or "").replace("\n", " ")
            continue
        stack.append((element, True))
        if element is not root and name in kind.paragraphs:
            boxes.append(element)
        elif name not in kind.left_out:
            yield "\n" if name in kind.breaks else " " if name in kind.spaces else "-" * (name == "noBreakHyphen")
            yield (element.text or "").replace("\n", " ") if name in kind.runs else ""
            stack.extend((child, False) for child in reversed(element))


def _style(element: _Element, kind: _Kind) -> str:
    if kind is _OPEN:
        is_heading = _name(element) == "h" and _attribute(element, "outline-level") in ("", "1")
        return _TITLE_STYLES[1] if is_heading else _attribute(element, "style-name").casefold()
    for child in element:
        if _name(child) == "pPr":
            return next((_attribute(part, "val") for part in child if _name(part) == "pStyle"), "")
    return ""


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: _Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
