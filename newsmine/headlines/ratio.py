"""RapidFuzz's score of two texts."""

from functools import cache
from typing import Protocol


class _Ratio(Protocol):
    def __call__(self, a: str, b: str, /) -> float: ...


def ratio(a: str, b: str) -> float:
    """Return `fuzz.ratio`, 0 to 100.

    >>> ratio("dog bites man", "dog bites men") > 90
    True
    """
    return _ratio()(a, b)


@cache
def _ratio() -> _Ratio:
    from rapidfuzz import fuzz

    return fuzz.ratio
