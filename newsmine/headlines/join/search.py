"""The join of two sides, or of a side with itself: exactly the pairs whose ratio reaches the cutoff.

For the texts of each length, candidates come from the cheapest way there is, and RapidFuzz scores what is left.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from newsmine.headlines.join import scoring
from newsmine.headlines.join.bounds import Bounds, Ints
from newsmine.headlines.join.lookup import Lookup
from newsmine.headlines.join.scoring import Matches
from newsmine.headlines.join.side import Side
from newsmine.headlines.join.sieve import Candidates, scan, sift
from newsmine.headlines.join.signatures import Bools

Keep = Callable[[Ints, Ints], Bools]
"""Tells which pairs of ranks are asked for at all."""

# RapidFuzz scores several pairs of short texts at once; texts of more than a machine word, one by one.
_SHORT = 64
_ROWS = 256


@dataclass(frozen=True, slots=True)
class Plan:
    """What the steps cost, in nanoseconds, by which the way is chosen; what is found does not depend on it."""

    scan: float = 0.7
    """To compare the letters of a pair."""
    sift: float = 70
    """To compare the whole signatures of a pair."""
    score: float = 400
    """To score a pair picked out."""
    block: float = 20
    """To score a pair in a block of all with all; of texts longer than 64 characters, ten times that."""
    segments: float = 20_000
    """To look up the segments of a text."""
    hit: float = 14
    """To compare the letters of a pair that shares a segment."""
    index: float = 4
    """To index a character of a text, shared among the lengths that are compared with it."""
    batch: int = 200_000
    """How many candidates are collected before they are scored."""


PLAN = Plan()
"""What was measured with headlines."""


def search(
    probe: Side,
    known: Side,
    bounds: Bounds,
    *,
    itself: bool = False,
    keep: Keep | None = None,
    plan: Plan = PLAN,
) -> Iterator[Matches]:
    """Yield the pairs (rank in probe, rank in known) whose ratio reaches the cutoff, in batches.

    They come by rank in the probe, then in the known. With `itself`, both sides are the same; a pair comes once, with
    the higher rank first, and no text with itself.
    """
    run = _Run(probe, known, bounds, itself, keep, plan)
    for rows in _stretches(probe):
        length = int(probe.texts.lengths[rows[0]])
        longest = length if itself else bounds.longest(length)
        columns = known.texts.between(bounds.shortest(length), longest)
        if columns[0] < columns[1]:
            yield from run.matches(rows, columns)


def _stretches(side: Side) -> Iterator[tuple[int, int]]:
    """Yield where the texts of each length begin and end."""
    (new,) = np.nonzero(np.diff(side.texts.lengths, prepend=-1))
    yield from pairwise([*new.tolist(), len(side)])


class _Run:
    """One search, length after length, and what it has learnt about which way pays."""

    def __init__(self, probe: Side, known: Side, bounds: Bounds, itself: bool, keep: Keep | None, plan: Plan) -> None:
        self._probe, self._known, self._bounds, self._itself, self._keep = probe, known, bounds, itself, keep
        self._plan = plan
        self._lookup = Lookup(probe, known, bounds, itself=itself, hit=plan.hit / plan.scan)
        self._pairs = self._drawn = self._scored = 0
        self._gave_up: bool | None = None
        """Whether the last signatures that spared too little were those of short texts."""

    def matches(self, rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[Matches]:
        """Yield the matches of some rows with some columns; where signatures spare too little, all are compared."""
        short = int(self._probe.texts.lengths[rows[0]]) <= _SHORT
        if self._gave_up is short:
            # What the signatures of the last length did not spare, those of the next one will not.
            yield from self._compare(rows, columns)
            return
        self._pairs = self._drawn = self._scored = held = 0
        waiting: list[Candidates] = []
        for found in self._candidates(rows, columns):
            waiting.append(found)
            held += len(found.first)
            if held >= (self._plan.batch if self._pairs else self._plan.batch // 10):
                yield self._score(waiting)
                waiting, held = [], 0
                if self._wasteful(short):
                    self._gave_up = short
                    yield from self._compare((found.end, rows[1]), columns)
                    return
        if waiting:
            yield self._score(waiting)

    def _candidates(self, rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[Candidates]:
        length = int(self._probe.texts.lengths[rows[0]])
        height, width = rows[1] - rows[0], columns[1] - columns[0]
        looked_up = height * self._plan.segments + width * length * self._plan.index
        if height * width * self._plan.scan > looked_up and self._lookup.serves(length, columns):
            return self._lookup.candidates(rows, columns)
        return scan(self._probe, rows, self._known, columns, self._bounds, itself=self._itself)

    def _wasteful(self, short: bool) -> bool:
        plan = self._plan
        spent = self._pairs * plan.scan + self._drawn * plan.sift + self._scored * plan.score
        every = self._pairs * plan.block * (1 if short else 10)
        return spent > every

    def _score(self, waiting: list[Candidates]) -> Matches:
        first = np.concatenate([c.first for c in waiting])
        second = np.concatenate([c.second for c in waiting])
        self._pairs += sum(c.pairs for c in waiting)
        self._drawn += len(first)
        if self._keep:
            kept = self._keep(first, second)
            first, second = first[kept], second[kept]
        first, second = sift(self._probe, self._known, first, second, self._bounds)
        self._scored += len(first)
        ours, theirs, cutoff = self._probe.texts.strings, self._known.texts.strings, self._bounds.cutoff
        values = scoring.scores([ours[n] for n in first.tolist()], [theirs[n] for n in second.tolist()], cutoff)
        good = values >= cutoff
        return Matches(first[good], second[good], values[good])

    def _compare(self, rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[Matches]:
        ours, theirs = self._probe.texts.strings, self._known.texts.strings
        for top in range(rows[0], rows[1], _ROWS):
            bottom = min(top + _ROWS, rows[1])
            end = min(columns[1], bottom) if self._itself else columns[1]
            for row, column, values in scoring.blocks(ours[top:bottom], theirs[columns[0] : end], self._bounds.cutoff):
                first, second = row + top, column + columns[0]
                kept = second < first if self._itself else np.ones(len(first), np.bool_)
                if self._keep:
                    kept &= self._keep(first, second)
                yield Matches(first[kept], second[kept], values[kept])
