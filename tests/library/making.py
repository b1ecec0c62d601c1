"""Makes photos and faces for the tests of the library."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from faceapp.library.library import Library
from faceapp.types import AnalysedFace, Box, Detection, FloatArray, IdArray, Quality
from faceapp.types_scan import FoundFile, IndexedPhoto

MODEL = "test-model"
DIMENSION = 16
LEFT = Box(0.1, 0.2, 0.2, 0.3)
RIGHT = Box(0.6, 0.2, 0.2, 0.3)


def content(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def unit(seed: int, dimension: int = DIMENSION) -> FloatArray:
    vector = np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def a_face(
    box: Box = LEFT, *, seed: int = 0, score: float = 0.9, norm: float = 3.0, size_px: float = 80.0
) -> AnalysedFace:
    landmarks = tuple((box.x + box.w * (i + 1) / 6, box.y + box.h / 2) for i in range(5))
    return AnalysedFace(Detection(box, landmarks, score), Quality(size_px, 120.5, norm, -0.25), unit(seed))


def a_result(
    photo_id: int, faces: Sequence[AnalysedFace] = (), *, of: str | None = None, taken: datetime | None = None
) -> IndexedPhoto:
    return IndexedPhoto(
        photo_id=photo_id,
        width=640,
        height=480,
        content_hash=content(of or f"photo {photo_id}"),
        taken=taken,
        camera="Pinhole 1",
        faces=list(faces),
        thumbnail=f"photo {photo_id}".encode(),
        tiles=[f"tile {photo_id} {i}".encode() for i in range(len(faces))],
    )


def put(library: Library, root: Path, *names: str | bytes, mtime_ns: int = 1_000_000_000) -> list[int]:
    """Put files of these names into the queue and return their photo ids, in order."""
    store = library.scan_store
    folder = store.add_folder(root)
    paths = [os.fsdecode(name) for name in names]
    store.put_pending(folder.id, [FoundFile(path, 100, mtime_ns + i) for i, path in enumerate(paths)])
    known = store.known_files(folder.id)
    return [known[path].photo_id for path in paths]


def all_vectors(library: Library) -> tuple[IdArray, IdArray, FloatArray]:
    """Return faces, photos and vectors as the gallery gets them at a start, in order of face id."""
    listing = library.reader.vector_listing()
    face_ids, sums, vectors = library.reader.vectors(listing.face_ids)
    rows = np.searchsorted(listing.face_ids, face_ids)
    assert np.array_equal(listing.face_ids[rows], face_ids)
    assert np.array_equal(listing.sums[rows], sums)
    return face_ids, listing.photo_ids[rows], vectors
