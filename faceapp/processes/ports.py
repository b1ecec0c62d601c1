"""What a pool offers to those who send it requests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

Work = Callable[[Any], Any]  # a request in, its reply out


class Workforce(Protocol):
    """Takes requests and answers them elsewhere. Safe from any thread."""

    @property
    def count(self) -> int:
        """Return how many requests are worked on at once at most."""

    def submit(self, request: Any, *, urgent: bool = False) -> Future[Any]:
        """Queue a request, ahead of what waits if it is urgent. Raises ``PoolClosed``.

        The future raises what the work raised, a ``ChildError`` if the child did not survive the request,
        ``ChildrenBroken``, or ``PoolClosed``. Until the request has begun it can be cancelled. Its callbacks run on
        a thread of the pool and must not wait.
        """

    def set_limit(self, limit: int) -> None:
        """Let this many requests be worked on at once, at least 1; what has begun is finished."""

    def warm(self, count: int) -> None:
        """Get ready for this many requests before they come."""

    def close(self) -> None:
        """End everything at once: what waits is cancelled, what has begun fails with ``PoolClosed``."""
