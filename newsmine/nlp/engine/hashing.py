"""The two hash functions that lead from a token to its embedding, over arrays.

Sources: MurmurHash64A (Austin Appleby, public domain) as spacy.strings uses it, and the mixing of one 64-bit key that
thinc.backends calls MurmurHash3_x86_128_uint64.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]

_MULTIPLIER = np.uint64(0xC6A4A7935BD1E995)
_SEED = 1
_MASK = (1 << 64) - 1


def string_keys(strings: Sequence[str], symbols: Mapping[str, int]) -> Keys:
    """Return the 64-bit key of each string: 0 for the empty one, the number of a symbol, else its hash."""
    data = [string.encode() for string in strings]
    keys = np.zeros(len(data), np.uint64)
    by_length: dict[int, list[int]] = {}
    for n, encoded in enumerate(data):
        by_length.setdefault(len(encoded), []).append(n)
    for length, places in by_length.items():
        if length:
            keys[places] = _hash([data[n] for n in places], length)
    for n, string in enumerate(strings):
        if string in symbols:
            keys[n] = symbols[string]
    return keys


def _hash(data: Sequence[bytes], length: int) -> Keys:
    """Return MurmurHash64A of byte strings of one length."""
    width = -(-length // 8)
    padded = b"".join(item.ljust(8 * width, b"\0") for item in data)
    words = np.frombuffer(padded, "<u8").reshape(len(data), width)
    hashes = np.full(len(data), _SEED ^ (length * int(_MULTIPLIER) & _MASK), np.uint64)
    for k in range(length // 8):
        block = words[:, k] * _MULTIPLIER
        block ^= block >> np.uint64(47)
        hashes ^= block * _MULTIPLIER
        hashes *= _MULTIPLIER
    if length % 8:
        hashes ^= words[:, -1]
        hashes *= _MULTIPLIER
    hashes ^= hashes >> np.uint64(47)
    hashes *= _MULTIPLIER
    return hashes ^ (hashes >> np.uint64(47))


def table_rows(keys: Keys, seed: int, size: int) -> NDArray[np.int64]:
    """Return for each key four rows of a hash-embedding table of that size, of shape (keys, 4)."""
    a = keys * np.uint64(0x87C37B91114253D5)
    a = (a << np.uint64(31)) | (a >> np.uint64(33))
    a = (a * np.uint64(0x4CF5AD432745937F)) ^ np.uint64(seed) ^ np.uint64(8)
    b = np.full_like(a, seed ^ 8)
    a += b
    b += a
    a, b = _mixed(a), _mixed(b)
    a += b
    b += a
    low = np.uint64(0xFFFFFFFF)
    four = np.stack([a & low, a >> np.uint64(32), b & low, b >> np.uint64(32)], axis=1)
    return (four % np.uint64(size)).astype(np.int64)


def _mixed(keys: Keys) -> Keys:
    keys = keys ^ (keys >> np.uint64(33))
    keys = keys * np.uint64(0xFF51AFD7ED558CCD)
    keys ^= keys >> np.uint64(33)
    keys *= np.uint64(0xC4CEB9FE1A85EC53)
    return keys ^ (keys >> np.uint64(33))
