"""Texts as arrays: each distinct text once, by length, with its code points in one row after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsmine.headlines.join.bounds import Ints

Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Texts:
    """Distinct texts by rank, which is by length and then by first appearance, and the places where each stands."""

    strings: Sequence[str]
    lengths: Ints
    starts: Ints
    """Where each text begins among the codes, and the end of the last."""
    codes: Codes
    places: Ints
    """The indices of all texts, those of the first rank first, each rank's in ascending order."""
    offsets: Ints
    """Where each rank begins among the places, and their number."""

    @classmethod
    def of(cls, texts: Iterable[str], base: int = 0) -> "Texts":
        """Return the distinct ones among the texts, whose indices are counted from the base."""
        numbers: dict[str, int] = {}
        number = np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64)
        found = list(numbers)
        lengths = np.fromiter(map(len, found), np.int64, len(found))
        by_length = np.argsort(lengths, kind="stable")
        rank = np.empty(len(found), np.int64)
        rank[by_length] = np.arange(len(found))
        strings = [found[n] for n in by_length.tolist()]
        ranks = rank[number]
        return cls(
            strings,
            lengths[by_length],
            _ends(lengths[by_length]),
            np.frombuffer("".join(strings).encode("utf-32-le", "surrogatepass"), np.uint32),
            np.argsort(ranks, kind="stable") + base,
            _ends(np.bincount(ranks, minlength=len(found))),
        )

    def __len__(self) -> int:
        return len(self.strings)

    def between(self, shortest: int, longest: int | None) -> tuple[int, int]:
        """Return the first rank, and the end of the ranks, whose lengths lie between the two, both included."""
        first = int(np.searchsorted(self.lengths, shortest, "left"))
        return first, len(self) if longest is None else int(np.searchsorted(self.lengths, longest, "right"))


def _ends(counts: Ints) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
