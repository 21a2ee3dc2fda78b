"""Dates in the lines of a page: the ladder from the forms that are quick to tell to those that are not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from newsmine.dates import foreign, grammar, relative
from newsmine.dates.common import parse_common
from newsmine.dates.iso import parse_iso
from newsmine.dates.lexer import Tokens, lex
from newsmine.dates.lexicon import fold, lexicon
from newsmine.records import Timestamp

LONGEST = 60
"""Characters of the longest text that `parse` takes for a date and nothing else."""
# Two digits are a year only beside the name of a month, or before a time: 1.2.24 is also the number of a version.
_SHORT_YEAR = re.compile(
    r"(?:[^\W\d_]+,? )?\d\d?(?:[- ](?:[A-Z][a-z]{2}|[A-Z]{3})[- ]|([./])\d\d?\1)(?P<year>\d\d)"
    r"(?(1)(?=,? (?:\w{1,3} |[-–|] )?\d\d?[:h]\d\d)|(?![\w.]))"
)
_LAST_SHORT_YEAR = "68"
_DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile("[٠-٩۰-۹०-९０-９]")
_OTHER_DIGITS = {ord(start) + i: str(i) for start in "٠۰०０" for i in range(10)}
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_NEXT = re.compile(r"[\W_]{0,3}((?:[^\W_]|[\u0900-\u0963])+)")
_MARKS = " \u00a0-.,/"
_NEAR = 24
_YEAR_SIGN = frozenset("年년")
_BEFORE, _AFTER = 56, 72
"""Characters before and after a year among which its date stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: code points `start` to `end`, end exclusive."""

    start: int
    end: int
    timestamp: Timestamp


def find(text: str, *, dayfirst: bool | None = None, language: str | None = None) -> list[Found]:
    """Return the full dates (with a year) in the text, in order; none is made out of plain words.

    `dayfirst` says how to read 05/03/2024; without it, and without a weekday that settles it, such a date is known
    to the year only. `language` is needed only where a month's name means another month in another language.

    >>> [found.timestamp.value for found in find("CHRONICLE 20 September 2023 - 08:51")]
    ['2023-09-20T08:51']
    >>> find("In May 2020 people may march")
    []
    """
    plain = _plain_digits(text)
    if not ("20" in plain or "19" in plain):
        return []
    found = []
    for start, end in _windows(plain):
        tokens = lex(plain, start, end)
        for shape in _shapes(plain, tokens):
            first, last = tokens.starts[shape.start], tokens.ends[shape.end - 1]
            stamp = grammar.build(text[first:last], tokens, shape, dayfirst, language)
            if stamp:
                found.append(Found(first, last, stamp))
    return found


def parse(
    text: str, *, dayfirst: bool | None = None, as_of: datetime | None = None, language: str | None = None
) -> Timestamp | None:
    """Return the date that the whole text is, or None if it is anything else.

    "3 hours ago", "yesterday, 19:48" and a bare "19:48" are dates of unknown value; with `as_of`, the moment the
    page was read, all but the bare time get one. `language`, a code of two letters, is the page's own if it is
    known: it decides what a word means that several languages have, and opens further languages.

    >>> parse("28 February 2024 - 19:48").value
    '2024-02-28T19:48'
    >>> parse("3 hours ago").value is None
    True
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if not (text[:1].isdigit() or _DIGIT.search(text)):
        return relative.parse(text, as_of, language)
    if text[0] in "12" and (stamp := parse_iso(text)):
        return stamp
    plain = _plain_digits(text)
    if "20" in plain or "19" in plain:
        stamp = parse_common(plain, language, raw=text)
        if stamp is None and any(_years(plain)):
            tokens = lex(plain, 0, len(plain))
            shape = grammar.whole(tokens.signature)
            stamp = grammar.build(text, tokens, shape, dayfirst, language) if shape else None
        if stamp or (language and (stamp := foreign.parse(text, language))):
            return stamp
    elif stamp := _parse_short_year(plain, dayfirst, language):
        return replace(stamp, raw=text)
    return relative.parse(plain, as_of, language, raw=text)


