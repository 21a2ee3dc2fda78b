"""Dates as news pages print them, and the days that a user filters by.

Nothing is guessed: a page without a zone keeps its local time, 05/03/2024 without a hint is known to the year
only, and "3 hours ago" stays unknown unless the caller says when the page was read.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsmine import resources
from newsmine.errors import UsageError
from newsmine.records import Precision, Timestamp

_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
)
_TIME = r"(?P<h>[01]?\d|2[0-3])(?:[:.h](?P<mi>[0-5]\d))(?::(?P<s>[0-5]\d))?(?:\.\d+)?(?:\s*(?P<ap>[ap])\.?m\b\.?)?"
_ZONE = r"(?:\s*\(?(?P<z>Z\b|(?:UTC|GMT)(?:\s*[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d)\)?)?"
_GAP = r"(?:\s*[-–—|,/•·]\s*|\s+(?:at|um|à|às|om|в|saat)\s+|\s+)"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_RELATIVE = re.compile(
    r"(?P<n>\d+|an?|one)\s+(?P<unit>minute|min|hour|hr|day|week)s?\s+ago"
    rf"|(?P<day>today|yesterday)(?:[,\s]+(?:at\s+)?(?P<time>{_CLOCK}))?|just now|(?P<clock>{_CLOCK})",
    re.IGNORECASE,
)
_UNITS = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1440, "week": 10080}


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: code points `start` to `end`, end exclusive."""

    start: int
    end: int
    timestamp: Timestamp


@cache
def _months() -> dict[str, int]:
    return {form: int(number) for number, *forms in resources.rows("months.tsv") for form in forms}


@cache
def _pattern() -> re.Pattern[str]:
    month = "|".join(sorted(map(re.escape, _months()), key=lambda form: (-len(form), form)))
    month = rf"(?:{month})\b\.?"
    day = r"[0-3]?\d(?:st|nd|rd|th|er|\.|º)?"
    forms = (
        r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)",
        rf"(?P<d2>{day})(?:\s+de)?\s*[-\s]\s*(?P<m2>{month})(?:\s+de)?\s*[-,\s]\s*(?P<y2>(?:19|20)\d\d)",
        rf"(?P<m3>{month})\s+(?P<d3>{day}),?\s+(?P<y3>(?:19|20)\d\d)",
        r"(?P<y4>(?:19|20)\d\d)(?P<sep4>[./])(?P<m4>\d?\d)(?P=sep4)(?P<d4>\d?\d)",
        r"(?P<a5>\d?\d)(?P<sep5>[./-])(?P<b5>\d?\d)(?P=sep5)(?P<y5>(?:19|20)\d\d)",
    )
    date = "(?:" + "|".join(forms) + r")(?!\d)"
    time_after = rf"(?:(?:T|{_GAP}){_TIME}{_ZONE})?"
    earlier = re.sub(r"P<(\w+)>", r"P<\1_>", _TIME + _ZONE)
    time_before = f"(?:{earlier}{_GAP})?"
    return re.compile(rf"(?<![\w/.-]){time_before}(?:{_WEEKDAY}[.,]?\s+)?{date}{time_after}(?![\w/])", re.IGNORECASE)


def find(text: str, *, dayfirst: bool | None = None) -> list[Found]:
    """Return the full dates (with a year) in the text, in order; none is made out of plain words.

    `dayfirst` says how to read 05/03/2024; without it such a date is known to the year only.

    >>> [found.timestamp.value for found in find("CHRONICLE 20 September 2023 - 08:51")]
    ['2023-09-20T08:51']
    >>> find("In May 2020 people may march")
    []
    """
    found = []
    for match in _pattern().finditer(text):
        timestamp = _timestamp(match, dayfirst)
        if timestamp:
            found.append(Found(match.start(), match.end(), timestamp))
    return found


def parse(text: str, *, dayfirst: bool | None = None, as_of: datetime | None = None) -> Timestamp | None:
    """Return the date that the whole text is, or None if it is anything else.

    "3 hours ago", "yesterday, 19:48" and a bare "19:48" are dates of unknown value; with `as_of`, the moment the
    page was read, all but the bare time get one.

    >>> parse("28 February 2024 - 19:48").value
    '2024-02-28T19:48'
    >>> parse("3 hours ago").value is None
    True
    """
    text = text.strip()
    found = find(text, dayfirst=dayfirst)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
        return found[0].timestamp
    match = _RELATIVE.fullmatch(text)
    return _relative(match, as_of) if match else None


def _timestamp(match: re.Match[str], dayfirst: bool | None) -> Timestamp | None:
    group = match.groupdict()
    year, month, day = _year_month_day(group, dayfirst)
    value, precision = f"{year:04}", "year"
    if month is not None:
        try:
            value, precision = f"{datetime(year, month, day):%Y-%m-%d}", "day"
        except ValueError:
            return None
        value, precision = _with_time(group, value, precision)
    zone = _zone(group["z"] or group["z_"]) if precision in ("minute", "second") else None
    return Timestamp(match.group().strip(), value, precision, zone)  # type: ignore[arg-type]


