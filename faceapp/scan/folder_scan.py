"""Scanning one folder: compare what is on disk with the library, read what is new, write what came out.

Everything here runs on the thread that called ``scan``; it alone talks to the store. It never waits on the
workers with work to hand out, so the bounded queues cannot lock each other up.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from faceapp.jobs import Cancelled
from faceapp.ports import ScanStore
from faceapp.scan.channel import Closed
from faceapp.scan.tally import Tally
from faceapp.scan.targets import Target
from faceapp.scan.walk import FolderError, check_folder, printable_text, walk_photos
from faceapp.scan.workers import (
    JOIN_SECONDS,
    Broken,
    Control,
    Done,
    Dropped,
    Found,
    Gone,
    Job,
    Message,
    Offline,
    Unreadable,
    Walked,
    Workers,
)
from faceapp.scan.writer import Writer
from faceapp.types import FoundFile, KnownFile, PendingPhoto, PhotoState

log = logging.getLogger(__name__)

_CHUNK = 1000  # files a message of the walker and a transaction of the store
_CHUNK_SECONDS = 0.25
_HEAD_START = 1.0  # seconds for the walk alone, so that the newest photos come first; a slower one is not waited for
_TICK = 0.1  # seconds between looks at the clock and the cancel token
_DRIVE_SIZE = 20  # an empty folder that held this many photos is taken for a drive that is not mounted

OnProblem = Callable[[Path, str], None]


class FolderScan:
    """One folder of one scan. ``run`` returns when its photos are read or the scan was halted."""

    def __init__(
        self,
        target: Target,
        *,
        store: ScanStore,
        workers: Workers,
        writer: Writer,
        control: Control,
        tally: Tally,
        suffixes: Collection[str],
        on_problem: OnProblem,
        retry_failed: bool,
    ) -> None:
        self._target = target
        self._store = store
        self._workers = workers
        self._writer = writer
        self._control = control
        self._tally = tally
        self._suffixes = suffixes
        self._on_problem = on_problem
        self._retry_failed = retry_failed
        self.folder_id: int | None = None
        self._known: dict[Path, KnownFile] = {}
        self._seen: set[str] = set()  # relative paths; text compares faster than Path
        self._unreadable: set[Path] = set()
        self._feed: deque[PendingPhoto] = deque()
        self._taken: set[int] = set()  # handed to the workers in this run
        self._outstanding = 0
        self._walking = True
        self._skipped_before = 0
        self._queued_more = False  # pending photos were added since the feed was filled
        self._error: Exception | None = None

    def run(self, *, last: bool) -> None:
        """Scan. Raises ``FolderError`` if the folder is not reachable, and what the store or a model raises."""
        target, tally = self._target, self._tally
        check_folder(target.path)
        self.folder_id = self._store.add_folder(target.root).id
        known = self._store.known_files(self.folder_id)
        if target.start != Path():
            known = {path: file for path, file in known.items() if path.is_relative_to(target.start)}
        self._known = known
        self._skipped_before = tally.skipped
        tally.folder, tally.walking = target.path, True
        begin = time.monotonic()
        halted_at: float | None = None
        self._workers.watch("scan-walk", self._walk)
        while self._walking or self._feed or self._outstanding:
            if self._control.halted or self._error is not None:
                self._feed.clear()
                self._outstanding -= self._workers.withdraw()
                halted_at = time.monotonic() if halted_at is None else halted_at
                if time.monotonic() - halted_at > JOIN_SECONDS:
                    log.warning("A photo or folder takes too long to read; the scan ends without it.")
                    self._control.stop()  # its late messages must not meet the next folder
                    break
            elif not self._walking or (self._queued_more and time.monotonic() - begin > _HEAD_START):
                self._hand_out()
            try:
                message = self._workers.inbox.take(_TICK)
            except TimeoutError:
                pass
            else:
                self._handle(message)
                if isinstance(message, Walked) and self._error is None and not self._control.halted:
                    self._finish_walk()
                    tally.walking = not last
            self._writer.flush_if_due()
            tally.tick(paused=self._control.paused)
        self._writer.flush()
        if self._error is not None:
            raise self._error

    # The walker's thread.

    def _walk(self) -> None:
        files: list[FoundFile] = []
        error: Exception | None = None
        inbox = self._workers.inbox

        def check() -> None:
            if not self._control.wait_while_paused():
                raise Cancelled

        def unreadable(path: Path, reason: str) -> None:
            inbox.put(Unreadable(path, reason))

        try:
            sent = time.monotonic()
            target = self._target
            for file in walk_photos(
                target.root,
                self._suffixes,
                start=target.start,
                skip=target.skip,
                on_unreadable=unreadable,
                check=check,
            ):
                files.append(file)
                if len(files) >= _CHUNK or time.monotonic() - sent > _CHUNK_SECONDS:
                    check()
                    inbox.put(Found(files))
                    files, sent = [], time.monotonic()
            if files:
                inbox.put(Found(files))
        except (Cancelled, Closed):
            pass
        except Exception as caught:
            error = caught
        try:
            inbox.put(Walked(error))
        except Closed:
            return

    # The scan's thread.

    def _handle(self, message: Message) -> None:
        match message:
            case Found(files):
                self._compare(files)
            case Unreadable(path, reason):
                self._unreadable.add(path)
                self._on_problem(self._target.root / path, printable_text(reason))
            case Walked(error):
                self._walking = False
                self._error = self._error or error
            case Done(result):
                self._outstanding -= 1
                self._writer.add(result)
                self._tally.count(result)
            case Gone(photo_id):
                self._outstanding -= 1
                self._tally.read += 1
                self._store.mark_missing([photo_id])
            case Dropped():
                self._outstanding -= 1
            case Offline(offline):
                self._outstanding -= 1
                self._error = self._error or offline
            case Broken(broken):
                self._writer.flush()
                raise broken

    def _compare(self, files: Iterable[FoundFile]) -> None:
        fresh: list[FoundFile] = []
        found_again: list[int] = []
        for file in files:
            self._seen.add(os.fspath(file.path))
            self._tally.total += 1
            known = self._known.get(file.path)
            if known is None or self._must_be_read(known, file):
                fresh.append(file)
            elif known.state is PhotoState.MISSING:
                found_again.append(known.photo_id)
            elif known.state is PhotoState.PENDING:
                self._queued_more = True
            else:
                self._tally.skipped += 1
        assert self.folder_id is not None
        if fresh:
            self._store.put_pending(self.folder_id, fresh)
        if found_again:
            self._store.mark_found(found_again)
        self._queued_more = self._queued_more or bool(fresh or found_again)

    def _must_be_read(self, known: KnownFile, file: FoundFile) -> bool:
        changed = (known.size, known.mtime_ns) != (file.size, file.mtime_ns)
        return changed or (self._retry_failed and known.state is PhotoState.FAILED)

    def _finish_walk(self) -> None:
        """Mark what is gone, unless the drive went away meanwhile; then queue the rest, newest first."""
        here = [path for path, known in self._known.items() if known.state is not PhotoState.MISSING]
        gone = [path for path in here if os.fspath(path) not in self._seen and not self._hidden_by_a_problem(path)]
        try:
            check_folder(self._target.path)
            if len(gone) >= _DRIVE_SIZE and not any(self._target.path.iterdir()):
                raise FolderError(
                    f"The folder {printable_text(str(self._target.path))} is empty, but the library knows {len(gone)} "
                    "photos in it. If it lies on another drive, connect the drive and scan again. Nothing was changed."
                )
        except FolderError as error:
            self._error = error
            return
        for first in range(0, len(gone), _CHUNK):
            self._store.mark_missing([self._known[path].photo_id for path in gone[first : first + _CHUNK]])
        self._fill_feed()
        self._tally.skipped = self._skipped_before + len(self._seen) - len(self._taken) - len(self._feed)

    def _hidden_by_a_problem(self, path: Path) -> bool:
        return bool(self._unreadable) and not self._unreadable.isdisjoint((path, *path.parents))

    def _fill_feed(self) -> None:
        """Ask the store what to read: only files seen by this walk, so a photo that cannot be reached can wait."""
        assert self.folder_id is not None
        root = os.path.join(self._target.root, "")  # noqa: PTH118 - Path drops the separator at the end
        self._feed = deque(
            photo
            for photo in self._store.pending(self.folder_id)
            if photo.id not in self._taken
            and os.fspath(photo.path).startswith(root)
            and os.fspath(photo.path)[len(root) :] in self._seen
        )
        self._queued_more = False

    def _hand_out(self) -> None:
        if not self._feed and self._queued_more:
            self._fill_feed()
        while self._feed and self._workers.submit(Job(self._feed[0], self._target.root)):
            self._taken.add(self._feed.popleft().id)
            self._outstanding += 1
