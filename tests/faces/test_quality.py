from __future__ import annotations

import cv2
import numpy as np
import pytest

from faceapp.faces.alignment import ARCFACE_TEMPLATE
from faceapp.faces.quality import measure, sharpness, yaw
from faceapp.types import Box


def turned(shift: float) -> np.ndarray:
    """Return the template's landmarks with the nose moved sideways, in half eye distances from the middle."""
    points = ARCFACE_TEMPLATE.copy()
    middle, half = (points[0] + points[1]) / 2, (points[1] - points[0]) / 2
    points[2] = middle + shift * half + (-half[1], half[0])
    return points


@pytest.mark.parametrize("shift", [-1.0, -0.5, 0.0, 0.25, 1.0])
def test_yaw_is_where_the_nose_lies_between_the_eyes(shift: float) -> None:
    assert yaw(turned(shift)) == pytest.approx(shift)


def test_yaw_is_the_same_for_a_tilted_head_and_ends_at_one() -> None:
    angle = np.radians(35)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert yaw(turned(0.4) @ rotation.T * 3 + 100) == pytest.approx(0.4)
    assert yaw(turned(2.5)) == 1
    assert yaw(turned(-2.5)) == -1
    assert yaw(np.zeros((5, 2))) == 0


def test_blur_lowers_sharpness() -> None:
    face = np.random.default_rng(1).integers(0, 256, (112, 112, 3), np.uint8)
    blurred = [np.asarray(cv2.GaussianBlur(face, (0, 0), sigma), np.uint8) for sigma in (1, 2, 4)]
    values = [sharpness(picture) for picture in (face, *blurred)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 100 * values[-1]
    assert sharpness(np.full((112, 112, 3), 90, np.uint8)) == 0


def test_size_is_the_shorter_side_in_pixels_of_the_photo() -> None:
    quality = measure(Box(0.1, 0.1, 0.5, 0.25), ARCFACE_TEMPLATE, np.zeros((112, 112, 3), np.uint8), 3.5, 1000, 4000)
    assert quality.size_px == 500
    assert quality.norm == 3.5
