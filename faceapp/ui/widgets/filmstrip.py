"""A row of thumbnails below a photo: where it stands among the others. Only what is in view costs anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from faceapp.types import IdArray
from faceapp.ui import motion, theme, words
from faceapp.ui.widgets.parts import draw_focus, draw_picture

_SIDE: Final = 52
_STEP: Final = _SIDE + theme.SPACE_1  # from thumbnail to thumbnail
_HEIGHT: Final = _SIDE + 2 * theme.SPACE_2
_SLIDE_MS: Final = 150
_KEPT: Final = 200  # small pictures; more than fit on a wide screen


class Filmstrip(QWidget):
    """Keeps the current photo in its middle. A click chooses a photo, the wheel goes on.

    Signals
    -------
    chosen(int)
        Position of a photo that was clicked or wheeled to.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: IdArray = np.empty(0, np.int64)
        self._index = 0
        self._thumbnail: Callable[[int], QPixmap | None] = lambda _photo_id: None
        self._small: dict[int, QPixmap] = {}
        self._middle = 0.0  # position in the ids that lies in the middle of the strip; moves to ``_index``
        self._turned = 0  # of the wheel, in eighths of a degree
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slide_to)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys of the viewer
        self.setAccessibleName(self.tr("Filmstrip"))
        self.setToolTip(self.tr("Click a photo to see it; the wheel goes from photo to photo (T hides the strip)"))
        theme.signals().changed.connect(self._repaint)

    @property
    def count(self) -> int:
        return len(self._ids)

    @property
    def index(self) -> int:
        return self._index

    def set_photos(self, ids: IdArray, index: int, thumbnail: Callable[[int], QPixmap | None]) -> None:
        """Show photos; ``thumbnail`` answers at once, with None if the picture comes later."""
        self._ids, self._thumbnail = ids, thumbnail
        self._small.clear()
        self._slide.stop()
        self._index, self._middle = index, float(index)
        self._describe()

    def set_index(self, index: int) -> None:
        """Mark another photo and bring it into the middle."""
        far = abs(index - self._middle) > self.width() / _STEP
        self._index = index
        self._slide.stop()
        if far or motion.reduced() or not self.isVisible():
            self._middle = float(index)
        else:
            self._slide.setStartValue(self._middle)
            self._slide.setEndValue(float(index))
            self._slide.start()
        self._describe()

    def put_thumbnail(self, photo_id: int) -> None:
        """Paint a thumbnail that was not at hand."""
        self._small.pop(photo_id, None)
        if photo_id in self._ids[self._in_view()]:
            self.update()

    def rect_of(self, index: int) -> QRectF:
        """Return where a photo lies in the widget."""
        left = self.width() / 2 + (index - self._middle) * _STEP - _SIDE / 2
        return QRectF(left, theme.SPACE_2, _SIDE, _SIDE)

    def index_at(self, where: QPointF) -> int:
        """Return the position of the photo at a point, -1 if there is none."""
        index = round((where.x() - self.width() / 2) / _STEP + self._middle)
        return index if 0 <= index < len(self._ids) and self.rect_of(index).contains(where) else -1

    def sizeHint(self) -> QSize:
        return QSize(10 * _STEP, _HEIGHT)

    def _in_view(self) -> slice:
        half = self.width() / 2 / _STEP + 1
        return slice(max(0, int(self._middle - half)), max(0, int(self._middle + half) + 1))

    def _describe(self) -> None:
        counted = (words.number(self._index + 1), words.number(len(self._ids)))
        self.setAccessibleDescription(self.tr("{0} of {1}").format(*counted))
        self.update()

    @Slot(object)
    def _slide_to(self, middle: float) -> None:
        self._middle = middle
        self.update()

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._in_view()
        for index in range(shown.start, min(shown.stop, len(self._ids))):
            rect = self.rect_of(index)
            current = index == self._index
            if not current:
                rect.adjust(3, 3, -3, -3)
                painter.setOpacity(0.75)
            draw_picture(painter, rect, self._picture(int(self._ids[index])), theme.RADIUS_S)
            painter.setOpacity(1.0)
            if current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.current().bg), 2))
                painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), theme.RADIUS_S - 1, theme.RADIUS_S - 1)
                painter.setPen(QPen(QColor(theme.current().accent), 3))
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_S, theme.RADIUS_S)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), theme.RADIUS_S)
        painter.end()

    def _picture(self, photo_id: int) -> QPixmap | None:
        """Return a thumbnail reduced once, not at each painting."""
        small = self._small.get(photo_id)
        if small is None and (whole := self._thumbnail(photo_id)) is not None:
            side = round(_SIDE * self.devicePixelRatioF())
            ways = (Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
            small = self._small[photo_id] = whole.scaled(QSize(side, side), *ways)
            while len(self._small) > _KEPT:
                del self._small[next(iter(self._small))]
        return small

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self.chosen.emit(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One photo a notch, whichever way the wheel turns: up and left go back."""
        turned = event.angleDelta()
        self._turned += turned.y() or turned.x()
        steps = int(self._turned / 120)
        self._turned -= steps * 120
        index = max(0, min(len(self._ids) - 1, self._index - steps))
        if index != self._index:
            self.chosen.emit(index)
        event.accept()
