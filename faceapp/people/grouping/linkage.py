"""Average linkage over pairs of near faces, many merges at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faceapp.jobs import CancelToken
from faceapp.people.grouping.rules import Rules, cosines
from faceapp.people.likeness import add_up
from faceapp.types import FloatArray, IdArray

BLOCK = 2048  # rows compared at once
TILE = 4096  # with as many others: 32 MB of scores, which the processor keeps at hand
NEIGHBOURS = 16  # later faces that a face is linked with at most; large people hang together by far fewer
MANY = 8192  # rows from which pairs are first compared along the main directions
ENERGY = 0.7  # of the vectors' length squared, that these directions hold
SLACK = 0.06  # cosine that the other directions may add beyond their share
LARGE = 4  # times the faces of a smaller cluster: a cluster so large hardly changes when that one joins


@dataclass(slots=True)
class Clusters:
    """Faces in clusters: sums of vectors (K, D), counts (K,), and the cluster of each face (N,)."""

    labels: IdArray
    sums: FloatArray
    counts: FloatArray

    def means(self, which: IdArray) -> FloatArray:
        """Return the mean vectors (M, D); their inner product is the average cosine of all pairs."""
        return np.asarray(self.sums[which] / self.counts[which, None], np.float32)

    def centroids(self, which: IdArray) -> FloatArray:
        """Return the mean vectors (M, D) at length 1."""
        sums = self.sums[which]
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)

    def join(self, into: IdArray, what: IdArray) -> IdArray:
        """Let clusters ``what`` become part of ``into``, which are none of them; return the new numbers (K,)."""
        step = np.arange(len(self.counts))
        step[what] = into
        order = np.argsort(into, kind="stable")
        into, what = into[order], what[order]
        if len(into):
            opens = np.r_[0, np.flatnonzero(np.diff(into)) + 1]
            self.sums[into[opens]] += np.add.reduceat(self.sums[what], opens, axis=0)
            self.counts[into[opens]] += np.add.reduceat(self.counts[what], opens)
        self.labels = step[self.labels]
        return step

    def split(self, faces: IdArray, nodes: IdArray, vectors: FloatArray, weights: FloatArray) -> IdArray:
        """Put faces (M,) into new clusters, one for each number in ``nodes`` (M,), counted from 0; return these."""
        new = clusters_of(vectors, weights, nodes, faces)
        self.labels = self.labels.copy()
        self.labels[faces] = len(self.counts) + nodes
        units = len(self.counts) + np.arange(len(new.counts))
        self.sums = np.concatenate([self.sums, new.sums])
        self.counts = np.r_[self.counts, new.counts]
        return units


def clusters_of(vectors: FloatArray, weights: FloatArray, labels: IdArray, faces: IdArray | None = None) -> Clusters:
    """Return clusters with the weighted sums of their faces. ``vectors`` (N, D), ``weights`` (N,).

    ``labels``: the cluster of each face, counted from 0; or of each of ``faces``, if only some are meant.
    """
    rows = np.arange(len(labels)) if faces is None else faces
    count = int(labels.max(initial=-1)) + 1
    sums = np.zeros((count, vectors.shape[1]), np.float32)
    order = np.argsort(labels, kind="stable")
    single = np.bincount(labels, minlength=count)[labels[order]] == 1
    lone = order[single]
    sums[labels[lone]] = vectors[rows[lone]]
    order = order[~single]
    add_up(sums, labels[order], rows[order], vectors, weights)
    return Clusters(labels.copy(), sums, np.bincount(labels, weights[rows], count).astype(np.float32))


@dataclass(slots=True)
class Pairs:
    """Pairs of clusters, the smaller number first, and their cosine. Each (M,)."""

    first: IdArray
    second: IdArray
    scores: FloatArray

    def where(self, keep: NDArray[np.bool_]) -> Pairs:
        return Pairs(self.first[keep], self.second[keep], self.scores[keep])


def close_pairs(
    vectors: FloatArray,
    least: float,
    *,
    probes: IdArray | None = None,
    most: int = NEIGHBOURS,
    cancel: CancelToken | None = None,
    progress: Callable[[float], None] | None = None,
) -> Pairs:
    """Return the pairs of rows that score at least ``least``, of each row with the ``most`` best later ones.

    With ``probes`` (positions, sorted) only pairs that one of them is part of. Of many rows all pairs are compared by
    the directions that tell most, and only what is near there in full.
    """
    count = len(vectors)
    rows = np.arange(count) if probes is None else probes
    short, near = _shortened(vectors, least) if len(rows) > MANY else (vectors, least)
    probing = np.zeros(count, bool)
    probing[rows] = True
    found: list[tuple[IdArray, IdArray, FloatArray]] = []
    room = np.empty(BLOCK * TILE, np.float32), np.empty(BLOCK * TILE, bool)
    for at in range(0, len(rows), BLOCK):
        if cancel is not None:
            cancel.check()
        part = rows[at : at + BLOCK]
        begin = int(part[0]) if probes is None else 0
        one, other, values = _nearest(short, part, begin, probing, near, most, room)
        if short is not vectors:
            values = cosines(vectors, one, other)
            enough = values >= least
            one, other, values = one[enough], other[enough], values[enough]
        found.append((one, other, values))
        if progress is not None:
            done = (at + len(part)) / len(rows)
            progress(1.0 - (1.0 - done) ** 2 if probes is None else done)
    if not found:
        empty = np.zeros(0, np.int64)
        return Pairs(empty, empty, np.zeros(0, np.float32))
    one, other, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Pairs(np.minimum(one, other), np.maximum(one, other), values)


def _nearest(
    vectors: FloatArray,
    rows: IdArray,
    begin: int,
    probing: NDArray[np.bool_],
    least: float,
    most: int,
    room: tuple[FloatArray, NDArray[np.bool_]],
) -> tuple[IdArray, IdArray, FloatArray]:
    """Return pairs of ``rows`` (M,) and rows from ``begin`` on, their ``most`` best from ``least`` on: two rows, score.

    A tile at a time in memory that is used again and again (``room``): most of the time would go into fresh pages. A
    row that has ``most`` pairs only looks for better ones: of a person with thousands of faces nearly all pairs count.
    """
    bar = np.full((len(rows), 1), least, np.float32)
    own, other, values = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
    for at in range(begin, len(vectors), TILE):
        some = vectors[at : at + TILE]
        size = len(rows) * len(some)
        scores, enough = room[0][:size].reshape(len(rows), -1), room[1][:size].reshape(len(rows), -1)
        np.matmul(vectors[rows], some.T, out=scores)
        np.greater_equal(scores, bar, out=enough)
        hits = np.flatnonzero(enough)
        row, column = np.divmod(hits, len(some))
        column += at
        keep = (column > rows[row]) | (~probing[column] & (column != rows[row]))  # a pair of two probes is met twice
        own, other = np.r_[own, row[keep]], np.r_[other, column[keep]]
        values = np.r_[values, scores.ravel()[hits[keep]]]
        if not keep.any():
            continue
        order = np.lexsort((other, -values, own))
        own, other, values = own[order], other[order], values[order]
        rank = np.arange(len(own)) - np.searchsorted(own, own)
        last = rank == most - 1
        bar[own[last], 0] = values[last]
        keep = rank < most
        own, other, values = own[keep], other[keep], values[keep]
    return rows[own], other, values


def _shortened(vectors: FloatArray, least: float) -> tuple[FloatArray, float]:
    """Return vectors along their main directions, and the inner product there that is worth a full look."""
    sample = vectors[:: max(1, len(vectors) // MANY)]
    energy, directions = np.linalg.eigh(sample.T @ sample)
    share = np.cumsum(energy[::-1]) / max(float(energy.sum()), 1e-9)
    width = int(np.searchsorted(share, ENERGY)) + 1
    main = np.ascontiguousarray(directions[:, ::-1][:, :width], np.float32)
    return vectors @ main, least * ENERGY - SLACK


def link(
    clusters: Clusters,
    pairs: Pairs,
    least: float,
    rules: Rules,
    *,
    centroids: bool = False,
    cancel: CancelToken | None = None,
) -> None:
    """Merge clusters whose average cosine (or that of their centroids) is ``least`` or more, the nearest first.

    Two clusters merge when each is the other's nearest; a small one joins a large one that is its nearest. Pairs that
    drop below ``least`` never come back: an average of pairs is no more than the greater of its parts.
    """
    pairs = pairs.where(pairs.scores >= least)
    while len(pairs.first):
        if cancel is not None:
            cancel.check()
        into, what, bad = _merges(clusters, pairs, rules)
        step = clusters.join(into, what)
        changed = np.zeros(len(step), bool)
        changed[into] = True
        pairs = pairs.where(~bad)
        first, second = step[pairs.first], step[pairs.second]
        pairs = Pairs(np.minimum(first, second), np.maximum(first, second), pairs.scores)
        pairs = pairs.where(pairs.first != pairs.second)
        touched = changed[pairs.first] | changed[pairs.second]
        still, anew = pairs.where(~touched), pairs.where(touched)
        _, one_of_each = np.unique(anew.first * len(step) + anew.second, return_index=True)
        anew = _scored(clusters, Pairs(anew.first[one_of_each], anew.second[one_of_each], anew.scores), centroids)
        anew = anew.where(anew.scores >= least)
        pairs = Pairs(
            np.r_[still.first, anew.first], np.r_[still.second, anew.second], np.r_[still.scores, anew.scores]
        )


def _scored(clusters: Clusters, pairs: Pairs, centroids: bool) -> Pairs:
    scores = cosines(clusters.sums, pairs.first, pairs.second)
    lengths = clusters.counts
    if centroids:
        which = np.unique(np.r_[pairs.first, pairs.second])
        lengths = np.ones_like(clusters.counts)
        lengths[which] = np.maximum(np.linalg.norm(clusters.sums[which], axis=1), 1e-9)
    return Pairs(pairs.first, pairs.second, scores / (lengths[pairs.first] * lengths[pairs.second]))


def _merges(clusters: Clusters, pairs: Pairs, rules: Rules) -> tuple[IdArray, IdArray, NDArray[np.bool_]]:
    """Return what joins what now, and which of the pairs never may."""
    count = len(clusters.counts)
    best = np.full(count, -np.inf, np.float32)
    np.maximum.at(best, pairs.first, pairs.scores)
    np.maximum.at(best, pairs.second, pairs.scores)
    # Each cluster's nearest, the earliest pair of several that are as near.
    nearest = np.full(count, len(pairs.first))
    for side in (pairs.first, pairs.second):
        at = np.flatnonzero(pairs.scores == best[side])
        np.minimum.at(nearest, side[at], at)
    size = clusters.counts
    chosen = np.unique(nearest[nearest < len(pairs.first)])
    first, second = pairs.first[chosen], pairs.second[chosen]
    mutual = (nearest[first] == chosen) & (nearest[second] == chosen)
    small = np.where(size[first] < size[second], first, second)
    large = first + second - small
    joins = (nearest[small] == chosen) & (size[large] >= LARGE * size[small])
    joiner = np.zeros(count, bool)
    joiner[small[joins]] = True
    joins &= ~joiner[large]
    target = np.zeros(count, bool)
    target[large[joins]] = True
    joiner[:] = False
    joiner[small[joins]] = True
    merges = mutual & ~joins & ~(joiner | target)[first] & ~(joiner | target)[second]
    use = np.flatnonzero(joins | merges)
    into = np.where(joins[use], large[use], first[use])
    what = first[use] + second[use] - into
    forbidden = rules.forbidden(clusters.labels, into, what)
    bad = np.zeros(len(pairs.first), bool)
    bad[chosen[use[forbidden]]] = True
    use, into, what = use[~forbidden], into[~forbidden], what[~forbidden]
    if len(use):
        wait = rules.rivals(clusters.labels, what, into, pairs.scores[chosen[use]])
        into, what = into[~wait], what[~wait]
    return into, what, bad
