"""Hashes of the short stretches of characters in texts, and how frequent each is."""

import numpy as np
from numpy.typing import NDArray

from newsmine.headlines.join.texts import Texts

Hashes = NDArray[np.uint32]
Floats = NDArray[np.float32]

BITS = 22
_CHARACTERS = 4_000_000
_SAMPLE = 4_000_000
_BLOCK = 16_384
_STEP, _MIX = np.uint32(0x01000193), np.uint32(0x9E3779B1)


class Grams:
    """The stretches of a side's texts; what is computed for a size is kept.

    Two different stretches may have one hash: that adds candidates, and loses none.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._hashes: dict[int, Hashes] = {}
        self._frequency: dict[int, Floats] = {}

    def of_length(self, size: int, first: int, end: int) -> Hashes:
        """Return the hashes in the texts of these ranks, which are of one length, by text and then by position."""
        length = int(self._texts.lengths[first])
        start = int(self._texts.starts[first])
        whole = self._all(size)[start : start + (end - first) * length]
        return whole.reshape(end - first, length)[:, : length - size + 1]

    def frequency(self, size: int) -> Floats:
        """Return how often each hash occurs in a sample of the texts."""
        if size not in self._frequency:
            hashes = self._all(size)
            # Whole blocks, so that memory is read in its order.
            step = max(1, len(hashes) // _SAMPLE)
            parts = [hashes[start : start + _BLOCK] for start in range(0, len(hashes), _BLOCK * step)]
            counts = np.bincount(np.concatenate(parts or [hashes]), minlength=1 << BITS)
            self._frequency[size] = counts.astype(np.float32)
        return self._frequency[size]

    def _all(self, size: int) -> Hashes:
        if size not in self._hashes:
            codes = self._texts.codes
            hashes = np.zeros(len(codes), np.uint32)
            for start in range(0, len(codes) - size + 1, _CHARACTERS):
                end = min(start + _CHARACTERS, len(codes) - size + 1)
                part = codes[start:end].copy()
                for n in range(1, size):
                    part *= _STEP
                    part += codes[start + n : end + n]
                part ^= part >> np.uint32(15)
                part *= _MIX
                hashes[start:end] = part >> np.uint32(32 - BITS)
            self._hashes[size] = hashes
        return self._hashes[size]
