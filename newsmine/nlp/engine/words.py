"""How texts fall into words and what is known of each word: by code and tables of our own, or by spaCy."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.embedding import EmbeddingWeights, embed
from newsmine.nlp.engine.hashing import string_keys
from newsmine.nlp.engine.tokenizer import Token, Tokenizer, TokenizerRules
from newsmine.nlp.engine.weights import Floats

Word = tuple[str, str]
"""Its text and its norm, which together decide its embedding."""

RUNS = re.compile(r"\S+|\s+")
"""Runs of white space and of other characters, by turns."""


class Words(Protocol):
    """What the lexicon learns new words from."""

    pairs: frozenset[tuple[str, str]] | None
    """Neighbours across a space that a special case may join; None if every text must be tokenised as a whole."""

    def split(self, stretches: Sequence[str]) -> list[list[Word]]:
        """Return the words of each stretch, none of which has white space in it."""

    def whole(self, text: str) -> list[tuple[Word, bool]]:
        """Return the words of a text, with whether a space follows."""

    def vectors(self, words: Sequence[Word], *, space: bool) -> Floats:
        """Return the embedding of each word, of shape (words, width), as if a space followed or not."""

    def flags(self, words: Sequence[Word]) -> NDArray[np.bool_]:
        """Return of each word whether it is white space and whether it is punctuation, of shape (words, 2)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What spaCy's vocabulary adds to the rules: norms by text or by key, and strings with a number of their own."""

    norms: tuple[Mapping[str, str] | Mapping[int, str], ...]
    symbols: Mapping[str, int]


class OwnWords:
    """Words without spaCy."""

    def __init__(self, rules: TokenizerRules, vocabulary: Vocabulary, embedding: EmbeddingWeights) -> None:
        self.rules, self.vocabulary, self.embedding = rules, vocabulary, embedding
        self._tokenizer = Tokenizer(rules)
        self.pairs: frozenset[tuple[str, str]] | None = self._tokenizer.pairs()

    def split(self, stretches: Sequence[str]) -> list[list[Word]]:
        """Return the words of each stretch; see `Words`."""
        tokens = [self._tokenizer.split(stretch) for stretch in stretches]
        norms = self._norms({text for found in tokens for text, norm in found if norm is None})
        return [[(text, norms[text] if norm is None else norm) for text, norm in found] for found in tokens]

    def whole(self, text: str) -> list[tuple[Word, bool]]:
        """Return the words of a text; see `Words`."""
        tokens: list[Token] = []
        spaces: list[bool] = []
        runs = RUNS.findall(text)
        for n, run in enumerate(runs):
            if not run.isspace():
                found = self._tokenizer.bare(run)
            elif n and run[0] == " ":  # the space that belongs to the word before
                spaces[-1] = True
                found = self._tokenizer.bare(run[1:]) if run[1:] else []
            else:
                found = self._tokenizer.bare(run)
            tokens += found
            spaces += [False] * len(found)
        tokens, spaces = self._tokenizer.join(tokens, spaces)
        norms = self._norms({t for t, norm in tokens if norm is None})
        words = [(t, norms[t] if norm is None else norm) for t, norm in tokens]
        return list(zip(words, spaces, strict=True))

    def vectors(self, words: Sequence[Word], *, space: bool) -> Floats:
        """Return the embedding of each word; see `Words`."""
        return self.exact_vectors(words, space=space, dtype=np.float32)

    def exact_vectors(self, words: Sequence[Word], *, space: bool, dtype: Any) -> NDArray[Any]:
        """Return the embeddings computed in another precision."""
        return embed(self.embedding, words, space=space, symbols=self.vocabulary.symbols, dtype=dtype)

    def flags(self, words: Sequence[Word]) -> NDArray[np.bool_]:
        """Return which words are white space and which punctuation; see `Words`."""
        return np.array([(text.isspace(), _is_punctuation(text)) for text, _ in words], bool).reshape(-1, 2)

    def _norms(self, texts: Iterable[str]) -> dict[str, str]:
        ordered = sorted(texts)
        keys = string_keys(ordered, self.vocabulary.symbols).tolist()
        return {text: self._norm(text, key) for text, key in zip(ordered, keys, strict=True)}

    def _norm(self, text: str, key: int) -> str:
        for table in self.vocabulary.norms:
            found: Any = table.get(text, table.get(key))  # type: ignore[call-overload]
            if found is not None:
                return str(found)
        return text.lower()


class SpacyWords:
    """Words by spaCy's tokenizer, vocabulary and embedding: where a pipeline's tokenizer or attributes are unusual."""

    def __init__(self, nlp: Any, embedding: Any) -> None:
        self._nlp, self._embedding = nlp, embedding
        self.pairs = _special_pairs(nlp.tokenizer)

    def split(self, stretches: Sequence[str]) -> list[list[Word]]:
        """Return the words of each stretch; see `Words`."""
        found: list[list[Word]] = [[]]
        with self._nlp.memory_zone():
            # One document is much faster than one for each; a line break keeps the stretches apart.
            for token in self._nlp.tokenizer("\n".join(stretches)):
                if token.orth_ == "\n":
                    found.append([])
                else:
                    found[-1].append((token.text, token.norm_))
        return found if stretches else []

    def whole(self, text: str) -> list[tuple[Word, bool]]:
        """Return the words of a text; see `Words`."""
        with self._nlp.memory_zone():
            return [((token.text, token.norm_), bool(token.whitespace_)) for token in self._nlp.make_doc(text)]

    def vectors(self, words: Sequence[Word], *, space: bool) -> Floats:
        """Return the embedding of each word; see `Words`."""
        with self._nlp.memory_zone():
            found: Floats = self._embedding.predict([document(self._nlp, words, [space] * len(words))])[0]
            return found

    def flags(self, words: Sequence[Word]) -> NDArray[np.bool_]:
        """Return which words are white space and which punctuation; see `Words`."""
        with self._nlp.memory_zone():
            doc = document(self._nlp, words, [False] * len(words))
            found: NDArray[np.bool_] = doc.to_array(["IS_SPACE", "IS_PUNCT"]) > 0
            return found


def document(nlp: Any, words: Sequence[Word], spaces: list[bool]) -> Any:
    """Return a spaCy document of those words."""
    doc = type(nlp.make_doc(""))(nlp.vocab, words=[text for text, _ in words], spaces=spaces)
    for token, (_, norm) in zip(doc, words, strict=True):
        if token.norm_ != norm:
            token.norm_ = norm
    return doc


def _is_punctuation(text: str) -> bool:
    return not text[:1].isalnum() and all(unicodedata.category(char).startswith("P") for char in text)


def _special_pairs(tokenizer: Any) -> frozenset[tuple[str, str]] | None:
    if (type(tokenizer).__module__, type(tokenizer).__name__) != ("spacy.tokenizer", "Tokenizer"):
        return None
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
    texts = [token.text for token in bare("\n".join(rules))]
    return frozenset((a, b) for a, b in pairwise(texts) if "\n" not in (a, b))
