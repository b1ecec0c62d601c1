"""Keeps what the slider says in step with the library: calibrates anew some time after the last change."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Slot

from faceapp.jobs import CancelToken
from faceapp.ui.job import Job
from faceapp.ui.query import Query
from faceapp.ui.session import Session

_QUIET_MS = 5_000  # after the last photo or name
_log = logging.getLogger(__name__)


class Calibrating(QObject):
    """Nothing waits for it: until it is done, the words of the calibration before hold. GUI thread only."""

    def __init__(self, session: Session, query: Query, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._query = query
        self._job = Job("calibration", self)
        self._job.ended.connect(self._on_end)
        self._job.failed.connect(self._on_failure)
        self.timer = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self.timer.timeout.connect(self._refresh)
        for changed in (session.opened, session.content_changed):
            changed.connect(self.timer.start)
        session.closing.connect(self._stop)
        session.users.append(lambda: self._job.running)

    @property
    def running(self) -> bool:
        return self._job.running

    def close(self) -> None:
        """The window is closed."""
        self.timer.stop()
        self._job.close()

    @Slot()
    def _stop(self) -> None:
        self.timer.stop()
        self._job.stop()

    @Slot()
    def _refresh(self) -> None:
        if not self._session.is_open:
            return
        if self._job.running:  # faces came meanwhile: once more after it
            self.timer.start()
            return
        calibrator = self._session.services.calibrator

        def work(cancel: CancelToken, _progress: object) -> object:
            return calibrator.refresh(cancel)

        self._job.start(work)

    @Slot(object)
    def _on_end(self, _calibration: object) -> None:
        self._query.recalibrate()

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        """The slider goes on with what it knows; the words are as good as before."""
        _log.warning("the library could not be calibrated", exc_info=error)
