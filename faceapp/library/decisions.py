"""Decisions about people: written to content hash and box, copied from there to the faces of today."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from faceapp.errors import FaceappError
from faceapp.library.connections import Database
from faceapp.library.matching import match_boxes
from faceapp.library.rows import chunks, now
from faceapp.library.tables import confirmation, face, person, photo
from faceapp.types import Box, Naming


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: no case, in every script."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


class LibraryPeopleStore:
    """The ``PeopleStore`` of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def name_faces(self, face_ids: Sequence[int], name: str) -> Naming:
        """Confirm faces as the person of that name (made if new; compared without case).

        Raises ``FaceappError`` for an unknown face or a name that the database refuses; then nothing is written.
        """
        wanted = sorted(set(face_ids))
        with self._database.write(durable=True) as connection:
            contents = _contents_of(connection, wanted)
            person_id, spelling = _find_or_make(connection, name)
            confirmed = _confirm(connection, wanted, contents, person_id)
            attached = attach_names(connection, contents)
            connection.execute(delete(person).where(person.c.id.not_in(select(confirmation.c.person_id))))
        return Naming(person_id, spelling, sorted(f for f, decision in attached.items() if decision in confirmed))


def attach_names(connection: Connection, contents: Iterable[bytes]) -> dict[int, int]:
    """Bring ``face.person_id`` in line with what is decided for these contents, in every file that has one.

    Returns the confirmation of each face that has one.
    """
    attached: dict[int, int] = {}
    updates: list[dict[str, int | None]] = []
    for some in chunks(sorted(set(contents))):
        decided, people = decided_for(connection, some)
        for content, photos in faces_by_photo(connection, list(decided)).items():
            for faces in photos.values():
                matched = match_boxes(faces, decided[content])
                attached |= matched
                updates += [{"face": f, "person": people[matched[f]] if f in matched else None} for f in faces]
    if updates:
        statement = update(face).where(face.c.id == bindparam("face"))
        statement = statement.where(face.c.person_id.is_distinct_from(bindparam("person")))
        connection.execute(statement.values(person_id=bindparam("person")), updates)
    return attached


def _contents_of(connection: Connection, face_ids: Sequence[int]) -> list[bytes]:
    """Return the contents of the files that faces lie in; refuse faces that are not here."""
    contents: set[bytes] = set()
    missing = set(face_ids)
    for some in chunks(face_ids):
        query = select(face.c.id, photo.c.content_hash).join(photo).where(face.c.id.in_(some))
        # The faces of a file that has changed are those of its earlier content.
        for face_id, content in connection.execute(query.where(photo.c.content_hash.is_not(None))):
            missing.discard(face_id)
            contents.add(content)
    if missing:
        numbers = ", ".join(str(number) for number in sorted(missing)[:10])
        raise FaceappError(f"There is no face {numbers} in this library. Look up the numbers again; nothing was named.")
    if not contents:
        raise FaceappError("No face is chosen. Choose the faces to name first.")
    return sorted(contents)


def _find_or_make(connection: Connection, name: str) -> tuple[int, str]:
    key = name_key(name)
    found = connection.execute(select(person.c.id, person.c.name).where(person.c.key == key)).one_or_none()
    if found is not None:
        return int(found.id), str(found.name)
    try:
        made = connection.execute(insert(person).values(name=name, key=key, created=now()).returning(person.c.id))
        return int(made.scalar_one()), name
    except IntegrityError as error:
        if isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_CHECK:
            raise FaceappError("A name has 1 to 200 characters. Type another name.") from error
        raise


def _confirm(connection: Connection, face_ids: Sequence[int], contents: Sequence[bytes], person_id: int) -> set[int]:
    """Write one confirmation a face, in place of what was decided for it before; return their ids."""
    wanted = set(face_ids)
    confirmed: list[tuple[bytes, Box]] = []
    replaced: set[int] = set()
    for some in chunks(contents):
        decided, _ = decided_for(connection, some)
        for content, photos in faces_by_photo(connection, some).items():
            boxes: list[Box] = []
            for faces in photos.values():
                earlier = match_boxes(faces, decided.get(content, {}))
                replaced.update(decision for face_id, decision in earlier.items() if face_id in wanted)
                chosen = {face_id: box for face_id, box in faces.items() if face_id in wanted}
                in_a_copy = match_boxes(chosen, dict(enumerate(boxes)))
                boxes += [box for face_id, box in chosen.items() if face_id not in in_a_copy]
            confirmed += [(content, box) for box in boxes]
    for old in chunks(sorted(replaced)):
        connection.execute(delete(confirmation).where(confirmation.c.id.in_(old)))
    last = connection.execute(select(func.max(confirmation.c.id))).scalar_one() or 0
    created = now()
    rows = [
        {"person_id": person_id, "content_hash": content, "created": created}
        | {"x": box.x, "y": box.y, "w": box.w, "h": box.h}
        for content, box in confirmed
    ]
    connection.execute(insert(confirmation), rows)
    return set(connection.execute(select(confirmation.c.id).where(confirmation.c.id > last)).scalars())


def decided_for(
    connection: Connection, contents: Sequence[bytes]
) -> tuple[dict[bytes, dict[int, Box]], dict[int, int]]:
    """Return the confirmed boxes of each content, and the person of each confirmation."""
    boxes: dict[bytes, dict[int, Box]] = defaultdict(dict)
    people: dict[int, int] = {}
    c = confirmation.c
    query = select(c.id, c.person_id, c.content_hash, c.x, c.y, c.w, c.h).where(c.content_hash.in_(contents))
    for id_, person_id, content, *box in connection.execute(query.order_by(c.id)):
        boxes[content][id_] = Box(*box)
        people[id_] = person_id
    return boxes, people


def faces_by_photo(connection: Connection, contents: Sequence[bytes]) -> dict[bytes, dict[int, dict[int, Box]]]:
    """Return the boxes of all faces, by content, photo and face."""
    photos: dict[bytes, dict[int, dict[int, Box]]] = defaultdict(lambda: defaultdict(dict))
    c = face.c
    query = select(photo.c.content_hash, photo.c.id, c.id, c.x, c.y, c.w, c.h).join_from(photo, face)
    for content, photo_id, face_id, *box in connection.execute(query.where(photo.c.content_hash.in_(contents))):
        photos[content][photo_id][face_id] = Box(*box)
    return photos
