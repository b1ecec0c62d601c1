"""A file with the content of a known photo: it moved there, or it is a copy. Nothing is detected again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from faceapp.library.library import Library
from faceapp.types import PhotoState
from faceapp.types_scan import FailedPhoto, FoundFile, SamePhoto, SavedFaces, Twin
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, all_vectors, content, put


def moved(photo_id: int, twin_id: int, of: str = "one") -> SamePhoto:
    return SamePhoto(photo_id, twin_id, content(of), moved=True)


def copied(photo_id: int, twin_id: int, of: str = "one") -> SamePhoto:
    return SamePhoto(photo_id, twin_id, content(of), moved=False)


def state_of(library: Library, photo_id: int) -> PhotoState:
    return library.reader.photos([photo_id])[0].state


def column(library: Library, name: str, photo_id: int) -> Any:
    with library._database.read() as connection:
        query = f"SELECT {name} FROM photo WHERE id = ?"
        return connection.exec_driver_sql(query, (photo_id,)).scalar_one()


@pytest.fixture
def old(library: Library, root: Path) -> tuple[int, SavedFaces]:
    """A photo with two faces, the left one named, and what was announced of it."""
    (photo_id,) = put(library, root, "old.jpg")
    saved = library.scan_store.save([a_result(photo_id, [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)], of="one")])
    library.people.name_faces([int(saved.face_ids[0])], "Ann")
    return photo_id, saved


def test_a_moved_photo_in_view_only_changes_its_place(
    library: Library, tmp_path: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, before = old
    (here,) = put(library, tmp_path / "elsewhere", "new.jpg", mtime_ns=77)
    faces = library.reader.faces_of_photo(photo_id, 0)
    heard: list[SavedFaces] = []
    library.on_saved(heard.append)
    saved = library.scan_store.save([moved(here, photo_id)])
    assert heard == [saved]
    assert list(saved.photos) == [photo_id]
    assert saved.face_ids.size == saved.removed_face_ids.size == 0
    (photo,) = library.reader.photos([photo_id, here])
    assert (photo.path, photo.folder_id, photo.state) == (tmp_path / "elsewhere" / "new.jpg", 2, PhotoState.INDEXED)
    assert (photo.width, photo.height, photo.camera) == (640, 480, "Pinhole 1")
    assert library.reader.faces_of_photo(photo_id, 0) == faces
    assert [face.person_name for face in faces] == ["Ann", None]
    assert all_vectors(library)[0].tolist() == before.face_ids.tolist()
    assert library.thumbnails.photo(photo_id) == f"photo {photo_id}".encode()
    assert library.thumbnails.face(faces[0].id) == f"tile {photo_id} 0".encode()
    assert library.scan_store.known_files(1) == {}
    (known,) = library.scan_store.known_files(2).values()
    assert (known.photo_id, known.size, known.mtime_ns) == (photo_id, 100, 77)
    assert library.check() == []


def test_a_missing_photo_found_elsewhere_comes_back_into_view(
    library: Library, root: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, before = old
    library.scan_store.mark_missing([photo_id])
    (here,) = put(library, root, "new.jpg")
    saved = library.scan_store.save([moved(here, photo_id)])
    assert saved.face_ids.tolist() == before.face_ids.tolist()
    assert saved.photo_ids.tolist() == [photo_id, photo_id]
    assert np.array_equal(saved.embeddings, before.embeddings)
    assert list(saved.photos) == [photo_id]
    assert column(library, "missing_since", photo_id) is None
    assert [face.person_name for face in library.reader.faces_of_photo(photo_id, 0)] == ["Ann", None]


def test_a_file_moved_over_another_takes_its_place(library: Library, root: Path, old: tuple[int, SavedFaces]) -> None:
    photo_id, _ = old
    (here,) = put(library, root, "over.jpg")
    library.scan_store.save([a_result(here, [a_face(LEFT)], of="two")])
    library.scan_store.put_pending(1, [FoundFile("over.jpg", 100, 9)])
    library.scan_store.save([moved(here, photo_id)])
    assert list(library.scan_store.known_files(1)) == ["over.jpg"]
    assert library.thumbnails.photo(here) is None


def test_a_copy_gets_faces_names_and_pictures_of_its_own(
    library: Library, root: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, before = old
    (here,) = put(library, root, "copy.jpg")
    saved = library.scan_store.save([copied(here, photo_id)])
    assert not set(saved.face_ids.tolist()) & set(before.face_ids.tolist())
    assert saved.photo_ids.tolist() == [here, here]
    assert np.array_equal(saved.embeddings, before.embeddings)
    assert (list(saved.photos), saved.removed_face_ids.size) == ([here], 0)
    original, copy = library.reader.photos([photo_id, here])
    facts = ("content_hash", "width", "height", "taken", "camera", "state")
    assert [getattr(copy, fact) for fact in facts] == [getattr(original, fact) for fact in facts]
    faces = [library.reader.faces_of_photo(id_, 0) for id_ in (photo_id, here)]
    for one, other in zip(*faces, strict=True):
        assert (one.box, one.landmarks, one.score, one.quality) == (
            other.box,
            other.landmarks,
            other.score,
            other.quality,
        )
        assert one.person_name == other.person_name
        assert library.thumbnails.face(one.id) == library.thumbnails.face(other.id) is not None
    assert library.thumbnails.photo(here) == library.thumbnails.photo(photo_id) is not None
    assert library.check() == []


def test_a_copy_of_a_photo_without_faces_is_read_too(library: Library, root: Path) -> None:
    a, b = put(library, root, "a.jpg", "b.jpg")
    library.scan_store.save([a_result(a, of="one")])
    saved = library.scan_store.save([copied(b, a)])
    assert (saved.face_ids.size, list(saved.photos)) == (0, [b])
    assert state_of(library, b) is PhotoState.INDEXED


def test_a_copy_of_a_missing_photo_leaves_that_missing(
    library: Library, root: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, _ = old
    library.scan_store.mark_missing([photo_id])
    (here,) = put(library, root, "copy.jpg")
    assert library.scan_store.save([copied(here, photo_id)]).photo_ids.tolist() == [here, here]
    assert state_of(library, photo_id) is PhotoState.MISSING


def test_results_of_one_batch_are_written_in_their_order(library: Library, root: Path) -> None:
    a, b, c, d = put(library, root, "a.jpg", "b.jpg", "c.jpg", "d.jpg")
    saved = library.scan_store.save(
        [a_result(a, [a_face()], of="one"), copied(b, a), FailedPhoto(c, "It is torn."), copied(d, b)]
    )
    assert list(saved.photos) == [a, b, c, d]
    assert saved.photo_ids.tolist() == [a, b, d]
    assert library.thumbnails.photo(d) == f"photo {a}".encode()
    assert library.thumbnails.face(int(saved.face_ids[2])) == f"tile {a} 0".encode()


def test_a_photo_indexed_and_moved_in_one_batch_is_announced_once(library: Library, root: Path) -> None:
    a, b = put(library, root, "a.jpg", "b.jpg")
    saved = library.scan_store.save([a_result(a, [a_face()], of="one"), moved(b, a)])
    assert (saved.photo_ids.tolist(), list(saved.photos)) == ([a], [a])
    assert [photo.path for photo in library.reader.photos([a, b])] == [root / "b.jpg"]


def test_a_photo_moves_to_one_of_two_places_and_the_other_is_a_copy(
    library: Library, root: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, _ = old
    b, c = put(library, root, "b.jpg", "c.jpg")
    library.scan_store.save([moved(b, photo_id), moved(c, photo_id)])
    assert {path: known.photo_id for path, known in library.scan_store.known_files(1).items()} == {
        "b.jpg": photo_id,
        "c.jpg": c,
    }
    assert all_vectors(library)[0].size == 4
    (later,) = put(library, root, "later.jpg")  # it moves on
    library.scan_store.save([moved(later, photo_id)])
    assert library.scan_store.known_files(1)["later.jpg"].photo_id == photo_id


def test_a_file_that_was_only_touched_is_its_own_twin(
    library: Library, root: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, before = old
    faces = library.reader.faces_of_photo(photo_id, 0)
    gone = library.scan_store.put_pending(1, [FoundFile("old.jpg", 100, 99)])
    assert gone.removed_face_ids.tolist() == before.face_ids.tolist()
    assert [twin.photo_id for twin in library.scan_store.twins(100)] == [photo_id]
    saved = library.scan_store.save([copied(photo_id, photo_id)])
    assert saved.face_ids.tolist() == before.face_ids.tolist()
    assert (saved.photo_ids.tolist(), list(saved.photos)) == ([photo_id, photo_id], [photo_id])
    assert np.array_equal(saved.embeddings, before.embeddings)
    assert library.reader.faces_of_photo(photo_id, 0) == faces
    assert library.thumbnails.photo(photo_id) == f"photo {photo_id}".encode()
    (photo,) = library.reader.photos([photo_id])
    assert (photo.state, photo.content_hash, photo.width) == (PhotoState.INDEXED, content("one"), 640)
    assert library.scan_store.known_files(1)["old.jpg"] == (photo_id, 100, 99, "indexed")
    assert column(library, "earlier_hash", photo_id) is None


def test_a_file_that_was_torn_and_mended_is_its_own_twin(
    library: Library, root: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, before = old
    library.scan_store.put_pending(1, [FoundFile("old.jpg", 50, 98)])
    library.scan_store.save([FailedPhoto(photo_id, "It is torn.")])
    assert library.reader.photo_ids().size == 0
    library.scan_store.put_pending(1, [FoundFile("old.jpg", 100, 99)])
    saved = library.scan_store.save([copied(photo_id, photo_id)])
    assert saved.face_ids.tolist() == before.face_ids.tolist()
    assert library.check() == []


def test_while_an_edited_file_waits_a_copy_of_what_it_was_is_known(
    library: Library, root: Path, old: tuple[int, SavedFaces]
) -> None:
    photo_id, before = old
    library.scan_store.put_pending(1, [FoundFile("old.jpg", 50, 98)])
    (here,) = put(library, root, "copy.jpg")
    saved = library.scan_store.save([copied(here, photo_id)])
    assert np.array_equal(saved.embeddings, before.embeddings)
    assert [face.person_name for face in library.reader.faces_of_photo(here, 0)] == ["Ann", None]
    assert state_of(library, photo_id) is PhotoState.PENDING
    library.scan_store.save([a_result(photo_id, [a_face(LEFT, seed=1)], of="edited")])
    assert [face.person_name for face in library.reader.faces_of_photo(photo_id, 0)] == ["Ann"]
    late = library.scan_store.save([copied(here, photo_id)])  # it was taken for a copy of what is not there any more
    assert late.removed_face_ids.tolist() == saved.face_ids.tolist()
    assert state_of(library, here) is PhotoState.PENDING


def test_a_twin_that_is_not_what_it_was_leaves_the_photo_waiting(library: Library, root: Path) -> None:
    a, b, c, d, e, f = put(library, root, *"abcdef")
    library.scan_store.save([a_result(a, [a_face()], of="one")])
    heard: list[SavedFaces] = []
    library.on_saved(heard.append)
    bad = [copied(c, 99), moved(d, a, "other"), moved(e, b), copied(f, f)]
    saved = library.scan_store.save(bad)
    assert (list(saved.photos), heard) == ([], [])
    assert {photo.id for photo in library.scan_store.pending([1])} == {b, c, d, e, f}
    library.scan_store.mark_missing([c])
    library.scan_store.save([copied(c, 99)])
    assert state_of(library, c) is PhotoState.PENDING
    assert column(library, "missing_since", c) is None
    assert library.scan_store.save([moved(99, a)]).photos == ()


def test_twins_are_photos_of_that_size_that_were_read(library: Library, root: Path) -> None:
    a, b, c, d, e, f, g = put(library, root, *"abcdefg")
    library.scan_store.save([a_result(i, [a_face()], of="one") for i in (a, b, c)])
    library.scan_store.save([a_result(d, of="none"), FailedPhoto(e, "It is torn.")])
    library.scan_store.mark_missing([b, f])
    library.scan_store.put_pending(1, [FoundFile("c", 5, 5)])
    found = library.scan_store.twins(100)
    assert [twin.photo_id for twin in found] == [a, b, d]
    assert found[1] == Twin(b, root, root / "b", content("one"))
    assert [twin.photo_id for twin in library.scan_store.twins(5)] == [c]
    assert library.scan_store.twins(g) == []


def test_twins_are_only_those_of_the_model_in_use(library: Library, root: Path) -> None:
    a, b, here = put(library, root, "a.jpg", "b.jpg", "here.jpg")
    library.scan_store.save([a_result(a, [a_face(), a_face(RIGHT)], of="one"), a_result(b, of="none")])
    library.close()
    with Library.open(library.folder, model="another") as other:
        assert [twin.photo_id for twin in other.scan_store.twins(100)] == [b]
        other.scan_store.save([copied(here, a)])
        assert state_of(other, here) is PhotoState.PENDING
    with Library.open(library.folder, model=MODEL) as first:
        assert {twin.photo_id for twin in first.scan_store.twins(100)} == {a, b}
