from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import PySide6
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from faceapp.ui import theme
from faceapp.ui.pixmaps import PixmapCache
from faceapp.ui.tasks import Tasks
from faceapp.ui.tiles import Kind, Tile, TileDetails, TileModel, TileRole
from faceapp.ui.widgets.grid import LARGEST, SMALLEST, TileGrid
from faceapp.ui.widgets.grid_layout import GridLayout

GREEN = bytes(cv2.imencode(".jpg", np.full((60, 90, 3), (0, 200, 0), np.uint8))[1].tobytes())
LEFT, CTRL, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class FakeThumbnails:
    def photo(self, photo_id: int) -> bytes | None:
        return GREEN if photo_id % 10 else None

    def face(self, face_id: int) -> bytes | None:
        return self.photo(face_id)


class Library:
    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.names = {2: "Ada"}

    def details(self, kind: Kind, ids: Sequence[int]) -> Mapping[int, TileDetails]:
        self.asked.append(list(ids))
        return {i: TileDetails(self.names.get(i, ""), "named" if i in self.names else "") for i in ids}


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def model(tasks: Tasks, library: Library) -> TileModel:
    return TileModel(PixmapCache(FakeThumbnails(), tasks), tasks, library.details)


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication, model: TileModel) -> TileGrid:
    theme.apply(qapp, "dark")
    made = TileGrid(model)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def fill(model: TileModel, count: int = 100, *, scores: bool = True) -> None:
    ids = np.arange(1, count + 1, dtype=np.int64)
    model.set_items("face", ids, np.linspace(0.9, 0.4, count, dtype=np.float32) if scores else None)


def centre(grid: TileGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, 0)).center()


def drag_enter(mime: QMimeData, at: QPointF) -> QDragEnterEvent:
    """Qt 6.12 wants the exact position, older ones know only the rounded one."""
    where = at if PySide6.__version_info__ >= (6, 12) else at.toPoint()
    return QDragEnterEvent(where, Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier)


def click(grid: TileGrid, row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, centre(grid, row))


# The model


def test_model_keeps_the_rules_while_it_changes(qtmodeltester: ModelTester, model: TileModel, tasks: Tasks) -> None:
    fill(model, 50)
    qtmodeltester.check(model)
    for count in (10, 0, 30, 50, 51, -1, 50):
        model.set_count(count)
        assert model.rowCount() == max(0, min(count, 50))
    model.set_items("photo", np.array([7, 8], np.int64))
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0)) == 0
    assert model.index(0).data(TileRole).id == 7
    assert tasks.wait()


def test_cut_tells_exactly_the_tail(qtbot: QtBot, model: TileModel) -> None:
    fill(model, 50)
    with qtbot.waitSignal(model.rowsRemoved) as removed:
        model.set_count(20)
    assert removed.args[1:] == [20, 49]
    with qtbot.waitSignal(model.rowsInserted) as inserted:
        model.set_count(25)
    assert inserted.args[1:] == [20, 24]
    with qtbot.assertNotEmitted(model.rowsInserted):
        model.set_count(25)
    assert model.total == 50
    assert model.ids.tolist() == list(range(1, 26))


def test_tile_fills_in(qtbot: QtBot, model: TileModel, library: Library) -> None:
    fill(model)
    first = model.tile(1)
    assert first == Tile(2, "face", "", pytest.approx(0.895, abs=0.01), "", None)
    qtbot.waitUntil(lambda: model.tile(1).pixmap is not None and model.tile(1).named)
    assert model.tile(1).title == "Ada"
    model.tile(9)
    qtbot.waitUntil(lambda: model.tile(9).missing)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Ada")


def test_refresh_after_naming(qtbot: QtBot, model: TileModel, library: Library) -> None:
    fill(model)
    model.tile(4)
    qtbot.waitUntil(lambda: bool(library.asked))
    library.names[5] = "Grace"
    with qtbot.waitSignal(model.dataChanged):
        model.refresh([5])
        qtbot.waitUntil(lambda: model.tile(4).title == "Grace")
    assert model.row_of(5) == 4
    assert model.row_of(999) == -1


def test_scores_must_fit(model: TileModel) -> None:
    with pytest.raises(ValueError, match="2 ids"):
        model.set_items("face", np.array([1, 2]), np.array([0.5], np.float32))


# Layout


@given(
    st.integers(120, 2000),
    st.integers(0, 500),
    st.integers(SMALLEST, LARGEST),
    st.integers(0, 60),
    st.sampled_from((0, 40)),
)
def test_layout_agrees_with_itself(width: int, count: int, size: int, top: int, caption: int) -> None:
    layout = GridLayout(width, count, size, top, caption=caption)
    for item in range(0, count, 7):
        x, y, side = layout.place(item)
        assert layout.item_at(x, y) == layout.item_at(x + side - 1, y + side + caption - 1) == item
        assert layout.item_at(x + side, y) == -1
        assert y + side + caption <= layout.height
        assert item in layout.items_between(y, y)
        assert (
            layout.items_in(x + 1, y + 1, x + 1, y + 1) in ([(item, item)], [(item, count - 1)]) or layout.columns == 1
        )


