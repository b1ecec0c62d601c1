"""The answer to a query: every match, sorted once. The slider only cuts it.

Scores are float32, and so is every comparison: a threshold is rounded to float32 first. A cut at
``t`` is therefore ``scores >= np.float32(t)``, and the score of a match, read as a Python float
and given back as the threshold, keeps that match.
"""

from __future__ import annotations

import functools

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
        kept = kept[_best_first(np.asarray(face_ids, np.int64)[kept], scores[kept])]
        self._keep(np.asarray(face_ids, np.int64)[kept], np.asarray(photo_ids, np.int64)[kept], scores[kept], floor)

    def _keep(self, face_ids: IdArray, photo_ids: IdArray, scores: FloatArray, floor: float) -> None:
        """Take over matches that are sorted already."""
        for array in (face_ids, photo_ids, scores):
            array.flags.writeable = False
        self._floor = floor
        self._face_ids, self._photo_ids, self._scores = face_ids, photo_ids, scores
        self._falling = -scores  # ascending, for the binary search
        self._first_of_photo = _first_places(photo_ids)
        self._photos_so_far = np.concatenate([[0], np.cumsum(self._first_of_photo)])

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

    def best(self, k: int) -> SortedMatches:
        """Return the first ``k`` matches only."""
        return self._of(slice(max(k, 0)))

    def best_of_photos(self) -> SortedMatches:
        """Return the best face of each photo only."""
        return self._of(self._first_of_photo)

    def _of(self, kept: slice | NDArray[np.bool_]) -> SortedMatches:
        some = SortedMatches.__new__(SortedMatches)
        some._keep(self._face_ids[kept], self._photo_ids[kept], self._scores[kept], self._floor)
        return some

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
    best = _across(np.maximum, per_probe)
    if combine is Combine.ANY or not len(best):
        return best
    order = np.argsort(photo_ids)
    in_order = photo_ids[order]
    starts = np.flatnonzero(np.concatenate([[True], in_order[1:] != in_order[:-1]]))
    per_photo = np.stack([np.maximum.reduceat(column[order], starts) for column in per_probe.T], axis=1)
    of_face = np.empty_like(best)
    of_face[order] = np.repeat(_across(np.minimum, per_photo), np.diff(starts, append=len(order)))
    return np.minimum(best, of_face)


def unwanted(per_probe: FloatArray, per_excluded: FloatArray, photo_ids: IdArray, without: float) -> NDArray[np.bool_]:
    """Return which faces (N,) to leave out, from scores for probes (N, Q) and for excluded ones (N, E).

    These are the faces of an excluded person, who score ``without`` or more for one of these probes and not less than
    for every other, and all else in their photos. The faces given must be all that may be an excluded person.
    """
    most = _across(np.maximum, per_excluded)
    excluded = (most >= np.float32(without)) & (most >= _across(np.maximum, per_probe))
    return np.isin(photo_ids, photo_ids[excluded])


def no_matches(floor: float) -> SortedMatches:
    """Return the answer that holds nothing."""
    none: IdArray = np.empty(0, np.int64)
    return SortedMatches(none, none, np.empty(0, np.float32), floor)


def _across(of_two: np.ufunc, columns: FloatArray) -> FloatArray:
    """Return the greatest or least of each row (N, Q). Ten times as fast as ``max(axis=1)`` for few columns."""
    found: FloatArray = functools.reduce(of_two, columns.T)
    return found


def _best_first(face_ids: IdArray, scores: FloatArray) -> IdArray:
    """Return the order in which scores fall, ties by face id. Sorting by one key, then mending ties, is quicker."""
    order = np.argsort(-scores)
    falling = scores[order]
    tie = falling[1:] == falling[:-1]
    tied = np.flatnonzero(np.concatenate([tie, [False]]) | np.concatenate([[False], tie])) if len(order) else order
    some = order[tied]
    order[tied] = some[np.lexsort((face_ids[some], -scores[some]))]
    return order


def _first_places(values: IdArray) -> NDArray[np.bool_]:
    """Return for each value (N,) whether it is the first of its kind."""
    first = np.zeros(len(values), np.bool_)
    if not len(values):
        return first
    least, bits = int(values.min()), len(values).bit_length()
    if int(values.max()) - least >= 1 << (63 - bits):
        first[np.unique(values, return_index=True)[1]] = True
        return first
    # Value and place in one number: plain sorting is several times as fast as sorting indexes.
    both = np.sort(((values - least) << bits) | np.arange(len(values)))
    values, places = both >> bits, both & ((1 << bits) - 1)
    first[places[np.concatenate([[True], values[1:] != values[:-1]])]] = True
    return first
