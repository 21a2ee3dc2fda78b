"""The lines of printed pages: without what stands at the edge of every page, and with sentences made whole again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsmine.text import clean

_EDGE = 3
_OFTEN = 0.4
_PAGE_NUMBER = re.compile(
    r"[ivxl]{1,6}|(?:page|seite|página|pagina|strona|стр\.?|p\.)?\s*\d{1,3}(?:\s*(?:of|von|de|di|/)\s*\d{1,3})?", re.I
)
_DIGITS = re.compile(r"\d+")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 12
_NARROWEST = 20
_LARGER = 1.25
_LIKE = 1.15
_WORDS = (3, 30)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_BULLET = re.compile(r"[•·▪►■●–—*-]\s")


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is printed, and how large its letters are, in whatever unit."""

    text: str
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Printed:
    """The text of pages, a paragraph a line; what stands at their edges; and a title, told by its size."""

    text: str
    furniture: tuple[str, ...] = ()
    title: str | None = None


def read_pages(pages: Sequence[Sequence[Row]]) -> Printed:
    """Return the text of the pages; running heads, footers and page numbers are furniture.

    A blank line stays one. What is at the edge of at least two pages in five, numbers aside, is no text. The title is
    what is printed largest on the first page, if that is some words and larger than the text by a quarter.
    """
    sheets = [_cleaned(page) for page in pages]
    repeated = _repeated(sheets)
    kept: list[Row] = []
    furniture: list[str] = []
    for sheet in sheets:
        edge = _edge(sheet)
        for index, row in enumerate(sheet):
            if index in edge and (_key(row) in repeated or _is_number(index, sheet)):
                furniture.append(row.text)
            else:
                kept.append(row)
        # A paragraph may go on over the page, whatever white space is at its foot.
        while kept and not kept[-1].text:
            kept.pop()
    size = _size_of_text(sheets)
    text = "\n".join(row.text for row in _paragraphs(kept, size))
    return Printed(text, tuple(furniture), _title(_paragraphs(sheets[0], size), size) if sheets else None)


def _cleaned(page: Sequence[Row]) -> list[Row]:
    """Return the lines of a page; of several blank ones, and those at its ends, there is no more than one or none."""
    rows: list[Row] = []
    for row in page:
        # A soft hyphen at the end is one that the page shows.
        text = clean(re.sub("\u00ad\\s*$", "-", row.text.translate(_LIGATURES)))
        if text or (rows and rows[-1].text):
            rows.append(Row(text, row.size))
    return rows


def _size_of_text(sheets: Sequence[Sequence[Row]]) -> float:
    """Return the size that most letters have."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for row in sheet:
            sizes[row.size] += len(row.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _title(paragraphs: Iterable[Row], size: float) -> str | None:
    """Return the largest of the paragraphs that is large and of some words: no initial, no name of a paper."""
    large = [row for row in paragraphs if row.size > _LARGER * size and _WORDS[0] <= len(row.text.split()) <= _WORDS[1]]
    return max(large, key=lambda row: row.size).text if large else None


def _edge(sheet: Sequence[Row]) -> set[int]:
    filled = [index for index, row in enumerate(sheet) if row.text]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _repeated(sheets: Sequence[Sequence[Row]]) -> set[str]:
    counts = Counter(key for sheet in sheets for key in {_key(sheet[index]) for index in _edge(sheet)})
    return {key for key, count in counts.items() if count >= max(2, _OFTEN * len(sheets))}


def _key(row: Row) -> str:
    return _DIGITS.sub("0", row.text.casefold())


def _is_number(index: int, sheet: Sequence[Row]) -> bool:
    filled = [i for i, row in enumerate(sheet) if row.text]
    return index in (filled[0], filled[-1]) and bool(_PAGE_NUMBER.fullmatch(sheet[index].text))


def _paragraphs(rows: Sequence[Row], size: float) -> Iterator[Row]:
    """Yield the lines with those joined that were cut to the width of the column, or that are one title."""
    width = _width(row.text for row in rows)
    words = Counter(word for row in rows for word in re.findall(r"[\w-]+", row.text.casefold()))
    parts: list[str] = []
    above = first = Row("")
    for row in rows:
        if parts and row.text and _goes_on(above, row, width, size):
            parts[-1] = _end(parts[-1], row.text, words)
            parts.append(row.text)
        else:
            if parts:
                yield Row("".join(parts), first.size)
            if not row.text:
                yield row
            parts, first = [row.text] if row.text else [], row
        above = row
    if parts:
        yield Row("".join(parts), first.size)


def _width(lines: Iterable[str]) -> int:
    """Return the width of the column: that of most long lines, so that a single line beyond it does not matter."""
    lengths = sorted(len(line) for line in lines if len(line) >= _NARROWEST)
    return lengths[int(len(lengths) * 0.9)] if lengths else _NARROWEST


def _goes_on(row: Row, following: Row, width: int, size: float) -> bool:
    low, high = sorted((row.size, following.size))
    if _BULLET.match(following.text) or high > _LIKE * low:
        return False
    if following.text[0].islower() or _HYPHEN.search(row.text) or low > _LARGER * size:
        return True
    first = min(len(following.text.split()[0]), _LONGEST_WORD)
    return len(row.text) >= _NARROWEST and len(row.text) + 1 + first > width


def _end(line: str, following: str, words: Counter[str]) -> str:
    """Return a line as it ends where another goes on: with a space, or with a hyphen if that belongs to the word.

    It does if the pages have the word with it elsewhere, and not without.
    """
    cut = _HYPHEN.search(line)
    rest = _FIRST_WORD.match(following)
    if not cut:
        return f"{line} "
    if not rest or not following[0].islower():
        return line
    first, second = cut[1].casefold(), rest[0].casefold()
    return line if words[f"{first}-{second}"] > words[first + second] else line[:-1]
