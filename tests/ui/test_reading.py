"""What is said of a scan, and what is kept quiet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from faceapp.errors import LibraryError
from faceapp.scan.walk import FolderError
from faceapp.types import Problem
from faceapp.types_scan import ScanProgress
from faceapp.ui.reading import Reading, window_title
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.sidebar import Sidebar
from faceapp.ui.widgets.status_strip import StatusStrip
from tests.ui.services import NOTHING_NEW, Fakes, make
from tests.ui.window import wait_until

EMPTY = replace(NOTHING_NEW, photos=0, skipped=0)


class Room:
    """The parts of the window that tell of scans."""

    def __init__(self, fakes: Fakes, window: QWidget) -> None:
        self.fakes = fakes
        self.sidebar, self.status, self.notice = Sidebar(window), StatusStrip(window), NoticeBar(window)
        self.reading = Reading(window, fakes.session, self.sidebar, self.status, self.notice, fakes.tasks)
        self.window = window

    def row(self, folder_id: int) -> str:
        row = self.sidebar.row(("folder", folder_id))
        assert row is not None
        return row.accessibleName()

    def said(self) -> str:
        return self.notice.text() if self.notice.isVisibleTo(self.window) else ""

    def menu(self, folder_id: int) -> dict[str, bool]:
        """Return what a folder's menu offers, and whether it can be chosen."""
        self.sidebar.folder_menu_requested.emit(folder_id, QPoint(5, 5))
        menu = self.window.findChildren(QMenu)[-1]
        offered = {action.text(): action.isEnabled() for action in menu.actions()}
        menu.close()
        return offered


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    fakes = make(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    yield Room(fakes, window)
    fakes.close()


def progress(done: int = 0, total: int = 9, *, walking: bool = False) -> ScanProgress:
    return ScanProgress(None, walking, total, done, 0, 0, 0, 1.0)


def test_the_start_reads_every_folder_that_can_be_reached_in_one_go(room: Room, tmp_path: Path) -> None:
    one, two = room.fakes.folder(tmp_path / "one"), room.fakes.folder(tmp_path / "two")
    gone = room.fakes.folder(tmp_path / "gone")
    shutil.rmtree(gone.path)
    room.fakes.open()
    assert room.fakes.scanner.calls == [[one.path, two.path]]
    assert room.row(gone.id) == "gone, 9 photos, not connected"
    room.fakes.refresh()
    assert len(room.fakes.scanner.calls) == 1


def test_a_scan_that_nobody_asked_for_is_not_told_of(room: Room, tmp_path: Path) -> None:
    folder = room.fakes.folder(tmp_path / "one")
    room.fakes.open()
    before = room.status.text()
    assert before == "9 photos read"
    room.fakes.scanner.hold()
    room.fakes.scanner.outcome = EMPTY
    room.fakes.session.scan([folder.path / "inside"], quiet=True)
    wait_until(lambda: len(room.fakes.scanner.calls) == 2, "the scan")
    room.fakes.session.scan_progressed.emit(progress(3))
    room.fakes.refresh_only()
    assert room.status.text() == before
    assert room.row(folder.id) == "one, 9 photos, up to date"
    room.fakes.scanner.let_go()
    room.fakes.settle()
    assert room.status.text() == before
    assert room.said() == ""
    assert not room.reading._patience.isActive()


def test_a_scan_that_nobody_asked_for_is_told_of_when_it_takes_long(room: Room, tmp_path: Path) -> None:
    folder = room.fakes.folder(tmp_path / "one", pending=4)
    room.fakes.open()
    room.fakes.scanner.hold()
    room.fakes.session.scan([folder.path / "inside"], quiet=True)
    wait_until(lambda: len(room.fakes.scanner.calls) == 2, "the scan")
    assert room.reading._patience.isActive()
    room.reading._patience.timeout.emit()
    room.fakes.session.scan_progressed.emit(progress(3))
    assert "3 of 9 photos" in room.status.text()
    assert room.row(folder.id) == "one, 9 photos, being read"
    room.fakes.scanner.let_go()
    room.fakes.settle()
    assert room.status.text() == "9 photos read"


def test_a_drive_that_goes_during_a_quiet_scan_makes_no_noise(room: Room, tmp_path: Path) -> None:
    folder = room.fakes.folder(tmp_path / "one")
    room.fakes.open()
    shutil.rmtree(folder.path)
    room.fakes.scanner.outcome = FolderError("The folder one cannot be found.")
    room.fakes.session.scan([folder.path], quiet=True)
    room.fakes.settle()
    assert room.said() == ""
    assert room.row(folder.id) == "one, 9 photos, not connected"
    room.fakes.session.scan([folder.path])  # but who asks is answered
    room.fakes.settle()
    assert room.said() == "The folder one cannot be found."


def test_a_quiet_scan_that_fails_for_another_reason_says_so(room: Room) -> None:
    room.fakes.open()
    room.fakes.scanner.outcome = LibraryError("The disk is full.")
    room.fakes.session.scan([Path("/photos")], quiet=True)
    room.fakes.settle()
    assert room.said() == "The disk is full."


def test_only_a_folder_that_was_chosen_is_called_empty(room: Room, tmp_path: Path) -> None:
    room.fakes.folder(tmp_path / "one")
    room.fakes.scanner.outcome = EMPTY
    room.fakes.open()
    assert room.said() == ""
    room.fakes.scanner.hold()
    room.reading.rescan()
    room.reading.add([tmp_path / "two"])  # waits for the first
    room.fakes.scanner.let_go()
    wait_until(lambda: len(room.fakes.scanner.calls) == 3, "the second scan")
    room.fakes.settle()
    assert "There are no photos in that folder" in room.said()
    room.notice.dismiss()
    room.reading.rescan()
    room.fakes.settle()
    assert room.said() == ""


def test_of_several_folders_those_with_photos_to_read_are_being_read(room: Room, tmp_path: Path) -> None:
    done, waiting = room.fakes.folder(tmp_path / "done"), room.fakes.folder(tmp_path / "waiting", pending=5)
    room.fakes.open()
    room.fakes.scanner.hold()
    room.reading.rescan()
    assert room.row(done.id).endswith("being read")  # looked through
    assert room.row(waiting.id).endswith("being read")
    room.fakes.session.scan_progressed.emit(progress(4))
    room.fakes.refresh_only()
    assert room.row(done.id).endswith("up to date")
    assert room.row(waiting.id).endswith("being read")


def test_gentle_is_shown_and_done(room: Room) -> None:
    room.fakes.open()
    room.reading.set_gentle(True)
    assert room.fakes.session.gentle
    assert room.status._gentle.isChecked()
    room.status.gentle_toggled.emit(False)
    assert not room.fakes.session.gentle
    assert not room.status._gentle.isChecked()


def test_a_folders_menu_leads_to_its_problems(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    good, bad = room.fakes.folder(tmp_path / "good"), room.fakes.folder(tmp_path / "bad", failed=2)
    gone = room.fakes.folder(tmp_path / "gone")
    shutil.rmtree(gone.path)
    room.fakes.reader.problem_list = [Problem(1, bad.path / "x.jpg", "It is cut off.")]
    room.fakes.open()
    assert room.row(bad.id) == "bad, 9 photos, 2 photos could not be read"
    assert room.menu(good.id) == {"Look for New Photos": True}
    assert room.menu(gone.id) == {"Look for New Photos": False}
    assert room.menu(bad.id) == {"Look for New Photos": True, "Show Problems": True}
    room.sidebar.folder_menu_requested.emit(bad.id, QPoint(5, 5))
    with qtbot.waitSignal(room.reading.problems_requested):
        room.window.findChildren(QMenu)[-1].actions()[1].trigger()


def test_details_show_folders_and_the_files_that_came_last(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = room.fakes.folder(tmp_path / "one", pending=4)
    room.fakes.open()
    room.reading.show_details()
    assert not room.reading.details.isVisible()  # nothing is being read
    room.fakes.scanner.hold()
    room.reading.rescan()
    room.fakes.session.scan_progressed.emit(progress(3))
    room.status.details_requested.emit()
    details = room.reading.details
    assert details.isVisible()
    assert "3 of 9 photos" in details.text()
    assert "one\n9 photos · being read" in details.text()
    files = {number: SimpleNamespace(path=folder.path / f"{number}.jpg") for number in range(9)}
    monkeypatch.setattr(room.fakes.reader, "photos", lambda ids: [files[number] for number in ids], raising=False)
    room.fakes.session.photos_saved.emit([3, 1, 2])
    wait_until(lambda: "3.jpg\n2.jpg\n1.jpg" in details.text(), "the files")
    room.reading.set_paused(True)
    assert details.text().startswith("Paused")
    room.reading.set_paused(False)
    room.fakes.scanner.let_go()
    room.fakes.settle()
    assert not details.isVisible()


def test_the_title_says_how_far_it_is() -> None:
    assert window_title(progress(3)) == "(33 %) Faceapp"
    assert window_title(progress(3, walking=True)) == "Faceapp"
    assert window_title(progress(0, 0)) == "Faceapp"
    assert window_title(None) == "Faceapp"
