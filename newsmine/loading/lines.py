"""The lines of a text dump, and what each can be told to be on its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from newsmine import dates
from newsmine.loading.phrases import is_furniture_text, is_list_name_text
from newsmine.records import Timestamp
from newsmine.tags import split_tags
from newsmine.text import clean

_BULLET = re.compile(r"^(?:[*•·▪►»>‣●○■–—-]|#{1,6}|\d{1,3}[.)](?!\s+\S{2,12}\s+(?:19|20)\d\d\b))\s+(?=\S)")
_URL = re.compile(r"https?://\S+")
_LABEL = re.compile(
    r"^(?P<label>published|posted|publication date|date|updated|last updated|last modified|modified|created)"
    r"(?:\s+(?:on|at))?\s*[:\-–|]?\s+",
    re.IGNORECASE,
)
_END = re.compile(r"[.。][\"'”’»)\]]*$")
_STOP = re.compile(r"[.。](?:\s|$)")
_HOUR, _MINUTE = r"(?:[01]?\d|2[0-3])", r"[0-5]\d(?!\d)"
_BESIDE_A_TIME = (
    r"(?:\s?(?:(?i:[ap]\.?\s?m\b\.?|uhr\b)|h\b))?"
    r"(?:\s?\(?(?:UTC|GMT|MSK|[A-Z]{1,4}T)\b(?:\s?[+-]\d\d?(?::?\d\d)?)?\)?)?"
)
_COLON_TIME = rf"{_HOUR}(?::{_MINUTE}(?::{_MINUTE})?|\s?[hH]\s?{_MINUTE}){_BESIDE_A_TIME}"
_POINT_TIME = rf"{_HOUR}\.{_MINUTE}(?![.,]?\d){_BESIDE_A_TIME}"
_TIME = re.compile(rf"{_COLON_TIME}|{_POINT_TIME}|(?:1[0-2]|[1-9])\s?(?i:[ap]\.?\s?m\b\.?)")
# "12.50" in front of a word is rather a number; a mark behind it makes it a time.
_CLOCK = re.compile(
    rf"(?:(?P<clock>{_COLON_TIME})(?:\s*[-–—|:•·]\s*|\s+)|(?P<pointed>{_POINT_TIME})\s*[-–—|:•·]\s*)(?=\S)"
)
_NUMERIC_YEAR = re.compile(r"[/-](?:19|20)\d\d\b")
_DAY_AND_MONTH = re.compile(r"(?:^|(?<![\w]))(\d\d?)[/-](\d\d?)$")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{4}")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""A letter of Chinese, Japanese or Korean."""
_WIDE_BYTES = bytes(range(0xE3, 0xEE))
"""What the letters of East Asia begin with in UTF-8, and few others."""
_OTHER_BYTES = bytes(range(0xC9, 0xE2)) + bytes(range(0xE3, 0xF0))
"""What all letters but the Latin ones begin with."""
_DIGIT = re.compile(r"\d")
_HYPHENATED = re.compile(r"\w-$")
_LONGEST_DATE = 100
_WORDS_OF_A_PAGE = 80
_WORDS_OF_A_TITLE = 25
_HEAD_OF_A_PAGE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, or a paragraph that was hard-wrapped over several.

    `text` is clean, without its bullet; `raw` as found. `gap` is the number of blank lines before it, `count`
    the number of lines it was. `stamp` is the date that the whole line is; `label` its "Updated" or "Published".
    """

    number: int
    raw: str
    text: str
    gap: int
    count: int = 1
    stamp: Timestamp | None = None
    label: str = ""

    @property
    def words(self) -> int:
        """The number of white-space separated words."""
        return len(self.text.split())

    @property
    def is_paragraph(self) -> bool:
        """Whether the line reads as running text: a sentence that ends in a full stop, or very long."""
        return self.words > 35 or (self.words >= 8 and bool(_END.search(self.text)))

    @property
    def is_url(self) -> bool:
        """Whether the line is a web address and nothing else."""
        return bool(_URL.fullmatch(self.text))

    @property
    def is_furniture(self) -> bool:
        """Whether the line is a known piece of page furniture, or holds no letter or digit at all."""
        return is_furniture_text(self.text)

    @property
    def is_list_name(self) -> bool:
        """Whether the line is a known name of a list of headlines."""
        return self.words <= 6 and is_list_name_text(self.text)

    @property
    def is_tag(self) -> bool:
        """Whether the line holds nothing but tags."""
        return not split_tags(self.text)[0]


def read_lines(text: str, first: int = 1, *, dayfirst: bool | None = None, as_of: datetime | None = None) -> list[Line]:
    """Return the lines of the text that are not blank, hard-wrapped paragraphs joined; `first` numbers the first."""
    lines, gap = [], 0
    for number, raw in enumerate(split_lines(text), start=first):
        cleaned = clean(raw)
        if not cleaned:
            gap += 1
            continue
        lines.append(_line(number, raw.strip("\ufeff"), cleaned, gap, dayfirst, as_of))
        gap = 0
    return _unwrap(lines)


def split_lines(text: str) -> list[str]:
    """Return the lines of the text, blank ones included; a form feed ends a line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\f", "\n").split("\n")


