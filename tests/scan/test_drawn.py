from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.errors import PhotoError
from faceapp.faces.analyser import open_analyser
from faceapp.scan.drawn import face_in
from faceapp.types import AnalysedFace, Box, Detection, Pixels
from tests.fakes import FakeAnalyser

PORTRAITS = Path(__file__).parents[1] / "portraits"
PHOTO = np.zeros((200, 400, 3), np.uint8)
MARKS = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))


class Finding(FakeAnalyser):
    """Finds faces in given boxes of whatever it is shown; writes down how large that was."""

    def __init__(self, *found: Box) -> None:
        super().__init__()
        self._found = found
        self.sizes: list[tuple[int, ...]] = []

    def analyse(self, pixels: Pixels, overview: Pixels | None = None) -> list[AnalysedFace]:
        self.sizes.append(pixels.shape[:2])
        return self.embed(pixels, [Detection(box, MARKS, 0.4) for box in self._found])


class Blind(Finding):
    """Sees eyes and nose on one spot."""

    def embed(self, pixels: Pixels, detections: Sequence[Detection]) -> list[AnalysedFace]:
        return []


def numbers(box: Box) -> tuple[float, ...]:
    return box.x, box.y, box.w, box.h


def test_the_face_in_the_box_is_told_as_one_of_the_photo() -> None:
    analyser = Finding(Box(0.0, 0.0, 0.1, 0.1), Box(0.25, 0.25, 0.5, 0.5), Box(0.4, 0.4, 0.2, 0.2))
    box = Box(0.2, 0.2, 0.2, 0.4)  # 80 × 80 pixels: 120 × 120 are looked at, from (60, 20)
    face = face_in(analyser, PHOTO, box, anyway=False)
    assert analyser.sizes == [(120, 120)]
    assert face is not None
    assert numbers(face.detection.box) == pytest.approx(((60 + 30) / 400, (20 + 30) / 200, 60 / 400, 60 / 200))
    assert face.detection.landmarks[0] == pytest.approx(((60 + 0.3 * 120) / 400, (20 + 0.4 * 120) / 200))
    assert face.detection.score == 1


def test_at_the_edge_no_more_is_looked_at_than_there_is() -> None:
    analyser = Finding(Box(0.0, 0.0, 1.0, 1.0))
    face = face_in(analyser, PHOTO, Box(0.8, 0.0, 0.2, 0.4), anyway=False)
    assert analyser.sizes == [(100, 100)]
    assert face is not None
    assert numbers(face.detection.box) == pytest.approx((300 / 400, 0, 100 / 400, 100 / 200))


def test_a_face_beside_the_box_is_not_the_one() -> None:
    analyser = Finding(Box(0.0, 0.0, 0.2, 0.2))
    box = Box(0.2, 0.2, 0.2, 0.4)
    assert face_in(analyser, PHOTO, box, anyway=False) is None
    face = face_in(analyser, PHOTO, box, anyway=True)
    assert face is not None
    assert face.detection.box == box
    assert face.detection.landmarks[2] == pytest.approx((0.3, 0.2 + 0.6 * 0.4))


def test_too_small_a_box_is_refused() -> None:
    with pytest.raises(PhotoError, match="larger"):
        face_in(Finding(), PHOTO, Box(0.5, 0.5, 0.0001, 0.0001), anyway=True)
    with pytest.raises(PhotoError, match="larger"):
        face_in(Blind(), PHOTO, Box(0.5, 0.5, 0.2, 0.2), anyway=True)


def test_a_real_face_is_found_where_it_was_drawn_roughly() -> None:
    analyser = open_analyser(models_dir())
    pixels = np.asarray(cv2.imread(str(PORTRAITS / "grace_hopper.jpg")), np.uint8)
    known = analyser.analyse(pixels)[0]
    box = known.detection.box
    drawn = Box(box.x - 0.03, box.y - 0.02, box.w + 0.05, box.h + 0.06)
    face = face_in(analyser, pixels, drawn, anyway=False)
    assert face is not None
    assert face.detection.box.iou(box) > 0.7
    assert float(face.embedding @ known.embedding) > 0.8
    kept = face_in(analyser, pixels, Box(0.02, 0.02, 0.1, 0.12), anyway=True)
    assert kept is not None
    assert np.linalg.norm(kept.embedding) == pytest.approx(1, abs=1e-5)
