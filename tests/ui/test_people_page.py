"""The pages of people, of unnamed groups and of hidden faces, and the panel beside them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox

from faceapp.types import HideReason, Standing
from faceapp.ui.tiles import group_tile
from tests.ui.people_desk import OpenPeopleDesk, PeopleDesk, Store, open_people_desk
from tests.ui.window import wait_until

__all__ = ["open_people_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ADA, BOB, CLEO = 1, 2, 3
GROUP, SMALL = group_tile(1), group_tile(2)


@pytest.fixture
def store() -> Store:
    """Return Bob with 5 faces, Ada with 3 (two more are suggested), Cleo with one, and groups of 4 and of 2."""
    made = Store()
    made.add_person("Ada", 3, year=2001)
    made.add_person("Bob", 5, year=2019)
    made.add_person("Cleo", 1, year=2024)
    made.add(2, person=ADA, standing=Standing.SUGGESTED)
    made.add(4, group=1)
    made.add(2, group=2)
    return made


@pytest.fixture
def desk(open_people_desk: OpenPeopleDesk, store: Store) -> PeopleDesk:
    made = open_people_desk(store)
    made.page("people")
    return made


def test_people_come_first_then_groups_with_a_cover_each(desk: PeopleDesk) -> None:
    assert desk.titles() == ["Bob", "Ada", "Cleo", "Who is this?", "Who is this?"]
    assert [tile.detail for tile in desk.tiles()] == ["5 photos", "3 photos", "1 photo", "4 photos", "2 photos"]
    assert [tile.kind for tile in desk.tiles()] == ["person", "person", "person", "group", "group"]
    assert desk.people.header.people.words() == "People  3 named · 2 groups to name"


def test_tiles_are_told_to_screen_readers(desk: PeopleDesk) -> None:
    tiles = desk.grid.tiles
    spoken = [tiles.data(tiles.index(row), Qt.ItemDataRole.AccessibleTextRole) for row in (0, 3)]
    assert spoken == ["Bob, 5 photos", "Group without a name, 4 photos"]


@pytest.mark.parametrize(
    ("order", "names"),
    [("name", ["Ada", "Bob", "Cleo"]), ("recent", ["Cleo", "Bob", "Ada"]), ("photos", ["Bob", "Ada", "Cleo"])],
)
def test_the_order_is_chosen_and_kept(desk: PeopleDesk, order: str, names: list[str]) -> None:
    desk.people.header.people.order.choose("name" if order != "name" else "recent")
    desk.settle()
    desk.people.header.people.order.choose(order)
    desk.settle()
    assert desk.titles()[:3] == names
    desk.page("photos")
    desk.page("people")
    assert desk.titles()[:3] == names
    assert desk.people.header.people.order.choice() == order


def test_typing_in_the_grid_filters(desk: PeopleDesk) -> None:
    desk.grid.setFocus()
    QTest.keyClick(desk.grid, Qt.Key.Key_B)
    field = desk.people.header.people.filter
    assert field.text() == "b"
    desk.settle()
    assert desk.titles() == ["Bob"]
    field.setText("nobody")
    assert desk.titles() == []
    assert desk.grid._empty.title == "Nobody of that name"
    field.clear()
    assert len(desk.titles()) == 5


def test_the_filter_can_be_cleared_where_it_leaves_nobody(desk: PeopleDesk) -> None:
    desk.people.header.people.filter.setText("nobody")
    desk.settle()
    assert desk.people.header.people.filter.isVisible()


def test_a_click_chooses_and_a_double_click_opens(desk: PeopleDesk) -> None:
    desk.click(BOB)
    assert desk.key == ("people",)
    assert desk.people.side.person.title() == "Bob"
    desk.double_click(BOB)
    assert desk.key == ("person", BOB)
    desk.page("people")
    desk.double_click(GROUP)
    assert desk.key == ("group", 1)


def test_the_panel_tells_of_a_person(desk: PeopleDesk) -> None:
    desk.click(ADA)
    panel = desk.people.side.person
    assert panel.isVisible()
    assert not desk.window.inspector.isVisible()
    assert "Colin" not in panel.fact("often")
    assert "Bob" in panel.fact("often")
    assert panel.fact("review") == "2 faces"
    assert panel.review.text() == "Review 2 faces"
    asked: list[int] = []
    desk.people.review_requested.connect(asked.append)
    desk.press(panel.review)
    assert asked == [ADA]
    panel._on_link(f"person:{BOB}")
    desk.settle()
    assert desk.key == ("person", BOB)


def test_a_date_of_birth_is_added_and_removed(desk: PeopleDesk, store: Store) -> None:
    desk.click(ADA)
    desk.people.side.person._on_link("born")
    desk.settle()
    dialog: Any = desk.people.asking.dialog
    dialog.edit.setDate(QDate(1990, 12, 10))
    desk.press(dialog.ok)
    assert store.said[-1] == ("born", ADA, date(1990, 12, 10))
    assert "December" in desk.people.side.person.fact("born")
    desk.people.side.person._on_link("born")
    desk.settle()
    again: Any = desk.people.asking.dialog
    desk.press(again.remove)
    assert store.said[-1] == ("born", ADA, None)


def test_a_group_is_named_in_the_panel(desk: PeopleDesk, store: Store) -> None:
    faces = store.group_faces(1).tolist()
    desk.click(GROUP)
    panel = desk.people.side.person
    assert panel.title() == "Who is this?"
    assert not panel.name_button.isEnabled()
    QTest.keyClicks(panel.name_edit, "  dora ")
    QTest.keyClick(panel.name_edit, Qt.Key.Key_Return)
    desk.settle()
    assert store.said == [("name", faces, "dora")]
    assert desk.titles() == ["Bob", "dora", "Ada", "Cleo", "Who is this?"]


def test_a_known_name_keeps_its_spelling(desk: PeopleDesk, store: Store) -> None:
    desk.click(SMALL)
    panel = desk.people.side.person
    QTest.keyClicks(panel.name_edit, "cl")
    assert panel.name_edit.offers() == ["Cleo", "New person “cl”"]
    QTest.keyClicks(panel.name_edit, "EO")
    desk.press(panel.name_button)
    assert store.said[-1][0] == "name"
    assert store.said[-1][2] == "Cleo"


def test_another_group_has_an_empty_line(desk: PeopleDesk) -> None:
    desk.click(GROUP)
    QTest.keyClicks(desk.people.side.person.name_edit, "Dora")
    desk.click(SMALL)
    assert desk.people.side.person.name_edit.text() == ""


def test_groups_are_named_by_the_dialog(desk: PeopleDesk, store: Store) -> None:
    faces = {*store.group_faces(1).tolist(), *store.group_faces(2).tolist()}
    desk.choose(GROUP, SMALL)
    desk.people.name()
    desk.settle()
    desk.answer("Dora")
    assert set(store.faces_where(lambda face: face.person == 4)) == faces
    assert desk.titles()[0] == "Dora"


def test_several_become_one_person(desk: PeopleDesk, store: Store) -> None:
    group = store.group_faces(1).tolist()
    desk.choose(BOB, ADA, GROUP)
    panel = desk.people.side.person
    assert panel.title() == "2 people, 1 group"
    desk.press(panel.merge)
    assert store.said == [("name", group, "Bob")]  # groups need no question: naming asks none either
    question = desk.people.asking.dialog
    assert isinstance(question, QMessageBox)
    assert "Ada and Bob" in question.text()
    desk.press(question.buttons()[0])
    assert store.said[-1] == ("merge", [ADA], BOB)
    assert desk.titles() == ["Bob", "Cleo", "Who is this?"]


def test_two_groups_are_one(desk: PeopleDesk, store: Store) -> None:
    faces = [*store.group_faces(1).tolist(), *store.group_faces(2).tolist()]
    desk.choose(GROUP, SMALL)
    desk.people.verbs.merge()
    desk.settle()
    assert store.said == [("same", faces)]


def test_a_person_is_merged_into_another_by_name(desk: PeopleDesk, store: Store) -> None:
    desk.click(CLEO)
    desk.people.verbs.merge_into()
    dialog: Any = desk.people.asking.dialog
    QTest.keyClicks(dialog.edit, "Nobody")
    assert not dialog.ok.isEnabled()
    desk.answer("ada")
    assert store.said == [("merge", [CLEO], ADA)]


def test_a_person_gets_another_name(desk: PeopleDesk, store: Store) -> None:
    desk.click(CLEO)
    desk.people.verbs.ask_new_name()
    desk.answer("Cleopatra")
    assert store.said == [("rename", CLEO, "Cleopatra")]
    assert "Cleopatra" in desk.titles()


def test_a_name_that_somebody_has_asks_to_merge(desk: PeopleDesk, store: Store) -> None:
    desk.click(CLEO)
    desk.people.verbs.ask_new_name()
    desk.answer("BOB")
    assert store.said == []
    question = desk.people.asking.dialog
    assert isinstance(question, QMessageBox)
    desk.press(question.buttons()[0])
    assert store.said == [("merge", [CLEO], BOB)]


def test_a_whole_group_is_hidden(desk: PeopleDesk, store: Store) -> None:
    faces = store.group_faces(2).tolist()
    desk.click(SMALL)
    desk.people.verbs.hide(HideReason.STATUE)
    desk.settle()
    assert store.said == [("hide", faces, HideReason.STATUE)]
    assert desk.titles() == ["Bob", "Ada", "Cleo", "Who is this?"]


def test_the_page_of_groups(desk: PeopleDesk) -> None:
    desk.page("groups")
    assert desk.ids() == [GROUP, SMALL]
    assert desk.people.header.people.words() == "Unnamed groups  2 groups"
    assert desk.people.side.person.isVisible()


def test_the_sidebar_counts(desk: PeopleDesk) -> None:
    said = [desk.window.sidebar.row((page,)).accessibleName() for page in ("groups", "review")]  # type: ignore[union-attr]
    assert said == ["Unnamed groups, 2", "Review, 4"]  # two faces to ask and two groups to name
    hidden = desk.window.sidebar.row(("hidden",))
    assert hidden is not None
    assert not hidden.isVisible()


def test_hidden_faces_say_why_and_come_back(desk: PeopleDesk, store: Store) -> None:
    stranger, statue = store.group_faces(2).tolist()
    desk.page("faces")
    desk.people.verbs._deciding.hide([stranger], HideReason.STRANGER)
    desk.people.verbs._deciding.hide([statue], HideReason.STATUE)
    desk.settle()
    desk.page("hidden")
    assert sorted(desk.titles()) == ["Statue or picture", "Stranger"]
    assert {tile.mark for tile in desk.tiles()} == {"hidden"}
    row = desk.window.sidebar.row(("hidden",))
    assert row is not None
    assert row.isVisible()
    desk.click(stranger)  # chooses, and does not search
    assert desk.key == ("hidden",)
    assert not desk.window.query.active
    desk.people.verbs.show_again()
    desk.settle()
    assert store.said[-1] == ("clear", [stranger])
    assert desk.titles() == ["Statue or picture"]


def test_marks_on_faces(desk: PeopleDesk, store: Store) -> None:
    automatic = store.add(1, person=BOB, standing=Standing.AUTOMATIC)[0]
    suggested = store.faces_where(lambda f: f.standing == Standing.SUGGESTED)[0]
    desk.page("faces")
    desk.titles()
    by_id = {tile.id: tile for tile in desk.tiles()}
    assert (by_id[automatic].title, by_id[automatic].mark) == ("Bob", "automatic")
    assert (by_id[suggested].title, by_id[suggested].mark) == ("Ada?", "suggested")
    tiles = desk.grid.tiles
    spoken = [
        tiles.data(tiles.index(tiles.row_of(i)), Qt.ItemDataRole.AccessibleTextRole) for i in (automatic, suggested)
    ]
    assert spoken == ["May 2018, 1 face. Bob, named automatically", "May 2011, 1 face. Ada, suggested"]


def test_the_inspector_confirms_and_rejects_a_guess(desk: PeopleDesk, store: Store) -> None:
    first, second = store.faces_where(lambda f: f.standing == Standing.SUGGESTED)
    desk.page("faces")
    inspector = desk.window.inspector
    desk.window.inspection.show("face", first)
    desk.settle()
    assert inspector._yes.text() == "Yes, Ada"
    desk.press(inspector._yes)
    assert store.said[-1] == ("name", [first], "Ada")
    assert not inspector._yes.isVisible()
    desk.window.inspection.show("face", second)
    desk.settle()
    desk.press(inspector._no)
    assert store.said[-1] == ("reject", [second], ADA)


def test_everybody_without_a_name_in_a_photo_is_hidden(desk: PeopleDesk, store: Store) -> None:
    named = store.faces_where(lambda f: f.person == BOB)[0]
    photo = store.known[named].photo_id
    strangers = store.add(3, photo=photo)
    strangers += store.add(1, photo=photo, rejected=("Ada",))
    guessed = store.add(1, photo=photo, person=ADA, standing=Standing.SUGGESTED)
    desk.page("faces")
    desk.grid.select_id(named)
    desk.people.verbs.hide_unnamed()
    desk.settle()
    assert store.said == [("hide", strangers, HideReason.STRANGER)]
    assert guessed[0] not in strangers


def test_menus_fit_what_is_chosen(desk: PeopleDesk) -> None:
    def offered(tile: int) -> list[str]:
        desk.click(tile)
        menu = QMenu(desk.window)
        desk.window.viewing.menu_wanted.emit(menu, tile)
        return [action.text().replace("&", "") for action in menu.actions() if action.text()]

    assert offered(BOB) == ["Open", "Rename…", "Merge Into…", "Date of Birth…"]
    assert offered(ADA)[-1] == "Review"
    assert offered(GROUP) == ["Open", "Name…", "Hide As"]


def test_nobody_yet(open_people_desk: OpenPeopleDesk) -> None:
    desk = open_people_desk(Store())
    desk.page("people")
    assert desk.grid._empty.title == "Nobody has a name yet"
    assert not desk.people.header.isVisible()
    desk.page("groups")
    assert desk.grid._empty.title == "Every group has a name"


def test_thousands_of_people_cost_only_what_is_seen(open_people_desk: OpenPeopleDesk) -> None:
    store = Store()
    for number in range(3_000):
        store.add_person(f"Person {number}", 1)
    desk = open_people_desk(store)
    desk.page("people")
    assert len(desk.ids()) == 3_000
    assert len(desk.grid.tiles._details) < 200
    desk.people.header.people.filter.setText("2999")
    assert desk.titles() == ["Person 2999"]


def test_the_place_is_kept_while_the_library_changes(desk: PeopleDesk, store: Store) -> None:
    desk.click(CLEO)
    store.add(20, person=CLEO, standing=Standing.AUTOMATIC)
    desk.window.session.content_changed.emit()
    desk.settle()
    assert desk.titles()[0] == "Cleo"
    assert desk.grid.selected_ids() == [CLEO]
    wait_until(lambda: desk.people.side.person.title() == "Cleo", "the panel")


def test_a_search_hides_what_belongs_to_people(desk: PeopleDesk) -> None:
    assert desk.people.header.isVisible()
    desk.window.pages.answering = True
    desk.window.pages.answered.emit()
    assert not desk.people.header.isVisible()
    assert desk.window.inspector.isVisible()
    assert np.array_equal(desk.grid.tiles.ids, desk.window.pages.content.ids)
