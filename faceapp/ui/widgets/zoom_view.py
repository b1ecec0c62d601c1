"""A photo that can be enlarged, turned and moved under the pointer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from faceapp.types import Box
from faceapp.ui.widgets.photo_view import PhotoView

_STEP: Final = 1.25
_LARGEST: Final = 16.0  # times the fitted size, or twice the size of the photo's own pixels
_FADE_MS: Final = 700


class ZoomView(PhotoView):
    """The wheel and two fingers zoom at the pointer, a drag moves, a double click goes from fitted to full size.

    Signals
    -------
    sharper_wanted()
        The photo is shown larger than the pixmap at hand.
    zoomed()
        The photo lies elsewhere in the widget.
    """

    sharper_wanted = Signal()
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, rounded=False)
        self._zoom = 1.0  # times the fitted size
        self._middle = QPointF(0.5, 0.5)  # of the view, as fractions of the photo
        self._turns = 0  # quarters, clockwise
        self._natural = QSize()  # of the photo in its file
        self._drag_from: QPointF | None = None
        self._dragging = False
        self._leaving: tuple[QPixmap, QRectF, int] | None = None  # the photo that fades away, its place and turns
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setDuration(_FADE_MS)
        self._fade.valueChanged.connect(self.paint_again)
        self._fade.finished.connect(self._end_fade)
        self.grabGesture(Qt.GestureType.PinchGesture)

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def turns(self) -> int:
        """Quarter turns to the right, 0 to 3."""
        return self._turns

    def show_sharper(self, pixmap: QPixmap) -> None:
        """Put a better picture of the same photo in place of the thumbnail: zoom and place stay."""
        self._pixmap = pixmap
        self.update()

    def set_natural_size(self, size: QSize) -> None:
        """Say how many pixels the photo has, of which the pixmap may have less."""
        self._natural = size
        self._ask_sharper()

    def set_turns(self, turns: int) -> None:
        """Turn the view; the photo is fitted again."""
        self._turns = turns % 4
        self.fit()

    def fade_from_here(self) -> None:
        """Let the photo that is shown fade away over the one that comes."""
        if self._pixmap is not None:
            self._leaving = (self._pixmap, self.picture_rect(), self._turns)
            self._fade.start()

    @Slot()
    def _end_fade(self) -> None:
        self._leaving = None
        self.update()

    # Zoom and place

    def fit(self) -> None:
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self._moved()

    def full_size(self, at: QPointF | None = None) -> None:
        """One pixel of the photo for one of the screen."""
        self.zoom_to(self._natural_zoom(), at)

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        self.zoom_to(self._zoom * _STEP**steps, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Enlarge; what lies at ``at`` (default: the middle of the view) stays there."""
        before, natural = self.picture_rect(), self._natural_zoom()
        at = QRectF(self.rect()).center() if at is None else at
        self._zoom = max(min(1.0, natural), min(max(_LARGEST, 2 * natural), zoom))
        if self._zoom == 1.0 or before.isEmpty():
            self.fit()
            return
        share_x = (at.x() - before.left()) / before.width()
        share_y = (at.y() - before.top()) / before.height()
        after, middle = self._enlarged(), QRectF(self.rect()).center()
        self._middle = QPointF(
            share_x + (middle.x() - at.x()) / after.width(), share_y + (middle.y() - at.y()) / after.height()
        )
        self._keep_inside()
        self._moved()

    def pan_by(self, x: float, y: float) -> None:
        """Look further right and down, in shares of the view."""
        rect = self._enlarged()
        if not rect.isEmpty():
            self._middle += QPointF(x * self.width() / rect.width(), y * self.height() / rect.height())
            self._keep_inside()
            self._moved()

    def picture_rect(self) -> QRectF:
        rect, middle = self._enlarged(), QRectF(self.rect()).center()
        rect.moveLeft(middle.x() - self._middle.x() * rect.width())
        rect.moveTop(middle.y() - self._middle.y() * rect.height())
        return rect

    def shown_size(self, pixmap: QPixmap) -> QSize:
        return pixmap.size().transposed() if self._turns % 2 else pixmap.size()

    def shown_box(self, box: Box) -> Box:
        for _ in range(self._turns):
            box = Box(1 - box.y - box.h, box.x, box.h, box.w)
        return box

    def box_of(self, rect: QRectF) -> Box:
        """Return a rectangle of the widget as a box of the upright photo."""
        area = self.picture_rect()
        rect = rect.intersected(area)
        box = Box(
            (rect.left() - area.left()) / area.width(),
            (rect.top() - area.top()) / area.height(),
            rect.width() / area.width(),
            rect.height() / area.height(),
        )
        for _ in range(self._turns):
            box = Box(box.y, 1 - box.x - box.w, box.h, box.w)
        return box

    def _natural_zoom(self) -> float:
        """Return the zoom at which the photo has its own size."""
        fitted = super().picture_rect().width()
        if self._pixmap is None or fitted <= 0:
            return 1.0
        size = self._pixmap.size() if self._natural.isEmpty() else self._natural
        return (size.height() if self._turns % 2 else size.width()) / self.devicePixelRatioF() / fitted

    def _enlarged(self) -> QRectF:
        fitted = super().picture_rect()
        return QRectF(0, 0, fitted.width() * self._zoom, fitted.height() * self._zoom)

    def _keep_inside(self) -> None:
        """No gap at a side where the photo could fill it; centred where it cannot."""
        rect = self._enlarged()

        def bounded(share: float, view: float, whole: float) -> float:
            half = view / 2 / whole if whole else 1.0
            return 0.5 if half >= 0.5 else max(half, min(1 - half, share))

        x = bounded(self._middle.x(), self.width(), rect.width())
        self._middle = QPointF(x, bounded(self._middle.y(), self.height(), rect.height()))

    def _moved(self) -> None:
        self.update()
        self._ask_sharper()
        self.zoomed.emit()

    def _ask_sharper(self) -> None:
        pixmap = self._pixmap
        if pixmap is None or self._zoom <= 1.0 or self._natural.width() <= pixmap.width():
            return
        if self.picture_rect().width() * self.devicePixelRatioF() > self.shown_size(pixmap).width():
            self.sharper_wanted.emit()

    # Painting

    def _paint_photo(self, painter: QPainter, pixmap: QPixmap) -> None:
        _paint_turned(painter, pixmap, self.picture_rect(), self._turns)
        if self._leaving is not None:
            painter.setOpacity(float(self._fade.currentValue()))
            painter.fillRect(self.rect(), self.palette().base())
            _paint_turned(painter, *self._leaving)
            painter.setOpacity(1.0)

    # Input

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):  # of a touchpad
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self._zoom * (1 + event.value()), event.position())
                return True
        elif isinstance(event, QGestureEvent):  # of a touch screen
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom_to(self._zoom * pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint())))
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_inside()
        self.zoomed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag_from = event.position()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is None:
            super().mouseMoveEvent(event)
            return
        moved = event.position() - self._drag_from
        if not self._dragging and moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._dragging = True
        if self._zoom > 1.0:
            self.pan_by(-moved.x() / self.width(), -moved.y() / self.height())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._drag_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._drag_from, self._dragging = self._dragging, None, False
        if dragged:
            self._pressed_at = None
            self.unsetCursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.face_at(event.position()) < 0:
            if self._zoom != 1.0:
                self.fit()
            else:
                self.full_size(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        else:
            event.ignore()  # arrows go from photo to photo: the viewer's


def _paint_turned(painter: QPainter, pixmap: QPixmap, rect: QRectF, turns: int) -> None:
    """Paint a photo that was turned so that it fills ``rect``."""
    lying = rect.transposed() if turns % 2 else rect
    painter.save()
    painter.translate(rect.center())
    painter.rotate(90 * turns)
    target = QRectF(-lying.width() / 2, -lying.height() / 2, lying.width(), lying.height())
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
    painter.restore()
