"""Feeds the panel on the right: reads a photo and its faces, and who looks most like the chosen face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from faceapp.ports import Services
from faceapp.types import Face, Photo
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.query import Query
from faceapp.ui.session import Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.tiles import Kind
from faceapp.ui.widgets.inspector import Inspector

_SIMILAR = 5  # faces shown as most similar


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """A photo, its faces, and the one that is looked at."""

    photo: Photo
    folder: Path | None
    faces: Sequence[Face]
    face_id: int | None
    similar: Sequence[tuple[int, float]]  # face id and cosine, best first


class Inspection(QObject):
    """Shows one photo or face in the inspector. GUI thread only."""

    changed = Signal()

    def __init__(
        self, inspector: Inspector, pixmaps: PixmapCache, query: Query, session: Session, tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._inspector = inspector
        self._pixmaps = pixmaps
        self._query = query
        self._session = session
        self._tasks = tasks
        self._asked: tuple[Kind, int] | None = None
        self.current: Inspected | None = None
        pixmaps.loaded.connect(self._on_pixmap)
        session.overview_changed.connect(self._show_connection)
        query.answered.connect(self._show_match)
        query.probes_changed.connect(self._show_match)
        query.calibrated.connect(self._show_match)

    @property
    def photo(self) -> Photo | None:
        return self.current.photo if self.current else None

    @property
    def face_id(self) -> int | None:
        return self.current.face_id if self.current else None

    def show(self, kind: Kind, item_id: int) -> None:
        """Look at a photo or at a face in its photo."""
        self._asked = (kind, item_id)
        self._tasks.run(
            partial(_read, self._session.services, kind, item_id),
            done=self._fill,
            key="inspection",
            priority=1,
            owner=self,
        )

    def refresh(self) -> None:
        if self._asked is not None and self._session.is_open:
            self.show(*self._asked)

    def clear(self) -> None:
        self._asked = self.current = None
        self._tasks.cancel("inspection")
        self._inspector.clear()
        self.changed.emit()

    def _fill(self, found: Inspected | None) -> None:
        if found is None:
            self.clear()
            return
        self.current = found
        self._inspector.show_photo(
            found.photo, found.folder, list(found.faces), self._pixmaps.get(("photo", found.photo.id))
        )
        self._show_connection()
        self._inspector.set_selected_face(found.face_id)
        self._inspector.set_similar(list(found.similar))
        self._show_match()
        for face_id in [face.id for face in found.faces] + [face_id for face_id, _ in found.similar]:
            pixmap = self._pixmaps.get(("face", face_id))
            if pixmap is not None:
                self._inspector.set_face_pixmap(face_id, pixmap)
        self.changed.emit()

    @Slot()
    def _show_connection(self) -> None:
        if self.current is not None:
            self._inspector.set_connected(self.current.photo.folder_id not in self._session.offline)

    @Slot()
    def _show_match(self) -> None:
        """Show the score of the face that is looked at: the answer may come after the face."""
        if self.current is not None:
            score = self._score(self.current.face_id)
            self._inspector.show_match(score, self._query.chance(score) if score is not None else None)

    def _score(self, face_id: int | None) -> float | None:
        """Return a face's score in the query that is on."""
        matches = self._query.matches
        if matches is None or face_id is None:
            return None
        at = (matches.face_ids == face_id).nonzero()[0]
        return float(matches.scores[at[0]]) if len(at) else None

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if self.current is None:
            return
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            return
        if key == ("photo", self.current.photo.id):
            self._inspector.set_pixmap(pixmap)
        elif key[0] == "face":
            self._inspector.set_face_pixmap(key[1], pixmap)


def _read(services: Services, kind: Kind, item_id: int) -> Inspected | None:
    """Read on a worker; None if the item has gone."""
    reader = services.reader
    face_id: int | None = None
    photo_id = item_id
    if kind == "face":
        asked = reader.faces([item_id])
        if not asked:
            return None
        face_id, photo_id = item_id, asked[0].photo_id
    photos = reader.photos([photo_id])
    if not photos:
        return None
    faces = reader.faces_of_photo(photo_id, services.config.show_score)
    if face_id is not None and all(face.id != face_id for face in faces):
        faces = [*faces, *reader.faces([face_id])]  # too faint to be shown on its own, but it matched
    folder = next((f.path for f in reader.folders() if f.id == photos[0].folder_id), None)
    return Inspected(photos[0], folder, faces, face_id, _similar(services, face_id))


def _similar(services: Services, face_id: int | None) -> list[tuple[int, float]]:
    embedding = services.gallery.embedding(face_id) if face_id is not None else None
    if embedding is None:
        return []
    nearest = services.gallery.nearest(embedding, _SIMILAR + 1)
    pairs = zip(nearest.face_ids.tolist(), nearest.scores.tolist(), strict=True)
    return [(found, score) for found, score in pairs if found != face_id][:_SIMILAR]
