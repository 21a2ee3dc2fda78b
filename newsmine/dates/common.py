"""The few ways in which most pages write most dates, each told by one expression: the grammar reads them the same."""

import re
from datetime import date

from newsmine.dates.lexicon import lexicon
from newsmine.records import Timestamp

_TIME = (
    r"(?:(?:,|,? [-–—|·]|,? (?:at|um|à|às|om|kl\.?|в))? ([01]?[0-9]|2[0-3]):([0-5][0-9])"
    r"(?: ?([AaPp])(?:\.m\.|[Mm])| Uhr)?)?"
)
_NAMED = re.compile(
    r"(?:[A-Z][a-z]{2,}day,? )?"
    r"(?:([0-3]?[0-9])\.? ([^\W\d_]+)|([^\W\d_]+)\.? ([0-3]?[0-9]),) ((?:19|20)[0-9]{2})" + _TIME
)
_NOON = 12
_POINTS = re.compile(r"([0-3]?[0-9])\.([01]?[0-9])\.((?:19|20)[0-9]{2})" + _TIME)


def parse_common(text: str, language: str | None, *, raw: str | None = None) -> Timestamp | None:
    """Return the date that the whole text is in one of the commonest forms, or None.

    >>> parse_common("28 February 2024 - 19:48", None).value, parse_common("May 3, 2024", None).value
    ('2024-02-28T19:48', '2024-05-03')
    """
    if match := _NAMED.fullmatch(text):
        day, name, name_, day_, year, hour, minute, half = match.groups()
        known = lexicon()
        form = (name or name_).casefold()
        number: int | str = known.months_of.get(language or "", known.months).get(form) or known.months.get(form) or 0
    elif match := _POINTS.fullmatch(text):
        day, number, year, hour, minute, half = match.groups()
        day_ = ""
    else:
        return None
    try:
        value = date(int(year), int(number), int(day or day_)).isoformat()
    except ValueError:
        return None
    if hour is None:
        return Timestamp(raw or text, value, "day")
    if half and int(hour) <= _NOON:
        hour = int(hour) % _NOON + _NOON * (half in "Pp")
    return Timestamp(raw or text, f"{value}T{int(hour):02}:{minute}", "minute")
