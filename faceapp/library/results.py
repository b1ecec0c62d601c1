"""Writing what came of reading photos: their faces, failures, files that moved, copies of known files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, groupby
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, func, insert, select, update

from faceapp.library import vectors
from faceapp.library.edits import carry_over, faces_with_vectors, strangers
from faceapp.library.ledger.places import attach
from faceapp.library.ledger.settling import settle_read
from faceapp.library.marked_faces import carry_marks, put_back
from faceapp.library.rows import chunks, ids, last_id, to_microseconds
from faceapp.library.tables import embedding, face, photo
from faceapp.library.vector_reader import embeddings_of
from faceapp.types import AnalysedFace, Box, FloatArray, PhotoState
from faceapp.types_scan import FailedPhoto, IndexedPhoto, SamePhoto, SavedFaces

content_read = func.coalesce(photo.c.content_hash, photo.c.earlier_hash)  # what a photo's faces and other facts are of
_SET_ASIDE: dict[str, Any] = {"content_hash": None, "earlier_hash": content_read, "missing_since": None}
_FACTS = ("content_hash", "width", "height", "taken_us", "camera")
_TRIED: dict[str, Any] = {"attempts": photo.c.attempts + 1}
_READ = update(photo).where(photo.c.id == bindparam("photo")).values({name: bindparam(name) for name in _FACTS})
_READ = _READ.values(state=PhotoState.INDEXED, earlier_hash=None, reason=None, missing_since=None, **_TRIED)
_FAILED = update(photo).where(photo.c.id == bindparam("photo")).values(_SET_ASIDE)
_FAILED = _FAILED.values(state=PhotoState.FAILED, reason=bindparam("told"), **_TRIED)


def is_twin(model: str) -> ColumnElement[bool]:
    """Whether it is known what content a photo's faces are of, and all of them have a vector of the model."""
    vector = select(embedding.c.face_id).where(embedding.c.face_id == face.c.id, embedding.c.model == model)
    without = select(face.c.id).where(face.c.photo_id == photo.c.id, ~vector.exists())
    return content_read.is_not(None) & ~without.exists()


def faces_in_view(connection: Connection, photo_ids: Sequence[int]) -> list[int]:
    """Return the faces of those photos that are in view."""
    found: list[int] = []
    for some in chunks(photo_ids):
        query = select(face.c.id).join(photo).where(photo.c.id.in_(some), photo.c.state == PhotoState.INDEXED)
        found += connection.execute(query).scalars()
    return found


