"""The walk of one folder: what is on disk, compared with what the library knows, on a thread of its own."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from faceapp.jobs import Cancelled
from faceapp.scan.control import Control
from faceapp.scan.ignoring import Ignored
from faceapp.scan.targets import Target
from faceapp.scan.walk import FolderError, SeenFile, check_folder, printable_text, walk_photos
from faceapp.types import PhotoState
from faceapp.types_scan import FoundFile, KnownFile

_NEW_FILES = 1000  # a message, and a transaction of the store
_SECONDS = 0.1  # between messages
_AHEAD = 8  # messages that the store has not written yet

_INDEXED, _PENDING = PhotoState.INDEXED.value, PhotoState.PENDING.value
_FAILED, _MISSING = PhotoState.FAILED.value, PhotoState.MISSING.value


@dataclass(slots=True)
class Found:
    """Files that the walk came by since the last message."""

    seen: int = 0
    unchanged: int = 0  # read before
    fresh: list[FoundFile] = field(default_factory=list)  # new or changed
    again: list[int] = field(default_factory=list)  # photos that were missing and are back, unchanged
    waiting: list[int] = field(default_factory=list)  # photos known before that wait to be read


@dataclass(frozen=True, slots=True)
class Unreadable:
    path: Path  # absolute; what the library knows below it stays as it is
    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A photo that the library knows, whose file is not there any more."""

    photo_id: int
    size: int


@dataclass(frozen=True, slots=True)
class Walked:
    """The last message. After an error nothing counts as gone: the drive may have been pulled out."""

    gone: list[Gone]
    error: Exception | None = None


WalkMessage = Found | Unreadable | Walked


class Walker:
    """One walk. ``run`` puts messages, at most ``_AHEAD`` of new files before ``written`` is called."""

    def __init__(
        self,
        target: Target,
        known: dict[str, KnownFile],
        *,
        suffixes: Collection[str],
        retry_failed: bool,
        control: Control,
        put: Callable[[WalkMessage], None],
        ignored: Ignored | None = None,
    ) -> None:
        """``known`` is the walker's from here on: what it comes by is taken out, and the rest is gone."""
        self._target = target
        self._start = "" if target.start == Path() else os.fspath(target.start)
        inside = self._start + os.sep
        self._known = {path: file for path, file in known.items() if path.startswith(inside)} if self._start else known
        self._suffixes = suffixes
        self._retry_failed = retry_failed
        self._control = control
        self._put = put
        self._ignored = ignored
        self._room = threading.Semaphore(_AHEAD)
        self._unreadable: list[str] = []

    def written(self) -> None:
        """Let the walk go on after a ``Found``. Any thread."""
        self._room.release()

    def run(self) -> None:
        try:
            self._walk()
            self._put(Walked(self._gone()))
        except Cancelled:
            self._put(Walked([]))
        except Exception as error:
            self._put(Walked([], error))

    def _walk(self) -> None:
        found, sent = Found(), time.monotonic()
        try:
            for batch in walk_photos(
                self._target.root,
                self._suffixes,
                start=self._start,
                skip=self._target.skip,
                ignored=self._ignored,
                on_unreadable=self._on_unreadable,
                check=self._check,
            ):
                self._compare(batch, found)
                if len(found.fresh) >= _NEW_FILES or time.monotonic() - sent > _SECONDS:
                    self._send(found)
                    found, sent = Found(), time.monotonic()
        except FolderError:
            if not self._part_was_deleted():
                raise
        self._send(found)

    def _compare(self, batch: list[SeenFile], found: Found) -> None:
        take = self._known.pop
        unchanged = 0
        for path, size, mtime_ns in batch:
            known = take(path, None)
            if known is None:
                found.fresh.append(FoundFile(path, size, mtime_ns))
                continue
            photo_id, known_size, known_mtime_ns, state = known
            same = size == known_size and mtime_ns == known_mtime_ns
            if same and state == _INDEXED:
                unchanged += 1
                continue
            if state == _PENDING:
                found.waiting.append(photo_id)
            if not same or (state == _FAILED and self._retry_failed):
                found.fresh.append(FoundFile(path, size, mtime_ns))
            elif state == _MISSING:
                found.again.append(photo_id)
            elif state == _FAILED:
                unchanged += 1
        found.seen += len(batch)
        found.unchanged += unchanged

    def _send(self, found: Found) -> None:
        while not self._room.acquire(timeout=0.1):
            self._check()
        self._put(found)

    def _check(self) -> None:
        if not self._control.wait_while_paused():
            raise Cancelled

    def _on_unreadable(self, path: str, reason: str) -> None:
        self._unreadable.append(path)
        self._put(Unreadable(self._target.root / path, printable_text(reason)))

    def _part_was_deleted(self) -> bool:
        """Whether the part of a folder that was to be walked is no more, though the library knows photos in it."""
        if not self._start or not self._known:
            return False
        try:
            os.lstat(self._target.path)
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False
        return False

    def _gone(self) -> list[Gone]:
        """Return what the walk did not come by. Raises ``FolderError`` if the drive went away meanwhile."""
        gone = [
            Gone(known.photo_id, known.size)
            for path, known in self._known.items()
            if known.state != _MISSING and not self._hidden_by_a_problem(path)
        ]
        check_folder(self._target.root, len(gone))
        return gone

    def _hidden_by_a_problem(self, path: str) -> bool:
        return any(not problem or path == problem or path.startswith(problem + os.sep) for problem in self._unreadable)
