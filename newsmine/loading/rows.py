"""The lines of a page that a converter turned to text as a whole, menus and all, each told by its shape alone.

They are hundreds, and few of them are news: nothing here looks a word up or reads a date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import is_normalized

from newsmine.loading.lines import WIDE, has_digit, has_wide, split_lines
from newsmine.text import clean

_BULLETS = frozenset("*+-•·▪►‣●○■–")
_MARKS = _BULLETS | frozenset("#>|o0123456789")
_MARK = re.compile(
    r"(?:(?P<h>#{1,6})(?!#)|(?P<b>[*+•·▪►‣●○■–-]|o(?= [^a-z])|\d{1,3}[.)](?!\s+\S{2,12}\s+(?:19|20)\d\d\b))|"
    r"(?P<q>>)|(?P<t>\|))(?=\s)[\s>*+-]*"
)
# What has no end must not be looked for through the whole of a long line, again from each place in it.
_IMAGE = re.compile(r"!\[[^\]]{0,1000}\](?:\([^)]{0,2000}\))?")
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\( ?<?[^)\s]{0,2000}+>?(?: \"[^\"]{0,1000}\")? ?\)")
_STRONG = re.compile(r"([*_])(?:\1(.{1,1000}?)\1\1|(?<!\w.)(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w))")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
_END = re.compile(r"[.!?…。！？؟।॥։።۔]['\"”’»«“)\]›」』 ]*(?:\[\d+\])?$")
_STOPS = frozenset(".!?…。！？؟।॥։۔")
_CLOSERS = frozenset("'\"”’»«“)]›」』")
_MOST_LINKS = 0.6
_PROSE = 60
_LONG_PROSE = 200
_WIDEST = 130
_FEW_INDENTS = 2


@dataclass(slots=True)
class Row:
    """A line that is not blank, or the hard-wrapped lines of a paragraph.

    `mark` is "#" for a heading, "*" for a bullet or number, ">" for a quotation, "|" for a table, else "";
    `level` that of the heading. `size` is the length in letters of an alphabet, `links` the share that is links.
    `is_prose` tells whether the line reads as a paragraph: a sentence that is not too short, or long.
    """

    number: int
    raw: str
    text: str
    gap: int
    mark: str = ""
    level: int = 0
    size: int = 0
    ends: bool = False
    links: float = 0.0
    is_prose: bool = False
    count: int = 1

    @property
    def words(self) -> int:
        """The number of words, or what the characters of a script without spaces make of them."""
        return max(self.text.count(" ") + 1, self.size // 10 if self.size > len(self.text) else 0)


def read_rows(text: str, first: int = 1) -> list[Row]:
    """Return the lines of the text that are not blank, hard-wrapped paragraphs joined.

    `first` is the number of the first line.
    """
    rows: list[Row] = []
    gap = 0
    # What holds for the whole text need not be asked of each of its lines.
    is_composed = is_normalized("NFC", text)
    is_wide = has_wide(text)
    for number, raw in enumerate(split_lines(text), start=first):
        line = raw.strip()
        if line and ("  " in line or not (is_composed and line.isprintable())):
            line = clean(line)
        if not line:
            gap += 1
            continue
        mark, level, links = "", 0, 0.0
        if line[0] in _MARKS:
            if line[1:2] == " " and line[0] in _BULLETS and line[2] not in _MARKS:  # as nearly all are
                mark, line = "*", line[2:]
            else:
                mark, level, line = _marked(line)
        if "*" in line or "_" in line or "[" in line or "\\" in line:
            line, links = _unmarked(line)
        size = len(line)
        if is_wide and (wide := len(WIDE.findall(line))):
            size += wide + wide // 2
        last = line[-1]
        ends = last in _STOPS or (last in _CLOSERS and _END.search(line, max(0, len(line) - 12)) is not None)
        is_prose = size >= _PROSE and (ends or size >= _LONG_PROSE) and links <= _MOST_LINKS
        rows.append(Row(number, raw, line, gap, mark, level, size, ends, links, is_prose))
        gap = 0
    return _unwrapped(rows)


def has_chrome(rows: Sequence[Row]) -> bool:
    """Tell whether the rows are a page with its menus: many short lines or bullets for each paragraph.

    What is read without them, an article and perhaps lists of headlines, is another kind of text.
    """
    if len(rows) < 12:
        return any(row.links for row in rows) or sum("**" in row.raw for row in rows) > 1
    if not any(row.is_prose for row in rows):
        return False
    if any(row.level and row.raw.startswith(("# ", "## ")) for row in rows) or any(row.links for row in rows):
        return True
    indents: set[int] = set()
    for row in rows:
        if row.raw[0] == " ":
            indents.add(len(row.raw) - len(row.raw.lstrip(" ")))
            if len(indents) > _FEW_INDENTS:
                return True
    indented = sum(row.mark == "*" and row.raw[0] in " \t" for row in rows)
    short = sum(row.size < 25 and not row.ends and not has_digit(row.text) for row in rows)
    return indented >= 5 or short > 0.4 * len(rows) >= 10


def _marked(line: str) -> tuple[str, int, str]:
    """Return the mark that the line begins with, the level of a heading, and the rest; the mark alone is text."""
    if len(line) == 1:
        return "", 0, line
    match = _MARK.match(line + " ")
    rest = line[match.end() :].strip() if match else ""
    if match is None or not rest:
        return "", 0, line
    kind = match.lastgroup
    mark, level = ("#" if kind == "h" else "*" if kind == "b" else match[0][0]), len(match["h"] or "")
    if mark == "*" and rest[0] == "#" and (nested := _MARK.match(rest)) and nested["h"]:
        mark, level, rest = "#", len(nested["h"]), rest[nested.end() :]
    return mark, level, rest


def _unmarked(line: str) -> tuple[str, float]:
    """Return the line without marks of Markdown, and the share of it that was links; itself if nothing is left."""
    plain, links = line, 0.0
    if "](" in line:
        plain = _IMAGE.sub(" ", plain)
        linked = sum(len(match[1]) for match in _LINK.finditer(plain))
        plain = _LINK.sub(r"\1", plain)
        links = linked / max(len(plain.strip()), 1)
    if plain.count("*") > 1 or plain.count("_") > 1:
        plain = _STRONG.sub(lambda match: match[2] or match[3], plain)
    if "\\" in plain:
        plain = _ESCAPE.sub(r"\1", plain)
    if plain is not line or "**" in plain:
        plain = " ".join(plain.replace("**", " ").split())
    return plain or line, links


def _unwrapped(rows: list[Row]) -> list[Row]:
    """Join the lines of hard-wrapped paragraphs, where the page as a whole is hard-wrapped.

    Then no line is longer than one and the same width, and the first word of the next line would not have fitted.
    """
    if any(len(row.text) > _WIDEST and "://" not in row.raw for row in rows):
        return rows
    limit = max((len(row.raw.strip()) for row in rows if "://" not in row.raw), default=0)
    if not 40 <= limit <= _WIDEST:
        return rows
    pairs = [(a, b) for a, b in pairwise(rows) if b.gap == 0 and not b.mark and len(a.text) > 0.6 * limit]
    full = [b.text[0].islower() for a, b in pairs if _is_full(a, b, limit)]
    if len(full) < 3 or len(full) < 0.7 * len(pairs) or sum(full) < 0.5 * len(full):
        return rows
    joined: list[Row] = []
    tail = rows[0]
    for row in rows:
        if joined and row.gap == 0 and not row.mark and _is_full(tail, row, limit):
            _append(joined[-1], row)
        else:
            joined.append(replace(row))
        tail = row
    return joined


def _is_full(row: Row, following: Row, limit: int) -> bool:
    return len(row.raw.rstrip()) + 1 + len(following.text.split(" ", 1)[0]) > limit - 2


def _append(row: Row, more: Row) -> None:
    between = "" if row.text.endswith("-") and row.text[-2:-1].isalpha() else " "
    row.raw, row.text = f"{row.raw}\n{more.raw}", row.text + between + more.text
    row.size, row.ends, row.count = row.size + more.size, more.ends, row.count + more.count
    row.is_prose = row.size >= _PROSE and (row.ends or row.size >= _LONG_PROSE)
