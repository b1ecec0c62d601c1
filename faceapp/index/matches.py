"""The answer to a query: every match, sorted once. The slider only cuts it.

Scores are float32, and so is every comparison: a threshold is rounded to float32 first. A cut at
``t`` is therefore ``scores >= np.float32(t)``, and the score of a match, read as a Python float
and given back as the threshold, keeps that match.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from faceapp.types import Combine, FloatArray, IdArray


class SortedMatches:
    """Implements ``ports.MatchSet``: scores descending, ties in order of face id. Immutable, for any thread.

    ``face_ids``, ``photo_ids`` (N,) int64 and ``scores`` (N,) float32 cosines in any order; what
    lies below ``floor`` is left out.
    """

    def __init__(self, face_ids: IdArray, photo_ids: IdArray, scores: FloatArray, floor: float) -> None:
        scores = np.asarray(scores, np.float32)
        kept = np.flatnonzero(scores >= np.float32(floor))
        order = kept[np.lexsort((face_ids[kept], -scores[kept]))]
        self._floor = floor
        self._face_ids = _frozen(np.asarray(face_ids, np.int64)[order])
        self._photo_ids = _frozen(np.asarray(photo_ids, np.int64)[order])
        self._scores: FloatArray = scores[order]
        self._scores.flags.writeable = False
        self._falling = -self._scores  # ascending, for the binary search
        first = np.zeros(len(order) + 1, np.int64)
        first[np.unique(self._photo_ids, return_index=True)[1] + 1] = 1
        self._photos_so_far = _frozen(np.cumsum(first))

    @property
    def face_ids(self) -> IdArray:
        return self._face_ids

    @property
    def photo_ids(self) -> IdArray:
        return self._photo_ids

    @property
    def scores(self) -> FloatArray:
        return self._scores

    @property
    def floor(self) -> float:
        return self._floor

    def __len__(self) -> int:
        return len(self._face_ids)

    def count(self, threshold: float) -> int:
        """Return how many faces score ``threshold`` or more. A binary search; NaN counts none."""
        if threshold != threshold:
            return 0
        wanted = np.float32(min(max(threshold, -2.0), 2.0))  # beyond any cosine, and no overflow
        return int(np.searchsorted(self._falling, -wanted, side="right"))

    def photo_count(self, count: int) -> int:
        """Return how many different photos the best ``count`` faces lie in. One look-up."""
        return int(self._photos_so_far[min(max(count, 0), len(self))])

    def histogram(self, bins: int) -> IdArray:
        """Return the number of faces in ``bins`` equal score ranges from ``floor`` to 1, (bins,) int64.

        A range holds its lower edge, the last one also 1. Raises ``ValueError`` unless ``bins`` is positive.
        """
        if bins < 1:
            raise ValueError(f"a histogram needs at least one bin, not {bins}")
        span = max(1.0 - self._floor, 1e-6)
        places = np.floor((self._scores.astype(np.float64) - self._floor) * (bins / span)).astype(np.int64)
        return np.bincount(np.clip(places, 0, bins - 1), minlength=bins).astype(np.int64)


def combine_scores(per_probe: FloatArray, photo_ids: IdArray, combine: Combine) -> FloatArray:
    """Return one score for each face (N,) from its scores for each probe (N, Q).

    ANY: the best of its scores.
    ALL: the same, but never more than its photo's score. A photo's score is that of the probe it
    matches worst, each probe by the photo's best face. So a cut at ``t`` shows exactly the faces
    that match some probe from ``t`` on, in the photos that hold a match from ``t`` on for every
    probe. One face may serve several probes: they may show the same person. With one probe it is ANY.

    The faces given must be all that reach the floor for some probe; photos that match a
    probe only below the floor then get some score below it, as they should.
    """
    best: FloatArray = per_probe.max(axis=1)
    if combine is Combine.ANY or not len(best):
        return best
    photos, photo_of_face = np.unique(photo_ids, return_inverse=True)
    per_photo = np.full((len(photos), per_probe.shape[1]), -np.inf, np.float32)
    np.maximum.at(per_photo, photo_of_face, per_probe)
    combined: FloatArray = np.minimum(best, per_photo.min(axis=1)[photo_of_face])
    return combined


def no_matches(floor: float) -> SortedMatches:
    """Return the answer that holds nothing."""
    none: IdArray = np.empty(0, np.int64)
    return SortedMatches(none, none, np.empty(0, np.float32), floor)


def _frozen(values: NDArray[np.int64]) -> IdArray:
    values.flags.writeable = False
    return values
