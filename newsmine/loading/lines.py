"""The lines of a text dump, and what each can be told to be on its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import pairwise

from newsmine import dates, resources
from newsmine.records import Timestamp
from newsmine.tags import split_tags
from newsmine.text import clean, fold

_BULLET = re.compile(r"^(?:[*•·▪►»>‣●○■–—-]|#{1,6}|\d{1,3}[.)])\s+(?=\S)")
_URL = re.compile(r"https?://\S+")
_LABEL = re.compile(
    r"^(?P<label>published|posted|publication date|date|updated|last updated|last modified|modified|created)"
    r"(?:\s+(?:on|at))?\s*[:\-–|]?\s+",
    re.IGNORECASE,
)
_END = re.compile(r"[.。][\"'”’»)\]]*$")
_CLOCK = re.compile(r"^(?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d)(?:\s*[-–—|:•·]\s*|\s+)(?=\S)")
_NUMERIC_DATE = re.compile(r"\b(\d\d?)[/-](\d\d?)[/-](?:19|20)\d\d\b")
_BAR = re.compile(r"\s+[|·•/]\s+")
_HYPHENATED = re.compile(r"\w-$")
_VARIABLE = re.compile("[*0<]")
_NUMBER = r"\d[\d.,]*(?: ?[km])?"
_EDGES = " .!:»›>→←«‹<"


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
        return not any(map(str.isalnum, self.text)) or all(_is_furniture_text(part) for part in _BAR.split(self.text))

    @property
    def is_list_name(self) -> bool:
        """Whether the line is a known name of a list of headlines."""
        return self.words <= 6 and _is_list_name(self.text)

    @property
    def is_tag(self) -> bool:
        """Whether the line holds nothing but tags."""
        return not split_tags(self.text)[0]


def read_lines(text: str, *, dayfirst: bool | None = None, as_of: datetime | None = None) -> list[Line]:
    """Return the lines of the text that are not blank, hard-wrapped paragraphs joined."""
    lines, gap = [], 0
    for number, raw in enumerate(re.split(r"\r\n|[\n\r\f]", text), start=1):
        cleaned = clean(raw)
        if not cleaned:
            gap += 1
            continue
        lines.append(_line(number, raw.strip("\ufeff"), cleaned, gap, dayfirst, as_of))
        gap = 0
    return _unwrap(lines)


def evident_dayfirst(text: str) -> bool | None:
    """Return how the page orders day and month, if any of its dates can only be read one way."""
    for match in _NUMERIC_DATE.finditer(text):
        first, second = int(match[1]), int(match[2])
        if min(first, second) <= 12 < max(first, second):
            return first > 12
    return None


def split_date(line: Line, *, dayfirst: bool | None = None) -> tuple[str, str, Timestamp] | None:
    """Return the text before and after the first date inside the line, and that date; None if it has none."""
    if line.stamp:
        return "", "", line.stamp
    for found in dates.find(line.text, dayfirst=dayfirst):
        before, after = line.text[: found.start], line.text[found.end :]
        return before.strip(" -–—|,•·:(["), after.strip(" -–—|,•·:)]"), found.timestamp
    return None


def split_clock(text: str) -> tuple[str, str] | None:
    """Return the time of day that a line begins with, and the rest; None if it begins with none."""
    match = _CLOCK.match(text)
    return (match["clock"], text[match.end() :]) if match else None


def _line(number: int, raw: str, text: str, gap: int, dayfirst: bool | None, as_of: datetime | None) -> Line:
    stamp, label = dates.parse(text.strip("()[]"), dayfirst=dayfirst, as_of=as_of), ""
    if stamp is None:
        stripped = _BULLET.sub("", text)
        labelled = _LABEL.match(stripped)
        label = labelled["label"].casefold() if labelled else ""
        stamp = dates.parse(stripped[labelled.end() :] if labelled else stripped, dayfirst=dayfirst, as_of=as_of)
        text = stripped
    return Line(number, raw, text, gap, stamp=stamp, label=label if stamp else "")


@cache
def _names(table: str) -> tuple[frozenset[str], re.Pattern[str]]:
    forms = [fold(row[0]) for row in resources.rows(table)]
    words = r"(\S+(?: \S+){0,2})" if table == "lists.tsv" else r".+"
    return frozenset(forms), re.compile("|".join(_expression(form, words) for form in forms if _VARIABLE.search(form)))


def _expression(form: str, words: str) -> str:
    """Return the regular expression of a form in which "*", "0" and "<a|b>" stand for what varies."""
    escaped = re.escape(form).replace("0", _NUMBER).replace(r"\*", words)
    return re.sub("<(.*?)>", lambda match: "(?:" + match[1].replace(r"\|", "|") + ")", escaped)


def _is_furniture_text(text: str) -> bool:
    exact, pattern = _names("furniture.tsv")
    folded = fold(text).strip(_EDGES)
    if folded in exact:
        return True
    return len(text.split()) <= 14 and not _END.search(text[:-1]) and bool(pattern.fullmatch(folded))


def _is_list_name(text: str) -> bool:
    exact, pattern = _names("lists.tsv")
    folded = fold(text).rstrip(":")
    if folded in exact:
        return True
    match = pattern.fullmatch(folded)
    if match is None or match.lastindex is None:
        return False
    first = folded[: match.start(match.lastindex)].count(" ")
    return all(word[0].isupper() for word in text.split()[first : first + len(match[match.lastindex].split())])


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
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last
            and line.gap == 0
            and not _BULLET.match(line.raw.strip())
            and not (_stands_alone(last) or _stands_alone(line))
        ):
            tail = last.raw.rsplit("\n", 1)[-1]
            if _is_full(replace(last, text=clean(tail)), line, limit):
                text = last.text + ("" if _HYPHENATED.search(last.text) else " ") + line.text
                joined[-1] = replace(last, raw=f"{last.raw}\n{line.raw}", text=text, count=last.count + line.count)
                continue
        joined.append(line)
    return joined


def _stands_alone(line: Line) -> bool:
    return line.stamp is not None or line.is_url


def _is_full(line: Line, following: Line, limit: int) -> bool:
    return len(line.text) + 1 + len(following.text.split()[0]) > limit - 2
