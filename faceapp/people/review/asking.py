"""Questions worth asking about faces without a name: is this that person, who is this, are these groups one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from faceapp.people.review.scene import Scene, near_pairs, parted
from faceapp.people.review.worth import chance
from faceapp.types import IdArray, Standing
from faceapp.types_people import Question, QuestionKind

_MOST_GROUPS = 1_000  # the largest ones are compared with each other
_NOBODY = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Candidate:
    """A question that may be asked. ``rows`` and ``others`` are rows of the scene, the clearest first."""

    kind: QuestionKind
    key: str
    rows: IdArray
    score: float
    gain: float  # faces that are expected to be right afterwards and are not now
    settles: int = 0
    person: int = 0
    others: IdArray = field(default_factory=lambda: _NOBODY)
    other_person: int = 0

    def asked(self, scene: Scene) -> Question:
        examples = self.others
        if not len(examples) and self.person:
            examples = scene.examples(np.setdiff1d(scene.confirmed(self.person), self.rows))
        return Question(
            key=self.key,
            kind=self.kind,
            faces=scene.ids(self.rows),
            person_id=self.person or None,
            person_name=scene.names.get(self.person, ""),
            examples=scene.ids(examples),
            other_person_id=self.other_person or None,
            other_name=scene.names.get(self.other_person, ""),
            settles=self.settles,
            score=self.score,
        )


def of_the_unnamed(scene: Scene, threshold: float, most: int) -> Iterator[Candidate]:
    """Ask of groups, and of faces without one, whether they are the person they seem to be, or who they are.

    Of the largest groups, and of the ``most`` likely and the ``most`` clear faces: no more can be asked at once.
    """
    rows = scene.unsettled
    alone = scene.group_ids[rows] == 0
    hinted = scene.standings[rows] == Standing.SUGGESTED
    groups = sorted(parted(scene.group_ids[rows][~alone], rows[~alone]).values(), key=len, reverse=True)
    likely = rows[alone & hinted]
    likely = likely[np.lexsort((likely, -scene.scores[likely]))][:most]
    sets = [*groups[: _MOST_GROUPS + most], *likely[:, None]]
    nameless = list(scene.clearest_first(rows[alone & ~hinted])[:most, None])
    for each in sets:
        faces = scene.clearest_first(each)
        candidate = _suggested(scene, faces, threshold)
        if candidate is None:
            nameless.append(faces)
        else:
            yield candidate
    for faces in nameless:
        key = f"{QuestionKind.NAME}:{_first(scene, faces)}"
        score = float(scene.scores[faces].mean())
        yield Candidate(QuestionKind.NAME, key, faces, score, len(faces), len(faces))
    yield from _groups_that_are_near(scene, nameless, threshold)


def _suggested(scene: Scene, faces: IdArray, threshold: float) -> Candidate | None:
    """Ask whether faces that belong together are the person that is suggested for most of them."""
    guessed = faces[scene.standings[faces] == Standing.SUGGESTED]
    if 2 * len(guessed) < len(faces):
        return None
    people, votes = np.unique(scene.person_ids[guessed], return_counts=True)
    person = int(people[votes.argmax()])
    refused = scene.ruled_out.as_person(faces, person)
    if person not in scene.names or 2 * refused.sum() >= len(faces):
        return None
    for_person = guessed[scene.person_ids[guessed] == person]
    score, margin = float(scene.scores[for_person].mean()), float(scene.margins[for_person].mean())
    faces = faces[~refused]
    key = f"{QuestionKind.PERSON}:{person}:{_first(scene, faces)}"
    gain = len(faces) * chance(score, threshold, margin)
    return Candidate(QuestionKind.PERSON, key, faces, score, gain, len(faces), person)


def _groups_that_are_near(scene: Scene, nameless: list[IdArray], threshold: float) -> Iterator[Candidate]:
    """Ask of groups that look alike, and never meet in a photo, whether they are one person."""
    groups = sorted((faces for faces in nameless if len(faces) > 1), key=len, reverse=True)[:_MOST_GROUPS]
    centres = [(faces, centre) for faces in groups if (centre := scene.centre(faces)) is not None]
    if not centres:
        return
    for larger, smaller, score in near_pairs(np.stack([centre for _, centre in centres]), threshold):
        others, faces = centres[larger][0], centres[smaller][0]
        if scene.ruled_out.as_one(faces, others) or meet(scene, faces, others):
            continue
        first, second = sorted((_first(scene, faces), _first(scene, others)))
        key = f"{QuestionKind.GROUPS}:{first}:{second}"
        gain = len(faces) * chance(score, threshold)
        yield Candidate(QuestionKind.GROUPS, key, faces, score, gain, others=others)


def meet(scene: Scene, faces: IdArray, others: IdArray) -> bool:
    """Return whether two sets of faces share a photo: then they are two people."""
    return bool(np.isin(scene.facts.contents[faces], scene.facts.contents[others]).any())


def _first(scene: Scene, faces: IdArray) -> int:
    """Return the oldest face id: it names a set for as long as the set only grows."""
    return int(scene.facts.face_ids[faces].min())
