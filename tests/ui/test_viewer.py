from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QNativeGestureEvent,
    QPainter,
    QPixmap,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from faceapp.types import Box, Photo, PhotoState, Pixels
from faceapp.ui import motion, theme
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.photo_view import FaceBox, PhotoView
from faceapp.ui.widgets.preloading import reduced
from faceapp.ui.widgets.slideshow import Slideshow
from faceapp.ui.widgets.viewer import Viewer
from faceapp.ui.widgets.viewer_source import PhotoWords, ViewerSource
from faceapp.ui.widgets.zoom_view import ZoomView
from tests.ui.window import wait_until

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
BIG = FaceBox(1, Box(0.1, 0.1, 0.5, 0.6), "Ada", True)
SMALL = FaceBox(2, Box(0.3, 0.3, 0.1, 0.1))
OTHER = FaceBox(3, Box(0.8, 0.3, 0.1, 0.1))
SHIFT = Qt.KeyboardModifier.ShiftModifier


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
    assert view.accessibleDescription() == "0 faces"


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
    assert sorted(photos.loaded) == [2, 3, 4, 5]
    assert viewer.view.grab().toImage().pixelColor(viewer.view.width() // 2, 20).isValid()
    shown = viewer.view.pixmap
    assert shown is not None
    assert shown.toImage().pixelColor(200, 190) == QColor(3, 3, 3)
    assert viewer.view.faces == (BIG,)


def test_keys_go_on(qtbot: QtBot, viewer: Viewer, tasks: Tasks) -> None:
    keys = Qt.Key
    moves = [(keys.Key_Right, 3), (keys.Key_Left, 2), (keys.Key_PageDown, 3), (keys.Key_Home, 0), (keys.Key_End, 7)]
    for key, index in moves:
        with qtbot.waitSignal(viewer.index_changed) as told:
            QTest.keyClick(viewer, key)
        assert told.args == [index]
    with qtbot.assertNotEmitted(viewer.index_changed):
        QTest.keyClick(viewer, keys.Key_Right)
    assert viewer.current_id == 8
    QTest.keyClick(viewer, keys.Key_P)
    assert not viewer.view.faces_shown
    assert tasks.wait()


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
    view.zoom_by(-20)
    assert view.picture_rect().width() == pytest.approx(400)  # not smaller than it is
    QTest.mouseDClick(view, LEFT, PLAIN, QPoint(700, 200))
    assert view.zoom == 1
    QTest.mouseDClick(view, LEFT, PLAIN, QPoint(700, 200))
    assert view.picture_rect().width() == pytest.approx(400)


def test_keys_zoom_and_move(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    view, keys = viewer.view, Qt.Key
    for key in (keys.Key_Plus, keys.Key_Equal, keys.Key_Plus, keys.Key_Plus):
        QTest.keyClick(viewer, key)
    assert view.zoom == pytest.approx(1.25**4)
    before = view.picture_rect()
    QTest.keyClick(viewer, keys.Key_Right, SHIFT)
    assert view.picture_rect().left() < before.left()
    assert view.picture_rect().top() == pytest.approx(before.top())
    for _ in range(20):
        QTest.keyClick(viewer, keys.Key_Right, SHIFT)
    assert view.picture_rect().right() == pytest.approx(view.width())  # and no further
    QTest.keyClick(viewer, keys.Key_Minus)
    assert view.zoom == pytest.approx(1.25**3)
    QTest.keyClick(viewer, keys.Key_1)
    assert view.picture_rect().width() == pytest.approx(400)
    QTest.keyClick(viewer, keys.Key_0)
    assert view.zoom == 1


def test_two_fingers_zoom_at_the_pointer(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    view, at = viewer.view, QPointF(300, 150)
    before = view.picture_rect()
    touchpad = QPointingDevice.primaryPointingDevice()
    zoom = Qt.NativeGestureType.ZoomNativeGesture
    pinch = QNativeGestureEvent(zoom, touchpad, 2, at, at, QPointF(view.mapToGlobal(at)), 0.5, QPointF())
    QApplication.sendEvent(view, pinch)
    assert view.zoom == pytest.approx(1.5)
    after = view.picture_rect()
    assert (at.x() - after.left()) / after.width() == pytest.approx((at.x() - before.left()) / before.width())


def test_a_close_look_decodes_every_pixel(window: QWidget, tasks: Tasks) -> None:
    pixels = np.full((2000, 4000, 3), 7, np.uint8)
    photo = Photo(1, 1, Path("/photos/1.jpg"), 4000, 2000, 9, b"", None, None, PhotoState.INDEXED, None)
    viewer = Viewer(tasks, window)
    viewer.open(np.array([1]), 0, ViewerSource(lambda _: pixels, lambda _: PhotoWords("1", (), photo), lambda _: None))
    assert tasks.wait()
    assert viewer.view.pixmap is not None
    assert viewer.view.pixmap.width() == viewer.screen().size().width()
    before = viewer.view.picture_rect()
    viewer.view.full_size()
    assert viewer.view.picture_rect().width() == pytest.approx(4000)
    assert tasks.wait()
    assert viewer.view.pixmap.width() == 4000
    assert viewer.view.picture_rect().width() == pytest.approx(4000)
    viewer.view.fit()
    assert viewer.view.picture_rect() == before


def test_turning_turns_photo_and_faces_but_only_here(viewer: Viewer, tasks: Tasks, photos: Photos) -> None:
    assert tasks.wait()
    view = viewer.view
    view.set_faces([SMALL])
    lying = view.face_rect(SMALL)
    QTest.keyClick(viewer, Qt.Key.Key_R)
    area, turned = view.picture_rect(), view.face_rect(SMALL)
    assert area.height() > area.width()
    assert (turned.center().x() - area.left()) / area.width() == pytest.approx(1 - 0.35)
    assert (turned.center().y() - area.top()) / area.height() == pytest.approx(0.35)
    box = view.box_of(turned)
    assert (box.x, box.y, box.w, box.h) == pytest.approx((0.3, 0.3, 0.1, 0.1))
    viewer.go_next()
    assert view.turns == 0
    viewer.go_previous()
    assert view.turns == 1
    QTest.keyClick(viewer, Qt.Key.Key_R, SHIFT)
    assert tasks.wait()
    view.set_faces([SMALL])
    assert view.face_rect(SMALL) == lying
    viewer.actions_by_id["rotate"].trigger()
    viewer.open(np.arange(1, 9), 2, photos.source())
    assert view.turns == 0
    assert tasks.wait()


def test_a_turned_photo_is_painted_turned(qtbot: QtBot) -> None:
    pixmap = green()
    painter = QPainter(pixmap)
    painter.fillRect(0, 0, 200, 150, QColor(200, 0, 0))  # the upper left quarter
    painter.end()
    view = ZoomView()
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.set_photo(pixmap)
    view.set_turns(1)
    image = view.grab().toImage()
    assert image.pixelColor(250, 50) == QColor(200, 0, 0)
    assert image.pixelColor(50, 50) == QColor(0, 200, 0)
    assert image.pixelColor(250, 350) == QColor(0, 200, 0)


# Around the photo


def test_full_screen_is_left_first(qtbot: QtBot, viewer: Viewer, tasks: Tasks) -> None:
    told: list[bool] = []
    viewer.full_screen_changed.connect(told.append)
    QTest.keyClick(viewer, Qt.Key.Key_F)
    assert viewer.full_screen
    assert viewer.view.geometry() == viewer.rect()
    assert viewer.childAt(300, 20) is viewer.bar.title  # on the photo
    QTest.keyClick(viewer, Qt.Key.Key_F11)
    QTest.keyClick(viewer, Qt.Key.Key_F11)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.full_screen
    assert viewer.isVisible()
    assert told == [True, False, True, False]
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert viewer.isHidden()
    assert tasks.wait()


def test_bars_go_when_nothing_moves(viewer: Viewer, tasks: Tasks) -> None:
    assert viewer.frame.idle.interval() == 2000
    viewer.frame.idle.setInterval(1)
    viewer.set_full_screen(True)
    wait_until(lambda: not viewer.bar.isVisible(), "the bars to go")
    assert not viewer.strip.isVisible()
    assert viewer.view.cursor().shape() == Qt.CursorShape.BlankCursor
    place = viewer.view.picture_rect()
    viewer.frame.idle.setInterval(60_000)
    QTest.mouseMove(viewer.view, QPoint(200, 200))
    assert viewer.bar.isVisible()
    assert viewer.strip.isVisible()
    assert viewer.view.cursor().shape() != Qt.CursorShape.BlankCursor
    assert viewer.view.picture_rect() == place
    viewer.set_full_screen(False)
    assert not viewer.frame.idle.isActive()
    assert tasks.wait()


def test_facts_and_bars_can_be_had_and_hidden(viewer: Viewer, tasks: Tasks, photos: Photos) -> None:
    photo = Photo(3, 1, Path("/photos/rome/3.jpg"), 400, 200, 9, b"", None, "Leica M3", PhotoState.INDEXED, None)
    words = PhotoWords("3.jpg", [BIG], photo, Path("/photos"))
    viewer.open(np.arange(1, 9), 2, ViewerSource(photos.load, lambda _: words, lambda _: green()))
    assert tasks.wait()
    assert not viewer.panel.isVisible()
    width = viewer.view.width()
    QTest.keyClick(viewer, Qt.Key.Key_I)
    assert viewer.panel.isVisible()
    assert viewer.panel.facts.fact("camera") == "Leica M3"
    assert viewer.view.width() == width - viewer.panel.width()
    height = viewer.view.height()
    QTest.keyClick(viewer, Qt.Key.Key_T)
    assert not viewer.strip.isVisible()
    QTest.keyClick(viewer, Qt.Key.Key_K)
    assert not viewer.frame.foot.keys.isVisible()
    assert viewer.view.height() > height


def test_naming_asks_about_the_face_that_is_meant(qtbot: QtBot, viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    asked: list[int] = []
    viewer.name_requested.connect(asked.append)
    viewer.view.set_faces([BIG, SMALL, OTHER])
    QTest.keyClick(viewer, Qt.Key.Key_N)  # two of them have no name
    assert asked == []
    assert viewer.view.active_face == SMALL
    QTest.keyClick(viewer.view, Qt.Key.Key_N)
    assert asked == [2]
    viewer.view.set_faces([BIG, OTHER])
    QTest.keyClick(viewer, Qt.Key.Key_N)
    assert asked == [2, 3]


def test_the_menu_has_everything(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    told: list[FaceBox | None] = []
    viewer.menu_wanted.connect(lambda menu, face: (menu.addAction("Mine"), told.append(face)))
    at = viewer.view.face_rect(BIG).center().toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewer.view.mapToGlobal(at))
    QApplication.sendEvent(viewer.view, event)
    menu = next(menu for menu in viewer.findChildren(QMenu) if menu.isVisible())
    texts = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert texts[0] == "Mine"
    assert told == [BIG]
    assert {"Turn Right", "Full Screen", "Slideshow", "Close the Viewer"} <= set(texts)
    menu.close()


# Drawing a face


def drawn_by(viewer: Viewer) -> list[tuple[int, Box]]:
    drawn: list[tuple[int, Box]] = []
    viewer.face_drawn.connect(lambda photo_id, box: drawn.append((photo_id, box)))
    return drawn


def test_a_box_is_drawn_with_the_mouse(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    drawn, drawing, area = drawn_by(viewer), viewer.drawing, viewer.view.picture_rect()
    QTest.keyClick(viewer, Qt.Key.Key_B)
    assert drawing.isVisible()
    start = area.topLeft() + QPointF(0.5 * area.width(), 0.25 * area.height())
    QTest.mousePress(drawing, LEFT, PLAIN, start.toPoint())
    QTest.mouseMove(drawing, (start + QPointF(100, 40)).toPoint())
    QTest.mouseMove(drawing, (start + QPointF(5000, 100)).toPoint())  # not beyond the photo
    QTest.mouseRelease(drawing, LEFT, PLAIN, (start + QPointF(5000, 100)).toPoint())
    assert not drawing.isVisible()
    assert not viewer.actions_by_id["draw"].isChecked()
    ((photo_id, box),) = drawn
    assert photo_id == 3
    expected = (0.5, 0.25, 0.5, 100 / area.height())
    assert (box.x, box.y, box.w, box.h) == pytest.approx(expected, abs=0.01)


def test_a_box_is_drawn_with_keys_in_a_turned_photo(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    drawn, drawing = drawn_by(viewer), viewer.drawing
    QTest.keyClick(viewer, Qt.Key.Key_R)
    QTest.keyClick(viewer, Qt.Key.Key_B)
    QTest.keyClick(drawing, Qt.Key.Key_Return)  # there is no box yet
    assert drawn == []
    for key, shift in ((Qt.Key.Key_Up, PLAIN), (Qt.Key.Key_Left, PLAIN), (Qt.Key.Key_Down, SHIFT)):
        QTest.keyClick(drawing, key, shift)
    shown = drawing.box
    assert shown is not None
    area = viewer.view.picture_rect()
    assert shown.center().x() == pytest.approx(area.center().x() - 8)
    QTest.keyClick(drawing, Qt.Key.Key_Return)
    ((_, box),) = drawn
    viewer.view.set_faces([FaceBox(9, box)])
    back = viewer.view.face_rect(viewer.view.faces[0])
    for of in ("x", "y", "width", "height"):
        assert getattr(back, of)() == pytest.approx(getattr(shown, of)())


def test_no_box_comes_of_a_slip_or_of_escape(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    drawn, drawing = drawn_by(viewer), viewer.drawing
    viewer.actions_by_id["draw"].trigger()
    QTest.mouseClick(drawing, LEFT, PLAIN, drawing.rect().center())
    assert drawing.isVisible()
    QTest.keyClick(drawing, Qt.Key.Key_Escape)
    assert not drawing.isVisible()
    assert viewer.isVisible()
    viewer.actions_by_id["draw"].trigger()
    viewer.go_next()
    assert not drawing.isVisible()
    assert drawn == []
    assert tasks.wait()


# The slideshow


def test_space_starts_and_pauses_the_slideshow(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    show = viewer.slideshow
    assert show.seconds == 5
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    assert show.playing
    show._timer.setInterval(1)
    wait_until(lambda: viewer.index == 3, "the next photo")
    assert show._timer.interval() == 5000
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    assert not show.playing
    assert not show._timer.isActive()
    assert tasks.wait()


def test_a_slideshow_begins_again_at_its_end(viewer: Viewer, tasks: Tasks) -> None:
    viewer.go_to(7)
    viewer.play()
    assert viewer.full_screen
    viewer.slideshow.due.emit()
    assert viewer.index == 0
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.slideshow.playing
    assert viewer.isVisible()
    assert tasks.wait()


def test_a_slideshow_waits_for_a_photo_that_comes_slowly(qtbot: QtBot) -> None:
    here = False
    show = Slideshow(lambda: here, QApplication.instance())  # type: ignore[arg-type]
    show.set_seconds(3)
    show.set_playing(True)
    with qtbot.assertNotEmitted(show.due):
        show.look()  # the time is not over
        show._timer.stop()
        show.look()  # it has not come
    here = True
    with qtbot.waitSignal(show.due):
        show.look()
    show.set_playing(False)
    with qtbot.assertNotEmitted(show.due):
        show.look()


def test_photos_fade_unless_less_motion_is_asked_for(viewer: Viewer, tasks: Tasks) -> None:
    assert tasks.wait()
    motion.choose("full")
    try:
        viewer.slideshow.due.emit()
        assert viewer.view._leaving is not None
        viewer.view._fade.setCurrentTime(viewer.view._fade.duration())
        assert viewer.view._leaving is None
        motion.choose("less")
        viewer.slideshow.due.emit()
        assert viewer.view._leaving is None
    finally:
        motion.choose("system")
    assert tasks.wait()


def test_reduced_fits_the_screen() -> None:
    image = reduced(np.full((300, 900, 3), (1, 2, 3), np.uint8), 300, 300)
    assert (image.width(), image.height()) == (300, 100)
    assert image.pixelColor(10, 10) == QColor(3, 2, 1)
    assert reduced(np.zeros((10, 20, 3), np.uint8), 300, 300).width() == 20


def test_bad_index_is_a_bug(viewer: Viewer, photos: Photos) -> None:
    with pytest.raises(IndexError):
        viewer.open(np.arange(3), 3, photos.source())
