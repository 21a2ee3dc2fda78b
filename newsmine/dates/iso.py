"""Dates as machines write them: ISO 8601 with its parts apart or run together."""

import re
from datetime import date

from newsmine.records import Timestamp

_YEAR, _OFFSET = "((?:19|20)[0-9]{2})", r"\s?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_ISO = re.compile(
    rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})"
    rf"(?:[T ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:[.,][0-9]+)?)?{_OFFSET})?"
)
_COMPACT = re.compile(
    rf"{_YEAR}([0-9]{{2}})([0-9]{{2}})"
    rf"(?:T(?=[0-9]+)|(?=[0-9]{{6}}$))([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?(?:\.[0-9]+)?{_OFFSET}"
)
_SIGNED = re.compile(r"([+\-−])(\d{1,2}):?(\d\d)?$")
_HOURS, _MINUTES = 23, 59


def parse_iso(text: str) -> Timestamp | None:
    """Return the date that the whole text is in ISO 8601, or None.

    >>> parse_iso("2024-02-28T19:48:05.123+0400").iso, parse_iso("20240228T194800Z").iso
    ('2024-02-28T19:48:05+04:00', '2024-02-28T19:48:00Z')
    """
    match = (_ISO if text[4:5] == "-" else _COMPACT).fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return None
    if hour is None:
        return Timestamp(text, f"{year}-{month}-{day}", "day")
    value, precision = f"{year}-{month}-{day}T{hour}:{minute}", "minute"
    if second:
        value, precision = f"{value}:{second}", "second"
    return Timestamp(text, value, precision, zone and offset(zone))  # type: ignore[arg-type]


def offset(text: str) -> str | None:
    """Return the offset of a zone from UTC as a timestamp has it, None if there is no such offset.

    >>> offset("UTC"), offset("GMT+4"), offset("-0530"), offset("+99:99")
    ('Z', '+04:00', '-05:30', None)
    """
    if text == "Z":
        return text
    match = _SIGNED.search(text.replace(" ", "") if " " in text else text)
    if not match:
        return "Z"
    if int(match[2]) > _HOURS or int(match[3] or 0) > _MINUTES:
        return None
    return f"{'+' if match[1] == '+' else '-'}{int(match[2]):02}:{match[3] or '00'}"
