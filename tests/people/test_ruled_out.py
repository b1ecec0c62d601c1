"""A decision about a face holds for all faces that were said to be the same person."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from faceapp.people.review.ruled_out import RuledOut
from tests.people.world import World, direction


def rows(*faces: int) -> np.ndarray:
    return np.array(faces, np.int64) - 1


def world_of(count: int) -> World:
    world = World()
    for photo in range(count):
        world.face(direction(0), photo)
    return world


def ruled(world: World) -> RuledOut:
    return RuledOut(world.facts(), world.ties())


def test_a_rejection_holds_for_its_person_and_its_chain_of_same_faces() -> None:
    world = world_of(4)
    world.same([1, 2])
    world.same([2, 3])
    world.reject([3], 7)
    said = ruled(world)
    assert said.as_person(rows(1, 2, 3, 4), 7).tolist() == [True, True, True, False]
    assert not said.as_person(rows(1, 2, 3, 4), 8).any()


def test_who_is_different_from_a_confirmed_face_is_not_that_person() -> None:
    world = world_of(4)
    person = world.name_faces([1], "Ann").person_id
    world.same([1, 2])
    world.different([2], [3])
    said = ruled(world)
    assert said.as_person(rows(3, 4), person).tolist() == [True, False]


def test_two_sets_are_answered_for_when_faces_of_them_are_tied_either_way() -> None:
    world = world_of(6)
    world.same([1, 2])
    world.different([2], [5])
    said = ruled(world)
    assert said.as_one(rows(1), rows(2))
    assert said.as_one(rows(1, 3), rows(4, 5))
    assert said.as_one(rows(4, 5), rows(1, 3))
    assert not said.as_one(rows(3), rows(4))


def test_two_people_are_two_by_word_by_rejection_or_by_difference() -> None:
    world = world_of(6)
    ann = world.name_faces([1, 2], "Ann").person_id
    bea = world.name_faces([3, 4], "Bea").person_id
    assert not ruled(world).as_people(ann, bea, rows(1, 2), rows(3, 4))
    world.different([2], [4])
    assert ruled(world).as_people(ann, bea, rows(1, 2), rows(3, 4))
    world.pairs["different"].clear()
    world.reject([3], ann)
    assert ruled(world).as_people(bea, ann, rows(3, 4), rows(1, 2))
    world.pairs["rejected"].clear()
    world.apart(bea, ann)
    assert ruled(world).as_people(ann, bea, rows(1, 2), rows(3, 4))


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=14))
def test_chains_of_same_faces_are_what_walking_along_the_pairs_finds(pairs: list[tuple[int, int]]) -> None:
    world = world_of(13)
    world.pairs["same"] = pairs
    reached = {1}
    while more := {other for pair in pairs for other in pair if not reached.isdisjoint(pair)} - reached:
        reached |= more
    world.reject([1], 7)
    assert set((np.flatnonzero(ruled(world).as_person(rows(*range(1, 14)), 7)) + 1).tolist()) == reached
