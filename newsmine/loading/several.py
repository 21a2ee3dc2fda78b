"""Several articles in one text: set apart by form feeds or rules, or each under a head of its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsmine.loading.datelines import Dates
from newsmine.loading.lines import split_lines
from newsmine.loading.rows import Row, read_rows

_RULE = re.compile(r"^\s*([=_~*#-])\1{4,}\s*$")
_RULES = ("=====", "-----", "_____", "~~~~~", "*****", "#####")
_LONGEST_TITLE = 180
_HEAD = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text: its lines, and the number of the first of them in the text."""

    text: str
    first: int

    @property
    def lines(self) -> int:
        """The number of its lines, blank ones included."""
        return len(split_lines(self.text))


def split_articles(text: str) -> list[Part]:
    """Return the articles of a text that holds more than one, rules left in front of none; else the text itself.

    A rule alone proves nothing: each part must begin with a title, a date or a byline, and go on with prose.
    """
    if "\f" in text or any(rule in text for rule in _RULES):
        parts = list(_ruled(text))
        if len(parts) > 1 and all(_is_article(part) for part in parts):
            return parts
    return [Part(text, 1)]


def split_by_heads(rows: Sequence[Row], part: Part) -> list[Part]:
    """Return the articles of a part in which a title stands right above a date and two long paragraphs, repeatedly."""
    known = Dates()
    if not any(_is_head(rows, i, known) for i in range(min(2, len(rows) - 3))):
        return [part]
    heads = [i for i in range(len(rows) - 3) if _is_head(rows, i, known)]
    if len(heads) < 2:
        return [part]
    lines = split_lines(part.text)
    starts = [0, *(rows[i].number - part.first for i in heads[1:])]
    ends = [*starts[1:], len(lines)]
    return [Part("\n".join(lines[a:b]), part.first + a) for a, b in zip(starts, ends, strict=True)]


def _is_head(rows: Sequence[Row], i: int, known: Dates) -> bool:
    title = rows[i]
    if title.ends or title.words < 3 or title.size > _LONGEST_TITLE:
        return False
    if sum([_is_paragraph(row) for row in rows[i + 2 : i + 6]]) < 2:
        return False  # before dates are looked for, which takes most of the time
    if not known.is_meta(rows[i + 1]) or known.is_meta(title):
        return False
    body = next((j for j in range(i + 2, min(i + 5, len(rows))) if not known.is_meta(rows[j])), len(rows))
    following = rows[body : body + 2]
    return len(following) == 2 and all(map(_is_paragraph, following))


def _is_paragraph(row: Row) -> bool:
    return row.is_prose and row.ends and row.size > 100


def _ruled(text: str) -> Iterator[Part]:
    lines: list[str] = []
    first = number = 1
    for page in text.replace("\r\n", "\n").split("\f"):
        for line in split_lines(page):
            if line.strip()[:5] in _RULES and _RULE.match(line):
                yield from _part(lines, first)
                lines, first = [], number + 1
            else:
                lines.append(line)
            number += 1
        yield from _part(lines, first)
        lines, first = [], number


def _part(lines: list[str], first: int) -> Iterator[Part]:
    if any(line.strip() for line in lines):
        yield Part("\n".join(lines), first)


def _is_article(part: Part) -> bool:
    rows = read_rows(part.text)
    if len(rows) < 3 or not any(row.is_prose for row in rows[1:]):
        return False
    known = Dates()
    title = next((row for row in rows[:_HEAD] if not known.is_meta(row)), rows[0])
    is_title = not title.is_prose and title.words >= 2 and title.size <= _LONGEST_TITLE
    return is_title and any(known.is_meta(row) for row in rows[:_HEAD])
