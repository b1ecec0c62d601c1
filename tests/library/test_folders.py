"""Taking a folder out of the library: its facts go, what was decided comes back with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.errors import FaceappError
from faceapp.library.library import Library
from faceapp.types_scan import SavedFaces
from tests.library.making import LEFT, RIGHT, a_face, a_result, put


def read(library: Library, root: Path, *names: str) -> list[int]:
    """Let photos be read that show a face each; return the faces."""
    results = [
        a_result(id_, [a_face(LEFT)], of=name) for id_, name in zip(put(library, root, *names), names, strict=True)
    ]
    return [int(face_id) for face_id in library.scan_store.save(results).face_ids]


def folder_id(library: Library, root: Path) -> int:
    return next(folder.id for folder in library.reader.folders() if folder.path == root)


def test_its_photos_and_thumbnails_go_and_others_stay(library: Library, root: Path, tmp_path: Path) -> None:
    (gone,) = read(library, root, "a.jpg")
    (stays,) = read(library, tmp_path / "other", "b.jpg")
    heard: list[SavedFaces] = []
    library.on_saved(heard.append)
    assert library.thumbnails.face(gone) is not None
    assert library.folders.remove_folder(folder_id(library, root)) == 1
    assert [folder.path for folder in library.reader.folders()] == [tmp_path / "other"]
    assert library.reader.face_ids(min_score=0).tolist() == [stays]
    assert library.thumbnails.face(gone) is None
    assert library.thumbnails.face(stays) is not None
    assert [saved.removed_face_ids.tolist() for saved in heard] == [[gone]]
    assert library.check() == []


def test_names_come_back_when_it_is_added_again(library: Library, root: Path) -> None:
    (face_id,) = read(library, root, "a.jpg")
    library.people.name_faces([face_id], "Ann")
    library.folders.remove_folder(folder_id(library, root))
    assert [person.faces for person in library.reader.people()] == [0]
    (again,) = read(library, root, "a.jpg")
    assert again != face_id  # ids are never used twice
    (face,) = library.reader.faces([again])
    assert face.person_name == "Ann"


def test_a_photo_that_waits_or_failed_goes_too(library: Library, root: Path) -> None:
    put(library, root, "a.jpg", "b.jpg")
    assert library.folders.remove_folder(folder_id(library, root)) == 2
    assert library.scan_store.pending([1]) == []


def test_a_scan_that_was_under_way_writes_nothing_of_it(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.folders.remove_folder(folder_id(library, root))
    library.scan_store.save([a_result(photo_id, [a_face(RIGHT)])])
    assert library.reader.face_ids(min_score=0).tolist() == []


def test_a_folder_that_is_not_there_is_refused(library: Library) -> None:
    with pytest.raises(FaceappError, match="no folder 4711"):
        library.folders.remove_folder(4711)
