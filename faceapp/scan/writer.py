"""Batching results, so that the library commits rarely but the first faces show at once."""

from __future__ import annotations

from collections.abc import Callable

from faceapp.ports import ScanStore
from faceapp.types_scan import FailedPhoto, IndexedPhoto, SamePhoto

_PHOTOS = 50  # a commit: fast enough for SQLite, little to lose
_FIRST_SECONDS = 0.05
_SECONDS = 2.0


class Writer:
    """Saves a batch once it is full or old. The age allowed doubles from batch to batch. Scan's thread only."""

    def __init__(self, store: ScanStore, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._batch: list[IndexedPhoto | FailedPhoto | SamePhoto] = []
        self._oldest = 0.0
        self._patience = _FIRST_SECONDS

    def add(self, result: IndexedPhoto | FailedPhoto | SamePhoto) -> None:
        if not self._batch:
            self._oldest = self._clock()
        self._batch.append(result)

    def flush_if_due(self) -> None:
        if len(self._batch) >= _PHOTOS or (self._batch and self._clock() - self._oldest >= self._patience):
            self.flush()

    def flush(self) -> None:
        if not self._batch:
            return
        batch, self._batch = self._batch, []
        self._store.save(batch)
        self._patience = min(_SECONDS, 2 * self._patience)
