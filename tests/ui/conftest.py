"""Every test of the window runs without a screen and leaves no thread behind."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from faceapp.ui.tasks import Tasks


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [
        t
        for t in threading.enumerate()
        if t not in before and t.is_alive() and not isinstance(t, threading._DummyThread)
    ]
    for thread in left:
        thread.join(5)
    assert not [t.name for t in left if t.is_alive()]


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Free the windows of a test on this thread: later it could be a worker, on which Qt objects must not die."""
    gc.collect()


@pytest.fixture(autouse=True, scope="session")
def _no_clip_left() -> Iterator[None]:
    """Without a screen, the clipboard dies after Python does, and what Python put there must not."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Return the door to threads; it must close with nothing left running."""
    made = Tasks()
    yield made
    assert made.close()
