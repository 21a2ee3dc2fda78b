"""Pairs of headlines that share most of their weight: exact, by an index of the rarer words of each.

Two bags of words share at least c of the weight of both (2 O >= c (A + B), O what they share) only if they share at
least c / (2 - c) of the weight of either. Take the words of each in one order, the rarest first, up to where what
follows weighs less than that: the first word in common must stand in both of these beginnings. So it is enough to
compare headlines that have a word of their beginnings in common, and no pair is lost.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BLOCK = 2_000_000
_FEW = 150
_NOTHING = 1e-6


def alike(bags: Sequence[Mapping[str, int]], *, share: float, reach: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each pair i < j < reach[i] that has that share (Dice) of the weight of both bags, or more, in common.

    Bags hold what each word weighs, in whole numbers above zero; those without a word in common are no pair. The pairs
    come in the order of i, then j, in blocks of bounded size.
    """
    if len(bags) <= _FEW:
        yield from by_force(bags, share=share, reach=reach)
    else:
        yield from by_index(bags, share=share, reach=reach)


def by_force(bags: Sequence[Mapping[str, int]], *, share: float, reach: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield what `alike` yields, by comparing all; a few headlines are not worth the loading of numpy."""
    counted = [Counter(bag) for bag in bags]
    total = [bag.total() for bag in counted]
    for i, bag in enumerate(counted):
        for j in range(i + 1, min(reach[i], len(bags))):
            common = (bag & counted[j]).total()
            if enough(common, total[i] + total[j], share):
                yield i, j


def enough(common: int, total: int, share: float) -> bool:
    """Tell whether two bags have that share of the weight of both in common, and anything at all."""
    return common > 0 and 2 * common >= share * total - _NOTHING


def by_index(bags: Sequence[Mapping[str, int]], *, share: float, reach: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield what `alike` yields, by the index."""
    import numpy as np

    rows = _Rows(bags, share, np)
    for first, last in rows.blocks(reach):
        for i, j in rows.pairs(first, last, reach):
            yield from zip(i.tolist(), j.tolist(), strict=True)


class _Rows:
    """The bags as arrays: a row's words in the order of their numbers, the rarest words having the lowest."""

    def __init__(self, bags: Sequence[Mapping[str, int]], share: float, np: Any) -> None:
        self._np, self._share = np, share
        frequency = Counter(word for bag in bags for word in bag)
        number = {word: n for n, word in enumerate(sorted(frequency, key=lambda word: (frequency[word], word)))}
        self._words = max(len(number), 1)
        rows = [sorted((number[word], weight) for word, weight in bag.items()) for bag in bags]
        self._starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=self._starts[1:])
        self._word = np.fromiter((word for row in rows for word, _ in row), np.int64, self._starts[-1])
        self._weight = np.fromiter((weight for row in rows for _, weight in row), np.int64, self._starts[-1])
        self._total = np.array([sum(weight for _, weight in row) for row in rows], np.int64)
        self._key = np.repeat(np.arange(len(rows)), np.diff(self._starts)) * self._words + self._word
        self._index()

    def _index(self) -> None:
        """Sort the words of all beginnings by word, then by row."""
        np = self._np
        row = np.repeat(np.arange(len(self._total)), np.diff(self._starts))
        before = np.cumsum(self._weight) - self._weight
        before -= before[self._starts[:-1].clip(max=max(len(before) - 1, 0))][row] if len(row) else 0
        # What is left from this word on, itself included, must weigh enough for the pair.
        needed = self._share / (2 - self._share) * self._total
        begins = self._total[row] - before >= needed[row] - _NOTHING
        word, row = self._word[begins], row[begins]
        self._begin_of = np.zeros(len(self._total) + 1, np.int64)
        np.cumsum(np.bincount(row, minlength=len(self._total)), out=self._begin_of[1:])
        self._begin_word = word
        order = np.lexsort((row, word))
        self._posting_key = word[order] * len(self._total) + row[order]
        self._posting_row = row[order]

    def _ranges(self, first: int, last: int, reach: Sequence[int]) -> tuple[Any, Any, Any]:
        """Return for each word of the beginnings of rows first to last its row, and the postings within reach."""
        np = self._np
        a, b = self._begin_of[first], self._begin_of[last]
        row = np.repeat(np.arange(first, last), np.diff(self._begin_of[first : last + 1]))
        base = self._begin_word[a:b] * len(self._total)
        left = np.searchsorted(self._posting_key, base + row, "right")
        right = np.searchsorted(self._posting_key, base + np.asarray(reach[first:last], np.int64)[row - first], "left")
        return row, left, np.maximum(left, right)

    def blocks(self, reach: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield stretches of rows with a bounded number of candidates, but at least one row each."""
        np = self._np
        step = 4096
        for first in range(0, len(self._total), step):
            last = min(first + step, len(self._total))
            row, left, right = self._ranges(first, last, reach)
            found = np.cumsum(np.bincount(row - first, right - left, minlength=last - first))
            begin, done = 0, 0.0
            while begin < last - first:
                end = max(int(np.searchsorted(found, done + _BLOCK, "right")), begin + 1)
                yield first + begin, first + end
                begin, done = end, float(found[end - 1])

    def pairs(self, first: int, last: int, reach: Sequence[int]) -> Iterator[tuple[Any, Any]]:
        """Yield the pairs of rows first to last as two arrays, in order."""
        np = self._np
        row, left, right = self._ranges(first, last, reach)
        count = right - left
        if not count.sum():
            return
        end = np.cumsum(count)
        at = np.arange(end[-1]) + np.repeat(left - (end - count), count)
        pair = np.unique(np.repeat(row, count) * len(self._total) + self._posting_row[at])
        i, j = np.divmod(pair, len(self._total))
        lighter, heavier = np.minimum(self._total[i], self._total[j]), np.maximum(self._total[i], self._total[j])
        near = lighter >= self._share / (2 - self._share) * heavier - _NOTHING
        i, j = i[near], j[near]
        enough = 2 * self._common(i, j) >= self._share * (self._total[i] + self._total[j]) - _NOTHING
        yield i[enough], j[enough]

    def _common(self, i: Any, j: Any) -> Any:
        """Return the weight that the rows have in common, pair by pair."""
        np = self._np
        count = np.diff(self._starts)[i]
        end = np.cumsum(count)
        if not len(end) or not end[-1]:
            return np.zeros(len(i), np.int64)
        at = np.arange(end[-1]) + np.repeat(self._starts[i] - (end - count), count)
        sought = np.repeat(j, count) * self._words + self._word[at]
        found = np.searchsorted(self._key, sought).clip(max=len(self._key) - 1)
        weight = np.where(self._key[found] == sought, np.minimum(self._weight[at], self._weight[found]), 0)
        return np.add.reduceat(weight, end - count) if len(weight) else weight
