"""In step with the disk: photos that come and go show up by themselves, and so do drives."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from faceapp.ports import Services, Watch
from faceapp.ui.session import Overview, Session
from faceapp.ui.tasks import Tasks

_CHECK_MS: Final = 10_000  # how often the drives are looked at while the window is in use
_log = logging.getLogger(__name__)


class Watching(QObject):
    """Has the folders that can be reached watched and read again where they changed. GUI thread only."""

    _changed = Signal(object)  # Sequence[Path], from the watch's thread

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._before: Overview | None = None
        self._lock = Lock()  # guards the four below: a watch is made and ended on a worker
        self._wanted: frozenset[Path] = frozenset()
        self._watched: frozenset[Path] = frozenset()
        self._watch: Watch | None = None
        self._closed = False
        self._timer = QTimer(self, interval=_CHECK_MS)
        self._timer.timeout.connect(self._check)
        self._timer.start()
        self._changed.connect(self._on_change)
        session.overview_changed.connect(self._on_overview)
        QGuiApplication.instance().applicationStateChanged.connect(self._on_activity)  # type: ignore[union-attr]

    def close(self) -> None:
        """Watch no more; waits for a watch that is just being made."""
        self._timer.stop()
        with self._lock:
            self._closed = True
            self._end_watch()

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        before, self._before = self._before, overview
        if before is not None:
            known = {folder.id for folder in before.folders}
            back = [f.path for f in overview.folders if f.id in overview.online - before.online and f.id in known]
            if back:
                self._session.scan(back)
        wanted = frozenset(folder.path for folder in overview.folders if folder.id in overview.online)
        if wanted != self._wanted:
            self._wanted = wanted
            services = self._session.services
            self._tasks.run(lambda: self._renew(services), failed=self._on_failure, key="watch")

    def _renew(self, services: Services) -> None:
        """Watch the folders that are wanted now, on a worker: ending and beginning to watch may take a while."""
        with self._lock:
            wanted = self._wanted
            if self._closed or wanted == self._watched:
                return
            self._end_watch()
            if wanted:
                self._watch = services.watch(sorted(wanted), self._changed.emit)
            self._watched = wanted

    def _end_watch(self) -> None:
        watch, self._watch, self._watched = self._watch, None, frozenset()
        if watch is not None:
            watch.stop()

    def _on_failure(self, error: Exception) -> None:
        """Without a watch the scan at the start and "Look for New Photos" still find everything."""
        _log.warning("the folders cannot be watched", exc_info=error)

    @Slot(object)
    def _on_change(self, folders: Sequence[Path]) -> None:
        if self._session.is_open:
            self._session.scan(folders, quiet=True, again=True)

    @Slot()
    def _check(self) -> None:
        if QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive:
            self._session.check_drives()

    @Slot(Qt.ApplicationState)
    def _on_activity(self, state: Qt.ApplicationState) -> None:
        """A drive that was plugged in while the user was elsewhere is there when he comes back."""
        self._check()
