"""The first minutes with a new library: the Pictures folder on the welcome, and the first person to name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, Slot

from faceapp.ports import Services
from faceapp.ui.pixmaps import PixmapKey
from faceapp.ui.reading import pictures_folder
from faceapp.ui.sampling import above
from faceapp.ui.session import Overview
from faceapp.ui.widgets.first_name_hint import FACES, FirstNameHint

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

SETTING: Final = "hints/first_name"
_PAGES: Final = (("photos",), ("faces",), ("people",))


@dataclass(frozen=True, slots=True)
class _Somebody:
    """The group with most faces."""

    face_ids: Sequence[int]
    photos: int


class FirstMinutes(QObject):
    """Asks who the person with most faces is, while nobody has a name, and never again after. GUI thread only."""

    def __init__(self, window: MainWindow, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self._over = settings is not None and bool(settings.value(SETTING, False, type=bool))
        self._somebody: _Somebody | None = None
        self.hint = FirstNameHint()
        above(window, self.hint)
        self.hint.named.connect(self._name)
        self.hint.dismissed.connect(self._end)
        window.session.overview_changed.connect(self._on_overview)
        window.navigation.stack_shown.connect(self._show)
        window.pixmaps.loaded.connect(self._on_pixmap)
        folder = pictures_folder()
        window.tasks.run(lambda: folder if folder.is_dir() else None, done=self._on_pictures)

    def _on_pictures(self, folder: Path | None) -> None:
        self._window.first_start.set_pictures(folder)

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        if self._over:
            return
        if overview.people:
            self._end()
        elif not overview.groups:
            self._somebody = None
            self._show()
        elif not self.hint.edit.text():  # who is being named stays in place
            services = self._window.session.services
            self._window.tasks.run(lambda: _largest(services), done=self._on_group, key="first name")

    def _on_group(self, somebody: _Somebody | None) -> None:
        if self._over or self.hint.edit.text():
            return
        self._somebody = somebody
        if somebody is not None and tuple(somebody.face_ids[:FACES]) != tuple(self.hint.face_ids):
            self.hint.hide()  # to be filled anew
        self._show()

    @Slot()
    def _show(self) -> None:
        """Ask where photos and faces are looked through, and nothing is being looked for."""
        pages = self._window.pages
        if self._over or self._somebody is None or pages.answering or pages.key not in _PAGES:
            self.hint.hide()
        elif not self.hint.isVisibleTo(self._window):
            self.hint.show_group(self._somebody.face_ids, self._somebody.photos)
            for face_id in self.hint.face_ids:
                self._on_pixmap(("face", face_id))

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if key[0] == "face" and key[1] in self.hint.face_ids and not self._over:
            pixmap = self._window.pixmaps.get(key)
            if pixmap is not None:
                self.hint.set_face_pixmap(key[1], pixmap)

    @Slot(str)
    def _name(self, name: str) -> None:
        if self._somebody is not None:
            self._window.deciding.name(list(self._somebody.face_ids), name)
            self._end()

    @Slot()
    def _end(self) -> None:
        """Somebody has a name, or the user does not want to be asked."""
        self._over = True
        self.hint.hide()
        self._window.remember(SETTING, True)
        self._window.grid.setFocus()


def _largest(services: Services) -> _Somebody | None:
    """Return the group with most faces, on a worker."""
    reader = services.people_reader
    groups = reader.groups()
    return _Somebody(reader.group_faces(groups[0].id).tolist(), groups[0].photos) if groups else None
