from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.dates import find, parse, parse_bound, parse_zone, within
from newsmine.errors import UsageError
from newsmine.records import Timestamp

NOW = datetime(2024, 3, 1, 10, 15)


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("28 February 2024 - 19:48", "2024-02-28T19:48", "minute"),
        ("28 February 2024", "2024-02-28", "day"),
        ("28 Feb 2024, 19:48", "2024-02-28T19:48", "minute"),
        ("28 Feb. 2024 | 9:48", "2024-02-28T09:48", "minute"),
        ("28-Feb-2024", "2024-02-28", "day"),
        ("1st March 2024", "2024-03-01", "day"),
        ("02 Sept 2023 at 07:05", "2023-09-02T07:05", "minute"),
        ("Wednesday, 28 February 2024", "2024-02-28", "day"),
        ("Wed 28 Feb 2024 19:48:30", "2024-02-28T19:48:30", "second"),
        ("Wed, 28 Feb 2024 19:48:30 GMT", "2024-02-28T19:48:30Z", "second"),
        ("Wed, 28 Feb 2024 19:48:30 +0400", "2024-02-28T19:48:30+04:00", "second"),
        ("2024-02-28T19:48+99:99", "2024-02-28T19:48", "minute"),
        ("2024-02-28T19:48 UTC+24", "2024-02-28T19:48", "minute"),
        ("February 28, 2024", "2024-02-28", "day"),
        ("February 28, 2024 7:48 PM", "2024-02-28T19:48", "minute"),
        ("February 28, 2024 at 7:48 p.m.", "2024-02-28T19:48", "minute"),
        ("February 28, 2024, 12:05 am", "2024-02-28T00:05", "minute"),
        ("February 28, 2024, 12:05 pm", "2024-02-28T12:05", "minute"),
        ("Feb 3rd, 2024", "2024-02-03", "day"),
        ("2024-02-28", "2024-02-28", "day"),
        ("2024-02-28 19:48", "2024-02-28T19:48", "minute"),
        ("2024-02-28T19:48:05Z", "2024-02-28T19:48:05Z", "second"),
        ("2024-02-28T19:48:05+04:00", "2024-02-28T19:48:05+04:00", "second"),
        ("2024-02-28T19:48:05.123+04:00", "2024-02-28T19:48:05+04:00", "second"),
        ("2024-02-28T19:48-0530", "2024-02-28T19:48-05:30", "minute"),
        ("2024/02/28", "2024-02-28", "day"),
        ("2024.2.8 19:48", "2024-02-08T19:48", "minute"),
        ("28.02.2024", "2024-02-28", "day"),
        ("05.03.2024 19:48", "2024-03-05T19:48", "minute"),
        ("28/02/2024", "2024-02-28", "day"),
        ("02/28/2024", "2024-02-28", "day"),
        ("03/03/2024", "2024-03-03", "day"),
        ("05/03/2024", "2024", "year"),
        ("05/03/2024 19:48", "2024", "year"),
        ("19:48, 28 February 2024", "2024-02-28T19:48", "minute"),
        ("19:48 | 28.02.2024", "2024-02-28T19:48", "minute"),
        ("19:48 UTC, 28 February 2024", "2024-02-28T19:48Z", "minute"),
        ("28 February 2024 19:48 (GMT+4)", "2024-02-28T19:48+04:00", "minute"),
        ("28 February 2024 - 19:48 UTC", "2024-02-28T19:48Z", "minute"),
        ("28 février 2024 à 19h48", "2024-02-28T19:48", "minute"),
        ("28. Februar 2024 um 19.48", "2024-02-28T19:48", "minute"),
        ("Mittwoch, 28. Februar 2024", "2024-02-28", "day"),
        ("28 de febrero de 2024", "2024-02-28", "day"),
        ("28 Şubat 2024", "2024-02-28", "day"),
        ("28 fevral 2024", "2024-02-28", "day"),
        ("28 февраля 2024, 19:48", "2024-02-28T19:48", "minute"),
        ("28 lutego 2024", "2024-02-28", "day"),
        ("29 February 2024", "2024-02-29", "day"),
    ],
)
def test_formats(text: str, iso: str, precision: str) -> None:
    stamp = parse(text)
    assert stamp is not None
    assert (stamp.iso, stamp.precision, stamp.raw) == (iso, precision, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "May 2024",
        "March on Washington",
        "In May 2020 people may march",
        "29 February 2023",
        "31 April 2024",
        "2024-13-01",
        "0 May 2024",
        "45 May 2024",
        "2024",
        "1,200,000 people",
        "version 2.10.2024.1",
        "the score was 3-2 in 2024",
        "28 February",
        "25:00",
        "12:60",
        "28 Smarch 2024",
        "2024-02-281",
        "a 28 February 2024",
        "28 February 2024 and 29 February 2024",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "dayfirst", "value"),
    [
        ("05/03/2024", True, "2024-03-05"),
        ("05/03/2024", False, "2024-05-03"),
        ("05/03/2024 9:05 PM", False, "2024-05-03T21:05"),
        ("28/02/2024", False, "2024-02-28"),
        ("02/28/2024", True, "2024-02-28"),
        ("05.03.2024", False, "2024-03-05"),
    ],
)
def test_order_of_day_and_month(text: str, dayfirst: bool, value: str) -> None:
    stamp = parse(text, dayfirst=dayfirst)
    assert stamp is not None
    assert stamp.value == value


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("3 hours ago", "2024-03-01T07", "hour"),
        ("an hour ago", "2024-03-01T09", "hour"),
        ("20 minutes ago", "2024-03-01T09:55", "minute"),
        ("5 min ago", "2024-03-01T10:10", "minute"),
        ("Just now", "2024-03-01T10:15", "minute"),
        ("1 day ago", "2024-02-29", "day"),
        ("2 weeks ago", "2024-02-16", "day"),
        ("Today", "2024-03-01", "day"),
        ("yesterday", "2024-02-29", "day"),
        ("Yesterday, 9:48", "2024-02-29T09:48", "minute"),
        ("today at 08:00", "2024-03-01T08:00", "minute"),
    ],
)
def test_relative_dates_need_the_moment_of_reading(text: str, value: str, precision: str) -> None:
    assert parse(text) == Timestamp(text, None, "unknown")
    assert parse(text, as_of=NOW) == Timestamp(text, value, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["999999999999 weeks ago", "9999999 days ago"])
