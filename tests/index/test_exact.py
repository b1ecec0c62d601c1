from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import faceapp.index.exact as exact_module
from faceapp.index.exact import ExactIndex, usable_rows
from faceapp.types import Combine
from tests.index.support import EXACT, people, unit

VECTORS = st.integers(0, len(EXACT) - 1)
THRESHOLDS = st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]).flatmap(
    lambda t: st.sampled_from([t, float(np.nextafter(t, 2.0)), float(np.nextafter(np.float32(t), np.float32(2)))])
)
Row = tuple[int, int]  # photo, vector


def brute_force(rows: list[Row], probes: list[int], threshold: float, combine: Combine) -> set[int]:
    """Return the faces in plain words: no arrays of scores, no sorting."""
    limit = np.float32(threshold)

    def fits(vector: int, probe: int) -> bool:
        return bool(np.float32(sum(a * b for a, b in zip(EXACT[vector], EXACT[probe], strict=True))) >= limit)

    shown = {face for face, (_, vector) in enumerate(rows) if any(fits(vector, probe) for probe in probes)}
    if combine is Combine.ANY:
        return shown
    whole = {photo for photo, _ in rows if all(any(fits(v, probe) for p, v in rows if p == photo) for probe in probes)}
    return {face for face in shown if rows[face][0] in whole}


@given(
    st.lists(st.tuples(st.integers(0, 4), VECTORS), max_size=20),
    st.lists(VECTORS, min_size=1, max_size=3),
    st.sampled_from([-1.0, 0.0, 0.2, 0.5]),
    st.lists(THRESHOLDS, min_size=1, max_size=4),
    st.sampled_from(Combine),
)
def test_every_cut_equals_brute_force(
    rows: list[Row], probes: list[int], floor: float, thresholds: list[float], combine: Combine
) -> None:
    index = ExactIndex(4, floor)
    if rows:
        photos = np.array([photo for photo, _ in rows])
        index.add(np.arange(len(rows)), photos, EXACT[[vector for _, vector in rows]])
    answer = index.search(EXACT[probes], combine)
    for threshold in [floor, *thresholds]:
        shown = set(answer.face_ids[: answer.count(threshold)].tolist())
        assert shown == brute_force(rows, probes, max(threshold, floor), combine)


@pytest.mark.parametrize("combine", Combine)
def test_scores_agree_with_a_naive_loop(combine: Combine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_module, "_BLOCK_SCORES", 200)  # many blocks
    monkeypatch.setattr(exact_module, "_RESCORE_ROWS", 7)
    rng = np.random.default_rng(1)
    vectors, photos, probes = people(rng, 300), rng.integers(0, 60, 300), people(rng, 3)
    index = ExactIndex(16, 0.1)
    index.add(np.arange(300), photos, vectors)
    answer = index.search(probes, combine)
    naive = vectors.astype(np.float64) @ probes.T.astype(np.float64)
    expected = {}
    for face in range(300):
        best = naive[face].max()
        if combine is Combine.ALL:
            best = min(best, naive[photos == photos[face]].max(axis=0).min())
        if best >= 0.1:
            expected[face] = best
    assert dict(zip(answer.face_ids.tolist(), answer.scores.tolist(), strict=True)) == pytest.approx(expected, abs=1e-5)


