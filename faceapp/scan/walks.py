"""The folders of one scan: walked one after the other, some of them offline, files gone from others.

Scan's thread only; the walk itself has a thread of its own.
"""

from __future__ import annotations

import gc
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faceapp.jobs import start_thread
from faceapp.ports import ScanStore
from faceapp.scan.control import Control
from faceapp.scan.ignoring import Ignored
from faceapp.scan.tally import Tally
from faceapp.scan.targets import Target
from faceapp.scan.walk import FolderError, check_folder
from faceapp.scan.walker import Found, Gone, Unreadable, Walked, Walker, WalkMessage
from faceapp.types import PhotoState
from faceapp.types_scan import PendingPhoto

_CHUNK = 1000  # photos a transaction of the store

OnProblem = Callable[[Path, str], None]


@dataclass(frozen=True, slots=True)
class Places:
    """What there is to walk, and how."""

    targets: Sequence[Target]
    known: Mapping[Path, int]  # the library's folders and their ids
    suffixes: Collection[str]
    retry_failed: bool
    on_problem: OnProblem  # what the walk could not read, and folders that nobody asked for and that are offline
    ignored: Ignored | None = None  # what the user wants left out


class Walks:
    """``errors`` tell of folders that were asked for and cannot be reached; the others go on."""

    def __init__(
        self, places: Places, store: ScanStore, control: Control, tally: Tally, put: Callable[[WalkMessage], None]
    ) -> None:
        self._places = places
        self._store = store
        self._control = control
        self._tally = tally
        self._put = put
        self._targets = deque(places.targets)
        self._folders: dict[int, Target] = {}  # that a walk was begun in, by id; the first target of each
        self._now: tuple[int, Walker] | None = None  # the folder that is walked, and by whom
        self._unseen: set[int] = set()  # photos that wait, which no walk came by: their file may be out of reach
        self._again: set[int] = set()  # photos that were missing
        self._gone: dict[int, list[Gone]] = {}  # by folder, of those that were walked whole
        self.threads: list[threading.Thread] = []
        self.errors: list[FolderError] = []
        self.offline: set[int] = set()  # folders that went away
        self.to_read = 0  # files that were found and want to be read
        self.found_more = False  # since ``waiting`` was called

    @property
    def active(self) -> bool:
        """Return whether a walk goes on now."""
        return self._now is not None

    @property
    def done(self) -> bool:
        return self._now is None and not self._targets

    @property
    def folder_ids(self) -> list[int]:
        """Return the folders that were begun."""
        return list(self._folders)

    def begin_next(self) -> None:
        """Begin the next walk unless one goes on."""
        while self._now is None and self._targets:
            target = self._targets.popleft()
            try:
                self._begin(target)
            except FolderError as error:
                self._tell(target, error)

    def _begin(self, target: Target) -> None:
        if target.start == Path():
            check_folder(target.root)  # before it is added: it may be a typing error
        folder_id = self._places.known.get(target.root) or self._store.add_folder(target.root).id
        self._folders.setdefault(folder_id, target)
        with _without_garbage_collection():
            known = self._store.known_files(folder_id)
        waits = PhotoState.PENDING.value
        self._unseen.update([photo_id for photo_id, _, _, state in known.values() if state == waits])
        self._tally.folder = target.path
        walker = Walker(
            target,
            known,
            suffixes=self._places.suffixes,
            retry_failed=self._places.retry_failed,
            control=self._control,
            put=self._put,
            ignored=self._places.ignored,
        )
        self._now = folder_id, walker
        self.threads.append(start_thread("scan-walk", walker.run))

    def handle(self, message: WalkMessage) -> None:
        """Take in what the walk came by. Raises what it stumbled over, if that is our own fault."""
        assert self._now is not None
        folder_id, walker = self._now
        match message:
            case Found():
                self._on_found(folder_id, message)
                walker.written()
            case Unreadable(path, reason):
                self._places.on_problem(path, reason)
            case Walked(gone, error):
                self._now = None
                if isinstance(error, FolderError):
                    self.set_offline(folder_id, error)
                elif error is not None:
                    raise error
                elif folder_id not in self.offline:
                    self._gone.setdefault(folder_id, []).extend(gone)

    def _on_found(self, folder_id: int, found: Found) -> None:
        self._tally.total += found.seen
        self._tally.skipped += found.unchanged + len(found.again)
        if found.fresh:
            self._store.put_pending(folder_id, found.fresh)
        if found.again:
            self._store.mark_found(found.again)
            self._again.update(found.again)
        self._unseen.difference_update(found.waiting)
        self.to_read += len(found.fresh) + len(found.waiting)
        self.found_more = self.found_more or bool(found.fresh or found.waiting or found.again)

    def waiting(self) -> list[PendingPhoto]:
        """Return what there is to read, newest first: only files seen by a walk, so that others can wait."""
        folders = [folder_id for folder_id in self._folders if folder_id not in self.offline]
        waiting = [photo for photo in self._store.pending(folders) if photo.id not in self._unseen]
        self.found_more = False
        if self._again:  # they were counted as skipped, but some had never been read
            never_read = self._again.intersection(photo.id for photo in waiting)
            self._again -= never_read
            self._tally.skipped -= len(never_read)
        return waiting

    def set_offline(self, folder_id: int, error: FolderError) -> None:
        """Leave a folder as it is: its photos stay pending, none is missing."""
        if folder_id not in self.offline:
            self.offline.add(folder_id)
            self._gone.pop(folder_id, None)
            self._tell(self._folders[folder_id], error)

    def mark_gone(self, *, but: Collection[int], sizes: Collection[int] = ()) -> None:
        """Mark what is gone as missing, except these photos and for now these sizes in bytes.

        A new file of the same size that is not read yet may prove to be the old one, moved.
        """
        for folder_id, ones in self._gone.items():
            now = [one.photo_id for one in ones if one.size not in sizes and one.photo_id not in but]
            for first in range(0, len(now), _CHUNK):
                self._store.mark_missing(now[first : first + _CHUNK])
            self._gone[folder_id] = [one for one in ones if one.size in sizes]

    def _tell(self, target: Target, error: FolderError) -> None:
        if target.asked:
            self.errors.append(error)
        else:
            self._places.on_problem(target.path, str(error))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Make many small tuples: they form no cycles, and to look for some takes a third as long as to make them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
