"""Groups faces into people: strict cores first, then by centroids, then the weak; decisions are never broken.

*Cores* come of average linkage, which resists chaining. Cores of three and more merge while their *centroids* agree.
People who have a name take the groups that are surely theirs. What is left, single and weak faces, joins the centroid
that is plainly the nearest. A weak face never seeds a core, so it never bridges two.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from faceapp.jobs import CancelToken
from faceapp.people.grouping.attaching import attach
from faceapp.people.grouping.joining import join, merge_groups
from faceapp.people.grouping.linkage import Clusters, Pairs, close_pairs, clusters_of, link
from faceapp.people.grouping.naming import NamedPeople
from faceapp.people.grouping.result import Findings, result
from faceapp.people.grouping.rules import Mask, Rules
from faceapp.people.grouping.settings import CLEAR_NORM, SEED, WEAK_NORM, Settings
from faceapp.people.grouping.standing import Standing, nothing_stands, what_stands
from faceapp.people.likeness import Likeness
from faceapp.types import FloatArray
from faceapp.types_people import FaceFacts, Grouping, Ties

Progress = Callable[[float], None]


def group(
    facts: FaceFacts,
    vectors: FloatArray,
    ties: Ties,
    *,
    threshold: float,
    earlier: Grouping | None = None,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Grouping:
    """Group all faces anew.

    ``vectors`` (N, D): embeddings of length 1, aligned with ``facts``. ``threshold``: the model's search threshold, a
    cosine. ``earlier`` only lends its groups' numbers. ``progress`` gets the share done, 0 to 1.
    """
    facts, vectors = _in_order(facts, vectors)
    rules = Rules(facts, vectors, ties)
    likeness = _likeness(facts, vectors, rules)
    stands = nothing_stands(rules)
    return _solve(facts, vectors, rules, likeness, stands, Settings.of(threshold), earlier, cancel, progress)


def follow(
    facts: FaceFacts,
    vectors: FloatArray,
    ties: Ties,
    *,
    threshold: float,
    earlier: Grouping,
    cancel: CancelToken | None = None,
    progress: Progress | None = None,
) -> Grouping:
    """Bring an earlier grouping up to date: new faces find their place, groups that stand stay.

    Groups that a decision broke since are grouped anew, and so are guesses that no longer hold. People whose confirmed
    faces differ from those that ``earlier`` has are compared with all unnamed faces again.
    """
    facts, vectors = _in_order(facts, vectors)
    rules = Rules(facts, vectors, ties)
    likeness = _likeness(facts, vectors, rules)
    settings = Settings.of(threshold)
    stands = what_stands(facts, vectors, rules, likeness, settings, earlier)
    return _solve(facts, vectors, rules, likeness, stands, settings, earlier, cancel, progress)


def weak(norm: FloatArray) -> Mask:
    """Return which faces tell too little to seed a group. ``norm`` (N,): lengths of the raw embeddings."""
    return norm < WEAK_NORM * float(np.median(norm)) if len(norm) else np.zeros(0, bool)


def _clear(norm: FloatArray) -> Mask:
    """Return which faces are clear. Where a group has none, what spoiled its faces may be all they have in common."""
    return norm >= CLEAR_NORM * float(np.median(norm)) if len(norm) else np.zeros(0, bool)


def _solve(
    facts: FaceFacts,
    vectors: FloatArray,
    rules: Rules,
    likeness: Likeness,
    stands: Standing,
    settings: Settings,
    earlier: Grouping | None,
    cancel: CancelToken | None,
    progress: Progress | None,
) -> Grouping:
    say = progress or (lambda share: None)
    say(0.05)
    _, labels = np.unique(stands.labels, return_inverse=True)
    clusters = clusters_of(vectors, rules.weights, labels)
    _cores(clusters, facts, rules, settings, stands, cancel, lambda share: say(0.05 + 0.6 * share))
    clusters = _obey(clusters, vectors, rules, cancel)
    say(0.75)
    people = NamedPeople(likeness, clusters, rules)
    fixed = np.zeros(len(clusters.counts), bool)
    fixed[clusters.labels[stands.stays]] = True
    live = np.setdiff1d(clusters.labels, people.labels)
    groups = live[clusters.counts[live] >= SEED - 0.01]
    groups = merge_groups(clusters, groups, people.labels, settings, rules, fixed=fixed, cancel=cancel)
    say(0.85)
    joining = clusters.labels.copy()
    taken = people.take(groups, vectors, settings)
    groups = np.setdiff1d(groups, taken)
    free = np.zeros(len(clusters.counts), bool)
    free[clusters.labels[stands.open]] = True
    free = free[clusters.labels]
    inviting = np.intersect1d(groups, clusters.labels[_clear(facts.norm)])
    attach(clusters, vectors, np.r_[inviting, people.labels], settings, rules, free, cancel)
    say(0.95)
    pairs = np.unique(clusters.labels[clusters.counts[clusters.labels] > 1.01])
    asked = people.ask(np.setdiff1d(np.r_[clusters.labels[free], pairs], people.labels), settings)
    sure = np.isin(joining, taken)
    found = result(facts, vectors, clusters, rules, people, Findings(stands, sure, *asked), settings, earlier)
    say(1.0)
    return found


def _cores(
    clusters: Clusters,
    facts: FaceFacts,
    rules: Rules,
    settings: Settings,
    stands: Standing,
    cancel: CancelToken | None,
    progress: Progress,
) -> None:
    """Link the faces that are strong and free to join, by average linkage."""
    count = len(clusters.counts)
    out = np.zeros(count, bool)
    out[clusters.labels[stands.stays | (rules.persons > 0)]] = True
    strong = np.zeros(count, bool)
    strong[clusters.labels[~weak(facts.norm)]] = True
    new = np.zeros(count, bool)
    new[clusters.labels[stands.fresh]] = True
    pool = np.flatnonzero(strong & ~out)
    probes = np.flatnonzero(new[pool])
    pairs = close_pairs(
        clusters.means(pool),
        settings.core,
        probes=None if len(probes) == len(pool) else probes,
        cancel=cancel,
        progress=progress,
    )
    link(clusters, Pairs(pool[pairs.first], pool[pairs.second], pairs.scores), settings.core, rules, cancel=cancel)


def _obey(clusters: Clusters, vectors: FloatArray, rules: Rules, cancel: CancelToken | None) -> Clusters:
    """Make one what the user said to be the same: whole clusters where the rules allow it, else only those faces."""
    tied = np.flatnonzero(rules.start != rules.loose)
    while True:
        first, second = clusters.labels[rules.start[tied]], clusters.labels[tied]
        apart = first != second
        if not apart.any():
            return clusters
        pairs = np.unique(np.sort(np.stack([first[apart], second[apart]], axis=1), axis=1), axis=0)
        allowed = ~rules.forbidden(clusters.labels, pairs[:, 0], pairs[:, 1])
        if not allowed.any():
            break
        into, what = pairs[allowed][0]
        join(clusters, np.array([what]), np.array([into]), np.ones(1, np.float32), rules)
    bound = np.unique(rules.start[tied[apart]])
    faces = np.isin(rules.start, bound)
    labels = clusters.labels.copy()
    labels[faces] = len(clusters.counts) + rules.start[faces]
    _, labels = np.unique(labels, return_inverse=True)
    return clusters_of(vectors, rules.weights, labels)


def _likeness(facts: FaceFacts, vectors: FloatArray, rules: Rules) -> Likeness:
    return Likeness.build(facts.face_ids, vectors, rules.persons, norm=facts.norm, shown_us=facts.shown_us)


def _in_order(facts: FaceFacts, vectors: FloatArray) -> tuple[FaceFacts, FloatArray]:
    """Return both in order of face id, so that the order they come in changes nothing."""
    if (np.diff(facts.face_ids) > 0).all():
        return facts, vectors
    order = np.argsort(facts.face_ids, kind="stable")
    columns = {name: getattr(facts, name)[order] for name in facts.__dataclass_fields__}
    return FaceFacts(**columns), vectors[order]
