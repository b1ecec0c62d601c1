"""What is worth asking the user, in the order of what an answer settles, and what an answer means."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Protocol

import numpy as np

from faceapp.errors import FaceappError
from faceapp.people.gathering import Vectors, shown_facts
from faceapp.people.review.asking import Candidate, of_the_unnamed
from faceapp.people.review.doubting import people_that_are_near, twice_in_a_photo
from faceapp.people.review.scene import Scene
from faceapp.people.review.worth import KEYS, chance
from faceapp.ports import Recognition
from faceapp.ports_people import PeopleReader, PeopleStore
from faceapp.types import Face, HideReason, Naming, Person
from faceapp.types_people import Answer, Change, Question, QuestionKind, Verb

_SEEN = 6  # faces of a set that the user looks at; a *no* speaks of no others
_NAMING = (Verb.NAME, Verb.MOVE)


class Faces(Protocol):
    """The part of the reader that is needed."""

    def people(self) -> list[Person]:
        """Return every person."""

    def faces(self, ids: Sequence[int]) -> list[Face]:
        """Return faces; unknown ids are left out."""


class LibraryReview:
    """Implements ``ports_people.Review``. Safe from any thread.

    ``costs`` is what an answer to each kind of question takes, by default in keys: a name takes more than a *yes*.
    Faces with a detector score below ``min_score`` are not asked about.
    """

    def __init__(
        self,
        gallery: Vectors,
        reader: PeopleReader,
        faces: Faces,
        people: PeopleStore,
        recognition: Recognition,
        min_score: float,
        *,
        costs: Mapping[QuestionKind, float] = KEYS,
    ) -> None:
        self._gallery = gallery
        self._reader = reader
        self._faces = faces
        self._people = people
        self._threshold = recognition.search_threshold
        self._min_score = min_score
        self._costs = costs
        self._unsettled: tuple[int, ...] | None = None  # faces, when questions were last asked

    def questions(self, limit: int = 50, *, skip: Collection[str] = ()) -> list[Question]:
        """Return questions, those that settle most faces a key first; none that was answered or is in ``skip``."""
        scene = self._scene()
        candidates = chain(
            of_the_unnamed(scene, self._threshold, limit + len(skip)),
            people_that_are_near(scene, self._threshold),
            twice_in_a_photo(scene),
        )
        skipped = frozenset(skip)
        queue = [
            (-each.gain / self._costs[each.kind], -float(scene.facts.norm[each.rows[0]]), each.key, each)
            for each in candidates
            if each.key not in skipped
        ]
        heapq.heapify(queue)
        asked: list[Question] = []
        paired: set[int] = set()  # first faces of groups that are asked about already: one answer may settle the rest
        while queue and len(asked) < limit:
            candidate = heapq.heappop(queue)[-1]
            if candidate.kind is QuestionKind.GROUPS:
                pair = {int(candidate.rows[0]), int(candidate.others[0])}
                if not paired.isdisjoint(pair):
                    continue
                paired |= pair
            if candidate.kind is QuestionKind.TWICE and self._looked_at(scene, candidate):
                continue
            asked.append(candidate.asked(scene))
        return asked

    def forecast(self, questions: Sequence[Question]) -> float:
        """Return the share (0 to 1) of all unnamed faces that these questions are expected to settle.

        Of the faces that there were when questions were last asked for; 0 if all have their name.
        """
        if self._unsettled is None:
            self._scene()
        chances = dict.fromkeys(self._unsettled or (), 0.0)
        for question in questions:
            if question.kind in (QuestionKind.NAME, QuestionKind.PERSON):
                likely = 1.0 if question.kind is QuestionKind.NAME else chance(question.score, self._threshold)
                for face in chances.keys() & question.faces:
                    chances[face] = max(chances[face], likely)
        return sum(chances.values()) / max(len(chances), 1)

    def answer(self, question: Question, answer: Answer, name: str = "") -> Change | None:
        """Write down what an answer means; ``name`` answers who a group is. None for SKIP, which says nothing.

        Raises ``FaceappError`` if the person is no longer there, and what the ledger raises.
        """
        if answer is Answer.SKIP:
            return None
        yes = answer is Answer.YES
        match question.kind:
            case QuestionKind.NAME | QuestionKind.PERSON | QuestionKind.TWICE if answer is Answer.STRANGER:
                return self._people.hide(question.faces, HideReason.STRANGER)
            case QuestionKind.NAME if yes:
                return self._named(self._people.name_faces(question.faces, name))
            case QuestionKind.PERSON:
                return self._is_person(question) if yes else self._is_not(question)
            case QuestionKind.TWICE:
                return self._is_person_too(question) if yes else self._is_not(question)
            case QuestionKind.GROUPS if yes or answer is Answer.NO:
                faces, others = question.faces, question.examples
                if yes:
                    return self._people.same([faces[0], others[0]])
                return self._people.different(faces[:_SEEN], others[:_SEEN])
            case QuestionKind.PEOPLE if yes or answer is Answer.NO:
                person, other = _both(question)
                return self._people.merge([other], person) if yes else self._people.apart(person, other)
        raise ValueError(f"“{answer}” does not answer “{question.kind}”")

    def _is_person(self, question: Question) -> Change:
        person = self._person(question)
        return self._named(self._people.name_faces(question.faces, person.name))

    def _is_person_too(self, question: Question) -> Change:
        """Confirm a face that shares a photo with another one of the person; of confirmed ones: they are the same."""
        person = self._person(question)
        face = question.faces[0]
        if any(known.person_id == person.id for known in self._faces.faces([face])):
            return self._people.same([face, question.examples[0]])
        return self._named(self._people.name_faces([face], person.name))

    def _is_not(self, question: Question) -> Change:
        return self._people.reject(question.faces, self._person(question).id)

    def _person(self, question: Question) -> Person:
        """Return the person asked about as she is called now."""
        for person in self._faces.people():
            if person.id == question.person_id:
                return person
        raise FaceappError(f"{question.person_name} is no longer among the people. Go on with the next question.")

    def _named(self, naming: Naming) -> Change:
        return Change(self._people.history(1)[0], naming.face_ids, [naming.person_id])

    def _looked_at(self, scene: Scene, candidate: Candidate) -> bool:
        """Return whether the user named one of two faces in a photo by itself, not in a whole set of faces."""
        pair = scene.ids(np.append(candidate.rows[:1], candidate.others[:1]))
        return any(step.verb in _NAMING and step.faces == 1 for face in pair for step in self._people.said_of(face))

    def _scene(self) -> Scene:
        ties, guessed = self._reader.ties(), self._reader.grouping()
        names = {person.id: person.name for person in self._faces.people()}
        scene = Scene.of(shown_facts(self._reader, self._min_score), guessed, ties, names, self._gallery)
        self._unsettled = scene.ids(scene.unsettled)
        return scene


def _both(question: Question) -> tuple[int, int]:
    if question.person_id is None or question.other_person_id is None:
        raise ValueError("a question about two people names two")
    return question.person_id, question.other_person_id
