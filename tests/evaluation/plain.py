"""The same figures computed the plain way: every threshold is tried, nothing is swept."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def cuts(scores: Floats) -> list[tuple[float, float]]:
    """Return every threshold between two different scores, highest first, with the gap it lies in."""
    distinct = sorted(set(scores.tolist()), reverse=True)
    padded = [distinct[0] + 0.01, *distinct, distinct[-1] - 0.01]
    return [((a + b) / 2, a - b) for a, b in pairwise(padded)]


def rates(scores: Floats, same: Bools, threshold: float) -> tuple[float, float]:
    """Return TAR and FAR."""
    return float((scores[same] >= threshold).mean()), float((scores[~same] >= threshold).mean())


def all_rates(scores: Floats, same: Bools, thresholds: Floats) -> tuple[Floats, Floats]:
    """Return TAR and FAR at many thresholds."""
    return tuple(1 - np.searchsorted(np.sort(scores[kind]), thresholds) / kind.sum() for kind in (same, ~same))


def best_threshold(scores: Floats, same: Bools) -> float:
    """Return the threshold with the most pairs judged rightly; of several that in the widest gap."""
    tried = cuts(scores)
    tar, far = all_rates(scores, same, np.array([threshold for threshold, _ in tried]))
    right = np.round(tar * same.sum() + (1 - far) * (~same).sum()).astype(int)
    best = [cut for cut, count in zip(tried, right, strict=True) if count == right.max()]
    return max(best, key=lambda cut: cut[1])[0]


def ten_folds(scores: Floats, same: Bools, folds: NDArray[np.int64]) -> tuple[float, float]:
    """Return mean accuracy and standard error."""
    rights = []
    for fold in sorted(set(folds.tolist())):
        others = folds != fold
        threshold = best_threshold(scores[others], same[others])
        rights.append(np.mean((scores[~others] >= threshold) == same[~others]))
    mean = sum(rights) / len(rights)
    variance = sum((right - mean) ** 2 for right in rights) / (len(rights) - 1)
    return float(mean), float(np.sqrt(variance / len(rights)))


def tar_at(target: float, scores: Floats, same: Bools) -> float:
    """Return the best TAR of any threshold with at most that FAR."""
    tar, far = all_rates(scores, same, np.array([threshold for threshold, _ in cuts(scores)]))
    return float(tar[far <= target + 1e-12].max())


def balanced(scores: Floats, same: Bools) -> float:
    """Return the best balanced accuracy."""
    tar, far = all_rates(scores, same, np.array([threshold for threshold, _ in cuts(scores)]))
    return float(((tar + 1 - far) / 2).max())


def equal_error(scores: Floats, same: Bools) -> float:
    """Return where the lines through the points (FAR, 1 - TAR) meet the diagonal."""
    tar, far = all_rates(scores, same, np.array([threshold for threshold, _ in cuts(scores)]))
    points = list(zip(far.tolist(), (1 - tar).tolist(), strict=True))
    for (x0, y0), (x1, y1) in pairwise(points):
        if x1 >= y1:
            t = (y0 - x0) / ((y0 - x0) + (x1 - y1))
            return x0 + t * (x1 - x0)
    raise AssertionError("the last threshold accepts all")


def area(scores: Floats, same: Bools) -> float:
    """Return the chance that a pair of one person scores higher than one of two; a tie counts half."""
    other = np.sort(scores[~same])
    below, upto = (np.searchsorted(other, scores[same], side=side) for side in ("left", "right"))  # type: ignore[arg-type]
    return float(((below + upto) / 2).mean() / len(other))
