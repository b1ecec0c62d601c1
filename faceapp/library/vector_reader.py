"""Vectors on their way into the gallery: which ones there are, and what they say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Integer, column, select, text

from faceapp.library import vectors
from faceapp.library.driver import columns_of, fetch
from faceapp.library.filters import OUT_OF_VIEW
from faceapp.library.rows import chunks
from faceapp.library.tables import embedding, face, photo
from faceapp.types import FloatArray, IdArray, PhotoState
from faceapp.types_search import VectorListing

_BLOCK = 4096  # vectors turned into numbers at a time

# CROSS JOIN keeps this order of tables, in which nothing has to be sorted.
_LISTING = text(f"""
SELECT embedding.face_id, face.photo_id, embedding.crc32
FROM embedding INDEXED BY embedding_listing
CROSS JOIN face ON face.id = embedding.face_id
WHERE embedding.model = :model AND face.photo_id NOT IN ({OUT_OF_VIEW})
ORDER BY embedding.face_id
""").columns(*(column(name, Integer) for name in ("face_id", "photo_id", "crc32")))
_VECTORS = """
SELECT embedding.vector, embedding.crc32, embedding.face_id
FROM json_each(?) AS wanted
CROSS JOIN embedding ON embedding.face_id = wanted.value AND embedding.model = ?
"""
_OF_PHOTOS = (
    select(embedding.c.vector, embedding.c.crc32, face.c.id, face.c.photo_id)
    .select_from(face)
    .join(embedding)
    .join(photo)
    .where(photo.c.state == PhotoState.INDEXED)
    .order_by(face.c.id)
)


def listing_of(connection: Connection, model: str) -> VectorListing:
    """Return which faces of photos in view have a vector of a model, in order of face id."""
    return VectorListing(*columns_of(connection, _LISTING.bindparams(model=model)))


def vectors_of(connection: Connection, model: str, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
    """Return ids (M,), checksums (M,) and unit vectors (M, D) of faces that have a sound one, in order of face id.

    Vectors that are damaged are left out; ``doctor`` lists them.
    """
    wanted = np.unique(np.asarray(face_ids, np.int64)).tolist()
    blocks = (fetch(connection, _VECTORS, (json.dumps(some), model)) for some in chunks(wanted, _BLOCK))
    (sums, found), matrix = _sound(blocks, 2)
    return found, sums, matrix


def embeddings_of(
    connection: Connection, model: str, photo_ids: Sequence[int]
) -> tuple[IdArray, IdArray, IdArray, FloatArray]:
    """Return face ids, photo ids, checksums and unit vectors of those photos that are in view, sound ones only.

    In order of face id within each ``CHUNK`` of photos.
    """
    query = _OF_PHOTOS.where(embedding.c.model == model)
    blocks = (connection.execute(query.where(photo.c.id.in_(some))).all() for some in chunks(sorted(photo_ids)))
    (sums, face_ids, owners), matrix = _sound(blocks, 3)
    return face_ids, owners, sums, matrix


def _sound(blocks: Iterable[Sequence[Any]], numbers: int) -> tuple[NDArray[np.int64], FloatArray]:
    """Return the numbers (``numbers``, N) and unit vectors (N, D) of rows: a vector, its checksum, other numbers."""
    kept: list[Sequence[int]] = []
    parts: list[NDArray[np.float16]] = []
    length: int | None = None  # bytes of a vector
    for block in blocks:
        sound = [row for row in block if vectors.checksum(row[0]) == row[1]]
        if sound and length is None:
            length = len(sound[0][0])
        sound = [row for row in sound if len(row[0]) == length]
        if sound:
            kept += [row[1:] for row in sound]
            parts.append(vectors.from_blobs([row[0] for row in sound]))
    matrix = np.empty((len(kept), parts[0].shape[1] if parts else 0), np.float32)
    row_number = 0
    for part in parts:  # block by block: the temporaries of all rows at once would take as much again
        matrix[row_number : row_number + len(part)] = vectors.unpack(part)
        row_number += len(part)
    return np.array(kept, np.int64).reshape(-1, numbers).T, matrix
