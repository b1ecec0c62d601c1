"""From one size of tiles to another: what was shown grows or shrinks away over what is shown now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPoint, QRectF, QSizeF, QVariantAnimation, Slot
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from faceapp.ui import motion

_LASTS_MS: Final = 120


class Crossing(QVariantAnimation):
    """Paints over a view whose layout is the new one from the start, so nothing waits for it."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._before = QPixmap()
        self._around = QPoint()
        self._grows = 1.0
        self.setDuration(_LASTS_MS)
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._step)
        self.finished.connect(self._end)

    @property
    def wanted(self) -> bool:
        """Whether to begin at all: the view is seen, and things may move."""
        return self._view.isVisible() and not motion.reduced()

    @property
    def running(self) -> bool:
        return self.state() == QAbstractAnimation.State.Running

    @property
    def hides(self) -> bool:
        """Whether nothing of what lies below is seen yet: the first frame."""
        return self.running and float(self.currentValue()) == 0.0

    def begin(self, before: QPixmap, around: QPoint, grows: float) -> None:
        """Let ``before``, a picture of the view, become ``grows`` times as large around a point and go."""
        self.stop()
        self._before, self._around, self._grows = before, around, grows
        self.start()

    def paint(self, painter: QPainter) -> None:
        """Draw what is left of the picture before."""
        if not self.running:
            return
        share = float(self.currentValue())
        scale = 1 + (self._grows - 1) * share
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # it moves, and is gone soon
        painter.setOpacity(1 - share)
        shift = self._around.toPointF() * (1 - scale)
        size = QSizeF(self._before.deviceIndependentSize()) * scale
        painter.drawPixmap(QRectF(shift, size), self._before, QRectF(self._before.rect()))
        painter.setOpacity(1.0)

    @Slot()
    def _step(self) -> None:
        self._view.update()

    @Slot()
    def _end(self) -> None:
        self._before = QPixmap()
        self._view.update()
