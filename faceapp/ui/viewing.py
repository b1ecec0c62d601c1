"""Looking at one thing closely: the viewer, the menu of a tile, the file in its folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QPoint, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from faceapp.errors import PhotoError
from faceapp.ports import Services
from faceapp.types import IdArray, Naming, Pixels
from faceapp.types_people import Change
from faceapp.ui import words
from faceapp.ui.full_screen import FullScreen
from faceapp.ui.inspection import Inspection
from faceapp.ui.marking import Marking
from faceapp.ui.pages import Pages
from faceapp.ui.people import face_words
from faceapp.ui.pixmaps import PixmapCache
from faceapp.ui.searching import Searching
from faceapp.ui.session import Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.inspector import Inspector
from faceapp.ui.widgets.photo_view import FaceBox
from faceapp.ui.widgets.viewer import Viewer
from faceapp.ui.widgets.viewer_source import PhotoWords, ViewerSource


class Viewing(QObject):
    """Opens the viewer on what the grid shows. GUI thread only.

    ``menu_wanted(QMenu, object)``: the menu of a tile is about to open; others may add what they offer for its id.
    """

    menu_wanted = Signal(object, object)

    def __init__(
        self,
        window: QWidget,
        *,
        viewer: Viewer,
        grid: TileGrid,
        inspector: Inspector,
        inspection: Inspection,
        searching: Searching,
        pages: Pages,
        session: Session,
        pixmaps: PixmapCache,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._viewer = viewer
        self._grid = grid
        self._inspection = inspection
        self._searching = searching
        self._pages = pages
        self._session = session
        self._tasks = tasks
        self._source = ViewerSource(
            load=partial(_load, session),
            describe=partial(_describe, session),
            thumbnail=lambda photo_id: pixmaps.get(("photo", photo_id)),
        )
        grid.context_requested.connect(self._menu)
        inspector.open_requested.connect(self._open_photo)
        inspector.show_in_folder_requested.connect(self.show_in_folder)
        viewer.face_clicked.connect(self._search_face)
        viewer.name_requested.connect(self._name_face)
        viewer.menu_wanted.connect(self._fill_menu)
        viewer.closed.connect(self._on_closed)
        session.decided.connect(self._on_decided)
        FullScreen(window, viewer)
        self.marking = Marking(window, viewer, session, tasks)
        self.marking.name_requested.connect(self._name_face)

    def close(self) -> None:
        """Close the viewer, if it is open."""
        if self._viewer.isVisible():
            self._viewer.close_viewer()

    def open_current(self) -> None:
        current = self._grid.current_id()
        if current is not None:
            self.open(current)

    def open(self, item_id: int) -> None:
        """Open the viewer on a tile of the grid; arrow keys then follow the grid's order."""
        if not self._pages.shows_people:
            self._open_row(self._grid.tiles.row_of(item_id), play=False)

    def _open_row(self, row: int, *, play: bool) -> None:
        tiles = self._grid.tiles
        if not 0 <= row < len(tiles.shown_ids):
            return
        shown = tiles.shown_ids.copy()
        if tiles.kind == "photo":
            self._open_photos((shown, row), play=play)
        else:
            self._open_later(partial(_photos_of_faces, self._session.services, shown, row), play=play)

    def _open_later(self, find: Callable[[], tuple[IdArray, int]], *, play: bool) -> None:
        self._tasks.run(find, done=partial(self._open_photos, play=play), owner=self, key="viewer")

    def _open_photos(self, answer: tuple[IdArray, int], *, play: bool) -> None:
        if len(answer[0]):
            self._viewer.open(*answer, self._source)
            if play:
                self._viewer.play()

    def start_slideshow(self) -> None:
        """Show what the grid holds one after the other; on the page of people, the photos of the selected one."""
        if self._viewer.isVisible():
            self._viewer.play()
        elif self._pages.shows_people:
            people = [tile_id for tile_id in self._grid.selected_ids() if tile_id > 0]
            if people:
                reader = self._session.services.reader
                self._open_later(lambda: (reader.photo_ids(person_id=people[0]), 0), play=True)
        else:
            current = self._grid.current_id()
            row = self._grid.tiles.row_of(current) if current is not None else 0
            self._open_row(max(0, row), play=True)

    @Slot(object)
    def open_face(self, face_id: int) -> None:
        """Open the viewer on the photo of a face."""
        reader = self._session.services.reader
        self._tasks.run(lambda: [face.photo_id for face in reader.faces([face_id])], done=self._open_first, owner=self)

    def _open_first(self, photo_ids: list[int]) -> None:
        for photo_id in photo_ids[:1]:
            self._open_photo(photo_id)

    @Slot(object)
    def _open_photo(self, photo_id: int) -> None:
        self._viewer.open(np.array([photo_id], np.int64), 0, self._source)

    @Slot(object)
    def _search_face(self, face_id: int) -> None:
        self._viewer.close_viewer()
        self._searching.search_face(face_id)

    @Slot(object)
    def _name_face(self, face_id: int) -> None:
        self._searching.name_faces([face_id])

    @Slot(object)
    def _on_decided(self, _step: Naming | Change) -> None:
        self._viewer.refresh()

    @Slot(object, object)
    def _fill_menu(self, menu: QMenu, face: FaceBox | None) -> None:
        """Offer what can be done with a face or the file that the viewer shows."""
        photo_id = self._viewer.current_id
        if face is not None:
            menu.addAction(self.tr("&Find This Face"), partial(self._search_face, face.face_id))
            menu.addAction(self.tr("&Name…"), partial(self._name_face, face.face_id))
        if photo_id is not None:
            menu.addAction(self.tr("Sho&w in Folder"), partial(self.show_in_folder, photo_id))

    @Slot()
    def _on_closed(self) -> None:
        self._grid.setFocus()

    def show_current_in_folder(self) -> None:
        if self._inspection.photo is not None:
            _open_folder(self._inspection.photo.path)

    @Slot(object)
    def show_in_folder(self, photo_id: int) -> None:
        """Open the file manager on a photo's folder."""
        reader = self._session.services.reader
        self._tasks.run(lambda: [p.path for p in reader.photos([photo_id])], done=self._show_paths)

    def _show_paths(self, paths: list[Path]) -> None:
        for path in paths:
            _open_folder(path)

    @Slot(object, QPoint)
    def _menu(self, item_id: int, where: QPoint) -> None:
        menu = QMenu(self._window)
        if self._grid.tiles.kind == "face":
            menu.addAction(self.tr("&Find This Face"), partial(self._searching.search_face, item_id))
            if self._searching.active:
                menu.addAction(
                    self.tr("A&dd This Face to the Search"), partial(self._searching.search_face, item_id, add=True)
                )
            if self._pages.key != ("hidden",):
                menu.addAction(self.tr("&Name…"), partial(self._searching.name_faces, self._grid.selected_ids()))
        self.menu_wanted.emit(menu, item_id)
        if not self._pages.shows_people:
            menu.addSeparator()
            menu.addAction(self.tr("&Open in the Viewer"), partial(self.open, item_id))
            menu.addAction(self.tr("Sho&w in Folder"), self.show_current_in_folder)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)


