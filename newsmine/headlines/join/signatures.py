"""Signatures: what a text holds in a few machine words, such that an edit changes few of their bits.

Letters: questions of the kind "are there at least k of this letter?". To delete a character lowers one count by one, so
it takes one answer from yes to no at most; to insert one, the other way round. Bigrams: which of 256 classes of
neighbouring characters occur. To delete a character loses two bigrams at most, to insert one loses one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsmine.headlines.join.bounds import Ints
from newsmine.headlines.join.texts import Codes, Texts

Words = NDArray[np.uint64]
Bools = NDArray[np.bool_]

BITS = 64
"""Of one word."""
_WORDS = 4
_COMMON = 32
_BUCKETS = 64
_LEVELS = 12
_SAMPLE = 4096
_CHARACTERS = 2_000_000
_MIX = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The questions of the letters' signature: 64 each for texts of most lengths, for long ones, short ones, and all.

    The best question is the one to which half of the texts say yes; a long text has enough of most letters.
    """

    common: Codes
    buckets: Ints
    levels: NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Texts) -> "Alphabet":
        """Return the alphabet that tells these texts apart best."""
        counts = np.bincount(texts.codes[:: max(1, len(texts.codes) // 500_000)])
        common = np.sort(np.argsort(-counts, kind="stable")[:_COMMON]).astype(np.uint32)
        drawn = Texts.of(text[:_SAMPLE] for text in texts.strings[:: max(1, len(texts) // _SAMPLE)] or [""])
        seen = np.concatenate([counts for _, counts in _counts(drawn, common)])
        some = max(1, len(seen) // 8)
        chosen: list[int] = []
        for part in (seen[some:-some], seen[-some:], seen[:some], seen):
            shares = (
                [(part >= level).mean(axis=0) for level in range(1, _LEVELS + 1)] if len(part) else [np.zeros(_BUCKETS)]
            )
            best = np.argsort(np.abs(np.concatenate(shares) - 0.5), kind="stable")
            chosen += best[~np.isin(best, chosen)][:BITS].tolist()
        questions = np.array(chosen)
        return cls(common, questions % _BUCKETS, (questions // _BUCKETS + 1).astype(np.uint8))

    def letters(self, texts: Texts) -> Words:
        """Return the letters' signature of each text, four words a row."""
        out = np.zeros((len(texts), _WORDS), np.uint64)
        for rows, counts in _counts(texts, self.common):
            answers = np.take(counts, self.buckets, axis=1) >= self.levels
            out[rows] = np.packbits(answers, axis=1, bitorder="little").view(np.uint64)
        return out


def bigrams(texts: Texts) -> Words:
    """Return the bigrams' signature of each text, four words a row."""
    out = np.zeros((len(texts), _WORDS), np.uint64)
    for first, end in _blocks(texts):
        start, stop = texts.starts[first], texts.starts[end]
        codes = texts.codes[start:stop]
        if len(codes) < 2:
            continue
        classes = ((codes[:-1] * np.uint32(1_000_003) + codes[1:]) * _MIX) >> np.uint32(24)
        row = np.repeat(np.arange(end - first), texts.lengths[first:end])
        inside = row[:-1] == row[1:]
        present = np.zeros((end - first, 256), np.bool_)
        present[row[:-1][inside], classes[inside]] = True
        out[first:end] = np.packbits(present, axis=1, bitorder="little").view(np.uint64)
    return out


def told_apart(letters: Words) -> int:
    """Return which word of the letters' signature tells these texts apart best: the one whose bits vary most."""
    drawn = letters[:: max(1, len(letters) // 256)]
    share = np.unpackbits(drawn.view(np.uint8), axis=1).mean(axis=0)
    return int((share * (1 - share)).reshape(_WORDS, BITS).sum(axis=1).argmax())


def bits(words: Words) -> Ints:
    """Return how many bits are set in each row of four words."""
    counts = np.bitwise_count(words).view(np.uint32)[:, 0]
    # The four bytes of counts up to 64 are summed in two steps, without a pass over short rows.
    counts = (counts & np.uint32(0x00FF00FF)) + ((counts >> np.uint32(8)) & np.uint32(0x00FF00FF))
    total: Ints = ((counts + (counts >> np.uint32(16))) & np.uint32(0xFFFF)).astype(np.int64)
    return total


def _counts(texts: Texts, common: Codes) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
    """Yield how often each bucket's characters occur: one for each common character, the others spread by a hash."""
    for first, end in _blocks(texts):
        codes = texts.codes[texts.starts[first] : texts.starts[end]]
        bucket = np.minimum(np.searchsorted(common, codes), max(len(common) - 1, 0))
        if len(common):
            rare = common[bucket] != codes
            hashed = (codes[rare] * _MIX) >> np.uint32(27)
            bucket[rare] = _COMMON + hashed.astype(np.int64)
        row = np.repeat(np.arange(end - first) * _BUCKETS, texts.lengths[first:end])
        counts = np.bincount(row + bucket, minlength=(end - first) * _BUCKETS)
        yield slice(first, end), np.minimum(counts, 255).astype(np.uint8).reshape(-1, _BUCKETS)


def _blocks(texts: Texts) -> Iterator[tuple[int, int]]:
    """Yield stretches of ranks of bounded work: so many characters, and so many texts."""
    first = 0
    while first < len(texts):
        end = int(np.searchsorted(texts.starts, texts.starts[first] + _CHARACTERS, "right")) - 1
        end = min(max(end, first + 1), first + 50_000)
        yield first, min(end, len(texts))
        first = end
