"""The lines of a page that a converter turned to text as a whole, menus and all, each told by its shape alone.

They are hundreds, and few of them are news: nothing here looks a word up or reads a date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import is_normalized

from newsmine.loading.lines import has_digit, split_lines
from newsmine.text import clean

_MARKS = frozenset("*+-#•·▪►‣●○■>|o0123456789–")
_MARK = re.compile(
    r"(?:(?P<h>#{1,6})(?!#)|(?P<b>[*+•·▪►‣●○■–-]|o(?= [^a-z])|\d{1,3}[.)](?!\s+\S{2,12}\s+(?:19|20)\d\d\b))|"
    r"(?P<q>>)|(?P<t>\|))(?=\s)[\s>*+-]*"
)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\))?")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?[^)\s]*>?(?:\s+\"[^\"]*\")?\s*\)")
_STRONG = re.compile(r"(\*\*|__)(.+?)\1|(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\3(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
_END = re.compile(r"[.!?…。！？؟।॥։።۔]['\"”’»«“)\]›」』 ]*(?:\[\d+\])?$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_STOPS = frozenset(".!?…。！？؟।॥։۔")
_CLOSERS = frozenset("'\"”’»«“)]›」』")
_PROSE = 60
_LONG_PROSE = 200
_WIDEST = 130


@dataclass(slots=True)
class Row:
    """A line that is not blank, or the hard-wrapped lines of a paragraph.

    `mark` is "#" for a heading, "*" for a bullet or number, ">" for a quotation, "|" for a table, else "";
    `level` that of the heading. `size` is the length in letters of an alphabet, `links` the share that is links.
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
    count: int = 1

    @property
    def is_prose(self) -> bool:
        """Whether the line reads as a paragraph: a sentence that is not too short, or long."""
        return not self.links > 0.6 and (self.size >= _LONG_PROSE or (self.ends and self.size >= _PROSE))

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
    is_wide = not text.isascii() and _WIDE.search(text) is not None
    for number, raw in enumerate(split_lines(text), start=first):
        line = raw.strip()
        if line and not (is_composed and line.isprintable() and "  " not in line):
            line = clean(line)
        if line:
            rows.append(_row(number, raw, line, gap, is_wide))
            gap = 0
        else:
            gap += 1
    return _unwrapped(rows)


def has_chrome(rows: Sequence[Row]) -> bool:
    """Tell whether the rows are a page with its menus: many short lines or bullets for each paragraph.

    What is read without them, an article and perhaps lists of headlines, is another kind of text.
    """
    if len(rows) < 12:
        return any(row.links for row in rows) or sum("**" in row.raw for row in rows) > 1
    if not any(row.is_prose for row in rows):
        return False
    if any(row.links or row.raw.startswith(("# ", "## ")) for row in rows):
        return True
    if len({len(row.raw) - len(row.raw.lstrip(" ")) for row in rows}) > 3:
        return True
    indented = sum(row.mark == "*" and row.raw[0] in " \t" for row in rows)
    short = sum(row.size < 25 and not row.ends and not has_digit(row.text) for row in rows)
    return indented >= 5 or short > 0.4 * len(rows) >= 10


def _row(number: int, raw: str, line: str, gap: int, is_wide: bool) -> Row:
    mark, level, links = "", 0, 0.0
    if line[0] in _MARKS and (match := _MARK.match(line + " ")) and (rest := line[match.end() :].strip()):
        kind = match.lastgroup
        mark, level = ("#" if kind == "h" else "*" if kind == "b" else match[0][0]), len(match["h"] or "")
        line = rest
        if mark == "*" and line[0] == "#" and (nested := _MARK.match(line)) and nested["h"]:
            mark, level, line = "#", len(nested["h"]), line[nested.end() :]
    if "*" in line or "_" in line or "[" in line or "\\" in line:
        line, links = _unmarked(line)
    size = len(line)
    if is_wide and (wide := len(_WIDE.findall(line))):
        size += wide + wide // 2
    last = line[-1]
    ends = last in _STOPS or (last in _CLOSERS and _END.search(line, max(0, len(line) - 12)) is not None)
    return Row(number, raw, line, gap, mark, level, size, ends, links)


def _unmarked(line: str) -> tuple[str, float]:
    """Return the line without marks of Markdown, and the share of it that was links; itself if nothing is left."""
    plain, links = line, 0.0
    if "](" in line:
        plain = _IMAGE.sub(" ", plain)
        linked = sum(len(match[1]) for match in _LINK.finditer(plain))
        plain = _LINK.sub(r"\1", plain)
        links = linked / max(len(plain.strip()), 1)
    plain = _STRONG.sub(lambda match: match[2] or match[4], plain)
    plain = " ".join(_ESCAPE.sub(r"\1", plain).replace("**", " ").split())
    return (plain, links) if plain else (line, links)


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
            joined.append(Row(row.number, row.raw, row.text, row.gap, row.mark, row.level, row.size, row.ends))
        tail = row
    return joined


def _is_full(row: Row, following: Row, limit: int) -> bool:
    return len(row.raw.rstrip()) + 1 + len(following.text.split(" ", 1)[0]) > limit - 2


def _append(row: Row, more: Row) -> None:
    between = "" if row.text.endswith("-") and row.text[-2:-1].isalpha() else " "
    row.raw, row.text = f"{row.raw}\n{more.raw}", row.text + between + more.text
    row.size, row.ends, row.count = row.size + more.size, more.ends, row.count + more.count
