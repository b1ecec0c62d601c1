"""Tiny photos of up to three painted faces, an analyser that sees them, and two embedders that know them.

A face lies in one of three places, belongs to one of four people and has one of three looks. The looks of a person
score 0.65 and more with each other, two people 0 to 0.1, but for a pair of siblings (0.5), who are other people
for each embedder.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import ArrayLike

from faceapp.types import AnalysedFace, Box, Detection, FloatArray, Pixels, Quality
from tests.fakes import FakeAnalyser

OLD, NEW = "old", "new"
PEOPLE, LOOKS, PLACES = 4, 3, 3
DIMENSION = PEOPLE * (1 + LOOKS)
_SIZE = (42, 12)  # of a photo, width and height
_FACE = (10, 10)
_ALIKE = (0.9, 0.8, 0.8)  # cosine of each look with the person
_SIBLINGS = {OLD: (1, 2), NEW: (0, 3)}
_KINSHIP = 0.6  # cosine of two siblings
_FULL = 255


class Painted(NamedTuple):
    """A face as it is painted."""

    person: int
    look: int
    shifted: bool = False  # by a pixel to the right, as after a slight crop


class Content(NamedTuple):
    """What a photo shows. Equal contents are equal files, and no others are."""

    faces: tuple[Painted | None, ...]  # by place
    salt: int

    def data(self) -> bytes:
        """Return the file as PNG."""
        width, height = _SIZE
        pixels = np.zeros((height, width, 3), np.uint8)
        for place, face in enumerate(self.faces):
            if face is not None:
                left = _left(place, face.shifted)
                colour = (40 * (face.person + 1), 40 * (face.look + 1), _FULL)
                pixels[1 : 1 + _FACE[1], left : left + _FACE[0]] = colour
        pixels[-1, -1] = (self.salt % 200, self.salt // 200, 0)
        return cv2.imencode(".png", pixels)[1].tobytes()


def place_of(box: Box) -> int:
    """Return in which place a face lies."""
    return round((box.x * _SIZE[0] - 2) / 13)


@cache
def embedding(model_id: str, person: int, look: int) -> FloatArray:
    """Return the unit vector (D,) of a face."""
    base = np.zeros(DIMENSION, np.float32)
    base[person] = 1.0
    first, second = _SIBLINGS[model_id]
    if person == second:
        base[first], base[second] = _KINSHIP, (1 - _KINSHIP**2) ** 0.5
    own = np.zeros(DIMENSION, np.float32)
    own[PEOPLE + LOOKS * person + look] = 1.0
    alike = _ALIKE[look]
    return np.asarray(alike * base + (1 - alike**2) ** 0.5 * own, np.float32)


class PaintedAnalyser(FakeAnalyser):
    """Sees what is painted, and knows it as either embedder does."""

    def __init__(self, model_id: str) -> None:
        super().__init__(DIMENSION)
        self._model_id = model_id

    @property
    def model_id(self) -> str:
        return self._model_id

    def analyse(self, pixels: Pixels, overview: Pixels | None = None) -> list[AnalysedFace]:
        return [self._seen(pixels, place) for place in range(PLACES) if _is_face(pixels, place)]

    def _seen(self, pixels: Pixels, place: int) -> AnalysedFace:
        width, height = _SIZE
        left = _left(place, shifted=not pixels[5, _left(place, False), 2])
        box = Box(left / width, 1 / height, _FACE[0] / width, _FACE[1] / height)
        marks = tuple((box.x + box.w * dx, box.y + box.h * dy) for dx, dy in _MARKS)
        quality = Quality(size_px=120.0, sharpness=300.0, norm=20.0, yaw=0.0)
        return AnalysedFace(Detection(box, marks, 0.9), quality, embedding(self._model_id, *_who(pixels, place)))


class PaintedEmbedder:
    """Implements ``scan.photo_work.FaceEmbedder``: embeds known faces for the change to the other model."""

    def __init__(self, model_id: str) -> None:
        self._model_id = model_id

    def align(self, pixels: Pixels, landmarks: ArrayLike) -> Pixels:
        place = round((float(np.asarray(landmarks)[0, 0]) - 2 - _MARKS[0][0] * _FACE[0]) / 13)
        return np.array([[_who(pixels, place)]], np.uint8)

    def embed(self, aligned: Sequence[Pixels]) -> tuple[FloatArray, FloatArray]:
        found = [embedding(self._model_id, int(one[0, 0, 0]), int(one[0, 0, 1])) for one in aligned]
        return np.stack(found), np.full(len(found), 20, np.float32)


_MARKS = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))


def _left(place: int, shifted: bool) -> int:
    return 2 + 13 * place + shifted


def _is_face(pixels: Pixels, place: int) -> bool:
    return int(pixels[5, _left(place, False) + 5, 2]) == _FULL


def _who(pixels: Pixels, place: int) -> tuple[int, int]:
    blue, green, _ = (int(value) for value in pixels[5, _left(place, False) + 5])
    return blue // 40 - 1, green // 40 - 1
