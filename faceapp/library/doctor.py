"""Looking a library over: what SQLite itself sees, and what it cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from faceapp.errors import LibraryError
from faceapp.library import vectors
from faceapp.library.connections import Database
from faceapp.library.ledger.settling import differences
from faceapp.library.tables import embedding, face, photo
from faceapp.types import PhotoState


def check(database: Database, model: str) -> list[str]:
    """Return what is wrong, in sentences; nothing means sound. Reads every page."""
    try:
        with database.read() as connection:
            found = [*_structure(connection), *_vectors(connection), *_facts(connection, model)]
            return [*found, *_decisions(connection)]
    except LibraryError as error:
        return [str(error)]


def _structure(connection: Connection) -> Iterator[str]:
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield f"The database is damaged: {line}. Put back a backup of the library."
    dangling = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    if dangling:
        yield f"{dangling} rows of the database point at rows that are not there. Put back a backup of the library."


def _vectors(connection: Connection) -> Iterator[str]:
    query = select(embedding.c.face_id, embedding.c.vector, embedding.c.crc32)
    rows = connection.execution_options(yield_per=1000).execute(query)
    damaged = [face_id for face_id, vector, crc in rows if vectors.checksum(vector) != crc]
    if damaged:
        some = ", ".join(str(face_id) for face_id in damaged[:5])
        yield f"{len(damaged)} faces have a damaged vector and are left out of searches (face {some}). Scan them again."


def _facts(connection: Connection, model: str) -> Iterator[str]:
    mine = (embedding.c.face_id == face.c.id) & (embedding.c.model == model)
    # A photo that is away while another embedder comes into use is read again when it is back.
    without = select(func.count()).select_from(face).join(photo).outerjoin(embedding, mine)
    without = without.where(photo.c.state == PhotoState.INDEXED, embedding.c.face_id.is_(None))
    missing = connection.execute(without).scalar_one()
    if missing:
        yield f"{missing} faces have no vector of the model in use and are left out of searches."
    unread = select(func.count()).where(photo.c.state == PhotoState.INDEXED, photo.c.content_hash.is_(None))
    unhashed = connection.execute(unread).scalar_one()
    if unhashed:
        yield f"{unhashed} photos count as read but have no content hash. Read them again."


def _decisions(connection: Connection) -> Iterator[str]:
    faces, people = differences(connection)
    if faces or people:
        yield (
            f"{faces:,} faces and {people:,} people are not as was decided. The decisions themselves are safe: run "
            f"`faceapp doctor` while no other Faceapp has this library open, and names are made anew from them."
        )
