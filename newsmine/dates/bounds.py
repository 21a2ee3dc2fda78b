"""The days that a user filters by, and the time zone that they are days of."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsmine.errors import UsageError
from newsmine.records import Timestamp

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
