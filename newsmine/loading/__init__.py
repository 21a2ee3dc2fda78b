"""Sources to records: every input is loaded, or skipped for a stated reason."""

import os
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Unpack

from newsmine.loading.columns import check_columns
from newsmine.loading.decode import check_encoding
from newsmine.loading.inputs import Input, files, opened, unreadable
from newsmine.loading.options import Given, Options
from newsmine.loading.sniff import sniff
from newsmine.loading.stream import Event, Finished, Note, stream
from newsmine.records import Article, Headline, Page, Skipped
from newsmine.table import Row, Table

__all__ = ["events", "load", "pages", "told"]


def load(*paths: str | os.PathLike[str], **given: Unpack[Given]) -> Iterator[Article | Headline | Skipped]:
    """Yield the articles and the listed headlines of every source, in order, and a Skipped for whatever is not read.

    A path is a file, a folder, a glob or "-" for standard input. `encoding` overrides detection, `dayfirst` says
    how to read 05/03/2024, `as_of` is the moment from which "3 hours ago" counts. `columns` names, for a field of an
    article, the column or JSON field that holds it; `fast` chooses the quicker way for HTML; with `fetch`, web
    addresses are read.
    """
    for page in pages(paths, **given):
        if isinstance(page, Skipped):
            yield page
        else:
            yield from page.articles
            yield from page.headlines


def pages(
    paths: Iterable[str | os.PathLike[str]], *, jobs: int | None = 1, **given: Unpack[Given]
) -> Iterator[Page | Skipped]:
    """Yield the page or the pages that each source holds, with the account of its lines, or why it was skipped.

    They are read as they are asked for. What of a source cannot be read is skipped, the rest is kept. `jobs` is the
    number of processes that read HTML and the like (None: one for each core, if there is much to read); it changes
    nothing else. The further options are those of `load`.
    """
    return (event for event in events(paths, jobs=jobs, **given) if not isinstance(event, Finished))


def events(
    paths: Iterable[str | os.PathLike[str]],
    *,
    jobs: int | None = 1,
    known: Callable[[str], bool] | None = None,
    without: Container[str] = (),
    note: Note | None = None,
    **given: Unpack[Given],
) -> Iterator[Event]:
    """Yield what `pages` yields, and a Finished after the last page of each file.

    Files that are `known` are not opened, those `without` which the rest is read (by their real paths) passed over.
    `note` is told of processes that were killed.
    """
    options = _options(given)
    return stream(_found(paths, options, known, without), options, jobs=jobs, note=note)


def told(paths: Iterable[str | os.PathLike[str]], **given: Unpack[Given]) -> Table:
    """Return what each source is taken for, and by which sign: columns source, format, why."""
    options = _options(given)
    found = _found(paths, options)
    rows = tuple(_told(item, options) for item in found if not isinstance(item, Finished))
    return Table(("source", "format", "why"), rows)


def _told(item: Input | Skipped, options: Options) -> Row:
    if isinstance(item, Input):
        try:
            found = sniff(item, options)
        except OSError as error:
            found = unreadable(item.path, error)
        if not isinstance(found, Skipped):
            return item.path, found[0].name, found[0].why
        item = found
    return item.source, None, f"{item.reason}: {item.hint}"


def _options(given: Given) -> Options:
    options = Options(**given)
    if options.encoding:
        check_encoding(options.encoding)
    check_columns(options.columns)
    return options


def _found(
    paths: Iterable[str | os.PathLike[str]],
    options: Options,
    known: Callable[[str], bool] | None = None,
    without: Container[str] = (),
) -> Iterator[Input | Skipped | Finished]:
    for file in files(paths, fetch=options.fetch):
        if isinstance(file, Skipped):
            yield file
            yield Finished(file.source)
        elif without and os.path.realpath(file) in without:
            continue
        elif known and known(file):
            yield Finished(file, is_known=True)
        else:
            yield from opened(file)
            yield Finished(file)
