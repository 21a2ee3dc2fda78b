"""`newsmine cache info` and `newsmine cache clear`."""

from dataclasses import replace

import typer

from newsmine.cache import Cache
from newsmine.cli.app import HELP_OPTIONS, PLAIN
from newsmine.cli.bundles import add
from newsmine.cli.options import OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reading import numbered
from newsmine.cli.reporter import Reporter
from newsmine.nlp import snapshots
from newsmine.table import Row

app = typer.Typer(no_args_is_help=True, context_settings=HELP_OPTIONS, **PLAIN)


@app.callback()
def cache() -> None:
    """Look into the cache of results and clear it."""


def info(output: OutputOptions, run: RunOptions, reporter: Reporter) -> None:
    """Show where the cache is and how much it holds.

    What the recogniser found in a text is kept in a file in the user's cache folder, or in the folder that
    NEWSMINE_CACHE names, so that it is found once. When the file reaches the limit, what was used longest ago goes.
    Beside it stand snapshots of models, which are read faster than the models.
    """
    run.apply(reporter)
    output.check()
    with Cache() as store:
        table = store.info()
    for note in store.notes:
        reporter.note(note)
    sizes = snapshots.sizes()
    held: tuple[Row, ...] = (("snapshots", len(sizes)), ("snapshot bytes", sum(sizes)))
    emit(replace(table, rows=(*table.rows, *held)), output, reporter)


def clear(run: RunOptions, reporter: Reporter) -> None:
    """Remove all results from the cache, and the snapshots of models.

    Nothing is lost but time: they are made again when they are needed.
    """
    run.apply(reporter)
    with Cache() as store:
        removed = store.clear()
    for note in store.notes:
        reporter.note(note)
    gone = snapshots.clear()
    reporter.note(f"{store.path}: {numbered(removed, 'result')} and {numbered(gone, 'snapshot')} removed")


add(app, info)
add(app, clear)
