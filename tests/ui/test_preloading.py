from __future__ import annotations

import threading

import numpy as np
from PySide6.QtCore import QObject, QSize
from pytestqt.qtbot import QtBot

from faceapp.types import Pixels
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.preloading import Preloader

SCREEN = QSize(100, 100)
COST = 100 * 50 * 4  # of a photo below, as it is kept for the screen


class Photos:
    """Photos of 200 × 100; number 6 cannot be read. ``loaded`` are those that were decoded."""

    def __init__(self) -> None:
        self.loaded: list[int] = []

    def load(self, photo_id: int) -> Pixels:
        self.loaded.append(photo_id)
        if photo_id == 6:
            raise OSError("The photo is cut off.")
        return np.zeros((100, 200, 3), np.uint8)


def make(tasks: Tasks, photos: Photos, *, budget: int) -> Preloader:
    made = Preloader(tasks, QObject(tasks), budget=budget)
    made.start(photos.load, SCREEN)
    return made


def kept(preloader: Preloader) -> list[int]:
    return [number for number in range(20) if preloader.get(number) is not None]


def test_what_was_decoded_is_not_decoded_again(tasks: Tasks) -> None:
    photos = Photos()
    preloader = make(tasks, photos, budget=10 * COST)
    for first in (1, 2, 1):
        preloader.want([first, first + 1, first - 1])
        assert tasks.wait()
    assert sorted(photos.loaded) == [0, 1, 2, 3]
    assert kept(preloader) == [0, 1, 2, 3]
    assert preloader.size == 4 * COST


def test_bytes_are_bounded_and_what_is_looked_at_stays(tasks: Tasks) -> None:
    photos = Photos()
    preloader = make(tasks, photos, budget=2 * COST)
    for first in (1, 2, 3, 9):
        preloader.want([first, first + 1, first - 1])
        assert tasks.wait()
        assert preloader.size <= 2 * COST
        assert first in kept(preloader)
    tight = make(tasks, photos, budget=1)
    tight.want([1, 2, 0])
    assert tasks.wait()
    assert kept(tight) == [1]


def test_every_pixel_only_when_asked_for(qtbot: QtBot, tasks: Tasks) -> None:
    preloader = make(tasks, Photos(), budget=100 * COST)
    preloader.want([1, 2])
    assert tasks.wait()
    with qtbot.waitSignal(preloader.loaded) as told:
        preloader.want_whole(1)
    assert told.args == [1]
    widths = [pixmap.width() for pixmap in map(preloader.get, (1, 2)) if pixmap is not None]
    assert widths == [200, 100]
    with qtbot.assertNotEmitted(preloader.loaded):
        preloader.want_whole(1)
        assert tasks.wait()


def test_why_a_photo_cannot_be_shown_is_kept(qtbot: QtBot, tasks: Tasks) -> None:
    photos = Photos()
    preloader = make(tasks, photos, budget=10 * COST)
    with qtbot.waitSignal(preloader.failed) as told:
        preloader.want([6])
    assert told.args == [6]
    preloader.want([6])
    assert tasks.wait()
    assert photos.loaded == [6]
    assert preloader.error(6) == "The photo is cut off."
    assert preloader.error(1) == ""


def test_who_has_gone_on_waits_for_nothing(qtbot: QtBot) -> None:
    tasks, photos, busy = Tasks(threads=1), Photos(), threading.Event()
    preloader = make(tasks, photos, budget=10 * COST)
    tasks.run(lambda: busy.wait(10))
    preloader.want([1, 2])
    assert preloader.is_coming(2)
    preloader.want([11, 12])
    busy.set()
    assert tasks.wait()
    assert sorted(photos.loaded) == [11, 12]
    assert not preloader.is_coming(2)
    assert tasks.close()
