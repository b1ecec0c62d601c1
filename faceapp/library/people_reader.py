"""What views and guesses ask about people. Every answer is one snapshot of the database.

Straight from the driver, in SQL: at a quarter of a million faces, SQLAlchemy's rows take as long as the query. Photos
out of view never count. ``membership`` holds no face that was decided, so its guesses need no look at the faces.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from faceapp.library.albums import albums_of
from faceapp.library.connections import Database
from faceapp.library.driver import Parameters, fetch, fetch_column
from faceapp.library.ledger.holds import ties_of
from faceapp.library.rows import from_microseconds, ids
from faceapp.types import FloatArray, IdArray, Person, PhotoState, Standing
from faceapp.types_people import FaceFacts, Group, Grouping, PersonDetails, PersonFaces, Ties
from faceapp.types_search import Album

_BLOCK = 8192  # rows turned into numbers at a time
_OFTEN = 6  # people named as often seen together

# Few photos are out of view, so a list of them is soon made and looked up in memory, unlike every photo of every face.
_OUT_OF_VIEW = f"""
SELECT id FROM photo WHERE state IN ({", ".join(f"'{state}'" for state in PhotoState if state != PhotoState.INDEXED)})
"""
_IN_VIEW = f"photo.state = '{PhotoState.INDEXED}'"

# From indexes that hold these columns in this order; to sort them would take three times as long. SQLite takes the
# plain column from the row that has the greatest norm or likeness: the best face is the cover.
_CONFIRMED = f"""
SELECT person_id, count(*), count(DISTINCT photo_id), face_id, max(norm)
FROM decided WHERE person_id IS NOT NULL AND photo_id NOT IN ({_OUT_OF_VIEW})
GROUP BY person_id
"""
# The photos are those in which the person is not confirmed as well.
_GUESSED = f"""
SELECT person_id, standing, count(*), face_id, max(score),
    count(DISTINCT CASE WHEN standing = {Standing.AUTOMATIC} AND NOT EXISTS (
        SELECT 1 FROM decided
        WHERE decided.person_id = membership.person_id AND decided.photo_id = membership.photo_id
    ) THEN photo_id END)
FROM membership WHERE person_id IS NOT NULL AND photo_id NOT IN ({_OUT_OF_VIEW})
GROUP BY person_id, standing
"""
# Of a face that was chosen, any copy will do.
_COVERS = f"""
SELECT person.id, min(face_id)
FROM person
CROSS JOIN decided ON place_id = person.cover_id
CROSS JOIN photo ON photo.id = photo_id
WHERE :person IN (0, person.id) AND {_IN_VIEW}
GROUP BY person.id
"""
# The faces of one person, known and guessed. The worthiest is the cover: no likeness is above 1, no norm below 0.
_HERS = f"""
SELECT face_id, photo_id, {Standing.CONFIRMED} AS standing, 1.0 AS likeness, 2 + norm AS worth
FROM decided WHERE person_id = :person
UNION ALL
SELECT face_id, photo_id, standing, score, score FROM membership WHERE person_id = :person
"""
_DETAILS = f"""
SELECT
    count(CASE WHEN standing < {Standing.SUGGESTED} THEN 1 END),
    count(DISTINCT CASE WHEN standing < {Standing.SUGGESTED} THEN photo_id END),
    count(CASE standing WHEN {Standing.AUTOMATIC} THEN 1 END),
    count(CASE standing WHEN {Standing.SUGGESTED} THEN 1 END),
    min(CASE WHEN standing < {Standing.SUGGESTED} THEN shown_us END),
    max(CASE WHEN standing < {Standing.SUGGESTED} THEN shown_us END),
    face_id,
    max(CASE WHEN standing < {Standing.SUGGESTED} THEN worth END)
