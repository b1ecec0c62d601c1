"""What changed since the last grouping is looked at again, and nothing else; a restart only costs time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from faceapp.people import grouping
from faceapp.people.groups import LibraryGroups
from faceapp.types import Standing
from faceapp.types_people import Grouping
from tests.people.world import World, direction, near

Row = tuple[int, int, int]  # group, person, standing
NOBODY: Row = (0, 0, int(Standing.NOBODY))


class Counted:
    """Follows for real, and remembers what it started from."""

    def __init__(self) -> None:
        self.starts: list[Grouping] = []

    def __call__(self, *args: Any, **options: Any) -> Grouping:
        self.starts.append(options["earlier"])
        return grouping.follow(*args, **options)


class Library:
    """A world with its groups. ``restart`` forgets what was only in memory."""

    def __init__(self) -> None:
        self.world = World()
        self.follow = Counted()
        self.restart()

    def restart(self) -> None:
        world: Any = self.world
        self.groups = LibraryGroups(world, world, world, world, 0.5, follow=self.follow)

    def person(self, at: int, faces: int, photo: int, cosine: float = 0.85) -> list[int]:
        """Add faces of somebody, each alike in its own way."""
        return [self.world.face(near(at, cosine, at + 8 + i), photo + i) for i in range(faces)]

    def row(self, face: int) -> Row:
        stored = self.world.stored
        (at,) = np.flatnonzero(stored.face_ids == face)
        return int(stored.group_ids[at]), int(stored.person_ids[at]), int(stored.standings[at])


@pytest.fixture
def library() -> Library:
    return Library()


Restart = Callable[[Library], None]
either = pytest.mark.parametrize("then", [lambda library: None, Library.restart], ids=["at once", "after a restart"])


def test_nothing_new_is_not_grouped_again(library: Library) -> None:
    faces = [*library.person(0, 4, 1), *library.person(1, 3, 11)]
    library.world.name_faces(faces[:1], "Ann")
    lonely = library.world.face(direction(31), 30)
    library.groups.follow()
    before = library.world.stored
    told = library.groups.follow()
    assert len(library.follow.starts) == 1
    assert library.world.stored is before
    assert (told.automatic, told.grouped, told.alone, told.changed, told.moved) == (3, 3, 1, 0, 0)
    assert library.row(lonely) == NOBODY


def test_a_new_face_is_grouped_though_nothing_else_is_new(library: Library) -> None:
    faces = library.person(0, 4, 1)
    library.groups.follow()
    new = library.world.face(near(0, 0.85, 20), 9)
    told = library.groups.follow()
    assert library.row(new) == library.row(faces[0]) != NOBODY
    assert told.changed == 1


def test_a_vector_that_comes_late_is_no_longer_missed(library: Library) -> None:
    faces = library.person(0, 4, 1)
    vector = library.world.vectors.pop(faces[3])
    library.groups.follow()
    library.groups.follow()
    assert len(library.follow.starts) == 1
    library.world.vectors[faces[3]] = vector
    library.groups.follow()
    assert library.row(faces[3]) == library.row(faces[0])


@either
def test_a_person_who_gained_a_face_is_compared_with_lone_faces(library: Library, then: Restart) -> None:
    ann = library.person(3, 1, 1)
    one, other = (library.world.face(near(0, 0.68, at), at) for at in (20, 21))
    library.world.name_faces(ann, "Ann")
    library.groups.follow()
    assert library.row(other) == NOBODY
    library.world.name_faces([one], "Ann")
    then(library)
    library.groups.follow()
    assert library.row(other) == (0, 1, Standing.SUGGESTED)


@either
def test_a_person_who_gained_a_face_is_compared_with_groups(library: Library, then: Restart) -> None:
    ann = library.person(3, 2, 1)
    group = library.person(0, 4, 11)
    library.world.name_faces(ann, "Ann")
    library.groups.follow()
    assert library.row(group[1])[1] == 0
    library.world.name_faces(group[:1], "Ann")
    then(library)
    library.groups.follow()
    assert {library.row(face)[1] for face in group[1:]} == {1}


@either
def test_a_person_who_lost_a_face_loses_what_was_guessed_by_it(library: Library, then: Restart) -> None:
    ann = library.person(3, 1, 1)
    one, other = (library.world.face(near(0, 0.68, at), at) for at in (20, 21))
    library.world.name_faces([*ann, one], "Ann")
    library.groups.follow()
    assert library.row(other) == (0, 1, Standing.SUGGESTED)
    del library.world.named[one]
    then(library)
    library.groups.follow()
    assert library.row(one) == library.row(other) == NOBODY


def test_a_face_that_lost_its_name_is_not_confirmed_any_more(library: Library) -> None:
    ann = library.person(0, 4, 1, cosine=0.99)
    library.world.name_faces(ann, "Ann")
    library.groups.follow()
    del library.world.named[ann[0]]
    library.groups.follow()
    assert library.row(ann[0]) == (0, 1, Standing.AUTOMATIC)


def test_only_what_may_be_new_to_a_person_is_looked_at(library: Library) -> None:
    ann, far = library.person(0, 3, 1), library.world.face(direction(31), 30)
    library.world.name_faces(ann[:1], "Ann")
    library.groups.follow()
    library.world.name_faces(ann[1:2], "Ann")
    library.groups.follow()
    start = library.follow.starts[-1]
    assert far in start.face_ids
    assert start.standings[start.face_ids == ann[0]].tolist() == [Standing.CONFIRMED]


def test_a_rejection_that_is_undone_is_forgotten(library: Library) -> None:
    faces = library.person(0, 4, 1)
    library.world.name_faces(faces[:2], "Ann")
    library.world.reject(faces[3:], 1)
    library.groups.follow()
    assert library.row(faces[3])[1] == 0
    library.world.pairs["rejected"].clear()
    library.groups.follow()
    assert library.row(faces[3]) == (0, 1, Standing.AUTOMATIC)


def test_what_was_said_to_be_the_same_parts_when_that_is_undone(library: Library) -> None:
    one, other = library.person(0, 4, 1), library.person(1, 3, 11)
    library.world.same([one[0], other[0]])
    library.groups.follow()
    assert library.row(one[1]) == library.row(other[1])
    library.world.pairs["same"].clear()
    library.groups.follow()
    assert len({library.row(face) for face in one}) == len({library.row(face) for face in other}) == 1
    assert library.row(one[1]) != library.row(other[1])


def test_what_was_said_to_be_different_joins_when_that_is_undone(library: Library) -> None:
    faces = library.person(0, 7, 1)
    library.world.different(faces[:3], faces[3:])
    library.groups.follow()
    assert library.row(faces[0]) != library.row(faces[6])
    library.world.pairs["different"].clear()
    library.groups.follow()
    assert len({library.row(face) for face in faces}) == 1
