"""Grouping: who is with whom, what decisions forbid, and what lasts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.jobs import Cancelled, CancelToken
from faceapp.people.grouping import follow, group, linkage, weak
from faceapp.people.grouping.linkage import close_pairs
from faceapp.types import FloatArray, Standing
from faceapp.types_people import FaceFacts, Grouping, Ties
from tests.people.made_faces import THRESHOLD, in_one_photo, made, named, only, ties


def grouped(
    facts: FaceFacts, vectors: FloatArray, said: Ties | None = None, earlier: Grouping | None = None
) -> Grouping:
    return group(facts, vectors, said or ties(), threshold=THRESHOLD, earlier=earlier)


def followed(facts: FaceFacts, vectors: FloatArray, earlier: Grouping, said: Ties | None = None) -> Grouping:
    return follow(facts, vectors, said or ties(), threshold=THRESHOLD, earlier=earlier)


def sets(grouping: Grouping) -> set[frozenset[int]]:
    return {
        frozenset(grouping.face_ids[grouping.group_ids == number].tolist())
        for number in np.unique(grouping.group_ids[grouping.group_ids > 0])
    }


def of(grouping: Grouping, face: int) -> tuple[int, int, int]:
    at = int(np.flatnonzero(grouping.face_ids == face)[0])
    return int(grouping.group_ids[at]), int(grouping.person_ids[at]), int(grouping.standings[at])


def test_faces_of_one_person_are_one_group_and_a_stranger_is_alone() -> None:
    facts, vectors = made([0] * 5 + [1] * 4 + [2])
    found = grouped(facts, vectors)
    assert sets(found) == {frozenset(range(1, 6)), frozenset(range(6, 10))}
    assert of(found, 10) == (0, 0, Standing.NOBODY)
    assert found.scores[:9].min() > 0.7


def test_no_face_at_all() -> None:
    facts, vectors = made([])
    assert len(grouped(facts, vectors).face_ids) == 0
    assert len(followed(facts, vectors, grouped(facts, vectors)).face_ids) == 0


def test_the_order_faces_come_in_changes_nothing() -> None:
    facts, vectors = made([0, 1, 2] * 8, likeness=0.5)
    mixed = np.random.default_rng(5).permutation(24)
    one, other = grouped(facts, vectors), grouped(only(facts, mixed), vectors[mixed])
    assert one.face_ids.tolist() == other.face_ids.tolist()
    assert one.group_ids.tolist() == other.group_ids.tolist()


def test_two_faces_of_one_photo_are_two_people_however_alike() -> None:
    facts, vectors = made([0] * 6, likeness=0.7)
    assert vectors[0] @ vectors[5] < 0.8
    found = grouped(in_one_photo(facts, 1, 6), vectors)
    assert of(found, 1)[0] != of(found, 6)[0] or of(found, 1)[0] == 0


def test_a_collage_shows_one_person_several_times() -> None:
    facts, vectors = made([0] * 5, likeness=0.97)
    assert sets(grouped(in_one_photo(facts, 1, 2, 3), vectors)) == {frozenset(range(1, 6))}


def test_a_copy_of_a_file_is_no_second_face() -> None:
    facts, vectors = made([0, 1])
    facts = replace(only(facts, np.array([0, 0, 1])), face_ids=np.array([1, 2, 3]), photo_ids=np.array([7, 8, 9]))
    found = grouped(facts, vectors[[0, 0, 1]])
    assert sets(found) == set()


def test_a_weak_face_joins_but_does_not_bridge() -> None:
    facts, vectors = made([0] * 6 + [1] * 6, likeness=0.8)
    middle = vectors[:6].mean(axis=0) * 1.2 + vectors[6:].mean(axis=0)
    facts, vectors = made([0] * 6 + [1] * 6 + [2], likeness=0.8)
    vectors[12] = middle / np.linalg.norm(middle)
    norm = facts.norm.copy()
    norm[12] = 1
    facts = replace(facts, norm=norm)
    assert weak(facts.norm).tolist() == [False] * 12 + [True]
    found = sets(grouped(facts, vectors))
    assert frozenset(range(7, 13)) in found
    assert len(found) == 2


def test_a_group_without_a_clear_face_takes_no_single_face_in() -> None:
    facts, vectors = made([0] * 4 + [1] * 6 + [2], likeness=0.9)
    spoiled = vectors[:4].mean(axis=0) * 0.45 + vectors[10] * 0.8
    vectors[10] = spoiled / np.linalg.norm(spoiled)
    clear = grouped(facts, vectors)
    assert of(clear, 11)[0] == of(clear, 1)[0]
    facts = replace(facts, norm=np.array([15] * 4 + [20] * 7, np.float32))
    found = grouped(facts, vectors)
    assert frozenset(range(1, 5)) in sets(found)
    assert of(found, 11)[0] == 0


@pytest.mark.parametrize("probes", [None, [3, 4, 40, 95]])
def test_of_many_pairs_each_row_keeps_its_best(probes: list[int] | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkage, "TILE", 7)
    monkeypatch.setattr(linkage, "BLOCK", 9)
    _, vectors = made([0] * 60 + [1] * 40, likeness=0.6)
    found = close_pairs(vectors, 0.55, probes=None if probes is None else np.array(probes), most=3)
    cosines, expected = vectors @ vectors.T, set()
    for row in range(100) if probes is None else probes:
        others = [o for o in range(100) if o > row or (probes is not None and o not in probes and o != row)]
        best = sorted((o for o in others if cosines[row, o] >= 0.55), key=lambda o: -cosines[row, o])[:3]
        expected |= {(min(row, other), max(row, other)) for other in best}
    assert len(expected) > 4
    assert set(zip(found.first.tolist(), found.second.tolist(), strict=True)) == expected


def test_what_the_user_said_to_be_the_same_is_one_group_with_all_its_faces() -> None:
    facts, vectors = made([0] * 5 + [1] * 5)
    assert sets(grouped(facts, vectors, ties(same=[(2, 7)]))) == {frozenset(range(1, 11))}


def test_what_the_user_said_to_be_different_is_never_one_group() -> None:
    facts, vectors = made([0] * 8)
    found = grouped(facts, vectors, ties(different=[(1, 2), (1, 3)]))
    assert of(found, 1)[0] not in {of(found, 2)[0], of(found, 3)[0]} - {0}


def test_naming_a_few_faces_pulls_in_the_sure_ones() -> None:
    facts, vectors = made([0] * 8 + [1] * 5)
    found = grouped(named(facts, {1: 30, 2: 30}), vectors)
    assert of(found, 1) == (0, 30, Standing.CONFIRMED)
    assert {of(found, face) for face in range(3, 9)} == {(0, 30, Standing.AUTOMATIC)}
    assert {of(found, face)[1] for face in range(9, 14)} == {0}
    assert (found.margins[2:8] > 0.1).all()


def test_a_face_between_two_people_is_asked_about() -> None:
    facts, vectors = made([0] * 4 + [1] * 4 + [2], likeness=0.9)
    middle = vectors[:4].mean(axis=0) * 1.1 + vectors[4:8].mean(axis=0)
    vectors[8] = middle / np.linalg.norm(middle)
    found = grouped(named(facts, {1: 30, 2: 30, 3: 30, 4: 30, 5: 40, 6: 40, 7: 40, 8: 40}), vectors)
    assert of(found, 9) == (0, 30, Standing.SUGGESTED)
    assert found.runner_ups[8] == 40
    assert 0 < found.margins[8] < 0.1


def test_a_rejected_face_is_never_guessed_to_be_that_person_again() -> None:
    facts, vectors = made([0] * 8)
    facts = named(facts, {1: 30, 2: 30})
    found = grouped(facts, vectors, ties(rejected=[(5, 30)]))
    assert of(found, 5)[1] == 0
    assert of(found, 6)[1] == 30
    again = followed(facts, vectors, grouped(facts, vectors), ties(rejected=[(5, 30)]))
    assert of(again, 5)[1] == 0


def test_groups_keep_their_numbers() -> None:
    facts, vectors = made([0] * 5 + [1] * 5 + [2] * 5)
    earlier = grouped(only(facts, np.arange(5, 10)), vectors[5:10])
    earlier.group_ids[:] = 17
    found = grouped(facts, vectors, earlier=earlier)
    assert [of(found, face)[0] for face in (6, 1, 11)] == [17, 18, 19]


def test_following_finds_a_place_for_new_faces_and_leaves_groups_alone() -> None:
    facts, vectors = made([0] * 5 + [1] * 5 + [0, 1, 2, 2, 2])
    before = grouped(only(facts, np.arange(10)), vectors[:10])
    after = followed(facts, vectors, before)
    assert after.group_ids[:10].tolist() == before.group_ids.tolist()
    assert after.scores[:10].tolist() == before.scores.tolist()
    assert of(after, 11)[0] == of(after, 1)[0]
    assert of(after, 12)[0] == of(after, 6)[0]
    assert frozenset({13, 14, 15}) in sets(after)


def test_following_a_new_name_takes_its_group() -> None:
    facts, vectors = made([0] * 6 + [1] * 6)
    before = grouped(facts, vectors)
    after = followed(named(facts, {1: 30}), vectors, before)
    assert {of(after, face) for face in range(2, 7)} == {(0, 30, Standing.AUTOMATIC)}
    assert after.group_ids[6:].tolist() == before.group_ids[6:].tolist()


def test_following_a_split_breaks_the_group() -> None:
    facts, vectors = made([0] * 6)
    after = followed(facts, vectors, grouped(facts, vectors), ties(different=[(1, f) for f in range(2, 7)]))
    assert frozenset(range(2, 7)) in sets(after)
    assert of(after, 1)[0] == 0


def test_following_nothing_new_changes_nothing() -> None:
    facts, vectors = made([0] * 6 + [1] * 3 + [2, 3], likeness=0.6)
    facts = named(facts, {1: 30})
    before = grouped(facts, vectors)
    after = followed(facts, vectors, before)
    for name in ("group_ids", "person_ids", "standings"):
        assert getattr(after, name).tolist() == getattr(before, name).tolist(), name


def test_a_cancelled_grouping_stops() -> None:
    facts, vectors = made([0] * 4)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        group(facts, vectors, ties(), threshold=THRESHOLD, cancel=cancel)


def test_progress_ends_at_the_whole() -> None:
    facts, vectors = made([0] * 4)
    shares: list[float] = []
    group(facts, vectors, ties(), threshold=THRESHOLD, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


FACE = st.integers(1, 18)
PAIRS = st.lists(st.tuples(FACE, FACE), max_size=5)


@given(
    seed=st.integers(0, 1000),
    photos=st.lists(st.integers(0, 9), min_size=18, max_size=18),
    people=st.dictionaries(FACE, st.sampled_from([30, 40]), max_size=6),
    same=PAIRS,
    different=PAIRS,
    rejected=st.lists(st.tuples(FACE, st.sampled_from([30, 40])), max_size=5),
    new=st.integers(0, 18),
)
@settings(max_examples=100, deadline=None)
def test_nobody_is_ever_with_whom_a_decision_keeps_apart(
    seed: int,
    photos: list[int],
    people: dict[int, int],
    same: list[tuple[int, int]],
    different: list[tuple[int, int]],
    rejected: list[tuple[int, int]],
    new: int,
) -> None:
    facts, vectors = made([0, 1, 2] * 6, likeness=0.55, seed=seed)
    facts = replace(facts, photo_ids=np.array(photos), contents=np.array(photos))
    before = grouped(only(facts, np.arange(new)), vectors[:new])
    facts = named(facts, people)
    said = ties(same=same, different=different, rejected=rejected)
    for found in (grouped(facts, vectors, said), followed(facts, vectors, before, said)):
        together = (found.group_ids[:, None] == found.group_ids) & (found.group_ids > 0)
        together |= (found.person_ids[:, None] == found.person_ids) & (found.person_ids > 0)
        decided = np.array([face in people for face in range(1, 19)])
        together &= ~(decided[:, None] & decided)  # what the user confirmed is not for grouping to judge
        for one, other in different:
            assert one == other or not together[one - 1, other - 1]
        for face, person in rejected:
            assert found.person_ids[face - 1] != person or decided[face - 1]
        if not same:
            twice = together & (np.equal.outer(photos, photos)) & (vectors @ vectors.T < 0.8)
            assert not (twice & ~np.eye(18, dtype=bool)).any()
