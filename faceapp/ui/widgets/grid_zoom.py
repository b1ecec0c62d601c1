"""How the grid zooms: Ctrl and the wheel, a pinch on a touchpad or a touch screen, and the commands."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QNativeGestureEvent, QPainter, QPixmap, QRegion, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QGestureEvent, QPinchGesture, QWidget

from faceapp.ui import theme
from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets.grid_base import USUAL, GridBase
from faceapp.ui.widgets.grid_crossing import Crossing
from faceapp.ui.widgets.grid_layout import GridLayout

SMALLEST: Final = 72
LARGEST: Final = 320
_ZOOM_STEP: Final = 1.15
# Where the last zoom was, the offset it led to, the tile it held, and where in it.
_NOTHING: Final = (QPoint(), -1, -1, 0.0)


class GridZoom(GridBase):
    """What is under the pointer, or between the fingers, stays where it is. Each step of a command changes something:

    tiles fill the width, so a size that leaves as many columns looks like the one before.
    """

    size_changed = Signal(object)

    def __init__(self, model: TileModel, parent: QWidget | None = None) -> None:
        self._pinched = float(USUAL)  # the size that fingers ask for, not rounded
        self._held = _NOTHING
        super().__init__(model, parent)
        self.crossing = Crossing(self.viewport())
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def forget_pointer(self) -> None:
        self._held = _NOTHING

    def moves_over(self) -> bool:
        return self.crossing.running or super().moves_over()

    def paint_view(self, painter: QPainter, dirty: QRegion) -> None:
        """Paint what the view shows, without what moves over it."""
        raise NotImplementedError

    def zoom_in(self) -> None:
        self.set_tile_size(self._stepped(_ZOOM_STEP))

    def zoom_out(self) -> None:
        self.set_tile_size(self._stepped(1 / _ZOOM_STEP))

    def _stepped(self, factor: float) -> int:
        """Return the size that is ``factor`` times this one, or the next one beyond it that looks different."""
        layout, towards = self.layout_now(), 1 if factor > 1 else -1
        size = round(self._size * factor)
        while SMALLEST < size < LARGEST and replace(layout, size=layout.size + size - self._size).side == layout.side:
            size += towards
        return size

    def zoom_reset(self) -> None:
        self.set_tile_size(USUAL)

    def set_tile_size(self, size: int, at: QPoint | None = None) -> None:
        """Change the size; the tile at ``at`` (default: the current one, else the middle) stays at its height."""
        size = max(SMALLEST, min(LARGEST, size))
        if size == self._size:
            return
        before, offset = self.layout_now(), self.verticalOffset()
        if at is None:
            current = self.visualRect(self.currentIndex())
            seen = self.viewport().rect()
            at = current.center() if not current.isNull() and seen.intersects(current) else seen.center()
        item, share = self._hold(before, at, offset)
        shown = self._picture_of_now() if self.crossing.wanted else None
        self._size = size
        self.updateGeometries()
        if item < before.count and offset > 0:
            after = self.layout_now()
            inside = share * after.tall if share > 0 else share
            self.verticalScrollBar().setValue(round(after.place(item)[1] + inside) - at.y())
            self._held = (at, self.verticalOffset(), item, share)
        after = self.layout_now()
        if shown is not None and after.side != before.side and before.count:
            self.crossing.begin(shown, at, after.side / before.side)
        self.viewport().update()
        self.size_changed.emit(size)

    def _picture_of_now(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(self.viewport().size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(theme.current().bg))
        painter = QPainter(made)
        painter.setFont(self.font())
        self.paint_view(painter, QRegion(self.viewport().rect()))
        painter.end()
        return made

    def _hold(self, layout: GridLayout, at: QPoint, offset: int) -> tuple[int, float]:
        """Return the tile that stays at a point, and where in it the point lies: the share of its height from its top.

        Above the tile, on a header, which does not grow, it is pixels, and negative. A zoom that goes on holds the same
        tile, though it went to another column and another one lies there now.
        """
        where, led_to, held, share = self._held
        if where == at and led_to == offset and held < layout.count:
            return held, share
        y = at.y() + offset
        item = layout.item_at(at.x(), y)
        if item < 0:
            item = layout.items_between(y, y).start
        inside = y - layout.place(item)[1]
        return item, inside / layout.tall if inside > 0 else float(inside)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QAbstractItemView.wheelEvent(self, event)
            return
        turns = event.angleDelta().y() / 120
        if turns:
            factor = _ZOOM_STEP**turns
            whole = abs(turns) >= 1  # finer wheels tell of parts of a turn: they follow one another smoothly
            finer = round(self._size * factor) - self._size or (1 if turns > 0 else -1)
            self.set_tile_size(self._stepped(factor) if whole else self._size + finer, event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and self._on_touchpad(event):
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                begins = pinch.state() == Qt.GestureState.GestureStarted
                middle = self.viewport().mapFromGlobal(pinch.hotSpot().toPoint())
                self._pinch(pinch.scaleFactor(), middle, begins=begins)
                event.accept(pinch)
                return True
        return super().viewportEvent(event)

    def _on_touchpad(self, event: QNativeGestureEvent) -> bool:
        kind = event.gestureType()
        if kind not in (Qt.NativeGestureType.BeginNativeGesture, Qt.NativeGestureType.ZoomNativeGesture):
            return False
        begins = kind == Qt.NativeGestureType.BeginNativeGesture
        self._pinch(1.0 if begins else 1.0 + event.value(), event.position().toPoint(), begins=begins)
        return True

    def _pinch(self, factor: float, middle: QPoint, *, begins: bool) -> None:
        """Follow fingers: each step is a small factor, less than a pixel of a tile at times."""
        if begins or abs(self._pinched - self._size) > 1:
            self._pinched = float(self._size)
        self._pinched = max(SMALLEST, min(LARGEST, self._pinched * factor))
        self.set_tile_size(round(self._pinched), middle)
