"""A slider between small and large tiles."""

from __future__ import annotations

from math import log
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from faceapp.ui import icons, theme, words

_STEPS: Final = 100
_WIDTH: Final = 96
_SMALL, _LARGE = 9, 14  # sides of the signs at its ends


class SizeSlider(QWidget):
    """``moved(object)``: the user wants tiles of that size. Each step is the same factor, as for the eye."""

    moved = Signal(object)

    def __init__(self, smallest: int, largest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._smallest = smallest
        self._factor = largest / smallest
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setSingleStep(_STEPS // 10)
        self.slider.setPageStep(_STEPS // 4)
        self.slider.setFixedWidth(_WIDTH)
        self.slider.setAccessibleName(self.tr("Size of the tiles"))
        self.slider.setToolTip(self.tr("Size of the tiles (Ctrl++ and Ctrl+-, Ctrl+wheel)"))
        self.slider.valueChanged.connect(self._on_value)
        self._signs = (QLabel(), QLabel())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_2, 0, 0, 0)
        row.setSpacing(theme.SPACE_1)
        for widget in (self._signs[0], self.slider, self._signs[1]):
            row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme.signals().changed.connect(self._draw)
        self._draw()

    def set_size(self, size: int) -> None:
        """Show a size. No signal."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(_STEPS * log(size / self._smallest) / log(self._factor)))
        self._say(size)

    def _say(self, size: int) -> None:
        self.slider.setAccessibleDescription(self.tr("{n} pixels").replace("{n}", words.number(size)))

    @Slot(int)
    def _on_value(self, value: int) -> None:
        size = round(self._smallest * self._factor ** (value / _STEPS))
        self._say(size)
        self.moved.emit(size)

    @Slot()
    def _draw(self) -> None:
        for sign, side in zip(self._signs, (_SMALL, _LARGE), strict=True):
            sign.setPixmap(icons.icon("grid", "text_2").pixmap(QSize(side, side), self.devicePixelRatioF()))
