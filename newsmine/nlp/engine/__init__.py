"""The inference of spaCy's entity recogniser in numpy: the same spans, many times faster."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.decoder import Decoder, Tokens
from newsmine.nlp.engine.encoder import Encoder
from newsmine.nlp.engine.judge import Ask, Judge
from newsmine.nlp.engine.lexicon import PADDING, TERMINATOR, WORD, Lexicon
from newsmine.nlp.engine.weights import Weights
from newsmine.nlp.engine.words import Words

__all__ = ["Engine", "Found"]

Found = tuple[list[tuple[int, int, str]], list[tuple[int, int]]]
"""Of one text: entities (start, end, label) and sentences (start, end), in code points."""


class Engine:
    """Finds the entities and sentences that the pipeline's `ner` and a sentencizer find. Not safe across threads."""

    def __init__(self, weights: Weights, words: Words, terminators: frozenset[str], ask: Ask) -> None:
        """Put the parts together; `terminators` end a sentence, `ask` has spaCy's layers score what is too close."""
        self.weights, self.words, self.terminators = weights, words, terminators
        encoder = Encoder(weights)
        self._lexicon = Lexicon(words, weights, encoder, terminators)
        self._decoder = Decoder(weights, encoder)
        self._judge = Judge(weights, words, ask)

    def analyse(self, texts: Sequence[str]) -> list[Found]:
        """Return for each text its entities and sentences."""
        self._lexicon.trim()
        codes = self._lexicon.tokenize(texts)
        last = np.append((codes[:-1] != 0) & (codes[1:] == 0), False)
        tokens = Tokens(self._lexicon.rows(codes), self._lexicon.spaces(codes), last)
        starts, ends, actions = self._decoder.spans(
            tokens, lambda states: self._judge.decide(states, codes, self._lexicon.lexemes)
        )
        lengths = self._lexicon.lengths(codes)
        after = np.cumsum(lengths + (codes & 1))
        before = after - (codes & 1) - lengths
        base = np.cumsum([0, *map(len, texts)])
        found: list[Found] = [([], []) for _ in texts]
        number = np.searchsorted(base, before[starts], side="right") - 1
        labels = [self._decoder.labels[action] for action in actions.tolist()]
        begin, end = before[starts] - base[number], before[ends - 1] + lengths[ends - 1] - base[number]
        for n, entity in zip(number.tolist(), zip(begin.tolist(), end.tolist(), labels, strict=True), strict=True):
            found[n][0].append(entity)
        first, final = _sentences(self._lexicon.roles(codes), self._lexicon.spaces(codes))
        number = np.searchsorted(base, before[first], side="right") - 1
        begin, end = before[first] - base[number], before[final] + lengths[final] - base[number]
        for n, sentence in zip(number.tolist(), zip(begin.tolist(), end.tolist(), strict=True), strict=True):
            found[n][1].append(sentence)
        return found


def _sentences(roles: NDArray[np.int8], spaces: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and last token of each sentence that is more than white space.

    A sentence begins with a text, and with a word after a terminator; other punctuation goes with what precedes it.
    Source: spacy.pipeline.sentencizer.
    """
    (places,) = np.nonzero(roles)
    kinds = roles[places]
    after = places[1:][(kinds[:-1] == TERMINATOR) & (kinds[1:] == WORD)]
    padding = roles == PADDING
    (texts,) = np.nonzero(padding[:-1] & ~padding[1:])
    starts = np.union1d(after, texts + 1)
    (ends,) = np.nonzero(~padding[:-1] & padding[1:])
    stops = np.union1d(starts[~padding[starts - 1]] - 1, ends)
    seen = np.append(0, np.cumsum(~spaces))
    full = seen[stops + 1] > seen[starts]
    return starts[full], stops[full]
