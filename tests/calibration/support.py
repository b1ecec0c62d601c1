"""A synthetic library: people on a sphere, photos of several of them, and what the calibrator asks of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from faceapp.calibration.calibrator import LibraryCalibrator
from faceapp.index.gallery import FaceGallery
from faceapp.types import Box, Face, FloatArray, IdArray, Person, Quality

DIMENSION = 100  # cosines of independent directions then have a deviation of 0.1, as those of an embedder
THRESHOLDS = {"search": 0.40, "far_1e2": 0.27, "far_1e3": 0.35, "far_1e4": 0.39}


def unit(vectors: np.ndarray) -> FloatArray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


@dataclass
class Album:
    """Faces, row by row. Implements what the calibrator asks of ``ports.Reader``; a named person is confirmed."""

    photo_ids_of_faces: IdArray
    people_of_faces: IdArray
    vectors: FloatArray
    named: Sequence[int] = ()
    weak: Sequence[int] = ()  # face ids
    asked_for: list[int] = field(default_factory=list)

    @property
    def face_ids_here(self) -> IdArray:
        return np.arange(1, len(self.vectors) + 1)

    def gallery(self, floor: float = 0.2) -> FaceGallery:
        gallery = FaceGallery(self.vectors.shape[1], floor)
        gallery.add(self.face_ids_here, self.photo_ids_of_faces, self.vectors)
        return gallery

    def calibrator(self) -> LibraryCalibrator:
        return LibraryCalibrator(self.gallery(), self, THRESHOLDS)  # type: ignore[arg-type]

    def photo_ids(self, *, folder_id: int | None = None, person_id: int | None = None) -> IdArray:
        return np.unique(self.photo_ids_of_faces)[::-1]

    def people(self) -> list[Person]:
        return [Person(n, str(n), int((self.people_of_faces == n).sum()), 1, None) for n in self.named]

    def face_ids(self, *, min_score: float, folder_id: int | None = None, person_id: int | None = None) -> IdArray:
        return self.face_ids_here[self.people_of_faces == person_id]

    def faces(self, ids: Sequence[int]) -> list[Face]:
        self.asked_for += ids
        return [
            Face(n, 1, Box(0, 0, 1, 1), (), 0.9, Quality(20 if n in self.weak else 80, 9, 3, 0), None, None)
            for n in ids
        ]


def album(
    photos: int, *, people: int = 300, faces: int = 3, same: float = 0.74, seed: int = 1, named: Sequence[int] = ()
) -> Album:
    """Return photos of ``faces`` different people each. ``same``: the mean cosine of two faces of one person."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.standard_normal((people, DIMENSION)))
    who = np.stack([rng.choice(people, faces, replace=False) for _ in range(photos)]).ravel()
    noise = unit(rng.standard_normal((len(who), DIMENSION)))
    vectors = unit(np.sqrt(same) * centres[who] + np.sqrt(1 - same) * noise)
    return Album(np.repeat(np.arange(1, photos + 1), faces), who, vectors, named)
