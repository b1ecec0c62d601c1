"""The command palette: what it finds, and that everything in it can be done from the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from faceapp.types import Combine
from faceapp.types_search import Filter, Search
from faceapp.ui import commands
from faceapp.ui.palette import Entry, bare, rank
from faceapp.ui.widgets.palette_view import PaletteView
from faceapp.ui.widgets.result_list import Row
from tests.ui.album_desk import AlbumDesk, album_desk

__all__ = ["album_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


# Ranking


def entry(text: str, menu: str = "View", *, enabled: bool = True) -> Entry:
    return Entry(Row(text, enabled=enabled, target=f"action:{text}"), menu)


ENTRIES = [
    entry("Unnamed Groups"),
    entry("Group All Faces Anew", "People"),
    entry("Undo", "Edit", enabled=False),
    entry("Larger Tiles"),
    entry("Light"),
]


def found(query: str, *used: str, others: tuple[tuple[float, Row], ...] = ()) -> list[str]:
    return [row.text for row in rank(query, ENTRIES, others, used)]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("group", ["Group All Faces Anew", "Unnamed Groups"]),
        ("ug", ["Unnamed Groups"]),
        ("GRÖUP an", ["Group All Faces Anew"]),
        ("view light", ["Light"]),
        ("l", ["Light", "Larger Tiles"]),
        ("un", ["Unnamed Groups", "Undo"]),  # what is off comes last
        ("xyz", []),
    ],
)
def test_the_best_goes_first(query: str, texts: list[str]) -> None:
    assert found(query)[: len(texts)] == texts
    assert bool(found(query)) == bool(texts)


def test_what_was_used_of_late_goes_ahead_of_its_equals() -> None:
    assert found("l", "action:Larger Tiles")[0] == "Larger Tiles"
    assert found("l", "action:Light", "action:Larger Tiles")[0] == "Light"
    assert found("un", "action:Undo") == ["Unnamed Groups", "Undo"]


def test_people_rank_among_the_actions() -> None:
    others = ((0.9, Row("Lisa", target="person:1")), (0.5, Row("Emil", target="person:2")))
    assert found("l", others=others)[:2] == ["Lisa", "Light"]
    assert found("l", others=others).index("Emil") > 2


def test_letters_far_apart_are_for_when_nothing_else_fits() -> None:
    assert found("lrg") == ["Larger Tiles"]
    assert found("la") == ["Larger Tiles"]  # not "Light ... a"


@pytest.mark.parametrize(
    ("title", "words"),
    [("&File", "File"), ("文件(&F)", "文件"), ("History…", "History"), ("Fil&ter…", "Filter"), ("&", "&")],
)
def test_the_bare_words_of_a_menu(title: str, words: str) -> None:
    assert bare(title) == words


# In the window


def view(desk: AlbumDesk) -> PaletteView:
    return desk.window.command_palette.view


def shown(desk: AlbumDesk, text: str = "") -> list[str]:
    """Open the palette, type, and return what it lists."""
    desk.act("palette")
    assert view(desk).line.hasFocus()
    desk.type(view(desk).line, text)
    return [row.text for row in view(desk).list.rows]


def choose(desk: AlbumDesk, text: str) -> None:
    shown(desk, text)
    desk.key_on(view(desk).line, ENTER)
    assert not view(desk).isVisible()


def test_it_lists_every_action_that_is_on_with_its_shortcut(album_desk: AlbumDesk) -> None:
    listed = {row.target: row for row in (shown(album_desk) and view(album_desk).list.rows) if not row.heading}
    for _menu, menu in commands.MENUS:
        for command in menu:
            if not command.id or command.id == "palette":
                continue
            action = album_desk.window.actions_by_id[command.id]
            row = listed.get(f"action:{command.id}")
            assert (row is not None) == action.isEnabled(), command.id
            assert row is None or row.keys == action.shortcut().toString()


def test_a_person_is_found_and_opened(album_desk: AlbumDesk) -> None:
    shown(album_desk, "ann")
    row = view(album_desk).list.current()
    assert row is not None
    assert row.spoken == "Anna, person, 5 photos"
    assert row.face_id is not None
    album_desk.key_on(view(album_desk).line, ENTER)
    assert album_desk.key == ("person", 1)


def test_pages_folders_albums_and_recent_searches_open(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.store.save_album("Hiking crew", Search((), Combine.ANY, 0.4, Filter(people=(2,))))
    desk.window.session.refresh_overview()
    desk.settle()
    choose(desk, "unn gro")
    assert desk.key == ("groups",)
    choose(desk, "hik")
    assert desk.key == ("album", 1)
    choose(desk, desk.store.folder.name)
    assert desk.key == ("folder", 1)
    desk.act("find_person")
    desk.type(desk.window.top_bar.search, "ben 2018")
    desk.key_on(desk.window.top_bar.search, ENTER)
    desk.window.filtering.clear()
    choose(desk, "2018")
    assert desk.filter_words() == ["Ben", "2018"]


def test_an_action_does_what_its_menu_does(album_desk: AlbumDesk) -> None:
    panel = album_desk.window.actions_by_id["inspector"]
    before = panel.isChecked()
    choose(album_desk, "information p")
    assert panel.isChecked() is not before
    assert album_desk.grid.hasFocus()


def test_what_is_off_is_shown_but_cannot_be_chosen(album_desk: AlbumDesk) -> None:
    desk = album_desk
    assert not desk.window.actions_by_id["rename_album"].isEnabled()
    assert shown(desk, "rename the album") == ["Rename the Album"]
    assert view(desk).list.current() is None
    desk.key_on(view(desk).line, ENTER)
    assert view(desk).isVisible()


def test_nothing_found_is_said(album_desk: AlbumDesk) -> None:
    assert shown(album_desk, "qqq") == ["Nothing is called “qqq”."]


def test_what_was_used_last_is_first_next_time(album_desk: AlbumDesk) -> None:
    choose(album_desk, "ben")
    choose(album_desk, "hist")
    rows = shown(album_desk)
    assert rows[:3] == ["USED LAST", "History", "Ben"]
    album_desk.key_on(view(album_desk).line, ENTER)
    assert album_desk.key == ("history",)


def test_it_closes_by_escape_by_its_keys_and_by_a_click_beside_it(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.grid.setFocus()
    shown(desk, "an")
    desk.key_on(view(desk).line, ESCAPE)
    assert not view(desk).isVisible()
    assert desk.grid.hasFocus()
    assert shown(desk, "") != ["an"]
    assert view(desk).line.text() == ""
    QTest.keyClick(view(desk).line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not view(desk).isVisible()
    shown(desk)
    QTest.mouseClick(view(desk), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not view(desk).isVisible()
    assert desk.grid.hasFocus()


def test_behind_it_no_key_does_anything(album_desk: AlbumDesk) -> None:
    desk = album_desk
    shown(desk)
    for key in (Qt.Key.Key_2, Qt.Key.Key_L):
        QTest.keyClick(view(desk).line, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view(desk).line, Qt.Key.Key_Tab)
    desk.settle()
    assert desk.key == ("photos",)
    assert not desk.window.filter_panel.isVisible()
    assert view(desk).line.hasFocus()


def test_arrows_and_pages_move_and_a_click_chooses(album_desk: AlbumDesk) -> None:
    desk = album_desk
    shown(desk)
    rows = view(desk).list
    first = rows.currentIndex().row()
    QTest.keyClick(view(desk).line, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == first + 1
    QTest.keyClick(view(desk).line, Qt.Key.Key_PageDown)
    paged = rows.currentIndex().row()
    assert paged > first + 4
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))
    QTest.keyClick(view(desk).line, Qt.Key.Key_PageUp)
    assert rows.currentIndex().row() < paged
    desk.type(view(desk).line, "ben")
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.currentIndex()).center())
    desk.settle()
    assert desk.key == ("person", 2)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (700, 420)])
def test_the_card_stays_within_the_window(album_desk: AlbumDesk, width: int, height: int) -> None:
    desk = album_desk
    shown(desk)
    desk.window.resize(width, height)
    desk.settle()
    card = view(desk).card.geometry()
    assert desk.window.rect().contains(card)
    assert abs(card.center().x() - desk.window.rect().center().x()) <= 1


def test_five_thousand_people_are_searched(album_desk: AlbumDesk) -> None:
    """Only what is shown becomes rows."""
    desk = album_desk
    desk.store.names |= {number: f"Person {number}" for number in range(10, 5_010)}
    desk.window.session.refresh_overview()
    desk.settle()
    rows = shown(desk, "person 44")
    assert rows[0] == "Person 44"
    assert len(rows) <= 40
