"""A page with its menus, turned to text as a whole: its article, its named lists of headlines, the rest furniture."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from newsmine.loading.items import Block
from newsmine.loading.lines import Line, date_of_line, has_digit
from newsmine.loading.phrases import is_list_name_text
from newsmine.loading.rows import Row
from newsmine.loading.story import Story

_MOST_FOREIGN = 3
_LONGEST_ITEM = 250
_LONGEST_DATE = 60


def find_lists(
    rows: Sequence[Row], story: Story, *, dayfirst: bool | None = None, as_of: datetime | None = None
) -> tuple[list[Block], list[Row]]:
    """Return the lists of headlines outside the article that have a known name, unread, and the rows of none."""
    used = {row.number for row in story.used}
    blocks: list[Block] = []
    rest: list[Row] = []
    following = iter(range(len(rows)))
    for i in following:
        row = rows[i]
        if row.number in used:
            continue
        if row.mark != "*" and row.size <= _LONGEST_DATE and is_list_name_text(row.text):
            lines = [_line(item, dayfirst, as_of) for item in _items(rows, i + 1, used)]
            if sum(line.words >= 4 for line in lines) >= 2:
                blocks.append(Block(row.text.rstrip(":： "), lines, furniture=[_plain(row)]))
                next(islice(following, len(lines) - 1, None))
                continue
        rest.append(row)
    return blocks, rest


def _items(rows: Sequence[Row], start: int, used: set[int]) -> Iterator[Row]:
    """Yield the rows of a list from its first on: up to what is not in it, or to a few rows that are no headlines."""
    waiting: list[Row] = []
    for i in range(start, len(rows)):
        row = rows[i]
        if row.number in used or row.size > _LONGEST_ITEM or (row.mark != "*" and is_list_name_text(row.text)):
            return
        waiting.append(row)
        if row.words >= 4:
            yield from waiting
            waiting = []
        elif len(waiting) > _MOST_FOREIGN:
            return


def _line(row: Row, dayfirst: bool | None, as_of: datetime | None) -> Line:
    may_be_date = row.size <= _LONGEST_DATE and (row.words <= 3 or has_digit(row.text))
    stamp = date_of_line(row.text, dayfirst=dayfirst, as_of=as_of) if may_be_date else None
    return Line(row.number, row.raw, row.text, row.gap, row.count, stamp)


def _plain(row: Row) -> Line:
    return Line(row.number, row.raw, row.text, row.gap, row.count)
