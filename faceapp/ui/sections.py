"""The sections of the grid: which rows lie under which header."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import overload

import numpy as np

from faceapp.types import IdArray
from faceapp.ui import words
from faceapp.ui.tile import Section


class Sections(Sequence[Section]):
    """Parts of a list of rows, each from its start to the next one's. Immutable; every question is a binary search.

    There may be thousands, cut anew at every step of a slider: the words of one are made when it is looked at.
    """

    def __init__(self, starts: Sequence[int], keys: Sequence[object], make: Callable[[int], Section]) -> None:
        """``starts`` grow from 0, ``keys`` tell parts apart, ``make`` returns one by its place."""
        self.starts = starts
        self._keys = keys
        self._make = make

    @classmethod
    def of(cls, parts: Sequence[Section]) -> Sections:
        """Return parts that were made already. Raises ``ValueError`` unless their starts grow from row 0."""
        if isinstance(parts, Sections):
            return parts
        starts = [part.start for part in parts]
        if starts and (starts[0] != 0 or any(a >= b for a, b in pairwise(starts))):
            raise ValueError("the starts of sections must grow from row 0")
        return cls(starts, [(part.title, part.detail) for part in parts], tuple(parts).__getitem__)

    @classmethod
    def by(cls, of: IdArray, title: Callable[[int], str], counted: Callable[[int], str]) -> Sections:
        """Return the parts of rows (N,) that say which part each lies in, those of one together.

        ``title`` says what a part is called, ``counted`` puts a number of rows into words.
        """
        if not len(of):
            return cls.of(())
        begins = np.concatenate(([0], np.flatnonzero(np.diff(of)) + 1))
        starts, keys, rows = begins.tolist(), of[begins].tolist(), len(of)

        def make(at: int) -> Section:
            end = starts[at + 1] if at + 1 < len(starts) else rows
            return Section(starts[at], title(keys[at]), counted(end - starts[at]))

        return cls(starts, keys, make)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, at: int) -> Section: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Section]: ...
    def __getitem__(self, at: int | slice) -> Section | Sequence[Section]:
        if isinstance(at, slice):
            return [self._make(i) for i in range(*at.indices(len(self)))]
        return self._make(range(len(self))[at])

    def same_as(self, other: Sections) -> bool:
        """Return whether the same parts begin at the same rows."""
        return self.starts == other.starts and self._keys == other._keys

    def at(self, row: int) -> int:
        """Return the section that a row lies in; -1 without sections."""
        return bisect_right(self.starts, row) - 1

    def rows(self, at: int, count: int) -> range:
        """Return the rows of a section, of which there are ``count`` in all."""
        end = self.starts[at + 1] if at + 1 < len(self.starts) else count
        return range(min(self.starts[at], count), min(end, count))

    def spoken(self, row: int) -> str:
        """Return the words of the section that begins with a row: "March 2019, 12 photos"; "" if none does."""
        at = self.at(row)
        if at < 0 or self.starts[at] != row:
            return ""
        part = self[at]
        return words.phrases(part.title, part.detail)


def runs(rows: IdArray) -> list[tuple[int, int]]:
    """Return ascending rows (N,) as runs (first, last) of rows that follow each other."""
    if not len(rows):
        return []
    gaps = np.flatnonzero(np.diff(rows) > 1)
    firsts, lasts = np.append(rows[:1], rows[gaps + 1]), np.append(rows[gaps], rows[-1])
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))
