"""One face seen at several sizes of the same photo: which sizes to look at, and one answer from all of them.

A detector of this kind knows faces of some 16 to 300 pixels. A close-up is beyond that: it is
missed, or its landmarks are off and it is not recognised. Looking again at a much smaller copy
costs a sixth more and finds it, and where a face is seen twice the mean of its landmarks is better
than either. Small faces get a closer look of their own: see ``windows``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faceapp.imaging.scaling import resized
from faceapp.types import Pixels

Array = NDArray[np.float64]

_STEP = 0.4  # a level's size, of the one before
_SMALLEST_LEVEL = 128  # pixels, longer side
_TRUSTED = (64.0, 280.0)  # pixels, mean side of a face in a level: there its landmarks are most exact
_BEST = 120.0  # pixels; if no level lies in that range, the one nearest to this is believed
_ONE_FACE = 0.4  # intersection over union from which boxes of two levels are one face


@dataclass(frozen=True, slots=True)
class Found:
    """What one or more levels found, in fractions of the photo.

    ``boxes`` (N, 4) are x, y, w, h, ``landmarks`` (N, 5, 2), ``scores`` (N,), and ``sizes`` (N,) how
    large the face was in the level that saw it: the mean of its sides in pixels.
    """

    boxes: Array
    landmarks: Array
    scores: Array
    sizes: Array


def levels(coarse: Pixels) -> list[Pixels]:
    """Return the coarse picture and smaller ones of it, down to where nothing can be seen."""
    pictures = [coarse]
    while max(pictures[-1].shape[:2]) * _STEP >= _SMALLEST_LEVEL:
        pictures.append(resized(pictures[-1], _STEP))
    return pictures


def merge(found: list[Found]) -> Found:
    """Return every face once, most certain first: its best score, box and landmarks of the levels that see it well."""
    boxes, landmarks, scores, sizes = (
        np.concatenate([getattr(level, name) for level in found]) for name in ("boxes", "landmarks", "scores", "sizes")
    )
    owner = np.concatenate([np.full(len(level.scores), i) for i, level in enumerate(found)])
    order = np.argsort(-scores, kind="stable")
    free = np.ones(len(scores), bool)
    merged: list[tuple[Array, Array, float, float]] = []
    for first in order:
        if not free[first]:
            continue
        same = free & (overlaps(boxes[first], boxes) >= _ONE_FACE)
        same[first] = True
        free &= ~same
        # A level's own boxes were made distinct before; of each, the one nearest to the most certain counts.
        views = []
        for level in np.unique(owner[same]):
            mine = np.nonzero(same & (owner == level))[0]
            views.append(int(mine[np.argmax(overlaps(boxes[first], boxes[mine]))]))
        good = [i for i in views if _TRUSTED[0] <= sizes[i] <= _TRUSTED[1]]
        use = good or [min(views, key=lambda i: abs(float(np.log(sizes[i] / _BEST))))]
        merged.append(
            (boxes[use].mean(axis=0), landmarks[use].mean(axis=0), float(scores[first]), float(sizes[use[0]]))
        )
    return Found(
        np.array([m[0] for m in merged]).reshape(-1, 4),
        np.array([m[1] for m in merged]).reshape(-1, 5, 2),
        np.array([m[2] for m in merged]),
        np.array([m[3] for m in merged]),
    )


def overlaps(box: Array, boxes: Array) -> Array:
    """Return the intersection over union (N,) of a box (4,) with others (N, 4), all x, y, w, h."""
    low = np.maximum(box[:2], boxes[:, :2])
    high = np.minimum(box[:2] + box[2:], boxes[:, :2] + boxes[:, 2:])
    both = np.clip(high - low, 0, None).prod(axis=1)
    union = box[2] * box[3] + boxes[:, 2] * boxes[:, 3] - both
    return np.asarray(np.divide(both, union, out=np.zeros_like(both), where=union > 0), np.float64)
