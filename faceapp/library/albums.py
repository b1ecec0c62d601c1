"""Albums: searches kept under a name, as decisions of the ledger.

Keeping or removing one is a step with one row of ``Kind.ALBUM`` that says all of it, as JSON. Of the rows about one
album, the last one of a step that is not undone holds. A face of the library is kept by its place, with its vector:
the step has a row of ``Kind.ALBUM_FACE`` for the place, whose ``value`` is the place's number in the JSON. When the
photo is edited, the new place gets a copy of that row (``edits``), so the face is found there.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Connection

from faceapp.errors import FaceappError
from faceapp.library import vectors
from faceapp.library.driver import fetch, fetch_column
from faceapp.library.ledger.holds import Entry, Finals, Kind, listed
from faceapp.library.ledger.places import places_of
from faceapp.library.ledger.settling import name_key
from faceapp.library.ledger.writing import settle_step, write_step
from faceapp.library.rows import last_id
from faceapp.library.tables import step
from faceapp.types import Combine, PhotoState
from faceapp.types_people import Change, Verb
from faceapp.types_search import Album, Filter, GroupBy, Role, Rows, Search, SearchFace

_Json = dict[str, Any]

# SQLite takes the plain column from the row that has the greatest step. Rows are large, with pictures: only those that
# hold leave SQLite.
_HOLDING = """
SELECT d.value, max(d.step_id) FROM decision d CROSS JOIN step s ON s.id = d.step_id
WHERE d.place_id IS NULL AND d.kind = 'album' AND s.undone = 0
GROUP BY json_extract(d.value, '$.album')
"""
_FACES_NOW = f"""
SELECT d.step_id, d.value, min(c.face_id) FROM json_each(?) here
CROSS JOIN decision d ON d.step_id = here.value AND d.kind = 'album face'
CROSS JOIN decided c ON c.place_id = d.place_id
CROSS JOIN photo p ON p.id = c.photo_id AND p.state = '{PhotoState.INDEXED}'
GROUP BY d.step_id, d.value
"""
_PLACES_THEN = "SELECT value, place_id FROM decision WHERE step_id = ? AND kind = 'album face'"
_HERE = """
SELECT f.id FROM json_each(?) here CROSS JOIN face f ON f.id = here.value
CROSS JOIN photo p ON p.id = f.photo_id WHERE p.content_hash IS NOT NULL
"""
_VECTORS = """
SELECT face_id, vector, crc32 FROM json_each(?) here CROSS JOIN embedding ON face_id = here.value AND model = ?
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An album as it is written, and which faces of today lie in its places, by the number in the JSON."""

    step_id: int
    said: _Json
    faces: Mapping[int, int]


def albums_of(connection: Connection, model: str) -> list[Album]:
    """Return the albums in order of name. Embeddings made by another model than ``model`` are left out."""
    finals = Finals(connection)
    found = []
    for album_id, kept in _holding(connection).items():
        faces = [_face(one, kept.faces, model) for one in kept.said["search"]["faces"]]
        found.append(Album(album_id, kept.said["name"], _search(kept.said["search"], faces, finals)))
    return sorted(found, key=lambda album: (name_key(album.name), album.id))


def save_album(connection: Connection, model: str, name: str, search: Search, album_id: int | None) -> Change:
    """Write an album down; ``model`` made the embeddings of ``search``. Raises ``FaceappError`` as the store does."""
    holding = _holding(connection)
    before = None if album_id is None else _there(holding, album_id)
    for id_, other in holding.items():
        if id_ != album_id and name_key(other.said["name"]) == name_key(name):
            raise FaceappError(f"There is an album “{other.said['name']}” already. Choose another name.")
    faces, rows = _keep(connection, model, search.faces, before)
    said = {"album": last_id(connection, step) + 1 if album_id is None else album_id, "name": name}
    said["search"] = _written(search) | {"faces": faces}
    rows.append(Entry(Kind.ALBUM, value=json.dumps(said)))
    return settle_step(connection, write_step(connection, Verb.SAVE_ALBUM, rows, faces=0, note=name))


def remove_album(connection: Connection, album_id: int) -> Change:
    """Write down that an album is gone."""
    name = _there(_holding(connection), album_id).said["name"]
    rows = [Entry(Kind.ALBUM, value=json.dumps({"album": album_id, "gone": True}))]
    return settle_step(connection, write_step(connection, Verb.REMOVE_ALBUM, rows, faces=0, note=name))


def _there(holding: Mapping[int, _Kept], album_id: int) -> _Kept:
    if album_id not in holding:
        raise FaceappError(f"There is no album {album_id} in this library any more. Nothing was changed.")
    return holding[album_id]


def _holding(connection: Connection) -> dict[int, _Kept]:
    """Return the albums that there are, by id."""
    said = {step_id: json.loads(value) for value, step_id in fetch(connection, _HOLDING)}
    there = {step_id: one for step_id, one in said.items() if "gone" not in one}
    faces: dict[int, dict[int, int]] = {step_id: {} for step_id in there}
    for step_id, key, face_id in fetch(connection, _FACES_NOW, (listed(there),)):
        faces[step_id][int(key)] = face_id
    return {one["album"]: _Kept(step_id, one, faces[step_id]) for step_id, one in there.items()}


def _keep(
    connection: Connection, model: str, faces: Sequence[SearchFace], before: _Kept | None
) -> tuple[list[_Json], list[Entry]]:
    """Return the faces of a search as they are written, and the rows about the places of those of the library.

    One that has no face today, but stood in the album ``before`` just so, stays what it was: its photo may come back.
    """
    asked = listed(face.face_id for face in faces if face.face_id is not None)
    here: list[int] = fetch_column(connection, _HERE, (asked,))
    if here:
        places_of(connection, here)
    sql = "SELECT face_id, place_id FROM decided WHERE face_id IN (SELECT value FROM json_each(?))"
    places: dict[int, int] = dict(fetch(connection, sql, (listed(here),)))
    stored = {
        face_id: vector
        for face_id, vector, crc32 in fetch(connection, _VECTORS, (listed(here), model))
        if vectors.checksum(vector) == crc32
    }
    earlier = [] if before is None else list(before.said["search"]["faces"])
    known = {} if before is None else before.faces
    written: list[_Json] = []
    for face in faces:
        lost = None
        if face.face_id is None:
            lost = next((one for one in earlier if _same(_face(one, known, model), face)), None)
        if lost is not None:
            earlier.remove(lost)
            written.append(lost | {"role": str(face.role)})
            continue
        one: _Json = {"label": face.label, "role": str(face.role)}
        if face.face_id in places:
            one["place"] = places[face.face_id]
        vector = stored.get(face.face_id or 0) or _packed(face)
        if vector is not None:
            one |= {"model": model, "vector": b64encode(vector).decode()}
        if face.face_id is None and face.picture is not None:
            one["picture"] = b64encode(face.picture).decode()
        written.append(one)
    wanted = {one["place"] for one in written if "place" in one}
    rows = {(place, place) for place in places.values() if place in wanted}
    if before is not None:
        then = fetch(connection, _PLACES_THEN, (before.step_id,))
        rows |= {(int(key), place) for key, place in then if int(key) in wanted}
    return written, [Entry(Kind.ALBUM_FACE, place, value=str(key)) for key, place in sorted(rows)]


def _packed(face: SearchFace) -> bytes | None:
    return None if face.embedding is None else vectors.pack(face.embedding[np.newaxis])[0].tobytes()


def _face(one: _Json, faces: Mapping[int, int], model: str) -> SearchFace:
    """Return a face of a search as a face of today."""
    known = "vector" in one and one["model"] == model
    return SearchFace(
        label=one["label"],
        role=Role(one["role"]),
        face_id=faces.get(one.get("place", 0)),
        embedding=vectors.unpack(vectors.from_blobs([b64decode(one["vector"])]))[0] if known else None,
        picture=b64decode(one["picture"]) if "picture" in one else None,
    )


def _same(one: SearchFace, other: SearchFace) -> bool:
    """Return whether two faces that are not of the library today are one, whatever their roles."""
    if one.face_id is not None or (one.label, one.picture) != (other.label, other.picture):
        return False
    if one.embedding is None or other.embedding is None:
        return one.embedding is other.embedding
    return np.array_equal(one.embedding, other.embedding)


def _written(search: Search) -> _Json:
    """Return all of a search but its faces."""
    only = search.filter
    return {
        "combine": str(search.combine),
        "threshold": float(search.threshold),
        "filter": {
            "people": _numbers(only.people),
            "taken_from": None if only.taken_from is None else only.taken_from.isoformat(),
            "taken_to": None if only.taken_to is None else only.taken_to.isoformat(),
            "folders": _numbers(only.folders),
            "named": only.named,
            "least_size": None if only.least_size is None else int(only.least_size),
            "clear": only.clear,
        },
        "sort": search.sort,
        "rows": str(search.rows),
        "group_by": str(search.group_by),
    }


def _search(said: _Json, faces: Sequence[SearchFace], finals: Finals) -> Search:
    """Return a search as it was written; people who became others are these now."""
    only = said["filter"]
    start, end = (None if only[key] is None else date.fromisoformat(only[key]) for key in ("taken_from", "taken_to"))
    return Search(
        faces=tuple(faces),
        combine=Combine(said["combine"]),
        threshold=said["threshold"],
        filter=Filter(
            people=tuple(dict.fromkeys(finals.of(person_id) for person_id in only["people"])),
            taken_from=start,
            taken_to=end,
            folders=tuple(only["folders"]),
            named=only["named"],
            least_size=only["least_size"],
            clear=only["clear"],
        ),
        sort=said["sort"],
        rows=Rows(said["rows"]),
        group_by=GroupBy(said["group_by"]),
    )


def _numbers(values: Iterable[int]) -> list[int]:
    return [int(value) for value in values]
