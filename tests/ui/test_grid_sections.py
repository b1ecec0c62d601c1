"""Sections of the grid: headers that stay, what mouse and keyboard do with them, cuts, months."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from faceapp.ui import months, theme, words
from faceapp.ui.pixmaps import PixmapCache
from faceapp.ui.sections import Sections, runs
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import Section
from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.grid_layout import HEAD

LEFT = Qt.MouseButton.LeftButton
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier
SIZES = (1, 7, 30, 4, 58)
STARTS = (0, 1, 8, 38, 42)
PARTS = [
    Section(start, f"Part {at}", words.photos(size)) for at, (start, size) in enumerate(zip(STARTS, SIZES, strict=True))
]


class NoThumbnails:
    def photo(self, photo_id: int) -> bytes | None:
        return None

    def face(self, face_id: int) -> bytes | None:
        return None


@pytest.fixture
def model(tasks: Tasks) -> TileModel:
    return TileModel(PixmapCache(NoThumbnails(), tasks), tasks)


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication, model: TileModel) -> TileGrid:
    theme.apply(qapp, "light")
    made = TileGrid(model)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    model.set_items("photo", np.arange(1, 101), sections=PARTS)
    return made


def header(grid: TileGrid, section: int) -> QPoint:
    return QPoint(100, grid.layout_now().head(section) + HEAD // 2 - grid.verticalOffset())


def click(grid: TileGrid, where: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(grid.viewport(), LEFT, modifiers, where)


def scroll_into(grid: TileGrid, section: int, pixels: int) -> None:
    grid.verticalScrollBar().setValue(grid.layout_now().head(section) + pixels)


# Where things lie


def test_each_section_begins_a_row_under_its_header(grid: TileGrid) -> None:
    layout = grid.layout_now()
    assert layout.sections == 5
    for section, start in enumerate(STARTS):
        x, y, _ = layout.place(start)
        assert (x, y) == (layout.place(0)[0], layout.head(section) + HEAD)


def test_header_stays_and_is_pushed_away(grid: TileGrid) -> None:
    scroll_into(grid, 2, 0)
    assert grid.sticky() == (-1, 0)  # it lies at the top anyway
    scroll_into(grid, 2, 60)
    assert grid.sticky() == (2, 0)
    assert grid.section_under(QPoint(50, HEAD - 1)) == 2
    assert grid.section_under(QPoint(50, HEAD)) == -1
    scroll_into(grid, 3, -10)
    assert grid.sticky() == (2, 10 - HEAD)
    assert grid.section_under(QPoint(50, 9)) == 2
    assert grid.section_under(QPoint(50, 10)) == 3


def test_header_covers_the_tiles_under_it(grid: TileGrid) -> None:
    scroll_into(grid, 2, 80)
    tile = grid.layout_now().items_between(grid.verticalOffset() + 30, grid.verticalOffset() + 30).start
    where = grid.visualRect(grid.model().index(tile, 0)).center()
    where.setY(20)
    assert not grid.indexAt(where).isValid()
    assert grid.indexAt(QPoint(where.x(), HEAD + 1)).row() == tile
    picture = grid.viewport().grab().toImage()
    assert picture.pixelColor(where.x(), HEAD - 1) == QColor(theme.LIGHT.line)
    assert picture.pixelColor(where.x(), HEAD + 1) == QColor(theme.LIGHT.placeholder)
    assert picture.pixelColor(where.x(), 20) not in (QColor(theme.LIGHT.placeholder), QColor(theme.LIGHT.line))


def test_scrolling_leaves_no_trail(grid: TileGrid) -> None:
    QApplication.processEvents()
    for offset in (0, 20, 33, 250, 263, 400):
        grid.verticalScrollBar().setValue(offset)
        QApplication.processEvents()
    kept = grid.viewport().grab().toImage()
    grid.viewport().repaint()
    assert grid.viewport().grab().toImage() == kept
    scroll_into(grid, 0, 0)
    grid.verticalScrollBar().setValue(400)
    assert grid.viewport().grab().toImage() == kept


def test_bubble_while_the_scroll_bar_is_held(grid: TileGrid) -> None:
    scroll_into(grid, 2, 80)
    before = grid.viewport().grab().toImage()
    grid.verticalScrollBar().setSliderDown(True)
    assert grid.viewport().grab().toImage() != before
    grid.verticalScrollBar().setSliderDown(False)
    assert grid.viewport().grab().toImage() == before


# Mouse and keyboard


def test_click_on_a_header_selects_its_tiles(qtbot: QtBot, grid: TileGrid) -> None:
    click(grid, header(grid, 1))
    assert grid.selected_ids() == list(range(2, 9))
    assert grid.current_id() == 2
    click(grid, header(grid, 0), CTRL)
    assert grid.selected_ids() == list(range(1, 9))
    click(grid, header(grid, 0))
    assert grid.selected_ids() == [1]
    scroll_into(grid, 2, 70)
    with qtbot.assertNotEmitted(grid.clicked_item):
        click(grid, QPoint(60, 15))  # the one that stays at the top
    assert grid.selected_ids() == list(range(9, 39))
    assert grid.sticky()[0] == 2  # it did not scroll away


def test_band_may_begin_on_a_header(grid: TileGrid) -> None:
    start, end = header(grid, 1), grid.visualRect(grid.model().index(1, 0)).center()
    QTest.mousePress(grid.viewport(), LEFT, NONE, start)
    QTest.mouseMove(grid.viewport(), (start + end) / 2)
    QTest.mouseMove(grid.viewport(), end)
    QTest.mouseRelease(grid.viewport(), LEFT, NONE, end)
    assert grid.selected_ids() == [2]
    QTest.mousePress(grid.viewport(), LEFT, NONE, start)
    QTest.mouseMove(grid.viewport(), start - QPoint(80, -150))
    QTest.mouseMove(grid.viewport(), start)
    QTest.mouseRelease(grid.viewport(), LEFT, NONE, start)
    assert grid.selected_ids() == []  # it was a band, though it ended where it began


def test_band_across_sections(grid: TileGrid) -> None:
    first, last = (grid.visualRect(grid.model().index(row, 0)) for row in (0, 8))
    QTest.mousePress(grid.viewport(), LEFT, NONE, QPoint(3, first.top() - 3))
    QTest.mouseMove(grid.viewport(), QPoint(30, last.center().y() - 60))
    QTest.mouseMove(grid.viewport(), QPoint(first.center().x(), last.top() + 5))
    columns = grid.layout_now().columns
    assert grid.selected_ids() == [1, 2, 2 + columns, 9]


def test_hovered_header_says_what_a_click_does(grid: TileGrid) -> None:
    where = header(grid, 1)
    plain = grid.viewport().grab().toImage()
    QTest.mouseMove(grid.viewport(), where)
    assert grid.hovered_section == 1
    assert grid.viewport().grab().toImage() != plain
    event = QHelpEvent(QEvent.Type.ToolTip, where, grid.viewport().mapToGlobal(where))
    QApplication.sendEvent(grid.viewport(), event)
    assert QToolTip.text() == "Select all of Part 1 (Ctrl+Shift+Space)"
    QTest.mouseMove(grid.viewport(), where + QPoint(0, HEAD))
    assert grid.hovered_section == -1
    QToolTip.hideText()


def test_keys_jump_between_sections(grid: TileGrid) -> None:
    grid.select_id(1)
    for _ in range(3):
        QTest.keyClick(grid, Qt.Key.Key_Down, BOTH)
    assert grid.selected_ids() == [39]
    assert grid.verticalOffset() == grid.layout_now().head(3)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Up, BOTH)
    assert grid.selected_ids() == [39]  # first to the start of this one
    QTest.keyClick(grid, Qt.Key.Key_Up, BOTH)
    assert grid.selected_ids() == [9]
    for _ in range(9):
        QTest.keyClick(grid, Qt.Key.Key_Down, BOTH)
    assert grid.selected_ids() == [43]
    QTest.keyClick(grid, Qt.Key.Key_Space, BOTH)
    assert grid.selected_ids() == list(range(43, 101))


def test_same_keys_extend_without_sections(grid: TileGrid, model: TileModel) -> None:
    model.set_items("photo", np.arange(1, 101))
    grid.select_id(1)
    QTest.keyClick(grid, Qt.Key.Key_Down, BOTH)
    assert grid.selected_ids() == list(range(1, grid.layout_now().columns + 2))


def test_arrows_keep_the_column_past_short_rows(grid: TileGrid) -> None:
    grid.select_id(9 + 2 * grid.layout_now().columns + 3)  # in the third section, the fourth column
    while grid.currentIndex().row():
        QTest.keyClick(grid, Qt.Key.Key_Up)  # the first section has one tile
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.layout_now().column_of(grid.currentIndex().row()) == 3
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(grid, key)
    assert grid.layout_now().column_of(grid.currentIndex().row()) == 2


def test_current_tile_is_never_under_the_header(grid: TileGrid) -> None:
    grid.select_id(100)
    for key in (Qt.Key.Key_Up,) * 14 + (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Down):
        QTest.keyClick(grid, key)
        rect = grid.visualRect(grid.currentIndex())
        assert rect.top() >= HEAD, key
        assert rect.bottom() < grid.viewport().height(), key


# Zoom


def zoom(grid: TileGrid, at: QPoint, turn: int) -> None:
    where = QPointF(at)
    wheel = QWheelEvent(
        where, where, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(grid.viewport(), wheel)


def gesture(grid: TileGrid, kind: Qt.NativeGestureType, value: float, at: QPointF) -> None:
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, at, at, at, value, QPointF())
    QApplication.sendEvent(grid.viewport(), event)


def test_zoom_keeps_the_picture_under_the_pointer(grid: TileGrid) -> None:
    scroll_into(grid, 4, 200)
    item = grid.indexAt(QPoint(60, 250)).row()
    at = QPoint(60, 250) if item >= 0 else QPoint(60, 262)
    item = grid.indexAt(at).row()
    assert item > 42
    for turn in (120, 120, 120, -120, -120, -120, -120):
        zoom(grid, at, turn)
        rect = grid.visualRect(grid.model().index(item, 0))
        assert rect.top() - 1 <= at.y() <= rect.bottom() + 1


def test_zoom_over_a_header_keeps_the_header(grid: TileGrid) -> None:
    scroll_into(grid, 3, -200)
    y = header(grid, 3).y()
    zoom(grid, header(grid, 3), 120)
    assert header(grid, 3).y() == y


def test_pinch_on_a_touchpad(grid: TileGrid) -> None:
    at = QPointF(200, 200)
    gesture(grid, Qt.NativeGestureType.BeginNativeGesture, 0.0, at)
    for _ in range(40):
        gesture(grid, Qt.NativeGestureType.ZoomNativeGesture, 0.003, at)  # less than a pixel each
    assert grid.tile_size == pytest.approx(132 * 1.003**40, abs=1)
    for _ in range(10):
        gesture(grid, Qt.NativeGestureType.ZoomNativeGesture, -0.5, at)
    assert grid.tile_size == 72


# The model


def test_sections_must_follow_each_other(model: TileModel) -> None:
    for starts in ((1, 2), (0, 3, 3), (0, 5, 2)):
        with pytest.raises(ValueError, match="row 0"):
            model.set_items("photo", np.arange(10), sections=[Section(start, "") for start in starts])


def test_screen_reader_hears_where_a_section_begins(model: TileModel, grid: TileGrid) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(8).data(role) == "Part 2, 30 photos. Photo"
    assert model.index(9).data(role) == "Photo"


def test_new_sections_keep_place_and_selection(grid: TileGrid, model: TileModel) -> None:
    scroll_into(grid, 4, 100)
    click(grid, QPoint(60, 15))
    top = grid.indexAt(QPoint(60, 260)).row()
    top_id, y = model.id_at(top), grid.visualRect(model.index(top)).top()
    fewer = np.arange(3, 101)
    model.set_items("photo", fewer, keep=True, sections=[Section(0, "One"), Section(20, "Two")])
    assert grid.selected_ids() == list(range(43, 101))
    assert abs(grid.visualRect(model.index(model.row_of(top_id))).top() - y) < grid.layout_now().row_pitch
    assert grid.layout_now().sections == 2


def test_cut_through_sections(grid: TileGrid, model: TileModel) -> None:
    scores = np.linspace(0.9, 0.2, 100, dtype=np.float32)
    model.set_items("face", np.arange(1, 101), scores, count=40, below=20, sections=PARTS)
    layout = grid.layout_now()
    assert (layout.sections, layout.below) == (4, 20)
    assert grid.section_rows(3) == range(38, 40)
    grid.select_section(3)
    assert grid.selected_ids() == [39, 40]
    model.set_count(8)
    assert grid.layout_now().sections == 2
    assert grid.layout_now().place(8)[1] > grid.layout_now().place(7)[1] + HEAD
    model.set_count(0)
    assert grid.layout_now().sections == 0
    grid.grab()


def test_words_of_a_part_are_made_when_it_is_looked_at() -> None:
    made: list[int] = []

    def title(key: int) -> str:
        made.append(key)
        return str(key)

    sections = Sections.by(np.array([7, 7, 3, 3, 3, 9]), title, words.photos)
    assert sections.starts == [0, 2, 5]
    assert made == []
    assert sections[1] == Section(2, "3", "3 photos")
    assert sections[-1] == Section(5, "9", "1 photo")
    assert list(sections[:1]) == [Section(0, "7", "2 photos")]
    assert made == [3, 9, 7]
    assert [sections.at(row) for row in range(6)] == [0, 0, 1, 1, 1, 2]
    assert sections.same_as(Sections.by(np.array([7, 7, 3, 3, 3, 9]), str, words.faces))
    assert not sections.same_as(Sections.by(np.array([7, 7, 4, 4, 4, 9]), str, words.photos))
    assert len(Sections.by(np.array([], np.int64), title, words.photos)) == 0


@given(st.sets(st.integers(0, 60)))
def test_runs(rows: set[int]) -> None:
    found = runs(np.array(sorted(rows), np.int64))
    assert {row for first, last in found for row in range(first, last + 1)} == rows
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(found))


# Months


def test_months() -> None:
    moments = np.array(["2019-03-31T23:59", "2019-03-01", "2000-12-31", "1969-12-31T23:59", "1850-01-01"], "M8[us]")
    numbers = months.months_of(moments.astype(np.int64))
    titles = [months.month(number) for number in numbers.tolist()]
    assert titles == ["March 2019", "March 2019", "December 2000", "December 1969", "January 1850"]
    sections = months.by_date(numbers, words.photos)
    assert [(part.start, part.detail) for part in sections][:2] == [(0, "2 photos"), (2, "1 photo")]


def test_many_months_of_little_are_years() -> None:
    few = np.arange(12, dtype=np.int64)[::-1] * 30
    assert months.by_date(few, words.photos)[0].title == "July 1997"
    many = np.arange(36, dtype=np.int64)[::-1]
    assert [(part.start, part.title, part.detail) for part in months.by_date(many, words.photos)] == [
        (0, "1972", "12 photos"),
        (12, "1971", "12 photos"),
        (24, "1970", "12 photos"),
    ]
    assert len(months.by_date(np.repeat(many, 5), words.photos)) == 36
