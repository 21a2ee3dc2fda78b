"""From a table to what the options ask for on standard output or in a file."""

import os
import sys

import typer

from newsmine.cli.options import OutputOptions, split_names
from newsmine.cli.reporter import Reporter
from newsmine.table import Table
from newsmine.write import write


def emit(table: Table, options: OutputOptions, reporter: Reporter) -> None:
    """Write the table, and end the command with status 3 if inputs were skipped, 1 if --fail-empty says so."""
    format = options.chosen_format()
    if options.sort:
        table = table.sort(options.sort)
    if options.limit is not None:
        table = table.limit(options.limit)
    write(
        table.select(split_names(options.columns)),
        options.output or "-",
        format=format,
        headers=not options.no_headers,
        excel=options.excel,
        color=_colored(options.color),
    )
    if options.fail_empty and not table.rows:
        reporter.note("the result is empty")
        raise typer.Exit(1)
    if reporter.skipped:
        raise typer.Exit(3)


def _colored(when: str) -> bool:
    return when == "always" or (when == "auto" and (sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))))
