"""A pool of supervised child processes, each with a thread here that feeds and watches it."""

from __future__ import annotations

import atexit
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from typing import Any

from faceapp.jobs import start_thread
from faceapp.processes import wire
from faceapp.processes.errors import ChildDied, ChildError, ChildrenBroken, PoolClosed
from faceapp.processes.ports import Work
from faceapp.processes.supervisor import Child

_TICK = 0.1  # seconds between looks at a child that works
_LAST_SECONDS = 5.0  # for a thread to end its child
_TRIES = 3  # children in a row that may die without a word
_AHEAD_BYTES = 4096  # a larger request could block its sender until the one before it is answered


class _Job:
    """A request and its future."""

    def __init__(self, request: Any) -> None:
        self.message = wire.pack(request)
        self.future: Future[Any] = Future()
        self._begun = False

    @property
    def small(self) -> bool:
        return not self.message.buffers and len(self.message.pickled) <= _AHEAD_BYTES

    def begin(self) -> bool:
        """Return False if it was cancelled. May be called again, when another child takes over."""
        self._begun = self._begun or self.future.set_running_or_notify_cancel()
        return self._begun

    def settle(self, reply: Callable[[], Any]) -> None:
        try:
            value = reply()
        except BaseException as error:  # whatever was raised in the child
            self.future.set_exception(error)
        else:
            self.future.set_result(value)


