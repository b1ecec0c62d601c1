"""Looking for faces in the window: roles, several pictures, layout, and the first matches before all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from faceapp.ports_search import Gallery, MatchSet
from faceapp.types_search import Filter, GroupBy, Role, Rows
from tests.ui.test_main_window_drops import outside, urls
from tests.ui.window import LEFT, NONE, WAIT_MS, Album, Desk, OpenDesk, album, desk, open_desk, wait_until

__all__ = ["album", "desk", "open_desk", "outside"]  # fixtures

A = ["a0.png A", "a1.png A", "ab.png A"]
B = ["ab.png B", "b1.png B"]

Write = Callable[..., Path]


class HeldGallery:
    """A gallery whose complete answers wait, and whose first ones come at once."""

    def __init__(self, real: Gallery) -> None:
        self._real = real
        self.is_ready = True
        self.may_search = threading.Event()
        self.may_search.set()

    @property
    def ready(self) -> bool:
        return self.is_ready

    @property
    def nearest_is_quick(self) -> bool:
        return True

    def search(self, *values: Any, **flags: Any) -> MatchSet:
        assert self.may_search.wait(WAIT_MS / 1000)
        return self._real.search(*values, **flags)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __len__(self) -> int:
        return len(self._real)


@pytest.fixture
def two(desk: Desk, outside: Write) -> Desk:
    """Return a desk that looks for A and B."""
    assert desk.drop(urls(outside("a.png", "A0"), outside("b.png", "B0")), desk.window.grid.viewport())
    return desk


def press(desk: Desk, at: int, key: Qt.Key | None = None) -> None:
    """Click a chip, or press a key on it."""
    chip = desk.chips()[at]
    if key is None:
        QTest.mouseClick(chip, LEFT)
    else:
        chip.setFocus()
        QTest.keyClick(chip, key)
    desk.settle()


def roles(desk: Desk) -> list[Role]:
    return [chip.role for chip in desk.chips()]


def test_a_click_on_a_chip_leaves_the_person_out_then_off(two: Desk) -> None:
    assert set(two.shown()) == {*A, *B}
    press(two, 1)
    assert roles(two) == [Role.INCLUDE, Role.EXCLUDE]
    assert two.shown() == ["a0.png A", "a1.png A"]  # B is in the other photo
    assert not two.bar.combine.isVisible()
    press(two, 1, Qt.Key.Key_Space)
    assert roles(two) == [Role.INCLUDE, Role.OFF]
    assert two.shown() == A
    press(two, 1, Qt.Key.Key_Return)
    assert set(two.shown()) == {*A, *B}
    assert two.bar.combine.isVisible()


def test_the_menu_of_a_chip(two: Desk) -> None:
    chip = two.chips()[0]
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(9, 9), chip.mapToGlobal(QPoint(9, 9)))
    QApplication.sendEvent(chip, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == "Switch &Off")
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
    two.settle()
    assert roles(two) == [Role.OFF, Role.INCLUDE]
    assert two.shown() == B
    press(two, 0, Qt.Key.Key_Delete)
    assert [chip.label() for chip in two.chips()] == ["b.png"]


def test_with_nobody_to_look_for_the_grid_says_so(desk: Desk) -> None:
    desk.search("a0.png A")
    press(desk, 0)
    assert desk.bar.isVisible()
    assert desk.shown() == []
    assert desk.bar.sentence() == "Choose at least one face to look for"
    assert desk.empty_words().startswith("Choose at least one face to look for")
    assert not desk.bar.name_button.isEnabled()
    press(desk, 0)
    press(desk, 0)
    assert desk.shown() == A
    assert desk.bar.sentence().startswith("3 faces in 3 photos")


def test_a_drop_on_the_bar_joins_the_search(desk: Desk, outside: Write) -> None:
    desk.search("a0.png A")
    assert desk.drop(urls(outside("b.png", "B0")), desk.bar)
    assert [chip.label() for chip in desk.chips()] == ["This face", "b.png"]
    assert set(desk.shown()) == {*A, *B}


def test_a_drop_with_shift_joins_the_search_anywhere(desk: Desk, outside: Write) -> None:
    desk.search("a0.png A")
    QTest.keyPress(desk.window, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    assert desk.drop(urls(outside("b.png", "B0")), desk.window.grid.viewport())
    QTest.keyRelease(desk.window, Qt.Key.Key_Shift)
    assert [chip.label() for chip in desk.chips()] == ["This face", "b.png"]
    assert desk.drop(urls(outside("c.png", "C0")), desk.window.grid.viewport())
    assert [chip.label() for chip in desk.chips()] == ["c.png"]


def test_faces_chosen_in_a_picture_on_the_bar_join_too(desk: Desk, outside: Write) -> None:
    desk.search("a0.png A")
    assert desk.drop(urls(outside("more.png", "B0", "C0")), desk.bar)
    QTest.mouseClick(desk.dialog().use_all, LEFT)  # type: ignore[attr-defined]
    desk.settle()
    assert [chip.label() for chip in desk.chips()] == ["This face", "more.png", "more.png"]
    assert set(desk.shown()) == {*A, *B, "c0.png C"}


def test_one_face_a_photo(two: Desk) -> None:
    two.bar.rows.choose(Rows.PHOTOS)
    two.settle()
    assert sorted(name.split()[0] for name in two.shown()) == ["a0.png", "a1.png", "ab.png", "b1.png"]
    assert two.bar.sentence().startswith("4 photos\n")
    assert two.bar.name_button.text() == "Name these 4…"


def test_parts_by_person_follow_a_name(two: Desk) -> None:
    two.bar.parts.choose(GroupBy.PERSON)
    two.settle()
    sections = list(two.window.query.sections())
    assert [(section.start, section.title, section.detail) for section in sections] == [(0, "Nobody yet", "5 faces")]
    two.services.people.name_faces([two.face(name) for name in B], "Ben")
    two.window.query.refresh()
    two.settle()
    sections = list(two.window.query.sections())
    assert [(section.start, section.title) for section in sections] == [(0, "Ben"), (2, "Nobody yet")]
    assert set(two.shown()[:2]) == set(B)
    assert two.bar.view.text() == "By person"
    two.window.searching.step(0.5)
    assert len(two.shown()) == sum(int(section.detail.split()[0]) for section in two.window.query.sections())


def test_a_filter_narrows_the_matches(two: Desk) -> None:
    two.services.people.name_faces([two.face(name) for name in B], "Ben")
    two.window.query.set_filter(Filter(named=True))
    two.settle()
    assert set(two.shown()) == set(B)
    two.window.query.set_filter(Filter())
    two.settle()
    assert set(two.shown()) == {*A, *B}


def test_keeping_is_asked_for(desk: Desk) -> None:
    asked: list[bool] = []
    desk.search("a0.png A")
    desk.window.searching.keep_requested.connect(lambda: asked.append(True))
    QTest.mouseClick(desk.bar.keep_button, LEFT)
    assert asked == [True]


def test_a_search_that_was_kept_is_shown_with_all_its_chips(two: Desk) -> None:
    press(two, 1)
    two.bar.rows.choose(Rows.PHOTOS)
    two.settle()
    kept, shown = two.window.query.search(), two.shown()
    two.button(two.bar.close_button)
    two.bar.rows.choose(Rows.FACES)
    two.window.query.load(kept)
    two.settle()
    assert two.bar.isVisible()
    assert [(chip.label(), chip.role) for chip in two.chips()] == [("a.png", Role.INCLUDE), ("b.png", Role.EXCLUDE)]
    assert two.shown() == shown
    assert two.bar.rows.choice() is Rows.PHOTOS


# The first matches, then all


@pytest.fixture
def held(open_desk: OpenDesk, album: Album) -> tuple[Desk, HeldGallery]:
    galleries: list[HeldGallery] = []

    def hold(real: Gallery) -> Gallery:
        galleries.append(HeldGallery(real))
        return galleries[0]  # type: ignore[return-value]

    desk = open_desk(album.folder, gallery=hold)
    return desk, galleries[0]


def test_the_first_matches_show_while_all_are_looked_for(held: tuple[Desk, HeldGallery]) -> None:
    desk, gallery = held
    desk.page("faces")
    gallery.may_search.clear()
    query, grid = desk.window.query, desk.window.grid
    desk.window.searching.search_face(desk.face("a0.png A"))
    wait_until(lambda: query.matches is not None, "the first matches")
    assert desk.shown() == A
    assert desk.bar.sentence() == "First matches…\nSearching…"
    assert not desk.bar.name_button.isEnabled()
    assert desk.bar.slider.marks() is None
    assert desk.window.searching.face_ids() == []
    chosen = desk.face("a1.png A")
    QTest.mouseClick(grid.viewport(), LEFT, NONE, desk.place(chosen))
    gallery.may_search.set()
    desk.settle()
    assert query.complete
    assert desk.bar.sentence().startswith("3 faces in 3 photos\n")
    assert desk.bar.slider.marks() is not None
    assert desk.shown() == A
    assert grid.selected_ids() == [chosen]


def test_the_bar_says_that_the_library_is_being_loaded(held: tuple[Desk, HeldGallery]) -> None:
    desk, gallery = held
    gallery.is_ready = False
    desk.window.searching.search_face(desk.face("a0.png A"))
    wait_until(lambda: desk.window.query.loading, "the wait")
    assert desk.bar.sentence() == "The library is being loaded…"
    gallery.is_ready = True
    wait_until(lambda: desk.window.query.complete, "the answer")
    desk.settle()
    assert desk.shown() == A
