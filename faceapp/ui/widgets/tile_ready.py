"""Pictures of tiles ready to be copied to the screen: scaled and rounded on workers, kept within a budget."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache, partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap

from faceapp.ui.pixmaps import cost
from faceapp.ui.tasks import Tasks

BUDGET: Final = 64 * 1024 * 1024  # bytes; two screens of 4K
_BATCH: Final = 6  # pictures a task
_RUNNING: Final = 2  # tasks at once
_WAITING: Final = 400  # pictures; more than a screen of the smallest
_PRIORITY: Final = 1  # before thumbnails: what is at hand is shown before more is read
_HEADROOM: Final = 0.2  # of what a square cuts off a tall picture, this share goes at the top


class Look(NamedTuple):
    """How a tile shows its picture. Lengths in device pixels."""

    side: int
    radius: float
    grey: bool
    ratio: float  # device pixels for one pixel of the layout


_Key = tuple[int, Look]


class ReadyTiles(QObject):
    """GUI thread only. Without ``tasks`` pictures are made at once.

    Signals
    -------
    came()
        Some that ``get`` lacked can be had now.
    """

    came = Signal()

    def __init__(self, tasks: Tasks | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._ready: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[_Key, QPixmap] = OrderedDict()  # newest last
        self._making: set[_Key] = set()
        self._running = 0
        self.size = 0  # bytes

    def get(self, pixmap: QPixmap, look: Look) -> QPixmap | None:
        """Return a picture ready for the screen, None if it is to be made: ``start`` begins with that."""
        key = (pixmap.cacheKey(), look)
        found = self._ready.get(key)
        if found is not None:
            self._ready.move_to_end(key)
        elif self._tasks is None:
            found = self._keep(key, rounded(pixmap.toImage(), look))
        elif key not in self._making:
            self._wanted[key] = pixmap
            self._wanted.move_to_end(key)
            if len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
        return found

    def peek(self, pixmap: QPixmap, look: Look) -> QPixmap | None:
        """Return a picture if it is here."""
        return self._ready.get((pixmap.cacheKey(), look))

    def forget_wanted(self) -> None:
        """Make none of those that were not begun: what is painted now asks anew, the rest has scrolled away."""
        self._wanted.clear()

    def start(self) -> None:
        """Make what was asked for, the newest first."""
        while self._tasks is not None and self._wanted and self._running < _RUNNING:
            some = [self._wanted.popitem() for _ in range(min(_BATCH, len(self._wanted)))]
            keys = [key for key, _pixmap in some]
            self._making.update(keys)
            self._running += 1
            self._tasks.run(
                partial(_make, [(pixmap.toImage(), key[1]) for key, pixmap in some]),
                done=partial(self._put, keys),
                failed=partial(self._fail, keys),
                priority=_PRIORITY,
            )

    def _put(self, keys: list[_Key], images: list[QImage]) -> None:
        self._running -= 1
        self._making.difference_update(keys)
        for key, image in zip(keys, images, strict=True):
            self._keep(key, image)
        self.came.emit()
        self.start()

    def _fail(self, keys: list[_Key], error: Exception) -> None:
        self._running -= 1
        self._making.difference_update(keys)
        if self._tasks is not None:
            self._tasks.crashed.emit(error)

    def _keep(self, key: _Key, image: QImage) -> QPixmap:
        made = QPixmap.fromImage(image)  # of the format of pixmaps: nothing is copied
        made.setDevicePixelRatio(key[1].ratio)
        self._ready[key] = made
        self.size += cost(made)
        while self.size > BUDGET and len(self._ready) > 1:
            self.size -= cost(self._ready.popitem(last=False)[1])
        return made


def seen(width: int, height: int) -> QRectF:
    """Return the square of a picture that a tile shows: the middle of a wide one, the upper part of a tall one.

    People stand in tall pictures with their heads near the top.
    """
    side = min(width, height)
    return QRectF((width - side) / 2, (height - side) * _HEADROOM, side, side)


def _make(wanted: list[tuple[QImage, Look]]) -> list[QImage]:
    return [rounded(image, look) for image, look in wanted]


def rounded(image: QImage, look: Look) -> QImage:
    """Return a picture, scaled well, as a square with round corners (see ``seen``). Any thread.

    OpenCV scales as well as Qt does, and lets other threads run meanwhile.
    """
    import cv2

    if image.format() != QImage.Format.Format_RGB32:
        image = image.convertToFormat(QImage.Format.Format_RGB32)
    square = seen(image.width(), image.height()).toRect()
    pixels = _pixels(image)[square.top() : square.top() + square.height(), square.left() :][:, : square.width()]
    shrinks = look.side < square.width()
    made = cv2.resize(pixels, (look.side, look.side), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    if look.grey:
        made = cv2.cvtColor(cv2.cvtColor(made, cv2.COLOR_BGRA2GRAY), cv2.COLOR_GRAY2BGRA)
    made = np.ascontiguousarray(cv2.multiply(made, _mask(look.side, look.radius), scale=1 / 255))
    return QImage(made.data, look.side, look.side, made.strides[0], QImage.Format.Format_ARGB32_Premultiplied)


@lru_cache(maxsize=8)
def _mask(side: int, radius: float) -> npt.NDArray[np.uint8]:
    """Return what of a square shows: 255 inside, 0 in the corners."""
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(Qt.BrushStyle.SolidPattern))
    painter.drawRoundedRect(QRectF(0, 0, side, side), radius, radius)
    painter.end()
    alpha = _pixels(image)[:, :, 3:]
    return np.ascontiguousarray(np.repeat(alpha, 4, axis=2))


def _pixels(image: QImage) -> npt.NDArray[np.uint8]:
    """Return the memory of an image of four bytes a pixel, which must outlive it."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)
