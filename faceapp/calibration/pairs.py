"""Pairs of faces of which it is known whether they are one person, without anybody having been asked.

Two faces of one photo are two people, unless the photo is a collage, shows a mirror, or had a face detected twice.
Faces that bear the same name are one person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from faceapp.calibration.tails import Floats
from faceapp.types import FloatArray, IdArray

MAX_PAIRS = 40_000  # of two people; four of them beyond FAR 1e-4, and a curve is fitted through all that lie below
MAX_REACHED = 2_000  # faces compared with each other
_MAX_PAIRS_A_PHOTO = 45  # a school's photo must not outweigh an album
SAME_SHOT = 0.9  # cosine from which two faces are one picture: a copy, a burst
_PHOTOS_BACK, _FACES_BACK = 3, 64  # how far back to look for the same shot; bursts and copies follow each other
_PAIRS_A_FACE = 3  # of one person: pairs of few faces repeat each other
_MAX_PAIRS_A_PERSON = 300


@dataclass(frozen=True, eq=False)
class FacePairs:
    """Pairs of faces: rows of a list of faces, (N,) each. ``group`` (N,) is the photo or the person that they share."""

    first: IdArray
    second: IdArray
    group: IdArray

    def __len__(self) -> int:
        return len(self.first)

    def only(self, kept: NDArray[np.bool_] | IdArray) -> FacePairs:
        return FacePairs(self.first[kept], self.second[kept], self.group[kept])


def pairs_in_photos(photo_ids: IdArray, rng: np.random.Generator, limit: int = MAX_PAIRS) -> FacePairs:
    """Return pairs of rows with the same photo id, photos in the order of their first face, at most about ``limit``.

    ``photo_ids`` (N,) should bring photos in the order in which they were taken. When there are more pairs than
    ``limit``, whole photos are left out by lot.
    """
    photos, first_row, count = np.unique(photo_ids, return_index=True, return_counts=True)
    several = np.flatnonzero(count > 1)
    several = several[np.argsort(first_row[several])]
    expected = np.minimum(count[several] * (count[several] - 1) // 2, _MAX_PAIRS_A_PHOTO)
    if (total := int(expected.sum())) > limit:
        several = several[rng.random(len(several)) < limit / total]
    order = np.argsort(photo_ids, kind="stable")
    starts = np.concatenate([[0], np.cumsum(count)])
    groups = [(int(photos[n]), order[starts[n] : starts[n] + count[n]]) for n in several.tolist()]
    return _all_pairs(groups, lambda faces: _MAX_PAIRS_A_PHOTO, rng)


def pairs_of_people(people: Sequence[IdArray], rng: np.random.Generator) -> FacePairs:
    """Return pairs of rows of each person: all of few faces, some of many, so that nobody dominates."""
    return _all_pairs(
        [(number, rows) for number, rows in enumerate(people) if len(rows) > 1],
        lambda faces: min(_PAIRS_A_FACE * faces, _MAX_PAIRS_A_PERSON),
        rng,
    )


def scores_of(vectors: FloatArray, pairs: FacePairs) -> Floats:
    """Return the cosine of each pair (N,); ``vectors`` (M, D) of length 1, a row a face."""
    scores = np.empty(len(pairs))
    for part in _parts(len(pairs)):
        scores[part] = np.einsum("nd,nd->n", vectors[pairs.first[part]], vectors[pairs.second[part]])
    return scores


def of_two_people(scores: Floats, pairs: FacePairs, same: float) -> NDArray[np.bool_]:
    """Return which pairs of one photo are of two people (N,).

    A photo with a pair that scores ``same`` or more shows somebody twice: it is a collage, or shows a mirror or a
    picture, or a face was detected twice. None of its pairs is believed, since the same person may be in it more often.
    """
    return ~np.isin(pairs.group, pairs.group[scores >= same])


def shots(vectors: FloatArray, photo_ids: IdArray) -> IdArray:
    """Return a number for each face (N,), the same for a face in copies of a photo and in the shots of a burst.

    ``vectors`` (N, D) of length 1; the faces of a photo follow each other, and so do photos in the order in which they
    were taken. A face takes the number of the likest face of the few photos before its own, if it scores 0.9 or more.
    """
    numbers = np.arange(len(photo_ids))
    starts = np.flatnonzero(np.diff(photo_ids, prepend=-1)) if len(photo_ids) else numbers
    ends = np.append(starts[1:], len(photo_ids))
    for place in range(1, len(starts)):
        begin, end = int(starts[place]), int(ends[place])
        back = max(int(starts[max(place - _PHOTOS_BACK, 0)]), begin - _FACES_BACK)
        scores = vectors[begin:end] @ vectors[back:begin].T
        likest = scores.argmax(axis=1)
        same = scores[np.arange(end - begin), likest] >= SAME_SHOT
        numbers[begin:end][same] = numbers[back:begin][likest[same]]
    return numbers


def seen_once(pairs: FacePairs, shot: IdArray) -> NDArray[np.bool_]:
    """Return which pairs are not the same two shots again (N,)."""
    a, b = shot[pairs.first], shot[pairs.second]
    both = np.stack([np.minimum(a, b), np.maximum(a, b)], axis=1)
    fresh = np.zeros(len(pairs), bool)
    fresh[np.unique(both, axis=0, return_index=True)[1]] = True
    return fresh


def scores_beyond_photos(vectors: FloatArray, pairs: FacePairs, same: float, limit: int = MAX_REACHED) -> Floats:
    """Return the cosines (N,) of many more pairs of two people: photos of several people tell of others, too.

    If a and b stand in one photo, x is a and y is b by a wide margin (scores of ``same`` or more), then x and y are two
    people, wherever they are. ``pairs`` are those of photos, of which ``limit`` faces at most are looked at. Of two
    faces that are both like a third one nothing is said.
    """
    faces = np.unique(np.concatenate([pairs.first, pairs.second]))[:limit]
    inside = np.isin(pairs.first, faces) & np.isin(pairs.second, faces)
    first, second = (np.searchsorted(faces, rows[inside]) for rows in (pairs.first, pairs.second))
    scores: FloatArray = vectors[faces] @ vectors[faces].T
    alike = (scores >= same).astype(np.float32)
    met = np.zeros_like(alike)
    met[first, second] = met[second, first] = 1.0
    reached = alike @ np.minimum(met @ alike, 1.0)
    apart = (reached > 0) & (alike @ alike == 0)
    return np.asarray(scores[np.triu(apart, 1)], np.float64)


def _all_pairs(
    groups: Sequence[tuple[int, IdArray]], most: Callable[[int], int], rng: np.random.Generator
) -> FacePairs:
    firsts, seconds, counts = [], [], []
    for _, rows in groups:
        a, b = _corner(len(rows))
        if len(a) > (limit := most(len(rows))):
            chosen = np.sort(rng.choice(len(a), limit, replace=False))
            a, b = a[chosen], b[chosen]
        firsts.append(rows[a])
        seconds.append(rows[b])
        counts.append(len(a))
    none: IdArray = np.empty(0, np.int64)
    names = np.array([name for name, _ in groups], np.int64)
    return FacePairs(np.concatenate([none, *firsts]), np.concatenate([none, *seconds]), np.repeat(names, counts))


@lru_cache(64)
def _corner(count: int) -> tuple[IdArray, IdArray]:
    """Return the places of all pairs of ``count`` things; kept, since most photos show two or three faces."""
    first, second = np.triu_indices(count, 1)
    return first, second


def _parts(count: int, size: int = 4096) -> list[slice]:
    return [slice(top, top + size) for top in range(0, count, size)]
