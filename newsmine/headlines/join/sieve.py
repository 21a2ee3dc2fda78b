"""From all pairs of texts to the few that signatures cannot tell apart."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsmine.headlines.join.bounds import Bounds, Ints
from newsmine.headlines.join.side import Side
from newsmine.headlines.join.signatures import BITS, Bools, Words, bits, told_apart

# Of 8 bytes each, what a core's second-level cache commonly holds.
_CELLS = 131_072


class Candidates(NamedTuple):
    """Pairs of ranks that may match, by the first and then the second."""

    first: Ints
    second: Ints
    pairs: int
    """How many pairs they were drawn from."""
    end: int
    """The rank before which every first text has had its turn."""


def scan(
    probe: Side, rows: tuple[int, int], known: Side, columns: tuple[int, int], bounds: Bounds, *, itself: bool
) -> Iterator[Candidates]:
    """Yield the pairs of a row and a column whose letters differ little enough; all rows are of one length.

    With `itself`, the two sides are the same, and only what stands before a row is its column.
    """
    left, right = columns
    length = int(probe.texts.lengths[rows[0]])
    allowed = bounds.edits(length, known.texts.lengths[left:right])
    below = np.minimum(allowed + 1, BITS + 1).astype(np.uint8)
    word = told_apart(known.letters[left:right])
    ours, theirs = probe.letters[:, word], known.letters[left:right, word].copy()
    width = min(_CELLS, max(1, right - left))
    height = max(1, _CELLS // width)
    grid = _Grid(height * width)
    for top in range(rows[0], rows[1], height):
        bottom = min(top + height, rows[1])
        end = min(right, bottom) if itself else right
        firsts, seconds = [], []
        for start in range(left, end, width):
            tile = slice(start - left, min(start + width, end) - left)
            row, column = grid.close(ours[top:bottom], theirs[tile], below[tile])
            firsts.append(row + top)
            seconds.append(column + start)
        first, second = _by_first(firsts, seconds)
        if itself:
            before = second < first
            first, second = first[before], second[before]
        yield Candidates(first, second, (bottom - top) * (end - left), bottom)


def _by_first(firsts: list[Ints], seconds: list[Ints]) -> tuple[Ints, Ints]:
    # More than one tile is of one row each, so what follows one another is in order.
    return (firsts[0], seconds[0]) if len(firsts) == 1 else (np.concatenate(firsts), np.concatenate(seconds))


def sift(probe: Side, known: Side, first: Ints, second: Ints, bounds: Bounds) -> tuple[Ints, Ints]:
    """Return the pairs that are within the bounds on deleted letters, inserted letters, and bigrams."""
    deletions, insertions = bounds.deletions_and_insertions(probe.texts.lengths[first], known.texts.lengths[second])
    close = _within(probe.letters[first], known.letters[second], deletions, insertions)
    first, second, deletions, insertions = first[close], second[close], deletions[close], insertions[close]
    lost, gained = 2 * deletions + insertions, 2 * insertions + deletions
    close = _within(probe.bigrams[first], known.bigrams[second], lost, gained)
    return first[close], second[close]


def _within(ours: Words, theirs: Words, lost: Ints, gained: Ints) -> Bools:
    """Return the rows in which no more bits are lost and gained, from ours to theirs, than so many."""
    close: Bools = (bits(ours & ~theirs) <= lost) & (bits(theirs & ~ours) <= gained)
    return close


class _Grid:
    """Room for a block of pairs, used over and over."""

    def __init__(self, cells: int) -> None:
        self._words = np.empty(cells, np.uint64)
        self._counts = np.empty(cells, np.uint8)
        self._close = np.zeros(-(-cells // 8) * 8, np.bool_)

    def close(self, rows: Words, columns: Words, below: NDArray[np.uint8]) -> tuple[Ints, Ints]:
        """Return the cells, row after row, in which fewer bits differ than the column's limit."""
        shape = len(rows), len(columns)
        cells = shape[0] * shape[1]
        words, counts = self._words[:cells].reshape(shape), self._counts[:cells].reshape(shape)
        np.bitwise_xor(rows[:, None], columns, out=words)
        np.bitwise_count(words, out=counts)
        np.less(counts, below[: shape[1]], out=self._close[:cells].reshape(shape))
        self._close[cells:] = False
        # Few cells are left, and eight at a time are looked through faster than one at a time.
        (eights,) = np.nonzero(self._close.view(np.uint64) != 0)
        eight, place = np.nonzero(self._close.reshape(-1, 8)[eights])
        row, column = np.divmod(eights[eight] * 8 + place, shape[1])
        return row, column
