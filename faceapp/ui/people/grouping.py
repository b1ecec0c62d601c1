"""Keeps groups and guesses in step with the library: some time after the last photo or decision."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from faceapp.jobs import CancelToken
from faceapp.types_people import Regrouping
from faceapp.ui.job import Job
from faceapp.ui.session import Session

_AFTER_DECISION_MS = 300
_AFTER_PHOTOS_MS = 5_000  # while a scan runs: no more often
_AFTER_OPENING_MS = 10_000  # the first page and the first search come first
_log = logging.getLogger(__name__)


class Grouping(QObject):
    """Nothing waits for it: until it is done, the guesses before hold. GUI thread only."""

    grouped = Signal(object)  # Regrouping: guesses are up to date
    previewed = Signal(object)  # Regrouping: what grouping anew would change
    changed = Signal()  # began or ended
    progressed = Signal(object)  # share done, 0 to 1

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job = Job("grouping", self)
        self._answer: Callable[[Regrouping], None] = self._on_grouped
        self._again = False
        self.after_decision_ms = _AFTER_DECISION_MS
        self.after_photos_ms = _AFTER_PHOTOS_MS
        self.after_opening_ms = _AFTER_OPENING_MS
        self._job.ended.connect(self._on_end)
        self._job.failed.connect(self._on_failure)
        self._job.stopped.connect(self._go_on)
        self._job.changed.connect(self.changed)
        self._job.progressed.connect(self.progressed)
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._follow)
        session.opened.connect(self._at_first)
        session.decided.connect(self._soon)
        session.photos_saved.connect(self._later)
        session.closing.connect(self._stop)
        session.users.append(lambda: self._job.running)

    @property
    def running(self) -> bool:
        return self._job.running

    @property
    def waiting(self) -> bool:
        """Whether guesses are behind the library, or will be brought up to date in a moment."""
        return self._job.running or self._again or self.timer.isActive()

    def regroup(self, *, preview: bool = False) -> None:
        """Group all faces anew, or only tell what that would change. Nothing happens while a grouping runs."""
        if self._session.is_open and not self._job.running:
            groups = self._session.services.groups
            self._answer = self.previewed.emit if preview else self._on_grouped
            self._job.start(lambda cancel, progress: groups.regroup(preview=preview, cancel=cancel, progress=progress))

    def close(self) -> None:
        """The window is closed."""
        self.timer.stop()
        self._job.close()

    @Slot()
    def stop(self) -> None:
        """Stop a grouping that the user asked for."""
        self._job.stop()

    @Slot()
    def _stop(self) -> None:
        self.timer.stop()
        self._again = False
        self._job.stop()

    @Slot()
    def _at_first(self) -> None:
        self.timer.start(self.after_opening_ms)

    @Slot()
    def _soon(self) -> None:
        self.timer.start(self.after_decision_ms)

    @Slot()
    def _later(self) -> None:
        if not self.timer.isActive():
            self.timer.start(self.after_photos_ms)

    @Slot()
    def _follow(self) -> None:
        if not self._session.is_open:
            return
        if self._job.running:  # something came meanwhile: once more after it
            self._again = True
            return
        groups = self._session.services.groups
        self._answer = self._on_grouped

        def work(cancel: CancelToken, _progress: object) -> object:
            return groups.follow(cancel=cancel)

        self._job.start(work)

    def _on_grouped(self, regrouping: Regrouping) -> None:
        if regrouping.changed:
            self._session.announce_guessed()
        self.grouped.emit(regrouping)

    @Slot(object)
    def _on_end(self, regrouping: Regrouping) -> None:
        self._answer(regrouping)
        self._go_on()

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        """The guesses before hold."""
        _log.warning("faces could not be grouped", exc_info=error)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self._soon()
