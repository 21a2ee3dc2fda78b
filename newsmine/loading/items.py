"""Lists of headlines: which lines make an item, and which date is whose."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from newsmine import dates
from newsmine.loading.lines import Line, is_bare_time, split_clock, split_date
from newsmine.records import Timestamp

Layout = Literal["after", "before", "inline", "undated"]

_AGO = re.compile(r"\bago$|^just now$", re.IGNORECASE)
_TO_THE_MINUTE = ("minute", "second")
_LABEL_WORDS = frozenset(
    "politics business economy economics world society culture sport sports analysis opinion region "
    "regions nation energy tech technology science health travel lifestyle entertainment chronicle war "
    "military finance markets europe asia africa americas azerbaijan armenia turkey türkiye russia other".split()
)


@dataclass(slots=True)
class Item:
    """The lines of one listed headline, its date, and what they were taken to be."""

    headline: Line
    subtitle: Line | None = None
    stamp: Timestamp | None = None
    tags: list[str] = field(default_factory=list)
    url: str | None = None
    lines: int = 0


@dataclass(slots=True)
class Block:
    """One list: its name, its lines, and after reading its items and the lines that are none."""

    name: str
    lines: list[Line]
    items: list[Item] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)


def read_items(block: Block, *, dayfirst: bool | None = None) -> Block:
    """Fill in the block's items and furniture: every one of its lines ends up in one or the other."""
    layout = layout_of(block.lines, dayfirst=dayfirst)
    if layout == "inline":
        _read_inline(block, dayfirst)
    elif layout == "undated":
        _read_undated(block, block.lines)
    else:
        _read_dated(block, layout)
    return block


def layout_of(lines: Sequence[Line], *, dayfirst: bool | None = None) -> Layout:
    """Return where the dates of a list stand: after each item, before it, in its line, or nowhere."""
    days = _days(lines)
    stamps = [i for i, line in enumerate(lines) if line.stamp and i not in days]
    texts = [i for i, line in enumerate(lines) if not (line.stamp or line.is_furniture or line.is_tag)]
    inline = [found[1] for i in texts if (found := inline_date(lines[i], dayfirst))]
    if inline and len(inline) >= len(texts) // 2 and not _dated_apart(lines, texts, inline):
        return "inline"
    if not stamps:
        return "undated"
    if not texts or texts[0] < stamps[0]:
        return "after"
    return "before" if texts[-1] > stamps[-1] or _nearer_to_next(lines, stamps) else "after"


def _dated_apart(lines: Sequence[Line], texts: Sequence[int], inline: Sequence[Timestamp]) -> bool:
    """Tell whether dates stand alone about as often as texts do, so that dates inside texts are chance.

    They are not where the lines apart state days, and the texts the times of these days.
    """
    apart = [line.stamp for line in lines if line.stamp]
    if all(_is_bare_time(stamp) for stamp in inline) and not any(map(_has_time, apart)):
        return False
    return len(apart) * 2 > len(texts)


def _nearer_to_next(lines: Sequence[Line], stamps: Sequence[int]) -> bool:
    before = sum(lines[i].gap for i in stamps if i)
    after = sum(lines[i + 1].gap for i in stamps if i + 1 < len(lines))
    return after <= before


def inline_date(line: Line, dayfirst: bool | None) -> tuple[str, Timestamp] | None:
    """Return the headline and the date that share a line, the date at one end; None if it is no such line."""
    if line.stamp:
        return None
    if timed := split_clock(line.text):
        return timed[1], Timestamp(timed[0], None, "unknown")
    split = split_date(line, dayfirst=dayfirst)
    if not split or (split[0] and split[1]):
        return None
    rest = split[0] or split[1]
    return (rest, split[2]) if len(rest.split()) >= 3 else None


def _read_inline(block: Block, dayfirst: bool | None) -> None:
    day: Timestamp | None = None
    for line in block.lines:
        split = inline_date(line, dayfirst)
        if split:
            text, stamp = split
            block.items.append(Item(replace(line, text=text), stamp=on_day(stamp, day), lines=line.count))
        elif line.stamp:
            day = line.stamp
            block.furniture.append(line)
        else:
            _place(block, [line], None, None)


