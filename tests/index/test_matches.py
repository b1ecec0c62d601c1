from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.index.matches import SortedMatches, no_matches

SCORES = st.floats(-1, 1, width=32)
ROWS = st.lists(st.tuples(st.integers(0, 5), SCORES), max_size=40)


def matches(rows: list[tuple[int, float]], floor: float = -1.0) -> SortedMatches:
    photos, scores = [row[0] for row in rows], [row[1] for row in rows]
    return SortedMatches(np.arange(len(rows)), np.array(photos, np.int64), np.array(scores, np.float32), floor)


def test_best_first_and_ties_by_face_id() -> None:
    answer = SortedMatches(
        np.array([9, 4, 7, 2]), np.array([1, 1, 2, 3]), np.array([0.5, 0.5, 0.9, 0.1], np.float32), 0.2
    )
    assert answer.face_ids.tolist() == [7, 4, 9]
    assert answer.photo_ids.tolist() == [2, 1, 1]
    assert answer.scores.tolist() == [np.float32(0.9), 0.5, 0.5]
    assert answer.floor == 0.2
    assert len(answer) == 3


@given(ROWS, SCORES)
def test_the_cut_equals_brute_force(rows: list[tuple[int, float]], threshold: float) -> None:
    answer = matches(rows)
    for t in [threshold, *(score for _, score in rows)]:  # every score is a threshold too
        for near in (t, float(np.nextafter(np.float32(t), np.float32(2))), float(np.nextafter(t, 2.0))):
            assert answer.count(near) == sum(np.float32(score) >= np.float32(near) for _, score in rows)


@given(ROWS)
def test_a_score_given_back_as_the_threshold_keeps_its_match(rows: list[tuple[int, float]]) -> None:
    answer = matches(rows)
    for place, score in enumerate(answer.scores):
        assert answer.count(float(score)) > place


@given(ROWS)
def test_photos_are_counted_as_a_set_would(rows: list[tuple[int, float]]) -> None:
    answer = matches(rows)
    for count in range(len(rows) + 1):
        assert answer.photo_count(count) == len(set(answer.photo_ids[:count].tolist()))


def test_counts_outside_the_list() -> None:
    answer = matches([(1, 0.5), (2, 0.5)])
    assert answer.photo_count(-1) == 0
    assert answer.photo_count(99) == 2
    assert answer.count(float("nan")) == 0
    assert answer.count(1e300) == 0
    assert answer.count(float("-inf")) == 2


@given(ROWS, st.integers(1, 30), st.sampled_from([-1.0, 0.2, 0.35]))
def test_a_histogram_holds_every_match_once(rows: list[tuple[int, float]], bins: int, floor: float) -> None:
    answer = matches(rows, floor)
    histogram = answer.histogram(bins)
    assert histogram.shape == (bins,)
    assert histogram.sum() == len(answer)


def test_histogram_ranges() -> None:
    answer = matches([(1, 0.0), (2, 0.25), (3, 0.5), (4, 0.99), (5, 1.0)], 0.0)
    assert answer.histogram(4).tolist() == [1, 1, 1, 2]
    with pytest.raises(ValueError, match="at least one bin"):
        answer.histogram(0)


def test_the_answer_cannot_be_changed() -> None:
    answer = matches([(1, 0.5)])
    for array in (answer.face_ids, answer.photo_ids, answer.scores):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_nothing() -> None:
    answer = no_matches(0.2)
    assert (len(answer), answer.count(0.0), answer.photo_count(5)) == (0, 0, 0)
    assert answer.histogram(3).tolist() == [0, 0, 0]
