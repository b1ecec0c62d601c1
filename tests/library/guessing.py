"""Makes guesses for the tests of the library."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from faceapp.library.library import Library
from faceapp.types import FloatArray, IdArray, Standing
from faceapp.types_people import Grouping


class Guessed(NamedTuple):
    """A row of a grouping."""

    face: int
    group: int = 0
    person: int = 0
    standing: Standing = Standing.NOBODY
    score: float = 0.5
    margin: float = 0.25
    runner_up: int = 0


def automatic(face: int, person: int, score: float = 0.5) -> Guessed:
    return Guessed(face, person=person, standing=Standing.AUTOMATIC, score=score)


def suggested(face: int, person: int, score: float = 0.5) -> Guessed:
    return Guessed(face, person=person, standing=Standing.SUGGESTED, score=score)


def a_grouping(*rows: Guessed) -> Grouping:
    def whole(name: str) -> IdArray:
        return np.array([getattr(row, name) for row in rows], np.int64)

    def real(name: str) -> FloatArray:
        return np.array([getattr(row, name) for row in rows], np.float32)

    return Grouping(
        face_ids=whole("face"),
        group_ids=whole("group"),
        person_ids=whole("person"),
        standings=whole("standing"),
        scores=real("score"),
        margins=real("margin"),
        runner_ups=whole("runner_up"),
    )


def rows_of(grouping: Grouping) -> list[Guessed]:
    columns = (
        grouping.face_ids,
        grouping.group_ids,
        grouping.person_ids,
        grouping.standings,
        grouping.scores,
        grouping.margins,
        grouping.runner_ups,
    )
    return [Guessed(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def guess(library: Library, *rows: Guessed) -> int:
    """Let these be all guesses; return how many faces changed."""
    return library.groups.save(a_grouping(*rows))
