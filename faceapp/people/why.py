"""Says why a face matched, was suggested or has its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from faceapp.errors import FaceappError
from faceapp.people.acquaintance import Acquaintance
from faceapp.ports import Reader
from faceapp.ports_people import PeopleReader, PeopleStore
from faceapp.ports_search import Calibrator, MatchSet
from faceapp.types import Face, FloatArray, IdArray, Landmarks, Pixels, Standing
from faceapp.types_people import QualityFlag, Vote, Why

SMALL_PX = 32.0  # shorter side; below it recognition falls off
BLURRED = 50.0  # variance of the Laplacian; one sharp face in fifty is below, most blurred ones are
TURNED = 0.5  # yaw
_NEIGHBOURS = 200  # whose people are the rivals
_RIVALS = 5
_VOTES = 6
_THE_SAME = 0.9995  # cosine of a probe and the face it was made of


class Gallery(Protocol):
    """The part of the gallery that is needed."""

    def __len__(self) -> int: ...
    def embedding(self, face_id: int) -> FloatArray | None: ...
    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]: ...
    def search(self, probes: FloatArray) -> MatchSet: ...


class PeopleExplainer:
    """Implements ``ports_people.Explainer``. Safe from any thread.

    ``min_score``: detector confidence below which a face is called faint. ``aligned`` cuts a face out of a photo as
    the embedder sees it.
    """

    def __init__(
        self,
        gallery: Gallery,
        reader: Reader,
        people_reader: PeopleReader,
        people: PeopleStore,
        calibrator: Calibrator,
        aligned: Callable[[Path, Landmarks], Pixels],
        min_score: float,
    ) -> None:
        self._gallery = gallery
        self._reader = reader
        self._people_reader = people_reader
        self._people = people
        self._calibrator = calibrator
        self._aligned = aligned
        self._min_score = min_score

    def explain(self, face_id: int, *, person_id: int | None = None, probe: FloatArray | None = None) -> Why:
        """Explain a face: as a match of a probe (D,), or as somebody, by default the person it has or may be.

        Raises ``FaceappError`` for a face that is gone or has no vector of the model in use.
        """
        face = self._face(face_id)
        vector = self._gallery.embedding(face_id)
        if vector is None:
            raise FaceappError("This face was not compared with the others yet. Scan its folder, then ask again.")
        near = self._gallery.search(vector)
        person, name = self._somebody(face, person_id)
        rivals = self._rivals(near, person)
        known = self._known(([person] if person else []) + list(rivals), vector)
        likeness = known.likeness()
        scores = dict(zip(likeness.person_ids.tolist(), likeness.scores(vector[None])[0].tolist(), strict=True))
        person_score = scores.pop(person, None)
        votes = tuple(Vote(*vote) for vote in likeness.votes(vector, person)[:_VOTES])
        second = max(scores, key=lambda each: scores[each], default=0) if person else 0

        asked = near if probe is None else self._gallery.search(probe)
        if probe is not None:
            other, score = _made_of(asked, face_id), float(vector @ probe)
        elif votes:
            other, score = votes[0].face_id, votes[0].score
        else:
            other, score = _most_alike(near, face_id)
        own = known.own_scores(person)
        beside = self._reader.faces([] if other is None else [other])
        return Why(
            face_id=face_id,
            other_face_id=other,
            person_id=person or None,
            person_name=name,
            standing=_standing(face, person),
            score=score,
            person_score=person_score,
            rank=float((own < person_score).mean()) if person_score is not None and len(own) else None,
            votes=votes,
            runner_up=rivals.get(second, ""),
            runner_up_score=scores.get(second),
            margin=person_score - scores[second] if person_score is not None and second else None,
            chance=self._chance(asked, score) if other is not None or probe is not None else None,
            flags=self._flags(face),
            other_flags=self._flags(beside[0]) if beside else (),
            said=tuple(self._people.said_of(face_id)),
        )

    def aligned(self, face_id: int) -> Pixels:
        """Return the face as the embedder sees it, BGR. Reads the photo: on a worker. Raises ``PhotoError``."""
        face = self._face(face_id)
        for photo in self._reader.photos([face.photo_id]):
            return self._aligned(photo.path, face.landmarks)
        raise FaceappError("The photo of this face is no longer in the library. Scan its folder again.")

    def _face(self, face_id: int) -> Face:
        for face in self._reader.faces([face_id]):
            return face
        raise FaceappError("This face is no longer in the library. Its photo has changed or is gone.")

    def _somebody(self, face: Face, person_id: int | None) -> tuple[int, str]:
        """Return who the face is explained as, and the name; 0 for nobody."""
        if person_id is None:
            person_id = face.person_id or (face.guess.person_id if face.guess else None)
        if person_id is None:
            return 0, ""
        details = self._people_reader.details(person_id)
        return (person_id, details.name) if details else (0, "")

    def _rivals(self, near: MatchSet, person: int) -> dict[int, str]:
        """Return the other people around a face, the one of the nearest face first."""
        found: dict[int, str] = {}
        for face in self._reader.faces(near.face_ids[:_NEIGHBOURS].tolist()):
            if face.person_id and face.person_id != person and len(found) < _RIVALS:
                found.setdefault(face.person_id, face.person_name or "")
        return found

    def _known(self, people: list[int], vector: FloatArray) -> Acquaintance:
        return Acquaintance.with_people(people, vector, self._people_reader, self._reader, self._gallery)

    def _chance(self, matches: MatchSet, score: float) -> float:
        return self._calibrator.current.chance(matches, score, len(self._gallery))

    def _flags(self, face: Face) -> tuple[QualityFlag, ...]:
        found = {
            QualityFlag.SMALL: face.quality.size_px < SMALL_PX,
            QualityFlag.BLURRED: face.quality.sharpness < BLURRED,
            QualityFlag.TURNED: abs(face.quality.yaw) > TURNED,
            QualityFlag.FAINT: face.score < self._min_score,
        }
        return tuple(flag for flag, holds in found.items() if holds)


def _made_of(asked: MatchSet, face_id: int) -> int | None:
    """Return the face that a probe was made of, if it is one of the library's."""
    same = asked.face_ids[asked.scores >= _THE_SAME].tolist()
    return next((face for face in same if face != face_id), None)


def _most_alike(near: MatchSet, face_id: int) -> tuple[int | None, float]:
    """Return the face most alike to a face, and their cosine; its copies in other files aside."""
    for other, score in zip(near.face_ids.tolist(), near.scores.tolist(), strict=True):
        if other != face_id and score < _THE_SAME:
            return other, score
    return None, 0.0


def _standing(face: Face, person: int) -> Standing:
    if person and face.person_id == person:
        return Standing.CONFIRMED
    if face.guess is not None and face.guess.person_id == person:
        return face.guess.standing
    return Standing.NOBODY
