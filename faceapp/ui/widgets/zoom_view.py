"""A photo that can be enlarged and moved under the pointer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from faceapp.ui.widgets.photo_view import PhotoView

_STEP: Final = 1.25
_LARGEST: Final = 16.0  # times the fitted size


class ZoomView(PhotoView):
    """The wheel zooms at the pointer, a drag moves, a double click goes from fitted to full size and back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, rounded=False)
        self._zoom = 1.0  # times the fitted size
        self._middle = QPointF(0.5, 0.5)  # of the view, as fractions of the photo
        self._drag_from: QPointF | None = None
        self._dragging = False

    @property
    def zoom(self) -> float:
        return self._zoom

    def show_sharper(self, pixmap: QPixmap) -> None:
        """Put a better picture of the same photo in place of the thumbnail: zoom and place stay."""
        self._pixmap = pixmap
        self.update()

    def fit(self) -> None:
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self.update()

    def full_size(self, at: QPointF | None = None) -> None:
        """One pixel of the photo for one of the screen, as far as the photo was decoded."""
        fitted = super().picture_rect().width()
        if self._pixmap is not None and fitted > 0:
            self.zoom_to(self._pixmap.width() / self.devicePixelRatioF() / fitted, at)

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        self.zoom_to(self._zoom * _STEP**steps, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Enlarge; what lies at ``at`` (default: the middle of the view) stays there."""
        before = self.picture_rect()
        at = QRectF(self.rect()).center() if at is None else at
        self._zoom = max(1.0, min(_LARGEST, zoom))
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
        self.update()

    def picture_rect(self) -> QRectF:
        rect, middle = self._enlarged(), QRectF(self.rect()).center()
        rect.moveLeft(middle.x() - self._middle.x() * rect.width())
        rect.moveTop(middle.y() - self._middle.y() * rect.height())
        return rect

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keep_inside()

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
        rect = self._enlarged()
        if self._zoom > 1.0 and not rect.isEmpty():
            self._middle -= QPointF(moved.x() / rect.width(), moved.y() / rect.height())
            self._keep_inside()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.update()
        self._drag_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._drag_from, self._dragging = self._dragging, None, False
        if dragged:
            self._pressed_at = None
            self.unsetCursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.face_at(event.position()) < 0:
            if self._zoom > 1.0:
                self.fit()
            else:
                self.full_size(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        else:
            event.ignore()  # arrows go from photo to photo: the viewer's
