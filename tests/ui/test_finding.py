"""The search field in the window: what it offers and where it leads."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from faceapp.types import Combine
from faceapp.types_search import Filter, Search
from tests.ui.album_desk import AlbumDesk, album_desk
from tests.ui.window import wait_until

__all__ = ["album_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENTER = Qt.Key.Key_Return


def typed(desk: AlbumDesk, text: str) -> None:
    """Go to the field by its shortcut and type."""
    desk.act("find_person")
    assert desk.window.top_bar.search.hasFocus()
    desk.type(desk.window.top_bar.search, text)


def find(desk: AlbumDesk, text: str) -> None:
    typed(desk, text)
    desk.key_on(desk.window.top_bar.search, ENTER)


def offered(desk: AlbumDesk) -> list[str]:
    popup = desk.window.top_bar.search.popup
    return [row.text for row in popup.list.rows] if popup.isVisible() else []


def test_a_person_opens_her_page(album_desk: AlbumDesk) -> None:
    typed(album_desk, "an")
    assert offered(album_desk) == ["PEOPLE", "Anna"]
    album_desk.key_on(album_desk.window.top_bar.search, ENTER)
    assert album_desk.key == ("person", 1)
    assert album_desk.window.top_bar.search.text() == ""
    assert album_desk.grid.hasFocus()


def test_words_together_filter_all_photos(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.page("people")
    find(desk, "anna 2018")
    assert desk.key == ("photos",)
    assert desk.filter_words() == ["Anna", "2018"]
    assert len(desk.ids()) == 1
    assert desk.window.filtering.filter == Filter((1,), date(2018, 1, 1), date(2018, 12, 31))


def test_a_search_takes_the_place_of_the_one_before(album_desk: AlbumDesk) -> None:
    find(album_desk, "anna 2018")
    find(album_desk, "May 2017")
    assert album_desk.filter_words() == ["May 2017"]


def test_dates_are_offered_where_photos_are(album_desk: AlbumDesk) -> None:
    typed(album_desk, "20")
    assert offered(album_desk) == ["DATES", "2019", "2018", "2017", "2016", "2015"]
    QTest.keyClick(album_desk.window.top_bar.search, Qt.Key.Key_Down)
    album_desk.key_on(album_desk.window.top_bar.search, ENTER)
    assert album_desk.filter_words() == ["2018"]


def test_a_folder_and_an_album_open(album_desk: AlbumDesk) -> None:
    desk = album_desk
    folder = desk.store.folder.name
    find(desk, folder)
    assert desk.key == ("folder", 1)
    desk.store.save_album("Hiking crew", Search((), Combine.ANY, 0.4, Filter(people=(2,))))
    desk.window.session.refresh_overview()
    desk.settle()
    find(desk, "hik")
    assert desk.key == ("album", 1)
    assert len(desk.ids()) == 3


def test_it_leaves_an_open_album_and_its_filter(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.store.save_album("Bens", Search((), Combine.ANY, 0.4, Filter(people=(2,))))
    desk.window.session.refresh_overview()
    desk.settle()
    find(desk, "bens")
    find(desk, "2019")
    assert desk.key == ("photos",)
    assert desk.filter_words() == ["2019"]


def test_what_is_not_understood_is_said(album_desk: AlbumDesk) -> None:
    desk = album_desk
    typed(desk, "xyz")
    assert offered(desk) == ["Nothing is called “xyz”."]
    desk.key_on(desk.window.top_bar.search, ENTER)
    assert desk.key == ("photos",)
    assert "xyz" in desk.window.status.text()
    find(desk, "ben xyz")
    assert desk.filter_words() == ["Ben"]
    assert desk.window.notice.text() == "Nothing is called “xyz”."


def test_escape_goes_back_to_the_photos(album_desk: AlbumDesk) -> None:
    typed(album_desk, "an")
    album_desk.key_on(album_desk.window.top_bar.search, Qt.Key.Key_Escape)
    assert album_desk.grid.hasFocus()
    assert offered(album_desk) == []
    assert album_desk.window.top_bar.search.text() == ""


def test_recent_searches_are_offered_again_until_they_are_cleared(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.act("find_person")
    assert offered(desk) == []
    find(desk, "anna 2018")
    find(desk, "ben")
    typed(desk, "")
    assert offered(desk) == ["RECENT SEARCHES", "Ben", "Anna · 2018", "Clear recent searches"]
    QTest.keyClick(desk.window.top_bar.search, Qt.Key.Key_Down)
    desk.key_on(desk.window.top_bar.search, ENTER)
    assert desk.filter_words() == ["Anna", "2018"]
    typed(desk, "")
    QTest.keyClick(desk.window.top_bar.search, Qt.Key.Key_Up)
    desk.key_on(desk.window.top_bar.search, ENTER)
    assert desk.window.finding.recent.kept == []
    assert offered(desk) == []


def test_a_name_that_was_just_given_is_found(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.act("find_person")
    desk.store.names[3] = "Clara"
    desk.store.faces_of(3, 1, person=3, standing=1, year=2014)
    desk.window.session.refresh_overview()
    desk.settle()
    desk.type(desk.window.top_bar.search, "cla")
    assert offered(desk) == ["PEOPLE", "Clara"]


def test_enter_before_the_names_are_read_waits_for_them(album_desk: AlbumDesk) -> None:
    desk = album_desk
    field = desk.window.top_bar.search
    desk.window.activateWindow()
    wait_until(desk.window.isActiveWindow, "the window in front")
    field.setFocus()
    assert field.hasFocus()
    QTest.keyClicks(field, "ben")
    QTest.keyClick(field, ENTER)
    desk.settle()
    assert desk.key == ("person", 2)
