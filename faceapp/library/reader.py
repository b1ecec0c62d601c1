"""What the window and the command line ask. Every answer is one snapshot of the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, func, select, union_all

from faceapp.library import vectors
from faceapp.library.connections import Database
from faceapp.library.driver import columns_of
from faceapp.library.filters import OUT_OF_VIEW, faces_passing, out_of_view, photos_passing
from faceapp.library.ledger.holds import listed
from faceapp.library.people_reader import people_of
from faceapp.library.rows import chunks, decode_path, from_microseconds
from faceapp.library.tables import decided, face, folder, membership, person, photo
from faceapp.library.vector_reader import listing_of, vectors_of
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
from faceapp.types_search import NO_FILTER, Filter, VectorListing

_DATES = select(photo.c.id, photo.c.shown_us).where(photo.c.state == PhotoState.INDEXED)
_DATES = _DATES.order_by(photo.c.shown_us.desc(), photo.c.id.desc())
_NEWEST = _DATES.with_only_columns(photo.c.id)
_CONFIRMED = select(decided.c.face_id, decided.c.person_id).where(
    decided.c.person_id.is_not(None), decided.c.photo_id.not_in(out_of_view)
)
# No face that was decided about is in ``membership``.
_AUTOMATIC = select(membership.c.face_id, membership.c.person_id).where(
    membership.c.person_id.is_not(None),
    membership.c.standing == Standing.AUTOMATIC,
    membership.c.photo_id.not_in(out_of_view),
)
_PEOPLE = union_all(_CONFIRMED, _AUTOMATIC)
# All, less those out of view, less the hidden ones: to look up the photo of every face would take five times as long.
_SHOWN_FACES = f"""
SELECT (SELECT count(*) FROM face WHERE score >= :score)
    - (SELECT count(*) FROM ({OUT_OF_VIEW}) AS away CROSS JOIN face ON photo_id = away.id WHERE score >= :score)
    - (SELECT count(*) FROM decided CROSS JOIN face ON id = face_id
        WHERE hidden IS NOT NULL AND score >= :score AND face.photo_id NOT IN ({OUT_OF_VIEW}))
