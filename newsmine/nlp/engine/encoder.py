"""The maxout window encoder as blocked matrix products, feature by feature and token by token.

Tokens are columns: a window is then a few copies of rows, and every elementwise step runs over long rows, in buffers
that are kept. A block holds so many tokens that its buffers stay in the processor's second-level cache. What the first
layer makes of a word in each place of the window is a product that depends on the word alone: it is kept, and the
layer is then a sum of what was kept.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.weights import Layer, Weights

Vectors = NDArray[Any]
"""Of float32, or of float64 where rounding matters."""

_BLOCK = 768
_KEPT = 8192


class Encoder:
    """Rows of embedded words to encoded tokens. Holds the buffers of one block, so each thread needs its own."""

    def __init__(self, weights: Weights, *, block: int = _BLOCK, kept: int = _KEPT, dtype: Any = np.float32) -> None:
        """Prepare the layers, folding the shift of each normalisation into the biases that follow it.

        `kept` bounds the words of which the first layer's products are kept: the first ones, which are the frequent.
        """
        self._dtype, self._kept = dtype, kept
        self._width, self._window, self._halo = weights.width, weights.window, weights.padding
        self._columns = block + 2 * self._halo
        self._places = 2 * self._window + 1
        shift = np.zeros(self._width, dtype)
        self._layers: list[tuple[Vectors, Vectors]] = []
        for layer in weights.layers:
            weight, gain = self._prepared(layer, shift)
            self._layers.append((weight, gain))
            shift = shift + layer.shift
        self.shift: Vectors = shift
        """What must still be added to every encoded vector."""
        size = len(self._layers[0][0])
        self._pieces = size // self._width
        self._input = np.ones((self._places * self._width + 1, self._columns), dtype)
        self._affine = np.empty((size, self._columns), dtype)
        self._rows = np.empty((self._columns, self._width), dtype)
        self._sum, self._term = np.empty((self._columns, size), dtype), np.empty((self._columns, size), dtype)
        first = self._layers[0][0]
        self._first = [first[:, k * self._width : (k + 1) * self._width].T.copy() for k in range(self._places)]
        self._first_bias = first[:, -1].copy()
        self.clear()

    def _prepared(self, layer: Layer, shift: Vectors) -> tuple[Vectors, Vectors]:
        weight = layer.weight.astype(self._dtype)
        bias = layer.bias + weight @ np.tile(shift, self._places)
        return np.hstack([weight, bias[:, None]]), layer.gain[:, None].astype(self._dtype)

    def clear(self) -> None:
        """Forget all words, so that the next one added has row 0."""
        self._known = 0
        self._table = np.empty((0, self._width), self._dtype)
        # Memory that is never written to costs nothing. Beyond the words that are kept there is room for one block.
        shape = self._kept + self._columns, len(self._affine)
        self._products = [np.empty(shape, self._dtype) for _ in range(self._places)]

    def add(self, vectors: Vectors) -> None:
        """Add words by their embeddings, of shape (words, width), in the rows that follow."""
        first, last = self._known, self._known + len(vectors)
        if last > len(self._table):
            longer = np.empty((max(2 * last, 2 * self._kept), self._width), self._dtype)
            longer[:first] = self._table[:first]
            self._table = longer
        self._table[first:last] = vectors
        if first < self._kept:
            kept = slice(first, min(last, self._kept))
            self._multiply(self._table[kept], kept)
        self._known = last

    def _multiply(self, vectors: Vectors, rows: slice) -> None:
        for product, weight in zip(self._products, self._first, strict=True):
            np.matmul(vectors, weight, out=product[rows])
        self._products[self._window][rows] += self._first_bias

    def blocks(self, rows: NDArray[np.int32]) -> Iterator[tuple[int, Vectors]]:
        """Yield, block by block, the number of the first token and the vectors, of shape (width, tokens).

        `rows` are those of the words, with row 0 (zeros) as padding between texts and at both ends. The vectors lack
        `shift`, and are overwritten by the next block.
        """
        step = self._columns - 2 * self._halo
        for start in range(0, len(rows), step):
            first, last = max(0, start - self._halo), min(len(rows), start + step + self._halo)
            vectors = self._encode(rows[first:last])
            yield start, vectors[:, start - first : min(len(rows), start + step) - first]

    def _encode(self, rows: NDArray[np.int32]) -> Vectors:
        n, width, window = len(rows), self._width, self._window
        np.take(self._table, rows, axis=0, out=self._rows[:n], mode="clip")
        inputs, affine = self._input[:, :n], self._affine[:, :n]
        centre = inputs[window * width : (window + 1) * width]
        centre[...] = self._rows[:n].T
        best = affine[:width]
        best[...] = self._first_layer(rows).T
        self._normalise_and_add(best, self._layers[0][1], centre)
        for weight, gain in self._layers[1:]:
            for k in range(1, window + 1):
                before = inputs[(window - k) * width : (window - k + 1) * width]
                after = inputs[(window + k) * width : (window + k + 1) * width]
                before[:, k:], before[:, :k] = centre[:, :-k], 0
                after[:, :-k], after[:, -k:] = centre[:, k:], 0
            np.matmul(weight, inputs, out=affine)
            for piece in range(1, self._pieces):
                np.maximum(best, affine[piece * width : (piece + 1) * width], out=best)
            self._normalise_and_add(best, gain, centre)
        return centre

    def _first_layer(self, rows: NDArray[np.int32]) -> Vectors:
        """Return the first layer's maxout, of shape (tokens, width)."""
        n, width = len(rows), self._width
        kept = min(self._known, self._kept)
        rare = rows >= kept
        if rare.any():
            words, places = np.unique(rows[rare], return_inverse=True)
            self._multiply(self._table[words], slice(kept, kept + len(words)))
            rows = rows.copy()
            rows[rare] = kept + places
        total, term = self._sum[:n], self._term[:n]
        np.take(self._products[self._window], rows, axis=0, out=total, mode="clip")
        for k in range(1, self._window + 1):
            for product, to, of in (
                (self._products[self._window - k], slice(k, n), rows[: n - k]),
                (self._products[self._window + k], slice(0, n - k), rows[k:]),
            ):
                part = term[: len(of)]
                np.take(product, of, axis=0, out=part, mode="clip")
                total[to] += part
        best = total[:, :width]
        for piece in range(1, self._pieces):
            np.maximum(best, total[:, piece * width : (piece + 1) * width], out=best)
        return best

    def _normalise_and_add(self, best: Vectors, gain: Vectors, centre: Vectors) -> None:
        best -= np.add.reduce(best, axis=0) / self._dtype(self._width)
        scale = np.einsum("ij,ij->j", best, best)
        scale /= self._dtype(self._width)
        scale += self._dtype(1e-8)
        np.sqrt(scale, out=scale)
        best /= scale
        best *= gain
        centre += best
