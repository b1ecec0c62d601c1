"""A face that was drawn is a decision: it comes back whatever happens to the facts, and goes when it is undone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import FaceappError
from faceapp.library.decisions import LibraryPeopleStore
from faceapp.library.library import Library
from faceapp.types import Box
from faceapp.types_people import FaceIsThere, Verb
from faceapp.types_scan import FoundFile, SamePhoto, SavedFaces
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, all_vectors, content, put, unit

DRAWN = Box(0.4, 0.6, 0.15, 0.2)


def read(library: Library, root: Path, *names: str, of: str = "one") -> list[int]:
    """Let photos of one content be read that show a face on the left; return the photos."""
    photos = put(library, root, *names)
    library.scan_store.save([a_result(id_, [a_face(LEFT, seed=1)], of=of) for id_ in photos])
    return photos


def draw(library: Library, photo_id: int, *, of: str = "one", box: Box = DRAWN, seed: int = 5) -> int:
    """Mark a face; return its id."""
    change = library.people.mark_face(photo_id, content(of), a_face(box, seed=seed))
    assert (change.step.verb, change.step.faces) == (Verb.MARK_FACE, 1)
    return min(change.face_ids)


def boxes(library: Library, photo_id: int) -> list[Box]:
    return [face.box for face in library.reader.faces_of_photo(photo_id, 0.5)]


def test_a_drawn_face_is_a_face(library: Library, root: Path) -> None:
    told: list[SavedFaces] = []
    (photo_id,) = read(library, root, "a.jpg")
    library.on_saved(told.append)
    face_id = draw(library, photo_id)
    assert boxes(library, photo_id) == [LEFT, DRAWN]
    (face,) = library.reader.faces([face_id])
    assert face.score == 1
    face_ids, owners, vectors = all_vectors(library)
    assert face_ids.tolist()[-1] == face_id
    assert owners.tolist()[-1] == photo_id
    assert float(vectors[-1] @ unit(5)) == pytest.approx(1, abs=1e-4)
    (saved,) = told
    assert (saved.face_ids.tolist(), saved.photo_ids.tolist()) == ([face_id], [photo_id])
    assert np.array_equal(saved.embeddings[0], vectors[-1])
    assert list(saved.photos) == [photo_id]


def test_undone_it_goes_and_redone_it_comes(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    face_id = draw(library, photo_id)
    told: list[SavedFaces] = []
    library.on_saved(told.append)
    assert library.people.undo() is not None
    assert boxes(library, photo_id) == [LEFT]
    assert told[-1].removed_face_ids.tolist() == [face_id]
    assert list(told[-1].photos) == [photo_id]
    change = library.people.redo()
    assert change is not None
    assert boxes(library, photo_id) == [LEFT, DRAWN]
    assert told[-1].face_ids.tolist() == list(change.face_ids)
    assert library.check() == []


def test_it_is_in_every_copy_of_the_photo(library: Library, root: Path) -> None:
    first, second = read(library, root, "a.jpg", "b.jpg")
    draw(library, first)
    assert boxes(library, second) == [LEFT, DRAWN]
    (third,) = put(library, root, "c.jpg")
    library.scan_store.save([SamePhoto(third, first, content("one"), moved=False)])
    assert boxes(library, third) == [LEFT, DRAWN]
    library.people.undo()
    assert [boxes(library, id_) for id_ in (first, second, third)] == [[LEFT]] * 3


def test_it_comes_back_with_its_name_when_all_is_read_anew(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    library.people.name_faces([draw(library, photo_id)], "Anna")
    library.forget_facts()
    (photo_id,) = read(library, root, "a.jpg")
    faces = library.reader.faces_of_photo(photo_id, 0.5)
    assert [(face.box, face.person_name) for face in faces] == [(LEFT, None), (DRAWN, "Anna")]
    assert len(all_vectors(library)[0]) == 2
    assert library.check() == []


def test_a_face_that_is_found_later_is_that_face(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    library.people.name_faces([draw(library, photo_id)], "Anna")
    found = Box(DRAWN.x + 0.01, DRAWN.y, DRAWN.w, DRAWN.h)
    library.scan_store.save([a_result(photo_id, [a_face(LEFT), a_face(found, seed=5)], of="one")])
    faces = library.reader.faces_of_photo(photo_id, 0.5)
    assert [(face.box, face.person_name) for face in faces] == [(LEFT, None), (found, "Anna")]
    library.people.undo()
    library.people.undo()  # the drawing: what the detector found stays
    assert boxes(library, photo_id) == [LEFT, found]


def edit(library: Library, photo_id: int, name: str, *, seed: int = 1, of: str = "two") -> None:
    """Let a file change and be read again; its face on the left looks like ``seed``."""
    library.scan_store.put_pending(1, [FoundFile(name, 200, 2)])
    library.scan_store.save([a_result(photo_id, [a_face(LEFT, seed=seed)], of=of)])


def test_an_edited_photo_keeps_it(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    library.people.name_faces([draw(library, photo_id)], "Anna")
    edit(library, photo_id, "a.jpg")
    faces = library.reader.faces_of_photo(photo_id, 0.5)
    assert [(face.box, face.person_name) for face in faces] == [(LEFT, None), (DRAWN, "Anna")]
    edit(library, photo_id, "a.jpg", of="three")
    assert boxes(library, photo_id) == [LEFT, DRAWN]
    library.people.undo()
    library.people.undo()
    assert boxes(library, photo_id) == [LEFT]
    assert library.check() == []


def test_a_photo_of_somebody_else_in_its_place_does_not(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    draw(library, photo_id)
    edit(library, photo_id, "a.jpg", seed=9)
    assert boxes(library, photo_id) == [LEFT]
    edit(library, photo_id, "a.jpg", of="one")
    assert boxes(library, photo_id) == [LEFT, DRAWN]


def test_under_another_model_it_waits_for_its_vector(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    other = LibraryPeopleStore(library._database, "other")
    other.mark_face(photo_id, content("one"), a_face(DRAWN))
    library.scan_store.save([a_result(photo_id, [a_face(LEFT)], of="one")])
    assert boxes(library, photo_id) == [LEFT, DRAWN]
    assert len(all_vectors(library)[0]) == 1
    assert library.vectors.missing(MODEL) == 1


def test_where_a_face_is_none_is_drawn(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    there = library.reader.faces_of_photo(photo_id, 0.5)[0].id
    with pytest.raises(FaceIsThere) as refusal:
        draw(library, photo_id, box=Box(LEFT.x, LEFT.y + 0.02, LEFT.w, LEFT.h))
    assert refusal.value.face_id == there
    draw(library, photo_id, box=RIGHT)
    assert library.people.history()[0].verb is Verb.MARK_FACE
    assert len(library.people.history()) == 1


def test_a_photo_that_changed_meanwhile_gets_none(library: Library, root: Path) -> None:
    (photo_id,) = read(library, root, "a.jpg")
    with pytest.raises(FaceappError, match="changed"):
        draw(library, photo_id, of="something else")
    with pytest.raises(FaceappError, match="changed"):
        draw(library, 99)
    assert library.people.history() == []
