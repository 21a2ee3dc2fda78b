"""Where segments stand in other texts: an index of the stretches of texts, and what it gives within a window."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from newsmine.headlines.join.bounds import Ints
from newsmine.headlines.join.grams import BITS, Grams


class Layout(NamedTuple):
    """How a stretch is one number: its hash, the parity of its position, half of the position, and its text's rank."""

    places: int
    ranks: int

    @classmethod
    def of(cls, length: int, texts: int) -> "Layout":
        """Return the layout for so many texts of this length."""
        return cls((length >> 1).bit_length(), texts.bit_length())

    @property
    def fits(self) -> bool:
        """Whether a number has room for all of it."""
        return BITS + 1 + self.places + self.ranks < 63

    def group(self, hashes: Ints, parity: Ints) -> Ints:
        """Return the lowest number with this hash at a position of this parity."""
        return ((hashes << 1) | parity) << (self.places + self.ranks)


@dataclass(frozen=True, slots=True)
class Window:
    """How far segments may have moved, from the left and from the right, in texts of another length.

    Of count segments, one is whole in the other text with exactly as many edits before it as there are segments before
    it (docs/join.md says why), so segment k, from 0, moves by k at most, and by a number of the parity of k. Behind
    it there are no more than count - 1 - k edits, between rests whose lengths differ by what the texts' lengths
    differ, `gap`, and the move together.
    """

    count: int
    gap: int

    def moves(self) -> tuple[Ints, Ints]:
        """Return the least and the greatest move of each segment."""
        before = np.arange(self.count)
        behind = before[::-1]
        return np.maximum(-before, -self.gap - behind), np.minimum(before, behind - self.gap)


def index(grams: Grams, size: int, first: int, end: int, layout: Layout) -> Ints:
    """Return the sorted numbers of all stretches of texts of one length, whose ranks are counted from the first."""
    hashes = grams.of_length(size, first, end)
    place = np.arange(hashes.shape[1])
    numbers = layout.group(hashes.astype(np.int64), place & 1)
    numbers |= (place >> 1) << layout.ranks
    numbers |= np.arange(end - first)[:, None]
    flat = numbers.ravel()
    flat.sort()
    return flat


def look_up(
    numbers: Ints, hashes: Ints, starts: Ints, segment: Ints, window: Window, layout: Layout
) -> tuple[Ints, Ints]:
    """Return for each segment where what it matches begins among the numbers, and how many there are."""
    least, most = window.moves()
    parity = (starts + segment) & 1
    low = np.maximum((starts + least[segment] - parity) >> 1, 0)
    high = np.minimum((starts + most[segment] - parity) >> 1, (1 << layout.places) - 1)
    group = layout.group(hashes, parity)
    left = np.searchsorted(numbers, group + (low << layout.ranks))
    right = np.searchsorted(numbers, group + ((high + 1) << layout.ranks))
    return left, np.where(low <= high, np.maximum(right - left, 0), 0)
