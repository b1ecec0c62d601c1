"""Photos that leave the window: dragged, copied, their paths."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from faceapp.ui import drops, taking_out
from faceapp.ui.people import dragging
from faceapp.ui.people.dragging import Cargo
from tests.ui.window import CTRL, LEFT, NONE, SIZE, Album, Desk, album, desk, open_desk, wait_until

__all__ = ["album", "desk", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Dragged = list[tuple[Cargo, QMimeData]]


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> Dragged:
    """Return what is dragged; nothing is really dragged, as that would wait for a pointer."""
    found: Dragged = []
    monkeypatch.setattr(dragging, "run", lambda _source, cargo, _pixmap, mime: found.append((cargo, mime)))
    return found


def pull(desk: Desk, *, let_go: bool = False) -> None:
    """Press on the current tile and move the pointer."""
    viewport, current = desk.window.grid.viewport(), desk.window.grid.current_id()
    assert current is not None
    start = desk.place(current)
    end = start + QPointF(40, 40).toPoint()
    QTest.mousePress(viewport, LEFT, NONE, start)
    QTest.mouseMove(viewport, end)
    if let_go:
        QTest.mouseRelease(viewport, LEFT, NONE, end)
    desk.settle()
    QTest.mouseRelease(viewport, LEFT, NONE, end)


def paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls()]


def test_a_drag_carries_files(desk: Desk, album: Album, dragged: Dragged) -> None:
    desk.page("photos")
    first, second = desk.photo("a0.png"), desk.photo("c0.png")
    desk.click(first)
    desk.click(second, CTRL)
    pull(desk)
    [(cargo, mime)] = dragged
    assert cargo.kind == "photo"
    assert set(cargo.ids) == {first, second}
    assert set(paths(mime)) == {album.folder / "a0.png", album.folder / "c0.png"}


def test_faces_of_one_photo_carry_it_once(desk: Desk, album: Album, dragged: Dragged) -> None:
    desk.page("faces")
    desk.window.grid.select_id(desk.face("ab.png A"))
    desk.window.grid.setFocus()
    desk.click(desk.face("ab.png B"), CTRL)
    pull(desk)
    [(cargo, mime)] = dragged
    assert len(cargo.faces) == 2
    assert paths(mime) == [album.folder / "ab.png"]


def test_what_was_let_go_before_is_not_dragged(desk: Desk, dragged: Dragged) -> None:
    desk.page("photos")
    desk.window.grid.select_id(desk.photo("a0.png"))
    pull(desk, let_go=True)
    assert dragged == []


def test_too_many_are_refused_in_words(desk: Desk, dragged: Dragged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_out, "MOST", 3)
    desk.page("photos")
    desk.window.grid.select_id(desk.photo("a0.png"))
    desk.act("select_all")
    pull(desk)
    assert dragged == []
    assert "At most 3 photos" in desk.window.status.text()


def test_own_photos_do_not_fall_into_the_window(album: Album) -> None:
    mime = taking_out.mime_of([album.folder / "a0.png"])
    assert drops.accepts(mime)
    dragging.pack(Cargo("photo", (1,)), mime)
    assert not drops.accepts(mime)
    assert paths(mime) == [album.folder / "a0.png"]


def test_copy_of_one_photo_is_file_path_and_picture(desk: Desk, album: Album) -> None:
    desk.page("photos")
    desk.click(desk.photo("a0.png"))
    desk.act("copy")
    mime = QGuiApplication.clipboard().mimeData()
    assert paths(mime) == [album.folder / "a0.png"]
    assert mime.text() == str(album.folder / "a0.png")
    image = mime.imageData()
    assert isinstance(image, QImage)
    assert image.size().toTuple() == SIZE
    assert bytes(mime.data("x-special/gnome-copied-files").data()).startswith(b"copy\nfile://")
    assert desk.window.status.text() == "Copied: a0.png"


def test_copy_of_several_has_no_picture(desk: Desk) -> None:
    desk.page("photos")
    desk.window.grid.setFocus()
    desk.act("select_all")
    desk.act("copy")
    mime = QGuiApplication.clipboard().mimeData()
    assert len(mime.urls()) == 6
    assert not mime.hasImage()
    assert desk.window.status.text() == "Copied: 6 photos"


def test_copy_without_the_file_still_has_its_path(desk: Desk, album: Album) -> None:
    desk.page("photos")
    desk.click(desk.photo("a0.png"))
    (album.folder / "a0.png").unlink()
    desk.act("copy")
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == str(album.folder / "a0.png")
    assert not mime.hasImage()


def test_copied_paths_are_plain_text(desk: Desk, album: Album) -> None:
    desk.page("photos")
    desk.click(desk.photo("a0.png"))
    desk.click(desk.photo("c0.png"), CTRL)
    desk.act("copy_path")
    mime = QGuiApplication.clipboard().mimeData()
    assert set(mime.text().splitlines()) == {str(album.folder / name) for name in ("a0.png", "c0.png")}
    assert not mime.hasUrls()


def test_actions_need_a_selection(desk: Desk) -> None:
    desk.page("photos")
    desk.window.grid.clearSelection()
    actions = desk.window.actions_by_id
    assert not actions["copy"].isEnabled()
    desk.click(desk.photo("a0.png"))
    assert actions["copy"].isEnabled()
    assert actions["copy_path"].isEnabled()


def test_menu_of_a_photo_offers_both(desk: Desk) -> None:
    desk.page("photos")
    desk.click(desk.photo("a0.png"))
    menu = QMenu(desk.window)
    desk.window.viewing.menu_wanted.emit(menu, desk.photo("a0.png"))
    texts = [action.text() for action in menu.actions()]
    assert "&Copy" in texts
    assert "Copy Pat&h" in texts


def test_a_copy_can_be_pasted_as_a_query(desk: Desk) -> None:
    desk.page("photos")
    desk.click(desk.photo("a0.png"))
    desk.act("copy")
    desk.act("paste")
    wait_until(lambda: desk.bar.isVisible(), "the search")
    desk.settle()
    assert any(name.startswith("a0.png") for name in desk.shown())
