from __future__ import annotations

import numpy as np
import pytest

from faceapp.index import projection
from faceapp.index.projection import AXES, axes_of, candidates, project
from tests.index.support import people, unit


@pytest.mark.parametrize("dimension", [AXES + 1, 512, 1024])
def test_the_axes_are_orthonormal(dimension: int) -> None:
    axes = projection._axes(dimension)
    assert axes.shape == (dimension, AXES)
    np.testing.assert_allclose(axes.T @ axes, np.eye(AXES), atol=1e-5)


def test_the_axes_are_the_same_for_ever() -> None:
    """Vectors in a saved index were projected by another run, perhaps with another numpy."""
    found = projection._axes(512)[[0, 1, -1], [0, 1, -1]]
    np.testing.assert_allclose(found, [-0.00868806, 0.0749307, 0.07775519], atol=1e-6)


@pytest.mark.parametrize("dimension", [2, AXES, AXES + 1, 512])
def test_projected_vectors_have_length_1(dimension: int) -> None:
    vectors = unit(np.random.default_rng(1), 50, dimension) * np.float32(1.015)
    projected = project(vectors, dimension)
    assert projected.shape == (50, axes_of(dimension))
    assert projected.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(projected, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(project(vectors[7], dimension), projected[7:8], atol=1e-6)


@pytest.mark.parametrize("dimension", [16, AXES])
def test_short_vectors_stay_as_they_are(dimension: int) -> None:
    vectors = unit(np.random.default_rng(2), 20, dimension)
    np.testing.assert_allclose(project(vectors, dimension), vectors, atol=1e-6)


@pytest.mark.parametrize("cosine", [0.0, 0.4, 0.7, 0.95])
def test_the_error_of_a_cosine(cosine: float) -> None:
    rng = np.random.default_rng(3)
    one, other = unit(rng, 4000, 512), unit(rng, 4000, 512)
    other -= np.einsum("nd,nd->n", one, other)[:, None] * one
    other /= np.linalg.norm(other, axis=1, keepdims=True)
    other = np.float32(cosine) * one + np.float32(np.sqrt(1 - cosine**2)) * other
    found = np.einsum("nd,nd->n", project(one, 512), project(other, 512))
    assert found.mean() == pytest.approx(cosine, abs=0.005)
    assert found.std() < (1 - cosine**2) / np.sqrt(AXES)


def test_the_true_nearest_are_among_the_nearest_by_projection() -> None:
    vectors = people(np.random.default_rng(4), 5000, 512, spread=0.03)  # cosines of about 0.7 within a person
    projected = project(vectors, 512)
    held = []
    for probe in range(0, 5000, 50):
        true = np.argsort(-(vectors @ vectors[probe]))[:10]
        true = true[vectors[true] @ vectors[probe] > 0.4]  # strangers come next, in any order
        held.append(np.isin(true, np.argsort(-(projected @ projected[probe]))[: candidates(10)]).mean())
    assert np.mean(held) > 0.99


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf, -np.inf, 1e30, 1e-30])
@pytest.mark.parametrize("dimension", [16, 512])
def test_vectors_without_a_direction_are_refused(value: float, dimension: int) -> None:
    vectors = unit(np.random.default_rng(5), 3, dimension)
    vectors[1] = value
    with pytest.raises(ValueError, match="direction"):
        project(vectors, dimension)


@pytest.mark.parametrize("shape", [(511,), (513,), (2, 511), (1, 2, 512), ()])
def test_vectors_of_another_dimension_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="512 numbers"):
        project(np.ones(shape, np.float32), 512)
