"""The greedy transition system of spaCy's entity recogniser, all tokens at once.

Outside an entity the best action depends on the token alone, so it is found for every token in one product; only
inside an open entity do the actions follow one another, and there all open entities of a batch step together.
Source: spacy.pipeline._parser_internals.ner and spacy.ml.parser_model.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.encoder import Encoder
from newsmine.nlp.engine.weights import Floats, Weights

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class State(NamedTuple):
    """A token, the first token of the entity that is open there (-1 for none), and the actions that are allowed."""

    token: int
    opened: int
    allowed: Sequence[int]


Judge = Callable[[list[State]], list[int]]
"""Returns the best action in each state, computed with more care."""

CLOSE = np.float32(1e-3)
"""Where the best scores are closer than this, the judge decides: far more than what rounding changes."""

_OUT = np.float32(-1e30)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A batch of texts as one row of tokens, with padding between the texts and at both ends."""

    rows: NDArray[np.int32]
    space: Bools
    """Tokens of white space, which start no entity; padding counts as such."""
    last: Bools
    """The last token of each text, which starts no longer entity."""


class Decoder:
    """Encoded tokens to spans."""

    def __init__(self, weights: Weights, encoder: Encoder) -> None:
        """Prepare the products; the encoder's shift goes into the biases."""
        self._encoder = encoder
        self._pieces = weights.pieces
        self._weight = weights.hidden_weight
        self._hidden = self._weight.shape[1] // self._pieces
        present = weights.hidden_bias + weights.hidden_weight @ encoder.shift
        absent = weights.hidden_absent
        self._outside = (weights.hidden_common + present[0] + absent[1] + absent[2])[:, None]
        self._inside = (weights.hidden_common + present.sum(axis=0))[:, None]
        moves = weights.moves
        self.labels = [label for _, label in moves]
        starts = [n for n, (move, label) in enumerate(moves) if move in "BU" and label]
        self._starts = np.array(starts)
        self._begins = np.array([moves[n][0] == "B" for n in starts])
        self._out = next(n for n, (move, _) in enumerate(moves) if move == "O")
        order = [self._out, *starts]
        self._output, self._output_bias = weights.output_weight[order], weights.output_bias[order][:, None]
        at = {move: n for n, move in enumerate(moves)}
        self._in = np.array([at.get(("I", label), 0) for label in self.labels])
        self._end = np.array([at.get(("L", label), 0) for label in self.labels])
        self._all_output, self._all_bias = weights.output_weight, weights.output_bias
        # Kept between batches: fresh memory of that size costs more than what is written to it.
        self._vectors = np.empty((weights.width, 0), np.float32)

    def spans(self, tokens: Tokens, judge: Judge) -> tuple[Ints, Ints, Ints]:
        """Return the first token, the token after the last, and the action (for its label) of each entity."""
        starts, actions = self._outside_actions(tokens, judge)
        begins = self._is_begin(actions)
        ends = starts + 1
        ends[begins] = self._follow(starts[begins], actions[begins], tokens, judge)
        kept = []
        free = 0
        for n, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
            if start >= free:
                kept.append(n)
                free = end
        return starts[kept], ends[kept], actions[kept]

    def _is_begin(self, actions: Ints) -> Bools:
        return np.isin(actions, self._starts[self._begins])

    def _outside_actions(self, tokens: Tokens, judge: Judge) -> tuple[Ints, Ints]:
        """Return the tokens at which an entity may start, and the action there; keep all vectors."""
        total = len(tokens.rows)
        if total > self._vectors.shape[1]:
            self._vectors = np.empty((len(self._vectors), total), np.float32)
        starts: list[Ints] = []
        actions: list[Ints] = []
        close: list[Ints] = []
        for first, block in self._encoder.blocks(tokens.rows):
            here = slice(first, first + block.shape[1])
            self._vectors[:, here] = block
            scores = self._output @ self._maxout(self._weight[0] @ block + self._outside) + self._output_bias
            free = ~tokens.space[here]
            (ends,) = np.nonzero(tokens.last[here])
            scores[np.ix_(1 + np.flatnonzero(self._begins), ends)] = _OUT
            lead = scores[1:].max(axis=0) - scores[0]
            (near,) = np.nonzero((np.abs(lead) <= CLOSE) & free)
            (found,) = np.nonzero((lead > CLOSE) & free)
            candidates = scores[1:, found]
            best = candidates.argmax(axis=0)
            top = candidates[best, np.arange(len(found))]
            candidates[best, np.arange(len(found))] = _OUT
            sure = top - candidates.max(axis=0, initial=_OUT) > CLOSE
            starts.append(first + found[sure])
            actions.append(self._starts[best[sure]])
            close += [first + near, first + found[~sure]]
        return self._with_close(starts, actions, np.concatenate(close), tokens, judge)

    def _with_close(
        self, starts: list[Ints], actions: list[Ints], close: Ints, tokens: Tokens, judge: Judge
    ) -> tuple[Ints, Ints]:
        if len(close):
            allowed = sorted([self._out, *self._starts.tolist()])
            last = [n for n in allowed if n == self._out or not self._is_begin(np.array(n))]
            judged = np.array(judge([State(int(t), -1, last if tokens.last[t] else allowed) for t in close]))
            inside = judged != self._out
            starts, actions = [*starts, close[inside]], [*actions, judged[inside]]
        where, which = np.concatenate(starts), np.concatenate(actions)
        order = np.argsort(where, kind="stable")
        return where[order], which[order]

    def _follow(self, starts: Ints, actions: Ints, tokens: Tokens, judge: Judge) -> Ints:
        """Return the token after the last of each entity that begins at `starts`."""
        vectors = self._vectors
        ends = np.zeros(len(starts), np.int64)
        opened = self._weight[1] @ vectors[:, starts] + self._inside
        going = np.arange(len(starts))
        token = starts + 1
        goes_on, closes = self._in[actions], self._end[actions]
        difference = self._all_output[goes_on] - self._all_output[closes]
        offset = self._all_bias[goes_on] - self._all_bias[closes]
        while len(going):
            state = self._weight[0] @ vectors[:, token] + opened[:, going] + self._weight[2] @ vectors[:, token - 1]
            lead = np.einsum("ij,ji->i", difference[going], self._maxout(state)) + offset[going]
            stays = lead > 0
            close = np.flatnonzero((np.abs(lead) <= CLOSE) & ~tokens.last[token])
            if len(close):
                which = going[close]
                pairs = zip(goes_on[which].tolist(), closes[which].tolist(), strict=True)
                states = zip(token[close].tolist(), starts[which].tolist(), pairs, strict=True)
                judged = judge([State(at, opening, sorted(pair)) for at, opening, pair in states])
                stays[close] = np.array(judged) == goes_on[which]
            stays &= ~tokens.last[token]
            ends[going[~stays]] = token[~stays] + 1
            going, token = going[stays], token[stays] + 1
        return ends

    def _maxout(self, state: Floats) -> Floats:
        best = state[: self._hidden]
        for piece in range(1, self._pieces):
            best = np.maximum(best, state[piece * self._hidden : (piece + 1) * self._hidden])
        return best
