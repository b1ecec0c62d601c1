"""One scan: walk the folders one after the other and read at the same time what they hold.

Everything here runs on the thread that called ``scan``; it alone talks to the store. The walk and the pool answer
through one inbox. What may be in it is bounded: by the photos handed out, and by the walker's own count.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue

from faceapp.errors import LibraryError, ModelError
from faceapp.jobs import start_thread
from faceapp.ports import ScanStore
from faceapp.processes import ChildrenBroken, PoolClosed, Workforce
from faceapp.scan.control import Control
from faceapp.scan.feed import Feed
from faceapp.scan.photo_work import Index, PhotoResult
from faceapp.scan.reasons import words_of
from faceapp.scan.tally import Tally
from faceapp.scan.twins import Twins
from faceapp.scan.walk import FolderError, check_folder
from faceapp.scan.walker import WalkMessage
from faceapp.scan.walks import Places, Walks
from faceapp.scan.writer import Writer
from faceapp.types_scan import FailedPhoto, PendingPhoto

log = logging.getLogger(__name__)

KEEP_MISSING = timedelta(days=30)

_HEAD_START = 0.7  # seconds for the walk alone, so that the newest photos come first; a slower one is not waited for
_TICK = 0.1  # seconds between looks at the clock and the cancel token
_ENOUGH = 2  # photos waiting in the pool beyond the two that each child may hold
_LAST_WAIT = 5.0  # seconds for what is in flight when a scan is cancelled; what takes longer stays pending
_BETWEEN_LOOKS = 1.0  # seconds, at what waits, while the walk goes on


@dataclass(frozen=True, slots=True)
class Answer:
    """What the pool made of a photo."""

    photo: PendingPhoto
    future: Future[PhotoResult]


@dataclass(frozen=True, slots=True)
class Unread:
    """A photo that could not be read, and whether its file, or with it the whole folder, has gone."""

    photo: PendingPhoto
    failure: FailedPhoto
    gone: bool = False
    offline: FolderError | None = None


Message = WalkMessage | Answer | Unread


class ScanRun:
    """``run`` returns when everything is read or the scan was halted."""

    def __init__(
        self,
        places: Places,
        store: ScanStore,
        pool: Workforce,
        *,
        preferred: Callable[[], int | None],
        control: Control,
        tally: Tally,
        writer: Writer,
    ) -> None:
        self._store = store
        self._pool = pool
        self._control = control
        self._tally = tally
        self._writer = writer
        self._inbox: SimpleQueue[Message] = SimpleQueue()
        self._feed = Feed(preferred)
        self._twins = Twins(store)
        self._in_flight: dict[int, Future[PhotoResult]] = {}  # by photo
        self._taken: set[int] = set()  # photos that were handed out
        self._checks: list[threading.Thread] = []
        self._limit = pool.count
        self._warmed = 0
        self._begun = time.monotonic()
        self._next_look = 0.0
        self._halted_at: float | None = None
        self.walks = Walks(places, store, control, tally, self._inbox.put)

    def run(self) -> None:
        """Scan. Raises what the store or a model raises; the folders' own troubles go to ``walks.errors``."""
        try:
            self._walk_on()
            while self._busy():
                if not self._control.halted:
                    self._steer()
                    self._hand_out()
                elif not self._wind_down():
                    log.warning("A photo or folder takes too long to read; the scan ends without it.")
                    break
                self._receive()
                self._writer.flush_if_due()
                self._tally.tick(paused=self._control.paused)
            self._writer.flush()
            self.walks.mark_gone(but=self._twins.moved)
            if not self._control.halted:
                self._store.forget_missing(datetime.now(UTC) - KEEP_MISSING)
        finally:
            self._stop()

    def _busy(self) -> bool:
        going = self.walks.active or bool(self._in_flight)
        return going or (not self._control.halted and (len(self._feed) > 0 or not self.walks.done))

    def _walk_on(self) -> None:
        """Begin the next walk; after the last it is known what waits, and what is gone and cannot have been moved."""
        if self._control.halted:
            return
        self.walks.begin_next()
        if self.walks.done:
            self._tally.walking = False
            if self.walks.found_more:
                self._look()
            self.walks.mark_gone(but=self._twins.moved, sizes=self._feed.sizes())

    def _steer(self) -> None:
        """Let the pool work on as many photos as the user wants, and start it once there are some."""
        limit = max(1, self._pool.count - 1) if self._control.gentle else self._pool.count
        if limit != self._limit:
            self._limit = limit
            self._pool.set_limit(limit)
        wanted = min(limit, self.walks.to_read)
        if wanted > self._warmed:
            self._warmed = wanted
            self._pool.warm(wanted)

    def _hand_out(self) -> None:
        now = time.monotonic()
        if self._control.paused or (not self.walks.done and now - self._begun < _HEAD_START):
            return
        if self.walks.found_more and (not len(self._feed) or now >= self._next_look):
            self._look()
        for folder_id in self.walks.offline:
            self._feed.drop_folder(folder_id)
        while len(self._in_flight) < 2 * self._limit + _ENOUGH:
            photo = self._feed.take()
            if photo is None:
                return
            self._submit(photo)

    def _look(self) -> None:
        begun = time.monotonic()
        self._feed.fill([photo for photo in self.walks.waiting() if photo.id not in self._taken])
        now = time.monotonic()
        self._next_look = now + max(_BETWEEN_LOOKS, 20 * (now - begun))  # a look at a hundred thousand takes long

    def _submit(self, photo: PendingPhoto) -> None:
        if self.walks.done:
            self._tally.folder = photo.root
        self._taken.add(photo.id)
        twins = self._twins.of(photo, repeated=self._feed.is_repeated(photo.size))
        future: Future[PhotoResult] = self._pool.submit(Index(photo, twins))
        self._in_flight[photo.id] = future
        future.add_done_callback(lambda done: self._inbox.put(Answer(photo, done)))

    def _receive(self) -> None:
        """Handle the next message, if one comes soon."""
        try:
            message = self._inbox.get(timeout=_TICK)
        except Empty:
            return
        match message:
            case Answer(photo, future):
                self._on_answer(photo, future)
            case Unread():
                self._on_unread(message)
            case _:
                self.walks.handle(message)
                if not self.walks.active:
                    self._walk_on()

    def _on_answer(self, photo: PendingPhoto, future: Future[PhotoResult]) -> None:
        if future.cancelled():
            self._over(photo)
            return
        match future.exception():
            case None:
                result = future.result()
            case ModelError() | LibraryError() | ChildrenBroken() | PoolClosed() as error:
                self._writer.flush()
                raise error
            case Exception() as error:
                result = FailedPhoto(photo.id, words_of(error, photo.path.name))
            case error:
                raise error
        if isinstance(result, FailedPhoto):
            self._checks = [thread for thread in self._checks if thread.is_alive()]
            check = partial(_look_into, photo, result, self._inbox.put)
            self._checks.append(start_thread("scan-check", check))
            return
        self._over(photo)
        result = self._twins.learn(photo, result, repeated=self._feed.is_repeated(photo.size))
        self._writer.add(result)
        self._tally.count(result)

    def _on_unread(self, unread: Unread) -> None:
        self._over(unread.photo)
        if unread.offline is not None:
            self.walks.set_offline(unread.photo.folder_id, unread.offline)
        elif unread.gone:
            self._tally.read += 1
            self._store.mark_missing([unread.photo.id])
        else:
            self._writer.add(unread.failure)
            self._tally.count(unread.failure)

    def _over(self, photo: PendingPhoto) -> None:
        del self._in_flight[photo.id]
        self._feed.answered(photo)

    def _wind_down(self) -> bool:
        """Take back what nobody began; return whether to wait for the rest."""
        if self._halted_at is None:
            self._halted_at = time.monotonic()
            self._feed.clear()
            self._cancel_in_flight()
        return time.monotonic() - self._halted_at < _LAST_WAIT

    def _cancel_in_flight(self) -> None:
        for future in list(self._in_flight.values()):
            future.cancel()

    def _stop(self) -> None:
        """End the walk and take back what is in flight, also after an error."""
        self._control.stop()
        self._cancel_in_flight()
        if self._limit != self._pool.count:
            self._pool.set_limit(self._pool.count)
        deadline = time.monotonic() + _LAST_WAIT
        for thread in (*self.walks.threads, *self._checks):
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.warning("The thread %s did not end in time and is left behind.", thread.name)


def _look_into(photo: PendingPhoto, failure: FailedPhoto, put: Callable[[Message], None]) -> None:
    """Tell a bad photo from one that was deleted and from a drive that was pulled out. Its own thread: may hang."""
    gone, offline = False, None
    try:
        os.lstat(photo.path)
    except OSError as missing:
        gone = isinstance(missing, (FileNotFoundError, NotADirectoryError))
        try:
            check_folder(photo.root, 1)
        except FolderError as error:
            offline = error
    put(Unread(photo, failure, gone, offline))
