from __future__ import annotations

import threading

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from faceapp.ui.pixmaps import PENDING, PixmapCache, decode_jpeg, image_from_pixels
from faceapp.ui.tasks import Tasks


def jpeg(colour: tuple[int, int, int] = (0, 0, 255), side: int = 16) -> bytes:
    return bytes(cv2.imencode(".jpg", np.full((side, side, 3), colour, np.uint8))[1].tobytes())


class FakeThumbnails:
    def __init__(self) -> None:
        self.asked: list[int] = []
        self.absent: set[int] = set()
        self.go = threading.Event()
        self.go.set()
        self.error: Exception | None = None
        self.picture = jpeg()

    def photo(self, photo_id: int) -> bytes | None:
        self.go.wait(5)
        self.asked.append(photo_id)
        if self.error:
            raise self.error
        return None if photo_id in self.absent else self.picture

    def face(self, face_id: int) -> bytes | None:
        return self.photo(face_id)


@pytest.fixture
def store() -> FakeThumbnails:
    return FakeThumbnails()


@pytest.fixture
def cache(tasks: Tasks, store: FakeThumbnails) -> PixmapCache:
    return PixmapCache(store, tasks)


def test_miss_asks_and_tells(qtbot: QtBot, cache: PixmapCache) -> None:
    with qtbot.waitSignal(cache.loaded) as told:
        assert cache.get(("photo", 5)) is None
    assert told.args == [("photo", 5)]
    pixmap = cache.get(("photo", 5))
    assert pixmap is not None
    assert QColor(pixmap.toImage().pixel(8, 8)).red() > 240  # BGR was read as BGR
    assert cache.size == 16 * 16 * pixmap.depth() // 8


def test_one_of_many_is_told_with_the_others(qtbot: QtBot, cache: PixmapCache, store: FakeThumbnails) -> None:
    told: list[object] = []
    arrived: list[object] = []
    cache.loaded.connect(told.append)
    cache.arrived.connect(arrived.extend)
    store.go.clear()
    for i in range(4):
        cache.get(("face", i), many=True)
    cache.get(("face", 2))  # somebody wants this one for itself
    store.go.set()
    qtbot.waitUntil(lambda: len(arrived) == 4)
    assert told == [("face", 2)]


def test_asks_once(cache: PixmapCache, tasks: Tasks, store: FakeThumbnails) -> None:
    for _ in range(5):
        cache.get(("face", 1))
    assert tasks.wait()
    assert store.asked == [1]


def test_newest_first_and_bounded(cache: PixmapCache, tasks: Tasks, store: FakeThumbnails) -> None:
    store.go.clear()
    for i in range(PENDING * 3):
        cache.get(("photo", i))
    store.go.set()
    assert tasks.wait()
    assert len(store.asked) < PENDING + 50
    assert PENDING * 3 - 1 in store.asked[:60]
    assert 300 not in store.asked  # scrolled away


def test_absent_is_remembered_until_invalidated(cache: PixmapCache, tasks: Tasks, store: FakeThumbnails) -> None:
    store.absent = {3}
    key = ("photo", 3)
    assert cache.get(key) is None  # type: ignore[arg-type]
    assert tasks.wait()
    assert cache.is_missing(key)  # type: ignore[arg-type]
    assert cache.get(key) is None  # type: ignore[arg-type]
    assert tasks.wait()
    assert store.asked == [3]
    store.absent.clear()
    cache.invalidate(key)  # type: ignore[arg-type]
    cache.get(key)  # type: ignore[arg-type]
    assert tasks.wait()
    assert cache.get(key) is not None  # type: ignore[arg-type]


def test_invalidate_in_flight_drops_the_old_picture(cache: PixmapCache, tasks: Tasks, store: FakeThumbnails) -> None:
    store.go.clear()
    cache.get(("photo", 1))
    cache.invalidate(("photo", 1))
    store.go.set()
    assert tasks.wait()
    assert cache.size == 0


def test_budget_drops_least_recently_used(tasks: Tasks, store: FakeThumbnails) -> None:
    cache = PixmapCache(store, tasks, budget=3 * 16 * 16 * 4)
    for i in (1, 2, 3):
        cache.get(("photo", i))
        assert tasks.wait()
    cache.get(("photo", 1))
    cache.get(("photo", 4))
    assert tasks.wait()
    assert cache.size <= 3 * 16 * 16 * 4
    assert cache.get(("photo", 1)) is not None
    assert cache.get(("photo", 2)) is None
    assert tasks.wait()


def test_damaged_picture_is_missing(cache: PixmapCache, tasks: Tasks, store: FakeThumbnails) -> None:
    store.picture = b"not a jpeg"
    cache.get(("photo", 1))
    assert tasks.wait()
    assert cache.is_missing(("photo", 1))
    assert decode_jpeg(b"") is None


def test_failing_store_is_told_once(qtbot: QtBot, cache: PixmapCache, tasks: Tasks, store: FakeThumbnails) -> None:
    store.error = OSError("gone")
    with qtbot.waitSignal(tasks.crashed):
        cache.get(("photo", 1))
    cache.get(("photo", 1))
    assert tasks.wait()
    assert store.asked == [1]


def test_image_keeps_its_memory(qtbot: QtBot) -> None:
    pixels = np.full((40, 30, 3), (10, 20, 30), np.uint8)
    image = image_from_pixels(pixels[:, ::2])  # not contiguous
    del pixels
    assert (image.width(), image.height()) == (15, 40)
    assert image.pixelColor(7, 20) == QColor(30, 20, 10)
