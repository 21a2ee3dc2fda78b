"""Where the lists of headlines on a page begin and end.

A list is found by its name, or by a line that sticks to the date of the item before it where items keep their
distance; a list of no known name by the dates of its items.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from newsmine.loading.items import Block, inline_date
from newsmine.loading.lines import Line, split_date

UNNAMED = "headlines"
_SAME_LINE = re.compile(
    r"^(?P<name>read also|also read|see also|related|read more|don't miss|читайте также)\s*[:：]\s*(?P<item>\S.*)$",
    re.IGNORECASE,
)
_MOST_LINES_OF_AN_ITEM = 4
_MOST_WORDS_OF_A_HEADLINE = 25


@dataclass(slots=True)
class _Start:
    """The index of the line that names a list, and the name."""

    index: int
    name: str


def split_blocks(lines: Sequence[Line], *, dayfirst: bool | None = None) -> tuple[list[Line], list[Block]]:
    """Return the article's part of the page, and its lists, unread; names of lists become furniture of theirs."""
    lines, blocks = _take_same_line_lists(lines)
    starts = _named_starts(lines)
    first = starts[0].index if starts else len(lines)
    top = list(lines[:first])
    ends = [*(start.index for start in starts[1:]), len(lines)]
    for start, end in zip(starts, ends, strict=False):
        block, resumed = _cut(lines[start.index : end], start, has_body=any(line.is_paragraph for line in top))
        if block:
            blocks.append(block)
        top += resumed
    top, unnamed = _split_unnamed(top, dayfirst)
    blocks += unnamed
    return top, sorted(blocks, key=lambda block: min(line.number for line in [*block.lines, *block.furniture]))


def _take_same_line_lists(lines: Sequence[Line]) -> tuple[list[Line], list[Block]]:
    rest: list[Line] = []
    blocks: list[Block] = []
    for line in lines:
        match = _SAME_LINE.match(line.text)
        if match and len(match["item"].split()) >= 3:
            item = replace(line, text=match["item"])
            if blocks and blocks[-1].name == match["name"]:
                blocks[-1].lines.append(item)
            else:
                blocks.append(Block(match["name"], [item]))
        else:
            rest.append(line)
    return rest, blocks


def _named_starts(lines: Sequence[Line]) -> list[_Start]:
    starts: list[_Start] = []
    for i, line in enumerate(lines):
        if i + 1 < len(lines) and (line.is_list_name or (starts and _sticks(lines[starts[-1].index : i + 1]))):
            starts.append(_Start(i, line.text.rstrip(":： ")))
    return starts


def _sticks(lines: Sequence[Line]) -> bool:
    """Tell whether the last line heads a new list: it sticks to a date, where other items keep their distance."""
    line = lines[-1]
    if line.gap or not lines[-2].stamp or line.stamp or line.words > 5 or line.is_furniture or line.is_tag:
        return False
    gaps = [after.gap for before, after in pairwise(lines[:-1]) if before.stamp]
    return len(gaps) >= 2 and all(gaps)


def _cut(lines: Sequence[Line], start: _Start, *, has_body: bool) -> tuple[Block | None, list[Line]]:
    """Return the list that begins with the lines, and the lines at which the article goes on after it.

    `has_body` says that the article has begun before. What follows a long or dated list is then the foot of the
    page; what follows a short box in mid-article is the article.
    """
    name, *rest = lines
    end = next((i for i, line in enumerate(rest) if line.is_paragraph and not _is_dated_item(rest, i)), len(rest))
    stamps = [i for i, line in enumerate(rest[:end]) if line.stamp]
    resumed = rest[end:]
    block = Block(start.name, rest[:end], furniture=[name])
    if not has_body and resumed:
        if len(stamps) < 2:
            return None, list(lines)
        title = stamps[-1] + 1
        return Block(start.name, rest[:title], furniture=[name]), rest[title:]
    paragraphs = sum(line.is_paragraph for line in resumed)
    if stamps or (end > 3 and paragraphs < 2):
        block.furniture += resumed
        resumed = []
    return block, resumed


def _is_dated_item(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a sentence in a list is a headline of its own: short, and a date belongs to it."""
    dates_come_first = lines[0].stamp is not None
    near = lines[i - 1 : i] if dates_come_first else lines[i + 1 : i + 3]
    return lines[i].words <= _MOST_WORDS_OF_A_HEADLINE and any(line.stamp for line in near)


def _split_unnamed(lines: Sequence[Line], dayfirst: bool | None) -> tuple[list[Line], list[Block]]:
    """Find a list of no known name: the whole, where nothing reads as running text, else a run of dated items."""
    dated = [i for i, line in enumerate(lines) if line.stamp or inline_date(line, dayfirst)]
    if not any(line.is_paragraph for line in lines):
        headline_like = [line for line in lines if line.words >= 3 and not line.is_furniture]
        has_date_line = any(split_date(line, dayfirst=dayfirst) for line in lines)
        if len(dated) >= 2 or (headline_like and not has_date_line):
            return [], [Block(UNNAMED, list(lines))]
        return list(lines), []
    last = max(i for i, line in enumerate(lines) if line.is_paragraph)
    run = [i for i in dated if i > last]
    if len(run) < 2 or any(b - a > _MOST_LINES_OF_AN_ITEM for a, b in pairwise(run)):
        return list(lines), []
    first = max(last + 1, run[0] - _MOST_LINES_OF_AN_ITEM + 1)
    while first < run[0] and lines[first].is_furniture:
        first += 1
    name = lines[first] if first < run[0] and lines[first].words <= 4 else None
    if name is None:
        return list(lines[:first]), [Block(UNNAMED, list(lines[first:]))]
    return list(lines[:first]), [Block(name.text.rstrip(":： "), list(lines[first + 1 :]), furniture=[name])]
