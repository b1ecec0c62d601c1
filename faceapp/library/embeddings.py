"""Vectors of several embedders side by side, and which embedder the library uses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from sqlalchemy import ColumnElement, Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from faceapp.errors import ModelError
from faceapp.library import vectors
from faceapp.library.connections import Database
from faceapp.library.rows import chunks, decode_path, ids, last_id
from faceapp.library.tables import embedding, face, folder, meta, photo
from faceapp.library.vector_reader import embeddings_of
from faceapp.types import FloatArray, IdArray, Landmarks, PhotoState
from faceapp.types_scan import SavedFaces

_KEY = "model"  # in ``meta``
_MAKER = "model sha256 "  # and the id of a model: of the file that made its vectors
_PAGE = 200  # photos read at a time
_DROP_FACES = 20_000  # ids whose vectors go in one transaction: a scan may write in between
_IN_VIEW = photo.c.state == PhotoState.INDEXED

# The plus keeps SQLite from the index of states: it would sort all photos in view for each page.
_LACKING = """
SELECT id FROM photo
WHERE id > :after AND +state = 'indexed' AND content_hash IS NOT NULL AND EXISTS (
    SELECT 1 FROM face WHERE face.photo_id = photo.id AND NOT EXISTS (
        SELECT 1 FROM embedding WHERE embedding.face_id = face.id AND embedding.model = :model))
ORDER BY id LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class PhotoToEmbed:
    """A photo in view some of whose faces have no vector of a model."""

    id: int
    path: Path  # absolute
    size: int  # bytes
    content_hash: bytes
    faces: tuple[tuple[int, Landmarks], ...]  # id and landmarks of those faces


@dataclass(frozen=True)
class StoredModels:
    """What a library says of embedders when it is opened, before one is chosen."""

    chosen: str | None  # None: never chosen, the default holds
    has_vectors: Callable[[str], bool]  # whether any face has a vector of a model


def stored_models(database: Database) -> StoredModels:
    """Return what the library says; ``has_vectors`` asks it anew."""

    def has_vectors(model: str) -> bool:
        with database.read() as connection:
            query = select(embedding.c.face_id).where(embedding.c.model == model).limit(1)
            return connection.execute(query).first() is not None

    with database.read() as connection:
        return StoredModels(chosen_model(connection), has_vectors)


def chosen_model(connection: Connection) -> str | None:
    return _value(connection, _KEY)


def _value(connection: Connection, key: str) -> str | None:
    found: str | None = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none()
    return found


def _set_value(connection: Connection, key: str, value: str) -> None:
    statement = upsert(meta).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


