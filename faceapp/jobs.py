"""Threads of the pipeline: one cancel token a job, named threads, nothing else starts one.

The window's own short tasks go through ``ui/tasks.py``.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable


class Cancelled(Exception):  # noqa: N818 - a flow of control, not an error
    """Raised by ``CancelToken.check`` once the job was cancelled."""


class CancelToken:
    """Tells a job to stop or to wait. Safe from any thread; checked between photos."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._running = threading.Event()
        self._running.set()
        self._gentle = threading.Event()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    @property
    def paused(self) -> bool:
        return not self._running.is_set()

    @property
    def gentle(self) -> bool:
        """Whether the job leaves a processor free for the user."""
        return self._gentle.is_set()

    def set_gentle(self, gentle: bool) -> None:
        if gentle:
            self._gentle.set()
        else:
            self._gentle.clear()

    def cancel(self) -> None:
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        self._running.clear()

    def resume(self) -> None:
        self._running.set()

    def check(self) -> None:
        """Wait while paused; raise ``Cancelled`` once cancelled."""
        self._running.wait()
        if self._cancelled.is_set():
            raise Cancelled


def start_thread(name: str, work: Callable[[], None], *, background: bool = False) -> threading.Thread:
    """Start and return a named daemon thread; ``background`` gives way to the window where the system can."""

    def run() -> None:
        if background:
            yield_to_the_window()
        work()

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def yield_to_the_window() -> None:
    """Lower the calling thread's priority. Linux keeps a nice value for each thread; elsewhere this does nothing."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
