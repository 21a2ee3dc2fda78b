"""A time zone for pages that state none, where the user knows it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from newsmine.records import Page, Timestamp


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
