"""The strip at the bottom."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from faceapp.types_scan import ScanProgress
from faceapp.ui.widgets.status_strip import StatusStrip

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RUNNING = ScanProgress(
    folder=Path("/photos/Camera uploads"),
    walking=False,
    total=9871,
    done=6120,
    skipped=0,
    failed=0,
    faces=99,
    seconds=218.0,
)


@pytest.fixture
def strip(qtbot: QtBot) -> StatusStrip:
    made = StatusStrip()
    qtbot.addWidget(made)
    made.resize(1400, made.height())
    made.show()
    return made


def button(strip: StatusStrip, text: str) -> QPushButton:
    return next(b for b in strip.findChildren(QPushButton) if b.text() == text and b.isVisible())


def visible_buttons(strip: StatusStrip) -> list[str]:
    return [b.text() for b in strip.findChildren(QPushButton) if b.isVisible()]


def test_a_scan_shows_what_is_read_and_how_far_it_is(strip: StatusStrip) -> None:
    strip.set_progress(RUNNING)
    assert strip.text() == "Reading Camera uploads 6,120 of 9,871 photos · 28 a second · about 2 min left"
    bar = strip.findChild(QProgressBar)
    assert bar is not None
    assert (bar.value(), bar.maximum()) == (6120, 9871)
    assert visible_buttons(strip) == ["Details", "Pause", "Gentle", "Stop"]


def test_nothing_runs_at_first(strip: StatusStrip) -> None:
    assert strip.text() == ""
    assert visible_buttons(strip) == []


def test_pause_and_resume(strip: StatusStrip, qtbot: QtBot) -> None:
    strip.set_progress(RUNNING)
    heard: list[bool] = []
    strip.pause_toggled.connect(heard.append)
    qtbot.mouseClick(button(strip, "Pause"), Qt.MouseButton.LeftButton)
    assert strip.text().startswith("Paused")
    qtbot.mouseClick(button(strip, "Resume"), Qt.MouseButton.LeftButton)
    assert strip.text().startswith("Reading Camera uploads")
    strip.set_paused(True)
    assert heard == [True, False]


def test_stop(strip: StatusStrip, qtbot: QtBot) -> None:
    strip.set_progress(RUNNING)
    with qtbot.waitSignal(strip.cancel_requested):
        qtbot.mouseClick(button(strip, "Stop"), Qt.MouseButton.LeftButton)


def test_the_last_result_stays_with_a_way_to_its_problems(strip: StatusStrip, qtbot: QtBot) -> None:
    strip.set_progress(RUNNING)
    strip.set_paused(True)
    strip.set_idle("9,871 photos read, 12 problems", problems=12)
    assert strip.text() == "9,871 photos read, 12 problems"
    assert visible_buttons(strip) == ["Show problems"]
    with qtbot.waitSignal(strip.problems_requested):
        qtbot.mouseClick(button(strip, "Show problems"), Qt.MouseButton.LeftButton)
    strip.set_progress(RUNNING)
    assert strip.text().startswith("Reading Camera uploads")


def test_a_message_gives_way_again(strip: StatusStrip) -> None:
    strip.set_idle("9,871 photos read")
    strip.show_message("Named 12 faces Anna")
    assert strip.text() == "Named 12 faces Anna"
    strip._timer.timeout.emit()
    assert strip.text() == "9,871 photos read"


def test_gentle_is_switched_here_and_shown_when_switched_elsewhere(strip: StatusStrip, qtbot: QtBot) -> None:
    strip.set_progress(RUNNING)
    heard: list[bool] = []
    strip.gentle_toggled.connect(heard.append)
    gentle = button(strip, "Gentle")
    qtbot.mouseClick(gentle, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(gentle, Qt.MouseButton.LeftButton)
    assert heard == [True, False]
    strip.set_gentle(True)
    assert gentle.isChecked()
    assert heard == [True, False]
    strip.set_idle("9,871 photos read")
    strip.set_progress(RUNNING)
    assert gentle.isChecked()


def test_a_narrow_strip_gives_up_words_before_numbers(strip: StatusStrip, qtbot: QtBot) -> None:
    strip.set_progress(RUNNING)
    assert strip._promise.isVisible()
    strip.resize(760, strip.height())
    assert not strip._promise.isVisible()
    assert strip._lock.isVisible()
    assert strip.minimumSizeHint().width() < 700
    qtbot.waitUntil(lambda: "6,120 of 9,871" in strip._sentence.text())
    strip.resize(1400, strip.height())
    assert strip._promise.isVisible()


def test_details_by_button_and_by_a_click_beside_the_buttons(strip: StatusStrip, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(strip.details_requested):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton)  # nothing is being read
    strip.set_progress(RUNNING)
    with qtbot.waitSignal(strip.details_requested):
        qtbot.mouseClick(button(strip, "Details"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.details_requested):
        qtbot.mouseClick(strip._left, Qt.MouseButton.LeftButton)


def test_it_can_be_heard(strip: StatusStrip) -> None:
    strip.set_progress(RUNNING)
    assert strip.accessibleDescription().startswith("Reading Camera uploads: 6,120 of 9,871 photos")
    strip.set_idle("9,871 photos read")
    assert strip.accessibleDescription() == "9,871 photos read"
