"""The bar along the top, and the notice bar."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.result_list import Row
from faceapp.ui.widgets.search_field import SearchField
from faceapp.ui.widgets.top_bar import TopBar

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[TopBar]:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    made = TopBar()
    column.addWidget(made)
    column.addStretch(1)
    window.resize(1200, 600)
    window.show()
    yield made
    window.close()


@pytest.fixture
def field(bar: TopBar, qtbot: QtBot) -> SearchField:
    """Return the field with the keyboard, which offers two people for whatever is typed."""
    field = bar.search
    offered = [Row("PEOPLE", heading=True), Row("Anna", "3 photos", "person"), Row("Gone", enabled=False), Row("Ben")]
    field.asked.connect(lambda text: field.offer(offered if text.strip() else []))
    bar.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


def test_typing_asks_what_to_offer(field: SearchField, qtbot: QtBot) -> None:
    heard: list[str] = []
    field.asked.connect(heard.append)
    qtbot.keyClicks(field, "an ")
    assert heard == ["a", "an", "an "]
    assert field.popup.isVisible()
    assert field.popup.list.current() == Row("Anna", "3 photos", "person")


def test_arrows_go_round_past_what_cannot_be_chosen_and_enter_chooses(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "a")
    marked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        qtbot.keyClick(field, key)
        row = field.popup.list.current()
        marked.append(row.text if row else "")
    assert marked == ["Ben", "Anna", "Ben", "Anna", "Ben"]
    with qtbot.waitSignal(field.chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [Row("Ben")]
    assert field.text() == "a"  # who listens empties it


def test_a_click_chooses_and_only_what_can_be_chosen(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "a")
    shown, heard = field.popup.list, []
    field.chosen.connect(heard.append)
    for row in range(4):
        place = shown.visualRect(shown.model().index(row, 0)).center()
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.text for row in heard] == ["Anna", "Ben"]
    assert field.hasFocus()


def test_a_pointer_that_rests_marks_nothing_one_that_moves_does(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "a")
    shown = field.popup.list
    last = shown.visualRect(shown.model().index(3, 0))
    QTest.mouseMove(shown.viewport(), last.center())
    assert shown.current().text == "Anna"  # type: ignore[union-attr]
    QTest.mouseMove(shown.viewport(), last.center() + QPoint(3, 2))
    qtbot.waitUntil(lambda: shown.current() == Row("Ben"))


def test_escape_empties_the_field_and_leaves(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "a")
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert not field.popup.isVisible()


def test_enter_where_nothing_is_offered_tells_the_text(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "anna")
    field.offer([])
    with qtbot.waitSignal(field.entered) as entered:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entered.args == ["anna"]
    field.offer([Row("Nothing is called “anna”.", enabled=False)])
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_without_the_keyboard_nothing_is_offered(field: SearchField, bar: TopBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "a")
    bar.add_folder.setFocus()
    assert not field.popup.isVisible()
    field.offer([Row("Late")])
    assert not field.popup.isVisible()


def in_window(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def test_what_is_offered_stays_within_the_window(field: SearchField) -> None:
    window = field.window()
    field.offer([Row(f"Person {n}") for n in range(40)])
    assert window.rect().contains(in_window(field.popup.card))
    window.resize(window.minimumSizeHint().width(), 300)
    QApplication.processEvents()
    assert window.rect().contains(in_window(field.popup.card))
    assert field.popup.card.height() > 100


def test_rows_say_what_they_are(field: SearchField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "a")
    model = field.popup.list.model()
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
    assert said == ["PEOPLE", "Anna, person, 3 photos"]


def test_the_buttons(bar: TopBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.add_folder_requested):
        qtbot.mouseClick(bar.add_folder, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.open_query_requested):
        qtbot.mouseClick(bar.open_query, Qt.MouseButton.LeftButton)


def test_the_filter_button_says_whether_it_is_down(bar: TopBar, qtbot: QtBot) -> None:
    for down in (True, False):
        with qtbot.waitSignal(bar.filter_toggled) as toggled:
            qtbot.mouseClick(bar.filter, Qt.MouseButton.LeftButton)
        assert toggled.args == [down]


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
