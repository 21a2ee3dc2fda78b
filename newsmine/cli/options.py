"""The options that commands share, in bundles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import typer

from newsmine import dates
from newsmine.cli.reporter import Reporter
from newsmine.config import model_name, read_settings
from newsmine.errors import UnknownNameError, UsageError
from newsmine.filters import Filters
from newsmine.records import KINDS, Kind

_FILTER, _NAMES, _OUTPUT, _RUN = "Filters", "Analysis", "Output", "Run"
PARTS = ("article", "listed", "all")


def _settings(ctx: typer.Context, path: str | None) -> str | None:
    """Make what a settings file says the defaults of the command; runs before any other option."""
    if path:
        settings, common = read_settings(path, ctx.info_name or ""), read_settings(path, "")
        names = _option_names(ctx.command)
        for key in settings.keys() - names.keys():
            # What holds for every command may be an option that only others have.
            if key not in common or key not in _all_option_names():
                raise UnknownNameError(f"setting in {path}", key, names)
        ctx.default_map = {names[key]: value for key, value in settings.items() if key in names}
    return path


def _option_names(command: Any) -> dict[str, str]:
    """Return for each option, as a settings file writes it, the name of its parameter."""
    pairs = [(option, param.name) for param in command.params for option in param.opts]
    return {option[2:].replace("-", "_"): name for option, name in pairs if option[:2] == "--" and name != "config"}


def _all_option_names() -> set[str]:
    from newsmine.cli.app import COMMANDS, load_command

    commands = [load_command(name) for name in COMMANDS]
    leaves = [leaf for command in commands for leaf in getattr(command, "commands", {"": command}).values()]
    return {name for leaf in leaves for name in _option_names(leaf)}


@dataclass(frozen=True)
class RunOptions:
    """How a run talks."""

    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.", rich_help_panel=_RUN)] = False
    verbose: Annotated[
        int,
        typer.Option(
            "-v",
            "--verbose",
            count=True,
            help="Say more; -vv shows where an error arose.",
            show_default=False,
            rich_help_panel=_RUN,
        ),
    ] = 0
    no_progress: Annotated[bool, typer.Option("--no-progress", help="Show no progress bar.", rich_help_panel=_RUN)] = (
        False
    )
    errors: Annotated[str, typer.Option(metavar="text|json", help="How errors are written.", rich_help_panel=_RUN)] = (
        "text"
    )
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail if any input is skipped, and print nothing.", rich_help_panel=_RUN)
    ] = False
    config: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Take defaults of options from a TOML file.",
            callback=_settings,
            is_eager=True,
            rich_help_panel=_RUN,
        ),
    ] = None

    def apply(self, reporter: Reporter) -> None:
        """Set up the reporter."""
        if self.errors not in ("text", "json"):
            raise UnknownNameError("form of errors", self.errors, ("text", "json"))
        reporter.as_json = self.errors == "json"
        reporter.verbosity = -1 if self.quiet else self.verbose
        reporter.progress_wanted = not self.no_progress


@dataclass(frozen=True)
class FilterOptions:
    """Which records are looked at."""

    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="From this day on: 2024-02-28, today, 7d, …", rich_help_panel=_FILTER),
    ] = None
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Up to and with this day.", rich_help_panel=_FILTER)
    ] = None
    tz: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="Compare times that state a zone in this one.", rich_help_panel=_FILTER),
    ] = None
    undated: Annotated[
        str | None,
        typer.Option(
            metavar="keep|drop",
            help="Records without a date (default: drop with --since or --until).",
            rich_help_panel=_FILTER,
        ),
    ] = None
    source: Annotated[str | None, typer.Option(metavar="GLOB", help="Publisher or path.", rich_help_panel=_FILTER)] = (
        None
    )
    section: Annotated[
        str | None, typer.Option(metavar="GLOB", help="The article's section.", rich_help_panel=_FILTER)
    ] = None
    match: Annotated[
        str | None,
        typer.Option(metavar="REGEX", help="Texts in which this is found, in any case.", rich_help_panel=_FILTER),
    ] = None
    lang: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="The language, detected: en, ru, az, …", rich_help_panel=_FILTER),
    ] = None
    part: Annotated[
        str | None,
        typer.Option(
            metavar="article|listed|all", help="Articles, listed headlines, or both.", rich_help_panel=_FILTER
        ),
    ] = None

    def filters(self) -> Filters:
        """Return the filters; raises UsageError for a value that is none."""
        zone = dates.parse_zone(self.tz) if self.tz else None
        now = datetime.now(zone)
        if self.undated not in (None, "keep", "drop"):
            raise UnknownNameError("choice for --undated", self.undated, ("keep", "drop"))
        if self.part not in (None, *PARTS):
            raise UnknownNameError("part", str(self.part), PARTS)
        return Filters(
            since=dates.parse_bound(self.since, now=now) if self.since else None,
            until=dates.parse_bound(self.until, now=now) if self.until else None,
            zone=zone,
            source=self.source,
            section=self.section,
            match=_pattern(self.match) if self.match else None,
            language=self.lang.casefold() if self.lang else None,
            undated=self.undated,  # type: ignore[arg-type]
        )


@dataclass(frozen=True)
class AnalysisOptions:
    """How names are found and merged."""

    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND,…", help="Of person, place, organisation (default: all).", rich_help_panel=_NAMES),
    ] = None
    merges: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A CSV of your own: variant, canonical, kind.", rich_help_panel=_NAMES),
    ] = None
    no_merge: Annotated[
        bool, typer.Option("--no-merge", help="Leave different spellings apart.", rich_help_panel=_NAMES)
    ] = False
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="A spaCy pipeline (default: NEWSMINE_MODEL, else en_news_sm).", rich_help_panel=_NAMES
        ),
    ] = None
    rules: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,…",
            help="Rules of repair: all, none, some, or all but some (--rules=-head). Default: all.",
            rich_help_panel=_NAMES,
        ),
    ] = None
    demonyms: Annotated[
        bool,
        typer.Option("--demonyms", help='Count "Azerbaijani" as a mention of Azerbaijan.', rich_help_panel=_NAMES),
    ] = False
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither look up results nor keep them.", rich_help_panel=_NAMES)
    ] = False
    jobs: Annotated[
        int | None,
        typer.Option(
            "-j", "--jobs", min=1, metavar="N", help="Processes (default: one a core).", rich_help_panel=_NAMES
        ),
    ] = None

    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds asked for, all of them by default; raises UnknownNameError."""
        chosen = split_names(self.kind) or KINDS
        for name in chosen:
            if name not in KINDS:
                raise UnknownNameError("kind", name, KINDS)
        return tuple(kind for kind in KINDS if kind in chosen)

    def check(self) -> None:
        """Raise for options that are wrong, before any work is done."""
        self.kinds()
        if self.merges and self.no_merge:
            raise UsageError("--merges and --no-merge contradict each other", hint="leave one out")
        if self.rules:
            from newsmine.nlp.repair import chosen

            chosen(self.rules)
        model_name(self.model)


