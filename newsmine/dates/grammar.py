"""What a date looks like, as a pattern over the signature of a line, and what each part of a match means."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from newsmine.dates.iso import offset, parse_iso
from newsmine.dates.lexer import Tokens
from newsmine.dates.lexicon import CJK, FIRST_LETTER, Lexicon, fold, lexicon
from newsmine.records import Timestamp

_DAY_MONTH = r"[Dd]-?<of>?<month>\.?"
_MONTH_DAY = r"<month>\.?-?D"
_ZONE = r"(?:\(?(?P<zone%s>z|<zone>|U(?=\)?$))\)?)?"
_DATE = (
    rf"I{_ZONE % 0}|N"
    rf"|{_DAY_MONTH}[-,]?<of>?Y"
    rf"|{_MONTH_DAY},?<of>?Y"
    r"|Y(?:,?<of>?<month>\.?[Dd](?!,?Y)|-<month>-D|\.<month>\.?d)"
    r"|Y\.?<year>\.?(?:[Dd]<month>|<month>\.?[Dd](?:<of>\.?)?)"
    r"|<month>D(?P<inside>Tz?)Y"
)
_GAP = "[,~-]{0,2}"
_BEFORE = (
    rf"(?:(?P<before>(?:<half>?T|^t)<hour>?\.?(?:p|<half>)?|D(?:p|<half>)){_ZONE % 1}{_GAP}<of>?)?"
    r"(?:<lead>\.?)?(?:<weekday>\.?,?(?:<lead>\.?)?)?"
)
# "19.48" and "16" are times only where words around them say so, or nothing follows.
_TIME = (
    r"(?:<half>?T<hour>?(?:p|<half>)?|D(?:p|<half>)"
    r"|(?<=<at>)(?:t<hour>?|D<hour>?)|(?<=<at>[.:])(?:t<hour>?|D<hour>?)|t<hour>|t(?=\(?(?:z|<zone>))|(?:t|D<hour>)\.?(?=\)?$))"
)
_AFTER = (
    rf"(?:{_GAP}(?:\(<weekday>\.?\)|,?<dayname>))?"
    rf"(?:(?:\.(?=,?<at>))?{_GAP}\(?(?:<at>{{1,3}}[.:]?)?(?P<after>{_TIME})\)?,?{_ZONE % 2})?"
)
_DIGITS = re.compile(r"\d+")
_CLOCK = re.compile(r"(\d\d?)(?:\s?[^\d\s]\s?(\d\d?))?(?:\s?[:分분]\s?(\d\d?))?")
_SIGNED = re.compile(r"[+\-−]\d\d:?\d\d$|Z$")
_LAST_DAY, _LAST_MONTH, _NOON, _HOURS = 31, 12, 12, 24
_MINUTE = len("19:48")
_DAY_FIRST = frozenset(
    "de fr es it pt nl sv da nb nn no fi et lv pl cs sk ro ru uk tr az el id vi ca bg hr sl sr he".split()
)
"""Languages in all of whose countries 05/03/2024 is in March, so that nothing is open once the language is known."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where in a signature a date stands: the whole match, the date in it, its time and its zone (-1: none)."""

    start: int
    end: int
    date: int
    date_end: int
    time: int
    time_end: int
    zone: int


@lru_cache(maxsize=4096)
def whole(signature: str) -> Shape | None:
    """Return the shape of a signature that is a date and nothing else. Pages date their lines in few ways."""
    return _shape(_pattern(rf"{_BEFORE}(?P<date>{_DATE})<year>?\.?{_AFTER}\.?").fullmatch(signature))


def inside(signature: str, place: int) -> Shape | None:
    """Return the shape of the first date among other words, from that place on."""
    return _shape(_pattern(rf"{_BEFORE}(?P<date>{_DATE})(?:<year>\.?)?{_AFTER}").search(signature, place))


def yearless(signature: str) -> Shape | None:
    """Return the shape of a signature that is a date without a year and nothing else."""
    return _shape(_pattern(rf"{_BEFORE}(?P<date>{_DAY_MONTH}|{_MONTH_DAY}){_AFTER}").fullmatch(signature))


def without_time(shape: Shape) -> Shape:
    """Return the shape of the date alone, without what follows it."""
    return Shape(shape.start, shape.date_end, shape.date, shape.date_end, -1, -1, -1)


@cache
def _pattern(grammar: str) -> re.Pattern[str]:
    return re.compile(lexicon().expand(grammar))


def _shape(match: re.Match[str] | None) -> Shape | None:
    if match is None:
        return None
    known = match.re.groupindex
    time = max(match.span(part) for part in ("before", "inside", "after") if part in known)
    zone = max(match.start(part) for part in ("zone0", "zone1", "zone2") if part in known)
    return Shape(*match.span(), *match.span("date"), *time, zone)


def stands_free(text: str, tokens: Tokens, shape: Shape) -> bool:
    """Tell whether nothing beside the date makes it a part of a longer word or number; a time may begin a span."""
    start, end = tokens.starts[shape.start], tokens.ends[shape.end - 1]
    timed = shape.time_end == shape.end
    return not _joins(text[max(0, start - 2) : start][::-1]) and (
        (timed and text[end : end + 1] == "-") or not _joins(text[end : end + 2])
    )


