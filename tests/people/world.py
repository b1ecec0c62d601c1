"""A library of people in memory: facts, vectors, decisions and guesses, without SQL. One object plays every port."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import numpy as np

from faceapp.types import Face, FloatArray, HideReason, IdArray, Naming, Person, Standing
from faceapp.types_people import (
    Change,
    FaceFacts,
    Group,
    Grouping,
    PersonDetails,
    PersonFaces,
    Step,
    Ties,
    Verb,
)

DIMENSION = 32
THRESHOLD = 0.40
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def no_grouping() -> Grouping:
    empty = np.empty(0, np.int64)
    none = np.empty(0, np.float32)
    return Grouping(empty, empty, empty, empty, none, none, empty)


def direction(person: int) -> FloatArray:
    """Return the unit vector that the faces of a made person scatter around; people are at right angles."""
    return np.eye(DIMENSION, dtype=np.float32)[person]


def near(person: int, cosine: float, towards: int) -> FloatArray:
    """Return a unit vector with that cosine to a person's direction, the rest of it towards another one's."""
    return np.asarray(cosine * direction(person) + np.sqrt(1 - cosine**2) * direction(towards), np.float32)


class World:
    """Faces are added with ``face``; decisions are what the ports say, guesses are what ``guess`` sets."""

    search_threshold = THRESHOLD
    model_id = "made"
    dimension = DIMENSION
    slider_minimum = 0.20

    def __init__(self) -> None:
        self.rows: list[dict[str, float]] = []
        self.vectors: dict[int, FloatArray] = {}
        self.names: dict[int, str] = {}
        self.named: dict[int, int] = {}
        self.once: set[int] = set()  # ids of people are never used twice
        self.hidden: dict[int, HideReason] = {}
        self.pairs: dict[str, list[tuple[int, int]]] = {"same": [], "different": [], "rejected": [], "apart": []}
        self.stored = no_grouping()
        self.steps: list[Step] = []
        self.said: dict[int, list[Step]] = {}

    # making

    def face(
        self, vector: FloatArray, photo: int, *, content: int | None = None, score: float = 0.9, **facts: float
    ) -> int:
        face_id = len(self.rows) + 1
        self.rows.append(
            {
                "face_ids": face_id,
                "photo_ids": photo,
                "contents": photo if content is None else content,
                "norm": facts.get("norm", 3.5),
                "score": score,
                "shown_us": facts.get("shown_us", face_id * 1_000_000.0),
            }
        )
        self.vectors[face_id] = vector
        return face_id

    def guess(
        self,
        faces: Sequence[int],
        *,
        group: int = 0,
        person: int = 0,
        standing: Standing = Standing.NOBODY,
        score: float = 0.6,
        margin: float = 0.2,
    ) -> None:
        """Store what grouping says of some faces, beside what is stored of others."""
        rows = {face: row for row, face in enumerate(self.stored.face_ids.tolist())}
        kept = [rows[face] for face in rows if face not in set(faces)]
        count = len(faces)
        new = Grouping(
            np.array(faces, np.int64),
            np.full(count, group, np.int64),
            np.full(count, person, np.int64),
            np.full(count, int(standing), np.int64),
            np.full(count, score, np.float32),
            np.full(count, margin, np.float32),
            np.zeros(count, np.int64),
        )
        both = {
            each.name: np.concatenate([getattr(self.stored, each.name)[kept], getattr(new, each.name)])
            for each in fields(Grouping)
        }
        order = np.argsort(both["face_ids"])
        self.stored = Grouping(**{name: values[order] for name, values in both.items()})

    # the gallery

    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
        here = [face for face in np.asarray(face_ids).tolist() if face in self.vectors]
        vectors = [self.vectors[face] for face in here]
        return np.array(here, np.int64), np.array(vectors, np.float32).reshape(len(here), DIMENSION)

    # PeopleReader

    def facts(self) -> FaceFacts:
        rows = [row for row in self.rows if row["face_ids"] not in self.hidden]
        ids = [int(row["face_ids"]) for row in rows]
        values = {name: np.array([row[name] for row in rows]) for name in (self.rows[0] if self.rows else {})}
        whole = ("face_ids", "photo_ids", "contents", "shown_us")
        typed = {name: value.astype(np.int64 if name in whole else np.float32) for name, value in values.items()}
        return FaceFacts(person_ids=np.array([self.named.get(face, 0) for face in ids], np.int64), **typed)

    def ties(self) -> Ties:
        return Ties(**{name: np.array(pairs, np.int64).reshape(-1, 2) for name, pairs in self.pairs.items()})

    def grouping(self) -> Grouping:
        free = np.array([face not in self.named and face not in self.hidden for face in self.stored.face_ids], bool)
        free &= ((self.stored.group_ids > 0) | (self.stored.person_ids > 0)) & (
            self.stored.standings != int(Standing.CONFIRMED)
        )
        return Grouping(*(getattr(self.stored, each.name)[free] for each in fields(Grouping)))

    def person_faces(self, person_id: int, *, suggested: bool = False) -> PersonFaces:
        known = [face for face, person in self.named.items() if person == person_id]
        guessed = self.grouping()
        automatic = guessed.face_ids[
            (guessed.person_ids == person_id) & (guessed.standings == int(Standing.AUTOMATIC))
        ].tolist()
        ids = sorted([*known, *automatic], reverse=True)
        standings = [int(Standing.CONFIRMED if face in self.named else Standing.AUTOMATIC) for face in ids]
        times = [int(self.rows[face - 1]["shown_us"]) for face in ids]
        photos = [int(self.rows[face - 1]["photo_ids"]) for face in ids]
        numbers = [np.array(values, np.int64) for values in (ids, photos, standings, times)]
        return PersonFaces(numbers[0], numbers[1], numbers[2], np.ones(len(ids), np.float32), numbers[3])

    def details(self, person_id: int) -> PersonDetails | None:
        raise NotImplementedError

    def hidden_ids(self) -> IdArray:
        return np.array(sorted(self.hidden), np.int64)

    def groups(self) -> list[Group]:
        raise NotImplementedError

    def group_faces(self, group_id: int) -> IdArray:
        return self.stored.face_ids[self.stored.group_ids == group_id]

    def guesses_waiting(self) -> int:
        return int((self.grouping().standings == int(Standing.SUGGESTED)).sum())

    # GroupStore

    def save(self, grouping: Grouping) -> int:
        changed = len(grouping.face_ids)
        self.stored = grouping
        return changed

    # the part of Reader that is needed

    def people(self) -> list[Person]:
        named = list(self.named.values())
        return [Person(person, name, named.count(person), 0, None) for person, name in self.names.items()]

    def faces(self, ids: Sequence[int]) -> list[Face]:
        return [SimpleNamespace(id=face, person_id=self.named.get(face)) for face in ids]  # type: ignore[misc]

    # PeopleStore

    def name_faces(self, face_ids: Sequence[int], name: str, *, take_back: bool = False) -> Naming:
        person = next((each for each, known in self.names.items() if known.lower() == name.lower()), 0)
        person = person or max([0, *self.once]) + 1
        self.once.add(person)
        self.names.setdefault(person, name)
        self.named.update(dict.fromkeys(face_ids, person))
        self._step(Verb.NAME, face_ids, [person])
        return Naming(person, self.names[person], list(face_ids))

    def reject(self, face_ids: Sequence[int], person_id: int) -> Change:
        for face in face_ids:
            self.pairs["rejected"].append((face, person_id))
            if self.named.get(face) == person_id:
                del self.named[face]
        return self._step(Verb.REJECT, face_ids, [person_id])

    def same(self, face_ids: Sequence[int], *, take_back: bool = False) -> Change:
        self.pairs["same"] += [(face_ids[0], other) for other in face_ids[1:]]
        return self._step(Verb.SAME, face_ids, [])

    def different(self, face_ids: Sequence[int], others: Sequence[int], *, take_back: bool = False) -> Change:
        self.pairs["different"] += [(face, other) for face in face_ids for other in others]
        return self._step(Verb.DIFFERENT, [*face_ids, *others], [])

    def apart(self, person_id: int, other_id: int) -> Change:
        self.pairs["apart"].append((person_id, other_id))
        return self._step(Verb.DIFFERENT, [], [person_id, other_id])

    def hide(self, face_ids: Sequence[int], reason: HideReason) -> Change:
        self.hidden.update(dict.fromkeys(face_ids, reason))
        return self._step(Verb.HIDE, face_ids, [])

    def merge(self, person_ids: Sequence[int], into: int, *, take_back: bool = False) -> Change:
        for face, person in self.named.items():
            if person in person_ids:
                self.named[face] = into
        for person in person_ids:
            self.names.pop(person)
        return self._step(Verb.MERGE, [], [into, *person_ids])

    def clear(self, face_ids: Sequence[int]) -> Change:
        raise NotImplementedError

    def split(self, face_ids: Sequence[int], rest: Sequence[int], *, take_back: bool = False) -> Change:
        raise NotImplementedError

    def rename(self, person_id: int, name: str) -> Change:
        self.names[person_id] = name
        return self._step(Verb.RENAME, [], [person_id])

    def set_cover(self, person_id: int, face_id: int) -> Change:
        raise NotImplementedError

    def set_born(self, person_id: int, born: date | None) -> Change:
        raise NotImplementedError

    def undo(self) -> Change | None:
        raise NotImplementedError

    def redo(self) -> Change | None:
        raise NotImplementedError

    def history(self, limit: int = 200) -> list[Step]:
        return self.steps[::-1][:limit]

    def said_of(self, face_id: int) -> list[Step]:
        return self.said.get(face_id, [])[::-1]

    def _step(self, verb: Verb, face_ids: Sequence[int], people: Sequence[int]) -> Change:
        names = tuple(self.names.get(person, "") for person in people)
        step = Step(len(self.steps) + 1, verb, NOW, False, len(face_ids), names)
        self.steps.append(step)
        for face in face_ids:
            self.said.setdefault(face, []).append(step)
        return Change(replace(step), list(face_ids), list(people))
