"""Drawing a box around a face that was missed, over a real library."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from faceapp.types import Box
from faceapp.types_people import Verb
from faceapp.ui.people.step_words import undo_text
from tests.ui.window import FACE, SIZE, Album, Desk, OpenDesk, album, open_desk, wait_until

__all__ = ["album", "open_desk"]

NOWHERE = Box(0.6, 0.5, 0.15, 0.3)  # grey in every painted photo


def draw(desk: Desk, photo: str, box: Box) -> None:
    """Open a photo in the viewer and draw a box."""
    desk.page("photos")
    desk.double_click(desk.photo(photo))
    assert desk.window.viewer.isVisible()
    desk.window.viewer.face_drawn.emit(desk.photo(photo), box)
    desk.settle()


def question(desk: Desk) -> QMessageBox:
    dialog = desk.window.viewing.marking.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def boxes(desk: Desk, photo: str) -> list[Box]:
    return [face.box for face in desk.services.reader.faces_of_photo(desk.photo(photo), 0.5)]


def test_what_nobody_sees_is_kept_if_the_user_says_so(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    viewer = desk.window.viewer
    draw(desk, "nobody.png", NOWHERE)
    dialog = question(desk)
    dialog.reject()
    desk.settle()
    assert boxes(desk, "nobody.png") == []
    draw(desk, "nobody.png", NOWHERE)
    question(desk).accept()
    desk.settle()
    assert boxes(desk, "nobody.png") == [NOWHERE]
    wait_until(lambda: viewer.view.active_face is not None, "the keyboard on the new face")
    assert viewer.view.active_face is not None
    assert viewer.view.active_face.box == NOWHERE
    overview = desk.window.session.overview
    assert overview is not None
    assert overview.undo is not None
    assert overview.undo.verb is Verb.MARK_FACE
    assert "face" in undo_text(overview.undo)
    face_id = viewer.view.active_face.face_id
    assert desk.services.gallery.embedding(face_id) is not None
    desk.act("undo")
    assert boxes(desk, "nobody.png") == []
    assert desk.services.gallery.embedding(face_id) is None
    assert viewer.view.faces == ()


def test_a_drawn_face_can_be_named_at_once(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    draw(desk, "nobody.png", NOWHERE)
    question(desk).accept()
    desk.settle()
    desk.window.viewer.actions_by_id["name"].trigger()
    desk.name("Nora")
    assert [face.label for face in desk.window.viewer.view.faces] == ["Nora"]


def test_a_face_that_is_known_asks_for_its_name(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    width, height = SIZE
    draw(desk, "a0.png", Box(38 / width, 58 / height, (FACE[0] + 4) / width, (FACE[1] + 4) / height))
    desk.name("Ada")
    assert [face.label for face in desk.window.viewer.view.faces] == ["Ada"]
    assert len(boxes(desk, "a0.png")) == 1


def test_a_photo_that_is_gone_says_so(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    (album.folder / "nobody.png").unlink()
    draw(desk, "nobody.png", NOWHERE)
    assert "nobody.png" in desk.window.viewer.view.accessibleDescription()
