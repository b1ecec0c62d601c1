"""What the scan writes: folders, the queue of files, results."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from faceapp.library.connections import Database
from faceapp.library.reader import folders_of
from faceapp.library.results import Batch, content_read, faces_in_view, is_twin
from faceapp.library.rows import changed, chunks, clamp, decode_path, encode_path, ids, now, utc
from faceapp.library.tables import face, folder, photo
from faceapp.library.thumbnails import ThumbnailStore
from faceapp.library.vector_reader import embeddings_of
from faceapp.types import Folder, PhotoState
from faceapp.types_scan import (
    FailedPhoto,
    FoundFile,
    IndexedPhoto,
    KnownFile,
    PendingPhoto,
    SamePhoto,
    SavedFaces,
    Twin,
)

# Straight to the driver: at a hundred thousand files, SQLAlchemy's share would be seconds. Ids first, so that
# the rows are read in the order in which they lie on the disk, not in that of their paths.
_KNOWN = """
SELECT path, id, size, mtime_ns, state FROM photo WHERE id IN (SELECT id FROM photo WHERE folder_id = ?)
"""
_PUT = """
INSERT INTO photo (folder_id, path, size, mtime_ns, width, height, state, attempts)
VALUES (?, ?, ?, ?, 0, 0, 'pending', 0)
ON CONFLICT (folder_id, path) DO UPDATE SET
    ignored = ignored AND size = excluded.size AND mtime_ns = excluded.mtime_ns,
    earlier_hash = coalesce(content_hash, earlier_hash), content_hash = NULL,
    size = excluded.size, mtime_ns = excluded.mtime_ns,
    state = 'pending', attempts = 0, reason = NULL, missing_since = NULL