class Batch:
    """One batch of results, written within one transaction; adds up what they change."""

    def __init__(self, connection: Connection, model: str) -> None:
        self._connection = connection
        self._model = model
        self._is_twin = is_twin(model)
        self.thumbnails: dict[int, bytes] = {}  # by photo
        self.tiles: dict[int, bytes] = {}  # by face
        self.same_thumbnail: dict[int, int] = {}  # the photo that has it already, by photo
        self.same_tile: dict[int, int] = {}  # the face that has it already, by face
        self.deleted_photos: list[int] = []
        self.deleted_faces: list[int] = []
        self._changed: dict[int, None] = {}  # photos, in order
        self._hidden: list[int] = []  # faces that were in view
        self._shown: list[int] = []  # photos whose faces came into view
        self._moved: set[int] = set()
        self._contents: set[bytes] = set()

    def write(self, results: Iterable[IndexedPhoto | FailedPhoto | SamePhoto]) -> SavedFaces:
        """Write results in their order, find the places decided about in their content again, return what changed."""
        for same, some in groupby(results, lambda result: isinstance(result, SamePhoto)):
            if same:
                for result in some:
                    assert isinstance(result, SamePhoto)
                    self._write_same(result)
            else:
                self._write_read([result for result in some if not isinstance(result, SamePhoto)])
        put_back(self._connection, self._model, self._contents)
        settle_read(self._connection, attach(self._connection, self._contents))
        shown = embeddings_of(self._connection, self._model, self._shown)
        return SavedFaces(*shown, ids(self._hidden), tuple(self._changed))

    def _write_read(self, results: Sequence[IndexedPhoto | FailedPhoto]) -> None:
        before: dict[int, bytes | None] = {}  # content by photo; photos that are not here any more are left out
        for some in chunks([result.photo_id for result in results]):
            query = select(photo.c.id, content_read).where(photo.c.id.in_(some))
            before.update((id_, content) for id_, content in self._connection.execute(query))
        known = [result for result in results if result.photo_id in before]
        self._changed |= dict.fromkeys(result.photo_id for result in known)
        self._hidden += faces_in_view(self._connection, [result.photo_id for result in known])
        failed = [{"photo": one.photo_id, "told": one.reason} for one in known if isinstance(one, FailedPhoto)]
        if failed:
            self._connection.execute(_FAILED, failed)
        indexed = [result for result in known if isinstance(result, IndexedPhoto)]
        if indexed:
            self._write_indexed(indexed, before)

    def _write_indexed(self, results: Sequence[IndexedPhoto], before: dict[int, bytes | None]) -> None:
        edited = [one for one in results if before[one.photo_id] not in (None, one.content_hash)]
        old_faces = {one.photo_id: faces_with_vectors(self._connection, one.photo_id, self._model) for one in edited}
        self._delete_faces([result.photo_id for result in results])
        self._connection.execute(_READ, [_columns(result) for result in results])
        self._insert_faces(results)
        for one in edited:
            self._carry_over(one.photo_id, old_faces[one.photo_id], before[one.photo_id], one.content_hash)
        self.thumbnails |= {result.photo_id: result.thumbnail for result in results}
        self._shown += [result.photo_id for result in results]
        self._contents.update(result.content_hash for result in results)

    def _insert_faces(self, results: Sequence[IndexedPhoto]) -> None:
        new: dict[int, dict[int, AnalysedFace]] = {}
        # Numbered here, to insert all at once and still know each: there is no other writer.
        numbers = count(last_id(self._connection, face) + 1)
        for result in results:
            new[result.photo_id] = dict(zip((next(numbers) for _ in result.faces), result.faces, strict=True))
            self.tiles |= zip(new[result.photo_id], result.tiles, strict=True)
        rows = [
            {"id": face_id, "photo_id": photo_id, **_face_columns(one)}
            for photo_id, faces in new.items()
            for face_id, one in faces.items()
        ]
        if rows:
            packed = vectors.pack(np.stack([one.embedding for faces in new.values() for one in faces.values()]))
            blobs = [
                {"face_id": row["id"], "model": self._model, "vector": blob, "crc32": vectors.checksum(blob)}
                for row, blob in zip(rows, (vector.tobytes() for vector in packed), strict=True)
            ]
            self._connection.execute(insert(face), rows)
            self._connection.execute(insert(embedding), blobs)

    def _carry_over(
        self, photo_id: int, old_faces: dict[int, tuple[Box, FloatArray]], earlier: bytes | None, content: bytes
    ) -> None:
        """Let the faces of an edited photo keep what was said of them."""
        assert earlier is not None
        others = strangers(old_faces, faces_with_vectors(self._connection, photo_id, self._model))
        if not others:
            carry_marks(self._connection, self._model, photo_id, earlier, content)
        carry_over(self._connection, photo_id, earlier, content, leave_out=others)

    def _delete_faces(self, photo_ids: Sequence[int]) -> None:
        for some in chunks(photo_ids):
            gone = delete(face).where(face.c.photo_id.in_(some)).returning(face.c.id)
            self.deleted_faces += self._connection.execute(gone).scalars()

    def _write_same(self, result: SamePhoto) -> None:
        here = self._connection.execute(select(photo).where(photo.c.id == result.photo_id)).one_or_none()
        if here is None:
            return
        self._hidden += faces_in_view(self._connection, [here.id])
        query = select(photo).where(photo.c.id == result.twin_id, content_read == result.content_hash, self._is_twin)
        twin = self._connection.execute(query).one_or_none()
        if twin is None:
            unread = {**_SET_ASIDE, "state": PhotoState.PENDING, "reason": None}
            self._connection.execute(update(photo).where(photo.c.id == here.id).values(unread))
            return
        self._contents.add(result.content_hash)
        earlier = here.content_hash or here.earlier_hash
        edited = earlier not in (None, result.content_hash)  # and a copy of it was read first
        old_faces = faces_with_vectors(self._connection, here.id, self._model) if edited else {}
        if takes_place := twin.id == here.id or (result.moved and twin.id not in self._moved):
            self._take_place(twin, here, result.content_hash)
        else:
            self._copy(twin, here, result.content_hash)
        if edited:
            self._carry_over(twin.id if takes_place else here.id, old_faces, earlier, result.content_hash)

    def _take_place(self, twin: Row[Any], here: Row[Any], content: bytes) -> None:
        """Let a photo have the place of the file that waits: faces, thumbnails and decisions come along.

        That may be its own place, if the file was touched but is what it was.
        """
        if twin.id != here.id:
            self._moved.add(twin.id)
            self._delete_faces([here.id])
            self._connection.execute(delete(photo).where(photo.c.id == here.id))
            self.deleted_photos.append(here.id)
        place = {name: getattr(here, name) for name in ("folder_id", "path", "size", "mtime_ns")}
        shown = {"state": PhotoState.INDEXED, "content_hash": content, "earlier_hash": None}
        shown |= {"reason": None, "missing_since": None}
        self._connection.execute(update(photo).where(photo.c.id == twin.id).values({**place, **shown}))
        self._changed[twin.id] = None
        if twin.state != PhotoState.INDEXED:
            self._shown.append(twin.id)

    def _copy(self, twin: Row[Any], here: Row[Any], content: bytes) -> None:
        """Give the file that waits the facts of a photo with the same content."""
        self._delete_faces([here.id])
        facts = {name: getattr(twin, name) for name in _FACTS}
        self._connection.execute(_READ, {**facts, "content_hash": content, "photo": here.id})
        query = select(face).where(face.c.photo_id == twin.id).order_by(face.c.id)
        faces = self._connection.execute(query).mappings().all()
        if faces:
            new = dict(zip((row["id"] for row in faces), count(last_id(self._connection, face) + 1), strict=False))
            blobs = self._connection.execute(select(embedding).where(embedding.c.face_id.in_(new))).mappings().all()
            owned = [{**row, "id": new[row["id"]], "photo_id": here.id} for row in faces]
            self._connection.execute(insert(face), owned)
            self._connection.execute(insert(embedding), [{**row, "face_id": new[row["face_id"]]} for row in blobs])
            self.same_tile |= {copy: original for original, copy in new.items()}
        self.same_thumbnail[here.id] = twin.id
        self._changed[here.id] = None
        self._shown.append(here.id)


def _columns(result: IndexedPhoto) -> dict[str, Any]:
    return {
        "photo": result.photo_id,
        "content_hash": result.content_hash,
        "width": result.width,
        "height": result.height,
        "taken_us": to_microseconds(result.taken),
        "camera": result.camera,
    }


def _face_columns(one: AnalysedFace) -> dict[str, Any]:
    box, quality = one.detection.box, one.quality
    return {
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
