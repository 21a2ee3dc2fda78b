"""`newsmine cooccur`."""

from typing import Annotated

import typer

from newsmine.analysis import LEVELS, MEASURES, cooccurrence, parse_between
from newsmine.cli.annotating import annotated
from newsmine.cli.bundles import command
from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import (
    AnalysisOptions,
    FilterOptions,
    OutputOptions,
    RunOptions,
    known,
    split_names,
)
from newsmine.cli.output import emit
from newsmine.cli.reporter import Reporter


def cooccur(
    inputs: InputOptions,
    filters: FilterOptions,
    names: AnalysisOptions,
    output: OutputOptions,
    run: RunOptions,
    reporter: Reporter,
    level: Annotated[str, typer.Option(metavar="LEVEL", help=f"Together in a {', '.join(LEVELS)}.")] = "document",
    measure: Annotated[str, typer.Option(metavar="NAME,…", help=f"Of {', '.join(MEASURES)}.")] = "npmi,llr",
    between: Annotated[
        str | None, typer.Option(metavar="KIND:KIND", help="Pairs of these kinds only: person:organisation.")
    ] = None,
    minimum: Annotated[
        int, typer.Option("--min", min=1, metavar="N", help="Only pairs that meet at least N times.")
    ] = 1,
    evidence: Annotated[
        int, typer.Option(min=0, metavar="N", show_default=False, help="Show up to N sentences for each pair.")
    ] = 0,
) -> None:
    """Count which names appear together.

    A pair counts once in each document, paragraph or sentence. expected: how often it would be by chance; q: the
    false discovery rate (Benjamini-Hochberg) of Fisher's exact test, over all pairs that the names could form.
    """
    run.apply(reporter)
    output.check()
    known("level", [level], LEVELS)
    known("measure", split_names(measure), tuple(MEASURES))
    kinds = parse_between(between) if between else None
    with annotated(inputs, filters, names, run, reporter) as found:
        table = cooccurrence(
            found,
            level=level,  # type: ignore[arg-type]
            measures=split_names(measure),
            between=kinds,
            kinds=names.kinds(),
            minimum=minimum,
            evidence=evidence,
        )
    emit(table, output, reporter)


app = command(cooccur)
