"""The left panel: pages, folders, their states, the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from faceapp.types import Counts
from faceapp.ui import theme
from faceapp.ui.widgets.sidebar import FolderRow, FolderState, NavRow, PageKey, Sidebar

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PICTURES = FolderRow(1, "Pictures", Path("/home/u/Pictures"), 31402, "idle")
UPLOADS = FolderRow(2**40, "Camera uploads", Path("/home/u/Camera uploads"), 9871, "scanning")


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    made = Sidebar()
    qtbot.addWidget(made)
    made.set_counts(Counts(photos=48120, faces=131604, people=214, pending=0, failed=0))
    made.set_folders([PICTURES, UPLOADS])
    made.show()
    return made


def row(sidebar: Sidebar, key: PageKey) -> NavRow:
    found = sidebar.row(key)
    assert found is not None
    return found


@pytest.mark.parametrize("key", [("photos",), ("faces",), ("people",), ("folder", 1), ("folder", 2**40)])
def test_a_click_chooses_a_page(sidebar: Sidebar, qtbot: QtBot, key: PageKey) -> None:
    with qtbot.waitSignal(sidebar.page_chosen) as chosen:
        qtbot.mouseClick(row(sidebar, key), Qt.MouseButton.LeftButton)
    assert chosen.args == [key]


def test_the_keyboard_chooses_a_page(sidebar: Sidebar, qtbot: QtBot) -> None:
    chosen: list[object] = []
    sidebar.page_chosen.connect(chosen.append)
    row(sidebar, ("photos",)).setFocus()
    qtbot.keyClick(row(sidebar, ("photos",)), Qt.Key.Key_Down)
    qtbot.keyClick(row(sidebar, ("faces",)), Qt.Key.Key_Return)
    assert chosen == [("faces",), ("faces",)]


def test_set_current_marks_without_a_signal(sidebar: Sidebar) -> None:
    chosen: list[object] = []
    sidebar.page_chosen.connect(chosen.append)
    sidebar.set_current(("folder", 1))
    assert row(sidebar, ("folder", 1)).isChecked()
    sidebar.set_current(("person", 7))
    assert row(sidebar, ("people",)).isChecked()
    sidebar.set_current(("search",))
    assert not any(row(sidebar, key).isChecked() for key in (("photos",), ("people",), ("folder", 1)))
    sidebar.set_current(("photos",))
    assert row(sidebar, ("photos",)).isChecked()
    assert chosen == []


def test_problems_show_only_if_there_are_any(sidebar: Sidebar) -> None:
    assert not row(sidebar, ("problems",)).isVisible()
    sidebar.set_counts(Counts(photos=1, faces=1, people=0, pending=0, failed=3))
    assert row(sidebar, ("problems",)).isVisible()
    assert row(sidebar, ("problems",)).accessibleName() == "Problems, 3"


def test_rows_tell_their_state_in_words(sidebar: Sidebar) -> None:
    assert row(sidebar, ("folder", 2**40)).accessibleName() == "Camera uploads, 9,871 photos, being read"
    assert str(UPLOADS.path) in row(sidebar, ("folder", 2**40)).toolTip()


def test_an_update_keeps_rows_and_drops_the_ones_that_went(sidebar: Sidebar) -> None:
    kept = row(sidebar, ("folder", 2**40))
    sidebar.set_current(("folder", 2**40))
    sidebar.set_folders([FolderRow(UPLOADS.id, UPLOADS.name, UPLOADS.path, 9900, "idle")])
    assert row(sidebar, ("folder", 2**40)) is kept
    assert kept.isChecked()
    assert sidebar.row(("folder", 1)) is None
    assert "9,900" in kept.accessibleName()


def test_a_folder_may_come_back_in_another_place(sidebar: Sidebar) -> None:
    sidebar.set_folders([])
    sidebar.set_folders([UPLOADS, PICTURES])
    sidebar.layout().activate()  # type: ignore[union-attr]
    sidebar.set_folders([PICTURES, UPLOADS])
    assert row(sidebar, ("folder", 1)).text() == "Pictures"


def test_a_folder_has_a_menu(sidebar: Sidebar, qtbot: QtBot) -> None:
    folder = row(sidebar, ("folder", 2**40))
    with qtbot.waitSignal(sidebar.folder_menu_requested) as asked:
        folder.customContextMenuRequested.emit(QPoint(5, 5))
    assert asked.args == [2**40, folder.mapToGlobal(QPoint(5, 5))]


def test_a_folder_that_is_away_says_so_below_its_name(sidebar: Sidebar) -> None:
    folder = row(sidebar, ("folder", 1))
    usual = folder.height()
    sidebar.set_folders([FolderRow(1, "Pictures", PICTURES.path, 31402, "offline")])
    assert folder.accessibleName() == "Pictures, 31,402 photos, not connected"
    assert folder.height() > usual
    sidebar.set_folders([PICTURES])
    assert folder.height() == usual


def test_states_differ_by_more_than_colour(sidebar: Sidebar) -> None:
    """The middle of the dot is filled, of the ring it is not, and of the sign neither."""
    folder = row(sidebar, ("folder", 1))

    def inked(state: FolderState) -> list[bool]:
        sidebar.set_folders([FolderRow(1, "Pictures", PICTURES.path, 31402, state, 3)])
        folder.resize(folder.width(), folder.minimumHeight())
        image = folder.grab().toImage()
        x, y = theme.SPACE_2 + 4, folder.rect().center().y()
        places = ((x, y), (x - 3, y), (x - 5, y + 5))
        return [image.pixelColor(*place) != image.pixelColor(2, 2) for place in places]

    assert inked("idle") == [True, True, False]
    assert inked("offline") == [False, True, False]
    assert inked("problems")[2]


def test_a_folder_with_problems_counts_them(sidebar: Sidebar) -> None:
    sidebar.set_folders([FolderRow(1, "Pictures", PICTURES.path, 31402, "problems", 3)])
    assert row(sidebar, ("folder", 1)).accessibleName() == "Pictures, 31,402 photos, 3 photos could not be read"


def test_albums_come_with_their_heading_and_go_with_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    heading = sidebar._headings["album"]
    assert not heading.isVisible()
    sidebar.set_albums([(7, "Anna in Rome"), (9, "Ben")])
    assert heading.isVisible()
    assert row(sidebar, ("album", 7)).accessibleName() == "Anna in Rome"
    sidebar.set_album_count(7, 1234)
    assert row(sidebar, ("album", 7)).accessibleName() == "Anna in Rome, 1,234"
    kept = row(sidebar, ("album", 7))
    sidebar.set_albums([(9, "Ben"), (7, "Rome")])
    assert row(sidebar, ("album", 7)) is kept
    assert kept.accessibleName() == "Rome, 1,234"
    pages: list[object] = []
    sidebar.page_chosen.connect(pages.append)
    with qtbot.waitSignal(sidebar.album_chosen) as chosen:
        qtbot.mouseClick(kept, Qt.MouseButton.LeftButton)
    assert chosen.args == [7]
    assert pages == []
    with qtbot.waitSignal(sidebar.album_menu_requested) as asked:
        kept.customContextMenuRequested.emit(QPoint(5, 5))
    assert asked.args[0] == 7
    sidebar.set_albums([])
    assert not heading.isVisible()
    assert sidebar.row(("album", 7)) is None
