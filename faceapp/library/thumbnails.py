"""The picture cache: a database of its own, which may be damaged or deleted at any time.

A header ties it to its library; whatever does not fit is deleted and begun anew. No
failure here ever stops a scan or reaches the window: a picture that is not there is None.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from faceapp.errors import LibraryError
from faceapp.library.connections import Database
from faceapp.library.rows import chunks

FORMAT = "1"  # a change of it makes every cache of before stale

_log = logging.getLogger(__name__)
_metadata = MetaData()
_header = Table("header", _metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))


def _pictures(name: str) -> Table:
    return Table(
        name,
        _metadata,
        Column("id", Integer, primary_key=True),  # of the photo or face
        Column("jpeg", LargeBinary, nullable=False),
        Column("crc32", Integer, nullable=False),
    )


_photos = _pictures("photo")
_faces = _pictures("face")

_FAILURES = (LibraryError, DBAPIError, sqlite3.Error, OSError, UnicodeDecodeError)


class ThumbnailStore:
    """The ``Thumbnails`` of a library. Safe from any thread."""

    def __init__(self, path: Path, library_id: str, *, write: bool) -> None:
        self._path = path
        self._expected = {"library_id": library_id, "format": FORMAT}
        self._writable = write
        self._lock = threading.Lock()  # guards replacing the file
        self._database: Database | None = None
        with self._lock:
            self._open()

    def photo(self, photo_id: int) -> bytes | None:
        """Return a photo's thumbnail as JPEG bytes."""
        return self._get(_photos, photo_id)

    def face(self, face_id: int) -> bytes | None:
        """Return a square tile around a face as JPEG bytes."""
        return self._get(_faces, face_id)

    def put(self, *, photos: Mapping[int, bytes], faces: Mapping[int, bytes]) -> None:
        """Keep pictures, in one transaction."""
        for _ in range(2):
            with self._lock:
                database = self._database
                if database is None:
                    return
                try:
                    with database.write() as connection:
                        for table, pictures in ((_photos, photos), (_faces, faces)):
                            rows = [{"id": i, "jpeg": jpeg, "crc32": zlib.crc32(jpeg)} for i, jpeg in pictures.items()]
                            statement = insert(table)
                            replacing = {name: statement.excluded[name] for name in ("jpeg", "crc32")}
                            statement = statement.on_conflict_do_update(index_elements=["id"], set_=replacing)
                            if rows:
                                connection.execute(statement, rows)
                    return
                except _FAILURES as error:
                    _log.warning("Thumbnails could not be kept: %s", error)
                    self._check()
        self.delete(photos=list(photos), faces=list(faces))  # never an older picture under these ids

    def copy(self, *, photos: Mapping[int, int], faces: Mapping[int, int]) -> None:
        """Keep pictures under further ids: each with the id that has it already."""
        if not photos and not faces:
            return
        with self._lock, _logged("Thumbnails could not be copied"):
            if self._database is not None:
                with self._database.write() as connection:
                    for table, sources in ((_photos, photos), (_faces, faces)):
                        same = select(bindparam("to"), table.c.jpeg, table.c.crc32).where(table.c.id == bindparam("of"))
                        rows = [{"to": to, "of": of} for to, of in sources.items()]
                        if rows:
                            statement = insert(table).prefix_with("OR REPLACE").from_select(list(table.c), same)
                            connection.execute(statement, rows)

    def delete(self, *, photos: Sequence[int] = (), faces: Sequence[int] = ()) -> None:
        """Forget pictures."""
        if not photos and not faces:
            return
        with self._lock, _logged("Thumbnails could not be removed"):
            if self._database is not None:
                with self._database.write() as connection:
                    for table, ids in ((_photos, photos), (_faces, faces)):
                        for some in chunks(ids):
                            connection.execute(delete(table).where(table.c.id.in_(some)))

    def forget_beyond(self, *, last_photo_id: int, last_face_id: int) -> None:
        """Forget pictures of ids that the library has not given yet: it was killed, or put back from a backup."""
        with self._lock, _logged("Thumbnails could not be removed"):
            if self._database is not None:
                with self._database.write() as connection:
                    for table, last in ((_photos, last_photo_id), (_faces, last_face_id)):
                        connection.execute(delete(table).where(table.c.id > last))

    def close(self) -> None:
        with self._lock:
            self._close()

    def _get(self, table: Table, id_: int) -> bytes | None:
        database = self._database
        if database is None:
            return None
        try:
            with database.read() as connection:
                row = connection.execute(select(table.c.jpeg, table.c.crc32).where(table.c.id == id_)).one_or_none()
        except _FAILURES as error:
            _log.warning("The thumbnail of %s %d could not be read: %s", table.name, id_, error)
            return None
        # A damaged page can change the type of a value as well.
        if row is None or not isinstance(row.jpeg, bytes) or zlib.crc32(row.jpeg) != row.crc32:
            return None
        return row.jpeg

    def _open(self) -> None:
        """Open the cache; delete one that does not fit and begin anew. Leaves None when there can be none."""
        for _ in range(2):
            try:
                if self._writable:
                    self._path.parent.mkdir(mode=0o700, exist_ok=True)
                    os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
                self._database = Database(self._path, write=self._writable)
                if self._fits(self._database):
                    return
                _log.warning("The thumbnails in %s belong to another library or version.", self._path)
            except _FAILURES as error:
                _log.warning("The thumbnails in %s cannot be used: %s", self._path, error)
            self._close()
            if not self._writable or not self._delete_file():
                return

    def _fits(self, database: Database) -> bool:
        if self._writable:
            with database.write() as connection:
                if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0:
                    _metadata.create_all(connection)
                    connection.execute(insert(_header), [{"key": k, "value": v} for k, v in self._expected.items()])
        with database.read() as connection:
            header = {row.key: row.value for row in connection.execute(select(_header))}
            for table in (_photos, _faces):
                connection.execute(select(table).limit(1)).all()
        return header == self._expected

    def _check(self) -> None:
        """After a failed write: begin anew if the file is damaged."""
        assert self._database is not None
        try:
            with self._database.read() as connection:
                sound = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() == "ok"
        except _FAILURES:
            sound = False
        if not sound:
            self._close()
            if self._delete_file():
                self._open()

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _delete_file(self) -> bool:
        try:
            for suffix in ("-wal", "-shm", ""):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("Damaged thumbnails could not be deleted: %s", error)
            return False
        return True


@contextlib.contextmanager
def _logged(what: str) -> Iterator[None]:
    try:
        yield
    except _FAILURES as error:
        _log.warning("%s: %s", what, error)
