"""The options that say what is read, and how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import typer

from newsmine import dates
from newsmine.errors import UsageError

_INPUT = "Input"
_RUN = "Run"


@dataclass(frozen=True)
class ReadingOptions:
    """How sources are read."""

    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The sources' encoding (default: detected).", rich_help_panel=_INPUT),
    ] = None
    dayfirst: Annotated[
        bool | None,
        typer.Option(
            "--dayfirst/--monthfirst",
            help="How to read 05/03/2024 (default: by the page's other dates, else the year only).",
            rich_help_panel=_INPUT,
        ),
    ] = None
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help='When the page was saved, for dates such as "3 hours ago".', rich_help_panel=_INPUT
        ),
    ] = None

    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Where CSV, JSON and the like have a field: --map title=kop.",
            rich_help_panel=_INPUT,
        ),
    ] = None
    fast: Annotated[
        bool, typer.Option("--fast", help="Read HTML the quick way, less exactly.", rich_help_panel=_INPUT)
    ] = False
    fetch: Annotated[
        bool,
        typer.Option("--fetch", help="Read web addresses too, as far as robots.txt allows.", rich_help_panel=_INPUT),
    ] = False

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `newsmine.loading.pages`."""
        moment = dates.parse_bound(self.as_of, now=datetime.now()) if self.as_of else None
        if moment is not None and len(moment) < 10:
            raise UsageError(f"--as-of {self.as_of} is no day", hint="use 2024-02-28 or 2024-02-28T19:48")
        as_of = datetime.fromisoformat(moment) if moment else None
        return {
            "encoding": self.encoding,
            "dayfirst": self.dayfirst,
            "as_of": as_of,
            "columns": _mapping(self.mapping or ()),
            "fast": self.fast,
            "fetch": self.fetch,
        }


@dataclass(frozen=True)
class LoadOptions(ReadingOptions):
    """How sources are read into a corpus."""

    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, metavar="N", help="Processes (default: one a core).", rich_help_panel=_RUN),
    ] = None


@dataclass(frozen=True)
class InputOptions(ReadingOptions):
    """Where records come from: paths, or the corpus."""

    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help='Files, folders, globs, or "-"; else the corpus.', show_default=False),
    ] = None
    corpus: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="The corpus (default: NEWSMINE_CORPUS, else data/corpus.db).", rich_help_panel=_INPUT
        ),
    ] = None


def _mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Return the columns by field that --map names; raises UsageError for what is no FIELD=COLUMN."""
    columns = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not (field and equals and column):
            raise UsageError(f"--map {pair} is no FIELD=COLUMN", hint="for example --map title=kop")
        columns[field.strip()] = column.strip()
    return columns
