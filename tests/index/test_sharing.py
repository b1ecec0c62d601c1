from __future__ import annotations

import threading

import pytest

from faceapp.index import sharing
from faceapp.index.sharing import share


@pytest.mark.parametrize("alone", [True, False])
def test_results_are_in_the_order_of_the_tasks(alone: bool) -> None:
    assert share(lambda number: number * 2, range(500), alone=alone) == list(range(0, 1000, 2))
    assert share(lambda number: number, [], alone=alone) == []


@pytest.mark.skipif(sharing.THREADS < 2, reason="there is one processor only")
def test_a_helper_takes_part() -> None:
    both = threading.Barrier(2)
    names = share(lambda _: (both.wait(30), threading.current_thread().name)[1], range(2), alone=False)
    assert len(set(names)) == 2


def test_nobody_waits_for_a_helper_that_is_busy() -> None:
    done, started = threading.Event(), threading.Event()
    busy = [sharing._helpers().submit(lambda: (started.set(), done.wait(30))) for _ in range(sharing.THREADS)]
    assert started.wait(30)
    assert share(lambda number: number, range(20), alone=False) == list(range(20))
    assert not any(task.done() for task in busy)
    done.set()


@pytest.mark.parametrize("bad", [0, 7, 49])
def test_what_goes_wrong_is_raised(bad: int) -> None:
    def work(number: int) -> int:
        if number == bad:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match=str(bad)):
        share(work, range(50), alone=False)
