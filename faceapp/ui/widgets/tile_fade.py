"""How pictures come in: a tile that was painted without one lets it shine through for a moment, then shows it whole."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QElapsedTimer

from faceapp.ui import motion

_LASTS_MS: Final = 100
_KEPT: Final = 1_000  # tiles that wait for a picture; more than a screen of the smallest


class Fades:
    """Tiles by kind and id. What was at hand at once never fades: scrolling back stays still."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[tuple[str, int], None] = OrderedDict()
        self._since: dict[tuple[str, int], int] = {}
        self._clock = QElapsedTimer()
        self._clock.start()

    def wait(self, tile: tuple[str, int]) -> None:
        """Note that a tile was painted without a picture."""
        self._waiting[tile] = None
        if len(self._waiting) > _KEPT:
            self._waiting.popitem(last=False)

    def waits(self, tile: tuple[str, int]) -> bool:
        """Return whether a tile was only ever painted without a picture."""
        return tile in self._waiting

    def share(self, tile: tuple[str, int]) -> float:
        """Return how much of a picture shows by now: 1 for one that had no placeholder, or had it long ago."""
        if tile in self._waiting:
            del self._waiting[tile]
            if not motion.reduced():
                self._since[tile] = self._clock.elapsed()
        begun = self._since.get(tile)
        if begun is None:
            return 1.0
        share = (self._clock.elapsed() - begun) / _LASTS_MS
        if share >= 1:
            del self._since[tile]
        return min(1.0, share)
