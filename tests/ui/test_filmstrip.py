from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceapp.ui import motion, theme
from faceapp.ui.widgets.filmstrip import Filmstrip

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MANY = 100_000


class Thumbnails:
    """Green for every photo but number 7, which comes late."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.late: QPixmap | None = None

    def get(self, photo_id: int) -> QPixmap | None:
        self.asked.append(photo_id)
        return self.late if photo_id == 7 else _plain(QColor(0, 200, 0))


def _plain(colour: QColor) -> QPixmap:
    pixmap = QPixmap(400, 300)
    pixmap.fill(colour)
    return pixmap


@pytest.fixture
def thumbnails() -> Thumbnails:
    return Thumbnails()


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication, thumbnails: Thumbnails) -> Filmstrip:
    theme.apply(qapp, "dark")
    made = Filmstrip()
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    made.set_photos(np.arange(MANY), 5, thumbnails.get)
    made.show()
    return made


def test_only_what_is_in_view_is_asked_for(strip: Filmstrip, thumbnails: Thumbnails) -> None:
    strip.grab()
    assert set(thumbnails.asked) <= set(range(13))
    assert len(thumbnails.asked) < 30
    thumbnails.asked.clear()
    strip.set_index(MANY - 1)  # far: at once
    strip.grab()
    assert set(thumbnails.asked) <= set(range(MANY - 10, MANY))
    assert strip.rect_of(MANY - 1).center().x() == strip.width() / 2


def test_a_click_chooses(qtbot: QtBot, strip: Filmstrip, thumbnails: Thumbnails) -> None:
    with qtbot.waitSignal(strip.chosen) as told:
        QTest.mouseClick(strip, LEFT, PLAIN, strip.rect_of(7).center().toPoint())
    assert told.args == [7]
    assert strip.index == 5  # until the viewer says so
    strip.set_photos(np.arange(MANY), 0, thumbnails.get)
    with qtbot.assertNotEmitted(strip.chosen):
        QTest.mouseClick(strip, LEFT, PLAIN, QPoint(100, 30))  # left of the first


def test_the_wheel_goes_on_a_notch_at_a_time(strip: Filmstrip) -> None:
    chosen: list[int] = []
    strip.chosen.connect(chosen.append)
    for turned in (-120, 60, 60, 1200):
        at = QPointF(300, 30)
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(at, at, QPoint(), QPoint(0, turned), none, PLAIN, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(strip, event)
    assert chosen == [6, 4, 0]


def test_the_current_one_is_marked_and_told(strip: Filmstrip) -> None:
    motion.choose("less")
    try:
        strip.set_index(6)
    finally:
        motion.choose("system")
    image, rect = strip.grab().toImage(), strip.rect_of(6)
    assert image.pixelColor(int(rect.left()) + 1, int(rect.center().y())) == QColor(theme.DARK.accent)
    assert image.pixelColor(rect.center().toPoint()) == QColor(0, 200, 0)
    assert strip.accessibleDescription() == "7 of 100,000"


def test_it_slides_to_a_near_one(qtbot: QtBot, strip: Filmstrip) -> None:
    motion.choose("full")
    try:
        strip.set_index(6)
        assert strip.rect_of(6).center().x() > strip.width() / 2
        qtbot.waitUntil(lambda: strip.rect_of(6).center().x() == strip.width() / 2)
    finally:
        motion.choose("system")


def test_a_picture_may_come_late(strip: Filmstrip, thumbnails: Thumbnails) -> None:
    where = strip.rect_of(7).center().toPoint()
    assert strip.grab().toImage().pixelColor(where) != QColor(200, 0, 0)
    thumbnails.late = _plain(QColor(200, 0, 0))
    strip.put_thumbnail(7)
    assert strip.grab().toImage().pixelColor(where).red() > 100
