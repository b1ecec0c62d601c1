"""The line for a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from faceapp.types import Person
from faceapp.ui.widgets.name_edit import OFFERED, NameEdit

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PEOPLE = [
    Person(1, "Anna Berg", 3, 3, None),
    Person(2, "Bernd", 9, 9, None),
    Person(3, "Roberta", 50, 50, None),
    Person(4, "Bert", 20, 20, None),
]


@pytest.fixture
def edit(qtbot: QtBot) -> NameEdit:
    made = NameEdit(PEOPLE)
    qtbot.addWidget(made)
    made.show()
    return made


def test_beginnings_come_first_then_later_names_then_the_rest(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "ber")
    assert edit.offers() == ["Bert", "Bernd", "Anna Berg", "Roberta", "New person “ber”"]


def test_somebody_who_is_known_is_not_offered_as_new(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "bert")
    assert edit.offers() == ["Bert", "Roberta"]
    assert edit.name == "Bert"


def test_an_offer_is_taken_with_the_keyboard(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "anna")
    popup = edit.completer().popup()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert edit.text() == "Anna Berg"


def test_a_new_person_is_offered_by_the_name_alone(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "Zoe")
    assert edit.offers() == ["New person “Zoe”"]
    QTest.keyClick(edit.completer().popup(), Qt.Key.Key_Down)
    assert edit.text() == "Zoe"


def test_enter_takes_what_was_typed(edit: NameEdit) -> None:
    QTest.keyClicks(edit, "ann")
    QTest.keyClick(edit.completer().popup(), Qt.Key.Key_Return)
    assert edit.name == "ann"


def test_nobody_new_where_only_known_people_will_do(qtbot: QtBot) -> None:
    edit = NameEdit(PEOPLE, only_known=True)
    qtbot.addWidget(edit)
    edit.show()
    QTest.keyClicks(edit, "Zoe")
    assert edit.offers() == []


def test_of_many_people_only_some_are_offered(qtbot: QtBot) -> None:
    edit = NameEdit([Person(i, f"Ann {i}", i, i, None) for i in range(50)])
    qtbot.addWidget(edit)
    edit.show()
    QTest.keyClicks(edit, "ann")
    assert len(edit.offers()) == OFFERED + 1
    assert edit.offers()[0] == "Ann 49"
