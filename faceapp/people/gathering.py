"""The faces that groups and questions are about: in view, not hidden, with a vector of the model in use."""

from __future__ import annotations

from dataclasses import fields
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from faceapp.ports_people import PeopleReader
from faceapp.types import FloatArray, IdArray
from faceapp.types_people import FaceFacts


class Vectors(Protocol):
    """The part of the gallery that is needed."""

    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
        """Return ids (M,) and unit vectors (M, D) of those of the faces that are here, in the order asked for."""


def shown_facts(reader: PeopleReader, min_score: float) -> FaceFacts:
    """Return the facts of faces from a detector score of ``min_score`` on, and of confirmed ones whatever theirs."""
    facts = reader.facts()
    return facts_of_rows(facts, (facts.score >= min_score) | (facts.person_ids > 0))


def gathered(reader: PeopleReader, gallery: Vectors, min_score: float) -> tuple[FaceFacts, FloatArray]:
    """Return the facts of all shown faces that have a vector, in order of face id, and the vectors (N, D)."""
    facts = shown_facts(reader, min_score)
    here, vectors = gallery.take(facts.face_ids)
    if len(here) < len(facts.face_ids):
        facts = facts_of_rows(facts, np.isin(facts.face_ids, here))
    return facts, vectors


def facts_of_rows(facts: FaceFacts, rows: NDArray[np.bool_] | IdArray) -> FaceFacts:
    """Return the facts of some rows."""
    return FaceFacts(*(getattr(facts, field.name)[rows] for field in fields(FaceFacts)))


def found_in(ascending: IdArray, wanted: IdArray) -> tuple[IdArray, NDArray[np.bool_]]:
    """Return where ``wanted`` (M,) stand in ids in ascending order (N,), and which of them are there at all."""
    places = np.searchsorted(ascending, wanted)
    here = places < len(ascending)
    here[here] = ascending[places[here]] == wanted[here]
    return places, here