def parse_yearless(text: str, *, near: Timestamp | date, language: str | None = None) -> Timestamp | None:
    """Return the date without a year that the whole text is, in the year that brings it closest to `near`.

    The year is inferred, so whoever uses the date has to mark it so. A weekday beside the date must fit it. Returns
    None if the text is anything else, also a date with its year, or if `near` is not known to the day.

    >>> parse_yearless("Feb. 28", near=date(2024, 3, 1)).value
    '2024-02-28'
    >>> parse_yearless("31 December, 19:48", near=date(2024, 1, 2)).value
    '2023-12-31T19:48'
    """
    text, day = text.strip(), _day(near)
    if day is None or len(text) > LONGEST or not _DIGIT.search(text):
        return None
    plain = _plain_digits(text)
    tokens = lex(plain, 0, len(plain))
    shape = grammar.yearless(tokens.signature)
    if shape is None:
        return None
    years = range(max(day.year - 1, date.min.year), min(day.year + 1, date.max.year) + 1)
    stamps = [grammar.build(text, tokens, shape, None, language, year) for year in years]
    fitting = [stamp for stamp in stamps if stamp and grammar.fits_weekday(stamp, tokens, shape)]
    return min(fitting, key=lambda stamp: abs(_day(stamp) - day), default=None)  # type: ignore[operator]


def _parse_short_year(text: str, dayfirst: bool | None, language: str | None) -> Timestamp | None:
    match = _SHORT_YEAR.match(text)
    if match is None:
        return None
    place = match.start("year")
    century = "19" if match["year"] > _LAST_SHORT_YEAR else "20"
    return parse(text[:place] + century + text[place:], dayfirst=dayfirst, language=language)


def _day(moment: Timestamp | date) -> date | None:
    if isinstance(moment, Timestamp):
        return date.fromisoformat(moment.value[:10]) if moment.value and len(moment.value) >= 10 else None
    return moment.date() if isinstance(moment, datetime) else moment


def _plain_digits(text: str) -> str:
    """Return the text with the digits of other scripts as 0 to 9, one for one."""
    return text if text.isascii() or not _OTHER_DIGIT.search(text) else text.translate(_OTHER_DIGITS)


def _years(text: str) -> Iterator[re.Match[str]]:
    """Yield the years beside which there is a number, a month or a word as dates have them."""
    for year in _YEAR.finditer(text):
        start, end = year.span()
        before = text[max(0, start - _NEAR) : start].rstrip(_MARKS)
        after = _NEXT.match(text, end)
        if _is_beside(before[max(map(before.rfind, _MARKS)) + 1 :]) or (after and _is_beside(after[1])):
            yield year


def _is_beside(word: str) -> bool:
    return (
        word[:1].isdigit()
        or word[-1:].isdigit()
        or word[:1] in _YEAR_SIGN
        or word in lexicon().beside
        or fold(word) in lexicon().beside
    )


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the text in which a year stands, without the words that they would cut."""
    start = end = -1
    for year in _years(text):
        first, last = max(0, year.start() - _BEFORE), min(len(text), year.end() + _AFTER)
        if end < 0:
            start = first
        elif first > end:
            yield _between_words(text, start, end)
            start = first
        end = last
    if end >= 0:
        yield _between_words(text, start, end)


def _between_words(text: str, start: int, end: int) -> tuple[int, int]:
    if start:
        start = max(text.rfind(" ", 0, start + 1) + 1, start - LONGEST)
    if end < len(text):
        space = text.find(" ", end)
        end = min(len(text), space if space >= 0 else len(text), end + LONGEST)
    return start, end


def _shapes(text: str, tokens: Tokens) -> Iterator[grammar.Shape]:
    """Yield the dates among the tokens that are no part of something longer; of "3.9.2024, 16:05a" only the date is."""
    place = 0
    while shape := grammar.inside(tokens.signature, place):
        place = shape.start + 1
        for form in (shape, grammar.without_time(shape)):
            if grammar.stands_free(text, tokens, form):
                yield form
                place = form.end
                break
