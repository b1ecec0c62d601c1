"""How many matches each album has now: counted in the background, one album after the other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from faceapp import answering
from faceapp.types_search import Album
from faceapp.ui.session import Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.sidebar import Sidebar

_PAUSE_MS: Final = 3_000  # after a change
_SCANNING_MS: Final = 30_000  # while photos are read, where every batch is a change


class AlbumCounts(QObject):
    """Writes the numbers into the sidebar; an old number stays until there is a new one. GUI thread only."""

    def __init__(self, sidebar: Sidebar, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sidebar = sidebar
        self._session = session
        self._tasks = tasks
        self._albums: Mapping[int, Album] = {}
        self._counts: dict[int, int] = {}
        self._waiting: list[int] = []  # albums of this round
        self.pause_ms = _PAUSE_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._count_all)
        session.scan_ended.connect(self._count_soon)
        session.closing.connect(self._stop)

    @property
    def pending(self) -> bool:
        """Whether a number may still change by itself."""
        return self._timer.isActive() or bool(self._waiting)

    def set_albums(self, albums: Mapping[int, Album]) -> None:
        """Take the albums by id, whose rows are in the sidebar: the library changed. New ones are counted at once."""
        self._albums = albums
        self._counts = {album_id: count for album_id, count in self._counts.items() if album_id in albums}
        for album_id, count in self._counts.items():
            self._sidebar.set_album_count(album_id, count)
        if self._counts.keys() != albums.keys():
            self._timer.start(0)
        else:
            self._count_soon()

    @Slot()
    def _stop(self) -> None:
        self._timer.stop()
        self._waiting.clear()
        self._tasks.cancel("albums")

    @Slot()
    def _count_soon(self) -> None:
        scanning = self._session.scanning is not None and not self._session.paused
        if self._albums and (not self._timer.isActive() or not scanning):
            self._timer.start(_SCANNING_MS if scanning else self.pause_ms)

    @Slot()
    def _count_all(self) -> None:
        self._waiting = list(self._albums)
        self._count_next()

    def _count_next(self) -> None:
        if not self._waiting or not self._session.is_open or self._session.reopening:
            return
        services = self._session.services
        if not services.gallery.ready:  # a worker would wait for it
            self._timer.start(self.pause_ms)
            return
        album = self._albums.get(self._waiting.pop(0))
        if album is None:
            self._count_next()
            return
        count, done = partial(answering.count, services, album.search), partial(self._on_count, album.id)
        self._tasks.run(count, done=done, key="albums", priority=-1, owner=self)

    def _on_count(self, album_id: int, count: int) -> None:
        if album_id in self._albums:
            self._counts[album_id] = count
            self._sidebar.set_album_count(album_id, count)
        self._count_next()
