"""What the grid shows: photos, faces, people, groups, a folder, an album, a person, or the answer to the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from faceapp.types_search import NO_FILTER, Filter, Rows
from faceapp.ui import match_words, page_content, words
from faceapp.ui.page_content import Content, Order
from faceapp.ui.people import face_words
from faceapp.ui.query import BELOW, Query
from faceapp.ui.session import Overview, Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import Kind, TileDetails
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.sidebar import PageKey


class Pages(QObject):
    """Fills the grid for a page and keeps it in step with the library. GUI thread only."""

    shown = Signal(object)  # PageKey: its items are in the grid
    answered = Signal()  # the grid shows matches

    def __init__(
        self, grid: TileGrid, query: Query, session: Session, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = grid
        self._query = query
        self._session = session
        self._tasks = tasks
        self._overview: Overview | None = None
        self._orders: dict[object, Order] = {}  # by the first part of a page's key
        self.key: PageKey = ("photos",)
        self.content = Content()  # of the page that was shown last
        self.filter = ""  # of the page of people
        self.page_filter: Filter = NO_FILTER  # of pages of photos and faces
        self.answering = False  # the grid shows matches, not a page
        self.shows_below = False  # what lies just below the line, after the matches

    def set_overview(self, overview: Overview) -> None:
        self._overview = overview

    @property
    def shows_people(self) -> bool:
        """Whether tiles are people and groups."""
        return self.key[0] in ("people", "groups") and not self.answering

    @property
    def person_id(self) -> int | None:
        """Return whose page is shown."""
        return int(str(self.key[1])) if self.key[0] == "person" and not self.answering else None

    @property
    def group_id(self) -> int | None:
        return int(str(self.key[1])) if self.key[0] == "group" and not self.answering else None

    @property
    def chooses(self) -> bool:
        """Whether a click on a face chooses it: these pages are there to sort faces. Elsewhere it is looked for."""
        return self.key[0] in ("person", "group", "hidden") and not self.answering

    def order(self) -> Order | None:
        """Return the order of pages like the one that is shown, None for their usual one."""
        return self._orders.get(self.key[0])

    def set_order(self, order: Order) -> None:
        if order != self.order():
            self._orders[self.key[0]] = order
            self.show(self.key)

    def set_filter(self, text: str) -> None:
        """Show only people whose name holds a text."""
        if text != self.filter:
            self.filter = text
            if self.content.of_people and not self.answering:
                self._put(self.key, self.content, keep=False)

    def set_page_filter(self, only: Filter) -> None:
        """Show only photos and faces that a filter lets through, here and on the pages that follow."""
        if only != self.page_filter:
            self.page_filter = only
            if self.filtered and not self.answering:
                self.show(self.key)

    @property
    def filtered(self) -> bool:
        """Whether the page that is chosen follows ``page_filter``."""
        return self.key[0] in ("photos", "faces", "folder", "album")

    def show(self, key: PageKey, *, keep: bool = False) -> None:
        """Show a page; ``keep`` brings the one that is shown up to date without losing one's place."""
        self.key = key
        self.answering = False
        if self._session.is_open:
            work = partial(page_content.read, self._session.services, key, self.order(), self.page_filter)
            self._tasks.run(work, done=partial(self._fill, key, keep), key="page", owner=self)

    def _fill(self, key: PageKey, keep: bool, content: Content) -> None:
        if key != self.key or self.answering:
            return
        self.content = content
        self._put(key, content, keep=keep)
        self.shown.emit(key)

    def _put(self, key: PageKey, content: Content, *, keep: bool) -> None:
        tiles = self._grid.tiles
        ids = content.filtered(self.filter) if key == ("people",) else content.ids
        self._grid.set_empty(*self._when_empty(key))
        self._grid.set_header(*self._title(key, content))
        same = tiles.kind == content.kind and np.array_equal(tiles.ids, ids)
        if keep and same and not content.of_people and tiles.sections.same_as(content.sections):
            tiles.refresh()
            return
        describe = content.describe if content.of_people else None
        own = content.person.name if content.person is not None else ""
        tiles.set_items(
            content.kind, ids, content.odd, keep=keep, sections=content.sections, describe=describe, own=own
        )
        if keep:
            tiles.refresh()

    def show_answer(self, *, keep: bool = False) -> None:
        """Show the query's matches down to the threshold."""
        self.answering = True
        self._grid.set_empty(*self._when_unanswered())
        self._put_answer(keep=keep)
        if keep:
            self._grid.tiles.refresh()
        self.answered.emit()

    def _when_unanswered(self) -> tuple[str, str]:
        if not self._query.included:
            return match_words.nobody_included(), self.tr("Click a face in the bar above to switch it.")
        if not self._query.filter.empty:
            return self.tr("Nothing passes the filter"), self.tr("Change or clear the filter.")
        return match_words.no_match(), match_words.no_match_advice(more=self._query.below_count > 0)

    def _put_answer(self, *, keep: bool) -> None:
        ids, scores, count = self._query.rows()
        below, sections = BELOW if self.shows_below else 0, self._query.sections()
        self._grid.tiles.set_items("face", ids, scores, count=count, below=below, keep=keep, sections=sections)
        self._set_answer_header()

    def set_below(self, shown: bool) -> None:
        """Show what lies just below the line after the matches, now and in later answers."""
        self.shows_below = shown
        if self.answering:
            self._grid.tiles.set_below(BELOW if shown else 0)

    def cut_answer(self) -> None:
        """Follow the slider."""
        if self._query.cuts_tail:
            self._grid.tiles.set_count(self._query.count)
            self._set_answer_header()
        else:
            self._put_answer(keep=True)

    def _set_answer_header(self) -> None:
        if not self._query.complete:
            self._grid.set_header(self.tr("First matches"))
            return
        counted = words.photos if self._query.row_kind is Rows.PHOTOS else words.faces
        self._grid.set_header(self.tr("All matches"), counted(self._query.count))

    def _title(self, key: PageKey, content: Content) -> tuple[str, str]:
        """Return the line above the tiles; pages of people have a header of their own."""
        overview = self._overview
        count = len(content.ids)
        match key[0]:
            case "people" | "groups" | "person" | "group":
                return "", ""
            case "folder" if overview is not None:
                found = [folder for folder in overview.folders if folder.id == key[1]]
                return (words.folder_name(found[0].path) if found else self.tr("Folder")), words.photos(count)
            case "faces":
                return self.tr("Faces"), words.faces(count)
            case "hidden":
                return self.tr("Hidden"), words.faces(count)
            case "album":
                return (content.album.name if content.album else self.tr("Album")), words.photos(count)
        return self.tr("Photos"), words.photos(count)

    def _when_empty(self, key: PageKey) -> tuple[str, str]:
        if key == ("people",) and self.filter:
            return self.tr("Nobody of that name"), self.tr("Clear the filter to see everyone.")
        if key[0] == "hidden":
            return self.tr("Nothing is hidden"), self.tr(
                "Faces that you hide, passers-by and statues, come here and are never asked about again."
            )
        if key[0] == "album" and self.content.album is None:
            return self.tr("This album is no more"), self.tr("It was removed. Its photos are where they were.")
        if key[0] == "album" or (self.filtered and not self.page_filter.empty):
            return self.tr("Nothing passes the filter"), self.tr("Change or clear the filter.")
        if self._session.scanning is not None:
            return self.tr("Nothing here yet"), self.tr("Photos are being read. The first ones show in a moment.")
        match key[0]:
            case "people":
                return self.tr("Nobody has a name yet"), self.tr("Click a face, then choose “Name these…”.")
            case "groups":
                return self.tr("Every group has a name"), self.tr(
                    "Faces that seem to be one person come here until you say who it is."
                )
            case "person":
                return self.tr("No face of this person is left"), self.tr("Name faces to bring her or him back.")
            case "group":
                return self.tr("This group is no more"), self.tr("Its faces got a name, or went to other groups.")
            case "faces":
                return self.tr("No faces yet"), self.tr("Add a folder that holds photos of people.")
        return self.tr("No photos here"), self.tr("Add a folder that holds photos, or drop one on the window.")


def details_of(session: Session, kind: Kind, ids: Sequence[int]) -> Mapping[int, TileDetails]:
    """Return what the tiles on screen say, on a worker."""
    if not session.is_open:
        return {}
    reader = session.services.reader
    if kind == "photo":
        return {photo.id: TileDetails(title=photo.path.name, hint=str(photo.path)) for photo in reader.photos(ids)}
    return {face.id: face_words.face_tile(face) for face in reader.faces(ids)}
