"""What the window and the command line ask. Every answer is one snapshot of the database."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from faceapp.library import vectors
from faceapp.library.connections import Database
from faceapp.library.people_reader import people_of
from faceapp.library.rows import chunks, decode_path, from_microseconds, ids
from faceapp.library.tables import decided, embedding, face, folder, membership, person, photo
from faceapp.types import (
    Box,
    Counts,
    Face,
    FloatArray,
    Folder,
    Guess,
    HideReason,
    IdArray,
    Person,
    Photo,
    PhotoState,
    Problem,
    Quality,
    Standing,
)

_BLOCK = 4096  # vectors turned into numbers at a time
_IN_VIEW = photo.c.state == PhotoState.INDEXED
_NEWEST_FIRST = (photo.c.shown_us.desc(), photo.c.id.desc())
_NOT_HIDDEN = face.c.id.not_in(select(decided.c.face_id).where(decided.c.hidden.is_not(None)))


# CROSS JOIN keeps this order of tables: SQLite's planner would start at the photos and then sort all vectors.
_ALL_VECTORS = """
SELECT face.id, face.photo_id, embedding.vector, embedding.crc32
FROM face
CROSS JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
CROSS JOIN photo ON photo.id = face.photo_id
WHERE photo.state = ?
ORDER BY face.id
"""
_VECTORS = (
    select(face.c.id, face.c.photo_id, embedding.c.vector, embedding.c.crc32)
    .select_from(face)
    .join(embedding)
    .join(photo)
    .where(_IN_VIEW)
    .order_by(face.c.id)
)


class LibraryReader:
    """The ``Reader`` of a library. Safe from any thread; never waits for a write."""

    def __init__(self, database: Database, model: str) -> None:
        self._database = database
        self._model = model

    def counts(self, min_score: float) -> Counts:
        """Return the numbers of what views show; ``photos`` are those that were read."""
        with self._database.read() as connection:
            query = select(photo.c.state, func.count().label("number")).group_by(photo.c.state)
            states: dict[str, int] = {row.state: row.number for row in connection.execute(query)}
            ignored = select(func.count()).where(photo.c.state == PhotoState.FAILED, photo.c.ignored == 1)
            faces = select(func.count()).select_from(photo).join(face)
            faces = faces.where(_IN_VIEW, face.c.score >= min_score, _NOT_HIDDEN)
            return Counts(
                photos=states.get(PhotoState.INDEXED, 0),
                faces=connection.execute(faces).scalar_one(),
                people=connection.execute(select(func.count()).select_from(person)).scalar_one(),
                pending=states.get(PhotoState.PENDING, 0),
                failed=states.get(PhotoState.FAILED, 0) - connection.execute(ignored).scalar_one(),
            )

    def folders(self) -> list[Folder]:
        with self._database.read() as connection:
            return folders_of(connection)

    def problems(self) -> list[Problem]:
        query = select(photo.c.id, folder.c.path, photo.c.path, photo.c.reason).join(folder)
        with self._database.read() as connection:
            rows = connection.execute(query.where(photo.c.state == PhotoState.FAILED, photo.c.ignored == 0))
            found = [Problem(id_, decode_path(root) / decode_path(path), reason) for id_, root, path, reason in rows]
        return sorted(found, key=lambda problem: problem.path)

    def photo_ids(self, *, folder_id: int | None = None, person_id: int | None = None) -> IdArray:
        query = select(photo.c.id).where(_IN_VIEW).order_by(*_NEWEST_FIRST)
        if folder_id is not None:
            query = query.where(photo.c.folder_id == folder_id)
        if person_id is not None:
            query = query.where(photo.c.id.in_(select(decided.c.photo_id).where(decided.c.person_id == person_id)))
        return self._ids(query)

    def face_ids(self, *, min_score: float, folder_id: int | None = None, person_id: int | None = None) -> IdArray:
        query = select(face.c.id).join_from(photo, face).where(_IN_VIEW, _NOT_HIDDEN)
        query = query.order_by(*_NEWEST_FIRST, face.c.id)
        if folder_id is not None:
            query = query.where(photo.c.folder_id == folder_id)
        if person_id is None:
            query = query.where(face.c.score >= min_score)
        else:
            query = query.join(decided).where(decided.c.person_id == person_id)
        return self._ids(query)

    def photos(self, ids: Sequence[int]) -> list[Photo]:
        query = select(photo, folder.c.path.label("root")).join(folder)
        found: dict[int, Photo] = {}
        with self._database.read() as connection:
            for some in chunks(_plain(ids)):
                for row in connection.execute(query.where(photo.c.id.in_(some))):
                    found[row.id] = _photo(row)
        return [found[id_] for id_ in _plain(ids) if id_ in found]

    def faces(self, ids: Sequence[int]) -> list[Face]:
        found: dict[int, Face] = {}
        with self._database.read() as connection:
            for some in chunks(_plain(ids)):
                for row in connection.execute(_FACES.where(face.c.id.in_(some))):
                    found[row.id] = _face(row)
        return [found[id_] for id_ in _plain(ids) if id_ in found]

    def faces_of_photo(self, photo_id: int, min_score: float) -> list[Face]:
        query = _FACES.where(face.c.photo_id == photo_id)
        was_decided = decided.c.person_id.is_not(None) | decided.c.hidden.is_not(None)
        query = query.where((face.c.score >= min_score) | was_decided)
        with self._database.read() as connection:
            return [_face(row) for row in connection.execute(query.order_by(face.c.x, face.c.id))]

    def people(self) -> list[Person]:
        with self._database.read() as connection:
            return people_of(connection)

    def embeddings(self) -> tuple[IdArray, IdArray, FloatArray]:
        with self._database.read() as connection:
            return embeddings_of(connection, self._model)

    def _ids(self, query: Select[int]) -> IdArray:
        with self._database.read() as connection:
            return ids(connection.execute(query).scalars().all())


def embeddings_of(
    connection: Connection, model: str, photo_ids: Sequence[int] | None = None
) -> tuple[IdArray, IdArray, FloatArray]:
    """Return face ids, photo ids and unit vectors of photos in view, in order of face id.

    With ``photo_ids``, of these photos only, in order of face id within each ``CHUNK`` of them.
    Vectors that are damaged are left out; ``doctor`` lists them.
    """
    face_ids: list[int] = []
    owners: list[int] = []
    parts: list[NDArray[np.float16]] = []
    length: int | None = None  # bytes of a vector
    for some in [None] if photo_ids is None else chunks(sorted(photo_ids)):
        for block in _vector_rows(connection, model, some):
            sound = [row for row in block if vectors.checksum(row[2]) == row[3]]
            if sound and length is None:
                length = len(sound[0][2])
            sound = [row for row in sound if len(row[2]) == length]
            if sound:
                face_ids += [row[0] for row in sound]
                owners += [row[1] for row in sound]
                parts.append(vectors.from_blobs([row[2] for row in sound]))
    if not parts:
        return ids(()), ids(()), np.zeros((0, 0), np.float32)
    matrix = np.empty((len(face_ids), parts[0].shape[1]), np.float32)
    row_number = 0
    for part in parts:  # block by block: the temporaries of all rows at once would take as much again
        matrix[row_number : row_number + len(part)] = vectors.unpack(part)
        row_number += len(part)
    return ids(face_ids), ids(owners), matrix


def _vector_rows(
    connection: Connection, model: str, photo_ids: Sequence[int] | None
) -> Iterator[Sequence[Sequence[Any]]]:
    """Yield blocks of face id, photo id, vector, checksum."""
    if photo_ids is not None:
        query = _VECTORS.where(embedding.c.model == model, photo.c.id.in_(photo_ids))
        yield from connection.execute(query).partitions(_BLOCK)
        return
    # Straight from the driver: at a quarter of a million rows, SQLAlchemy's rows take as long as the query.
    with contextlib.closing(connection.connection.cursor()) as cursor:
        cursor.execute(_ALL_VECTORS, (model, PhotoState.INDEXED.value))
        while block := cursor.fetchmany(_BLOCK):
            yield block


def folders_of(connection: Connection, only: ColumnElement[bool] | None = None) -> list[Folder]:
    """Return folders with their counts, in order of path."""
    query = select(folder.c.id, folder.c.path)
    rows = connection.execute(query if only is None else query.where(only)).all()
    counted = select(photo.c.folder_id, photo.c.state, func.count()).group_by(photo.c.folder_id, photo.c.state)
    counted = counted.where((photo.c.state != PhotoState.FAILED) | (photo.c.ignored == 0))
    if only is not None:
        counted = counted.where(photo.c.folder_id.in_([row.id for row in rows]))
    states = {(folder_id, state): number for folder_id, state, number in connection.execute(counted)}
    found = []
    for id_, path in rows:
        pending, indexed, failed = (
            states.get((id_, state), 0) for state in (PhotoState.PENDING, PhotoState.INDEXED, PhotoState.FAILED)
        )
        found.append(Folder(id_, decode_path(path), pending + indexed + failed, pending, failed))
    return sorted(found, key=lambda one: one.path)


_guessed = person.alias()
_FACES = (
    select(
        face,
        decided.c.person_id,
        decided.c.hidden,
        person.c.name.label("person_name"),
        _guessed.c.id.label("guess_id"),
        _guessed.c.name.label("guess_name"),
        membership.c.standing,
        membership.c.score.label("likeness"),
        membership.c.margin,
    )
    .select_from(face)
    .outerjoin(decided, decided.c.face_id == face.c.id)
    .outerjoin(person, person.c.id == decided.c.person_id)
    .outerjoin(membership, membership.c.face_id == face.c.id)
    .outerjoin(_guessed, _guessed.c.id == membership.c.person_id)
)


def _plain(ids: Sequence[int]) -> list[int]:
    """Return ids as Python's own numbers: SQLite stores those of numpy as bytes."""
    return [int(id_) for id_ in ids]


def _photo(row: Row[Any]) -> Photo:
    return Photo(
        id=row.id,
        folder_id=row.folder_id,
        path=decode_path(row.root) / decode_path(row.path),
        width=row.width,
        height=row.height,
        size=row.size,
        content_hash=row.content_hash,
        taken=from_microseconds(row.taken_us),
        camera=row.camera,
        state=PhotoState(row.state),
        reason=row.reason,
    )


def _face(row: Row[Any]) -> Face:
    return Face(
        id=row.id,
        photo_id=row.photo_id,
        box=Box(row.x, row.y, row.w, row.h),
        landmarks=vectors.unpack_landmarks(row.landmarks),
        score=row.score,
        quality=Quality(row.size_px, row.sharpness, row.norm, row.yaw),
        person_id=row.person_id,
        person_name=row.person_name,
        guess=_guess(row),
        hidden=None if row.hidden is None else HideReason(row.hidden),
    )


def _guess(row: Row[Any]) -> Guess | None:
    """Return who a face seems to be; a guess older than the user's word says nothing any more."""
    if row.guess_id is None or row.person_id is not None or row.hidden is not None:
        return None
    return Guess(row.guess_id, row.guess_name, Standing(row.standing), row.likeness, row.margin)