class Pool:
    """Implements ``Workforce`` with up to ``count`` child processes, started when they are needed.

    ``factory`` is picklable and makes the work in each child. If the work has a method ``prepare``, that is called
    with the next request while the one before is worked on; what it returns takes the request's place, unless it
    raises. A request may take ``seconds`` and its child ``memory_bytes``; each counts for what is being worked on.
    """

    def __init__(self, factory: Callable[[], Work], count: int, *, seconds: float, memory_bytes: int) -> None:
        self.count = count
        self._factory = pickle.dumps(factory)
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._changed = threading.Condition()  # guards all below
        self._urgent: deque[_Job] = deque()
        self._waiting: deque[_Job] = deque()
        self._threads: list[threading.Thread] = []
        self._idle: set[int] = set()  # numbers of threads that take the next request, once their child has started
        self._cold: set[int] = set()  # of those that shall start their child now
        self._limit = count
        self._silent = 0  # children in a row that said nothing
        self._closed = False
        atexit.register(self.close)

    def submit(self, request: Any, *, urgent: bool = False) -> Future[Any]:
        job = _Job(request)
        with self._changed:
            if self._closed:
                raise PoolClosed
            (self._urgent if urgent else self._waiting).append(job)
            self._hire()
        return job.future

    def set_limit(self, limit: int) -> None:
        with self._changed:
            self._limit = max(1, min(limit, self.count))
            self._hire()

    def warm(self, count: int) -> None:
        with self._changed:
            new = range(len(self._threads), min(count, self.count))
            self._cold.update(new)
            self._start_threads(len(new))

    def close(self) -> None:
        atexit.unregister(self.close)
        with self._changed:
            self._closed = True
            waiting = [*self._urgent, *self._waiting]
            self._urgent.clear()
            self._waiting.clear()
            self._changed.notify_all()
        for job in waiting:
            if not job.future.cancel():  # a child died with it before it was begun
                job.future.set_exception(PoolClosed())
        for thread in self._threads:
            thread.join(_LAST_SECONDS)

    # With the lock held.

    def _hire(self) -> None:
        """Wake the threads, and start one if all are busy."""
        wanted = len(self._urgent) + len(self._waiting) - self._ready()
        self._start_threads(max(0, min(wanted, self._limit - len(self._threads))))
        self._changed.notify_all()

    def _start_threads(self, count: int) -> None:
        if self._closed:
            return
        for number in range(len(self._threads), len(self._threads) + count):
            self._idle.add(number)
            self._threads.append(start_thread(f"child-{number + 1}", partial(self._serve, number)))

    def _ready(self) -> int:
        """Return how many threads will take a request at once, or as soon as their child has started."""
        return sum(number < self._limit for number in self._idle)

    def _next(self) -> _Job | None:
        """Return the next request without taking it."""
        for queue in (self._urgent, self._waiting):
            while queue:
                if not queue[0].future.cancelled():
                    return queue[0]
                queue.popleft()
        return None

    # On a child's thread.

    def _serve(self, number: int) -> None:
        child: Child | None = None
        while self._wait(number):
            child = child or self._start()
            if child is not None and not self._work(number, child):
                child.end()
                child = None
        if child is not None:
            child.end()

    def _wait(self, number: int) -> bool:
        """Wait until there is something to do; False when the pool is closed."""

        def called() -> bool:
            return self._closed or number in self._cold or (number < self._limit and self._next() is not None)

        with self._changed:
            self._idle.add(number)
            self._changed.wait_for(called)
            self._cold.discard(number)
            return not self._closed

    def _start(self) -> Child | None:
        """Start a child and wait for it; None if that fails, which a waiting request is told."""
        child: Child | None = None
        try:
            child = Child(self._factory, seconds=self._seconds, memory_bytes=self._memory_bytes)
            while not child.wait(_TICK):
                if self._closed:
                    raise PoolClosed
            ready = child.receive()
        except Exception as error:  # also for want of memory or processes
            if child is not None:
                child.end()
            self._count_silent(error)
            return None
        try:
            ready()
        except BaseException as error:  # what the factory raised
            child.end()
            self._fail(error, 1)
            return None
        return child

    def _work(self, number: int, child: Child) -> bool:
        """Answer requests until none waits. Return False if the child cannot be used any more."""
        held: deque[_Job] = deque()  # with the child, which works on the first
        try:
            while self._feed(number, child, held):
                if child.wait(_TICK):
                    reply = child.receive()
                    self._silent = 0
                    held.popleft().settle(reply)
                elif self._closed:
                    raise PoolClosed
        except Exception as error:  # also for want of memory for the reply
            if held:
                held.popleft().future.set_exception(error)
                self._put_back(held)
            else:  # it died before it was given anything
                self._count_silent(error)
            return False
        return True

    def _feed(self, number: int, child: Child, held: deque[_Job]) -> bool:
        """Hand over what to work on and what comes next; return whether there is something to work on."""
        while len(held) < 2 and (job := self._take(number, ahead=bool(held))) is not None:
            try:
                child.send(job.message, begins=not held)
            except ChildDied:
                self._put_back([job])
                raise
            held.append(job)
        return bool(held)

    def _take(self, number: int, *, ahead: bool) -> _Job | None:
        """Take the next request; ``ahead`` of its turn only if no other child is free for it."""
        with self._changed:
            while not self._closed and number < self._limit and (job := self._next()) is not None:
                if ahead and (not job.small or len(self._urgent) + len(self._waiting) <= self._ready()):
                    return None
                (self._urgent or self._waiting).popleft()
                if job.begin():
                    self._idle.discard(number)
                    return job
        return None

    def _put_back(self, jobs: Iterable[_Job]) -> None:
        """Let other children have what one did not begin."""
        with self._changed:
            closed = self._closed
            if not closed:
                self._urgent.extend(jobs)
                self._hire()
        if closed:
            for job in jobs:
                job.future.set_exception(PoolClosed())

    def _count_silent(self, error: Exception) -> None:
        """A child died without a word: after some in a row, stop to wonder."""
        with self._changed:
            self._silent += 1
            if self._closed or self._silent < _TRIES:
                return
            self._silent = 0  # what comes later is tried again
        self._fail(ChildrenBroken(error.how if isinstance(error, ChildError) else f"cannot be started: {error}"))

    def _fail(self, error: BaseException, count: int | None = None) -> None:
        """Answer what waits, the first ``count`` or all, with an error."""
        failed: list[_Job] = []
        with self._changed:
            while (count is None or len(failed) < count) and (job := self._next()) is not None:
                (self._urgent or self._waiting).popleft()
                if job.begin():
                    failed.append(job)
        for job in failed:
            job.future.set_exception(error)
