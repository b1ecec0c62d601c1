"""The bar along the top, and the notice bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from faceapp.types import Person
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.top_bar import TopBar

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bar(qtbot: QtBot) -> TopBar:
    made = TopBar()
    qtbot.addWidget(made)
    made.set_people([Person(2**40, "Anna", 3, 3, None), Person(2, "Annabel", 1, 1, None), Person(3, "Ben", 1, 1, None)])
    made.resize(1200, made.height())
    made.show()
    return made


def test_typing_tells_the_text(bar: TopBar, qtbot: QtBot) -> None:
    heard: list[str] = []
    bar.person_search_changed.connect(heard.append)
    qtbot.keyClicks(bar.search, "an ")
    assert heard == ["a", "an", "an"]


@pytest.mark.parametrize(("typed", "person"), [("anna", 2**40), ("be", None), ("ben", 3), ("nab", 2)])
def test_enter_chooses_the_one_person_it_can_mean(bar: TopBar, qtbot: QtBot, typed: str, person: int | None) -> None:
    bar.search.setText(typed)
    signal = bar.person_chosen if person else bar.accepted
    with qtbot.waitSignal(signal) as chosen:
        qtbot.keyClick(bar.search, Qt.Key.Key_Return)
    assert chosen.args == [person or typed]
    if person:
        qtbot.waitUntil(lambda: bar.search.text() == "")


def test_a_completed_name_chooses_the_person(bar: TopBar, qtbot: QtBot) -> None:
    completer = bar.search.completer()
    with qtbot.waitSignal(bar.person_chosen) as chosen:
        completer.activated.emit("Anna")
    assert chosen.args == [2**40]


def test_the_buttons(bar: TopBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.add_folder_requested):
        qtbot.mouseClick(bar.add_folder, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.open_query_requested):
        qtbot.mouseClick(bar.open_query, Qt.MouseButton.LeftButton)


def test_the_field_is_in_the_middle(bar: TopBar) -> None:
    assert abs(bar.search.geometry().center().x() - bar.width() // 2) <= 2


def test_a_notice_shows_and_goes(qtbot: QtBot) -> None:
    notice = NoticeBar()
    qtbot.addWidget(notice)
    assert not notice.isVisible()
    heard: list[str] = []
    notice.show_notice("error", "The drive is full.", ("Try again", lambda: heard.append("again")))
    assert notice.accessibleName() == "Problem: The drive is full."
    qtbot.mouseClick(notice._action, Qt.MouseButton.LeftButton)
    assert heard == ["again"]
    assert not notice.isVisible()
    notice.show_notice("info", "Reading goes on.")
    assert not notice._action.isVisible()
    with qtbot.waitSignal(notice.dismissed):
        qtbot.keyClick(notice, Qt.Key.Key_Escape)
    assert not notice.isVisible()
