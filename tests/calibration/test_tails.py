from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.calibration.priors import priors_of
from faceapp.calibration.tails import Curve, Doubt, Evidence, Shares, fitted, probit, upper_tail
from tests.calibration.support import THRESHOLDS

DOUBT = Doubt(0.4, 0.15)
PIVOT = probit(1e-2)
ANY = np.linspace(-1, 1, 201)


def fit(prior: Curve, scores: np.ndarray, weight: float = 1.0) -> Curve:
    return fitted(prior, Evidence.of(scores, prior.where(0.1), prior.where(1e-7)), DOUBT, PIVOT, weight)


def test_the_upper_tail_is_that_of_the_normal_distribution() -> None:
    z = np.linspace(-6, 6, 25).reshape(5, 5)
    assert upper_tail(z) == pytest.approx(np.vectorize(lambda v: NormalDist().cdf(-v))(z), rel=1e-6)


def test_a_curve_through_points_of_a_normal_distribution_is_that_distribution() -> None:
    normal = NormalDist(0.02, 0.1)
    curve = Curve.through((t, 1 - normal.cdf(t)) for t in (0.2, 0.3, 0.35))
    assert (curve.mean, curve.deviation) == pytest.approx((0.02, 0.1))
    assert curve.where(1e-3) == pytest.approx(0.02 + 0.1 * probit(1e-3))


@pytest.mark.parametrize(
    "points",
    [
        [(0.3, 0.01)],
        [(0.3, 0.01), (0.4, 0.01)],
        [(0.3, 0.01), (0.4, 0.02)],
        [(0.3, 0.01), (0.3, 0.001)],
        [(0, 1), (1, 0)],
    ],
)
def test_points_that_are_no_falling_curve_are_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match=r"two points|must fall"):
        Curve.through(points)


def test_without_evidence_the_curve_is_the_prior() -> None:
    prior = priors_of(THRESHOLDS).impostors
    assert fit(prior, np.empty(0)) == prior


def test_a_few_pairs_hardly_move_the_curve_and_many_do() -> None:
    prior, truth = priors_of(THRESHOLDS).impostors, NormalDist(0.03, 0.12)
    scores = np.array(truth.samples(50_000, seed=2))
    few, many = fit(prior, scores[:10]), fit(prior, scores)
    true, before = 1 - truth.cdf(0.35), upper_tail(prior.at(np.array([0.35])))[0]
    assert true > 2.5 * before  # else this test would say nothing
    moved = upper_tail(few.at(np.array([0.35])))[0] / before
    assert abs(np.log(moved)) < 0.4 * np.log(true / before)
    assert upper_tail(many.at(np.array([0.35])))[0] == pytest.approx(true, rel=0.15)


def test_beyond_all_pairs_the_tail_goes_on_smoothly() -> None:
    truth = NormalDist(0.02, 0.1)
    scores = np.array(truth.samples(2_000, seed=3))
    found = fit(priors_of(THRESHOLDS).impostors, scores)
    beyond = float(scores.max()) + 0.05
    share = upper_tail(found.at(np.array([beyond])))[0]
    assert (1 - truth.cdf(beyond)) / 3 < share < (1 - truth.cdf(beyond)) * 3


def test_a_pair_that_weighs_less_moves_the_curve_less() -> None:
    prior = priors_of(THRESHOLDS).impostors
    scores = np.array(NormalDist(0.03, 0.12).samples(500, seed=4))
    light, full = (fit(prior, scores, weight).where(1e-3) - prior.where(1e-3) for weight in (0.1, 1.0))
    assert 0 < light < full


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(-1, 1), max_size=60), st.floats(0.1, 1))
def test_whatever_the_pairs_a_fit_falls_and_stays_within_0_and_1(scores: list[float], weight: float) -> None:
    shares = Shares.mixed([(fit(priors_of(THRESHOLDS).impostors, np.array(scores), weight), 1.0)]).at(ANY)
    assert np.all(np.diff(shares) <= 0)
    assert np.all((shares >= 0) & (shares <= 1))


def test_a_mixture_lies_between_its_parts_and_finds_its_own_thresholds() -> None:
    low, high = Curve(0.0, 0.1), Curve(0.1, 0.1)
    mixed = Shares.mixed([(low, 0.25), (high, 0.75)])
    shares = 0.25 * upper_tail(low.at(ANY)) + 0.75 * upper_tail(high.at(ANY))
    assert mixed.at(ANY) == pytest.approx(shares, rel=1e-3)
    assert mixed.one(0.3) == pytest.approx(mixed.at(np.array([0.3]))[0])
    assert mixed.one(mixed.where(1e-4)) == pytest.approx(1e-4, rel=0.01)


def test_a_model_without_measured_rates_gets_the_usual_shape_and_more_doubt() -> None:
    bundled, unknown = priors_of(THRESHOLDS), priors_of({"search": 0.5})
    assert unknown.impostors.where(1e-3) == pytest.approx(bundled.impostors.where(1e-3) + 0.1, abs=0.02)
    assert unknown.impostor_doubt.shift > bundled.impostor_doubt.shift


def test_rates_that_do_not_fall_are_not_believed() -> None:
    wrong = THRESHOLDS | {"far_1e4": 0.10}
    assert priors_of(wrong).impostors == priors_of({"search": 0.40}).impostors
