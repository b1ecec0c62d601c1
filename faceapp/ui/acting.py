"""What the menus do, and when they are on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from faceapp.types import HideReason
from faceapp.ui import about, commands, crashes, theme
from faceapp.ui.people import step_words

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

_STEP = 0.01  # cosine, one key press of "stricter" or "wider"


class Acting(QObject):
    """Fills the menu bar of the window and keeps its actions in step with what is shown. GUI thread only."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.actions = commands.install(window, self._handlers())
        actions = self.actions
        window.problems.set_actions(
            **{name: actions[name] for name in ("retry", "ignore", "retry_all")}, show=actions["show_in_folder"]
        )
        for changed in (
            window.searching.changed,
            window.filtering.changed,
            window.albums.changed,
            window.exporting.changed,
            window.inspection.changed,
            window.problems.selection_changed,
            window.reading.changed,
            window.grouping.changed,
            window.session.overview_changed,
            window.grid.selection_changed,
            window.pages.shown,
            window.session.opened,
        ):
            changed.connect(self.update)

    def _handlers(self) -> dict[str, Callable[..., object]]:
        window = self._window
        navigation, searching, reading, mending = window.navigation, window.searching, window.reading, window.mending

        verbs = window.people_pages.verbs

        def page(*key: str) -> Callable[[], None]:
            return partial(navigation.show_page, key)

        return {
            "add_folder": reading.choose,
            "rescan": reading.rescan,
            "retry_all": mending.retry_all,
            "pause": reading.set_paused,
            "gentle": reading.set_gentle,
            "cancel_scan": window.session.cancel_scan,
            "reading_details": reading.show_details,
            "show_in_folder": navigation.show_in_folder,
            "preferences": window.preferences.show,
            "quit": window.close,
            "undo": window.deciding.undo,
            "redo": window.deciding.redo,
            "history": page("history"),
            "paste": self.paste,
            "copy": window.taking_out.copy,
            "copy_path": window.taking_out.copy_path,
            "select_all": navigation.select_all,
            "name": window.people_pages.name,
            "confirm": verbs.confirm,
            "reject": verbs.reject,
            "move": verbs.move,
            "split": verbs.split,
            "clear_name": verbs.clear_name,
            "same": self._same,
            "different": verbs.are_different,
            "merge_into": verbs.merge_into,
            "rename": verbs.ask_new_name,
            "born": verbs.ask_born,
            "export": window.exporting.choose,
            "cover": verbs.make_cover,
            "hide_stranger": partial(verbs.hide, HideReason.STRANGER),
            "hide_statue": partial(verbs.hide, HideReason.STATUE),
            "hide_not_a_face": partial(verbs.hide, HideReason.NOT_A_FACE),
            "hide_unnamed": verbs.hide_unnamed,
            "show_again": verbs.show_again,
            "why": self._why,
            "odd": verbs.look_for_odd_ones,
            "regroup": window.regrouping.ask,
            "retry": mending.retry_selected,
            "ignore": mending.ignore_selected,
            "open_query": self.choose_picture,
            "palette": window.command_palette.toggle,
            "find_person": window.top_bar.focus_search,
            "search_face": self._search_current,
            "add_face": partial(self._search_current, add=True),
            "stricter": partial(searching.step, _STEP),
            "wider": partial(searching.step, -_STEP),
            "stricter_mark": partial(searching.step_mark, True),
            "wider_mark": partial(searching.step_mark, False),
            "below": searching.set_below,
            "close_query": searching.close,
            "filter": window.filtering.toggle,
            "clear_filter": window.filtering.clear,
            "keep_album": window.albums.keep,
            "update_album": window.albums.update,
            "rename_album": window.albums.rename,
            "remove_album": window.albums.remove,
            "photos": page("photos"),
            "faces": page("faces"),
            "people": page("people"),
            "groups": page("groups"),
            "review": page("review"),
            "hidden": page("hidden"),
            "problems": navigation.show_problems,
            "models": page("models"),
            "evaluate": page("evaluate"),
            "open_viewer": window.viewing.open_current,
            "slideshow": window.viewing.start_slideshow,
            "zoom_in": window.grid.zoom_in,
            "zoom_out": window.grid.zoom_out,
            "zoom_reset": window.grid.zoom_reset,
            "inspector": navigation.set_inspector_wanted,
            "scheme_system": partial(self.set_scheme, "system"),
            "scheme_light": partial(self.set_scheme, "light"),
            "scheme_dark": partial(self.set_scheme, "dark"),
            "open_log": crashes.open_log,
            "about": partial(about.show, window),
        }

    @Slot()
    def update(self) -> None:
        """Switch off what makes no sense now."""
        window, actions, session = self._window, self.actions, self._window.session
        opened, scanning = session.is_open, session.scanning is not None
        face = window.inspection.face_id is not None
        for name in ("add_folder", "rescan", "paste", "open_query"):
            actions[name].setEnabled(opened)
        for name in ("pause", "cancel_scan", "reading_details"):
            actions[name].setEnabled(scanning)
        for name in ("stricter", "wider", "stricter_mark", "wider_mark", "below", "close_query"):
            actions[name].setEnabled(window.query.active)
        for name in ("copy", "copy_path"):
            actions[name].setEnabled(window.taking_out.possible)
        actions["below"].setChecked(window.pages.shows_below)
        actions["pause"].setChecked(session.paused)
        actions["search_face"].setEnabled(face)
        actions["add_face"].setEnabled(face and window.query.active)
        actions["filter"].setEnabled(window.filtering.applies)
        actions["clear_filter"].setEnabled(window.filtering.set)
        actions["keep_album"].setEnabled(window.albums.can_keep)
        for name in ("update_album", "rename_album", "remove_album"):
            actions[name].setEnabled(window.albums.current is not None)
        self._update_people(opened)
        chosen = window.problems.selected() if window.navigation.shows_problems else []
        for name in ("retry", "ignore"):
            actions[name].setEnabled(bool(chosen))
        overview = session.overview
        actions["retry_all"].setEnabled(overview is not None and overview.counts.failed > 0)
        actions["gentle"].setChecked(session.gentle)
        actions["show_in_folder"].setEnabled(len(chosen) == 1 or window.inspection.photo is not None)
        undo, redo = (overview.undo, overview.redo) if overview is not None else (None, None)
        actions["undo"].setEnabled(undo is not None)
        actions["undo"].setText(step_words.undo_text(undo) if undo is not None else self.tr("&Undo"))
        actions["redo"].setEnabled(redo is not None)
        actions["redo"].setText(step_words.redo_text(redo) if redo is not None else self.tr("&Redo"))
        window.top_bar.set_undo(step_words.undo_text(undo) if undo is not None else "")

    def _update_people(self, opened: bool) -> None:
        """Switch off the verbs that have nobody to be about."""
        window, actions = self._window, self.actions
        chosen = window.people_pages.verbs.chosen()
        page = window.pages.key[0] if not window.pages.answering else ""
        tiles, rows = window.grid.tiles, window.grid.tiles.rowCount()
        faces, people, groups = len(chosen.faces), len(chosen.people), len(chosen.groups)
        somebody = opened and bool(faces)
        sorts = page in ("person", "group")
        wanted = {
            "name": opened and rows > 0 and (tiles.kind == "face" or groups > 0),
            "confirm": somebody,
            "reject": somebody,
            "move": somebody,
            "split": somebody and sorts,
            "slideshow": opened and rows > 0 and (people == 1 or not window.pages.shows_people),
            "clear_name": somebody,
            "same": opened and faces + people + groups > 1,
            "different": opened and faces == 2,
            "merge_into": opened and people == 1,
            "rename": opened and (people == 1 or page == "person"),
            "born": opened and (people == 1 or page == "person"),
            "export": opened and (people == 1 or page == "person") and not window.exporting.running,
            "cover": opened and faces == 1 and page == "person",
            "hide_stranger": opened and faces + groups > 0,
            "hide_statue": opened and faces + groups > 0,
            "hide_not_a_face": opened and faces + groups > 0,
            "hide_unnamed": opened and (faces > 0 or (tiles.kind == "photo" and rows > 0)),
            "show_again": somebody and page == "hidden",
            "why": opened and (faces == 1 or page == "review"),
            "odd": opened and sorts,
            "regroup": opened and not window.grouping.running,
        }
        for name, on in wanted.items():
            actions[name].setEnabled(on)

    # What the menus do

    def _same(self) -> None:
        """The selected people and groups, or the selected faces, are one person."""
        verbs = self._window.people_pages.verbs
        (verbs.are_same if verbs.chosen().faces else verbs.merge)()

    def _why(self) -> None:
        window = self._window
        asked = window.reviewing.asked if window.pages.key == ("review",) else None
        faces = window.people_pages.verbs.chosen().faces
        if asked is not None:
            window.explaining.explain(*asked)
        elif faces:
            window.why(int(faces[0]))

    def _search_current(self, *, add: bool = False) -> None:
        if self._window.inspection.face_id is not None:
            self._window.searching.search_face(self._window.inspection.face_id, add=add)

    @Slot()
    def choose_picture(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Search with a picture"))
        if chosen:
            self._window.intake.take_paths([Path(path) for path in chosen])

    @Slot()
    def paste(self) -> None:
        self._window.intake.take(QGuiApplication.clipboard().mimeData())

    def set_scheme(self, scheme: theme.Scheme) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self.actions[f"scheme_{scheme}"].setChecked(True)
        self._window.remember("window/scheme", scheme)
