"""What vetoes a pair of headlines however alike they are written: each guard is named by what the two disagree on."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from newsmine import gazetteer, resources
from newsmine.headlines.ratio import best_ratio
from newsmine.headlines.weights import weight

Words = Sequence[str]

_NUMBER = re.compile(r"\d[\d.,:]*(?:st|nd|rd|th)?")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
_FEW = 4
_MATTERS = 350
_SPELLINGS = 60.0
_JOINING = frozenset("and or with versus as the for from".split())
_NEGATIONS = frozenset("not no never without none nobody nothing cannot".split())


def conflict(a: Words, b: Words, names: Collection[str] = ()) -> str | None:
    """Return the name of the first guard that vetoes a pair, given as the words of `equate.words`, or None.

    `names` are those of the words that are known to be names. The guard "name" vetoes where one name, and else no word
    that matters, has been put in the place of another: "Sampras withdraws", "Agassi withdraws".
    """
    only_a, only_b = _difference(a, b), _difference(b, a)
    found = next((name for name, guard in GUARDS.items() if guard(a, b, only_a, only_b)), None)
    return found or ("name" if _other_name(only_a, only_b, names) else None)


def _other_name(only_a: Words, only_b: Words, names: Collection[str]) -> bool:
    first, second = ([word for word in only if weight(word) >= _MATTERS] for only in (only_a, only_b))
    return (
        len(first) == len(second) == 1
        and {first[0], second[0]} <= set(names)
        and best_ratio(first[0], second[0], first[0], second[0]) < _SPELLINGS
    )


def _difference(a: Words, b: Words) -> tuple[str, ...]:
    return tuple((Counter(a) - Counter(b)).elements())


def _numbers(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """Each states a number that the other does not: 3.4 and 4.3 percent, day 12 and day 13."""
    return any(map(_NUMBER.fullmatch, only_a)) and any(map(_NUMBER.fullmatch, only_b))


def _dates(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """Each names a weekday or month that the other does not."""
    return bool(_CALENDAR.intersection(only_a) and _CALENDAR.intersection(only_b))


def _places(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """Each names a country or city that the other does not."""
    return any(map(_is_place, only_a)) and any(map(_is_place, only_b))


def _negation(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """One says "not" (but for "No 10") and the other does not."""
    return len(only_a) + len(only_b) <= _FEW and _negated(a) != _negated(b)


def _negated(words: Words) -> bool:
    return any(
        word in _NEGATIONS and not (word == "no" and "".join(words[at : at + 1])[:1].isdigit())
        for at, word in enumerate(words, start=1)
    )


def _opposites(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """Each has a word that denies one of the other: rise and fall, man and woman, today and tomorrow."""
    table = _opposite()
    return any(table.get(word, frozenset()).intersection(only_b) for word in only_a)


def _roles(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """The same two words stand on the two sides of the same word, the other way round: who accuses whom."""
    shared = [word for word in dict.fromkeys(a) if a.count(word) == b.count(word) == 1 and len(word) > 2]
    if len(shared) < 3 or len(only_a) + len(only_b) > 2:
        return False
    return _turned(shared, b) or _turned(sorted(shared, key=b.index), a)


def _turned(shared: Words, other: Words) -> bool:
    """Tell whether three words that follow each other in the one are in the reverse order in the other."""
    order = [other.index(word) for word in shared]
    return any(order[k - 1] > order[k] > order[k + 1] and shared[k] not in _JOINING for k in range(1, len(order) - 1))


GUARDS: Mapping[str, Callable[[Words, Words, Words, Words], bool]] = {
    "number": _numbers,
    "date": _dates,
    "place": _places,
    "negation": _negation,
    "opposite": _opposites,
    "role": _roles,
}
"""The guards by name, in the order in which they are asked."""


@cache
def _is_place(word: str) -> bool:
    place = gazetteer.find_place(word) or gazetteer.find_place(word.upper())
    return place is not None and not place.ambiguous


@cache
def _opposite() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for sides in resources.rows("opposites.tsv"):
        # A line of one set tells things apart of which a headline has one: each word denies all others.
        sets = [set(side.split()) for side in sides] if len(sides) > 1 else [{word} for word in sides[0].split()]
        for one in sets:
            for word in one:
                table.setdefault(word, set()).update(other for others in sets for other in others if other not in one)
    for word, others in list(table.items()):
        for other in others:
            table[other].add(word)
    return {word: frozenset(others) for word, others in table.items()}
