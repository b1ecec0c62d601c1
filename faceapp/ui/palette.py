"""The command palette (Ctrl+K): any action, person, folder, album or recent search by a few letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from faceapp.ui import fuzzy, words
from faceapp.ui.meaning import LEAST, fitting
from faceapp.ui.pixmaps import PixmapKey
from faceapp.ui.recent import Recent
from faceapp.ui.widgets.palette_view import PaletteView
from faceapp.ui.widgets.result_list import Row

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

KEPT: Final = 12
_FIRST: Final = 5  # of those used last, while nothing is typed
_MOST: Final = 40  # rows
_USED: Final = 0.15  # score that the one used last gains
_BY_MENU: Final = 0.1  # score that is lost where the name of the menu had to help
_PAGES: Final = {"photos": "photos", "faces": "faces", "people": "people", "groups": "people"}  # icons of actions


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as it is found; ``row.target`` is its key."""

    row: Row
    menu: str


def rank(query: str, entries: Sequence[Entry], others: Sequence[tuple[float, Row]], used: Sequence[str]) -> list[Row]:
    """Return what fits a query, best first; what was used of late gains, what is off comes last.

    ``others`` have scores already, ``used`` are the keys of what was used, latest first.
    """
    wanted = fuzzy.folded(query)
    found = list(others)
    for entry in entries:
        own = fuzzy.fit(wanted, fuzzy.folded(entry.row.text))
        both = fuzzy.fit(wanted, fuzzy.folded(f"{entry.menu} {entry.row.text}")) - _BY_MENU
        if (best := max(own, both)) > 0:
            found.append((best, entry.row))
    if any(score >= LEAST and row.enabled for score, row in found):  # letters far apart are for when nothing else fits
        found = [one for one in found if one[0] >= LEAST - _BY_MENU]
    late = {key: _USED * (1 - at / len(used)) for at, key in enumerate(used)}
    found.sort(key=lambda one: (not one[1].enabled, -one[0] - late.get(str(one[1].target), 0.0)))
    menus = {entry.row.target: entry.menu for entry in entries}
    return [_with_menu(row, menus.get(row.target)) for _score, row in found[:_MOST]]


def _with_menu(row: Row, menu: str | None) -> Row:
    """Return an action that also says where it stands."""
    return row if menu is None else replace(row, detail=" · ".join(part for part in (menu, row.detail) if part))


