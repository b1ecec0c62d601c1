"""The slider in the window: what it says, where it starts, what lies just below the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from faceapp.types import Marks
from tests.ui.calibration import FakeCalibration, FakeCalibrator
from tests.ui.window import CTRL, LEFT, Album, Desk, OpenDesk, album, desk, open_desk, scores, wait_until

__all__ = ["album", "desk", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OTHERS = ["ab.png B", "b1.png B", "c0.png C"]  # the faces that are not A's


def settings_at(path: Path) -> QSettings:
    return QSettings(str(path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def calibrator() -> FakeCalibrator:
    return FakeCalibrator()


def test_the_sentence_follows_every_step(open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator) -> None:
    calibrator.current = FakeCalibration(strangers=4.0, missed=0.05)
    desk = open_desk(album.folder, calibrator=calibrator)
    desk.search("a0.png A")
    assert desk.bar.sentence() == (
        "3 faces in 3 photos\nabout 1 of them is someone else\nbalanced, 0.40 · about 5 in 100 left out"
    )
    desk.window.searching.step(-0.2)
    assert desk.bar.sentence().splitlines()[:2] == ["6 faces in 5 photos", "about 2 of them are someone else"]


def test_a_new_query_starts_at_its_balanced_mark(open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator) -> None:
    calibrator.current = FakeCalibration(Marks(0.9, 0.86, 0.21))
    desk = open_desk(album.folder, calibrator=calibrator)
    desk.search("a0.png A")
    assert desk.window.query.threshold == 0.86
    assert desk.shown() == ["a0.png A", "a1.png A"]
    assert desk.bar.slider.score() == 0.86


def test_where_the_line_was_left_is_remembered_for_this_library(
    open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator, tmp_path: Path
) -> None:
    desk = open_desk(album.folder, calibrator=calibrator, settings=settings_at(tmp_path))
    desk.search("a0.png A")
    for _ in range(3):
        desk.act("stricter")
    assert desk.window.query.threshold == 0.43
    calibrator.current = FakeCalibration(Marks(0.9, 0.7, 0.21))
    desk.search("c0.png C")
    assert desk.window.query.threshold == 0.73  # as much stricter than balanced as before
    desk.close()
    again = open_desk(calibrator=calibrator, settings=settings_at(tmp_path))
    again.search("c0.png C")
    assert again.window.query.threshold == 0.73
    elsewhere = open_desk(
        album.folder, calibrator=calibrator, settings=settings_at(tmp_path), library=tmp_path / "other"
    )
    elsewhere.search("c0.png C")
    assert elsewhere.window.query.threshold == 0.7


def test_a_mark_is_remembered_by_its_name(
    open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator, tmp_path: Path
) -> None:
    desk = open_desk(album.folder, calibrator=calibrator, settings=settings_at(tmp_path))
    desk.search("a0.png A")
    slider = desk.bar.slider
    QTest.mouseClick(slider, LEFT, pos=slider.name_frames()["everything"].center().toPoint())
    assert desk.window.query.threshold == 0.25
    assert len(desk.shown()) == 6
    calibrator.current = FakeCalibration(Marks(0.9, 0.7, 0.21))
    desk.search("c0.png C")
    assert desk.window.query.threshold == 0.21
    desk.act("stricter_mark")
    assert desk.window.query.threshold == 0.7
    desk.act("wider_mark")
    assert desk.window.query.threshold == 0.21


def test_the_line_stays_while_faces_are_added_and_photos_come(desk: Desk, album: Album) -> None:
    desk.search("a0.png A")
    desk.act("stricter")
    desk.window.searching.search_face(desk.face("c0.png C"), add=True)
    desk.settle()
    assert desk.window.query.threshold == 0.41
    album.photo("new.png", "A3")
    desk.act("rescan")
    assert desk.window.query.threshold == 0.41
    assert "new.png A" in desk.shown()


def test_a_calibration_in_the_background_changes_the_words_only(
    open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator
) -> None:
    desk = open_desk(album.folder, calibrator=calibrator)
    window = desk.window
    desk.search("a0.png A")
    calibrator.then = FakeCalibration(Marks(0.9, 0.7, 0.21), strangers=4.0)
    window.calibrating.timer.setInterval(1)
    window.session.content_changed.emit()
    wait_until(lambda: calibrator.refreshed == 1 and not window.calibrating.running, "the calibration")
    assert window.query.threshold == 0.4
    assert desk.bar.sentence().splitlines()[1:] == ["about 1 of them is someone else", "wide, 0.40"]
    assert window.match_bar.slider.marks() == Marks(0.9, 0.7, 0.21)


def test_naming_asks_for_a_new_calibration(open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator) -> None:
    desk = open_desk(album.folder, calibrator=calibrator)
    desk.window.calibrating.timer.stop()
    desk.search("a0.png A")
    desk.window.searching.name_these()
    desk.name("Anna")
    assert desk.window.calibrating.timer.isActive()


def test_a_calibration_that_fails_leaves_the_words_as_they_were(
    open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator
) -> None:
    desk = open_desk(album.folder, calibrator=calibrator)
    desk.search("a0.png A")
    said = desk.bar.sentence()
    calibrator.error = ValueError("too few")
    desk.window.calibrating.timer.setInterval(1)
    desk.window.calibrating.timer.start()
    wait_until(lambda: calibrator.refreshed == 1 and not desk.window.calibrating.running, "the calibration")
    assert desk.bar.sentence() == said
    assert desk.notice() == ""


def test_closing_does_not_wait_for_a_calibration(open_desk: OpenDesk, album: Album, calibrator: FakeCalibrator) -> None:
    desk = open_desk(album.folder, calibrator=calibrator)
    calibrator.go_on.clear()
    desk.window.calibrating.timer.setInterval(1)
    desk.window.calibrating.timer.start()
    wait_until(lambda: calibrator.refreshed == 1, "the calibration")
    desk.close()
    assert not desk.window.calibrating.running


# Just below the line


def test_the_next_faces_are_shown_greyed_on_demand(desk: Desk) -> None:
    desk.search("a0.png A")
    assert desk.bar.below_button.text() == "Just below the line (3)"
    desk.button(desk.bar.below_button)
    tiles = desk.tiles()
    assert [tile.below for tile in tiles] == [False] * 3 + [True] * 3
    assert len(desk.shown()) == 3
    assert desk.window.actions_by_id["below"].isChecked()
    grid = desk.window.grid
    tops = [grid.visualRect(grid.tiles.index(row)).top() for row in range(6)]
    assert tops[0] == tops[2] < tops[3] == tops[5]
    assert "below the line" in grid.tiles.index(3).data(Qt.ItemDataRole.AccessibleTextRole)
    desk.act("below")
    assert len(desk.tiles()) == 3
    assert not desk.bar.below_button.isChecked()


def test_what_lies_below_follows_the_line_and_the_order(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.act("below")
    desk.window.searching.step(0.5)
    assert [tile.below for tile in desk.tiles()] == [False] * 2 + [True] * 4
    desk.window.searching.step(-0.7)
    assert [tile.below for tile in desk.tiles()] == [False] * 6
    desk.window.searching.step(0.2)
    desk.bar.sort.choose("newest")
    desk.settle()
    assert [tile.below for tile in desk.tiles()] == [False] * 3 + [True] * 3
    assert desk.shown()[0] == "a1.png A"
    assert scores(desk)[3:] == sorted(scores(desk)[3:], reverse=True)


def test_neither_naming_nor_selecting_all_reaches_below(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.act("below")
    desk.act("select_all")
    assert len(desk.window.grid.selected_ids()) == 3
    desk.window.grid.clearSelection()
    assert len(desk.window.searching.face_ids()) == 3
    desk.window.searching.name_these()
    desk.name("Anna")
    reader = desk.services.reader
    assert [face.id for face in reader.faces([desk.face(name) for name in OTHERS]) if face.person_id is not None] == []


def test_a_face_below_can_be_looked_at_and_chosen(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.act("below")
    face = desk.face("c0.png C")
    desk.click(face)
    assert desk.window.inspection.face_id == face
    desk.click(desk.face("b1.png B"), CTRL)
    assert len(desk.window.searching.face_ids()) == 2


def test_the_keyboard_goes_over_the_line_and_back(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.act("below")
    grid = desk.window.grid
    desk.click(int(grid.tiles.shown_ids[1]))
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home):
        desk.key(key)
        rows.append(grid.currentIndex().row())
    assert rows == [4, 5, 2, 5, 0]


def test_a_page_has_nothing_below(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.act("below")
    desk.page("faces")
    assert not any(tile.below for tile in desk.tiles())
    desk.search("a0.png A")
    assert any(tile.below for tile in desk.tiles())


def test_the_panel_says_how_sure_a_match_is(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.click(desk.face("ab.png A"))
    assert desk.window.inspector.likelihood() == "Very likely the same person (99 %)"
