from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from faceapp.types import Box, Pixels
from faceapp.ui import theme
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.photo_view import FaceBox, PhotoView
from faceapp.ui.widgets.viewer import PhotoWords, Viewer, ViewerSource, reduced

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
BIG = FaceBox(1, Box(0.1, 0.1, 0.5, 0.6), "Ada", True)
SMALL = FaceBox(2, Box(0.3, 0.3, 0.1, 0.1))


def green() -> QPixmap:
    pixmap = QPixmap(400, 300)
    pixmap.fill(QColor(0, 200, 0))
    return pixmap


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> PhotoView:
    theme.apply(qapp, "dark")
    made = PhotoView()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def test_photo_boxes_and_selection(view: PhotoView) -> None:
    view.set_photo(green(), [BIG])
    picture = view.grab().toImage()
    assert picture.pixelColor(350, 250) == QColor(0, 200, 0)
    edge = QPoint(40 + 1, 120)  # on the left line of the box, 2 pixels wide
    assert picture.pixelColor(edge).red() > 180
    view.set_selected(1)
    assert view.grab().toImage().pixelColor(edge) == QColor(theme.DARK.accent)
    view.set_faces_shown(False)
    assert view.grab().toImage().pixelColor(edge) == QColor(0, 200, 0)


def test_click_takes_the_smallest_face(qtbot: QtBot, view: PhotoView) -> None:
    view.set_photo(green(), [BIG, SMALL])
    with qtbot.waitSignal(view.face_clicked) as told:
        QTest.mouseClick(view, LEFT, PLAIN, QPoint(140, 105))
    assert told.args == [2]
    with qtbot.waitSignal(view.face_clicked) as told:
        QTest.mouseClick(view, LEFT, PLAIN, QPoint(60, 60))
    assert told.args == [1]
    with qtbot.assertNotEmitted(view.face_clicked):
        QTest.mouseClick(view, LEFT, PLAIN, QPoint(390, 290))
    QTest.mouseMove(view, QPoint(60, 60))
    assert "Ada" in view.toolTip()


def test_keys_go_from_face_to_face(qtbot: QtBot, view: PhotoView) -> None:
    view.set_photo(green(), [BIG, SMALL])
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert "2" in view.accessibleDescription()
    with qtbot.waitSignal(view.face_clicked) as told:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [2]


def test_no_photo(view: PhotoView) -> None:
    view.set_photo(None)
    assert view.grab().toImage().pixelColor(200, 150) == QColor(theme.DARK.placeholder)
    view.set_error("The file is cut off.")
    assert view.accessibleDescription() == "The file is cut off."
    view.set_photo(green())
    assert view.heightForWidth(400) == 300


def test_a_thumbnail_stays_under_the_words_why_there_is_no_more(view: PhotoView) -> None:
    view.set_photo(green())
    view.set_error("The drive of this photo is not connected.")
    image = view.grab().toImage()
    assert image.pixelColor(200, 20) == green().toImage().pixelColor(0, 0)
    rect = view.picture_rect().toRect()
    below = [image.pixelColor(x, rect.bottom() - 35) for x in range(rect.left() + 60, rect.right() - 60)]
    assert green().toImage().pixelColor(0, 0) not in below[80:-80]
    assert view.accessibleDescription() == "The drive of this photo is not connected."
    view.set_photo(green())
    assert view.accessibleDescription() == "0 face(s)"


# The viewer


class Photos:
    """Photo n is 400 × 200 of grey n; photo 6 cannot be read."""

    def __init__(self) -> None:
        self.loaded: list[int] = []

    def load(self, photo_id: int) -> Pixels:
        self.loaded.append(photo_id)
        if photo_id == 6:
            raise OSError("The photo is cut off.")
        return np.full((200, 400, 3), photo_id, np.uint8)

    def describe(self, photo_id: int) -> PhotoWords:
        return PhotoWords(f"{photo_id}.jpg", [BIG])

    def source(self) -> ViewerSource:
        return ViewerSource(self.load, self.describe, lambda _: green())


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.fixture
def photos() -> Photos:
    return Photos()


@pytest.fixture
def viewer(window: QWidget, tasks: Tasks, photos: Photos) -> Viewer:
    made = Viewer(tasks, window)
    made.open(np.arange(1, 9), 2, photos.source())
    return made


