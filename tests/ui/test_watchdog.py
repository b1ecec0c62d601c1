"""A window that has stopped answering is written down, once for each time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from faceapp.ui.watchdog import Watchdog, stacks
from tests.ui.window import wait_until

HANG_S = 0.2


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    made = Watchdog(hang_s=HANG_S)
    made.start()
    yield made
    made.stop()


def hang(watchdog: Watchdog) -> None:
    """Keep the GUI thread from its events until that was noticed."""
    before, limit = watchdog.hangs, time.monotonic() + 20
    while watchdog.hangs == before:
        assert time.monotonic() < limit
        threading.Event().wait(HANG_S / 10)


def beaten_anew(watchdog: Watchdog) -> None:
    before = watchdog._beaten
    wait_until(lambda: watchdog._beaten > before, "a beat")


def test_a_hang_is_written_with_the_stack_of_the_window_on_top(
    watchdog: Watchdog, caplog: pytest.LogCaptureFixture
) -> None:
    hang(watchdog)
    wait_until(lambda: len(caplog.records) == 1, "the log")
    record = caplog.records[0]
    assert record.levelno == logging.ERROR
    said = record.getMessage()
    assert "has not answered" in said
    assert said.index("Thread MainThread") < said.index("Thread watchdog")
    assert "in hang" in said


def test_one_hang_is_told_once_and_the_next_again(watchdog: Watchdog, caplog: pytest.LogCaptureFixture) -> None:
    hang(watchdog)
    limit = time.monotonic() + 3 * HANG_S
    while time.monotonic() < limit:  # goes on hanging
        threading.Event().wait(HANG_S / 10)
    assert watchdog.hangs == 1
    beaten_anew(watchdog)
    wait_until(lambda: time.monotonic() - limit > HANG_S, "the watchdog to see it answer")
    hang(watchdog)
    assert watchdog.hangs == 2


def test_every_thread_is_there() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait, name="a reader")
    thread.start()
    try:
        said = stacks(threading.get_ident())
    finally:
        over.set()
        thread.join()
    assert said.startswith("Thread MainThread")
    assert "Thread a reader" in said


def test_stopped_twice(qtbot: QtBot) -> None:
    watchdog = Watchdog()
    watchdog.stop()  # before it began
    watchdog = Watchdog()
    watchdog.start()
    watchdog.stop()
    watchdog.stop()
    assert not watchdog._thread.is_alive()
