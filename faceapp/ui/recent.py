"""What was used last in a library, latest first, from one start to the next."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from PySide6.QtCore import QSettings


class Recent:
    """A short list of texts without repeats. GUI thread only."""

    def __init__(self, settings: QSettings | None, group: str, limit: int) -> None:
        """``settings`` None remembers until the window is closed."""
        self._settings = settings
        self._group = group
        self._limit = limit
        self._key = ""
        self._kept: list[str] = []

    def set_library(self, folder: Path) -> None:
        """Take what was remembered for a library. A digest of its path, as a slash parts groups of settings."""
        key = f"{self._group}/{hashlib.sha256(str(folder).encode(errors='surrogateescape')).hexdigest()[:16]}"
        if key == self._key:
            return
        self._key = key
        self._kept = _read(str(self._settings.value(key, "")))[: self._limit] if self._settings is not None else []

    @property
    def kept(self) -> list[str]:
        return list(self._kept)

    def note(self, text: str) -> None:
        """Put a text first."""
        self._put([text, *(kept for kept in self._kept if kept.casefold() != text.casefold())])

    def clear(self) -> None:
        self._put([])

    def _put(self, kept: list[str]) -> None:
        self._kept = kept[: self._limit]
        if self._settings is not None and self._key:
            # One string: settings in a file give a list of one back as a text.
            self._settings.setValue(self._key, json.dumps(self._kept))


def _read(text: str) -> list[str]:
    """Return the texts that were kept; the settings are a file that anyone may edit."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [kept for kept in found if isinstance(kept, str)] if isinstance(found, list) else []
