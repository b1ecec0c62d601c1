"""One long piece of work beside the window: a thread, a token, an end that is always told. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Signal, Slot

from faceapp.jobs import Cancelled, CancelToken, start_thread

Work = Callable[[CancelToken, Callable[[object], None]], object]

_DEADLINE_S = 20.0  # how long closing waits for a piece of work that was told to stop


class Job(QObject):
    """Runs one piece of work at a time; ``start`` while it runs does nothing.

    Every run ends in one of ``ended``, ``stopped`` and ``failed``, unless the window is closed meanwhile.
    """

    changed = Signal()  # began, paused, went on, or came to its end
    progressed = Signal(object)
    ended = Signal(object)  # what the work returned
    stopped = Signal()
    failed = Signal(object)  # Exception
    _over = Signal(object, object)  # CancelToken of the run and its outcome, from its thread

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._token: CancelToken | None = None
        self._thread: Thread | None = None
        self._over.connect(self._on_over)

    @property
    def running(self) -> bool:
        return self._token is not None

    @property
    def paused(self) -> bool:
        return self._token is not None and self._token.paused

    def start(self, work: Work) -> None:
        """Run ``work(token, progress)`` on a thread that gives way to the window."""
        if self._token is not None:
            return
        token = self._token = CancelToken()

        def run() -> None:
            try:
                outcome = work(token, self.progressed.emit)
            except Exception as error:  # the thread's boundary: whoever started the work tells the user
                outcome = error
            self._over.emit(token, outcome)

        self._thread = start_thread(self._name, run, background=True)
        self.changed.emit()

    def set_paused(self, paused: bool) -> None:
        if self._token is not None:
            if paused:
                self._token.pause()
            else:
                self._token.resume()
            self.changed.emit()

    @Slot()
    def stop(self) -> None:
        if self._token is not None:
            self._token.cancel()

    def close(self) -> None:
        """Stop, wait for the thread, tell nothing any more."""
        token, self._token = self._token, None
        if token is not None:
            token.cancel()
        if self._thread is not None:
            self._thread.join(_DEADLINE_S)

    @Slot(object, object)
    def _on_over(self, token: CancelToken, outcome: object) -> None:
        if token is not self._token:  # closed
            return
        self._token = None
        self.changed.emit()
        if token.cancelled or isinstance(outcome, Cancelled):
            self.stopped.emit()
        elif isinstance(outcome, Exception):
            self.failed.emit(outcome)
        else:
            self.ended.emit(outcome)