class LibraryVectorStore:
    """The vectors of every embedder in a library. Safe from any thread.

    ``model`` is the one in use since the library was opened; ``announce`` hears of new vectors of that one.
    """

    def __init__(self, database: Database, model: str, announce: Callable[[SavedFaces], None]) -> None:
        self._database = database
        self._model = model
        self._announce = announce

    @property
    def model(self) -> str:
        return self._model

    def chosen(self) -> str | None:
        """Return the embedder that the library is to be opened with, None while nobody chose one."""
        with self._database.read() as connection:
            return chosen_model(connection)

    def counts(self) -> tuple[int, dict[str, int]]:
        """Return how many faces are in view, and how many of these have a vector, by model."""
        faces = select(func.count()).select_from(face).join(photo).where(_IN_VIEW)
        having = select(embedding.c.model, func.count()).select_from(face).join(photo).join(embedding)
        with self._database.read() as connection:
            rows = connection.execute(having.where(_IN_VIEW).group_by(embedding.c.model)).all()
            stored = connection.execute(select(embedding.c.model).distinct()).scalars().all()
            counted = dict.fromkeys(stored, 0)
            counted.update((model, number) for model, number in rows)
            return connection.execute(faces).scalar_one(), counted

    def maker(self, model: str) -> str | None:
        """Return the sha256 of the file that made a model's vectors, None if that was not noted."""
        with self._database.read() as connection:
            return _value(connection, _MAKER + model)

    def note_maker(self, model: str, sha256: str) -> None:
        """Note the file that makes a model's vectors."""
        with self._database.write() as connection:
            _set_value(connection, _MAKER + model, sha256)

    def missing(self, model: str) -> int:
        """Return how many faces in view have no vector of a model."""
        with self._database.read() as connection:
            return _missing(connection, model)

    def faces_without(self, model: str) -> Iterator[list[PhotoToEmbed]]:
        """Yield photos in view with the faces that lack a vector of a model, a page at a time, in order of id.

        Every page is a snapshot of its own: what comes in between may be met or not.
        """
        last = 0
        while True:
            with self._database.read() as connection:
                page = _page(connection, model, last)
            if not page:
                return
            yield page
            last = page[-1].id

    def save_vectors(self, model: str, found: Mapping[int, FloatArray]) -> int:
        """Write unit vectors (D,) by face; return how many. Faces that are not here any more are passed over."""
        if not found:
            return 0
        packed = vectors.pack(np.stack(list(found.values())))
        blobs = {face_id: row.tobytes() for face_id, row in zip(found, packed, strict=True)}
        with self._database.exclusive():
            with self._database.write() as connection:
                owners: dict[int, int] = {}
                for some in chunks(list(blobs)):
                    rows = connection.execute(select(face.c.id, face.c.photo_id).where(face.c.id.in_(some)))
                    owners.update((face_id, photo_id) for face_id, photo_id in rows)
                rows_in = [
                    {"face_id": one, "model": model, "vector": blobs[one], "crc32": vectors.checksum(blobs[one])}
                    for one in owners
                ]
                if rows_in:
                    statement = upsert(embedding)
                    fresh = {"vector": statement.excluded.vector, "crc32": statement.excluded.crc32}
                    keys = ["face_id", "model"]
                    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh), rows_in)
                shown = None
                if model == self._model and owners:
                    shown = embeddings_of(connection, model, sorted(set(owners.values())))
            if shown is not None:
                self._announce(SavedFaces(*shown, ids(()), ()))
        return len(owners)

    def vectors_of(self, model: str, face_ids: Sequence[int]) -> tuple[IdArray, FloatArray]:
        """Return ids (N,) and unit vectors (N, D) of those given faces that have a sound one, in their order."""
        found: dict[int, bytes] = {}
        query = select(embedding.c.face_id, embedding.c.vector, embedding.c.crc32).where(embedding.c.model == model)
        wanted = [int(face_id) for face_id in face_ids]
        with self._database.read() as connection:
            for some in chunks(wanted):
                for face_id, blob, crc32 in connection.execute(query.where(embedding.c.face_id.in_(some))):
                    if vectors.checksum(blob) == crc32:
                        found[face_id] = blob
        here = [face_id for face_id in wanted if face_id in found]
        if not here:
            return ids(()), np.zeros((0, 0), np.float32)
        return ids(here), vectors.unpack(vectors.from_blobs([found[face_id] for face_id in here]))

    def use(self, model: str) -> None:
        """Let the library be opened with a model from now on. Durable.

        Raises ``ModelError`` and changes nothing while a face in view has no vector of it.
        """
        with self._database.write(durable=True) as connection:
            missing = _missing(connection, model)
            if missing:
                raise ModelError(
                    f"The model {model} cannot be used yet: {missing:,} {_faces(missing)} no vector of it. Run "
                    f"`faceapp models embed {model}`. If some stay, their photos cannot be read now or have changed: "
                    f"connect their drives, scan their folders again, and repeat it."
                )
            _set_value(connection, _KEY, model)

    def drop_vectors(self, model: str) -> int:
        """Delete the vectors of a model; return how many. Raises ``ModelError`` for the one in use."""
        with self._database.read() as connection:
            last = last_id(connection, face)
        dropped = 0
        for start in range(0, last + 1, _DROP_FACES):
            with self._database.write() as connection:
                if model in (self._model, chosen_model(connection)):
                    raise ModelError(
                        f"The vectors of {model} are in use, so they stay. Choose another model first: "
                        f"`faceapp models` lists them, `faceapp models use ID` changes over."
                    )
                some = embedding.c.face_id.between(start, start + _DROP_FACES - 1)
                dropped += connection.execute(delete(embedding).where(some, embedding.c.model == model)).rowcount
                connection.execute(delete(meta).where(meta.c.key == _MAKER + model))
        return dropped


def _faces(count: int) -> str:
    return "face has" if count == 1 else "faces have"


def _has_none(model: str) -> ColumnElement[bool]:
    vector = select(embedding.c.face_id).where(embedding.c.face_id == face.c.id, embedding.c.model == model)
    return ~vector.exists()


def _missing(connection: Connection, model: str) -> int:
    query = select(func.count()).select_from(face).join(photo).where(_IN_VIEW, _has_none(model))
    return int(connection.execute(query).scalar_one())


def _page(connection: Connection, model: str, after: int) -> list[PhotoToEmbed]:
    rows = connection.exec_driver_sql(_LACKING, {"after": after, "model": model, "limit": _PAGE})
    wanted = rows.scalars().all()
    facts = (photo.c.id, folder.c.path, photo.c.path, photo.c.size, photo.c.content_hash)
    query = select(*facts, face.c.id, face.c.landmarks).select_from(photo).join(folder).join(face)
    query = query.where(photo.c.id.in_(wanted), _has_none(model)).order_by(photo.c.id, face.c.id)
    page = []
    for (id_, root, path, size, content), found in groupby(connection.execute(query), key=lambda row: tuple(row[:5])):
        faces = tuple((row[5], vectors.unpack_landmarks(row[6])) for row in found)
        page.append(PhotoToEmbed(id_, decode_path(root) / os.fsdecode(path), size, content, faces))
    return page
