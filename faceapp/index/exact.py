"""All vectors in one matrix: the complete answer, and the truth that the approximate index is checked against.

Not thread-safe by itself; ``gallery`` guards it with a readers-writer lock.
"""

from __future__ import annotations

import hashlib
import zlib
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from faceapp.index.matches import SortedMatches, combine_scores, no_matches
from faceapp.types import Combine, FloatArray, IdArray

DEFAULT_FLOOR = 0.20  # the slider's minimum: below it nearly all are someone else
_BLOCK_SCORES = 1 << 22  # scores held at once: 16 MB
_RESCORE_ROWS = 1 << 14
_ROUNDING = 1e-4  # more than the order of summation can change a cosine of float32 unit vectors
_LENGTH_TOLERANCE = 0.02  # float16 storage moves the length by 0.0005
_FIRST_CAPACITY = 1024


def usable_rows(embeddings: FloatArray) -> NDArray[np.bool_]:
    """Return which rows of (N, D) are finite and of length 1, (N,): the only ones a gallery takes."""
    vectors = np.asarray(embeddings, np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
        usable: NDArray[np.bool_] = np.abs(lengths - 1.0) <= _LENGTH_TOLERANCE
    return usable


def as_vectors(values: FloatArray, dimension: int) -> FloatArray:
    """Return vectors as contiguous float32 (N, dimension), one vector as (1, dimension).

    Raises ``ValueError`` unless all are finite, of length 1 and of that dimension. One NaN would
    compare as no match with anything for ever; a raw embedding would match everything.
    """
    array = np.ascontiguousarray(values, dtype=np.float32)
    if array.ndim == 1:
        array = array[None, :]
    if array.ndim != 2 or array.shape[1] != dimension:
        raise ValueError(f"vectors must have the shape (N, {dimension}), not {np.shape(values)}")
    bad = np.flatnonzero(~usable_rows(array))
    if len(bad):
        raise ValueError(
            f"{len(bad)} of {len(array)} vectors are not finite or not of length 1, the first is row {bad[0]}"
        )
    return array


class ExactIndex:
    """Unit vectors (N, D) float32 in one growing matrix, with their face and photo ids."""

    def __init__(self, dimension: int, floor: float = DEFAULT_FLOOR) -> None:
        if dimension < 1:
            raise ValueError(f"a dimension must be positive, not {dimension}")
        if not -1.0 <= floor < 1.0:
            raise ValueError(f"the floor must be a cosine from -1 to below 1, not {floor}")
        self.dimension = dimension
        self.floor = floor
        self._count = 0
        self._vectors: FloatArray = np.empty((0, dimension), np.float32)
        self._face_ids: IdArray = np.empty(0, np.int64)
        self._photo_ids: IdArray = np.empty(0, np.int64)
        self._row_of: dict[int, int] = {}

    def __len__(self) -> int:
        return self._count

    def __contains__(self, face_id: int) -> bool:
        return face_id in self._row_of

    @property
    def face_ids(self) -> IdArray:
        """Return a copy of the face ids (N,), in no particular order."""
        return self._face_ids[: self._count].copy()

    @property
    def photo_ids(self) -> IdArray:
        """Return a copy of the photo ids (N,), in the order of ``face_ids``."""
        return self._photo_ids[: self._count].copy()

    def add(self, face_ids: IdArray, photo_ids: IdArray, embeddings: FloatArray) -> None:
        """Add faces; one that is here already is replaced, of one named twice the last counts.

        Raises ``ValueError``, and changes nothing, when arrays differ in length or a vector is unusable.
        """
        faces, photos = np.asarray(face_ids, np.int64), np.asarray(photo_ids, np.int64)
        if not len(faces) and not len(photos) and not np.size(embeddings):
            return
        vectors = as_vectors(embeddings, self.dimension)
        if faces.shape != (len(vectors),) or photos.shape != (len(vectors),):
            raise ValueError(f"{faces.shape} face ids, {photos.shape} photo ids and {len(vectors)} vectors do not fit")
        last = len(faces) - 1 - np.unique(faces[::-1], return_index=True)[1]
        if len(last) < len(faces):
            faces, photos, vectors = faces[last], photos[last], vectors[last]
        self._reserve(self._count + len(faces))  # first: when memory runs out, nothing has changed
        self.remove(faces)
        end = self._count + len(faces)
        self._vectors[self._count : end] = vectors
        self._face_ids[self._count : end] = faces
        self._photo_ids[self._count : end] = photos
        self._row_of.update(zip(faces.tolist(), range(self._count, end), strict=True))
        self._count = end

    def remove(self, face_ids: IdArray) -> None:
        """Take faces out; ids that are not here are left alone. The last row moves into the gap."""
        for face_id in np.asarray(face_ids, np.int64).tolist():
            row = self._row_of.pop(face_id, None)
            if row is None:
                continue
            self._count -= 1
            last = self._count
            if row != last:
                self._vectors[row] = self._vectors[last]
                self._face_ids[row] = self._face_ids[last]
                self._photo_ids[row] = self._photo_ids[last]
                self._row_of[int(self._face_ids[row])] = row

    def embedding(self, face_id: int) -> FloatArray | None:
        """Return a copy of a face's vector (D,), None if the face is not here."""
        row = self._row_of.get(face_id)
        return None if row is None else self._vectors[row].copy()

    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
        """Return ids (M,) and vectors (M, D), copied, of those of ``face_ids`` that are here."""
        rows = self._rows(face_ids)
        return self._face_ids[rows], self._vectors[rows]

    def search(self, probes: FloatArray, combine: Combine = Combine.ANY) -> SortedMatches:
        """Return every face that reaches the floor, for probes (Q, D) of length 1. Raises ``ValueError``."""
        probes = as_vectors(probes, self.dimension)
        if not len(probes):
            return no_matches(self.floor)
        step = max(1, _BLOCK_SCORES // len(probes))
        near = self.floor - _ROUNDING
        found = [
            np.flatnonzero((self._vectors[top : min(top + step, self._count)] @ probes.T).max(axis=1) >= near) + top
            for top in range(0, self._count, step)
        ]
        return self._matches(np.concatenate(found) if found else np.empty(0, np.int64), probes, combine)

    def nearest(self, probe: FloatArray, k: int) -> SortedMatches:
        """Return the ``k`` best of the faces that reach the floor."""
        return self.only_best(self.search(probe), k)

    def rescore(self, probe: FloatArray, face_ids: IdArray, k: int) -> SortedMatches:
        """Return the ``k`` best of ``face_ids``, scored exactly as ``search`` does."""
        probes = as_vectors(probe, self.dimension)
        return self.only_best(self._matches(self._rows(face_ids), probes, Combine.ANY), k)

    def only_best(self, matches: SortedMatches, k: int) -> SortedMatches:
        """Return the first ``k`` of ``matches``."""
        k = max(k, 0)
        return SortedMatches(matches.face_ids[:k], matches.photo_ids[:k], matches.scores[:k], self.floor)

    def fingerprint(self) -> str:
        """Return a checksum of all ids and vectors in order of face id.

        For the ids a sha256; for each block of vectors a crc32, ten times faster and enough
        against chance: nobody gains by forging a cache.
        """
        digest = hashlib.sha256()
        order = np.argsort(self._face_ids[: self._count])
        for top in range(0, len(order), _RESCORE_ROWS):
            rows = order[top : top + _RESCORE_ROWS]
            digest.update(self._face_ids[rows].tobytes())
            digest.update(zlib.crc32(self._vectors[rows].data).to_bytes(4, "little"))
        return digest.hexdigest()

    def _rows(self, face_ids: IdArray) -> IdArray:
        rows = np.fromiter(map(self._row_of.get, face_ids.tolist(), repeat(-1)), np.int64, len(face_ids))
        return rows[rows >= 0]

    def _matches(self, rows: IdArray, probes: FloatArray, combine: Combine) -> SortedMatches:
        """Score rows in a fixed order of summation: a matrix product's last bit depends on where a row lies."""
        scores = np.empty((len(rows), len(probes)), np.float32)
        for top in range(0, len(rows), _RESCORE_ROWS):
            part = self._vectors[rows[top : top + _RESCORE_ROWS]]
            for column, probe in enumerate(probes):
                scores[top : top + len(part), column] = np.einsum("nd,d->n", part, probe)
        np.clip(scores, -1.0, 1.0, out=scores)
        photos = self._photo_ids[rows]
        return SortedMatches(self._face_ids[rows], photos, combine_scores(scores, photos, combine), self.floor)

    def _reserve(self, wanted: int) -> None:
        capacity = len(self._face_ids)
        if wanted <= capacity:
            return
        # The first load gets what it asks for; then growth by half keeps the cost of a copy a face constant.
        capacity = max(wanted, capacity + capacity // 2, _FIRST_CAPACITY)
        for name in ("_vectors", "_face_ids", "_photo_ids"):
            old = getattr(self, name)
            new = np.empty((capacity, *old.shape[1:]), old.dtype)
            new[: self._count] = old[: self._count]
            setattr(self, name, new)
