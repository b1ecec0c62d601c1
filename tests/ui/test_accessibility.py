"""Every page and dialog without a mouse and without sight: names, roles, the Tab key, the look of the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import Shiboken

from faceapp.ports import Services
from faceapp.types import Box
from faceapp.types_people import Regrouping
from faceapp.ui import commands, theme
from faceapp.ui.main_window import MainWindow
from faceapp.ui.widgets.face_picker import FacePicker
from tests.ui.accessibility import Walk
from tests.ui.furnished_desk import ANNA, GROUP, EmptyStore, FurnishedDesk, FurnishedStore

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PAGES: dict[str, Callable[[FurnishedDesk], None]] = {
    "photos": lambda desk: desk.page("photos"),
    "faces": lambda desk: desk.page("faces"),
    "people": lambda desk: desk.page("people"),
    "person": lambda desk: desk.page("person", ANNA),
    "groups": lambda desk: desk.page("groups"),
    "group": lambda desk: desk.page("group", GROUP),
    "review": lambda desk: desk.page("review"),
    "hidden": lambda desk: desk.page("hidden"),
    "history": lambda desk: desk.page("history"),
    "problems": lambda desk: desk.page("problems"),
    "models": lambda desk: desk.page("models"),
    "evaluate": lambda desk: desk.page("evaluate"),
    "matches": FurnishedDesk.search,
    "album": FurnishedDesk.keep_album,
    "viewer": FurnishedDesk.view,
}
QUESTIONS = 2  # tiles selected at most while actions are tried
PARTED = Regrouping(2, 5, 1, 0, 0, 2, 0, 0, 5, 0.1, changed=5)


class Furnished(FurnishedStore):
    """Grouping anew would change something, so that it asks first."""

    def services(self, library: Path) -> Services:
        groups = SimpleNamespace(regroup=lambda **_: PARTED, follow=lambda **_: PARTED)
        return replace(super().services(library), groups=cast(Any, groups))


OpenFurnished = Callable[[type[Any]], FurnishedDesk]


@pytest.fixture
def open_furnished(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[Any], FurnishedDesk]]:
    """Return a function that opens a window over a store made of a folder."""
    before = qapp.styleSheet()
    theme.apply(qapp, "light")
    desks: list[FurnishedDesk] = []
    (tmp_path / "1.jpg").touch()

    def make(store: Any) -> FurnishedDesk:
        desks.append(FurnishedDesk(store, tmp_path / "library"))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet(before)


@pytest.fixture
def furnished(open_furnished: Callable[[Any], FurnishedDesk], tmp_path: Path) -> FurnishedDesk:
    return open_furnished(Furnished(tmp_path))


def regions(window: MainWindow) -> Sequence[QWidget]:
    return (window.top_bar, window.sidebar, window.notice, window._stack, window.side, window.status)


def look_at(desk: FurnishedDesk) -> list[str]:
    """Return what is wrong with what the window shows."""
    walk = Walk(desk.window, regions(desk.window), desk.window.actions_by_id)
    walk.all()
    return walk.complaints


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_without_a_mouse_and_without_sight(furnished: FurnishedDesk, page: str) -> None:
    PAGES[page](furnished)
    if furnished.grid.isVisible() and not furnished.window.viewer.isVisible():
        furnished.select()
    assert look_at(furnished) == []


def test_the_first_start_is_too(open_furnished: Callable[[Any], FurnishedDesk]) -> None:
    desk = open_furnished(EmptyStore())
    assert desk.window.first_start.isVisible()
    assert look_at(desk) == []


def test_so_is_all_that_the_menus_open(furnished: FurnishedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions that end in "…" ask something first, wherever they are on; Esc takes it away again."""
    for name in ("getExistingDirectory", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "open", lambda *_: None)
    wrong: list[str] = []
    tried: set[str] = set()
    for page in ("photos", "people", "person", "group", "matches", "album"):
        for chosen in range(1, QUESTIONS + 1):
            PAGES[page](furnished)
            furnished.select(chosen)
            for name, action in furnished.window.actions_by_id.items():
                asks = action.text().endswith("…") or name in ("palette", "about")
                if not asks or not action.isEnabled() or name in tried:
                    continue
                tried.add(name)
                wrong += [f"{name}: {said}" for said in try_out(furnished, name)]
                if furnished.window.pages.key[0] not in ("photos", "people", "person", "group", "album", "faces"):
                    PAGES[page](furnished)
                furnished.select(chosen)
    assert {"name", "born", "rename", "filter", "keep_album", "regroup", "rename_album"} <= tried
    assert "\n".join(wrong) == ""


def try_out(desk: FurnishedDesk, name: str) -> list[str]:
    """Trigger an action and look at the window it opens, or else at the main window."""
    before = set(opened(desk))
    desk.window.actions_by_id[name].trigger()
    desk.settle()
    new = [window for window in opened(desk) if window not in before]
    window = new[0] if new else desk.window
    walk = Walk(window) if new else Walk(window, regions(desk.window), desk.window.actions_by_id)
    walk.all()
    if not new:
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        desk.settle()
        return walk.complaints
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    desk.settle()
    if Shiboken.isValid(window) and window.isVisible():
        window.close()
        return [*walk.complaints, "Esc does not close it"]
    return walk.complaints


def opened(desk: FurnishedDesk) -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not desk.window]


def test_the_question_of_faces_is_too(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    picture = QPixmap(800, 600)
    picture.fill(QColor(90, 120, 150))
    look_at_dialog(FacePicker(picture, [Box(0.0, 0.0, 0.2, 0.3), Box(0.5, 0.3, 0.2, 0.3)]))


def look_at_dialog(dialog: QWidget) -> None:
    dialog.show()
    walk = Walk(dialog)
    walk.all()
    dialog.close()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert walk.complaints == []


def test_no_two_actions_have_the_same_keys() -> None:
    """Qt does neither of two actions that share a shortcut."""
    keys = [(keys, command.id) for _title, menu in commands.MENUS for command in menu for keys in command.keys]
    shared = {one: [name for other, name in keys if other == one] for one, _name in keys}
    assert {one: names for one, names in shared.items() if len(names) > 1} == {}


def test_every_menu_opens_by_a_letter_of_its_own() -> None:
    letters = [title[title.index("&") + 1].casefold() for title, _menu in commands.MENUS]
    assert len(set(letters)) == len(letters)
