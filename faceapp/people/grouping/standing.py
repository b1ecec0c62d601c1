"""What of an earlier grouping still stands, so that new faces find their place beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faceapp.people.grouping.rules import Mask, Rules, components, find
from faceapp.people.grouping.settings import SEED, Settings
from faceapp.people.likeness import Likeness
from faceapp.types import FloatArray, IdArray
from faceapp.types import Standing as By
from faceapp.types_people import FaceFacts, Grouping

DRIFT = 0.02  # cosine by which a guess may have moved, before it is made anew


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where N faces are before anything is linked."""

    labels: IdArray  # the cluster of each face
    stays: Mask  # faces of clusters that remain as they are, though others may join
    fresh: Mask  # faces that nobody has compared with the others yet
    open: Mask  # faces that may find another place than they have: the fresh ones, and those near people who changed
    guesses: Mask  # faces that are still guessed to be the person they were guessed to be
    rows: IdArray  # the row in the earlier grouping of a face that has a place there; -1 for all others


def nothing_stands(rules: Rules) -> Standing:
    count = len(rules.loose)
    none = np.zeros(count, bool)
    return Standing(rules.loose, none, rules.persons == 0, ~none, none, np.full(count, -1))


def what_stands(
    facts: FaceFacts, vectors: FloatArray, rules: Rules, likeness: Likeness, settings: Settings, earlier: Grouping
) -> Standing:
    """Return the groups of ``earlier`` that no decision broke, and its guesses at people that still hold."""
    order = np.argsort(earlier.face_ids, kind="stable")
    at = find(earlier.face_ids[order], facts.face_ids)
    if not (at >= 0).any():
        return nothing_stands(rules)
    rows = np.where(at >= 0, order[at], -1)
    changed = _changed_people(facts, likeness, rows, earlier)
    unnamed = rules.persons == 0
    was_named = earlier.standings[rows] == int(By.CONFIRMED)
    known = (rows >= 0) & unnamed & ~was_named
    groups = np.where(known, earlier.group_ids[rows], 0)
    guessed = np.where(known & (groups == 0), earlier.person_ids[rows], 0)
    guessed[guessed > 0] *= _still(vectors, guessed, rows, likeness, settings, earlier, changed)
    labels = _labels(rules, groups, guessed)
    torn = np.isin(labels, rules.broken(labels))
    groups[torn], guessed[torn] = 0, 0
    labels = _labels(rules, groups, guessed)
    sizes = np.bincount(labels, rules.weights, len(labels))[labels]
    stays = ((groups > 0) & (sizes >= SEED - 0.01)) | (guessed > 0)
    small = (groups > 0) & ~stays & (sizes > 1.01)
    compared = known & ~torn & (small | ((earlier.group_ids[rows] == 0) & (earlier.person_ids[rows] == 0)))
    fresh = unnamed & ~stays & ~compared
    open_ = fresh.copy()
    left = np.flatnonzero(unnamed & ~stays & compared)
    open_[left] = likeness.nearest_mean(vectors[left], changed) >= settings.attach
    return Standing(labels, stays, fresh, open_, guessed > 0, np.where(stays | small, rows, -1))


def _labels(rules: Rules, groups: IdArray, guessed: IdArray) -> IdArray:
    """Return the cluster of each face: those of one group are one, and those guessed to be somebody are with her."""
    links = []
    for ids in (groups, np.where(rules.persons > 0, rules.persons, guessed)):
        members = np.flatnonzero(ids)
        _, first, inverse = np.unique(ids[members], return_index=True, return_inverse=True)
        links.append(np.stack([rules.loose[members], rules.loose[members[first[inverse]]]], axis=1))
    return components(len(groups), np.concatenate(links))[rules.loose]


def _changed_people(facts: FaceFacts, likeness: Likeness, rows: IdArray, earlier: Grouping) -> IdArray:
    """Return the people who are known by other faces than before: all, if ``earlier`` has no confirmed faces."""
    named = earlier.standings == int(By.CONFIRMED)
    before = np.where((rows >= 0) & named[rows], earlier.person_ids[rows], 0)
    differ = before != facts.person_ids
    named[rows[rows >= 0]] = False
    changed = np.r_[before[differ], facts.person_ids[differ], earlier.person_ids[named]]
    return np.intersect1d(changed, likeness.person_ids)


def _still(
    vectors: FloatArray,
    guessed: IdArray,
    rows: IdArray,
    likeness: Likeness,
    settings: Settings,
    earlier: Grouping,
    changed: IdArray,
) -> Mask:
    """Return which guesses hold: the person is as like as before, and none of the other changed people is as near."""
    faces = np.flatnonzero(guessed)
    people = guessed[faces]
    scores = earlier.scores[rows[faces]]
    holds = np.isin(people, likeness.person_ids)
    for person in np.intersect1d(people, changed):
        mine = np.flatnonzero(people == person)
        holds[mine] = np.abs(likeness.score(vectors[faces[mine]], int(person)) - scores[mine]) <= DRIFT
    nearest = likeness.nearest_mean(vectors[faces], changed, others_than=people)
    return np.asarray(holds & (nearest < scores - settings.automatic_margin))
