"""Pictures that are only names: what is seen in each is said beforehand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from faceapp.errors import PhotoError
from faceapp.types import AnalysedFace, Box, DecodedPhoto, Detection, FloatArray, Quality

BOX = Box(0.25, 0.25, 0.5, 0.5)


def direction(degrees: float) -> FloatArray:
    """Return a unit vector: two of them have the cosine of the angle between them."""
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)


class NamedPictures:
    """Sees in ``name.jpg`` a large face with the direction given for ``name`` and a small one straight opposite.

    None stands for no face, a name that is not given for a file that cannot be read.
    """

    def __init__(self, angles: Mapping[str, float | None], on_find: Callable[[], None] = lambda: None) -> None:
        self._angles = angles
        self._on_find = on_find
        self._lock = threading.Lock()
        self.found: list[str] = []  # asked for so far

    def read(self, source: Path | bytes, name: str | None = None) -> DecodedPhoto:
        assert isinstance(source, Path)
        if source.stem not in self._angles:
            raise PhotoError(f"{source.name} is not a picture.")
        pixels = np.zeros((40, 80, 3), np.uint8)
        pixels[:, :, 2] = 200  # red, in BGR
        return DecodedPhoto(pixels, b"", None, None)

    def find_faces(self, source: Path | bytes, name: str | None = None) -> tuple[DecodedPhoto, list[AnalysedFace]]:
        photo = self.read(source)
        assert isinstance(source, Path)
        with self._lock:
            self.found.append(source.stem)
        self._on_find()
        angle = self._angles[source.stem]
        if angle is None:
            return photo, []
        quality = Quality(50, 100, 3, 0)
        small = Box(0, 0, 0.1, 0.1)
        return photo, [
            AnalysedFace(Detection(box, (), 0.9), quality, vector)
            for box, vector in ((BOX, direction(angle)), (small, -direction(angle)))
        ]
