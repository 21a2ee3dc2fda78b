"""The inference of spaCy's entity recogniser in numpy: the same spans, many times faster."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.decoder import Decoder, Tokens
from newsmine.nlp.engine.encoder import Encoder
from newsmine.nlp.engine.lexicon import PADDING, TERMINATOR, WORD, Codes, Lexicon
from newsmine.nlp.engine.weights import Floats, UnsupportedError, read_weights

__all__ = ["Engine", "Found", "UnsupportedError"]

Found = tuple[list[tuple[int, int, str]], list[tuple[int, int]]]
"""Of one text: entities (start, end, label) and sentences (start, end), in code points."""


class Engine:
    """Finds the entities and sentences that the pipeline's `ner` and a sentencizer find. Not safe across threads."""

    def __init__(self, nlp: Any, terminators: frozenset[str]) -> None:
        """Read the weights of the pipeline. Raises UnsupportedError if it is not of the standard architecture."""
        weights = read_weights(nlp)
        self._nlp = nlp
        self._padding = weights.padding
        self._lexicon = Lexicon(nlp, weights, terminators)
        self._decoder = Decoder(weights, Encoder(weights))

    def analyse(self, texts: Sequence[str]) -> list[Found]:
        """Return for each text its entities and sentences."""
        with self._nlp.memory_zone():
            self._lexicon.trim()
            codes = self._lexicon.tokenize(texts)
            last = np.append((codes[:-1] != 0) & (codes[1:] == 0), False)
            tokens = Tokens(self._lexicon.rows(codes), self._lexicon.spaces(codes), last)
            starts, ends, actions = self._decoder.spans(
                tokens, self._lexicon.table, lambda states: self._judge(codes, states)
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

    def _judge(self, codes: Codes, states: list[tuple[int, int]]) -> Floats:
        """Return the scores of all actions in those states, computed by spaCy's own layers."""
        documents, ids, offset = [], [], 0
        for token, opened in states:
            start, end = min(token - 1, opened) if opened >= 0 else token, token + 1
            for _ in range(self._padding):  # as far as the encoder sees, within the text
                start -= codes[start - 1] != 0
                end += codes[end] != 0
            documents.append(self._lexicon.document(codes[start:end]))
            here = offset - start
            ids.append([token + here, opened + here, token - 1 + here] if opened >= 0 else [token + here, -1, -1])
            offset += end - start
        for name, pipe in self._nlp.pipeline:
            if name != "ner":
                documents = [pipe(document) for document in documents]
        step = self._nlp.get_pipe("ner").model.predict(documents)
        state = step.state2vec.predict(np.array(ids, np.int32))
        scores: Floats = np.array(state if step.vec2scores is None else step.vec2scores.predict(state))
        return scores.reshape(len(states), -1)


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
