"""PDF files: the text of their pages, read as that of a text dump is. The only importer of pypdf."""

from __future__ import annotations

import hashlib
import io
import logging
import re
import struct
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsmine.errors import MissingError
from newsmine.loading.exports import export_of, read_export
from newsmine.loading.inputs import Input
from newsmine.loading.limits import TRUNCATED, Reason
from newsmine.loading.options import Options
from newsmine.loading.printed import Row, read_pages
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.loading.sniff import Head, Told
from newsmine.loading.text import read_text
from newsmine.loading.titled import titled
from newsmine.loading.whole import read_bytes
from newsmine.records import Page, Skipped, Source

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 2000
MAX_SECONDS = 120.0
MAX_STREAM = 32 * 2**20
_SIGNATURE = b"%PDF-"
_SIGNATURE_WITHIN = 1024
_OBJECT = re.compile(rb"^\d+ \d+ obj\b", re.MULTILINE)
_CATALOG = re.compile(rb"\b(\d+) 0 obj\s*<<[^>]{0,500}?/Type\s*/Catalog\b")
_END = b"%%EOF"
_ADDRESS = re.compile(r"https?://[^\s…]+(?![^\s]*(?:…|\.\.\.))")
# What pypdf raises for a file that is broken in a way that nobody thought of, besides errors of its own.
_ERRORS = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError,
    NotImplementedError, OSError, EOFError, struct.error, zlib.error,
)  # fmt: skip

_ENCRYPTED = ("encrypted", "the file has a password: save it without one, for example with qpdf --decrypt")
_DAMAGED = ("damaged", "the file cannot be taken apart: get it again, or repair it with qpdf")
_BAD_PAGE = ("damaged", "this page cannot be read; the others were")
_NO_TEXT = ("no-text", "there is no text in it, it may be scanned: run OCR on it, for example with ocrmypdf")
_TOO_MANY = ("too-many-pages", f"the first {MAX_PAGES:,} pages were read: split the file for the rest")
_TOO_SLOW = ("too-slow", f"what was read in {MAX_SECONDS:.0f} seconds was kept: split the file for the rest")

_Loss = tuple[int, Reason]


@dataclass(slots=True)
class _Pages:
    """The lines of the pages that could be read, and what was lost: for a page by its number, for the file by 0."""

    sheets: list[list[Row]] = field(default_factory=list)
    losses: list[_Loss] = field(default_factory=list)


def tell(head: Head, options: Options) -> Told | None:
    """Return "pdf" for what begins with the signature, or has it near its beginning and then an object of PDF."""
    data = head.data
    if data.startswith(_SIGNATURE) or (_SIGNATURE in data[:_SIGNATURE_WITHIN] and _OBJECT.search(data)):
        return Told("pdf", "it begins with %PDF-")
    return None


def read(item: Input, options: Options) -> Iterator[Page | Skipped]:
    """Yield the page that the file is, or those of the database export that was saved as one, and what was lost.

    Raises MissingError if pypdf is not installed.
    """
    data = read_bytes(item)
    if isinstance(data, Skipped):
        yield data
        return
    with _silent():
        found = _texts(data)
    if not isinstance(found, _Pages):
        yield Skipped(item.path, *found)
        return
    if any(row.text.strip() for sheet in found.sheets for row in sheet):
        yield from _pages_of(found.sheets, item.path, data, options)
    elif not found.losses:
        found.losses.append((0, _NO_TEXT))
    elif all(reason in (_BAD_PAGE, TRUNCATED) for _, reason in found.losses):
        found.losses = [(0, _DAMAGED)]
    for number, reason in found.losses:
        yield Skipped(f"{item.path}:{number}" if number else item.path, *reason)


def _pages_of(sheets: list[list[Row]], path: str, data: bytes, options: Options) -> Iterator[Page | Skipped]:
    printed = read_pages(sheets)
    if export := export_of(printed.text[: 2**16]):
        yield from read_export(printed.text, export[0], path, options)
        return
    # A browser prints the address at the edge of each page.
    url = next((match[0] for line in printed.furniture if (match := _ADDRESS.search(line))), None)
    source = Source(path, host_of(url) or publisher_of(path), hashlib.sha256(data).hexdigest())
    page = read_text(printed.text, source, size=len(data), dayfirst=options.dayfirst, as_of=options.as_of)
    yield replace(
        page,
        reader="pdf",
        articles=tuple(replace(titled(article, printed.title), url=article.url or url) for article in page.articles),
        furniture=(*page.furniture, *((1, line) for line in printed.furniture)),
    )


def _texts(data: bytes) -> _Pages | Reason:
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
    except ImportError:
        raise MissingError("reading PDF needs pypdf", hint='pip install "newsmine[pdf]"') from None
    errors = (*_ERRORS, PyPdfError)
    for attempt, losses in ((data, []), (_ended(data), [(0, TRUNCATED)])):
        try:
            reader = PdfReader(io.BytesIO(attempt))
            # Many have no password but for changing them.
            if reader.is_encrypted and not reader.decrypt(""):
                return _ENCRYPTED
            return _read(reader, len(reader.pages), errors, losses)
        except (FileNotDecryptedError, DependencyError):
            return _ENCRYPTED
        except errors:
            continue
    return _DAMAGED


def _ended(data: bytes) -> bytes:
    """Return a file that breaks off with an end, by which the objects that there are can be found."""
    root = _CATALOG.search(data)
    if root is None or _END in data[-1024:]:
        return b""
    return data + b"\ntrailer\n<< /Root %s 0 R /Size 10000000 >>\nstartxref\n0\n%s\n" % (root[1], _END)


def _read(reader: PdfReader, count: int, errors: tuple[type[Exception], ...], losses: list[_Loss]) -> _Pages:
    found = _Pages(losses=losses)
    end = time.monotonic() + MAX_SECONDS
    for number in range(min(count, MAX_PAGES)):
        if time.monotonic() > end:
            found.losses.append((0, _TOO_SLOW))
            return found
        try:
            found.sheets.append(_rows(reader.pages[number]))
        except errors:
            found.losses.append((number + 1, _BAD_PAGE))
    if count > MAX_PAGES:
        found.losses.append((0, _TOO_MANY))
    return found


def _rows(page: PageObject) -> list[Row]:
    """Return the lines of a page, each with the size that most of its letters have."""
    content = page.get_contents()
    if content is not None and len(content.get_data()) > MAX_STREAM:
        raise ValueError("more drawing than text")
    pieces: list[tuple[str, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        pieces.append((text, round(abs(size * (tm[3] or tm[1]) * (cm[3] or cm[1])), 1)))

    page.extract_text(visitor_text=visit)
    rows: list[Row] = []
    line, sizes = "", Counter[float]()
    for text, size in [*pieces, ("\n", 0.0)]:
        first, *others = text.split("\n")
        line += first
        sizes[size] += len(first.strip())
        for other in others:
            rows.append(Row(line, max(sizes, key=lambda found: (sizes[found], found))))
            line, sizes = other, Counter({size: len(other.strip())})
    return rows


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what pypdf says of a file that is a little broken from the log; it is as it was afterwards."""
    log = logging.getLogger("pypdf")
    handler, propagates = logging.NullHandler(), log.propagate
    log.addHandler(handler)
    log.propagate = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.propagate = propagates
        log.removeHandler(handler)
