"""Dates that need the moment of reading or another date of the page: "3 hours ago", "19:48", "28 February"."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from newsmine.dates import clock, parse, parse_yearless
from newsmine.records import Timestamp

NOW = datetime(2024, 3, 1, 10, 15)


@pytest.mark.parametrize(
    "text",
    [
        "vor 3 Stunden", "vor 3 Std.", "il y a 3 heures", "hace 3 horas", "há 3 horas", "3 ore fa", "3 uur geleden",
        "för 3 timmar sedan", "for 3 timer siden", "3 tuntia sitten", "3 godziny temu", "před 3 hodinami",
        "pred 3 hodinami", "3 órával ezelőtt", "acum 3 ore", "3 часа назад", "3 години тому", "3 saat önce",
        "3 saat əvvəl", "πριν από 3 ώρες", "منذ 3 ساعات", "قبل ٣ ساعات", "3 ساعت پیش", "3小时前", "3 小時前", "3時間前",
        "3시간 전", "3 jam yang lalu", "3 giờ trước", "3h ago", "3 hrs ago", "Prieš 3 h",
    ],
)  # fmt: skip
def test_three_hours_ago(text: str) -> None:
    assert parse(text) == Timestamp(text, None, "unknown")
    if not text.startswith("Prieš"):
        assert parse(text, as_of=NOW) == Timestamp(text, "2024-03-01T07", "hour")


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("vor einer Stunde", "2024-03-01T09", "hour"),
        ("il y a une heure", "2024-03-01T09", "hour"),
        ("час назад", "2024-03-01T09", "hour"),
        ("5 мин. назад", "2024-03-01T10:10", "minute"),
        ("30 seconds ago", "2024-03-01T10:14", "minute"),
        ("vor 2 Tagen", "2024-02-28", "day"),
        ("2 weeks ago", "2024-02-16", "day"),
        ("gestern, 16:05 Uhr", "2024-02-29T16:05", "minute"),
        ("Heute um 9.05 Uhr", "2024-03-01T09:05", "minute"),
        ("hier à 16h05", "2024-02-29T16:05", "minute"),
        ("вчера в 16:05", "2024-02-29T16:05", "minute"),
        ("今天 09:05", "2024-03-01T09:05", "minute"),
        ("dün 16:05", "2024-02-29T16:05", "minute"),
        ("Yesterday at 4:05 p.m.", "2024-02-29T16:05", "minute"),
        ("just now", "2024-03-01T10:15", "minute"),
    ],
)
def test_other_spans(text: str, value: str, precision: str) -> None:
    assert parse(text, as_of=NOW) == Timestamp(text, value, precision)  # type: ignore[arg-type]
    assert parse(text) == Timestamp(text, None, "unknown")


@pytest.mark.parametrize(
    ("text", "language", "is_date"),
    [("gestern", "de", True), ("gestern", None, False), ("Hier", "de", False), ("hier", "fr", True),
     ("ma", "fi", False), ("ma", "hu", True), ("Today", "de", True)],
)  # fmt: skip
def test_a_word_for_a_day_alone(text: str, language: str | None, is_date: bool) -> None:
    assert (parse(text, language=language) is not None) is is_date


@pytest.mark.parametrize(
    "text",
    ["3 hours", "ago", "hace", "vor", "för", "ora", "now", "a day", "last week", "3 days before the vote", "hier 3",
     "5 long years ago", "vor Gericht", "3 för 2", "24h", "5 h", "3.40", "3-2", "Today 3", "-3 hours ago"],
)  # fmt: skip
def test_what_is_no_span(text: str) -> None:
    assert parse(text, as_of=NOW) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [("9:48", "09:48"), ("16:05 Uhr", "16:05"), ("16.05 Uhr", "16:05"), ("16h05", "16:05"), ("4:05 p.m.", "16:05"),
     ("4:05 PM", "16:05"), ("12:05 am", "00:05"), ("4 pm", "16:00"), ("4.05pm", "16:05")],
)  # fmt: skip
def test_bare_times(text: str, time: str) -> None:
    assert parse(text, as_of=NOW) == Timestamp(text, None, "unknown")
    assert clock(text) == time


@pytest.mark.parametrize(
    ("text", "near", "value"),
    [
        ("28 February", date(2024, 3, 1), "2024-02-28"),
        ("Feb. 28", date(2024, 3, 1), "2024-02-28"),
        ("31 December, 19:48", date(2024, 1, 2), "2023-12-31T19:48"),
        ("2 January", date(2023, 12, 30), "2024-01-02"),
        ("29 February", date(2024, 6, 1), "2024-02-29"),
        ("29 February", date(2022, 6, 1), None),
        ("28. Februar, 16:05 Uhr", NOW, "2024-02-28T16:05"),
        ("28 de febrero a las 16:05", NOW, "2024-02-28T16:05"),
        ("28 февраля, 16:05", NOW, "2024-02-28T16:05"),
        ("16:05, 28 lutego", NOW, "2024-02-28T16:05"),
        ("Wed, Feb 28", NOW, "2024-02-28"),
        ("Thu, Feb 28", NOW, None),
        ("Feb. 28", Timestamp("", "2024-03-01T10:15", "minute"), "2024-02-28"),
        ("Feb. 28", Timestamp("", "2024", "year"), None),
        ("Feb. 28", Timestamp("", None, "unknown"), None),
        ("28 February 2024", NOW, None),
        ("31 February", NOW, None),
        ("May march", NOW, None),
        ("May 3 people march", NOW, None),
        ("3.40", NOW, None),
    ],
)
def test_the_year_of_the_date_nearby(text: str, near: Timestamp | date, value: str | None) -> None:
    stamp = parse_yearless(text, near=near)
    assert (stamp and stamp.value) == value
    if value:
        assert parse(text) is None


def test_a_moment_of_reading_with_its_zone() -> None:
    """A time counted from it has that zone; a day, or a time that the page states itself, is the publisher's."""
    moment = datetime(2024, 3, 1, 10, 15, tzinfo=UTC)
    assert parse("3 hours ago", as_of=moment) == Timestamp("3 hours ago", "2024-03-01T07", "hour", "Z")
    assert parse("just now", as_of=moment) == Timestamp("just now", "2024-03-01T10:15", "minute", "Z")
    assert parse("2 days ago", as_of=moment) == Timestamp("2 days ago", "2024-02-28", "day")
    assert parse("yesterday, 19:48", as_of=moment) == Timestamp("yesterday, 19:48", "2024-02-29T19:48", "minute")
    east = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert parse("5 minutes ago", as_of=east) == Timestamp("5 minutes ago", "2024-03-01T15:40", "minute", "+05:30")
