"""The embedding of tokens by hashes of their norm, first and last letters and shape, and by their word vectors.

Source: spacy.ml.models.tok2vec.MultiHashEmbed, spacy.ml.staticvectors, thinc.layers.HashEmbed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.hashing import Keys, string_keys, table_rows
from newsmine.nlp.engine.weights import Floats

_LONG = 100


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A table of word vectors, and the map that brings them to the width of the embedding."""

    keys: Keys
    """The keys of the words that have a vector, sorted."""
    rows: NDArray[np.int64]
    """The row of each key."""
    data: Floats
    weight: Floats
    """Shape (width, size of a vector)."""


@dataclass(frozen=True, slots=True)
class EmbeddingWeights:
    """The tables, one for each attribute, and the layer that mixes what they give."""

    attributes: tuple[str, ...]
    seeds: tuple[int, ...]
    tables: tuple[Floats, ...]
    weight: Floats
    """Shape (pieces, width, input)."""
    bias: Floats
    """Shape (pieces, width)."""
    gain: Floats
    shift: Floats
    vectors: WordVectors | None = None


def embed(
    weights: EmbeddingWeights, words: Sequence[tuple[str, str]], *, space: bool, symbols: Mapping[str, int], dtype: Any
) -> NDArray[Any]:
    """Return the embedding of each word, given as its text and its norm, of shape (words, width).

    `space` tells whether a space follows; `symbols` are the strings that spaCy gives numbers instead of hashes;
    `dtype` is float32, or float64 to learn how much rounding changes.
    """
    found = []
    for attribute, seed, table in zip(weights.attributes, weights.seeds, weights.tables, strict=True):
        values, places = _distinct(attribute, words, space)
        keys = string_keys(values, symbols) if isinstance(values, list) else values
        rows = table_rows(keys, seed, len(table))
        vectors = table[rows[:, 0]].astype(dtype, copy=False)
        for k in (1, 2, 3):
            vectors += table[rows[:, k]]
        found.append(vectors[places])
    if weights.vectors:
        found.append(_word_vectors(weights.vectors, string_keys([text for text, _ in words], symbols), dtype))
    pieces, width, _ = weights.weight.shape
    flat = weights.weight.reshape(pieces * width, -1).astype(dtype, copy=False)
    mixed: NDArray[Any] = np.hstack(found) @ flat.T
    mixed += weights.bias.reshape(-1)
    best = mixed[:, :width]
    for piece in range(1, pieces):
        np.maximum(best, mixed[:, piece * width : (piece + 1) * width], out=best)
    best -= best.mean(axis=1, keepdims=True)
    best /= np.sqrt(np.einsum("ij,ij->i", best, best)[:, None] / dtype(width) + dtype(1e-8))
    return best * weights.gain + weights.shift


def _word_vectors(vectors: WordVectors, keys: Keys, dtype: Any) -> NDArray[Any]:
    """Return the mapped vector of each key, zeros for a word that has none."""
    places = np.searchsorted(vectors.keys, keys).clip(max=max(len(vectors.keys) - 1, 0))
    known = vectors.keys[places] == keys if len(vectors.keys) else np.zeros(len(keys), bool)
    mapped = np.zeros((len(keys), len(vectors.weight)), dtype)
    rows = vectors.rows[places[known]]
    mapped[known] = vectors.data[rows].astype(dtype, copy=False) @ vectors.weight.T.astype(dtype, copy=False)
    return mapped


def _distinct(
    attribute: str, words: Sequence[tuple[str, str]], space: bool
) -> tuple[list[str] | Keys, NDArray[np.int64]]:
    """Return the distinct values of an attribute, texts or keys, and for each word which of them it has."""
    if attribute == "SPACY":
        return np.array([int(space)], np.uint64), np.zeros(len(words), np.int64)
    if attribute == "IS_SPACE":
        return np.array([0, 1], np.uint64), np.array([text.isspace() for text, _ in words], np.int64)
    values = _VALUES[attribute](words)
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(numbers), np.fromiter(map(numbers.__getitem__, values), np.int64, len(values))


def shape(text: str) -> str:
    """Return the text with X, x and d for capitals, other letters and digits, runs cut at four.

    >>> shape("C3PO-units")
    'XdXX-xxxx'
    """
    if len(text) >= _LONG:
        return "LONG"
    if text.isascii() and text.isalpha() and text[1:].islower():  # most words, and much faster
        return "X" + "xxxx"[: len(text) - 1] if text[0].isupper() else "xxxx"[: len(text)]
    kinds = []
    last, run = "", 0
    for char in text:
        kind = ("X" if char.isupper() else "x") if char.isalpha() else "d" if char.isdigit() else char
        run = run + 1 if kind == last else 0
        last = kind
        if run < 4:
            kinds.append(kind)
    return "".join(kinds)


_VALUES: dict[str, Callable[[Sequence[tuple[str, str]]], list[str]]] = {
    "ORTH": lambda words: [text for text, _ in words],
    "LOWER": lambda words: [text.lower() for text, _ in words],
    "NORM": lambda words: [norm for _, norm in words],
    "PREFIX": lambda words: [text[:1] for text, _ in words],
    "SUFFIX": lambda words: [text[-3:] for text, _ in words],
    "SHAPE": lambda words: [shape(text) for text, _ in words],
}
ATTRIBUTES = frozenset({*_VALUES, "SPACY", "IS_SPACE"})
"""The attributes that `embed` knows."""
