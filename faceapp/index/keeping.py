"""Keeps the vectors of a gallery in files: opens them, and writes what is in memory only.

The files only save reading the library again: what they lack or hold wrongly comes from there, face by face.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

import numpy as np

from faceapp.index.exact import ExactIndex, usable_rows
from faceapp.index.locks import ReadWriteLock
from faceapp.index.segments import Origin, discard, read_segments
from faceapp.jobs import CancelToken
from faceapp.types import FloatArray, IdArray
from faceapp.types_search import VectorListing

_log = logging.getLogger(__name__)
SPILL_ROWS = 1 << 15  # in memory only: 64 MB of 512 numbers each
_LOADING_ROWS = 1 << 17  # the same while the library is read: fewer and larger files
_SOURCE_ROWS = 4096


class Source(Protocol):
    """The part of ``ports.Reader`` that hands out vectors."""

    def vector_listing(self) -> VectorListing: ...
    def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]: ...


class VectorFiles:
    """The files of one origin in a folder. ``tidy=False`` only reads them: another process may be writing."""

    def __init__(self, exact: ExactIndex, lock: ReadWriteLock, folder: Path, origin: Origin, *, tidy: bool) -> None:
        self._exact = exact
        self._lock = lock  # guards ``exact``
        self._folder = folder
        self._origin = origin
        self._tidy = tidy
        self._due = SPILL_ROWS

    def adopt(self, listing: VectorListing) -> IdArray:
        """Take in what the files hold of a listing; return the faces (M,) that none of them holds."""
        missing = np.ones(len(listing.face_ids), np.bool_)
        if not len(missing):
            return listing.face_ids
        for segment in read_segments(self._folder, self._origin, tidy=self._tidy):
            places = np.searchsorted(listing.face_ids, segment.face_ids)
            places[places == len(missing)] = 0
            same = (listing.face_ids[places] == segment.face_ids) & (listing.sums[places] == segment.sums)
            rows = np.flatnonzero(same & missing[places] & (segment.sums != 0))
            rows = rows[np.unique(places[rows], return_index=True)[1]]
            self._exact.adopt(segment, np.sort(rows), listing.photo_ids[places[np.sort(rows)]])
            missing[places[rows]] = False
        return listing.face_ids[missing]

    def spill(self, *, loading: bool = False, merge: bool = True) -> None:
        """Write what is in memory only once it is much, as ``save`` does."""
        if self._exact.unsaved >= (max(_LOADING_ROWS, self._due) if loading else self._due):
            self.save(merge=merge and not loading)

    def save(self, *, merge: bool = True) -> None:
        """Write what is in memory only, and with it smaller or half empty files that it replaces.

        No change may come meanwhile; searches may. When the disk is full all stays as it is.
        """
        if not self._tidy:
            return
        exact, absorbed, total = self._exact, [], self._exact.unsaved
        for key, segment, needed in exact.segments() if merge else []:
            hollow = 2 * needed < len(segment.face_ids)
            if hollow or (total and len(segment.face_ids) < 2 * total):
                absorbed.append((key, segment))
                total += needed
        if not total and not absorbed:
            return
        keys = np.array([key for key, _ in absorbed], np.int64)
        rows = exact.rows_to_save(keys)
        try:
            new = exact.write(rows, self._folder, self._origin) if len(rows) else None
        except OSError as error:
            _log.warning("vectors stay in memory, as they could not be written: %s", error)
            self._due = exact.unsaved + SPILL_ROWS
            return
        with self._lock.write():
            exact.saved(rows, new, keys)
        self._due = SPILL_ROWS
        discard(segment for _, segment in absorbed)


def fill(
    exact: ExactIndex,
    source: Source,
    folder: Path | None,
    origin: Origin | None,
    lock: ReadWriteLock,
    *,
    tidy: bool,
    cancel: CancelToken | None,
) -> VectorFiles | None:
    """Fill an empty index with all faces of a library, from its files where they hold them; return the files.

    Vectors that are damaged, or of another dimension, are left out. Raises ``Cancelled``, and what the library does.
    """
    listing = source.vector_listing()
    exact.reserve(len(listing.face_ids))
    files, missing = None, listing.face_ids
    if folder is not None and origin is not None:
        files = VectorFiles(exact, lock, folder, origin, tidy=tidy)
        missing = files.adopt(listing)
    damaged = 0
    for top in range(0, len(missing), _SOURCE_ROWS):
        if cancel is not None:
            cancel.check()
        face_ids, sums, vectors = source.vectors(missing[top : top + _SOURCE_ROWS])
        if vectors.shape[1:] != (exact.dimension,):
            damaged += len(face_ids)
            continue
        listed = np.searchsorted(listing.face_ids, face_ids)
        good = usable_rows(vectors)
        damaged += int((~good).sum())
        exact.add(face_ids[good], listing.photo_ids[listed[good]], vectors[good], sums[good])
        if files is not None:
            files.spill(loading=True)
    if damaged:
        _log.warning("%d stored embeddings are damaged; `faceapp doctor` names them", damaged)
    return files
