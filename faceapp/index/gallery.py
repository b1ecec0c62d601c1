"""All embeddings behind one door: the exact index with its files, and HNSW beside it when it is ready."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import numpy as np

from faceapp.errors import FaceappError
from faceapp.index.exact import DEFAULT_FLOOR, ExactIndex, as_vectors
from faceapp.index.hnsw import HnswError, HnswIndex, Identity, hnsw_available
from faceapp.index.keeping import Source, VectorFiles, fill
from faceapp.index.locks import ReadWriteLock
from faceapp.index.matches import SortedMatches, no_matches
from faceapp.index.projection import candidates
from faceapp.index.segments import Origin
from faceapp.jobs import Cancelled, CancelToken
from faceapp.types import Combine, FloatArray, IdArray

_log = logging.getLogger(__name__)
_BUILD_FACES = 1024  # added between two looks at the cancel token, about half a second
_FEW_CHANGES = 256  # so few are caught up with while the writer waits


class FaceGallery:
    """Implements ``ports.Gallery``. Safe from any thread: searches run side by side, a change runs alone.

    ``dimension`` is that of the embeddings, ``floor`` the slider's minimum, a cosine. Every answer
    is cut there. The approximate index is only ever a short cut for ``nearest``: when it is
    missing, not ready or broken, the exact one answers. With ``loading``, everything but ``ready`` and
    ``nearest_is_quick`` waits until ``load`` is done, or raises what ``fail`` was given.
    """

    def __init__(self, dimension: int, floor: float = DEFAULT_FLOOR, *, loading: bool = False) -> None:
        self._index = ExactIndex(dimension, floor)
        self._lock = ReadWriteLock()  # guards the exact index
        self._changes = threading.Lock()  # held by whoever changes the gallery, so that both indexes agree
        self._opening = threading.Lock()
        self._files: VectorFiles | None = None
        self._hnsw: HnswIndex | None = None
        self._journal: set[int] | None = None  # faces changed while an index is being opened
        self._home: tuple[Path, str, str] | None = None
        self._written: Identity | None = None  # what the file of the approximate index holds
        self._settled = threading.Event()  # loaded or failed
        self._failure: Exception | None = None
        if not loading:
            self._settled.set()

    def __len__(self) -> int:
        return len(self._exact)

    @property
    def dimension(self) -> int:
        return self._index.dimension

    @property
    def floor(self) -> float:
        return self._index.floor

    @property
    def ready(self) -> bool:
        """Return whether everything is loaded, so that nothing waits."""
        return self._settled.is_set() and self._failure is None

    @property
    def nearest_is_quick(self) -> bool:
        """Return whether ``nearest`` is answered by HNSW."""
        return self._hnsw is not None

    @property
    def _exact(self) -> ExactIndex:
        """Return the exact index once it is loaded. Taken before the locks, so that nobody waits holding one."""
        self._settled.wait()
        if self._failure is not None:
            raise self._failure
        return self._index

    def load(
        self,
        source: Source,
        folder: Path | None,
        origin: Origin | None,
        *,
        tidy: bool = True,
        cancel: CancelToken | None = None,
    ) -> None:
        """Load all faces of a library, once, before any other change; then whoever waits goes on.

        Vectors come from the files in ``folder`` that are of ``origin``, and what these lack from ``source``. The files
        are kept up to date from then on, unless ``tidy`` is False: then they are only read. Whatever this raises is
        raised for all who wait too; when it is cancelled, they get an error and this returns.
        """
        try:
            self._files = fill(self._index, source, folder, origin, self._lock, tidy=tidy, cancel=cancel)
        except Cancelled:
            self.fail(FaceappError("The library was closed before its faces were loaded."))
        except Exception as error:
            self.fail(error)
            raise
        self._settled.set()
        if self._files is not None:
            with self._changes:
                self._files.spill(merge=False)

    def fail(self, error: Exception) -> None:
        """Let everybody who waits, and whoever asks later, get an error: there is nothing to search."""
        self._failure = error
        self._settled.set()

    def add(self, face_ids: IdArray, photo_ids: IdArray, embeddings: FloatArray, sums: IdArray | None = None) -> None:
        """Add faces: ids (N,), photo ids (N,), unit vectors (N, D), sums (N,) as in ``VectorListing``.

        A face that is here is replaced. Without sums they are not written to files. Raises ``ValueError``, and
        changes nothing, when a vector is not finite or not of length 1; ``exact.usable_rows`` finds those beforehand.
        """
        exact = self._exact
        with self._changes:
            with self._lock.write():
                exact.add(face_ids, photo_ids, embeddings, sums)
            self._follow(np.unique(np.asarray(face_ids, np.int64)))
            if self._files is not None:
                self._files.spill()

    def remove(self, face_ids: IdArray) -> None:
        """Take faces out; ids that are not here are left alone."""
        exact = self._exact
        with self._changes:
            with self._lock.write():
                exact.remove(face_ids)
            self._follow(np.unique(np.asarray(face_ids, np.int64)))

    def embedding(self, face_id: int) -> FloatArray | None:
        """Return a copy of a face's unit vector (D,), None if the face is not here."""
        exact = self._exact
        with self._lock.read():
            return exact.embedding(face_id)

    def listing(self) -> tuple[IdArray, IdArray]:
        """Return the face ids and photo ids (N,) of all faces, in no particular order."""
        exact = self._exact
        with self._lock.read():
            return exact.face_ids, exact.photo_ids

    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
        """Return ids (M,) and unit vectors (M, D), copied, of those of ``face_ids`` that are here, in their order."""
        exact = self._exact
        with self._lock.read():
            return exact.take(face_ids)

    def search(
        self,
        probes: FloatArray,
        combine: Combine = Combine.ANY,
        *,
        exclude: FloatArray | None = None,
        without: float = 1.0,
        allowed: IdArray | None = None,
    ) -> SortedMatches:
        """Return every face from the floor on for unit vectors (Q, D), as ``ports.Gallery`` says.

        Always exact. Raises ``ValueError``.
        """
        exact = self._exact
        with self._lock.read():
            return exact.search(probes, combine, exclude=exclude, without=without, allowed=allowed)

    def nearest(self, probe: FloatArray, k: int) -> SortedMatches:
        """Return about the ``k`` best faces from the floor on for one unit vector (D,).

        The scores are those that ``search`` gives, bit for bit. Raises ``ValueError``.
        """
        probe = as_vectors(probe, self.dimension)
        if len(probe) != 1:
            raise ValueError(f"nearest takes one probe, not {len(probe)}")
        if k < 1:
            return no_matches(self.floor)
        exact, hnsw = self._exact, self._hnsw
        if hnsw is not None:
            try:
                found = hnsw.nearest(probe, candidates(k))
            except HnswError:  # asks for more than it can reach
                pass
            else:
                with self._lock.read():
                    return exact.rescore(probe, found, k)
        with self._lock.read():
            return exact.nearest(probe, k)

    def open_hnsw(
        self, path: Path, library_id: str, model_id: str, *, cancel: CancelToken | None = None, threads: int = 1
    ) -> bool:
        """Load the approximate index from its file, or build it anew; return whether it is ready.

        Takes minutes for a million faces: call it on a background thread, after the first ``add``.
        Searches and changes go on meanwhile. A file that does not fit the gallery to the last bit
        is not used. Never raises for a damaged file or a failing hnswlib; False when cancelled, or when there
        is nothing to search.
        """
        self._settled.wait()
        if self._failure is not None:
            return False
        with self._opening:
            with self._changes:
                self._home = path, library_id, model_id
                self._hnsw = self._written = None
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

    def save(self) -> None:
        """Write to files what is in memory only, and the approximate index; nothing of a gallery that is not loaded."""
        if not self.ready:
            return
        if self._files is not None:
            with self._changes:
                self._files.save()
        self.save_hnsw()

    def save_hnsw(self) -> bool:
        """Write the approximate index to the file it was opened with, if that differs; return whether it is there.

        Changes wait meanwhile, searches do not. A full disk leaves the old file as it was.
        """
        with self._changes:
            if self._hnsw is None or self._home is None:
                return False
            path, library_id, model_id = self._home
            identity = self._identity(library_id, model_id)
            if identity == self._written:
                return True
            try:
                self._hnsw.save(path, identity)
            except HnswError as error:
                _log.warning("the approximate index was not saved: %s", error)
                return False
            self._written = identity
            return True

    def _identity(self, library_id: str, model_id: str) -> Identity:
        """Describe the contents; the caller holds ``_changes``, so that they stand still."""
        last = int(self._exact.face_ids.max(initial=-1))
        return Identity(library_id, model_id, self.dimension, len(self._exact), last, self._exact.fingerprint())

    def _load(self, path: Path, identity: Identity, face_ids: IdArray) -> HnswIndex | None:
        try:
            loaded = HnswIndex.load(path, identity, face_ids)
        except HnswError as error:
            _log.info("building the approximate index anew: %s", error)
            return None
        self._written = identity
        return loaded

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
