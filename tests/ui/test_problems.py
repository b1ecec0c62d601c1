"""The page of photos that could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import QStyleOptionViewItem, QToolButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from faceapp.types import Problem
from faceapp.ui import theme
from faceapp.ui.widgets.problem_rows import ProblemModel
from faceapp.ui.widgets.problems import ProblemList

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SHORT = "It is cut off."
LONG = "Reading it took more than 60 seconds, so it was given up. The file may be damaged. " * 4


def problem(number: int, reason: str = SHORT) -> Problem:
    return Problem(number, Path(f"/photos/{number:03}.jpg"), reason)


class Page:
    """The page with its four actions; ``done`` are those that were triggered."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget = ProblemList()
        qtbot.addWidget(self.widget)
        self.done: list[str] = []
        names = ("retry", "show", "ignore", "retry_all")
        self.actions = {name: QAction(f"&{name} It", self.widget) for name in names}
        for name, action in self.actions.items():
            action.triggered.connect(lambda _=False, name=name: self.done.append(name))
        self.widget.set_actions(**self.actions)
        self.widget.resize(600, 400)
        self.widget.show()

    def select(self, *rows: int) -> None:
        model = self.widget.list.model()
        chosen = QItemSelection()
        for row in rows:
            chosen.select(model.index(row, 0), model.index(row, 0))
        self.widget.list.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def selected(self) -> list[int]:
        return [found.photo_id for found in self.widget.selected()]

    def button(self, text: str) -> QToolButton:
        return next(button for button in self.widget.findChildren(QToolButton) if button.text() == text)

    def picture(self) -> QImage:
        image: QImage = self.widget.list.viewport().grab().toImage()
        return image


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


# The model


def test_the_model_keeps_its_promises_while_rows_come_and_go(qtmodeltester: ModelTester) -> None:
    model = ProblemModel()
    qtmodeltester.check(model)
    for numbers in ([1, 2, 3, 4, 5, 6], [2, 3, 6], [0, 2, 3, 4, 6, 7, 8], [], [3], [3]):
        wanted = [problem(number) for number in numbers]
        model.set_problems(wanted)
        assert list(model.problems) == wanted
        assert model.rowCount() == len(numbers)
    assert model.rowCount(model.index(0)) == 0


def test_only_what_changes_is_announced() -> None:
    model = ProblemModel()
    model.set_problems([problem(number) for number in (1, 2, 3, 4, 5, 6)])
    heard: list[tuple[str, int, int]] = []
    model.rowsRemoved.connect(lambda _, first, last: heard.append(("removed", first, last)))
    model.rowsInserted.connect(lambda _, first, last: heard.append(("inserted", first, last)))
    model.set_problems([problem(number) for number in (1, 4, 5, 7, 8)])
    assert heard == [("removed", 5, 5), ("removed", 1, 2), ("inserted", 3, 4)]
    heard.clear()
    model.set_problems([problem(number) for number in (1, 4, 5, 7, 8)])
    assert heard == []


def test_another_reason_and_another_order_are_shown(qtbot: QtBot) -> None:
    model = ProblemModel()
    model.set_problems([problem(1), problem(2)])
    with qtbot.waitSignal(model.layoutChanged):
        model.set_problems([problem(2), problem(1, LONG)])
    assert list(model.problems) == [problem(2), problem(1, LONG)]


def test_a_row_says_its_file_and_reason(qtbot: QtBot) -> None:
    model = ProblemModel()
    model.set_problems([Problem(1, Path("/photos/odd\nname \udcff.jpg"), SHORT)])
    assert model.index(0).data() == "odd\ufffdname \ufffd.jpg\nIt is cut off."
    assert model.index(0).data(Qt.ItemDataRole.ToolTipRole) == "/photos/odd\ufffdname \ufffd.jpg"
    assert model.data(QModelIndex()) is None


# The page


def test_before_the_problems_were_read_nothing_is_claimed(page: Page) -> None:
    image = page.picture()
    ground = image.pixelColor(0, 0)
    assert all(
        image.pixelColor(x, y) == ground for x in range(0, image.width(), 7) for y in range(0, image.height(), 3)
    )


