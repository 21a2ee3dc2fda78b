"""`newsmine names suggest`, `newsmine names check` and `newsmine names apply`."""

from typing import Annotated

import typer

from newsmine.cli.annotating import ledger_of
from newsmine.cli.app import HELP_OPTIONS, PLAIN
from newsmine.cli.bundles import add
from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import AnalysisOptions, FilterOptions, OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reporter import Reporter
from newsmine.errors import UsageError
from newsmine.names.check import effects, has_errors, problems
from newsmine.names.merges import read_lines, read_merges
from newsmine.names.suggest import suggestions

_File = Annotated[
    str, typer.Argument(metavar="MERGES", help="A CSV with the columns variant, canonical, kind.", show_default=False)
]

app = typer.Typer(no_args_is_help=True, context_settings=HELP_OPTIONS, **PLAIN)


@app.callback()
def names() -> None:
    """Review and edit which names are merged."""


def suggest(
    inputs: InputOptions,
    filters: FilterOptions,
    names: AnalysisOptions,
    output: OutputOptions,
    run: RunOptions,
    reporter: Reporter,
    least: Annotated[
        float, typer.Option("--min-score", min=0, max=1, metavar="N", help="Only rows with at least this score.")
    ] = 0.0,
) -> None:
    """Write a merge file: what is merged, and what nearly is.

    A score of 0.8 or more is a merge that is done anyway. Below are near misses, which are done only where the file is
    used with --merges: remove the lines that you do not want. A line whose canonical name is the variant itself keeps
    the variant apart; the kind "drop" says that the variant is no name.
    """
    run.apply(reporter)
    output.check()
    _without_merges(names)
    chosen = names.kinds()
    with ledger_of(inputs, filters, names, run, reporter) as found:
        table = suggestions(found, least=least, kinds=chosen)
    emit(table, output, reporter)


def check(
    file: _File,
    inputs: InputOptions,
    filters: FilterOptions,
    names: AnalysisOptions,
    output: OutputOptions,
    run: RunOptions,
    reporter: Reporter,
) -> None:
    """List what is wrong with a merge file.

    Errors (circles, two canonical names for one variant, lines that are not complete) end with status 1, warnings
    (lines that are there twice; with a PATH or --corpus, variants that are not found there) with 0.
    """
    run.apply(reporter)
    output.check()
    _without_merges(names)
    lines = read_lines(file)
    if inputs.paths or inputs.corpus:
        with ledger_of(inputs, filters, names, run, reporter) as found:
            table = problems(lines, found)
    else:
        table = problems(lines)
    emit(table, output, reporter)
    if has_errors(table):
        raise typer.Exit(1)
    reporter.note(f"{file}: {len(table.rows) or 'no'} {'warning' if len(table.rows) == 1 else 'warnings'}, no error")


def apply(
    file: _File,
    inputs: InputOptions,
    filters: FilterOptions,
    names: AnalysisOptions,
    output: OutputOptions,
    run: RunOptions,
    reporter: Reporter,
) -> None:
    """Show what a merge file changes, without changing anything.

    The names that get another canonical name or kind than without the file, or are dropped, and in how many mentions.
    """
    run.apply(reporter)
    output.check()
    _without_merges(names)
    decisions = read_merges(file)
    with ledger_of(inputs, filters, names, run, reporter) as found:
        table = effects(decisions, found)
    emit(table, output, reporter)


def _without_merges(names: AnalysisOptions) -> None:
    if names.merges or names.no_merge:
        raise UsageError("--merges and --no-merge are not for this command", hint="leave them out")


add(app, suggest)
add(app, check)
add(app, apply)
