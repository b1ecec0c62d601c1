"""Everything that can be dropped on the window or pasted into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from faceapp.ui.pixmaps import image_from_pixels
from faceapp.ui.widgets.face_picker import FacePicker
from tests.ui.window import (
    CTRL,
    LEFT,
    NONE,
    Album,
    Desk,
    OpenDesk,
    album,
    desk,
    open_desk,
    paint,
    png,
    scores,
)

__all__ = ["album", "desk", "open_desk"]  # fixtures

A = ["a0.png A", "a1.png A", "ab.png A"]
B = ["ab.png B", "b1.png B"]


def urls(*paths: Path | str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) if isinstance(path, Path) else QUrl(path) for path in paths])
    mime.setText("\n".join(map(str, paths)))  # as file managers do
    return mime


def image(*faces: str) -> QMimeData:
    mime = QMimeData()
    mime.setImageData(image_from_pixels(paint(*faces)))
    return mime


def encoded(*faces: str) -> QMimeData:
    mime = QMimeData()
    mime.setData("image/png", QByteArray(png(paint(*faces))))
    return mime


@pytest.fixture
def outside(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a picture which is in no library."""

    def write(name: str, *faces: str) -> Path:
        path = tmp_path / "outside" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(png(paint(*faces)))
        return path

    return write


