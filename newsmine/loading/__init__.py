"""Sources to records: every input is loaded, or skipped for a stated reason."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import datetime

from newsmine.loading.decode import check_encoding, decode, not_in
from newsmine.loading.inputs import TOO_LARGE, Input, inputs, unreadable
from newsmine.loading.jsonl import is_json_lines, read_jsonl
from newsmine.loading.publishers import publisher_of
from newsmine.loading.sniff import EMPTY, reason_to_skip
from newsmine.loading.text import read_text
from newsmine.records import Article, Headline, Page, Skipped, Source

__all__ = ["load", "pages", "read_page"]


def load(
    *paths: str | os.PathLike[str],
    encoding: str | None = None,
    dayfirst: bool | None = None,
    as_of: datetime | None = None,
) -> Iterator[Article | Headline | Skipped]:
    """Yield the articles and the listed headlines of every source, in order, and a Skipped for whatever is not read.

    A path is a file, a folder, a glob or "-" for standard input. `encoding` overrides detection, `dayfirst` says
    how to read 05/03/2024, `as_of` is the moment from which "3 hours ago" counts.
    """
    for page in pages(paths, encoding=encoding, dayfirst=dayfirst, as_of=as_of):
        if isinstance(page, Skipped):
            yield page
        else:
            yield from page.articles
            yield from page.headlines


def pages(
    paths: Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    dayfirst: bool | None = None,
    as_of: datetime | None = None,
) -> Iterator[Page | Skipped]:
    """Yield the page that each source holds, with the account of its lines, or why it was skipped.

    Of JSON Lines, each record is a page, and they are read as they are asked for. Other sources are read whole.
    """
    if encoding:
        check_encoding(encoding)
    for item in inputs(paths):
        if isinstance(item, Skipped):
            yield item
            continue
        try:
            if is_json_lines(item, encoding):
                yield from read_jsonl(item, encoding=encoding, dayfirst=dayfirst, as_of=as_of)
            else:
                yield read_page(item, encoding=encoding, dayfirst=dayfirst, as_of=as_of)
        except OSError as error:
            yield unreadable(item.path, error)


def read_page(
    item: Input,
    *,
    encoding: str | None = None,
    dayfirst: bool | None = None,
    as_of: datetime | None = None,
) -> Page | Skipped:
    """Return the page that a text dump holds, or why it was skipped."""
    data = item.whole()
    if data is None:
        return Skipped(item.path, *TOO_LARGE)
    if reason := reason_to_skip(data):
        return Skipped(item.path, *reason)
    try:
        text, used = decode(data, encoding)
    except UnicodeError:
        return Skipped(item.path, *not_in(encoding))
    source = Source(item.path, publisher_of(item.path), hashlib.sha256(data).hexdigest())
    page = read_text(text, source, encoding=used, size=len(data), dayfirst=dayfirst, as_of=as_of)
    return page if page.lines else Skipped(item.path, *EMPTY)
