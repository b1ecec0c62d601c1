"""The window over a library in memory whose faces can be searched, and whose albums can be undone.

``AlbumStore.look`` says who a face really is: faces of one look score 1 with each other, others 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from faceapp.errors import FaceappError
from faceapp.index.matches import SortedMatches
from faceapp.types import Combine, FloatArray, IdArray
from faceapp.types_people import Change, Step, Verb
from faceapp.types_search import Album, Search
from faceapp.ui.widgets.filter_bar import FilterChip
from faceapp.ui.widgets.nav_row import NavRow
from tests.ui.people_desk import PeopleDesk, Store
from tests.ui.window import wait_until

LOOKS = 4
FLOOR = 0.2


class AlbumStore(Store):
    """``asked`` are the calls of the gallery's search."""

    def __init__(self) -> None:
        super().__init__()
        self.look: dict[int, int] = {}
        self.asked: list[dict[str, Any]] = []
        self.ready = True
        self._steps: list[tuple[Step, dict[int, Album], dict[int, Album]]] = []
        self._undone: list[tuple[Step, dict[int, Album], dict[int, Album]]] = []

    def faces_of(self, look: int, count: int, **facts: Any) -> list[int]:
        """Add faces of somebody, each in a photo of its own."""
        ids = self.add(count, **facts)
        self.look |= dict.fromkeys(ids, look)
        return ids

    # Gallery

    def __len__(self) -> int:
        return len(self.known)

    def __bool__(self) -> bool:
        return True

    def embedding(self, face_id: int) -> FloatArray:
        vector = np.zeros(LOOKS, np.float32)
        vector[self.look[face_id]] = 1.0
        return vector

    def search(self, probes: FloatArray, combine: Combine = Combine.ANY, **limits: Any) -> SortedMatches:
        self.asked.append({"probes": probes, "combine": combine, **limits})
        allowed = limits.get("allowed")
        ids = self.faces_where(lambda face: allowed is None or face.id in allowed.tolist())
        vectors = np.stack([self.embedding(face_id) for face_id in ids]) if ids else np.zeros((0, LOOKS), np.float32)
        photos: IdArray = np.array([self.known[face_id].photo_id for face_id in ids], np.int64)
        return SortedMatches(np.array(ids, np.int64), photos, (vectors @ probes.T).max(axis=1), FLOOR)

    # The ledger, as far as albums need it

    def save_album(self, name: str, search: Search, album_id: int | None = None) -> Change:
        taken = [own for own in self.album_list.values() if own.name.casefold() == name.casefold()]
        if any(own.id != album_id for own in taken):
            raise FaceappError("Another album has this name.")
        album_id = album_id or 1 + max((step.id for step, _, _ in self._steps), default=0)
        return self._step(Verb.SAVE_ALBUM, name, {**self.album_list, album_id: Album(album_id, name, search)})

    def remove_album(self, album_id: int) -> Change:
        left = {i: album for i, album in self.album_list.items() if i != album_id}
        return self._step(Verb.REMOVE_ALBUM, self.album_list[album_id].name, left)

    def _step(self, verb: Verb, note: str, after: dict[int, Album]) -> Change:
        step = Step(len(self._steps) + 1, verb, datetime.now(UTC), False, 0, (), note)
        self._steps.append((step, self.album_list, after))
        self._undone.clear()
        self.album_list = after
        return Change(step, (), ())

    def undo(self) -> Change | None:
        if not self._steps:
            return None
        self._undone.append(self._steps.pop())
        step, self.album_list, _after = self._undone[-1]
        return Change(_as_undone(step), (), ())

    def redo(self) -> Change | None:
        if not self._undone:
            return None
        self._steps.append(self._undone.pop())
        step, _before, self.album_list = self._steps[-1]
        return Change(step, (), ())

    def history(self, limit: int = 200) -> list[Step]:
        undone = [_as_undone(step) for step, _, _ in self._undone]
        return undone + [step for step, _, _ in reversed(self._steps)]


