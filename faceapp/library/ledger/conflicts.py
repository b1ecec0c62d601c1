"""Which earlier decisions a new one contradicts.

Faces said to be the same, and faces with one name, make a part. No part may hold two faces that are different, a
face and a person that it is not, or two people. A new decision that would join such a part, or set apart what is in
one, has earlier ones in its way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from faceapp.errors import FaceappError
from faceapp.library.ledger import holds
from faceapp.library.ledger.holds import Entry, Finals, Kind, State, listed
from faceapp.library.ledger.parts import Parts
from faceapp.types_people import Conflict, ConflictKind, DecisionConflict

NEW = 0  # in place of a step: what is being decided now


@dataclass(frozen=True, slots=True)
class InTheWay:
    """An earlier decision that a new one contradicts, and the entry that takes it back."""

    kind: ConflictKind
    step_id: int
    undo: Entry
    people: tuple[int, ...] = ()


class Web:
    """What is said of the places that are in pairs, and of some others, with what a new decision adds.

    A place is its number, a person the negative of theirs.
    """

    def __init__(self, connection: Connection, finals: Finals, also: Mapping[int, State] | None = None) -> None:
        self._connection = connection
        self._finals = finals
        self.same, self.different = holds.pairs(connection)
        known = holds.states(connection) | dict(also or {})
        self.person = {place: (s.person_id, s.step_id) for place, s in known.items() if s.person_id is not None}
        self.paired = {place for pair in (*self.same, *self.different) for place in pair}

    def name(self, places: Iterable[int], person_id: int) -> list[InTheWay]:
        """Let places be a person; return what is in the way."""
        chosen = set(places) & self.paired
        if not chosen:
            return []
        self.person |= dict.fromkeys(chosen, (person_id, NEW))
        others = {other for other, _ in self.person.values() if other != person_id}
        found = [one for other in sorted(others) for one in self.cut(chosen, other)]
        return found + self.contradicted(-person_id, but=chosen)

    def cut(self, places: Collection[int], person_id: int) -> list[InTheWay]:
        """Let places not be a person; return what is in the way. What they are to each other is not."""
        found: list[InTheWay] = []
        chosen = set(places)
        self.same |= {pair: NEW for pair in self.same if chosen.issuperset(pair)}
        parts = self.parts()
        for place in sorted(places):
            if parts.find(place) == parts.find(-person_id):
                found += self.sever(place, -person_id)
                parts = self.parts()
        return found

    def join(self, places: Sequence[int]) -> list[InTheWay]:
        """Let places be one person, whoever that is; return what is in the way. Refuses two who have a name."""
        first, *others = places
        self.same |= {(min(first, place), max(first, place)): NEW for place in others}
        parts = self.parts()
        people = self._people_with(parts, first)
        if len(people) > 1:
            named = " and ".join(_names(self._connection, sorted(people)))
            raise FaceappError(
                f"These faces are {named}, who are different people. If they are one person, merge {named} instead."
            )
        return self.contradicted(first)

    def merge(self, people: Collection[int], into: int) -> list[InTheWay]:
        """Let people be one; return what is in the way."""
        everybody = {*people, into}
        places = {place for place, _ in holds.rejections(self._connection, self._finals.members(everybody))}
        for place, state in holds.states(self._connection, places - self.person.keys()).items():
            if state.person_id is not None:
                self.person[place] = (state.person_id, state.step_id)
        found = [
            InTheWay(ConflictKind.APART, step, Entry(Kind.UNAPART, person=a, other_person=b), (x, y))
            for (a, b), step in holds.aparts(self._connection).items()
            if {x := self._finals.of(a), y := self._finals.of(b)} <= everybody
        ]
        self.person = {place: (into if p in everybody else p, step) for place, (p, step) in self.person.items()}
        return found + self.contradicted(-into, people=everybody)

    def part(self, places: Collection[int], others: Collection[int]) -> list[InTheWay]:
        """Let none of ``places`` be the person of any of ``others``; return what is in the way."""
        found: list[InTheWay] = []
        parts = self.parts()
        for place in places:
            for other in others:
                if parts.find(place) == parts.find(other):
                    found += self.sever(place, other)
                    parts = self.parts()
        return found

    def sever(self, start: int, target: int) -> list[InTheWay]:
        """Cut a place off from another or from a person: where each way there begins, but for what is new."""
        found = []
        while way := self._way(start, target):
            cut = next(one for one in way if one.step_id != NEW)
            if cut.undo.kind == Kind.CLEAR:
                del self.person[cut.undo.place or 0]
            else:
                del self.same[_pair(cut.undo)]
            found.append(cut)
        return found

    def contradicted(
        self, node: int, *, but: Collection[int] = (), people: Collection[int] | None = None
    ) -> list[InTheWay]:
        """Return what sets apart the part of a place or person; rejections of the places ``but`` do not count."""
        parts = self.parts()
        root = parts.find(node)
        found = [
            InTheWay(ConflictKind.DIFFERENT, step, Entry(Kind.UNPAIR, one, two))
            for (one, two), step in self.different.items()
            if parts.find(one) == root == parts.find(two)
        ]
        inside = people or {person for person, _ in self.person.values() if parts.find(-person) == root}
        for (place, said), step in holds.rejections(self._connection, self._finals.members(inside)).items():
            if parts.find(place) == root and place not in but:
                undo = Entry(Kind.UNREJECT, place, person=said)
                found.append(InTheWay(ConflictKind.REJECTED, step, undo, (self._finals.of(said),)))
        return found

    def parts(self) -> Parts:
        parts = Parts()
        for one, two in self.same:
            parts.join(one, two)
        for place, (person_id, _) in self.person.items():
            parts.join(place, -person_id)
        return parts

    def _people_with(self, parts: Parts, place: int) -> set[int]:
        root = parts.find(place)
        return {person_id for person_id, _ in self.person.values() if parts.find(-person_id) == root}

    def _way(self, start: int, target: int) -> list[InTheWay]:
        """Return what joins a place to another or to a person, by the fewest decisions; nothing if nothing does."""
        steps: dict[int, list[tuple[int, InTheWay]]] = {}
        for (one, two), step in self.same.items():
            way = InTheWay(ConflictKind.SAME, step, Entry(Kind.UNPAIR, one, two))
            steps.setdefault(one, []).append((two, way))
            steps.setdefault(two, []).append((one, way))
        for place, (person_id, step) in self.person.items():
            way = InTheWay(ConflictKind.SAME, step, Entry(Kind.CLEAR, place), (person_id,))
            steps.setdefault(place, []).append((-person_id, way))
            steps.setdefault(-person_id, []).append((place, way))
        came: dict[int, tuple[int, InTheWay] | None] = {start: None}
        waiting = deque([start])
        while waiting and target not in came:
            node = waiting.popleft()
            for there, way in steps.get(node, []):
                if there not in came:
                    came[there] = node, way
                    waiting.append(there)
        found: list[InTheWay] = []
        at = came.get(target)
        while at is not None:
            found.append(at[1])
            at = came[at[0]]
        return found[::-1]


def entries(connection: Connection, in_the_way: Sequence[InTheWay], *, take_back: bool) -> Iterator[Entry]:
    """Yield what takes back the decisions in the way. Raises ``DecisionConflict`` unless that is wanted."""
    if in_the_way and not take_back:
        raise _conflict(connection, in_the_way)
    for one in in_the_way:
        yield one.undo


def _conflict(connection: Connection, in_the_way: Sequence[InTheWay]) -> DecisionConflict:
    when = {step.id: step.created for step in holds.steps(connection, {one.step_id for one in in_the_way})}
    places = {place for one in in_the_way for place in (one.undo.place, one.undo.other) if place is not None}
    rows = connection.exec_driver_sql(
        "SELECT place_id, min(face_id) FROM decided "
        "WHERE place_id IN (SELECT value FROM json_each(?)) GROUP BY place_id",
        (listed(places),),
    )
    faces: dict[int | None, int] = dict(rows.all())
    conflicts = []
    for one in in_the_way:
        people = tuple(_names(connection, one.people))
        face_id, other = faces.get(one.undo.place), faces.get(one.undo.other)
        conflicts.append(Conflict(one.kind, face_id, other, people, when[one.step_id]))
    first = conflicts[0]
    said, more = f"This contradicts what you said on {_day(first.said)}", len(conflicts) - 1
    if more:
        message = f"{said}: {_in_words(first)} and {more:,} more like it. Take that back first."
    else:
        message = f"{said}: {_in_words(first)}. Take that back first."
    return DecisionConflict(message, conflicts)


def _in_words(conflict: Conflict) -> str:
    match conflict.kind:
        case ConflictKind.DIFFERENT:
            return "two of these faces are different people"
        case ConflictKind.SAME if conflict.people:
            return f"a face is {conflict.people[0]}"
        case ConflictKind.SAME:
            return "two of these faces are the same person"
        case ConflictKind.REJECTED:
            return f"a face is not {' or '.join(conflict.people)}"
        case ConflictKind.APART:
            return f"{' and '.join(conflict.people)} are two people"


def _day(moment: datetime) -> str:
    return moment.astimezone().date().isoformat()


def _names(connection: Connection, people: Iterable[int]) -> list[str]:
    known = holds.names(connection)
    return [known.get(person_id, "") for person_id in people]


def _pair(entry: Entry) -> tuple[int, int]:
    assert entry.place is not None
    assert entry.other is not None
    return entry.place, entry.other