def unrolled(lines: Sequence[Line], *, dayfirst: bool | None = None) -> list[Line]:
    """Return title, date and body of a page that is one single line, as if each had its own; other lines as they are.

    The three share the line's number; the first of them counts as the line.
    """
    if len(lines) != 1 or lines[0].words < _WORDS_OF_A_PAGE:
        return list(lines)
    line = lines[0]
    found = dates.find(line.text[:_HEAD_OF_A_PAGE], dayfirst=dayfirst)
    if not found:
        return list(lines)
    title = replace(line, text=line.text[: found[0].start].strip(" -–—|,•·:(["))
    body = replace(line, text=line.text[found[0].end :].strip(" -–—|,•·:)]"), count=0)
    if (
        not 3 <= title.words <= _WORDS_OF_A_TITLE
        or _STOP.search(title.text)
        or title.is_furniture
        or title.is_list_name
    ):
        return list(lines)
    if body.words < _WORDS_OF_A_PAGE // 2:
        return list(lines)
    return [title, replace(line, text=found[0].timestamp.raw, stamp=found[0].timestamp, count=0), body]


def evident_dayfirst(text: str) -> bool | None:
    """Return how the page orders day and month, if any of its dates can only be read one way."""
    # To part the text there takes a fraction of the time of a search.
    for place in sorted(place for mark in "/-" for place in _places(text, mark)):
        match = _DAY_AND_MONTH.search(text, max(0, place - 6), place) if _NUMERIC_YEAR.match(text, place) else None
        if match:
            first, second = int(match[1]), int(match[2])
            if min(first, second) <= 12 < max(first, second):
                return first > 12
    return None


def _places(text: str, mark: str) -> Iterator[int]:
    """Yield where the mark stands before what may be a year."""
    place = -1
    for piece in text.split(mark):
        if place >= 0 and piece.startswith(("20", "19")):
            yield place
        place += len(piece) + 1


def usual_dayfirst(text: str) -> bool | None:
    """Return True if the language of a text puts the day before the month, None if it is one that need not.

    All of Europe and most others do; English depends on the country, and Chinese, Japanese and Korean start with
    the year.
    """
    sample = text[:10_000]
    if sample.count(" the ") + sample.count(" The ") > 2 or (has_wide(sample) and _EAST_ASIAN.search(sample)):
        return None
    return True


def split_date(line: Line, *, dayfirst: bool | None = None) -> tuple[str, str, Timestamp] | None:
    """Return the text before and after the first date inside the line, and that date; None if it has none."""
    if line.stamp:
        return "", "", line.stamp
    if not has_digit(line.text):
        return None
    found = _first_date(line.text, dayfirst)
    if found is None:
        return None
    before, after = line.text[: found.start], line.text[found.end :]
    return before.strip(" -–—|,•·:(["), after.strip(" -–—|,•·:)]"), found.timestamp


@lru_cache(maxsize=4096)  # the layout of a list asks for the date of each line several times
def _first_date(text: str, dayfirst: bool | None) -> dates.Found | None:
    return next(iter(dates.find(text, dayfirst=dayfirst)), None)


