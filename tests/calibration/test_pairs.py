from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.calibration import pairs as making
from tests.calibration.support import album, unit

RNG = np.random.default_rng(5)


@settings(deadline=None)
@given(st.lists(st.integers(1, 6), max_size=30))
def test_every_two_faces_of_a_photo_are_a_pair(photos: list[int]) -> None:
    photo_ids = np.array(photos, np.int64)
    pairs = making.pairs_in_photos(photo_ids, np.random.default_rng(1))
    found = {frozenset((a, b)) for a, b in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)}
    wanted = {frozenset((a, b)) for a in range(len(photos)) for b in range(a) if photos[a] == photos[b]}
    many = any(photos.count(photo) * (photos.count(photo) - 1) // 2 > 45 for photo in photos)
    assert found <= wanted
    assert many or found == wanted
    assert len(pairs) == len(found)
    assert np.array_equal(photo_ids[pairs.first], pairs.group)


def test_a_photo_of_a_crowd_gives_as_many_pairs_as_ten_people() -> None:
    assert len(making.pairs_in_photos(np.full(60, 7), RNG)) == 45


def test_more_pairs_than_wanted_are_thinned_by_whole_photos() -> None:
    pairs = making.pairs_in_photos(np.repeat(np.arange(2_000), 3), RNG, limit=900)
    assert 600 < len(pairs) < 1_200
    assert np.all(np.unique(pairs.group, return_counts=True)[1] == 3)


def test_nobody_dominates_the_genuine_pairs() -> None:
    people = [np.arange(0, 2), np.arange(2, 12), np.arange(12, 2_000), np.arange(2_000, 2_001)]
    pairs = making.pairs_of_people(people, RNG)
    assert np.bincount(pairs.group, minlength=4).tolist() == [1, 30, 300, 0]
    assert np.all(pairs.first != pairs.second)


def test_a_collage_is_not_believed_at_all() -> None:
    photo_ids = np.array([1, 1, 1, 2, 2])
    pairs = making.pairs_in_photos(photo_ids, RNG)
    scores = np.where(pairs.group == 1, np.array([0.6, 0.3, 0.2, 0.1])[: len(pairs)], 0.1)
    assert making.of_two_people(scores, pairs, 0.5).tolist() == [False, False, False, True]


def test_a_copy_and_a_burst_count_once() -> None:
    first = unit(RNG.standard_normal((2, 100)))
    burst = unit(first + 0.03 * RNG.standard_normal((2, 100)))
    others = unit(RNG.standard_normal((4, 100)))
    vectors = np.concatenate([first, burst[::-1], others, first])
    photo_ids = np.repeat([1, 2, 3, 4, 5], 2)
    shots = making.shots(vectors, photo_ids)
    assert shots.tolist()[:4] == [0, 1, 1, 0]
    pairs = making.pairs_in_photos(photo_ids, RNG)
    kept = making.seen_once(pairs, shots)
    assert pairs.only(kept).group.tolist()[:3] == [1, 3, 4]
    assert 2 not in pairs.only(kept).group


def test_two_people_who_meet_again_are_new_pairs() -> None:
    made = album(50, people=3)
    pairs = making.pairs_in_photos(made.photo_ids_of_faces, RNG)
    assert making.seen_once(pairs, making.shots(made.vectors, made.photo_ids_of_faces)).all()


def test_no_faces_make_no_pairs() -> None:
    none = np.empty(0, np.int64)
    pairs = making.pairs_in_photos(none, RNG)
    assert len(pairs) == 0
    assert len(making.shots(np.empty((0, 8), np.float32), none)) == 0
    assert len(making.scores_of(np.empty((0, 8), np.float32), pairs)) == 0
    assert len(making.pairs_of_people([], RNG)) == 0


def test_scores_are_the_cosines() -> None:
    made = album(40)
    pairs = making.pairs_in_photos(made.photo_ids_of_faces, RNG)
    wanted = (made.vectors[pairs.first] * made.vectors[pairs.second]).sum(axis=1)
    assert np.allclose(making.scores_of(made.vectors, pairs), wanted, atol=1e-6)
