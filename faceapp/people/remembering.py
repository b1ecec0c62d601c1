"""What the last grouping knew, so that the next one only looks at what is new.

The library stores guesses alone. Which faces were compared and found nobody, and which people's faces were known, is
remembered here, as long as the program runs. What is not remembered is looked at again: that costs time, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from faceapp.people.gathering import found_in
from faceapp.types import IdArray, Standing
from faceapp.types_people import FaceFacts, Grouping, Ties

_Table = TypeVar("_Table", FaceFacts, Ties, Grouping)


@dataclass(frozen=True, slots=True, eq=False)
class Remembered:
    """A grouping, and what it was made of."""

    facts: FaceFacts
    ties: Ties
    grouping: Grouping

    def nothing_new(self, facts: FaceFacts, ties: Ties, stored: Grouping) -> bool:
        """Return whether a grouping of this would find what is stored already."""
        return same(facts, self.facts) and same(ties, self.ties) and same(stored, self.guesses())

    def guesses(self) -> Grouping:
        """Return what the library stores of this grouping."""
        return _only(self.grouping, self._says())

    def earlier(self, stored: Grouping, ties: Ties) -> Grouping:
        """Return the grouping to start from: what is stored, and what is remembered of all other faces.

        Faces that an earlier guess rested on something taken back since are left out, as if they were new.
        """
        known = ~self._says() & ~np.isin(self.grouping.face_ids, stored.face_ids)
        both = _joined(_only(self.grouping, known), stored)
        return _only(both, ~np.isin(both.face_ids, self._released(ties)))

    def _says(self) -> NDArray[np.bool_]:
        """Return which faces have a guess, which the library stores."""
        found = self.grouping
        placed = (found.group_ids > 0) | (found.person_ids > 0)
        return np.asarray(placed & (found.standings != int(Standing.CONFIRMED)))

    def _released(self, ties: Ties) -> IdArray:
        """Return the faces whose place rests on ties that hold no longer."""
        found = self.grouping
        same_gone, different_gone = _gone(self.ties.same, ties.same), _gone(self.ties.different, ties.different)
        rejected_gone = _gone(self.ties.rejected, ties.rejected)
        if not len(same_gone) + len(different_gone) + len(rejected_gone):
            return np.zeros(0, np.int64)
        sizes = np.bincount(found.group_ids)
        one, other = (self._groups_of(different_gone[:, side]) for side in (0, 1))
        # Of two groups that were kept apart the smaller one looks for its place again.
        groups = np.r_[self._groups_of(same_gone.ravel()), np.where(sizes[one] <= sizes[other], one, other)]
        members = np.isin(found.group_ids, groups[groups > 0])
        return np.concatenate([found.face_ids[members], same_gone.ravel(), different_gone.ravel(), rejected_gone[:, 0]])

    def _groups_of(self, face_ids: IdArray) -> IdArray:
        rows, here = found_in(self.grouping.face_ids, face_ids)
        groups = np.zeros(len(face_ids), np.int64)
        groups[here] = self.grouping.group_ids[rows[here]]
        return groups


def same(one: _Table, other: _Table) -> bool:
    """Return whether all arrays are equal."""
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))


def _gone(before: IdArray, now: IdArray) -> IdArray:
    """Return the pairs (M, 2) that are not there any more."""
    left = set(map(tuple, now.tolist()))
    return np.array([pair for pair in before.tolist() if tuple(pair) not in left], np.int64).reshape(-1, 2)


def _joined(one: Grouping, other: Grouping) -> Grouping:
    """Return the rows of both, in order of face id."""
    order = np.argsort(np.r_[one.face_ids, other.face_ids], kind="stable")
    return Grouping(*(np.r_[getattr(one, field.name), getattr(other, field.name)][order] for field in fields(Grouping)))


def _only(grouping: Grouping, rows: NDArray[np.bool_]) -> Grouping:
    return Grouping(*(getattr(grouping, field.name)[rows] for field in fields(Grouping)))
