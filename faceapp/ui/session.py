"""The open library as the window sees it: signals on the GUI thread, work elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from faceapp.errors import FaceappError
from faceapp.jobs import CancelToken, start_thread
from faceapp.ports import Services
from faceapp.types import Counts, Folder, Naming, Person, SavedFaces, ScanProgress
from faceapp.ui.tasks import Tasks

_REFRESH_MS = 700  # how often a running scan may make the views ask again
_DEADLINE_S = 20.0  # how long closing waits for the photos in flight


@dataclass(frozen=True, slots=True)
class Overview:
    """What the sidebar and the first-start page show, read in one go."""

    counts: Counts
    folders: Sequence[Folder]
    online: frozenset[int]  # ids of the folders that can be reached
    people: Sequence[Person]


class Session(QObject):
    """Opens the library, runs scans one after the other, tells the views what changed. GUI thread only."""

    opened = Signal()
    open_failed = Signal(object)  # Exception
    overview_changed = Signal(object)  # Overview
    content_changed = Signal()  # photos or faces came, went or got a name
    photos_saved = Signal(object)  # list[int] of photo ids that were written
    scan_started = Signal()
    scan_progressed = Signal(object)  # ScanProgress
    scan_ended = Signal(object)  # ScanSummary
    scan_failed = Signal(object)  # Exception
    named = Signal(object)  # Naming
    _saved = Signal(object)  # SavedFaces, from the writer's thread

    def __init__(self, open_services: Callable[[], Services], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_services = open_services
        self._tasks = tasks
        self._services: Services | None = None
        self._queue: deque[Path] = deque()
        self._cancel: CancelToken | None = None
        self._scanning: Path | None = None
        self._scan_thread: Thread | None = None
        self._closed = False
        self._touched: set[int] = set()
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self._announce)
        self._saved.connect(self._note_saved)
        self.scan_ended.connect(self._next_scan)
        self.scan_failed.connect(self._next_scan)

    @property
    def services(self) -> Services:
        if self._services is None:
            raise RuntimeError("the library is not open yet")
        return self._services

    @property
    def is_open(self) -> bool:
        return self._services is not None

    @property
    def scanning(self) -> Path | None:
        """Return the folder that is being read, if one is."""
        return self._scanning

    @property
    def paused(self) -> bool:
        return self._cancel is not None and self._cancel.paused

    def open(self) -> None:
        """Open the library in the background; ends in ``opened`` or ``open_failed``."""
        self._tasks.run(self._open_services, done=self._on_open, failed=self.open_failed.emit)

    def _on_open(self, services: Services) -> None:
        if self._closed:  # the window was closed meanwhile
            services.close()
            return
        self._services = services
        services.on_saved(self._saved.emit)
        self.opened.emit()
        self.refresh_overview()

    # The picture cache asks the session, which may not be open yet (``ports.Thumbnails``; any thread).

    def photo(self, photo_id: int) -> bytes | None:
        return self._services.thumbnails.photo(photo_id) if self._services is not None else None

    def face(self, face_id: int) -> bytes | None:
        return self._services.thumbnails.face(face_id) if self._services is not None else None

    def refresh_overview(self) -> None:
        """Read counts, folders and people anew; ends in ``overview_changed``."""
        services = self.services

        def read() -> Overview:
            folders = services.reader.folders()
            return Overview(
                services.reader.counts(services.config.show_score),
                folders,
                frozenset(f.id for f in folders if f.online),
                services.reader.people(),
            )

        self._tasks.run(read, done=self.overview_changed.emit, key="overview")

    # Scanning

    def scan(self, folders: Sequence[Path]) -> None:
        """Add folders and read them, after what is being read already."""
        for folder in folders:
            if folder != self._scanning and folder not in self._queue:
                self._queue.append(folder)
        if self._scanning is None:
            self._next_scan()

    @Slot()
    @Slot(object)
    def _next_scan(self, _ended: object = None) -> None:
        self._scanning = self._cancel = None
        if self._closed or not self._queue:
            return
        folder = self._scanning = self._queue.popleft()
        cancel = self._cancel = CancelToken()
        services = self.services

        def work() -> None:
            try:
                summary = services.scanner.scan([folder], cancel=cancel, progress=self.scan_progressed.emit)
            except Exception as error:  # the thread's boundary: the window tells the user
                self.scan_failed.emit(error)
            else:
                self.scan_ended.emit(summary)

        self._scan_thread = start_thread("scan", work)
        self.scan_started.emit()
        self.scan_progressed.emit(ScanProgress(folder, True, 0, 0, 0, 0, 0, 0.0))

    def set_paused(self, paused: bool) -> None:
        if self._cancel is not None:
            if paused:
                self._cancel.pause()
            else:
                self._cancel.resume()

    def cancel_scan(self) -> None:
        """Stop reading, and forget the folders that wait. What is read already stays."""
        self._queue.clear()
        if self._cancel is not None:
            self._cancel.cancel()

    @Slot(object)
    def _note_saved(self, saved: SavedFaces) -> None:
        self._touched.update(saved.photos)
        if not self._refresh.isActive():
            self._refresh.start()

    @Slot()
    def _announce(self) -> None:
        if self._closed:
            return
        touched, self._touched = list(self._touched), set()
        self.photos_saved.emit(touched)
        self.content_changed.emit()
        self.refresh_overview()

    # Naming

    def name_faces(self, face_ids: Sequence[int], name: str, failed: Callable[[Exception], None]) -> None:
        """Give faces a name; ends in ``named`` or ``failed``."""
        store = self.services.people
        self._tasks.run(lambda: store.name_faces(face_ids, name), done=self._on_named, failed=failed)

    def _on_named(self, naming: Naming) -> None:
        self.named.emit(naming)
        self.content_changed.emit()
        self.refresh_overview()

    def close(self) -> None:
        """Stop the scan, wait for the photos in flight, close the library."""
        self._closed = True
        self.cancel_scan()
        if self._scan_thread is not None:
            self._scan_thread.join(_DEADLINE_S)
        self._tasks.close()
        if self._services is not None:
            self._services.close()
            self._services = None


def sentence(error: Exception) -> str:
    """Return what to tell the user of an error: its own words, or that it is our fault."""
    if isinstance(error, FaceappError):
        return str(error)
    return QCoreApplication.translate(
        "Session", "Something went wrong inside Faceapp ({error}). Your photos and names are safe."
    ).format(error=f"{type(error).__name__}: {error}")
