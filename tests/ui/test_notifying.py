"""A word at the end of a long scan for who is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from faceapp.ui.notifying import Notifying, Tray
from tests.ui.services import NOTHING_NEW, Fakes, make

# The offscreen platform has no tray of its own.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")

LONG = replace(NOTHING_NEW, photos=9871, faces=1204, failed=2, seconds=61.0)


class Elsewhere:
    """A session over fakes, a window that is not in front, and what was said on the desktop."""

    def __init__(self, fakes: Fakes, window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[tuple[str, str]] = []
        self.alerts: list[QWidget] = []
        self.fakes = fakes
        self.window = window
        self.tray = Tray(window)
        self.notifying = Notifying(window, fakes.session, self.tray)
        monkeypatch.setattr(QApplication, "alert", self.alerts.append)

    def desktop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Give the desktop a tray with notifications."""
        monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
        monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
        monkeypatch.setattr(
            QSystemTrayIcon, "showMessage", lambda _icon, title, text, *_rest: self.said.append((title, text))
        )


@pytest.fixture
def elsewhere(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    fakes = make(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    yield Elsewhere(fakes, window, monkeypatch)
    fakes.close()


def test_the_end_of_a_long_scan_is_told(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere.desktop(monkeypatch)
    elsewhere.fakes.session.scan_ended.emit(LONG)
    assert elsewhere.said == [("All photos are read", "9,871 photos read, 2 problems · 1,204 faces")]
    assert elsewhere.alerts == []
    assert elsewhere.tray._leave.isActive()
    assert not elsewhere.window.isVisible()  # nothing came to the front


@pytest.mark.parametrize("summary", [replace(LONG, seconds=59.0), replace(LONG, cancelled=True)])
def test_a_short_or_stopped_scan_is_not_worth_it(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch, summary: object
) -> None:
    elsewhere.desktop(monkeypatch)
    elsewhere.fakes.session.scan_ended.emit(summary)
    assert (elsewhere.said, elsewhere.alerts) == ([], [])


def test_who_looks_at_the_window_is_told_nothing(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere.desktop(monkeypatch)
    monkeypatch.setattr(elsewhere.window, "isActiveWindow", lambda: True)
    elsewhere.fakes.session.scan_ended.emit(LONG)
    assert elsewhere.said == []


def test_without_notifications_the_task_bar_is_marked(elsewhere: Elsewhere) -> None:
    elsewhere.fakes.session.scan_ended.emit(LONG)
    assert elsewhere.alerts == [elsewhere.window]


def test_the_icon_goes_with_the_notification_unless_it_is_to_stay(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.desktop(monkeypatch)
    shown: list[bool] = []
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: shown.append(True))
    monkeypatch.setattr(QSystemTrayIcon, "hide", lambda _icon: shown.append(False))
    elsewhere.tray.say("Title", "text")
    elsewhere.tray._leave.timeout.emit()
    assert shown == [True, False]
    elsewhere.tray.stay(True, "reading")
    elsewhere.tray.say("Title", "text")
    elsewhere.tray._leave.timeout.emit()
    assert shown[2:] == [True, True]
    elsewhere.tray.stay(False)
    assert shown[-1] is False


def test_a_click_on_the_icon_opens_the_window(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    elsewhere.desktop(monkeypatch)
    elsewhere.tray.stay(True)
    icon = elsewhere.tray._made()
    with qtbot.waitSignal(elsewhere.tray.open_requested):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(elsewhere.tray.open_requested):
        icon.messageClicked.emit()
    with qtbot.assertNotEmitted(elsewhere.tray.open_requested):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    elsewhere.tray.stay(False)


def test_pausing_elsewhere_is_shown_without_a_word(elsewhere: Elsewhere, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(elsewhere.tray.pause_toggled):
        elsewhere.tray.set_paused(True)
    assert elsewhere.tray.menu.actions()[1].isChecked()
