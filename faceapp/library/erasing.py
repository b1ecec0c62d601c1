"""Forgetting for good: nothing of what goes can be found in the database file afterwards.

Unlike every other step this is no decision of the ledger: it takes decisions out of it, and cannot be undone. So the
file is written anew without them, and its log is emptied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from faceapp.errors import FaceappError, LibraryError
from faceapp.library.backups import forget_caches
from faceapp.library.connections import Database
from faceapp.library.driver import fetch, fetch_column, run, run_many
from faceapp.library.layout import DATABASE_FILE
from faceapp.library.ledger.holds import THESE_PLACES, Finals, Kind, listed, states_sql
from faceapp.library.ledger.settling import name_key, settle, touch
from faceapp.library.lock import LibraryLock
from faceapp.library.migrations import MIGRATIONS, check_version, version_of
from faceapp.types_upkeep import Forgetting

# From the leaves to the roots, so that no key points at nothing. The list of folders and what the library says of
# itself stay.
_EMPTIED = ("membership", "decided", "decision", "step", "person", "place", "embedding", "face", "photo")

_THEM = "(SELECT value FROM json_each(:people))"
_MINE = f"(person_id IN {_THEM} OR other_person_id IN {_THEM})"
_OF_ALBUMS = """
(kind = 'album' AND json_extract(value, '$.album') IN (SELECT value FROM json_each(:albums))
    OR kind = 'album face' AND step_id IN (
        SELECT step_id FROM decision
        WHERE kind = 'album' AND json_extract(value, '$.album') IN (SELECT value FROM json_each(:albums))))
"""
_GOES = f"({_MINE} OR {_OF_ALBUMS})"
_PLACES = f"SELECT place_id FROM decision WHERE {_GOES} AND place_id IS NOT NULL"
_UNUSED = """
SELECT touched.place_id FROM touched
WHERE NOT EXISTS (SELECT 1 FROM decision WHERE place_id = touched.place_id)
    AND NOT EXISTS (SELECT 1 FROM decision WHERE other_id = touched.place_id)
