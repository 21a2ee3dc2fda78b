"""Segments of an index of headlines, which grow by being merged: what a new headline is alike is found in them.

It is exact for the reason given in `newsmine.headlines.candidates`: the first word in common must stand in the
beginnings of both. That holds for any order of the words, as long as both are taken in the same one. So each segment
has its own, the words that are rarest in it first, and a headline that is looked up is taken in the order of the
segment; the words that the segment lacks come first, since there is nothing to be found by them.

Words are held as hashes of 32 bits. Two words with one hash are taken for one word, whose weight is the sum of theirs:
the bags weigh what they weighed, and have as much in common as before, or more. So hashes can add pairs, and lose none.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from newsmine.headlines.index_arrays import Array, Bags, distinct, pieces, spread, starts, sums
from newsmine.headlines.judge import THRESHOLD, least_shared

SHARE = least_shared(THRESHOLD)
"""What the pairs that are found have at least in common."""

_FORMAT = b"newsmine headlines 1\n"
_ROWS, _WORDS, _CANDIDATES, _EXPANDED = 256, 4096, 500_000, 4_000_000
_NOTHING = 1e-6


class DamagedSegmentError(ValueError):
    """A segment's bytes are not those that were written, or of another version."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Headlines by number, with the words of their beginnings as an index.

    `bags` has for each headline the ranks of its words, `vocabulary` the hash of each rank. The rows whose beginnings
    have the word of a rank stand in `posting` from `places[rank]` to before `places[rank + 1]`.
    """

    ids: Array
    bags: Bags
    vocabulary: Array
    places: Array
    posting: Array

    def __len__(self) -> int:
        """Return the number of headlines."""
        return len(self.ids)

    @classmethod
    def of(cls, ids: Array, bags: Bags) -> "Segment":
        """Return a segment of these headlines, given by their numbers and hashed bags."""
        import numpy as np

        hashes, number, count = np.unique(bags.word, return_inverse=True, return_counts=True)
        order = np.lexsort((hashes, count))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        row, word, weight = _in_order(bags.rows(), rank[number], bags.weight)
        begins = _begins(bags.starts, row, weight)
        row, by = row[begins], word[begins]
        places = starts(np.bincount(by, minlength=len(order)))
        return cls(
            np.asarray(ids, np.int64),
            Bags(bags.starts, _small(word), _small(weight)),
            hashes[order],
            places,
            _small(row[np.argsort(by, kind="stable")]),
        )

    def hashes(self) -> Bags:
        """Return the bags as they are looked up."""
        return Bags(self.bags.starts, self.vocabulary[self.bags.word], self.bags.weight)

    def find(self, bags: Bags) -> Iterator[tuple[Array, Array]]:
        """Yield the pairs that share enough as two arrays, in blocks of bounded size: rows of `bags`, rows of this."""
        import numpy as np

        ranks = Bags(bags.starts, _ranked(self.vocabulary, bags.word), bags.weight)
        row, rank, weight = _in_order(ranks.rows(), ranks.word, ranks.weight)
        begins = _begins(bags.starts, row, weight) & (rank >= 0)
        row, rank = row[begins], rank[begins]
        first = self.places[rank]
        count = self.places[rank + 1] - first
        totals, own_totals = bags.totals(), self.bags.totals()
        for begin, end in _blocks(row, count, bags.starts):
            a, b = np.searchsorted(row, (begin, end))
            asked = np.repeat(row[a:b], count[a:b])
            found = self.posting[spread(first[a:b], count[a:b])].astype(np.int64)
            ratio = np.minimum(totals[asked], own_totals[found]) / np.maximum(totals[asked], own_totals[found])
            near = ratio >= SHARE / (2 - SHARE) - _NOTHING
            asked, found = np.divmod(distinct(asked[near] * len(self) + found[near]), len(self))
            common = self._common(ranks, begin, end, asked, found)
            enough = 2 * common >= SHARE * (totals[asked] + own_totals[found]) - _NOTHING
            yield asked[enough], found[enough]

    def _common(self, ranks: Bags, begin: int, end: int, asked: Array, found: Array) -> Array:
        """Return what each pair has in common, by a table of the words of the rows from begin to before end."""
        import numpy as np

        part = slice(ranks.starts[begin], ranks.starts[end])
        row = np.repeat(np.arange(end - begin), np.diff(ranks.starts[begin : end + 1]))
        known = ranks.word[part] >= 0
        words = np.unique(ranks.word[part][known])
        column = np.zeros(len(self.vocabulary), np.int64)
        column[words] = np.arange(1, len(words) + 1)
        table = np.zeros((end - begin, len(words) + 1), np.int64)
        table[row[known], column[ranks.word[part][known]]] = ranks.weight[part][known]
        lengths = np.diff(self.bags.starts)[found]
        common = np.zeros(len(found), np.int64)
        for a, b in pieces(lengths, _EXPANDED):
            at = spread(self.bags.starts[found[a:b]], lengths[a:b])
            other = table[np.repeat(asked[a:b] - begin, lengths[a:b]), column[self.bags.word[at]]]
            common[a:b] = sums(np.minimum(other, self.bags.weight[at]), starts(lengths[a:b]))
        return common

    def to_bytes(self) -> bytes:
        """Return the segment as a checksum of four bytes, the format's name, and arrays."""
        import numpy as np

        stream = io.BytesIO()
        stream.write(_FORMAT)
        for array in (
            self.ids, self.bags.starts, self.bags.word, self.bags.weight, self.vocabulary, self.places, self.posting
        ):  # fmt: skip
            np.save(stream, array, allow_pickle=False)
        content = stream.getvalue()
        return crc32(content).to_bytes(4, "big") + content

    @classmethod
    def from_bytes(cls, data: bytes) -> "Segment":
        """Return the segment that was written; raise DamagedSegmentError for what was not."""
        import numpy as np

        content = memoryview(data)[4:]
        if crc32(content).to_bytes(4, "big") != data[:4] or content[: len(_FORMAT)] != _FORMAT:
            raise DamagedSegmentError("the segment is damaged")
        stream = io.BytesIO(content[len(_FORMAT) :])
        ids, begin, word, weight, vocabulary, places, posting = (np.load(stream, allow_pickle=False) for _ in range(7))
        return cls(ids, Bags(begin, word, weight), vocabulary, places, posting)


