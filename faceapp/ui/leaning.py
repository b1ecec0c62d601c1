"""How strict the user likes the slider to be in this library, from one query to the next."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QSettings

from faceapp.types import Marks

_BALANCED = "balanced"


class Leaning:
    """Remembers where the user left the slider, relative to the marks of the query. GUI thread only.

    A cosine of one query is another promise in the next: the marks follow the gallery's size, the faces that are
    looked for and the model. What a person means is "like this, but a bit stricter", so a chosen mark is kept by its
    name and any other place as its distance from the balanced mark.
    """

    def __init__(self, settings: QSettings | None) -> None:
        """``settings`` None remembers until the window is closed."""
        self._settings = settings
        self._key = ""
        self._kept: str = _BALANCED

    def set_library(self, folder: Path) -> None:
        """Take what was remembered for a library. A digest of its path, as a slash parts groups of settings."""
        self._key = f"threshold/{hashlib.sha256(str(folder).encode(errors='surrogateescape')).hexdigest()[:16]}"
        if self._settings is not None:
            self._kept = str(self._settings.value(self._key, _BALANCED))

    @property
    def kept(self) -> str:
        """Return the mark that queries start with, or else how far from the balanced one."""
        return self._kept

    def choose(self, mark: str) -> None:
        """Let queries start with a mark (a field of ``Marks``) from now on."""
        self._keep(mark)

    def threshold(self, marks: Marks, floor: float) -> float:
        """Return the threshold that a new query starts with, a cosine from ``floor`` to 1, in thousandths."""
        known = asdict(marks)
        if self._kept in known:
            return round(float(known[self._kept]), 3)
        try:
            return round(min(1.0, max(floor, marks.balanced + float(self._kept))), 3)
        except ValueError:  # the settings are a file that anyone may edit
            return round(marks.balanced, 3)

    def note(self, threshold: float, marks: Marks) -> None:
        """Remember where the user left the slider."""
        named = [name for name, score in asdict(marks).items() if abs(score - threshold) < 0.001]
        self._keep(named[0] if named else f"{threshold - marks.balanced:.3f}")

    def _keep(self, kept: str) -> None:
        self._kept = kept
        if self._settings is not None and self._key:
            self._settings.setValue(self._key, self._kept)
