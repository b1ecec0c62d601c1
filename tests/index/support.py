"""Vectors for the tests of the index."""

from __future__ import annotations

import itertools

import numpy as np

from faceapp.types import FloatArray, IdArray
from faceapp.types_search import VectorListing

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


def naive_unwanted(
    wanted: list[list[float]], excluded: list[list[float]], photos: list[int], without: float
) -> set[int]:
    """Return the faces to leave out in plain words, from the scores of each for probes and for excluded ones."""
    bad = set()
    for face, scores in enumerate(excluded):
        if any(score >= np.float32(without) and all(score >= other for other in wanted[face]) for score in scores):
            bad.add(photos[face])
    return {face for face, photo in enumerate(photos) if photo in bad}


class Listed:
    """A library's vectors, handed out as ``ports.Reader`` does. ``asked`` notes the faces it was asked for."""

    def __init__(self, face_ids: IdArray, vectors: FloatArray, sums: IdArray | None = None) -> None:
        self.face_ids = np.asarray(face_ids, np.int64)
        self.stored = vectors
        self.sums = self.face_ids + 1000 if sums is None else sums
        self.asked: list[int] = []

    def vector_listing(self) -> VectorListing:
        return VectorListing(self.face_ids, self.face_ids // 2, self.sums)

    def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
        self.asked += face_ids.tolist()
        places = np.searchsorted(self.face_ids, face_ids)
        return face_ids, self.sums[places], self.stored[places]
