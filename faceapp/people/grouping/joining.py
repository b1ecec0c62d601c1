"""Groups become one while their centroids agree; fragments join the one large group that they are near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faceapp.jobs import CancelToken
from faceapp.people.grouping.linkage import Clusters, close_pairs, link
from faceapp.people.grouping.rules import Mask, Rules
from faceapp.people.grouping.settings import Settings
from faceapp.people.likeness import top
from faceapp.types import FloatArray, IdArray

CANDIDATES = 5  # nearest targets looked at; those that the rules forbid do not count as runner-up
LARGER = 2  # times as many faces, to take a small group in
BLOCK = 1024  # clusters at once


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """For each of M clusters the nearest target that the rules allow. -1 and -1.0 where there is none."""

    targets: IdArray
    scores: FloatArray
    seconds: FloatArray  # of the runner-up


def nearest(
    clusters: Clusters, units: IdArray, targets: IdArray, rules: Rules, cancel: CancelToken | None = None
) -> Nearest:
    """Compare the centroids of ``units`` (M,) with those of ``targets`` (T,) that are plainly larger.

    Small groups that are spoiled alike are near each other, whoever they are: they are no rivals of a large one.
    """
    width = min(CANDIDATES, len(targets))
    columns = np.zeros((len(units), width), np.int64)
    scores = np.zeros((len(units), width), np.float32)
    into = clusters.centroids(targets)
    for at in range(0, len(units) if width else 0, BLOCK):
        if cancel is not None:
            cancel.check()
        part = slice(at, at + BLOCK)
        columns[part], scores[part] = top(clusters.centroids(units[part]) @ into.T, width)
    found = targets[columns]
    unit = np.repeat(units, width)
    barred = rules.forbidden(clusters.labels, unit, found.ravel()) | ~_larger(clusters, found.ravel(), unit)
    scores[barred.reshape(scores.shape)] = -1.0
    order = np.argsort(-scores, axis=1, kind="stable")
    scores = np.pad(np.take_along_axis(scores, order, axis=1), ((0, 0), (0, 2)), constant_values=-1.0)
    found = np.pad(np.take_along_axis(found, order, axis=1), ((0, 0), (0, 2)), constant_values=-1)
    return Nearest(np.where(scores[:, 0] > -1.0, found[:, 0], -1), scores[:, 0], scores[:, 1])


def merge_groups(
    clusters: Clusters,
    groups: IdArray,
    people: IdArray,
    settings: Settings,
    rules: Rules,
    *,
    fixed: Mask | None = None,
    cancel: CancelToken | None = None,
) -> IdArray:
    """Merge groups whose centroids agree, then fragments into the one large group near them; return those left.

    ``people``: clusters that have a name; a group that is nearest to one of them is left for later. ``fixed`` (K,):
    clusters that stay as they are, though others may join them.
    """
    stays = np.zeros(len(clusters.counts), bool) if fixed is None else fixed
    while True:
        before = len(groups)
        probes = np.flatnonzero(~stays[groups])
        pairs = close_pairs(clusters.centroids(groups), settings.merge, probes=probes, cancel=cancel)
        pairs.first, pairs.second = groups[pairs.first], groups[pairs.second]
        link(clusters, pairs, settings.merge, rules, centroids=True, cancel=cancel)
        groups = np.intersect1d(groups, clusters.labels)
        if len(groups) == before:
            break
    while True:
        free = groups[~stays[groups]]
        near = nearest(clusters, free, np.r_[groups, people], rules, cancel)
        ready = (near.scores >= settings.fragment) & (
            near.scores - np.maximum(near.seconds, 0) >= settings.fragment_margin
        )
        ready &= ~np.isin(near.targets, people) & (near.targets >= 0)
        ready &= ~np.isin(near.targets, free[ready])  # that one goes first
        if not ready.any():
            return groups
        join(clusters, free[ready], near.targets[ready], near.scores[ready], rules)
        groups = np.intersect1d(groups, clusters.labels)


def join(clusters: Clusters, units: IdArray, targets: IdArray, scores: FloatArray, rules: Rules) -> IdArray:
    """Let each unit join its target, save those that a better one keeps out; return the units that did."""
    wait = rules.rivals(clusters.labels, units, targets, scores)
    clusters.join(targets[~wait], units[~wait])
    return units[~wait]


def _larger(clusters: Clusters, targets: IdArray, units: IdArray) -> Mask:
    return clusters.counts[targets] >= LARGER * clusters.counts[units]
