"""Taking photos out of the window: dragged to a file manager, copied as files, as a picture or as paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.types import Pixels
from faceapp.ui import words
from faceapp.ui.people import dragging
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.pixmaps import image_from_pixels
from faceapp.ui.tile import Kind

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

T = TypeVar("T")

MOST: Final = 5_000  # tiles whose files are taken at once; file managers take their time over more
_COPIED_FILES: Final = "x-special/gnome-copied-files"  # what file managers of GNOME ask for besides addresses


class TakingOut(QObject):
    """Drags and copies what is selected in the grid. GUI thread only; paths and pictures are read on workers.

    One drag carries both: files for other programs, and the tiles themselves for this window. ``said``: what was done.
    """

    said = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._grid = window.grid
        self._pages = window.pages
        self._session = window.session
        self._tasks = window.tasks
        window.grid.drag_wanted.connect(self._drag)
        window.viewing.menu_wanted.connect(self._fill_menu)
        self.said.connect(window.status.show_message)

    @property
    def possible(self) -> bool:
        """Whether photos, or faces on photos, are selected."""
        return self._session.is_open and self._grid.tiles.kind in ("photo", "face") and bool(self._grid.selected_runs())

    @Slot()
    def copy(self) -> None:
        """Copy the files, and the picture itself if it is one."""
        self._read(partial(_files_and_picture, offline=frozenset(self._session.offline)), self._copy)

    @Slot()
    def copy_path(self) -> None:
        """Copy where the files are."""
        self._read(photo_paths, self._copy_paths)

    def _read(self, read: Callable[[Services, Kind, list[int]], T], done: Callable[[T], object]) -> None:
        ids = self._grid.selected_ids()
        if not self.possible or self._too_many(ids):
            return
        work = partial(read, self._session.services, self._grid.tiles.kind, ids)
        self._tasks.run(work, done=done, key="copy", owner=self)

    def _copy(self, found: tuple[list[Path], Pixels | None]) -> None:
        paths, picture = found
        if paths:
            QGuiApplication.clipboard().setMimeData(mime_of(paths, picture))
            self.said.emit(self._copied(paths))

    def _copy_paths(self, paths: list[Path]) -> None:
        if paths:
            QGuiApplication.clipboard().setText("\n".join(map(str, paths)))
            self.said.emit(self._copied(paths))

    def _copied(self, paths: Sequence[Path]) -> str:
        what = paths[0].name if len(paths) == 1 else words.photos(len(paths))
        return self.tr("Copied: {what}").replace("{what}", what)

    def _too_many(self, ids: Sequence[int]) -> bool:
        if len(ids) > MOST:
            text = self.tr("At most {n} photos can be taken out at once")
            self.said.emit(text.replace("{n}", words.number(MOST)))
        return len(ids) > MOST

    @Slot()
    def _drag(self) -> None:
        """Begin a drag of what is selected, as soon as its files are known."""
        tiles, ids = self._grid.tiles, self._grid.selected_ids()
        if not ids or not self._session.is_open:
            return
        if tiles.kind == "photo" or tiles.kind == "face":
            cargo = Cargo(tiles.kind, tuple(ids), self._pages.key)
            if len(ids) <= MOST:
                work = partial(photo_paths, self._session.services, tiles.kind, ids)
                self._tasks.run(work, done=partial(self._carry, cargo), key="drag", priority=2, owner=self)
                return
            if cargo.kind == "photo" and self._too_many(ids):
                return
        else:
            cargo = Cargo("person", tuple(ids), self._pages.key)
        self._carry(cargo, [])

    def _carry(self, cargo: Cargo, paths: list[Path]) -> None:
        current = self._grid.current_id()
        if not self._grid.pulling or current is None or (cargo.kind == "photo" and not paths):
            return  # let go meanwhile
        row = self._grid.tiles.row_of(current)
        pixmap = self._grid.tiles.tile(row).pixmap if row >= 0 else None
        dragging.run(self._grid, cargo, pixmap, mime_of(paths) if paths else QMimeData())
        self._grid.pulling = False

    @Slot(object, object)
    def _fill_menu(self, menu: QMenu, _item_id: int) -> None:
        if self.possible:
            menu.addSeparator()
            menu.addAction(self.tr("&Copy"), self.copy)
            menu.addAction(self.tr("Copy Pat&h"), self.copy_path)


def mime_of(paths: Sequence[Path], picture: Pixels | None = None) -> QMimeData:
    """Return files as other programs like them: addresses, paths as text, the picture itself if it is given."""
    made = QMimeData()
    addresses = [QUrl.fromLocalFile(str(path)) for path in paths]
    made.setUrls(addresses)
    made.setText("\n".join(map(str, paths)))
    lines = ["copy", *(bytes(address.toEncoded().data()).decode() for address in addresses)]
    made.setData(_COPIED_FILES, "\n".join(lines).encode())
    if picture is not None:
        made.setImageData(image_from_pixels(picture))
    return made


def photo_paths(services: Services, kind: Kind, ids: Sequence[int]) -> list[Path]:
    """Return the files of photos, or of the photos of faces, each once. On a worker."""
    if kind == "face":
        ids = list(dict.fromkeys(face.photo_id for face in services.reader.faces(ids)))
    return [photo.path for photo in services.reader.photos(ids)]


def _files_and_picture(
    services: Services, kind: Kind, ids: Sequence[int], *, offline: frozenset[int]
) -> tuple[list[Path], Pixels | None]:
    """Return files, and the picture of one alone, unless it cannot be read. On a worker."""
    paths = photo_paths(services, kind, ids)
    if len(paths) != 1:
        return paths, None
    try:
        return paths, services.pictures.read(paths[0]).pixels
    except (FaceappError, OSError):
        return paths, None
