"""From scores of pairs to the figures that face verification is judged by. Numpy only.

Protocol and figures as in

- Huang, Ramesh, Berg, Learned-Miller: Labeled Faces in the Wild, UMass Amherst TR 07-49, 2007 (ten folds, each judged
  at the threshold that is best on the other nine; mean and standard error);
- Liu et al.: SphereFace, CVPR 2017, arXiv:1704.08063, and Deng et al.: ArcFace, CVPR 2019, arXiv:1801.07698 (accuracy
  on LFW by that protocol, TAR at FAR, ROC).

A pair is accepted, said to show one person, when its score is at least the threshold. TAR (true accept rate) is the
share of the pairs of one person that are accepted, FAR (false accept rate) that of the pairs of two people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faceapp.evaluation.pairs import BoolArray
from faceapp.types import IdArray

Scores = NDArray[np.float64]

TARGETS = (1e-1, 1e-2, 1e-3, 1e-4)  # FAR
BINS = 100  # of the histograms, from -1 to 1
_BETWEEN = 1000  # points of the ROC that are kept whether they are corners or not, at least
_Z95 = 1.959964  # quantile of the normal distribution for 95 %
_BEYOND = 0.01  # how far outside all scores a threshold lies that accepts none or all


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``total`` with Wilson's 95 % interval (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927).

    It takes pairs as independent. Pairs that share a picture are not quite, so the truth may be somewhat wider.
    """

    count: int
    total: int

    @property
    def value(self) -> float:
        return self.count / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """Return the lower and upper bound, 0 to 1."""
        n, p, zz = self.total, self.value, _Z95 * _Z95
        middle = (p + zz / (2 * n)) / (1 + zz / n)
        half = _Z95 * math.sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """The lowest threshold with at most the FAR ``target``: how many pairs are accepted there."""

    target: float
    threshold: float
    tar: Share
    far: Share


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Share of pairs judged rightly: the mean over folds and its standard error, s / √folds."""

    mean: float
    error: float
    threshold: float  # mean over folds
    folds: int


@dataclass(frozen=True, slots=True, eq=False)
class Roc:
    """The corners of the ROC and some points between; (K,) each, from the strictest threshold to the widest.

    The first accepts no pair, the last one all.
    """

    thresholds: Scores
    far: Scores
    tar: Scores


@dataclass(frozen=True, slots=True, eq=False)
class Verification:
    """What the scores of some pairs say. ``points`` has None where there are too few pairs to say it."""

    same_pairs: int
    other_pairs: int
    same_mean: float  # mean score
    other_mean: float
    accuracy: Accuracy | None  # None: less than two folds with both kinds
    best_threshold: float  # of the best balanced accuracy
    best_balanced: float  # mean of TAR and 1 - FAR
    eer: float  # where FAR and 1 - TAR meet
    auc: float  # area under the ROC
    points: dict[float, OperatingPoint | None]  # by target
    roc: Roc
    edges: Scores  # (BINS + 1,) of the histograms
    same_histogram: IdArray  # (BINS,) pairs
    other_histogram: IdArray


@dataclass(frozen=True, slots=True, eq=False)
class _Sweep:
    """What each possible threshold accepts: the k highest different scores ``values[:k]``, k from 0 to K."""

    values: Scores  # (K,) descending
    hits: IdArray  # (K + 1,) pairs of one person
    false: IdArray  # (K + 1,) pairs of two people

    @property
    def accepting(self) -> Scores:
        """Return the highest threshold (K + 1,) that accepts as many."""
        return np.concatenate([[np.nextafter(self.values[0], np.inf)], self.values])

    @property
    def padded(self) -> Scores:
        """Return the scores with one beyond each end: cut k lies between the k-th and the one after it."""
        return np.concatenate([[self.values[0] + _BEYOND], self.values, [self.values[-1] - _BEYOND]])

    def between(self, cut: int) -> float:
        """Return the threshold in the middle between what the cut accepts and what it does not."""
        above, below = self.padded[cut : cut + 2].tolist()
        middle: float = (above + below) / 2
        return middle if middle > below else above  # neighbouring floats have no middle

    def best(self, hit: int, false: int) -> int:
        """Return the cut with the most gain, ``hit`` a hit minus ``false`` a false match.

        Of several, that with the widest gap around it, as it will serve new pairs best.
        """
        gain = self.hits * hit - self.false * false  # whole numbers: equal is equal
        gaps = self.padded[:-1] - self.padded[1:]
        return int(np.argmax(np.where(gain == gain.max(), gaps, -1.0)))


def _sweep(scores: Scores, same: BoolArray) -> _Sweep:
    values, inverse = np.unique(scores, return_inverse=True)
    hits = np.bincount(inverse[same], minlength=len(values))[::-1]
    false = np.bincount(inverse[~same], minlength=len(values))[::-1]
    return _Sweep(values[::-1], np.concatenate([[0], np.cumsum(hits)]), np.concatenate([[0], np.cumsum(false)]))


def verify(scores: Scores, same: BoolArray, folds: IdArray) -> Verification:
    """Return what scores (N,), highest for one person, say of the pairs. ``same`` has both kinds; no score is NaN."""
    scores = np.asarray(scores, np.float64)
    if not same.any() or same.all() or not np.isfinite(scores).all():
        raise ValueError("verify needs finite scores of pairs of one person and of two")
    sweep = _sweep(scores, same)
    positives, negatives = int(same.sum()), int((~same).sum())
    tar, far = sweep.hits / positives, sweep.false / negatives
    best = sweep.best(negatives, positives)
    edges = np.linspace(-1, 1, BINS + 1)
    clipped = np.clip(scores, -1, 1)  # rounding may make 1.0000001 of one picture against itself
    return Verification(
        same_pairs=positives,
        other_pairs=negatives,
        same_mean=float(scores[same].mean()),
        other_mean=float(scores[~same].mean()),
        accuracy=_accuracy(scores, same, folds),
        best_threshold=sweep.between(best),
        best_balanced=float((tar[best] + 1 - far[best]) / 2),
        eer=_equal_error(tar, far),
        auc=float(np.trapezoid(tar, far)),
        points={target: _point(sweep, target) for target in TARGETS},
        roc=_thinned(Roc(sweep.accepting, far, tar)),
        edges=edges,
        same_histogram=np.histogram(clipped[same], edges)[0].astype(np.int64),
        other_histogram=np.histogram(clipped[~same], edges)[0].astype(np.int64),
    )


def _accuracy(scores: Scores, same: BoolArray, folds: IdArray) -> Accuracy | None:
    """Judge each fold at the threshold that is best on the others."""
    rights: list[float] = []
    thresholds: list[float] = []
    for fold in np.unique(folds):
        inside = folds == fold
        if same[~inside].all() or not same[~inside].any():  # also when there is one fold only
            return None
        others = _sweep(scores[~inside], same[~inside])
        thresholds.append(others.between(others.best(1, 1)))
        rights.append(float(((scores[inside] >= thresholds[-1]) == same[inside]).mean()))
    error = float(np.std(rights, ddof=1)) / math.sqrt(len(rights))
    return Accuracy(float(np.mean(rights)), error, float(np.mean(thresholds)), len(rights))


def least_pairs(target: float) -> int:
    """Return how many pairs of two people it takes for one false match to be as rare as ``target``."""
    return math.ceil(1 / target - 1e-9)


def _point(sweep: _Sweep, target: float) -> OperatingPoint | None:
    positives, negatives = int(sweep.hits[-1]), int(sweep.false[-1])
    if negatives < least_pairs(target):
        return None
    allowed = math.floor(negatives * target + 1e-9)
    cut = int(np.searchsorted(sweep.false, allowed, side="right")) - 1
    return OperatingPoint(
        target,
        float(sweep.accepting[cut]),
        Share(int(sweep.hits[cut]), positives),
        Share(int(sweep.false[cut]), negatives),
    )


def _equal_error(tar: Scores, far: Scores) -> float:
    """Return where FAR and 1 - TAR meet, on straight lines between thresholds."""
    gap = far - (1 - tar)  # from -1 to 1, never falling
    cut = int(np.argmax(gap >= 0))
    part = gap[cut - 1] / (gap[cut - 1] - gap[cut])
    return float(far[cut - 1] + part * (far[cut] - far[cut - 1]))


def _thinned(roc: Roc) -> Roc:
    """Leave out most of the points on straight lines between their neighbours."""
    across, up = np.diff(roc.far), np.diff(roc.tar)
    keep = np.ones(len(roc.far), np.bool_)
    keep[1:-1] = across[:-1] * up[1:] != across[1:] * up[:-1]
    keep[:: max(1, len(keep) // _BETWEEN)] = True
    return Roc(roc.thresholds[keep], roc.far[keep], roc.tar[keep])
