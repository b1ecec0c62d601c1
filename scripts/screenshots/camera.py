"""Waits until the window has come to rest, and photographs it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatch
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from faceapp.ui import theme
from faceapp.ui.main_window import MainWindow

_QUALITY = 85
_PATIENCE_S = 120
_REST_S = 0.35  # nothing has run for so long: what fades has faded


def run_until(done: Callable[[], bool], what: str) -> None:
    """Run the event loop until a condition holds."""
    end = time.monotonic() + _PATIENCE_S
    loop = QEventLoop()
    poll = QTimer(interval=20)
    poll.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > end else None)
    poll.start()
    loop.exec()
    poll.stop()
    if not done():
        raise TimeoutError(f"waited in vain for {what}")


def settle(window: MainWindow) -> None:
    """Let answers and pictures arrive: until nothing has run for a little while."""
    quiet_since = time.monotonic()

    def quiet() -> bool:
        nonlocal quiet_since
        if not (window.tasks.idle and window.reviewing.idle):
            quiet_since = time.monotonic()
        return time.monotonic() - quiet_since > _REST_S

    run_until(quiet, "the window to come to rest")


class Camera:
    """Photographs a window, in each of some colour schemes.

    ``naming`` makes the name of a file out of those of the page and the scheme; ``only`` is what names must look like.
    """

    def __init__(
        self, window: MainWindow, out: Path, naming: Callable[[str, str], str], schemes: Sequence[str], only: str
    ) -> None:
        self._window = window
        self._out = out
        self._naming = naming
        self._schemes = schemes
        self._only = only
        self.taken = 0

    def wants(self, page: str) -> bool:
        return any(self._is_wanted(page, scheme) for scheme in self._schemes)

    def _is_wanted(self, page: str, scheme: str) -> bool:
        return fnmatch(self._naming(page, scheme), self._only)

    def take(self, page: str, widget: QWidget | None = None) -> None:
        """Photograph the window with the menus that are open, or a widget alone."""
        for scheme in self._schemes:
            if self._is_wanted(page, scheme):
                self._window.acting.set_scheme(scheme)
                settle(self._window)
                taken = _with_menus(self._window) if widget is None else widget.grab()
                _save(taken, self._out / f"{self._naming(page, scheme)}.webp")
                self.taken += 1
        if theme.signals().scheme != self._schemes[-1]:
            self._window.acting.set_scheme(self._schemes[-1])


def _with_menus(window: QWidget) -> QPixmap:
    """Return a picture of a window and of what has popped up over it, which are windows of their own."""
    taken = window.grab()
    painter = QPainter(taken)
    for other in QApplication.topLevelWidgets():
        if other.isVisible() and other.windowType() == Qt.WindowType.Popup:
            at = window.mapFromGlobal(other.mapToGlobal(QPoint(0, 0)))
            painter.drawPixmap(QRect(at, other.size()), other.grab())
    painter.end()
    return taken


def _save(taken: QPixmap, path: Path) -> None:
    image = taken.toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = image.width(), image.height()
    pixels = Image.frombuffer("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine(), 1)
    pixels.save(path, quality=_QUALITY, method=4)
