"""The steps of the ledger: writing one, undoing and redoing it, and what that changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from faceapp.library.driver import fetch, fetch_column, run, run_many
from faceapp.library.ledger.holds import Entry, Finals, Kind, listed, steps
from faceapp.library.ledger.settling import settle, touch, touch_also
from faceapp.library.rows import now
from faceapp.types_people import Change, Verb

_INSERT = """
INSERT INTO decision (step_id, kind, place_id, other_id, person_id, other_person_id, value) VALUES (?, ?, ?, ?, ?, ?, ?)
"""


# What they said goes with them; said here, it goes in half the time.
_FORGET_UNDONE = (
    "DELETE FROM decision WHERE step_id IN (SELECT id FROM step WHERE undone = 1)",
    "DELETE FROM step WHERE undone = 1",
)
_INSERT_EACH = """
INSERT INTO decision (step_id, kind, place_id, person_id, value) SELECT ?, ?, here.value, ?, ? FROM json_each(?) here
"""


@dataclass(frozen=True, slots=True)
class Each:
    """What is said of each of many places."""

    kind: Kind
    places: Sequence[int]
    person: int | None = None
    value: str | None = None


def write_step(
    connection: Connection,
    verb: Verb,
    rows: Iterable[Entry],
    each: Sequence[Each] = (),
    *,
    faces: int,
    people: Sequence[str] = (),
    note: str = "",
) -> int:
    """Add a step and what it says, forget the undone ones; return its id.

    Of two entries about one thing the later one counts. What is said of ``each`` must be about other things.
    """
    for sql in _FORGET_UNDONE:
        run(connection, sql)
    sql = "INSERT INTO step (verb, created, faces, people, note) VALUES (?, ?, ?, ?, ?) RETURNING id"
    told = (str(verb), now(), faces, json.dumps(list(people), ensure_ascii=False), note)
    (step_id,) = fetch_column(connection, sql, told)
    last = {entry.about: entry for entry in rows}
    run_many(connection, _INSERT, [(step_id, str(entry.kind), *entry[1:]) for entry in last.values()])
    for one in each:
        said = (step_id, str(one.kind), one.person, one.value, listed(sorted(one.places)))
        run(connection, _INSERT_EACH, said)
    return int(step_id)


def last_done(connection: Connection) -> int | None:
    """Return the step to undo."""
    return connection.exec_driver_sql("SELECT max(id) FROM step WHERE undone = 0").scalar()


def first_undone(connection: Connection) -> int | None:
    """Return the step to redo."""
    return connection.exec_driver_sql("SELECT min(id) FROM step WHERE undone = 1").scalar()


def mark(connection: Connection, step_id: int, *, undone: bool) -> None:
    connection.exec_driver_sql("UPDATE step SET undone = ? WHERE id = ?", (int(undone), step_id))


def settle_step(connection: Connection, step_id: int, places: Iterable[int] | None = None) -> Change:
    """Bring the library in line with a step that was written, undone or redone; return what changed.

    With ``places``, only the faces in these are looked at: the caller sees to the others that the step is about.
    """
    if places is None:
        touch(connection, _PLACES_OF_STEP, {"step": step_id})
    else:
        touch(connection, "SELECT value FROM json_each(?)", (listed(places),))
    said = sorted(fetch(connection, _PEOPLE_OF_STEP, (step_id,)), key=lambda row: row[0] != Kind.MERGE)
    people: dict[int, None] = {}
    for kind, person_id, other_id in said:
        both = (other_id, person_id) if kind == Kind.MERGE else (person_id, other_id)
        people |= dict.fromkeys(id_ for id_ in both if id_ is not None)
    merged = {id_ for kind, *both in said if kind == Kind.MERGE for id_ in both}
    about: dict[int, int | None] = {}
    if merged:  # it names only people: which places it is about, earlier steps say
        touch_also(connection, _PLACES_OF_PEOPLE, (listed(Finals(connection).members(merged)),))
        about = dict(fetch(connection, f"SELECT c.face_id, c.person_id {_FACES}"))
    owners = set(fetch_column(connection, f"SELECT DISTINCT c.person_id {_FACES}"))
    settle(connection, {*people, *_involved(connection)})
    owners.update(fetch_column(connection, "SELECT DISTINCT person_id FROM held"))
    if merged:
        after = fetch(connection, f"SELECT c.face_id, c.person_id {_FACES}")
        faces = sorted(face_id for face_id, person_id in after if about[face_id] != person_id)
    else:
        faces = sorted(fetch_column(connection, f"SELECT c.face_id {_FACES}"))
    (step,) = steps(connection, [step_id])
    return Change(step, faces, list(people | dict.fromkeys(sorted(owners - {None}))))


_PEOPLE_OF_STEP = """
SELECT DISTINCT kind, person_id, other_person_id FROM decision WHERE step_id = ? AND person_id IS NOT NULL
"""
_PLACES_OF_STEP = """
SELECT place_id FROM decision WHERE step_id = :step AND place_id IS NOT NULL AND kind != 'album face'
UNION ALL SELECT other_id FROM decision WHERE step_id = :step AND other_id IS NOT NULL
"""
_PLACES_OF_PEOPLE = """
SELECT place_id FROM decision WHERE person_id IN (SELECT value FROM json_each(?)) AND kind IN ('confirm', 'reject')
"""
_FACES = "FROM touched CROSS JOIN decided c ON c.place_id = touched.place_id"


def _involved(connection: Connection) -> set[int]:
    """Return the people who ever had one of the places touched, as face or cover, and who they are now."""
    sql = """
        SELECT DISTINCT d.person_id FROM touched
        CROSS JOIN decision d ON d.place_id = touched.place_id AND d.kind IN ('confirm', 'cover')
    """
    finals, said = Finals(connection), set(fetch_column(connection, sql))
    return said | {finals.of(person_id) for person_id in said}
