"""Controls of the preferences: a switch, and a slider that says its value."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from faceapp.ui import theme
from faceapp.ui.widgets.parts import PaintedButton, draw_focus

_WIDE, _HIGH, _RING = 38, 22, 3
_SLIDER = 130


class Switch(PaintedButton):
    """On or off; the knob's place says it, not only the colour. ``toggled`` also follows ``setChecked``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(_WIDE + 2 * _RING, _HIGH + 2 * _RING)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, on = theme.current(), self.isChecked()
        track = QRectF(_RING, _RING, _WIDE, _HIGH)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if on else tokens.text_3))
        painter.drawRoundedRect(track, _HIGH / 2, _HIGH / 2)
        side = _HIGH - 6
        left = track.right() - side - 3 if on else track.left() + 3
        painter.setBrush(QColor(tokens.on_accent if on else tokens.bg))
        painter.drawEllipse(QRectF(left, track.top() + 3, side, side))
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), _HIGH / 2 + _RING - 1, "text_2" if on else "accent")


class CalmSlider(QSlider):
    """The wheel scrolls the page, not the value that happens to lie under the pointer."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ValueSlider(QWidget):
    """A slider with its value in words beside it. ``chosen`` follows the user only, never ``set_value``."""

    chosen = Signal(int)

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        words: Callable[[int], str],
        *,
        step: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._step = step
        self.slider = CalmSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(low // step, high // step)
        self.slider.setPageStep(max(1, (high - low) // step // 10))
        self.slider.setFixedWidth(_SLIDER)
        self.slider.setAccessibleName(name)
        self.value_label = QLabel()
        self.value_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        widest = max((words(value) for value in (low, high)), key=len)
        self.value_label.setMinimumWidth(self.value_label.fontMetrics().horizontalAdvance(widest) + theme.SPACE_2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.slider)
        row.addWidget(self.value_label)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._on_value)
        self._show()

    def value(self) -> int:
        return self.slider.value() * self._step

    def set_value(self, value: int) -> None:
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(value / self._step))
        self.slider.blockSignals(blocked)
        self._show()

    @Slot()
    def _on_value(self) -> None:
        self._show()
        self.chosen.emit(self.value())

    def _show(self) -> None:
        words = self._words(self.value())
        self.value_label.setText(words)
        self.slider.setToolTip(words)
        self.slider.setAccessibleDescription(words)
