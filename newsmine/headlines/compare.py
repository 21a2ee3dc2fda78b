"""When are two headlines the same? A score, and guards that veto it. The only importer of rapidfuzz."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from newsmine.errors import UnknownNameError, UsageError

Scorer = Literal["ratio", "token_sort_ratio", "max"]
SCORERS: tuple[Scorer, ...] = ("ratio", "token_sort_ratio", "max")
THRESHOLD = 85.0

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORDS = {
    word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
# Not "may" and "march", which are words as well.
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two headlines by their indices, i < j, and how similar they are, from 0 to 100."""

    i: int
    j: int
    score: float


def similar_pairs(
    headlines: Sequence[str],
    *,
    scorer: Scorer = "ratio",
    cutoff: float = 90,
    reach: Sequence[int] | None = None,
) -> Iterator[Pair]:
    """Yield exactly the pairs i < j whose score is at least the cutoff, in the order of i, then j.

    Scores are RapidFuzz's `fuzz.ratio`, `fuzz.token_sort_ratio`, or the larger of the two ("max"), on the strings
    as they are. Two empty headlines score 100. With `reach`, headline i is compared with those before index
    `reach[i]` only, which is how a time window spares the work. Raises UnknownNameError for a scorer, UsageError for
    a cutoff outside 0 to 100.
    """
    if not 0 <= cutoff <= 100:
        raise UsageError(f"the cutoff {cutoff} is not between 0 and 100", hint="90 is a common choice")
    yield from _pairs(headlines, _scorers(scorer), cutoff, reach or [len(headlines)] * len(headlines))


def numbers(text: str) -> frozenset[str]:
    """Return the numbers in a comparable headline, number words up to twelve among them.

    >>> sorted(numbers("three killed, 4,500 flee; rate at 3.4"))
    ['3', '3.4', '4500']
    """
    found = {match.replace(",", "") for match in _NUMBER.findall(text)}
    return frozenset(found | {_WORDS[word] for word in text.split() if word in _WORDS})


def conflict(a: str, b: str) -> str | None:
    """Return the name of the guard that vetoes the pair of comparable headlines, or None.

    "number": each states a number that the other does not, as 3.4% against 4.3%. "date": each names a weekday or
    month that the other does not. What only one of them states is no conflict.
    """
    first, second = numbers(a), numbers(b)
    if first - second and second - first:
        return "number"
    first, second = _CALENDAR.intersection(a.split()), _CALENDAR.intersection(b.split())
    return "date" if first - second and second - first else None


def _scorers(name: str) -> list[tuple[Callable[..., float], bool]]:
    """Return the scorers that a name stands for: `fuzz.ratio`, each on texts as they are or with tokens sorted."""
    from rapidfuzz import fuzz

    if name not in SCORERS:
        raise UnknownNameError("scorer", name, SCORERS)
    sortings = {"ratio": (False,), "token_sort_ratio": (True,), "max": (False, True)}[name]
    return [(fuzz.ratio, tokens_sorted) for tokens_sorted in sortings]


def _pairs(
    headlines: Sequence[str],
    scorers: Sequence[tuple[Callable[..., float], bool]],
    cutoff: float,
    reach: Sequence[int],
) -> Iterator[Pair]:
    # Sorting the tokens once and then taking the plain ratio gives token_sort_ratio's scores at a ninth of the cost.
    forms = [
        (score, [" ".join(sorted(text.split())) for text in headlines] if tokens_sorted else list(headlines))
        for score, tokens_sorted in scorers
    ]
    for i in range(len(headlines)):
        best: dict[int, float] = {}
        for score, texts in forms:
            for j, value in _row(score, texts, i, reach[i], cutoff):
                best[j] = max(value, best.get(j, 0.0))
        yield from (Pair(i, j, best[j]) for j in sorted(best))


def _row(
    score: Callable[..., float], texts: Sequence[str], i: int, end: int, cutoff: float
) -> Iterator[tuple[int, float]]:
    from rapidfuzz.process import extract_iter

    rest = texts[i + 1 : end]
    for _, value, offset in extract_iter(texts[i], rest, scorer=score, processor=None, score_cutoff=cutoff):
        yield i + 1 + offset, value
