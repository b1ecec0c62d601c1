"""The window's one door to threads: ``run`` a function on the UI pool, get its answer on the GUI thread.

Nothing else in ``ui/`` starts a thread. Work that takes longer than a read (a scan) belongs to ``faceapp.jobs``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QThreadPool, Signal, Slot
from shiboken6 import Shiboken

T = TypeVar("T")

THREADS: Final = 2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    fn: Callable[[], Any]
    done: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    key: Hashable | None
    generation: int
    owner: QObject | None


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    job: _Job
    result: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """Make, ``run`` and ``close`` on the GUI thread.

    Signals
    -------
    crashed(object)
        An exception that no ``failed`` was given for, on the GUI thread.
    """

    crashed = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, *, threads: int = THREADS) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()  # no parent: it must outlive nothing and is waited for in close()
        self._pool.setObjectName("ui")
        self._pool.setMaxThreadCount(threads)
        self._pool.setExpiryTimeout(-1)
        self._generations: dict[Hashable, int] = {}
        self._open = 0  # jobs whose outcome has not been delivered
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether every outcome was delivered."""
        return self._open == 0

    def run(
        self,
        fn: Callable[[], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        priority: int = 0,
        key: Hashable | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run ``fn`` on a worker, then ``done(result)`` or ``failed(error)`` on the GUI thread.

        ``fn`` must touch no widget and no pixmap. Higher ``priority`` starts first. Of several runs with the same
        ``key`` only the latest delivers; those still waiting are not even started. Nothing is delivered once the
        receiver is destroyed: ``owner``, or else the object whose bound methods ``done`` and ``failed`` are; give an
        ``owner`` with a lambda.
        """
        if self._closed:
            return
        generation = 0
        if key is not None:
            generation = self._generations[key] = self._generations.get(key, 0) + 1
        job = _Job(fn, done, failed, key, generation, owner or _receiver(done) or _receiver(failed))
        self._open += 1
        self._pool.start(partial(self._work, job), priority)

    def cancel(self, key: Hashable) -> None:
        """Drop whatever runs or waits under ``key``."""
        self._generations[key] = self._generations.get(key, 0) + 1

    def wait(self, timeout_ms: int = 10_000) -> bool:
        """Wait until all is done and delivered, follow-ups included; False if that took longer. For tests."""
        clock = QElapsedTimer()
        clock.start()
        while self._open:
            left = timeout_ms - clock.elapsed()
            if left <= 0 or not self._pool.waitForDone(left):
                return False
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        return True

    def close(self, timeout_ms: int = 10_000) -> bool:
        """Drop everything, wait for what runs, deliver nothing more; False if a worker did not end in time."""
        self._closed = True
        self._pool.clear()
        return self._pool.waitForDone(timeout_ms)

    def _work(self, job: _Job) -> None:
        thread = threading.current_thread()
        if not thread.name.startswith("ui-"):
            thread.name = f"ui-{threading.get_native_id()}"
        outcome = _Outcome(job)
        if not self._closed and self._is_latest(job):
            try:
                outcome = _Outcome(job, result=job.fn())
            except Exception as error:
                outcome = _Outcome(job, error=error)
        if Shiboken.isValid(self):
            self._finished.emit(outcome)

    def _is_latest(self, job: _Job) -> bool:
        return job.key is None or self._generations.get(job.key) == job.generation

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        self._open -= 1
        job = outcome.job
        if self._closed or not self._is_latest(job) or (job.owner is not None and not Shiboken.isValid(job.owner)):
            return
        if outcome.error is None:
            if job.done is not None:
                job.done(outcome.result)
        elif job.failed is not None:
            job.failed(outcome.error)
        else:
            _log.error("a task failed", exc_info=outcome.error)
            self.crashed.emit(outcome.error)


def _receiver(callback: object) -> QObject | None:
    """Return the QObject that a bound method, or a partial of one, belongs to."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return owner if isinstance(owner, QObject) else None
