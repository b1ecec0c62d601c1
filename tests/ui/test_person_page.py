"""The page of a person and of a group: the header, the years, the order, and what is done to faces."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox

from faceapp.types import HideReason, Standing
from faceapp.ui.widgets.timeline import Timeline
from tests.ui.people_desk import OpenPeopleDesk, PeopleDesk, Store, open_people_desk

__all__ = ["open_people_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ADA, BOB = 1, 2


@pytest.fixture
def store() -> Store:
    """Return Ada with faces of 2001 to 2003, of which one is odd and one automatic, Bob, and a group."""
    made = Store()
    made.add_person("Ada", 40, year=2001)
    made.add(40, person=ADA, standing=Standing.CONFIRMED, year=2003)
    made.add(1, person=ADA, standing=Standing.CONFIRMED, year=2002, odd=True)
    made.add(1, person=ADA, standing=Standing.AUTOMATIC, year=2002)
    made.add(3, person=ADA, standing=Standing.SUGGESTED, year=2002)
    made.add_person("Bob", 2)
    made.add(5, group=1)
    made.add(1, group=1, odd=True)
    return made


@pytest.fixture
def desk(open_people_desk: OpenPeopleDesk, store: Store) -> PeopleDesk:
    made = open_people_desk(store)
    made.page("person", ADA)
    return made


def odd(store: Store) -> int:
    return store.faces_where(lambda face: face.odd and face.person == ADA)[0]


def test_faces_newest_first_with_a_header(desk: PeopleDesk, store: Store) -> None:
    assert len(desk.ids()) == 82  # without the suggested ones
    assert [store.known[i].year for i in desk.ids()] == [2003] * 40 + [2002] * 2 + [2001] * 40
    header = desk.people.header.person
    assert header.isVisible()
    assert header.title.text() == "Ada"
    assert header.detail() == "82 faces in 82 photos · 1 named automatically"
    assert header.review.text() == "Review 3 faces"


def test_only_what_differs_is_said_on_the_tiles(desk: PeopleDesk) -> None:
    titles = desk.titles()
    assert set(titles) == {"", "Automatic"}
    assert [tile.mark for tile in desk.tiles() if tile.title] == ["automatic"]


def test_a_click_chooses_a_face_and_the_panel_shows_its_photo(desk: PeopleDesk) -> None:
    assert desk.people.side.person.isVisible()
    desk.click(desk.ids()[3])
    assert not desk.window.query.active
    assert desk.window.inspector.isVisible()
    desk.grid.clearSelection()
    assert desk.people.side.person.isVisible()
    assert desk.people.side.person.title() == "Ada"


def test_odd_ones_first(desk: PeopleDesk, store: Store) -> None:
    desk.people.header.person.order.choose("odd")
    desk.settle()
    assert desk.ids()[0] == odd(store)
    assert desk.tiles()[0].score == pytest.approx(0.0)
    assert desk.tiles()[1].score == pytest.approx(1.0, abs=0.01)


def test_a_year_scrolls_to_its_faces(desk: PeopleDesk, store: Store) -> None:
    timeline = desk.people.header.person.timeline
    assert timeline.current() == 2003
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline.place(2001).center().toPoint())
    first = desk.grid.first_row()
    columns = desk.grid.layout_now().columns
    assert desk.ids().index(store.faces_where(lambda face: face.year == 2001)[0]) - first in range(columns)
    assert timeline.current() == 2001
    desk.grid.verticalScrollBar().setValue(0)
    assert timeline.current() == 2003


def test_a_year_ends_the_odd_order(desk: PeopleDesk) -> None:
    header = desk.people.header.person
    header.order.choose("odd")
    desk.settle()
    assert header.timeline.current() is None
    header.timeline.year_chosen.emit(2001)
    desk.settle()
    assert header.order.choice() == "newest"


def test_the_keyboard_walks_the_years(desk: PeopleDesk) -> None:
    timeline = desk.people.header.person.timeline
    chosen: list[int] = []
    timeline.year_chosen.connect(chosen.append)
    timeline.set_current(2003)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    timeline.set_current(2002)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    timeline.set_current(2001)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert chosen == [2002, 2001]
    assert "2002: 2" in timeline.accessibleDescription()


def test_a_year_without_photos_leads_to_the_nearest(qtbot: object) -> None:
    timeline = Timeline()
    timeline.resize(400, 50)
    timeline.set_counts({1990: 3, 2000: 5, 2001: 0})
    chosen: list[int] = []
    timeline.year_chosen.connect(chosen.append)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=timeline.place(1997).center().toPoint())
    assert chosen == [2000]
    assert timeline.year_at(timeline.place(2001).center().toPoint()) is None


def test_the_name_is_changed_in_place(desk: PeopleDesk, store: Store) -> None:
    title = desk.people.header.person.title
    title.setFocus()
    title.selectAll()
    QTest.keyClicks(title, "  Ada   King ")
    QTest.keyClick(title, Qt.Key.Key_Return)
    desk.settle()
    assert store.said == [("rename", ADA, "Ada King")]
    assert title.text() == "Ada King"


def test_escape_and_an_empty_name_keep_the_old_one(desk: PeopleDesk, store: Store) -> None:
    title = desk.people.header.person.title
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        title.setFocus()
        title.clear()
        QTest.keyClicks(title, "Nobody" if key == Qt.Key.Key_Escape else "  ")
        QTest.keyClick(title, key)
        assert title.text() == "Ada"
    assert store.said == []


def test_the_name_of_another_person_asks_to_merge(desk: PeopleDesk, store: Store) -> None:
    title = desk.people.header.person.title
    title.setFocus()
    title.setText("bob")
    QTest.keyClick(title, Qt.Key.Key_Return)
    question = desk.people.asking.dialog
    assert isinstance(question, QMessageBox)
    desk.press(question.buttons()[0])
    assert store.said == [("merge", [ADA], BOB)]
    assert desk.key == ("people",)  # she is gone


def test_photos_and_back(desk: PeopleDesk) -> None:
    header = desk.people.header.person
    desk.press(header.photos)
    assert desk.key == ("person", ADA, "photos")
    assert desk.grid.tiles.kind == "photo"
    assert len(desk.ids()) == 82
    assert not header.timeline.isVisible()
    desk.press(header.photos)
    assert desk.key == ("person", ADA)
    assert desk.grid.tiles.kind == "face"


def test_review_of_this_person(desk: PeopleDesk) -> None:
    asked: list[int] = []
    desk.people.review_requested.connect(asked.append)
    desk.press(desk.people.header.person.review)
    assert asked == [ADA]


def test_not_this_person(desk: PeopleDesk, store: Store) -> None:
    chosen = desk.ids()[:2]
    desk.choose(*chosen)
    desk.people.verbs.reject()
    desk.settle()
    assert store.said == [("reject", chosen, ADA)]
    assert not set(chosen) & set(desk.ids())


def test_move_to_another_person(desk: PeopleDesk, store: Store) -> None:
    chosen = desk.ids()[:2]
    desk.choose(*chosen)
    desk.people.verbs.move()
    desk.answer("bob")
    assert store.said == [("name", chosen, "Bob")]


def test_split_off_from_a_person(desk: PeopleDesk, store: Store) -> None:
    chosen = desk.ids()[:2]
    desk.choose(*chosen)
    desk.people.verbs.split()
    desk.settle()
    assert store.said == [("split", chosen, [])]


def test_cover_and_hide(desk: PeopleDesk, store: Store) -> None:
    face = desk.ids()[5]
    desk.click(face)
    desk.people.verbs.make_cover()
    desk.settle()
    desk.people.verbs.hide(HideReason.NOT_A_FACE)
    desk.settle()
    assert store.said == [("cover", ADA, face), ("hide", [face], HideReason.NOT_A_FACE)]


def test_automatic_names_are_confirmed(desk: PeopleDesk, store: Store) -> None:
    automatic = store.faces_where(lambda face: face.standing == Standing.AUTOMATIC)
    desk.choose(*automatic)
    desk.people.verbs.confirm()
    desk.settle()
    assert store.said == [("name", automatic, "Ada")]


def test_the_menu_of_a_face(desk: PeopleDesk, store: Store) -> None:
    desk.titles()

    def offered(*faces: int) -> list[str]:
        desk.choose(*faces)
        menu = QMenu(desk.window)
        desk.window.viewing.menu_wanted.emit(menu, faces[-1])
        return [action.text().replace("&", "") for action in menu.actions() if action.text()]

    every = ["Not Ada", "Move to…", "Split Off"]
    hiding = ["Hide As", "Hide Everybody Without a Name in These Photos", "Why…"]
    copying = ["Copy", "Copy Path"]
    assert offered(desk.ids()[0]) == [*every, "Make Cover", *hiding, *copying]
    assert offered(*desk.ids()[:2]) == [*every, "These Are One Person", "These Are Two People", *hiding, *copying]
    automatic = store.faces_where(lambda face: face.standing == Standing.AUTOMATIC)[0]
    assert offered(automatic)[0] == "Yes, This Is Ada"


# Groups


def test_a_group_is_named_as_a_whole(desk: PeopleDesk, store: Store) -> None:
    faces = store.group_faces(1).tolist()
    desk.page("group", 1)
    assert desk.people.header.group.detail() == "6 faces in 6 photos"
    desk.press(desk.people.header.group.name)
    desk.answer("Cleo")
    assert store.said == [("name", faces, "Cleo")]
    assert desk.key == ("groups",)  # it is gone


def test_odd_ones_are_split_off_a_group(desk: PeopleDesk, store: Store) -> None:
    desk.page("group", 1)
    header = desk.people.header.group
    assert header.split.text() == "Not one person: split…"
    desk.press(header.split)
    stranger = store.faces_where(lambda face: face.odd and face.group == 1)[0]
    assert desk.ids()[0] == stranger
    desk.click(stranger)
    assert header.split.text() == "Split off 1 face"
    rest = [face for face in desk.ids() if face != stranger]
    desk.press(header.split)
    assert store.said == [("split", [stranger], rest)]


def test_a_whole_group_cannot_be_split_off(desk: PeopleDesk, store: Store) -> None:
    desk.page("group", 1)
    refused: list[str] = []
    desk.people.verbs.refused.connect(lambda _kind, text: refused.append(text))
    desk.grid.selectAll()
    desk.people.verbs.split()
    desk.settle()
    assert store.said == []
    assert len(refused) == 1
