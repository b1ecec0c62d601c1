"""People who have a name and what may be theirs: groups that are surely theirs, and those to ask about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faceapp.people.grouping.joining import join
from faceapp.people.grouping.linkage import Clusters
from faceapp.people.grouping.rules import Mask, Rules
from faceapp.people.grouping.settings import Settings
from faceapp.people.likeness import Likeness
from faceapp.types import FloatArray, IdArray


@dataclass(frozen=True, slots=True, eq=False)
class Closest:
    """For each of M faces or clusters the person most alike of those that the rules allow, and the runner-up. (M,)"""

    people: IdArray  # positions in ``Likeness.person_ids``; -1: nobody
    scores: FloatArray
    runner_ups: IdArray  # person ids; 0: nobody
    margins: FloatArray


class NamedPeople:
    """The people of a library as clusters: ``labels`` (P,), in the order of ``Likeness.person_ids``."""

    def __init__(self, likeness: Likeness, clusters: Clusters, rules: Rules) -> None:
        self._likeness = likeness
        self._clusters = clusters
        self._rules = rules
        known, at = np.unique(rules.persons, return_index=True)
        self.labels = clusters.labels[at[known > 0]]
        self._start = rules.start[at[known > 0]]

    @property
    def ids(self) -> IdArray:
        return self._likeness.person_ids

    def closest(self, units: IdArray, *, by_rules: bool = True) -> Closest:
        """Compare the centroids of clusters (M,) with all people, or also with those that they can never be."""
        vectors = self._clusters.centroids(units)
        found = self._likeness.contenders(vectors)
        spots = self._spots(found.person_ids)
        barred = spots >= len(self.ids)
        if by_rules:
            barred |= self._barred(self._clusters.labels, units, self.labels, spots)
        scores = np.where(barred, -1.0, found.scores)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :2]
        people, ids = np.take_along_axis(spots, order, axis=1), np.take_along_axis(found.person_ids, order, axis=1)
        best, second = np.take_along_axis(scores, order, axis=1).T
        return Closest(
            np.where(best > -1.0, people[:, 0], -1),
            np.maximum(best, 0.0),
            np.where(second > -1.0, ids[:, 1], 0),
            np.maximum(best, 0.0) - np.maximum(second, 0.0),
        )

    def rate(self, vectors: FloatArray, faces: IdArray, people: IdArray) -> Closest:
        """Compare faces (M,), given their vectors (M, D), with the people they were given to and with the others.

        Only what was decided rules out a runner-up: two guesses that lean on each other would both look sure.
        """
        scores = self.likeness(vectors, np.arange(len(faces)), people)
        found = self._likeness.contenders(vectors)
        spots = self._spots(found.person_ids)
        start = self._rules.start
        barred = self._barred(start, start[faces], self._start, spots) | (spots == people[:, None])
        others = np.where(barred, -1.0, found.scores)
        second = others.argmax(axis=1)
        rows = np.arange(len(faces))
        runner = others[rows, second]
        ids = np.where(runner > -1.0, found.person_ids[rows, second], 0)
        return Closest(people, scores, ids, scores - np.maximum(runner, 0.0))

    def likeness(self, vectors: FloatArray, faces: IdArray, people: IdArray) -> FloatArray:
        """Return the likeness (M,) of faces (M,), rows of ``vectors``, each to its own person (M,)."""
        scores = np.empty(len(faces), np.float32)
        for person in np.unique(people):
            rows = np.flatnonzero(people == person)
            scores[rows] = self._likeness.score(vectors[faces[rows]], int(self.ids[person]))
        return scores

    def _spots(self, person_ids: IdArray) -> IdArray:
        """Return the positions of people; P for id 0."""
        return np.where(person_ids > 0, np.searchsorted(self.ids, person_ids), len(self.ids))

    def _barred(self, labels: IdArray, units: IdArray, people: IdArray, spots: IdArray) -> Mask:
        """Return which people (M, C), as positions, clusters ``units`` (M,) can never be."""
        real = spots < len(self.ids)
        mine = np.repeat(units, spots.shape[1])
        theirs = people[np.where(real, spots, 0)].ravel() if len(people) else mine
        return self._rules.forbidden(labels, mine, theirs).reshape(spots.shape) | ~real

    def take(self, groups: IdArray, vectors: FloatArray, settings: Settings) -> IdArray:
        """Let groups that are surely a person's join her; return those that did.

        A face in such a group that can never be hers is left out: one rejected face says nothing of all the others.
        """
        if not len(self.ids) or not len(groups):
            return groups[:0]
        self._part(groups, vectors, settings)
        near = self.closest(groups)
        sure = _sure(near, settings)
        return join(self._clusters, groups[sure], self.labels[near.people[sure]], near.scores[sure], self._rules)

    def _part(self, groups: IdArray, vectors: FloatArray, settings: Settings) -> None:
        """Take faces out of groups that keep them from being surely somebody's, if they are the fewer."""
        near = self.closest(groups, by_rules=False)
        sure = _sure(near, settings)
        person = np.full(len(self._clusters.counts), -1)
        person[groups[sure]] = near.people[sure]
        faces = np.flatnonzero(person[self._clusters.labels] >= 0)
        home = self._clusters.labels[faces]
        alone = self._clusters.labels.copy()
        alone[faces] = len(person) + self._rules.start[faces]
        out = self._rules.forbidden(alone, alone[faces], self.labels[person[home]])
        share = np.bincount(home, out, len(person)) / np.maximum(np.bincount(home, minlength=len(person)), 1)
        # What a decision holds together leaves together.
        out = np.isin(alone[faces], alone[faces[out]]) & (share[home] < 0.5)
        if out.any():
            leaving = faces[out]
            _, nodes = np.unique(self._rules.start[leaving], return_inverse=True)
            kept = self._clusters.labels[leaving]
            self._clusters.split(leaving, nodes, vectors, self._rules.weights)
            weights = self._rules.weights[leaving]
            np.subtract.at(self._clusters.sums, kept, vectors[leaving] * weights[:, None])
            np.subtract.at(self._clusters.counts, kept, weights)

    def ask(self, units: IdArray, settings: Settings) -> tuple[IdArray, Closest]:
        """Return the clusters worth asking about, and whose they may be; no two of a photo for one person."""
        if not len(self.ids) or not len(units):
            empty = units[:0]
            return empty, Closest(empty, empty.astype(np.float32), empty, empty.astype(np.float32))
        near = self.closest(units)
        worth = (near.people >= 0) & (near.scores >= settings.suggest)
        units, near = units[worth], _only(near, worth)
        targets = self.labels[near.people]
        wait = self._rules.rivals(self._clusters.labels, units, targets, near.scores)
        return units[~wait], _only(near, ~wait)


def _sure(near: Closest, settings: Settings) -> Mask:
    far = (near.scores >= settings.automatic_group) & (near.margins >= settings.automatic_margin)
    return np.asarray(far & (near.people >= 0))


def _only(near: Closest, which: Mask) -> Closest:
    return Closest(near.people[which], near.scores[which], near.runner_ups[which], near.margins[which])
