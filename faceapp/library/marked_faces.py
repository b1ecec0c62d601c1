"""Faces that the detector missed and the user drew: decisions, of which rows of ``face`` are made again and again.

The step has one row of ``Kind.MARK`` about a place; its ``value`` says all of the face as JSON: box, landmarks,
quality, vector. Whenever a photo of that content is read, the face is put back unless one was found there by then.
A row of ``face`` belongs to a mark if it has the very box of it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, insert, select

from faceapp.errors import FaceappError
from faceapp.library import vectors
from faceapp.library.ledger.holds import Entry, Kind
from faceapp.library.ledger.places import attach, faces_by_photo, places_in
from faceapp.library.ledger.writing import write_step
from faceapp.library.matching import match_boxes
from faceapp.library.rows import chunks, ids
from faceapp.library.tables import decision, embedding, face, photo, place, step
from faceapp.library.vector_reader import embeddings_of
from faceapp.types import AnalysedFace, Box, PhotoState
from faceapp.types_people import FaceIsThere, Verb
from faceapp.types_scan import SavedFaces

_SAME_SHAPE = 0.01  # of width over height: an edited photo of another shape was cropped or turned

_Json = dict[str, Any]


def write_mark(connection: Connection, model: str, photo_id: int, content: bytes, marked: AnalysedFace) -> int:
    """Write down that there is a face in a photo; return the step. ``model`` made its embedding.

    Raises ``FaceIsThere`` if there is one already, and ``FaceappError`` if the photo is not of that content any more.
    """
    here = connection.execute(select(photo).where(photo.c.id == photo_id)).one_or_none()
    if here is None or here.content_hash != content or here.state != PhotoState.INDEXED:
        raise FaceappError("The photo has changed since it was read. Look for new photos, then draw the face again.")
    box = marked.detection.box
    there = match_boxes({0: box}, faces_by_photo(connection, [content])[content][photo_id])
    if there:
        raise FaceIsThere("There is a face at this place already.", there[0])
    known = match_boxes({0: box}, places_in(connection, [content]).get(content, {}))
    number = known.get(0)
    if number is None:
        made = insert(place).values(content_hash=content, x=box.x, y=box.y, w=box.w, h=box.h)
        number = connection.execute(made.returning(place.c.id)).scalar_one()
    value = json.dumps(_written(marked, model) | {"photo": [here.width, here.height]})
    return write_step(connection, Verb.MARK_FACE, [Entry(Kind.MARK, number, value=value)], faces=1)


def follow_step(connection: Connection, model: str, step_id: int) -> SavedFaces | None:
    """Put the faces of a step into their photos, or take them out if it was undone; None if it marked none."""
    query = select(place.c.content_hash, decision.c.value, step.c.undone).select_from(decision)
    query = query.join(place, place.c.id == decision.c.place_id).join(step, step.c.id == decision.c.step_id)
    rows = connection.execute(query.where(decision.c.step_id == step_id, decision.c.kind == Kind.MARK)).all()
    if not rows:
        return None
    removed: dict[int, int] = {}  # photo by face
    for content, value, undone in rows:
        if undone:
            removed |= _take_out(connection, content, Box(*json.loads(value)["box"]))
    new = put_back(connection, model, [content for content, _, undone in rows if not undone])
    attach(connection, {content for content, _, _ in rows})
    photos = sorted({*removed.values(), *new.values()})
    face_ids, owners, sums, embeddings = embeddings_of(connection, model, photos)
    mine = np.isin(face_ids, list(new))
    return SavedFaces(face_ids[mine], owners[mine], sums[mine], embeddings[mine], ids(sorted(removed)), photos)


def put_back(connection: Connection, model: str, contents: Iterable[bytes]) -> dict[int, int]:
    """Put marked faces into all photos of these contents that lack them; return the photo of each new face."""
    new: dict[int, int] = {}
    for some in chunks(sorted(set(contents))):
        marks = _marks_in(connection, some)
        if not marks:
            continue
        found = faces_by_photo(connection, list(marks))
        query = select(photo.c.id, photo.c.content_hash).where(photo.c.content_hash.in_(list(marks)))
        for photo_id, content in connection.execute(query.order_by(photo.c.id)).all():
            new |= _put_in(connection, model, photo_id, marks[content], found[content][photo_id])
    return new


def carry_marks(connection: Connection, model: str, photo_id: int, before: bytes, now: bytes) -> None:
    """Put the marked faces of an earlier content into an edited photo of the same shape."""
    marks = _marks_in(connection, [before]).get(before, [])
    if not marks:
        return
    width, height = connection.execute(select(photo.c.width, photo.c.height).where(photo.c.id == photo_id)).one()
    fitting = [mark for mark in marks if abs(_shape(*mark["photo"]) / _shape(width, height) - 1) < _SAME_SHAPE]
    _put_in(connection, model, photo_id, fitting, faces_by_photo(connection, [now])[now][photo_id])


def _marks_in(connection: Connection, contents: Collection[bytes]) -> dict[bytes, list[_Json]]:
    """Return the marks that hold, by content, in the order in which they were drawn."""
    query = select(place.c.content_hash, decision.c.value).select_from(place)
    query = query.join(decision, decision.c.place_id == place.c.id).join(step, step.c.id == decision.c.step_id)
    query = query.where(place.c.content_hash.in_(contents), decision.c.kind == Kind.MARK, step.c.undone == 0)
    marks: dict[bytes, list[_Json]] = defaultdict(list)
    for content, value in connection.execute(query.order_by(decision.c.step_id)):
        marks[content].append(json.loads(value))
    return marks


def _put_in(
    connection: Connection, model: str, photo_id: int, marks: Iterable[_Json], there: dict[int, Box]
) -> dict[int, int]:
    """Insert marked faces where there is none; return the photo of each."""
    there = dict(there)
    new: dict[int, int] = {}
    for mark in marks:
        box = Box(*mark["box"])
        if match_boxes({0: box}, there):
            continue
        size_px, sharpness, norm, yaw = mark["quality"]
        columns: _Json = {"photo_id": photo_id, "x": box.x, "y": box.y, "w": box.w, "h": box.h, "score": 1.0}
        columns |= {"size_px": size_px, "sharpness": sharpness, "norm": norm, "yaw": yaw}
        columns["landmarks"] = vectors.pack_landmarks(tuple((x, y) for x, y in mark["landmarks"]))
        face_id = connection.execute(insert(face).values(columns).returning(face.c.id)).scalar_one()
        if mark["model"] == model:  # for another one it is made from the landmarks, as for every face
            blob = b64decode(mark["vector"])
            row = {"face_id": face_id, "model": model, "vector": blob, "crc32": vectors.checksum(blob)}
            connection.execute(insert(embedding).values(row))
        there[face_id] = box
        new[face_id] = photo_id
    return new


def _take_out(connection: Connection, content: bytes, box: Box) -> dict[int, int]:
    """Delete the rows of a mark; return the photo of each."""
    here = select(photo.c.id).where(photo.c.content_hash == content)
    same = (face.c.x == box.x, face.c.y == box.y, face.c.w == box.w, face.c.h == box.h)
    gone = delete(face).where(face.c.photo_id.in_(here), *same).returning(face.c.id, face.c.photo_id)
    removed: dict[int, int] = dict(connection.execute(gone).all())
    return removed


def _written(marked: AnalysedFace, model: str) -> _Json:
    box, quality = marked.detection.box, marked.quality
    return {
        "box": [float(value) for value in (box.x, box.y, box.w, box.h)],
        "landmarks": [[float(x), float(y)] for x, y in marked.detection.landmarks],
        "quality": [float(value) for value in (quality.size_px, quality.sharpness, quality.norm, quality.yaw)],
        "model": model,
        "vector": b64encode(vectors.pack(marked.embedding[np.newaxis])[0].tobytes()).decode(),
    }


def _shape(width: int, height: int) -> float:
    return width / max(1, height)