def _read_undated(block: Block, lines: Iterable[Line]) -> None:
    for line in lines:
        if line.is_url and block.items:
            block.items[-1].url = line.text
            block.items[-1].lines += line.count
        elif line.is_tag and block.items:
            block.items[-1].tags.append(line.text)
            block.items[-1].lines += line.count
        elif line.is_furniture or line.words < 3 or line.is_url:
            block.furniture.append(line)
        else:
            block.items.append(Item(line, lines=line.count))


def _read_dated(block: Block, layout: Layout) -> None:
    day: Timestamp | None = None
    pending: list[Line] = []
    opened: Line | None = None
    days = _days(block.lines)
    for i, line in enumerate(block.lines):
        if not line.stamp:
            pending.append(line)
            continue
        if i in days:
            _place(block, pending, opened, day)
            pending, opened, day = [], None, line.stamp
            block.furniture.append(line)
        elif layout == "after":
            _place(block, pending, line, day)
            pending = []
        else:
            _place(block, pending, opened, day)
            pending, opened = [], line
    _place(block, pending, opened, day)


def _days(lines: Sequence[Line]) -> set[int]:
    """Return the indices of the dates that are headings of a day: bare times follow before the next date does."""
    stamps = [(i, line.stamp) for i, line in enumerate(lines) if line.stamp]
    return {i for (i, stamp), (_, following) in pairwise(stamps) if _is_bare_time(following) and not _has_time(stamp)}


def on_day(stamp: Timestamp, day: Timestamp | None) -> Timestamp:
    """Return a bare time of day ("19:48") set on the day that heads its list; any other date as it is."""
    if day is None or not _is_bare_time(stamp):
        return stamp
    raw = f"{day.raw} {stamp.raw}"
    if day.precision != "day":
        return Timestamp(raw, day.value, day.precision)
    placed = dates.parse(f"{day.value} {stamp.raw}")
    if placed and placed.precision in _TO_THE_MINUTE:
        return replace(placed, raw=raw)
    return Timestamp(raw, f"{day.value}T{dates.clock(stamp.raw)}", "minute")


def _has_time(stamp: Timestamp) -> bool:
    return (
        stamp.precision in _TO_THE_MINUTE or ":" in stamp.raw or is_bare_time(stamp.raw) or bool(_AGO.search(stamp.raw))
    )


def _is_bare_time(stamp: Timestamp) -> bool:
    return stamp.value is None and is_bare_time(stamp.raw)


def _place(block: Block, lines: Sequence[Line], dated: Line | None, day: Timestamp | None) -> None:
    """Make an item of the lines between two dates, or find that they are furniture.

    `dated` is the line with their date. Lines that have none are the page's end: a headline or two cut off
    from their date, else its footer.
    """
    texts = [line for line in lines if not (line.is_furniture or line.is_tag or line.is_url)]
    footer = dated is None and (len(texts) > 2 or any(line.words < 4 or line.is_paragraph for line in texts))
    while len(texts) > 1 and _is_label(texts[0]):
        texts = texts[1:]
    if footer or not texts:
        block.furniture.extend(lines)
        block.furniture.extend([dated] if dated else [])
        return
    own = texts[-2:]
    _read_undated(block, texts[:-2])
    item = Item(own[0], own[1] if len(own) > 1 else None)
    if dated and dated.stamp:
        item.stamp, item.lines = on_day(dated.stamp, day), dated.count
    for line in lines:
        if line in texts[:-2]:
            continue
        if line in own:
            item.lines += line.count
        elif line.is_tag:
            item.tags.append(line.text)
            item.lines += line.count
        elif line.is_url and item.url is None:
            item.url = line.text
            item.lines += line.count
        else:
            block.furniture.append(line)
    block.items.append(item)


def _is_label(line: Line) -> bool:
    """Tell whether the line above a headline is the name of its section."""
    return line.words <= 2 and (line.text.isupper() or line.text.casefold() in _LABEL_WORDS)
