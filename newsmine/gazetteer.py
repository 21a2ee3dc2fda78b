"""Places and the people named after them: countries, regions and cities, each with every name that news give it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from newsmine import resources
from newsmine.text import fold

PlaceType = Literal["country", "territory", "region", "city", "area"]
_NEEDS_CONTEXT = "?"
_BEFORE_OTHERS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place, as one of its names means it.

    `name` is the canonical one. `type` is "country", "territory" (dependent, or not recognised by most states),
    "region" (within one country, now or in history), "city" or "area" (a continent, a sea, a part of several
    countries). `ambiguous` belongs to the name that was asked for: it means other things too, or is not widely known.
    `country` is the code of ISO 3166-1 in two letters, and "" for what is of no country or of several. `latitude` and
    `longitude` are degrees north and east, None where unknown; of a region they are where most people live.
    `population` is 0 where it is not known; it is known of countries and of cities.
    """

    name: str
    type: PlaceType
    ambiguous: bool
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0


def find_place(text: str) -> Place | None:
    """Return the place that a name means, or None if it is not on the list.

    Case and accents do not count, but abbreviations ("US", "UAE") are such in capitals only. Of several places of one
    name it is the country, else the one that data/gazetteer/README.md says news mean by it.

    >>> find_place("Türkiye").name, find_place("us")
    ('Turkey', None)
    >>> [find_place(name).name for name in ("Garabagh", "Nagorno-Karabakh", "Kiev", "Bombay")]
    ['Karabakh', 'Karabakh', 'Kyiv', 'Mumbai']
    >>> find_place("Georgia").country, find_place("Georgia").ambiguous, find_place("Sakartvelo").ambiguous
    ('GE', True, False)
    """
    form = fold(text)
    found = _by_form().get(form)
    if found is None or (text != text.upper() and _is_abbreviation(found[0], form)):
        return None
    return _place(*found)


def names() -> tuple[str, ...]:
    """Return every name that always means its place, as it is written there, longest first."""
    found = {form for line in _lines() for form in _forms(line) if not form.startswith(_NEEDS_CONTEXT)}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def demonym(text: str) -> Place | None:
    """Return the place that an adjective or a noun for its people stands for, or None.

    It must be written as it is in the list of demonyms, or all in capitals.

    >>> demonym("Azerbaijanis").name, demonym("BRITISH").name, demonym("polish"), demonym("Baku")
    ('Azerbaijan', 'United Kingdom', None, None)
    """
    name = _demonyms().get(text)
    return None if name is None else find_place(name)


def demonyms() -> tuple[str, ...]:
    """Return every demonym, as it is written in the list, longest first."""
    found = {form for _, *forms in resources.rows("demonyms.tsv") for form in forms}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


@cache
def _lines() -> tuple[str, ...]:
    """Return the lines of the table. Cells are split where they are needed, since most rows are never asked for."""
    text = files("newsmine").joinpath("data", "places.tsv").read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line and not line.startswith("#"))


def _forms(line: str) -> list[str]:
    name, *cells = line.split("\t")
    return [name, *cells[_BEFORE_OTHERS - 1 :]]


@cache
def _by_form() -> dict[str, tuple[int, bool]]:
    """Return for each folded form the line of its place, and whether the form needs context."""
    table = {}
    plain, doubtful = str.isascii, _NEEDS_CONTEXT
    # Lower case for the whole table at once, and `fold` only where there is more to fold: a first look-up takes 20 ms.
    for at, line in enumerate("\n".join(_lines()).casefold().split("\n")):
        for form in _forms(line):
            bare = form.removeprefix(doubtful)
            table[bare if plain(bare) else fold(bare)] = at, len(bare) < len(form)
    return table


@cache
def _place(at: int, ambiguous: bool) -> Place:
    name, type_, country, latitude, longitude, population, *_ = _lines()[at].split("\t")
    return Place(
        name.removeprefix(_NEEDS_CONTEXT),
        _type(type_),
        ambiguous,
        country,
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        int(population or 0),
    )


def _type(text: str) -> PlaceType:
    match text:
        case "country" | "territory" | "region" | "city" | "area":
            return text
    raise ValueError(f"not a type of place: {text!r}")


@cache
def _is_abbreviation(at: int, form: str) -> bool:
    """Tell whether the form of the place at a line is written in capitals, and in no other way."""
    bare = [written.removeprefix(_NEEDS_CONTEXT) for written in _forms(_lines()[at])]
    # Folding all forms of all places takes 50 ms, and hardly any place has one in capitals.
    return any(map(str.isupper, bare)) and all(written.isupper() for written in bare if fold(written) == form)


@cache
def _demonyms() -> dict[str, str]:
    table = resources.rows("demonyms.tsv")
    return {written: name for name, *forms in table for form in forms for written in (form, form.upper())}