def _load(session: Session, photo_id: int) -> Pixels:
    """Decode a photo, on a worker. Raises ``PhotoError`` with a sentence."""
    photos = session.services.reader.photos([photo_id])
    if not photos:
        raise PhotoError(words.photo_gone())
    if photos[0].folder_id in session.offline:
        raise PhotoError(words.not_connected())
    return session.services.pictures.read(photos[0].path).pixels


def _describe(session: Session, photo_id: int) -> PhotoWords:
    """Return what stands over a photo, on a worker."""
    services = session.services
    photos = services.reader.photos([photo_id])
    if not photos:
        return PhotoWords(words.photo_gone())
    title = photos[0].path.name
    if photos[0].taken is not None:
        title = f"{title} · {words.date_time(photos[0].taken)}"
    faces = services.reader.faces_of_photo(photo_id, services.config.show_score)
    boxes = [FaceBox(face.id, face.box, face_words.name(face), face.person_id is not None) for face in faces]
    folder = next((one.path for one in services.reader.folders() if one.id == photos[0].folder_id), None)
    return PhotoWords(title, boxes, photos[0], folder, faces)


def _photos_of_faces(services: Services, face_ids: IdArray, row: int) -> tuple[IdArray, int]:
    """Return the photos of some faces, each once, in their order, and the place of the chosen one's photo."""
    by_id = {face.id: face.photo_id for face in services.reader.faces(face_ids.tolist())}
    wanted = by_id.get(int(face_ids[row]))
    photo_ids = list(dict.fromkeys(by_id[f] for f in face_ids.tolist() if f in by_id))
    return np.array(photo_ids, np.int64), photo_ids.index(wanted) if wanted is not None else 0


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
