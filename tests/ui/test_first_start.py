"""The page of a new library."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from faceapp.ui import theme
from faceapp.ui.widgets.first_start import FirstStart

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> FirstStart:
    theme.apply(qapp, "light")
    made = FirstStart()
    qtbot.addWidget(made)
    made.resize(1220, 800)
    made.show()
    return made


def test_the_two_buttons(page: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.use_pictures_requested):
        qtbot.mouseClick(page.use_pictures, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.choose_requested):
        qtbot.keyClick(page.choose, Qt.Key.Key_Space)


def test_it_says_what_will_happen(page: FirstStart) -> None:
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    for part in ("Drop your photo folder here", "Nothing leaves this computer", "Photos are never changed"):
        assert part in said


def test_the_zone_lights_up_while_something_is_dragged(page: FirstStart) -> None:
    def inside() -> QColor:
        zone = page._zone.geometry()
        return page.grab().toImage().pixelColor(zone.left() + 20, zone.center().y())

    assert inside() == QColor(theme.current().bg)
    page.set_drag_active(True)
    assert inside() == QColor(theme.current().accent_soft)
    page.set_drag_active(False)
    assert inside() == QColor(theme.current().bg)


def test_nothing_is_cut_off_in_a_small_window(page: FirstStart) -> None:
    page.resize(560, 560)
    for label in page.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_samples_and_that_they_are_being_made(page: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.samples_requested):
        qtbot.mouseClick(page.samples, Qt.MouseButton.LeftButton)
    page.set_busy(True)
    assert not page.samples.isEnabled()
    page.set_busy(False)
    assert page.samples.text() == "Try it with sample photos"


def test_the_path_is_shown_however_long_it_is(page: FirstStart) -> None:
    folder = Path("/home/anna") / "/".join(["a rather long name of a folder"] * 6) / "Pictures"
    page.set_pictures(folder)
    assert page.place() == str(folder)
    assert page.minimumSizeHint().width() <= 560
    page.set_pictures(None)
    assert not page.use_pictures.isVisible()
    assert page.choose.text() == "Choose a photo folder…"
    assert page.choose.property("kind") == "primary"
