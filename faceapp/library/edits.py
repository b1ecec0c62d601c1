"""Names across an edit: a file that changed in place keeps the names of the faces that are still there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, insert, literal, select

from faceapp.library import vectors
from faceapp.library.decisions import decided_for, faces_by_photo
from faceapp.library.matching import match_boxes
from faceapp.library.tables import confirmation, embedding, face
from faceapp.types import AnalysedFace, Box, FloatArray

STRANGER = 0.3  # cosine: below it, two faces in one place are two people; one of 100 pairs of strangers is above


def faces_before(connection: Connection, photo_id: int, model: str) -> list[tuple[Box, FloatArray]]:
    """Return the box and unit vector (D,) of each face that a photo has had until now."""
    c = face.c
    query = select(c.x, c.y, c.w, c.h, embedding.c.vector, embedding.c.crc32).join_from(face, embedding)
    rows = connection.execute(query.where(c.photo_id == photo_id, embedding.c.model == model))
    return [
        (Box(*box), vectors.unpack(vectors.from_blobs([vector]))[0])
        for *box, vector, crc32 in rows
        if vectors.checksum(vector) == crc32
    ]


def strangers(before: Sequence[tuple[Box, FloatArray]], now: Mapping[int, AnalysedFace]) -> set[int]:
    """Return the faces that lie where another person's face lay: the file was not edited, but replaced."""
    here = {face_id: one.detection.box for face_id, one in now.items()}
    there = {number: box for number, (box, _) in enumerate(before)}
    pairs = match_boxes(here, there).items()
    return {face_id for face_id, number in pairs if float(now[face_id].embedding @ before[number][1]) < STRANGER}


def carry_over(
    connection: Connection, photo_id: int, before: bytes, now: bytes, *, leave_out: Collection[int] = ()
) -> None:
    """Copy what was decided for a photo's earlier content to the same faces of its present one, except some faces.

    What is decided for the present content already stays. So does what was decided for the earlier one: another
    file may have it, or this one have it again.
    """
    decided, _ = decided_for(connection, [before, now])
    if before not in decided:
        return
    faces = faces_by_photo(connection, [now])[now][photo_id]
    settled = match_boxes(faces, decided[now])
    c = confirmation.c
    columns = ["person_id", "created", "content_hash", "x", "y", "w", "h"]
    for face_id, decision in match_boxes(faces, decided[before]).items():
        if face_id not in settled and face_id not in leave_out:
            box = faces[face_id]
            there = [literal(value) for value in (now, box.x, box.y, box.w, box.h)]
            copied = select(c.person_id, c.created, *there).where(c.id == decision)
            connection.execute(insert(confirmation).from_select(columns, copied))
