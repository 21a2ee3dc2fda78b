"""What vetoes a pair of headlines however alike they are written: each guard is named by what the two disagree on."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import pairwise

from newsmine import gazetteer, resources
from newsmine.gazetteer import Place
from newsmine.headlines.ratio import ratio
from newsmine.headlines.weights import stem, weight

Words = Sequence[str]

_NUMBER = re.compile(r"\d[\d.,:]*(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_ORDINAL_ENDINGS = "dhnrst"
_PARTS = frozenset("day week round episode part".split())
_BEFORE_MONTH = frozenset(
    "in on since until till by of this last next early late mid from before after during end every for to and".split()
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
_FEW = 4
_NEAR = 5.0
_LONGEST_NAME = 2
_MATTERS = 350
_SPELLINGS = 60.0
_JOINING = frozenset("and or with versus as the for from".split())
_TURNING = frozenset("by of with in from at".split())
_NEGATIONS = frozenset("not no never without none nobody nothing cannot".split())


def conflict(a: Words, b: Words, names: Collection[str] = ()) -> str | None:
    """Return the name of the first guard that vetoes a pair, given as the words of `equate.words`, or None.

    `names` are those of the words that are known to be names. The guard "name" vetoes where one name, and else no word
    that matters, stands in the place of another: "Sampras withdraws", "Agassi withdraws".
    """
    only_a, only_b = _difference(a, b), _difference(b, a)
    found = next((name for name, guard in GUARDS.items() if guard(a, b, only_a, only_b)), None)
    return found or ("name" if _other_name(only_a, only_b, names) else None)


def _other_name(only_a: Words, only_b: Words, names: Collection[str]) -> bool:
    first, second = ([word for word in only if weight(word) >= _MATTERS] for only in (only_a, only_b))
    return (
        0 < len(first) <= _LONGEST_NAME
        and 0 < len(second) <= _LONGEST_NAME
        and {*first, *second} <= set(names)
        and all(ratio(one, other) < _SPELLINGS for one in first for other in second)
    )


def _difference(a: Words, b: Words) -> tuple[str, ...]:
    """Return the words of the one that the other does not have, or not as often, equal ones together."""
    others = set(b)
    if len(set(a)) == len(a):  # as in nearly all headlines: counting takes five times as long
        return tuple([word for word in a if word not in others])
    return tuple((Counter(a) - Counter(b)).elements())


def _numbers(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """Each states a number that the other does not: 3.4 and 4.3 percent, day 12 and day 13."""
    first, second = _values(only_a), _values(only_b)
    return bool(first and second and first - _values(b) and second - _values(a))


def _values(words: Words) -> set[str]:
    return {word.rstrip(_ORDINAL_ENDINGS) for word in words if word[0].isdecimal() and _NUMBER.fullmatch(word)}


def _dates(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """Each names a weekday or month that the other does not; "may" and "march" only where they stand as dates do."""
    return any(_is_date(word, a) for word in only_a) and any(_is_date(word, b) for word in only_b)


def _is_date(word: str, words: Words) -> bool:
    if word not in ("may", "march"):
        return word in _CALENDAR
    return any(
        other == word
        and (_is_number(words, at + 1) or _is_number(words, at - 1) or words[max(at - 1, 0)] in _BEFORE_MONTH)
        for at, other in enumerate(words)
    )


def _is_number(words: Words, at: int) -> bool:
    return 0 <= at < len(words) and words[at][0].isdigit()


def _series(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """One is of a day, round or part that has a number, and the other of none: day 6, the 4th day."""
    return _numbered(a) != _numbered(b)


def _numbered(words: Words) -> set[tuple[str, str]]:
    if _PARTS.isdisjoint(words):
        return set()
    before = [(word, words[at - 1]) for at, word in enumerate(words) if at and _ORDINAL.fullmatch(words[at - 1])]
    after = [(word, number) for word, number in pairwise(words) if number.isdecimal()]
    return {(word, number.rstrip(_ORDINAL_ENDINGS)) for word, number in before + after if word in _PARTS}


def _places(a: Words, b: Words, only_a: Words, only_b: Words) -> bool:
    """Each names a place that the other does not, and none of the one may lie in one of the other."""
    first, second = (list(filter(None, map(_place, only))) for only in (only_a, only_b))
    return bool(first and second) and not any(_may_hold(p, q) or _may_hold(q, p) for p in first for q in second)


def _may_hold(large: Place, small: Place) -> bool:
    """Tell whether a country or region may be the one in which a city or region lies."""
    if large.country != small.country or large.type == small.type or large.type == "city":
        return False
    return large.type == "country" or (small.type == "city" and _near(large, small))


def _near(p: Place, q: Place) -> bool:
    """Tell whether two places lie within some degrees of each other, as a city and the middle of its region do."""
    if p.latitude is None or q.latitude is None or p.longitude is None or q.longitude is None:
        return False
    return abs(p.latitude - q.latitude) + abs(p.longitude - q.longitude) < _NEAR


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
    """The same two words stand on the two sides of the same verb, the other way round: who accuses whom.

    Whatever the endings: "police charge man", "man charged over police stabbing". But a word such as "by" that only the
    one has turns it once more: "man charged by police", "a case of flu" and "a flu case".
    """
    of_a, of_b = [stem(word) for word in only_a], [stem(word) for word in only_b]
    apart = Counter(_difference(of_a, of_b) + _difference(of_b, of_a))
    if apart.total() > _FEW // 2 + ("by" in apart):
        return False
    first, second = [stem(word) for word in a], [stem(word) for word in b]
    if apart == {"by": 1} and [word for word in first if word != "by"] == [word for word in second if word != "by"]:
        return _is_passive(a if "by" in only_a else b)
    shared = [word for word in dict.fromkeys(first) if first.count(word) == second.count(word) == 1 and len(word) > 2]
    turned = _turned(shared, second) or _turned(sorted(shared, key=second.index), first)
    return turned and not _TURNING.intersection(apart)


def _is_passive(words: Words) -> bool:
    """Tell whether the "by" follows a verb, and no number follows the "by"."""
    at = words.index("by")
    follows = words[at + 1 : at + 2]
    return at > 0 and words[at - 1].endswith(("ed", "en")) and bool(follows) and not follows[0][0].isdigit()


def _turned(shared: Words, other: Words) -> bool:
    """Tell whether three words that follow each other in the one are in the reverse order in the other."""
    order = [other.index(word) for word in shared]
    return any(order[k - 1] > order[k] > order[k + 1] and shared[k] not in _JOINING for k in range(1, len(order) - 1))


GUARDS: Mapping[str, Callable[[Words, Words, Words, Words], bool]] = {
    "number": _numbers,
    "series": _series,
    "date": _dates,
    "place": _places,
    "negation": _negation,
    "opposite": _opposites,
    "role": _roles,
}
"""The guards by name, in the order in which they are asked."""


@cache
def _place(word: str) -> Place | None:
    place = gazetteer.find_place(word) or gazetteer.find_place(word.upper())
    return place if place and not place.ambiguous else None


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
