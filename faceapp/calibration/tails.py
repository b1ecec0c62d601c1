"""Tails of score distributions: smooth curves, fitted to pairs and drawn towards what is known beforehand.

A curve says which share of scores lies at or above a threshold. In probit space, where ``z`` stands for the share
``Q(z)`` (Q: the upper tail of the standard normal distribution), the scores of embedders of faces lie near a straight
line far into the tail: measured on 1.4 million pairs of two people, the slope from 0.25 to 0.40 was the same
within 5 %. So a curve is the tail of a normal distribution. Only the tail: mean and deviation need not be those of all
scores. A shift and a stretch adapt it to a library.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_GRID = np.linspace(-1.0, 1.0, 2001)  # thresholds at which a table holds shares
_SMOOTH = 10  # steps of the grid to each side
_STEPS = 25  # of a fit's grid, each way
_REFINEMENTS = 4  # how often the grid closes in on the place where the posterior lies
_SMALLEST = 1e-300  # a logarithm of 0 would spoil sums


def probit(share: float) -> float:
    """Return z with Q(z) = ``share``, for shares strictly between 0 and 1."""
    return -NormalDist().inv_cdf(share)


def upper_tail(z: Floats) -> Floats:
    """Return Q(z), the share of a standard normal distribution at or above each z, in the shape of ``z``."""
    values = map(math.erfc, (z.ravel() * math.sqrt(0.5)).tolist())
    return 0.5 * np.fromiter(values, np.float64, z.size).reshape(z.shape)


@dataclass(frozen=True)
class Curve:
    """The tail of a normal distribution of cosines; ``deviation`` is greater than 0."""

    mean: float
    deviation: float

    @classmethod
    def through(cls, points: Iterable[tuple[float, float]]) -> Curve:
        """Return the curve nearest to two or more (threshold, share) points: least squares in probit space.

        Raises ``ValueError`` for fewer than two, for shares not between 0 and 1, and where shares do not fall.
        """
        known = sorted(points)
        t = np.array([threshold for threshold, _ in known])
        if len(t) < 2 or not all(0 < share < 1 for _, share in known) or not np.all(np.diff(t) > 0):
            raise ValueError(f"a curve needs two points or more with shares between 0 and 1, not {known}")
        z = np.array([probit(share) for _, share in known])
        if not np.all(np.diff(z) > 0):
            raise ValueError(f"shares must fall while thresholds rise: {known}")
        slope = float(((t - t.mean()) @ (z - z.mean())) / ((t - t.mean()) @ (t - t.mean())))
        return cls(float(t.mean() - z.mean() / slope), 1 / slope)

    def at(self, t: Floats) -> Floats:
        """Return z at thresholds."""
        return np.asarray((t - self.mean) / self.deviation)

    def where(self, share: float) -> float:
        """Return the threshold from which on ``share`` (0 to 1) of the scores lie."""
        return self.mean + self.deviation * probit(share)

    def adapted(self, shift: float, stretch: float, pivot: float) -> Curve:
        """Return the curve with ``z' = pivot + shift + stretch · (z - pivot)``, ``stretch`` greater than 0."""
        deviation = self.deviation / stretch
        return Curve(self.mean - deviation * (pivot + shift - stretch * pivot), deviation)


@dataclass(frozen=True)
class Doubt:
    """How far a library may lie from a curve known beforehand: standard deviations of shift and stretch."""

    shift: float
    stretch: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """Scores of pairs, sorted into ranges: ``counts[k]`` lie from ``edges[k - 1]`` to below ``edges[k]``.

    The first count is of everything below the first edge, the last of everything from the last edge on: how these
    scores spread says nothing to the fit, so a body that is not normal cannot bend the tail.
    """

    edges: Floats  # (K,)
    counts: Floats  # (K + 1,)

    @classmethod
    def of(cls, scores: Floats, low: float, high: float, width: float = 0.005) -> Evidence:
        edges = np.arange(low, high, width)
        return cls(edges, np.bincount(np.searchsorted(edges, scores, "right"), minlength=len(edges) + 1).astype(float))


