"""Starting the window where none can open ends in a sentence, not in an abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from faceapp import app

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the check is Linux's own")


@linux
def test_without_a_screen_the_commands_are_named() -> None:
    missing = app.what_the_screen_lacks({})
    assert missing is not None
    assert "faceapp --help" in missing


@linux
def test_a_missing_library_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "libqxcb.so"
    broken.write_bytes(b"no library")
    missing = app.what_the_screen_lacks({"DISPLAY": ":0"}, broken)
    assert missing is not None
    assert "libqxcb.so" in missing
    assert "README" in missing


@pytest.mark.parametrize("environment", [{"QT_QPA_PLATFORM": "offscreen"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_another_platform_needs_no_x11(environment: dict[str, str]) -> None:
    assert app.what_the_screen_lacks(environment) is None


@linux
def test_the_program_ends_with_the_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert app.main([]) == 2
    assert "no screen" in capsys.readouterr().err


PROGRAM = """
import sys, time
import platformdirs
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

library, settings, logs = sys.argv[1:]
platformdirs.user_log_dir = lambda *names, **more: logs
platformdirs.user_config_dir = lambda *names, **more: settings

from PySide6.QtCore import QSettings
QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, settings)

from faceapp import app
from faceapp.ui import watchdog
from faceapp.ui.main_window import MainWindow
from faceapp.ui.widgets.crash_dialog import CrashDialog

watchdog.HANG_S = 0.5

def fail():
    raise RuntimeError("an error that nobody caught")

def look():
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashDialog)]
    if dialogs:
        timer.stop()
        dialogs[0].go_on.click()
        end = time.monotonic() + 3
        while time.monotonic() < end:  # the window does not answer
            pass
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        print("open:", window.isVisible())
        window.close()

QApplication([])
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(0, fail)
sys.exit(app.main(["--library", library]))
"""


def test_errors_and_hangs_of_the_running_program_are_in_its_log(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *(str(tmp_path / name) for name in ("library", "settings", "log"))],
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ran.returncode == 0, ran.stderr
    assert "open: True" in ran.stdout
    log = (tmp_path / "log" / "faceapp.log").read_text(encoding="utf-8")
    assert "RuntimeError: an error that nobody caught" in log
    assert "the window has not answered" in log
    assert "in look" in log  # where it hung
