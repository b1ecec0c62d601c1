"""Errors that nobody caught: told of once, on the GUI thread, and the program goes on."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from faceapp import logs
from faceapp.ui import crashes as module
from faceapp.ui.crashes import Crashes
from faceapp.ui.widgets.crash_dialog import CrashDialog
from tests.ui.window import wait_until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Room:
    """A window and what hears of errors. ``fail`` raises one that is caught by nobody but it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.crashes = Crashes(lambda: self.window)

    def fail(self, text: str = "no such face") -> None:
        try:
            raise KeyError(text)
        except KeyError as error:
            self.crashes.caught(type(error), error, error.__traceback__)

    def fail_elsewhere(self) -> None:
        try:
            raise ValueError("of another kind")
        except ValueError as error:
            self.crashes.caught(type(error), error, error.__traceback__)

    def dialog(self) -> CrashDialog:
        assert self.crashes.dialog is not None
        return self.crashes.dialog


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_one_dialog_with_the_details_and_everything_in_the_log(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.fail("no such face")
    dialog = room.dialog()
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "Faceapp" in dialog.details().splitlines()[0]
    assert "KeyError: 'no such face'" in dialog.details()
    assert "in fail" in dialog.details()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "no such face" in caplog.text


def test_more_errors_only_count(room: Room) -> None:
    room.fail()
    dialog = room.dialog()
    assert dialog.said_of_others() == ""
    room.fail_elsewhere()
    assert dialog.said_of_others() == "1 more error came since; it is in the log."
    room.fail()
    assert dialog.said_of_others() == "2 more errors came since; they are in the log."
    assert room.dialog() is dialog
    assert "of another kind" not in dialog.details()


def test_the_same_error_is_not_told_twice(room: Room, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    room.fail()
    qtbot.mouseClick(room.dialog().go_on, Qt.MouseButton.LeftButton)
    assert room.crashes.dialog is None
    room.fail()
    assert room.crashes.dialog is None
    assert "as before" in caplog.records[-1].getMessage()
    room.fail_elsewhere()
    assert room.dialog().isVisible()


def test_an_error_of_another_thread_is_told_of_on_this_one(room: Room) -> None:
    thread = threading.Thread(target=room.fail)
    thread.start()
    thread.join()
    assert room.crashes.dialog is None
    wait_until(lambda: room.crashes.dialog is not None, "the dialog")


def test_a_dialog_that_went_with_its_window_is_no_hindrance(room: Room) -> None:
    room.fail()
    Shiboken.delete(room.dialog())
    room.fail_elsewhere()
    assert "of another kind" in room.dialog().details()


def test_details_can_be_copied_and_the_log_opened(
    room: Room, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(logs, "log_file", lambda: tmp_path / "log" / "faceapp.log")
    room.fail()
    dialog = room.dialog()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.details()
    qtbot.mouseClick(dialog.open_log, Qt.MouseButton.LeftButton)
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "faceapp.log").touch()
    module.open_log()
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path, tmp_path / "log" / "faceapp.log"]
    assert dialog.isVisible()


def test_the_keyboard_is_enough(room: Room, qtbot: QtBot) -> None:
    room.fail()
    dialog = room.dialog()
    assert dialog.go_on.isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert room.crashes.dialog is None


PROGRAM = """
import logging, pathlib, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from faceapp import logs
from faceapp.ui.crashes import Crashes

app = QApplication([])
logs.start(pathlib.Path(sys.argv[1]))
window = QPushButton()
window.show()
crashes = Crashes(lambda: window)
crashes.install()

def fail():
    raise RuntimeError("in a slot")

def on_a_thread():
    raise RuntimeError("on a thread")

def look():
    if crashes.dialog is not None and crashes.dialog.said_of_others():
        print(crashes.dialog.details())
        crashes.dialog.go_on.click()
        QTimer.singleShot(0, finish)

def finish():
    print("still here", crashes.dialog)
    app.quit()

window.clicked.connect(fail)
QTimer.singleShot(0, window.click)
QTimer.singleShot(0, threading.Thread(target=on_a_thread).start)
timer = QTimer(interval=5)
timer.timeout.connect(look)
timer.start()
app.exec()
crashes.uninstall()
logs.stop()
"""


def test_a_real_program_goes_on(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ran.returncode == 0, ran.stderr
    assert "still here None" in ran.stdout
    log = (tmp_path / "faceapp.log").read_text(encoding="utf-8")
    assert "RuntimeError: in a slot" in log
    assert "RuntimeError: on a thread" in log