def fitted(prior: Curve, evidence: Evidence, doubt: Doubt, pivot: float, weight: float) -> Curve:
    """Return the prior curve adapted to the evidence: the posterior mean of shift and stretch.

    Both have a normal prior (``doubt``) around no change, so with few pairs the curve stays where it was and with many
    it follows them. ``weight`` (0 to 1) is what a pair counts: pairs that share people tell less than independent ones.
    ``pivot`` is the z at which a stretch changes nothing. The posterior is summed over a grid that closes in on it.
    """
    if not evidence.counts.any():
        return prior
    z = prior.at(evidence.edges) - pivot
    mean, spread = np.array([0.0, 1.0]), np.array([doubt.shift, doubt.stretch])
    for _ in range(_REFINEMENTS):
        shifts = mean[0] + np.linspace(-4, 4, _STEPS) * spread[0]
        stretches = np.maximum(mean[1] + np.linspace(-4, 4, _STEPS) * spread[1], 0.1)
        a, b = (grid.ravel() for grid in np.meshgrid(shifts, stretches))
        shares = upper_tail(pivot + a[:, None] + b[:, None] * z)
        ones, zeros = np.ones((len(a), 1)), np.zeros((len(a), 1))
        ranges = np.hstack([ones, shares]) - np.hstack([shares, zeros])
        likelihood = weight * (np.log(np.maximum(ranges, _SMALLEST)) @ evidence.counts)
        likelihood -= 0.5 * ((a / doubt.shift) ** 2 + ((b - 1) / doubt.stretch) ** 2)
        chance = np.exp(likelihood - likelihood.max())
        chance /= chance.sum()
        mean = np.array([chance @ a, chance @ b])
        step = spread * 8 / (_STEPS - 1)
        found = np.sqrt([chance @ (a - mean[0]) ** 2, chance @ (b - mean[1]) ** 2])
        spread = np.minimum(np.maximum(found, step), spread)
    return prior.adapted(float(mean[0]), float(mean[1]), pivot)


@dataclass(frozen=True, eq=False)
class Shares:
    """A mixture of curves as a table of logarithms: what the slider asks at every step, at the price of a look-up."""

    logarithms: Floats  # of the share at each threshold of the grid

    @classmethod
    def mixed(cls, parts: Iterable[tuple[Curve, float]]) -> Shares:
        """Return the mixture of curves with weights that sum to 1."""
        total = sum((weight * upper_tail(curve.at(_GRID)) for curve, weight in parts), np.zeros(len(_GRID)))
        return cls(np.log(np.clip(total, _SMALLEST, 1.0)))

    def corrected(self, curve: Curve, scores: Floats, start: float, steadiness: float) -> Shares:
        """Return the table corrected from ``start`` on by what many scores (N,) show beyond a fitted curve.

        A tail that bends is no straight line in probit space. At each threshold the correction is the number of scores
        seen over the number that ``curve`` lets expect, both with ``steadiness`` added: where few are expected it is
        1. It is smoothed over 0.02 of cosine, so that single pairs make no steps, and the table still falls.
        """
        seen = len(scores) - np.searchsorted(np.sort(scores), _GRID)
        ratio = np.log((steadiness + seen) / (steadiness + len(scores) * upper_tail(curve.at(_GRID))))
        ratio = np.convolve(
            np.pad(ratio, _SMOOTH, mode="edge"), np.full(2 * _SMOOTH + 1, 1 / (2 * _SMOOTH + 1)), "valid"
        )
        ratio = np.interp(np.maximum(_GRID, start), _GRID, ratio)
        return Shares(np.minimum.accumulate(np.minimum(self.logarithms + ratio, 0.0)))

    def at(self, t: Floats) -> Floats:
        """Return the share at or above thresholds from -1 to 1."""
        return np.asarray(np.exp(np.interp(t, _GRID, self.logarithms)))

    def one(self, t: float) -> float:
        """Return the share at or above one threshold."""
        return math.exp(float(np.interp(t, _GRID, self.logarithms)))

    def where(self, share: float) -> float:
        """Return the least threshold from which on no more than ``share`` of the scores lie, between -1 and 1."""
        return float(np.interp(-math.log(share), -self.logarithms, _GRID))
