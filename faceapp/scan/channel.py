"""A bounded queue that can be closed: closing wakes everyone who waits on it, so nothing hangs at the end."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Closed(Exception):  # noqa: N818 - a flow of control, not an error
    """The channel was closed while, or before, something waited on it."""


class Channel(Generic[T]):
    """At most ``capacity`` items between threads. Safe from any thread."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._items: deque[T] = deque()
        self._closed = False
        self._lock = threading.Lock()
        self._room = threading.Condition(self._lock)
        self._filled = threading.Condition(self._lock)

    def put(self, item: T) -> None:
        """Add an item, waiting for room. Raises ``Closed``."""
        with self._lock:
            while not self._closed and len(self._items) >= self._capacity:
                self._room.wait()
            self._append(item)

    def offer(self, item: T) -> bool:
        """Add an item if there is room for it at once. Raises ``Closed``."""
        with self._lock:
            if not self._closed and len(self._items) >= self._capacity:
                return False
            self._append(item)
            return True

    def take(self, timeout: float | None = None) -> T:
        """Remove and return the oldest item. Raises ``Closed``, or ``TimeoutError`` after ``timeout`` seconds."""
        with self._lock:
            if not self._filled.wait_for(lambda: self._closed or self._items, timeout):
                raise TimeoutError
            if self._closed:
                raise Closed
            item = self._items.popleft()
            self._room.notify()
            return item

    def clear(self) -> int:
        """Drop what waits; return how many items that were."""
        with self._lock:
            dropped = len(self._items)
            self._items.clear()
            self._room.notify_all()
            return dropped

    def close(self) -> None:
        """Drop what waits and let every present and later ``put`` and ``take`` raise ``Closed``."""
        with self._lock:
            self._closed = True
            self._items.clear()
            self._room.notify_all()
            self._filled.notify_all()

    def _append(self, item: T) -> None:
        if self._closed:
            raise Closed
        self._items.append(item)
        self._filled.notify()
