"""Single faces and pairs join the group that is plainly the nearest, though each of its faces may be far."""

from __future__ import annotations

import numpy as np

from faceapp.jobs import CancelToken
from faceapp.people.grouping.joining import join
from faceapp.people.grouping.linkage import Clusters
from faceapp.people.grouping.rules import Mask, Rules
from faceapp.people.grouping.settings import Settings
from faceapp.people.likeness import top
from faceapp.types import FloatArray, IdArray

CANDIDATES = 5  # groups whose centroids are nearest; their faces are looked at too
CENTROID_SHARE = 0.6  # in the score; the rest is the nearest faces'
NEAREST = 5  # faces of a group that speak for a face
MEMBERS = 64  # faces of a group that are asked at most
COMMON = 0.5  # of what all faces left over have in common, that does not count: blur looks like blur
FEW = 16  # faces left over of which half their common part is chance
LEAD = 1.0  # of the distance to the runner-up, that counts as likeness
STRANGERS = 0.3  # share of the faces left over that plainly have a group, up to which the others may be strangers
AT_HOME = 0.6  # the same share, from which the others are taken to have one too
BLOCK = 1024  # clusters at once


def attach(
    clusters: Clusters,
    vectors: FloatArray,
    targets: IdArray,
    settings: Settings,
    rules: Rules,
    free: Mask,
    cancel: CancelToken | None = None,
) -> None:
    """Let what is in none of the groups ``targets`` join the nearest, if it is near enough and no other is as near.

    ``free`` (N,): faces that may. Small clusters are taken apart first: two poor pictures look alike whoever they show.
    Faces that find no group stay together as they were.
    """
    before = clusters.labels
    grouped = np.zeros(len(clusters.counts), bool)
    grouped[targets] = True
    faces = np.flatnonzero(~grouped[before] & free)
    if not len(targets) or not len(faces):
        return
    _, first, node = np.unique(rules.start[faces], return_index=True, return_inverse=True)
    units = clusters.split(faces, node, vectors, rules.weights)
    found, scores = _candidates(clusters, vectors, units, targets, cancel)
    least = _least(scores, settings)
    left = np.arange(len(units))
    while len(left):
        if cancel is not None:
            cancel.check()
        unit = np.repeat(units[left], found.shape[1])
        barred = rules.forbidden(clusters.labels, unit, found[left].ravel()).reshape(-1, found.shape[1])
        allowed = np.where(barred, -1.0, scores[left]).astype(np.float32)
        best = allowed.argmax(axis=1)
        rows = np.arange(len(left))
        score = allowed[rows, best]
        allowed[rows, best] = -1.0
        lead = score - np.maximum(allowed.max(axis=1), 0)
        ready = (score >= settings.attach) & (score + LEAD * lead >= least)
        if not ready.any():
            break
        joined = join(clusters, units[left[ready]], found[left, best][ready], score[ready], rules)
        left = left[~np.isin(units[left], joined)]
    # Those left stay with whom they were.
    home = before[faces[first[left]]]
    clusters.sums[home] = 0
    clusters.counts[home] = 0
    clusters.join(home, units[left])


def _candidates(
    clusters: Clusters, vectors: FloatArray, units: IdArray, targets: IdArray, cancel: CancelToken | None
) -> tuple[IdArray, FloatArray]:
    """Return for each unit the groups that may be its own, and how near they are. (M, C) each."""
    width = min(CANDIDATES, len(targets))
    columns = np.zeros((len(units), width), np.int64)
    scores = np.zeros((len(units), width), np.float32)
    own = _without_common(clusters.centroids(units))
    into = _without_common(clusters.centroids(targets))
    for at in range(0, len(units), BLOCK):
        if cancel is not None:
            cancel.check()
        part = slice(at, at + BLOCK)
        columns[part], scores[part] = top(own[part] @ into.T, width)
    centroids = clusters.centroids(units)
    order = np.argsort(clusters.labels, kind="stable")
    opens = np.searchsorted(clusters.labels[order], targets)
    ends = np.searchsorted(clusters.labels[order], targets, side="right")
    by_target = np.argsort(columns.ravel(), kind="stable")
    asking = np.searchsorted(columns.ravel()[by_target], np.arange(len(targets) + 1))
    for spot in range(len(targets)):
        where = by_target[asking[spot] : asking[spot + 1]]
        if not len(where):
            continue
        members = order[opens[spot] : ends[spot]]
        members = members[np.linspace(0, len(members) - 1, min(len(members), MEMBERS)).astype(np.int64)]
        row, column = np.divmod(where, width)
        cosines = np.sort(centroids[row] @ vectors[members].T, axis=1)[:, -NEAREST:].mean(axis=1)
        scores[row, column] = CENTROID_SHARE * scores[row, column] + (1 - CENTROID_SHARE) * cosines
    return targets[columns], scores


def _without_common(centroids: FloatArray) -> FloatArray:
    """Take away part of what these vectors (M, D) have in common; return them at length 1."""
    share = COMMON * len(centroids) / (len(centroids) + FEW)
    rest = centroids - share * centroids.mean(axis=0)
    return np.asarray(rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-9), np.float32)


def _least(scores: FloatArray, settings: Settings) -> float:
    """Return how plain the nearest must be.

    Where most of the faces left over plainly have a group, the unclear ones have one too; among many strangers the
    nearest of thousands of groups means little.
    """
    best, second = np.maximum(-np.sort(-np.pad(scores, ((0, 0), (0, 2))), axis=1)[:, :2].T, 0)
    plain = float(np.mean(best + LEAD * (best - second) >= settings.attach_plain)) if len(scores) >= FEW else 0.0
    at_home = min(1.0, max(0.0, (plain - STRANGERS) / (AT_HOME - STRANGERS)))
    return settings.attach_plain - (settings.attach_plain - settings.attach_lead) * at_home