def test_without_problems_the_page_says_so(page: Page) -> None:
    page.widget.set_problems([])
    assert not page.widget._head.isVisible()
    image = page.picture()
    ground = image.pixelColor(0, 0)
    middle = [
        image.pixelColor(x, y) for x in range(200, 400) for y in range(image.height() // 2 - 40, image.height() // 2)
    ]
    assert any(colour != ground for colour in middle)


def test_the_head_counts(page: Page) -> None:
    page.widget.set_problems([problem(1)])
    assert page.widget._count.text() == "1 photo could not be read"
    page.widget.set_problems([problem(number) for number in range(40)])
    assert page.widget._count.text() == "40 photos could not be read"
    assert page.widget._head.isVisible()


def test_what_is_selected_stays_selected_when_others_go(page: Page) -> None:
    page.widget.set_problems([problem(number) for number in range(6)])
    page.select(2, 4)
    assert page.selected() == [2, 4]
    assert page.widget._selected.text() == "2 selected"
    page.widget.set_problems([problem(number) for number in (0, 4, 5, 9)])
    assert page.selected() == [4]
    assert page.widget._selected.text() == ""


def test_going_through_many_keeps_the_place(page: Page, qtbot: QtBot) -> None:
    page.widget.set_problems([problem(number) for number in range(300)])
    bar = page.widget.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 5000)
    bar.setValue(2000)
    page.widget.set_problems([problem(number) for number in range(300) if number != 290])
    qtbot.waitUntil(lambda: 5000 < bar.maximum() < 300 * 60)
    assert bar.value() == 2000


def test_selecting_is_announced(page: Page, qtbot: QtBot) -> None:
    page.widget.set_problems([problem(number) for number in range(3)])
    with qtbot.waitSignal(page.widget.selection_changed):
        page.select(1)
    with qtbot.waitSignal(page.widget.selection_changed):
        page.widget.select_all()
    assert page.selected() == [0, 1, 2]
    with qtbot.waitSignal(page.widget.selection_changed):
        page.widget.set_problems([])
    assert page.selected() == []


def test_buttons_do_what_the_actions_do(page: Page, qtbot: QtBot) -> None:
    page.widget.set_problems([problem(1)])
    for text in ("Try again", "Show in folder", "Ignore", "Try all again"):
        qtbot.mouseClick(page.button(text), Qt.MouseButton.LeftButton)
    assert page.done == ["retry", "show", "ignore", "retry_all"]
    page.actions["retry"].setEnabled(False)
    assert not page.button("Try again").isEnabled()
    assert page.actions["retry"].text() == "&retry It"  # a menu's words stay


def test_the_menu_of_the_rows_has_the_same_actions(page: Page) -> None:
    assert page.widget.list.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    assert page.widget.list.actions() == [page.actions[name] for name in ("retry", "show", "ignore")]


@pytest.mark.parametrize("how", ["enter", "double click"])
def test_enter_and_a_double_click_show_the_file(page: Page, qtbot: QtBot, how: str) -> None:
    page.widget.set_problems([problem(7), problem(8)])
    view = page.widget.list
    view.setCurrentIndex(view.model().index(1, 0))
    where: QPoint = view.visualRect(view.model().index(1, 0)).center()
    with qtbot.waitSignal(page.widget.activated) as activated:
        if how == "enter":
            qtbot.keyClick(view, Qt.Key.Key_Return)
        else:
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
            qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert activated.args == [8]


def test_a_long_reason_is_wrapped_and_never_cut(page: Page) -> None:
    page.widget.set_problems([problem(1), problem(2, LONG)])
    view = page.widget.list
    delegate = view.itemDelegate()

    def height(row: int) -> int:
        return delegate.sizeHint(QStyleOptionViewItem(), view.model().index(row, 0)).height()

    line = view.fontMetrics().height()
    assert height(1) >= height(0) + 3 * line
    before = height(1)
    page.widget.resize(320, 400)
    assert height(1) > before
    image, rect = page.picture(), view.visualRect(view.model().index(1, 0))
    assert rect.width() <= view.viewport().width()
    ground, last = image.pixelColor(0, 0), rect.bottom() - 8 - line // 2
    assert any(image.pixelColor(x, last) != ground for x in range(rect.left(), rect.right()))  # the last line


def test_a_selected_row_stands_out(page: Page) -> None:
    page.widget.set_problems([problem(1), problem(2)])
    page.select(1)
    rect = page.widget.list.visualRect(page.widget.list.model().index(1, 0))
    corner = page.picture().pixelColor(rect.right() - 20, rect.top() + 4)
    assert corner == QColor(theme.current().accent_soft)


def test_a_name_that_fills_the_line_leaves_room_for_the_folder(page: Page) -> None:
    page.widget.set_problems([Problem(1, Path("/photos") / ("x" * 250), SHORT)])
    rect = page.widget.list.visualRect(page.widget.list.model().index(0, 0))
    image, ground = page.picture(), QColor(theme.current().bg)
    right = [image.pixelColor(x, y) for x in range(370, 500) for y in range(rect.top() + 8, rect.top() + 26)]
    assert any(colour != ground for colour in right)
