"""Decoded photos around the one that is looked at: what comes next is there before it is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from faceapp.types import Pixels
from faceapp.ui import error_words
from faceapp.ui.tasks import Tasks

BUDGET: Final = 400 * 1024 * 1024  # bytes of decoded photos
_MOST: Final = 16_000  # pixels of a side, looked at closely: a painter takes no more than 32,767


class Preloader(QObject):
    """Decodes photos on workers and keeps them while there is room. GUI thread only.

    Signals
    -------
    loaded(object), failed(object)
        The id of a photo that ``get``, or ``error``, has now.
    """

    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject, *, budget: int = BUDGET) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._budget = budget
        self._load: Callable[[int], Pixels] | None = None
        self._screen = QSize()
        self._session = 0
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._errors: dict[int, str] = {}
        self._loading: set[tuple[int, bool]] = set()  # photo, and whether with every pixel
        self._whole: set[int] = set()  # kept with every pixel
        self._order: tuple[int, ...] = ()
        self._wanted: frozenset[int] = frozenset()  # replaced, never changed: workers read it

    @property
    def size(self) -> int:
        """Bytes held now."""
        return sum(map(_cost, self._kept.values()))

    def start(self, load: Callable[[int], Pixels] | None, screen: QSize) -> None:
        """Forget everything; get photos by ``load``, on workers, no larger than ``screen`` unless asked ``whole``."""
        self._session += 1
        self._load, self._screen = load, screen
        self._kept.clear()
        self._errors.clear()
        self._loading.clear()
        self._whole.clear()
        self._order, self._wanted = (), frozenset()

    def want(self, photo_ids: Sequence[int]) -> None:
        """Have these photos at hand, the first soonest: it is looked at."""
        self._order, self._wanted = tuple(photo_ids), frozenset(photo_ids)
        for photo_id in photo_ids:
            if photo_id in self._kept:
                self._kept.move_to_end(photo_id)
            if photo_id not in self._kept:
                self._ask(photo_id, whole=False)

    def want_whole(self, photo_id: int) -> None:
        """Decode a photo with every pixel that it has: it is looked at closely."""
        if photo_id not in self._whole:
            self._ask(photo_id, whole=True)

    def get(self, photo_id: int) -> QPixmap | None:
        return self._kept.get(photo_id)

    def error(self, photo_id: int) -> str:
        """Return why a photo cannot be shown, "" if it can or is not known yet."""
        return self._errors.get(photo_id, "")

    def is_coming(self, photo_id: int) -> bool:
        return (photo_id, False) in self._loading

    def _ask(self, photo_id: int, *, whole: bool) -> None:
        request = (photo_id, whole)
        if self._load is None or request in self._loading or photo_id in self._errors:
            return
        self._loading.add(request)
        self._tasks.run(
            partial(self._decode, self._load, photo_id, whole),
            done=partial(self._put, self._session, request),
            failed=partial(self._fail, self._session, request),
            priority=2 if photo_id == self._order[0] else 0,
        )

    def _decode(self, load: Callable[[int], Pixels], photo_id: int, whole: bool) -> tuple[QImage, bool] | None:
        """On a worker. None if the user has gone on meanwhile."""
        if photo_id not in self._wanted:
            return None
        pixels = load(photo_id)
        limit = QSize(_MOST, _MOST) if whole else self._screen
        image = reduced(pixels, limit.width(), limit.height())
        return image, whole or image.width() == pixels.shape[1]

    def _put(self, session: int, request: tuple[int, bool], found: tuple[QImage, bool] | None) -> None:
        if session != self._session:
            return
        photo_id, whole = request
        self._loading.discard(request)
        if found is None:
            if photo_id in self._wanted:  # came back to it meanwhile
                self._ask(photo_id, whole=whole)
            return
        image, complete = found
        if complete:
            self._whole.add(photo_id)
        elif photo_id in self._whole:  # the better one was quicker
            return
        self._kept[photo_id] = QPixmap.fromImage(image)
        self._kept.move_to_end(photo_id)
        self._make_room()
        if photo_id in self._kept:
            self.loaded.emit(photo_id)

    def _make_room(self) -> None:
        """Drop what is not wanted any more, then what is wanted last; never the photo that is looked at."""
        unwanted = [photo_id for photo_id in self._kept if photo_id not in self._wanted]
        size = self.size
        for photo_id in (*unwanted, *reversed(self._order[1:])):
            if size <= self._budget:
                return
            dropped = self._kept.pop(photo_id, None)
            self._whole.discard(photo_id)
            size -= _cost(dropped) if dropped is not None else 0

    def _fail(self, session: int, request: tuple[int, bool], error: Exception) -> None:
        if session != self._session:
            return
        photo_id, _ = request
        self._loading.discard(request)
        self._errors[photo_id] = error_words.told(str(error))
        self.failed.emit(photo_id)


def reduced(pixels: Pixels, width: int, height: int) -> QImage:
    """Return a photo no larger than needed, in the format that becomes a pixmap without conversion. For a worker."""
    import cv2  # costs 100 ms: not before the window shows

    scale = min(1.0, width / pixels.shape[1], height / pixels.shape[0])
    if scale < 1.0:
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    bgra = np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA))
    return QImage(bgra.data, bgra.shape[1], bgra.shape[0], bgra.strides[0], QImage.Format.Format_RGB32)


def _cost(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * pixmap.depth() // 8
