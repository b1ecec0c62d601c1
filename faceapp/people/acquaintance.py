"""What a few people are known by: the vectors of their named faces, for judging one face in detail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from faceapp.people.gathering import Vectors
from faceapp.people.likeness import Likeness
from faceapp.types import Face, FloatArray, IdArray, Standing
from faceapp.types_people import PersonFaces

_ENOUGH = 400  # faces of a person, spread over all times, that tell what she looks like
_FOLDS = 10
_THE_SAME = 0.9995  # cosine of a face and its copy in another file: no evidence


class PersonReader(Protocol):
    def person_faces(self, person_id: int) -> PersonFaces: ...


class FaceReader(Protocol):
    def faces(self, ids: Sequence[int]) -> list[Face]: ...


@dataclass(frozen=True, eq=False)
class Acquaintance:
    """Named faces of some people, arrays (N,) and vectors (N, D), aligned. Without the face that is judged."""

    face_ids: IdArray
    person_ids: IdArray
    vectors: FloatArray
    norm: FloatArray
    shown_us: IdArray

    @classmethod
    def with_people(
        cls, person_ids: Sequence[int], judged: FloatArray, people: PersonReader, faces: FaceReader, gallery: Vectors
    ) -> Acquaintance:
        """Learn of people from their confirmed faces; from the automatic ones where there are no others."""
        shown: dict[int, tuple[int, int]] = {}
        for person in person_ids:
            hers = people.person_faces(person)
            confirmed = hers.standings == Standing.CONFIRMED
            ids, times = hers.face_ids, hers.shown_us
            if confirmed.any():
                ids, times = ids[confirmed], times[confirmed]
            some = np.unique(np.linspace(0, len(ids) - 1, min(len(ids), _ENOUGH)).round().astype(np.int64))
            shown |= {int(face): (person, int(time)) for face, time in zip(ids[some], times[some], strict=True)}
        here, vectors = gallery.take(np.array(list(shown), np.int64))
        norms: Mapping[int, float] = {face.id: face.quality.norm for face in faces.faces(here.tolist())}
        kept = np.array([face in norms for face in here.tolist()], bool)
        kept[kept] = vectors[kept] @ judged < _THE_SAME
        here, vectors = here[kept], vectors[kept]
        return cls(
            here,
            np.array([shown[face][0] for face in here.tolist()], np.int64),
            vectors,
            np.array([norms[face] for face in here.tolist()], np.float32),
            np.array([shown[face][1] for face in here.tolist()], np.int64),
        )

    def likeness(self, rows: NDArray[np.bool_] | IdArray | None = None) -> Likeness:
        """Return how to tell these people, by all of the faces or by some rows."""
        part = slice(None) if rows is None else rows
        return Likeness.build(
            self.face_ids[part],
            self.vectors[part],
            self.person_ids[part],
            norm=self.norm[part],
            shown_us=self.shown_us[part],
        )

    def own_scores(self, person_id: int) -> FloatArray:
        """Return the likeness (M,) of a person's faces to the person, each judged by her other faces.

        Leave-one-out up to ten faces, else in ten folds. Empty for a person with one face.
        """
        rows = np.flatnonzero(self.person_ids == person_id)
        fold = np.arange(len(rows)) % _FOLDS
        if len(rows) < 2:
            return np.empty(0, np.float32)
        scores = np.empty(len(rows), np.float32)
        for out in range(min(len(rows), _FOLDS)):
            scores[fold == out] = self.likeness(rows[fold != out]).score(self.vectors[rows[fold == out]], person_id)
        return scores
