"""`newsmine corpus info`, `newsmine corpus check` and `newsmine corpus skipped`."""

from typing import Annotated

import typer

from newsmine.cli.app import HELP_OPTIONS, PLAIN
from newsmine.cli.bundles import add
from newsmine.cli.options import OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reporter import Reporter
from newsmine.config import corpus_path
from newsmine.corpus import Corpus

_File = Annotated[
    str | None,
    typer.Option("--corpus", metavar="FILE", help="The corpus (default: NEWSMINE_CORPUS, else data/corpus.db)."),
]

app = typer.Typer(no_args_is_help=True, context_settings=HELP_OPTIONS, **PLAIN)


@app.callback()
def corpus() -> None:
    """Look into the corpus and check it."""


def info(output: OutputOptions, run: RunOptions, reporter: Reporter, file: _File = None) -> None:
    """Show what the corpus holds.

    Sources, articles, headlines, their dates, and the size of the file.
    """
    run.apply(reporter)
    output.check()
    with Corpus(corpus_path(file)) as store:
        table = store.info()
    emit(table, output, reporter)


def check(output: OutputOptions, run: RunOptions, reporter: Reporter, file: _File = None) -> None:
    """List what is wrong with the corpus.

    The status is 1 if anything is, and 0 if the corpus is whole.
    """
    run.apply(reporter)
    output.check()
    with Corpus(corpus_path(file)) as store:
        table = store.check()
    emit(table, output, reporter)
    if table.rows:
        raise typer.Exit(1)
    reporter.note(f"{store.path}: no problem found")


def skipped(output: OutputOptions, run: RunOptions, reporter: Reporter, file: _File = None) -> None:
    """List what was not read when files were loaded, and why.

    A file of which something was skipped is read again by the next load.
    """
    run.apply(reporter)
    output.check()
    with Corpus(corpus_path(file)) as store:
        table = store.skipped()
    emit(table, output, reporter)


add(app, info)
add(app, check)
add(app, skipped)