PLACES: dict[str, Callable[[Desk], QWidget]] = {
    "grid": lambda desk: desk.window.grid.viewport(),
    "sidebar": lambda desk: desk.window.sidebar,
    "panel": lambda desk: desk.window.inspector,
    "search field": lambda desk: desk.window.top_bar.search,
    "status": lambda desk: desk.window.status,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_picture_may_fall_anywhere(desk: Desk, outside: Callable[..., Path], place: str) -> None:
    assert desk.drop(urls(outside("who.png", "A0")), PLACES[place](desk))
    assert desk.shown() == A
    assert [chip.label() for chip in desk.chips()] == ["who.png"]
    assert desk.bar.sentence().startswith("3 faces in 3 photos\n")
    assert desk.window.top_bar.search.text() == ""
    assert desk.notice() == ""


@pytest.mark.parametrize("kind", [image, encoded])
@pytest.mark.parametrize("place", ["grid", "panel"])
def test_image_data(desk: Desk, kind: Callable[..., QMimeData], place: str) -> None:
    assert desk.drop(kind("B0"), PLACES[place](desk))
    assert desk.shown() == B
    assert scores(desk) == pytest.approx([1.0, 0.95], abs=1e-4)
    assert [chip.label() for chip in desk.chips()] == ["the picture"]


@pytest.mark.parametrize("place", ["grid", "sidebar"])
def test_a_folder_is_added_and_read(desk: Desk, tmp_path: Path, place: str) -> None:
    more = Album(tmp_path / "more")
    more.photo("d0.png", "D0")
    assert desk.drop(urls(more.folder), PLACES[place](desk))
    assert desk.count("photos") == "Photos, 7"
    assert "d0.png" in desk.shown()
    assert desk.window.sidebar.row(("folder", 2)) is not None
    assert not desk.bar.isVisible()


def test_a_folder_on_the_welcome(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk()
    assert desk.window.first_start.isVisible()
    assert desk.drop(urls(album.folder), desk.window.first_start)
    assert len(desk.shown()) == 6
    assert not desk.window.first_start.isVisible()


def test_several_pictures_become_several_chips(desk: Desk, outside: Callable[..., Path]) -> None:
    assert desk.drop(urls(outside("one.png", "A0"), outside("two.png", "B0")), desk.window.grid.viewport())
    assert [chip.label() for chip in desk.chips()] == ["one.png", "two.png"]
    assert set(desk.shown()) == {*A, *B}


def test_a_folder_and_a_picture_at_once(desk: Desk, outside: Callable[..., Path], tmp_path: Path) -> None:
    more = Album(tmp_path / "more")
    more.photo("a4.png", "A4")
    assert desk.drop(urls(more.folder, outside("one.png", "A0")), desk.window.grid.viewport())
    assert desk.count("photos") == "Photos, 7"
    assert desk.shown() == [*A, "a4.png A"]


def test_a_picture_of_several_asks_whom(desk: Desk, outside: Callable[..., Path]) -> None:
    assert desk.drop(urls(outside("group.png", "A0", "B0", "C0")), desk.window.grid.viewport())
    picker = desk.dialog()
    assert isinstance(picker, FacePicker)
    assert not desk.bar.isVisible()
    assert not picker.search.isEnabled()
    view = picker.photo_view
    for at in (0, 2):
        QTest.mouseClick(view, LEFT, NONE, view.face_rect(view.faces[at]).center().toPoint())
    assert picker.selected == [0, 2]
    QTest.mouseClick(picker.search, LEFT)
    desk.settle()
    assert len(desk.chips()) == 2
    assert set(desk.shown()) == {*A, "c0.png C"}


def test_choosing_nobody_searches_for_nobody(desk: Desk, outside: Callable[..., Path]) -> None:
    assert desk.drop(urls(outside("group.png", "A0", "B0")), desk.window.grid.viewport())
    QTest.keyClick(desk.dialog(), Qt.Key.Key_Escape)
    desk.settle()
    assert not desk.bar.isVisible()
    assert len(desk.shown()) == 6


def test_a_drop_joins_a_search_that_waits_for_a_face(desk: Desk, outside: Callable[..., Path]) -> None:
    desk.search("a0.png A")
    desk.button(desk.bar.add_button)
    assert desk.drop(urls(outside("two.png", "B0")), desk.window.grid.viewport())
    assert [chip.label() for chip in desk.chips()] == ["This face", "two.png"]
    assert set(desk.shown()) == {*A, *B}


def test_a_drop_replaces_a_search(desk: Desk, outside: Callable[..., Path]) -> None:
    desk.search("a0.png A")
    assert desk.drop(urls(outside("two.png", "B0")), desk.window.grid.viewport())
    assert [chip.label() for chip in desk.chips()] == ["two.png"]
    assert desk.shown() == B


def test_a_drop_on_the_viewer_searches(desk: Desk, outside: Callable[..., Path]) -> None:
    desk.double_click(desk.photo("c0.png"))
    assert desk.window.viewer.isVisible()
    assert desk.drop(urls(outside("who.png", "A0")), desk.window.viewer)
    assert not desk.window.viewer.isVisible()
    assert desk.shown() == A


@pytest.mark.parametrize("kind", [image, encoded])
def test_paste(desk: Desk, kind: Callable[..., QMimeData]) -> None:
    QGuiApplication.clipboard().setMimeData(kind("A0"))
    desk.window.activateWindow()
    desk.key(Qt.Key.Key_V, CTRL)
    assert desk.shown() == A
    assert desk.bar.isVisible()


def test_paste_a_file(desk: Desk, outside: Callable[..., Path]) -> None:
    QGuiApplication.clipboard().setMimeData(urls(outside("who.png", "B0")))
    desk.act("paste")
    assert desk.shown() == B
    assert [chip.label() for chip in desk.chips()] == ["who.png"]


def test_paste_of_words_says_what_is_wanted(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("only words")
    desk.act("paste")
    assert "no picture or folder" in desk.notice()
    assert not desk.bar.isVisible()


def unchanged(desk: Desk) -> None:
    assert not desk.bar.isVisible()
    assert not desk.window.query.active
    assert len(desk.shown()) == 6


@pytest.mark.parametrize("place", ["grid", "panel"])
def test_a_web_address_is_not_opened(desk: Desk, place: str) -> None:
    assert desk.drop(urls("https://example.org/face.jpg"), PLACES[place](desk))
    assert "opens no connection" in desk.notice()
    unchanged(desk)


def test_a_file_that_is_no_picture(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a picture")
    assert desk.drop(urls(text), desk.window.grid.viewport())
    assert "notes.txt" in desk.notice()
    assert "Traceback" not in desk.notice()
    unchanged(desk)


def test_damaged_image_data(desk: Desk) -> None:
    mime = QMimeData()
    mime.setData("image/png", QByteArray(b"no picture at all"))
    assert desk.drop(mime, desk.window.grid.viewport())
    assert "the picture" in desk.notice()
    unchanged(desk)


def test_a_file_that_has_gone(desk: Desk, tmp_path: Path) -> None:
    assert desk.drop(urls(tmp_path / "gone.png"), desk.window.grid.viewport())
    assert "gone.png is not there any more" in desk.notice()
    unchanged(desk)


def test_a_picture_without_a_face_changes_nothing(desk: Desk, outside: Callable[..., Path]) -> None:
    assert desk.drop(urls(outside("wall.png")), desk.window.grid.viewport())
    assert "No face was found in wall.png" in desk.notice()
    assert desk.window.notice.kind() == "warning"
    unchanged(desk)
    desk.search("a0.png A")
    assert desk.drop(urls(outside("wall.png")), desk.window.grid.viewport())
    assert desk.shown() == A
    assert [chip.label() for chip in desk.chips()] == ["This face"]


def test_one_bad_picture_among_good_ones(desk: Desk, outside: Callable[..., Path]) -> None:
    assert desk.drop(urls(outside("wall.png"), outside("who.png", "A0")), desk.window.grid.viewport())
    assert "wall.png" in desk.notice()
    assert desk.shown() == A


def test_words_are_not_welcome(desk: Desk) -> None:
    mime = QMimeData()
    mime.setText("only words")
    assert not desk.drop(mime, desk.window.grid.viewport())
    unchanged(desk)