class Palette(QObject):
    """Opens the palette, fills it and does what is chosen. GUI thread only."""

    def __init__(self, window: MainWindow, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self.view = PaletteView(window)
        self.recent = Recent(settings, "palette", KEPT)
        self._entries: list[Entry] = []
        pixmaps = window.pixmaps
        self.view.list.set_pictures(lambda face_id: pixmaps.get(("face", face_id)))
        self.view.typed.connect(self._fill)
        self.view.chosen.connect(self._run)
        pixmaps.loaded.connect(self._on_pixmap)
        window.finding.ready.connect(self._on_ready)
        window.session.opened.connect(self._on_opened)

    @Slot()
    def toggle(self) -> None:
        """Open the palette, or close it."""
        if self.view.isVisible():
            self.view.leave()
            return
        self._window.finding.prepare()
        self._entries = list(self._actions())
        self.view.open(QApplication.focusWidget())
        self._fill("")

    def _actions(self) -> Iterator[Entry]:
        """Read the menus: their words and what is on change with what is shown."""
        ids = {id(action): name for name, action in self._window.actions_by_id.items()}
        for top in self._window.menuBar().actions():
            menu = top.menu()
            if not isinstance(menu, QMenu):
                continue
            title = bare(menu.title())
            for action in menu.actions():
                name = ids.get(id(action))
                if name is not None and name != "palette":
                    yield Entry(self._action_row(name, action), title)

    def _action_row(self, name: str, action: QAction) -> Row:
        said = bare(action.text())
        on = self.tr("on") if action.isCheckable() and action.isChecked() else ""
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        icon = _PAGES.get(name, "command")
        return Row(said, on, self.tr("action"), icon, keys=keys, enabled=action.isEnabled(), target=f"action:{name}")

    # What is offered

    @Slot(str)
    def _fill(self, text: str) -> None:
        if not text.strip():
            self.view.put(self._unasked())
            return
        rows = rank(text, self._entries, list(self._others(text)), self.recent.kept)
        nothing = self.tr("Nothing is called “{word}”.").replace("{word}", text.strip())
        self.view.put(rows or [Row(nothing, icon="search", enabled=False)])

    def _others(self, text: str) -> Iterator[tuple[float, Row]]:
        known = self._window.finding.known
        for score, person in known.fitting_people(text)[:_MOST]:
            yield score, self._person_row(person.id)
        for score, folder in fitting(text, known.folders):
            yield score, self._folder_row(folder.id)
        for score, album in fitting(text, known.albums):
            yield score, self._album_row(album.id)
        searches = [(fuzzy.folded(kept), kept) for kept in self._window.finding.recent.kept]
        for score, kept in fitting(text, searches):
            yield score - _BY_MENU, self._search_row(kept)

    def _unasked(self) -> list[Row]:
        """Return what was used last, then the menus."""
        rows = [row for key in self.recent.kept if (row := self._row(key)) is not None and row.enabled][:_FIRST]
        if rows:
            rows.insert(0, Row(self.tr("USED LAST"), heading=True))
        menu = ""
        for entry in self._entries:
            if not entry.row.enabled:
                continue
            if entry.menu != menu:
                menu = entry.menu
                rows.append(Row(menu.upper(), heading=True))
            rows.append(entry.row)
        return rows

    def _row(self, key: str) -> Row | None:
        """Return what a key stands for, None if it is gone."""
        kind, _, name = key.partition(":")
        known = self._window.finding.known
        if kind == "action":
            return next((entry.row for entry in self._entries if entry.row.target == key), None)
        if kind == "search":
            return self._search_row(name)
        number = int(name) if name.isdecimal() else -1
        if kind == "person" and number in known.person_names:
            return self._person_row(number)
        if kind == "folder" and number in known.folder_names:
            return self._folder_row(number)
        if kind == "album" and any(album.id == number for _, album in known.albums):
            return self._album_row(number)
        return None

    def _person_row(self, person_id: int) -> Row:
        person = self._window.finding.known.person(person_id)
        photos = words.photos(person.photos)
        face = person.cover_face_id
        return Row(person.name, photos, self.tr("person"), "people", face, target=f"person:{person_id}")

    def _folder_row(self, folder_id: int) -> Row:
        folder = next(f for _, f in self._window.finding.known.folders if f.id == folder_id)
        name, photos = words.folder_name(folder.path), words.photos(folder.photos)
        return Row(name, photos, self.tr("folder"), "folder", target=f"folder:{folder_id}")

    def _album_row(self, album_id: int) -> Row:
        album = next(a for _, a in self._window.finding.known.albums if a.id == album_id)
        return Row(album.name, self.tr("Album"), self.tr("album"), "album", target=f"album:{album_id}")

    def _search_row(self, text: str) -> Row:
        return Row(text, self.tr("Recent search"), self.tr("recent search"), "clock", target=f"search:{text}")

    # What was chosen

    @Slot(object)
    def _run(self, row: Row) -> None:
        window, key = self._window, str(row.target)
        self.view.leave()
        self.recent.note(key)
        kind, _, name = key.partition(":")
        if kind == "action":
            window.actions_by_id[name].trigger()
        elif kind == "search":
            window.finding.search(name)
        else:
            window.viewing.close()
            if kind == "album":
                window.albums.open(int(name))
            else:
                window.navigation.show_page((kind, int(name)))

    @Slot()
    def _on_opened(self) -> None:
        self.recent.set_library(self._window.session.services.config.library_dir)

    @Slot()
    def _on_ready(self) -> None:
        if self.view.isVisible():
            self._fill(self.view.line.text())

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if key[0] == "face" and self.view.isVisible():
            self.view.list.refresh()


def bare(text: str) -> str:
    """Return the words of a menu without the sign for its key: "&File", "文件(&F)"; and without the dots."""
    return re.sub(r"\(&\w\)|&(?=.)", "", text).removesuffix("…").strip()
