"""Small things that several panels are made of: elided text, cut-out pictures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from faceapp.ui import icons, theme


def draw_picture(painter: QPainter, target: QRectF, pixmap: QPixmap | None, radius: float) -> None:
    """Draw a picture cropped to fill ``target`` with round corners; without one, the placeholder's surface."""
    path = QPainterPath()
    path.addRoundedRect(target, radius, radius)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipPath(path)
    painter.fillPath(path, QColor(theme.current().placeholder))
    if pixmap is not None and not pixmap.isNull():
        scale = max(target.width() / pixmap.width(), target.height() / pixmap.height())
        wide, high = target.width() / scale, target.height() / scale
        source = QRectF((pixmap.width() - wide) / 2, (pixmap.height() - high) / 2, wide, high)
        painter.drawPixmap(target, pixmap, source)
    painter.restore()


def draw_focus(painter: QPainter, frame: QRectF, radius: float, token: str = "accent") -> None:
    """Draw the ring that shows where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(getattr(theme.current(), token)), 2))
    painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), radius, radius)


class Picture(QWidget):
    """A picture cut to a square with round corners; ``radius`` half the side makes a circle."""

    def __init__(self, side: int, radius: float, pixmap: QPixmap | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side, side)
        self._radius = radius
        self._pixmap = pixmap
        theme.signals().changed.connect(self._repaint)

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        self._pixmap = pixmap
        self.update()

    def pixmap(self) -> QPixmap | None:
        return self._pixmap

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_picture(QPainter(self), QRectF(self.rect()), self._pixmap, self._radius)


class PaintedButton(QAbstractButton):
    """A button that paints itself: it follows the theme, and Enter presses it as Space does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.signals().changed.connect(self._repaint)

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class PictureButton(QAbstractButton):
    """A square picture to click; may be checkable. A small caption lies on its lower edge."""

    def __init__(self, side: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(side, side)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pixmap: QPixmap | None = None
        self._caption = ""
        theme.signals().changed.connect(self._repaint)

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        self._pixmap = pixmap
        self.update()

    def set_caption(self, caption: str) -> None:
        self._caption = caption
        self.update()

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.current()
        frame = QRectF(self.rect())
        inset = 4 if self.isChecked() or self.hasFocus() else 0
        draw_picture(painter, frame.adjusted(inset, inset, -inset, -inset), self._pixmap, theme.RADIUS_S)
        if self.hasFocus():
            draw_focus(painter, frame, theme.RADIUS_S + 2, "text_2")
        elif self.isChecked():
            draw_focus(painter, frame, theme.RADIUS_S + 2)
        if self.isChecked():  # not by colour alone
            badge = QRectF(frame.right() - 24, frame.top() + 6, 18, 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(badge)
            icons.paint(painter, "check", badge.adjusted(3, 3, -3, -3), tokens.on_accent)
        if self._caption:
            font = self.font()
            font.setPixelSize(theme.FONT_XS)
            painter.setFont(font)
            wide = painter.fontMetrics().horizontalAdvance(self._caption) + 10
            pill = QRectF(frame.right() - wide - 5, frame.bottom() - 20, wide, 15)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.pill))
            painter.drawRoundedRect(pill, 7.5, 7.5)
            painter.setPen(QColor(tokens.on_pill))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._caption)


class ElidedLabel(QLabel):
    """One line that gives way: what does not fit becomes "…", the whole is in the tooltip and for screen readers."""

    def __init__(
        self,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._mode = mode
        self._full = ""
        self._tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_full_text(text)

    def full_text(self) -> str:
        return self._full

    def set_full_text(self, text: str, tip: str = "") -> None:
        """Show a text; ``tip`` is a longer form that the tooltip always gives, such as the whole path."""
        self._full, self._tip = text, tip
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, self._mode, self.contentsRect().width())
        self.setText(shown)
        self.setToolTip(self._tip or (self._full if shown != self._full else ""))

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
