"""Albums that follow the library: searches and filters that were kept. Listing, opening, keeping, removing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QDialog, QMenu

from faceapp.types import Combine, Naming
from faceapp.types_people import Change, Verb
from faceapp.types_search import NO_FILTER, Album, Search
from faceapp.ui.album_counts import AlbumCounts
from faceapp.ui.album_words import suggestion
from faceapp.ui.one_dialog import OneDialog
from faceapp.ui.overview import Overview
from faceapp.ui.people import step_words
from faceapp.ui.session import Act, sentence
from faceapp.ui.widgets.album_dialog import AlbumDialog

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow


class Albums(QObject):
    """An album with faces is opened as a search, one without as a page of photos. GUI thread only."""

    changed = Signal()  # which album is open
    said = Signal(str)  # for the status strip
    refused = Signal(str, str)  # kind and sentence

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._query, self._pages = window.session, window.query, window.pages
        self._sidebar, self._filtering = window.sidebar, window.filtering
        self._albums: dict[int, Album] = {}
        self._current: int | None = None
        self._by_query = False  # the album that is open is a search
        self._opening: Album | None = None  # its faces are being read
        self._wanted = ""  # name of the album that was just kept
        self._before = NO_FILTER  # the filter that was set outside the album
        self._removed: tuple[int, str] | None = None  # step and notice of the album that was removed last
        self._dialogs = OneDialog(self)
        self.counts = AlbumCounts(self._sidebar, self._session, window.tasks, self)
        self._sidebar.album_chosen.connect(self.open)
        self._sidebar.album_menu_requested.connect(self._menu)
        self._session.overview_changed.connect(self._on_overview)
        self._session.decided.connect(self._on_decided)
        self._query.started.connect(self._on_query_started)
        self._query.probes_changed.connect(self._on_probes)
        self._filtering.changed.connect(self._on_filter)
        window.searching.ended.connect(self._on_query_ended)
        window.searching.keep_requested.connect(self.keep)
        window.filter_bar.keep_requested.connect(self.keep)
        window.navigation.stack_shown.connect(self._on_page)

    @property
    def current(self) -> Album | None:
        """Return the album that is open."""
        return self._albums.get(self._current) if self._current is not None else None

    @property
    def dialog(self) -> QDialog | None:
        return self._dialogs.current

    @property
    def can_keep(self) -> bool:
        return self._session.is_open and (self._query.active or self._filtering.set)

    # Opening and leaving

    @Slot(object)
    def open(self, album_id: int) -> None:
        """Show what fits an album now."""
        album = self._albums.get(album_id)
        if album is None:
            return
        if album.search.faces:
            self._opening = album
            self._query.load(album.search)
            return
        if self._query.active:
            self._window.searching.close()
        self._enter(album, by_query=False)
        self._window.navigation.show_page(("album", album_id))

    def _enter(self, album: Album, *, by_query: bool) -> None:
        if self._current is None:
            self._before = self._filtering.filter
        self._current, self._by_query = album.id, by_query
        if by_query and self._pages.key[0] == "album":
            self._pages.key = ("photos",)  # where the end of the search leads
        self._filtering.take(album.search.filter)
        self._sidebar.set_current(("album", album.id))
        self.changed.emit()

    def _leave(self) -> None:
        """The filter of the album goes with it."""
        self._current = None
        self._filtering.take(self._before)
        self._sidebar.set_current(self._pages.key)
        self.changed.emit()

    @Slot()
    def _on_query_started(self) -> None:
        """Another search than the album's is on, unless the album's is what starts."""
        if self._by_query and self._current is not None and self._opening is None:
            self._leave()

    @Slot()
    def _on_probes(self) -> None:
        album, self._opening = self._opening, None
        if album is None:
            return
        found = [probe.face_id for probe in self._query.probes]
        if found == [face.face_id for face in album.search.faces]:
            self._enter(album, by_query=True)
        elif self._by_query and self._current is not None:  # the user was quicker
            self._leave()

    @Slot()
    def _on_query_ended(self) -> None:
        if self._by_query and self._current is not None:
            self._leave()

    @Slot()
    def _on_page(self) -> None:
        if not self._by_query and self._current is not None and self._pages.key != ("album", self._current):
            self._leave()

    @Slot()
    def _on_filter(self) -> None:
        """A filter that was taken off on the page of an album leads out of it: to all photos."""
        page = not self._by_query and self._current is not None and self._pages.key == ("album", self._current)
        if page and self._filtering.filter.empty:
            self._before = NO_FILTER
            self._window.navigation.show_page(("photos",))

    # Keeping

    @Slot()
    def keep(self) -> None:
        """Ask for a name and keep what is shown, as a new album or in place of the one that is open."""
        if not self.can_keep:
            return
        search, album = self._shown(), self.current
        names = [own.name for own in self._albums.values()]
        suggested = album.name if album else suggestion(search, self._filtering.parts(search.filter), names)
        dialog = AlbumDialog(suggested, names, album.name if album else "", parent=self._window)
        dialog.accepted.connect(lambda: self._save(dialog, search, album))
        self._dialogs.open(dialog)

    @Slot()
    def rename(self, album: Album | None = None) -> None:
        """Ask for another name of an album, by default the one that is open."""
        album = album or self.current
        if album is None:
            return
        names = [own.name for own in self._albums.values()]
        dialog = AlbumDialog(album.name, names, album.name, rename=True, parent=self._window)
        dialog.accepted.connect(lambda: self._save(dialog, album.search, album))
        self._dialogs.open(dialog)

    @Slot()
    def update(self, album: Album | None = None) -> None:
        """Let an album, by default the one that is open, show what is shown now."""
        album = album or self.current
        if album is not None and self.can_keep:
            search, album_id, name = self._shown(), album.id, album.name
            self._wanted = name
            self._decide(lambda store: store.save_album(name, search, album_id))

    @Slot()
    def remove(self, album: Album | None = None) -> None:
        """Remove an album, by default the one that is open; photos and names stay, and it can be undone."""
        album = album or self.current
        if album is not None:
            album_id = album.id
            self._decide(lambda store: store.remove_album(album_id))

    def _shown(self) -> Search:
        """Return what is shown as a search."""
        if self._query.active:
            return self._query.search()
        only, key = self._filtering.filter, self._pages.key
        if key[0] == "folder":
            only = replace(only, folders=(int(str(key[1])),))
        return Search((), Combine.ANY, self._query.threshold, only)

    def _save(self, dialog: AlbumDialog, search: Search, album: Album | None) -> None:
        name = dialog.name
        album_id = album.id if album is not None and not dialog.as_new else None
        if album is None or album.search is not search:  # not just another name
            self._wanted = name
        self._decide(lambda store: store.save_album(name, search, album_id))

    def _decide(self, act: Act) -> None:
        self._session.decide(act, self._on_failure, self._on_done)

    def _on_done(self, result: Naming | Change | None) -> None:
        if not isinstance(result, Change):
            return
        self.said.emit(step_words.done(result.step))
        if result.step.verb is Verb.REMOVE_ALBUM:
            text = self.tr("The album “{name}” was removed. Photos and names stay.")
            text = text.replace("{name}", result.step.note)
            self._removed = (result.step.id, text)
            self._window.notice.show_notice("info", text, (self.tr("Undo"), self._window.deciding.undo))

    def _on_failure(self, error: Exception) -> None:
        self._wanted = ""
        self.refused.emit("error", sentence(error))

    @Slot(object)
    def _on_decided(self, result: Naming | Change) -> None:
        """Undo would be about another step now."""
        if self._removed is None:
            return
        step_id, text = self._removed
        if isinstance(result, Naming) or result.step.id != step_id or result.step.undone:
            self._removed = None
            if self._window.notice.isVisible() and self._window.notice.text() == text:
                self._window.notice.dismiss()

    # The sidebar

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        self._albums = {album.id: album for album in overview.albums}
        self._sidebar.set_albums([(album.id, album.name) for album in overview.albums])
        self.counts.set_albums(self._albums)
        if self._current is not None and self._current not in self._albums:
            self._on_gone()
        kept = next((a for a in overview.albums if self._wanted and a.name == self._wanted), None)
        if kept is not None:
            self._wanted = ""
            self._on_kept(kept)
        self.changed.emit()

    def _on_kept(self, album: Album) -> None:
        """What is shown is that album from now on."""
        self._before = NO_FILTER
        if self._query.active:
            self._current, self._by_query = album.id, True
            self._sidebar.set_current(("album", album.id))
        else:
            self._current, self._by_query = album.id, False
            self._filtering.take(album.search.filter)
            self._window.navigation.show_page(("album", album.id))

    def _on_gone(self) -> None:
        """The album that is open was removed: its search stays on, its page has nothing to show."""
        if self._by_query:
            self._current = None
            self._sidebar.set_current(self._pages.key)
        else:
            self._window.navigation.show_page(("photos",))

    @Slot(object, QPoint)
    def _menu(self, album_id: int, where: QPoint) -> None:
        album = self._albums.get(album_id)
        if album is None:
            return
        menu = QMenu(self._window)
        menu.addAction(self.tr("&Open"), partial(self.open, album_id))
        menu.addAction(self.tr("Re&name…"), partial(self.rename, album))
        update = menu.addAction(self.tr("Re&place with the Present Search"), partial(self.update, album))
        update.setEnabled(self.can_keep)
        menu.addSeparator()
        menu.addAction(self.tr("&Remove"), partial(self.remove, album))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)
