"""The verbs: what they ask the ledger, what the user hears, and the question when an earlier answer is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from faceapp.errors import FaceappError
from faceapp.types import HideReason
from faceapp.types_people import Conflict, ConflictKind, DecisionConflict, Step, Verb
from faceapp.ui.people.deciding import Deciding
from tests.ui import services
from tests.ui.services import Fakes

SAID = datetime(2020, 1, 2, tzinfo=UTC)
IN_THE_WAY = DecisionConflict(
    "You said on 2 January 2020 that they are two people.", [Conflict(ConflictKind.DIFFERENT, 1, 2, (), SAID)]
)


@pytest.fixture
def fakes(qtbot: QtBot, tmp_path: Path) -> Iterator[Fakes]:
    made = services.make(tmp_path)
    made.open()
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


class Heard:
    def __init__(self, deciding: Deciding) -> None:
        self.said: list[str] = []
        self.refused: list[tuple[str, str]] = []
        self.decided: list[object] = []
        deciding.said.connect(self.said.append)
        deciding.refused.connect(lambda *notice: self.refused.append(notice))
        deciding.decided.connect(self.decided.append)


@pytest.fixture
def deciding(fakes: Fakes, window: QWidget) -> Deciding:
    return Deciding(window, fakes.session)


@pytest.mark.parametrize(
    ("act", "called"),
    [
        (lambda d: d.name([1], "Ann"), ("name_faces", ([1], "Ann"), {"take_back": False})),
        (lambda d: d.clear([1]), ("clear", ([1],), {})),
        (lambda d: d.reject([1], 7), ("reject", ([1], 7), {})),
        (lambda d: d.hide([1], HideReason.STATUE), ("hide", ([1], HideReason.STATUE), {})),
        (lambda d: d.same([1, 2]), ("same", ([1, 2],), {"take_back": False})),
        (lambda d: d.different([1], [2]), ("different", ([1], [2]), {"take_back": False})),
        (lambda d: d.merge([7], 8), ("merge", ([7], 8), {"take_back": False})),
        (lambda d: d.split([1], [2]), ("split", ([1], [2]), {"take_back": False})),
        (lambda d: d.rename(7, "Bob"), ("rename", (7, "Bob"), {})),
        (lambda d: d.set_cover(7, 1), ("set_cover", (7, 1), {})),
        (lambda d: d.set_born(7, date(2000, 1, 1)), ("set_born", (7, date(2000, 1, 1)), {})),
    ],
)
def test_each_verb_is_one_step(
    fakes: Fakes,
    deciding: Deciding,
    act: Callable[[Deciding], None],
    called: tuple[str, tuple[Any, ...], dict[str, Any]],
) -> None:
    heard = Heard(deciding)
    act(deciding)
    fakes.settle()
    assert fakes.people.called == [called]
    assert len(heard.decided) == len(heard.said) == 1
    assert heard.refused == []


def test_undo_and_redo_say_what_came_back(fakes: Fakes, deciding: Deciding) -> None:
    heard = Heard(deciding)
    fakes.people.steps = [Step(1, Verb.MERGE, SAID, True, 214, ("Ann", "Bob"))]
    deciding.undo()
    fakes.settle()
    fakes.people.steps = [Step(1, Verb.MERGE, SAID, False, 214, ("Ann", "Bob"))]
    deciding.redo()
    fakes.settle()
    assert [verb for verb, _, _ in fakes.people.called] == ["undo", "redo"]
    assert len(set(heard.said)) == 2
    assert all("214" in words for words in heard.said)
    assert len(heard.decided) == 2


def test_nothing_to_undo_is_said(fakes: Fakes, deciding: Deciding) -> None:
    heard = Heard(deciding)
    deciding.undo()
    deciding.redo()
    fakes.settle()
    assert len(heard.said) == 2
    assert heard.decided == []


def test_an_error_is_a_notice(fakes: Fakes, deciding: Deciding) -> None:
    heard = Heard(deciding)
    fakes.people.error = FaceappError("There is no face 9.")
    deciding.clear([9])
    fakes.settle()
    assert heard.refused == [("error", "There is no face 9.")]
    assert heard.decided == []


def button(deciding: Deciding, at: int) -> QAbstractButton:
    assert deciding.dialog is not None
    return deciding.dialog.buttons()[at]


def test_an_earlier_answer_can_be_taken_back(fakes: Fakes, deciding: Deciding) -> None:
    heard = Heard(deciding)
    fakes.people.error = IN_THE_WAY
    deciding.same([1, 2])
    fakes.settle()
    assert deciding.dialog is not None
    assert deciding.dialog.informativeText() == str(IN_THE_WAY)
    assert heard.refused == heard.decided == []
    button(deciding, 0).click()
    fakes.settle()
    assert fakes.people.called[-1] == ("same", ([1, 2],), {"take_back": True})
    assert len(heard.decided) == 1
    assert deciding.dialog is None


def test_or_left_as_it_is(fakes: Fakes, deciding: Deciding) -> None:
    heard = Heard(deciding)
    fakes.people.error = IN_THE_WAY
    deciding.merge([1], 2)
    fakes.settle()
    button(deciding, 1).click()
    fakes.settle()
    assert len(fakes.people.called) == 1
    assert heard.decided == []
    assert deciding.dialog is None
