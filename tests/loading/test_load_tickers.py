"""Tickers: lists whose items have a bare time of day, in the forms that sites use, below the heading of a day."""

import time

import pytest
from load_layouts import ARTICLE, read, rows

from newsmine.loading.lines import is_bare_time, split_clock

BRIDGE = "Ferry company to cut fares in autumn"
SCHOOL = "School roof in Ostrava repaired at last"
TIMES = [
    ("11:05", "9:48", "11:05", "09:48", None),
    ("11.05", "9.48", "11:05", "09:48", None),
    ("11h05", "9h48", "11:05", "09:48", None),
    ("11.05 Uhr", "9.48 Uhr", "11:05", "09:48", None),
    ("9:05 pm", "9:48 am", "21:05", "09:48", None),
    ("9:05 P.M.", "9:48 A.M.", "21:05", "09:48", None),
    ("11:05:33", "9:48:07", "11:05:33", "09:48:07", None),
    ("11:05 GMT", "9:48 GMT", "11:05", "09:48", "Z"),
]


@pytest.mark.parametrize(("first", "second", "at", "then", "zone"), TIMES, ids=[form for form, *_ in TIMES])
@pytest.mark.parametrize("form", ["{0}\n{1}\n\n", "{1}\n{0}\n\n"], ids=["before", "after"])
def test_times_below_a_day(form: str, first: str, second: str, at: str, then: str, zone: str | None) -> None:
    items = form.format(first, BRIDGE) + form.format(second, SCHOOL)
    page = read(f"{ARTICLE}\nLatest news\n\n2 May 2024\n\n{items}")
    assert rows(page) == [
        ("Latest news", BRIDGE, f"2024-05-02T{at}"),
        ("Latest news", SCHOOL, f"2024-05-02T{then}"),
    ]
    assert {headline.published.zone for headline in page.headlines if headline.published} == {zone}


@pytest.mark.parametrize(
    "text",
    ["11", "3.5", "25:10", "12:60", "11.05.2024", "11.05%", "1.234.567", "11:05 NATO", "7 million", "12.505", "pm", ""],
)
def test_what_is_no_time(text: str) -> None:
    assert not is_bare_time(text)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("11:05 Ferry fares", ("11:05", "Ferry fares")),
        ("9:05 am - Ferry fares", ("9:05 am", "Ferry fares")),
        ("11:05 GMT Ferry fares", ("11:05 GMT", "Ferry fares")),
        ("11.05 Uhr: Ferry fares", ("11.05 Uhr", "Ferry fares")),
        ("11.05 | Ferry fares", ("11.05", "Ferry fares")),
        ("12.50 euros an hour", None),
        ("11.05.2024 Ferry fares", None),
        ("11:05", None),
    ],
)
def test_a_time_in_front_of_a_headline(line: str, parts: tuple[str, str] | None) -> None:
    assert split_clock(line) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Title of a page\n" + "x y z 12 " * 8000 + "\n3 May 2024\n\n" + "The bridge was opened on Friday.\n" * 5,
        "VIDEO " * 12000,
        "[a](b" * 15000,
        "*a " * 20000,
        "ab 12\n" * 10000,
        "3 May 2024\n" * 6000,
        "harbour bridge opened on friday morning after a decade of works and then all\n" * 900,
    ],
    ids=["long header", "tags", "links", "emphasis", "short lines", "dates", "wrapped"],
)
def test_the_time_grows_with_the_size_only(text: str) -> None:
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 5  # it was a minute and more where each place was looked at from each other