def _year_month_day(group: dict[str, str | None], dayfirst: bool | None) -> tuple[int, int | None, int]:
    for form in "1234":
        if stated := group[f"y{form}"]:
            name = str(group[f"m{form}"]).casefold().rstrip(".")
            month = int(name) if name.isdigit() else _months()[name]
            return int(stated), month, int(re.sub(r"\D", "", str(group[f"d{form}"])))
    first, second, year = int(group["a5"] or 0), int(group["b5"] or 0), int(group["y5"] or 0)
    if group["sep5"] == "." or first > 12:
        dayfirst = True
    elif second > 12:
        dayfirst = False
    if dayfirst is None and first != second:
        return year, None, 0
    return (year, second, first) if dayfirst else (year, first, second)


def _with_time(group: dict[str, str | None], value: str, precision: str) -> tuple[str, str]:
    hour = group["h"] or group["h_"]
    if hour is None:
        return value, precision
    minute, second = group["mi"] or group["mi_"], group["s"] or group["s_"]
    half = (group["ap"] or group["ap_"] or "").casefold()
    number = int(hour) % 12 + (12 if half == "p" else 0) if half and int(hour) <= 12 else int(hour)
    value += f"T{number:02}:{int(minute or 0):02}"
    return (f"{value}:{int(second):02}", "second") if second else (value, "minute")


def _zone(text: str | None) -> str | None:
    if not text:
        return None
    match = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", text.replace(" ", ""))
    if not match:
        return "Z"
    if int(match[2]) > 23 or int(match[3] or 0) > 59:
        return None
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"


def clock(text: str) -> str:
    """Return a time of day as ISO 8601 has it.

    >>> clock("9:48")
    '09:48'
    """
    return ":".join(f"{int(number):02}" for number in text.split(":"))


def _relative(match: re.Match[str], as_of: datetime | None) -> Timestamp:
    raw = match.group()
    if as_of is None or match["clock"]:
        return Timestamp(raw, None, "unknown")
    if match["day"]:
        day = as_of - timedelta(days=match["day"].casefold() == "yesterday")
        time = match["time"]
        value = f"{day:%Y-%m-%d}" + (f"T{clock(time)}" if time else "")
        return Timestamp(raw, value, "minute" if time else "day")
    number = int(match["n"]) if (match["n"] or "").isdigit() else 1 if match["n"] else 0
    unit = (match["unit"] or "minute").casefold()
    try:
        moment = as_of - timedelta(minutes=number * _UNITS[unit])
    except OverflowError:
        return Timestamp(raw, None, "unknown")
    precision: Precision = "day" if unit in ("day", "week") else "hour" if unit in ("hour", "hr") else "minute"
    form = {"day": "%Y-%m-%d", "hour": "%Y-%m-%dT%H", "minute": "%Y-%m-%dT%H:%M"}[precision]
    return Timestamp(raw, f"{moment:{form}}", precision)


_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)?)?")
_AGO = re.compile(r"(\d+)([dw])")


def parse_bound(text: str, *, now: datetime) -> str:
    """Return the ISO prefix that `--since` or `--until` means: a day, or with a time a moment.

    Takes "2024", "2024-02", "2024-02-28", "2024-02-28T19:48", "today", "yesterday", "7d" and "2w" (before today).
    Raises UsageError for anything else, a day that is in no calendar included.
    """
    word = text.strip().casefold()
    if word in ("today", "yesterday"):
        return f"{now - timedelta(days=word == 'yesterday'):%Y-%m-%d}"
    if ago := _AGO.fullmatch(word):
        try:
            return f"{now - timedelta(days=int(ago[1]) * (7 if ago[2] == 'w' else 1)):%Y-%m-%d}"
        except OverflowError:
            pass
    elif _DAY.fullmatch(text.strip()):
        bound = text.strip().replace(" ", "T")
        try:
            datetime.fromisoformat(bound + "-01-01"[max(0, len(bound) - 4) :] if len(bound) < 10 else bound)
        except ValueError:
            pass
        else:
            return bound
    raise UsageError(f"not a date: {text!r}", hint="use 2024-02-28, 2024-02-28T19:48, today, yesterday or 7d")


def within(timestamp: Timestamp, since: str | None, until: str | None, zone: ZoneInfo | None = None) -> bool:
    """Tell whether a known time may lie in the inclusive range; a coarse time counts if it overlaps the range.

    Days are the publisher's own; with `zone`, a time that states its zone is first moved to that one.

    >>> within(Timestamp("", "2024-02-28T19:48", "minute"), "2024-02-28", "2024-02-28")
    True
    >>> within(Timestamp("", "2024", "year"), "2024-02-28", None)
    True
    """
    value = timestamp.value
    if value is None:
        return False
    if zone and timestamp.zone:
        moved = datetime.fromisoformat(value + timestamp.zone).astimezone(zone)
        value = moved.isoformat()[: len(value)]
    if since and value[: len(since)] < since[: len(value)]:
        return False
    return not (until and value[: len(until)] > until[: len(value)])


def parse_zone(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name; raises UsageError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"unknown time zone {name!r}", hint="use an IANA name such as Asia/Baku or UTC") from None
