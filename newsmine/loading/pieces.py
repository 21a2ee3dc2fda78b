"""Sources that are one page each: what a process needs to read one, and reading it, in whichever process."""

import importlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, cast, runtime_checkable
from urllib.parse import urljoin

from newsmine.loading.inputs import Input, unreadable
from newsmine.loading.options import Options
from newsmine.loading.publishers import host_of, publisher_of
from newsmine.loading.sniff import Reader
from newsmine.records import Article, Page, Skipped, content_id

# The readers of what is a page itself: of these, the address that they were got from is the article's own.
_PAGES = frozenset(["html", "text", "pdf", "docx", "odt"])


@dataclass(frozen=True, slots=True)
class Piece:
    """One page to be read: its bytes, the name of the module that reads it, and the rest of what an `Input` has."""

    path: str
    data: bytes
    reader: str
    charset: str | None = None
    url: str | None = None
    seen: datetime | None = None


@runtime_checkable
class Splitter(Protocol):
    """A reader of sources that hold many pages, each of which takes so long that several processes read them."""

    def pieces(self, item: Input, options: Options) -> Iterator[Piece | Skipped]:
        """Yield the pages in the source, not yet read, and a Skipped for whatever of it is none."""


def read_piece(piece: Piece, options: Options) -> Iterator[Page | Skipped]:
    """Yield what is in a piece."""
    file = io.BufferedReader(io.BytesIO(piece.data))
    item = Input(piece.path, file, charset=piece.charset, url=piece.url, seen=piece.seen)
    return read_input(item, cast(Reader, importlib.import_module(piece.reader)), options)


def read_input(item: Input, reader: Reader, options: Options) -> Iterator[Page | Skipped]:
    """Yield what is in a source, and why the rest cannot be had if it cannot be read to its end.

    "3 hours ago" counts from the moment the source was got, if that is known and the caller names no other.
    """
    if options.as_of is None and item.seen:
        options = replace(options, as_of=item.seen)
    try:
        for found in reader.read(item, options):
            if item.url and isinstance(found, Page) and found.reader in _PAGES:
                found = _with_address(found, item.url)
            yield found
    except OSError as error:
        yield unreadable(item.path, error)


def _with_address(page: Page, url: str) -> Page:
    """Return the page with its address and its publisher, where it does not state them itself."""
    host = host_of(url)
    source = page.source
    if host and source.publisher in (None, publisher_of(source.path)):
        source = replace(source, publisher=host)
    return replace(
        page,
        source=source,
        articles=tuple(_article(replace(one, source=source, url=one.url or url)) for one in page.articles),
        headlines=tuple(replace(one, source=source, url=_whole(one.url, url)) for one in page.headlines),
    )


def _article(article: Article) -> Article:
    moment = article.published.iso if article.published else None
    fields = (article.source.publisher, article.title, article.subtitle, moment, article.paragraphs)
    return replace(article, id=content_id("article", *fields))


def _whole(url: str | None, base: str) -> str | None:
    """Return the address of a link on a page; one that is whole stays as it is."""
    try:
        return urljoin(base, url) if url else url
    except ValueError:  # "https://[" is no address
        return url
