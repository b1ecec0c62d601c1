"""How a library is looked after, as protocols. ``bootstrap`` fills these with real classes, tests with fakes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from faceapp.types_upkeep import Backup, Forgetting, Stored


class FolderStore(Protocol):
    """The photo folders of a library. Any thread."""

    def remove_folder(self, folder_id: int) -> int:
        """Forget a folder and what was read from its photos; return how many photos that were.

        The photos themselves stay where they are. Names and other decisions are kept, and hold again when the photos
        are read again. Raises ``FaceappError`` for a folder that is not there.
        """


class Upkeep(Protocol):
    """Backups, sizes, and forgetting for good. On a worker: everything here reads or writes files.

    ``restore`` and ``erase`` are called while the library is closed, the others while it is open.
    """

    def stored(self) -> list[Stored]:
        """Return what is kept where, and how large it is."""

    def backups(self) -> list[Backup]:
        """Return the backups in the library's own folder, latest first."""

    def back_up(self, target: Path | None = None) -> Backup:
        """Copy the database while it is in use; by default into the library's own folder. Raises ``LibraryError``."""

    def restore(self, source: Path) -> Backup | None:
        """Put a backup in the place of the database, and return the backup made of what was there.

        None if that was too damaged to be copied; it is then kept beside the backups. Raises ``LibraryError`` and
        changes nothing if the file is no sound Faceapp library.
        """

    def forgetting(self, person_id: int) -> Forgetting:
        """Return what would go with a person. Raises ``FaceappError`` if there is no such person."""

    def forget_person(self, person_id: int, *, backups: bool = False) -> None:
        """Erase a name and every decision that names it from the database file; with ``backups``, delete those.

        Their faces stay, as faces without a name. Cannot be undone.
        """

    def erase(self, *, folders: bool = False, backups: bool = False) -> None:
        """Erase all faces, embeddings, groups, names and other decisions from the library's files.

        The list of folders stays, but for ``folders``; ``backups`` deletes these. Cannot be undone.
        """
