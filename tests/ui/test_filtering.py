"""The filter by real clicks and keys: panel, chips, pages, matches; and its words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from faceapp.types import IdArray
from faceapp.types_search import NO_FILTER, Filter
from faceapp.ui import filter_words
from faceapp.ui.widgets.date_field import DateField, parse
from tests.ui.album_desk import AlbumDesk, album_desk

__all__ = ["album_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# Words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), "2019"),
        (date(2019, 1, 1), date(2020, 12, 31), "2019 to 2020"),
        (date(2019, 1, 1), None, "since 2019"),
        (None, date(2019, 12, 31), "until 2019"),
        (date(2019, 5, 1), None, "since May 1, 2019"),
        (date(2019, 5, 1), date(2019, 5, 1), "May 1, 2019"),
        (date(2019, 1, 1), date(2020, 6, 3), "January 1, 2019 to June 3, 2020"),
        (None, None, ""),
    ],
)
def test_a_span_of_days_in_words(first: date | None, last: date | None, words: str) -> None:
    assert filter_words.dates(first, last) == words


def test_each_part_leaves_the_others() -> None:
    only = Filter((1, 2), date(2019, 1, 1), date(2020, 12, 31), (7,), named=True, least_size=1200, clear=True)
    parts = filter_words.parts(only, {1: "Anna"}, {7: "Rome"})
    assert [part.text for part in parts] == [
        "Anna",
        "Somebody who is gone",
        "2019 to 2020",
        "Rome",
        "with a name",
        "1,200 px and larger",
        "clear",
    ]
    assert parts[2].spoken == "taken 2019 to 2020"
    for part in parts:
        again = [left.text for left in filter_words.parts(part.rest, {1: "Anna"}, {7: "Rome"})]
        assert again == [other.text for other in parts if other is not part]
    assert filter_words.parts(NO_FILTER, {}, {}) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", None, None),
        ("  2019 ", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-03", date(2020, 2, 3), date(2020, 2, 3)),
        ("May 2019", date(2019, 5, 1), date(2019, 5, 31)),
        ("5/2019", date(2019, 5, 1), date(2019, 5, 31)),
        ("July 14, 2009", date(2009, 7, 14), date(2009, 7, 14)),
        ("7/14/2009", date(2009, 7, 14), date(2009, 7, 14)),
        ("14.7.2009", date(2009, 7, 14), date(2009, 7, 14)),
    ],
)
def test_days_as_people_write_them(text: str, first: date | None, last: date | None) -> None:
    assert parse(text, last=False) == first
    assert parse(text, last=True) == last


@pytest.mark.parametrize("text", ["soon", "20", "2019-13", "2019-02-30", "0999", "9999-1-1"])
def test_what_means_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse(text, last=False)


def test_the_field_follows_what_is_typed(qapp: QApplication) -> None:
    field = DateField("From", last=False)
    heard: list[date | None] = []
    field.edited.connect(lambda: heard.append(field.day))
    QTest.keyClicks(field, "2019")
    assert heard == [date(2019, 1, 1)]
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.day == date(2019, 1, 2)
    field.selectAll()
    QTest.keyClicks(field, "never")
    assert not field.valid
    assert field.day == date(2019, 1, 2)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.valid
    assert field.text() == "1/2/2019"
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.day is None


# In the window


def test_the_panel_opens_by_key_and_goes_by_escape(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.act("filter")
    panel = desk.window.filter_panel
    assert panel.isVisible()
    assert panel.people.hasFocus()
    assert desk.window.top_bar.filter.isChecked()
    assert [action.text() for action in panel.when_menu.actions() if action.text().isdigit()] == [
        "2019",
        "2018",
        "2017",
        "2016",
        "2015",
    ]
    right = panel.geometry().right()
    assert right <= desk.window.width()
    desk.window.resize(1100, 800)
    assert panel.geometry().right() < right
    desk.key_on(panel.people, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert desk.grid.hasFocus()
    assert not desk.window.top_bar.filter.isChecked()
    desk.press(desk.window.top_bar.filter)
    assert panel.isVisible()
    desk.press(desk.window.top_bar.filter)
    assert not panel.isVisible()


def test_parts_combine_and_show_as_chips(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.act("filter")
    panel = desk.window.filter_panel
    desk.type(panel.people, "ann")
    desk.key_on(panel.people, Qt.Key.Key_Return)
    assert desk.filter_words() == []  # no person of that name
    desk.type(panel.people, "a")
    desk.key_on(panel.people, Qt.Key.Key_Return)
    assert desk.filter_words() == ["Anna"]
    assert len(desk.ids()) == 5
    desk.type(panel.taken_from, "2017")
    assert desk.filter_words() == ["Anna", "since 2017"]
    assert len(desk.ids()) == 3
    next(action for action in panel.when_menu.actions() if action.text() == "2018").trigger()
    desk.settle()
    assert desk.filter_words() == ["Anna", "2018"]
    assert desk.ids() == [1004]
    desk.type(panel.least, "300")
    assert desk.ids() == []
    assert desk.window.filtering.filter == Filter((1,), date(2018, 1, 1), date(2018, 12, 31), least_size=300)
    desk.press(panel.clear)
    assert desk.filter_words() == []
    assert len(desk.ids()) == 10
    assert panel.least.text() == ""


def test_a_page_is_read_once_when_the_user_rests(album_desk: AlbumDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = album_desk
    reads: list[Filter] = []
    real = desk.store.photo_ids

    def counting(*, only: Filter = NO_FILTER, **more: Any) -> IdArray:
        reads.append(only)
        return real(only=only, **more)

    monkeypatch.setattr(desk.store, "photo_ids", counting)
    desk.act("filter")
    reads.clear()
    QTest.keyClicks(desk.window.filter_panel.least, "150")
    assert desk.filter_words() == ["150 px and larger"]  # the chip does not wait
    desk.settle()
    assert {only.least_size for only in reads if not only.empty} == {150}


def test_escape_closes_the_panel_before_it_ends_the_search(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.page("faces")
    desk.click(1)
    desk.act("filter")
    desk.key_on(desk.grid, Qt.Key.Key_Escape)
    assert not desk.window.filter_panel.isVisible()
    assert desk.window.query.active
    desk.key_on(desk.grid, Qt.Key.Key_Escape)
    assert not desk.window.query.active


def test_chips_are_taken_out_by_click_and_by_key(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.window.filtering.take(Filter((1,), date(2019, 1, 1), date(2020, 12, 31), named=True))
    desk.settle()
    assert desk.filter_words() == ["Anna", "2019 to 2020", "with a name"]
    assert desk.chips()[1].accessibleName() == "Filter: taken 2019 to 2020. Remove"
    desk.press(desk.chips()[1])
    assert desk.filter_words() == ["Anna", "with a name"]
    assert len(desk.ids()) == 5
    desk.chips()[0].setFocus()
    desk.key_on(desk.chips()[0], Qt.Key.Key_Delete)
    assert desk.filter_words() == ["with a name"]
    assert desk.chips()[0].hasFocus()
    assert len(desk.ids()) == 8
    desk.window.filter_bar.clear.setFocus()
    desk.key_on(desk.window.filter_bar.clear, Qt.Key.Key_Space)
    assert desk.grid.hasFocus()
    assert not desk.window.filter_bar.isVisible()
    assert len(desk.ids()) == 10


def test_it_holds_from_page_to_page_where_it_makes_sense(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.window.filtering.take(Filter((2,)))
    desk.settle()
    assert sorted(desk.ids()) == [1006, 1007, 1008]
    desk.page("faces")
    assert sorted(desk.ids()) == [6, 7, 8]
    desk.act("filter")
    desk.page("people")
    assert not desk.window.filter_bar.isVisible()
    assert not desk.window.filter_panel.isVisible()
    assert not desk.window.top_bar.filter.isEnabled()
    assert not desk.window.actions_by_id["filter"].isEnabled()
    assert not desk.window.actions_by_id["clear_filter"].isEnabled()
    desk.page("faces")
    assert desk.filter_words() == ["Ben"]
    desk.act("clear_filter")
    assert len(desk.ids()) == 10


def test_matches_are_filtered_and_so_is_the_page_behind_them(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.page("faces")
    desk.click(1)
    assert sorted(desk.ids()) == [1, 2, 3, 4, 5]
    assert not desk.window.filter_bar.keep.isVisible()
    desk.window.filtering.take(Filter(taken_from=date(2018, 1, 1)))
    desk.settle()
    assert sorted(desk.ids()) == [4, 5]
    assert desk.store.asked[-1]["allowed"].tolist() == [4, 5, 6, 7, 8, 9, 10]
    assert desk.filter_words() == ["since 2018"]
    desk.act("close_query")
    assert sorted(desk.ids()) == [4, 5, 6, 7, 8, 9, 10]
    assert desk.window.filter_bar.keep.isVisible()


def test_another_library_begins_without_a_filter(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.window.filtering.take(Filter((1,)))
    desk.settle()
    desk.window.session.opened.emit()  # the same library, with another model
    desk.settle()
    assert desk.filter_words() == ["Anna"]
    services = desk.window.session.services
    object.__setattr__(services, "config", type(services.config)(library_dir=desk.store.folder / "other"))
    desk.window.session.opened.emit()
    desk.settle()
    assert desk.filter_words() == []
    assert len(desk.ids()) == 10


def test_names_of_chips_follow_the_library(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.window.filtering.take(Filter((1,)))
    desk.settle()
    desk.store.names[1] = "Annabel"
    desk.window.session.announce_guessed()
    desk.settle()
    assert desk.filter_words() == ["Annabel"]
