from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from faceapp.ui.widgets.grid import LARGEST, SMALLEST
from faceapp.ui.widgets.grid_size import SizeSlider
from tests.ui.window import Album, Desk, OpenDesk, album, desk, open_desk

__all__ = ["album", "desk", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_slider_spans_all_sizes(qtbot: QtBot) -> None:
    slider = SizeSlider(SMALLEST, LARGEST)
    qtbot.addWidget(slider)
    moved: list[object] = []
    slider.moved.connect(moved.append)
    slider.set_size(132)
    assert moved == []
    slider.slider.setValue(0)
    slider.slider.setValue(100)
    assert moved == [SMALLEST, LARGEST]


def test_slider_and_grid_go_together(desk: Desk) -> None:
    desk.page("photos")
    slider, grid = desk.window.sizing.slider, desk.window.grid
    assert slider.isVisible()
    before = slider.slider.value()
    desk.act("zoom_in")
    assert slider.slider.value() > before
    size = grid.tile_size
    QTest.keyClick(slider.slider, Qt.Key.Key_Left)
    assert grid.tile_size < size
    desk.act("zoom_reset")
    assert grid.tile_size == 132


def test_slider_goes_where_there_are_no_tiles(desk: Desk) -> None:
    desk.act("review")
    assert not desk.window.sizing.slider.isVisible()
    desk.page("photos")
    assert desk.window.sizing.slider.isVisible()


def test_size_is_kept(open_desk: OpenDesk, album: Album, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = open_desk(album.folder, settings=settings)
    first.window.grid.set_tile_size(200)
    first.close()
    settings.sync()
    again = open_desk(settings=QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    assert again.window.grid.tile_size == 200
