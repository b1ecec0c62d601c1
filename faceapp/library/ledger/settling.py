"""Bringing the copies of decisions in line with the ledger: who each face is, which people there are, which guesses go.

``person`` has a row for everybody who has a name, was not merged into another and is at least one face, be it of a
photo that is not here now. An id stays a person's for ever: who comes back has the same one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from faceapp.library.driver import Parameters, fetch, fetch_column, run, run_many
from faceapp.library.ledger.holds import THESE_PLACES, Finals, listed, names, rejections, states_sql

# Places, and what holds for them; tables of the write connection alone, so that nothing is parsed or sorted twice.
_TEMPORARY = (
    "CREATE TEMP TABLE IF NOT EXISTS touched (place_id INTEGER NOT NULL PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS held (place_id INTEGER NOT NULL PRIMARY KEY, person_id INTEGER, hidden TEXT)",
    "DELETE FROM touched",
    "DELETE FROM held",
)
_HOLD = (
    "INSERT INTO held "
    + states_sql("SELECT place_id FROM touched")
    + "SELECT place_id, person_id, hidden FROM state WHERE person_id IS NOT NULL OR hidden IS NOT NULL"
)
_EMPTY_FACES = """
UPDATE decided SET person_id = NULL, hidden = NULL
WHERE place_id IN (SELECT place_id FROM touched WHERE place_id NOT IN (SELECT place_id FROM held))
    AND (person_id IS NOT NULL OR hidden IS NOT NULL)
"""
_PUT_FACES = """
UPDATE decided SET person_id = held.person_id, hidden = held.hidden FROM held
WHERE decided.place_id = +held.place_id
    AND (decided.person_id IS NOT held.person_id OR decided.hidden IS NOT held.hidden)
"""
_DROP_DECIDED = """
DELETE FROM membership WHERE face_id IN (SELECT c.face_id FROM held CROSS JOIN decided c ON c.place_id = held.place_id)
"""
_COPY_FACTS = """
UPDATE decided SET photo_id = face.photo_id, norm = face.norm FROM face
WHERE face.id = +decided.face_id AND (decided.photo_id != face.photo_id OR decided.norm != face.norm)
"""
_GUESSED = """
SELECT m.face_id, c.place_id, m.person_id FROM touched
CROSS JOIN decided c ON c.place_id = touched.place_id CROSS JOIN membership m ON m.face_id = c.face_id
WHERE m.person_id IS NOT NULL
"""
# Somebody's confirmed face: the first for whom nothing later was said.
_HAS_FACE = """
SELECT 1 FROM decision d JOIN step s ON s.id = d.step_id
WHERE d.person_id IN (SELECT value FROM json_each(:members)) AND d.kind = 'confirm' AND s.undone = 0 AND NOT EXISTS (
    SELECT 1 FROM decision later JOIN step ls ON ls.id = later.step_id
    WHERE later.place_id = d.place_id AND later.kind IN ('confirm', 'clear', 'hide')
        AND later.step_id > d.step_id AND ls.undone = 0)
