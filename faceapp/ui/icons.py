"""Faceapp's own icons: outlines on a 24 by 24 grid, in the theme's colour at the moment they are painted."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from faceapp.config import resources_dir
from faceapp.ui import theme

NAMES: Final = (
    "album",
    "app",
    "calendar",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "clock",
    "close",
    "command",
    "face-add",
    "faces",
    "filmstrip",
    "filter",
    "folder",
    "folder-add",
    "full-screen",
    "grid",
    "info",
    "lock",
    "name",
    "not",
    "pause",
    "people",
    "photos",
    "play",
    "plus",
    "rotate",
    "search",
    "sort",
    "warning",
)


def icon(name: str, token: str = "text") -> QIcon:
    """Return an icon that keeps its outlines sharp at any scale and follows the theme.

    ``token`` names the colour of ``Theme`` to draw in. A name that is not in ``NAMES`` raises
    ``FileNotFoundError``.
    """
    _drawing(name)
    return QIcon(_Engine(name, token))


def paint(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw an icon straight onto a painter, for delegates."""
    _renderer(name, colour).render(painter, rect)


@cache
def _drawing(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer


class _Engine(QIconEngine):
    """Paints when asked: a pixmap made beforehand would be blurred at another scale and keep the old theme."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = "disabled" if mode == QIcon.Mode.Disabled else self._token
        paint(painter, self._name, QRectF(rect), getattr(theme.current(), token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """``size`` is in device-independent pixels (since Qt 6.8), ``scale`` the device pixel ratio."""
        made = QPixmap((QSizeF(size) * scale).toSize())
        made.setDevicePixelRatio(scale)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made
