from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.calibration.calibration import LibraryCalibration
from faceapp.calibration.priors import priors_of
from faceapp.calibration.tails import Curve, Shares
from faceapp.index.matches import SortedMatches, no_matches
from tests.calibration.support import THRESHOLDS

FLOOR = 0.2
PRIOR = LibraryCalibration.known_beforehand(priors_of(THRESHOLDS))
STRANGERS, PERSON = Curve(0.02, 0.1), Curve(0.74, 0.11)
KNOWN = LibraryCalibration(Shares.mixed([(STRANGERS, 1.0)]), Shares.mixed([(PERSON, 1.0)]), 1_000, 100)


def matches_of(scores: np.ndarray) -> SortedMatches:
    ids = np.arange(1, len(scores) + 1)
    return SortedMatches(ids, ids, scores.astype(np.float32), FLOOR)


def answer(person: int, gallery: int, seed: int = 1, probes: int = 1) -> SortedMatches:
    """Return the answer to a query over ``gallery`` faces, the best of several independent probes."""
    rng = np.random.default_rng(seed)
    strangers = rng.normal(0.02, 0.1, (gallery - person, probes)).max(axis=1)
    return matches_of(np.clip(np.append(rng.normal(0.74, 0.11, person), strangers), -1, 1))


ANSWERS = st.tuples(st.integers(0, 300), st.integers(0, 3_000), st.integers(0, 9)).map(
    lambda drawn: (answer(drawn[0], drawn[0] + drawn[1], drawn[2]), drawn[0] + drawn[1])
)
THRESHOLD = st.floats(FLOOR, 1.0)


@pytest.mark.parametrize("threshold", [0.25, 0.30, 0.35])
def test_strangers_are_those_that_are_there(threshold: float) -> None:
    rng_true, promised = 0, 0.0
    for seed in range(10):
        matches = answer(40, 20_000, seed)
        promised += KNOWN.outlook(matches, threshold, 20_000).strangers
        rng_true += int((matches.face_ids[: matches.count(threshold)] > 40).sum())
    assert rng_true >= 50
    assert promised == pytest.approx(rng_true, rel=0.35)


def test_several_probes_at_once_meet_more_strangers() -> None:
    matches = answer(40, 20_000, probes=4)
    true = int((matches.face_ids[: matches.count(0.3)] > 40).sum())
    assert KNOWN.outlook(matches, 0.3, 20_000).strangers == pytest.approx(true, rel=0.35)
    assert (
        KNOWN.outlook(matches, 0.3, 20_000).strangers > 2.5 * KNOWN.outlook(answer(40, 20_000), 0.3, 20_000).strangers
    )


def test_a_person_who_is_half_of_the_library_meets_half_the_strangers() -> None:
    alone, half = answer(0, 4_000), answer(2_000, 4_000)
    ratio = KNOWN.outlook(half, 0.3, 4_000).strangers / KNOWN.outlook(alone, 0.3, 4_000).strangers
    assert ratio == pytest.approx(0.5, abs=0.1)


def test_what_is_missed_is_said_only_once_somebody_has_a_name() -> None:
    matches = answer(40, 4_000)
    assert PRIOR.outlook(matches, 0.5, 4_000).missed is None
    assert KNOWN.outlook(matches, 0.74, 4_000).missed == pytest.approx(0.5, abs=0.01)


@settings(deadline=None)
@given(ANSWERS, THRESHOLD, THRESHOLD)
def test_a_stricter_threshold_shows_no_more_strangers_and_misses_no_less(
    drawn: tuple[SortedMatches, int], one: float, other: float
) -> None:
    matches, gallery = drawn
    wide, strict = (KNOWN.outlook(matches, t, gallery) for t in sorted((one, other)))
    assert 0 <= strict.strangers <= wide.strangers <= matches.count(min(one, other))
    assert wide.missed is not None
    assert strict.missed is not None
    assert 0 <= wide.missed <= strict.missed <= 1


@settings(deadline=None)
@given(ANSWERS, THRESHOLD, THRESHOLD)
def test_a_higher_score_is_never_a_lesser_chance(drawn: tuple[SortedMatches, int], one: float, other: float) -> None:
    matches, gallery = drawn
    low, high = (KNOWN.chance(matches, score, gallery) for score in sorted((one, other)))
    assert 0 <= low <= high + 1e-9 <= 1 + 2e-9


@settings(deadline=None)
@given(ANSWERS)
def test_marks_stand_in_order_within_the_slider(drawn: tuple[SortedMatches, int]) -> None:
    for calibration in (KNOWN, PRIOR):
        marks = calibration.marks(*drawn)
        assert FLOOR <= marks.everything <= marks.balanced <= marks.cautious <= 1


def test_chances_are_small_among_strangers_and_great_at_the_top() -> None:
    matches = answer(40, 20_000)
    assert KNOWN.chance(matches, 0.25, 20_000) < 0.1
    assert KNOWN.chance(matches, 0.70, 20_000) > 0.99


def test_balanced_shows_one_stranger_in_a_hundred() -> None:
    marks = KNOWN.marks(matches := answer(500, 20_000), 20_000)
    strangers = KNOWN.outlook(matches, marks.balanced, 20_000).strangers
    assert strangers / matches.count(marks.balanced) == pytest.approx(0.01, rel=0.4)
    cautious = KNOWN.outlook(matches, marks.cautious, 20_000).strangers
    assert cautious / matches.count(marks.cautious) <= 0.001


def test_balanced_shows_no_fewer_than_a_false_accept_rate_of_1e_5() -> None:
    marks = KNOWN.marks(answer(3, 200_000), 200_000)
    assert marks.balanced == pytest.approx(STRANGERS.where(1e-5), abs=0.005)
    assert marks.cautious > marks.balanced


@pytest.mark.parametrize("gallery", [0, 1, 1_000])
def test_no_match_at_all_is_an_answer_too(gallery: int) -> None:
    for calibration in (KNOWN, PRIOR):
        assert calibration.outlook(no_matches(FLOOR), 0.4, gallery).strangers == 0
        assert 0 <= calibration.chance(no_matches(FLOOR), 0.4, gallery) <= 1
        marks = calibration.marks(no_matches(FLOOR), gallery)
        assert FLOOR <= marks.everything <= marks.balanced <= marks.cautious <= 1
