"""One face in a list: a round picture, a name, and what it is worth to recognition."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from faceapp.ui import theme, words
from faceapp.ui.widgets.parts import PaintedButton, draw_focus, draw_picture

_HEIGHT = 52
_SIDE = 40


class FaceRow(PaintedButton):
    """Click, Space or Enter searches for the face. Checked is the selected one."""

    def __init__(self, name: str, quality: str, *, named: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quality = quality
        self._named = named
        self._pixmap: QPixmap | None = None
        self.setText(name)
        self.setCheckable(True)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words.phrases(name, quality))
        self.setToolTip(self.tr("{name}: {quality}. Click to find every match.").format(name=name, quality=quality))

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        self._pixmap = pixmap
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.current()
        frame = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if self.isChecked() else tokens.hover))
            painter.drawRoundedRect(frame, theme.RADIUS_S, theme.RADIUS_S)
        margin = (_HEIGHT - _SIDE) // 2
        draw_picture(painter, QRectF(margin, margin, _SIDE, _SIDE), self._pixmap, _SIDE / 2)
        left = margin + _SIDE + 10
        lines = QRect(left, 0, self.width() - left - theme.SPACE_2, _HEIGHT)
        font = self.font()
        if self._named:
            font.setWeight(QFont.Weight.DemiBold)
        upper = lines.adjusted(0, 8, 0, -_HEIGHT // 2)
        self._line(painter, upper, self.text(), font, tokens.text if self._named else tokens.text_2)
        small = self.font()
        small.setPixelSize(theme.FONT_S)
        self._line(painter, lines.adjusted(0, _HEIGHT // 2, 0, -7), self._quality, small, tokens.text_2)
        if self.hasFocus():
            draw_focus(painter, frame, theme.RADIUS_S)

    @staticmethod
    def _line(painter: QPainter, frame: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, frame.width())
        painter.drawText(frame, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
