"""What is asked of the library for a query, and what comes back. Plain functions for a worker."""

from __future__ import annotations

from dataclasses import dataclass

from faceapp.answering import answer
from faceapp.ports import Services
from faceapp.ports_search import MatchSet
from faceapp.types import FloatArray, Marks
from faceapp.types_search import GroupBy, Role, Rows, Search
from faceapp.ui.arrangement import Arrangement, arrange

FIRST = 200  # matches that are shown while all are being looked for


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The complete answer to a query."""

    matches: MatchSet
    gallery: int  # faces that were compared
    marks: Marks
    arrangement: Arrangement | None  # None: best first


def ask(services: Services, search: Search) -> Answer:
    """Return every match and how it is laid out."""
    matches, gallery = answer(services, search), len(services.gallery)
    marks = services.calibrator.current.marks(matches, gallery)
    arrangement = arrange(services.reader, matches, search.group_by, search.sort, marks.balanced)
    return Answer(matches, gallery, marks, arrangement)


def ask_first(services: Services, probe: FloatArray, rows: Rows) -> MatchSet:
    """Return the first matches of a face (D,), at once."""
    matches = services.gallery.nearest(probe, FIRST)
    return matches.best_of_photos() if rows is Rows.PHOTOS else matches


def has_first(services: Services, search: Search) -> bool:
    """Whether the first matches come sooner than all, and are the first rows of them."""
    roles = [face.role for face in search.faces if face.role is not Role.OFF]
    plain = search.sort == "best" and search.group_by is GroupBy.NOTHING and search.filter.empty
    return plain and roles == [Role.INCLUDE] and services.gallery.nearest_is_quick
