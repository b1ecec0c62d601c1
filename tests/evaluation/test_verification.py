"""The figures of an evaluation against known answers and against the plain computation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.evaluation.pairs import even_folds
from faceapp.evaluation.verification import Share, Verification, least_pairs, verify
from tests.evaluation import plain


def made(same: list[float], other: list[float]) -> Verification:
    labels = np.arange(len(same) + len(other)) < len(same)
    return verify(np.array(same + other), labels, even_folds(labels))


def test_a_perfect_model() -> None:
    result = made([0.7, 0.8, 0.9], [0.0, 0.1, 0.3])
    assert result.best_threshold == pytest.approx(0.5)  # in the middle of the gap
    assert (result.best_balanced, result.eer, result.auc) == (1, 0, 1)
    assert result.accuracy is not None
    assert (result.accuracy.mean, result.accuracy.error, result.accuracy.folds) == (1, 0, 3)


def test_a_model_that_knows_nothing() -> None:
    result = made([0.5] * 10, [0.5] * 10)
    assert (result.best_balanced, result.eer, result.auc) == (0.5, 0.5, 0.5)


def test_a_model_that_is_always_wrong() -> None:
    result = made([0.0, 0.1], [0.8, 0.9])
    assert (result.best_balanced, result.eer, result.auc) == (0.5, 1, 0)


def test_known_figures() -> None:
    result = made([0.9, 0.8, 0.7, 0.2], [0.6, 0.3, 0.1, 0.0] * 5)
    assert result.best_threshold == pytest.approx(0.65)
    assert result.best_balanced == pytest.approx(0.875)
    assert result.eer == pytest.approx(0.25)
    assert result.auc == pytest.approx((3 * 20 + 10) / 80)
    tenth = result.points[1e-1]
    assert tenth is not None
    assert (tenth.threshold, tenth.tar, tenth.far) == (0.7, Share(3, 4), Share(0, 20))  # at 0.6 there are 5 at once
    assert (result.same_mean, result.other_mean) == (pytest.approx(0.65), pytest.approx(0.25))


def test_folds_are_judged_at_the_threshold_of_the_others() -> None:
    """The second fold's scores lie 0.4 higher, so each fold's best threshold misjudges half of the other."""
    scores = np.array([0.3, 0.3, 0.1, 0.1, 0.7, 0.7, 0.5, 0.5])
    same = np.array([True, True, False, False] * 2)
    result = verify(scores, same, np.repeat([0, 1], 4))
    assert result.accuracy is not None
    assert (result.accuracy.mean, result.accuracy.error) == (0.5, 0)
    assert result.accuracy.threshold == pytest.approx(0.4)


def test_what_cannot_be_said_is_left_out() -> None:
    rng = np.random.default_rng(1)
    result = made(rng.normal(0.6, 0.1, 50).tolist(), rng.normal(0, 0.1, 500).tolist())
    assert [target for target, point in result.points.items() if point is None] == [1e-3, 1e-4]
    exact = made([0.9], [0.1] * 999 + [0.8])
    assert exact.points[1e-3] is not None
    assert exact.points[1e-3].threshold == 0.8
    assert least_pairs(1e-3) == 1000
    assert made([0.9], [0.1] * 20).accuracy is None  # one fold cannot be judged by others


def test_wilson_intervals() -> None:
    """Against the values of R's prop.test(..., correct = FALSE)."""
    assert Share(8, 10).interval == (pytest.approx(0.4901625, abs=1e-6), pytest.approx(0.9433178, abs=1e-6))
    low, high = Share(725, 725).interval
    assert (low, high) == (pytest.approx(725 / (725 + 1.959964**2)), pytest.approx(1))
    assert Share(0, 5).interval[0] == 0


def test_scores_that_are_none_are_a_bug() -> None:
    with pytest.raises(ValueError, match="finite"):
        made([float("nan")], [0.1])
    with pytest.raises(ValueError, match="of one person and of two"):
        made([0.5], [])


def test_every_pair_is_in_a_histogram() -> None:
    result = made([1.0000001, 0.5, -1.0], [0.011, 0.019])
    assert result.same_histogram.sum() == 3
    assert result.same_histogram[-1] == 1
    assert result.other_histogram[50] == 2
    assert result.edges[50] == pytest.approx(0)


# Few different scores, so that ties are common.
tied = st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=4, max_size=60).filter(
    lambda rows: 0 < sum(same for _, same in rows) < len(rows)
)


@given(tied)
def test_the_figures_are_those_of_the_plain_computation(rows: list[tuple[int, bool]]) -> None:
    scores = np.array([score / 5 for score, _ in rows])
    same = np.array([same for _, same in rows])
    folds = even_folds(same)
    result = verify(scores, same, folds)
    tar, far = plain.rates(scores, same, result.best_threshold)
    assert (tar + 1 - far) / 2 == pytest.approx(result.best_balanced)
    assert result.best_balanced == pytest.approx(plain.balanced(scores, same))
    assert result.eer == pytest.approx(plain.equal_error(scores, same))
    assert result.auc == pytest.approx(plain.area(scores, same))
    for target, point in result.points.items():
        if point is not None:
            assert point.tar.value == pytest.approx(plain.tar_at(target, scores, same))
            assert (point.tar.value, point.far.value) == plain.rates(scores, same, point.threshold)
            assert point.far.value <= target
    for threshold, x, y in zip(result.roc.thresholds, result.roc.far, result.roc.tar, strict=True):
        assert plain.rates(scores, same, threshold) == (y, x)
    assert (result.roc.far[0], result.roc.tar[0], result.roc.far[-1], result.roc.tar[-1]) == (0, 0, 1, 1)


def test_a_long_roc_keeps_its_shape() -> None:
    rng = np.random.default_rng(2)
    same = rng.random(40_000) < 0.5
    scores = rng.normal(np.where(same, 0.5, 0.0), 0.2)
    result = verify(scores, same, even_folds(same))
    assert np.trapezoid(result.roc.tar, result.roc.far) == pytest.approx(result.auc)
    assert len(result.roc.far) < 30_000
