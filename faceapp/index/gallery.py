"""All embeddings in memory behind one door: the exact matrix, and HNSW beside it when it is ready."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import numpy as np

from faceapp.index.exact import DEFAULT_FLOOR, ExactIndex, as_vectors
from faceapp.index.hnsw import HnswError, HnswIndex, Identity, hnsw_available
from faceapp.index.locks import ReadWriteLock
from faceapp.index.matches import SortedMatches, no_matches
from faceapp.jobs import Cancelled, CancelToken
from faceapp.types import Combine, FloatArray, IdArray

_log = logging.getLogger(__name__)
_BUILD_FACES = 1024  # added between two looks at the cancel token, about half a second
_FEW_CHANGES = 256  # so few are caught up with while the writer waits


class FaceGallery:
    """Implements ``ports.Gallery``. Safe from any thread: searches run side by side, a change runs alone.

    ``dimension`` is that of the embeddings, ``floor`` the slider's minimum, a cosine. Every answer
    is cut there. The approximate index is only ever a short cut for ``nearest``: when it is
    missing, not ready or broken, the exact one answers.
    """

    def __init__(self, dimension: int, floor: float = DEFAULT_FLOOR) -> None:
        self._exact = ExactIndex(dimension, floor)
        self._lock = ReadWriteLock()  # guards the exact index
        self._changes = threading.Lock()  # held by whoever changes the gallery, so that both indexes agree
        self._opening = threading.Lock()
        self._hnsw: HnswIndex | None = None
        self._journal: set[int] | None = None  # faces changed while an index is being opened
        self._home: tuple[Path, str, str] | None = None

    def __len__(self) -> int:
        return len(self._exact)

    @property
    def dimension(self) -> int:
        return self._exact.dimension

    @property
    def floor(self) -> float:
        return self._exact.floor

    @property
    def hnsw_ready(self) -> bool:
        """Return whether ``nearest`` is answered by HNSW."""
        return self._hnsw is not None

    def add(self, face_ids: IdArray, photo_ids: IdArray, embeddings: FloatArray) -> None:
        """Add faces: ids (N,), photo ids (N,), unit vectors (N, D). A face that is here is replaced.

        Raises ``ValueError``, and changes nothing, when a vector is not finite or not of length 1;
        ``exact.usable_rows`` finds those beforehand.
        """
        with self._changes:
            with self._lock.write():
                self._exact.add(face_ids, photo_ids, embeddings)
            self._follow(np.unique(np.asarray(face_ids, np.int64)))

    def remove(self, face_ids: IdArray) -> None:
        """Take faces out; ids that are not here are left alone."""
        with self._changes:
            with self._lock.write():
                self._exact.remove(face_ids)
            self._follow(np.unique(np.asarray(face_ids, np.int64)))

    def embedding(self, face_id: int) -> FloatArray | None:
        """Return a copy of a face's unit vector (D,), None if the face is not here."""
        with self._lock.read():
            return self._exact.embedding(face_id)

    def listing(self) -> tuple[IdArray, IdArray]:
        """Return the face ids and photo ids (N,) of all faces, in no particular order."""
        with self._lock.read():
            return self._exact.face_ids, self._exact.photo_ids

    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
        """Return ids (M,) and unit vectors (M, D), copied, of those of ``face_ids`` that are here, in their order."""
        with self._lock.read():
            return self._exact.take(face_ids)

    def search(self, probes: FloatArray, combine: Combine = Combine.ANY) -> SortedMatches:
        """Return every face from the floor on for unit vectors (Q, D). Always exact. Raises ``ValueError``."""
        with self._lock.read():
            return self._exact.search(probes, combine)

    def nearest(self, probe: FloatArray, k: int) -> SortedMatches:
        """Return about the ``k`` best faces from the floor on for one unit vector (D,).

        The scores are those that ``search`` gives, bit for bit. Raises ``ValueError``.
        """
        probe = as_vectors(probe, self.dimension)
        if len(probe) != 1:
            raise ValueError(f"nearest takes one probe, not {len(probe)}")
        if k < 1:
            return no_matches(self.floor)
        hnsw = self._hnsw
        if hnsw is not None:
            try:
                found = hnsw.nearest(probe, k)
            except HnswError:  # asks for more than it can reach
                pass
            else:
                with self._lock.read():
                    return self._exact.rescore(probe, found, k)
        with self._lock.read():
            return self._exact.nearest(probe, k)

    def open_hnsw(
        self, path: Path, library_id: str, model_id: str, *, cancel: CancelToken | None = None, threads: int = 1
    ) -> bool:
        """Load the approximate index from its file, or build it anew; return whether it is ready.

        Takes minutes for a million faces: call it on a background thread, after the first ``add``.
        Searches and changes go on meanwhile. A file that does not fit the gallery to the last bit
        is not used. Never raises for a damaged file or a failing hnswlib; False when cancelled.
        """
        with self._opening:
            with self._changes:
                self._home = path, library_id, model_id
                self._hnsw = None
                self._journal = set()
                face_ids = self._exact.face_ids
                identity = self._identity(library_id, model_id)
            try:
                if not hnsw_available():
                    return False
                self._catch_up(self._load(path, identity, face_ids) or self._build(face_ids, cancel, threads))
                return True
            except Cancelled:
                return False
            except HnswError as error:
                _log.warning("searching without the approximate index: %s", error)
                return False
            finally:
                with self._changes:
                    self._journal = None

    def save_hnsw(self) -> bool:
        """Write the approximate index to the file it was opened with; return whether that was done.

        Changes wait meanwhile, searches do not. A full disk leaves the old file as it was.
        """
        with self._changes:
            if self._hnsw is None or self._home is None:
                return False
            path, library_id, model_id = self._home
            try:
                self._hnsw.save(path, self._identity(library_id, model_id))
            except HnswError as error:
                _log.warning("the approximate index was not saved: %s", error)
                return False
            return True

    def _identity(self, library_id: str, model_id: str) -> Identity:
        """Describe the contents; the caller holds ``_changes``, so that they stand still."""
        last = int(self._exact.face_ids.max(initial=-1))
        return Identity(library_id, model_id, self.dimension, len(self._exact), last, self._exact.fingerprint())

    def _load(self, path: Path, identity: Identity, face_ids: IdArray) -> HnswIndex | None:
        try:
            return HnswIndex.load(path, identity, face_ids)
        except HnswError as error:
            _log.info("building the approximate index anew: %s", error)
            return None

    def _build(self, face_ids: IdArray, cancel: CancelToken | None, threads: int) -> HnswIndex:
        index = HnswIndex(self.dimension, capacity=len(face_ids) + _BUILD_FACES)
        for top in range(0, len(face_ids), _BUILD_FACES):
            if cancel is not None:
                cancel.check()
            self._bring_up_to_date(index, face_ids[top : top + _BUILD_FACES], threads)
        return index

    def _catch_up(self, index: HnswIndex) -> None:
        """Apply what changed while the index was being opened, then use it."""
        while True:
            with self._changes:
                changed, self._journal = self._journal or set(), set()
                if len(changed) <= _FEW_CHANGES:
                    self._bring_up_to_date(index, np.array(sorted(changed), np.int64))
                    self._hnsw, self._journal = index, None
                    return
            self._bring_up_to_date(index, np.array(sorted(changed), np.int64))

    def _follow(self, face_ids: IdArray) -> None:
        """Take changed faces over into the approximate index; the caller holds ``_changes``."""
        if self._journal is not None:
            self._journal.update(face_ids.tolist())
        if self._hnsw is not None:
            try:
                self._bring_up_to_date(self._hnsw, face_ids)
            except HnswError as error:
                _log.warning("searching without the approximate index: %s", error)
                self._hnsw = None

    def _bring_up_to_date(self, index: HnswIndex, face_ids: IdArray, threads: int = 1) -> None:
        with self._lock.read():
            here, vectors = self._exact.take(face_ids)
        index.add(here, vectors, threads)
        index.remove(np.setdiff1d(face_ids, here))
