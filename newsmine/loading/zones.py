"""A time zone for pages that state none, where the user knows it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from zoneinfo import ZoneInfo

from newsmine import dates
from newsmine.errors import UsageError
from newsmine.records import Page, Source, Timestamp

_COLUMNS = ("source", "zone")


@dataclass(frozen=True, slots=True)
class Zones:
    """Zones by publisher or path, as patterns; the first that fits counts, `default` where none does."""

    patterns: Sequence[tuple[str, ZoneInfo]] = ()
    default: ZoneInfo | None = None

    def of(self, source: Source) -> ZoneInfo | None:
        """Return the zone of a source's times, None if nobody knows it."""
        names = [name.casefold() for name in (source.publisher, source.path) if name]
        found = (zone for pattern, zone in self.patterns if any(fnmatchcase(name, pattern) for name in names))
        return next(found, self.default)


def read_zones(path: str | None, *, default: ZoneInfo | None = None) -> Zones:
    """Return the zones that a CSV file with the columns source and zone states; raises UsageError for another file."""
    if path is None:
        return Zones(default=default)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or "not a CSV file in UTF-8"
        raise UsageError(f"cannot read {path}: {reason}", hint="a CSV file with the columns source,zone") from error
    if not rows or tuple(name.strip().casefold() for name in rows[0]) != _COLUMNS:
        raise UsageError(f"{path} does not have the columns source,zone", hint="azernews*,Asia/Baku is a row")
    patterns = []
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if len(row) != len(_COLUMNS):
            raise UsageError(f"{path}, line {number}: {len(row)} fields", hint="two are needed: source,zone")
        patterns.append((row[0].strip().casefold(), dates.parse_zone(row[1].strip())))
    return Zones(tuple(patterns), default)


def in_zone(page: Page, zone: ZoneInfo | None) -> Page:
    """Return the page with the zone's offset in each of its times that state no zone; None changes nothing."""
    if zone is None:
        return page
    return replace(
        page,
        articles=tuple(replace(a, published=_zoned(a.published, zone)) for a in page.articles),
        headlines=tuple(replace(h, published=_zoned(h.published, zone)) for h in page.headlines),
    )


def _zoned(timestamp: Timestamp | None, zone: ZoneInfo) -> Timestamp | None:
    if timestamp is None or timestamp.value is None or timestamp.zone or "T" not in timestamp.value:
        return timestamp
    value = timestamp.value if ":" in timestamp.value else f"{timestamp.value}:00"
    offset = (
        datetime.fromisoformat(value).replace(tzinfo=zone).isoformat()[len(datetime.fromisoformat(value).isoformat()) :]
    )
    return replace(timestamp, zone="Z" if offset == "+00:00" else offset)
