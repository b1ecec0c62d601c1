"""Likeness to people who are known by several dated faces."""

from __future__ import annotations

import numpy as np

from faceapp.people.likeness import Likeness
from tests.people.made_faces import made, named


def known(count: int = 20) -> tuple[Likeness, np.ndarray, np.ndarray]:
    facts, vectors = made([0] * count + [1] * 3 + [2])
    facts = named(facts, {**dict.fromkeys(range(1, count), 30), count + 1: 40, count + 2: 40})
    norm = facts.norm.copy()
    norm[1] = 25
    likeness = Likeness.build(facts.face_ids, vectors, facts.person_ids, norm=norm, shown_us=facts.shown_us)
    return likeness, vectors, facts.face_ids


def test_faces_are_likest_to_their_own_person() -> None:
    likeness, vectors, _ = known()
    scores = likeness.scores(vectors)
    assert likeness.person_ids.tolist() == [30, 40]
    assert scores.shape == (24, 2)
    assert (scores[:20, 0] > 0.7).all()
    assert (scores[20:23, 1] > 0.7).all()
    assert (scores[23] < 0.4).all()


def test_examples_are_spread_over_time_and_the_clearest_of_theirs() -> None:
    likeness, _, _ = known()
    examples = likeness.exemplars(30)
    assert len(examples) == 8
    assert examples.tolist() == sorted(examples.tolist())
    assert 2 in examples
    assert 1 not in examples
    assert examples[-1] >= 17
    assert likeness.exemplars(40).tolist() == [21, 22]
    assert likeness.exemplars(99).tolist() == []


def test_votes_are_the_examples_best_first() -> None:
    likeness, vectors, _ = known()
    votes = likeness.votes(vectors[1], 30)
    assert votes[0][0] == 2
    assert abs(votes[0][1] - 1) < 1e-5
    assert [score for _, score in votes] == sorted((score for _, score in votes), reverse=True)
    assert {face for face, _ in votes} == set(likeness.exemplars(30).tolist())
    assert likeness.votes(vectors[0], 99) == []


def test_one_person_and_the_contenders_agree_with_all_scores() -> None:
    likeness, vectors, _ = known()
    scores = likeness.scores(vectors)
    np.testing.assert_allclose(likeness.score(vectors, 40), scores[:, 1], atol=1e-6)
    assert (likeness.score(vectors, 99) == -1).all()
    found = likeness.contenders(vectors)
    assert (found.person_ids[:, 0] == likeness.person_ids[scores.argmax(axis=1)]).all()
    np.testing.assert_allclose(found.scores[:, 0], scores.max(axis=1), atol=1e-6)
    assert (found.person_ids[:, 2:] == 0).all()
    assert (found.scores[:, 2:] == -1).all()


def test_nobody_has_a_name() -> None:
    facts, vectors = made([0, 1])
    likeness = Likeness.build(facts.face_ids, vectors, facts.person_ids, norm=facts.norm, shown_us=facts.shown_us)
    assert likeness.scores(vectors).shape == (2, 0)
    assert (likeness.contenders(vectors).person_ids == 0).all()
