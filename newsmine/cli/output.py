"""From a table or a stream to what the options ask for on standard output or in a file."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace

import typer

from newsmine.cli.options import OutputOptions, split_names
from newsmine.cli.reporter import Reporter
from newsmine.table import Row, Stream, Table, closed_after
from newsmine.write import write


def emit(table: Table | Stream, options: OutputOptions, reporter: Reporter) -> None:
    """Write the table, and end the command with status 3 if inputs were skipped, 1 if --fail-empty says so.

    Of a stream, no row is made that is not asked for, and what makes them is closed at the end.
    """
    format = options.chosen_format()
    is_empty = True

    def noticed(rows: Iterator[Row]) -> Iterator[Row]:
        nonlocal is_empty
        for row in rows:
            is_empty = False
            yield row

    with closed_after(table.rows):
        chosen = table.sort(options.sort) if options.sort else table
        stream = chosen.stream() if isinstance(chosen, Table) else chosen
        if options.limit is not None:
            stream = stream.limit(options.limit)
        stream = stream.select(split_names(options.columns))
        write(
            replace(stream, rows=noticed(stream.rows)),
            options.output or "-",
            format=format,
            headers=not options.no_headers,
            excel=options.excel,
            color=_colored(options.color),
        )
    if options.fail_empty and is_empty:
        reporter.note("the result is empty")
        raise typer.Exit(1)
    if reporter.skipped:
        raise typer.Exit(3)


def _colored(when: str) -> bool:
    return when == "always" or (when == "auto" and (sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))))
