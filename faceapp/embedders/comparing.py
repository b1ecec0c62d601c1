"""Where two embedders disagree: pairs of faces that one takes for one person, and the other for two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from faceapp.ports import Reader
from faceapp.ports_search import Gallery
from faceapp.types import Disagreement, FloatArray, IdArray

_CONFIRMED = 1500  # faces with a name that are looked at, the same number of each person as far as they go
_SEEDS = 300  # faces picked evenly over the library,
_NEIGHBOURS = 8  # and those nearest to each, as the embedder in use sees it
_MARGIN = 0.02  # cosine on either side: what lies on the line is no disagreement
_ROWS = 512  # of the matrix of all pairs, at a time
_DIGITS = 4  # pairs whose scores are as alike as this are copies of one pair


def candidates(reader: Reader, gallery: Gallery) -> IdArray:
    """Return the ids of a few thousand faces: confirmed ones, and others with their nearest neighbours."""
    chosen = dict.fromkeys(_confirmed(reader))
    everyone = reader.face_ids(min_score=0.0)
    every = max(1, len(everyone) // _SEEDS)
    for face_id in everyone[::every].tolist():
        chosen[face_id] = None
        vector = gallery.embedding(face_id)
        if vector is not None:
            chosen |= dict.fromkeys(gallery.nearest(vector, _NEIGHBOURS + 1).face_ids.tolist())
    return np.array(sorted(chosen), np.int64)


def _confirmed(reader: Reader) -> Iterable[int]:
    people = [person for person in reader.people() if person.faces]
    if not people:
        return
    share = max(2, _CONFIRMED // len(people))
    left = _CONFIRMED
    for person in people:
        faces = reader.face_ids(min_score=0.0, person_id=person.id)[: min(share, left)].tolist()
        yield from faces
        left -= len(faces)
        if left <= 0:
            return


def disagreements(
    face_ids: IdArray, old: FloatArray, new: FloatArray, old_threshold: float, new_threshold: float, limit: int
) -> list[Disagreement]:
    """Return the pairs on which two embedders disagree, most surprising first.

    ``face_ids`` (N,), ``old`` (N, D) and ``new`` (N, E) unit vectors, row by row; thresholds are cosines from which
    two faces are one person. The surprise is how far the two scores lie on the wrong sides of their thresholds.
    """
    found: list[tuple[float, Disagreement]] = []
    for rows, columns, old_scores, new_scores in _opposed(old, new, old_threshold, new_threshold):
        surprise = np.abs(old_scores - old_threshold) + np.abs(new_scores - new_threshold)
        best = np.argsort(-surprise, kind="stable")[: 4 * limit]  # with room for copies
        pairs = zip(rows[best], columns[best], old_scores[best], new_scores[best], surprise[best], strict=True)
        found += [
            (float(how), Disagreement(int(face_ids[a]), int(face_ids[b]), float(one), float(other)))
            for a, b, one, other, how in pairs
        ]
    unlike: dict[tuple[float, float], Disagreement] = {}
    for _, pair in sorted(found, key=lambda entry: (-entry[0], entry[1].face_a, entry[1].face_b)):
        unlike.setdefault((round(pair.old_score, _DIGITS), round(pair.new_score, _DIGITS)), pair)
    return list(unlike.values())[:limit]


def _opposed(
    old: FloatArray, new: FloatArray, old_threshold: float, new_threshold: float
) -> Iterator[tuple[IdArray, IdArray, FloatArray, FloatArray]]:
    """Yield blocks of pairs (row < column) with their scores, where one embedder says same and the other different."""
    for start in range(0, len(old), _ROWS):
        old_scores, new_scores = old[start : start + _ROWS] @ old[start:].T, new[start : start + _ROWS] @ new[start:].T
        lost = (old_scores >= old_threshold + _MARGIN) & (new_scores < new_threshold - _MARGIN)
        won = (new_scores >= new_threshold + _MARGIN) & (old_scores < old_threshold - _MARGIN)
        rows, columns = np.nonzero(np.triu(lost | won, k=1))
        yield rows + start, columns + start, old_scores[rows, columns], new_scores[rows, columns]