@dataclass(frozen=True)
class OutputOptions:
    """What of the table is written, where, and how."""

    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to a file; its suffix decides.", rich_help_panel=_OUTPUT
        ),
    ] = None
    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="NAME",
            help="table, csv, tsv, json, jsonl, md; parquet and xlsx with -o.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None
    csv: Annotated[bool, typer.Option("--csv", help="Same as -f csv.", rich_help_panel=_OUTPUT)] = False
    tsv: Annotated[bool, typer.Option("--tsv", help="Same as -f tsv.", rich_help_panel=_OUTPUT)] = False
    json: Annotated[bool, typer.Option("--json", help="Same as -f json.", rich_help_panel=_OUTPUT)] = False
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Same as -f jsonl.", rich_help_panel=_OUTPUT)] = False
    table: Annotated[bool, typer.Option("--table", help="Same as -f table.", rich_help_panel=_OUTPUT)] = False
    columns: Annotated[
        str | None,
        typer.Option(metavar="A,B,…", help="These columns, in this order.", rich_help_panel=_OUTPUT),
    ] = None
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            help="By a column: numbers from the highest, text from A; -COLUMN the other way.",
            rich_help_panel=_OUTPUT,
        ),
    ] = None
    limit: Annotated[
        int | None,
        typer.Option("-n", "--limit", min=0, metavar="N", help="The first N rows.", rich_help_panel=_OUTPUT),
    ] = None
    no_headers: Annotated[
        bool, typer.Option("--no-headers", help="Leave out the line of column names.", rich_help_panel=_OUTPUT)
    ] = False
    excel: Annotated[
        bool, typer.Option("--excel", help="CSV or TSV that Excel opens safely.", rich_help_panel=_OUTPUT)
    ] = False
    color: Annotated[
        str, typer.Option(metavar="auto|always|never", help="Bold headers on a terminal.", rich_help_panel=_OUTPUT)
    ] = "auto"
    fail_empty: Annotated[
        bool, typer.Option("--fail-empty", help="End with status 1 if there is no row.", rich_help_panel=_OUTPUT)
    ] = False

    def chosen_format(self) -> str | None:
        """Return the format that the options name, None if the target is to decide; raises UsageError for two."""
        from newsmine.write import FORMATS, format_of

        flags = {name for name in ("csv", "tsv", "json", "jsonl", "table") if getattr(self, name)}
        if self.format and self.format not in FORMATS:
            raise UnknownNameError("format", self.format, FORMATS)
        named = sorted(flags | ({self.format} if self.format else set()))
        try:
            suffix = format_of(self.output) if self.output and self.output != "-" else None
        except UnknownNameError:
            if not named:
                raise
            suffix = None
        wanted = sorted({*named, *([suffix] if suffix else [])})
        if len(wanted) > 1:
            raise UsageError(f"two formats at once: {' and '.join(wanted)}", hint="choose one")
        return wanted[0] if wanted else None

    def check(self) -> None:
        """Raise for options that are wrong, before any work is done."""
        self.chosen_format()
        if self.color not in ("auto", "always", "never"):
            raise UnknownNameError("choice for --color", self.color, ("auto", "always", "never"))


def split_names(text: str | None) -> tuple[str, ...]:
    """Return the names in a comma-separated list.

    >>> split_names("name, kind,,")
    ('name', 'kind')
    """
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def known(what: str, names: Sequence[str], choices: Sequence[str]) -> None:
    """Raise UnknownNameError for the first name that is not among the choices."""
    for name in names:
        if name not in choices:
            raise UnknownNameError(what, name, choices)


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise UsageError(
            f"not a regular expression: {text!r}: {error}", hint="quote characters such as ( with \\"
        ) from None