def test_thumbnail_at_once_then_the_photo(viewer: Viewer, tasks: Tasks, photos: Photos) -> None:
    assert viewer.size() == viewer.parentWidget().size()
    pixmap = viewer.view.pixmap
    assert pixmap is not None
    assert pixmap.width() == 400
    assert tasks.wait()
    assert sorted(photos.loaded) == [2, 3, 4]
    assert viewer.view.grab().toImage().pixelColor(viewer.view.width() // 2, 20).isValid()
    shown = viewer.view.pixmap
    assert shown is not None
    assert shown.toImage().pixelColor(200, 190) == QColor(3, 3, 3)
    assert viewer.view.faces == (BIG,)


def test_keys_go_on(qtbot: QtBot, viewer: Viewer, tasks: Tasks) -> None:
    keys = Qt.Key
    moves = [(keys.Key_Right, 3), (keys.Key_Left, 2), (keys.Key_Space, 3), (keys.Key_Home, 0), (keys.Key_End, 7)]
    for key, index in moves:
        with qtbot.waitSignal(viewer.index_changed) as told:
            QTest.keyClick(viewer, key)
        assert told.args == [index]
    with qtbot.assertNotEmitted(viewer.index_changed):
        QTest.keyClick(viewer, keys.Key_Right)
    assert viewer.current_id == 8
    assert tasks.wait()
    assert len(viewer._kept) <= 3
    QTest.keyClick(viewer, keys.Key_F)
    assert not viewer.view.faces_shown


def test_unreadable_photo_says_why_over_its_thumbnail(viewer: Viewer, tasks: Tasks) -> None:
    viewer.go_to(5)
    assert tasks.wait()
    assert viewer.view.pixmap is not None
    assert viewer.view.pixmap.size() == green().size()
    assert viewer.view.accessibleDescription() == "The photo is cut off."
    viewer.go_next()
    viewer.go_previous()
    assert viewer.view.accessibleDescription() == "The photo is cut off."
    assert tasks.wait()


def test_a_thumbnail_may_come_late(window: QWidget, tasks: Tasks, photos: Photos) -> None:
    viewer = Viewer(tasks, window)
    viewer.open(np.arange(1, 9), 5, ViewerSource(photos.load, photos.describe, lambda _: None))
    assert viewer.view.pixmap is None
    viewer.put_thumbnail(7, green())  # of another photo
    assert viewer.view.pixmap is None
    assert tasks.wait()
    viewer.put_thumbnail(6, green())
    assert viewer.view.pixmap is not None
    assert viewer.view.faces == (BIG,)
    assert viewer.view.accessibleDescription() == "The photo is cut off."
    viewer.go_next()
    assert tasks.wait()
    viewer.put_thumbnail(7, green())  # too late
    assert viewer.view.pixmap.toImage().pixelColor(200, 190) == QColor(7, 7, 7)


def test_escape_gives_the_window_back(qtbot: QtBot, window: QWidget, tasks: Tasks, photos: Photos) -> None:
    button = QPushButton("x", window)
    button.show()
    button.setFocus()
    viewer = Viewer(tasks, window)
    viewer.open(np.arange(3), 0, photos.source())
    window.resize(900, 500)
    assert viewer.size() == window.size()
    with qtbot.waitSignal(viewer.closed):
        QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert viewer.isHidden()
    assert window.focusWidget() is button
    assert tasks.wait()


def test_face_is_passed_on(qtbot: QtBot, viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    where = viewer.view.face_rect(BIG).center().toPoint()
    with qtbot.waitSignal(viewer.face_clicked) as told:
        QTest.mouseClick(viewer.view, LEFT, PLAIN, where)
    assert told.args == [1]


def test_zoom_stays_under_the_pointer(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    view, at = viewer.view, QPointF(300, 250)

    def share() -> tuple[float, float]:
        rect = view.picture_rect()
        return (at.x() - rect.left()) / rect.width(), (at.y() - rect.top()) / rect.height()

    before, none = share(), Qt.MouseButton.NoButton
    wheel = QWheelEvent(at, at, QPoint(), QPoint(0, 480), none, PLAIN, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view, wheel)
    assert view.zoom > 2
    assert share() == pytest.approx(before, abs=0.01)
    left = view.picture_rect().left()
    QTest.mousePress(view, LEFT, PLAIN, QPoint(300, 250))
    QTest.mouseMove(view, QPoint(330, 250))
    QTest.mouseMove(view, QPoint(360, 250))
    QTest.mouseRelease(view, LEFT, PLAIN, QPoint(360, 250))
    assert view.picture_rect().left() > left + 30
    view.zoom_by(-10)
    assert view.zoom == 1
    QTest.mouseDClick(view, LEFT, PLAIN, QPoint(700, 400))
    assert view.zoom >= 1


def test_reduced_fits_the_screen() -> None:
    image = reduced(np.full((300, 900, 3), (1, 2, 3), np.uint8), 300, 300)
    assert (image.width(), image.height()) == (300, 100)
    assert image.pixelColor(10, 10) == QColor(3, 2, 1)
    assert reduced(np.zeros((10, 20, 3), np.uint8), 300, 300).width() == 20


def test_bad_index_is_a_bug(viewer: Viewer, photos: Photos) -> None:
    with pytest.raises(IndexError):
        viewer.open(np.arange(3), 3, photos.source())
