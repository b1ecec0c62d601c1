"""Notices when the window has stopped answering, and writes down what every thread was doing."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

HANG_S = 5.0
_BEATS: Final = 10  # in that time
_log = logging.getLogger(__name__)


class Watchdog(QObject):
    """The GUI thread sets a timer; a thread of its own looks whether it still runs. Made and stopped there.

    A hang is written down once, however long it lasts. ``hangs`` counts them.
    """

    def __init__(self, parent: QObject | None = None, *, hang_s: float | None = None) -> None:
        super().__init__(parent)
        self.hangs = 0
        self._hang_s = HANG_S if hang_s is None else hang_s
        self._every = self._hang_s / _BEATS
        self._beaten = time.monotonic()
        self._over = threading.Event()
        self._timer = QTimer(self, interval=round(self._every * 1000))
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._watch, args=(threading.get_ident(),), name="watchdog", daemon=True)

    def start(self) -> None:
        self._beaten = time.monotonic()
        self._timer.start()
        self._thread.start()

    @Slot()
    def stop(self) -> None:
        self._timer.stop()
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    @Slot()
    def _beat(self) -> None:
        self._beaten = time.monotonic()

    def _watch(self, watched: int) -> None:
        told = False
        looked = time.monotonic()
        while not self._over.wait(self._every):
            now = time.monotonic()
            if now - looked > self._hang_s:  # nobody ran: the computer slept
                self._beaten = now
            looked = now
            silent = now - self._beaten
            if silent < self._hang_s:
                told = False
            elif not told:
                told = True
                self.hangs += 1
                _log.error("the window has not answered for %.0f s\n%s", silent, stacks(watched))


def stacks(first: int) -> str:
    """Return the stack of every thread, that of the thread ``first`` on top."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    frames = sorted(sys._current_frames().items(), key=lambda item: item[0] != first)
    return "\n".join(
        f"Thread {names.get(ident, ident)}:\n{''.join(traceback.format_stack(frame))}" for ident, frame in frames
    )
