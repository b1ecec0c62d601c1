"""The faces that are looked for, as the window holds them, and as they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPixmap

from faceapp.ports import Services
from faceapp.types import FloatArray
from faceapp.types_search import Role, SearchFace
from faceapp.ui.pixmaps import decode_jpeg

ProbeKey = tuple[str, int]  # ("face", face id) or ("picture", running number)

_QUALITY = 90  # of the JPEG that is kept of a face from a picture


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """One query face: from the library, or from a picture that was dropped."""

    key: ProbeKey
    label: str
    embedding: FloatArray | None  # (D,), unit length; None: made by another model, then it can only be off
    pixmap: QPixmap | None  # None: the face's own tile
    role: Role = Role.INCLUDE

    @property
    def face_id(self) -> int | None:
        return self.key[1] if self.key[0] == "face" else None

    def kept(self, *, picture: bool) -> SearchFace:
        """Return the face as a search holds it; ``picture``: with the picture of one that is not of the library."""
        tile = _jpeg(self.pixmap) if picture and self.face_id is None else None
        return SearchFace(self.label, self.role, self.face_id, self.embedding, tile)


@dataclass(frozen=True, slots=True, eq=False)
class ReadFace:
    """A kept face brought up to date, before its picture is a pixmap."""

    face: SearchFace
    image: QImage | None


def read_faces(services: Services, faces: Sequence[SearchFace]) -> list[ReadFace]:
    """Return kept faces with today's names and embeddings; those without an embedding are off. On a worker."""
    ids = [face.face_id for face in faces if face.face_id is not None]
    names = {face.id: face.person_name for face in services.reader.faces(ids)}
    read = []
    for face in faces:
        embedding = face.embedding
        if embedding is None and face.face_id is not None:
            embedding = embedding_of(services, face.face_id)
        role = face.role if embedding is not None else Role.OFF
        label = (names.get(face.face_id) if face.face_id is not None else None) or face.label
        image = decode_jpeg(face.picture) if face.picture is not None else None
        read.append(ReadFace(replace(face, label=label, role=role, embedding=embedding), image))
    return read


def embedding_of(services: Services, face_id: int) -> FloatArray | None:
    """Return a face's unit vector (D,), also while the gallery is being loaded. On a worker."""
    if services.gallery.ready:
        return services.gallery.embedding(face_id)
    vectors = services.reader.vectors(np.array([face_id], np.int64))[2]
    return vectors[0] if len(vectors) else None


def probes_of(faces: Sequence[ReadFace]) -> list[Probe]:
    """Return the probes of kept faces. Those from pictures count down from -1: new pictures count up."""
    probes = []
    for at, read in enumerate(faces):
        face = read.face
        key = ("face", face.face_id) if face.face_id is not None else ("picture", -1 - at)
        pixmap = QPixmap.fromImage(read.image) if read.image is not None else None
        probes.append(Probe(key, face.label, face.embedding, pixmap, face.role))
    return probes


def _jpeg(pixmap: QPixmap | None) -> bytes | None:
    if pixmap is None or pixmap.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "JPG", _QUALITY)
    return bytes(buffer.data().data())
