"""Which stretches of a text to look for in others: so many that edits cannot break all, and those as rare as can be."""

from typing import NamedTuple

import numpy as np

from newsmine.headlines.join.bounds import Ints
from newsmine.headlines.join.grams import Floats
from newsmine.headlines.join.signatures import Bools


class Segments(NamedTuple):
    """Of each text, a row, its segments from left to right."""

    starts: Ints
    longer: Bools
    """Which are longer than the others by one character."""
    costs: Floats
    """Of all segments of a row together."""


def rarest(short: Floats, long: Floats, size: int, count: int) -> Segments:
    """Return so many disjoint segments of each text, of the size or one more, that cost least.

    `short` and `long` say for each position, a row, and each text, a column, what a segment there costs; the segment
    in the middle counts most, because it may be found at the most places. A dynamic programme over the segments: the
    end of segment k lies between k times the size and that plus what is left over.
    """
    spare = len(short) - 1 - (count - 1) * size
    best = np.zeros((spare + 1, short.shape[1]), np.float32)
    places = np.arange(spare + 1)[:, None]
    steps = []
    for k in range(count):
        weight = np.float32(min(k, count - 1 - k) + 1)
        at = k * size
        costs = best + weight * short[at : at + spare + 1]
        longer = np.zeros(costs.shape, np.bool_)
        if spare:
            other = best[:-1] + weight * long[at : at + spare]
            np.less(other, costs[1:], out=longer[1:])
            np.minimum(other, costs[1:], out=costs[1:])
        best = np.minimum.accumulate(costs, axis=0)
        steps.append((longer, np.maximum.accumulate(np.where(costs <= best, places, 0), axis=0)))
    return _traced(steps, best[-1], size, spare)


def _traced(steps: list[tuple[Bools, Ints]], costs: Floats, size: int, spare: int) -> Segments:
    """Return the choices that led to the least costs, from the last segment to the first."""
    texts = np.arange(len(costs))
    starts = np.zeros((len(costs), len(steps)), np.int64)
    chosen = np.zeros((len(costs), len(steps)), np.bool_)
    left = np.full(len(costs), spare)
    for k in range(len(steps) - 1, -1, -1):
        longer, place = steps[k]
        left = place[left, texts]
        chosen[:, k] = longer[left, texts]
        left = left - chosen[:, k]
        starts[:, k] = k * size + left
    return Segments(starts, chosen, costs)
