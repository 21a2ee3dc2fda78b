"""`newsmine load`."""

from typing import Annotated

import typer

from newsmine import dates
from newsmine.cli.bundles import command
from newsmine.cli.options import ReadingOptions, RunOptions
from newsmine.cli.reading import account, numbered, skipped_or_failed
from newsmine.cli.reporter import Reporter, shown_reasons
from newsmine.config import corpus_path
from newsmine.corpus import Corpus
from newsmine.headlines.indexing import update
from newsmine.loading import pages
from newsmine.loading.language import with_language
from newsmine.loading.zones import in_zone
from newsmine.records import Skipped


def load(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help='Files, folders, globs, or "-".')],
    reading: ReadingOptions,
    run: RunOptions,
    reporter: Reporter,
    corpus: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="The corpus (default: NEWSMINE_CORPUS, else data/corpus.db)."),
    ] = None,
    tz: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The zone of times that state none: Asia/Baku.")
    ] = None,
) -> None:
    """Read sources into the corpus, each once.

    A source whose bytes are already there is left as it is. Each source is loaded whole or not at all, so that an
    interrupted run can be repeated.
    """
    run.apply(reporter)
    zone = dates.parse_zone(tz) if tz else None
    loaded = unchanged = headlines = articles = 0
    with Corpus(corpus_path(corpus), create=True) as store:
        for page in pages(paths, **reading.arguments()):
            if isinstance(page, Skipped):
                reporter.skip(page)
                if run.strict:
                    break
            elif store.has(page.source.digest) or not store.add(with_language(in_zone(page, zone))):
                unchanged += 1
                reporter.note(f"{page.source.path}: unchanged", level=1)
            else:
                loaded += 1
                articles += len(page.articles)
                headlines += len(page.headlines)
                reporter.note(account(page), level=1)
        with reporter.progress("comparing headlines") as progress:
            note = update(store.headline_index, progress=progress) if store.writable else None
    if note:
        reporter.note(note)
    content = f"{numbered(articles, 'article')}, {numbered(headlines, 'headline')}"
    summary = f"loaded {loaded} ({content}), unchanged {unchanged}"
    skipped = f", skipped {shown_reasons(reporter.skipped)}" if reporter.skipped else ""
    reporter.note(f"{store.path}: {summary}{skipped}")
    skipped_or_failed(bool(loaded or unchanged), run, reporter)
    if reporter.skipped:
        raise typer.Exit(3)


app = command(load)
