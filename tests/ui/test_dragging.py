"""Tiles that are pulled away, held over others and let go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from faceapp.types import HideReason
from faceapp.ui.people import dragging
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.tiles import group_tile
from tests.ui.people_desk import LEFT, NONE, OpenPeopleDesk, PeopleDesk, Store, open_people_desk
from tests.ui.window import wait_until

__all__ = ["open_people_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ADA, BOB = 1, 2
GROUP, SMALL = group_tile(1), group_tile(2)


@pytest.fixture
def store() -> Store:
    made = Store()
    made.add_person("Ada", 6)
    made.add_person("Bob", 3)
    made.add(4, group=1)
    made.add(2, group=2)
    made.add(1)
    return made


@pytest.fixture
def desk(open_people_desk: OpenPeopleDesk, store: Store) -> PeopleDesk:
    made = open_people_desk(store)
    made.page("people")
    return made


@pytest.fixture
def dragged(monkeypatch: pytest.MonkeyPatch) -> list[Cargo]:
    """Return what is dragged; nothing is really dragged, as that would wait for a pointer."""
    found: list[Cargo] = []
    monkeypatch.setattr(dragging, "run", lambda _source, cargo, _pixmap, _mime: found.append(cargo))
    return found


def pull(desk: PeopleDesk, tile: int) -> None:
    """Press on a tile and move the pointer."""
    start = desk.place(tile)
    viewport = desk.grid.viewport()
    QTest.mousePress(viewport, LEFT, NONE, start)
    for step in (2, QApplication.startDragDistance() + 5):
        QTest.mouseMove(viewport, start + QPoint(step, step))
    desk.settle()  # where the files lie is read first
    QTest.mouseRelease(viewport, LEFT, NONE, start + QPoint(step, step))


# Mime data


def test_tiles_come_back_from_their_mime_data() -> None:
    cargo = Cargo("person", (5, -7, 2**40), ("person", 3))
    assert dragging.unpack(dragging.pack(cargo)) == cargo
    assert (cargo.people, cargo.groups, cargo.faces) == ([5, 2**40], [7], [])


def test_tiles_of_another_window_are_strange(monkeypatch: pytest.MonkeyPatch) -> None:
    mime = dragging.pack(Cargo("face", (1,)))
    monkeypatch.setattr(dragging, "_THIS_WINDOW", "another")
    assert dragging.unpack(mime) is None
    assert dragging.unpack(QMimeData()) is None


def test_the_picture_on_the_pointer_counts(qtbot: object) -> None:
    widget = QWidget()
    one, many = (dragging.picture(None, count, widget, round_cut=True).toImage() for count in (1, 12))
    corner = (one.width() - 8, 8)
    assert one.pixelColor(*corner).alpha() == 0
    assert many.pixelColor(*corner).alpha() == 255


# Taking hold


def test_a_tile_is_pulled(desk: PeopleDesk, dragged: list[Cargo]) -> None:
    pull(desk, BOB)
    assert dragged == [Cargo("person", (BOB,), ("people",))]


def test_all_selected_tiles_come_along(desk: PeopleDesk, dragged: list[Cargo]) -> None:
    desk.page("person", ADA)
    faces = desk.ids()[:3]
    desk.choose(*faces)
    pull(desk, faces[1])
    assert dragged == [Cargo("face", tuple(faces), ("person", ADA))]
    assert desk.grid.selected_ids() == faces


def test_a_click_on_one_of_several_chooses_it(desk: PeopleDesk, dragged: list[Cargo]) -> None:
    desk.choose(ADA, BOB)
    desk.click(BOB)
    assert desk.grid.selected_ids() == [BOB]
    assert dragged == []


def test_photos_can_only_leave(desk: PeopleDesk, store: Store, dragged: list[Cargo]) -> None:
    desk.page("photos")
    photo = desk.ids()[0]
    pull(desk, photo)
    assert dragged == [Cargo("photo", (photo,), ("photos",))]
    desk.page("people")
    assert not desk.drop_on_tile(dragged[0], ADA)
    assert store.said == []


# On tiles


def test_a_group_on_a_person_gets_her_name(desk: PeopleDesk, store: Store) -> None:
    faces = store.group_faces(1).tolist()
    assert desk.drop_on_tile(desk.take(GROUP), ADA)
    assert store.said == [("name", faces, "Ada")]
    assert GROUP not in desk.ids()


def test_a_person_on_a_group_names_it(desk: PeopleDesk, store: Store) -> None:
    faces = store.group_faces(1).tolist()
    assert desk.drop_on_tile(desk.take(ADA), GROUP)
    assert store.said == [("name", faces, "Ada")]


def test_a_group_on_a_group_is_the_same_person(desk: PeopleDesk, store: Store) -> None:
    faces = [*store.group_faces(2).tolist(), *store.group_faces(1).tolist()]
    assert desk.drop_on_tile(desk.take(SMALL), GROUP)
    assert store.said == [("same", faces)]


@pytest.mark.parametrize("yes", [True, False])
def test_a_person_on_a_person_asks_once(desk: PeopleDesk, store: Store, yes: bool) -> None:
    assert desk.drop_on_tile(desk.take(BOB), ADA)
    question = desk.people.asking.dialog
    assert isinstance(question, QMessageBox)
    assert store.said == []
    desk.press(question.buttons()[0 if yes else 1])
    assert store.said == ([("merge", [BOB], ADA)] if yes else [])


def test_faces_on_a_person_move(desk: PeopleDesk, store: Store) -> None:
    desk.page("person", ADA)
    cargo = desk.take(*desk.ids()[:2])
    desk.page("people")
    assert desk.drop_on_tile(cargo, BOB)
    assert store.said == [("name", list(cargo.ids), "Bob")]


def test_named_faces_on_a_group_leave_their_person(desk: PeopleDesk, store: Store) -> None:
    group = store.group_faces(1).tolist()
    desk.page("person", ADA)
    cargo = desk.take(*desk.ids()[:2])
    desk.page("people")
    assert desk.drop_on_tile(cargo, GROUP)
    assert store.said == [("split", [*cargo.ids, *group], [])]


def test_unnamed_faces_on_a_group_join_it(desk: PeopleDesk, store: Store) -> None:
    group = store.group_faces(1).tolist()
    (alone,) = store.faces_where(lambda face: not face.person and not face.group)
    desk.page("faces")
    cargo = desk.take(alone)
    desk.page("groups")
    assert desk.drop_on_tile(cargo, GROUP)
    assert store.said == [("same", [alone, *group])]


def test_nothing_falls_on_itself_or_beside_tiles(desk: PeopleDesk, store: Store) -> None:
    assert not desk.drop_on_tile(desk.take(ADA), ADA)
    assert not desk.drop(desk.take(ADA), desk.grid.viewport(), QPoint(3, desk.grid.viewport().height() - 3))
    assert not desk.drop_on_tile(desk.take(ADA, BOB), GROUP)  # two people: which one is it?
    assert store.said == []


def test_faces_do_not_fall_on_faces(desk: PeopleDesk, store: Store) -> None:
    desk.page("person", ADA)
    first, second = desk.ids()[:2]
    assert not desk.drop_on_tile(desk.take(first), second)
    assert store.said == []


def test_the_tile_below_is_marked_and_let_go(desk: PeopleDesk) -> None:
    desk.drop_on_tile(desk.take(GROUP), ADA)
    assert desk.grid._target == -1
    assert not desk.grid._scroll.isActive()


# On the sidebar


def row(desk: PeopleDesk, name: str) -> QWidget:
    found = desk.window.sidebar.row((name,))
    assert found is not None
    return found


def test_faces_on_the_row_of_people_ask_for_a_name(desk: PeopleDesk, store: Store) -> None:
    desk.page("person", ADA)
    cargo = desk.take(*desk.ids()[:2])
    assert desk.drop(cargo, row(desk, "people"))
    desk.answer("Bob")
    assert store.said == [("name", list(cargo.ids), "Bob")]


def test_faces_on_the_row_of_groups_are_split_off(desk: PeopleDesk, store: Store) -> None:
    desk.page("group", 1)
    ids = desk.ids()
    assert desk.drop(desk.take(ids[0]), row(desk, "groups"))
    assert store.said == [("split", ids[:1], ids[1:])]


def test_faces_on_the_row_of_hidden_ones_are_strangers(desk: PeopleDesk, store: Store) -> None:
    store.add(1, hidden=HideReason.STATUE)
    desk.window.session.refresh_overview()
    desk.settle()
    desk.page("person", ADA)
    cargo = desk.take(desk.ids()[0])
    assert desk.drop(cargo, row(desk, "hidden"))
    assert store.said == [("hide", list(cargo.ids), HideReason.STRANGER)]


def test_people_do_not_fall_on_rows(desk: PeopleDesk, store: Store) -> None:
    for name in ("people", "groups", "photos"):
        assert not desk.drop(desk.take(ADA), row(desk, name))
    assert store.said == []


def test_holding_over_a_row_opens_its_page(desk: PeopleDesk) -> None:
    desk.page("person", ADA)
    people = desk.window.sidebar.row(("people",))
    assert people is not None
    people._spring.setInterval(1)
    people._hold(True)
    wait_until(lambda: desk.key == ("people",), "the page of people")
    people._hold(False)
    assert not people._spring.isActive()


def test_folders_still_fall_through(desk: PeopleDesk, tmp_path: Path) -> None:
    """A row that takes tiles does not keep folders from the window."""
    folder = tmp_path / "more"
    folder.mkdir()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    arrived: list[list[Path]] = []
    desk.window.intake.folders_arrived.connect(arrived.append)
    assert desk.drop_mime(mime, row(desk, "people"))
    assert arrived == [[folder]]
