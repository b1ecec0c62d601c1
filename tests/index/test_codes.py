from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.index.codes import MOST_NUMBERS, Probes, encode
from faceapp.types import FloatArray
from tests.index.support import EXACT, people, unit

DIMENSIONS = st.sampled_from([1, 2, 3, 7, 16, 63, 64, 65, 512, 1000])


def first_pass(vectors: FloatArray, probes: FloatArray, floors: list[float]) -> set[int]:
    coded = encode(vectors)
    return set(Probes(probes, floors).first_pass(coded.codes, coded.steps, coded.errors).tolist())


@given(DIMENSIONS, st.integers(0, 99), st.floats(0.985, 1.015))
def test_the_error_is_a_bound(dimension: int, seed: int, length: float) -> None:
    vectors = unit(np.random.default_rng(seed), 20, dimension) * np.float32(length)
    coded = encode(vectors)
    exact = vectors.astype(np.float64) - coded.codes * coded.steps[:, None].astype(np.float64)
    assert (np.linalg.norm(exact, axis=1) <= coded.errors).all()
    assert (coded.errors <= 0.0051 * np.sqrt(dimension)).all()  # half a step for each number
    assert coded.codes.dtype == np.int8
    assert np.abs(coded.codes.astype(int)).max() <= 127


def test_blocks_are_coded_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = unit(np.random.default_rng(1), 50)
    whole = encode(vectors)
    monkeypatch.setattr("faceapp.index.codes._BLOCK_NUMBERS", 7 * 16)
    parts = encode(vectors)
    for name in ("codes", "steps", "errors"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


def test_what_has_no_direction_is_coded_as_nothing() -> None:
    coded = encode(np.zeros((2, 4), np.float32))
    assert not coded.codes.any()
    assert not coded.steps.any()


def test_the_longest_vectors_do_not_overflow() -> None:
    """The products of codes are summed in 32 bits: every one of them at its largest must still fit."""
    assert MOST_NUMBERS > 4096
    for dimension in (4096, MOST_NUMBERS):
        flat = np.full((3, dimension), 1 / np.sqrt(dimension), np.float32)
        flat[1] *= -1
        assert (encode(flat).codes == [[127], [-127], [127]]).all()
        assert first_pass(flat, flat[:1], [0.99]) == {0, 2}
    with pytest.raises(ValueError, match="at most"):
        encode(np.zeros((1, MOST_NUMBERS + 1), np.float32))


@given(DIMENSIONS, st.integers(0, 99), st.integers(1, 3), st.floats(0.985, 1.015), st.floats(0.985, 1.015))
def test_no_row_on_the_floor_is_lost(dimension: int, seed: int, probes: int, long: float, longer: float) -> None:
    """Each row in turn decides the floor, for each probe: it lies exactly on it."""
    rng = np.random.default_rng(seed)
    vectors = np.concatenate([people(rng, 20, dimension), np.eye(dimension, dtype=np.float32)[:3]]) * np.float32(long)
    asked = unit(rng, probes, dimension) * np.float32(longer)
    for column, probe in enumerate(asked):
        for score in np.clip(np.einsum("nd,d->n", vectors, probe), -1, 1):
            floors = [2.0] * probes
            floors[column] = float(score)
            near = first_pass(vectors, asked, floors)
            assert near >= set(np.flatnonzero(np.einsum("nd,d->n", vectors, probe) >= score).tolist())


def test_few_rows_are_kept_in_vain() -> None:
    rng = np.random.default_rng(3)
    vectors, probe = unit(rng, 5000, 512), unit(rng, 1, 512)
    near = first_pass(vectors, probe, [0.1])
    scores = vectors @ probe[0]
    assert set(np.flatnonzero(scores >= 0.1).tolist()) <= near
    assert near <= set(np.flatnonzero(scores >= 0.1 - 0.025).tolist())


def test_from_minus_one_on_every_row_is_near() -> None:
    long = -EXACT[:1] * np.float32(1.015)
    assert first_pass(long, EXACT[:1] * np.float32(1.015), [-1.0]) == {0}
