"""Candidates from the segments that two texts share: what a scan finds, where there are too many pairs to scan."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsmine.headlines.join.bounds import Bounds, Ints
from newsmine.headlines.join.copies import portions, ranges
from newsmine.headlines.join.grams import Floats, Grams
from newsmine.headlines.join.postings import Layout, Window, index, look_up
from newsmine.headlines.join.segments import rarest
from newsmine.headlines.join.side import Side
from newsmine.headlines.join.sieve import Candidates, scan
from newsmine.headlines.join.signatures import Words, told_apart

_ROWS = 65_536
_CELLS = 8_000_000
_MATCHES = 2_000_000
_SHORTEST, _LONGEST = 3, 8


class Sought(NamedTuple):
    """Segments of one size: of which rows, the how manieth of the row, where it starts, and its hash."""

    size: int
    rows: Ints
    numbers: Ints
    starts: Ints
    hashes: Ints


class Hits(NamedTuple):
    """Where the segments of some rows stand in the texts of one length."""

    edits: int
    """How many edits the two lengths allow."""
    first: int
    """The first rank of that length, from which the ranks are counted."""
    ranks: NDArray[np.int32]
    left: Ints
    counts: Ints
    """Where among the ranks those begin that match each row's each segment, and how many they are."""


class Lookup:
    """Finds candidates for texts of one length after another, the shortest first, by looking up their segments."""

    def __init__(self, probe: Side, known: Side, bounds: Bounds, *, itself: bool, hit: float) -> None:
        """Make it ready; `hit` is how many pairs are scanned in the time that one match of a segment takes."""
        self._probe, self._known, self._bounds, self._itself = probe, known, bounds, itself
        self._hit = hit
        self._theirs = Grams(known.texts)
        self._ours = self._theirs if itself else Grams(probe.texts)
        self._index: dict[tuple[int, int], tuple[Ints, NDArray[np.int32]]] = {}

    def serves(self, length: int, columns: tuple[int, int]) -> bool:
        """Return whether segments of texts of this length are long enough to tell the columns apart."""
        lengths = np.unique(self._known.texts.lengths[slice(*columns)])
        layout = Layout.of(int(lengths[-1]), columns[1] - columns[0])
        return layout.fits and length // (int(self._bounds.edits(length, lengths).max()) + 1) >= _SHORTEST

    def candidates(self, rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[Candidates]:
        """Yield the pairs of a row and a column that share a segment, and whose letters differ little enough."""
        word = told_apart(self._known.letters[slice(*columns)])
        ours, theirs = self._probe.letters[:, word], self._known.letters[:, word].copy()
        self._forget(int(self._known.texts.lengths[columns[0]]))
        height = self._height(int(self._probe.texts.lengths[rows[0]]), columns)
        for top in range(rows[0], rows[1], height):
            some = top, min(top + height, rows[1])
            found = list(self._hits(some, columns))
            work = sum((hits.counts.sum(axis=1) for hits in found), np.zeros(some[1] - top, np.int64))
            if int(work.sum()) * self._hit > (some[1] - top) * (columns[1] - columns[0]):
                # So many texts share so much that to scan them all is less work.
                yield from scan(self._probe, some, self._known, columns, self._bounds, itself=self._itself)
                continue
            for start, end in portions(work, _MATCHES):
                first, second = self._close(found, start, end, ours[top:], theirs)
                if self._itself:
                    first, second = first[second < first + top], second[second < first + top]
                yield Candidates(first + top, second, (end - start) * (columns[1] - columns[0]), top + end)

    def _height(self, length: int, columns: tuple[int, int]) -> int:
        """Return how many rows are looked up together, so that their segments times lengths take bounded memory."""
        lengths = np.unique(self._known.texts.lengths[slice(*columns)])
        segments = int(self._bounds.edits(length, lengths).max()) + 1
        return max(1, min(_ROWS, _CELLS // (segments * len(lengths))))

    def _close(self, found: list[Hits], start: int, end: int, ours: Words, theirs: Words) -> tuple[Ints, Ints]:
        """Return the pairs among the hits of some rows in which few enough letters differ, each once and in order."""
        pairs = [np.zeros(0, np.int64)]
        for hits in found:
            counts = hits.counts[start:end]
            rank = hits.first + hits.ranks[ranges(hits.left[start:end].ravel(), counts.ravel())]
            row = np.repeat(np.arange(start, end), counts.sum(axis=1))
            (close,) = np.nonzero(np.bitwise_count(ours[row] ^ theirs[rank]) <= hits.edits)
            pairs.append(row[close] * len(self._known) + rank[close])
        first, second = np.divmod(np.unique(np.concatenate(pairs)), max(1, len(self._known)))
        return first, second

    def _hits(self, rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[Hits]:
        """Yield where the rows' segments stand in the columns, for each length of these."""
        length = int(self._probe.texts.lengths[rows[0]])
        lengths = np.unique(self._known.texts.lengths[slice(*columns)])
        sought: dict[int, list[Sought]] = {}
        for other, edits in zip(lengths.tolist(), self._bounds.edits(length, lengths).tolist(), strict=True):
            if edits >= 0:
                if edits not in sought:
                    sought[edits] = list(self._sought(rows, edits))
                yield self._in_length(rows[1] - rows[0], sought[edits], Window(edits + 1, length - other), other)

    def _sought(self, rows: tuple[int, int], edits: int) -> Iterator[Sought]:
        """Yield the rarest segments of the rows, one more than there may be edits, by their size."""
        length = int(self._probe.texts.lengths[rows[0]])
        size = min(length // (edits + 1), _LONGEST)
        # For each segment, the choice of it keeps something for each character that may be left over.
        height = max(1, _CELLS // (length * (edits + 1)))
        found = []
        for first in range(rows[0], rows[1], height):
            end = min(first + height, rows[1])
            short, long = (self._costs(size + more, first, end) for more in (0, 1))
            found.append(rarest(short, long, size, edits + 1))
        starts, longer = np.concatenate([f.starts for f in found]), np.concatenate([f.longer for f in found])
        for more in (0, 1):
            row, number = np.nonzero(longer == more)
            if len(row):
                start = starts[row, number]
                hashes = self._ours.of_length(size + more, *rows)[row, start].astype(np.int64)
                # In about the order of the index, so that one search ends near the next.
                order = np.lexsort((start, hashes * 2 + (start + number) % 2))
                yield Sought(size + more, row[order], number[order], start[order], hashes[order])

    def _costs(self, size: int, first: int, end: int) -> Floats:
        hashes = self._ours.of_length(size, first, end)
        return np.take(self._theirs.frequency(size), np.ascontiguousarray(hashes.T))

    def _in_length(self, rows: int, sought: list[Sought], window: Window, length: int) -> Hits:
        first, end = self._known.texts.between(length, length)
        layout = Layout.of(length, end - first)
        left, counts = np.zeros((rows, window.count), np.int64), np.zeros((rows, window.count), np.int64)
        ranks = np.zeros(0, np.int32)
        for part in sought:
            if part.size <= length:
                numbers, of_numbers = self._indexed(part.size, first, end, layout)
                begin, count = look_up(numbers, part.hashes, part.starts, part.numbers, window, layout)
                left[part.rows, part.numbers], counts[part.rows, part.numbers] = begin + len(ranks), count
                ranks = np.concatenate([ranks, of_numbers])
        return Hits(window.count - 1, first, ranks, left, counts)

    def _indexed(self, size: int, first: int, end: int, layout: Layout) -> tuple[Ints, NDArray[np.int32]]:
        """Return the index of the stretches of texts of one length, and the rank, counted from the first, of each."""
        key = int(self._known.texts.lengths[first]), size
        if key not in self._index:
            numbers = index(self._theirs, size, first, end, layout)
            self._index[key] = numbers, (numbers & ((1 << layout.ranks) - 1)).astype(np.int32)
        return self._index[key]

    def _forget(self, shortest: int) -> None:
        """Drop the indexes of texts that are shorter than all that come."""
        for key in [key for key in self._index if key[0] < shortest]:
            del self._index[key]