def has_wide(text: str) -> bool:
    """Tell whether a text holds letters of Chinese, Japanese or Korean."""
    if text.isascii():
        return False
    # Their bytes are looked for first, which takes a third of the time.
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _WIDE_BYTES)) < len(data) and WIDE.search(text) is not None


def is_latin(text: str) -> bool:
    """Tell whether a text is in Latin letters throughout, whatever its marks."""
    if text.isascii():
        return True
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _OTHER_BYTES)) == len(data)


def has_digit(text: str) -> bool:
    """Tell whether a text holds a digit of any script, without which it holds no date."""
    return _DIGIT.search(text) is not None


def split_clock(text: str) -> tuple[str, str] | None:
    """Return the time of day that a line begins with, and the rest; None if it begins with none."""
    match = _CLOCK.match(text)
    return (match["clock"] or match["pointed"], text[match.end() :]) if match else None


def is_bare_time(text: str) -> bool:
    """Tell whether a text is a time of day and nothing else, in one of the forms that tickers use."""
    return text[:1].isdigit() and _TIME.fullmatch(text) is not None


def _line(number: int, raw: str, text: str, gap: int, dayfirst: bool | None, as_of: datetime | None) -> Line:
    may_be_date = len(text) <= _LONGEST_DATE and (text.count(" ") < 4 or has_digit(text))
    stamp, label = date_of_line(text.strip("()[]"), dayfirst=dayfirst, as_of=as_of) if may_be_date else None, ""
    if not may_be_date:
        text = _BULLET.sub("", text)
    elif stamp is None:
        stripped = _BULLET.sub("", text)
        labelled = _LABEL.match(stripped)
        label = labelled["label"].casefold() if labelled else ""
        stamp = date_of_line(stripped[labelled.end() :] if labelled else stripped, dayfirst=dayfirst, as_of=as_of)
        text = stripped
    return Line(number, raw, text, gap, stamp=stamp, label=label if stamp else "")


def date_of_line(text: str, *, dayfirst: bool | None, as_of: datetime | None) -> Timestamp | None:
    """Return the date that a whole line is, or None; a bare time is one of unknown value, to be set on its day."""
    if is_bare_time(text):
        return Timestamp(text, None, "unknown")
    return dates.parse(text, dayfirst=dayfirst, as_of=as_of)


def _unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of hard-wrapped paragraphs, where the page as a whole is hard-wrapped.

    It is when its multi-line blocks fill one and the same width (the first word of the next line would not have
    fitted on the line before) and break in mid-sentence, as the lines of a list of headlines never do.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap == 0 and not (_stands_alone(a) or _stands_alone(b))]
    limit = max((len(a.text) for a, _ in pairs), default=0)
    if len(pairs) < 4 or limit > 130 or limit < 40:
        return list(lines)
    full = [_is_full(a, b, limit) for a, b in pairs]
    in_sentence = sum(b.text[0].islower() for (_, b), fills in zip(pairs, full, strict=True) if fills)
    if sum(full) < 0.7 * len(full) or in_sentence < 0.5 * sum(full):
        return list(lines)
    joined: list[list[Line]] = []
    for line in lines:
        last = joined[-1][-1] if joined else None
        if (
            last
            and line.gap == 0
            and not _BULLET.match(line.raw.strip())
            and not (_stands_alone(last) or _stands_alone(line))
            and _is_full(last, line, limit)
        ):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_joined(some) if len(some) > 1 else some[0] for some in joined]


def _joined(lines: Sequence[Line]) -> Line:
    parts = [line.text if _HYPHENATED.search(line.text[-2:]) else line.text + " " for line in lines]
    return replace(
        lines[0],
        raw="\n".join(line.raw for line in lines),
        text="".join(parts).rstrip(),
        count=sum(line.count for line in lines),
    )


def _stands_alone(line: Line) -> bool:
    return line.stamp is not None or line.is_url


def _is_full(line: Line, following: Line, limit: int) -> bool:
    return len(line.text) + 1 + len(following.text.split()[0]) > limit - 2