FROM ({_HERS}) AS hers CROSS JOIN photo ON photo.id = hers.photo_id
WHERE {_IN_VIEW}
"""
_PERSON_FACES = f"""
SELECT face_id, photo_id, standing, likeness, shown_us
FROM ({_HERS}) AS hers CROSS JOIN photo ON photo.id = hers.photo_id
WHERE {_IN_VIEW} AND standing <= :standing
ORDER BY shown_us DESC, photo_id DESC, face_id
"""
_OFTEN_WITH = f"""
WITH together AS MATERIALIZED (
    SELECT DISTINCT photo_id FROM ({_HERS})
    WHERE standing < {Standing.SUGGESTED} AND photo_id NOT IN ({_OUT_OF_VIEW})
)
SELECT other, count(DISTINCT photo_id) AS photos, name
FROM (
    SELECT face.photo_id, coalesce(decided.person_id, membership.person_id) AS other
    FROM together
    CROSS JOIN face ON face.photo_id = together.photo_id
    LEFT JOIN decided ON decided.face_id = face.id
    LEFT JOIN membership
        ON decided.person_id IS NULL AND membership.face_id = face.id AND standing = {Standing.AUTOMATIC}
)
CROSS JOIN person ON person.id = other
WHERE other <> :person
GROUP BY other
ORDER BY photos DESC, key
LIMIT {_OFTEN}
"""
_HIDDEN = f"""
SELECT face_id
FROM decided CROSS JOIN photo ON photo.id = photo_id
WHERE hidden IS NOT NULL AND {_IN_VIEW}
ORDER BY shown_us DESC, photo_id DESC, face_id
"""
_GROUPS = f"""
SELECT group_id, count(*), count(DISTINCT photo_id), face_id, max(score)
FROM membership WHERE group_id > 0 AND photo_id NOT IN ({_OUT_OF_VIEW})
GROUP BY group_id
HAVING count(*) > 1
"""
_GROUP_FACES = f"""
SELECT face_id
FROM membership CROSS JOIN photo ON photo.id = membership.photo_id
WHERE group_id > 0 AND group_id = ? AND {_IN_VIEW}
ORDER BY score DESC, face_id
"""
_WAITING = f"""
SELECT count(*) FROM membership
WHERE person_id IS NOT NULL AND standing = {Standing.SUGGESTED} AND photo_id NOT IN ({_OUT_OF_VIEW})
"""
_PHOTOS = f"SELECT id, content_hash, shown_us FROM photo NOT INDEXED WHERE {_IN_VIEW} ORDER BY id"
_FACES = f"""
SELECT id, face.photo_id, coalesce(person_id, 0), face.norm, score
FROM face LEFT JOIN decided ON face_id = id
WHERE hidden IS NULL AND face.photo_id NOT IN ({_OUT_OF_VIEW})
ORDER BY id
"""
_GUESSES = """
SELECT face_id, group_id, coalesce(person_id, 0), standing, score, margin, coalesce(runner_up, 0)
FROM membership NOT INDEXED ORDER BY face_id
"""


class LibraryPeopleReader:
    """The ``PeopleReader`` of a library. Safe from any thread; never waits for a write.

    ``model`` is the embedder in use: albums know embeddings of that one only.
    """

    def __init__(self, database: Database, model: str = "") -> None:
        self._database = database
        self._model = model

    def details(self, person_id: int) -> PersonDetails | None:
        """Return what the page of a person says; None if there is no such person. ``first`` and ``last`` are naive."""
        asked = {"person": int(person_id)}
        with self._database.read() as connection:
            found = fetch(connection, "SELECT name, born FROM person WHERE id = :person", asked)
            if not found:
                return None
            (numbers,) = fetch(connection, _DETAILS, asked)
            chosen = fetch(connection, _COVERS, asked)
            often = fetch(connection, _OFTEN_WITH, asked)
        faces, photos, automatic, suggested, first, last, best, _ = numbers
        ((name, born),) = found
        return PersonDetails(
            id=asked["person"],
            name=name,
            faces=faces,
            automatic=automatic,
            suggested=suggested,
            photos=photos,
            born=None if born is None else date.fromisoformat(born),
            first=from_microseconds(first),
            last=from_microseconds(last),
            cover_face_id=chosen[0][1] if chosen else best if faces else None,
            often_with=tuple((other, called, together) for other, together, called in often),
        )

    def person_faces(self, person_id: int, *, suggested: bool = False) -> PersonFaces:
        """Return the faces of a person, newest first, the suggested ones where asked for."""
        asked = {"person": int(person_id), "standing": Standing.SUGGESTED if suggested else Standing.AUTOMATIC}
        with self._database.read() as connection:
            table = _table(connection, _PERSON_FACES, 5, asked)
        face_ids, photo_ids, standings, scores, shown = table
        return PersonFaces(_ids(face_ids), _ids(photo_ids), _ids(standings), _floats(scores), _ids(shown))

    def albums(self) -> list[Album]:
        """Return the albums in order of name, their faces as faces of today."""
        with self._database.read() as connection:
            return albums_of(connection, self._model)

    def hidden_ids(self) -> IdArray:
        """Return the hidden faces, newest photo first."""
        return self._ids(_HIDDEN)

    def groups(self) -> list[Group]:
        """Return the groups without a name that have two faces or more, most faces first."""
        with self._database.read() as connection:
            found = [Group(id_, faces, photos, cover) for id_, faces, photos, cover, _ in fetch(connection, _GROUPS)]
        return sorted(found, key=lambda group: (-group.faces, group.id))

    def group_faces(self, group_id: int) -> IdArray:
        """Return the faces of a group, the most typical first."""
        return self._ids(_GROUP_FACES, (int(group_id),))

    def guesses_waiting(self) -> int:
        """Return how many faces have a suggested person."""
        with self._database.read() as connection:
            (number,) = fetch_column(connection, _WAITING)
            return int(number)

    def facts(self) -> FaceFacts:
        """Return what grouping needs to know of all faces in view that are not hidden, in order of face id."""
        contents: dict[bytes, int] = {}
        with self._database.read() as connection:
            photos = np.array(
                [(id_, contents.setdefault(hash_, len(contents)), us) for id_, hash_, us in fetch(connection, _PHOTOS)],
                np.int64,
            ).reshape(-1, 3)
            face_ids, owners, people, norm, score = _table(connection, _FACES, 5)
        photo_ids = _ids(owners)
        rows = np.searchsorted(photos[:, 0], photo_ids)
        return FaceFacts(
            face_ids=_ids(face_ids),
            photo_ids=photo_ids,
            contents=photos[rows, 1],
            person_ids=_ids(people),
            norm=_floats(norm),
            score=_floats(score),
            shown_us=photos[rows, 2],
        )

    def ties(self) -> Ties:
        """Return what the user said, as faces and people of today."""
        with self._database.read() as connection:
            return ties_of(connection)

    def grouping(self) -> Grouping:
        """Return the guesses that are stored, in order of face id; confirmed faces are left out."""
        with self._database.read() as connection:
            return guesses_of(connection)

    def _ids(self, query: str, parameters: Sequence[int] = ()) -> IdArray:
        with self._database.read() as connection:
            return ids(fetch_column(connection, query, parameters))


def people_of(connection: Connection) -> list[Person]:
    """Return every person with confirmed and automatic faces, most faces first, then by name."""
    confirmed = {row[0]: row[1:4] for row in fetch(connection, _CONFIRMED)}
    guessed = {row[:2]: row[2:] for row in fetch(connection, _GUESSED)}
    covers = dict(fetch(connection, _COVERS, {"person": 0}))
    people = []
    for id_, name in fetch(connection, "SELECT id, name FROM person ORDER BY key"):
        faces, photos, best = confirmed.get(id_, (0, 0, None))
        automatic, likeliest, _, more_photos = guessed.get((id_, Standing.AUTOMATIC), (0, None, 0, 0))
        suggested, *_ = guessed.get((id_, Standing.SUGGESTED), (0,))
        cover = covers.get(id_, likeliest if best is None else best)
        people.append(Person(id_, name, faces + automatic, photos + more_photos, cover, automatic, suggested))
    return sorted(people, key=lambda one: -one.faces)


def guesses_of(connection: Connection) -> Grouping:
    """Return the guesses that are stored, in order of face id."""
    face_ids, groups, people, standings, scores, margins, runner_ups = _table(connection, _GUESSES, 7)
    return Grouping(
        face_ids=_ids(face_ids),
        group_ids=_ids(groups),
        person_ids=_ids(people),
        standings=_ids(standings),
        scores=_floats(scores),
        margins=_floats(margins),
        runner_ups=_ids(runner_ups),
    )


def _table(connection: Connection, query: str, columns: int, parameters: Parameters = ()) -> NDArray[np.float64]:
    """Return numbers as (columns, N). Doubles hold ids and microseconds exactly."""
    blocks = [np.empty((0, columns))]
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(query, parameters)
        while block := cursor.fetchmany(_BLOCK):
            numbers = np.fromiter(chain.from_iterable(block), np.float64, len(block) * columns)
            blocks.append(numbers.reshape(-1, columns))
    return np.concatenate(blocks).T


def _ids(column: NDArray[np.float64]) -> IdArray:
    return column.astype(np.int64)


def _floats(column: NDArray[np.float64]) -> FloatArray:
    return column.astype(np.float32)
