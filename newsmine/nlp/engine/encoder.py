"""The maxout window encoder as blocked matrix products, feature by feature and token by token.

Tokens are columns: a window is then three copies of rows, every elementwise step runs over long rows, and no step
allocates. A block holds so many tokens that its buffers stay in the processor's second-level cache.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsmine.nlp.engine.weights import Floats, Weights

_BLOCK = 512
_EPSILON = np.float32(1e-8)


class Encoder:
    """Token rows to encoded vectors. Holds the buffers of one block, so each thread needs its own."""

    def __init__(self, weights: Weights, *, block: int = _BLOCK) -> None:
        """Prepare the layers, folding the shift of each normalisation into the biases that follow it."""
        self._width, self._window, self._halo = weights.width, weights.window, weights.padding
        self._columns = block + 2 * self._halo
        windows = 2 * self._window + 1
        shift = np.zeros(self._width, np.float32)
        self._layers: list[tuple[Floats, Floats]] = []
        for layer in weights.layers:
            bias = layer.bias + layer.weight @ np.tile(shift, windows)
            self._layers.append((np.hstack([layer.weight, bias[:, None]]), layer.gain[:, None].copy()))
            shift = shift + layer.shift
        self.shift: Floats = shift
        """What must still be added to every encoded vector."""
        self._pieces = len(self._layers[0][0]) // self._width
        self._input = np.ones((windows * self._width + 1, self._columns), np.float32)
        self._affine = np.empty((self._pieces * self._width, self._columns), np.float32)
        self._rows = np.empty((self._columns, self._width), np.float32)

    def blocks(self, rows: NDArray[np.int32], table: Floats) -> Iterator[tuple[int, Floats]]:
        """Yield, block by block, the number of the first token and the vectors, of shape (width, tokens).

        `rows` are row numbers of `table`, with row 0 (zeros) as padding between texts and at both ends. The vectors
        lack `shift`, and are overwritten by the next block.
        """
        step = self._columns - 2 * self._halo
        for start in range(0, len(rows), step):
            first, last = max(0, start - self._halo), min(len(rows), start + step + self._halo)
            vectors = self._encode(rows[first:last], table)
            yield start, vectors[:, start - first : min(len(rows), start + step) - first]

    def _encode(self, rows: NDArray[np.int32], table: Floats) -> Floats:
        n, width, window = len(rows), self._width, self._window
        np.take(table, rows, axis=0, out=self._rows[:n], mode="clip")
        inputs, affine = self._input[:, :n], self._affine[:, :n]
        centre = inputs[window * width : (window + 1) * width]
        centre[...] = self._rows[:n].T
        best = affine[:width]
        for weight, gain in self._layers:
            for k in range(1, window + 1):
                before = inputs[(window - k) * width : (window - k + 1) * width]
                after = inputs[(window + k) * width : (window + k + 1) * width]
                before[:, k:], before[:, :k] = centre[:, :-k], 0
                after[:, :-k], after[:, -k:] = centre[:, k:], 0
            np.matmul(weight, inputs, out=affine)
            for piece in range(1, self._pieces):
                np.maximum(best, affine[piece * width : (piece + 1) * width], out=best)
            best -= np.add.reduce(best, axis=0) / np.float32(width)
            scale = np.einsum("ij,ij->j", best, best)
            scale /= np.float32(width)
            scale += _EPSILON
            np.sqrt(scale, out=scale)
            best /= scale
            best *= gain
            centre += best
        return centre
