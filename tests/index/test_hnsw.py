from __future__ import annotations

import random
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faceapp.index import hnsw
from faceapp.index.gallery import FaceGallery
from faceapp.index.hnsw import HnswError, HnswIndex, Identity, graph_bytes, hnsw_available, memory_is_short
from faceapp.index.projection import candidates
from faceapp.jobs import CancelToken
from faceapp.types import FloatArray
from tests.index.support import people

pytest.importorskip("hnswlib")
FACES = 400


@pytest.fixture
def vectors() -> FloatArray:
    return people(np.random.default_rng(7), FACES)


def gallery_of(vectors: FloatArray) -> FaceGallery:
    gallery = FaceGallery(vectors.shape[1])
    gallery.add(np.arange(len(vectors)), np.arange(len(vectors)) // 2, vectors)
    return gallery


def saved(folder: Path, vectors: FloatArray) -> Path:
    path = folder / "faces.hnsw"
    gallery = gallery_of(vectors)
    assert gallery.open_hnsw(path, "library", "model")
    assert gallery.save_hnsw()
    return path


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often an index is built rather than loaded."""
    built: list[int] = []
    build = FaceGallery._build

    def counted(self: FaceGallery, *args: object) -> HnswIndex:
        built.append(1)
        return build(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(FaceGallery, "_build", counted)
    return built


def assert_right(gallery: FaceGallery, vectors: FloatArray) -> None:
    for probe in vectors[::50]:
        whole, near = gallery.search(probe), gallery.nearest(probe, 5)
        known = dict(zip(whole.face_ids.tolist(), whole.scores.tolist(), strict=True))
        assert near.face_ids[0] == whole.face_ids[0]
        assert [known[face] for face in near.face_ids.tolist()] == near.scores.tolist()  # bit for bit


def test_a_whole_file_is_loaded(tmp_path: Path, vectors: FloatArray, builds: list[int]) -> None:
    path = saved(tmp_path / "new folder", vectors)
    builds.clear()
    gallery = gallery_of(vectors[::-1][::-1])
    assert gallery.open_hnsw(path, "library", "model")
    assert gallery.nearest_is_quick
    assert not builds
    assert_right(gallery, vectors)
    assert sorted(p.suffix for p in path.parent.iterdir()) == [".bin", ".hnsw"]


def test_a_file_is_written_again_only_when_something_changed(tmp_path: Path, vectors: FloatArray) -> None:
    path = saved(tmp_path, vectors)
    before = path.stat().st_ino
    gallery = gallery_of(vectors)
    assert gallery.open_hnsw(path, "library", "model")
    assert gallery.save_hnsw()
    assert path.stat().st_ino == before
    gallery.remove(np.array([1]))
    assert gallery.save_hnsw()
    assert path.stat().st_ino != before


@pytest.mark.parametrize("which", ["header", "payload"])
@pytest.mark.parametrize("kind", ["flip", "cut", "zeros", "longer"])
def test_damaged_files_are_rebuilt(
    tmp_path: Path, vectors: FloatArray, builds: list[int], which: str, kind: str
) -> None:
    vectors = vectors[:60]
    path = saved(tmp_path, vectors)
    target = path if which == "header" else next(tmp_path.glob("*.bin"))
    whole = target.read_bytes()
    chance = random.Random(f"{which} {kind}")
    for _ in range(40):  # 320 in all
        builds.clear()
        data = bytearray(whole)
        if kind == "flip":
            for _ in range(chance.choice([1, 20])):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        elif kind == "cut":
            del data[chance.randrange(len(data)) :]
        elif kind == "zeros":
            start = chance.randrange(len(data))
            data[start : start + 64] = bytes(len(data[start : start + 64]))
        else:
            data += chance.randbytes(chance.randrange(1, 100))
        if data == whole:
            continue
        target.write_bytes(data)
        gallery = gallery_of(vectors)
        assert gallery.open_hnsw(path, "library", "model")
        assert builds
        assert_right(gallery, vectors)


def test_swapped_files_are_rebuilt(tmp_path: Path, vectors: FloatArray, builds: list[int]) -> None:
    path, other = saved(tmp_path, vectors), tmp_path / "other"
    for library, model, now in (
        ("another", "model", vectors),
        ("library", "another", vectors),
        ("library", "model", vectors[:-1]),  # stale: a face went
        ("library", "model", vectors[::-1]),  # the same ids, other vectors
        ("library", "model", people(np.random.default_rng(8), FACES, 8)),  # another dimension
    ):
        builds.clear()
        gallery = gallery_of(np.ascontiguousarray(now))
        assert gallery.open_hnsw(path, library, model)
        assert builds
        assert_right(gallery, np.ascontiguousarray(now))
    saved(other, vectors[::-1].copy())
    (payload,), (wrong,) = tmp_path.glob("*.bin"), other.glob("*.bin")
    payload.write_bytes(wrong.read_bytes())
    builds.clear()
    assert gallery_of(vectors).open_hnsw(path, "library", "model")
    assert builds


def test_files_that_are_missing_or_no_files(tmp_path: Path, vectors: FloatArray) -> None:
    path = saved(tmp_path, vectors)
    next(tmp_path.glob("*.bin")).unlink()
    assert gallery_of(vectors).open_hnsw(path, "library", "model")
    path.unlink()
    path.mkdir()
    gallery = gallery_of(vectors)
    assert gallery.open_hnsw(path, "library", "model")
    assert not gallery.save_hnsw()  # a folder is in the way
    assert_right(gallery, vectors)


def test_a_failed_save_leaves_the_old_file_whole(
    tmp_path: Path, vectors: FloatArray, builds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, vectors)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    gallery = gallery_of(vectors)
    gallery.open_hnsw(path, "library", "model")
    gallery.remove(np.arange(10))
    for step in ("block_sums", "_settle", "_write_header"):
        with monkeypatch.context() as patch:
            patch.setattr(f"faceapp.index.hnsw.{step}", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
            assert not gallery.save_hnsw()
        assert {n: d for n, d in ((p.name, p.read_bytes()) for p in tmp_path.iterdir()) if n in before} == before
    builds.clear()
    assert gallery_of(vectors).open_hnsw(path, "library", "model")
    assert not builds


def test_a_silently_cut_save_is_noticed(tmp_path: Path, vectors: FloatArray) -> None:
    class FullDisk:
        def __init__(self, inner: object) -> None:
            self._inner = inner

        def __getattr__(self, name: str) -> object:
            return getattr(self._inner, name)

        def save_index(self, path: str) -> None:
            Path(path).write_bytes(b"half")

    index = HnswIndex(16)
    index.add(np.arange(50), vectors[:50])
    index._index = FullDisk(index._index)
    with pytest.raises(HnswError, match="full"):
        index.save(tmp_path / "faces.hnsw", Identity("l", "m", 16, 50, 49, "x"))
    assert not list(tmp_path.iterdir())


def test_removing_readding_and_growing(vectors: FloatArray) -> None:
    index = HnswIndex(16, capacity=1)
    index.add(np.arange(FACES), vectors)
    index.remove(np.array([3, 3, 999]))
    assert 3 not in index.nearest(vectors[3], 20).tolist()
    assert len(index) == FACES - 1
    index.add(np.array([3]), vectors[4:5])
    assert set(index.nearest(vectors[4], 2).tolist()) == {3, 4}
    index.remove(np.arange(FACES))
    assert len(index) == 0
    assert len(index.nearest(vectors[0], 5)) == 0


def test_a_face_counts_once(tmp_path: Path, vectors: FloatArray) -> None:
    path, identity = tmp_path / "faces.hnsw", Identity("l", "m", 16, 30, 30, "x")
    index = HnswIndex(16)
    index.add(np.arange(30), vectors[:30])
    index.add(np.array([5, 30, 30, 5]), vectors[[6, 7, 8, 9]])  # one is here, one is new, each of them twice
    assert len(index) == 31
    index.remove(np.array([0, 5]))
    index.add(np.array([5]), vectors[5:6])
    assert len(index) == 30
    index.save(path, identity)
    loaded = HnswIndex.load(path, identity, np.arange(1, 31))
    for one in (index, loaded):
        assert sorted(one.nearest(vectors[0], 100).tolist()) == list(range(1, 31))
    loaded.add(np.array([0, 1]), vectors[:2])  # one marked as deleted before it was saved
    loaded.remove(np.array([2, 2, 5000]))
    assert len(loaded) == 30
    assert sorted(loaded.nearest(vectors[0], 100).tolist()) == [0, 1, *range(3, 31)]


def test_vectors_are_projected_and_hold_the_nearest() -> None:
    vectors = people(np.random.default_rng(9), 2000, 512, spread=0.03)
    index = HnswIndex(512, capacity=2000)
    index.add(np.arange(2000), vectors, threads=2)
    held = []
    for probe in vectors[::40]:
        true = np.argsort(-(vectors @ probe))[:10]
        true = true[vectors[true] @ probe > 0.4]  # strangers come next, in any order
        held.append(np.isin(true, index.nearest(probe, candidates(10))).mean())
    assert np.mean(held) > 0.99
    assert index._index.index_file_size() < graph_bytes(2000, 512)


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
@pytest.mark.parametrize("dimension", [16, 512])
def test_bad_vectors_never_reach_hnswlib(value: float, dimension: int) -> None:
    vectors = people(np.random.default_rng(10), 40, dimension)
    index = HnswIndex(dimension)
    index.add(np.arange(30), vectors[:30])
    before = index.nearest(vectors[0], 30).tolist()
    bad = vectors[30:].copy()
    bad[4] = value
    with pytest.raises(HnswError, match="direction"):
        index.add(np.arange(30, 40), bad)
    with pytest.raises(HnswError, match="numbers"):
        index.add(np.arange(30, 40), vectors[30:, :-1])
    for probe in (bad[4], bad[0, :-1]):
        with pytest.raises(HnswError, match="cannot answer"):
            index.nearest(probe, 5)
    assert index.nearest(vectors[0], 100).tolist() == before


def test_faces_are_not_listed_a_second_time() -> None:
    """At a million faces, a set of their ids would take 100 MB."""
    vectors = people(np.random.default_rng(11), 4000)
    index = HnswIndex(16, capacity=4000)
    tracemalloc.start()
    try:
        for top in range(0, 4000, 500):
            index.add(np.arange(top, top + 500), vectors[top : top + 500])
        index.remove(np.arange(0, 4000, 3))
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 4000 * 8
    assert graph_bytes(1_000_000, 512) <= 800_000_000


def test_an_index_of_another_projection_is_built_anew(
    tmp_path: Path, vectors: FloatArray, builds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, vectors)
    monkeypatch.setattr(hnsw, "SEED", 1)
    builds.clear()
    assert gallery_of(vectors).open_hnsw(path, "library", "model")
    assert builds


def free_memory(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(hnsw, "free_bytes", lambda: count)


def test_without_enough_memory_it_is_left_out(
    tmp_path: Path, vectors: FloatArray, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = saved(tmp_path, vectors)
    free_memory(monkeypatch, 1_500_000_000)
    assert not memory_is_short(1_000_000, 512)
    assert memory_is_short(2_000_000, 512)
    with pytest.raises(HnswError, match="2,000,000 faces take about 1,544 MB, and 1,500 MB are free"):
        HnswIndex(512, capacity=2_000_000)
    index = HnswIndex(16, capacity=FACES)
    free_memory(monkeypatch, 1000)
    with pytest.raises(HnswError, match="memory is short"):
        index.add(np.arange(FACES + 1), np.concatenate([vectors, vectors[:1]]))
    gallery = gallery_of(vectors)
    assert not gallery.open_hnsw(path, "library", "model")
    assert "memory is short" in caplog.text
    assert_right(gallery, vectors)


def test_a_much_deleted_file_is_rebuilt(tmp_path: Path, vectors: FloatArray, builds: list[int]) -> None:
    path = tmp_path / "faces.hnsw"
    gallery = gallery_of(vectors)
    gallery.open_hnsw(path, "library", "model")
    gallery.remove(np.arange(FACES // 2, FACES))
    gallery.save_hnsw()
    builds.clear()
    gallery = gallery_of(vectors[: FACES // 2])
    assert gallery.open_hnsw(path, "library", "model")
    assert builds


def test_without_hnswlib(tmp_path: Path, vectors: FloatArray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hnswlib", None)
    assert not hnsw_available()
    gallery = gallery_of(vectors)
    assert not gallery.open_hnsw(tmp_path / "faces.hnsw", "library", "model")
    assert not gallery.nearest_is_quick
    assert not gallery.save_hnsw()
    assert_right(gallery, vectors)
    with pytest.raises(HnswError, match="not installed"):
        HnswIndex(16)


def test_a_failing_hnswlib_never_stops_a_search(
    tmp_path: Path, vectors: FloatArray, monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery = gallery_of(vectors)
    gallery.open_hnsw(tmp_path / "faces.hnsw", "library", "model")

    def fail(*_: object, **__: object) -> None:
        raise HnswError("broken")

    monkeypatch.setattr(HnswIndex, "nearest", fail)
    assert_right(gallery, vectors)
    monkeypatch.setattr(HnswIndex, "add", fail)
    gallery.add(np.array([5000]), np.array([1]), vectors[:1])
    assert not gallery.nearest_is_quick
    assert 5000 in gallery.search(vectors[0]).face_ids
    assert not gallery.open_hnsw(tmp_path / "none.hnsw", "library", "model")


def test_a_cancelled_build(tmp_path: Path, vectors: FloatArray) -> None:
    cancel = CancelToken()
    cancel.cancel()
    gallery = gallery_of(vectors)
    assert not gallery.open_hnsw(tmp_path / "faces.hnsw", "library", "model", cancel=cancel)
    assert_right(gallery, vectors)


def test_an_identity_of_an_empty_gallery(tmp_path: Path) -> None:
    gallery = FaceGallery(16)
    assert gallery.open_hnsw(tmp_path / "faces.hnsw", "library", "model")
    assert gallery.save_hnsw()
    assert FaceGallery(16).open_hnsw(tmp_path / "faces.hnsw", "library", "model")
    assert replace(gallery._identity("a", "b"), library_id="c").last_face_id == -1
