"""Giving a name to what was found: which faces it goes to, and the dialog that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from faceapp.types import Naming, Person
from faceapp.ui import words
from faceapp.ui.pages import Pages
from faceapp.ui.pixmaps import PixmapCache
from faceapp.ui.query import Query
from faceapp.ui.session import Session, sentence
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.name_dialog import NameDialog

_SAMPLES = 6  # faces shown when a name is asked for


class NamingMatches(QObject):
    """Names the selected faces, or every match. GUI thread only."""

    refused = Signal(str, str)  # kind and sentence
    said = Signal(str)  # for the status strip

    def __init__(
        self,
        window: QWidget,
        open_dialog: Callable[[QDialog], None],
        *,
        grid: TileGrid,
        query: Query,
        pages: Pages,
        session: Session,
        pixmaps: PixmapCache,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._open = open_dialog
        self._grid = grid
        self._query = query
        self._pages = pages
        self._session = session
        self._pixmaps = pixmaps
        self._people: Sequence[Person] = ()
        session.named.connect(self._on_named)

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer the names of these people."""
        self._people = people

    def face_ids(self) -> list[int]:
        """Return the faces that a name would go to: several selected ones, else every match, else the current one.

        While only the first matches are there, "every match" is nobody.
        """
        if self._grid.tiles.kind != "face" or self._pages.shows_people:
            return []  # covers stand for people
        selected = self._grid.selected_ids()
        if len(selected) > 1 or not self._pages.answering or not self._query.complete:
            return selected
        return [int(face_id) for face_id in self._grid.tiles.ids]

    def name_faces(self, face_ids: Sequence[int]) -> None:
        """Ask for a name and give it to faces."""
        if not face_ids:
            self.refused.emit("info", self.tr("Choose one or more faces first, then name them."))
            return
        samples = [
            p for p in (self._pixmaps.get(("face", face_id)) for face_id in face_ids[:_SAMPLES]) if p is not None
        ]
        dialog = NameDialog(len(face_ids), self._people, samples, parent=self._window)
        dialog.accepted.connect(lambda: self._session.name_faces(face_ids, dialog.name, self._on_failure))
        self._open(dialog)

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        self.refused.emit("error", sentence(error))

    @Slot(object)
    def _on_named(self, naming: Naming) -> None:
        if self._query.active:
            self._query.rename(set(naming.face_ids), naming.name)
        self.said.emit(self.tr("{faces}: {name}").format(faces=words.faces(len(naming.face_ids)), name=naming.name))
