"""What the engine remembers of words: how each stretch between spaces is tokenised, and each token's embedding.

spaCy's tokenizer treats the stretches between white space one by one, so a stretch that was met before needs no
second look. Only special cases are matched over the whole text; where one could match across a space, the text goes
through the tokenizer as a whole. Source: spacy.tokenizer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.weights import Floats, Weights

Codes = NDArray[np.int32]
"""Tokens: twice the number of the lexeme, and one more if a space follows. Code 0 is padding."""

TERMINATOR, WORD, PADDING = 1, 2, 3
"""Roles of tokens in finding sentences; 0 is other punctuation."""

_RUNS = re.compile(r"\S+|\s+")
_MOST = 150_000
_AT_ONCE = 4096


class Lexicon:
    """Lexemes by number, with their embeddings and flags; lexeme 0 is padding."""

    def __init__(self, nlp: Any, weights: Weights, terminators: frozenset[str], *, most: int = _MOST) -> None:
        """Remember nothing yet. `terminators` end a sentence; `most` bounds the lexemes and the stretches kept."""
        self._nlp = nlp
        self._embed = weights.embed
        self._padding = (0,) * weights.padding
        self._variants = 2 if weights.space_matters else 1
        self._width = weights.width
        self._terminators = terminators
        self._most = most
        self._document = type(nlp.make_doc(""))
        pairs = _special_pairs(nlp.tokenizer) if _by_stretch(nlp.tokenizer) else None
        self._by_stretch = pairs is not None
        self._pairs = pairs or frozenset()
        self._lefts, self._rights = {a for a, _ in self._pairs}, {b for _, b in self._pairs}
        self._clear()

    def _clear(self) -> None:
        self._stretches: dict[str, tuple[int, ...]] = {}
        self._numbers: dict[tuple[int, int], int] = {(0, 0): 0}
        self._words: list[tuple[str, str]] = [("", "")]
        self._orths: list[int] = [0]
        self.table: Floats = np.zeros((self._variants, self._width), np.float32)
        """The embeddings, of shape (rows, width); row 0 is zeros."""
        self._lengths = np.zeros(1, np.int64)
        self._roles = np.full(1, PADDING, np.int8)
        self._spaces = np.ones(1, bool)
        self._left, self._right = np.zeros(1, bool), np.zeros(1, bool)

    def trim(self) -> None:
        """Forget everything if there is too much of it; codes handed out before lose their meaning."""
        if max(len(self._words), len(self._stretches)) > self._most:
            self._clear()

    def rows(self, codes: Codes) -> Codes:
        """Return the row of each token in the table."""
        return codes if self._variants == 2 else codes >> 1

    def lengths(self, codes: Codes) -> NDArray[np.int64]:
        """Return the number of characters of each token, without the space after it."""
        return np.take(self._lengths, codes >> 1)

    def roles(self, codes: Codes) -> NDArray[np.int8]:
        """Return what each token is in finding sentences."""
        return np.take(self._roles, codes >> 1)

    def spaces(self, codes: Codes) -> NDArray[np.bool_]:
        """Tell which tokens are white space; padding counts as such."""
        return np.take(self._spaces, codes >> 1)

    def document(self, codes: Codes) -> Any:
        """Return a spaCy document of those tokens."""
        return self._make([self._words[code >> 1] for code in codes], [bool(code & 1) for code in codes])

    def tokenize(self, texts: Sequence[str]) -> Codes:
        """Return the tokens of the texts in a row, with padding before, between and after them."""
        if not self._by_stretch:
            return self._join([[self._whole(text)] for text in texts])
        simple = [text.split(" ") for text in texts]
        stretches = [s if s == text.split() else _RUNS.findall(text) for s, text in zip(simple, texts, strict=True)]
        self._learn(set(chain.from_iterable(stretches)).difference(self._stretches))
        parts: list[Iterable[Iterable[int]]] = [
            self._spaced(words) if words is single else [self._irregular(words)]
            for words, single in zip(stretches, simple, strict=True)
        ]
        codes = self._join(parts)
        if across := self._special_across(codes):
            parts = [
                self._spaced(w) if w is s else [self._irregular(w)] for w, s in zip(stretches, simple, strict=True)
            ]
            for n in across:
                parts[n] = [self._whole(texts[n])]
            codes = self._join(parts)
        return codes

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
        for n, run in enumerate(runs):
            if run.isspace():
                if n and run[0] == " ":  # the space that belongs to the word before
                    run = run[1:]
                if run:
                    codes += self._space(run)
            else:
                followed = n + 1 < len(runs) and runs[n + 1][0] == " "
                found = self._stretches[run]
                codes += found if followed else _without_space(found)
        return codes

    def _space(self, run: str) -> tuple[int, ...]:
        if run not in self._stretches:
            self._stretches[run] = tuple(self._whole(run))
        return self._stretches[run]

    def _learn(self, runs: Iterable[str]) -> None:
        words = sorted(run for run in runs if run and not run.isspace())
        if not words:
            return
        doc = self._nlp.tokenizer("\n".join(words))
        line = self._nlp.vocab.strings["\n"]
        codes: list[int] = []
        waiting = iter(words)
        for key, code in zip(doc.to_array("ORTH").tolist(), self._codes(doc), strict=True):
            if key == line:
                self._stretches[next(waiting)] = (*codes[:-1], codes[-1] | 1)
                codes = []
            else:
                codes.append(code)
        self._stretches[next(waiting)] = (*codes[:-1], codes[-1] | 1)

    def _whole(self, text: str) -> list[int]:
        if not text:
            return []
        return self._codes(self._nlp.make_doc(text))

    def _codes(self, doc: Any) -> list[int]:
        """Return the tokens of a document, learning the lexemes that are new."""
        numbers, strings = self._numbers, self._nlp.vocab.strings
        codes = []
        for orth, norm, space in doc.to_array(["ORTH", "NORM", "SPACY"]).tolist():
            number = numbers.get((orth, norm))
            if number is None:
                number = numbers[orth, norm] = len(self._words)
                self._words.append((strings[orth], strings[norm]))
                self._orths.append(orth)
            codes.append(2 * number + space)
        for start in range(len(self._lengths), len(self._words), _AT_ONCE):
            self._describe(start, min(start + _AT_ONCE, len(self._words)))
        return codes

    def _describe(self, start: int, end: int) -> None:
        """Add embeddings and flags of the lexemes from `start` up to `end`, which are new."""
        words = self._words[start:end]
        rows = np.empty((len(words), self._variants, self._width), np.float32)
        for variant in range(self._variants):
            doc = self._make(words, [bool(variant)] * len(words))
            rows[:, variant] = self._embed.predict([doc])[0]
        flags = doc.to_array(["IS_SPACE", "IS_PUNCT"]).astype(bool)
        ends = np.array([text in self._terminators for text, _ in words])
        orths = self._orths[start:end]
        self.table = np.concatenate([self.table, rows.reshape(-1, self._width)])
        self._lengths = np.concatenate([self._lengths, [len(text) for text, _ in words]])
        roles = np.where(ends, TERMINATOR, np.where(flags[:, 1], 0, WORD)).astype(np.int8)
        self._roles = np.concatenate([self._roles, roles])
        self._spaces = np.concatenate([self._spaces, flags[:, 0]])
        self._left = np.concatenate([self._left, [orth in self._lefts for orth in orths]])
        self._right = np.concatenate([self._right, [orth in self._rights for orth in orths]])

    def _make(self, words: list[tuple[str, str]], spaces: list[bool]) -> Any:
        doc = self._document(self._nlp.vocab, words=[text for text, _ in words], spaces=spaces)
        for token, (_, norm) in zip(doc, words, strict=True):
            if token.norm_ != norm:
                token.norm_ = norm
        return doc

    def _special_across(self, codes: Codes) -> list[int]:
        """Return the numbers of the texts in which a special case may match across a space."""
        numbers = codes >> 1
        maybe = self._left[numbers[:-1]] & self._right[numbers[1:]] & (codes[:-1] & 1 == 1)
        hits = [
            at
            for at in np.flatnonzero(maybe).tolist()
            if (self._orths[numbers[at]], self._orths[numbers[at + 1]]) in self._pairs
        ]
        if not hits:
            return []
        width = len(self._padding)
        (padding,) = np.nonzero(codes == 0)
        return sorted({int(np.searchsorted(padding, at)) // width - 1 for at in hits})


def _without_space(codes: tuple[int, ...]) -> tuple[int, ...]:
    return (*codes[:-1], codes[-1] & ~1)


def _by_stretch(tokenizer: Any) -> bool:
    return (type(tokenizer).__module__, type(tokenizer).__name__) == ("spacy.tokenizer", "Tokenizer")


def _special_pairs(tokenizer: Any) -> frozenset[tuple[int, int]] | None:
    """Return the pairs of adjacent tokens in the special cases before they apply; None if one spans lines."""
    rules = [rule for rule in tokenizer.rules if rule.strip()]
    if any("\n" in rule for rule in rules):
        return None
    bare = type(tokenizer)(
        tokenizer.vocab,
        prefix_search=tokenizer.prefix_search,
        suffix_search=tokenizer.suffix_search,
        infix_finditer=tokenizer.infix_finditer,
        token_match=tokenizer.token_match,
        url_match=tokenizer.url_match,
    )
    line = tokenizer.vocab.strings["\n"]
    orths = bare("\n".join(rules)).to_array("ORTH").tolist()
    return frozenset((a, b) for a, b in pairwise(orths) if line not in (a, b))