"""


class LibraryScanStore:
    """The ``ScanStore`` of a library. ``announce`` is called after each commit that changed something in view."""

    def __init__(
        self, database: Database, thumbnails: ThumbnailStore, model: str, announce: Callable[[SavedFaces], None]
    ) -> None:
        self._database = database
        self._thumbnails = thumbnails
        self._model = model
        self._announce = announce

    def add_folder(self, path: Path) -> Folder:
        with self._database.write() as connection:
            encoded = encode_path(path)
            connection.execute(upsert(folder).values(path=encoded).on_conflict_do_nothing())
            (found,) = folders_of(connection, folder.c.path == encoded)
            return found

    def known_files(self, folder_id: int) -> dict[str, KnownFile]:
        with self._database.read() as connection, contextlib.closing(connection.connection.cursor()) as cursor:
            rows = cursor.execute(_KNOWN, (folder_id,))
            return {os.fsdecode(path): KnownFile(*known) for path, *known in rows}

    def put_pending(self, folder_id: int, files: Sequence[FoundFile]) -> SavedFaces:
        found = {os.fsencode(path): (size, clamp(mtime_ns)) for path, size, mtime_ns in files}
        with self._database.exclusive():
            with self._database.write() as connection:
                known: list[int] = []
                for some in chunks(list(found)):
                    query = select(photo.c.id).where(photo.c.folder_id == folder_id, photo.c.path.in_(some))
                    known += connection.execute(query).scalars()
                removed = faces_in_view(connection, known)
                if found:
                    connection.exec_driver_sql(_PUT, [(folder_id, path, *seen) for path, seen in found.items()])
            # Faces and other facts stay, out of view: the file may only have been touched, and names follow faces.
            return self._announced(changed(removed=removed, photos=known))

    def mark_missing(self, photo_ids: Sequence[int]) -> SavedFaces:
        with self._database.exclusive():
            gone: list[int] = []
            faces: list[int] = []
            with self._database.write() as connection:
                for some in chunks(photo_ids):
                    there = photo.c.id.in_(some) & (photo.c.state != PhotoState.MISSING)
                    gone += connection.execute(select(photo.c.id).where(there)).scalars()
                    faces += faces_in_view(connection, some)
                    connection.execute(update(photo).where(there).values(state=PhotoState.MISSING, missing_since=now()))
            return self._announced(changed(removed=faces, photos=gone))

    def mark_found(self, photo_ids: Sequence[int]) -> SavedFaces:
        # A photo that could not be read stays so: it is tried again only when its file changes. One that was away
        # while another embedder came into use is read again.
        state = case(
            (photo.c.content_hash.is_not(None) & is_twin(self._model), PhotoState.INDEXED.value),
            (photo.c.reason.is_not(None), PhotoState.FAILED.value),
            else_=PhotoState.PENDING.value,
        )
        with self._database.exclusive():
            back: list[int] = []
            with self._database.write() as connection:
                for some in chunks(photo_ids):
                    missing = photo.c.id.in_(some) & (photo.c.state == PhotoState.MISSING)
                    back += connection.execute(select(photo.c.id).where(missing)).scalars()
                    connection.execute(update(photo).where(missing).values(state=state, missing_since=None))
                shown = embeddings_of(connection, self._model, back)
            return self._announced(SavedFaces(*shown, ids(()), tuple(back)))

    def pending(self, folder_ids: Sequence[int]) -> list[PendingPhoto]:
        query = select(photo.c.id, photo.c.folder_id, photo.c.path, photo.c.size)
        query = query.where(photo.c.state == PhotoState.PENDING, photo.c.folder_id.in_(folder_ids))
        query = query.order_by(photo.c.mtime_ns.desc(), photo.c.id)
        with self._database.read() as connection:
            roots = {id_: decode_path(path) for id_, path in connection.execute(select(folder.c.id, folder.c.path))}
            return [
                PendingPhoto(id_, folder_id, roots[folder_id], roots[folder_id] / os.fsdecode(path), size)
                for id_, folder_id, path, size in connection.execute(query)
            ]

    def twins(self, size: int) -> list[Twin]:
        query = select(photo.c.id, folder.c.path, photo.c.path, content_read).join(folder)
        query = query.where(photo.c.size == size, is_twin(self._model)).order_by(photo.c.id)
        with self._database.read() as connection:
            rows = [(id_, decode_path(root), path, content) for id_, root, path, content in connection.execute(query)]
        return [Twin(id_, root, root / os.fsdecode(path), content) for id_, root, path, content in rows]

    def save(self, results: Sequence[IndexedPhoto | FailedPhoto | SamePhoto]) -> SavedFaces:
        last = {result.photo_id: result for result in results}  # read twice in one batch: the later counts
        with self._database.exclusive():
            with self._database.write() as connection:
                batch = Batch(connection, self._model)
                saved = batch.write(last.values())
                # Before the commit, so that a kill in between leaves pictures without a face (replaced by the
                # next face of that id) rather than faces that never get a picture.
                self._thumbnails.put(photos=batch.thumbnails, faces=batch.tiles)
                self._thumbnails.copy(photos=batch.same_thumbnail, faces=batch.same_tile)
            self._thumbnails.delete(photos=batch.deleted_photos, faces=batch.deleted_faces)
            return self._announced(saved)

    def forget_missing(self, before: datetime) -> int:
        """Forget the facts of photos that went missing before then (aware); return how many. Decisions stay."""
        gone = (photo.c.state == PhotoState.MISSING) & (photo.c.missing_since < utc(before))
        with self._database.exclusive():
            with self._database.write() as connection:
                faces = connection.execute(select(face.c.id).join(photo).where(gone)).scalars().all()
                photos = connection.execute(delete(photo).where(gone).returning(photo.c.id)).scalars().all()
            self._thumbnails.delete(photos=photos, faces=faces)
        return len(photos)

    def count_faces(self, folder_ids: Sequence[int]) -> int:
        query = select(func.count()).select_from(photo).join(face)
        query = query.where(photo.c.state == PhotoState.INDEXED, photo.c.folder_id.in_(folder_ids))
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def _announced(self, saved: SavedFaces) -> SavedFaces:
        """Announce a committed change, in the order of the commits."""
        if saved.photos or saved.face_ids.size or saved.removed_face_ids.size:
            self._announce(saved)
        return saved