def _joins(beside: str) -> bool:
    """Tell whether the two characters from the stretch outwards go on with it."""
    if not beside:
        return False
    near, far = beside[0], beside[1:]
    if near in "./-_":
        return near == "/" or far.isalnum()
    return near.isalnum() and near < CJK


def build(
    raw: str, tokens: Tokens, shape: Shape, dayfirst: bool | None, language: str | None, year: int | None = None
) -> Timestamp | None:
    """Return what the matched tokens say, None if that day is in no calendar; `year` is for dates without one."""
    known = lexicon()
    start, end = shape.date, shape.date_end
    if tokens.signature[start] == "I":
        stamp = parse_iso(tokens.texts[start])
        if stamp is None or stamp.precision != "day":
            return stamp and replace(stamp, raw=raw, zone=stamp.zone or _zone(tokens, shape, known))
        numbers = [int(part) for part in str(stamp.value).split("-")]
    elif tokens.signature[start] == "N":
        numbers = _numeric(tokens, shape, dayfirst, language, known)
    else:
        numbers = _named(tokens, start, end, known, language, year)
    if len(numbers) == 1:
        return Timestamp(raw, str(numbers[0]), "year")
    try:
        value = date(*numbers).isoformat()
    except ValueError:
        return None
    if time := _time(tokens, shape, known):
        return Timestamp(raw, f"{value}T{time[0]}", "minute" if len(time[0]) == _MINUTE else "second", time[1])
    return Timestamp(raw, value, "day")


def _numeric(tokens: Tokens, shape: Shape, dayfirst: bool | None, language: str | None, known: Lexicon) -> list[int]:
    """Return year, month and day of a date in digits, or the year alone where their order is open."""
    text = tokens.texts[shape.date]
    first, second, third = map(int, _DIGITS.findall(text))
    if first > _LAST_DAY:
        return [first, second, third]
    if (
        first == second
        or not (first and second)
        or first > _LAST_MONTH
        or "." in text
        or " " in text
        or _is_led(tokens, shape, known)
    ):
        dayfirst = True
    elif second > _LAST_MONTH:
        dayfirst = False
    elif dayfirst is None and language in _DAY_FIRST:
        dayfirst = True
    orders = {True: [third, second, first], False: [third, first, second]}
    if dayfirst is None:
        weekday = _weekday(tokens, shape, known)
        fitting = [order for order in orders.values() if date(*order).isoweekday() == weekday]
        return fitting[0] if len(fitting) == 1 else [third]
    return orders[dayfirst]


def _is_led(tokens: Tokens, shape: Shape, known: Lexicon) -> bool:
    """Tell whether a word that stands before days only comes before the date ("le 05/03/2024")."""
    place = shape.date - 1
    if place < shape.start:
        return False
    return tokens.signature[place] in known.parts["lead"] and fold(tokens.texts[place]) not in known.halves


def _weekday(tokens: Tokens, shape: Shape, known: Lexicon) -> int | None:
    numbers = (known.weekdays.get(fold(word)) for word in tokens.texts[shape.start : shape.end])
    return next((number for number in numbers if number), None)


def _named(tokens: Tokens, start: int, end: int, known: Lexicon, language: str | None, year: int | None) -> list[int]:
    """Return year, month and day of a date with the name of its month."""
    month = day = 0
    for letter, text in zip(tokens.signature[start:end], tokens.texts[start:end], strict=True):
        if letter == "Y":
            year = int(text)
        elif letter in "Dd":
            day = int(text[:2]) if text[1:2].isdigit() else int(text[0])
        elif letter >= FIRST_LETTER and (form := fold(text)) in known.months:
            month = known.months_of.get(language or "", known.months).get(form) or known.months[form]
    return [year or 0, month, day]


def _time(tokens: Tokens, shape: Shape, known: Lexicon) -> tuple[str, str | None] | None:
    """Return the time of day in ISO 8601 and its zone, None if the match has no time or an impossible one."""
    start, end = shape.time, shape.time_end
    hour, rest, half = "", "", ""
    minute = second = None
    if start < 0:
        return None
    for letter, text in zip(tokens.signature[start:end], tokens.texts[start:end], strict=True):
        if letter in "TtD" and (clock := _CLOCK.match(text)):
            (hour, minute, second), rest = clock.groups(), text[clock.end() :]
        elif letter == "p":
            half = "am" if text[0] in "aAπ" else "pm"
        elif letter >= FIRST_LETTER:
            half = known.halves.get(fold(text), half)
    number = int(hour) if hour else _HOURS
    if number >= _HOURS:
        return None
    if half and number <= _NOON:
        number = number % _NOON + _NOON * (half == "pm")
    time = f"{number:02}:{int(minute or 0):02}" + (f":{int(second):02}" if second else "")
    signed = _SIGNED.search(rest)
    return time, offset(signed.group()) if signed else _zone(tokens, shape, known)


def _zone(tokens: Tokens, shape: Shape, known: Lexicon) -> str | None:
    if shape.zone < 0:
        return None
    text = tokens.texts[shape.zone]
    return offset(text) if tokens.signature[shape.zone] == "z" else known.zones.get(text)


def fits_weekday(stamp: Timestamp, tokens: Tokens, shape: Shape) -> bool:
    """Tell whether the date falls on the weekday that is stated beside it, if one is."""
    weekday = _weekday(tokens, shape, lexicon())
    return weekday is None or date.fromisoformat(str(stamp.value)[:10]).isoweekday() == weekday
