"""The page of the history: what was decided, in words, and the way back to any point."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from faceapp.errors import FaceappError
from faceapp.types_people import Verb
from faceapp.ui.people.remembering import Remembering
from faceapp.ui.widgets.history_page import HistoryPage
from tests.ui.questions import Asked
from tests.ui.window import LEFT


class History:
    def __init__(self, tmp_path: Path, qtbot: QtBot) -> None:
        self.library = Asked(tmp_path)
        self.ledger = self.library.ledger
        self.ledger.do("", Verb.NAME, 12, ("Ann",))
        self.ledger.do("", Verb.MERGE, 214, ("Ann", "Bob"))
        self.ledger.do("stranger", Verb.HIDE, 1, ())
        self.ledger.do("", Verb.REJECT, 2, ("Bob",))
        self.page = HistoryPage()
        qtbot.addWidget(self.page)
        self.remembering = Remembering(self.page, self.library.session, self.library.tasks)
        self.announced: list[object] = []
        self.library.session.decided.connect(self.announced.append)
        self.page.resize(700, 400)
        self.page.show()
        self.load()

    def load(self) -> None:
        self.remembering.load()
        self.library.settle()

    def click(self, *buttons: object) -> None:
        for button in buttons:
            QTest.mouseClick(button, LEFT)  # type: ignore[call-overload]
            self.library.settle()

    def double_click(self, row: int) -> None:
        item = self.page.list.topLevelItem(row)
        assert item is not None
        place = self.page.list.visualItemRect(item).center()
        QTest.mouseClick(self.page.list.viewport(), LEFT, pos=place)
        QTest.mouseDClick(self.page.list.viewport(), LEFT, pos=place)

    @property
    def steps(self) -> list[str]:
        return [step for step, _ in self.page.rows()]

    @property
    def undone(self) -> list[bool]:
        return [when.endswith("undone") for _, when in self.page.rows()]


@pytest.fixture
def history(tmp_path: Path, qtbot: QtBot) -> Iterator[History]:
    made = History(tmp_path, qtbot)
    yield made
    made.library.close()


def test_every_step_is_listed_latest_first(history: History) -> None:
    assert history.steps == [
        "“Not Bob” for 2 faces",
        "Hiding of 1 face: stranger",
        "Merge of 2 people, 214 faces: Ann, Bob",
        "Naming of 12 faces: Ann",
    ]
    assert history.undone == [False] * 4
    assert all("2024" in when for _, when in history.page.rows())


def test_undo_and_redo_one_step(history: History) -> None:
    assert history.page.undo.toolTip() == "Undo “Not Bob” for 2 faces"
    assert not history.page.redo.isEnabled()
    history.click(history.page.undo)
    assert history.undone == [True, False, False, False]
    assert history.page.undo.toolTip() == "Undo Hiding of 1 face"
    assert history.page.redo.toolTip() == "Redo “Not Bob” for 2 faces"
    history.click(history.page.redo)
    assert history.undone == [False] * 4
    assert len(history.announced) == 2


def test_a_double_click_goes_back_to_a_step_after_asking_once(history: History) -> None:
    history.double_click(2)
    assert history.page.asked() == "Undo everything down to “Merge of 2 people, 214 faces”, and that too?"
    assert history.page.confirm.text() == "Undo 3 steps"
    assert history.undone == [False] * 4
    history.click(history.page.confirm)
    assert history.undone == [True, True, True, False]
    assert history.page.asked() == ""
    history.double_click(1)
    assert history.page.confirm.text() == "Redo 2 steps"
    history.click(history.page.confirm)
    assert history.undone == [True, False, False, False]


def test_the_keyboard_goes_back_too(history: History) -> None:
    history.page.list.setCurrentItem(history.page.list.topLevelItem(1))
    QTest.keyClick(history.page.list, Qt.Key.Key_Return)
    assert history.page.confirm.text() == "Undo 2 steps"
    QTest.keyClick(history.page.confirm, Qt.Key.Key_Escape)
    assert history.page.asked() == ""
    assert not history.page.question.isVisible()
    QTest.keyClick(history.page.list, Qt.Key.Key_Return)
    QTest.keyClick(history.page.confirm, Qt.Key.Key_Space)
    history.library.settle()
    assert history.undone == [True, True, False, False]


def test_a_list_that_is_out_of_date_undoes_nothing(history: History) -> None:
    history.double_click(3)
    history.ledger.steps = history.ledger.steps[1:]  # the step that would be the last one is gone
    history.click(history.page.confirm)
    assert not any(step.undone for step in history.ledger.steps)
    assert len(history.steps) == 3


def test_a_failure_is_told_in_place(history: History) -> None:
    history.ledger.error = FaceappError("The disk is full. Free some space.")
    history.click(history.page.undo)
    assert history.page.error.text() == "The disk is full. Free some space."
    assert history.page.error.isVisible()
    history.ledger.error = None
    history.click(history.page.undo)
    assert not history.page.error.isVisible()


def test_a_new_step_withdraws_the_question(history: History) -> None:
    history.double_click(3)
    history.ledger.do("", Verb.NAME, 1)
    history.load()
    assert history.page.asked() == ""
    assert len(history.steps) == 5


def test_without_steps_it_says_what_will_be_here(history: History) -> None:
    history.ledger.steps = []
    history.load()
    assert not history.page.list.isVisible()
    assert not history.page.undo.isEnabled()
