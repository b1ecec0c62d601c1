"""Faces from the photos themselves, for where a face is shown larger than its tile. They replace it in place."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.ui.pixmaps import decode_jpeg
from faceapp.ui.session import Session
from faceapp.ui.tasks import Tasks

SIDE: Final = 640  # pixels
_KEPT: Final = 8  # faces


class Sharpening(QObject):
    """Decodes one photo at a time; what is not wanted any more is not begun. GUI thread only."""

    ready = Signal()  # a face that is wanted, or was

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._wanted: list[int] = []
        self._pixmaps: OrderedDict[int, QPixmap | None] = OrderedDict()  # None: its photo cannot be read now
        self._running = False

    def pixmap(self, face_id: int) -> QPixmap | None:
        return self._pixmaps.get(face_id)

    def want(self, face_ids: Sequence[int]) -> None:
        """Get these faces, the first one first, and no others."""
        self._wanted = list(face_ids)
        if any(self._pixmaps.get(face_id) is not None for face_id in face_ids):
            self.ready.emit()
        self._go_on()

    def _go_on(self) -> None:
        missing = [face_id for face_id in self._wanted if face_id not in self._pixmaps]
        if missing and not self._running and self._session.is_open:
            self._running = True
            self._tasks.run(
                partial(_crop, self._session.services, self._session.offline, missing[0]),
                done=partial(self._put, missing[0]),
                failed=partial(self._fail, missing[0]),
            )

    def _put(self, face_id: int, image: QImage | None) -> None:
        self._running = False
        self._pixmaps[face_id] = QPixmap.fromImage(image) if image is not None else None
        while len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        if image is not None:
            self.ready.emit()
        self._go_on()

    def _fail(self, face_id: int, error: Exception) -> None:
        self._put(face_id, None)  # the tile stays
        if not isinstance(error, FaceappError):
            self._tasks.crashed.emit(error)


def _crop(services: Services, offline: frozenset[int], face_id: int) -> QImage | None:
    """Cut a face out of its photo as its tile is cut, on a worker; None if the photo is not what was read."""
    from faceapp.imaging.thumbnails import face_tile  # loads OpenCV

    faces = services.reader.faces([face_id])
    photos = services.reader.photos([faces[0].photo_id]) if faces else []
    if not photos or photos[0].folder_id in offline:
        return None
    decoded = services.pictures.read(photos[0].path)
    if decoded.content_hash != photos[0].content_hash:
        return None
    return decode_jpeg(face_tile(decoded.pixels, faces[0].box, decoded.icc, SIDE))
