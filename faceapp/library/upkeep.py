"""Looking after a library: what it keeps where, backups, forgetting for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from faceapp.library import erasing
from faceapp.library.backups import backups_in, delete_backups, make_backup, restore_backup
from faceapp.library.connections import Database
from faceapp.library.layout import BACKUP_FOLDER, CACHE_FOLDER, DATABASE_FILE, THUMBNAIL_FILE
from faceapp.types_upkeep import Backup, Forgetting, Part, Stored


class LibraryUpkeep:
    """Implements ``ports_upkeep.Upkeep``. ``elsewhere`` are parts that lie outside of the library, or need its name."""

    def __init__(self, folder: Path, database: Database, elsewhere: Mapping[Part, Path]) -> None:
        self._folder = folder
        self._database = database
        self._elsewhere = elsewhere

    def stored(self) -> list[Stored]:
        cache = self._folder / CACHE_FOLDER
        thumbnails = cache / THUMBNAIL_FILE
        vectors = [path for path in cache.glob("*") if not path.name.startswith(THUMBNAIL_FILE)]
        database = self._folder / DATABASE_FILE
        found = [
            Stored(Part.DATABASE, database, _size(database.parent.glob(f"{DATABASE_FILE}*"))),
            Stored(Part.BACKUPS, self._folder / BACKUP_FOLDER, _size([self._folder / BACKUP_FOLDER])),
            Stored(Part.VECTORS, cache, _size(vectors)),
            Stored(Part.THUMBNAILS, thumbnails, _size(cache.glob(f"{THUMBNAIL_FILE}*"))),
        ]
        return found + [Stored(part, path, _size([path])) for part, path in self._elsewhere.items()]

    def backups(self) -> list[Backup]:
        return backups_in(self._folder)

    def back_up(self, target: Path | None = None) -> Backup:
        return make_backup(self._folder, target)

    def restore(self, source: Path) -> Backup | None:
        return restore_backup(self._folder, source)

    def forgetting(self, person_id: int) -> Forgetting:
        with self._database.read() as connection:
            return erasing.forgetting(connection, person_id, backups=len(self.backups()))

    def forget_person(self, person_id: int, *, backups: bool = False) -> None:
        erasing.forget_person(self._database, person_id)
        if backups:
            delete_backups(self._folder)

    def erase(self, *, folders: bool = False, backups: bool = False) -> None:
        erase(self._folder, folders=folders, backups=backups)


def erase(folder: Path, *, folders: bool, backups: bool) -> None:
    """Erase what was found and said from a library that nobody has open."""
    erasing.erase(folder, folders=folders)
    if backups:
        delete_backups(folder)


def _size(paths: Iterable[Path]) -> int:
    """Return the bytes of files, and of everything in folders; what is not there has none."""
    total = 0
    for path in paths:
        try:
            total += _size(path.iterdir()) if path.is_dir() else path.lstat().st_size
        except OSError:  # gone since it was listed, or not ours to look at
            continue
    return total
