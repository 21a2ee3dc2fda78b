"""RapidFuzz's score of two texts."""

from collections.abc import Callable
from functools import cache


def best_ratio(a: str, b: str, sorted_a: str, sorted_b: str) -> float:
    """Return the larger of `fuzz.ratio` and `fuzz.token_sort_ratio`, 0 to 100, of texts given with their words sorted.

    >>> best_ratio("dog bites man", "man bites dog", "bites dog man", "bites dog man")
    100.0
    """
    ratio = _ratio()
    return max(ratio(a, b), ratio(sorted_a, sorted_b))


@cache
def _ratio() -> Callable[[str, str], float]:
    from rapidfuzz import fuzz

    return fuzz.ratio
