"""What moves in the grid: pictures that come in, the crossing from one size to another, scrolling."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceapp.ui import motion, theme
from faceapp.ui.pixmaps import PixmapCache
from faceapp.ui.sections import Sections
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import Section
from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets import tile_ready
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.tile_fade import Fades
from tests.ui.window import wait_until

WHITE = cv2.imencode(".jpg", np.full((64, 64, 3), 255, np.uint8))[1].tobytes()


class HeldThumbnails:
    """Answers while its gate is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()

    def photo(self, photo_id: int) -> bytes | None:
        assert self.gate.wait(20)
        return WHITE

    face = photo


@pytest.fixture
def store() -> HeldThumbnails:
    return HeldThumbnails()


@pytest.fixture
def model(tasks: Tasks, store: HeldThumbnails) -> TileModel:
    return TileModel(PixmapCache(store, tasks), tasks)


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication, model: TileModel) -> Iterator[TileGrid]:
    theme.apply(qapp, "dark")
    before = motion.chosen()
    motion.choose("full")
    made = TileGrid(model)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    yield made
    motion.choose(before)
    theme.apply(qapp, "light")


def fill(model: TileModel, count: int = 300) -> None:
    model.set_items("photo", np.arange(1, count + 1, dtype=np.int64))


def colour(grid: TileGrid, row: int = 0) -> QColor:
    return grid.grab().toImage().pixelColor(grid.visualRect(grid.model().index(row, 0)).center())


def whole(grid: TileGrid) -> bool:
    """Return whether every tile on screen is as it will stay."""
    rows = grid.layout_now().items_between(grid.verticalOffset(), grid.verticalOffset() + grid.viewport().height())
    return grid.is_whole and all(grid.tiles.tile(row).pixmap is not None for row in rows)


def test_a_picture_comes_in_by_degrees(grid: TileGrid, model: TileModel, store: HeldThumbnails) -> None:
    store.gate.clear()
    fill(model)
    assert colour(grid) == QColor(theme.DARK.placeholder)
    seen: list[int] = []
    store.gate.set()

    def whole() -> bool:
        seen.append(colour(grid).lightness())
        return seen[-1] == 255

    wait_until(whole, "the picture")
    assert seen == sorted(seen)
    assert len({value for value in seen if QColor(theme.DARK.placeholder).lightness() < value < 255}) > 0


def test_without_motion_it_is_there_at_once(grid: TileGrid, model: TileModel, store: HeldThumbnails) -> None:
    motion.choose("less")
    store.gate.clear()
    fill(model)
    seen = {colour(grid).lightness()}
    store.gate.set()

    def whole() -> bool:
        seen.add(colour(grid).lightness())
        return 255 in seen

    wait_until(whole, "the picture")
    assert seen == {QColor(theme.DARK.placeholder).lightness(), 255}


def test_what_was_at_hand_does_not_come_in() -> None:
    motion.choose("full")
    fades = Fades()
    assert fades.share(("photo", 1)) == 1.0
    fades.wait(("photo", 1))
    assert fades.waits(("photo", 1))
    assert fades.share(("photo", 1)) < 1.0
    assert not fades.waits(("photo", 1))
    motion.choose("system")


def test_pictures_come_in_without_another_layout(grid: TileGrid, model: TileModel) -> None:
    fill(model)
    before = grid.layout_now()
    wait_until(lambda: colour(grid).lightness() == 255, "the picture")
    assert grid.layout_now() is before


def test_zoom_crosses_over(grid: TileGrid, model: TileModel) -> None:
    fill(model)
    wait_until(lambda: colour(grid).lightness() == 255, "the picture")
    columns = grid.layout_now().columns
    grid.zoom_in()
    assert grid.layout_now().columns < columns  # at once: nothing waits for the crossing
    assert grid.crossing.running
    wait_until(lambda: not grid.crossing.running, "the end of the crossing")
    motion.choose("less")
    grid.zoom_in()
    assert not grid.crossing.running


def test_every_step_of_the_zoom_shows(grid: TileGrid, model: TileModel) -> None:
    fill(model)
    grid.set_tile_size(320)
    seen = [grid.layout_now().columns]
    while grid.tile_size > 72:
        grid.zoom_out()
        seen.append(grid.layout_now().columns)
    seen.pop()  # the smallest size may lie just beyond the one before
    assert len(seen) > 5
    assert all(a < b for a, b in pairwise(seen))


