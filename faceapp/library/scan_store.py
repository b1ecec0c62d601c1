"""What the scan writes: folders, the queue of files, results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, case, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from faceapp.library import vectors
from faceapp.library.connections import Database
from faceapp.library.decisions import attach_names
from faceapp.library.reader import embeddings_of, folders_of
from faceapp.library.rows import changed, chunks, clamp, decode_path, encode_path, ids, to_microseconds
from faceapp.library.tables import embedding, face, folder, photo
from faceapp.library.thumbnails import ThumbnailStore
from faceapp.types import (
    FailedPhoto,
    Folder,
    FoundFile,
    IndexedPhoto,
    KnownFile,
    PendingPhoto,
    PhotoState,
    SavedFaces,
)

_UNREAD: dict[str, Any] = {
    "state": PhotoState.PENDING,
    "content_hash": None,
    "width": 0,
    "height": 0,
    "taken_us": None,
    "camera": None,
    "reason": None,
    "attempts": 0,
}


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

    def known_files(self, folder_id: int) -> dict[Path, KnownFile]:
        query = select(photo.c.path, photo.c.id, photo.c.size, photo.c.mtime_ns, photo.c.state)
        with self._database.read() as connection:
            rows = connection.execute(query.where(photo.c.folder_id == folder_id))
            return {
                decode_path(path): KnownFile(id_, size, mtime_ns, PhotoState(state))
                for path, id_, size, mtime_ns, state in rows
            }

    def put_pending(self, folder_id: int, files: Sequence[FoundFile]) -> SavedFaces:
        found = {
            encode_path(file.path): {"size": file.size, "mtime_ns": clamp(file.mtime_ns), **_UNREAD} for file in files
        }
        with self._database.exclusive():
            with self._database.write() as connection:
                known: list[int] = []
                for some in chunks(list(found)):
                    query = select(photo.c.id).where(photo.c.folder_id == folder_id, photo.c.path.in_(some))
                    known += connection.execute(query).scalars()
                removed = _remove_faces(connection, known)
                statement = upsert(photo)
                statement = statement.on_conflict_do_update(
                    index_elements=["folder_id", "path"],
                    set_={name: statement.excluded[name] for name in ("size", "mtime_ns", *_UNREAD)},
                )
                if found:
                    rows = [{"folder_id": folder_id, "path": path, **values} for path, values in found.items()]
                    connection.execute(statement, rows)
            return self._done(changed(removed=removed, photos=known), stale_photos=known, stale_faces=removed)

    def mark_missing(self, photo_ids: Sequence[int]) -> SavedFaces:
        with self._database.exclusive():
            gone: list[int] = []
            faces: list[int] = []
            with self._database.write() as connection:
                for some in chunks(photo_ids):
                    there = photo.c.id.in_(some) & (photo.c.state != PhotoState.MISSING)
                    gone += connection.execute(select(photo.c.id).where(there)).scalars()
                    faces += connection.execute(select(face.c.id).join(photo).where(there)).scalars()
                    connection.execute(update(photo).where(there).values(state=PhotoState.MISSING))
            return self._done(changed(removed=faces, photos=gone))

    def mark_found(self, photo_ids: Sequence[int]) -> SavedFaces:
        # A photo that could not be read stays so: it is tried again only when its file changes.
        state = case(
            (photo.c.content_hash.is_not(None), PhotoState.INDEXED.value),
            (photo.c.reason.is_not(None), PhotoState.FAILED.value),
            else_=PhotoState.PENDING.value,
        )
        with self._database.exclusive():
            back: list[int] = []
            with self._database.write() as connection:
                for some in chunks(photo_ids):
                    missing = photo.c.id.in_(some) & (photo.c.state == PhotoState.MISSING)
                    back += connection.execute(select(photo.c.id).where(missing)).scalars()
                    connection.execute(update(photo).where(missing).values(state=state))
                face_ids, face_photos, embeddings = embeddings_of(connection, self._model, back)
            return self._done(SavedFaces(face_ids, face_photos, embeddings, ids(()), tuple(back)))

    def pending(self, folder_id: int) -> list[PendingPhoto]:
        query = (
            select(photo.c.id, folder.c.path, photo.c.path)
            .join(folder)
            .where(photo.c.state == PhotoState.PENDING, photo.c.folder_id == folder_id)
            .order_by(photo.c.mtime_ns.desc(), photo.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query)
            return [PendingPhoto(id_, decode_path(root) / decode_path(path)) for id_, root, path in rows]

    def save(self, results: Sequence[IndexedPhoto | FailedPhoto]) -> SavedFaces:
        last = {result.photo_id: result for result in results}  # read twice in one batch: the later counts
        with self._database.exclusive():
            with self._database.write() as connection:
                known: set[int] = set()
                for some in chunks(list(last)):
                    known.update(connection.execute(select(photo.c.id).where(photo.c.id.in_(some))).scalars())
                kept = [result for result in last.values() if result.photo_id in known]
                indexed = [result for result in kept if isinstance(result, IndexedPhoto)]
                removed = _remove_faces(connection, sorted(known))
                _write_failures(connection, [result for result in kept if isinstance(result, FailedPhoto)])
                saved = _write_photos(connection, indexed, self._model, removed, [r.photo_id for r in kept])
                attach_names(connection, [result.content_hash for result in indexed])
                # Before the commit, so that a kill in between leaves pictures without a face (replaced by the
                # next face of that id) rather than faces that never get a picture.
                tiles = [tile for result in indexed for tile in result.tiles]
                self._thumbnails.put(
                    photos={result.photo_id: result.thumbnail for result in indexed},
                    faces=dict(zip(saved.face_ids.tolist(), tiles, strict=True)),
                )
            return self._done(saved, stale_faces=removed)

    def _done(
        self, saved: SavedFaces, *, stale_photos: Sequence[int] = (), stale_faces: Sequence[int] = ()
    ) -> SavedFaces:
        """Tidy the picture cache and announce a committed change, in the order of the commits."""
        self._thumbnails.delete(photos=stale_photos, faces=stale_faces)
        if saved.photos or saved.face_ids.size or saved.removed_face_ids.size:
            self._announce(saved)
        return saved


def _remove_faces(connection: Connection, photo_ids: Sequence[int]) -> list[int]:
    """Delete the faces of photos and return those that were in view."""
    removed: list[int] = []
    for some in chunks(photo_ids):
        query = select(face.c.id).join(photo).where(photo.c.id.in_(some), photo.c.state == PhotoState.INDEXED)
        removed += connection.execute(query).scalars()
        connection.execute(delete(face).where(face.c.photo_id.in_(some)))
    return removed


def _write_failures(connection: Connection, failures: Sequence[FailedPhoto]) -> None:
    state = {**_UNREAD, "state": PhotoState.FAILED}
    _update_photos(connection, [{**state, "photo": one.photo_id, "reason": one.reason} for one in failures])


def _update_photos(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in _UNREAD} | {"attempts": photo.c.attempts + 1}
        connection.execute(update(photo).where(photo.c.id == bindparam("photo")).values(columns), rows)


def _write_photos(
    connection: Connection, results: Sequence[IndexedPhoto], model: str, removed: Sequence[int], photos: Sequence[int]
) -> SavedFaces:
    rows = [
        {
            "photo": result.photo_id,
            "state": PhotoState.INDEXED,
            "content_hash": result.content_hash,
            "width": result.width,
            "height": result.height,
            "taken_us": to_microseconds(result.taken),
            "camera": result.camera,
            "reason": None,
        }
        for result in results
    ]
    _update_photos(connection, rows)
    found = [(result.photo_id, one) for result in results for one in result.faces]
    if not found:
        return changed(removed=removed, photos=photos)
    packed = vectors.pack(np.stack([one.embedding for _, one in found]))
    # Numbered here, to insert all at once and still know each: there is no other writer, and AUTOINCREMENT
    # remembers the highest number ever used.
    used = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'face'")).scalar_one_or_none()
    first = (used or 0) + 1
    face_rows = []
    embedding_rows = []
    for face_id, (photo_id, one) in enumerate(found, first):
        box, quality = one.detection.box, one.quality
        face_rows.append(
            {
                "id": face_id,
                "photo_id": photo_id,
                "x": float(box.x),
                "y": float(box.y),
                "w": float(box.w),
                "h": float(box.h),
                "landmarks": vectors.pack_landmarks(one.detection.landmarks),
                "score": float(one.detection.score),
                "size_px": float(quality.size_px),
                "sharpness": float(quality.sharpness),
                "norm": float(quality.norm),
                "yaw": float(quality.yaw),
            }
        )
        blob = packed[face_id - first].tobytes()
        embedding_rows.append({"face_id": face_id, "model": model, "vector": blob, "crc32": vectors.checksum(blob)})
    connection.execute(insert(face), face_rows)
    connection.execute(insert(embedding), embedding_rows)
    return SavedFaces(
        face_ids=np.arange(first, first + len(found), dtype=np.int64),
        photo_ids=ids([photo_id for photo_id, _ in found]),
        embeddings=vectors.unpack(packed),
        removed_face_ids=ids(removed),
        photos=tuple(photos),
    )
