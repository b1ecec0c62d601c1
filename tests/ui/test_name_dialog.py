"""Asking for a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from faceapp.types import Person
from faceapp.ui.widgets.name_dialog import SAMPLES, NameDialog
from faceapp.ui.widgets.parts import Picture

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PEOPLE = [Person(1, "Anna", 214, 100, None), Person(2, "Ben", 1, 1, None)]


@pytest.fixture
def dialog(qtbot: QtBot) -> NameDialog:
    made = NameDialog(134, PEOPLE, [QPixmap(10, 10) for _ in range(9)])
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_empty_name_cannot_be_given(dialog: NameDialog, qtbot: QtBot) -> None:
    assert dialog.windowTitle() == "Name 134 faces"
    for text in ("", "   "):
        dialog.edit.setText(text)
        assert not dialog.ok.isEnabled()
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_known_name_is_found_without_case(dialog: NameDialog) -> None:
    dialog.edit.setText(" anna ")
    assert dialog.hint() == "Adds to Anna, 214 faces"
    assert dialog.name == "Anna"
    dialog.edit.setText("BEN")
    assert dialog.hint() == "Adds to Ben, 1 face"


def test_a_new_name_is_called_new(dialog: NameDialog) -> None:
    dialog.edit.setText("Anna  Maria ")
    assert dialog.hint() == "New person"
    assert dialog.name == "Anna Maria"


def test_enter_accepts_and_escape_rejects(dialog: NameDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.edit, "Carla")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    other = NameDialog(1, PEOPLE, suggestion="Ben")
    qtbot.addWidget(other)
    other.show()
    assert other.windowTitle() == "Name 1 face"
    assert other.ok.isEnabled()
    qtbot.keyClick(other, Qt.Key.Key_Escape)
    assert other.result() == QDialog.DialogCode.Rejected


def test_a_few_samples_are_shown(dialog: NameDialog) -> None:
    assert len(dialog.findChildren(Picture)) == SAMPLES
