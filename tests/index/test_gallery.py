from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from faceapp.index.exact import ExactIndex
from faceapp.index.gallery import FaceGallery
from faceapp.index.hnsw import HnswIndex, hnsw_available
from faceapp.index.locks import ReadWriteLock
from faceapp.jobs import CancelToken, start_thread
from faceapp.ports_search import Gallery
from faceapp.types import Combine
from tests.index.support import people, unit


def test_it_is_a_gallery() -> None:
    gallery: Gallery = FaceGallery(16, 0.3)
    vectors = unit(np.random.default_rng(1), 4)
    gallery.add(np.array([5, 6, 7, 8]), np.array([1, 1, 2, 3]), vectors)
    assert len(gallery) == 4
    here = gallery.embedding(6)
    assert here is not None
    assert here.tolist() == vectors[1].tolist()
    here[:] = 0  # a copy
    assert gallery.search(vectors[1]).face_ids[0] == 6
    gallery.remove(np.array([6, 99]))
    assert gallery.embedding(6) is None
    assert gallery.search(vectors, Combine.ALL).floor == 0.3


def test_nearest_is_the_head_of_the_search() -> None:
    rng = np.random.default_rng(2)
    vectors = people(rng, 300)
    gallery = FaceGallery(16)
    gallery.add(np.arange(300), np.arange(300), vectors)
    whole, near = gallery.search(vectors[0]), gallery.nearest(vectors[0], 6)
    assert near.face_ids.tolist() == whole.face_ids[:6].tolist()
    assert near.scores.tolist() == whole.scores[:6].tolist()
    assert len(gallery.nearest(vectors[0], 0)) == 0
    assert len(gallery.nearest(vectors[0], 9999)) == len(whole)
    with pytest.raises(ValueError, match="one probe"):
        gallery.nearest(vectors[:2], 3)


def test_refused_vectors_change_nothing() -> None:
    gallery = FaceGallery(4)
    with pytest.raises(ValueError, match="vectors"):
        gallery.add(np.array([1]), np.array([1]), np.full((1, 4), np.nan, np.float32))
    assert len(gallery) == 0


def test_changes_while_searching(tmp_path: Path) -> None:
    """Whatever a search sees is a state that the gallery was in: faces come and go ten at a time."""
    vectors = people(np.random.default_rng(3), 600)
    gallery = FaceGallery(16, -1.0)
    gallery.add(np.arange(100), np.arange(100) // 10, vectors[:100])
    if hnsw_available():
        assert gallery.open_hnsw(tmp_path / "faces.hnsw", "library", "model")
    wrong: list[object] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                answer = gallery.search(vectors[:2])
                if len(answer) % 10 or len(set(answer.face_ids.tolist())) != len(answer):
                    wrong.append(len(answer))
                near = gallery.nearest(vectors[0], 10)
                if (near.face_ids // 10 != near.photo_ids).any():
                    wrong.append(near.face_ids)
        except Exception as error:
            wrong.append(error)

    readers = [start_thread(f"search-{n}", search) for n in range(3)]
    for start in range(100, 600, 10):
        ids = np.arange(start, start + 10)
        gallery.add(ids, ids // 10, vectors[ids])
        if start % 30 == 0:
            gallery.remove(ids - 50)
        if start % 100 == 0:
            gallery.save_hnsw()
    done.set()
    for reader in readers:
        reader.join(30)
    assert not wrong
    assert len(gallery) == 600 - 160


def test_changes_while_the_index_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("hnswlib")
    monkeypatch.setattr("faceapp.index.gallery._BUILD_FACES", 10)
    monkeypatch.setattr("faceapp.index.gallery._FEW_CHANGES", 2)
    vectors = people(np.random.default_rng(4), 200)
    gallery = FaceGallery(16)
    gallery.add(np.arange(100), np.arange(100), vectors[:100])

    class Meddler(CancelToken):
        """Changes the gallery between the steps of the build."""

        step = 0

        def check(self) -> None:
            Meddler.step += 1
            new = np.arange(100, 110) + 10 * self.step
            new = new[new < 200]
            gallery.add(new, new, vectors[new])
            gallery.remove(np.array([self.step, 95 - self.step]))
            gallery.add(np.array([50]), np.array([50]), vectors[self.step : self.step + 1])

    assert gallery.open_hnsw(tmp_path / "faces.hnsw", "library", "model", cancel=Meddler())
    index = gallery._hnsw
    assert isinstance(index, HnswIndex)
    assert len(index) == len(gallery)
    assert set(index.nearest(vectors[0], 400).tolist()) == set(gallery.listing()[0].tolist())
    at_fifty = gallery.embedding(50)
    assert at_fifty is not None
    assert 50 in index.nearest(at_fifty, 3).tolist()


def test_a_waiting_writer_goes_first_and_errors_free_the_lock() -> None:
    lock = ReadWriteLock()
    order: list[str] = []
    with pytest.raises(KeyError), lock.write():
        raise KeyError
    with pytest.raises(KeyError), lock.read():
        raise KeyError

    def write() -> None:
        with lock.write():
            order.append("write")

    def read() -> None:
        with lock.read():
            order.append("read")

    with lock.read():
        writer = start_thread("writer", write)
        while not lock._writers_waiting:
            pass
        reader = start_thread("reader", read)
        assert not order
    writer.join(10)
    reader.join(10)
    assert order == ["write", "read"]


def test_growth_copies_and_keeps_everything() -> None:
    rng = np.random.default_rng(5)
    vectors = unit(rng, 5000, 8)
    index = ExactIndex(8, -1.0)
    for start in range(0, 5000, 700):
        ids = np.arange(start, min(start + 700, 5000))
        index.add(ids, ids, vectors[ids])
    ids, kept = index.take(np.arange(5000))
    assert ids.tolist() == list(range(5000))
    assert (kept == vectors).all()


def test_the_listing_names_every_face_and_its_photo() -> None:
    rng = np.random.default_rng(8)
    gallery = FaceGallery(16)
    gallery.add(np.array([5, 3, 9]), np.array([50, 30, 90]), unit(rng, 3))
    gallery.remove(np.array([5]))
    face_ids, photo_ids = gallery.listing()
    assert dict(zip(face_ids.tolist(), photo_ids.tolist(), strict=True)) == {3: 30, 9: 90}


def test_vectors_are_taken_in_the_order_asked_for_without_those_that_left() -> None:
    vectors = unit(np.random.default_rng(8), 3)
    gallery = FaceGallery(16)
    gallery.add(np.array([5, 3, 9]), np.array([1, 1, 1]), vectors)
    here, taken = gallery.take(np.array([9, 4, 5]))
    assert here.tolist() == [9, 5]
    assert np.array_equal(taken, vectors[[2, 0]])
    taken[:] = 0
    assert np.array_equal(gallery.embedding(9), vectors[2])
