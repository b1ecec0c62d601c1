"""What the ledger of decisions says: for every face, pair and person, the last word of the steps that are not undone.

The words of one step about one thing are one row, so the order of steps decides; rows that an edited photo took
over keep the step they came with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection

from faceapp.library.driver import fetch, fetch_column
from faceapp.library.ledger.parts import Parts
from faceapp.library.rows import ids
from faceapp.types import IdArray
from faceapp.types_people import Step, Ties, Verb


class Kind(StrEnum):
    """What one row of the ledger says. Of each line here the last word holds."""

    CONFIRM, CLEAR, HIDE = "confirm", "clear", "hide"  # a place: it is a person; nothing; it is hidden (value: why)
    REJECT, UNREJECT = "reject", "unreject"  # a place and a person
    SAME, DIFFERENT, UNPAIR = "same", "different", "unpair"  # a place and another
    APART, UNAPART = "apart", "unapart"  # a person and another
    NAME = "name"  # a person (value: the name)
    MERGE = "merge"  # a person became another
    COVER = "cover"  # a person and a place
    BORN = "born"  # a person (value: the date, ISO 8601, or NULL)
    ALBUM = "album"  # all of an album, or that it is gone (value: JSON, see ``library.albums``)
    MARK = "mark face"  # a place has a face, be it found or not (value: JSON, see ``library.marked_faces``)
    ALBUM_FACE = "album face"  # a place that the album of the same step looks for; says nothing of who it is


class Entry(NamedTuple):
    """A row of the ledger, as a step writes it."""

    kind: Kind
    place: int | None = None
    other: int | None = None
    person: int | None = None
    other_person: int | None = None
    value: str | None = None

    @property
    def about(self) -> tuple[object, ...]:
        """Return what it is about: of two entries about the same, the later one holds."""
        match self.kind:
            case Kind.CONFIRM | Kind.CLEAR | Kind.HIDE:
                return "face", self.place
            case Kind.REJECT | Kind.UNREJECT:
                return "rejection", self.place, self.person
            case Kind.SAME | Kind.DIFFERENT | Kind.UNPAIR:
                return "pair", frozenset((self.place, self.other))
            case Kind.APART | Kind.UNAPART:
                return "people", frozenset((self.person, self.other_person))
            case Kind.MARK:
                return self.kind, self.place
            case Kind.ALBUM_FACE:
                return self.kind, self.place, self.value
            case _:
                return self.kind, self.person


# Who a merged person is in the end.
_FINAL = """
merged (person_id, into_id) AS (
    SELECT d.person_id, d.other_person_id FROM decision d JOIN step s ON s.id = d.step_id
    WHERE d.place_id IS NULL AND d.kind = 'merge' AND s.undone = 0
),
chain (person_id, into_id) AS (
    SELECT person_id, into_id FROM merged
    UNION SELECT chain.person_id, merged.into_id FROM chain JOIN merged ON merged.person_id = chain.into_id
),
final (person_id, into_id) AS (
    SELECT person_id, into_id FROM chain WHERE into_id NOT IN (SELECT person_id FROM merged)
)
"""
# CROSS JOIN keeps the order of tables. SQLite takes the plain columns from the row that has the greatest step.
_STATES = """
WITH RECURSIVE {final},
last (place_id, kind, person_id, value, step_id) AS (
    SELECT here.place_id, d.kind, d.person_id, d.value, max(d.step_id) FROM ({places}) here
    CROSS JOIN decision d ON d.place_id = here.place_id AND d.kind IN ('confirm', 'clear', 'hide')
    CROSS JOIN step s ON s.id = d.step_id AND s.undone = 0
    GROUP BY here.place_id
),
state (place_id, person_id, hidden, step_id) AS (
    SELECT last.place_id, CASE last.kind WHEN 'confirm' THEN coalesce(final.into_id, last.person_id) END,
        CASE last.kind WHEN 'hide' THEN last.value END, last.step_id
    FROM last LEFT JOIN final ON final.person_id = last.person_id
)
"""
THESE_PLACES = "SELECT value AS place_id FROM json_each(:places)"
_PAIRED_PLACES = """
SELECT place_id FROM decision WHERE other_id IS NOT NULL UNION SELECT other_id FROM decision WHERE other_id IS NOT NULL
"""


def states_sql(places: str = "SELECT id AS place_id FROM place") -> str:
    """Return the beginning of a query that knows ``state``: who each of some places is, or why it is hidden."""
    return _STATES.format(final=_FINAL, places=places)


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as one parameter of a query, for ``json_each``."""
    return json.dumps(list(map(int, numbers)))


