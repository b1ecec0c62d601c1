"""People in the whole window over a real library: named, reviewed, dragged together, split, undone after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from faceapp.types_people import QuestionKind
from faceapp.ui.people import dragging
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.tile import group_tile
from tests.ui.window import CTRL, Album, Desk, OpenDesk, album, open_desk

__all__ = ["album", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(open_desk: OpenDesk, album: Album) -> Desk:
    """Return a window over three people: A in four photos, B in two, C in one and D in one."""
    album.photo("a2.png", "A0", "B1")
    album.photo("d0.png", "D0")
    return open_desk(album.folder, guesses=True)


def people(desk: Desk) -> dict[str, int]:
    return {person.name: person.faces for person in desk.services.reader.people()}


def person(desk: Desk, name: str) -> int:
    return next(one.id for one in desk.services.reader.people() if one.name == name)


def groups(desk: Desk) -> dict[int, set[str]]:
    """Return the faces of each group by their names."""
    names = {face: name for name, face in desk.faces().items()}
    reader = desk.services.people_reader
    return {group.id: {names[int(face)] for face in reader.group_faces(group.id)} for group in reader.groups()}


def group_of(desk: Desk, who: str) -> int:
    return next(id_ for id_, faces in groups(desk).items() if any(face.endswith(who) for face in faces))


def place(desk: Desk, tile: int) -> QPoint:
    grid = desk.window.grid
    row = grid.tiles.row_of(tile)
    assert row >= 0, f"{tile} is not shown"
    return grid.visualRect(grid.tiles.index(row)).center()


def pull(desk: Desk, tiles: Sequence[int], onto: int) -> bool:
    """Drag tiles onto another one."""
    cargo = Cargo(cast(Any, "person"), tuple(tiles), desk.window.pages.key)
    return desk.drop(dragging.pack(cargo), desk.window.grid.viewport(), place(desk, onto))


def choose(desk: Desk, *tiles: int) -> None:
    for at, tile in enumerate(tiles):
        keys = CTRL if at else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(desk.window.grid.viewport(), Qt.MouseButton.LeftButton, keys, place(desk, tile))
    desk.settle()


def test_unnamed_people_are_grouped_without_asking(desk: Desk) -> None:
    found = groups(desk)
    assert {frozenset(face[-1] for face in faces) for faces in found.values()} == {frozenset("A"), frozenset("B")}
    assert desk.count("groups").endswith(f", {len(found)}")


def test_a_group_is_named_where_it_stands(desk: Desk) -> None:
    desk.page("people")
    faces = groups(desk)[group_of(desk, "A")]
    choose(desk, group_tile(group_of(desk, "A")))
    panel = desk.window.side.person
    assert panel.isVisible()
    QTest.keyClicks(panel.name_edit, "Ann")
    QTest.keyClick(panel.name_edit, Qt.Key.Key_Return)
    desk.settle()
    assert people(desk)["Ann"] >= len(faces)
    assert desk.window.top_bar.undo.isVisible()
    assert f"{len(faces)} faces" in desk.window.top_bar.undo.accessibleName()


def test_questions_are_answered_by_the_keyboard(desk: Desk) -> None:
    desk.act("review")
    page = desk.window.review_page
    assert page.isVisible()
    question = page.question
    assert question is not None
    assert question.kind is QuestionKind.NAME
    QTest.keyClicks(page.view.name, "Ann")
    QTest.keyClick(page.view.name, Qt.Key.Key_Return)
    desk.settle()
    assert set(people(desk)) == {"Ann"}
    QTest.keyClick(page, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.window.grid.isVisible()
    assert desk.window.pages.key == ("people",)


def test_a_group_pulled_onto_a_person_is_that_person(desk: Desk) -> None:
    desk.window.deciding.name([desk.face("c0.png C")], "Cleo")
    desk.settle()
    desk.page("people")
    wanted = len(groups(desk)[group_of(desk, "B")])
    assert pull(desk, [group_tile(group_of(desk, "B"))], person(desk, "Cleo"))
    assert people(desk) == {"Cleo": wanted + 1}


def test_a_face_split_off_its_person_does_not_come_back(desk: Desk) -> None:
    everybody = [face for name, face in desk.faces().items() if name.endswith("A")]
    desk.window.deciding.name(everybody, "Ann")
    desk.settle()
    desk.page("people")
    desk.window.navigation.show_person(person(desk, "Ann"))
    desk.settle()
    odd = desk.face("a1.png A")
    choose(desk, odd)
    desk.act("split")
    assert desk.notice() == ""
    assert people(desk)["Ann"] == len(everybody) - 1
    (face,) = desk.services.reader.faces([odd])
    assert (face.person_id, face.guess) == (None, None)
    desk.services.groups.regroup()
    (face,) = desk.services.reader.faces([odd])
    assert (face.person_id, face.guess) == (None, None)


def test_undo_knows_the_words_after_a_restart(desk: Desk, open_desk: OpenDesk) -> None:
    desk.window.deciding.name([desk.face("a0.png A")], "Ann")
    desk.settle()
    desk.window.deciding.name([desk.face("c0.png C")], "Cleo")
    desk.settle()
    desk.window.deciding.merge([person(desk, "Cleo")], person(desk, "Ann"))
    desk.settle()
    assert set(people(desk)) == {"Ann"}
    words = desk.window.actions_by_id["undo"].text()
    assert "2 people" in words
    desk.close()

    again = open_desk(guesses=True)
    assert again.window.actions_by_id["undo"].text() == words
    again.act("undo")
    assert set(people(again)) == {"Ann", "Cleo"}
    assert "2 people" in again.window.actions_by_id["redo"].text()
    again.act("redo")
    assert set(people(again)) == {"Ann"}
    for _ in range(3):
        again.act("undo")
    assert people(again) == {}
    assert not again.window.actions_by_id["undo"].isEnabled()


def test_the_history_lists_what_was_done(desk: Desk) -> None:
    desk.window.deciding.name([desk.face("a0.png A")], "Ann")
    desk.settle()
    desk.act("history")
    assert desk.window.history_page.isVisible()
    assert [text for text, _ in desk.window.history_page.rows()] == ["Naming of 1 face: Ann"]


def test_why_is_said_of_the_chosen_face(desk: Desk) -> None:
    desk.window.deciding.name([desk.face("a0.png A")], "Ann")
    desk.settle()
    desk.window.why(desk.face("a1.png A"))
    desk.settle()
    assert desk.window.explaining.panel.texts()[""].startswith("Why Ann")
    desk.window.explaining.panel.reject()


def test_grouping_anew_says_first_what_it_would_change(desk: Desk) -> None:
    before = groups(desk)
    desk.act("regroup")
    assert groups(desk) == before
    assert desk.window.regrouping.dialog is None or desk.window.regrouping.dialog.isVisible()
