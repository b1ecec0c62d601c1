"""Names across an edit: a file that changed in place keeps the names of the faces that are still there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, insert, select

from faceapp.library import vectors
from faceapp.library.ledger.holds import listed
from faceapp.library.ledger.places import faces_by_photo, places_in
from faceapp.library.matching import match_boxes
from faceapp.library.tables import embedding, face, place
from faceapp.types import Box, FloatArray

STRANGER = 0.3  # cosine: below it, two faces in one place are two people; one of 100 pairs of strangers is above


def faces_with_vectors(connection: Connection, photo_id: int, model: str) -> dict[int, tuple[Box, FloatArray]]:
    """Return the box and unit vector (D,) of each face that a photo has now, by face."""
    c = face.c
    query = select(c.id, c.x, c.y, c.w, c.h, embedding.c.vector, embedding.c.crc32).join_from(face, embedding)
    rows = connection.execute(query.where(c.photo_id == photo_id, embedding.c.model == model))
    return {
        face_id: (Box(*box), vectors.unpack(vectors.from_blobs([vector]))[0])
        for face_id, *box, vector, crc32 in rows
        if vectors.checksum(vector) == crc32
    }


def strangers(before: Mapping[int, tuple[Box, FloatArray]], now: Mapping[int, tuple[Box, FloatArray]]) -> set[int]:
    """Return the faces that lie where another person's face lay: the file was not edited, but replaced."""
    here = {face_id: box for face_id, (box, _) in now.items()}
    there = {face_id: box for face_id, (box, _) in before.items()}
    pairs = match_boxes(here, there).items()
    return {face_id for face_id, earlier in pairs if float(now[face_id][1] @ before[earlier][1]) < STRANGER}


def carry_over(
    connection: Connection, photo_id: int, before: bytes, now: bytes, *, leave_out: Collection[int] = ()
) -> None:
    """Say of the faces of a photo's present content what was said of those of its earlier one, except some faces.

    What is decided for the present content already stays, but albums look for its faces as well. So does what was
    decided for the earlier one: another file may have it, or this one have it again. The copies belong to the steps
    that said it first, so that undoing one of these undoes both.
    """
    earlier = places_in(connection, [before]).get(before, {})
    if not earlier:
        return
    faces = faces_by_photo(connection, [now])[now][photo_id]
    there = places_in(connection, [now]).get(now, {})
    lies_in = match_boxes(faces, there)
    settled = _decided(connection, list(there))
    for face_id, place_before in match_boxes(faces, earlier).items():
        if face_id in leave_out:
            continue
        place_now = lies_in.get(face_id)
        if place_now is None:
            box = faces[face_id]
            made = insert(place).values(content_hash=now, x=box.x, y=box.y, w=box.w, h=box.h).returning(place.c.id)
            place_now = connection.execute(made).scalar_one()
        for sql in _COPY:
            parameters = {"before": place_before, "now": place_now, "who": place_now not in settled}
            connection.exec_driver_sql(sql, parameters)


def _decided(connection: Connection, places: Sequence[int]) -> set[int]:
    """Return the places of which something is said and not undone. That an album looks for a face is not of it."""
    sql = """
        SELECT DISTINCT here.value FROM json_each(?) here
        JOIN decision d ON d.place_id = here.value OR d.other_id = here.value
        JOIN step s ON s.id = d.step_id AND s.undone = 0
        WHERE d.kind != 'album face'
    """
    return set(connection.exec_driver_sql(sql, (listed(places),)).scalars())


# Two: also pairs of which both ends were carried over. What a step said of the present place already is not said twice.
_COPY = (
    """
    INSERT INTO decision (step_id, kind, place_id, other_id, person_id, other_person_id, value)
    SELECT step_id, kind, :now, other_id, person_id, other_person_id, value FROM decision d
    WHERE place_id = :before AND (:who OR kind = 'album face') AND NOT EXISTS (
        SELECT 1 FROM decision o WHERE o.step_id = d.step_id AND o.place_id = :now AND o.kind = d.kind
            AND o.other_id IS d.other_id AND o.person_id IS d.person_id)
    ORDER BY id
    """,
    """
    INSERT INTO decision (step_id, kind, place_id, other_id, person_id, other_person_id, value)
    SELECT step_id, kind, place_id, :now, person_id, other_person_id, value FROM decision d
    WHERE other_id = :before AND :who AND NOT EXISTS (
        SELECT 1 FROM decision o WHERE o.step_id = d.step_id AND o.other_id = :now AND o.kind = d.kind
            AND o.place_id IS d.place_id)
    ORDER BY id
    """,
)
