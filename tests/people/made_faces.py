"""Faces made of numbers: people in the corners of a space, their faces scattered around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from faceapp.types import FloatArray, IdArray
from faceapp.types_people import FaceFacts, Ties

DIM = 64
THRESHOLD = 0.40


def ties(
    same: Sequence[tuple[int, int]] = (),
    different: Sequence[tuple[int, int]] = (),
    rejected: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
) -> Ties:
    return Ties(*(np.array(pairs, np.int64).reshape(-1, 2) for pairs in (same, different, rejected, apart)))


def made(who: Sequence[int], *, likeness: float = 0.75, seed: int = 1) -> tuple[FaceFacts, FloatArray]:
    """Return a face for each entry of ``who``: people by number. Every face has a photo of its own and id 1, 2, ..."""
    rng = np.random.default_rng(seed)
    count = len(who)
    centres = np.linalg.qr(rng.standard_normal((DIM, DIM)))[0]
    scatter = rng.standard_normal((count, DIM))
    scatter /= np.linalg.norm(scatter, axis=1, keepdims=True)
    vectors = np.sqrt(likeness) * centres[list(who)] + np.sqrt(1 - likeness) * scatter
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = np.arange(1, count + 1)
    facts = FaceFacts(
        face_ids=ids,
        photo_ids=ids + 1000,
        contents=ids + 2000,
        person_ids=np.zeros(count, np.int64),
        norm=np.full(count, 20, np.float32),
        score=np.ones(count, np.float32),
        shown_us=ids * 86_400_000_000,
    )
    return facts, vectors.astype(np.float32)


def named(facts: FaceFacts, people: dict[int, int]) -> FaceFacts:
    """Return the facts with faces (by id) confirmed as people."""
    persons = facts.person_ids.copy()
    for face, person in people.items():
        persons[facts.face_ids == face] = person
    return replace(facts, person_ids=persons)


def in_one_photo(facts: FaceFacts, *faces: int) -> FaceFacts:
    photos, contents = facts.photo_ids.copy(), facts.contents.copy()
    where = np.isin(facts.face_ids, faces)
    photos[where], contents[where] = photos[where][0], contents[where][0]
    return replace(facts, photo_ids=photos, contents=contents)


def only(facts: FaceFacts, rows: IdArray) -> FaceFacts:
    return FaceFacts(**{name: getattr(facts, name)[rows] for name in facts.__dataclass_fields__})
