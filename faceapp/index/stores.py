"""Where the float32 vectors of a gallery lie: in mapped files, the newest in memory.

A vector's home is one number: the store's key in the upper 32 bits, its place there in the lower ones.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from faceapp.index.segments import Segment
from faceapp.index.sharing import share
from faceapp.types import FloatArray, IdArray

TAIL_ROWS = 1 << 14  # of a chunk of memory; the system gives pages as they are filled
_PART_NUMBERS = 1 << 19  # scored at a time: 2 MB
_FEW_ROWS = 4096  # scored before a helper is awake


class Stores:
    """Vectors (D,) by home. What reads may run side by side."""

    def __init__(self, dimension: int) -> None:
        self.segments: dict[int, Segment] = {}  # by key, in the order in which they came
        self._dimension = dimension
        self._arrays: dict[int, FloatArray] = {}  # by key
        self._next_key = 0
        self._tail_key = -1  # of the newest chunk in memory
        self._free = 0  # rows at its end

    @property
    def tail_rows(self) -> int:
        """Return how many rows memory is taken for, those that nobody needs any more included."""
        return sum(len(self._arrays[key]) for key in self.keys(tail=True).tolist()) - self._free

    def put(self, vectors: FloatArray) -> IdArray:
        """Copy vectors (N, D) into memory and return their homes (N,)."""
        if len(vectors) > self._free:
            self._free = max(TAIL_ROWS, len(vectors))
            self._tail_key = self._new_key(np.empty((self._free, self._dimension), np.float32))
        chunk = self._arrays[self._tail_key]
        top = len(chunk) - self._free
        chunk[top : top + len(vectors)] = vectors
        self._free -= len(vectors)
        return homes_in(self._tail_key, np.arange(top, top + len(vectors)))

    def compact(self, homes: IdArray) -> IdArray:
        """Move vectors in memory together and let go of all others there; return the new homes."""
        old, self._free = self.keys(tail=True), 0
        moved = [self.put(self.take(homes[top : top + TAIL_ROWS])) for top in range(0, len(homes), TAIL_ROWS)]
        self.drop(old)
        return np.concatenate([np.empty(0, np.int64), *moved])

    def map(self, segment: Segment) -> int:
        """Take a segment's vectors in; return its key."""
        key = self._new_key(np.asarray(segment.vectors))
        self.segments[key] = segment
        return key

    def drop(self, keys: IdArray) -> None:
        """Let stores go that nobody needs any more."""
        for key in keys.tolist():
            self.segments.pop(key, None)
            del self._arrays[key]
            if key == self._tail_key:
                self._free = 0

    def keys(self, *, tail: bool) -> IdArray:
        """Return the keys of the stores in memory, or of the mapped ones."""
        return np.array([key for key in self._arrays if (key not in self.segments) == tail], np.int64)

    def in_memory(self, homes: IdArray) -> NDArray[np.bool_]:
        """Return which of these homes (N,) lie in memory."""
        in_memory: NDArray[np.bool_] = np.ones(self._next_key, np.bool_)
        in_memory[self.keys(tail=False)] = False
        found: NDArray[np.bool_] = in_memory[homes >> 32]
        return found

    def take(self, homes: IdArray) -> FloatArray:
        """Return copies (N, D) of vectors."""
        vectors = np.empty((len(homes), self._dimension), np.float32)
        order, parts = self._parts(homes)

        def copy(part: _Part) -> None:
            start, stop, store, places = part
            vectors[order[start:stop]] = store[places]

        share(copy, parts, alone=len(homes) < _FEW_ROWS)
        return vectors

    def score(self, homes: IdArray, probes: FloatArray) -> FloatArray:
        """Return the inner products (N, Q) with probes (Q, D), each the same to the last bit wherever a vector lies.

        That takes a fixed order of summation: the last bit of a matrix product depends on the row's place in it.
        """
        scores = np.empty((len(homes), len(probes)), np.float32)
        order, parts = self._parts(homes)

        def score(part: _Part) -> None:
            start, stop, store, places = part
            vectors = store[places]
            for column, probe in enumerate(probes):
                scores[order[start:stop], column] = np.einsum("nd,d->n", vectors, probe)

        share(score, parts, alone=len(homes) < _FEW_ROWS)
        return scores

    def _new_key(self, vectors: FloatArray) -> int:
        self._arrays[self._next_key] = vectors
        self._next_key += 1
        return self._next_key - 1

    def _parts(self, homes: IdArray) -> tuple[IdArray, list[_Part]]:
        """Return the order of homes in which stores are read from front to back, and the parts of that order."""
        order = np.argsort(homes)
        homes = homes[order]
        keys, places = homes >> 32, homes & 0xFFFFFFFF
        size = max(1, _PART_NUMBERS // self._dimension)
        edges = [0, *(np.flatnonzero(np.diff(keys)) + 1).tolist(), len(homes)]
        spans = [
            (top, min(top + size, stop))
            for start, stop in itertools.pairwise(edges)
            for top in range(start, stop, size)
        ]
        return order, [(start, stop, self._arrays[int(keys[start])], places[start:stop]) for start, stop in spans]


_Part = tuple[int, int, FloatArray, IdArray]  # start and stop in the order, the store, the places there


def homes_in(key: int, places: IdArray) -> IdArray:
    """Return the homes of places in the store of that key."""
    return (np.int64(key) << 32) | places.astype(np.int64)