def test_a_moment_before_all_calendars_stays_unknown(text: str) -> None:
    assert parse(text, as_of=NOW) == Timestamp(text, None, "unknown")


@pytest.mark.parametrize("as_of", [None, NOW])
def test_a_bare_time_has_no_day(as_of: datetime | None) -> None:
    assert parse("19:48", as_of=as_of) == Timestamp("19:48", None, "unknown")


def test_find_gives_the_place() -> None:
    text = "Bridge opens 3 May 2024 - 10:00 | Mayor, on 2024-05-02"
    assert [(text[f.start : f.end], f.timestamp.value) for f in find(text)] == [
        ("3 May 2024 - 10:00", "2024-05-03T10:00"),
        ("2024-05-02", "2024-05-02"),
    ]


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    stamp = parse(text, as_of=NOW)
    assert stamp is None or stamp.raw
    for found in find(text):
        assert text[found.start : found.end].strip() == found.timestamp.raw


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31)))
def test_printed_dates_come_back(moment: datetime) -> None:
    for form in ("%d %B %Y - %H:%M", "%B %d, %Y %I:%M %p", "%Y-%m-%d %H:%M", "%H:%M, %d.%m.%Y"):
        stamp = parse(moment.strftime(form))
        assert stamp is not None
        assert stamp.value == moment.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("2024", "2024"),
        ("2024-02", "2024-02"),
        ("2024-02-29", "2024-02-29"),
        (" 2024-02-28T19:48 ", "2024-02-28T19:48"),
        ("2024-02-28 19:48:30", "2024-02-28T19:48:30"),
        ("today", "2024-03-01"),
        ("Yesterday", "2024-02-29"),
        ("1d", "2024-02-29"),
        ("7d", "2024-02-23"),
        ("2w", "2024-02-16"),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert parse_bound(text, now=NOW) == bound


@pytest.mark.parametrize(
    "text",
    ["", "soon", "7", "-7d", "24-02-28", "2024-13", "2024-02-30", "2023-02-29", "2024-02-28T25:00", "0000",
     "2024-2-8", "99999999d", "28/02/2024", "٢٠٢٤"],
)  # fmt: skip
def test_wrong_bounds(text: str) -> None:
    with pytest.raises(UsageError, match="not a date"):
        parse_bound(text, now=NOW)


@pytest.mark.parametrize(
    ("value", "since", "until", "expected"),
    [
        ("2024-02-28T19:48", "2024-02-28", None, True),
        ("2024-02-28T19:48", None, "2024-02-28", True),
        ("2024-02-28T19:48", "2024-02-29", None, False),
        ("2024-02-28T19:48", None, "2024-02-27", False),
        ("2024-02-28T19:48", "2024-02-28T19:48", "2024-02-28T19:48", True),
        ("2024-02-28T19:48", "2024-02-28T19:49", None, False),
        ("2024-02-28T19:48", "2024", "2024-02", True),
        ("2024-02", "2024-02-28", "2024-02-28", True),
        ("2024-01", "2024-02-28", None, False),
        ("2024-03", None, "2024-02-28", False),
        ("2024-02-28T19", "2024-02-28T19:48", "2024-02-28T19:48", True),
        (None, None, None, False),
    ],
)
def test_within(value: str | None, since: str | None, until: str | None, expected: bool) -> None:
    assert within(Timestamp("", value, "minute"), since, until) is expected


@pytest.mark.parametrize(
    ("value", "zone", "day"),
    [
        ("2024-02-28T22:30", "+00:00", "2024-02-29"),
        ("2024-02-28T22:30", "Z", "2024-02-29"),
        ("2024-02-28T22:30:15", "+04:00", "2024-02-28"),
        ("2024-02-28T22:30", None, "2024-02-28"),
        ("2024-02-28", None, "2024-02-28"),
    ],
)
def test_a_zone_moves_the_times_that_state_theirs(value: str, zone: str | None, day: str) -> None:
    baku = parse_zone("Asia/Baku")
    assert within(Timestamp("", value, "minute", zone), day, day, baku)


def test_zones() -> None:
    assert parse_zone("Asia/Baku") == ZoneInfo("Asia/Baku")
    for name in ("Mars/Olympus", "", "../etc/passwd", "Asia"):
        with pytest.raises(UsageError, match="unknown time zone"):
            parse_zone(name)
