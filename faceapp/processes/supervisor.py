"""A child process as its parent sees it."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable
from multiprocessing import connection, resource_tracker
from time import monotonic
from typing import Any

import psutil

from faceapp.processes import child, wire
from faceapp.processes.errors import ChildDied, ChildTimedOut, ChildTooLarge

_SPAWN = multiprocessing.get_context("spawn")
_REAPING = threading.Lock()  # whoever starts a child looks after all others: then waitpid answers only one of two
_LONGEST_LOOK = 1.0  # seconds; what passed more between two looks was a pause of us all, by Ctrl+Z for example
_START_SECONDS = 120.0  # to import and to load the models, on a slow disk and a busy machine
_GRACE_SECONDS = 2.0  # for a killed process to be gone; one that waits for a dead drive stays until that answers


class Child:
    """Starts a process that is ready once it has sent a message. For one thread, which must outlive it."""

    def __init__(self, factory: bytes, *, seconds: float, memory_bytes: int) -> None:
        """Raises ``OSError`` when the system starts no process."""
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._patience = _START_SECONDS
        self._spent = self._looked = 0.0
        inbound, self._requests = _SPAWN.Pipe(duplex=False)
        self._replies, outbound = _SPAWN.Pipe(duplex=False)
        self._process = _SPAWN.Process(target=child.main, args=(inbound, outbound, factory, seconds), daemon=True)
        try:
            with inbound, outbound, _REAPING:
                _hold_back_interrupts()
                self._process.start()
        except BaseException:
            self._close()
            raise
        self._sentinel = self._process.sentinel
        self._begin()

    def send(self, request: wire.Message, *, begins: bool) -> None:
        """Send a request, which ``begins`` at once or when the one before it is answered. Raises ``ChildDied``."""
        if begins:
            self._begin()
        try:
            wire.send(self._requests, request)
        except OSError:
            raise self._death() from None

    def wait(self, seconds: float) -> bool:
        """Return whether a message has come after at most so long. Raises ``ChildError`` when none will."""
        ready = connection.wait([self._replies, self._sentinel], seconds)
        if self._replies in ready:
            return True
        if ready:
            raise self._death()
        now = monotonic()
        self._spent += min(now - self._looked, _LONGEST_LOOK)
        self._looked = now
        if self._spent > self._patience:
            raise ChildTimedOut(self._patience)
        if self._memory() > self._memory_bytes:
            raise ChildTooLarge(self._memory_bytes)
        return False

    def receive(self) -> Callable[[], Any]:
        """Return what gives the reply or raises what was raised instead. Raises ``ChildDied``."""
        try:
            load = wire.receive(self._replies)
        except (EOFError, OSError):
            raise self._death() from None
        self._patience = self._seconds
        self._begin()

        def reply() -> Any:
            done, value = load()
            if not done:
                raise value
            return value

        return reply

    def end(self) -> None:
        """Kill the process, which holds nothing that could be lost."""
        self._close()
        self._process.kill()
        self._reap()
        with contextlib.suppress(ValueError):  # still there
            self._process.close()

    def _begin(self) -> None:
        """Count the seconds of what is worked on now."""
        self._spent = 0.0
        self._looked = monotonic()

    def _close(self) -> None:
        self._requests.close()
        self._replies.close()

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def _death(self) -> ChildDied:
        self._reap()
        code = self._process.exitcode
        if code is None:
            return ChildDied("closed its connection")
        if code >= 0:
            return ChildDied(f"ended with code {code}")
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return ChildDied(f"was ended by {name}", killed=name == "SIGKILL")

    def _reap(self) -> None:
        if connection.wait([self._sentinel], _GRACE_SECONDS):
            with _REAPING:
                self._process.join(_GRACE_SECONDS)


def _hold_back_interrupts() -> None:
    """Let children of this thread be born deaf to Ctrl+C, which is for the main thread: none prints a traceback."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # multiprocessing starts it with the first child, and undoes the mask
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
