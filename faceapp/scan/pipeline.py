"""The scan: folders in, rows in the library out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from faceapp.config import Config
from faceapp.imaging.limits import PHOTO_SUFFIXES
from faceapp.jobs import CancelToken
from faceapp.ports import ScanStore
from faceapp.processes import Workforce
from faceapp.scan.control import Control
from faceapp.scan.ignoring import ignored_by
from faceapp.scan.run import ScanRun
from faceapp.scan.tally import Tally
from faceapp.scan.targets import plan, resolve
from faceapp.scan.walk import FolderError, printable
from faceapp.scan.walks import OnProblem, Places
from faceapp.scan.writer import Writer
from faceapp.types import Folder
from faceapp.types_scan import ScanProgress, ScanSummary

log = logging.getLogger(__name__)


class PhotoScanner:
    """Implements ``ports.Scanner``. Safe from several threads; a second scan waits for the first to end.

    The thread that calls ``scan`` is the writer: it alone calls the store, ``progress`` and ``on_problem``.

    ``pool`` answers ``photo_work.Index``. ``known_folders`` tells which folders the library has, so that folders
    inside each other never double a photo (see ``targets``). ``on_problem`` hears of what the walk could not read.
    """

    def __init__(
        self,
        store: ScanStore,
        pool: Workforce,
        config: Config,
        *,
        known_folders: Callable[[], Sequence[Folder]],
        suffixes: Collection[str] = PHOTO_SUFFIXES,
        on_problem: OnProblem | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._pool = pool
        self._config = config
        self._known_folders = known_folders
        self._suffixes = frozenset(suffixes)
        self._listener = on_problem
        self._clock = clock
        self._preferred: int | None = None
        self._turn = threading.Lock()

    def prefer(self, folder_id: int | None) -> None:
        self._preferred = folder_id

    def scan(
        self,
        folders: Sequence[Path],
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ScanProgress], None] | None = None,
        retry_failed: bool = False,
    ) -> ScanSummary:
        """Add and scan folders; return when all is done or cancelled.

        A photo that failed before is read again when its file changed, or with ``retry_failed``. Folders that cannot
        be reached do not keep the others from being scanned: the ``FolderError`` comes at the end and carries the
        summary. Raises ``ModelError``, ``ChildrenBroken`` and what the store raises as soon as it happens; what was
        read is kept.
        """
        control = Control(cancel or CancelToken())
        tally = Tally(progress, self._clock)
        with self._my_turn(control) as mine:
            if not mine:
                return self._summary(tally, [], cancelled=True)
            return self._scan(folders, control, tally, retry_failed=retry_failed)

    def _scan(self, folders: Sequence[Path], control: Control, tally: Tally, *, retry_failed: bool) -> ScanSummary:
        known = {folder.path: folder.id for folder in self._known_folders()}
        ignored = ignored_by(self._config.ignore)
        asked = [resolve(folder) for folder in folders]
        targets = plan(asked, list(known), resolve(self._config.library_dir), ignored)
        run = ScanRun(
            Places(targets, known, self._suffixes, retry_failed, self._on_problem, ignored),
            self._store,
            self._pool,
            preferred=lambda: self._preferred,
            control=control,
            tally=tally,
            writer=Writer(self._store, self._clock),
        )
        run.run()
        tally.folder, tally.walking = None, False
        tally.tick(now=True)
        summary = self._summary(tally, run.walks.folder_ids, cancelled=control.cancelled)
        if run.walks.errors:
            failure = FolderError("\n".join(dict.fromkeys(str(error) for error in run.walks.errors)))
            failure.summary = summary
            raise failure
        return summary

    def _summary(self, tally: Tally, folder_ids: Sequence[int], *, cancelled: bool) -> ScanSummary:
        faces = self._store.count_faces(folder_ids)
        return ScanSummary(tally.total, faces, tally.skipped, tally.failed, tally.seconds, cancelled)

    def _on_problem(self, path: Path, reason: str) -> None:
        log.warning("%s: %s", printable(path), reason)
        if self._listener is not None:
            self._listener(path, reason)

    @contextmanager
    def _my_turn(self, control: Control) -> Iterator[bool]:
        """Hold the scanner; False if cancelled while another scan ran."""
        while not self._turn.acquire(timeout=0.1):
            if control.halted:
                yield False
                return
        try:
            yield True
        finally:
            self._turn.release()
