"""The open library as the window sees it: signals on the GUI thread, work elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock, Thread

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QTimer, Signal, Slot

from faceapp.errors import FaceappError
from faceapp.jobs import CancelToken, start_thread
from faceapp.ports import Services
from faceapp.ports_people import PeopleStore
from faceapp.types import Naming
from faceapp.types_people import Change
from faceapp.types_scan import SavedFaces, ScanProgress, ScanSummary
from faceapp.ui import error_words
from faceapp.ui.overview import Looking, Overview
from faceapp.ui.tasks import Tasks

_REFRESH_MS = 700  # how often a running scan may make the views ask again
_FIRST_REFRESH_MS = 50  # the first photos show at once
_DEADLINE_S = 20.0  # how long closing waits for the photos in flight
_LULL_MS = 20  # how often opening anew looks whether everything has come to rest

Act = Callable[[PeopleStore], Naming | Change | None]  # one step of the ledger


class Session(QObject):
    """Opens the library, runs one scan at a time, tells the views what changed. GUI thread only."""

    opened = Signal()
    open_failed = Signal(object)  # Exception
    closing = Signal()  # the library is about to be closed and opened anew: jobs that use it stop
    overview_changed = Signal(object)  # Overview
    content_changed = Signal()  # photos or faces came, went or got a name
    photos_saved = Signal(object)  # list[int] of photo ids that were written
    scan_started = Signal(bool)  # quiet: nobody asked for it
    scan_progressed = Signal(object)  # ScanProgress
    scan_ended = Signal(object)  # ScanSummary
    scan_failed = Signal(object)  # Exception
    named = Signal(object)  # Naming
    decided = Signal(object)  # Naming or Change: every step of the ledger, undone and redone ones too
    _saved = Signal(object)  # SavedFaces, from the writer's thread
    _scan_over = Signal(object)  # ScanSummary or Exception, from the scan's thread

    def __init__(self, open_services: Callable[[], Services], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_services = open_services
        self._tasks = tasks
        self._services: Services | None = None
        self._looking = Looking(lambda: self._services, tasks, self)
        self._looking.seen.connect(self.overview_changed)
        self._waiting: dict[Path, bool] = {}  # folders for the next scan -> whether nobody asked for it
        self._cancel: CancelToken | None = None
        self._gentle = False
        self._scanning: tuple[Path, ...] | None = None
        self._scan_thread: Thread | None = None
        self._closed = False
        self._touched: set[int] = set()
        self._ledger = Lock()  # one step after the other
        self._refresh = QTimer(self, singleShot=True)
        self._refreshed = QElapsedTimer()  # since the views were last told
        self._refresh.timeout.connect(self._announce)
        self._made: Services | None = None  # opened on a worker, which closing may overtake
        self._reopening = False
        self._between: Callable[[], None] | None = None  # while the library is closed
        self.users: list[Callable[[], bool]] = []  # tell whether a job of theirs still works with the services
        self._lull = QTimer(self, interval=_LULL_MS)
        self._lull.timeout.connect(self._try_to_reopen)
        self._saved.connect(self._note_saved)
        self._scan_over.connect(self._end_scan)

    @property
    def services(self) -> Services:
        if self._services is None:
            raise RuntimeError("the library is not open yet")
        return self._services

    @property
    def is_open(self) -> bool:
        return self._services is not None

    @property
    def overview(self) -> Overview | None:
        """Return what was read last, None before the first time."""
        return self._looking.overview

    @property
    def offline(self) -> frozenset[int]:
        """Return the ids of the folders that could not be reached when last looked at."""
        overview = self.overview
        return frozenset(f.id for f in overview.folders) - overview.online if overview is not None else frozenset()

    @property
    def scanning(self) -> Sequence[Path] | None:
        """Return the folders that are being read, None if nothing is."""
        return self._scanning

    @property
    def paused(self) -> bool:
        return self._cancel is not None and self._cancel.paused

    @property
    def gentle(self) -> bool:
        """Return whether reading leaves a processor free, now and in later scans."""
        return self._gentle

    def open(self) -> None:
        """Open the library in the background; ends in ``opened`` or ``open_failed``."""
        self._tasks.run(self._make, done=self._on_open, failed=self.open_failed.emit)

    def _make(self) -> Services:
        self._made = self._open_services()
        return self._made

    def _on_open(self, services: Services) -> None:
        self._services = services
        self._reopening = False
        services.on_saved(self._saved.emit)
        self.opened.emit()
        self.refresh_overview()
        self._next_scan()

    @property
    def reopening(self) -> bool:
        return self._reopening

    def reopen(self, between: Callable[[], None] | None = None) -> None:
        """Close the library and open it again, with another model, say; ends in ``opened`` or ``open_failed``.

        ``between`` is called on a worker while it is closed; it must not raise.
        The photos in flight are finished and what was asked is answered first. What was being read goes on after it.
        """
        if self._services is None or self._reopening:
            return
        self._reopening = True
        self._between = between
        self.closing.emit()
        for folder in self._scanning or ():
            self._waiting.setdefault(folder, True)
        if self._cancel is not None:
            self._cancel.cancel()
        self._lull.start()

    @Slot()
    def _try_to_reopen(self) -> None:
        """Go on when no scan runs and no task holds the services that are about to be closed."""
        services = self._services
        if self._closed or services is None:
            return
        if self._scanning is not None or not self._tasks.idle or any(working() for working in self.users):
            return
        self._lull.stop()
        self._refresh.stop()
        self._touched.clear()
        self._services = self._made = None
        between, self._between = self._between, None

        def work() -> Services:
            services.close()
            if between is not None:
                between()
            return self._make()

        self._tasks.run(work, done=self._on_open, failed=self._on_reopen_failed)

    def _on_reopen_failed(self, error: Exception) -> None:
        self._reopening = False
        self.open_failed.emit(error)

    # The picture cache asks the session, which may not be open yet (``ports.Thumbnails``; any thread).

    def photo(self, photo_id: int) -> bytes | None:
        return self._services.thumbnails.photo(photo_id) if self._services is not None else None

    def face(self, face_id: int) -> bytes | None:
        return self._services.thumbnails.face(face_id) if self._services is not None else None

    # What there is

    def refresh_overview(self) -> None:
        """Read counts, folders and people anew; ends in ``overview_changed``."""
        self._looking.refresh()

    def check_drives(self) -> None:
        """Refresh the overview if a folder can be reached that could not, or the other way round."""
        self._looking.check_drives()

    # Scanning

    def scan(self, folders: Sequence[Path], *, quiet: bool = False, again: bool = False) -> None:
        """Add folders and read them: all that wait go together, as soon as the scan that runs is over.

        ``quiet``: nobody asked for it. ``again``: also what is being read, because it changed since.
        """
        for folder in folders:
            if again or folder not in (self._scanning or ()):
                self._waiting[folder] = quiet and self._waiting.get(folder, True)
        self._next_scan()

    def _next_scan(self) -> None:
        if self._closed or self._reopening or self._scanning is not None or not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        folders = self._scanning = tuple(waiting)
        cancel = self._cancel = CancelToken()
        cancel.set_gentle(self._gentle)
        services = self.services

        def work() -> None:
            try:
                summary = services.scanner.scan(folders, cancel=cancel, progress=self.scan_progressed.emit)
            except Exception as error:  # the thread's boundary: the window tells the user
                self._scan_over.emit(error)
            else:
                self._scan_over.emit(summary)

        self._scan_thread = start_thread("scan", work)
        self.scan_started.emit(all(waiting.values()))
        only = folders[0] if len(folders) == 1 else None
        self.scan_progressed.emit(ScanProgress(only, True, 0, 0, 0, 0, 0, 0.0))

    @Slot(object)
    def _end_scan(self, outcome: ScanSummary | Exception) -> None:
        self._scanning = self._cancel = None
        (self.scan_failed if isinstance(outcome, Exception) else self.scan_ended).emit(outcome)
        self._next_scan()

    def prefer(self, folder_id: int | None) -> None:
        """Read first what the user looks at; None: no folder in particular."""
        if self._services is not None:
            self._services.scanner.prefer(folder_id)

    def set_gentle(self, gentle: bool) -> None:
        """Leave a processor free for other programs, or use all."""
        self._gentle = gentle
        if self._cancel is not None:
            self._cancel.set_gentle(gentle)

    def set_paused(self, paused: bool) -> None:
        if self._cancel is not None:
            if paused:
                self._cancel.pause()
            else:
                self._cancel.resume()

    def cancel_scan(self) -> None:
        """Stop reading, and forget the folders that wait. What is read already stays."""
        self._waiting.clear()
        if self._cancel is not None:
            self._cancel.cancel()

    @Slot(object)
    def _note_saved(self, saved: SavedFaces) -> None:
        self._touched.update(saved.photos)
        if not self._refresh.isActive():
            quiet = not self._refreshed.isValid() or self._refreshed.hasExpired(_REFRESH_MS)
            self._refresh.start(_FIRST_REFRESH_MS if quiet else _REFRESH_MS)

    @Slot()
    def _announce(self) -> None:
        if self._closed or self._services is None:
            return
        self._refreshed.start()
        touched, self._touched = list(self._touched), set()
        self.photos_saved.emit(touched)
        self.content_changed.emit()
        self.refresh_overview()

    # Decisions

    def decide(
        self,
        act: Act,
        failed: Callable[[Exception], None],
        done: Callable[[Naming | Change | None], object] | None = None,
    ) -> None:
        """Take one step in the ledger, in the order in which they were asked for; ends in ``decided`` or ``failed``.

        ``done`` hears of it first, also that there was nothing to do (None).
        """
        store = self.services.people

        def work() -> Naming | Change | None:
            with self._ledger:
                return act(store)

        def end(result: Naming | Change | None) -> None:
            if done is not None:
                done(result)
            if result is not None:
                self.announce_decided(result)

        self._tasks.run(work, done=end, failed=failed, priority=1, owner=self)

    def name_faces(self, face_ids: Sequence[int], name: str, failed: Callable[[Exception], None]) -> None:
        """Give faces a name; ends in ``named`` and ``decided``, or ``failed``."""
        self.decide(lambda store: store.name_faces(face_ids, name), failed)

    def announce_decided(self, result: Naming | Change) -> None:
        """Tell the views that the ledger changed."""
        if isinstance(result, Naming):
            self.named.emit(result)
        self.decided.emit(result)
        self.announce_guessed()

    def announce_guessed(self) -> None:
        """Tell the views that names, groups or guesses changed."""
        self.content_changed.emit()
        self.refresh_overview()

    def close(self) -> None:
        """Stop the scan, wait for the photos in flight, close the library."""
        self._closed = True
        self._lull.stop()
        self.cancel_scan()
        if self._scan_thread is not None:
            self._scan_thread.join(_DEADLINE_S)
        self._tasks.close()
        if self._made is not None:
            self._made.close()
        self._services = self._made = None


def sentence(error: Exception) -> str:
    """Return what to tell the user of an error: its own words, or that it is our fault."""
    if isinstance(error, FaceappError):
        return error_words.told(str(error))
    return QCoreApplication.translate(
        "Session", "Something went wrong inside Faceapp ({error}). Your photos and names are safe."
    ).format(error=f"{type(error).__name__}: {error}")


__all__ = ["Act", "Overview", "Session", "sentence"]
