"""Choosing the query among the faces of a picture."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from faceapp.types import Box
from faceapp.ui.widgets.face_picker import FacePicker
from faceapp.ui.widgets.parts import PictureButton

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

BOXES = [Box(0.0, 0.0, 0.2, 0.3), Box(0.5, 0.3, 0.2, 0.3), Box(0.9, 0.8, 0.1, 0.2)]


@pytest.fixture
def picker(qtbot: QtBot) -> FacePicker:
    picture = QPixmap(800, 600)
    picture.fill(QColor(90, 120, 150))
    made = FacePicker(picture, BOXES)
    qtbot.addWidget(made)
    made.show()
    return made


def tiles(picker: FacePicker) -> list[PictureButton]:
    return picker.findChildren(PictureButton)


def test_nothing_is_chosen_at_first(picker: FacePicker, qtbot: QtBot) -> None:
    assert picker.selected == []
    assert not picker.search.isEnabled()
    picker.accept()
    assert picker.isVisible()


def test_boxes_and_tiles_choose_and_take_back(picker: FacePicker, qtbot: QtBot) -> None:
    picker.photo_view.face_clicked.emit(2)
    qtbot.mouseClick(tiles(picker)[0], Qt.MouseButton.LeftButton)
    assert picker.selected == [0, 2]
    assert [tile.isChecked() for tile in tiles(picker)] == [True, False, True]
    qtbot.keyClick(tiles(picker)[2], Qt.Key.Key_Space)
    assert picker.selected == [0]


def test_search_answers_with_the_chosen(picker: FacePicker, qtbot: QtBot) -> None:
    picker.toggle(1)
    qtbot.mouseClick(picker.search, Qt.MouseButton.LeftButton)
    assert picker.result() == QDialog.DialogCode.Accepted
    assert picker.selected == [1]


def test_use_all_answers_at_once(picker: FacePicker, qtbot: QtBot) -> None:
    qtbot.mouseClick(picker.use_all, Qt.MouseButton.LeftButton)
    assert picker.result() == QDialog.DialogCode.Accepted
    assert picker.selected == [0, 1, 2]


def test_escape_searches_for_nobody(picker: FacePicker, qtbot: QtBot) -> None:
    picker.toggle(1)
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert picker.result() == QDialog.DialogCode.Rejected
