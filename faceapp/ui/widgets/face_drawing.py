"""Drawing a box around a face that was missed, with the mouse or with the arrow keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from faceapp.ui import theme
from faceapp.ui.widgets.zoom_view import ZoomView

_LEAST: Final = 12.0  # pixels of a side: a smaller box is a slip of the hand
_STEP: Final = 8.0  # pixels, one key press
_RADIUS: Final = 6.0
_MOVES: Final = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class FaceDrawing(QWidget):
    """Lies over a view while a box is drawn: a drag draws it; arrows move one, Shift and arrows change its size.

    Signals
    -------
    drawn(object)
        A ``Box`` of the photo, after the mouse was released or Enter was pressed.
    ended()
        It is over, with a box or, after Esc, without.
    """

    drawn = Signal(object)
    ended = Signal()

    def __init__(self, view: ZoomView) -> None:
        super().__init__(view)
        self._view = view
        self._box: QRectF | None = None
        self._start: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Draw a box around a face"))
        self.setAccessibleDescription(
            self.tr("Arrows move the box, Shift and arrows change its size, Enter takes it, Esc leaves")
        )
        view.zoomed.connect(self._start_anew)
        self.hide()

    @property
    def box(self) -> QRectF | None:
        """The box so far, in the widget."""
        return self._box

    def begin(self) -> None:
        """Wait for a box."""
        self._box = self._start = None
        self.setGeometry(self._view.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _start_anew(self) -> None:
        """The photo lies elsewhere now."""
        self._box = self._start = None
        self.setGeometry(self._view.rect())
        self.update()

    def leave(self) -> None:
        """Draw no more."""
        if not self.isHidden():
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.ended.emit()

    def _take(self) -> None:
        box = self._box
        if box is None or min(box.width(), box.height()) < _LEAST:
            self._box = None
            self.update()
            return
        self.leave()
        self.drawn.emit(self._view.box_of(box))

    def _inside(self, where: QPointF) -> QPointF:
        """Return the nearest point of the photo."""
        area = self._view.picture_rect().intersected(QRectF(self.rect()))
        return QPointF(max(area.left(), min(area.right(), where.x())), max(area.top(), min(area.bottom(), where.y())))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self._view.picture_rect(), theme.with_alpha(colours.halo, 0.25))
        if self._box is not None:
            painter.setBrush(theme.with_alpha(colours.on_pill, 0.15))
            painter.setPen(QPen(QColor(colours.halo), 4))
            painter.drawRoundedRect(self._box, _RADIUS, _RADIUS)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.on_pill), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self._box, _RADIUS, _RADIUS)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        text = self.tr("Drag a box around the face, or use the arrows and Enter. Esc leaves.")
        wrap = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        room = QRectF(self.rect()).adjusted(theme.SPACE_6, theme.SPACE_4, -theme.SPACE_6, 0)
        said = painter.fontMetrics().boundingRect(room.toRect(), wrap, text)
        pill = QRectF(0, 0, said.width() + 2 * theme.SPACE_4, said.height() + 2 * theme.SPACE_2)
        pill.moveCenter(room.center())
        pill.moveTop(room.top())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().pill))
        painter.drawRoundedRect(pill, theme.RADIUS_M, theme.RADIUS_M)
        painter.setPen(QColor(theme.current().on_pill))
        painter.drawText(pill, wrap, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = self._inside(event.position())
            self._box = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is not None:
            self._box = QRectF(self._start, self._inside(event.position())).normalized()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._start is not None and event.button() == Qt.MouseButton.LeftButton:
            self._start = None
            self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in _MOVES:
            self._move(*_MOVES[Qt.Key(key)], resize=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        # No other key means anything while a box is drawn.

    def _move(self, x: float, y: float, *, resize: bool) -> None:
        """Change the box; the first key press makes one in the middle."""
        area = self._view.picture_rect().intersected(QRectF(self.rect()))
        if self._box is None:
            side = min(area.width(), area.height()) / 4
            self._box = QRectF(0, 0, side * 0.8, side)
            self._box.moveCenter(area.center())
        elif resize:
            self._box.setWidth(max(_LEAST, min(self._box.width() + x, area.right() - self._box.left())))
            self._box.setHeight(max(_LEAST, min(self._box.height() + y, area.bottom() - self._box.top())))
        else:
            self._box.moveLeft(max(area.left(), min(self._box.left() + x, area.right() - self._box.width())))
            self._box.moveTop(max(area.top(), min(self._box.top() + y, area.bottom() - self._box.height())))
        self.update()
