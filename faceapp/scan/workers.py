"""The threads that turn a file into a result: one pool decodes, one pool finds and embeds faces.

Sessions and OpenCV are told to use one thread each; as many workers as processors in either pool was the
fastest layout measured. Every queue is bounded, so at most ``photos_in_flight`` decoded photos exist at once.
Each job that is submitted comes back as exactly one message in the inbox.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from faceapp.errors import FaceappError, LibraryError, ModelError
from faceapp.jobs import CancelToken, start_thread
from faceapp.ports import Analyser
from faceapp.scan.channel import Channel, Closed
from faceapp.scan.walk import FolderError, check_folder, printable_text
from faceapp.types import Box, DecodedPhoto, FailedPhoto, FoundFile, IndexedPhoto, PendingPhoto, Pixels

log = logging.getLogger(__name__)

JOIN_SECONDS = 10.0  # a read that hangs on a dead network drive is left behind after this
_WAITING_DECODED = 2  # decoded photos between the pools; a 12-megapixel one is 36 MB
_INBOX = 64


@dataclass(frozen=True, slots=True)
class Found:
    files: Sequence[FoundFile]


@dataclass(frozen=True, slots=True)
class Unreadable:
    path: Path  # relative to the folder's root; what the library knows below it stays as it is
    reason: str


@dataclass(frozen=True, slots=True)
class Walked:
    error: Exception | None


@dataclass(frozen=True, slots=True)
class Job:
    photo: PendingPhoto
    root: Path


@dataclass(frozen=True, slots=True)
class Done:
    result: IndexedPhoto | FailedPhoto


@dataclass(frozen=True, slots=True)
class Gone:
    photo_id: int  # the file was deleted since it was found


@dataclass(frozen=True, slots=True)
class Dropped:
    """Not read, because the scan stops; the photo stays pending."""


@dataclass(frozen=True, slots=True)
class Offline:
    error: FolderError  # the whole folder went away; the photo stays pending


@dataclass(frozen=True, slots=True)
class Broken:
    error: Exception  # no photo can be read with this: the scan has to end


Message = Found | Unreadable | Walked | Done | Gone | Dropped | Offline | Broken


class Control:
    """The user's token and the scan's own end, in one place to ask between photos."""

    def __init__(self, token: CancelToken) -> None:
        self._token = token
        self._stopped = threading.Event()

    @property
    def halted(self) -> bool:
        return self._stopped.is_set() or self._token.cancelled

    @property
    def cancelled(self) -> bool:
        return self._token.cancelled

    @property
    def paused(self) -> bool:
        return self._token.paused

    def stop(self) -> None:
        self._stopped.set()

    def wait_while_paused(self) -> bool:
        """Wait; return whether to go on. Not ``CancelToken.check``, which only its owner could wake."""
        while self._token.paused and not self.halted:
            self._stopped.wait(0.1)
        return not self.halted


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done with a photo. Tests and other decoders put their own functions here."""

    read: Callable[[Path], DecodedPhoto]
    thumbnail: Callable[[Pixels], bytes]
    tile: Callable[[Pixels, Box], bytes]
    analyser: Analyser


class Workers:
    """Both pools. Started and stopped by the scan's thread, which alone reads the inbox."""

    def __init__(self, steps: Steps, count: int, control: Control) -> None:
        self._steps = steps
        self._control = control
        self._todo: Channel[Job] = Channel(4 * count)
        self._decoded: Channel[tuple[Job, DecodedPhoto, bytes]] = Channel(_WAITING_DECODED)
        self.inbox: Channel[Message] = Channel(_INBOX)
        self.photos_in_flight = 2 * count + _WAITING_DECODED
        self._threads = [
            start_thread(f"scan-{name}-{number}", self._guarded(step), background=True)
            for name, step in (("decode", self._decode_next), ("infer", self._infer_next))
            for number in range(1, count + 1)
        ]

    def submit(self, job: Job) -> bool:
        """Hand over a photo if there is room; never waits."""
        return self._todo.offer(job)

    def withdraw(self) -> int:
        """Take back the jobs that nobody began; return how many."""
        return self._todo.clear()

    def watch(self, name: str, work: Callable[[], None]) -> None:
        """Run one more thread that writes to the inbox, to be ended with the others."""
        self._threads.append(start_thread(name, work, background=True))

    def stop(self) -> None:
        """End all threads: whatever they wait on lets them go."""
        self._control.stop()
        self._todo.close()
        self._decoded.close()
        self.inbox.close()
        deadline = time.monotonic() + JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.warning("The thread %s did not end in time and is left behind.", thread.name)

    def _guarded(self, step: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                while True:
                    step()
            except Closed:
                pass

        return run

    # One function a photo, so that its pixels are let go of before the thread waits for the next one.

    def _decode_next(self) -> None:
        job = self._todo.take()
        if not self._control.wait_while_paused():
            self.inbox.put(Dropped())
            return
        try:
            photo = self._steps.read(job.photo.path)
            thumbnail = self._steps.thumbnail(photo.pixels)
        except Exception as error:
            self.inbox.put(self._unread(job, error))
            return
        self._decoded.put((job, photo, thumbnail))

    def _infer_next(self) -> None:
        job, photo, thumbnail = self._decoded.take()
        if self._control.halted:
            self.inbox.put(Dropped())
            return
        try:
            faces = self._steps.analyser.analyse(photo.pixels)
            tiles = [self._steps.tile(photo.pixels, face.detection.box) for face in faces]
        except (ModelError, LibraryError) as error:
            self.inbox.put(Broken(error))
            return
        except Exception as error:
            self.inbox.put(_failed(job, error))
            return
        result = IndexedPhoto(
            photo_id=job.photo.id,
            width=photo.width,
            height=photo.height,
            content_hash=photo.content_hash,
            taken=photo.taken,
            camera=photo.camera,
            faces=faces,
            thumbnail=thumbnail,
            tiles=tiles,
        )
        self.inbox.put(Done(result))

    def _unread(self, job: Job, error: Exception) -> Message:
        """Tell a bad photo from one that was deleted and from a drive that was pulled out."""
        try:
            os.lstat(job.photo.path)
        except OSError as missing:
            try:
                check_folder(job.root)
            except FolderError as offline:
                return Offline(offline)
            if isinstance(missing, FileNotFoundError):
                return Gone(job.photo.id)
        return _failed(job, error)


def _failed(job: Job, error: Exception) -> Done:
    if isinstance(error, FaceappError):
        reason = str(error)
    elif isinstance(error, MemoryError):
        reason = "There was not enough memory for this photo. Close other programs, then try the failed photos again."
    else:
        log.error("A photo could not be analysed", exc_info=error)
        reason = f"Faceapp could not work with this photo ({type(error).__name__}: {error})."
    return Done(FailedPhoto(job.photo.id, printable_text(reason)))
