from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import faceapp.index.exact as exact_module
from faceapp.index import stores, table
from faceapp.index.exact import ExactIndex, usable_rows
from faceapp.index.segments import Origin, Segment
from faceapp.types import Combine
from tests.index.support import EXACT, naive_unwanted, people, unit

VECTORS = st.integers(0, len(EXACT) - 1)
THRESHOLDS = st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]).flatmap(
    lambda t: st.sampled_from([t, float(np.nextafter(t, 2.0)), float(np.nextafter(np.float32(t), np.float32(2)))])
)
Row = tuple[int, int]  # photo, vector


def save(index: ExactIndex, folder: Path, keys: Sequence[int] = ()) -> Segment:
    """Write what is in memory only, with the files of these keys, as one file."""
    merged = np.array(keys, np.int64)
    rows = index.rows_to_save(merged)
    segment = index.write(rows, folder, Origin("library", "model", index.dimension))
    index.saved(rows, segment, merged)
    return segment


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


@given(
    st.sampled_from([1, 2, 3, 16, 65, 512]),
    st.integers(0, 999),
    st.integers(1, 3),
    st.sampled_from([0.985, 0.999, 1.0, 1.015]),
    st.integers(0, 30),
)
def test_the_answer_is_that_of_brute_force_at_every_threshold(
    dimension: int, seed: int, count: int, length: float, at: int
) -> None:
    """Clusters, duplicates, one-hot vectors; the floor lies exactly on the score of one of them."""
    rng = np.random.default_rng(seed)
    some = people(rng, 40, dimension)
    vectors = np.concatenate([some, some[:5], np.eye(dimension, dtype=np.float32)[:6]]) * np.float32(length)
    probes = np.concatenate([some[:1], unit(rng, 2, dimension)])[:count]
    scores = np.clip(np.stack([np.einsum("nd,d->n", vectors, probe) for probe in probes], 1), -1, 1).max(axis=1)
    floor = min(float(scores[at]), 0.999)
    index = ExactIndex(dimension, floor)
    index.add(np.arange(len(vectors)), np.arange(len(vectors)) // 3, vectors)
    answer = index.search(probes)
    for threshold in [floor, *scores[scores >= np.float32(floor)].tolist()]:
        for limit in (threshold, float(np.nextafter(np.float32(threshold), np.float32(2)))):
            shown = answer.face_ids[: answer.count(limit)].tolist()
            assert set(shown) == set(np.flatnonzero(scores >= np.float32(limit)).tolist())
            assert answer.scores[: len(shown)].tolist() == scores[shown].tolist()


@given(
    st.lists(st.tuples(st.integers(0, 4), VECTORS), min_size=1, max_size=20),
    st.lists(VECTORS, min_size=1, max_size=2),
    st.lists(VECTORS, max_size=2),
    st.sampled_from([-0.5, 0.0, 0.5]),
    THRESHOLDS,
    st.sampled_from(Combine),
    st.none() | st.sets(st.integers(0, 25)),
)
def test_excluded_people_and_what_is_allowed(
    rows: list[Row],
    probes: list[int],
    exclude: list[int],
    floor: float,
    without: float,
    combine: Combine,
    allowed: set[int] | None,
) -> None:
    index = ExactIndex(4, floor)
    photos = [photo for photo, _ in rows]
    vectors = EXACT[[vector for _, vector in rows]]
    index.add(np.arange(len(rows)), np.array(photos), vectors)
    answer = index.search(
        EXACT[probes],
        combine,
        exclude=EXACT[exclude] if exclude else None,
        without=without,
        allowed=None if allowed is None else np.array(sorted(allowed), np.int64),
    )
    left_out = naive_unwanted(
        (vectors @ EXACT[probes].T).tolist(), (vectors @ EXACT[exclude].T).tolist(), photos, max(without, floor)
    )
    rest = [(-1 - face, vector) if face in left_out else (photo, vector) for face, (photo, vector) in enumerate(rows)]
    for threshold in (floor, 0.0, 0.5, 1.0):
        wanted = brute_force(rest, probes, max(threshold, floor), combine) - left_out
        shown = answer.face_ids[: answer.count(max(threshold, floor))].tolist()
        assert set(shown) == (wanted if allowed is None else wanted & allowed)
        assert len(shown) == len(set(shown))


@pytest.mark.parametrize("combine", Combine)
def test_scores_agree_with_a_naive_loop(combine: Combine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_module, "_PASS_BYTES", 200)  # many goes
    monkeypatch.setattr(stores, "_PART_NUMBERS", 112)
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


def test_scores_are_the_same_wherever_a_vector_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In memory, in a mapped file, alone or among others, scored by a helper or not: to the last bit."""
    vectors = people(np.random.default_rng(6), 300, 100)
    plain, mapped = ExactIndex(100, -1.0), ExactIndex(100, -1.0)
    plain.add(np.arange(300), np.arange(300), vectors)
    mapped.add(np.arange(200)[::-1], np.arange(200)[::-1], vectors[199::-1], np.arange(1, 201))
    save(mapped, tmp_path)
    mapped.add(np.arange(150, 300), np.arange(150, 300), vectors[150:])
    one = plain.search(vectors[:2])
    monkeypatch.setattr(stores, "_FEW_ROWS", 0)
    monkeypatch.setattr(stores, "_PART_NUMBERS", 700)
    monkeypatch.setattr(exact_module, "_FEW_BYTES", 0)
    monkeypatch.setattr(exact_module, "_PASS_BYTES", 900)
    other = mapped.search(vectors[:2])
    by_hand = [np.clip(np.einsum("nd,d->n", vectors[one.face_ids], probe), -1, 1) for probe in vectors[:2]]
    assert one.face_ids.tolist() == other.face_ids.tolist()
    assert one.scores.tolist() == other.scores.tolist() == np.max(by_hand, axis=0).tolist()
    single = [float(plain.rescore(vectors[0], np.array([face]), 1).scores[0]) for face in range(300)]
    again = mapped.rescore(vectors[0], np.arange(300), 300)
    assert [single[face] for face in again.face_ids] == again.scores.tolist()


def test_what_is_saved_leaves_memory(tmp_path: Path) -> None:
    vectors = unit(np.random.default_rng(7), 300)
    index = ExactIndex(16, -1.0)
    index.add(np.arange(200), np.arange(200), vectors[:200], np.arange(200))  # face 0 has no sum
    assert index.unsaved == 199
    segment = save(index, tmp_path)
    assert sorted(segment.face_ids.tolist()) == list(range(1, 200))
    assert index.unsaved == 0
    index.add(np.arange(190, 300), np.arange(190, 300), vectors[190:], np.arange(190, 300))
    index.remove(np.arange(280, 300))
    assert index.unsaved == 90
    assert [(needed, len(file.face_ids)) for _, file, needed in index.segments()] == [(189, 199)]
    here, taken = index.take(np.arange(280))
    assert here.tolist() == list(range(280))
    assert np.array_equal(taken, vectors[:280])
    merged = save(index, tmp_path, [key for key, _, _ in index.segments()])
    assert len(merged.face_ids) == 279
    assert [file.path for _, file, _ in index.segments()] == [merged.path]
    assert np.array_equal(index.take(np.arange(280))[1], vectors[:280])


def test_many_changes_leave_no_holes_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "TAIL_ROWS", 64)
    monkeypatch.setattr(exact_module, "TAIL_ROWS", 64)
    monkeypatch.setattr(table, "BLOCK_ROWS", 32)
    vectors = unit(np.random.default_rng(8), 400)
    index = ExactIndex(16, -1.0)
    for turn in range(40):
        ids = np.arange(turn * 5, turn * 5 + 100)
        index.add(ids, ids, vectors[ids])
        index.remove(ids[:7])
        assert index._stores.tail_rows <= 2 * len(index) + 3 * 100
        here, taken = index.take(np.sort(index.face_ids))
        assert np.array_equal(taken, vectors[here])
        assert len(here) == len(index) == len(index.search(vectors[0]))
    index.remove(index.face_ids)
    assert len(index.search(vectors[0])) == 0
    assert len(index._table._codes) <= 1


def test_the_fingerprint_tells_contents_apart() -> None:
    vectors = unit(np.random.default_rng(9), 4)

    def fingerprint(ids: list[int], sums: list[int] | None, order: list[int]) -> str:
        index = ExactIndex(16)
        marks = None if sums is None else np.array(sums)[order]
        index.add(np.array(ids)[order], np.array(ids)[order], vectors[order], marks)
        return index.fingerprint()

    one = fingerprint([1, 2, 3], [7, 8, 9], [0, 1, 2])
    assert one == fingerprint([1, 2, 3], [7, 8, 9], [2, 0, 1])
    assert one != fingerprint([1, 2, 3], [7, 8, 5], [0, 1, 2])
    assert one != fingerprint([1, 2, 4], [7, 8, 9], [0, 1, 2])
    without = fingerprint([1, 2, 3], None, [0, 1, 2])
    assert without == fingerprint([1, 2, 3], None, [1, 2, 0])
    vectors[2] = vectors[3]
    assert without != fingerprint([1, 2, 3], None, [0, 1, 2])


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
    with pytest.raises(ValueError, match="do not fit"):
        index.add(np.array([1, 2]), np.array([1, 2]), good, np.array([1, 2, 3]))
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
