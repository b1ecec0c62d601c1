"""What a user says of faces and people, with what the oracle understands."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from faceapp.types import Face, HideReason, Person
from faceapp.types_people import Answer, Question, QuestionKind
from tests.endurance.never import watching
from tests.endurance.never.files import names
from tests.endurance.never.said import APART, BORN, COVER, FACE, INTO, NAME, NOT, SAME, Key, Pair, Spot
from tests.endurance.never.story import Story, at, ids

_ANSWERS = {
    QuestionKind.NAME: (Answer.YES, Answer.STRANGER),
    QuestionKind.PERSON: (Answer.YES, Answer.NO, Answer.STRANGER),
    QuestionKind.TWICE: (Answer.YES, Answer.NO, Answer.STRANGER),
    QuestionKind.GROUPS: (Answer.YES, Answer.NO),
    QuestionKind.PEOPLE: (Answer.YES, Answer.NO),
}
some = st.lists(at, min_size=1, max_size=3)


class Words(Story):
    """Rules about decisions; with ``check``, each is undone and done again at once."""

    @precondition(lambda self: self.view.faces)
    @rule(faces=some, name=names, check=st.booleans())
    def name(self, faces: list[int], name: str, check: bool) -> None:
        self.name_them(self.faces(faces), name, check)

    @precondition(lambda self: self.said.decided())
    @rule(faces=some, check=st.booleans())
    def clear(self, faces: list[int], check: bool) -> None:
        chosen = [f for f in self.faces(faces) if f.person_id is not None or f.hidden is not None]
        if chosen:
            facts = {(FACE, spot): None for spot in self.spots(chosen)}
            self.say(lambda: self.opened.library.people.clear(ids(chosen)), facts, check)

    @precondition(lambda self: self.view.faces)
    @rule(faces=some, reason=st.sampled_from(HideReason), check=st.booleans())
    def hide(self, faces: list[int], reason: HideReason, check: bool) -> None:
        chosen = [f for f in self.faces(faces) if f.hidden is None]
        if chosen:
            facts = {(FACE, spot): reason.value for spot in self.spots(chosen)}
            self.say(lambda: self.opened.library.people.hide(ids(chosen), reason), facts, check)

    @precondition(lambda self: self.said.people())
    @rule(faces=some, number=at, check=st.booleans())
    def reject(self, faces: list[int], number: int, check: bool) -> None:
        if (found := self.person(number)) is not None:
            self._reject(self.faces(faces), *found, check)

    @precondition(lambda self: self.guessed())
    @rule(number=at, check=st.booleans())
    def reject_a_guess(self, number: int, check: bool) -> None:
        guessed = self.guessed()
        face = guessed[number % len(guessed)]
        assert face.guess is not None
        people = self.people()
        self._reject([face], *next(one for one in people if one[0].id == face.guess.person_id), check)

    @precondition(lambda self: len(self.view.faces) > 1)
    @rule(faces=st.lists(at, min_size=2, max_size=3), check=st.booleans())
    def same(self, faces: list[int], check: bool) -> None:
        chosen = self.apiece(self.faces(faces))
        if len(chosen) > 1:
            first, *others = self.spots(chosen)
            facts = {(SAME, Pair((first, other))): True for other in others}
            self.say(lambda: self.opened.library.people.same(ids(chosen)), facts, check)

    @precondition(lambda self: len(self.view.faces) > 1)
    @rule(faces=st.lists(at, min_size=2, max_size=3), check=st.booleans())
    def different(self, faces: list[int], check: bool) -> None:
        chosen = self.apiece(self.faces(faces))
        if len(chosen) > 1:
            first, *others = self.spots(chosen)
            facts = {(SAME, Pair((first, other))): False for other in others}
            self.say(lambda: self.opened.library.people.different(ids(chosen[:1]), ids(chosen[1:])), facts, check)

    @precondition(lambda self: len(self.view.faces) > 1)
    @rule(faces=st.lists(at, min_size=2, max_size=5), cut=st.integers(1, 3), check=st.booleans())
    def split(self, faces: list[int], cut: int, check: bool) -> None:
        chosen = self.apiece(self.faces(faces))
        cut = min(cut, len(chosen) - 1)
        if cut < 1:
            return
        out, rest = self.spots(chosen[:cut]), self.spots(chosen[cut:])
        facts: dict[Key, Any] = {(SAME, Pair((out[0], other))): True for other in out[1:]}
        facts |= {(SAME, Pair((out[0], other))): False for other in rest}
        for spot in out:
            if (person := self.said.person(spot)) is not None:
                facts |= {(NOT, spot, person): True, (FACE, spot): None}
        people = {person.id: known for person, known in self.people()}
        for face in self.guessed():
            if (spot := self.view.spots[face.id]) in out and face.guess is not None:
                facts[NOT, spot, people[face.guess.person_id]] = True
        self.say(lambda: self.opened.library.people.split(ids(chosen[:cut]), ids(chosen[cut:])), facts, check)

    @precondition(lambda self: len(self.said.people()) > 1)
    @rule(one=at, other=at, check=st.booleans())
    def merge(self, one: int, other: int, check: bool) -> None:
        a, b = self.person(one), self.person(other)
        if a and b and a != b:
            call = lambda: self.opened.library.people.merge([a[0].id], b[0].id)  # noqa: E731
            self.say(call, self._merged(a[1], b[1]), check)

    @precondition(lambda self: len(self.said.people()) > 1)
    @rule(one=at, other=at, check=st.booleans())
    def apart(self, one: int, other: int, check: bool) -> None:
        a, b = self.person(one), self.person(other)
        if a and b and a != b:
            call = lambda: self.opened.library.people.apart(a[0].id, b[0].id)  # noqa: E731
            self.say(call, {(APART, Pair((a[1], b[1]))): True}, check)

    @precondition(lambda self: self.said.apart() or self.said.pairs(True) or self.said.pairs(False))
    @rule(number=at, check=st.booleans())
    def say_the_opposite(self, number: int, check: bool) -> None:
        """Say of two people or faces what contradicts an earlier word."""
        store = self.opened.library.people
        people = {known: person.id for person, known in self.people()}
        faces = {spot: face_id for face_id, spot in self.view.spots.items()}
        pairs = [pair for pair in self.said.apart() if pair <= people.keys()]
        pairs += [pair for same in (True, False) for pair in self.said.pairs(same) if pair <= faces.keys()]
        if not pairs:
            return
        one, other = _ends(sorted(pairs, key=lambda pair: str(_ends(pair)))[number % len(pairs)])
        if isinstance(one, int):
            self.say(lambda: store.merge([people[one]], people[other]), self._merged(one, other), check)
        elif self.said.get(SAME, Pair((one, other))):
            call = lambda: store.different([faces[one]], [faces[other]])  # noqa: E731
            self.say(call, {(SAME, Pair((one, other))): False}, check)
        else:
            self.say(lambda: store.same([faces[one], faces[other]]), {(SAME, Pair((one, other))): True}, check)

    @precondition(lambda self: self.said.people())
    @rule(number=at, name=names, check=st.booleans())
    def rename(self, number: int, name: str, check: bool) -> None:
        if (found := self.person(number)) is None:
            return
        person, known = found
        other = self.said.called(name)
        call = lambda: self.opened.library.people.rename(person.id, name)  # noqa: E731
        if other not in (None, known) and other in self.said.people():
            self.refused(call)
        elif self.said.name(known) != name:
            self.say(call, {(NAME, known): name}, check)

    @precondition(lambda self: self.said.people())
    @rule(number=at, year=st.none() | st.integers(1950, 1960), check=st.booleans())
    def born(self, number: int, year: int | None, check: bool) -> None:
        if (found := self.person(number)) is not None:
            day = None if year is None else date(year, 1, 1)
            call = lambda: self.opened.library.people.set_born(found[0].id, day)  # noqa: E731
            self.say(call, {(BORN, found[1]): day}, check)

    @precondition(lambda self: self.said.people())
    @rule(number=at, check=st.booleans())
    def cover(self, number: int, check: bool) -> None:
        named = [face for face in self.view.faces.values() if face.person_id is not None]
        if named:
            face = named[number % len(named)]
            spot = self.view.spots[face.id]
            call = lambda: self.opened.library.people.set_cover(face.person_id or 0, face.id)  # noqa: E731
            self.say(call, {(COVER, self.said.person(spot)): frozenset({spot})}, check)

    @rule(number=at, answer=st.sampled_from([Answer.YES, Answer.NO, Answer.STRANGER]), name=names, check=st.booleans())
    def review(self, number: int, answer: Answer, name: str, check: bool) -> None:
        """Answer one of the questions that are asked."""
        questions = self.opened.review.questions()
        wrong = list(watching.questions_obey(questions, self.view, self.opened, self.said))
        assert not wrong, "\n".join(wrong)
        if questions:
            question = questions[number % len(questions)]
            if answer in _ANSWERS[question.kind]:
                facts = self._meaning(question, answer, name)
                self.say(lambda: self.opened.review.answer(question, answer, name), facts, check)

    @precondition(lambda self: self.said.before)
    @rule(steps=st.integers(1, 3))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            assert (self.opened.library.people.undo() is not None) == self.said.undo()
        self.said_otherwise()

    @precondition(lambda self: self.said.after)
    @rule(steps=st.integers(1, 3))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            assert (self.opened.library.people.redo() is not None) == self.said.redo()
        self.said_otherwise()

    def _meaning(self, question: Question, answer: Answer, name: str) -> dict[Key, Any]:
        """Return what an answer says."""
        spots = list(dict.fromkeys(self.view.spots[face_id] for face_id in question.faces))
        others = list(dict.fromkeys(self.view.spots[face_id] for face_id in question.examples))
        if answer is Answer.STRANGER:
            return {(FACE, spot): HideReason.STRANGER.value for spot in spots}
        yes = answer is Answer.YES
        match question.kind:
            case QuestionKind.GROUPS if yes:
                return {(SAME, Pair((spots[0], others[0]))): True}
            case QuestionKind.GROUPS:
                return {(SAME, Pair((one, other))): False for one in spots[:6] for other in others[:6]}
            case QuestionKind.PEOPLE:
                one, other = (self.said.called(name) for name in (question.person_name, question.other_name))
                assert one is not None
                assert other is not None
                return self._merged(other, one) if yes else {(APART, Pair((one, other))): True}
            case QuestionKind.TWICE if yes and self.said.person(spots[0]) is not None:
                return {(SAME, Pair((spots[0], others[0]))): True}
            case QuestionKind.NAME:
                return self.named(spots, name)
            case _ if yes:
                return self.named(spots, question.person_name)
        person = self.said.called(question.person_name)
        assert person is not None
        return self._rejected(spots, person)

    def _merged(self, person: int, into: int) -> dict[Key, Any]:
        born = self.said.get(BORN, person) if self.said.get(BORN, into) is None else None
        return {(INTO, person): into} | ({(BORN, into): born} if born is not None else {})

    def _rejected(self, spots: list[Spot], person: int) -> dict[Key, Any]:
        """Return what a rejection says: of who has just been seen, earlier pairs that say otherwise hold no more."""
        facts: dict[Key, Any] = {(NOT, spot, person): True for spot in spots}
        facts |= {(FACE, spot): None for spot in spots if self.said.person(spot) == person}
        return facts | {(SAME, pair): None for pair in self.said.severed(spots, person)}

    def _reject(self, faces: list[Face], person: Person, known: int, check: bool) -> None:
        if not faces:
            return
        spots = self.spots(faces)
        self.say(lambda: self.opened.library.people.reject(ids(faces), person.id), self._rejected(spots, known), check)


def _ends(pair: Pair) -> list[Any]:
    return sorted(pair, key=str)
