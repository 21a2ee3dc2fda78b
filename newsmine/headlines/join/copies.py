"""From pairs of distinct texts to pairs of the places where these stand, each with those within its reach."""

from collections.abc import Iterator

import numpy as np

from newsmine.headlines.join.bounds import Ints
from newsmine.headlines.join.scoring import Matches, Scores
from newsmine.headlines.join.signatures import Bools
from newsmine.headlines.join.texts import Texts

_PAIRS = 500_000


def every(ours: Texts, theirs: Texts, found: Matches) -> Iterator[Matches]:
    """Yield the places of matching texts of two lists: for each pair of ranks in turn, each place with each."""
    starts, counts = theirs.offsets[found.second], np.diff(theirs.offsets)[found.second]
    for pair, places in _placed(ours, found.first):
        yield from _paired(places, starts[pair], counts[pair], found.scores[pair], theirs)


class Reach:
    """Which pairs of places are asked for: i of our texts with j of theirs if i < j < ends[i].

    With `itself`, ours and theirs are the same texts, and a pair of ranks stands for either order of its places.
    """

    def __init__(self, ours: Texts, theirs: Texts, ends: Ints, *, itself: bool) -> None:
        self._ours, self._theirs, self._ends, self._itself = ours, theirs, ends, itself
        # A rank and a place as one number: in this order the places stand, so that one search finds a stretch of them.
        self._base = 1 + max(int(array.max(initial=0)) for array in (ends, ours.places, theirs.places))
        ranks = np.repeat(np.arange(len(theirs)), np.diff(theirs.offsets))
        self._keys = ranks * self._base + theirs.places
        self._our_first = ours.places[ours.offsets[:-1]]
        self._their_first = theirs.places[theirs.offsets[:-1]]
        self._their_last = theirs.places[theirs.offsets[1:] - 1]
        self._our_end = np.maximum.reduceat(ends[ours.places], ours.offsets[:-1]) if len(ours) else self._our_first

    def keep(self, first: Ints, second: Ints) -> Bools:
        """Return which pairs of ranks may have a pair of places within reach; where not, there is none."""
        ahead = self._follows(first, second)
        return ahead | self._follows(second, first) if self._itself else ahead

    def _follows(self, one: Ints, other: Ints) -> Bools:
        kept: Bools = (self._our_first[one] < self._their_last[other]) & (self._their_first[other] < self._our_end[one])
        return kept

    def identical(self) -> Iterator[Matches]:
        """Yield the places of the same text, by rank and then by place; each pair scores 100."""
        (ranks,) = np.nonzero(np.diff(self._ours.offsets) > 1)
        yield from self._expand(ranks, ranks, np.full(len(ranks), 100.0))

    def spread(self, found: Matches) -> Iterator[Matches]:
        """Yield the places of matching texts, for each pair of ranks in turn by the first place and the second."""
        first, second, scores = found
        if self._itself:
            # Each pair both ways, one after the other.
            first, second = np.stack([first, second], 1).ravel(), np.stack([second, first], 1).ravel()
            scores = np.repeat(scores, 2)
        yield from self._expand(first, second, scores)

    def _expand(self, ours: Ints, theirs: Ints, scores: Scores) -> Iterator[Matches]:
        for pair, places in _placed(self._ours, ours):
            group = theirs[pair] * self._base
            left = np.searchsorted(self._keys, group + places, "right")
            right = np.maximum(left, np.searchsorted(self._keys, group + self._ends[places], "left"))
            yield from _paired(places, left, right - left, scores[pair], self._theirs)


def _placed(texts: Texts, ranks: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the places of each rank in turn, and of the how manieth rank each is; so many at a time."""
    counts = np.diff(texts.offsets)[ranks]
    for start, end in portions(counts):
        pair = start + np.repeat(np.arange(end - start), counts[start:end])
        yield pair, texts.places[ranges(texts.offsets[ranks[start:end]], counts[start:end])]


def _paired(places: Ints, starts: Ints, counts: Ints, scores: Scores, theirs: Texts) -> Iterator[Matches]:
    """Yield each place with a stretch of their places; so many at a time that memory does not depend on the copies."""
    for top, bottom in portions(counts):
        stretch = slice(top, bottom)
        sizes = counts[stretch]
        partners = theirs.places[ranges(starts[stretch], sizes)]
        yield Matches(np.repeat(places[stretch], sizes), partners, np.repeat(scores[stretch], sizes))


def portions(sizes: Ints, most: int = _PAIRS) -> Iterator[tuple[int, int]]:
    """Yield stretches of at least one item, whose sizes sum up to no more than so many where they can."""
    total = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = int(total[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(total, before + most, "right")))
        yield start, end
        start = end


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return the numbers from each start on, so many as its size says, one range after another."""
    before = np.cumsum(sizes) - sizes
    ranges: Ints = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
    return ranges
