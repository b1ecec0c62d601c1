"""Pictures for painting: a cache with a byte budget that answers at once and fetches what it lacks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from functools import partial
from typing import Final, Literal

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from faceapp.ports import Thumbnails
from faceapp.types import Pixels
from faceapp.ui.tasks import Tasks

PixmapKey = tuple[Literal["photo", "face"], int]

BUDGET: Final = 256 * 1024 * 1024  # bytes
PENDING: Final = 200  # requests that may wait; about two screens full of small tiles
_BATCH: Final = 8  # pictures a task: one queued call for several tiles
_RUNNING: Final = 3  # tasks at once: the pool always has the next one, and new requests still overtake
_COALESCE_MS: Final = 16


def image_from_pixels(pixels: Pixels) -> QImage:
    """Return an image over the same memory, which it keeps alive. Any thread."""
    whole = np.ascontiguousarray(pixels)
    height, width = whole.shape[:2]
    return QImage(whole.data, width, height, whole.strides[0], QImage.Format.Format_BGR888)


def decode_jpeg(data: bytes) -> QImage | None:
    """Decode a thumbnail, None if it is damaged. For a worker: OpenCV lets the window run on meanwhile."""
    import cv2  # costs 100 ms: not before the window shows

    if not data:
        return None
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        return None
    # The format of pixmaps, so that the GUI thread need not convert.
    whole = np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA))
    return QImage(whole.data, whole.shape[1], whole.shape[0], whole.strides[0], QImage.Format.Format_RGB32)


class PixmapCache(QObject):
    """Thumbnails as pixmaps, least recently used dropped first. GUI thread only.

    Signals
    -------
    loaded(object)
        A ``PixmapKey`` that ``get`` missed before can be had now. All that came within a frame are told at once.
    arrived(object)
        A list of all keys that came within a frame, those included that were asked for as one of ``many``.
    """

    loaded = Signal(object)
    arrived = Signal(object)

    def __init__(
        self, thumbnails: Thumbnails, tasks: Tasks, *, budget: int = BUDGET, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._tasks = tasks
        self._budget = budget
        self._bytes = 0
        self._pixmaps: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._missing: set[Hashable] = set()
        self._pending: OrderedDict[PixmapKey, None] = OrderedDict()  # newest last
        self._in_flight: dict[PixmapKey, int] = {}  # to the number of the task that fetches it
        self._alone: set[PixmapKey] = set()  # what ``loaded`` is to tell
        self._running = 0
        self._serial = 0
        self._fresh: list[PixmapKey] = []
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(_COALESCE_MS)
        self._tell.timeout.connect(self._tell_loaded)

    @property
    def size(self) -> int:
        """Bytes held now."""
        return self._bytes

    def get(self, key: PixmapKey, *, many: bool = False) -> QPixmap | None:
        """Return the picture if it is here; otherwise ask for it, unless it is known to be absent.

        One of ``many``, a screen full of tiles say, is told by ``arrived`` only.
        """
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
            return found
        if key in self._missing:
            return None
        if not many:
            self._alone.add(key)
        if key in self._in_flight:
            return None
        self._pending[key] = None
        self._pending.move_to_end(key)  # what is painted now goes before what scrolled away
        while len(self._pending) > PENDING:
            self._alone.discard(self._pending.popitem(last=False)[0])
        self._pump()
        return None

    def is_missing(self, key: PixmapKey) -> bool:
        """Whether the library has no picture for it."""
        return key in self._missing

    def invalidate(self, key: PixmapKey) -> None:
        """Forget a picture, or that there was none: the next ``get`` fetches it anew."""
        old = self._pixmaps.pop(key, None)
        if old is not None:
            self._bytes -= cost(old)
        self._missing.discard(key)
        self._in_flight.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        self._pixmaps.clear()
        self._missing.clear()
        self._pending.clear()
        self._in_flight.clear()
        self._alone.clear()
        self._fresh.clear()
        self._bytes = 0

    def _pump(self) -> None:
        while self._pending and self._running < _RUNNING:
            keys = [self._pending.popitem()[0] for _ in range(min(_BATCH, len(self._pending)))]
            self._serial += 1
            self._running += 1
            self._in_flight.update(dict.fromkeys(keys, self._serial))
            self._tasks.run(
                partial(_fetch, self._thumbnails, keys),
                done=partial(self._put, self._serial),
                failed=partial(self._fail, self._serial, keys),
            )

    def _put(self, serial: int, images: list[tuple[PixmapKey, QImage | None]]) -> None:
        self._running -= 1
        for key, image in images:
            if self._in_flight.get(key) != serial:
                continue  # invalidated meanwhile
            del self._in_flight[key]
            if image is None:
                self._missing.add(key)
                self._alone.discard(key)
                continue
            pixmap = QPixmap.fromImage(image)
            self._pixmaps[key] = pixmap
            self._bytes += cost(pixmap)
            self._fresh.append(key)
        while self._bytes > self._budget and len(self._pixmaps) > 1:
            self._bytes -= cost(self._pixmaps.popitem(last=False)[1])
        if self._fresh and not self._tell.isActive():
            self._tell.start()
        self._pump()

    def _fail(self, serial: int, keys: list[PixmapKey], error: Exception) -> None:
        """Take pictures that cannot be read for absent, else every repaint would ask again."""
        self._put(serial, [(key, None) for key in keys])
        self._tasks.crashed.emit(error)

    @Slot()
    def _tell_loaded(self) -> None:
        fresh, self._fresh = self._fresh, []
        self.arrived.emit(fresh)
        for key in fresh:
            if key in self._alone:
                self._alone.discard(key)
                self.loaded.emit(key)


def _fetch(thumbnails: Thumbnails, keys: list[PixmapKey]) -> list[tuple[PixmapKey, QImage | None]]:
    """Read and decode on a worker."""
    found: list[tuple[PixmapKey, QImage | None]] = []
    for key in keys:
        kind, number = key
        data = thumbnails.photo(number) if kind == "photo" else thumbnails.face(number)
        found.append((key, None if data is None else decode_jpeg(data)))
    return found


def cost(pixmap: QPixmap) -> int:
    """Return the bytes that a pixmap takes."""
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8