LIMIT 1
"""
_LAST_WORDS = """
SELECT d.kind, d.value, d.place_id FROM decision d JOIN step s ON s.id = d.step_id
WHERE d.person_id = ? AND d.kind IN ('born', 'cover') AND s.undone = 0 ORDER BY d.step_id, d.id
"""
_THESE_PEOPLE = "WHERE id IN (SELECT value FROM json_each(?))"
_FIRST_NAMED = """
SELECT min(s.created) FROM decision d JOIN step s ON s.id = d.step_id
WHERE d.person_id = ? AND d.kind = 'name' AND s.undone = 0
"""


class _Person(NamedTuple):
    """A row of ``person``, but for when it was made."""

    id: int
    name: str
    key: str
    born: str | None
    cover_id: int | None


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: no case, in every script."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def touch(connection: Connection, places: str, parameters: Parameters = ()) -> None:
    """Choose the places to settle: those that a query returns."""
    for sql in _TEMPORARY:
        run(connection, sql)
    touch_also(connection, places, parameters)


def touch_also(connection: Connection, places: str, parameters: Parameters = ()) -> None:
    run(connection, f"INSERT OR IGNORE INTO touched {places}", parameters)


def settle(connection: Connection, people: Iterable[int] = ()) -> None:
    """Bring the faces that lie in the places touched, and some people, in line with the ledger."""
    finals = Finals(connection)
    wanted = set(people)
    known = names(connection, wanted)
    run(connection, _HOLD)
    there = set(fetch_column(connection, "SELECT DISTINCT person_id FROM held"))  # the others take a longer look
    expected = {id_: _person(connection, id_, known.get(id_), finals, id_ in there) for id_ in sorted(wanted)}
    gone = listed(id_ for id_, one in expected.items() if one is None)
    # Their rows go last, for guesses still point at them; their names may be somebody else's already.
    run(connection, f"UPDATE person SET key = char(0) || id {_THESE_PEOPLE}", (gone,))
    for one in expected.values():
        if one is not None:
            _put(connection, one)
    for id_, one in expected.items():
        if one is None:
            _follow(connection, id_, finals.of(id_))
    run(connection, _EMPTY_FACES)
    if there:
        run(connection, _PUT_FACES)
    _drop_guesses(connection, finals)
    run(connection, f"DELETE FROM person {_THESE_PEOPLE}", (gone,))


def settle_read(connection: Connection, places: Collection[int]) -> None:
    """Bring faces that were just found in some places in line with the ledger. People stay, but for their covers."""
    if places:
        touch(connection, "SELECT value FROM json_each(?)", (listed(places),))
        sql = """
            SELECT DISTINCT d.person_id FROM touched
            CROSS JOIN decision d ON d.place_id = touched.place_id AND d.kind = 'cover'
        """
        settle(connection, fetch_column(connection, sql))


def settle_all(connection: Connection) -> None:
    """Make all copies of decisions anew."""
    run(connection, "DELETE FROM decided WHERE place_id NOT IN (SELECT id FROM place)")
    run(connection, _COPY_FACTS)
    run(connection, "UPDATE person SET key = char(0) || id")  # names may have to change hands
    touch(connection, "SELECT id FROM place")
    settle(connection, {*names(connection), *fetch_column(connection, "SELECT id FROM person")})


def differences(connection: Connection) -> tuple[int, int]:
    """Return how many faces, and how many people, are not as the ledger says."""
    faces = connection.exec_driver_sql(
        f"""
        {states_sql()} SELECT count(*) FROM decided JOIN face ON face.id = decided.face_id
        LEFT JOIN place ON place.id = decided.place_id LEFT JOIN state ON state.place_id = decided.place_id
        WHERE place.id IS NULL OR decided.person_id IS NOT state.person_id OR decided.hidden IS NOT state.hidden
            OR decided.photo_id != face.photo_id OR decided.norm != face.norm
        """
    ).scalar_one()
    finals, known = Finals(connection), names(connection)
    rows = connection.exec_driver_sql("SELECT id, name, key, born, cover_id FROM person")
    stored = {row.id: _Person(*row) for row in rows}
    expected = {id_: _person(connection, id_, known.get(id_), finals) for id_ in {*known, *stored}}
    return int(faces), sum(stored.get(id_) != one for id_, one in expected.items())


def _person(
    connection: Connection, person_id: int, name: str | None, finals: Finals, has_face: bool = False
) -> _Person | None:
    """Return somebody as the ledger says; None if there is nobody. ``has_face`` if that is known already."""
    if name is None:
        return None
    members = {"members": listed(finals.members([person_id]))}
    if not has_face and not fetch(connection, _HAS_FACE, members):
        return None
    said = {kind: (value, place) for kind, value, place in connection.exec_driver_sql(_LAST_WORDS, (person_id,))}
    born, _ = said.get("born", (None, None))
    _, place = said.get("cover", (None, None))
    cover = None if place is None else _cover(connection, place, person_id, finals)
    return _Person(person_id, name, name_key(name), born, cover)


def _cover(connection: Connection, place: int, person_id: int, finals: Finals) -> int | None:
    """Return the place that was chosen as somebody's cover, unless something else was said of it since."""
    sql = f"{states_sql(THESE_PLACES)} SELECT person_id, hidden FROM state"
    state = connection.exec_driver_sql(sql, {"places": listed([place])}).one_or_none()
    if state is not None and (state.hidden is not None or state.person_id not in (None, person_id)):
        return None
    rejected = rejections(connection, finals.members([person_id]))
    return None if any(there == place for there, _ in rejected) else place


def _put(connection: Connection, one: _Person) -> None:
    changed = connection.exec_driver_sql(
        "UPDATE person SET name = ?, key = ?, born = ?, cover_id = ? WHERE id = ?", (*one[1:], one.id)
    )
    if not changed.rowcount:
        (created,) = connection.exec_driver_sql(_FIRST_NAMED, (one.id,)).one()
        connection.exec_driver_sql(
            "INSERT INTO person (id, name, key, born, cover_id, created) VALUES (?, ?, ?, ?, ?, ?)", (*one, created)
        )


def _follow(connection: Connection, person_id: int, into: int) -> None:
    """Let guesses follow somebody who became another, or go with somebody who is no more."""
    there = fetch(connection, "SELECT 1 FROM person WHERE id = ? AND id != ?", (into, person_id))
    if there:
        sql = "UPDATE membership SET runner_up = NULL WHERE person_id = ? AND runner_up = ?"
        run(connection, sql, (into, person_id))
        sql = "UPDATE membership SET person_id = ?, runner_up = nullif(runner_up, ?) WHERE person_id = ?"
        run(connection, sql, (into, into, person_id))
    else:
        run(connection, "UPDATE membership SET person_id = NULL, standing = 0 WHERE person_id = ?", (person_id,))


def _drop_guesses(connection: Connection, finals: Finals) -> None:
    """Drop guesses about faces that the user decided about, and those that the user said are wrong."""
    run(connection, _DROP_DECIDED)
    guessed = fetch(connection, _GUESSED)
    people = {person_id for _, _, person_id in guessed}
    rejected = (
        {(place, finals.of(person_id)) for place, person_id in rejections(connection, finals.members(people))}
        if people
        else set()
    )
    wrong = [(face_id,) for face_id, place, person_id in guessed if (place, person_id) in rejected]
    run_many(connection, "DELETE FROM membership WHERE face_id = ?", wrong)
