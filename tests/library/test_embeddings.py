"""Vectors of several models side by side, and the choice between them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import ModelError
from faceapp.library.embeddings import StoredModels
from faceapp.library.library import Library
from faceapp.types_scan import FailedPhoto, FoundFile, SamePhoto, SavedFaces
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, all_vectors, content, put, unit

OTHER = "other-model"


@pytest.fixture
def faces(library: Library, root: Path) -> list[int]:
    """Two photos in view with two faces and one."""
    one, two = put(library, root, "one.jpg", "two.jpg")
    results = [a_result(one, [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)]), a_result(two, [a_face(LEFT, seed=3)])]
    return [int(face_id) for face_id in library.scan_store.save(results).face_ids]


def embed_all(library: Library, model: str = OTHER) -> None:
    for page in library.vectors.faces_without(model):
        library.vectors.save_vectors(model, {id_: unit(id_, 4) for photo in page for id_, _ in photo.faces})


def test_faces_without_a_vector_come_with_what_it_takes_to_embed_them(
    library: Library, root: Path, faces: list[int]
) -> None:
    assert list(library.vectors.faces_without(MODEL)) == []
    ((one, two),) = library.vectors.faces_without(OTHER)
    assert (one.path, one.size, one.content_hash) == (root / "one.jpg", 100, content(f"photo {one.id}"))
    assert [face_id for photo in (one, two) for face_id, _ in photo.faces] == faces
    known = {face.id: face.landmarks for face in library.reader.faces(faces)}
    assert dict(one.faces + two.faces) == known


def test_only_the_faces_that_lack_a_vector_are_listed(library: Library, faces: list[int]) -> None:
    assert library.vectors.save_vectors(OTHER, {faces[0]: unit(9, 4)}) == 1
    ((one, _),) = library.vectors.faces_without(OTHER)
    assert [face_id for face_id, _ in one.faces] == [faces[1]]
    assert library.vectors.missing(OTHER) == 2


def test_pages_follow_each_other(
    library: Library, root: Path, faces: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faceapp.library.embeddings._PAGE", 1)
    pages = list(library.vectors.faces_without(OTHER))
    assert [len(page) for page in pages] == [1, 1]
    assert [id_ for page in pages for photo in page for id_, _ in photo.faces] == faces


def test_vectors_of_another_model_lie_beside_those_in_use(library: Library, faces: list[int]) -> None:
    before = all_vectors(library)
    embed_all(library)
    assert library.vectors.counts() == (3, {MODEL: 3, OTHER: 3})
    assert all(np.array_equal(a, b) for a, b in zip(before, all_vectors(library), strict=True))
    found, vectors = library.vectors.vectors_of(OTHER, [faces[2], 999, faces[0]])
    assert found.tolist() == [faces[2], faces[0]]
    assert np.allclose(vectors, [unit(faces[2], 4), unit(faces[0], 4)], atol=1e-3)
    assert library.check() == []


def test_only_vectors_in_use_are_announced(library: Library, faces: list[int]) -> None:
    heard: list[SavedFaces] = []
    library.on_saved(heard.append)
    library.vectors.save_vectors(OTHER, {faces[0]: unit(1, 4)})
    assert heard == []
    library.vectors.save_vectors(MODEL, {faces[2]: unit(50)})
    (saved,) = heard
    assert saved.face_ids.tolist() == [faces[2]]
    assert np.allclose(saved.embeddings, [unit(50)], atol=1e-3)


def test_faces_that_are_gone_and_bad_vectors_are_not_saved(library: Library, faces: list[int]) -> None:
    assert library.vectors.save_vectors(OTHER, {999: unit(1, 4), faces[0]: unit(2, 4)}) == 1
    assert library.vectors.save_vectors(OTHER, {}) == 0
    with pytest.raises(ValueError, match="finite"):
        library.vectors.save_vectors(OTHER, {faces[1]: np.zeros(4, np.float32)})


def test_damaged_vectors_are_left_out(library: Library, faces: list[int]) -> None:
    embed_all(library)
    with library._database.write() as connection:
        connection.exec_driver_sql("UPDATE embedding SET crc32 = 1 WHERE face_id = ? AND model = ?", (faces[0], OTHER))
    assert library.vectors.vectors_of(OTHER, faces)[0].tolist() == faces[1:]


def test_a_model_is_used_only_when_every_face_in_view_has_its_vector(
    library: Library, root: Path, faces: list[int]
) -> None:
    library.vectors.save_vectors(OTHER, {faces[0]: unit(1, 4)})
    with pytest.raises(ModelError, match=r"2 faces have no vector.*models embed other-model"):
        library.vectors.use(OTHER)
    assert library.vectors.chosen() is None
    embed_all(library)
    library.vectors.use(OTHER)
    assert library.vectors.chosen() == OTHER


def test_a_photo_scanned_meanwhile_keeps_a_model_from_being_used(
    library: Library, root: Path, faces: list[int]
) -> None:
    embed_all(library)
    (new,) = put(library, root, "three.jpg")
    library.scan_store.save([a_result(new, [a_face(LEFT, seed=8)])])
    with pytest.raises(ModelError, match="1 face has no vector"):
        library.vectors.use(OTHER)
    embed_all(library)
    library.vectors.use(OTHER)


def test_faces_out_of_view_do_not_hinder_a_change(library: Library, faces: list[int]) -> None:
    gone, failed = (face.photo_id for face in library.reader.faces([faces[0], faces[2]]))
    library.scan_store.mark_missing([gone])
    library.scan_store.save([FailedPhoto(failed, "broken")])
    assert library.vectors.missing(OTHER) == 0
    library.vectors.use(OTHER)


def test_the_choice_holds_at_the_next_opening(tmp_path: Path, faces: list[int], library: Library) -> None:
    embed_all(library)
    library.vectors.use(OTHER)
    library.close()
    told: list[StoredModels] = []

    def choose(stored: StoredModels) -> str:
        told.append(stored)
        assert stored.has_vectors(MODEL)
        assert not stored.has_vectors("a third")
        assert stored.chosen is not None
        return stored.chosen

    for write in (False, True):
        with Library.open(tmp_path / "library", write=write, model=choose) as again:
            assert again.model == OTHER
            assert all_vectors(again)[2].shape == (3, 4)
    assert [stored.chosen for stored in told] == [OTHER, OTHER]


def test_an_opening_that_finds_no_model_leaves_the_library_free(tmp_path: Path) -> None:
    def refuse(stored: StoredModels) -> str:
        raise ModelError("no model")

    with pytest.raises(ModelError, match="no model"):
        Library.open(tmp_path / "library", model=refuse)
    Library.open(tmp_path / "library", model=MODEL).close()


def test_copies_and_moves_carry_the_vectors_of_every_model(library: Library, root: Path, faces: list[int]) -> None:
    embed_all(library)
    original = library.reader.faces(faces[:1])[0].photo_id
    copy, moved = put(library, root, "copy.jpg", "moved.jpg")
    same = content(f"photo {original}")
    library.scan_store.save(
        [SamePhoto(copy, original, same, moved=False), SamePhoto(moved, original, same, moved=True)]
    )
    assert library.vectors.counts() == (5, {MODEL: 5, OTHER: 5})
    copies = [face.id for face in library.reader.faces_of_photo(copy, 0)]
    for model in (MODEL, OTHER):
        assert np.array_equal(
            library.vectors.vectors_of(model, faces[:2])[1], library.vectors.vectors_of(model, copies)[1]
        )


def test_a_touched_photo_keeps_the_vectors_of_every_model(library: Library, root: Path, faces: list[int]) -> None:
    embed_all(library)
    photo = library.reader.faces(faces[:1])[0].photo_id
    library.scan_store.put_pending(1, [FoundFile("one.jpg", 100, 77)])
    library.scan_store.save([SamePhoto(photo, photo, content(f"photo {photo}"), moved=False)])
    assert library.vectors.counts() == (3, {MODEL: 3, OTHER: 3})


def test_dropping_takes_only_that_models_vectors(
    library: Library, faces: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faceapp.library.embeddings._DROP_FACES", 2)
    embed_all(library)
    library.vectors.note_maker(OTHER, "ab")
    assert library.vectors.maker(OTHER) == "ab"
    assert library.vectors.drop_vectors(OTHER) == 3
    assert library.vectors.counts() == (3, {MODEL: 3})
    assert library.vectors.maker(OTHER) is None
    assert library.vectors.drop_vectors(OTHER) == 0


def test_what_is_in_use_or_chosen_is_not_dropped(library: Library, faces: list[int]) -> None:
    embed_all(library)
    with pytest.raises(ModelError, match="in use"):
        library.vectors.drop_vectors(MODEL)
    library.vectors.use(OTHER)
    with pytest.raises(ModelError, match="in use"):
        library.vectors.drop_vectors(OTHER)
    assert library.vectors.counts() == (3, {MODEL: 3, OTHER: 3})
