"""Dates that are told from the moment of reading ("3 hours ago", "yesterday, 19:48"), and bare times of day."""

import re
from datetime import datetime, timedelta
from functools import cache

from newsmine import resources
from newsmine.dates.iso import offset
from newsmine.dates.lexicon import CJK, fold
from newsmine.records import Precision, Timestamp

_LONGEST = 40
_UNITS = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440, "week": 10080}
_PRECISION: dict[str, Precision] = {"hour": "hour", "day": "day", "week": "day"}
_FORM = {"day": "%Y-%m-%d", "hour": "%Y-%m-%dT%H", "minute": "%Y-%m-%dT%H:%M"}
_HOUR, _HALF = r"(?:[01]?\d|2[0-3])", r"[ap]\.?\s?m\b\.?"
_CLOCK = (
    rf"{_HOUR}(?::|\s?h\s?)[0-5]\d(?!\d)(?:\s?(?:{_HALF}|uhr\b|h\b|ч\b\.?))?"
    rf"|{_HOUR}\.[0-5]\d\s?(?:{_HALF}|uhr\b)|(?:1[0-2]|[1-9])\s?{_HALF}"
)
_BARE = re.compile(_CLOCK, re.IGNORECASE)
_PARTS = re.compile(r"(\d\d?)(?:\D{1,3}?(\d\d))?(?::(\d\d))?\W*([ap]?)", re.IGNORECASE)
_GAP = r"(?:\s*[,|•·–-]\s*|\s+(?:(?:at|um|à|a las|alle|às|om|kl\.?|klo|o|v|в|о|saat)\s+)?|(?<=[^\x00-\u2e80]))"
_NOON = 12


def clock(text: str) -> str:
    """Return a time of day as ISO 8601 has it.

    >>> clock("9:48"), clock("4:05 p.m."), clock("19.48 Uhr")
    ('09:48', '16:05', '19:48')
    """
    match = _PARTS.match(text)
    if match is None:
        return text
    hour = int(match[1])
    if match[4] and hour <= _NOON:
        hour = hour % _NOON + _NOON * (match[4] in "pP")
    return f"{hour:02}:{match[2] or '00'}" + (f":{match[3]}" if match[3] else "")


def parse(text: str, as_of: datetime | None, language: str | None, *, raw: str | None = None) -> Timestamp | None:
    """Return the date that the whole text is if it is told from the moment of reading, or a bare time of day.

    Its value is unknown without `as_of`, and that of a bare time also with it. A word for a day alone ("heute") is a
    date only on a page of its language, since it may be any other word in another; that of English always is.

    >>> parse("vor 3 Stunden", datetime(2024, 3, 1, 10, 15), None).value
    '2024-03-01T07'
    """
    if len(text) > _LONGEST or not (text[:1].isdigit() or _first(text) in _first_words() or text[:1] in _first_words()):
        return None
    raw, unknown = raw or text, Timestamp(raw or text, None, "unknown")
    if _BARE.fullmatch(text):
        return unknown
    match = _ago().fullmatch(fold(text)) or _of_day().fullmatch(fold(text))
    if match is None:
        return None
    found = {name: value for name, value in match.groupdict().items() if value}
    if "day" in found and "time" not in found and not {language, "en"} & _days()[found["day"]][1]:
        return None
    if as_of is None:
        return unknown
    try:
        return _placed(raw, found, as_of)
    except OverflowError:
        return unknown


def _placed(raw: str, found: dict[str, str], as_of: datetime) -> Timestamp:
    """Return the date that lies before the moment of reading as the words say, with that one's zone if it has a time.

    A time of day that is stated beside the day is the publisher's own, whose zone is not known.
    """
    if "day" in found:
        day = f"{as_of - timedelta(days=_days()[found['day']][0]):%Y-%m-%d}"
        return (
            Timestamp(raw, f"{day}T{clock(found['time'])}", "minute") if "time" in found else Timestamp(raw, day, "day")
        )
    unit = next((_units()[found[name]] for name in ("unit", "unit_") if name in found), "")
    number = int(found.get("n") or found.get("n_") or 1)
    moment = as_of - timedelta(minutes=number * _UNITS[unit] if unit else 0)
    precision = _PRECISION.get(unit, "minute")
    zone = offset(f"{moment:%z}" if moment.utcoffset() else "Z") if precision != "day" and moment.tzinfo else None
    return Timestamp(raw, f"{moment:{_FORM[precision]}}", precision, zone)


@cache
def _words() -> dict[str, list[str]]:
    return {part: [_form(word) for word in words] for part, *words in resources.rows("relative_dates.tsv")}


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit in _UNITS for word in _words()[unit]}


@cache
def _days() -> dict[str, tuple[int, set[str]]]:
    """Return for each word for a day how many days it lies back, and its languages."""
    days: dict[str, tuple[int, set[str]]] = {}
    for language, *cells in resources.rows("relative_days.tsv"):
        for back, cell in enumerate(cells):
            for word in cell.split():
                days.setdefault(_form(word), (back, set()))[1].add(language)
    return days


@cache
def _first_words() -> frozenset[str]:
    """Return the words that such a date begins with, also capitalised; for scripts without blanks, the letters."""
    words = [*_days(), *(word for some in _words().values() for word in some)]
    firsts = {word[0] if word > CJK else _first(word) for word in words}
    return frozenset(form for word in firsts for form in (word, word.capitalize(), word.upper()))


@cache
def _ago() -> re.Pattern[str]:
    def among(*parts: str) -> str:
        words = (re.escape(word) for part in parts for word in _words()[part])
        return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"

    span = rf"(?:(?P<n>\d+)\s*|{among('one')}\s+)?(?P<unit>{among(*_UNITS)})\.?"
    before = rf"{among('before')}\s+{span}"
    after = rf"(?:{among('before')}\s+)?" + re.sub(r"P<(n|unit)>", r"P<\1_>", span) + rf"\s*{among('after')}"
    return re.compile(f"{before}|{after}|{among('now')}")


@cache
def _of_day() -> re.Pattern[str]:
    day = "|".join(sorted(map(re.escape, _days()), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?P<day>{day})(?:{_GAP}(?P<time>{_CLOCK}))?")


def _form(word: str) -> str:
    return fold(word.replace("_", " "))


def _first(text: str) -> str:
    return text.partition(" ")[0].rstrip(",")
