from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.index.matches import SortedMatches, no_matches, unwanted
from tests.index.support import naive_unwanted

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


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-0.0, 0.0, 0.5, 1.0])), max_size=40), st.randoms())
def test_ties_are_in_order_of_face_id(rows: list[tuple[int, float]], random: Random) -> None:
    ids = random.sample(range(100), len(rows))
    scores = np.array([row[1] for row in rows], np.float32)
    answer = SortedMatches(np.array(ids, np.int64), np.array([row[0] for row in rows], np.int64), scores, -1.0)
    expected = sorted((-row[1], face, row[0]) for face, row in zip(ids, rows, strict=True))
    assert answer.face_ids.tolist() == [face for _, face, _ in expected]
    assert answer.photo_ids.tolist() == [photo for _, _, photo in expected]


@given(ROWS, st.sampled_from([1, 1 << 40, 1 << 60]))
def test_the_best_of_each_photo_are_the_first_of_each(rows: list[tuple[int, float]], apart: int) -> None:
    answer = matches([(photo * apart, score) for photo, score in rows], -0.5)
    best = answer.best_of_photos()
    seen: dict[int, int] = {}
    for face, photo in zip(answer.face_ids.tolist(), answer.photo_ids.tolist(), strict=True):
        seen.setdefault(photo, face)
    assert best.face_ids.tolist() == list(seen.values())
    assert best.photo_ids.tolist() == list(seen)
    assert best.floor == answer.floor
    assert best.photo_count(len(best)) == len(best) == answer.photo_count(len(answer))
    assert set(best.scores.tolist()) <= set(answer.scores.tolist())


@given(ROWS, st.integers(-2, 50))
def test_the_best_are_the_first(rows: list[tuple[int, float]], k: int) -> None:
    answer = matches(rows)
    best = answer.best(k)
    assert best.face_ids.tolist() == answer.face_ids[: max(k, 0)].tolist()
    assert [best.photo_count(n) for n in range(len(best))] == [answer.photo_count(n) for n in range(len(best))]


@given(st.data(), st.integers(1, 20), st.integers(1, 3), st.integers(1, 2), SCORES)
def test_what_is_unwanted_equals_a_naive_loop(
    data: st.DataObject, count: int, probes: int, excluded: int, without: float
) -> None:
    few = st.sampled_from([-0.5, 0.0, 0.25, 0.5, without])
    table = data.draw(
        st.lists(st.lists(few, min_size=probes + excluded, max_size=probes + excluded), min_size=count, max_size=count)
    )
    photos = data.draw(st.lists(st.integers(0, 6), min_size=count, max_size=count))
    scores = np.array(table, np.float32)
    left_out = unwanted(scores[:, :probes], scores[:, probes:], np.array(photos), without)
    assert set(np.flatnonzero(left_out).tolist()) == naive_unwanted(
        scores[:, :probes].tolist(), scores[:, probes:].tolist(), photos, without
    )


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
