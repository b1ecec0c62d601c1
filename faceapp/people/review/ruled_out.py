"""What the user's word rules out: the questions that a decision has answered already."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from faceapp.people.gathering import found_in
from faceapp.types import IdArray
from faceapp.types_people import FaceFacts, Ties


class RuledOut:
    """The user's *no*, seen through the user's *yes*: what is said of a face holds for all said to be the same person.

    Such faces stand under one of them, their *head*.
    """

    def __init__(self, facts: FaceFacts, ties: Ties) -> None:
        self._facts = facts
        self._tied, self._heads = _heads_of(ties.same)
        known = zip(self._heads.tolist(), self._named(self._tied).tolist(), strict=True)
        self._person_of = {head: person for head, person in known if person}
        self._apart = {frozenset(pair) for pair in ties.apart.tolist()}
        self._never: dict[int, set[int]] = defaultdict(set)  # person: the heads that are not she
        self._others: dict[int, set[int]] = defaultdict(set)  # head: the heads that are somebody else
        rejected, people = ties.rejected.T
        for head, person in zip(self._heads_of(rejected).tolist(), people.tolist(), strict=True):
            self._never[person].add(head)
        ours, theirs = np.concatenate([ties.different, ties.different[:, ::-1]]).T
        for head, other, named_as in zip(
            self._heads_of(ours).tolist(), self._heads_of(theirs).tolist(), self._named(theirs).tolist(), strict=True
        ):
            self._others[head].add(other)
            if person := named_as or self._person_of.get(other, 0):
                self._never[person].add(head)

    def as_person(self, rows: IdArray, person: int) -> NDArray[np.bool_]:
        """Return which of these faces (M,) are not that person, by the user's word."""
        never = self._never.get(person, set())
        return np.array([head in never for head in self._heads_of(self._facts.face_ids[rows]).tolist()], bool)

    def as_one(self, rows: IdArray, others: IdArray) -> bool:
        """Return whether the user said of these two sets of faces that they are one person, or that they are two."""
        ours = set(self._heads_of(self._facts.face_ids[rows]).tolist())
        theirs = set(self._heads_of(self._facts.face_ids[others]).tolist())
        return not ours.isdisjoint(theirs) or any(not self._others[head].isdisjoint(theirs) for head in ours)

    def as_people(self, person: int, other: int, rows: IdArray, others: IdArray) -> bool:
        """Return whether the user said that two people, with their confirmed faces, are two."""
        return (
            frozenset((person, other)) in self._apart
            or bool(self.as_person(rows, other).any())
            or bool(self.as_person(others, person).any())
        )

    def _heads_of(self, face_ids: IdArray) -> IdArray:
        heads = face_ids.copy()
        places, here = found_in(self._tied, face_ids)
        heads[here] = self._heads[places[here]]
        return heads

    def _named(self, face_ids: IdArray) -> IdArray:
        """Return the people that faces are confirmed as, 0 for nobody."""
        rows, here = found_in(self._facts.face_ids, face_ids)
        people = np.zeros(len(face_ids), np.int64)
        people[here] = self._facts.person_ids[rows[here]]
        return people


def _heads_of(pairs: IdArray) -> tuple[IdArray, IdArray]:
    """Return the faces of pairs (M, 2) in ascending order, and the least face of each one's chain of pairs."""
    heads: dict[int, int] = {}

    def head_of(face: int) -> int:
        while (above := heads.setdefault(face, face)) != face:
            heads[face] = face = heads[above]
        return face

    for face, other in pairs.tolist():
        first, second = sorted((head_of(face), head_of(other)))
        heads[second] = first
    tied = np.array(sorted(heads), np.int64)
    return tied, np.array([head_of(face) for face in tied.tolist()], np.int64)
