"""A user, her photos, her library, and what she said: what all parts of a story share."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from faceapp.errors import FaceappError
from faceapp.types import Face, Person
from tests.endurance.never import watching
from tests.endurance.never.album import Album
from tests.endurance.never.rig import Opened
from tests.endurance.never.said import FACE, NAME, NOT, Key, Said, Spot

at = st.integers(0, 30)


class Story(RuleBasedStateMachine):
    """Holds the pieces. Rules choose by number, so that a story reads the same each time."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="faceapp-never-"))
        self.album = Album(self.home / "photos")
        self.said = Said()
        self.opened = Opened(self.home)
        self.view = watching.View()
        self.fresh = False  # nothing was said or scanned since the last grouping
        self.following = False  # whether groups follow all that happens, as in the window

    def teardown(self) -> None:
        self.opened.close()
        shutil.rmtree(self.home)

    def look_at_files(self, now: bool = True) -> None:
        if not now:
            return
        self.opened.scan()
        self.said.carry(self.album.scan(self.opened.library.model))
        self.fresh = False
        self.look()
        self.follow()

    def follow(self) -> None:
        """Bring groups and guesses up to date."""
        if self.following:
            before = self.decided()
            self.opened.groups.follow()
            self.look()
            assert self.decided() == before
            self.fresh = True

    def look(self) -> None:
        self.view = watching.View.of(self.opened, self.album)

    def reopen_library(self) -> None:
        self.opened.close()
        self.opened = Opened(self.home)

    def say(self, call: Callable[[], Any], facts: Mapping[Key, Any], check: bool) -> None:
        """Say something; with ``check``, take it back and say it again by undo and redo."""
        before = self.decided()
        objections = self.said.objections(facts)
        if objections:
            self.refused(call)
            return
        call()
        if not facts:  # it was said before, and made no step
            self.look()
            assert self.decided() == before
            return
        self.fresh = False
        self.said.say(facts)
        self.look()
        if check:
            people, after = self.opened.library.people, self.decided()
            assert people.undo() is not None
            self.look()
            assert self.decided() == before
            assert people.redo() is not None
            self.look()
            assert self.decided() == after
        self.follow()

    def name_them(self, faces: list[Face], name: str, check: bool) -> None:
        if faces:
            facts = self.named(self.spots(faces), name)
            self.say(lambda: self.opened.library.people.name_faces(ids(faces), name), facts, check)

    def named(self, spots: list[Spot], name: str) -> dict[Key, Any]:
        """Return what naming faces says."""
        facts: dict[Key, Any] = {}
        person = self.said.called(name)
        if person is None:
            person = self.said.new_person()
            facts[NAME, person] = name
        changed = [spot for spot in spots if self.said.person(spot) != person]
        facts |= {(FACE, spot): person for spot in changed}
        return facts | {(NOT, spot, one): False for spot in changed for one in (*self.said.aliases(person), person)}

    def said_otherwise(self) -> None:
        self.fresh = False
        self.look()
        self.follow()

    def refused(self, call: Callable[[], Any]) -> None:
        before = self.decided()
        with pytest.raises(FaceappError):  # most are a ``DecisionConflict``
            call()
        self.look()
        assert self.decided() == before

    def decided(self) -> object:
        """Return all that is decided, as the library tells it."""
        reader = self.opened.people_reader
        ties = reader.ties()
        people = self.opened.library.reader.people()
        return (
            {at: (face.person_id, face.person_name, face.hidden) for at, face in self.view.faces.items()},
            {(one.id, one.name, one.faces - one.automatic) for one in people},
            {(one.id, details.born) for one in people if (details := reader.details(one.id)) is not None},
            *({tuple(row) for row in rows.tolist()} for rows in (ties.same, ties.different, ties.rejected, ties.apart)),
        )

    def faces(self, numbers: list[int]) -> list[Face]:
        """Return different faces in view."""
        faces = list(self.view.faces.values())
        return [faces[at] for at in dict.fromkeys(number % len(faces) for number in numbers)] if faces else []

    def guessed(self) -> list[Face]:
        return [face for face in self.view.faces.values() if face.guess is not None]

    def spots(self, faces: list[Face]) -> list[Spot]:
        return list(dict.fromkeys(self.view.spots[face.id] for face in faces))

    def apiece(self, faces: list[Face]) -> list[Face]:
        """Return the faces without those that are copies of another."""
        return list({self.view.spots[face.id]: face for face in reversed(faces)}.values())[::-1]

    def people(self) -> list[tuple[Person, int]]:
        """Return the people of the library by name, with the oracle's number of each."""
        people = sorted(self.opened.library.reader.people(), key=lambda person: person.name)
        return [(person, known) for person in people if (known := self.said.called(person.name)) is not None]

    def person(self, number: int) -> tuple[Person, int] | None:
        people = self.people()
        return people[number % len(people)] if people else None


def ids(faces: list[Face]) -> list[int]:
    return [face.id for face in faces]
