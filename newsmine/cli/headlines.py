"""`newsmine headlines`."""

import re
from typing import Annotated

import typer

from newsmine.cli.bundles import command
from newsmine.cli.inputs import InputOptions
from newsmine.cli.options import FilterOptions, OutputOptions, RunOptions
from newsmine.cli.output import emit
from newsmine.cli.reading import reading
from newsmine.cli.reporter import Reporter
from newsmine.errors import UsageError
from newsmine.headlines import headline_table, near_table
from newsmine.headlines.judge import THRESHOLD


def headlines(
    inputs: InputOptions,
    filters: FilterOptions,
    output: OutputOptions,
    run: RunOptions,
    reporter: Reporter,
    dedupe: Annotated[bool, typer.Option("--dedupe/--no-dedupe", help="Merge near-identical headlines.")] = True,
    threshold: Annotated[
        float, typer.Option(min=0, max=100, metavar="SCORE", help="How similar near-identical is.")
    ] = THRESHOLD,
    window: Annotated[
        str, typer.Option(metavar="DAYS", help='Merge within so many days ("3d"), or "none" for any.')
    ] = "3d",
    groups: Annotated[bool, typer.Option("--groups", help="Show the members of each group of two or more.")] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Show groups with the score and the rule for each member.")
    ] = False,
    near: Annotated[
        bool, typer.Option("--near", help="Show the pairs that are alike but for a number, a date, a place, …")
    ] = False,
    list_name: Annotated[
        str | None, typer.Option("--list", metavar="NAME", help='Of the list of this name, or "article".')
    ] = None,
) -> None:
    """List the headlines, near-identical ones merged.

    Newest first; an article's own title is one of them. The row of a group is its earliest headline, copies counts
    all. Two are near-identical if they score at least the threshold and no guard vetoes: --why shows score and rule
    of each member, --near the pairs that a guard kept apart. More columns with --columns: subtitle, tags, list,
    position, path, line, language, raw, inferred, story.
    """
    run.apply(reporter)
    output.check()
    days = _days(window)
    if [near, groups or why, not dedupe].count(True) > 1:
        raise UsageError("--no-dedupe, --near, and --groups or --why contradict each other", hint="choose one")
    with reading(inputs, filters, run, reporter) as found:
        chosen = found.headlines([list_name] if list_name else [])
        index = found.corpus.headline_index if found.corpus else None
        if near:
            table = near_table(chosen, threshold=threshold, window=days, index=index)
        else:
            table = headline_table(
                chosen, dedupe=dedupe, threshold=threshold, window=days, groups=groups, why=why, index=index
            )
    emit(table, output, reporter)


def _days(text: str) -> int | None:
    if text == "none":
        return None
    match = re.fullmatch(r"(\d{1,5})d?", text)
    if not match:
        raise UsageError(f"not a window: {text!r}", hint='use a number of days such as 3d, or "none"')
    return int(match[1])


app = command(headlines)
