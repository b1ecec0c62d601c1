"""A library: one folder with the database, its lock and its caches. Movable and backed up by copying."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection, delete, select

from faceapp.errors import LibraryError
from faceapp.library import doctor
from faceapp.library.connections import Database
from faceapp.library.decisions import LibraryPeopleStore
from faceapp.library.embeddings import LibraryVectorStore, StoredModels, stored_models
from faceapp.library.folders import LibraryFolderStore
from faceapp.library.group_store import LibraryGroupStore
from faceapp.library.layout import BACKUP_FOLDER, CACHE_FOLDER, DATABASE_FILE, THUMBNAIL_FILE
from faceapp.library.ledger.settling import differences, settle_all
from faceapp.library.lock import LibraryLock
from faceapp.library.migrations import MIGRATIONS, check_version, prepare, version_of
from faceapp.library.people_reader import LibraryPeopleReader
from faceapp.library.problems import LibraryProblemStore
from faceapp.library.reader import LibraryReader
from faceapp.library.rows import changed, last_id
from faceapp.library.scan_store import LibraryScanStore
from faceapp.library.tables import face, meta, photo
from faceapp.library.thumbnails import ThumbnailStore
from faceapp.library.upkeep import LibraryUpkeep
from faceapp.types import PhotoState
from faceapp.types_scan import SavedFaces
from faceapp.types_upkeep import Part

__all__ = ["BACKUP_FOLDER", "CACHE_FOLDER", "DATABASE_FILE", "THUMBNAIL_FILE", "Library"]


class Library:
    """An open library. ``Library.open`` makes one; ``close`` ends it."""

    def __init__(self, folder: Path, database: Database, lock: LibraryLock | None, model: str) -> None:
        self.folder = folder
        self._database = database
        self._lock = lock
        self._model = model
        self._listeners: list[Callable[[SavedFaces], None]] = []
        with database.read() as connection:
            self.id = _library_id(connection, database.path)
            last_photo_id, last_face_id = last_id(connection, photo), last_id(connection, face)
        self.thumbnails = ThumbnailStore(folder / CACHE_FOLDER / THUMBNAIL_FILE, self.id, write=lock is not None)
        if lock is not None:
            self.thumbnails.forget_beyond(last_photo_id=last_photo_id, last_face_id=last_face_id)
        self.scan_store = LibraryScanStore(database, self.thumbnails, model, self._announce)
        self.reader = LibraryReader(database, model)
        self.people = LibraryPeopleStore(database, model, self._announce)
        self.people_reader = LibraryPeopleReader(database, model)
        self.groups = LibraryGroupStore(database)
        self.problems = LibraryProblemStore(database)
        self.folders = LibraryFolderStore(database, self.thumbnails, self._announce)
        self.vectors = LibraryVectorStore(database, model, self._announce)

    @classmethod
    def open(cls, folder: Path, *, write: bool = True, model: str | Callable[[StoredModels], str]) -> Library:
        """Open the library in a folder; with ``write``, make it if there is none and keep other writers out.

        ``model`` names the embedder whose vectors are written and read, or chooses it by what the library says.
        Without ``write`` nothing is changed, and another process may be writing. Raises ``LibraryError``, and what
        ``model`` raises.
        """
        folder = folder.absolute()
        path = folder / DATABASE_FILE
        with contextlib.ExitStack() as undo, _told(folder):
            lock = None
            if write:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                lock = LibraryLock(folder)
                undo.callback(lock.release)
                prepare(path, folder / BACKUP_FOLDER)
                with contextlib.suppress(PermissionError):  # shared, and another user's
                    path.chmod(0o600)
            else:
                _check_readable(path)
            database = Database(path, write=write)
            undo.callback(database.close)
            library = cls(folder, database, lock, model if isinstance(model, str) else model(stored_models(database)))
            undo.pop_all()
        return library

    @property
    def model(self) -> str:
        """Return the embedder whose vectors are written and read."""
        return self._model

    def on_saved(self, listener: Callable[[SavedFaces], None]) -> None:
        """Call ``listener`` after each commit that changed faces or photos, on the thread that wrote.

        Calls come one at a time and in the order of the commits; a listener must be short.
        """
        self._listeners.append(listener)

    def check(self) -> list[str]:
        """Return what is wrong with the database, in sentences; nothing means sound. Reads all of it."""
        return doctor.check(self._database, self._model)

    def forget_facts(self) -> None:
        """Forget what can be read from the photos again: photos, faces, vectors, guesses, thumbnails.

        Folders and decisions stay, so the next scan brings every name back.
        """
        with self._database.exclusive():
            with self._database.write() as connection:
                shown = select(face.c.id).join(photo).where(photo.c.state == PhotoState.INDEXED)
                removed = connection.execute(shown).scalars().all()
                photos = connection.execute(delete(photo).returning(photo.c.id)).scalars().all()
            self.thumbnails.forget_beyond(last_photo_id=0, last_face_id=0)
            self._announce(changed(removed=removed, photos=photos))

    def upkeep(self, elsewhere: Mapping[Part, Path]) -> LibraryUpkeep:
        """Return what looks after this library; ``elsewhere`` are parts that lie in other places."""
        return LibraryUpkeep(self.folder, self._database, elsewhere)

    def settle(self) -> int:
        """Make the copies of decisions anew if they differ from the ledger, as ``check`` may say.

        Returns how many faces and people differed.
        """
        with self._database.write(durable=True) as connection:
            different = sum(differences(connection))
            if different:
                settle_all(connection)
        return different

    def close(self) -> None:
        """Wait for running transactions, close the files, let the next copy in. May be called twice."""
        self._database.close()  # first: a write that is under way still keeps its thumbnails
        self.thumbnails.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _announce(self, saved: SavedFaces) -> None:
        for listener in self._listeners:
            listener(saved)


def _check_readable(path: Path) -> None:
    if not path.is_file() or path.stat().st_size == 0:
        raise LibraryError(f"There is no library at {path.parent} yet. Run `faceapp scan FOLDER` first.")
    version = version_of(path)
    check_version(path, version)
    if version < MIGRATIONS[-1].version:
        raise LibraryError(
            f"The library {path.parent} was written by an older Faceapp and must be brought up to date first. "
            f"Open it once in the window, or run `faceapp scan FOLDER`."
        )


def _library_id(connection: Connection, path: Path) -> str:
    query = select(meta.c.value).where(meta.c.key == "library_id")
    found: str | None = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise LibraryError(
            f"The library database {path} is damaged: it has lost its id. Put back a backup of the library."
        )
    return found


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in words why a library folder cannot be used."""
    other = "choose another library with --library DIR"
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise LibraryError(
            f"{error.filename or folder} is a file, so no library can be in {folder}. Please {other}."
        ) from error
    except PermissionError as error:
        raise LibraryError(
            f"The library {folder} cannot be used: you may not write to it. "
            f"Change the permissions of the folder, or {other}."
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise LibraryError(
                f"The disk that holds the library {folder} is full. Free some space, or {other}."
            ) from error
        why = os.strerror(error.errno) if error.errno else str(error)
        raise LibraryError(f"The library {folder} cannot be used ({why}). Check its disk, or {other}.") from error
