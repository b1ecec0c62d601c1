"""Answering a search that was put together or kept: what the window and the command line share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.ports_search import Gallery, MatchSet
from faceapp.types import FloatArray
from faceapp.types_search import Role, Rows, Search, SearchFace


def answer(services: Services, search: Search) -> MatchSet:
    """Return every match of a search from the slider's minimum on; its threshold is for the caller to cut at.

    A face without an embedding takes that of its face in the gallery; where there is none, it says nothing, as if it
    were off. Raises ``FaceappError`` if no face to look for is left. Takes its time: on a worker.
    """
    included = probes_of(services.gallery, search.faces, Role.INCLUDE)
    if included is None:
        raise FaceappError("There is no face to look for. Choose at least one.")
    found = services.gallery.search(
        included,
        search.combine,
        exclude=probes_of(services.gallery, search.faces, Role.EXCLUDE),
        without=services.recognition.search_threshold,
        allowed=None if search.filter.empty else services.reader.filtered_faces(search.filter),
    )
    return found.best_of_photos() if search.rows is Rows.PHOTOS else found


def count(services: Services, search: Search) -> int:
    """Return how many rows a search has now: faces, or photos where one row is a photo.

    Without faces it lets through photos. None match if no face to look for has an embedding.
    """
    if not search.faces:
        return len(services.reader.photo_ids(only=search.filter))
    if probes_of(services.gallery, search.faces, Role.INCLUDE) is None:
        return 0
    return answer(services, search).count(search.threshold)


def probes_of(gallery: Gallery, faces: Sequence[SearchFace], role: Role) -> FloatArray | None:
    """Return the embeddings (Q, D) of the faces in a role; None if none of them has one."""
    found = [embedding_of(gallery, face) for face in faces if face.role is role]
    known = [embedding for embedding in found if embedding is not None]
    return np.stack(known) if known else None


def embedding_of(gallery: Gallery, face: SearchFace) -> FloatArray | None:
    """Return the unit vector (D,) of a query face, None if there is none of the model in use."""
    if face.embedding is not None or face.face_id is None:
        return face.embedding
    return gallery.embedding(face.face_id)
