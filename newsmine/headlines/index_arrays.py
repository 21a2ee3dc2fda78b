"""Bags of hashed words as arrays, and the sums and stretches that are made of these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

Array = Any

_SPARSE = 32


@dataclass(frozen=True, slots=True)
class Bags:
    """Bags of hashed words as arrays: row n has the words and weights from `starts[n]` to before `starts[n + 1]`."""

    starts: Array
    word: Array
    weight: Array

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.starts) - 1

    def rows(self) -> Array:
        """Return the row of each word."""
        import numpy as np

        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def totals(self) -> Array:
        """Return what each row weighs."""
        return sums(self.weight, self.starts)


def hashed(bags: Sequence[Mapping[str, int]]) -> Bags:
    """Return the bags with hashes in the place of words."""
    import numpy as np

    known: dict[str, int] = {}
    rows: list[dict[int, int]] = []
    for bag in bags:
        row: dict[int, int] = {}
        for word, weight in bag.items():
            key = known[word] if word in known else known.setdefault(word, hash_of(word))
            row[key] = row.get(key, 0) + weight
        rows.append(row)
    ends = starts([len(row) for row in rows])
    hashes = np.fromiter((key for row in rows for key in row), np.uint32, ends[-1])
    return Bags(ends, hashes, np.fromiter((weight for row in rows for weight in row.values()), np.int64, ends[-1]))


def hash_of(word: str) -> int:
    """Return 32 bits that stand for a word, perhaps for others too."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def distinct(numbers: Array) -> Array:
    """Return the numbers, each once, in order; those that lie close together by a table, which is much faster."""
    import numpy as np

    if not len(numbers):
        return numbers
    lowest = int(numbers.min())
    width = int(numbers.max()) - lowest + 1
    if width > _SPARSE * len(numbers):
        return np.unique(numbers)
    there = np.zeros(width, bool)
    there[numbers - lowest] = True
    return np.flatnonzero(there) + lowest


def pieces(lengths: Array, most: int) -> Iterator[tuple[int, int]]:
    """Yield stretches whose lengths are not more than that together, but at least one each."""
    import numpy as np

    ends = np.cumsum(lengths)
    begin = 0
    while begin < len(lengths):
        end = int(np.searchsorted(ends, (ends[begin - 1] if begin else 0) + most, "right"))
        end = max(end, begin + 1)
        yield begin, end
        begin = end


def spread(first: Array, count: Array) -> Array:
    """Return the numbers from each first on, as many as its count, in a row."""
    import numpy as np

    ends = np.cumsum(count)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - count), count)


def starts(lengths: Any) -> Array:
    """Return where each row begins if they follow one another, and where the last one ends."""
    import numpy as np

    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def sums(values: Array, begin: Array) -> Array:
    """Return the sum of each row's values; `begin` is what `starts` returns."""
    import numpy as np

    before = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
    return before[begin[1:]] - before[begin[:-1]]
