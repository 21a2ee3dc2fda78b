"""From the options to the records: the paths, standard input, or the corpus."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import FilterOptions, RunOptions
from newsmine.cli.reporter import Reporter, shown_reasons, source_name
from newsmine.config import corpus_path
from newsmine.corpus import Corpus
from newsmine.errors import InputError, UsageError
from newsmine.filters import Filters
from newsmine.headlines import Documents, own_headline
from newsmine.headlines.distinct import PartFilter
from newsmine.loading import pages
from newsmine.loading.language import with_language
from newsmine.records import Article, Headline, Page, Skipped


@dataclass(frozen=True)
class Reading:
    """The records that were asked for, to be gone through once, and the corpus they come from, if it is one."""

    records: Iterator[Article | Headline]
    corpus: Corpus | None
    filters: Filters
    part: PartFilter | None

    def documents(self, part: PartFilter) -> Documents:
        """Return the records that the filters keep, as documents of that part."""
        return Documents((record for record in self.records if self.filters.keeps(record)), part=part)

    def headlines(self, names: Iterable[str] = ()) -> Iterator[Headline]:
        """Yield the headlines that the filters keep, an article's title among them, of the lists named if any are."""
        wanted = {name.casefold() for name in names}
        unmatched = replace(self.filters, match=None)
        for record in self.records:
            if not unmatched.keeps(record):
                continue
            headline = own_headline(record) if isinstance(record, Article) else record
            if headline is None or not Filters(match=self.filters.match).keeps(headline):
                continue
            kind = "article" if isinstance(record, Article) else "listed"
            if self.part in (None, "all", kind) and (not wanted or headline.list.casefold() in wanted):
                yield headline


@contextmanager
def reading(
    inputs: InputOptions, filters: FilterOptions, run: RunOptions, reporter: Reporter, *, jobs: int | None = None
) -> Iterator[Reading]:
    """Open what the options name and give its records, read as they are asked for, in so many processes.

    When all are read, what was skipped is reported, and InputError is raised if no input could be read at all.
    """
    chosen = filters.filters()
    part = cast(PartFilter | None, filters.part)
    paths = list(inputs.paths or ()) or _standard_input(inputs)
    if paths and inputs.corpus:
        raise UsageError("a path and --corpus at once", hint="leave one out")
    with ExitStack() as stack:
        if paths:
            found = _from_paths(paths, inputs, reporter, jobs, languages=chosen.language is not None)
            first = next(found, None)
            if first or inputs.paths or not corpus_path().exists():
                yield Reading(_records(first, found, run, reporter), None, chosen, part)
                return
            reporter.skipped.clear()
        corpus = stack.enter_context(Corpus(corpus_path(inputs.corpus)))
        yield Reading(chain(corpus.articles(), corpus.headlines()), corpus, chosen, part)


def _records(
    first: Page | None, others: Iterable[Page], run: RunOptions, reporter: Reporter
) -> Iterator[Article | Headline]:
    for page in chain([first] if first else [], others):
        yield from page.articles
        yield from page.headlines
    skipped_or_failed(first is not None, run, reporter)


def skipped_or_failed(loaded: bool, run: RunOptions, reporter: Reporter) -> None:
    """Report what was skipped; raise InputError if nothing was loaded, or with --strict if anything was skipped."""
    if not loaded and len(reporter.skipped) == 1:
        (only,) = reporter.skipped
        raise InputError(f"cannot read {source_name(only.source)}: {only.reason}", hint=only.hint)
    reporter.report_skipped(reporter.skipped)
    if not loaded:
        raise InputError(f"nothing could be read: {shown_reasons(reporter.skipped)}", hint="see the lines above")
    if reporter.skipped and run.strict:
        raise InputError(f"skipped with --strict: {shown_reasons(reporter.skipped)}", hint="see the lines above")


def _from_paths(
    paths: Iterable[str], inputs: InputOptions, reporter: Reporter, jobs: int | None, *, languages: bool
) -> Iterator[Page]:
    for page in pages(paths, **inputs.arguments(), jobs=jobs):
        if isinstance(page, Skipped):
            reporter.skip(page)
            continue
        reporter.note(account(page), level=1)
        yield with_language(page) if languages else page


def account(page: Page) -> str:
    """Return in one line what a page holds and where its lines went."""
    return (
        f"{page.source.path}: {numbered(len(page.articles), 'article')}, {numbered(len(page.headlines), 'headline')}, "
        f"{numbered(page.lines, 'line')}"
        f" ({page.body_lines} article, {page.item_lines} items, {len(page.furniture)} furniture), {page.encoding}"
    )


def numbered(count: int, noun: str) -> str:
    """Return the count with its noun: "1 article", "2 articles"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _standard_input(inputs: InputOptions) -> list[str]:
    """Return "-" if something was piped or redirected into the command, and no corpus was named.

    A terminal is never waited for, nor is /dev/null taken for an input.
    """
    if inputs.corpus or os.environ.get("NEWSMINE_CORPUS") or sys.stdin is None:
        return []
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return []
    return ["-"] if stat.S_ISFIFO(mode) or stat.S_ISREG(mode) else []