"""
# From the faces to what was said of each, and from there to who that is now: the rest of the ledger is not read. Only
# the last one of people who were merged has a row in ``person``. CROSS JOIN and bare columns as in ``ledger.holds``.
_REJECTED = """
WITH RECURSIVE said (face_id, person_id, kind, step_id) AS (
    SELECT c.face_id, d.person_id, d.kind, max(d.step_id) FROM json_each(:faces) here
    CROSS JOIN decided c ON c.face_id = here.value
    CROSS JOIN decision d ON d.place_id = c.place_id AND d.kind IN ('reject', 'unreject')
    CROSS JOIN step s ON s.id = d.step_id AND s.undone = 0
    GROUP BY c.face_id, d.person_id
),
became (person_id, now) AS (
    SELECT person_id, person_id FROM said WHERE kind = 'reject'
    UNION SELECT became.person_id, d.other_person_id FROM became
    CROSS JOIN decision d ON d.person_id = became.now AND d.kind = 'merge'
    CROSS JOIN step s ON s.id = d.step_id AND s.undone = 0
)
SELECT said.face_id, person.name FROM said
CROSS JOIN became ON became.person_id = said.person_id CROSS JOIN person ON person.id = became.now
WHERE said.kind = 'reject' ORDER BY said.step_id DESC, person.name
"""


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
            return Counts(
                photos=states.get(PhotoState.INDEXED, 0),
                faces=connection.exec_driver_sql(_SHOWN_FACES, {"score": min_score}).scalar_one(),
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

    def photo_ids(
        self, *, folder_id: int | None = None, person_id: int | None = None, only: Filter = NO_FILTER
    ) -> IdArray:
        wanted = [] if folder_id is None else [photo.c.folder_id == folder_id]
        if person_id is not None:
            wanted.append(photo.c.id.in_(select(decided.c.photo_id).where(decided.c.person_id == person_id)))
        with self._database.read() as connection:
            (newest,) = columns_of(connection, _NEWEST)
            if only.of_faces:
                owners = faces_passing(only, of_photos=wanted).with_only_columns(face.c.photo_id)
                (passing,) = columns_of(connection, owners)
            elif wanted or not only.empty:
                (passing,) = columns_of(connection, photos_passing(only, *wanted))
            else:
                return newest
        here = np.zeros(int(max(newest.max(initial=0), passing.max(initial=0))) + 1, bool)
        here[passing] = True
        return newest[here[newest]]

    def face_ids(
        self,
        *,
        min_score: float,
        folder_id: int | None = None,
        person_id: int | None = None,
        only: Filter = NO_FILTER,
    ) -> IdArray:
        wanted = face.c.score >= min_score
        if person_id is not None:
            wanted = face.c.id.in_(select(decided.c.face_id).where(decided.c.person_id == person_id))
        of_photos = [] if folder_id is None else [photo.c.folder_id == folder_id]
        with self._database.read() as connection:
            face_ids, owners = columns_of(connection, faces_passing(only, wanted, of_photos=of_photos))
            (newest,) = columns_of(connection, _NEWEST)
        rank = np.empty(int(newest.max(initial=0)) + 1, np.int64)
        rank[newest] = np.arange(len(newest))
        return face_ids[np.lexsort((face_ids, rank[owners]))]

    def filtered_faces(self, only: Filter) -> IdArray:
        with self._database.read() as connection:
            (passing,) = columns_of(connection, faces_passing(only).with_only_columns(face.c.id))
        return np.sort(passing)

    def photo_dates(self) -> tuple[IdArray, IdArray]:
        with self._database.read() as connection:
            photo_ids, shown_us = columns_of(connection, _DATES)
        return photo_ids, shown_us

    def face_people(self) -> tuple[IdArray, IdArray]:
        with self._database.read() as connection:
            face_ids, people = columns_of(connection, _PEOPLE)
        order = np.argsort(face_ids)
        return face_ids[order], people[order]

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
            rejected = _rejected(connection, ids)
            for some in chunks(_plain(ids)):
                for row in connection.execute(_FACES.where(face.c.id.in_(some))):
                    found[row.id] = _face(row, rejected.get(row.id, ()))
        return [found[id_] for id_ in _plain(ids) if id_ in found]

    def faces_of_photo(self, photo_id: int, min_score: float) -> list[Face]:
        query = _FACES.where(face.c.photo_id == photo_id)
        was_decided = decided.c.person_id.is_not(None) | decided.c.hidden.is_not(None)
        query = query.where((face.c.score >= min_score) | was_decided)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(face.c.x, face.c.id)).all()
            rejected = _rejected(connection, [row.id for row in rows])
        return [_face(row, rejected.get(row.id, ())) for row in rows]

    def people(self) -> list[Person]:
        with self._database.read() as connection:
            return people_of(connection)

    def vector_listing(self) -> VectorListing:
        with self._database.read() as connection:
            return listing_of(connection, self._model)

    def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
        with self._database.read() as connection:
            return vectors_of(connection, self._model, face_ids)


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


def _face(row: Row[Any], rejected: tuple[str, ...]) -> Face:
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
        rejected=rejected,
    )


def _rejected(connection: Connection, face_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the people that faces are said not to be, the latest first; nobody who is no more."""
    found: dict[int, dict[str, None]] = {}
    for face_id, name in connection.exec_driver_sql(_REJECTED, {"faces": listed(face_ids)}):
        found.setdefault(face_id, {})[name] = None  # two who were rejected may be one by now
    return {face_id: tuple(names) for face_id, names in found.items()}


def _guess(row: Row[Any]) -> Guess | None:
    """Return who a face seems to be; a guess older than the user's word says nothing any more."""
    if row.guess_id is None or row.person_id is not None or row.hidden is not None:
        return None
    return Guess(row.guess_id, row.guess_name, Standing(row.standing), row.likeness, row.margin)
