"""Albums that follow the library, by real clicks and keys: keeping, opening, counting, changing, removing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from faceapp.types_search import Filter, Search
from tests.ui.album_desk import AlbumDesk, album_desk
from tests.ui.window import wait_until

__all__ = ["album_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ANNA, BEN, SOMEBODY = 1, 6, 9  # a face of each


def search(desk: AlbumDesk, face_id: int) -> None:
    desk.page("faces")
    desk.click(face_id)
    assert desk.window.query.active


def keep_anna(desk: AlbumDesk, name: str = "") -> int:
    search(desk, ANNA)
    desk.act("keep_album")
    desk.keep(name)
    return next(iter(desk.store.album_list))


def test_a_search_is_kept_listed_and_counted(album_desk: AlbumDesk) -> None:
    desk = album_desk
    assert not desk.window.actions_by_id["keep_album"].isEnabled()
    search(desk, ANNA)
    desk.act("keep_album")
    dialog = desk.window.albums.dialog
    assert dialog is not None
    assert dialog.edit.text() == "Anna"
    desk.keep("Anna in Rome")
    assert desk.albums() == ["Anna in Rome, 5"]
    assert desk.highlighted() == [("album", 1)]
    kept = desk.store.album_list[1].search
    assert [face.face_id for face in kept.faces] == [ANNA]
    assert kept.threshold == pytest.approx(desk.window.query.threshold)


def test_it_opens_with_its_filter_and_leaves_nothing_behind(album_desk: AlbumDesk) -> None:
    desk = album_desk
    search(desk, ANNA)
    desk.window.filtering.take(Filter(least_size=100))
    desk.settle()
    desk.act("keep_album")
    desk.keep()
    desk.page("photos")
    assert desk.chips() == []
    assert not desk.window.query.active
    assert desk.highlighted() == [("photos",)]
    desk.open_album(1)
    assert desk.window.query.active
    assert sorted(desk.ids()) == [1, 2, 3, 4, 5]
    assert desk.filter_words() == ["100 px and larger"]
    assert desk.highlighted() == [("album", 1)]
    desk.key_on(desk.grid, Qt.Key.Key_Escape)
    assert not desk.window.query.active
    assert desk.chips() == []
    assert desk.highlighted() == [("photos",)]


def test_new_faces_join_by_themselves(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    desk.page("photos")
    desk.store.faces_of(0, 2, year=2020)
    desk.window.session.announce_guessed()
    desk.settle()
    assert desk.albums() == ["Anna, 7"]
    desk.open_album(1)
    assert len(desk.ids()) == 7
    desk.store.faces_of(0, 1, year=2021)
    desk.window.session.announce_guessed()
    desk.settle()
    assert len(desk.ids()) == 8
    assert desk.albums() == ["Anna, 8"]


def test_nothing_is_counted_while_the_library_is_loaded(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    desk.page("photos")
    desk.store.ready = False
    asked = len(desk.store.asked)
    desk.store.faces_of(0, 1, year=2020)
    desk.window.session.announce_guessed()
    timeouts: list[None] = []
    desk.window.albums.counts._timer.timeout.connect(lambda: timeouts.append(None))
    wait_until(lambda: len(timeouts) >= 3, "tries to count")
    assert len(desk.store.asked) == asked
    desk.store.ready = True
    desk.settle()
    assert desk.albums() == ["Anna, 6"]


def test_removing_can_be_undone_by_the_notice_and_by_keys(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    desk.page("photos")
    desk.choose_in_menu(1, "&Remove")
    assert desk.albums() == []
    assert "“Anna” was removed" in desk.window.notice.text()
    desk.press(desk.window.notice._action)
    assert desk.albums() == ["Anna, 5"]
    assert not desk.window.notice.isVisible()
    desk.choose_in_menu(1, "&Remove")
    desk.act("undo")
    assert desk.albums() == ["Anna, 5"]
    assert not desk.window.notice.isVisible()
    desk.act("redo")
    assert desk.albums() == []


def test_the_offer_to_undo_goes_with_the_next_step(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    desk.act("remove_album")
    assert desk.window.query.active  # the search stays on
    assert desk.highlighted() == [("faces",)]
    assert desk.window.notice.isVisible()
    desk.act("keep_album")
    desk.keep("Again")
    assert not desk.window.notice.isVisible()


def test_a_changed_search_changes_the_album_or_becomes_another(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    desk.window.filtering.take(Filter(people=(1,), named=True))
    desk.settle()
    desk.press(desk.window.match_bar.keep_button)
    dialog = desk.window.albums.dialog
    assert dialog is not None
    assert dialog.ok.text() == "Change “Anna”"
    assert not dialog.new.isEnabled()  # the name is taken
    desk.keep()
    assert desk.store.album_list[1].search.filter == Filter(people=(1,), named=True)
    desk.window.filtering.take(Filter())
    desk.act("keep_album")
    dialog = desk.window.albums.dialog
    assert dialog is not None
    dialog.edit.selectAll()
    QTest.keyClicks(dialog.edit, "All of Anna")
    desk.press(dialog.new)
    assert desk.albums() == ["All of Anna, 5", "Anna, 5"]
    assert desk.highlighted() == [("album", 3)]
    assert desk.store.album_list[3].search.filter.empty


def test_the_menu_of_a_row(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    desk.page("photos")
    assert not desk.menu(1)["Re&place with the Present Search"].isEnabled()
    desk.choose_in_menu(1, "&Open")
    assert desk.window.query.active
    desk.choose_in_menu(1, "Re&name…")
    desk.keep("Annabel")
    assert desk.albums() == ["Annabel, 5"]
    search(desk, BEN)
    assert desk.highlighted() == [("faces",)]
    desk.choose_in_menu(1, "Re&place with the Present Search")
    assert desk.albums() == ["Annabel, 3"]
    desk.act("undo")
    assert desk.albums() == ["Annabel, 5"]


def test_another_search_is_not_the_album(album_desk: AlbumDesk) -> None:
    desk = album_desk
    search(desk, ANNA)
    desk.window.filtering.take(Filter(least_size=100))
    desk.act("keep_album")
    desk.keep()
    assert desk.window.actions_by_id["update_album"].isEnabled()
    desk.window.searching.search_face(SOMEBODY)
    desk.settle()
    assert desk.window.albums.current is None
    assert not desk.window.actions_by_id["update_album"].isEnabled()
    assert desk.chips() == []
    assert desk.highlighted() == [("faces",)]


def test_a_name_that_another_album_has_is_refused(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    search(desk, BEN)
    desk.act("keep_album")
    dialog = desk.window.albums.dialog
    assert dialog is not None
    assert dialog.edit.text() == "Ben"
    dialog.edit.selectAll()
    QTest.keyClicks(dialog.edit, "ANNA")
    assert not dialog.ok.isEnabled()
    assert dialog.hint() == "Another album has this name."
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.edit, Qt.Key.Key_Escape)
    desk.settle()
    assert len(desk.store.album_list) == 1


def test_an_album_of_a_filter_alone_is_a_page_of_photos(album_desk: AlbumDesk) -> None:
    desk = album_desk
    desk.window.filtering.take(Filter(people=(2,)))
    desk.settle()
    desk.press(desk.window.filter_bar.keep)
    dialog = desk.window.albums.dialog
    assert dialog is not None
    assert dialog.edit.text() == "Ben"
    desk.keep("Photos of Ben")
    assert desk.albums() == ["Photos of Ben, 3"]
    assert desk.key == ("album", 1)
    assert not desk.store.album_list[1].search.faces
    desk.page("photos")
    assert desk.chips() == []
    assert len(desk.ids()) == 10
    desk.open_album(1)
    assert desk.filter_words() == ["Ben"]
    assert sorted(desk.ids()) == [1006, 1007, 1008]
    desk.press(desk.chips()[0])  # the last part of the filter leads out of the album
    assert desk.key == ("photos",)
    assert len(desk.ids()) == 10
    assert desk.highlighted() == [("photos",)]


def test_from_a_page_album_to_a_search_album_and_back(album_desk: AlbumDesk) -> None:
    desk = album_desk
    keep_anna(desk)
    desk.store.save_album("Of Ben", Search((), desk.window.query.combine, 0.4, Filter(people=(2,))))
    desk.page("photos")
    desk.window.session.refresh_overview()
    desk.settle()
    desk.open_album(2)
    assert desk.filter_words() == ["Ben"]
    desk.open_album(1)
    assert desk.window.query.active
    assert desk.chips() == []
    desk.open_album(2)
    assert not desk.window.query.active
    assert desk.filter_words() == ["Ben"]
    assert desk.highlighted() == [("album", 2)]
    desk.act("remove_album")
    assert desk.key == ("photos",)
    assert desk.chips() == []
