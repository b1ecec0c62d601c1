"""How alike faces are to people, each known by several dated examples and their mean.

One mean blurs a face that ages, and one nearest example trusts a poor picture: together they are right more often
than either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faceapp.types import FloatArray, IdArray

SPANS = 8  # of a person's time, each with as many faces; its clearest face is an example
NEAREST = 2  # examples that speak for a face
MEAN_SHARE = 0.7  # of the mean in the likeness; the rest is the nearest examples'
CONTENDERS = 4  # people whose examples are asked, after the means have ranked them
BLOCK = 2048  # faces at once


@dataclass(frozen=True, slots=True, eq=False)
class Contenders:
    """The people most alike to each of M faces, best first. Where there are fewer people: id 0, likeness -1."""

    person_ids: IdArray  # (M, C)
    scores: FloatArray  # (M, C)


class Likeness:
    """Knows P people by their named faces. Likeness is a cosine, or an average of cosines."""

    def __init__(self, face_ids: IdArray, vectors: FloatArray, people: IdArray, spots: IdArray, means: FloatArray):
        self.person_ids = people  # (P,), sorted
        self._face_ids = face_ids  # of the examples, (E,)
        self._vectors = vectors  # (E, D)
        self._means = means  # (P, D), length 1
        self._opens = np.searchsorted(spots, np.arange(len(people) + 1))  # examples of person p: opens[p] to opens[p+1]

    @classmethod
    def build(
        cls,
        face_ids: IdArray,
        vectors: FloatArray,
        person_ids: IdArray,
        *,
        norm: FloatArray,
        shown_us: IdArray,
    ) -> Likeness:
        """Learn people from their faces, all (N,) and ``vectors`` (N, D) of length 1.

        ``norm``: the length of the embedding before it was set to 1, the embedder's own measure of quality.
        ``shown_us``: microseconds since 1970. Faces of person 0 are left out.
        """
        named = np.flatnonzero(person_ids)
        named = named[np.lexsort((face_ids[named], shown_us[named], person_ids[named]))]
        people, opens, counts = np.unique(person_ids[named], return_index=True, return_counts=True)
        spot = np.repeat(np.arange(len(people)), counts)
        within = np.arange(len(named)) - opens[spot]
        span = np.where(counts[spot] <= SPANS, within, within * SPANS // np.maximum(counts[spot], 1))
        best = np.lexsort((face_ids[named], -norm[named], span, spot))
        first = np.r_[True, (np.diff(spot[best]) != 0) | (np.diff(span[best]) != 0)][: len(best)]
        chosen = best[first]
        means = np.zeros((len(people), vectors.shape[1]), np.float32)
        add_up(means, spot, named, vectors, norm)
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        examples = named[chosen]
        return cls(face_ids[examples], vectors[examples], people, spot[chosen], means)

    def exemplars(self, person_id: int) -> IdArray:
        """Return the example faces of a person, earliest first; none for somebody unknown."""
        begin, end = self._range(person_id)
        return self._face_ids[begin:end]

    def votes(self, vector: FloatArray, person_id: int) -> list[tuple[int, float]]:
        """Return a person's examples with their cosine to a face (D,), best first."""
        begin, end = self._range(person_id)
        scores = self._vectors[begin:end] @ vector
        order = np.argsort(-scores, kind="stable")
        return [(int(self._face_ids[begin + i]), float(scores[i])) for i in order]

    def scores(self, vectors: FloatArray) -> FloatArray:
        """Return the likeness of faces (M, D) to all people, as (M, P) in the order of ``person_ids``."""
        columns = np.arange(len(self.person_ids))
        return self._blend(vectors, np.broadcast_to(columns, (len(vectors), len(columns))), vectors @ self._means.T)

    def score(self, vectors: FloatArray, person_id: int) -> FloatArray:
        """Return the likeness (M,) of faces (M, D) to one person; -1 for somebody unknown."""
        at = self._spot(person_id)
        if at < 0:
            return np.full(len(vectors), -1.0, np.float32)
        columns = np.full((len(vectors), 1), at)
        return self._blend(vectors, columns, (vectors @ self._means[at])[:, None])[:, 0]

    def contenders(self, vectors: FloatArray) -> Contenders:
        """Return the people most alike to each of the faces (M, D)."""
        ids = np.zeros((len(vectors), CONTENDERS), np.int64)
        scores = np.full((len(vectors), CONTENDERS), -1.0, np.float32)
        width = min(CONTENDERS, len(self.person_ids))
        for at in range(0, len(vectors) if width else 0, BLOCK):
            part = vectors[at : at + BLOCK]
            columns, means = top(part @ self._means.T, width)
            blended = self._blend(part, columns, means)
            order = np.argsort(-blended, axis=1, kind="stable")
            ids[at : at + BLOCK, :width] = self.person_ids[np.take_along_axis(columns, order, axis=1)]
            scores[at : at + BLOCK, :width] = np.take_along_axis(blended, order, axis=1)
        return Contenders(ids, scores)

    def nearest_mean(
        self, vectors: FloatArray, person_ids: IdArray, *, others_than: IdArray | None = None
    ) -> FloatArray:
        """Return the greatest cosine (M,) of faces (M, D) to the means of some people; -1 where there are none.

        ``others_than`` (M,): a person for each face who does not count.
        """
        nearest = np.full(len(vectors), -1.0, np.float32)
        means = self._means[np.searchsorted(self.person_ids, person_ids)]
        for at in range(0, len(vectors) if len(means) else 0, BLOCK):
            part = slice(at, at + BLOCK)
            cosines = vectors[part] @ means.T
            if others_than is not None:
                cosines[others_than[part, None] == person_ids] = -1.0
            nearest[part] = cosines.max(axis=1)
        return nearest

    def _blend(self, vectors: FloatArray, columns: IdArray, means: FloatArray) -> FloatArray:
        """Return likeness (M, C) of faces to the people at ``columns`` (M, C), given their cosines to the means."""
        near = np.empty_like(means)
        for spot in np.unique(columns):
            row, column = np.nonzero(columns == spot)
            cosines = np.sort(vectors[row] @ self._vectors[self._opens[spot] : self._opens[spot + 1]].T, axis=1)
            near[row, column] = cosines[:, -NEAREST:].mean(axis=1)
        return np.asarray(MEAN_SHARE * means + (1 - MEAN_SHARE) * near, np.float32)

    def _spot(self, person_id: int) -> int:
        at = int(np.searchsorted(self.person_ids, person_id))
        return at if at < len(self.person_ids) and self.person_ids[at] == person_id else -1

    def _range(self, person_id: int) -> tuple[int, int]:
        at = self._spot(person_id)
        return (int(self._opens[at]), int(self._opens[at + 1])) if at >= 0 else (0, 0)


