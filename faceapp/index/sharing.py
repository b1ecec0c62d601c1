"""Work shared by the calling thread and helpers, for kernels during which other Python threads run."""

from __future__ import annotations

import functools
import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

THREADS = min(2, os.cpu_count() or 1)  # memory is the limit: more threads read it no faster
Task = TypeVar("Task")
Result = TypeVar("Result")


def share(work: Callable[[Task], Result], tasks: Iterable[Task], *, alone: bool) -> list[Result]:
    """Return what ``work`` returns for each task, in order. ``alone``: it is not worth waking a helper.

    Never waits for a helper that serves somebody else: what no helper takes, the caller does.
    """
    todo = list(tasks)
    results: list[Result | None] = [None] * len(todo)
    left = deque(range(len(todo)))

    def drain() -> None:
        while True:
            try:
                number = left.popleft()
            except IndexError:
                return
            results[number] = work(todo[number])

    helpers = [] if alone or len(todo) < 2 else [_helpers().submit(drain) for _ in range(THREADS - 1)]
    try:
        drain()
    finally:
        left.clear()
        failures = [helper.exception() for helper in helpers if not helper.cancel()]
    for failure in failures:
        if failure is not None:
            raise failure
    return results  # type: ignore[return-value]  # every place is filled


@functools.cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, THREADS - 1), "search")
