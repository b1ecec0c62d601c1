"""Backups of the database: made while it is in use, put back while it is not."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from faceapp.errors import LibraryError
from faceapp.library.connections import BUSY_SECONDS, in_words, open_readonly
from faceapp.library.layout import BACKUP_FOLDER, CACHE_FOLDER, DATABASE_FILE, THUMBNAIL_FILE
from faceapp.library.lock import LibraryLock
from faceapp.library.migrations import back_up, check_version, version_of
from faceapp.types_upkeep import Backup

_BESIDE = ("-wal", "-shm", "-journal")  # files that belong to a database


def backups_in(folder: Path) -> list[Backup]:
    """Return the backups in a library's own folder, latest first."""
    found = []
    for path in (folder / BACKUP_FOLDER).glob("*.sqlite"):
        with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
            found.append(_backup(path))
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def make_backup(folder: Path, target: Path | None = None) -> Backup:
    """Copy the database of a library, which may be in use, to a file; by default into its own folder of backups."""
    database = _database_in(folder)
    if target is None:
        target = _unused(folder / BACKUP_FOLDER, "library")
    else:
        _check_target(database, target)
    with _told(target):
        back_up(database, target)
        return _backup(target)


def restore_backup(folder: Path, source: Path) -> Backup | None:
    """Put a backup in the place of a library's database; return the backup that was made of what was there.

    None if there was nothing, or it was too damaged to be copied: the file is then kept beside the backups.
    """
    database = folder / DATABASE_FILE
    with _told(folder):
        _check_source(database, source)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = LibraryLock(folder)
        try:
            kept = _set_aside(database, folder / BACKUP_FOLDER)
            back_up(source, database)
            forget_caches(folder, thumbnails=False)
        finally:
            lock.release()
    return kept


def delete_backups(folder: Path) -> None:
    """Delete every backup in a library's own folder, and what was kept of damaged databases."""
    with _told(folder):
        for path in (folder / BACKUP_FOLDER).glob("*.sqlite*"):
            path.unlink(missing_ok=True)


def forget_caches(folder: Path, *, thumbnails: bool) -> None:
    """Delete what can be made anew, the thumbnails only if that is said."""
    for path in (folder / CACHE_FOLDER).glob("*"):
        if path.is_file() and (thumbnails or not path.name.startswith(THUMBNAIL_FILE)):
            path.unlink(missing_ok=True)


def _backup(path: Path) -> Backup:
    facts = path.stat()
    return Backup(path, datetime.fromtimestamp(facts.st_mtime, UTC), facts.st_size)


def _database_in(folder: Path) -> Path:
    path = folder / DATABASE_FILE
    if not path.is_file() or path.stat().st_size == 0:
        raise LibraryError(f"There is no library at {folder} yet, so there is nothing to back up.")
    return path


def _unused(folder: Path, what: str) -> Path:
    """Return a name with the date and time that no file has."""
    stem = f"{what}-{datetime.now():%Y-%m-%d-%H%M%S}"
    path, number = folder / f"{stem}.sqlite", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.sqlite"
    return path


def _check_target(database: Path, target: Path) -> None:
    """Raise ``LibraryError`` unless a backup may be written there: over an earlier one, never over anything else."""
    if not target.parent.is_dir():
        raise LibraryError(f"There is no folder {target.parent}. Make it first, or name another file for the backup.")
    if not target.exists():
        return
    if target.is_dir():
        raise LibraryError(f"{target} is a folder. Name a file in it for the backup.")
    if target.samefile(database):
        raise LibraryError(f"{target} is the library itself. Name another file for the backup.")
    try:
        ours = target.stat().st_size > 0 and version_of(target) > 0
    except LibraryError:
        ours = False
    if not ours:
        raise LibraryError(
            f"{target} is there already and is no Faceapp backup. Name another file; nothing was changed."
        )


def _check_source(database: Path, source: Path) -> None:
    """Raise ``LibraryError`` unless a file is a sound library that this program knows."""
    if not source.is_file():
        raise LibraryError(f"There is no file {source}. Name a backup that was made by Faceapp.")
    if database.exists() and source.samefile(database):
        raise LibraryError(f"{source} is the library itself. Name a backup of it.")
    version = version_of(source)
    if not version:
        raise LibraryError(f"The file {source} is empty and no backup. Nothing was changed.")
    check_version(source, version)
    with in_words(source), contextlib.closing(open_readonly(source)) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise LibraryError(f"The backup {source} is damaged ({found}). Choose another one; nothing was changed.")


def _set_aside(database: Path, backups: Path) -> Backup | None:
    """Back up the database that is about to be replaced, and leave nothing of its log beside it."""
    if not database.exists():
        return None
    try:
        if not version_of(database):
            return None
        kept = _unused(backups, "before-restore")
        back_up(database, kept)
        _end_log(database)
    except LibraryError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):  # busy, full, not ours: it is not damaged
            raise
        backups.mkdir(mode=0o700, exist_ok=True)
        aside = _unused(backups, "damaged")
        for suffix in (*_BESIDE, ""):
            path = database.with_name(database.name + suffix)
            if path.exists():
                path.replace(aside.with_name(f"{aside.name}.damaged{suffix}"))
        return None
    return _backup(kept)


def _end_log(database: Path) -> None:
    """Move the log of changes into the database; what is left of it would be taken for the other one's."""
    with in_words(database), contextlib.closing(sqlite3.connect(database, timeout=BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    for suffix in _BESIDE:
        database.with_name(database.name + suffix).unlink(missing_ok=True)


@contextlib.contextmanager
def _told(place: Path) -> Iterator[None]:
    """Say in words why files cannot be read or written."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        where = error.filename or place
        raise LibraryError(f"{where} cannot be used ({why}). Check the disk and its free space.") from error
