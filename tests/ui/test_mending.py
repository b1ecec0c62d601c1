"""Trying photos again, and taking them off the list."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from faceapp.errors import LibraryError
from faceapp.types import Folder, Problem
from faceapp.ui.mending import Mending
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.problems import ProblemList
from tests.ui.services import Fakes, make


class Bench:
    """Two folders, the first with two problems, the second with one."""

    def __init__(self, fakes: Fakes, window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
        self.fakes = fakes
        self.page, self.notice = ProblemList(window), NoticeBar(window)
        self.mending = Mending(self.page, self.notice, fakes.session, fakes.tasks, window)
        self.one, self.two = fakes.folder(tmp_path / "one"), fakes.folder(tmp_path / "two")
        fakes.reader.problem_list = [
            self.problem(11, self.one, "a.jpg"),
            self.problem(12, self.one, "sub/b.jpg"),
            self.problem(13, self.two, "c.jpg"),
        ]
        self.said: list[str] = []
        self.mending.said.connect(self.said.append)
        self._window = window
        self._qtbot = qtbot

    def problem(self, photo_id: int, folder: Folder, name: str) -> Problem:
        return Problem(photo_id, folder.path / name, "It is cut off.")

    def open(self) -> None:
        self.fakes.open()
        self.mending.load()
        self.fakes.settle()

    def select(self, *rows: int) -> None:
        view = self.page.list
        view.clearSelection()
        for row in rows:
            view.selectionModel().select(view.model().index(row, 0), view.selectionModel().SelectionFlag.Select)

    def listed(self) -> list[int]:
        model = self.page.list.model()
        return [model.index(row, 0).data(Qt.ItemDataRole.UserRole).photo_id for row in range(model.rowCount())]

    def told(self) -> str:
        return self.notice.text() if self.notice.isVisibleTo(self._window) else ""

    def undo(self) -> None:
        assert self.notice._action.text() == "Undo"
        self._qtbot.mouseClick(self.notice._action, Qt.MouseButton.LeftButton)
        self.fakes.settle()


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    fakes = make(tmp_path)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield Bench(fakes, window, qtbot, tmp_path)
    fakes.close()


def test_before_the_library_is_open_there_is_nothing_to_load(bench: Bench) -> None:
    bench.mending.load()
    assert bench.fakes.tasks.idle


def test_the_selected_ones_are_tried_again(bench: Bench) -> None:
    bench.open()
    assert bench.listed() == [11, 12, 13]
    bench.select(0, 1)
    bench.mending.retry_selected()
    bench.fakes.settle()
    assert bench.fakes.problems.retried == [[11, 12]]
    assert bench.fakes.scanner.calls == [[bench.one.path]]
    assert bench.listed() == [13]
    assert bench.said == ["Trying 2 photos again…"]
    assert bench.told() == ""
    assert bench.fakes.session.overview is not None
    assert bench.fakes.session.overview.counts.failed == 1


def test_all_are_tried_again_without_the_page_having_been_opened(bench: Bench) -> None:
    bench.fakes.open()
    bench.mending.retry_all()
    bench.fakes.settle()
    assert bench.fakes.problems.retried == [[11, 12, 13]]
    (scanned,) = bench.fakes.scanner.calls
    assert set(scanned) == {bench.one.path, bench.two.path}
    assert bench.listed() == []


def test_a_folder_that_is_being_read_is_read_once_more(bench: Bench) -> None:
    bench.open()
    bench.fakes.scanner.hold()
    bench.fakes.session.scan([bench.two.path])
    bench.select(2)
    bench.mending.retry_selected()
    bench.fakes.wait_for(lambda: bool(bench.said))
    bench.fakes.scanner.let_go()
    bench.fakes.settle()
    assert bench.fakes.scanner.calls == [[bench.two.path], [bench.two.path]]


def test_a_photo_on_a_drive_that_is_not_connected_waits_for_it(bench: Bench) -> None:
    bench.open()
    shutil.rmtree(bench.two.path)
    bench.fakes.refresh()
    bench.mending.retry_all()
    bench.fakes.settle()
    assert bench.fakes.scanner.calls == [[bench.one.path]]
    assert "a drive that is not connected" in bench.told()
    assert bench.fakes.problems.retried == [[11, 12, 13]]


def test_nothing_selected_nothing_done(bench: Bench) -> None:
    bench.open()
    bench.mending.retry_selected()
    bench.mending.ignore_selected()
    bench.fakes.settle()
    assert bench.fakes.problems.retried == []
    assert bench.fakes.scanner.calls == []
    assert bench.listed() == [11, 12, 13]


def test_ignoring_can_be_undone(bench: Bench) -> None:
    bench.open()
    bench.select(0, 2)
    bench.mending.ignore_selected()
    bench.fakes.settle()
    assert bench.listed() == [12]
    assert bench.told() == "2 photos are off the list until their files change."
    assert bench.fakes.session.overview is not None
    assert bench.fakes.session.overview.counts.failed == 1
    bench.undo()
    assert bench.listed() == [11, 12, 13]
    assert bench.told() == ""
    assert bench.fakes.session.overview.counts.failed == 3


def test_each_ignoring_undoes_its_own(bench: Bench) -> None:
    bench.open()
    for _ in range(2):
        bench.select(0)
        bench.mending.ignore_selected()
        bench.fakes.settle()
    assert bench.listed() == [13]
    assert bench.told() == "1 photo is off the list until its file changes."
    bench.undo()
    assert bench.listed() == [12, 13]


@pytest.mark.parametrize("what", ["retry_selected", "retry_all", "ignore_selected"])
def test_what_fails_says_why_and_leaves_the_list(bench: Bench, what: str) -> None:
    bench.open()
    bench.select(0)
    bench.fakes.problems.error = LibraryError("The disk is full. Free some space, then try again.")
    getattr(bench.mending, what)()
    bench.fakes.settle()
    assert bench.told() == "The disk is full. Free some space, then try again."
    assert bench.listed() == [11, 12, 13]
    assert bench.fakes.scanner.calls == []
