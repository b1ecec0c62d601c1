from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from faceapp.ui.tasks import Tasks


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.thread_was: list[QThread] = []

    @Slot(object)
    def take(self, value: object) -> None:
        self.got.append(value)
        self.thread_was.append(QThread.currentThread())


def test_runs_elsewhere_and_answers_here(tasks: Tasks) -> None:
    receiver = Receiver()
    names: list[str] = []
    tasks.run(lambda: names.append(threading.current_thread().name) or 7, done=receiver.take)
    assert not tasks.idle
    assert tasks.wait()
    assert receiver.got == [7]
    assert receiver.thread_was == [QThread.currentThread()]
    assert names[0].startswith("ui-")
    assert tasks.idle


def test_answer_comes_through_the_event_loop(qtbot: QtBot, tasks: Tasks) -> None:
    receiver = Receiver()
    tasks.run(lambda: 1, done=receiver.take)
    qtbot.waitUntil(lambda: receiver.got == [1])


def test_failure_reaches_failed_or_crashed(qtbot: QtBot, tasks: Tasks) -> None:
    receiver = Receiver()

    def fail() -> None:
        raise ValueError("no")

    tasks.run(fail, done=receiver.take, failed=receiver.take)
    assert tasks.wait()
    assert isinstance(receiver.got[0], ValueError)
    with qtbot.waitSignal(tasks.crashed) as caught:
        tasks.run(fail)
    assert str(caught.args[0]) == "no"


def test_only_the_latest_of_a_key_delivers(tasks: Tasks) -> None:
    receiver = Receiver()
    go = threading.Event()
    started: list[int] = []

    def work(n: int) -> int:
        started.append(n)
        go.wait(5)
        return n

    for n in range(20):
        tasks.run(lambda n=n: work(n), done=receiver.take, key="search")
    go.set()
    assert tasks.wait()
    assert receiver.got == [19]
    assert len(started) <= 3  # those that waited were not even started


def test_cancel_drops(tasks: Tasks) -> None:
    receiver = Receiver()
    tasks.run(lambda: 1, done=receiver.take, key="k")
    tasks.cancel("k")
    assert tasks.wait()
    assert receiver.got == []


def test_destroyed_receiver_is_left_alone(tasks: Tasks) -> None:
    receiver, owner = Receiver(), QObject()
    got: list[int] = []
    go = threading.Event()
    tasks.run(lambda: go.wait(5), done=receiver.take)
    tasks.run(lambda: go.wait(5), done=lambda _: got.append(1), owner=owner)
    Shiboken.delete(receiver)
    Shiboken.delete(owner)
    go.set()
    assert tasks.wait()
    assert receiver.got == []
    assert got == []


def test_priority_goes_first() -> None:
    tasks = Tasks(threads=1)  # two workers start in order, but nothing says who appends first
    order: list[int] = []
    go = threading.Event()
    tasks.run(lambda: go.wait(5))  # the one thread is busy
    for n in (0, 2, 1):
        tasks.run(lambda n=n: order.append(n), priority=n)
    go.set()
    assert tasks.wait()
    assert order == [2, 1, 0]
    assert tasks.close()


def test_follow_ups_are_waited_for(tasks: Tasks) -> None:
    receiver = Receiver()
    tasks.run(lambda: 1, done=lambda n: tasks.run(lambda: n + 1, done=receiver.take))
    assert tasks.wait()
    assert receiver.got == [2]


def test_nothing_after_close(qtbot: QtBot) -> None:
    tasks, receiver = Tasks(), Receiver()
    tasks.run(lambda: 1, done=receiver.take)
    assert tasks.close()
    tasks.run(lambda: 2, done=receiver.take)
    assert tasks.wait(100) or receiver.got == []
    assert receiver.got == []
