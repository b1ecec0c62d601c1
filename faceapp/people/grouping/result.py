"""Says what was found: groups by numbers that last, people by how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faceapp.people.grouping.linkage import Clusters
from faceapp.people.grouping.naming import Closest, NamedPeople
from faceapp.people.grouping.rules import Mask, Rules, find
from faceapp.people.grouping.settings import Settings
from faceapp.people.grouping.standing import Standing
from faceapp.types import FloatArray, IdArray
from faceapp.types import Standing as By
from faceapp.types_people import FaceFacts, Grouping

BLOCK = 8192  # faces at once


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What the steps of grouping left to be said."""

    stands: Standing
    sure: Mask  # faces that came to a person with a whole group, (N,)
    asked: IdArray  # clusters that may be somebody's
    whose: Closest


def result(
    facts: FaceFacts,
    vectors: FloatArray,
    clusters: Clusters,
    rules: Rules,
    people: NamedPeople,
    findings: Findings,
    settings: Settings,
    earlier: Grouping | None,
) -> Grouping:
    """Return the grouping of all faces, in order of face id."""
    count = len(facts.face_ids)
    found = Grouping(
        face_ids=facts.face_ids.copy(),
        group_ids=np.zeros(count, np.int64),
        person_ids=rules.persons.copy(),
        standings=np.where(rules.persons > 0, int(By.AUTOMATIC), int(By.NOBODY)),
        scores=np.where(rules.persons > 0, 1.0, 0.0).astype(np.float32),
        margins=np.zeros(count, np.float32),
        runner_ups=np.zeros(count, np.int64),
    )
    found.standings[facts.person_ids > 0] = int(By.CONFIRMED)
    _name(found, vectors, clusters, rules, people, findings, settings)
    _number(found, facts, vectors, clusters, rules, people, findings.stands, earlier)
    _ask(found, vectors, clusters, people, findings)
    if earlier is not None:
        _keep(found, findings.stands, earlier)
    return found


def _name(
    found: Grouping,
    vectors: FloatArray,
    clusters: Clusters,
    rules: Rules,
    people: NamedPeople,
    findings: Findings,
    settings: Settings,
) -> None:
    """Faces that joined a person: automatic where it is sure, else suggested."""
    owner = np.full(len(clusters.counts), -1)
    owner[people.labels] = np.arange(len(people.labels))
    faces = np.flatnonzero((owner[clusters.labels] >= 0) & (rules.persons == 0) & ~findings.stands.guesses)
    for at in range(0, len(faces), BLOCK):
        part = faces[at : at + BLOCK]
        rated = people.rate(vectors[part], part, owner[clusters.labels[part]])
        sure = (rated.scores >= settings.automatic) & (rated.margins >= settings.automatic_margin)
        sure |= findings.sure[part]
        found.person_ids[part] = people.ids[rated.people]
        found.standings[part] = np.where(sure, int(By.AUTOMATIC), int(By.SUGGESTED))
        found.scores[part], found.margins[part] = rated.scores, rated.margins
        found.runner_ups[part] = rated.runner_ups


def _number(
    found: Grouping,
    facts: FaceFacts,
    vectors: FloatArray,
    clusters: Clusters,
    rules: Rules,
    people: NamedPeople,
    stands: Standing,
    earlier: Grouping | None,
) -> None:
    """Number the groups: each as the earlier group that it shares most faces with, else with a new number."""
    inside = ~np.isin(clusters.labels, people.labels)
    # Two files of one content show the same face: that alone is no group.
    several = np.bincount(clusters.labels, rules.weights * inside, len(clusters.counts)) > 1.01
    faces = np.flatnonzero(several[clusters.labels] & inside)
    names, first, inverse = np.unique(clusters.labels[faces], return_index=True, return_inverse=True)
    numbers = np.zeros(len(names), np.int64)
    last = 0
    if earlier is not None and len(earlier.face_ids):
        last = int(earlier.group_ids.max())
        order = np.argsort(earlier.face_ids, kind="stable")
        at = find(earlier.face_ids[order], facts.face_ids[faces])
        before = np.where(at >= 0, earlier.group_ids[order[at]], 0)
        shared, counts = np.unique((before * len(names) + inverse)[before > 0], return_counts=True)
        number_of, name_of = np.divmod(shared, max(1, len(names)))
        taken: set[int] = set()
        for row in np.lexsort((first[name_of], number_of, -counts)):
            number, name = int(number_of[row]), int(name_of[row])
            if not numbers[name] and number not in taken:
                numbers[name] = number
                taken.add(number)
    new = np.flatnonzero(numbers == 0)
    numbers[new[np.argsort(first[new])]] = last + 1 + np.arange(len(new))
    found.group_ids[faces] = numbers[inverse]
    moved = faces
    if earlier is not None and len(earlier.face_ids):
        rows = stands.rows[faces]
        kept = (rows >= 0) & (earlier.group_ids[rows] == found.group_ids[faces]) & (earlier.person_ids[rows] == 0)
        moved = faces[~kept]  # the others get their figures from before
    for start in range(0, len(moved), BLOCK):
        part = moved[start : start + BLOCK]
        found.scores[part] = np.einsum("ij,ij->i", vectors[part], clusters.centroids(clusters.labels[part]))


def _ask(found: Grouping, vectors: FloatArray, clusters: Clusters, people: NamedPeople, findings: Findings) -> None:
    """Groups and faces left over that may be somebody's."""
    slot = np.full(len(clusters.counts), -1)
    slot[findings.asked] = np.arange(len(findings.asked))
    faces = np.flatnonzero(slot[clusters.labels] >= 0)
    at = slot[clusters.labels[faces]]
    found.person_ids[faces] = people.ids[findings.whose.people[at]]
    found.standings[faces] = int(By.SUGGESTED)
    found.scores[faces] = people.likeness(vectors, faces, findings.whose.people[at])
    found.margins[faces] = findings.whose.margins[at]
    found.runner_ups[faces] = findings.whose.runner_ups[at]


def _keep(found: Grouping, stands: Standing, earlier: Grouping) -> None:
    """Faces whose place has not changed keep their figures too, so that nothing is written for them."""
    faces = np.flatnonzero(stands.rows >= 0)
    rows = stands.rows[faces]
    same = found.group_ids[faces] == earlier.group_ids[rows]
    same &= found.person_ids[faces] == earlier.person_ids[rows]
    same &= found.standings[faces] == earlier.standings[rows]
    same |= stands.guesses[faces]
    for name in ("person_ids", "standings", "scores", "margins", "runner_ups"):
        getattr(found, name)[faces[same]] = getattr(earlier, name)[rows[same]]
