"""Which photo is read next: the newest, those that the user looks at first, copies one after the other."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence

from faceapp.types_scan import PendingPhoto

_LOOK_AHEAD = 256  # photos; so many of one size in a row that nobody knows are rare


class Feed:
    """The photos that wait, over all folders of a scan. Scan's thread only.

    Two files of the same size may be copies, and then one detection serves both, if the second is handed out when
    the first is done. So a photo is held back while another of its size is being read, and others go meanwhile.
    That ends with the second answer of a size: by then there are twins to compare a third one with, or the size says
    nothing (ten thousand uncompressed pictures) and holding back would cost all processors but one. From there on
    only photos whose names are alike wait for each other, again until the second answer. Two copies that slip
    through are detected twice: that costs time, it is never wrong.
    """

    def __init__(self, preferred: Callable[[], int | None]) -> None:
        """``preferred`` returns the folder whose photos come before all others, None for no folder."""
        self._preferred = preferred
        self._waiting: set[int] = set()  # ids; a photo stands in two queues and is taken from one
        self._all: deque[PendingPhoto] = deque()
        self._by_folder: dict[int, deque[PendingPhoto]] = {}
        self._repeated: set[int] = set()  # sizes that several photos have
        self._answers: Counter[tuple[int, str]] = Counter()  # by size and stem of the name; all of a size under ""
        self._reading: dict[int, list[str]] = {}  # stems of the photos that were handed out, by size

    def __len__(self) -> int:
        return len(self._waiting)

    def fill(self, photos: Sequence[PendingPhoto]) -> None:
        """Put these photos, newest first, in the place of what waits."""
        self._waiting = {photo.id for photo in photos}
        self._all = deque(photos)
        folders: defaultdict[int, deque[PendingPhoto]] = defaultdict(deque)
        seen = set(self._reading)
        for photo in photos:
            folders[photo.folder_id].append(photo)
            if photo.size in seen:
                self._repeated.add(photo.size)
            seen.add(photo.size)
        self._by_folder = dict(folders)

    def drop_folder(self, folder_id: int) -> None:
        """Let the photos of a folder wait for another scan."""
        self._waiting.difference_update(photo.id for photo in self._by_folder.pop(folder_id, ()))

    def clear(self) -> None:
        self.fill(())

    def sizes(self) -> set[int]:
        """Return the sizes in bytes of the photos that wait or are being read."""
        return {photo.size for photo in self._all if photo.id in self._waiting} | self._reading.keys()

    def is_repeated(self, size: int) -> bool:
        """Return whether several photos have this size."""
        return size in self._repeated

    def take(self) -> PendingPhoto | None:
        """Return the next photo to hand out, None if none can go now."""
        preferred = self._preferred()
        photo = self._next_of(self._by_folder.get(preferred, deque())) if preferred is not None else None
        photo = photo or self._next_of(self._all)
        if photo is not None:
            self._waiting.discard(photo.id)
            self._reading.setdefault(photo.size, []).append(photo.path.stem)
        return photo

    def answered(self, photo: PendingPhoto) -> None:
        """Note that a photo is read, failed or was dropped."""
        size, stem = photo.size, photo.path.stem
        self._reading[size].remove(stem)
        if not self._reading[size]:
            del self._reading[size]
        if size in self._repeated:
            self._answers[size, ""] += 1
            self._answers[size, stem] += 1

    def _next_of(self, queue: deque[PendingPhoto]) -> PendingPhoto | None:
        place = 0
        while place < min(len(queue), _LOOK_AHEAD):
            photo = queue[place]
            if photo.id in self._waiting and self._is_held_back(photo):
                place += 1
                continue
            del queue[place]
            if photo.id in self._waiting:
                return photo
        return None

    def _is_held_back(self, photo: PendingPhoto) -> bool:
        others = self._reading.get(photo.size)
        if not others:
            return False
        if self._answers[photo.size, ""] < 2:
            return True
        stem = photo.path.stem
        alike = any(stem.startswith(other) or other.startswith(stem) for other in others)  # “a”, “a copy”, “a (1)”
        return alike and self._answers[photo.size, stem] < 2