def add_up(sums: FloatArray, labels: IdArray, rows: IdArray, vectors: FloatArray, weights: FloatArray) -> None:
    """Add to each of the sums (K, D) the ``vectors`` (N, D) of its rows, each times its weight (N,).

    ``labels`` (M,), sorted: the sum that each of ``rows`` (M,) goes to. A product for each label takes a fraction of
    the time of ``np.add.reduceat``.
    """
    opens = np.flatnonzero(np.diff(labels, prepend=-1)).tolist()
    for begin, end in zip(opens, [*opens[1:], len(labels)], strict=False):
        for at in range(begin, end, BLOCK):
            some = rows[at : min(at + BLOCK, end)]
            sums[labels[begin]] += weights[some] @ vectors[some]


def top(scores: FloatArray, width: int) -> tuple[IdArray, FloatArray]:
    """Return columns and values of the ``width`` greatest of each row, best first. ``scores`` (M, C) is used up."""
    columns = np.empty((len(scores), width), np.int64)
    values = np.empty((len(scores), width), np.float32)
    rows = np.arange(len(scores))
    for i in range(width):
        columns[:, i] = scores.argmax(axis=1)
        values[:, i] = scores[rows, columns[:, i]]
        scores[rows, columns[:, i]] = -np.inf
    return columns, values