@dataclass(frozen=True, slots=True)
class State:
    """What holds for a place. Neither a person nor hidden: its name was taken off."""

    person_id: int | None
    hidden: str | None
    step_id: int


def states(connection: Connection, places: Iterable[int] | None = None) -> dict[int, State]:
    """Return what holds for places, those of which something was said; by default, for all that are in a pair."""
    sql = states_sql(_PAIRED_PLACES if places is None else THESE_PLACES)
    rows = fetch(
        connection,
        f"{sql} SELECT place_id, person_id, hidden, step_id FROM state",
        {} if places is None else {"places": listed(places)},
    )
    return {place: State(person_id, hidden, step_id) for place, person_id, hidden, step_id in rows}


def silent(connection: Connection, places: Iterable[int]) -> list[int]:
    """Return the places of which nothing holds, in their order."""
    holds = "SELECT 1 FROM decision d CROSS JOIN step s ON s.id = d.step_id WHERE s.undone = 0 AND"
    sql = f"""
        SELECT value FROM json_each(?) here
        WHERE NOT EXISTS ({holds} d.place_id = here.value) AND NOT EXISTS ({holds} d.other_id = here.value)
    """
    return fetch_column(connection, sql, (listed(places),))


class Finals:
    """Who merged people are."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.exec_driver_sql(f"WITH RECURSIVE {_FINAL} SELECT person_id, into_id FROM final")
        self._final: Mapping[int, int] = dict(rows.all())

    def of(self, person_id: int) -> int:
        return self._final.get(person_id, person_id)

    def members(self, people: Iterable[int]) -> set[int]:
        """Return people with all who became them."""
        wanted = set(people)
        return wanted | {person_id for person_id, into in self._final.items() if into in wanted}


def pairs(connection: Connection) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
    """Return the pairs of places that are the same person and those that are not, each with the step that said so."""
    rows = connection.exec_driver_sql("""
        SELECT min(d.place_id, d.other_id) AS one, max(d.place_id, d.other_id) AS two, d.kind, max(d.step_id)
        FROM decision d JOIN step s ON s.id = d.step_id AND s.undone = 0
        WHERE d.other_id IS NOT NULL GROUP BY one, two
    """).all()
    same = {(one, two): step for one, two, kind, step in rows if kind == Kind.SAME}
    return same, {(one, two): step for one, two, kind, step in rows if kind == Kind.DIFFERENT}


def rejections(connection: Connection, people: Iterable[int] | None = None) -> dict[tuple[int, int], int]:
    """Return places and the people they are not, as said then: ``Finals`` knows who that is now. With the step."""
    some = "" if people is None else "AND d.person_id IN (SELECT value FROM json_each(:people))"
    rows = connection.exec_driver_sql(
        f"""
        SELECT d.place_id, d.person_id, d.kind, max(d.step_id) FROM decision d JOIN step s ON s.id = d.step_id
        WHERE s.undone = 0 AND d.person_id IS NOT NULL AND d.kind IN ('reject', 'unreject') {some}
        GROUP BY d.place_id, d.person_id
        """,
        {} if people is None else {"people": listed(people)},
    )
    return {(place, person_id): step for place, person_id, kind, step in rows if kind == Kind.REJECT}


def aparts(connection: Connection) -> dict[tuple[int, int], int]:
    """Return pairs of people who are two, as said then, with the step."""
    rows = connection.exec_driver_sql("""
        SELECT min(d.person_id, d.other_person_id) AS one, max(d.person_id, d.other_person_id) AS two, d.kind,
            max(d.step_id)
        FROM decision d JOIN step s ON s.id = d.step_id
        WHERE s.undone = 0 AND d.place_id IS NULL AND d.kind IN ('apart', 'unapart') GROUP BY one, two
    """)
    return {(one, two): step for one, two, kind, step in rows if kind == Kind.APART}


def names(connection: Connection, people: Iterable[int] | None = None) -> dict[int, str]:
    """Return the last names of people, by default of all, also if they have no face now. Merged ones are left out."""
    some = "" if people is None else "AND d.person_id IN (SELECT value FROM json_each(:people))"
    sql = f"""
        WITH RECURSIVE {_FINAL}
        SELECT d.person_id, d.value, max(d.step_id) AS latest FROM decision d JOIN step s ON s.id = d.step_id
        WHERE s.undone = 0 AND d.place_id IS NULL AND d.kind = 'name'
            AND d.person_id NOT IN (SELECT person_id FROM merged) {some}
        GROUP BY d.person_id ORDER BY latest
    """
    parameters = {} if people is None else {"people": listed(people)}
    return {person_id: name for person_id, name, _ in fetch(connection, sql, parameters)}


def ties_of(connection: Connection) -> Ties:
    """Return what was said, as faces in view that are not hidden and people of today.

    Faces of one part (said to be the same, copies included) are each tied to its first face. What was said of one
    of them holds for all, also if that one is out of view: they are all rejected for a person that one is not, or that
    a face has that one of them differs from.
    """
    same, different = pairs(connection)
    rejected, finals = rejections(connection), Finals(connection)
    people = {place: state.person_id for place, state in states(connection).items() if state.person_id is not None}
    parts = Parts()
    for one, two in same:
        parts.join(one, two)
    said = {place for pair in (*same, *different) for place in pair} | {place for place, _ in rejected}
    faces: dict[int, list[int]] = {}  # of each part
    rows = connection.exec_driver_sql(
        """
        SELECT c.place_id, c.face_id FROM json_each(?) here CROSS JOIN decided c ON c.place_id = here.value
        JOIN photo p ON p.id = c.photo_id WHERE p.state = 'indexed' AND c.hidden IS NULL ORDER BY c.face_id
        """,
        (listed(sorted(said)),),
    )
    for place, face_id in rows:
        faces.setdefault(parts.find(place), []).append(face_id)
    here = set(connection.exec_driver_sql("SELECT id FROM person").scalars())
    not_them = {(parts.find(place), finals.of(person_id)) for place, person_id in rejected}
    for one, two in (*different, *((two, one) for one, two in different)):
        not_them |= {(parts.find(one), people[two])} if two in people else set()
    apart = {(min(pair), max(pair)) for pair in ((finals.of(a), finals.of(b)) for a, b in aparts(connection))}
    firsts = {part: members[0] for part, members in faces.items()}
    return Ties(
        same=_two_columns((members[0], face_id) for members in faces.values() for face_id in members[1:]),
        different=_two_columns(
            (min(a, b), max(a, b))
            for a, b in ((firsts.get(parts.find(one)), firsts.get(parts.find(two))) for one, two in different)
            if a is not None and b is not None
        ),
        rejected=_two_columns(
            (face_id, person_id) for part, person_id in not_them if person_id in here for face_id in faces.get(part, [])
        ),
        apart=_two_columns(pair for pair in apart if here.issuperset(pair)),
    )


def _two_columns(pairs: Iterable[tuple[int, int]]) -> IdArray:
    return ids([number for pair in sorted(set(pairs)) for number in pair]).reshape(-1, 2)


_STEPS = "SELECT id, verb, created, undone, faces, people, note FROM step"


def history(connection: Connection, limit: int) -> list[Step]:
    """Return the steps, latest first."""
    return [_step(row) for row in fetch(connection, f"{_STEPS} ORDER BY id DESC LIMIT ?", (limit,))]


def steps(connection: Connection, step_ids: Iterable[int]) -> list[Step]:
    """Return these steps, latest first."""
    sql = f"{_STEPS} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC"
    return [_step(row) for row in fetch(connection, sql, (listed(step_ids),))]


def said_of(connection: Connection, face_id: int) -> list[Step]:
    """Return the steps that say something of a face and hold, latest first."""
    rows = connection.exec_driver_sql(
        """
        SELECT d.step_id, d.kind, d.place_id, d.other_id, d.person_id, d.other_person_id, d.value
        FROM decided c JOIN decision d ON d.place_id = c.place_id OR d.other_id = c.place_id
        JOIN step s ON s.id = d.step_id
        WHERE c.face_id = ? AND s.undone = 0 AND d.kind != 'album face' ORDER BY d.step_id
        """,
        (face_id,),
    )
    last: dict[tuple[object, ...], tuple[Kind, int]] = {}
    for step_id, kind, place, other, person, other_person, value in rows:
        entry = Entry(Kind(kind), place, other, person, other_person, value)
        last[entry.about] = entry.kind, step_id
    nothing = (Kind.CLEAR, Kind.UNREJECT, Kind.UNPAIR)
    return steps(connection, {step_id for kind, step_id in last.values() if kind not in nothing})


def _step(row: Sequence[Any]) -> Step:
    id_, verb, created, undone, faces, people, note = row
    when = datetime.fromisoformat(created)
    return Step(id_, Verb(verb), when, bool(undone), faces, tuple(json.loads(people)), note)
