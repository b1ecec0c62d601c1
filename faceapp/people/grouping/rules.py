"""What may never be in one group: faces of one photo, and faces that a decision separates."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from faceapp.people.grouping.settings import COPY, TWIN
from faceapp.types import FloatArray, IdArray
from faceapp.types_people import FaceFacts, Ties

Mask = NDArray[np.bool_]


class Rules:
    """The hard constraints of a grouping, as positions of faces in ``facts`` (N faces, in order of face id)."""

    def __init__(self, facts: FaceFacts, vectors: FloatArray, ties: Ties) -> None:
        self._ties = ties
        _, self.contents = np.unique(facts.contents, return_inverse=True)
        self._spots = _spots(self.contents, vectors)
        self._separate = self._separated(facts)
        # ``start``: the cluster of each face before any guess; ``loose``: the same without what the user said to be the
        # same; ``persons``: who a face is by decision, 0 for nobody.
        self.loose, self.start, self.persons = self._bound(facts, vectors)
        self._spots = _one_spot_each(self.start, self.contents, self._spots)
        pair = self.loose * (int(self.contents.max(initial=0)) + 1) + self.contents
        _, inverse, copies = np.unique(pair, return_inverse=True, return_counts=True)
        self.weights = (1.0 / copies[inverse]).astype(np.float32)  # (N,): a face and its copies count as one
        self._shared = self._in_company()

    def forbidden(self, labels: IdArray, first: IdArray, second: IdArray) -> Mask:
        """Return which pairs of clusters (M,) may not become one. ``labels`` (N,): the cluster of each face."""
        if not len(first):
            return np.zeros(0, bool)
        return (
            self._owned_apart(labels, first, second)
            | self._decided(labels, first, second)
            | self._photo(labels, first, second)
        )

    def rivals(self, labels: IdArray, joining: IdArray, targets: IdArray, scores: FloatArray) -> Mask:
        """Return which of the clusters ``joining`` (M,) must wait, because a better one joins the same target at once.

        They are separated from that better one, though each of them may join the target.
        """
        slot = np.full(int(labels.max(initial=-1)) + 1, -1)
        slot[joining] = np.arange(len(joining))
        wait = np.zeros(len(joining), bool)
        rank = np.empty(len(joining), np.int64)
        rank[np.lexsort((joining, -scores))] = np.arange(len(joining))

        faces = self._shared[slot[labels[self._shared]] >= 0]
        who = slot[labels[faces]]
        order = np.lexsort((rank[who], self.contents[faces], targets[who]))
        faces, who = faces[order], who[order]
        opens = np.r_[True, (targets[who][1:] != targets[who][:-1]) | (np.diff(self.contents[faces]) != 0)][
            : len(faces)
        ]
        best = np.maximum.accumulate(np.where(opens, np.arange(len(faces)), 0))
        wait[who[self._spots[faces] != self._spots[faces[best]]]] = True

        one, other = slot[labels[self._separate]].T
        both = (one >= 0) & (other >= 0)
        one, other = one[both], other[both]
        clash = (targets[one] == targets[other]) & (one != other)
        one, other = one[clash], other[clash]
        wait[np.where(rank[one] > rank[other], one, other)] = True
        return wait

    def broken(self, labels: IdArray) -> IdArray:
        """Return the clusters that hold what may not be together."""
        one, other = labels[self._separate].T
        shared = self._shared
        key = labels[shared] * (self.contents.max(initial=0) + 1) + self.contents[shared]
        order = np.lexsort((self._spots[shared], key))
        key, spot = key[order], self._spots[shared][order]
        twice = order[1:][(np.diff(key) == 0) & (np.diff(spot) != 0)]
        return np.unique(np.r_[one[one == other], labels[shared[twice]]])

    def _owned_apart(self, labels: IdArray, first: IdArray, second: IdArray) -> Mask:
        owned = np.flatnonzero(self.persons)
        owners = np.zeros(labels.max(initial=-1) + 1, np.int64)
        owners[labels[owned]] = self.persons[owned]
        one, other = owners[first], owners[second]
        return np.asarray((one != other) & (one > 0) & (other > 0))

    def _decided(self, labels: IdArray, first: IdArray, second: IdArray) -> Mask:
        if not len(self._separate):
            return np.zeros(len(first), bool)
        width = int(labels.max()) + 1
        pairs = np.sort(labels[self._separate], axis=1)
        wanted = np.minimum(first, second) * width + np.maximum(first, second)
        return np.isin(wanted, pairs[:, 0] * width + pairs[:, 1])

    def _photo(self, labels: IdArray, first: IdArray, second: IdArray) -> Mask:
        asked = np.zeros(int(labels.max()) + 1, bool)
        asked[first] = asked[second] = True
        shared = self._shared[asked[labels[self._shared]]]
        shared = shared[np.argsort(labels[shared], kind="stable")]
        counts = np.bincount(labels[shared], minlength=len(asked))
        ends = np.cumsum(counts)
        small = np.where(counts[first] <= counts[second], first, second)
        large = first + second - small
        # One row a face of the smaller cluster: is another spot of its photo in the larger one?
        lengths = counts[small]
        pair = np.repeat(np.arange(len(first)), lengths)
        within = np.arange(len(pair)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        faces = shared[(ends - counts)[small][pair] + within]
        width = int(self.contents.max(initial=0)) + 1
        keys = labels[shared] * width + self.contents[shared]
        order = np.argsort(keys, kind="stable")
        keys, spots = keys[order], self._spots[shared][order]
        wanted = large[pair] * width + self.contents[faces]
        at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        if not len(keys):
            return np.zeros(len(first), bool)
        clash = (keys[at] == wanted) & (spots[at] != self._spots[faces])
        return np.bincount(pair[clash], minlength=len(first)) > 0

    def _separated(self, facts: FaceFacts) -> IdArray:
        """Return pairs of faces (M, 2) that a decision separates; a person stands for one of its faces."""
        people, at = np.unique(facts.person_ids, return_index=True)
        faces = [_positions(facts.face_ids, self._ties.different)]
        rejected = self._ties.rejected
        face, person = find(facts.face_ids, rejected[:, 0]), find(people, rejected[:, 1])
        known = (face >= 0) & (person >= 0)
        faces.append(np.stack([face[known], at[person[known]]], axis=1))
        return np.concatenate(faces)

    def _bound(self, facts: FaceFacts, vectors: FloatArray) -> tuple[IdArray, IdArray, IdArray]:
        """Return ``loose``, ``start`` and ``persons``, each (N,)."""
        count = len(facts.face_ids)
        named = np.flatnonzero(facts.person_ids)
        _, first, inverse = np.unique(facts.person_ids[named], return_index=True, return_inverse=True)
        by_name = np.arange(count)
        by_name[named] = named[first[inverse]]
        copies = self._copies(facts, vectors)
        loose, _ = self._whole(by_name, by_name[copies], facts.person_ids)
        said = _positions(facts.face_ids, self._ties.same)
        start, persons = self._whole(loose, loose[said], facts.person_ids)
        owned = persons > 0
        return np.where(owned, start, loose), start, persons

    def _whole(self, nodes: IdArray, links: IdArray, people: IdArray) -> tuple[IdArray, IdArray]:
        """Join nodes (N,) by links (M, 2) between them; return the new nodes and the person of each face.

        Links that contradict other decisions bind nobody: the ledger refuses them, so this is only for safety.
        """
        joined = components(len(nodes), links)[nodes]
        owner = np.zeros(len(nodes), np.int64)
        np.maximum.at(owner, joined, people)
        named = np.flatnonzero(people)
        one, other = joined[self._separate].T
        torn = np.zeros(len(nodes), bool)
        torn[one[one == other]] = True
        torn[joined[named[owner[joined[named]] != people[named]]]] = True
        before = np.zeros(len(nodes), np.int64)
        np.maximum.at(before, nodes, people)
        whole = ~torn[joined]
        return np.where(whole, joined, nodes), np.where(whole, owner[joined], before[nodes])

    def _copies(self, facts: FaceFacts, vectors: FloatArray) -> IdArray:
        """Return pairs of faces (M, 2) that are one face in two files of equal content."""
        order = np.lexsort((facts.photo_ids, self._spots))
        near = self._spots[order[1:]] == self._spots[order[:-1]]
        near &= facts.photo_ids[order[1:]] != facts.photo_ids[order[:-1]]
        pairs = np.stack([order[:-1][near], order[1:][near]], axis=1)
        alike = cosines(vectors, pairs[:, 0], pairs[:, 1]) >= COPY
        return np.asarray(pairs[alike])

    def _in_company(self) -> IdArray:
        """Return the faces whose photo shows somebody else as well."""
        order = np.lexsort((self._spots, self.contents))
        differ = np.diff(self._spots[order]) != 0
        same_photo = np.diff(self.contents[order]) == 0
        crowded = np.zeros(int(self.contents.max(initial=0)) + 1, bool)
        crowded[self.contents[order][1:][differ & same_photo]] = True
        return np.flatnonzero(crowded[self.contents])


def _spots(contents: IdArray, vectors: FloatArray) -> IdArray:
    """Number the people of each photo (N,): near-identical faces of one photo are one person, shown twice."""
    order = np.argsort(contents, kind="stable")
    links = [np.zeros((0, 2), np.int64)]
    # First each face with the next of its photo, then with the one after, while any photo has so many.
    at = np.arange(len(order) - 1)
    for step in range(1, len(order)):
        at = at[at + step < len(order)]
        at = at[contents[order[at]] == contents[order[at + step]]]
        if not len(at):
            break
        one, other = order[at], order[at + step]
        links.append(np.stack([one, other], axis=1)[cosines(vectors, one, other) >= TWIN])
    return components(len(contents), np.concatenate(links))


def cosines(vectors: FloatArray, one: IdArray, other: IdArray) -> FloatArray:
    """Return the inner products (M,) of pairs of rows of ``vectors`` (N, D): cosines, if they are of length 1."""
    scores = np.empty(len(one), np.float32)
    for at in range(0, len(one), 4096):
        part = slice(at, at + 4096)
        scores[part] = np.einsum("ij,ij->i", vectors[one[part]], vectors[other[part]])
    return scores


def _one_spot_each(start: IdArray, contents: IdArray, spots: IdArray) -> IdArray:
    """Let faces of one photo that a decision makes one person count as one of its people."""
    key = start * (contents.max(initial=0) + 1) + contents
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    links = np.stack([spots, spots[first[inverse]]], axis=1)
    return components(len(spots), links[links[:, 0] != links[:, 1]])[spots]


def components(count: int, links: IdArray) -> IdArray:
    """Return for each of ``count`` nodes the smallest node that it is connected with by ``links`` (M, 2)."""
    root = np.arange(count)
    while len(links):
        low, high = np.sort(root[links], axis=1).T
        if (low == high).all():
            break
        np.minimum.at(root, high, low)
        while (root[root] != root).any():
            root = root[root]
    return root


def find(ids: IdArray, wanted: IdArray) -> IdArray:
    """Return the positions of ``wanted`` in sorted ``ids``; -1 where it is not there."""
    if not len(ids):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)


def _positions(ids: IdArray, pairs: IdArray) -> IdArray:
    """Return pairs of ids as pairs of positions; those with an id that is not there are left out."""
    found = np.stack([find(ids, pairs[:, 0]), find(ids, pairs[:, 1])], axis=1)
    return np.asarray(found[(found >= 0).all(axis=1) & (found[:, 0] != found[:, 1])])
