"""Vectors for the tests of the index."""

from __future__ import annotations

import itertools

import numpy as np

from faceapp.types import FloatArray

# Unit vectors whose inner products are exactly -1, -0.5, 0, 0.5 or 1 in any order of summation.
EXACT = np.array(
    [*itertools.product((0.5, -0.5), repeat=4), *np.eye(4), *-np.eye(4)],
    dtype=np.float32,
)


def unit(rng: np.random.Generator, count: int, dimension: int = 16) -> FloatArray:
    vectors = rng.standard_normal((count, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def people(rng: np.random.Generator, faces: int, dimension: int = 16, spread: float = 0.15) -> FloatArray:
    """Return unit vectors in clusters of about ten."""
    centres = unit(rng, max(1, faces // 10), dimension)
    vectors = centres[rng.integers(0, len(centres), faces)] + spread * rng.standard_normal((faces, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