def test_all_with_one_probe_is_any() -> None:
    rng = np.random.default_rng(2)
    index = ExactIndex(16)
    index.add(np.arange(100), np.arange(100) // 3, people(rng, 100))
    probe = people(rng, 1)
    assert index.search(probe, Combine.ALL).face_ids.tolist() == index.search(probe).face_ids.tolist()


def test_a_score_does_not_depend_on_where_the_face_lies() -> None:
    rng = np.random.default_rng(3)
    vectors, probe = people(rng, 200, 512), people(rng, 1, 512)
    forwards, backwards = ExactIndex(512, -1.0), ExactIndex(512, -1.0)
    forwards.add(np.arange(200), np.zeros(200, np.int64), vectors)
    backwards.add(np.arange(200)[::-1], np.zeros(200, np.int64), vectors[::-1])
    one, other = forwards.search(probe), backwards.search(probe)
    assert one.face_ids.tolist() == other.face_ids.tolist()
    assert one.scores.tolist() == other.scores.tolist()
    again = forwards.rescore(probe, one.face_ids[::-7], 200)
    assert set(again.scores.tolist()) <= set(one.scores.tolist())


@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), VECTORS), max_size=5)),
        max_size=12,
    )
)
def test_adding_and_removing_follow_a_dictionary(steps: list[tuple[bool, list[tuple[int, int, int]]]]) -> None:
    index, model = ExactIndex(4, -1.0), dict[int, tuple[int, int]]()
    for adding, rows in steps:
        ids = np.array([row[0] for row in rows], np.int64)
        if adding:
            index.add(ids, np.array([row[1] for row in rows], np.int64), EXACT[[row[2] for row in rows]])
            model.update({face: (photo, vector) for face, photo, vector in rows})
        else:
            index.remove(ids)
            for face in ids.tolist():
                model.pop(face, None)
        assert len(index) == len(model)
        answer = index.search(EXACT[:1])
        found = dict(zip(answer.face_ids.tolist(), answer.photo_ids.tolist(), strict=True))
        assert found == {face: photo for face, (photo, _) in model.items()}
        for face in range(10):
            here = index.embedding(face)
            assert (face in index) == (face in model) == (here is not None)
            if here is not None:
                assert here.tolist() == EXACT[model[face][1]].tolist()


def test_what_is_refused_changes_nothing() -> None:
    rng = np.random.default_rng(4)
    index = ExactIndex(16)
    index.add(np.array([1]), np.array([1]), unit(rng, 1))
    before = index.fingerprint()
    good = unit(rng, 2)
    for value in (np.nan, np.inf, 1e38):
        bad = good.copy()
        bad[1, 3] = value
        with pytest.raises(ValueError, match="the first is row 1"):
            index.add(np.array([1, 2]), np.array([1, 2]), bad)
    for bad in (np.zeros((1, 16), np.float32), good[:1] * 3, good[:1, :8], good[None]):
        with pytest.raises(ValueError, match="vectors"):
            index.add(np.array([2]), np.array([2]), bad)
        with pytest.raises(ValueError, match="vectors"):
            index.search(bad)
    with pytest.raises(ValueError, match="do not fit"):
        index.add(np.array([1, 2, 3]), np.array([1, 2]), good)
    assert index.fingerprint() == before


def test_usable_rows_says_which() -> None:
    vectors = np.array([[1, 0], [0, 0], [np.nan, 1], [0.6, 0.8], [3, 4]], np.float32)
    assert usable_rows(vectors).tolist() == [True, False, False, True, False]
    assert usable_rows(vectors.astype(np.float16)[:1]).tolist() == [True]


def test_empty_searches() -> None:
    index = ExactIndex(4)
    assert len(index.search(EXACT[:1])) == 0
    index.add(np.array([1]), np.array([1]), EXACT[:1])
    index.add(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 4), np.float32))
    assert len(index.search(np.empty((0, 4), np.float32))) == 0
    assert len(index.search(EXACT[0])) == 1  # one vector without its axis


def test_construction_is_checked() -> None:
    for dimension, floor in ((0, 0.2), (4, 1.0), (4, -1.5), (4, float("nan"))):
        with pytest.raises(ValueError, match="must be"):
            ExactIndex(dimension, floor)


def test_scores_stay_cosines() -> None:
    rng = np.random.default_rng(5)
    vectors = unit(rng, 500, 128)
    index = ExactIndex(128)
    index.add(np.arange(500), np.arange(500), vectors)
    assert max(float(index.search(vector).scores[0]) for vector in vectors) <= 1.0
