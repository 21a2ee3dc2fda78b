"""What the engine remembers of words: how each stretch between spaces is tokenised, and each token's embedding.

spaCy's tokenizer treats the stretches between white space one by one, so a stretch that was met before needs no
second look. Only special cases are matched over the whole text; where one could match across a space, the text goes
through the tokenizer as a whole. Source: spacy.tokenizer.
"""

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.encoder import Encoder
from newsmine.nlp.engine.weights import Weights
from newsmine.nlp.engine.words import RUNS, Word, Words

Codes = NDArray[np.int32]
"""Tokens: twice the number of the lexeme, and one more if a space follows. Code 0 is padding."""

TERMINATOR, WORD, PADDING = 1, 2, 3
"""Roles of tokens in finding sentences; 0 is other punctuation."""

_MOST = 150_000
_AT_ONCE = 4096


class Lexicon:
    """Lexemes by number, with their embeddings and flags; lexeme 0 is padding."""

    def __init__(
        self, words: Words, weights: Weights, encoder: Encoder, terminators: frozenset[str], *, most: int = _MOST
    ) -> None:
        """Remember nothing yet; the encoder is given the embedding of each new lexeme, in the row of its number.

        `terminators` end a sentence; `most` bounds the lexemes and the stretches that are kept.
        """
        self._words, self._encoder = words, encoder
        self._padding = (0,) * weights.padding
        self._variants = 2 if weights.space_matters else 1
        self._width = weights.width
        self._terminators = terminators
        self._most = most
        self._lefts = {a for a, _ in words.pairs or ()}
        self._rights = {b for _, b in words.pairs or ()}
        self._clear()

    def _clear(self) -> None:
        self._stretches: dict[str, tuple[int, ...]] = {}
        self._numbers: dict[Word, int] = {("", ""): 0}
        self.lexemes: list[Word] = [("", "")]
        """Each lexeme's text and norm, by number."""
        self._described = 0
        self._encoder.clear()
        self._lengths = np.zeros(0, np.int64)
        self._roles = np.zeros(0, np.int8)
        self._flags = np.zeros((0, 3), bool)
        self._grow(_AT_ONCE)
        self._describe(1, np.zeros((self._variants, self._width)), [0], [PADDING], [(True, False, False)])

    def trim(self) -> None:
        """Forget everything if there is too much of it; codes handed out before lose their meaning."""
        if max(len(self.lexemes), len(self._stretches)) > self._most:
            self._clear()

    def rows(self, codes: Codes) -> Codes:
        """Return the row of each token at the encoder."""
        return codes if self._variants == 2 else codes >> 1

    def lengths(self, codes: Codes) -> NDArray[np.int64]:
        """Return the number of characters of each token, without the space after it."""
        return np.take(self._lengths, codes >> 1)

    def roles(self, codes: Codes) -> NDArray[np.int8]:
        """Return what each token is in finding sentences."""
        return np.take(self._roles, codes >> 1)

    def spaces(self, codes: Codes) -> NDArray[np.bool_]:
        """Tell which tokens are white space; padding counts as such."""
        return np.take(self._flags[:, 0], codes >> 1)

    def tokenize(self, texts: Sequence[str]) -> Codes:
        """Return the tokens of the texts in a row, with padding before, between and after them."""
        if self._words.pairs is None:
            return self._join([[self._whole(text)] for text in texts])
        simple = [text.split(" ") for text in texts]
        stretches = [s if s == text.split() else RUNS.findall(text) for s, text in zip(simple, texts, strict=True)]
        self._learn(set(chain.from_iterable(stretches)).difference(self._stretches))

        def parts(whole: Collection[int]) -> Iterator[Iterable[Iterable[int]]]:
            for n, (words, single) in enumerate(zip(stretches, simple, strict=True)):
                if n in whole:
                    yield [self._whole(texts[n])]
                else:
                    yield self._spaced(words) if words is single else [self._irregular(words)]

        codes = self._join(parts(()))
        across = self._special_across(codes)
        return self._join(parts(across)) if across else codes

    def _join(self, parts: Iterable[Iterable[Iterable[int]]]) -> Codes:
        padded = chain([self._padding], chain.from_iterable(chain(part, [self._padding]) for part in parts))
        return np.fromiter(chain.from_iterable(padded), np.int32)

    def _spaced(self, words: list[str]) -> Iterator[tuple[int, ...]]:
        """Yield the tokens of words with one space between each two."""
        yield from map(self._stretches.__getitem__, words[:-1])
        yield _without_space(self._stretches[words[-1]])

    def _irregular(self, runs: list[str]) -> list[int]:
        """Return the tokens of runs of white space and of other characters, by turns."""
        codes: list[int] = []
        if runs and runs[0].isspace():
            codes += self._space(runs[0])
            runs = runs[1:]
        for word, space in zip_longest(runs[::2], runs[1::2], fillvalue=""):
            found = self._stretches[word]
            if space[:1] == " ":  # which belongs to the word
                codes += found
                if len(space) > 1:
                    codes += self._space(space[1:])
            else:
                codes += _without_space(found)
                if space:
                    codes += self._space(space)
        return codes

    def _space(self, run: str) -> tuple[int, ...]:
        if run not in self._stretches:
            self._stretches[run] = tuple(self._whole(run))
        return self._stretches[run]

    def _learn(self, runs: Iterable[str]) -> None:
        stretches = sorted(run for run in runs if run and not run.isspace())
        numbers, number_of = self._numbers, self._number
        with _without_collection():
            for stretch, words in zip(stretches, self._words.split(stretches), strict=True):
                codes = [2 * (numbers[word] if word in numbers else number_of(word)) for word in words]
                codes[-1] += 1
                self._stretches[stretch] = tuple(codes)
            self._describe_new()

    def _whole(self, text: str) -> list[int]:
        codes = [2 * self._number(word) + space for word, space in self._words.whole(text)] if text else []
        self._describe_new()
        return codes

    def _number(self, word: Word) -> int:
        if word not in self._numbers:
            self._numbers[word] = len(self.lexemes)
            self.lexemes.append(word)
        return self._numbers[word]

    def _describe_new(self) -> None:
        """Note the embeddings and flags of the lexemes that have none yet."""
        while self._described < len(self.lexemes):
            words = self.lexemes[self._described : self._described + _AT_ONCE]
            vectors = [self._words.vectors(words, space=bool(variant)) for variant in range(self._variants)]
            flags = self._words.flags(words)
            ends = np.array([text in self._terminators for text, _ in words])
            self._describe(
                len(words),
                np.stack(vectors, axis=1).reshape(-1, self._width),
                [len(text) for text, _ in words],
                np.where(ends, TERMINATOR, np.where(flags[:, 1], 0, WORD)),
                [
                    (space, t in self._lefts, t in self._rights)
                    for space, (t, _) in zip(flags[:, 0], words, strict=True)
                ],
            )

    def _describe(self, count: int, vectors: Any, lengths: Any, roles: Any, flags: Any) -> None:
        first, last = self._described, self._described + count
        if last > len(self._lengths):
            self._grow(2 * last)
        self._encoder.add(vectors)
        self._lengths[first:last], self._roles[first:last], self._flags[first:last] = lengths, roles, flags
        self._described = last

    def _grow(self, size: int) -> None:
        self._lengths, self._roles = _longer(self._lengths, size), _longer(self._roles, size)
        self._flags = _longer(self._flags, size)

    def _special_across(self, codes: Codes) -> set[int]:
        """Return the numbers of the texts in which a special case may match across a space."""
        numbers = codes >> 1
        maybe = self._flags[numbers[:-1], 1] & self._flags[numbers[1:], 2] & (codes[:-1] & 1 == 1)
        pairs = self._words.pairs or frozenset()
        hits = [
            at
            for at in np.flatnonzero(maybe).tolist()
            if (self.lexemes[numbers[at]][0], self.lexemes[numbers[at + 1]][0]) in pairs
        ]
        if not hits:
            return set()
        width = len(self._padding)
        (padding,) = np.nonzero(codes == 0)
        return {int(np.searchsorted(padding, at)) // width - 1 for at in hits}


@contextmanager
def _without_collection() -> Iterator[None]:
    """Do not look for cycles meanwhile: among thousands of new tuples there are none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _without_space(codes: tuple[int, ...]) -> tuple[int, ...]:
    return (*codes[:-1], codes[-1] & ~1)


def _longer(array: NDArray[Any], size: int) -> NDArray[Any]:
    longer = np.zeros((size, *array.shape[1:]), array.dtype)
    longer[: len(array)] = array
    return longer
