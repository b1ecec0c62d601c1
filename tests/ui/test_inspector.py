"""The right panel."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from faceapp.types import Box, Face, Photo, PhotoState, Quality
from faceapp.ui.widgets.face_row import FaceRow
from faceapp.ui.widgets.inspector import Inspector
from faceapp.ui.widgets.parts import PictureButton

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FOLDER = Path("/home/u/Pictures")
PHOTO = Photo(
    id=2**40,
    folder_id=1,
    path=FOLDER / "2009" / "Summer" / "beach.jpg",
    width=4000,
    height=3000,
    size=3_100_000,
    content_hash=None,
    taken=datetime(2009, 7, 14, 16, 32),
    camera="Canon EOS 450D",
    state=PhotoState.INDEXED,
    reason=None,
)


def face(face_id: int, name: str | None) -> Face:
    quality = Quality(size_px=214, sharpness=300, norm=20, yaw=0.0)
    person = 1 if name else None
    return Face(face_id, PHOTO.id, Box(0.1, 0.1, 0.2, 0.2), (), 0.9, quality, person, name)


FACES = [face(2**41, "Ben"), face(8, None)]


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    made = Inspector()
    qtbot.addWidget(made)
    made.resize(340, 1200)
    made.show_photo(PHOTO, FOLDER, FACES, None)
    made.show()
    return made


def button(inspector: Inspector, text: str) -> QPushButton:
    return next(b for b in inspector.findChildren(QPushButton) if b.text() == text and b.isVisible())


def rows(inspector: Inspector) -> list[FaceRow]:
    return [row for row in inspector.findChildren(FaceRow) if row.isVisible()]


def test_the_facts(inspector: Inspector) -> None:
    assert inspector.fact("place") == "Pictures / 2009 / Summer"
    assert inspector.fact("camera") == "Canon EOS 450D"
    assert "3.1 MB" in inspector.fact("size")
    assert "2009" in inspector.fact("taken")
    assert inspector.fact("people") == "Ben, 1 unnamed"
    assert inspector.fact("problem") == ""


def test_faces_are_listed_and_a_click_searches(inspector: Inspector, qtbot: QtBot) -> None:
    shown = rows(inspector)
    assert [row.accessibleName() for row in shown] == [
        "Ben, 214 px, sharp, looking straight ahead",
        "Unnamed, 214 px, sharp, looking straight ahead",
    ]
    with qtbot.waitSignal(inspector.face_clicked) as clicked:
        qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert clicked.args == [2**41]
    with qtbot.waitSignal(inspector.face_clicked) as clicked:
        qtbot.keyClick(shown[1], Qt.Key.Key_Return)
    assert clicked.args == [8]


def test_a_face_says_whom_it_is_not(inspector: Inspector) -> None:
    inspector.show_photo(PHOTO, FOLDER, [FACES[0], replace(FACES[1], rejected=("Anna", "Ben", "Cid"))], None)
    row = rows(inspector)[1]
    assert row.text() == "Not Anna, nor 2 others"
    assert row.accessibleName() == "Not Anna, nor 2 others, 214 px, sharp, looking straight ahead"
    assert row.toolTip().startswith("Not Anna, nor 2 others: 214 px")
    assert inspector.fact("people") == "Ben, 1 unnamed"


def test_a_box_in_the_photo_searches_too(inspector: Inspector, qtbot: QtBot) -> None:
    with qtbot.waitSignal(inspector.face_clicked) as clicked:
        inspector.photo_view.face_clicked.emit(2**41)
    assert clicked.args == [2**41]


def test_the_selected_face_can_be_named(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.set_selected_face(8)
    assert [row.isChecked() for row in rows(inspector)] == [False, True]
    with qtbot.waitSignal(inspector.name_requested) as asked:
        qtbot.mouseClick(button(inspector, "Name…"), Qt.MouseButton.LeftButton)
    assert asked.args == [8]
    inspector.set_selected_face(2**41)
    assert button(inspector, "Change name…")
    inspector.set_selected_face(99)  # not in this photo
    assert inspector.selected_face() is None


def test_opening_the_photo(inspector: Inspector, qtbot: QtBot) -> None:
    with qtbot.waitSignal(inspector.open_requested) as asked:
        qtbot.mouseClick(button(inspector, "Open"), Qt.MouseButton.LeftButton)
    assert asked.args == [2**40]
    with qtbot.waitSignal(inspector.show_in_folder_requested) as asked:
        qtbot.mouseClick(button(inspector, "Show in folder"), Qt.MouseButton.LeftButton)
    assert asked.args == [2**40]


def test_similar_faces_are_at_most_five_and_search(inspector: Inspector, qtbot: QtBot) -> None:
    inspector.set_similar([(100 + n, 0.9 - n / 10) for n in range(7)])
    shown = [b for b in inspector.findChildren(PictureButton) if b.isVisible()]
    assert len(shown) == 5
    inspector.set_face_pixmap(100, QPixmap(10, 10))
    inspector.set_face_pixmap(4711, QPixmap(10, 10))  # not shown
    with qtbot.waitSignal(inspector.face_clicked) as clicked:
        qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)
    assert clicked.args == [100]


def test_the_photo_keeps_its_shape(inspector: Inspector) -> None:
    view = inspector.photo_view
    assert view.height() == pytest.approx(view.width() * 3 / 4, abs=10)


def test_another_photo_takes_the_place_of_the_first(inspector: Inspector) -> None:
    inspector.show_match(0.81)
    inspector.set_similar([(100, 0.9)])
    inspector.show_photo(PHOTO, None, FACES[:1], QPixmap(40, 30))
    assert len(rows(inspector)) == 1
    assert not [b for b in inspector.findChildren(PictureButton) if b.isVisible()]
    assert inspector.fact("place") == str(PHOTO.path.parent)


def test_a_picture_may_come_later_and_keeps_the_selection(inspector: Inspector) -> None:
    inspector.set_selected_face(8)
    inspector.set_pixmap(QPixmap(40, 30))
    assert inspector.selected_face() == 8


def test_the_empty_state_says_what_to_do(inspector: Inspector) -> None:
    inspector.clear()
    assert inspector._empty.isVisible()
    assert rows(inspector) == []
    inspector.show_photo(PHOTO, FOLDER, FACES, None)
    assert not inspector._empty.isVisible()


def test_a_photo_that_is_away_says_so(inspector: Inspector) -> None:
    assert not inspector._offline.isVisible()
    inspector.set_connected(False)
    assert inspector._offline.text() == "The drive of this photo is not connected."
    assert inspector._offline.isVisible()
    assert not button(inspector, "Show in folder").isEnabled()
    assert button(inspector, "Open").isEnabled()  # its thumbnail
    inspector.set_connected(True)
    assert not inspector._offline.isVisible()
    assert button(inspector, "Show in folder").isEnabled()
