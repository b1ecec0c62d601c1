"""How the matches of an answer are laid out: their order, and the parts they are in. Made once an answer, on a worker.

The slider only filters the rows that were put in order beforehand: nothing is sorted while it moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from faceapp.ports import Reader
from faceapp.ports_search import MatchSet
from faceapp.types import FloatArray, IdArray
from faceapp.types_search import GroupBy, Rows
from faceapp.ui import words
from faceapp.ui.months import months_of, periods, year
from faceapp.ui.sections import Sections
from faceapp.ui.tile import Section

_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Which part each match lies in: ``of`` (N,) counts parts in the order they are shown in. Some may be empty."""

    of: IdArray
    titles: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """``order`` (N,) holds places in the match set as they are shown; without parts it is one list."""

    order: IdArray
    parts: Parts | None

    def cut(self, count: int) -> IdArray:
        """Return the places of the best ``count`` matches, in order."""
        return self.order[self.order < count]


class Layout:
    """An answer as the grid shows it at a cut. Remembers the last cut: each step of the slider asks twice."""

    def __init__(self, matches: MatchSet, arrangement: Arrangement | None) -> None:
        """``arrangement`` None: best first."""
        self.matches = matches
        self.arrangement = arrangement
        self._cut: tuple[int, IdArray] | None = None
        self._counted: dict[int, str] = {}  # numbers in words: thousands of small parts say the same few

    def rows(self, count: int, below: int) -> tuple[IdArray, FloatArray]:
        """Return face ids and scores: best first all of them, else the best ``count`` and some ``below`` them."""
        ids, scores = self.matches.face_ids, self.matches.scores
        if self.arrangement is None:
            return ids, scores
        rows = np.concatenate([self._cut_at(count), np.arange(count, min(count + below, len(ids)))])
        return ids[rows], scores[rows]

    def sections(self, count: int, rows: Rows) -> Sequence[Section]:
        """Return the parts of the best ``count`` matches; none if they are one list."""
        if self.arrangement is None or self.arrangement.parts is None or not count:
            return ()
        parts = self.arrangement.parts
        of = parts.of[self._cut_at(count)]
        return Sections.by(of, parts.titles.__getitem__, lambda number: self._words(number, rows))

    def _words(self, number: int, rows: Rows) -> str:
        text = self._counted.get(number)
        if text is None:
            text = self._counted[number] = words.photos(number) if rows is Rows.PHOTOS else words.faces(number)
        return text

    def _cut_at(self, count: int) -> IdArray:
        assert self.arrangement is not None
        if self._cut is None or self._cut[0] != count:
            self._cut = count, self.arrangement.cut(count)
        return self._cut[1]


def arrange(reader: Reader, matches: MatchSet, group_by: GroupBy, sort: str, sure: float) -> Arrangement | None:
    """Return the layout of an answer, None for best first, which is the order of the match set.

    Parts go before ``sort`` ("best", "newest", "oldest"): within a part the best face comes first. ``sure`` is the
    cosine from which a match counts for how large somebody's part is.
    """
    match group_by:
        case GroupBy.PERSON:
            parts = by_person(matches, *reader.face_people(), _names(reader), matches.count(sure))
        case GroupBy.DATE:
            parts = by_date(matches, *reader.photo_dates(), matches.count(sure))
        case GroupBy.NOTHING:
            if sort == "best":
                return None
            ranks = _places(matches.photo_ids, reader.photo_ids())
            return Arrangement(np.argsort(ranks if sort == "newest" else -ranks, kind="stable"), None)
    few = np.uint16 if len(parts.titles) < 1 << 16 else np.int64  # short numbers are sorted by their digits, at once
    return Arrangement(np.argsort(parts.of.astype(few), kind="stable"), parts)


def by_person(
    matches: MatchSet, face_ids: IdArray, person_ids: IdArray, names: Sequence[tuple[int, str]], sure: int
) -> Parts:
    """Return parts by who a face is: most matches among the best ``sure`` first, those who are nobody yet last.

    ``face_ids`` ascending and ``person_ids`` are aligned.
    """
    known = dict(names)
    who, found = _look_up(matches.face_ids, face_ids, person_ids)
    people, first, of = np.unique(np.where(found, who, 0), return_index=True, return_inverse=True)
    counts = np.bincount(of[:sure], minlength=len(people))
    order = np.lexsort((first, -counts, people == 0))  # ``first``: who has the best match
    rank = np.empty(len(people), np.int64)
    rank[order] = np.arange(len(people))
    nobody = _translate("words", "Nobody yet")
    return Parts(rank[of], [known.get(person) or nobody for person in people[order].tolist()])


def by_date(matches: MatchSet, photo_ids: IdArray, moments: IdArray, sure: int) -> Parts:
    """Return parts by month, or by year where the best ``sure`` are few a month, newest first; new photos are last.

    ``moments``: microseconds since 1970.
    """
    order = np.argsort(photo_ids)
    months, found = _look_up(matches.photo_ids, photo_ids[order], months_of(moments[order]))
    earliest = int(months[found].min()) if found.any() else 0
    title = periods(months[:sure][found[:sure]])[1]
    if title is year:
        months, earliest = months // 12 * 12, earliest // 12 * 12
    falling, of = np.unique(-np.where(found, months, earliest - 1), return_inverse=True)
    late = _translate("words", "Just read")
    titles = [title(-number) if -number >= earliest else late for number in falling.tolist()]
    return Parts(np.asarray(of, np.int64), titles)


def _names(reader: Reader) -> list[tuple[int, str]]:
    return [(person.id, person.name) for person in reader.people()]


def _look_up(wanted: IdArray, ids: IdArray, values: IdArray) -> tuple[IdArray, NDArray[np.bool_]]:
    """Return the values of ids (ascending), and which of the wanted were found."""
    if not len(ids):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    place = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return values[place], ids[place] == wanted


def _places(wanted: IdArray, listed: IdArray) -> IdArray:
    """Return the place of each wanted id in a list; those not in it come last."""
    order = np.argsort(listed)
    places, found = _look_up(wanted, listed[order], order.astype(np.int64))
    return np.where(found, places, len(listed))
