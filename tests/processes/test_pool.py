"""Child processes that do well, crash, hang and grow."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, wait
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from faceapp.errors import ModelError, PhotoError
from faceapp.processes import (
    ChildDied,
    ChildrenBroken,
    ChildTimedOut,
    ChildTooLarge,
    PoolClosed,
    supervisor,
)
from faceapp.processes.pool import Pool
from tests.processes import chores

LONG = 60  # seconds until a test gives up

MakePool = Callable[..., Pool]


@pytest.fixture
def make_pool() -> Iterator[MakePool]:
    """Return a function that makes a pool; all are closed at the end and leave nothing behind."""
    before = set(psutil.Process().children(recursive=True))
    pools: list[Pool] = []

    def make(
        factory: Callable[[], Any] = chores.performer, count: int = 1, seconds: float = LONG, megabytes: int = 1000
    ) -> Pool:
        pools.append(Pool(factory, count, seconds=seconds, memory_bytes=megabytes << 20))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()
    left = set(psutil.Process().children(recursive=True)) - before
    assert not [process for process in left if "resource_tracker" not in " ".join(process.cmdline())]
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("child-")]


def answer(future: Future[Any]) -> Any:
    return future.result(LONG)


def until(done: Callable[[], object]) -> None:
    limit = time.monotonic() + LONG
    while not done():
        assert time.monotonic() < limit, "waited in vain"
        time.sleep(0.005)


def test_a_request_is_answered_in_another_process(make_pool: MakePool) -> None:
    pool = make_pool()
    assert answer(pool.submit(("echo", [1, "two", None]))) == [1, "two", None]
    first = answer(pool.submit(("pid",)))
    assert first != os.getpid()
    assert answer(pool.submit(("pid",))) == first


def test_large_arrays_come_and_go(make_pool: MakePool) -> None:
    pool = make_pool()
    reply = answer(pool.submit(("array", 12)))
    assert reply["pixels"].shape == (12 << 10, 1024)
    assert (reply["pixels"] == 7).all()
    assert reply["pixels"].flags.writeable
    assert reply["small"].tolist() == [0, 1, 2, 3, 4]
    assert answer(pool.submit(("sum", np.ones((3000, 1000), np.uint8)))) == 3_000_000


def test_children_are_quiet_polite_and_use_one_thread(make_pool: MakePool) -> None:
    values, nice = answer(make_pool().submit(("environment", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")))
    assert values == ["1", "1"]
    assert nice == 5


def test_errors_come_with_their_words_and_their_traceback(make_pool: MakePool) -> None:
    pool = make_pool()
    with pytest.raises(PhotoError, match="a bad picture") as caught:
        answer(pool.submit(("photo error", "a bad picture")))
    assert "chores.py" in "".join(caught.value.__notes__)
    with pytest.raises(RuntimeError, match="Unpicklable: salt and pepper"):
        answer(pool.submit(("unpicklable error",)))
    with pytest.raises(Exception, match="pickle"):
        answer(pool.submit(("unpicklable reply",)))
    assert answer(pool.submit(("echo", "still there"))) == "still there"


def test_a_request_that_cannot_be_pickled_is_refused_at_once(make_pool: MakePool) -> None:
    with pytest.raises(Exception, match="pickle"):
        make_pool().submit(("echo", lambda: None))


@pytest.mark.parametrize(
    ("request_", "how"), [(("crash",), "was ended by SIGSEGV"), (("exit", 3), "ended with code 3")]
)
def test_a_crash_fails_one_request_and_a_fresh_child_takes_over(
    make_pool: MakePool, request_: tuple[Any, ...], how: str
) -> None:
    pool = make_pool()
    first = answer(pool.submit(("pid",)))
    with pytest.raises(ChildDied) as caught:
        answer(pool.submit(request_))
    assert caught.value.how == how
    assert not caught.value.killed
    assert answer(pool.submit(("pid",))) != first


def test_many_crashes_in_a_row_are_each_the_requests_own(make_pool: MakePool) -> None:
    pool = make_pool()
    futures = [pool.submit(("exit", number)) for number in range(1, 6)]
    assert [str(future.exception(LONG)) for future in futures] == [
        f"A child process ended with code {number}." for number in range(1, 6)
    ]


def test_only_the_request_being_worked_on_falls_with_the_child(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    pid = answer(pool.submit(("pid",)))
    futures = [pool.submit(("wait for", tmp_path / "never")), pool.submit(("echo", 1)), pool.submit(("echo", 2))]
    until(futures[1].running)  # it is with the child, too
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(ChildDied) as caught:
        answer(futures[0])
    assert caught.value.killed
    assert [answer(future) for future in futures[1:]] == [1, 2]


def test_a_child_that_dies_while_idle_is_nobodys_fault(make_pool: MakePool) -> None:
    pool = make_pool()
    pid = answer(pool.submit(("pid",)))
    os.kill(pid, signal.SIGKILL)
    until(lambda: _is_dead(psutil.Process(pid)))
    assert answer(pool.submit(("pid",))) != pid


def _is_dead(process: psutil.Process) -> bool:
    """Return whether a killed process is gone but for its entry: its last thread takes the pipes with it."""
    return process.status() == psutil.STATUS_ZOMBIE and process.num_threads() <= 1


@pytest.mark.parametrize("how", ["hang", "hang holding the GIL"])
def test_a_request_that_takes_too_long_is_ended(make_pool: MakePool, how: str) -> None:
    pool = make_pool(seconds=2)
    hung, after = pool.submit((how,)), pool.submit(("echo", "after"))
    with pytest.raises(ChildTimedOut) as caught:
        answer(hung)
    assert caught.value.seconds == 2
    assert answer(after) == "after"


def test_time_counts_from_when_a_request_is_worked_on(make_pool: MakePool) -> None:
    pool = make_pool(seconds=2)
    naps = [pool.submit(("nap", 1.2)) for _ in range(3)]
    assert [answer(nap) for nap in naps] == [None] * 3


def test_time_does_not_count_while_everything_is_stopped(
    make_pool: MakePool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = make_pool(seconds=30)
    slept, looks = 0, 0

    def monotonic() -> float:
        nonlocal looks
        looks += 1
        return time.monotonic() + slept

    monkeypatch.setattr(supervisor, "monotonic", monotonic)
    answer(pool.submit(("echo", None)))
    waiting = pool.submit(("wait for", tmp_path / "go", "gone on"))
    until(waiting.running)
    slept, before = 3600, looks
    until(lambda: looks >= before + 2 or waiting.done())
    (tmp_path / "go").touch()
    assert answer(waiting) == "gone on"


def test_a_request_that_takes_too_much_memory_is_ended(make_pool: MakePool) -> None:
    pool = make_pool(megabytes=150)
    greedy, after = pool.submit(("grow",)), pool.submit(("echo", "after"))
    with pytest.raises(ChildTooLarge) as caught:
        answer(greedy)
    assert caught.value.memory_bytes == 150 << 20
    assert answer(after) == "after"


def test_the_next_request_is_prepared_while_one_is_worked_on(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(chores.Preparing)
    answer(pool.submit(("echo", None)))
    blocked = pool.submit(("wait for", tmp_path / "go", "gone on"))
    second = pool.submit(("prepared touch", tmp_path / "go"))  # preparing it lets the first one end
    assert answer(blocked) == "gone on"
    assert answer(second) == "prepared"


def test_what_cannot_be_prepared_is_worked_on_as_it_is(make_pool: MakePool) -> None:
    pool = make_pool(chores.Preparing)
    assert answer(pool.submit(("spoilt", 5))) == 5


def test_as_many_children_as_are_needed_and_allowed(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(count=2)
    go = tmp_path / "go"
    futures = [pool.submit(("wait for", go)) for _ in range(6)]
    until(lambda: sum(future.running() for future in futures) == 4)  # two worked on, two in waiting
    go.touch()
    assert len({answer(future) for future in futures}) == 2


def test_one_request_starts_one_child(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(partial(chores.logged_birth, str(tmp_path)), count=2)
    for _ in range(5):
        answer(pool.submit(("echo", None)))
    assert len(list(tmp_path.iterdir())) == 1


def test_warm_children_have_started_before_they_are_needed(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(partial(chores.logged_birth, str(tmp_path)), count=2)
    pool.warm(1)
    until(lambda: list(tmp_path.iterdir()))
    assert str(answer(pool.submit(("pid",)))) == next(tmp_path.iterdir()).name


def test_urgent_requests_go_ahead_of_what_waits(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    order: list[str] = []

    def submit(name: str, *, urgent: bool = False) -> Future[Any]:
        future = pool.submit(("echo", name), urgent=urgent)
        future.add_done_callback(lambda _: order.append(name))
        return future

    blocked = [pool.submit(("wait for", tmp_path / "go")), pool.submit(("echo", "with the child"))]
    until(blocked[1].running)
    futures = [submit("one"), submit("two"), submit("urgent", urgent=True), submit("as urgent", urgent=True)]
    (tmp_path / "go").touch()
    wait(futures, LONG)
    assert order == ["urgent", "as urgent", "one", "two"]


def test_what_has_not_begun_can_be_cancelled(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    blocked = [pool.submit(("wait for", tmp_path / "go")), pool.submit(("echo", "with the child"))]
    until(blocked[1].running)
    waiting = pool.submit(("touch", tmp_path / "done"))
    assert waiting.cancel()
    (tmp_path / "go").touch()
    assert answer(pool.submit(("echo", "last"))) == "last"
    assert not (tmp_path / "done").exists()
    assert not blocked[0].cancel()


def test_gentle_is_one_at_a_time(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(count=2)
    pool.set_limit(1)
    go = tmp_path / "go"
    futures = [pool.submit(("wait for", go)) for _ in range(4)]
    until(lambda: sum(future.running() for future in futures) == 2)  # one is worked on, one read ahead
    pool.set_limit(2)
    until(lambda: sum(future.running() for future in futures) == 4)
    pool.set_limit(1)
    go.touch()
    wait(futures, LONG)
    assert len({answer(pool.submit(("pid",))) for _ in range(4)}) == 1


def test_closing_ends_at_once_what_is_worked_on_and_what_waits(make_pool: MakePool) -> None:
    pool = make_pool(count=2)
    pids = [answer(future) for future in [pool.submit(("pid",)) for _ in range(4)]]
    futures = [pool.submit(("hang holding the GIL",)) for _ in range(6)]
    until(lambda: sum(future.running() for future in futures) == 4)
    pool.close()
    assert not any(psutil.pid_exists(pid) for pid in pids)
    closed = [future for future in futures if not future.cancelled()]
    assert [type(future.exception(0)) for future in closed] == [PoolClosed] * 4
    with pytest.raises(CancelledError):
        answer(next(future for future in futures if future.cancelled()))
    with pytest.raises(PoolClosed):
        pool.submit(("pid",))
    pool.close()


def test_closing_while_a_child_starts(make_pool: MakePool) -> None:
    pool = make_pool()
    future = pool.submit(("pid",))
    pool.close()
    assert future.cancelled()


def test_what_the_factory_raises_comes_through_and_the_next_request_tries_again(make_pool: MakePool) -> None:
    pool = make_pool(chores.bad_model)
    for _ in range(4):
        with pytest.raises(ModelError, match="The model file is missing"):
            answer(pool.submit(("echo", 1)))


def test_children_that_never_live_are_told_apart_from_bad_requests(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(partial(chores.born_until, str(tmp_path / "mended")), count=2)
    for future in [pool.submit(("echo", number)) for number in range(5)]:
        with pytest.raises(ChildrenBroken, match="ended with code 7"):
            answer(future)
    (tmp_path / "mended").touch()
    assert answer(pool.submit(("echo", "well"))) == "well"


def run_python(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


POOL_IN_A_PROGRAM = """
import sys
from faceapp.processes.pool import Pool
from tests.processes import chores
pool = Pool(chores.performer, 2, seconds=60, memory_bytes=1 << 30)
print(*[future.result() for future in [pool.submit(("pid",)) for _ in range(4)]], flush=True)
"""


def test_what_libraries_print_stays_off_the_terminal() -> None:
    program = run_python(POOL_IN_A_PROGRAM + """pool.submit(("babble",)).result()\npool.close()""")
    out, err = program.communicate(timeout=LONG)
    assert len(out.splitlines()) == 1
    assert err == "from Python on stderr\n"


def test_a_program_that_forgets_to_close_leaves_nothing_and_ends() -> None:
    program = run_python(POOL_IN_A_PROGRAM + """for _ in range(8): pool.submit(("hang",))""")
    out, err = program.communicate(timeout=LONG)
    assert (program.returncode, err) == (0, "")
    until(lambda: not any(psutil.pid_exists(int(pid)) for pid in out.split()))


@pytest.mark.parametrize("how", ["hang", "hang holding the GIL"])
def test_children_go_with_a_parent_that_is_killed(how: str) -> None:
    hanging = f"for _ in range(2): pool.submit(({how!r},))\nimport time; print('busy', flush=True); time.sleep(60)"
    program = run_python(POOL_IN_A_PROGRAM + hanging)
    assert program.stdout is not None
    pids = [int(pid) for pid in program.stdout.readline().split()]
    program.stdout.readline()
    program.kill()
    program.communicate(timeout=LONG)
    until(lambda: not any(psutil.pid_exists(pid) for pid in pids))


def test_ctrl_c_is_for_the_parent_alone() -> None:
    waiting = """
other = Pool(chores.performer, 1, seconds=60, memory_bytes=1 << 30)
try:
    futures = [other.submit(("hang",)), pool.submit(("hang",))]
    print("one has begun, one starts", flush=True)
    futures[0].result()
except KeyboardInterrupt:
    print("interrupted")
pool.close()
other.close()
"""
    program = run_python(POOL_IN_A_PROGRAM + waiting)
    assert program.stdout is not None
    program.stdout.readline()
    program.stdout.readline()
    os.killpg(program.pid, signal.SIGINT)
    try:
        out, err = program.communicate(timeout=LONG / 2)
    except subprocess.TimeoutExpired:  # Python loses a signal that comes just before it begins to wait for a lock
        os.killpg(program.pid, signal.SIGINT)
        out, err = program.communicate(timeout=LONG / 2)
    assert (program.returncode, out, err) == (0, "interrupted\n", "")


def test_importing_the_pool_loads_neither_opencv_nor_qt_nor_numpy() -> None:
    program = run_python(
        "import sys, faceapp.processes.pool; print(*{'cv2', 'PySide6', 'numpy', 'onnxruntime'} & set(sys.modules))"
    )
    out, err = program.communicate(timeout=LONG)
    assert (out.strip(), err) == ("", "")
