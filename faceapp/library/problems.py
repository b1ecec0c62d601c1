"""What the user says of photos that could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from faceapp.library.connections import Database
from faceapp.library.rows import chunks
from faceapp.library.tables import photo
from faceapp.types import PhotoState


class LibraryProblemStore:
    """The ``ProblemStore`` of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def retry(self, photo_ids: Sequence[int]) -> None:
        """Let the next scan read them again; photos that did not fail stay as they are."""
        with self._database.write() as connection:
            for some in chunks(photo_ids):
                failed = update(photo).where(photo.c.id.in_(some), photo.c.state == PhotoState.FAILED)
                connection.execute(failed.values(state=PhotoState.PENDING, reason=None, attempts=0))

    def set_ignored(self, photo_ids: Sequence[int], ignored: bool) -> None:
        """Leave photos out of the list of problems, or put them back, until their file changes."""
        with self._database.write(durable=True) as connection:
            for some in chunks(photo_ids):
                connection.execute(update(photo).where(photo.c.id.in_(some)).values(ignored=int(ignored)))
