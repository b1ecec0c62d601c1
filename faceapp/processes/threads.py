"""The stand-in for ``Pool`` where nothing can crash: tests with fakes."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from faceapp.processes.errors import PoolClosed
from faceapp.processes.ports import Work


class ThreadPool:
    """Implements ``Workforce`` over threads of this process, one of them for what is urgent. Only notes ``limit``."""

    def __init__(self, work: Work, count: int) -> None:
        self._work = work
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._urgent = ThreadPoolExecutor(1, thread_name_prefix="urgent")
        self._closed = False
        self.count = self.limit = count

    def submit(self, request: Any, *, urgent: bool = False) -> Future[Any]:
        if self._closed:
            raise PoolClosed
        return (self._urgent if urgent else self._threads).submit(self._work, request)

    def set_limit(self, limit: int) -> None:
        self.limit = limit

    def warm(self, count: int) -> None:
        """Do nothing: threads start at once."""

    def close(self) -> None:
        """End when what has begun is done."""
        self._closed = True
        for threads in (self._threads, self._urgent):
            threads.shutdown(cancel_futures=True)
