"""What the disk does to the window: files that cannot be read, drives that go, photos that come."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from faceapp.errors import PhotoError
from faceapp.types import Pixels
from tests.ui.window import (
    CTRL,
    LEFT,
    Album,
    Desk,
    OpenDesk,
    PaintedAnalyser,
    album,
    desk,
    open_desk,
    wait_until,
)

__all__ = ["album", "desk", "open_desk"]  # fixtures


class Trouble:
    """Lets photos fail that show somebody in the first likeness, until it is over."""

    def __init__(self) -> None:
        self.over = False

    def __call__(self, pixels: Pixels) -> None:
        if not self.over and int(pixels.max()) == 250:
            raise PhotoError("The picture is odd.")


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def troubled(open_desk: OpenDesk, album: Album, trouble: Trouble) -> Desk:
    """Return a window in which a0.png, ab.png and c0.png could not be read, on the page of problems."""
    desk = open_desk(album.folder, analyser=PaintedAnalyser(trouble))
    assert problems(desk) == ["a0.png", "ab.png", "c0.png"]
    desk.page("problems")
    return desk


def problems(desk: Desk) -> list[str]:
    return [problem.path.name for problem in desk.services.reader.problems()]


def listed(desk: Desk) -> list[str]:
    model = desk.window.problems.list.model()
    return [model.index(row, 0).data().splitlines()[0] for row in range(model.rowCount())]


def choose(desk: Desk, row: int) -> None:
    view = desk.window.problems.list
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(row, 0)).center())


def folder_row(desk: Desk) -> str:
    row = desk.window.sidebar.row(("folder", 1))
    assert row is not None
    return row.accessibleName()


# Problems


def test_a_photo_is_tried_again(troubled: Desk, trouble: Trouble) -> None:
    assert listed(troubled) == ["a0.png", "ab.png", "c0.png"]
    actions = troubled.window.actions_by_id
    assert not actions["retry"].isEnabled()
    assert not actions["ignore"].isEnabled()
    choose(troubled, 0)
    trouble.over = True
    troubled.act("retry")
    assert listed(troubled) == ["ab.png", "c0.png"]
    assert troubled.count("problems") == "Problems, 2"
    troubled.page("photos")
    assert "a0.png" in troubled.shown()
    assert not actions["retry"].isEnabled()  # nothing of that page is chosen here


def test_a_photo_that_fails_again_is_listed_again(troubled: Desk) -> None:
    choose(troubled, 1)
    troubled.act("retry")
    assert listed(troubled) == ["a0.png", "ab.png", "c0.png"]
    assert troubled.notice() == ""


def test_all_are_tried_again_by_key(troubled: Desk, trouble: Trouble) -> None:
    trouble.over = True
    QTest.keyClick(troubled.window.problems.list, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    troubled.settle()
    assert problems(troubled) == []
    assert listed(troubled) == []
    assert not troubled.window.actions_by_id["retry_all"].isEnabled()


def test_the_keys_of_the_page(troubled: Desk, trouble: Trouble) -> None:
    view = troubled.window.problems.list
    choose(troubled, 2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    troubled.settle()
    assert listed(troubled) == ["a0.png", "ab.png"]
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    trouble.over = True
    QTest.keyClick(view, Qt.Key.Key_R, CTRL)
    troubled.settle()
    assert listed(troubled) == []


def test_ignoring_and_undoing_it(troubled: Desk) -> None:
    choose(troubled, 0)
    troubled.act("ignore")
    assert listed(troubled) == ["ab.png", "c0.png"]
    assert troubled.count("problems") == "Problems, 2"
    assert "2 photos could not be read" in folder_row(troubled)
    assert "off the list" in troubled.notice()
    troubled.button(troubled.window.notice._action)
    assert listed(troubled) == ["a0.png", "ab.png", "c0.png"]
    assert troubled.count("problems") == "Problems, 3"
    assert troubled.notice() == ""


def test_an_ignored_photo_stays_off_the_list(troubled: Desk, open_desk: OpenDesk, trouble: Trouble) -> None:
    choose(troubled, 0)
    troubled.act("ignore")
    troubled.act("rescan")
    assert problems(troubled) == ["ab.png", "c0.png"]
    troubled.close()
    assert problems(open_desk(analyser=PaintedAnalyser(trouble))) == ["ab.png", "c0.png"]


def test_a_problem_is_shown_in_its_folder(troubled: Desk, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    assert not troubled.window.actions_by_id["show_in_folder"].isEnabled()
    choose(troubled, 1)
    troubled.act("show_in_folder")
    assert [url.toLocalFile() for url in opened] == [str(album.folder)]


# Gentle, and what the user looks at


def test_gentle_is_remembered(open_desk: OpenDesk, tmp_path: Path) -> None:
    def settings() -> QSettings:
        return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)

    desk = open_desk(settings=settings())
    assert not desk.window.session.gentle
    desk.act("gentle")
    assert desk.window.session.gentle
    assert desk.window.status._gentle.isChecked()
    desk.close()
    again = open_desk(settings=settings())
    assert again.window.session.gentle
    assert again.window.actions_by_id["gentle"].isChecked()
    again.window.status.gentle_toggled.emit(False)  # a click on the strip
    assert not again.window.actions_by_id["gentle"].isChecked()
    again.close()
    assert not open_desk(settings=settings()).window.session.gentle


def test_the_folder_that_is_looked_at_is_preferred(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    preferred: list[int | None] = []
    monkeypatch.setattr(desk.services.scanner, "prefer", preferred.append)
    desk.page("folder", 1)
    assert preferred == [1]
    desk.page("faces")
    assert preferred == [1, None]


# Drives


def unplug(desk: Desk, album: Album) -> Callable[[], None]:
    """Take the album away; return what brings it back."""
    elsewhere = album.folder.with_name("elsewhere")
    shutil.move(album.folder, elsewhere)
    look(desk)
    return lambda: shutil.move(elsewhere, album.folder)


def look(desk: Desk) -> None:
    """Do what happens every ten seconds."""
    desk.window.session.check_drives()
    desk.settle()


def test_a_drive_that_goes_leaves_its_photos_in_view(desk: Desk, album: Album) -> None:
    unplug(desk, album)
    assert folder_row(desk) == "album, 6 photos, not connected"
    assert desk.notice() == ""
    desk.page("folder", 1)
    assert len(desk.shown()) == 6
    desk.click(desk.photo("a0.png"))
    inspector = desk.window.inspector
    assert inspector._offline.isVisible()
    assert "not connected" in inspector._offline.text()
    assert not inspector._show.isEnabled()
    assert inspector.photo_view.pixmap is not None


def test_the_viewer_shows_what_there_is_of_a_photo_that_is_away(desk: Desk, album: Album) -> None:
    desk.page("photos")
    unplug(desk, album)
    desk.double_click(desk.photo("a0.png"))
    view = desk.window.viewer.view
    wait_until(lambda: view._error and view.faces, "the reason and the faces")
    assert "not connected" in view._error
    assert view.pixmap is not None
    desk.window.pixmaps.clear()  # a thumbnail that was not at hand comes later
    desk.window.viewer.go_next()
    wait_until(lambda: view._error and view.pixmap is not None, "the reason over the thumbnail")


def test_a_drive_that_comes_back_is_read(desk: Desk, album: Album) -> None:
    desk.click(desk.photo("a0.png"))
    plug_in = unplug(desk, album)
    assert desk.window.inspector._offline.isVisible()
    plug_in()
    album.photo("new.png", "D0")
    look(desk)
    assert folder_row(desk) == "album, 7 photos, up to date"
    assert "new.png" in desk.shown()
    assert not desk.window.inspector._offline.isVisible()


# Watching


def test_a_new_photo_shows_up_by_itself(desk: Desk, album: Album) -> None:
    album.photo("new.png", "D0")
    wait_until(lambda: desk.window.grid.tiles.rowCount() == 7, "the new photo")
    desk.settle()
    assert "new.png" in desk.shown()
    assert desk.notice() == ""
