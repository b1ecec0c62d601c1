"""Five-point alignment: exact where it can be, no aliasing where a face is large."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.faces.alignment import ARCFACE_TEMPLATE, SPHEREFACE_TEMPLATE, align, similarity, template


@given(
    scale=st.floats(0.01, 50),
    angle=st.floats(-np.pi, np.pi),
    shift=st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000)),
)
def test_a_known_similarity_is_recovered(scale: float, angle: float, shift: tuple[float, float]) -> None:
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = scale * ARCFACE_TEMPLATE @ rotation.T + shift
    matrix = similarity(ARCFACE_TEMPLATE, target)
    assert np.allclose(matrix[:, :2], scale * rotation, atol=1e-7 * scale)
    assert np.allclose(matrix[:, 2], shift, atol=1e-6 * (1 + scale))


def test_noise_is_fitted_in_the_least_squares_sense() -> None:
    rng = np.random.default_rng(1)
    source = ARCFACE_TEMPLATE * 3 + rng.normal(0, 4, (5, 2))
    matrix = similarity(source, ARCFACE_TEMPLATE)

    def error(m: np.ndarray) -> float:
        return float(((source @ m[:, :2].T + m[:, 2] - ARCFACE_TEMPLATE) ** 2).sum())

    # Every similarity is (a, -b, b, a) with a shift: any step away from the answer is worse.
    directions = [
        np.array([[1, 0, 0], [0, 1, 0]]),
        np.array([[0, -1, 0], [1, 0, 0]]),
        np.array([[0, 0, 100], [0, 0, 0]]),
        np.array([[0, 0, 0], [0, 0, 100]]),
    ]
    for direction in directions:
        for step in (1e-4, -1e-4):
            assert error(matrix + step * direction) > error(matrix)


def test_mirrored_points_do_not_mirror_the_face() -> None:
    matrix = similarity(ARCFACE_TEMPLATE * (-1, 1), ARCFACE_TEMPLATE)
    assert np.linalg.det(matrix[:, :2]) > 0


@pytest.mark.parametrize("points", [np.full((5, 2), 7.0), np.full((5, 2), np.nan), np.full((5, 2), np.inf)])
def test_points_without_a_transformation_are_refused(points: np.ndarray) -> None:
    with pytest.raises(ValueError, match="points must"):
        similarity(points, ARCFACE_TEMPLATE)


def test_the_template_fits_other_sizes() -> None:
    assert np.allclose(template("arcface", 112, 112), ARCFACE_TEMPLATE)
    assert np.allclose(template("arcface", 224, 224), ARCFACE_TEMPLATE * 2)
    assert np.allclose(template("sphereface", 96, 112), SPHEREFACE_TEMPLATE)
    assert np.allclose(template("arcface128", 128, 128), ARCFACE_TEMPLATE + np.array([8, 0]))
    assert np.allclose(template("arcface128", 256, 256), 2 * ARCFACE_TEMPLATE + (16, 0))


def test_sphereface_wants_the_arcface_crop_without_its_sides() -> None:
    assert np.allclose(ARCFACE_TEMPLATE - (8, 0), SPHEREFACE_TEMPLATE)
    photo = np.random.default_rng(3).integers(0, 256, (300, 300, 3), np.uint8)
    landmarks = ARCFACE_TEMPLATE * 1.3 + (40, 60)
    whole, narrow = align(photo, landmarks, 112, 112), align(photo, landmarks, 96, 112, "sphereface")
    # OpenCV rounds positions to 1/32 of a pixel, so single values may differ by a step or two.
    assert np.abs(narrow.astype(int) - whole[:, 8:-8].astype(int)).max() <= 16


def test_an_aligned_face_stays_as_it_is() -> None:
    picture = np.random.default_rng(2).integers(0, 256, (112, 112, 3), np.uint8)
    assert np.array_equal(align(picture, ARCFACE_TEMPLATE, 112, 112), picture)


@pytest.mark.parametrize("factor", [2, 3, 8])
def test_a_large_face_is_averaged_in_the_right_place(factor: int) -> None:
    """Every block of a photo many times as large becomes its own mean: no shift, no aliasing."""
    rng = np.random.default_rng(3)
    photo = rng.integers(0, 256, (112 * factor, 112 * factor, 3), np.uint8)
    means = photo.reshape(112, factor, 112, factor, 3).mean(axis=(1, 3))
    landmarks = (ARCFACE_TEMPLATE + 0.5) * factor - 0.5
    aligned = align(photo, landmarks, 112, 112)
    assert np.abs(aligned.astype(float) - means).max() <= 1.5


def test_a_rotated_face_at_the_edge_shows_the_photo_where_there_is_one() -> None:
    photo = np.full((300, 300, 3), 200, np.uint8)
    turn = cv2.getRotationMatrix2D((56.0, 56.0), 30, 2.0)
    landmarks = ARCFACE_TEMPLATE @ turn[:, :2].T + turn[:, 2] - (60, 20)
    aligned = align(photo, landmarks, 112, 112)
    values = set(np.unique(aligned))
    assert aligned.shape == (112, 112, 3)
    assert {0, 200} <= values


def test_a_face_far_outside_is_black() -> None:
    photo = np.full((50, 50, 3), 200, np.uint8)
    assert not align(photo, ARCFACE_TEMPLATE * 5 + 10_000, 112, 112).any()
