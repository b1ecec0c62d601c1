"""Names survive whatever happens to the facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceapp.errors import FaceappError
from faceapp.library.ledger.holds import states_sql
from faceapp.library.ledger.settling import name_key
from faceapp.library.library import Library
from faceapp.library.matching import SAME_FACE_IOU, match_boxes
from faceapp.types import AnalysedFace, Box
from faceapp.types_scan import FailedPhoto, FoundFile, SamePhoto
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, content, put

NUDGED = Box(LEFT.x + 0.02, LEFT.y, LEFT.w, LEFT.h)


def names(library: Library) -> dict[int, str | None]:
    ids = library.reader.face_ids(min_score=0).tolist()
    return {face.id: face.person_name for face in library.reader.faces(ids)}


def confirmations(library: Library) -> int:
    with library._database.read() as connection:
        sql = f"{states_sql()} SELECT count(*) FROM state WHERE person_id IS NOT NULL"
        return int(connection.exec_driver_sql(sql).scalar_one())


def test_naming_says_what_it_changed(library: Library, root: Path) -> None:
    a, b = put(library, root, "a.jpg", "b.jpg")
    saved = library.scan_store.save([a_result(a, [a_face(LEFT), a_face(RIGHT)]), a_result(b, [a_face()])])
    left, right, other = saved.face_ids.tolist()
    naming = library.people.name_faces([other, left], "Ann")
    assert (naming.name, list(naming.face_ids)) == ("Ann", [left, other])
    assert names(library) == {left: "Ann", right: None, other: "Ann"}
    (person,) = library.reader.people()
    assert person.id == naming.person_id


def test_names_are_one_without_regard_to_case_in_every_script(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(4)))
    saved = library.scan_store.save([a_result(i, [a_face()]) for i in ids])
    one, two, three, four = saved.face_ids.tolist()
    first = library.people.name_faces([one], "Éloïse")
    second = library.people.name_faces([two], "éLOÏSE")
    assert (first.person_id, second.name) == (second.person_id, "Éloïse")
    assert (
        library.people.name_faces([three], "Straße").person_id == library.people.name_faces([four], "STRASSE").person_id
    )
    assert name_key("e\u0301") == name_key("É")


def test_naming_a_face_anew_replaces_what_was_decided(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    (face_id,) = library.scan_store.save([a_result(photo_id, [a_face()])]).face_ids.tolist()
    library.people.name_faces([face_id], "Ann")
    library.people.name_faces([face_id], "Bob")
    assert [p.name for p in library.reader.people()] == ["Bob"]  # nothing is left of Ann
    assert names(library) == {face_id: "Bob"}
    assert confirmations(library) == 1
    library.people.name_faces([face_id], "Bob")
    assert confirmations(library) == 1


def test_an_unknown_face_is_named_in_the_error_and_nothing_is_written(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    (face_id,) = library.scan_store.save([a_result(photo_id, [a_face()])]).face_ids.tolist()
    with pytest.raises(FaceappError, match="no face 4711"):
        library.people.name_faces([face_id, 4711], "Ann")
    with pytest.raises(FaceappError, match="No face is chosen"):
        library.people.name_faces([], "Ann")
    for bad in ("", "x" * 201):
        with pytest.raises(FaceappError, match="1 to 200 characters"):
            library.people.name_faces([face_id], bad)
    assert library.reader.people() == []
    assert names(library) == {face_id: None}


def test_copies_of_a_file_share_their_names(library: Library, root: Path) -> None:
    a, copy, later = put(library, root, "a.jpg", "copy.jpg", "later.jpg")
    saved = library.scan_store.save(
        [
            a_result(a, [a_face(LEFT), a_face(RIGHT)], of="one"),
            a_result(copy, [a_face(NUDGED), a_face(RIGHT)], of="one"),
        ]
    )
    left, _, nudged, _ = saved.face_ids.tolist()
    assert list(library.people.name_faces([left], "Ann").face_ids) == [left, nudged]
    (found,) = library.scan_store.save([a_result(later, [a_face(LEFT)], of="one")]).face_ids.tolist()
    assert names(library)[found] == "Ann"
    assert list(library.people.name_faces([found], "Bob").face_ids) == [left, nudged, found]
    assert [p.name for p in library.reader.people()] == ["Bob"]
    library.people.name_faces([left, nudged, found], "Carl")  # all at once: still one decision
    assert confirmations(library) == 1


def test_names_survive_a_rescan_a_change_back_and_a_moved_file(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    left, _ = library.scan_store.save([a_result(photo_id, [a_face(LEFT), a_face(RIGHT)])]).face_ids.tolist()
    library.people.name_faces([left], "Ann")

    # Read again, and the detector sees it a little elsewhere and in another order.
    saved = library.scan_store.save([a_result(photo_id, [a_face(RIGHT), a_face(NUDGED)])])
    right, nudged = saved.face_ids.tolist()
    assert names(library) == {right: None, nudged: "Ann"}

    # Changed: where she was is nobody now. Changed back: she is there again.
    library.scan_store.put_pending(1, [FoundFile("a.jpg", 7, 7)])
    library.scan_store.save([a_result(photo_id, [a_face(RIGHT)], of="another")])
    assert set(names(library).values()) == {None}
    assert [(p.name, p.faces) for p in library.reader.people()] == [("Ann", 0)]
    library.scan_store.save([a_result(photo_id, [a_face(LEFT)])])
    assert list(names(library).values()) == ["Ann"]

    library.scan_store.mark_missing([photo_id])
    (moved,) = put(library, root, "moved/a.jpg")
    library.scan_store.save([a_result(moved, [a_face(LEFT)], of=f"photo {photo_id}")])
    assert list(names(library).values()) == ["Ann"]


def edit(library: Library, photo_id: int, faces: Sequence[AnalysedFace], *, of: str) -> list[int]:
    """Let the one file of the library change and be read again; return its faces."""
    (path,) = library.scan_store.known_files(1)
    library.scan_store.put_pending(1, [FoundFile(path, 7, 7)])
    return [int(face_id) for face_id in library.scan_store.save([a_result(photo_id, faces, of=of)]).face_ids]


def test_an_edited_file_keeps_its_names_and_may_be_restored(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    left, _ = library.scan_store.save([a_result(photo_id, [a_face(LEFT), a_face(RIGHT)])]).face_ids.tolist()
    library.people.name_faces([left], "Ann")
    nudged, right = edit(library, photo_id, [a_face(NUDGED), a_face(RIGHT)], of="edited")
    assert names(library) == {nudged: "Ann", right: None}
    library.people.name_faces([right], "Bob")
    (left,) = edit(library, photo_id, [a_face(LEFT)], of="edited twice")
    assert names(library) == {left: "Ann"}
    library.people.name_faces([left], "Carl")

    # Restored: what was decided for that content holds, as does what was decided for the edited ones.
    left, right = edit(library, photo_id, [a_face(LEFT), a_face(RIGHT)], of=f"photo {photo_id}")
    assert names(library) == {left: "Ann", right: None}
    left, right = edit(library, photo_id, [a_face(LEFT), a_face(RIGHT)], of="edited")
    assert names(library) == {left: "Ann", right: "Bob"}
    (left,) = edit(library, photo_id, [a_face(LEFT)], of="edited twice")
    assert names(library) == {left: "Carl"}


def test_an_edited_file_leaves_its_copies_as_they_were(library: Library, root: Path) -> None:
    a, copy = put(library, root, "a.jpg", "copy.jpg")
    saved = library.scan_store.save([a_result(i, [a_face(LEFT)], of="one") for i in (a, copy)])
    library.people.name_faces([int(saved.face_ids[0])], "Ann")
    library.scan_store.put_pending(1, [FoundFile("a.jpg", 7, 7)])
    (edited,) = library.scan_store.save([a_result(a, [a_face(LEFT)], of="edited")]).face_ids.tolist()
    assert names(library) == {edited: "Ann", int(saved.face_ids[1]): "Ann"}
    library.people.name_faces([edited], "Bob")
    assert names(library) == {edited: "Bob", int(saved.face_ids[1]): "Ann"}


def test_a_file_replaced_by_another_picture_keeps_no_name_of_before(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    faces = [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)]
    library.people.name_faces(library.scan_store.save([a_result(photo_id, faces)]).face_ids.tolist(), "Ann")
    left, right = edit(library, photo_id, [a_face(NUDGED, seed=3), a_face(RIGHT, seed=2)], of="replaced")
    assert names(library) == {left: None, right: "Ann"}  # whoever is left is she, there is somebody else


def test_what_was_shown_before_a_file_changed_cannot_be_named(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    (face_id,) = library.scan_store.save([a_result(photo_id, [a_face()])]).face_ids.tolist()
    library.scan_store.put_pending(1, [FoundFile("a.jpg", 7, 7)])
    with pytest.raises(FaceappError, match=f"no face {face_id}"):
        library.people.name_faces([face_id], "Ann")


def test_names_wait_while_an_edited_file_cannot_be_read(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.people.name_faces(library.scan_store.save([a_result(photo_id, [a_face()])]).face_ids.tolist(), "Ann")
    library.scan_store.put_pending(1, [FoundFile("a.jpg", 7, 7)])
    library.scan_store.put_pending(1, [FoundFile("a.jpg", 8, 8)])
    library.scan_store.save([FailedPhoto(photo_id, "It is torn.")])
    library.scan_store.mark_missing([photo_id])
    library.scan_store.mark_found([photo_id])
    library.scan_store.put_pending(1, [FoundFile("a.jpg", 9, 9)])
    library.scan_store.save([a_result(photo_id, [a_face(NUDGED)], of="edited")])
    assert list(names(library).values()) == ["Ann"]


def test_a_forgotten_photo_gets_its_names_back_when_it_returns(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.people.name_faces(
        library.scan_store.save([a_result(photo_id, [a_face()], of="one")]).face_ids.tolist(), "Ann"
    )
    library.scan_store.mark_missing([photo_id])
    assert library.scan_store.forget_missing(datetime(2999, 1, 1, tzinfo=UTC)) == 1
    assert [(p.name, p.faces) for p in library.reader.people()] == [("Ann", 0)]
    (again,) = put(library, root, "b.jpg")
    assert again != photo_id
    library.scan_store.save([a_result(again, [a_face()], of="one")])
    assert list(names(library).values()) == ["Ann"]


def test_names_survive_another_model(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    (face_id,) = library.scan_store.save([a_result(photo_id, [a_face(LEFT)])]).face_ids.tolist()
    library.people.name_faces([face_id], "Ann")
    library.close()
    with Library.open(library.folder, model=MODEL + " 2") as other:
        other.scan_store.save([a_result(photo_id, [a_face(NUDGED)])])
        assert list(names(other).values()) == ["Ann"]


def test_two_overlapping_people_keep_their_own_names(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    one, two = library.scan_store.save([a_result(photo_id, [a_face(LEFT), a_face(NUDGED)])]).face_ids.tolist()
    assert list(library.people.name_faces([one, two], "Twins").face_ids) == [one, two]
    library.people.name_faces([one], "Ann")
    assert names(library) == {one: "Ann", two: "Twins"}
    faces = [a_face(NUDGED), a_face(LEFT)]
    one, two = library.scan_store.save([a_result(photo_id, faces)]).face_ids.tolist()
    assert names(library) == {one: "Twins", two: "Ann"}


def test_a_decision_is_made_durable_and_a_scan_is_not_slowed(library: Library) -> None:
    levels = []
    for durable in (True, False):
        with library._database.write(durable=durable) as connection:
            levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())
    assert levels == [2, 1]  # FULL, NORMAL


boxes = st.builds(Box, *[st.floats(0, 0.5)] * 2, *[st.floats(0.1, 0.5)] * 2)


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 9), boxes), st.dictionaries(st.integers(0, 9), boxes))
def test_matching_is_one_to_one_above_the_overlap_and_leaves_no_pair_open(
    faces: dict[int, Box], decided: dict[int, Box]
) -> None:
    matched = match_boxes(faces, decided)
    assert len(set(matched.values())) == len(matched)
    assert all(faces[f].iou(decided[d]) >= SAME_FACE_IOU for f, d in matched.items())
    for f in faces.keys() - matched.keys():
        for d in decided.keys() - set(matched.values()):
            assert faces[f].iou(decided[d]) < SAME_FACE_IOU


# One of three photos is named, read again, missing, found, moved to a new file, copied to one, or touched.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("name"), st.integers(0, 2), st.sampled_from(["Ann", "Bob"])),
        st.tuples(st.just("rescan"), st.integers(0, 2), st.booleans()),
        st.tuples(st.just("miss"), st.integers(0, 2), st.just(None)),
        st.tuples(st.just("find"), st.integers(0, 2), st.just(None)),
        st.tuples(st.just("move"), st.integers(0, 2), st.just(None)),
        st.tuples(st.just("copy"), st.integers(0, 2), st.just(None)),
        st.tuples(st.just("touch"), st.integers(0, 2), st.just(None)),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_scans_and_missing_files_in_any_order_never_change_a_name(
    tmp_path_factory: pytest.TempPathFactory, todo: list[tuple[str, int, str | bool | None]]
) -> None:
    with Library.open(tmp_path_factory.mktemp("library"), model=MODEL) as library:
        photos = put(library, Path("/photos"), "a", "b", "c")
        contents = ["one", "one", "two"]  # the second is a copy of the first
        for photo_id, of in zip(photos, contents, strict=True):
            library.scan_store.save([a_result(photo_id, [a_face(LEFT)], of=of)])
        expected: dict[str, str | bool | None] = {}
        for number, (verb, which, value) in enumerate(todo):
            photo_id = photos[which]
            if verb == "name":
                (face,) = library.reader.faces_of_photo(photo_id, 0)
                library.people.name_faces([face.id], str(value))
                expected[contents[which]] = value
            elif verb == "rescan":
                box = NUDGED if value else LEFT
                library.scan_store.save([a_result(photo_id, [a_face(box)], of=contents[which])])
            elif verb == "miss":
                library.scan_store.mark_missing([photo_id])
            elif verb == "find":
                library.scan_store.mark_found([photo_id])
            elif verb == "touch":
                (photo,) = library.reader.photos([photo_id])
                library.scan_store.put_pending(1, [FoundFile(photo.path.name, 100, number)])
                library.scan_store.save([SamePhoto(photo_id, photo_id, content(contents[which]), False)])
            else:
                (here,) = put(library, Path("/photos"), f"new {number}")
                library.scan_store.save([SamePhoto(here, photo_id, content(contents[which]), verb == "move")])
                if verb == "copy":
                    photos.append(here)
                    contents.append(contents[which])
        for photo_id, of in zip(photos, contents, strict=True):
            (face,) = library.reader.faces_of_photo(photo_id, 0)
            assert face.person_name == expected.get(of)
        assert {p.name for p in library.reader.people()} == {str(name) for name in expected.values()}
        assert library.check() == []
