"""Reducing pictures."""

from __future__ import annotations

import numpy as np
import pytest

from faceapp.imaging.scaling import overview_of, resized


def test_reducing_averages_fine_texture_away() -> None:
    stripes = np.zeros((1600, 1600, 3), np.uint8)
    stripes[:, ::2] = 255
    small = resized(stripes, 0.3)
    assert small.shape == (480, 480, 3)
    assert small.min() >= 126
    assert small.max() <= 129


@pytest.mark.parametrize(
    ("size", "expected"), [((3000, 4000), (1200, 1600)), ((4000, 3000), (1600, 1200)), ((1, 9000), (1, 1600))]
)
def test_an_overview_is_1600_pixels_long(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert overview_of(np.zeros((*size, 3), np.uint8)).shape == (*expected, 3)


def test_a_small_picture_is_its_own_overview() -> None:
    picture = np.zeros((100, 200, 3), np.uint8)
    assert overview_of(picture) is picture
