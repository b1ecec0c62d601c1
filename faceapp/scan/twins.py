"""Photos that may be copies of each other, and files that were moved."""

from __future__ import annotations

from dataclasses import replace

from faceapp.ports import ScanStore
from faceapp.types_scan import IndexedPhoto, PendingPhoto, SamePhoto, Twin

_MOST = 1000  # sent with a photo; of so many pictures of one size most are uncompressed and no copies at all


class Twins:
    """What the library knows of a size, and what this scan found out since. Scan's thread only."""

    def __init__(self, store: ScanStore) -> None:
        self._store = store
        self._known: dict[int, list[Twin]] = {}  # by size; only sizes that several photos of this scan have
        self.moved: set[int] = set()  # photos that took over a new path in this scan

    def of(self, photo: PendingPhoto, *, repeated: bool) -> tuple[Twin, ...]:
        """Return what a photo may be a copy of. ``repeated``: other photos of this scan have the same size."""
        twins = self._of_size(photo.size) if repeated else self._store.twins(photo.size)
        if len(twins) > _MOST:  # a file that was moved has kept its name, most likely
            twins = sorted(twins, key=lambda twin: twin.path.name != photo.path.name)[:_MOST]
        return tuple(twins)

    def learn(
        self, photo: PendingPhoto, result: IndexedPhoto | SamePhoto, *, repeated: bool
    ) -> IndexedPhoto | SamePhoto:
        """Note a result before it is written; return what there is to write."""
        if isinstance(result, SamePhoto):
            if not result.moved:
                return result
            if result.twin_id in self.moved:  # two new files have the content of one that is gone: one is a copy
                return replace(result, moved=False)
            self.moved.add(result.twin_id)
        if repeated:
            twins, here = self._of_size(photo.size), photo.id
            if isinstance(result, SamePhoto):
                here = result.twin_id
                twins[:] = [twin for twin in twins if twin.photo_id != here]
            twins.append(Twin(here, photo.root, photo.path, result.content_hash))
        return result

    def _of_size(self, size: int) -> list[Twin]:
        if size not in self._known:
            self._known[size] = self._store.twins(size)
        return self._known[size]
