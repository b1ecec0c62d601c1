"""Places: where in a picture of some content the faces lie that something was decided about.

A place is made when something is decided about a face that has none. Every face of today that lies there, in any
copy of the file, has a row with its number in ``decided``; who it is follows from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from sqlalchemy import Connection, select

from faceapp.errors import FaceappError
from faceapp.library.driver import fetch, fetch_column, run, run_many
from faceapp.library.ledger.holds import listed
from faceapp.library.matching import match_boxes
from faceapp.library.rows import chunks, last_id
from faceapp.library.tables import face, photo, place
from faceapp.types import Box

# Faces that a decision is about. ``place_id`` is NULL where there is none yet; such a place gets the number that the
# last place has, plus ``number``.
_CHOOSE = (
    """
    CREATE TEMP TABLE IF NOT EXISTS chosen (
        face_id INTEGER NOT NULL PRIMARY KEY, number INTEGER NOT NULL, photo_id INTEGER NOT NULL, content BLOB NOT NULL,
        place_id INTEGER, x FLOAT NOT NULL, y FLOAT NOT NULL, w FLOAT NOT NULL, h FLOAT NOT NULL, norm FLOAT NOT NULL
    )
    """,
    "DELETE FROM chosen",
)
_FILL = """
INSERT INTO chosen SELECT f.id, here.key + 1, p.id, p.content_hash, d.place_id, f.x, f.y, f.w, f.h, f.norm
FROM json_each(?) here CROSS JOIN face f ON f.id = here.value CROSS JOIN photo p ON p.id = f.photo_id
LEFT JOIN decided d ON d.face_id = f.id
WHERE p.content_hash IS NOT NULL
"""
_IN_COPIES = """
SELECT face_id, content FROM chosen WHERE place_id IS NULL
    AND EXISTS (SELECT 1 FROM photo p WHERE p.content_hash = chosen.content AND p.id != chosen.photo_id)
"""
_MAKE = """
INSERT INTO place (id, content_hash, x, y, w, h) SELECT ? + number, content, x, y, w, h
FROM chosen WHERE place_id IS NULL ORDER BY face_id
"""
_KNOWN = "SELECT face_id, place_id FROM chosen WHERE place_id IS NOT NULL"
_PUT_IN = """
INSERT INTO decided (face_id, photo_id, place_id, person_id, norm) SELECT face_id, photo_id, ? + number, ?, norm
FROM chosen WHERE place_id IS NULL ORDER BY face_id
"""
_PUT_PERSON = """
UPDATE decided SET person_id = ? WHERE place_id IN (SELECT value FROM json_each(?)) RETURNING face_id
"""
_LINK = """
INSERT INTO decided (face_id, photo_id, place_id, norm) SELECT id, photo_id, ?, norm FROM face WHERE id = ?
ON CONFLICT (face_id) DO UPDATE SET place_id = excluded.place_id WHERE place_id != excluded.place_id
"""
_DROP_GUESSES = "DELETE FROM membership WHERE face_id IN (SELECT face_id FROM chosen WHERE place_id IS NULL)"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The places of faces that a decision is about.

    Those in ``fresh`` have just been made, each for one face without copies, which is put in by ``put_in``. Nothing
    can have been said of them.
    """

    places: list[int]  # in the order of the faces, each once
    fresh: dict[int, int]  # face by place
    last: int  # place before the fresh ones


def places_of(connection: Connection, face_ids: Sequence[int]) -> list[int]:
    """Return the places of faces, in their order; copies of one face share theirs. Make those that are missing.

    Raises ``FaceappError`` for a face that is not here. The faces of a file that has changed are none: they are
    those of its earlier content.
    """
    chosen = choose(connection, face_ids)
    put_in(connection, chosen)
    return chosen.places


def choose(connection: Connection, face_ids: Sequence[int]) -> Chosen:
    """Find the places of faces as ``places_of`` does, but leave it to ``put_in`` to put faces into the fresh ones."""
    wanted = dict.fromkeys(map(int, face_ids))
    in_order = sorted(wanted)  # for neighbours share pages of the database
    if not wanted:
        raise FaceappError("No face is chosen. Choose the faces first.")
    for sql in _CHOOSE:
        run(connection, sql)
    found = run(connection, _FILL, (listed(in_order),))
    if found < len(wanted):
        missing = sorted(wanted.keys() - set(fetch_column(connection, "SELECT face_id FROM chosen")))
        numbers = ", ".join(str(number) for number in missing[:10])
        raise FaceappError(
            f"There is no face {numbers} in this library. Look up the numbers again; nothing was changed."
        )
    shared: dict[bytes, set[int]] = defaultdict(set)
    for face_id, content in fetch(connection, _IN_COPIES):
        shared[content].add(face_id)
    for some in chunks(list(shared)):
        _place_in_copies(connection, some, shared)
    last = last_id(connection, place)
    run(connection, _MAKE, (last,))
    places: dict[int, int] = dict(fetch(connection, _KNOWN))
    fresh = {last + number: face_id for number, face_id in enumerate(in_order, 1) if face_id not in places}
    places |= {face_id: number for number, face_id in fresh.items()}
    return Chosen(list(dict.fromkeys(places[face_id] for face_id in wanted)), fresh, last)


