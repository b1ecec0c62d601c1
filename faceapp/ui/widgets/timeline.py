"""In which years a person was photographed: a bar a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from faceapp.ui import theme, words
from faceapp.ui.widgets.parts import draw_focus

_HEIGHT: Final = 50
_LABELS: Final = 16  # of the years below the bars
_WIDEST: Final = 40  # of a year
_GAP: Final = 3


class Timeline(QWidget):
    """Bars from the first year to the last. A click or Left and Right choose a year that holds photos."""

    year_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[int, int] = {}
        self._first = self._last = 0
        self._current: int | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Faces a year"))
        theme.signals().changed.connect(self._repaint)

    def set_counts(self, counts: Mapping[int, int]) -> None:
        """Show how many faces there are in each year; years without any may be left out."""
        self._counts = {year: count for year, count in counts.items() if count}
        self._first, self._last = min(self._counts, default=0), max(self._counts, default=0)
        listed = words.phrases(
            *(words.titled(str(year), words.number(count)) for year, count in sorted(self._counts.items()))
        )
        self.setAccessibleDescription(listed)
        self.update()

    def set_current(self, year: int | None) -> None:
        """Mark the year that is on screen."""
        if year != self._current:
            self._current = year
            self.update()

    def current(self) -> int | None:
        return self._current

    def place(self, year: int) -> QRectF:
        """Return the column of a year."""
        span = self._last - self._first + 1
        wide = min(_WIDEST, self.width() / span)
        return QRectF((year - self._first) * wide, 0, wide, self.height())

    def year_at(self, where: QPoint) -> int | None:
        """Return the year whose column a point lies in."""
        if not self._counts:
            return None
        year = self._first + int(where.x() // self.place(self._first).width())
        return year if self._first <= year <= self._last else None

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        year = self.year_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and year is not None:
            self._choose(year)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._counts:
            super().keyPressEvent(event)
            return
        here = self._current if self._current is not None else self._last
        years = [year for year in sorted(self._counts) if (year - here) * step > 0]
        if years:
            self._choose(years[0] if step > 0 else years[-1])

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            year = self.year_at(event.pos())
            text = words.titled(str(year), words.faces(self._counts.get(year, 0))) if year is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _choose(self, year: int) -> None:
        """Choose a year, or the nearest one that holds photos."""
        near = min(self._counts, key=lambda own: (abs(own - year), own))
        self.set_current(near)
        self.year_chosen.emit(near)

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._counts:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        most = max(self._counts.values())
        room = _HEIGHT - _LABELS - 4
        font = self.font()
        font.setPixelSize(theme.FONT_XS)
        painter.setFont(font)
        wide = self.place(self._first).width()
        every = next((n for n in (1, 2, 5, 10, 20, 50) if n * wide >= 36), 100)
        for year in range(self._first, self._last + 1):
            column = self.place(year)
            high = max(3.0, room * self._counts[year] / most) if year in self._counts else 1.0
            bar = QRectF(column.left(), 4 + room - high, max(1.0, wide - min(_GAP, wide / 4)), high)
            painter.setPen(Qt.PenStyle.NoPen)
            here = year == self._current
            there = theme.with_alpha(colours.text_3, 0.45) if year in self._counts else QColor(colours.line)
            painter.setBrush(QColor(colours.accent) if here else there)
            painter.drawRoundedRect(bar, min(2.0, bar.height() / 2), min(2.0, bar.height() / 2))
            if year % every == 0 or (wide >= 36 and every == 1):
                painter.setPen(QColor(colours.text if here else colours.text_2))
                label = QRectF(column.left(), _HEIGHT - _LABELS, max(wide, 36), _LABELS)
                painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(year))
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), theme.RADIUS_S)
