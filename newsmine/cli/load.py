"""`newsmine load`."""

from typing import Annotated

import typer

from newsmine import dates
from newsmine.cli.bundles import command
from newsmine.cli.inputs import LoadOptions
from newsmine.cli.loader import Loader
from newsmine.cli.options import OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reading import skipped_or_failed
from newsmine.cli.reporter import Reporter
from newsmine.config import corpus_path
from newsmine.corpus import Corpus
from newsmine.headlines.indexing import update
from newsmine.loading import told
from newsmine.loading.zones import read_zones


def load(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help='Files, folders, globs, "-", or with --fetch addresses.')
    ],
    reading: LoadOptions,
    run: RunOptions,
    reporter: Reporter,
    corpus: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The corpus (default: NEWSMINE_CORPUS, else data/corpus.db)."),
    ] = None,
    tz: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The zone of times that state none: Asia/Baku.")
    ] = None,
    source_tz: Annotated[
        str | None,
        typer.Option("--source-tz", metavar="FILE", help="A CSV of zones by publisher or path: source,zone."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what each source is, and by which sign; load nothing.")
    ] = False,
) -> None:
    """Read sources into the corpus, each once.

    A file that was read before, and did not change, is not read again; a page whose bytes are already there is left as
    it is. Each page is loaded whole or not at all, so that an interrupted run can be repeated. What is skipped, and
    why, is listed by `newsmine corpus skipped`.
    """
    run.apply(reporter)
    arguments = reading.arguments()
    zones = read_zones(source_tz, default=dates.parse_zone(tz) if tz else None)
    if dry_run:
        emit(told(paths, **arguments), OutputOptions(), reporter)
        return
    with Corpus(corpus_path(corpus), create=True) as store:
        loader = Loader(store, reporter, zones, stop_at_skip=run.strict)
        loader.load(paths, arguments, jobs=reading.jobs)
        with reporter.progress("comparing headlines") as progress:
            note = update(store.headline_index, progress=progress) if store.writable else None
    if note:
        reporter.note(note)
    reporter.note(f"{store.path}: {loader.summary()}")
    skipped_or_failed(bool(loader.loaded or loader.unchanged), run, reporter)
    if reporter.skipped:
        raise typer.Exit(3)


app = command(load)
