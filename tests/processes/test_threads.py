"""The stand-in for child processes."""

from __future__ import annotations

import threading

import pytest

from faceapp.errors import PhotoError
from faceapp.processes import PoolClosed
from faceapp.processes.threads import ThreadPool


def test_it_answers_raises_and_closes() -> None:
    def work(request: int) -> int:
        if request < 0:
            raise PhotoError("too small")
        return request + 1

    pool = ThreadPool(work, 2)
    assert [pool.submit(number).result() for number in range(3)] == [1, 2, 3]
    with pytest.raises(PhotoError, match="too small"):
        pool.submit(-1).result()
    pool.close()
    with pytest.raises(PoolClosed):
        pool.submit(1)


def test_urgent_requests_do_not_wait_for_the_others() -> None:
    gate = threading.Event()

    def work(request: str) -> str:
        if request == "slow":
            gate.wait(60)
        return request

    pool = ThreadPool(work, 1)
    slow = pool.submit("slow")
    assert pool.submit("urgent", urgent=True).result(60) == "urgent"
    assert not slow.done()
    gate.set()
    assert slow.result(60) == "slow"
    pool.close()
