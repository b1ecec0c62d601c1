"""What is known of all faces at one moment: facts, guesses, what the user said; vectors on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from faceapp.people.gathering import Vectors, found_in
from faceapp.people.review.ruled_out import RuledOut
from faceapp.types import FloatArray, IdArray, Standing
from faceapp.types_people import FaceFacts, Grouping, Ties

_EXAMPLES = 6  # shown beside a face
_PARTNERS = 5  # that a group or a person is compared with in questions
_ENOUGH = 500  # faces that tell a mean as well as all of a large set do


@dataclass(frozen=True, eq=False)
class Scene:
    """All shown faces that are not hidden, in order of face id. Arrays (N,), aligned; a *row* is a place in them."""

    facts: FaceFacts
    group_ids: IdArray  # 0: in no group
    person_ids: IdArray  # confirmed, automatic or suggested; 0: nobody
    standings: IdArray  # ``Standing``
    scores: FloatArray  # likeness to that person or group
    margins: FloatArray
    names: Mapping[int, str]
    ruled_out: RuledOut
    gallery: Vectors

    @classmethod
    def of(cls, facts: FaceFacts, guessed: Grouping, ties: Ties, names: Mapping[int, str], gallery: Vectors) -> Scene:
        """Put the stored guesses, which leave out confirmed faces, beside the facts."""
        places, here = found_in(guessed.face_ids, facts.face_ids)
        confirmed = facts.person_ids > 0
        free = here & ~confirmed
        places = places[free]
        count = len(facts.face_ids)
        groups, people, standings = np.zeros((3, count), np.int64)
        scores, margins = np.zeros((2, count), np.float32)
        groups[free] = guessed.group_ids[places]
        people[free], people[confirmed] = guessed.person_ids[places], facts.person_ids[confirmed]
        standings[free], standings[confirmed] = guessed.standings[places], Standing.CONFIRMED
        scores[free], margins[free] = guessed.scores[places], guessed.margins[places]
        return cls(facts, groups, people, standings, scores, margins, names, RuledOut(facts, ties), gallery)

    @property
    def unsettled(self) -> IdArray:
        """Return the rows of the faces that have neither a confirmed nor an automatic name."""
        return np.flatnonzero(np.isin(self.standings, (Standing.NOBODY, Standing.SUGGESTED)))

    def ids(self, rows: IdArray) -> tuple[int, ...]:
        return tuple(self.facts.face_ids[rows].tolist())

    def clearest_first(self, rows: IdArray) -> IdArray:
        """Sort rows by the length of the raw embedding, which falls with a face's quality."""
        return rows[np.lexsort((rows, -self.facts.norm[rows]))]

    def centre(self, rows: IdArray) -> FloatArray | None:
        """Return the mean direction (D,) of faces, of the clearest if they are many; None if none has a vector."""
        vectors = self.gallery.take(self.facts.face_ids[self.clearest_first(rows)[:_ENOUGH]])[1]
        if not len(vectors):
            return None
        mean = vectors.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32)

    def confirmed(self, person: int) -> IdArray:
        """Return the rows of a person's confirmed faces."""
        return np.flatnonzero(self.facts.person_ids == person)

    def examples(self, rows: IdArray) -> IdArray:
        """Return a few of these faces from all times, the clearest of each time, the clearest first."""
        by_time = rows[np.lexsort((rows, self.facts.shown_us[rows]))]
        parts = np.array_split(by_time, min(_EXAMPLES, max(len(rows), 1)))
        return self.clearest_first(np.array([self.clearest_first(part)[0] for part in parts if len(part)], np.int64))


def near_pairs(centres: FloatArray, threshold: float) -> list[tuple[int, int, float]]:
    """Return the rows (first < second) of unit vectors (N, D) that are near each other, and their cosines.

    Each row is paired with its few nearest only: a crowd in which all are alike shall not take for ever.
    """
    count = len(centres)
    if count < 2:
        return []
    scores = centres @ centres.T
    np.fill_diagonal(scores, -1.0)
    few = min(_PARTNERS, count - 1)
    second = np.argpartition(-scores, few - 1, axis=1)[:, :few].ravel()
    first = np.repeat(np.arange(count), few)
    close = scores[first, second] >= threshold
    pairs = np.unique(np.sort(np.stack([first[close], second[close]], axis=1), axis=1), axis=0)
    return [(one, other, float(scores[one, other])) for one, other in pairs.tolist()]


def parted(labels: IdArray, rows: IdArray) -> dict[int, IdArray]:
    """Return ``rows`` (M,) by their label (M,), in order of label; rows keep their order."""
    if not len(rows):
        return {}
    order = np.argsort(labels, kind="stable")
    values, starts = np.unique(labels[order], return_index=True)
    return dict(zip(values.tolist(), np.split(rows[order], starts[1:]), strict=True))