def _as_undone(step: Step) -> Step:
    return Step(step.id, step.verb, step.created, True, step.faces, step.people, step.note)


class AlbumDesk(PeopleDesk):
    """A window over an ``AlbumStore``."""

    store: AlbumStore

    def settle(self) -> None:
        """Wait until nothing is read, counted or about to be."""
        window = self.window
        window.albums.counts.pause_ms = 1
        wait_until(lambda: not window.albums.counts.pending and not window.filtering.waiting, "counts and filter")
        super().settle()
        wait_until(lambda: not window.albums.counts.pending, "counts")
        super().settle()

    def act(self, name: str) -> None:
        """Press the keys of an action."""
        action: QAction = self.window.actions_by_id[name]
        assert action.isEnabled(), name
        combination = action.shortcut()[0]
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, "the window in front")
        QTest.keyClick(self.window, combination.key(), combination.keyboardModifiers())
        self.settle()

    def key_on(self, widget: QWidget, key: Qt.Key) -> None:
        QTest.keyClick(widget, key)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        QTest.keyClicks(widget, text)
        self.settle()

    def chips(self) -> list[FilterChip]:
        return self.window.filter_bar.chips() if self.window.filter_bar.isVisible() else []

    def filter_words(self) -> list[str]:
        return [chip.text() for chip in self.chips()]

    def albums(self) -> list[str]:
        """Return what the rows of the albums say, in order."""
        rows = [self.row(album.id) for album in self.store.albums()]
        return [row.accessibleName() for row in sorted(rows, key=lambda row: row.y()) if row.isVisible()]

    def row(self, album_id: int) -> NavRow:
        row = self.window.sidebar.row(("album", album_id))
        assert row is not None
        return row

    def open_album(self, album_id: int) -> None:
        QTest.mouseClick(self.row(album_id), Qt.MouseButton.LeftButton)
        self.settle()

    def menu(self, album_id: int) -> dict[str, QAction]:
        """Return what the menu of an album's row offers."""
        before = set(self.window.findChildren(QMenu))
        self.row(album_id).customContextMenuRequested.emit(QPoint(4, 4))
        menu = next(menu for menu in self.window.findChildren(QMenu) if menu not in before)
        return {action.text(): action for action in menu.actions() if action.text()}

    def choose_in_menu(self, album_id: int, text: str) -> None:
        action = self.menu(album_id)[text]
        assert action.isEnabled()
        action.trigger()
        for menu in self.window.findChildren(QMenu):
            if action in menu.actions():
                menu.close()
        self.settle()

    def keep(self, name: str = "") -> None:
        """Answer the dialog that asks for a name; by default with what it suggests."""
        dialog = self.window.albums.dialog
        assert dialog is not None
        if name:
            dialog.edit.selectAll()
            QTest.keyClicks(dialog.edit, name)
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
        self.settle()

    def highlighted(self) -> Sequence[object]:
        """Return the key of the row that is marked in the sidebar."""
        rows = [row for row in self.window.sidebar.findChildren(NavRow) if row.isChecked()]
        return [row.key for row in rows]


@pytest.fixture
def album_desk(qapp: QApplication, tmp_path: Path) -> Iterator[AlbumDesk]:
    """Return a window over Anna's five photos of 2015 to 2019, Ben's three of 2018, and two of somebody."""
    store = AlbumStore()
    store.folder = tmp_path
    (tmp_path / "1.jpg").touch()
    store.names = {1: "Anna", 2: "Ben"}
    for year in range(2015, 2020):
        store.faces_of(0, 1, person=1, standing=1, year=year)
    store.faces_of(1, 3, person=2, standing=1, year=2018)
    store.faces_of(2, 2, year=2018)
    desk = AlbumDesk(store, tmp_path / "library")
    yield desk
    desk.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
