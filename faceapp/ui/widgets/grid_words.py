"""The words in a grid: the headers of the page and of its sections, and what to say when there is no tile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from faceapp.ui import icons, theme

_SIGN: Final = 48


def _sized(painter: QPainter, size: int, weight: QFont.Weight) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(weight)
    return font


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A title and, beside it, how many there are."""

    title: str = ""
    detail: str = ""
    quiet: bool = False  # in the colour of what is left out

    @property
    def height(self) -> int:
        return theme.SPACE_4 + 22 + theme.SPACE_2

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        colours = theme.current()
        line = rect.adjusted(0, theme.SPACE_4, 0, -theme.SPACE_2)
        plain = QFont(painter.font())
        big = _sized(painter, theme.FONT_L, QFont.Weight.DemiBold)
        base = line.bottom() - 5
        painter.setFont(big)
        painter.setPen(QColor(colours.text_2 if self.quiet else colours.text))
        metrics = QFontMetricsF(big)
        title = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(QPointF(line.left(), base), title)
        used = metrics.horizontalAdvance(title) + 10
        painter.setFont(plain)
        painter.setPen(QColor(colours.text_2))
        detail = QFontMetricsF(plain).elidedText(self.detail, Qt.TextElideMode.ElideRight, line.width() - used)
        painter.drawText(QPointF(line.left() + used, base), detail)


@dataclass(frozen=True, slots=True)
class SectionText:
    """The header of a section: what lies in it, how many there are, and at the other end what a click does."""

    title: str
    detail: str
    action: str = ""

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        colours = theme.current()
        plain = QFont(painter.font())
        line = QRectF(rect)
        if self.action:
            self._write(painter, line, self.action, plain, colours.accent, Qt.AlignmentFlag.AlignRight)
            line.setRight(line.right() - QFontMetricsF(plain).horizontalAdvance(self.action) - theme.SPACE_4)
        bold = _sized(painter, theme.FONT_M, QFont.Weight.DemiBold)
        line.setLeft(line.left() + self._write(painter, line, self.title, bold, colours.text) + theme.SPACE_2)
        self._write(painter, line, self.detail, plain, colours.text_2)
        painter.setFont(plain)

    def _write(
        self,
        painter: QPainter,
        line: QRectF,
        text: str,
        font: QFont,
        colour: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> float:
        """Write words into a line and return how wide they are."""
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)


@dataclass(frozen=True, slots=True)
class EmptyText:
    """What an empty grid says: what is the case, and what to do about it."""

    title: str = ""
    hint: str = ""
    icon: str = ""

    def paint(self, painter: QPainter, area: QRect) -> None:
        if not self.title:
            return
        colours = theme.current()
        plain = QFont(painter.font())
        big = _sized(painter, theme.FONT_XL, QFont.Weight.DemiBold)
        wrap = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        width = min(460, area.width() - 2 * theme.SPACE_6)
        column = QRectF(area.center().x() - width / 2, 0, width, 10_000)
        title = QFontMetricsF(big).boundingRect(column, wrap, self.title)
        hint = QFontMetricsF(plain).boundingRect(column, wrap, self.hint)
        sign = _SIGN + theme.SPACE_4 if self.icon else 0
        y = area.center().y() - (sign + title.height() + theme.SPACE_2 + hint.height()) / 2
        if self.icon:
            icons.paint(painter, self.icon, QRectF(area.center().x() - _SIGN / 2, y, _SIGN, _SIGN), colours.text_3)
        painter.setFont(big)
        painter.setPen(QColor(colours.text))
        painter.drawText(column.translated(0, y + sign), wrap, self.title)
        painter.setFont(plain)
        painter.setPen(QColor(colours.text_2))
        painter.drawText(column.translated(0, y + sign + title.height() + theme.SPACE_2), wrap, self.hint)
