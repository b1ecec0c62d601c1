"""The soft edge that lifts a card above what it covers, drawn in a few strokes.

Qt's own effect blurs the whole card again whenever something in it changes, which a list that is typed into feels.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from faceapp.ui import theme

REACH: Final = 20  # beyond the card
_DROP: Final = 4.0  # the light comes from above
_DARKEST: Final = 0.16


def draw_shadow(painter: QPainter, card: QRectF) -> None:
    """Draw the shadow of a card with round corners."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    below = card.translated(0, _DROP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.with_alpha(theme.current().halo, _DARKEST))
    painter.drawRoundedRect(below, theme.RADIUS_M, theme.RADIUS_M)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    reach = REACH - int(_DROP)
    for out in range(1, reach):
        # Two pixels wide, so that neighbours overlap and no gap shows where the screen is scaled.
        colour = theme.with_alpha(theme.current().halo, _DARKEST / 2 * (1 - out / reach) ** 2)
        painter.setPen(QPen(colour, 2))
        radius = theme.RADIUS_M + out
        painter.drawRoundedRect(below.adjusted(-out, -out, out, out), radius, radius)
    painter.restore()
