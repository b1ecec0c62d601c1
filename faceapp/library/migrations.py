"""How the database came to be as it is: one numbered step a version, each done whole or not at all.

The number stands in SQLite's ``user_version``, which is part of the same transaction
as the step. A step is never changed once released: its SQL is frozen here.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from faceapp.errors import LibraryError, LibraryTooNewError
from faceapp.library.connections import Database, in_words, open_readonly
from faceapp.library.to_version_3 import to_version_3

APPLICATION_ID = 0x46414345  # "FACE", in the file's header


@dataclass(frozen=True)
class Migration:
    version: int
    apply: Callable[[Connection], None]


_VERSION_1 = """
CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE folder (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, path BLOB NOT NULL UNIQUE);
CREATE TABLE photo (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
    path BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    content_hash BLOB CHECK (length(content_hash) = 32),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    taken_us INTEGER,
    camera TEXT,
    state TEXT NOT NULL CHECK (state IN ('pending', 'indexed', 'failed', 'missing')),
    reason TEXT,
    attempts INTEGER NOT NULL,
    shown_us INTEGER GENERATED ALWAYS AS (coalesce(taken_us, mtime_ns / 1000)) VIRTUAL,
    UNIQUE (folder_id, path)
);
CREATE INDEX photo_newest ON photo (state, shown_us);
CREATE INDEX photo_content ON photo (content_hash) WHERE content_hash IS NOT NULL;
CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    key TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL
);
CREATE TABLE confirmation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
    x FLOAT NOT NULL, y FLOAT NOT NULL, w FLOAT NOT NULL, h FLOAT NOT NULL,
    created TEXT NOT NULL
);
CREATE INDEX confirmation_content ON confirmation (content_hash);
CREATE INDEX confirmation_person ON confirmation (person_id);
CREATE TABLE face (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
    x FLOAT NOT NULL, y FLOAT NOT NULL, w FLOAT NOT NULL, h FLOAT NOT NULL,
    landmarks BLOB NOT NULL,
    score FLOAT NOT NULL,
    size_px FLOAT NOT NULL,
    sharpness FLOAT NOT NULL,
    norm FLOAT NOT NULL,
    yaw FLOAT NOT NULL,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX face_photo ON face (photo_id, score);
CREATE INDEX face_person ON face (person_id, photo_id, norm) WHERE person_id IS NOT NULL;
CREATE TABLE embedding (
    face_id INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    crc32 INTEGER NOT NULL,
    PRIMARY KEY (face_id, model)
)
"""


_VERSION_2 = """
ALTER TABLE photo ADD COLUMN missing_since TEXT;
ALTER TABLE photo ADD COLUMN earlier_hash BLOB CHECK (length(earlier_hash) = 32);
ALTER TABLE photo ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1));
UPDATE photo SET missing_since = strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now') WHERE state = 'missing';
CREATE INDEX photo_size ON photo (size);
CREATE INDEX photo_folder ON photo (folder_id, state, ignored)
"""

_VERSION_4 = "CREATE INDEX embedding_listing ON embedding (face_id, model, crc32)"


def _to_version_1(connection: Connection) -> None:
    for statement in _VERSION_1.split(";"):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO meta VALUES ('library_id', ?)", (str(uuid.uuid4()),))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _to_version_2(connection: Connection) -> None:
    for statement in _VERSION_2.split(";"):
        connection.exec_driver_sql(statement)


def _to_version_4(connection: Connection) -> None:
    connection.exec_driver_sql(_VERSION_4)


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, _to_version_1),
    Migration(2, _to_version_2),
    Migration(3, to_version_3),
    Migration(4, _to_version_4),
)


def version_of(path: Path) -> int:
    """Return the version of a library database, 0 for an empty file; changes nothing.

    Raises ``LibraryError`` for a database of another program.
    """
    with in_words(path), contextlib.closing(open_readonly(path)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise LibraryError(
            f"The file {path} is a database of another program, not a Faceapp library. "
            f"Move it away, or choose another library with --library."
        )
    return int(version)


def check_version(path: Path, version: int, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Raise ``LibraryTooNewError`` if the database is newer than this program."""
    latest = migrations[-1].version
    if version > latest:
        raise LibraryTooNewError(
            f"The library {path.parent} was written by a newer Faceapp (its database has version {version}, "
            f"this Faceapp knows up to {latest}). Install the newest Faceapp, or choose another library with --library."
        )


def prepare(path: Path, backups: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Create the database or bring it to the latest version, after a backup. The caller holds the library's lock."""
    # Made by us, so that no other user of the machine can ever read it, not even for a moment.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    version = version_of(path)
    check_version(path, version, migrations)
    waiting = [m for m in migrations if m.version > version]
    if not waiting:
        return
    if version:
        back_up(path, backups / f"before-version-{waiting[-1].version}.sqlite")
    database = Database(path, write=True)
    try:
        for migration in waiting:
            with database.write(durable=True) as connection:
                migration.apply(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {migration.version}")
    finally:
        database.close()


def back_up(source: Path, target: Path) -> None:
    """Copy a database, log included, to ``target``: whole or not at all."""
    target.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600))
    try:
        with (
            in_words(source),
            contextlib.closing(open_readonly(source)) as original,
            contextlib.closing(sqlite3.connect(unfinished)) as copy,
        ):
            original.backup(copy)
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    if os.name == "posix":
        directory = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
