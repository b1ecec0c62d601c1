"""What the grid shows: photos, faces, people, a folder, a person, or the answer to the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from faceapp.ports import Services
from faceapp.types import IdArray
from faceapp.ui import match_words, words
from faceapp.ui.query import BELOW, Query
from faceapp.ui.session import Overview, Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.tiles import Kind, TileDetails
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.sidebar import PageKey


class Pages(QObject):
    """Fills the grid for a page and keeps it in step with the library. GUI thread only."""

    shown = Signal(object)  # PageKey: its items are in the grid

    def __init__(
        self, grid: TileGrid, query: Query, session: Session, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = grid
        self._query = query
        self._session = session
        self._tasks = tasks
        self._overview: Overview | None = None
        self._people: dict[int, int] = {}  # cover face id -> person id, of the people page
        self.key: PageKey = ("photos",)
        self.answering = False  # the grid shows matches, not a page
        self.shows_below = False  # what lies just below the line, after the matches

    def set_overview(self, overview: Overview) -> None:
        self._overview = overview

    @property
    def shows_people(self) -> bool:
        return self.key == ("people",) and not self.answering

    def person_of_cover(self, face_id: int) -> int | None:
        return self._people.get(face_id)

    def show(self, key: PageKey, *, keep: bool = False) -> None:
        """Show a page; ``keep`` brings the one that is shown up to date without losing one's place."""
        self.key = key
        self.answering = False
        if self._session.is_open:
            self._tasks.run(
                partial(_read, self._session.services, key), done=partial(self._fill, key, keep), key="page", owner=self
            )

    def _fill(self, key: PageKey, keep: bool, answer: tuple[Kind, IdArray, dict[int, int]]) -> None:
        if key != self.key or self.answering:
            return
        kind, ids, self._people = answer
        self._grid.set_empty(*self._when_empty(key))
        self._grid.set_header(*self._title(key, len(ids)))
        if keep and self._grid.tiles.kind == kind and np.array_equal(self._grid.tiles.ids, ids):
            self._grid.tiles.refresh()
        else:
            self._grid.tiles.set_items(kind, ids, keep=keep)
            if keep:
                self._grid.tiles.refresh()
        self.shown.emit(key)

    def show_answer(self, *, keep: bool = False) -> None:
        """Show the query's matches down to the threshold."""
        self.answering = True
        ids, scores, count = self._query.rows()
        self._grid.set_empty(match_words.no_match(), match_words.no_match_advice())
        below = BELOW if self.shows_below else 0
        self._grid.tiles.set_items("face", ids, scores, count=count, below=below, keep=keep)
        if keep:
            self._grid.tiles.refresh()
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
            self.show_answer()

    def _set_answer_header(self) -> None:
        self._grid.set_header(self.tr("All matches"), words.faces(self._query.count))

    def _title(self, key: PageKey, count: int) -> tuple[str, str]:
        overview = self._overview
        if key[0] == "folder" and overview is not None:
            found = [folder for folder in overview.folders if folder.id == key[1]]
            return (words.folder_name(found[0].path) if found else self.tr("Folder")), words.photos(count)
        if key[0] == "person" and overview is not None:
            named = [person for person in overview.people if person.id == key[1]]
            return (named[0].name if named else self.tr("Person")), words.faces(count)
        if key[0] == "faces":
            return self.tr("Faces"), words.faces(count)
        if key[0] == "people":
            return self.tr("People"), words.people(count)
        return self.tr("Photos"), words.photos(count)

    def _when_empty(self, key: PageKey) -> tuple[str, str]:
        if self._session.scanning is not None:
            return self.tr("Nothing here yet"), self.tr("Photos are being read. The first ones show in a moment.")
        if key[0] == "people":
            return self.tr("Nobody has a name yet"), self.tr("Click a face, then choose “Name these…”.")
        if key[0] == "faces":
            return self.tr("No faces yet"), self.tr("Add a folder that holds photos of people.")
        return self.tr("No photos here"), self.tr("Add a folder that holds photos, or drop one on the window.")


def _read(services: Services, key: PageKey) -> tuple[Kind, IdArray, dict[int, int]]:
    """Return what a page holds, on a worker."""
    reader = services.reader
    show = services.config.show_score
    none: dict[int, int] = {}
    if key[0] == "faces":
        return "face", reader.face_ids(min_score=show), none
    if key[0] == "person":
        return "face", reader.face_ids(min_score=0.0, person_id=int(str(key[1]))), none
    if key[0] == "people":
        covers = {p.cover_face_id: p.id for p in reader.people() if p.cover_face_id is not None}
        return "face", np.fromiter(covers, np.int64, len(covers)), covers
    if key[0] == "folder":
        return "photo", reader.photo_ids(folder_id=int(str(key[1]))), none
    return "photo", reader.photo_ids(), none


def details_of(session: Session, kind: Kind, ids: Sequence[int]) -> Mapping[int, TileDetails]:
    """Return what the tiles on screen say, on a worker."""
    if not session.is_open:
        return {}
    reader = session.services.reader
    if kind == "photo":
        return {photo.id: TileDetails(title=photo.path.name, hint=str(photo.path)) for photo in reader.photos(ids)}
    faces = reader.faces(ids)
    return {
        face.id: TileDetails(
            title=face.person_name or "", named=face.person_id is not None, hint=words.quality(face.quality)
        )
        for face in faces
    }
