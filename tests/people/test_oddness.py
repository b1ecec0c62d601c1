"""Who looks least like the rest."""

from __future__ import annotations

import numpy as np
import pytest

from faceapp.people.oddness import likeness_to_the_rest
from faceapp.types import FloatArray


def unit(vectors: list[list[float]]) -> FloatArray:
    made = np.array(vectors, np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def test_it_is_the_cosine_with_the_mean_of_the_others() -> None:
    vectors = unit([[1, 0.1, 0], [1, 0, 0.2], [1, -0.1, 0], [0.1, 1, 0]])
    alike = likeness_to_the_rest(vectors)
    for at in range(4):
        mean = np.delete(vectors, at, axis=0).mean(axis=0)
        assert alike[at] == pytest.approx(float(mean @ vectors[at]) / float(np.linalg.norm(mean)), abs=1e-6)
    assert int(np.argmin(alike)) == 3


def test_a_stranger_among_three_does_not_vouch_for_himself() -> None:
    alike = likeness_to_the_rest(unit([[1, 0], [1, 0], [0, 1]]))
    assert alike[2] == pytest.approx(0.0)
    assert min(alike[0], alike[1]) > 0.7


def test_few_faces() -> None:
    assert likeness_to_the_rest(np.empty((0, 4), np.float32)).shape == (0,)
    assert likeness_to_the_rest(unit([[1, 0]])).tolist() == [1.0]
    assert np.isfinite(likeness_to_the_rest(unit([[1, 0], [-1, 0], [-1, 0]]))).all()
