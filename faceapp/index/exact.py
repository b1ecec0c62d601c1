"""The complete answer, and the truth that the approximate index is checked against.

A first pass over one byte a number, in memory, finds every row that may match (``codes``); these are scored from their
float32 vectors, wherever those lie (``stores``). So the answer is that of brute force over float32.

Not thread-safe by itself; ``gallery`` guards it with a readers-writer lock.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faceapp.index.codes import MOST_NUMBERS, Codes, Probes, encode
from faceapp.index.matches import SortedMatches, combine_scores, no_matches, unwanted
from faceapp.index.segments import Origin, Segment, write_segment
from faceapp.index.sharing import share
from faceapp.index.stores import TAIL_ROWS, Stores, homes_in
from faceapp.index.table import Table
from faceapp.types import Combine, FloatArray, IdArray

DEFAULT_FLOOR = 0.20  # the slider's minimum: below it nearly all are someone else
_COPY_ROWS = 4096
_PASS_BYTES = 1 << 22  # of codes in one go of the first pass
_FEW_BYTES = 1 << 23  # passed through before it is worth waking a helper
_LENGTH_TOLERANCE = 0.02  # float16 storage moves the length by 0.0005


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
    """Unit vectors (N, D) float32 with their face and photo ids."""

    def __init__(self, dimension: int, floor: float = DEFAULT_FLOOR) -> None:
        if not 1 <= dimension <= MOST_NUMBERS:
            raise ValueError(f"a dimension must be positive and at most {MOST_NUMBERS}, not {dimension}")
        if not -1.0 <= floor < 1.0:
            raise ValueError(f"the floor must be a cosine from -1 to below 1, not {floor}")
        self.dimension = dimension
        self.floor = floor
        self._table = Table(dimension)
        self._stores = Stores(dimension)
        self._in_memory = 0  # faces with their vector in memory only
        self._unsaved = 0  # those of them that have a sum

    def __len__(self) -> int:
        return self._table.count

    def __contains__(self, face_id: int) -> bool:
        return self._row(face_id) is not None

    @property
    def face_ids(self) -> IdArray:
        """Return a copy of the face ids (N,), in no particular order."""
        return self._table.face_ids.copy()

    @property
    def photo_ids(self) -> IdArray:
        """Return a copy of the photo ids (N,), in the order of ``face_ids``."""
        return self._table.photo_ids.copy()

    def add(self, face_ids: IdArray, photo_ids: IdArray, embeddings: FloatArray, sums: IdArray | None = None) -> None:
        """Add faces; one that is here already is replaced, of one named twice the last counts.

        ``sums`` as in ``VectorListing``; 0, or None, where they are not known. Raises ``ValueError``, and changes
        nothing, when arrays differ in length or a vector is unusable.
        """
        faces, photos = np.asarray(face_ids, np.int64), np.asarray(photo_ids, np.int64)
        if not len(faces) and not len(photos) and not np.size(embeddings):
            return
        vectors = as_vectors(embeddings, self.dimension)
        marks = np.zeros(len(vectors), np.int64) if sums is None else np.asarray(sums, np.int64)
        if not faces.shape == photos.shape == marks.shape == (len(vectors),):
            raise ValueError(f"{faces.shape} face ids, {photos.shape} photo ids and {len(vectors)} vectors do not fit")
        last = len(faces) - 1 - np.unique(faces[::-1], return_index=True)[1]
        if len(last) < len(faces):
            faces, photos, vectors, marks = faces[last], photos[last], vectors[last], marks[last]
        coded = encode(vectors)
        self._table.reserve(len(faces))
        homes = self._stores.put(vectors)  # when memory runs out up to here, nothing has changed
        self._forget(faces)
        self._table.append(faces, photos, marks, homes, [coded])
        self._in_memory += len(faces)
        self._unsaved += int(np.count_nonzero(marks))
        self._tidy_memory()

    def adopt(self, segment: Segment, rows: IdArray, photo_ids: IdArray) -> None:
        """Add rows (M,) of a mapped file, faces that are not here; their vectors stay in the file."""
        homes = homes_in(self._stores.map(segment), rows)
        parts = (rows[top : top + _COPY_ROWS] for top in range(0, len(rows), _COPY_ROWS))
        coded = (Codes(segment.codes[part], segment.steps[part], segment.errors[part]) for part in parts)
        self._table.append(segment.face_ids[rows], photo_ids, segment.sums[rows], homes, coded)

    def reserve(self, faces: int) -> None:
        """Make room for more faces at once: growing bit by bit takes time and scatters memory."""
        self._table.reserve(faces)

    def remove(self, face_ids: IdArray) -> None:
        """Take faces out; ids that are not here are left alone."""
        self._forget(np.asarray(face_ids, np.int64))
        self._tidy_memory()

    def embedding(self, face_id: int) -> FloatArray | None:
        """Return a copy of a face's vector (D,), None if the face is not here."""
        row = self._row(face_id)
        return None if row is None else self._vectors(np.array([row]))[0]

    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
        """Return ids (M,) and vectors (M, D), copied, of those of ``face_ids`` that are here, in their order."""
        rows = self._rows(face_ids)
        return self._table.face_ids[rows], self._vectors(rows)

    def search(
        self,
        probes: FloatArray,
        combine: Combine = Combine.ANY,
        *,
        exclude: FloatArray | None = None,
        without: float = 1.0,
        allowed: IdArray | None = None,
    ) -> SortedMatches:
        """Return every face that reaches the floor, for probes (Q, D) of length 1. Raises ``ValueError``.

        ``exclude``, ``without`` and ``allowed`` as in ``ports.Gallery.search``; a ``without`` below the floor is taken
        for the floor.
        """
        probes = as_vectors(probes, self.dimension)
        if not len(probes):
            return no_matches(self.floor)
        if exclude is None or not np.size(exclude):
            exclude = np.empty((0, self.dimension), np.float32)
        exclude, without = as_vectors(exclude, self.dimension), max(without, self.floor)
        asked = np.concatenate([probes, exclude])
        rows = self._near(asked, [self.floor] * len(probes) + [without] * len(exclude))
        scores, photos = self._scores(rows, asked), self._table.photo_ids[rows]
        wanted, not_wanted = scores[:, : len(probes)], scores[:, len(probes) :]
        if len(exclude):
            kept = ~unwanted(wanted, not_wanted, photos, without)
            rows, wanted, photos = rows[kept], wanted[kept], photos[kept]
        combined, faces = combine_scores(wanted, photos, combine), self._table.face_ids[rows]
        if allowed is not None:
            shown = np.isin(faces, allowed, assume_unique=True)
            faces, photos, combined = faces[shown], photos[shown], combined[shown]
        return SortedMatches(faces, photos, combined, self.floor)

    def nearest(self, probe: FloatArray, k: int) -> SortedMatches:
        """Return the ``k`` best of the faces that reach the floor."""
        return self.search(probe).best(k)

    def rescore(self, probe: FloatArray, face_ids: IdArray, k: int) -> SortedMatches:
        """Return the ``k`` best of ``face_ids``, scored exactly as ``search`` does."""
        rows = self._rows(face_ids)
        scores = self._scores(rows, as_vectors(probe, self.dimension)).max(axis=1)
        return SortedMatches(self._table.face_ids[rows], self._table.photo_ids[rows], scores, self.floor).best(k)

    def fingerprint(self) -> str:
        """Return a checksum of all face ids and their sums, in order of face id; without a sum, of the codes."""
        digest = hashlib.sha256()
        order = np.argsort(self._table.face_ids)
        digest.update(self._table.face_ids[order].data)
        digest.update(self._table.sums[order].data)
        digest.update(self._table.codes_of(order[self._table.sums[order] == 0]).data)
        return digest.hexdigest()

    @property
    def unsaved(self) -> int:
        """Return how many faces with a sum have their vector in memory only."""
        return self._unsaved

    def segments(self) -> list[tuple[int, Segment, int]]:
        """Return key, mapped file and number of rows that are still needed, newest file first."""
        keys = self._stores.segments
        needed = np.bincount(self._table.homes >> 32, minlength=max(keys, default=0) + 1)
        return [(key, keys[key], int(needed[key])) for key in reversed(keys)]

    def rows_to_save(self, keys: IdArray) -> IdArray:
        """Return the rows (M,) that no file holds but those of these keys, in the order in which they lie."""
        homes = self._table.homes
        moved = np.isin(homes >> 32, keys) | (self._stores.in_memory(homes) & (self._table.sums != 0))
        rows = np.flatnonzero(moved)
        return rows[np.argsort(homes[rows])]

    def write(self, rows: IdArray, folder: Path, origin: Origin) -> Segment:
        """Write rows as a new file. Raises ``OSError``."""
        table = self._table
        parts = [rows[top : top + _COPY_ROWS] for top in range(0, len(rows), _COPY_ROWS)]
        return write_segment(
            folder,
            origin,
            table.face_ids[rows],
            table.sums[rows],
            map(self._vectors, parts),
            map(table.codes_of, parts),
            table.steps[rows],
            table.errors[rows],
        )

    def saved(self, rows: IdArray, segment: Segment | None, keys: IdArray) -> None:
        """Let rows live in a new file of theirs, in its order; forget the files of these keys."""
        homes = self._table.homes
        if segment is not None:
            homes[rows] = homes_in(self._stores.map(segment), np.arange(len(rows)))
        here = self._stores.in_memory(homes)
        empty = np.setdiff1d(self._stores.keys(tail=True), homes[here] >> 32)
        self._stores.drop(np.concatenate([keys, empty]))
        self._in_memory = int(np.count_nonzero(here))
        self._unsaved = int(np.count_nonzero(self._table.sums[here]))

    def _forget(self, face_ids: IdArray) -> None:
        rows = self._table.find(np.unique(face_ids))
        rows = np.sort(rows[rows >= 0])
        here = rows[self._stores.in_memory(self._table.homes[rows])]
        self._in_memory -= len(here)
        self._unsaved -= int(np.count_nonzero(self._table.sums[here]))
        self._table.remove(rows)

    def _tidy_memory(self) -> None:
        """Close the holes that faces left, once they take more than what is needed."""
        if self._stores.tail_rows > 2 * self._in_memory + TAIL_ROWS:
            here = np.flatnonzero(self._stores.in_memory(self._table.homes))
            self._table.homes[here] = self._stores.compact(self._table.homes[here])

    def _row(self, face_id: int) -> int | None:
        row = int(self._table.find(np.array([face_id]))[0])
        return None if row < 0 else row

    def _rows(self, face_ids: IdArray) -> IdArray:
        rows = self._table.find(np.asarray(face_ids, np.int64))
        return rows[rows >= 0]

    def _vectors(self, rows: IdArray) -> FloatArray:
        return self._stores.take(self._table.homes[rows])

    def _scores(self, rows: IdArray, probes: FloatArray) -> FloatArray:
        """Return exact scores (M, Q)."""
        scores = self._stores.score(self._table.homes[rows], probes)
        np.clip(scores, -1.0, 1.0, out=scores)
        return scores

    def _near(self, probes: FloatArray, floors: list[float]) -> IdArray:
        """Return the rows, ascending, that may reach the floor for one of the probes."""
        table, asked = self._table, Probes(probes, floors)
        spans = table.spans(max(1, _PASS_BYTES // self.dimension), 0, len(self))

        def pass_through(span: tuple[int, int]) -> IdArray:
            part = slice(*span)
            return asked.first_pass(table.codes(*span), table.steps[part], table.errors[part]) + span[0]

        found = share(pass_through, spans, alone=len(self) * self.dimension < _FEW_BYTES)
        return np.concatenate([np.empty(0, np.int64), *found])
