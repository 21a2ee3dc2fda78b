"""How many edits a cutoff allows: the arithmetic behind RapidFuzz's `ratio`.

Two texts of l and r characters with a longest common subsequence of c score 100 · 2c / (l + r). What separates them are
d = l + r - 2c deletions and insertions, so a score of at least the cutoff is a limit on d; d has the parity of l + r.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Far more than what rounding changes in a score, far less than what an edit changes: it only lets more pairs through.
_SLACK = 1e-12


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a cutoff from 0 to 100 allows."""

    cutoff: float

    def edits(self, lengths: Ints | int, others: Ints) -> Ints:
        """Return how many edits may separate texts from others, by their lengths; negative where none can do."""
        total = others + lengths
        most = np.floor((1 - self.cutoff / 100) * total + _SLACK * total + _SLACK).astype(np.int64)
        most -= (most + total) & 1
        return np.where(most < np.abs(others - lengths), -1, most)

    def deletions_and_insertions(self, lengths: Ints, others: Ints) -> tuple[Ints, Ints]:
        """Return how many characters may be deleted from texts, and inserted, to make others of them."""
        edits = self.edits(lengths, others)
        return (edits + lengths - others) >> 1, (edits + others - lengths) >> 1

    def shortest(self, length: int) -> int:
        """Return the least length of a text that can reach the cutoff with one of this length."""
        share = self.cutoff / 100
        return max(0, int(np.floor(length * share / (2 - share) * (1 - _SLACK))))

    def longest(self, length: int) -> int | None:
        """Return the greatest length of a text that can reach the cutoff with one of this length; None for any."""
        share = self.cutoff / 100
        if share < _SLACK:
            return None
        return int(np.ceil(length * (2 - share) / share * (1 + _SLACK)))