@given(st.integers(-50, 600), st.integers(-50, 600), st.integers(0, 500), st.integers(0, 500))
def test_band_takes_what_it_touches(left: int, top: int, wide: int, high: int) -> None:
    layout = GridLayout(500, 23, 100, 30)
    right, bottom = left + wide, top + high
    touched = set()
    for item in range(23):
        x, y, side = layout.place(item)
        if x <= right and x + side - 1 >= left and y <= bottom and y + side - 1 >= top:
            touched.add(item)
    assert {i for a, b in layout.items_in(left, top, right, bottom) for i in range(a, b + 1)} == touched


# Mouse and keyboard


def test_click_selects_and_tells(qtbot: QtBot, grid: TileGrid, model: TileModel) -> None:
    fill(model)
    with qtbot.waitSignal(grid.clicked_item) as clicked, qtbot.waitSignal(grid.current_changed_item) as current:
        click(grid, 2)
    assert clicked.args == current.args == [3]
    assert grid.selected_ids() == [3]
    assert grid.current_id() == 3
    click(grid, 5, CTRL)
    assert grid.selected_ids() == [3, 6]
    click(grid, 5, CTRL)
    assert grid.selected_ids() == [3]
    click(grid, 1)
    click(grid, 6, SHIFT)
    assert grid.selected_ids() == [2, 3, 4, 5, 6, 7]
    QTest.mouseClick(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(2, 2))
    assert grid.selected_ids() == []


def test_double_click_and_enter_open(qtbot: QtBot, grid: TileGrid, model: TileModel) -> None:
    fill(model)
    with qtbot.waitSignal(grid.activated_item) as told:
        QTest.mouseDClick(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, centre(grid, 1))
    assert told.args == [2]
    grid.select_id(4)
    with qtbot.waitSignal(grid.activated_item) as told:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == [4]


def test_keys_move(grid: TileGrid, model: TileModel) -> None:
    fill(model)
    columns = grid.layout_now().columns
    grid.select_id(1)
    moves = [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 99),
        (Qt.Key.Key_Down, 99),
        (Qt.Key.Key_Home, 0),
    ]
    for key, row in moves:
        QTest.keyClick(grid, key)
        assert grid.currentIndex().row() == row, key
        assert grid.selected_ids() == [row + 1]
        assert grid.viewport().rect().contains(centre(grid, row))
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(grid, Qt.Key.Key_Right, SHIFT)
    assert grid.selected_ids() == [1, 2, 3]
    QTest.keyClick(grid, Qt.Key.Key_A, CTRL)
    assert len(grid.selected_ids()) == 100
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.currentIndex().row() > columns


def test_rubber_band(grid: TileGrid, model: TileModel) -> None:
    fill(model)
    viewport, columns = grid.viewport(), grid.layout_now().columns
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
    QTest.mouseMove(viewport, centre(grid, columns + 1) / 2)
    QTest.mouseMove(viewport, centre(grid, columns + 1))
    assert grid.selected_ids() == [1, 2, columns + 1, columns + 2]
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, centre(grid, columns + 1))
    assert len(grid.selected_ids()) == 4


def test_menu_selects_what_it_is_for(qtbot: QtBot, grid: TileGrid, model: TileModel) -> None:
    fill(model)
    where = centre(grid, 3)
    with qtbot.waitSignal(grid.context_requested) as told:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, grid.viewport().mapToGlobal(where))
        QApplication.sendEvent(grid.viewport(), event)
    assert told.args[0] == 4
    assert grid.selected_ids() == [4]


# Scrolling, zoom, updates


def test_cut_keeps_the_place(grid: TileGrid, model: TileModel) -> None:
    fill(model, 1000)
    grid.verticalScrollBar().setValue(2000)
    grid.select_id(3, scroll=False)
    model.set_count(700)
    model.set_count(900)
    assert grid.verticalOffset() == 2000
    assert grid.selected_ids() == [3]
    model.set_count(2)
    assert grid.verticalOffset() == 0
    assert grid.current_id() is not None