def merged(segments: Sequence[Segment]) -> Segment:
    """Return one segment of the headlines of all."""
    import numpy as np

    parts = [segment.hashes() for segment in segments]
    bags = Bags(
        starts(np.concatenate([np.diff(part.starts) for part in parts])),
        np.concatenate([part.word for part in parts]),
        np.concatenate([part.weight for part in parts]).astype(np.int64),
    )
    return Segment.of(np.concatenate([segment.ids for segment in segments]), bags)


def _ranked(vocabulary: Array, words: Array) -> Array:
    """Return the rank of each word, -1 for one that the vocabulary lacks."""
    import numpy as np

    if not len(vocabulary):
        return np.full(len(words), -1, np.int64)
    order = np.argsort(vocabulary)
    at = np.searchsorted(vocabulary, words, sorter=order).clip(max=len(vocabulary) - 1)
    return np.where(vocabulary[order[at]] == words, order[at], -1)


def _small(numbers: Array) -> Array:
    """Return the numbers in 32 bits if these are enough for them."""
    import numpy as np

    return numbers.astype(np.int32) if numbers.max(initial=0) < 2**31 else numbers


def _in_order(row: Array, rank: Array, weight: Array) -> tuple[Array, Array, Array]:
    import numpy as np

    order = np.lexsort((rank, row))
    return row[order], rank[order], weight[order]


def _begins(begin: Array, row: Array, weight: Array) -> Array:
    """Tell of each word whether it is of its row's beginning: what is left, itself included, weighs enough."""
    import numpy as np

    before = np.concatenate(([0], np.cumsum(weight, dtype=np.int64)))
    end, own = before[begin[1:]][row], before[begin[:-1]][row]
    return end - before[:-1] >= SHARE / (2 - SHARE) * (end - own) - _NOTHING


def _blocks(row: Array, count: Array, begins: Array) -> Iterator[tuple[int, int]]:
    """Yield stretches of rows with a bounded number of candidates and words, but at least one row each."""
    import numpy as np

    rows = len(begins) - 1
    found = np.cumsum(np.bincount(row, count, minlength=rows)) if rows else np.zeros(0)
    begin = 0
    while begin < rows:
        done = found[begin - 1] if begin else 0
        few = np.searchsorted(found, done + _CANDIDATES, "right")
        short = np.searchsorted(begins, begins[begin] + _WORDS, "right") - 1
        end = max(int(min(few, short, begin + _ROWS)), begin + 1)
        yield begin, end
        begin = end
