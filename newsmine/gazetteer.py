"""A small list of places that need no context: countries, capitals, well-known cities and regions."""

from dataclasses import dataclass
from functools import cache

from newsmine import resources
from newsmine.text import fold


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its canonical name, "country", "region" or "city", and whether the name means other things too."""

    name: str
    type: str
    ambiguous: bool


def find_place(text: str) -> Place | None:
    """Return the place that a name means, or None if it is not on the list.

    Abbreviations ("US", "UAE") count in capitals only.

    >>> find_place("Türkiye").name, find_place("us")
    ('Turkey', None)
    """
    place = _by_name().get(fold(text))
    return None if place and len(text) <= 4 and text != text.upper() and fold(text) in _abbreviations() else place


def names() -> tuple[str, ...]:
    """Return every name on the list that always means its place, as it is written there, longest first."""
    found = (name for row in resources.rows("places.tsv") if row[0][0] != "?" for name in (row[0], *row[2:]))
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


@cache
def _by_name() -> dict[str, Place]:
    table = {}
    for name, type_, *others in resources.rows("places.tsv"):
        place = Place(name.removeprefix("?"), type_, name.startswith("?"))
        table.update({fold(form): place for form in (place.name, *others)})
    return table


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(fold(name) for name in names() if name.isupper())
