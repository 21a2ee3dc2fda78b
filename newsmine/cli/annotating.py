"""From records to annotations, as the options ask."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import AnalysisOptions, FilterOptions, RunOptions
from newsmine.cli.reading import Reading, reading
from newsmine.cli.reporter import Reporter
from newsmine.names.ledger import Ledger
from newsmine.names.merges import read_merges
from newsmine.records import Annotation, Skipped
from newsmine.run import Again, Memory, Watcher, annotate, annotations, ledger


@contextmanager
def annotated(
    inputs: InputOptions, filters: FilterOptions, names: AnalysisOptions, run: RunOptions, reporter: Reporter
) -> Iterator[list[Annotation]]:
    """Give the documents that the options name, with what was found in them and the stories they belong to.

    Names are resolved before --part chooses: a listed "Aliyev" is the Ilham Aliyev of the article beside it.
    """
    with _annotating(inputs, filters, names, run, reporter) as (found, documents, arguments):
        index = found.corpus.headline_index if found.corpus else None
        yield [a for a in annotate(documents, index=index, **arguments) if found.part in (None, "all", a.document.kind)]


@contextmanager
def annotated_one_by_one(
    inputs: InputOptions, filters: FilterOptions, names: AnalysisOptions, run: RunOptions, reporter: Reporter
) -> Iterator[Iterator[Annotation]]:
    """Give what `annotated` gives, without the stories and without holding it."""
    with _annotating(inputs, filters, names, run, reporter) as (found, documents, arguments):
        yield (a for a in annotations(documents, **arguments) if found.part in (None, "all", a.document.kind))


@contextmanager
def ledger_of(
    inputs: InputOptions, filters: FilterOptions, names: AnalysisOptions, run: RunOptions, reporter: Reporter
) -> Iterator[Ledger]:
    """Give how often each spelling in the documents that the options name is which name, and why."""
    with _annotating(inputs, filters, names, run, reporter) as (_, documents, arguments):
        yield ledger(documents, **{name: arguments[name] for name in arguments.keys() - {"merge", "merges"}})


@contextmanager
def _annotating(
    inputs: InputOptions, filters: FilterOptions, names: AnalysisOptions, run: RunOptions, reporter: Reporter
) -> Iterator[tuple[Reading, Again, dict[str, Any]]]:
    names.check()
    merges = read_merges(names.merges) if names.merges else None
    with ExitStack() as stack:
        found = stack.enter_context(reading(inputs, filters, run, reporter, jobs=names.jobs))
        documents = found.documents("all")
        memory: Memory | None = None
        if not names.no_cache:
            memory = found.corpus if found.corpus is not None else stack.enter_context(_cache(reporter))
        progress = stack.enter_context(reporter.progress("finding names"))
        arguments = {
            "model": names.model,
            "rules": names.rules,
            "demonyms": names.demonyms,
            "merge": not names.no_merge,
            "merges": merges,
            "jobs": names.jobs,
            "memory": memory,
            "watcher": _Watcher(reporter, progress, strict=run.strict),
        }
        yield found, documents, arguments


@contextmanager
def _cache(reporter: Reporter) -> Iterator[Memory]:
    from newsmine.cache import Cache

    with Cache() as cache:
        try:
            yield cache
        finally:
            for note in cache.notes:
                reporter.note(note)


class _Watcher(Watcher):
    """Passes what happens on to the reporter; with --strict, what cannot be analysed ends the run."""

    def __init__(self, reporter: Reporter, progress: Callable[[int, int], None], *, strict: bool) -> None:
        self._reporter, self._progress, self._strict = reporter, progress, strict

    def progress(self, done: int, of: int) -> None:
        self._progress(done, of)

    def note(self, text: str) -> None:
        self._reporter.note(text)

    def skip(self, skipped: Skipped) -> None:
        if self._strict:
            super().skip(skipped)
        self._reporter.skip(skipped)
        self._reporter.report_skipped([skipped])
