"""Sources to records: every input is loaded, or skipped for a stated reason."""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from newsmine.loading.decode import check_encoding
from newsmine.loading.inputs import inputs, unreadable
from newsmine.loading.options import Options
from newsmine.loading.sniff import sniff
from newsmine.records import Article, Headline, Page, Skipped

__all__ = ["load", "pages"]


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
    columns: Mapping[str, str] | None = None,
    fast: bool = False,
) -> Iterator[Page | Skipped]:
    """Yield the page or the pages that each source holds, with the account of its lines, or why it was skipped.

    They are read as they are asked for. What of a source cannot be read is skipped, the rest is kept. `columns` names
    for a field of an article the column or JSON field that holds it; `fast` chooses the quicker way for HTML.
    """
    if encoding:
        check_encoding(encoding)
    options = Options(encoding, dayfirst, as_of, dict(columns or {}), fast)
    for item in inputs(paths):
        if isinstance(item, Skipped):
            yield item
            continue
        try:
            found = sniff(item, options)
            if isinstance(found, Skipped):
                yield found
            else:
                _, reader = found
                yield from reader.read(item, options)
        except OSError as error:
            yield unreadable(item.path, error)
