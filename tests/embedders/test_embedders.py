"""The embedders of a library: listed, used, compared and dropped, and what a change keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faceapp.embedders.comparing import disagreements
from faceapp.errors import ModelError
from faceapp.faces.catalogue import BrokenModel
from faceapp.types import FloatArray, IdArray, ModelState
from tests.embedders.rig import NEW, OLD, Rig
from tests.embedders.test_reembedding import fill
from tests.fakes import unit_vector, write_photo
from tests.library.making import all_vectors


def states(rig: Rig) -> dict[str, ModelState]:
    return {info.id: info.state for info in rig.embedders.listed()}


def test_embedders_are_listed_with_their_state(rig: Rig) -> None:
    fill(rig, 2)
    assert states(rig) == {OLD: ModelState.IN_USE, NEW: ModelState.AVAILABLE}
    rig.embedders.embed_all(NEW)
    old, new = rig.embedders.listed()
    assert (new.state, new.vectors, new.bundled, new.problem) == (ModelState.READY, 4, False, None)
    assert (new.name, new.licence, new.source, new.contract) == ("New", "MIT", "a test", "112 × 112 BGR → 6")
    assert (old.id, old.vectors, old.bundled) == (OLD, 4, True)
    write_photo(rig.photos / "later.png", tint=200)
    rig.scan()
    assert states(rig)[NEW] is ModelState.AVAILABLE


def test_a_file_that_is_missing_or_damaged_is_told(rig: Rig) -> None:
    path = rig.models / "new.onnx"
    path.write_text("bent")
    (info,) = [info for info in rig.embedders.listed() if info.id == NEW]
    assert info.state is ModelState.BROKEN
    assert str(path) in str(info.problem)
    path.unlink()
    assert "missing" in str(rig.embedders.listed()[1].problem)
    path.write_text(NEW)
    assert rig.embedders.listed()[1].problem is None


def test_models_that_are_not_in_the_list_any_more_are_shown_with_their_vectors(rig: Rig) -> None:
    fill(rig, 1)
    rig.embedders.embed_all(NEW)
    rig.catalogue = replace(rig.catalogue, embedders={OLD: rig.catalogue.embedders[OLD]})
    gone = rig.embedders.listed()[1]
    assert (gone.id, gone.state, gone.vectors) == (NEW, ModelState.BROKEN, 2)
    assert "not in the list" in str(gone.problem)
    assert rig.embedders.drop(NEW) == 2
    assert states(rig) == {OLD: ModelState.IN_USE}


def test_entries_of_a_users_list_that_cannot_be_used_are_told(rig: Rig) -> None:
    broken = [BrokenModel(id_, id_, "", "", "", f"{id_} lacks a width.") for id_ in ("bad", OLD)]
    rig.catalogue = replace(rig.catalogue, broken=tuple(broken))
    listed = rig.embedders.listed()
    assert [(info.id, info.state) for info in listed] == [
        (OLD, ModelState.IN_USE),
        (NEW, ModelState.READY),
        ("bad", ModelState.BROKEN),
        (OLD, ModelState.BROKEN),
    ]
    assert listed[2].problem == "bad lacks a width."


@pytest.mark.parametrize("verb", ["embed_all", "use", "compare"])
def test_unknown_models_are_refused(rig: Rig, verb: str) -> None:
    with pytest.raises(ModelError, match="third"):
        getattr(rig.embedders, verb)("third")


def snapshot(rig: Rig) -> tuple[list[tuple[int, str | None]], list[tuple[str, int]]]:
    """Return every face with its name, and every person with the number of faces."""
    reader = rig.library.reader
    faces = reader.faces(np.sort(reader.face_ids(min_score=0)).tolist())
    return [(face.id, face.person_name) for face in faces], [(one.name, one.faces) for one in reader.people()]


def answers(rig: Rig) -> list[tuple[IdArray, FloatArray]]:
    """Return the matches of every face."""
    ids, _, vectors = all_vectors(rig.library)
    assert len(ids) == len(rig.gallery)
    found = [rig.gallery.search(vector[np.newaxis]) for vector in vectors]
    return [(one.face_ids, one.scores) for one in found]


def test_there_and_back_keeps_200_decisions_and_the_answers(opened: Callable[[], Rig]) -> None:
    rig = opened()
    fill(rig, 50, faces=4)
    ids = rig.library.reader.face_ids(min_score=0)
    assert len(ids) == 200
    for person in range(40):
        rig.library.people.name_faces(ids[person::40].tolist(), f"Person {person}")
    names, before = snapshot(rig), answers(rig)
    assert all(name is not None for _, name in names[0])
    rig.embedders.embed_all(NEW)
    rig.embedders.use(NEW)

    there = opened()
    assert there.library.model == NEW
    assert states(there) == {NEW: ModelState.IN_USE, OLD: ModelState.READY}
    assert there.gallery.dimension == 6
    assert snapshot(there) == names
    other = answers(there)
    assert any(not np.array_equal(a[1], b[1]) for a, b in zip(before, other, strict=True))
    there.embedders.use(OLD)

    back = opened()
    assert back.library.model == OLD
    assert snapshot(back) == names
    for (ids_before, scores_before), (ids_now, scores_now) in zip(before, answers(back), strict=True):
        assert np.array_equal(ids_before, ids_now)
        assert np.array_equal(scores_before, scores_now)
    with back.library._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM place").scalar_one() == 200


def test_names_given_while_another_model_is_in_use_are_kept_too(opened: Callable[[], Rig]) -> None:
    rig = opened()
    fill(rig, 2)
    rig.embedders.embed_all(NEW)
    rig.embedders.use(NEW)
    there = opened()
    there.library.people.name_faces([1], "Ann")
    write_photo(there.photos / "later.png", tint=200)
    there.scan()
    with pytest.raises(ModelError, match="1 face has no vector of it"):
        there.embedders.use(OLD)
    assert there.embedders.embed_all(OLD).done == 1
    there.embedders.use(OLD)
    names, _ = snapshot(opened())
    assert names == [(1, "Ann"), (2, None), (3, None), (4, None), (5, None)]


def test_a_rescan_under_another_model_keeps_the_names(opened: Callable[[], Rig]) -> None:
    rig = opened()
    fill(rig, 2)
    rig.library.people.name_faces([1, 2], "Ann")
    rig.embedders.embed_all(NEW)
    rig.embedders.use(NEW)
    there = opened()
    with there.library._database.write() as connection:
        connection.exec_driver_sql("UPDATE photo SET content_hash = NULL, earlier_hash = NULL, state = 'pending'")
    there.scan()
    assert snapshot(there)[1] == [("Ann", 2)]


def test_vectors_are_never_taken_for_those_of_another_file(rig: Rig, tmp_path: Path) -> None:
    fill(rig, 1)
    rig.embedders.embed_all(NEW)
    another = tmp_path / "another.onnx"
    another.write_text("another")
    with pytest.raises(ModelError, match=r"models drop new.*another id"):
        rig.embedders.add(another, {"id": NEW})
    (rig.models / "new.onnx").write_text("another")
    other = replace(rig.catalogue.embedders[NEW], sha256=hashlib.sha256(b"another").hexdigest())
    rig.catalogue = replace(rig.catalogue, embedders={**rig.catalogue.embedders, NEW: other})
    with pytest.raises(ModelError, match="models drop new"):
        rig.embedders.embed_all(NEW)
    rig.embedders.drop(NEW)
    assert rig.embedders.embed_all(NEW).done == 2


def test_comparing_needs_vectors_of_both(rig: Rig) -> None:
    fill(rig, 2)
    with pytest.raises(ModelError, match="models embed new"):
        rig.embedders.compare(NEW)


def test_comparing_finds_what_one_model_joins_and_the_other_parts(rig: Rig) -> None:
    fill(rig, 6)
    rig.library.people.name_faces([1, 2], "Ann")
    rig.embedders.embed_all(NEW)
    apart = unit_vector(7, 6)
    vectors = {face_id: rig.gallery.embedding(face_id) for face_id in range(3, 13)}
    pairs = ((a, b) for a in vectors for b in vectors if a < b)
    old = {(a, b): float(vectors[a] @ vectors[b]) for a, b in pairs}  # type: ignore[operator]
    strangers = min(old, key=old.__getitem__)  # to the model in use
    rig.library.vectors.save_vectors(NEW, dict.fromkeys(strangers, apart))
    (pair,) = [one for one in rig.embedders.compare(NEW) if (one.face_a, one.face_b) == strangers]
    assert pair.new_score == pytest.approx(1.0, abs=1e-3)
    assert pair.old_score == pytest.approx(old[strangers], abs=1e-3)
    assert rig.embedders.compare(NEW, limit=1) == rig.embedders.compare(NEW)[:1]


def rows(*vectors: tuple[float, ...]) -> FloatArray:
    matrix = np.array(vectors, np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


def test_disagreements_go_both_ways_and_the_most_surprising_comes_first() -> None:
    ids = np.array([10, 20, 30], np.int64)
    old = rows((1, 0), (1, 0.1), (0, 1))  # 10 and 20 are one person
    new = rows((1, 0, 0), (0, 1, 0), (0, 0.6, 0.8))  # 20 and 30 are
    found = disagreements(ids, old, new, 0.5, 0.5, 10)
    assert [(pair.face_a, pair.face_b) for pair in found] == [(10, 20), (20, 30)]
    assert found[0].old_score == pytest.approx(0.995, abs=1e-3)
    assert found[0].new_score == pytest.approx(0.0, abs=1e-6)
    assert found[1].new_score == pytest.approx(0.6, abs=1e-6)


def test_scores_on_the_line_and_copies_of_a_pair_are_left_out() -> None:
    ids = np.arange(4, dtype=np.int64)
    old = rows((1, 0), (0.51, np.sqrt(1 - 0.51**2)), (1, 0), (0.51, np.sqrt(1 - 0.51**2)))
    new = rows((1, 0), (0, 1), (1, 0), (0, 1))
    assert disagreements(ids, old, new, 0.5, 0.5, 10) == []
    assert len(disagreements(ids, old, new, 0.4, 0.5, 10)) == 1


def test_every_block_of_the_matrix_of_pairs_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(4)
    ids = np.arange(60, dtype=np.int64)
    old, new = (rows(*rng.standard_normal((60, 3)).tolist()) for _ in range(2))
    whole = disagreements(ids, old, new, 0.5, 0.5, 5000)
    expected = sum(
        (old[a] @ old[b] >= 0.52 and new[a] @ new[b] < 0.48) or (new[a] @ new[b] >= 0.52 and old[a] @ old[b] < 0.48)
        for a in range(60)
        for b in range(a + 1, 60)
    )
    assert len(whole) == expected
    monkeypatch.setattr("faceapp.embedders.comparing._ROWS", 7)
    assert [(p.face_a, p.face_b) for p in disagreements(ids, old, new, 0.5, 0.5, 5000)] == [
        (p.face_a, p.face_b) for p in whole
    ]