@pytest.mark.parametrize("sectioned", [False, True])
def test_scrolling_paints_what_painting_anew_would(grid: TileGrid, model: TileModel, sectioned: bool) -> None:
    """What is moved on the screen and what comes in fit together to the pixel."""
    motion.choose("less")
    parts = Sections.of([Section(at, f"Part {at}") for at in range(0, 300, 40)] if sectioned else [])
    model.set_items("photo", np.arange(1, 301, dtype=np.int64), sections=parts)
    wait_until(lambda: colour(grid).lightness() == 255, "pictures")
    screen, area = grid.screen(), grid.viewport().geometry()

    def fits() -> bool:
        on_screen = screen.grabWindow(grid.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
        anew = grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return on_screen.copy(area) == anew.copy(area)

    for value in (30, 70, 75, 200, 160, 900, 880):
        grid.verticalScrollBar().setValue(value)
        wait_until(lambda: whole(grid), "pictures")
        wait_until(fits, f"a view without a trail at {value}")


def test_pictures_that_come_in_while_scrolling_end_whole(
    grid: TileGrid, model: TileModel, store: HeldThumbnails
) -> None:
    """A paint of a part forgets no tile elsewhere that is still coming in."""
    store.gate.clear()
    fill(model)
    colour(grid)
    store.gate.set()
    wait_until(lambda: grid._again, "pictures that are coming in")
    for waits in range(4):
        grid.verticalScrollBar().setValue(37 * waits)
        grid.viewport().repaint(0, 0, 8, 8)
        assert grid._again or grid._waiting
    wait_until(lambda: whole(grid), "pictures")
    screen, area = grid.screen(), grid.viewport().geometry()

    def fits() -> bool:
        on_screen = screen.grabWindow(grid.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
        return on_screen.copy(area) == grid.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).copy(area)

    wait_until(fits, "whole pictures on the screen")


def test_scrolling_a_little_paints_a_little(grid: TileGrid, model: TileModel, monkeypatch: pytest.MonkeyPatch) -> None:
    motion.choose("less")
    fill(model)
    wait_until(lambda: colour(grid).lightness() == 255 and grid.is_whole, "pictures")
    QApplication.processEvents()  # what was still to be painted
    painted: list[int] = []
    original = TileGrid.paint_view

    def noting(view: TileGrid, painter: QPainter, dirty: QRegion) -> None:
        painted.append(dirty.boundingRect().height())
        original(view, painter, dirty)

    monkeypatch.setattr(TileGrid, "paint_view", noting)
    grid.verticalScrollBar().setValue(30)
    QApplication.processEvents()
    assert painted[0] == 30
    grid.verticalScrollBar().setValue(1_000)
    wait_until(lambda: grid.viewport().height() in painted, "a whole view")


def test_ready_tiles_keep_to_their_budget(grid: TileGrid, model: TileModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tile_ready, "BUDGET", 2_000_000)
    fill(model)
    for value in range(0, 6_000, 300):
        grid.verticalScrollBar().setValue(value)
        wait_until(lambda: whole(grid), "pictures")
    assert 0 < grid.painter_bytes <= 2_000_000


def test_far_apart_tiles_are_painted_without_those_between(
    grid: TileGrid, model: TileModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(model)
    painted: list[int] = []
    original = TileModel.tile
    monkeypatch.setattr(TileModel, "tile", lambda tiles, row: painted.append(row) or original(tiles, row))
    last = grid.layout_now().items_between(0, grid.viewport().height()).stop - 1
    dirty = QRegion(grid.visualRect(model.index(0))) | QRegion(grid.visualRect(model.index(last)))
    canvas = QPixmap(grid.viewport().size())
    painter = QPainter(canvas)
    grid.paint_view(painter, dirty)
    painter.end()
    assert last > 8
    assert painted == [0, last]


def test_neighbours_are_told_of_at_once(model: TileModel, tasks: Tasks) -> None:
    fill(model)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    for row in (*range(3, 7), 20):
        model.tile(row)
    wait_until(lambda: sum(last - first + 1 for first, last in told) == 5, "pictures")
    assert len(told) < 5


def test_scaling_that_fails_is_told_and_tried_again(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = tile_ready.ReadyTiles(tasks)
    look = tile_ready.Look(40, 4.0, grey=False, ratio=1.0)
    picture = QPixmap(60, 60)
    picture.fill(QColor("white"))

    def fail(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken, qtbot.waitSignal(tasks.crashed):
        broken.setattr(tile_ready, "rounded", fail)
        assert ready.get(picture, look) is None
        ready.start()
    with qtbot.waitSignal(ready.came):
        assert ready.get(picture, look) is None
        ready.start()
    made = ready.get(picture, look)
    assert made is not None
    assert made.width() == 40
    assert ready.size == 40 * 40 * 4


def test_what_scrolled_away_is_not_scaled(tasks: Tasks) -> None:
    ready = tile_ready.ReadyTiles(tasks)
    look = tile_ready.Look(40, 4.0, grey=False, ratio=1.0)
    picture = QPixmap(60, 60)
    picture.fill(QColor("white"))
    ready.get(picture, look)
    ready.forget_wanted()
    ready.start()
    assert tasks.idle
    assert ready.size == 0