def put_in(connection: Connection, chosen: Chosen, person_id: int | None = None) -> list[int]:
    """Put faces into the fresh places that were chosen last; ``person_id`` if they are just said to be a person.

    That is all that settling would come to, where nothing else can have been said. Return these faces.
    """
    if chosen.fresh:
        run(connection, _PUT_IN, (chosen.last, person_id))
        if person_id is not None:
            run(connection, _DROP_GUESSES)
    return list(chosen.fresh.values())


def put_person(connection: Connection, places: Iterable[int], person_id: int) -> list[int]:
    """Let the faces in places be a person, where nothing else holds. Return these faces."""
    faces = fetch_column(connection, _PUT_PERSON, (person_id, listed(places)))
    run(connection, "DELETE FROM membership WHERE face_id IN (SELECT value FROM json_each(?))", (listed(faces),))
    return faces


def link(connection: Connection, links: Sequence[tuple[int, int | None]]) -> None:
    """Note in which place faces lie; None takes a face out of its place."""
    run_many(connection, _LINK, [(number, face_id) for face_id, number in links if number is not None])
    out = [(face_id,) for face_id, number in links if number is None]
    run_many(connection, "DELETE FROM decided WHERE face_id = ?", out)


def attach(connection: Connection, contents: Iterable[bytes]) -> set[int]:
    """Find the faces of today that lie in the places of these contents, in every file; return the places."""
    known: set[int] = set()
    for some in chunks(sorted(set(contents))):
        places = places_in(connection, some)
        links: list[tuple[int, int | None]] = []
        for content, photos in faces_by_photo(connection, list(places)).items():
            for faces in photos.values():
                matched = match_boxes(faces, places[content])
                links += [(face_id, matched.get(face_id)) for face_id in faces]
        link(connection, links)
        known.update(number for there in places.values() for number in there)
    return known


def places_in(connection: Connection, contents: Sequence[bytes]) -> dict[bytes, dict[int, Box]]:
    """Return the places of each content that has some, in order of their numbers."""
    places: dict[bytes, dict[int, Box]] = defaultdict(dict)
    c = place.c
    query = select(c.content_hash, c.id, c.x, c.y, c.w, c.h).where(c.content_hash.in_(contents))
    for content, number, *box in connection.execute(query.order_by(c.id)):
        places[content][number] = Box(*box)
    return places


def faces_by_photo(connection: Connection, contents: Sequence[bytes]) -> dict[bytes, dict[int, dict[int, Box]]]:
    """Return the boxes of all faces, by content, photo and face."""
    photos: dict[bytes, dict[int, dict[int, Box]]] = defaultdict(lambda: defaultdict(dict))
    c = face.c
    query = select(photo.c.content_hash, photo.c.id, c.id, c.x, c.y, c.w, c.h).join_from(photo, face)
    query = query.where(photo.c.content_hash.in_(contents)).order_by(photo.c.id, c.id)
    for content, photo_id, face_id, *box in connection.execute(query):
        photos[content][photo_id][face_id] = Box(*box)
    return photos


def _place_in_copies(connection: Connection, contents: Sequence[bytes], wanted: dict[bytes, set[int]]) -> None:
    """Make the places that faces in copies of files lack, and find all faces that lie in the places of these files."""
    numbered = count(last_id(connection, place) + 1)
    places = places_in(connection, contents)
    made: list[tuple[int, bytes, float, float, float, float]] = []
    links: list[tuple[int, int | None]] = []
    for content, photos in faces_by_photo(connection, contents).items():
        known = dict(places.get(content, {}))
        equal = None if known else _equal_boxes(photos, wanted[content])
        if equal is not None:
            new = {next(numbered): box for box in equal}
            links += [(face_id, number) for number, box in new.items() for face_id in equal[box]]
        else:
            new = {}
            for faces in photos.values():
                matched = match_boxes(faces, known)
                lacking = [face_id for face_id in faces if face_id in wanted[content] and face_id not in matched]
                new |= {next(numbered): faces[face_id] for face_id in lacking}
                known |= new
            links += [pair for faces in photos.values() for pair in match_boxes(faces, known).items()]
        made += [(number, content, box.x, box.y, box.w, box.h) for number, box in new.items()]
    run_many(connection, "INSERT INTO place (id, content_hash, x, y, w, h) VALUES (?, ?, ?, ?, ?, ?)", made)
    link(connection, links)
    run_many(connection, "UPDATE chosen SET place_id = ? WHERE face_id = ?", [(n, face_id) for face_id, n in links])


def _equal_boxes(photos: dict[int, dict[int, Box]], wanted: Collection[int]) -> dict[Box, list[int]] | None:
    """Return the faces in each box that has a wanted one, if all copies have equal boxes, as copies mostly do."""
    by_box: dict[Box, list[int]] = defaultdict(list)
    for faces in photos.values():
        for face_id, box in faces.items():
            by_box[box].append(face_id)
    equal = {box: faces for box, faces in by_box.items() if not set(faces).isdisjoint(wanted)}
    one_each = all(len(faces) == len(photos) == len(set(faces)) for faces in equal.values())
    one_each = one_each and all(len(set(faces.values())) == len(faces) for faces in photos.values())
    return equal if one_each else None
