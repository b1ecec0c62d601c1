"""A line for a day that may be left empty: a year, a month or a day, as people write them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from faceapp.ui import dates, words


class DateField(QLineEdit):
    """``day`` is what was entered; ``edited`` follows the user only. A year or month means its first or last day."""

    edited = Signal()

    def __init__(self, name: str, *, last: bool, parent: QWidget | None = None) -> None:
        """``last``: a year or month alone means its last day."""
        super().__init__(parent)
        self._last = last
        self._day: date | None = None
        self.valid = True
        self.setPlaceholderText(self.tr("any"))
        self.setAccessibleName(name)
        self.setToolTip(
            self.tr("{name}: a day like {day}, a month or a year; empty for any")
            .replace("{name}", name)
            .replace("{day}", words.date(date(2019, 7, 14)))
        )
        self.textEdited.connect(self._on_text)
        self.editingFinished.connect(self._write)

    @property
    def day(self) -> date | None:
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day; no signal. What is being typed and means that day stays as it is."""
        if day != self._day or not self.valid:
            self._day, self.valid = day, True
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self._day is not None:
            self._take(date.fromordinal(self._day.toordinal() + step))
            self._write()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        """Follow what is typed as soon as it means a day."""
        try:
            day = parse(text, last=self._last)
        except ValueError:
            self.valid = False
        else:
            self.valid = True
            self._take(day)

    def _take(self, day: date | None) -> None:
        if day != self._day:
            self._day = day
            self.edited.emit()

    @Slot()
    def _write(self) -> None:
        """Write the day as the locale does, also where what was typed means none."""
        self.valid = True
        self.setText(
            words.locale().toString(QDate(self._day.year, self._day.month, self._day.day), dates.short_pattern())
            if self._day is not None
            else ""
        )
        self.setCursorPosition(0)


def parse(text: str, *, last: bool) -> date | None:
    """Return the day that a text means, None for an empty one. Raises ``ValueError`` if it means none."""
    if not text.strip():
        return None
    found = dates.span(text)
    day = None if found is None else found.last if last else found.first
    if day is None:
        raise ValueError(text)
    return day
