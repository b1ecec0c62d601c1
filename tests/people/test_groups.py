"""Groups are kept up to date one grouping at a time, and a regrouping says what it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from faceapp.jobs import Cancelled, CancelToken
from faceapp.people.groups import LibraryGroups, compared
from faceapp.types import FloatArray, Standing
from faceapp.types_people import FaceFacts, Grouping, Ties
from tests.people.world import THRESHOLD, World, direction

Row = tuple[int, int, int, Standing]  # face, group, person, standing


def grouping_of(rows: Sequence[Row]) -> Grouping:
    numbers = np.array(rows, np.int64).reshape(-1, 4).T
    zeros = np.zeros(len(rows), np.float32)
    return Grouping(numbers[0], numbers[1], numbers[2], numbers[3], zeros, zeros, np.zeros(len(rows), np.int64))


def groups_of(*sets: tuple[int, Sequence[int]]) -> Grouping:
    return grouping_of(sorted((face, group, 0, Standing.NOBODY) for group, faces in sets for face in faces))


class Method:
    """Puts all faces into one group, remembers what it was given, and does something meanwhile."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.seen: list[tuple[FaceFacts, FloatArray, Ties, float, Grouping]] = []
        self._meanwhile = meanwhile

    def __call__(
        self,
        facts: FaceFacts,
        vectors: FloatArray,
        ties: Ties,
        *,
        threshold: float,
        earlier: Grouping,
        cancel: CancelToken | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Grouping:
        self.seen.append((facts, vectors, ties, threshold, earlier))
        self._meanwhile()
        if progress is not None:
            progress(1.0)
        return groups_of((1, facts.face_ids.tolist()))


def services(world: World, group: Method, follow: Method | None = None) -> LibraryGroups:
    return LibraryGroups(world, world, world, world, 0.5, group=group, follow=follow or Method())  # type: ignore[arg-type]


def test_a_grouping_gets_the_shown_faces_that_have_a_vector_and_is_stored() -> None:
    world = World()
    shown = world.face(direction(0), 1)
    faint = world.face(direction(0), 2, score=0.4)
    faint_but_named = world.face(direction(0), 3, score=0.4)
    without_vector = world.face(direction(0), 4)
    del world.vectors[without_vector]
    world.name_faces([faint_but_named], "Ann")
    method, shares = Method(), list[float]()
    services(world, method).regroup(progress=shares.append)
    facts, vectors, ties, threshold, _ = method.seen[0]
    assert facts.face_ids.tolist() == [shown, faint_but_named]
    assert len(facts.shown_us) == len(vectors) == 2
    assert ties.same.shape == (0, 2)
    assert threshold == THRESHOLD
    assert world.stored.face_ids.tolist() == [shown, faint_but_named]
    assert faint not in world.stored.face_ids
    assert shares == [1.0]


def test_a_preview_says_what_would_change_and_changes_nothing() -> None:
    world = World()
    faces = [world.face(direction(0), photo) for photo in range(3)]
    world.guess(faces[:1], group=7)
    told = services(world, Method()).regroup(preview=True)
    assert (told.groups, told.grouped, told.moved) == (1, 3, 1)
    assert world.stored.face_ids.tolist() == faces[:1]


def test_following_starts_from_what_is_stored() -> None:
    world = World()
    faces = [world.face(direction(0), photo) for photo in range(2)]
    world.guess(faces[:1], group=7)
    follow = Method()
    services(world, Method(), follow).follow()
    assert follow.seen[0][4].group_ids.tolist() == [7]
    assert world.stored.face_ids.tolist() == faces


def test_what_is_said_during_a_grouping_is_followed_before_it_is_stored() -> None:
    world = World()
    face = world.face(direction(0), 1)
    follow = Method()
    services(world, Method(lambda: world.reject([face], 1) and None), follow).regroup()
    assert follow.seen[0][2].rejected.tolist() == [[face, 1]]
    assert len(follow.seen) == 1


def test_a_cancelled_grouping_stores_nothing() -> None:
    world = World()
    world.face(direction(0), 1)
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        services(world, Method(cancel.cancel)).regroup(cancel=cancel)
    assert not len(world.stored.face_ids)


def test_one_grouping_waits_for_the_other_and_can_be_cancelled_while_it_waits() -> None:
    world = World()
    world.face(direction(0), 1)
    inside, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        inside.set()
        assert go_on.wait(10)

    follow = Method()
    groups = services(world, Method(hold), follow)
    holding = threading.Thread(target=groups.regroup)
    holding.start()
    assert inside.wait(10)
    impatient = CancelToken()
    impatient.cancel()
    with pytest.raises(Cancelled):
        groups.follow(cancel=impatient)
    world.face(direction(0), 2)
    patient = threading.Thread(target=groups.follow)
    patient.start()
    assert not follow.seen
    go_on.set()
    holding.join(10)
    patient.join(10)
    assert len(follow.seen) == 1


def test_groups_that_come_join_part_and_move_are_counted() -> None:
    earlier = groups_of((1, [1, 2, 3]), (2, [4, 5]), (3, [6, 7, 8]))
    found = groups_of((1, [1, 2, 3, 4, 5]), (3, [6, 7]), (4, [8]), (5, [9, 10]), (0, [11]))
    told = compared(earlier, found, 1.5)
    assert (told.groups, told.grouped, told.alone, told.seconds) == (3, 10, 1, 1.5)
    assert told.new_groups == 1  # 5
    assert told.joined == 1  # 2 became part of 1
    assert told.parted == 1  # 3 went to 3 and 4
    assert told.moved == 3  # 4, 5 and 8


def test_automatic_and_suggested_names_are_counted_and_confirmed_faces_are_no_change() -> None:
    earlier = grouping_of([(1, 5, 0, Standing.NOBODY), (2, 5, 0, Standing.NOBODY), (3, 0, 1, Standing.SUGGESTED)])
    found = grouping_of([(1, 0, 1, Standing.CONFIRMED), (2, 0, 1, Standing.AUTOMATIC), (3, 0, 2, Standing.SUGGESTED)])
    told = compared(earlier, found, 0.0)
    assert (told.automatic, told.suggested, told.groups) == (1, 1, 0)
    assert told.alone == 1  # suggested, but nobody has said so
    assert told.moved == 2
    assert (told.new_groups, told.joined, told.parted) == (0, 0, 0)


def test_the_same_grouping_again_changes_nothing() -> None:
    same = groups_of((1, [1, 2]), (4, [3, 5]), (0, [9]))
    told = compared(same, same, 0.0)
    assert (told.new_groups, told.joined, told.parted, told.moved) == (0, 0, 0, 0)
    empty = groups_of()
    assert compared(empty, empty, 0.0).groups == 0
