"""Dates in the languages for which there is no table: those that dateparser knows."""

import re
from functools import cache
from typing import Any

from newsmine.dates.lexicon import lexicon
from newsmine.records import Timestamp

_NUMBER = re.compile(r"\d+")
_YEAR_THEN_DAY = re.compile(r"\d{4}\W+\d")
_MOST_WORDS = 4
_YEAR = 4


def parse(text: str, language: str) -> Timestamp | None:
    """Return the date that the whole text is in the language, to the day, or None.

    Only a short text is asked about, with a year, the number of a day and something like a month; what comes back
    must have that day and year.
    """
    if language in lexicon().months_of:
        return None
    numbers = _NUMBER.findall(text)
    years = [number for number in numbers if len(number) == _YEAR]
    days = [number for number in numbers if len(number) < 3 and 0 < int(number) <= 31]
    words = _NUMBER.sub(" ", text).split()
    if (
        len(years) != 1
        or len(numbers) != 2
        or len(days) != 1
        or not 0 < len(words) <= _MOST_WORDS
        or _YEAR_THEN_DAY.search(text)
    ):
        return None
    parser = _parser(language)
    data = parser.get_date_data(text) if parser else None
    moment = data.date_obj if data and data.period == "day" else None
    if moment is None or (moment.year, moment.day) != (int(years[0]), int(days[0])):
        return None
    return Timestamp(text, f"{moment:%Y-%m-%d}", "day")


@cache
def _parser(language: str) -> Any:
    """Return dateparser's parser for a language, None if it has none."""
    from dateparser.data.languages_info import language_order
    from dateparser.date import DateDataParser

    if language not in language_order:
        return None
    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["year", "month", "day"]}
    return DateDataParser(languages=[language], settings=settings)
