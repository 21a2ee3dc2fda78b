"""Close decisions, taken as spaCy would take them.

spaCy adds the same products in another order, so its scores differ in their last digits. Where the two best actions
are too close for that, their scores are computed once more in double precision; and where even these are closer than
what single precision can tell apart, spaCy's own layers are asked.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.decoder import State
from newsmine.nlp.engine.encoder import Encoder
from newsmine.nlp.engine.lexicon import Codes
from newsmine.nlp.engine.weights import Weights
from newsmine.nlp.engine.words import OwnWords, Word, Words

Slice = list[tuple[Word, bool]]
"""Some tokens in a row, each with whether a space follows."""

Ask = Callable[[list[Slice], list[tuple[int, int]]], NDArray[Any]]
"""Takes slices of text and in each a token and the first of the open entity (-1 for none), and returns the scores of
all actions there by spaCy's own layers, of shape (slices, actions)."""

SURE = 2e-4
"""Scores in double precision that differ by more than this are in the same order in spaCy."""


class Judge:
    """Decides states one by one, each from the tokens around it that its scores depend on."""

    def __init__(self, weights: Weights, words: Words, ask: Ask) -> None:
        self._weights, self._words, self._ask = weights, words, ask
        self._padding = weights.padding
        self._exact: Encoder | None = None

    def decide(self, states: Sequence[State], codes: Codes, lexemes: Sequence[Word]) -> list[int]:
        """Return the best action in each state; of equal scores the first allowed action wins."""
        slices, places = [], []
        for token, opened, _ in states:
            start, end = (min(token - 1, opened) if opened >= 0 else token), token + 1
            for _ in range(self._padding):  # as far as the encoder sees, within the text
                start -= int(codes[start - 1] != 0)
                end += int(codes[end] != 0)
            slices.append([(lexemes[code >> 1], bool(code & 1)) for code in codes[start:end].tolist()])
            places.append((token - start, opened - start if opened >= 0 else -1))
        decided: list[int | None] = [None] * len(states)
        if isinstance(self._words, OwnWords):
            scores = self._exact_scores(self._words, slices, places)
            decided = [_clear(row, state.allowed) for row, state in zip(scores, states, strict=True)]
        if open_ := [n for n, action in enumerate(decided) if action is None]:
            scores = self._ask([slices[n] for n in open_], [places[n] for n in open_])
            for n, row in zip(open_, scores, strict=True):
                decided[n] = min(states[n].allowed, key=lambda action: (-row[action], action))
        return [action for action in decided if action is not None]

    def _exact_scores(
        self, words: OwnWords, slices: Sequence[Slice], places: Sequence[tuple[int, int]]
    ) -> NDArray[np.float64]:
        weights = self._weights
        if self._exact is None:
            self._exact = Encoder(weights, block=64, kept=0, dtype=np.float64)
        exact = self._exact
        exact.clear()
        tokens = sorted({token for found in slices for token in found})
        row = {token: n for n, token in enumerate(tokens, start=1)}
        table = np.zeros((len(tokens) + 1, weights.width))
        for after in (False, True):
            chosen = [(row[word, space], word) for word, space in tokens if space == after]
            if chosen:
                table[[n for n, _ in chosen]] = words.exact_vectors(
                    [word for _, word in chosen], space=after, dtype=np.float64
                )
        exact.add(table)
        vectors = []
        for found in slices:
            rows = np.pad(np.array([row[token] for token in found], np.int32), self._padding)
            encoded = np.hstack([block.copy() for _, block in exact.blocks(rows)])
            vectors.append(encoded[:, self._padding :] + exact.shift[:, None])
        hidden = np.array([self._hidden(v, *place) for v, place in zip(vectors, places, strict=True)])
        best = hidden.reshape(len(slices), weights.pieces, -1).max(axis=1)
        scores: NDArray[np.float64] = best @ weights.output_weight.T.astype(np.float64) + weights.output_bias
        return scores

    def _hidden(self, vectors: NDArray[np.float64], token: int, opened: int) -> NDArray[np.float64]:
        w = self._weights
        features = (token, opened, token - 1 if opened >= 0 else -1)
        total: NDArray[np.float64] = w.hidden_common.astype(np.float64)
        for n, place in enumerate(features):
            there = w.hidden_weight[n] @ vectors[:, place] + w.hidden_bias[n]
            total = total + (there if place >= 0 else w.hidden_absent[n])
        return total


def _clear(scores: NDArray[np.float64], allowed: Sequence[int]) -> int | None:
    """Return the best of the allowed actions, None if another is too close to it."""
    first, second = sorted(allowed, key=lambda action: -scores[action])[:2]
    return first if scores[first] - scores[second] > SURE else None
