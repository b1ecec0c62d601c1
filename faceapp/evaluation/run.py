"""An evaluation from pairs to figures: every picture is looked at once, then every pair is compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from faceapp.errors import FaceappError, PhotoError
from faceapp.evaluation.pairs import BoolArray, Pairs
from faceapp.evaluation.verification import Scores, Verification, verify
from faceapp.jobs import CancelToken
from faceapp.ports import Pictures
from faceapp.types import Box, FloatArray

NO_FACE_SCORE = -1.0  # of a pair with a picture that shows no face: it is said to be of two people
_ROWS = 1 << 15  # pairs compared at once


@dataclass(frozen=True, slots=True)
class LookProgress:
    """How many pictures have been looked at."""

    done: int
    total: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PictureProblem:
    """A picture in which no face could be looked at, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The pairs with their scores (N,) and what these say.

    Pairs that are not ``usable`` (N,) have a picture without a face: they score ``NO_FACE_SCORE`` and count.
    """

    pairs: Pairs
    model_id: str
    scores: Scores
    usable: BoolArray
    boxes: tuple[Box | None, ...]  # of the face that was looked at, a picture each
    problems: tuple[PictureProblem, ...]
    verification: Verification


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """The largest face of a picture, or why there is none."""

    embedding: FloatArray | None = None
    box: Box | None = None
    problem: str | None = None


def evaluate(
    pairs: Pairs,
    pictures: Pictures,
    model_id: str,
    *,
    in_flight: int = 2,
    cancel: CancelToken | None = None,
    progress: Callable[[LookProgress], None] | None = None,
) -> Evaluation:
    """Compare the largest faces of the pictures of each pair, with ``in_flight`` pictures asked for at once.

    Raises ``Cancelled``, and ``FaceappError`` if of no pair both pictures show a face.
    """
    looks = _look_at_all(pairs.pictures, pictures, in_flight, cancel or CancelToken(), progress)
    scores, usable = _compare(pairs, looks)
    if not usable.any():
        first = next(look.problem for look in looks if look.problem)
        raise FaceappError(f"No pair in {pairs.name} could be compared. The first problem: {first}")
    return Evaluation(
        pairs=pairs,
        model_id=model_id,
        scores=scores,
        usable=usable,
        boxes=tuple(look.box for look in looks),
        problems=tuple(
            PictureProblem(path, look.problem)
            for path, look in zip(pairs.pictures, looks, strict=True)
            if look.problem is not None
        ),
        verification=verify(scores, pairs.same, pairs.folds),
    )


def _look_at_all(
    paths: Sequence[Path],
    pictures: Pictures,
    in_flight: int,
    cancel: CancelToken,
    progress: Callable[[LookProgress], None] | None,
) -> list[_Look]:
    start = time.monotonic()
    with ThreadPoolExecutor(in_flight, thread_name_prefix="evaluation") as threads:  # that wait for the answers
        futures = [threads.submit(partial(_look, pictures, path, cancel)) for path in paths]
        try:
            for done, future in enumerate(as_completed(futures), 1):
                future.result()  # ends everything if it failed or was cancelled
                if progress is not None:
                    progress(LookProgress(done, len(paths), time.monotonic() - start))
        finally:
            for future in futures:
                future.cancel()
    return [future.result() for future in futures]


def _look(pictures: Pictures, path: Path, cancel: CancelToken) -> _Look:
    cancel.check()
    try:
        _, faces = pictures.find_faces(path)
    except PhotoError as error:
        return _Look(problem=str(error))
    if not faces:
        return _Look(problem=f"No face was found in {path.name}.")
    return _Look(faces[0].embedding, faces[0].detection.box)


def _compare(pairs: Pairs, looks: Sequence[_Look]) -> tuple[Scores, BoolArray]:
    """Return the cosine of each pair (N,) and whether both of its pictures show a face (N,)."""
    scores = np.full(len(pairs), NO_FACE_SCORE)
    known = np.array([look.embedding is not None for look in looks], np.bool_)
    usable: BoolArray = known[pairs.first] & known[pairs.second]
    vectors = [look.embedding for look in looks if look.embedding is not None]
    if vectors:
        matrix = np.stack(vectors).astype(np.float64)
        row = np.cumsum(known) - 1  # of each picture
        for rows in np.array_split(np.flatnonzero(usable), usable.sum() // _ROWS + 1):
            a, b = matrix[row[pairs.first[rows]]], matrix[row[pairs.second[rows]]]
            scores[rows] = np.einsum("nd,nd->n", a, b)
    return scores, usable
