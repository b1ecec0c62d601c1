"""What the scan writes, and that it comes back as it went in."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceapp.errors import LibraryError
from faceapp.library import vectors
from faceapp.library.library import Library
from faceapp.types import PhotoState, Problem
from faceapp.types_scan import FailedPhoto, FoundFile, PendingPhoto, SavedFaces
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, all_vectors, content, put, unit


def test_everything_comes_back_as_it_was_saved(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "2020/a.jpg")
    given = a_face(RIGHT, seed=3, score=0.77)
    taken = datetime(2020, 5, 17, 12, 30, 1, 250)
    saved = library.scan_store.save([a_result(photo_id, [given], taken=taken)])

    (photo,) = library.reader.photos([photo_id])
    assert photo.path == root / "2020" / "a.jpg"
    assert (photo.width, photo.height, photo.size) == (640, 480, 100)
    assert (photo.taken, photo.camera) == (taken, "Pinhole 1")
    assert photo.content_hash == content(f"photo {photo_id}")
    assert (photo.state, photo.reason) == (PhotoState.INDEXED, None)

    (face,) = library.reader.faces(saved.face_ids.tolist())
    assert face.photo_id == photo_id
    assert face.box == given.detection.box
    assert np.allclose(face.landmarks, given.detection.landmarks, atol=1e-6)
    assert (face.score, face.quality) == (0.77, given.quality)
    assert (face.person_id, face.person_name) == (None, None)
    assert library.thumbnails.photo(photo_id) == f"photo {photo_id}".encode()
    assert library.thumbnails.face(face.id) == f"tile {photo_id} 0".encode()


def test_saved_vectors_are_bit_for_bit_those_of_a_later_start(library: Library, root: Path) -> None:
    photo_ids = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    one = library.scan_store.save([a_result(photo_ids[0], [a_face(seed=1)])])
    more = library.scan_store.save(
        [a_result(i, [a_face(LEFT, seed=i), a_face(RIGHT, seed=-i % 99)]) for i in photo_ids[1:]]
    )
    library.close()
    with Library.open(library.folder, model=MODEL) as again:
        face_ids, owners, embeddings = all_vectors(again)
    assert face_ids.tolist() == [*one.face_ids, *more.face_ids]
    assert owners.tolist() == [*one.photo_ids, *more.photo_ids]
    assert np.array_equal(embeddings, np.vstack([one.embeddings, more.embeddings]))
    assert embeddings.dtype == np.float32
    assert np.allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-6)
    assert float(embeddings[0] @ unit(1)) > 0.9999


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_a_vector_does_not_depend_on_its_neighbours(count: int, dimension: int, seed: int) -> None:
    random = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32) + 0.01
    packed = vectors.pack(random / np.linalg.norm(random, axis=1, keepdims=True))
    together = vectors.unpack(packed)
    apart = np.vstack([vectors.unpack(packed[i : i + 1]) for i in range(count)])
    assert np.array_equal(together, apart)
    assert np.array_equal(vectors.unpack(vectors.from_blobs([row.tobytes() for row in packed])), together)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 0.0])
def test_a_vector_without_direction_is_refused_and_nothing_is_written(library: Library, root: Path, bad: float) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    face = a_face()
    face.embedding[:] = bad
    with pytest.raises(ValueError, match="not finite or zero"):
        library.scan_store.save([a_result(photo_id, [face])])
    assert len(all_vectors(library)[0]) == 0
    assert [p.id for p in library.scan_store.pending([1])] == [photo_id]


def test_a_batch_holds_good_and_bad_photos(library: Library, root: Path) -> None:
    a, b, c = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    heard: list[SavedFaces] = []
    library.on_saved(heard.append)
    saved = library.scan_store.save(
        [a_result(a, [a_face(), a_face(RIGHT)]), FailedPhoto(b, "It is torn."), a_result(c)]
    )
    assert heard == [saved]
    assert saved.photo_ids.tolist() == [a, a]
    assert saved.removed_face_ids.size == 0
    assert list(saved.photos) == [a, b, c]
    assert library.reader.problems() == [Problem(b, root / "b.jpg", "It is torn.")]
    counts = library.reader.counts(0.5)
    assert (counts.photos, counts.faces, counts.people, counts.pending, counts.failed) == (2, 2, 0, 0, 1)
    (folder,) = library.reader.folders()
    assert (folder.path, folder.photos, folder.pending, folder.failed) == (root, 3, 0, 1)


def test_a_result_for_a_photo_that_is_not_there_is_dropped(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    saved = library.scan_store.save([a_result(99, [a_face()]), a_result(photo_id, [a_face()])])
    assert saved.photo_ids.tolist() == [photo_id]


def test_an_empty_batch_changes_and_announces_nothing(library: Library) -> None:
    library.on_saved(lambda saved: pytest.fail("announced"))
    assert library.scan_store.save([]).face_ids.size == 0
    assert library.scan_store.mark_missing([]).face_ids.size == 0
    assert library.scan_store.mark_found([]).face_ids.size == 0


def test_adding_a_folder_twice_is_adding_it_once(library: Library, root: Path) -> None:
    assert library.scan_store.add_folder(root) == library.scan_store.add_folder(root)
    assert len(library.reader.folders()) == 1


def test_pending_photos_come_newest_file_first(library: Library, root: Path) -> None:
    a, b = put(library, root, "a.jpg", "b.jpg")
    c = put(library, root.with_name("others"), "c.jpg", mtime_ns=1_000_000_001)[0]
    waiting = [PendingPhoto(b, 1, root, root / "b.jpg", 100), PendingPhoto(a, 1, root, root / "a.jpg", 100)]
    assert library.scan_store.pending([1]) == waiting
    assert [p.id for p in library.scan_store.pending([2, 1])] == [b, c, a]
    assert library.scan_store.pending([3]) == library.scan_store.pending([]) == []


def test_reading_a_photo_again_replaces_its_faces(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    first = library.scan_store.save([a_result(photo_id, [a_face(), a_face(RIGHT)])])
    second = library.scan_store.save([a_result(photo_id, [a_face(seed=5)])])
    assert second.removed_face_ids.tolist() == first.face_ids.tolist()
    assert all_vectors(library)[0].tolist() == second.face_ids.tolist()
    assert not set(first.face_ids.tolist()) & set(second.face_ids.tolist())
    assert library.thumbnails.face(int(first.face_ids[0])) is None


def test_a_changed_file_leaves_every_view_and_waits(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    saved = library.scan_store.save([a_result(photo_id, [a_face()])])
    changed = library.scan_store.put_pending(1, [FoundFile("a.jpg", 200, 5)])
    assert changed.removed_face_ids.tolist() == saved.face_ids.tolist()
    known = library.scan_store.known_files(1)["a.jpg"]
    assert known == (photo_id, 200, 5, PhotoState.PENDING)
    assert all_vectors(library)[0].size == 0
    assert library.reader.photo_ids().size == library.reader.face_ids(min_score=0).size == 0
    (photo,) = library.reader.photos([photo_id])
    assert (photo.state, photo.content_hash) == (PhotoState.PENDING, None)
    again = library.scan_store.save([a_result(photo_id, [a_face(RIGHT)], of="edited")])
    assert again.removed_face_ids.size == 0  # they had left already
    assert library.reader.faces(saved.face_ids.tolist()) == []
    assert library.thumbnails.face(int(saved.face_ids[0])) is None
    assert library.check() == []


def test_a_missing_photo_leaves_every_view_and_comes_back_unchanged(library: Library, root: Path) -> None:
    a, b, c = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    saved = library.scan_store.save([a_result(a, [a_face()]), FailedPhoto(b, "It is torn.")])
    gone = library.scan_store.mark_missing([a, b, c])
    assert gone.removed_face_ids.tolist() == saved.face_ids.tolist()
    reader = library.reader
    assert reader.photo_ids().size == reader.face_ids(min_score=0).size == all_vectors(library)[0].size == 0
    assert (reader.counts(0).photos, reader.counts(0).faces, reader.problems()) == (0, 0, [])
    assert {k.state for k in library.scan_store.known_files(1).values()} == {PhotoState.MISSING}
    assert library.scan_store.mark_missing([a]).removed_face_ids.size == 0

    back = library.scan_store.mark_found([a, b, c])
    assert back.face_ids.tolist() == saved.face_ids.tolist()
    assert back.photo_ids.tolist() == [a]
    assert np.array_equal(back.embeddings, saved.embeddings)
    states = {k.photo_id: k.state for k in library.scan_store.known_files(1).values()}
    assert states == {a: PhotoState.INDEXED, b: PhotoState.FAILED, c: PhotoState.PENDING}
    assert library.thumbnails.face(int(saved.face_ids[0])) is not None


def test_a_missing_photo_that_comes_back_changed_is_read_again(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.scan_store.save([a_result(photo_id, [a_face()])])
    library.scan_store.mark_missing([photo_id])
    changed = library.scan_store.put_pending(1, [FoundFile("a.jpg", 1, 1)])
    assert changed.removed_face_ids.size == 0  # they had left already
    assert [p.id for p in library.scan_store.pending([1])] == [photo_id]


def since(library: Library) -> dict[int, str | None]:
    with library._database.read() as connection:
        return dict(connection.exec_driver_sql("SELECT id, missing_since FROM photo").all())


def test_it_is_known_since_when_a_photo_is_missing(library: Library, root: Path) -> None:
    a, b, c = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    library.scan_store.mark_missing([a, b, c])
    first = since(library)
    assert all(before <= datetime.fromisoformat(str(moment)) <= datetime.now(UTC) for moment in first.values())
    library.scan_store.mark_missing([a])
    assert since(library) == first  # it went only once
    library.scan_store.mark_found([a])
    library.scan_store.put_pending(1, [FoundFile("b.jpg", 1, 1)])
    library.scan_store.save([a_result(c)])
    assert since(library) == {a: None, b: None, c: None}


def test_only_what_went_missing_before_then_is_forgotten(library: Library, root: Path) -> None:
    a, b, c = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    saved = library.scan_store.save([a_result(i, [a_face()]) for i in (a, b, c)])
    library.scan_store.mark_missing([a, b])
    with library._database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE photo SET missing_since = '2020-05-01T00:00:00.000+00:00' WHERE id = ?", (a,)
        )
    forget = library.scan_store.forget_missing
    east = timezone(timedelta(hours=2))
    assert forget(datetime(2020, 5, 1, 2, 0, tzinfo=east)) == 0
    assert forget(datetime(2020, 5, 1, 2, 1, tzinfo=east)) == 1
    assert [photo.id for photo in library.reader.photos([a, b, c])] == [b, c]
    assert [face.id for face in library.reader.faces(saved.face_ids.tolist())] == saved.face_ids.tolist()[1:]
    assert (library.thumbnails.photo(a), library.thumbnails.face(int(saved.face_ids[0]))) == (None, None)
    assert library.thumbnails.photo(b) is not None
    assert library.check() == []
    assert forget(datetime.now(UTC) + timedelta(days=1)) == 1
    assert all_vectors(library)[0].tolist() == [saved.face_ids[2]]


def test_faces_are_counted_by_folder_in_photos_in_view(library: Library, tmp_path: Path) -> None:
    a, b = put(library, tmp_path / "one", "a.jpg", "b.jpg")
    (c,) = put(library, tmp_path / "two", "c.jpg")
    library.scan_store.save([a_result(a, [a_face(), a_face(RIGHT)]), a_result(b, [a_face()]), a_result(c, [a_face()])])
    library.scan_store.mark_missing([b])
    count = library.scan_store.count_faces
    assert (count([1]), count([2]), count([1, 2]), count([]), count([3])) == (2, 1, 3, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.binary(min_size=1, max_size=40).filter(lambda name: b"\0" not in name and b"/" not in name))
def test_a_file_name_of_any_bytes_comes_back(library: Library, root: Path, name: bytes) -> None:
    if name in (b".", b".."):
        return
    (photo_id,) = put(library, root, name)
    (photo,) = library.reader.photos([photo_id])
    assert os.fsencode(photo.path) == os.fsencode(root) + b"/" + name
    assert os.fsdecode(name) in library.scan_store.known_files(1)
    assert any(os.fsencode(waiting.path.name) == name for waiting in library.scan_store.pending([1]))
    library.scan_store.save([a_result(photo_id)])
    assert any(os.fsencode(twin.path.name) == name for twin in library.scan_store.twins(100))
    assert library.scan_store.put_pending(1, [FoundFile(os.fsdecode(name), 1, 1)]).photos == (photo_id,)


def test_a_file_date_beyond_64_bits_is_kept_within_them(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg", mtime_ns=1 << 64)
    assert library.scan_store.known_files(1)["a.jpg"].photo_id == photo_id


def test_a_full_disk_is_said_in_words_and_leaves_the_library_whole(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    before = library.scan_store.save([a_result(photo_id, [a_face()])])
    with library._database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    folder = library.scan_store.add_folder(root)
    with pytest.raises(LibraryError, match="is full"):
        library.scan_store.put_pending(folder.id, [FoundFile(f"{i}.jpg", 1, 1) for i in range(10_000)])
    assert len(library.scan_store.known_files(folder.id)) == 1
    assert all_vectors(library)[0].tolist() == before.face_ids.tolist()
    assert library.check() == []


def test_failing_thumbnails_do_not_stop_a_scan(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.thumbnails.close()
    saved = library.scan_store.save([a_result(photo_id, [a_face()])])
    assert saved.face_ids.size == 1
    assert library.thumbnails.face(int(saved.face_ids[0])) is None
