"""The weights of an entity recogniser as plain arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Layer:
    """One window layer: maxout of an affine map of the window, normalised, and added to its input."""

    weight: Floats
    """Shape (pieces · width, window · width), pieces first."""
    bias: Floats
    gain: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """All that turns embedded tokens into actions."""

    space_matters: bool
    """Whether the embedding of a token depends on the space after it."""
    layers: tuple[Layer, ...]
    width: int
    window: int
    padding: int
    hidden_weight: Floats
    """Shape (3, pieces · hidden, width): the token, the first of the open entity, the one before the token."""
    hidden_bias: Floats
    """Shape (3, pieces · hidden): what each feature adds to the bias if it is there."""
    hidden_absent: Floats
    """Shape (3, pieces · hidden): what it adds if it is not."""
    hidden_common: Floats
    pieces: int
    output_weight: Floats
    """Shape (actions, hidden)."""
    output_bias: Floats
    moves: tuple[tuple[str, str], ...]
    """For each action its move (B, I, L, U, O) and label."""
