"""Feeds the panel that says who somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Slot

from faceapp.ports import Services
from faceapp.types_people import Group, PersonDetails
from faceapp.ui.pages import Pages
from faceapp.ui.people.asking import Asking
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.session import Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import group_tile
from faceapp.ui.widgets.person_panel import FACES, PersonPanel


@dataclass(frozen=True, slots=True)
class _About:
    """What the panel shows."""

    person: PersonDetails | None
    group: Group | None
    faces: Sequence[int]


class Introducing(QObject):
    """Reads about a person or group and shows it in the panel. GUI thread only."""

    def __init__(
        self,
        panel: PersonPanel,
        asking: Asking,
        pages: Pages,
        session: Session,
        pixmaps: PixmapCache,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._asking = asking
        self._pages = pages
        self._session = session
        self._pixmaps = pixmaps
        self._tasks = tasks
        self._asked: int | None = None  # the tile that the panel is about
        pixmaps.loaded.connect(self._on_pixmap)

    def show_several(self, tiles: Sequence[int]) -> None:
        """Show that several people and groups are selected."""
        self._asked = None
        people = sum(tile > 0 for tile in tiles)
        covers = [self._pages.content.describe(tile).cover for tile in tiles[:FACES]]
        faces = [cover for cover in covers if cover is not None]
        self._panel.show_several(people, len(tiles) - people, faces)
        self._give_pictures(faces)

    def show(self, tile: int | None) -> None:
        """Show a person or group in the panel."""
        if tile is None:
            self._asked = None
            self._panel.clear()
            return
        self._asked = tile
        content, services = self._pages.content, self._session.services
        group = content.group or content.groups.get(group_tile(tile)) if tile < 0 else None
        self._tasks.run(
            partial(_read, services, tile, group), done=partial(self._told, tile), key="panel", priority=1, owner=self
        )

    def _told(self, tile: int, about: _About) -> None:
        if tile != self._asked:
            return
        opens = self._pages.key[0] in ("people", "groups")
        if about.person is not None:
            self._panel.show_person(about.person, about.faces, opens=opens)
        elif about.group is not None:
            self._panel.show_group(about.group, about.faces, self._asking.people(), opens=opens)
        else:
            self._panel.clear()
        self._give_pictures(about.faces)

    def _give_pictures(self, face_ids: Sequence[int]) -> None:
        for face_id in face_ids:
            pixmap = self._pixmaps.get(("face", face_id))
            if pixmap is not None:
                self._panel.set_face_pixmap(face_id, pixmap)

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        pixmap = self._pixmaps.get(key) if key[0] == "face" else None
        if pixmap is not None:
            self._panel.set_face_pixmap(key[1], pixmap)


def _read(services: Services, tile: int, group: Group | None) -> _About:
    """Read what the panel shows, on a worker. The faces of a person are spread over her years."""
    reader = services.people_reader
    if tile < 0:
        return _About(None, group, reader.group_faces(group_tile(tile))[:FACES].tolist())
    faces = reader.person_faces(tile).face_ids
    spread = np.unique(np.linspace(0, len(faces) - 1, min(FACES, len(faces))).round().astype(int))
    return _About(reader.details(tile), None, faces[spread].tolist())