def test_zoom_keeps_what_is_under_the_pointer(grid: TileGrid, model: TileModel) -> None:
    fill(model, 1000)
    grid.verticalScrollBar().setValue(3000)
    at = QPointF(300, 200)
    before = grid.layout_now()
    item = before.item_at(300, 200 + grid.verticalOffset())
    if item < 0:
        item = before.items_between(200 + grid.verticalOffset(), 200 + grid.verticalOffset()).start
    for turn in (120, 120, -120, -120, -120):
        wheel = QWheelEvent(
            at, at, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(grid.viewport(), wheel)
        layout = grid.layout_now()
        shown = layout.items_between(200 + grid.verticalOffset(), 200 + grid.verticalOffset())
        assert any(abs(item - i) <= 2 * layout.columns for i in shown)
    for _ in range(30):
        grid.zoom_in()
    assert grid.tile_size == LARGEST
    for _ in range(30):
        grid.zoom_out()
    assert grid.tile_size == SMALLEST
    grid.zoom_reset()
    assert grid.tile_size == 132


def test_resize_keeps_the_first_row(grid: TileGrid, model: TileModel) -> None:
    fill(model, 1000)
    grid.verticalScrollBar().setValue(3000)
    first = grid.layout_now().items_between(3000, 3000).start
    grid.resize(1100, 500)
    assert first in grid.layout_now().items_between(grid.verticalOffset(), grid.verticalOffset() + 200)


def test_update_keeps_selection_and_place(grid: TileGrid, model: TileModel) -> None:
    fill(model, 1000)
    grid.verticalScrollBar().setValue(3000)
    top = model.id_at(grid.layout_now().items_between(3000, 3000).start)
    y = grid.visualRect(model.index(model.row_of(top))).top()
    grid.select_id(200, scroll=False)
    newer = np.concatenate([np.arange(5000, 5037), np.arange(1, 1001)])
    model.set_items("face", newer, keep=True)
    assert grid.selected_ids() == [200]
    assert grid.current_id() == 200
    assert grid.visualRect(model.index(model.row_of(top))).top() == y
    model.set_items("face", newer)
    assert grid.verticalOffset() == 0
    assert grid.selected_ids() == []


def test_many_rows_cost_nothing(grid: TileGrid, model: TileModel, library: Library) -> None:
    fill(model, 1_000_000)
    model.set_count(10)
    model.set_count(1_000_000)
    grid.scrollToBottom()
    grid.grab()
    assert grid.verticalScrollBar().maximum() > 10_000_000
    assert grid.indexAt(centre(grid, 999_999)).row() == 999_999


# Painting


def colour(grid: TileGrid, where: QPoint) -> QColor:
    return grid.viewport().grab().toImage().pixelColor(where)


def test_placeholder_then_picture_then_ring(qtbot: QtBot, grid: TileGrid, model: TileModel) -> None:
    fill(model, scores=False)
    assert colour(grid, centre(grid, 0)) == QColor(theme.DARK.placeholder)
    qtbot.waitUntil(lambda: colour(grid, centre(grid, 0)).green() > 190)
    rect = grid.visualRect(model.index(0))
    assert colour(grid, rect.topLeft()) == QColor(theme.DARK.bg)  # the corner is round
    ring = QPoint(rect.center().x(), rect.top() - 4)
    assert colour(grid, ring) == QColor(theme.DARK.bg)
    grid.select_id(1)
    assert colour(grid, ring) == QColor(theme.DARK.accent)
    assert colour(grid, QPoint(rect.center().x(), rect.top() - 1)) == QColor(theme.DARK.bg)


def test_badge_of_a_named_face(qtbot: QtBot, grid: TileGrid, model: TileModel) -> None:
    fill(model)
    rect = grid.visualRect(model.index(1))
    badge = rect.topLeft() + QPoint(15, 8)
    qtbot.waitUntil(lambda: colour(grid, badge) == QColor(theme.DARK.sure))


def test_words_when_empty_and_header(grid: TileGrid, model: TileModel) -> None:
    bare = grid.viewport().grab().toImage()
    grid.set_empty("No faces yet", "Add a folder.", "faces")
    assert grid.viewport().grab().toImage() != bare
    fill(model)
    y = centre(grid, 0).y()
    grid.set_header("All matches", "134 faces")
    assert centre(grid, 0).y() > y


# Drops


def test_drop_on_the_viewport(qtbot: QtBot, grid: TileGrid, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    copy, at = Qt.DropAction.CopyAction, QPointF(20, 20)
    enter = drag_enter(mime, at)
    QApplication.sendEvent(grid.viewport(), enter)
    assert enter.isAccepted()
    drop = QDropEvent(at, copy, mime, LEFT, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop)
    with qtbot.waitSignal(grid.dropped) as told:
        QApplication.sendEvent(grid.viewport(), drop)
    assert told.args[0].urls() == mime.urls()
    words = QMimeData()
    words.setText("hello")
    enter = drag_enter(words, at)
    QApplication.sendEvent(grid.viewport(), enter)
    assert not enter.isAccepted()


def test_nothing_current_on_an_empty_grid(grid: TileGrid) -> None:
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_A, CTRL)
    assert grid.current_id() is None
    assert grid.indexAt(QPoint(30, 30)) == QModelIndex()
