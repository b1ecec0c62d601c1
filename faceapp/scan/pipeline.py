"""The scan: folders in, rows in the library out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2

from faceapp.config import Config
from faceapp.imaging.decode import read_photo
from faceapp.imaging.limits import PHOTO_SUFFIXES
from faceapp.imaging.thumbnails import face_tile, photo_thumbnail
from faceapp.jobs import CancelToken
from faceapp.ports import Analyser, ScanStore
from faceapp.scan.folder_scan import FolderScan, OnProblem
from faceapp.scan.tally import Tally
from faceapp.scan.targets import plan, resolve
from faceapp.scan.walk import FolderError, printable
from faceapp.scan.workers import Control, Steps, Workers
from faceapp.scan.writer import Writer
from faceapp.types import Box, DecodedPhoto, Folder, Pixels, ScanProgress, ScanSummary

log = logging.getLogger(__name__)


class PhotoScanner:
    """Implements ``ports.Scanner``. Safe from several threads; a second scan waits for the first to end.

    The thread that calls ``scan`` is the writer: it alone calls the store, ``progress`` and ``on_problem``.

    ``known_folders`` tells which folders the library has, so that folders inside each other never double a photo
    (see ``targets``). ``count_faces`` returns the faces now stored for some ids of whole folders; without it the
    summary counts only the faces found in this run. ``on_problem`` hears of what the walk could not read.
    """

    def __init__(
        self,
        store: ScanStore,
        analyser: Analyser,
        config: Config,
        *,
        read: Callable[[Path], DecodedPhoto] = read_photo,
        thumbnail: Callable[[Pixels], bytes] = photo_thumbnail,
        tile: Callable[[Pixels, Box], bytes] = face_tile,
        suffixes: Collection[str] = PHOTO_SUFFIXES,
        known_folders: Callable[[], Sequence[Folder]] | None = None,
        count_faces: Callable[[Sequence[int]], int] | None = None,
        on_problem: OnProblem | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._steps = Steps(read, thumbnail, tile, analyser)
        self._config = config
        self._suffixes = frozenset(suffixes)
        self._known_folders = known_folders
        self._count_faces = count_faces
        self._listener = on_problem
        self._clock = clock
        self._turn = threading.Lock()

    def scan(
        self,
        folders: Sequence[Path],
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ScanProgress], None] | None = None,
        retry_failed: bool = False,
    ) -> ScanSummary:
        """Add and scan folders, one after the other; return when all is done or cancelled.

        A photo that failed before is read again when its file changed, or with ``retry_failed``. Folders that cannot
        be reached do not keep the others from being scanned: the ``FolderError`` comes at the end and carries the
        summary. Raises ``ModelError`` and what the store raises as soon as it happens; what was read is kept.
        """
        control = Control(cancel or CancelToken())
        tally = Tally(progress, self._clock)
        with self._my_turn(control) as mine:
            if not mine:
                return self._summary(tally, [], cancelled=True)
            return self._scan(folders, control, tally, retry_failed=retry_failed)

    def _scan(self, folders: Sequence[Path], control: Control, tally: Tally, *, retry_failed: bool) -> ScanSummary:
        known = [folder.path for folder in self._known_folders()] if self._known_folders else []
        library = resolve(self._config.library_dir)
        targets = plan([resolve(folder) for folder in folders], known, library)
        folder_ids: list[int] = []
        errors: list[FolderError] = []
        workers = Workers(self._steps, self._config.worker_count, control)
        try:
            writer = Writer(self._store, self._clock)
            for number, target in enumerate(targets, start=1):
                if control.halted:
                    break
                folder = FolderScan(
                    target,
                    store=self._store,
                    workers=workers,
                    writer=writer,
                    control=control,
                    tally=tally,
                    suffixes=self._suffixes,
                    on_problem=self._on_problem,
                    retry_failed=retry_failed,
                )
                try:
                    folder.run(last=number == len(targets))
                except FolderError as error:
                    if target.asked:
                        errors.append(error)
                    else:
                        self._on_problem(target.path, str(error))
                if folder.folder_id is not None:
                    folder_ids.append(folder.folder_id)
        finally:
            workers.stop()
        tally.folder, tally.walking = None, False
        tally.tick(now=True)
        summary = self._summary(tally, folder_ids, cancelled=control.cancelled)
        if errors:
            failure = FolderError(" ".join(dict.fromkeys(str(error) for error in errors)))
            failure.summary = summary
            raise failure
        return summary

    def _summary(self, tally: Tally, folder_ids: Sequence[int], *, cancelled: bool) -> ScanSummary:
        faces = self._count_faces(list(dict.fromkeys(folder_ids))) if self._count_faces else tally.faces
        return ScanSummary(tally.total, faces, tally.skipped, tally.failed, tally.seconds, cancelled)

    def _on_problem(self, path: Path, reason: str) -> None:
        log.warning("%s: %s", printable(path), reason)
        if self._listener is not None:
            self._listener(path, reason)

    @contextmanager
    def _my_turn(self, control: Control) -> Iterator[bool]:
        """Hold the scanner and OpenCV's thread count; False if cancelled while another scan ran."""
        while not self._turn.acquire(timeout=0.1):
            if control.halted:
                yield False
                return
        threads = cv2.getNumThreads()
        cv2.setNumThreads(1)  # the pools already use every processor
        try:
            yield True
        finally:
            cv2.setNumThreads(threads)
            self._turn.release()