"""


@dataclass(frozen=True, slots=True)
class _Traces:
    """Where a person stands in the ledger."""

    people: frozenset[int]  # they and everybody who became them
    names: frozenset[str]  # all that they ever had
    albums: dict[int, str]  # that look for them or bear their name: id and last name

    @property
    def parameters(self) -> dict[str, str]:
        return {"people": listed(self.people), "albums": listed(self.albums)}


def forgetting(connection: Connection, person_id: int, *, backups: int) -> Forgetting:
    """Return what would go with a person."""
    traces = _traces(connection, person_id)
    (name,) = fetch_column(connection, "SELECT name FROM person WHERE id = ?", (person_id,))
    (faces,) = fetch_column(connection, "SELECT count(*) FROM decided WHERE person_id = ?", (person_id,))
    sql = f"SELECT count(DISTINCT step_id) FROM decision WHERE {_GOES}"
    (steps,) = fetch_column(connection, sql, traces.parameters)
    return Forgetting(person_id, name, faces, steps, tuple(sorted(traces.albums.values(), key=name_key)), backups)


def forget_person(database: Database, person_id: int) -> None:
    """Erase a person: name, every decision that names them, and the albums that look for them."""
    with database.exclusive():
        with database.write(durable=True) as connection:
            _forget(connection, person_id)
        database.compact()


def erase(folder: Path, *, folders: bool) -> None:
    """Erase all that was found in photos and all that was said of it, from a library that nobody has open."""
    path = folder / DATABASE_FILE
    lock = LibraryLock(folder)
    try:
        version = version_of(path)
        check_version(path, version)
        if version < MIGRATIONS[-1].version:
            raise LibraryError(
                f"The library {folder} was written by an older Faceapp. Open it once in the window, then erase it."
            )
        database = Database(path, write=True)
        try:
            with database.write(durable=True) as connection:
                for table in (*_EMPTIED, "folder") if folders else _EMPTIED:
                    run(connection, f"DELETE FROM {table}")
            database.compact()
        finally:
            database.close()
        forget_caches(folder, thumbnails=True)
    finally:
        lock.release()


def _forget(connection: Connection, person_id: int) -> None:
    # What was undone could be done again.
    run(connection, "DELETE FROM decision WHERE step_id IN (SELECT id FROM step WHERE undone = 1)")
    run(connection, "DELETE FROM step WHERE undone = 1")
    traces = _traces(connection, person_id)
    parameters = traces.parameters
    touch(connection, _PLACES, parameters)
    emptied = fetch_column(connection, f"SELECT DISTINCT step_id FROM decision WHERE {_GOES}", parameters)
    run(connection, f"DELETE FROM decision WHERE {_GOES}", parameters)
    _forget_steps(connection, emptied)
    _scrub(connection, traces)
    settle(connection, traces.people)
    them = {"people": parameters["people"]}
    run(connection, f"UPDATE membership SET runner_up = NULL WHERE runner_up IN {_THEM}", them)
    unused = [(place,) for place in fetch_column(connection, _UNUSED)]
    run_many(connection, "DELETE FROM decided WHERE place_id = ?", unused)
    run_many(connection, "DELETE FROM place WHERE id = ?", unused)


def _forget_steps(connection: Connection, step_ids: Iterable[int]) -> None:
    """Forget the steps of these that say nothing any more."""
    sql = """
        DELETE FROM step WHERE id IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (SELECT 1 FROM decision WHERE step_id = step.id)
    """
    run(connection, sql, (listed(step_ids),))


def _scrub(connection: Connection, traces: _Traces) -> None:
    """Take names out of the words of the steps that stay. A name that somebody else has or had stays where it is."""
    others = fetch_column(connection, "SELECT DISTINCT value FROM decision WHERE kind = 'name' AND value IS NOT NULL")
    gone = traces.names - set(others)
    for step_id, people in fetch(connection, "SELECT id, people FROM step"):
        named = json.loads(people)
        kept = [name for name in named if name not in gone]
        if kept != named:
            told = json.dumps(kept, ensure_ascii=False)
            run(connection, "UPDATE step SET people = ? WHERE id = ?", (told, step_id))


def _traces(connection: Connection, person_id: int) -> _Traces:
    if not fetch(connection, "SELECT 1 FROM person WHERE id = ?", (person_id,)):
        raise FaceappError(f"There is no person {person_id} in this library any more. Nothing was changed.")
    people = frozenset(Finals(connection).members([person_id]))
    sql = """
        SELECT DISTINCT value FROM decision
        WHERE kind = 'name' AND value IS NOT NULL AND person_id IN (SELECT value FROM json_each(?))
    """
    names = frozenset(fetch_column(connection, sql, (listed(people),)))
    return _Traces(people, names, _albums(connection, people, names))


def _albums(connection: Connection, people: Collection[int], names: Collection[str]) -> dict[int, str]:
    """Return the albums that looked for a person or bore their name at any time."""
    keys = {name_key(name) for name in names}
    whole = re.compile("|".join(rf"(?<!\w){re.escape(key)}(?!\w)" for key in sorted(keys)) or r"(?!)")
    found: set[int] = set()
    called: dict[int, str] = {}
    places: dict[int, list[int]] = {}
    for value in fetch_column(connection, f"SELECT value FROM decision WHERE kind = '{Kind.ALBUM}' ORDER BY step_id"):
        said: dict[str, Any] = json.loads(value)
        album_id = said["album"]
        if "gone" in said:
            continue
        called[album_id] = said["name"]
        search = said["search"]
        labels = {name_key(face["label"]) for face in search["faces"]}
        if set(search["filter"]["people"]) & set(people) or labels & keys or whole.search(name_key(said["name"])):
            found.add(album_id)
        places.setdefault(album_id, []).extend(face["place"] for face in search["faces"] if "place" in face)
    sql = f"{states_sql(THESE_PLACES)} SELECT place_id FROM state WHERE person_id IN {_THEM}"
    asked = {"places": listed({place for some in places.values() for place in some}), "people": listed(people)}
    theirs = set(fetch_column(connection, sql, asked))
    found |= {album_id for album_id, some in places.items() if theirs & set(some)}
    return {album_id: called[album_id] for album_id in sorted(found)}
