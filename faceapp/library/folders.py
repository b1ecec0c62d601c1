"""Taking a photo folder out of the library. The photos are not touched."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select

from faceapp.errors import FaceappError
from faceapp.library.connections import Database
from faceapp.library.rows import changed
from faceapp.library.tables import face, folder, photo
from faceapp.library.thumbnails import ThumbnailStore
from faceapp.types import PhotoState
from faceapp.types_scan import SavedFaces


class LibraryFolderStore:
    """The ``FolderStore`` of a library. ``announce`` is called after a commit that changed something in view."""

    def __init__(self, database: Database, thumbnails: ThumbnailStore, announce: Callable[[SavedFaces], None]) -> None:
        self._database = database
        self._thumbnails = thumbnails
        self._announce = announce

    def remove_folder(self, folder_id: int) -> int:
        with self._database.exclusive():
            with self._database.write() as connection:
                if connection.execute(select(folder.c.id).where(folder.c.id == folder_id)).one_or_none() is None:
                    raise FaceappError(f"There is no folder {folder_id} in this library any more. Nothing was changed.")
                inside = photo.c.folder_id == folder_id
                rows = connection.execute(select(face.c.id, photo.c.state).join_from(face, photo).where(inside)).all()
                photos = list(connection.execute(select(photo.c.id).where(inside)).scalars())
                connection.execute(delete(photo).where(inside))
                connection.execute(delete(folder).where(folder.c.id == folder_id))
            self._thumbnails.delete(photos=photos, faces=[face_id for face_id, _ in rows])
            shown = [face_id for face_id, state in rows if state == PhotoState.INDEXED]
            self._announce(changed(removed=shown, photos=photos))
        return len(photos)
