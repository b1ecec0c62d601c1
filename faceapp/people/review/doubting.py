"""Questions about people who have a name: are two of them one, and who is in one photo twice?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from faceapp.people.grouping.settings import TWIN
from faceapp.people.review.asking import Candidate, meet
from faceapp.people.review.scene import Scene, near_pairs, parted
from faceapp.people.review.worth import chance
from faceapp.types import IdArray, Standing
from faceapp.types_people import QuestionKind

_NEAR = 0.15  # above the search threshold: two people whose means are so alike may be one


def people_that_are_near(scene: Scene, threshold: float) -> Iterator[Candidate]:
    """Ask of two people who look alike, and never meet in a photo, whether they are one."""
    confirmed = np.flatnonzero(scene.facts.person_ids > 0)
    people = parted(scene.facts.person_ids[confirmed], confirmed)
    centres = {person: centre for person, rows in people.items() if (centre := scene.centre(rows)) is not None}
    if not centres:
        return
    ids = list(centres)
    for one, other, score in near_pairs(np.stack(list(centres.values())), threshold + _NEAR):
        person, lesser = sorted((ids[one], ids[other]), key=lambda each: (-len(people[each]), each))
        rows, others = people[person], people[lesser]
        if scene.ruled_out.as_people(person, lesser, rows, others) or meet(scene, rows, others):
            continue
        low, high = sorted((person, lesser))
        key = f"{QuestionKind.PEOPLE}:{low}:{high}"
        faces, examples = scene.examples(rows), scene.examples(others)
        gain = len(others) * chance(score, threshold + _NEAR)
        yield Candidate(
            QuestionKind.PEOPLE, key, faces, score, gain, person=person, others=examples, other_person=lesser
        )


def twice_in_a_photo(scene: Scene) -> Iterator[Candidate]:
    """Ask of a person's faces that share a photo, all but the likeliest one, whether they are the person.

    Faces as alike as twins are left alone: a collage, a mirror or a screen shows somebody twice.
    """
    facts = scene.facts
    first_photos = facts.photo_ids[np.unique(facts.contents, return_index=True)[1]]  # a copy shows nobody again
    named = np.flatnonzero(
        np.isin(scene.standings, (Standing.CONFIRMED, Standing.AUTOMATIC)) & np.isin(facts.photo_ids, first_photos)
    )
    places = np.stack([facts.photo_ids[named], scene.person_ids[named]], axis=1)
    _, place, count = np.unique(places, axis=0, return_inverse=True, return_counts=True)
    place = place.ravel()
    often = count[place] > 1
    for rows in parted(place[often], named[often]).values():
        yield from _all_but_the_likeliest(scene, rows)


def _all_but_the_likeliest(scene: Scene, rows: IdArray) -> Iterator[Candidate]:
    person = int(scene.person_ids[rows[0]])
    rows = rows[~scene.ruled_out.as_person(rows, person)]
    if len(rows) < 2:
        return
    known = scene.confirmed(person)
    elsewhere = known[scene.facts.contents[known] != scene.facts.contents[rows[0]]]
    centre = scene.centre(elsewhere if len(elsewhere) else rows)
    here, vectors = scene.gallery.take(scene.facts.face_ids[rows])
    if centre is None or len(here) < len(rows):
        return
    likeness = vectors @ centre
    order = np.lexsort((-likeness, scene.standings[rows]))  # confirmed before automatic, then the likeliest
    best, best_vector = rows[order[0]], vectors[order[0]]
    for each in order[1:]:
        row = rows[each : each + 1]
        shown_again = float(vectors[each] @ best_vector) >= TWIN
        if shown_again or person not in scene.names or scene.ruled_out.as_one(row, np.array([best])):
            continue
        key = f"{QuestionKind.TWICE}:{person}:{int(scene.facts.face_ids[row[0]])}"
        examples = scene.examples(elsewhere) if len(elsewhere) else elsewhere
        automatic = int(scene.standings[row[0]] == Standing.AUTOMATIC)
        others = np.concatenate([[best], examples])
        yield Candidate(QuestionKind.TWICE, key, row, float(likeness[each]), 1.0, automatic, person, others)
