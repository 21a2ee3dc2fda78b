"""RapidFuzz's scores of pairs and of blocks. The only importer of rapidfuzz."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsmine.headlines.join.bounds import Ints

Scores = NDArray[np.float64]

_PAIRS = 200_000
_CELLS = 1_000_000
_ROWS = 32
# RapidFuzz compares shares with its cutoff, for many pairs in single precision, and so may drop a pair that scores
# exactly the cutoff. It is asked for a little more, and the scores, which are exact, are compared here.
_MARGIN = 0.01
_NARROW_SPACES = re.compile("[\t-\r\x1c-\x20]+")


class Matches(NamedTuple):
    """Pairs by the ranks, or the indices, of their texts, and their scores."""

    first: Ints
    second: Ints
    scores: Scores


def tokens_sorted(text: str) -> str:
    """Return the text of which `ratio` gives what `token_sort_ratio` gives of the original.

    As in RapidFuzz, a no-break space or a next-line character separates tokens only in a text that also holds a
    character beyond Latin-1.

    >>> tokens_sorted("  rates holds bank ")
    'bank holds rates'
    """
    if not text.isascii() and ("\xa0" in text or "\x85" in text) and max(text) <= "\xff":
        return " ".join(sorted(filter(None, _NARROW_SPACES.split(text))))
    return " ".join(sorted(text.split()))


def scores(first: Sequence[str], second: Sequence[str], cutoff: float = 0.0) -> Scores:
    """Return the ratio of each text with the one at its place; anything less than the cutoff where it is below."""
    from rapidfuzz import fuzz, process

    found = [
        process.cpdist(
            first[n : n + _PAIRS],
            second[n : n + _PAIRS],
            scorer=fuzz.ratio,
            score_cutoff=max(0.0, cutoff - _MARGIN),
            dtype=np.float64,
        )
        for n in range(0, len(first), _PAIRS)
    ]
    return np.concatenate(found) if found else np.zeros(0)


def blocks(rows: Sequence[str], columns: Sequence[str], cutoff: float) -> Iterator[Matches]:
    """Yield the pairs of a row and a column that reach the cutoff, by row and then column, every pair compared."""
    height = max(_ROWS, _CELLS // max(1, len(columns)))
    width = max(1, _CELLS // height)
    for n in range(0, len(rows), height):
        found = [_block(rows, n, n + height, columns, m, m + width, cutoff) for m in range(0, len(columns), width)]
        if found:
            yield joined(found)


def joined(found: Sequence[Matches]) -> Matches:
    """Return the matches together, by the first of each pair and then the second."""
    first, second, values = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((second, first))
    return Matches(first[order], second[order], values[order])


def _block(
    rows: Sequence[str], top: int, bottom: int, columns: Sequence[str], left: int, right: int, cutoff: float
) -> Matches:
    from rapidfuzz import fuzz, process

    grid = process.cdist(
        rows[top:bottom],
        columns[left:right],
        scorer=fuzz.ratio,
        score_cutoff=max(0.0, cutoff - _MARGIN),
        dtype=np.float64,
    )
    row, column = np.nonzero(grid >= cutoff)
    return Matches(row + top, column + left, grid[row, column])
