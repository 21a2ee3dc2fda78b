"""`newsmine entities`."""

from typing import Annotated

import typer

from newsmine.analysis import COUNTS, frequency
from newsmine.cli.annotating import annotated
from newsmine.cli.bundles import command
from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import AnalysisOptions, FilterOptions, OutputOptions, RunOptions, known
from newsmine.cli.output import emit
from newsmine.cli.reporter import Reporter


def entities(
    inputs: InputOptions,
    filters: FilterOptions,
    names: AnalysisOptions,
    output: OutputOptions,
    run: RunOptions,
    reporter: Reporter,
    by: Annotated[str, typer.Option(metavar="COUNT", help=f"Rank by {', '.join(COUNTS)}.")] = "mentions",
    minimum: Annotated[
        int, typer.Option("--min", min=0, metavar="N", help="Only names with at least N of that count.")
    ] = 1,
    evidence: Annotated[
        int, typer.Option(min=0, metavar="N", show_default=False, help="Show up to N sentences for each name.")
    ] = 0,
) -> None:
    """Count people, places and organisations.

    mentions: how often; articles: in how many documents (articles, and listed headlines of which the article is not
    known); stories: with near-identical headlines taken as one; sources: of how many publishers.
    """
    run.apply(reporter)
    output.check()
    known("count", [by], COUNTS)
    with annotated(inputs, filters, names, run, reporter) as found:
        table = frequency(
            found,
            kinds=names.kinds(),
            by=by,  # type: ignore[arg-type]
            minimum=minimum,
            evidence=evidence,
        )
    emit(table, output, reporter)


app = command(entities)
