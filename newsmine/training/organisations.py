"""Organisations put together from their usual parts, by patterns that are kept as data."""

import re
from collections.abc import Callable, Mapping
from random import Random

from newsmine.training.lists import read_lists

Draw = Callable[[Random], str]

_SLOT = re.compile(r"\{(\w+)\}")
_KINDS = {"company": 42, "body": 22, "party": 9, "medium": 8, "club": 9, "school": 10}
_LETTERS = "BCDFGHJKLMNPRSTVWZAEIOUAEIOU"


class Organisations:
    """Draws companies, public bodies, parties, media, schools and clubs that may not exist."""

    def __init__(self, drawn: Mapping[str, Draw]) -> None:
        """Take what draws the names inside: a surname, a city, a country, a norp (Kenyan, Sunni)."""
        data = read_lists("organisations.toml")
        patterns: dict[str, dict[str, int]] = data.pop("patterns")
        self._parts: dict[str, list[str]] = data
        self._patterns = {kind: (list(weighted), list(weighted.values())) for kind, weighted in patterns.items()}
        self._drawn = {"brand": self._brand, "acronym": _acronym, **drawn}

    def draw(self, rng: Random, kind: str | None = None) -> str:
        """Return an organisation of a kind (company, body, party, medium, club, school), or of any."""
        patterns, weights = self._patterns[kind or rng.choices(list(_KINDS), list(_KINDS.values()))[0]]
        pattern = rng.choices(patterns, weights)[0]
        return _SLOT.sub(lambda slot: self._slot(slot.group(1), rng), pattern)

    def _slot(self, name: str, rng: Random) -> str:
        return self._drawn[name](rng) if name in self._drawn else rng.choice(self._parts[name])

    def _brand(self, rng: Random) -> str:
        """Return an invented trade name of one word."""
        draw = rng.random()
        if draw < 0.15:
            first, second = rng.sample(self._parts["word"], 2)
            return first + (second if rng.random() < 0.5 else second.lower())
        if draw < 0.27:
            return _acronym(rng)
        if draw < 0.45:
            return self._drawn["surname"](rng)
        syllables = [rng.choice(self._parts["syllable"]) for _ in range(rng.choice((1, 2, 2)))]
        return "".join([*syllables, rng.choice(self._parts["ending"])]).capitalize()


def _acronym(rng: Random) -> str:
    return "".join(rng.choice(_LETTERS) for _ in range(rng.choice((2, 3, 3, 3, 4, 4, 5))))
