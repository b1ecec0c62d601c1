from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.errors import FaceappError
from faceapp.index import keeping
from faceapp.index.gallery import FaceGallery
from faceapp.index.segments import Origin
from faceapp.jobs import CancelToken, start_thread
from faceapp.types import FloatArray, IdArray
from tests.index.support import Listed, unit

ORIGIN = Origin("library", "model", 16)


def opened(source: Listed, folder: Path | None) -> FaceGallery:
    """Load a gallery as the window does; forget what the source was asked for before."""
    source.asked.clear()
    gallery = FaceGallery(16, -1.0, loading=True)
    gallery.load(source, folder, ORIGIN)
    return gallery


def assert_holds(gallery: FaceGallery, source: Listed) -> None:
    here, taken = gallery.take(source.face_ids)
    assert len(gallery) == len(source.face_ids)
    assert np.array_equal(here, source.face_ids)
    assert np.array_equal(taken, source.stored)
    found = gallery.search(source.stored[0])
    assert dict(zip(found.face_ids.tolist(), found.photo_ids.tolist(), strict=True)) == {
        face: face // 2 for face in source.face_ids.tolist()
    }


def test_until_it_is_loaded_everything_waits() -> None:
    source = Listed(np.arange(10), unit(np.random.default_rng(1), 10))
    gallery = FaceGallery(16, -1.0, loading=True)
    assert not gallery.ready
    assert not gallery.nearest_is_quick
    gallery.save()  # closing early must not wait
    new = unit(np.random.default_rng(2), 1)
    answers: dict[str, object] = {}
    calls: dict[str, Callable[[], object]] = {
        "search": lambda: len(gallery.search(source.stored[3])),
        "nearest": lambda: gallery.nearest(source.stored[3], 1).face_ids.tolist(),
        "embedding": lambda: gallery.embedding(3) is not None,
        "take": lambda: len(gallery.take(np.array([1, 2]))[0]),
        "listing": lambda: len(gallery.listing()[0]) > 5,
        "len": lambda: len(gallery) > 5,
        "add": lambda: gallery.add(np.array([3]), np.array([1]), new),
        "remove": lambda: gallery.remove(np.array([9999])),
        "open": lambda: gallery.open_hnsw(Path("never"), "", "", cancel=cancelled()),
    }

    def ask(name: str) -> None:
        answers[name] = calls[name]()

    threads = [start_thread(name, partial(ask, name)) for name in calls]
    assert not answers
    gallery.load(source, None, None)
    for thread in threads:
        thread.join(20)
    assert gallery.ready
    assert set(answers) == set(calls)
    assert answers["search"] == 10
    assert answers["take"] == 2
    assert np.array_equal(gallery.embedding(3), new[0])  # the change came after the loading


def cancelled() -> CancelToken:
    token = CancelToken()
    token.cancel()
    return token


def test_a_failure_to_load_reaches_all_who_wait() -> None:
    class Broken(Listed):
        def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
            raise OSError("the disk is gone")

    gallery = FaceGallery(16, loading=True)
    seen: list[Exception] = []

    def ask() -> None:
        try:
            gallery.embedding(1)
        except Exception as error:
            seen.append(error)

    waiting = start_thread("waiting", ask)
    with pytest.raises(OSError, match="gone"):
        gallery.load(Broken(np.arange(3), unit(np.random.default_rng(1), 3)), None, None)
    waiting.join(20)
    assert [str(error) for error in seen] == ["the disk is gone"]
    assert not gallery.ready
    with pytest.raises(OSError, match="gone"):
        gallery.add(np.array([1]), np.array([1]), unit(np.random.default_rng(1), 1))
    assert not gallery.open_hnsw(Path("never"), "library", "model")
    gallery.save()


def test_cancelled_loading_ends_quietly() -> None:
    gallery = FaceGallery(16, loading=True)
    gallery.load(Listed(np.arange(3), unit(np.random.default_rng(1), 3)), None, None, cancel=cancelled())
    with pytest.raises(FaceappError, match="closed"):
        len(gallery)


