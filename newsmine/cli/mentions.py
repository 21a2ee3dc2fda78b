"""`newsmine mentions`."""

from typing import Annotated

import typer

from newsmine.analysis import mention_stream
from newsmine.cli.annotating import annotated_one_by_one
from newsmine.cli.bundles import command
from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import AnalysisOptions, FilterOptions, OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reporter import Reporter


def mentions(
    inputs: InputOptions,
    filters: FilterOptions,
    names: AnalysisOptions,
    output: OutputOptions,
    run: RunOptions,
    reporter: Reporter,
    context: Annotated[
        int, typer.Option(min=0, metavar="N", show_default=False, help="Show N characters on either side.")
    ] = 0,
) -> None:
    """List each mention of a name with its place in the text.

    start and end are characters (code points) in the part of that name: title, subtitle, paragraph 3, Latest news 5.
    rule says what decided: the model, or a rule that repaired it. More columns with --columns: document, date, line,
    headline.
    """
    run.apply(reporter)
    output.check()
    with annotated_one_by_one(inputs, filters, names, run, reporter) as found:
        emit(mention_stream(found, kinds=names.kinds(), context=context), output, reporter)


app = command(mentions)
