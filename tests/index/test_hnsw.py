from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faceapp.index.gallery import FaceGallery
from faceapp.index.hnsw import HnswError, HnswIndex, Identity, hnsw_available
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
    assert gallery.hnsw_ready
    assert not builds
    assert_right(gallery, vectors)
    assert sorted(p.suffix for p in path.parent.iterdir()) == [".bin", ".hnsw"]


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
    for step in ("_sha256", "_settle", "_write_header"):
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
    assert len(index.nearest(vectors[0], 5)) == 0


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
    assert not gallery.hnsw_ready
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
    assert not gallery.hnsw_ready
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