def test_a_second_opening_asks_only_for_what_is_new_or_changed(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    source = Listed(np.arange(1, 61), unit(rng, 60))
    first = opened(source, tmp_path)
    assert len(source.asked) == 60
    assert_holds(first, source)
    first.save()
    assert_holds(opened(source, tmp_path), source)
    assert source.asked == []
    source.sums[7] += 1  # read again: another vector under the same id
    source.stored[7] = unit(rng, 1)[0]
    later = Listed(np.arange(1, 66), np.concatenate([source.stored, unit(rng, 5)]))
    later.sums[7] = source.sums[7]
    gone = Listed(later.face_ids[10:], later.stored[10:], later.sums[10:])
    gallery = opened(later, tmp_path)
    assert later.asked == [8, 61, 62, 63, 64, 65]
    assert_holds(gallery, later)
    gallery.save()
    assert_holds(opened(gone, tmp_path), gone)
    assert gone.asked == []


def test_files_are_only_read_when_somebody_else_tidies(tmp_path: Path) -> None:
    source = Listed(np.arange(1, 61), unit(np.random.default_rng(4), 60))
    gallery = FaceGallery(16, -1.0, loading=True)
    gallery.load(source, tmp_path, ORIGIN, tidy=False)
    gallery.save()
    assert not list(tmp_path.iterdir())
    opened(source, tmp_path).save()
    before = sorted(tmp_path.iterdir())
    other = FaceGallery(16, -1.0, loading=True)
    other.load(source, tmp_path, ORIGIN, tidy=False)
    other.remove(np.arange(1, 50))
    other.save()
    assert sorted(tmp_path.iterdir()) == before


def test_damaged_vectors_of_the_library_are_left_out(caplog: pytest.LogCaptureFixture) -> None:
    source = Listed(np.arange(1, 11), unit(np.random.default_rng(5), 10))
    source.stored[4] = np.nan
    gallery = opened(source, None)
    assert len(gallery) == 9
    assert gallery.embedding(5) is None
    assert "1 stored embeddings are damaged" in caplog.text
    other = Listed(np.arange(1, 4), unit(np.random.default_rng(5), 3, 8))
    assert len(opened(other, None)) == 0


def test_what_is_new_is_written_and_files_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "SPILL_ROWS", 32)
    vectors = unit(np.random.default_rng(6), 1000)
    everything = Listed(np.arange(1000), vectors)
    empty = Listed(np.arange(0), vectors[:0])
    gallery = FaceGallery(16, -1.0, loading=True)
    gallery.load(empty, tmp_path, ORIGIN)
    gallery._files = keeping.VectorFiles(gallery._exact, gallery._lock, tmp_path, ORIGIN, tidy=True)
    for top in range(0, 1000, 10):
        ids = np.arange(top, top + 10)
        gallery.add(ids, ids // 2, vectors[ids], everything.sums[ids])
        assert gallery._exact.unsaved < 32
        assert len(list(tmp_path.iterdir())) <= 6  # sizes double
    gallery.save()
    assert_holds(gallery, everything)
    assert len(list(tmp_path.iterdir())) == len(gallery._exact.segments())
    assert_holds(opened(everything, tmp_path), everything)
    assert everything.asked == []
    rest = Listed(np.arange(900, 1000), vectors[900:], everything.sums[900:])
    gallery.remove(np.arange(900))
    gallery.save()  # most of each file is not needed any more
    assert sum(len(segment.face_ids) for _, segment, _ in gallery._exact.segments()) < 200
    assert_holds(gallery, rest)
    gallery.remove(np.arange(1000))
    gallery.save()
    assert not list(tmp_path.iterdir())


def test_faces_without_a_sum_are_not_written(tmp_path: Path) -> None:
    vectors = unit(np.random.default_rng(7), 20)
    gallery = opened(Listed(np.arange(0), vectors[:0]), tmp_path)
    gallery.add(np.arange(20), np.arange(20), vectors)
    gallery.save()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_the_vectors_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeping, "SPILL_ROWS", 8)
    source = Listed(np.arange(1, 61), unit(np.random.default_rng(8), 60))
    tries: list[int] = []

    def full(*_: object) -> None:
        tries.append(1)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("faceapp.index.exact.write_segment", full)
        gallery = opened(source, tmp_path)
        gallery.save()
        asked = len(tries)
        gallery.add(source.face_ids[:2], source.face_ids[:2] // 2, source.stored[:2], source.sums[:2])
        assert len(tries) == asked  # it is not tried again for every photo
        assert_holds(gallery, source)
    assert "stay in memory" in caplog.text
    assert not list(tmp_path.iterdir())
    gallery.save()
    assert_holds(gallery, source)
    assert_holds(opened(source, tmp_path), source)
    assert source.asked == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "remove", "save", "reopen"]), st.sets(st.integers(1, 30), max_size=9)),
        max_size=12,
    )
)
def test_any_story_of_changes_and_openings(steps: list[tuple[str, set[int]]]) -> None:
    vectors = unit(np.random.default_rng(9), 2000)
    truth: dict[int, int] = {}  # face id to the row of its vector, its sum less one

    def library() -> Listed:
        ids = np.array(sorted(truth), np.int64)
        rows = np.array([truth[face] for face in sorted(truth)], np.int64)
        return Listed(ids, vectors[rows], rows + 1)

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "SPILL_ROWS", 10)
        gallery = opened(library(), Path(folder))
        for number, (step, faces) in enumerate(steps):
            ids = np.array(sorted(faces), np.int64)
            if step == "add":
                rows = ids + 40 * number
                gallery.add(ids, ids // 2, vectors[rows], rows + 1)
                truth.update(zip(ids.tolist(), rows.tolist(), strict=True))
            elif step == "remove":
                gallery.remove(ids)
                for face in faces:
                    truth.pop(face, None)
            elif step == "save":
                gallery.save()
            else:
                gallery = opened(library(), Path(folder))
            assert len(gallery) == len(truth)
            if truth:
                assert_holds(gallery, library())
