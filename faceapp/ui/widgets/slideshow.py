"""Photos that follow each other by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SECONDS: Final = (3, 5, 10)


class Slideshow(QObject):
    """Says when it is time for the next photo: after some seconds, and not before ``ready`` says that it is there.

    Signals
    -------
    due()
        Show the next photo.
    changed()
        It began, ended or has another pace.
    """

    due = Signal()
    changed = Signal()

    def __init__(self, ready: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._ready = ready
        self._seconds = SECONDS[1]
        self._playing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    @property
    def playing(self) -> bool:
        return self._playing

    @property
    def seconds(self) -> int:
        """How long a photo stays."""
        return self._seconds

    def set_seconds(self, seconds: int) -> None:
        self._seconds = seconds
        self.restart()
        self.changed.emit()

    def set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.restart()
            self.changed.emit()

    def restart(self) -> None:
        """Give the photo that is shown now its whole time."""
        self._timer.stop()
        if self._playing:
            self._timer.start(self._seconds * 1000)

    @Slot()
    def look(self) -> None:
        """Go on if the time is over and the next photo has come."""
        if self._playing and not self._timer.isActive() and self._ready():
            self.due.emit()
