"""From records to annotations, as the options ask."""

from collections.abc import Iterator
from contextlib import contextmanager

from newsmine.cli.options import AnalysisOptions, FilterOptions, InputOptions, RunOptions
from newsmine.cli.reading import reading
from newsmine.cli.reporter import Reporter
from newsmine.names.merges import read_merges
from newsmine.records import Annotation
from newsmine.run import annotate


@contextmanager
def annotated(
    inputs: InputOptions, filters: FilterOptions, names: AnalysisOptions, run: RunOptions, reporter: Reporter
) -> Iterator[list[Annotation]]:
    """Give the documents that the options name, with what was found in them.

    Names are resolved before --part chooses: a listed "Aliyev" is the Ilham Aliyev of the article beside it.
    """
    names.check()
    merges = read_merges(names.merges) if names.merges else None
    with reading(inputs, filters, run, reporter) as found, reporter.progress("finding names") as progress:
        everything = annotate(
            found.documents("all"),
            model=names.model,
            merge=not names.no_merge,
            merges=merges,
            jobs=names.jobs,
            memory=found.corpus,
            progress=progress,
        )
        yield [a for a in everything if found.part in (None, "all", a.document.kind)]
