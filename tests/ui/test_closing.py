"""Closing while photos are read: stop or go on in the background, asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from faceapp.ui.closing import SETTING
from tests.ui.window import Album, Desk, Gate, OpenDesk, PaintedAnalyser, album, desk, open_desk, wait_until

__all__ = ["album", "desk", "open_desk"]  # fixtures

# The offscreen platform has no tray of its own.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")


@dataclass
class Busy:
    """A desk that is in the middle of reading, and what lets it go on."""

    desk: Desk
    gate: Gate

    def question(self) -> QMessageBox:
        box = self.desk.window.closing.dialog
        assert box is not None
        return box

    def offers(self) -> list[str]:
        return sorted(button.text() for button in self.question().buttons())

    def button(self, text: str) -> QAbstractButton:
        return next(button for button in self.question().buttons() if button.text() == text)


@pytest.fixture
def busy(open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Busy]]:
    gates: list[Gate] = []
    quits: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda: quits.append(True))

    def make(*, tray: bool, settings: QSettings | None = None) -> Busy:
        album = Album(tmp_path / f"album{len(gates)}")
        for number in range(12):
            album.photo(f"{number:02}.png", "ABC"[number % 3] + str(number % 4))
        gate = Gate(2)
        gates.append(gate)
        library = tmp_path / f"library{len(gates)}"
        desk = open_desk(album.folder, analyser=PaintedAnalyser(gate), settings=settings, library=library, wait=False)
        desk.window.closing.tray.is_available = lambda: tray  # type: ignore[method-assign]
        desk.window.closing._rest.setInterval(5)
        desk.window.closing._farewell.setInterval(0)
        wait_until(lambda: "of 12 photos" in desk.window.status.text(), "progress")
        return Busy(desk, gate)

    yield make
    for gate in gates:
        gate.open()
    QApplication.setQuitOnLastWindowClosed(True)


def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_nothing_is_asked_when_nothing_is_read(desk: Desk) -> None:
    assert desk.window.closing.may_close()
    assert desk.window.closing.dialog is None


def test_without_a_tray_only_to_stop_or_to_stay(busy: Callable[..., Busy]) -> None:
    it = busy(tray=False)
    assert not it.desk.window.close()
    assert it.desk.window.isVisible()
    assert it.offers() == ["Cancel", "Stop Reading and Quit"]
    it.button("Cancel").click()
    assert it.desk.window.closing.dialog is None
    assert it.desk.window.session.scanning is not None
    it.desk.window.close()
    it.gate.open()
    it.button("Stop Reading and Quit").click()
    assert not it.desk.window.isVisible()
    assert not it.desk.window.session.is_open


def test_asked_twice_there_is_one_question(busy: Callable[..., Busy]) -> None:
    it = busy(tray=True)
    it.desk.window.close()
    first = it.question()
    it.desk.window.close()
    assert it.question() is first


def test_in_the_background_everything_is_read_and_then_it_ends(busy: Callable[..., Busy]) -> None:
    it = busy(tray=True)
    window = it.desk.window
    window.close()
    assert it.offers() == ["Cancel", "Go On in the Background", "Stop Reading and Quit"]
    it.button("Go On in the Background").click()
    assert not window.isVisible()
    assert window.closing.in_background
    assert not QApplication.quitOnLastWindowClosed()
    services = window.session.services
    read: list[int] = []
    window.closing.agreed.connect(lambda: read.append(services.reader.counts(0.5).pending))
    it.gate.open()
    wait_until(lambda: not window.session.is_open, "the end")
    assert read == [0]
    assert QApplication.quitOnLastWindowClosed()


def test_the_window_comes_back_from_the_tray(busy: Callable[..., Busy]) -> None:
    it = busy(tray=True)
    window, tray = it.desk.window, it.desk.window.closing.tray
    window.close()
    it.button("Go On in the Background").click()
    entries = {action.text(): action for action in tray.menu.actions()}
    assert list(entries) == ["Open Faceapp", "Pause Reading", "Stop Reading and Quit"]
    entries["Pause Reading"].trigger()
    assert window.session.paused
    entries["Open Faceapp"].trigger()
    assert window.isVisible()
    assert not window.closing.in_background
    assert window.session.scanning is not None
    window.actions_by_id["pause"].trigger()
    assert not entries["Pause Reading"].isChecked()


def test_do_not_ask_again(busy: Callable[..., Busy], tmp_path: Path) -> None:
    it = busy(tray=True, settings=kept(tmp_path))
    it.desk.window.close()
    box = it.question().checkBox()
    assert box is not None
    box.setChecked(True)
    it.gate.open()
    it.button("Stop Reading and Quit").click()
    assert kept(tmp_path).value(SETTING) == "stop"
    again = busy(tray=True, settings=kept(tmp_path))
    again.gate.open()
    assert again.desk.window.close()


def test_a_choice_without_the_tick_is_for_this_time(busy: Callable[..., Busy], tmp_path: Path) -> None:
    it = busy(tray=True, settings=kept(tmp_path))
    it.desk.window.close()
    it.gate.open()
    it.button("Stop Reading and Quit").click()
    assert kept(tmp_path).value(SETTING) is None


def test_background_for_good_but_no_tray_today(busy: Callable[..., Busy], tmp_path: Path) -> None:
    settings = kept(tmp_path)
    settings.setValue(SETTING, "background")
    it = busy(tray=False, settings=settings)
    assert not it.desk.window.close()
    assert it.offers() == ["Cancel", "Stop Reading and Quit"]


def test_the_title_tells_how_far_it_is(busy: Callable[..., Busy], qtbot: QtBot) -> None:
    it = busy(tray=True)
    wait_until(lambda: it.desk.window.windowTitle().startswith("("), "the title")
    assert it.desk.window.windowTitle().endswith("%) Faceapp")
    it.gate.open()
    it.desk.settle()
    assert it.desk.window.windowTitle() == "Faceapp"
