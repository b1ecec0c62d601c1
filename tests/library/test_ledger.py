"""The verbs, one by one: what holds after each, what contradicts what, what is undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from faceapp.errors import FaceappError
from faceapp.library.ledger.holds import ties_of
from faceapp.library.library import Library
from faceapp.types import HideReason
from faceapp.types_people import ConflictKind, DecisionConflict, Ties
from faceapp.types_scan import FoundFile, SamePhoto
from tests.library.guessing import automatic, guess, suggested
from tests.library.making import LEFT, RIGHT, a_face, a_result, content, put


@pytest.fixture
def faces(library: Library, root: Path) -> list[int]:
    """Six photos of one face each."""
    photos = put(library, root, *(f"{number}.jpg" for number in range(6)))
    saved = library.scan_store.save([a_result(photo, [a_face(LEFT)]) for photo in photos])
    return [int(face_id) for face_id in saved.face_ids]


def names(library: Library) -> list[str | None]:
    ids = sorted(library.reader.faces(range(1, 100)), key=lambda face: face.id)
    return [face.person_name for face in ids]


def people(library: Library) -> dict[str, int]:
    return {person.name: person.id for person in library.reader.people()}


def ties(library: Library) -> Ties:
    with library._database.read() as connection:
        return ties_of(connection)


def test_a_moved_face_is_said_to_have_moved_and_says_who_changed(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:2], "Ann").person_id
    bob = library.people.name_faces(faces[1:3], "Bob").person_id
    move, name = library.people.history()
    assert (move.verb, move.faces, move.people) == ("move", 2, ("Bob", "Ann"))
    assert (name.verb, name.faces, name.people) == ("name", 2, ("Ann",))
    change = library.people.undo()
    assert change is not None
    assert (list(change.face_ids), list(change.person_ids)) == ([faces[1], faces[2]], [bob, ann])
    assert names(library) == ["Ann", "Ann", None, None, None, None]


def test_naming_what_is_so_named_is_no_step(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:2], "Ann").person_id
    again = library.people.name_faces(faces[:2], "ANN")
    assert (again.person_id, again.name, list(again.face_ids)) == (ann, "Ann", faces[:2])
    assert len(library.people.history()) == 1


def test_undone_steps_are_redone_until_something_else_is_done(library: Library, faces: list[int]) -> None:
    for number, name in enumerate(("Ann", "Bob", "Cid")):
        library.people.name_faces([faces[number]], name)
    before = people(library)
    for _ in before:
        library.people.undo()
    assert library.people.undo() is None
    assert people(library) == {}
    library.people.redo()
    assert names(library)[:3] == ["Ann", None, None]
    library.people.redo()
    library.people.redo()
    assert library.people.redo() is None
    assert people(library) == before  # with the same numbers
    library.people.undo()
    library.people.name_faces([faces[4]], "Dan")
    assert library.people.redo() is None
    assert "Cid" not in people(library)
    assert people(library)["Dan"] != before["Cid"]  # a number is never given again


def test_undo_knows_what_was_done_before_a_restart(library: Library, faces: list[int]) -> None:
    library.people.name_faces(faces[:1], "Ann")
    library.people.name_faces(faces[1:2], "Bob")
    library.people.undo()
    library.close()
    with Library.open(library.folder, model=library.model) as again:
        redone = again.people.redo()
        assert redone is not None
        assert redone.step.people == ("Bob",)
        again.people.undo()
        again.people.undo()
        assert people(again) == {}


def test_who_lost_all_faces_comes_back_with_what_was_said_of_her(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:1], "Ann").person_id
    library.people.reject(faces[1:2], ann)
    library.people.clear(faces[:1])
    assert people(library) == {}
    assert ties(library).rejected.tolist() == []
    assert library.people.name_faces(faces[2:3], "ann").person_id == ann
    assert ties(library).rejected.tolist() == [[faces[1], ann]]


def test_the_name_of_somebody_merged_away_is_free_for_another(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:1], "Ann").person_id
    anna = library.people.name_faces(faces[1:3], "Anna").person_id
    library.people.set_born(anna, date(1980, 1, 2))
    change = library.people.merge([anna], ann)
    assert (change.step.verb, change.step.faces, change.step.people) == ("merge", 3, ("Ann", "Anna"))
    assert (list(change.face_ids), list(change.person_ids)) == (faces[1:3], [ann, anna])
    assert names(library)[:3] == ["Ann"] * 3
    other = library.people.name_faces(faces[4:5], "Anna").person_id
    assert other not in (ann, anna)
    library.people.undo()
    library.people.undo()
    assert people(library) == {"Ann": ann, "Anna": anna}


def test_a_rejection_takes_the_name_off_and_a_name_takes_the_rejection_back(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:2], "Ann").person_id
    library.people.reject(faces[:1], ann)
    assert names(library)[:2] == [None, "Ann"]
    assert ties(library).rejected.tolist() == [[faces[0], ann]]
    library.people.name_faces(faces[:1], "Ann")
    assert ties(library).rejected.tolist() == []
    library.people.undo()
    assert ties(library).rejected.tolist() == [[faces[0], ann]]


def test_hidden_faces_lose_their_name_and_can_be_shown_again(library: Library, faces: list[int]) -> None:
    library.people.name_faces(faces[:2], "Ann")
    hidden = library.people.hide(faces[:1], HideReason.STATUE)
    assert (hidden.step.note, hidden.step.people) == ("statue", ("Ann",))
    assert names(library)[:2] == [None, "Ann"]
    assert [face.hidden for face in library.reader.faces(faces[:2])] == [HideReason.STATUE, None]
    assert library.people.clear(faces[:1]).step.verb == "show"
    assert [face.hidden for face in library.reader.faces(faces[:2])] == [None, None]
    assert library.people.clear(faces[:2]).step.verb == "clear"
    library.people.hide(faces[:1], HideReason.STRANGER)
    library.people.name_faces(faces[:1], "Bob")
    (face,) = library.reader.faces(faces[:1])
    assert (face.person_name, face.hidden) == ("Bob", None)


def test_opposites_are_refused_also_through_others(library: Library, faces: list[int]) -> None:
    a, b, c, d, e, f = faces
    library.people.same([a, b])
    library.people.same([b, c])
    with pytest.raises(DecisionConflict, match="same person") as caught:
        library.people.different([a], [c])
    (conflict,) = caught.value.conflicts
    assert (conflict.kind, {conflict.face_id, conflict.other_face_id}) == (ConflictKind.SAME, {a, b})
    assert ties(library).different.tolist() == []

    library.people.different([c], [d])
    with pytest.raises(DecisionConflict) as caught:
        library.people.same([a, d, e])
    assert [one.kind for one in caught.value.conflicts] == [ConflictKind.DIFFERENT]
    library.people.name_faces([a], "Ann")
    with pytest.raises(DecisionConflict, match="different people"):
        library.people.name_faces([d], "Ann")
    with pytest.raises(DecisionConflict):  # another name for one of those that are the same
        library.people.name_faces([c], "Bob")
    library.people.name_faces([f], "Bob")
    with pytest.raises(FaceappError, match="merge Ann and Bob instead"):
        library.people.same([c, f])
    library.people.name_faces([d], "Ann", take_back=True)
    assert ties(library).different.tolist() == []
    assert [step.verb for step in library.people.history()].count("different") == 1  # it is all still told


def test_people_who_are_two_are_not_merged_unless_that_is_taken_back(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:2], "Ann").person_id
    bob = library.people.name_faces(faces[2:4], "Bob").person_id
    library.people.apart(ann, bob)
    library.people.different([faces[0]], [faces[2]])
    library.people.reject([faces[3]], ann)
    with pytest.raises(DecisionConflict) as caught:
        library.people.merge([bob], ann)
    assert {one.kind for one in caught.value.conflicts} == {
        *(ConflictKind.APART, ConflictKind.DIFFERENT, ConflictKind.REJECTED)
    }
    assert sorted(people(library)) == ["Ann", "Bob"]
    library.people.merge([bob], ann, take_back=True)
    assert names(library)[:4] == ["Ann"] * 4
    library.people.undo()
    there = ties(library)
    assert (there.apart.tolist(), there.different.tolist()) == ([[ann, bob]], [[faces[0], faces[2]]])
    # That the one is not Bob follows from being different from one of Bob's, and the other way round.
    assert there.rejected.tolist() == [[faces[0], bob], [faces[2], ann], [faces[3], ann]]


def test_a_split_part_is_one_person_who_is_not_the_rest(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:4], "Ann").person_id
    change = library.people.split(faces[:2], faces[2:4])
    assert (change.step.verb, change.step.faces, change.step.people) == ("split", 2, ("Ann",))
    assert names(library)[:4] == [None, None, "Ann", "Ann"]
    there = ties(library)
    assert there.same.tolist() == [faces[:2]]
    assert there.different.tolist() == [[faces[0], faces[2]], [faces[0], faces[3]]]
    assert there.rejected.tolist() == [[faces[0], ann], [faces[1], ann]]


def test_faces_can_be_split_from_who_they_are_or_seem_to_be_alone(library: Library, faces: list[int]) -> None:
    ann = library.people.name_faces(faces[:2], "Ann").person_id
    bob = library.people.name_faces(faces[5:], "Bob").person_id
    guess(library, automatic(faces[2], ann), suggested(faces[3], bob))
    change = library.people.split(faces[1:4], [])
    assert (change.step.verb, change.step.faces, change.step.people) == ("split", 3, ("Ann", "Bob"))
    assert names(library) == ["Ann", None, None, None, None, "Bob"]
    there = ties(library)
    assert there.same.tolist() == [[faces[1], faces[2]], [faces[1], faces[3]]]
    assert len(there.different) == 0
    assert there.rejected.tolist() == [[face_id, person_id] for face_id in faces[1:4] for person_id in (ann, bob)]
    assert len(library.people_reader.grouping().face_ids) == 0  # guesses went
    library.people.undo()
    assert names(library)[:2] == ["Ann", "Ann"]
    assert len(ties(library).rejected) == 0


def test_a_face_that_is_nobody_cannot_be_split_from_anybody_alone(library: Library, faces: list[int]) -> None:
    with pytest.raises(FaceappError, match="nobody to split it from"):
        library.people.split(faces[:1], faces[:1])
    assert library.people.history() == []


def test_who_seems_to_be_somebody_by_what_was_said_is_split_only_if_that_is_taken_back(
    library: Library, faces: list[int]
) -> None:
    library.people.same(faces[:2])
    ann = library.people.name_faces(faces[:1], "Ann").person_id
    guess(library, automatic(faces[1], ann))
    with pytest.raises(DecisionConflict):
        library.people.split(faces[1:2], [])
    library.people.split(faces[1:2], [], take_back=True)
    assert names(library)[:2] == ["Ann", None]
    assert ties(library).same.tolist() == []
    assert ties(library).rejected.tolist() == [[faces[1], ann]]


def test_the_copy_of_a_face_leaves_with_it(library: Library, root: Path) -> None:
    photos = put(library, root, "a.jpg", "copy.jpg", "b.jpg")
    contents = ["a", "a", "b"]
    one, copy, other = (
        int(library.scan_store.save([a_result(photo, [a_face(LEFT)], of=of)]).face_ids[0])
        for photo, of in zip(photos, contents, strict=True)
    )
    library.people.name_faces([one, other], "Ann")
    change = library.people.split([one], [copy, other])
    assert (list(change.face_ids), change.step.faces) == ([one, copy, other], 1)
    assert names(library) == [None, None, "Ann"]
    assert ties(library).different.tolist() == [[one, other]]
    with pytest.raises(FaceappError, match="on both sides"):
        library.people.different([one], [copy, other])


def test_many_pairs_take_few_rows(library: Library, root: Path) -> None:
    photos = put(library, root, *(f"{number}.jpg" for number in range(90)))
    ids = library.scan_store.save([a_result(photo, [a_face()]) for photo in photos]).face_ids.tolist()
    library.people.different(ids[:45], ids[45:])
    with library._database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM decision").scalar_one() == 89


def test_a_copy_is_never_another_person(library: Library, root: Path) -> None:
    photos = put(library, root, "a.jpg", "copy.jpg")
    one, copy = library.scan_store.save([a_result(photo, [a_face()], of="one") for photo in photos]).face_ids.tolist()
    with pytest.raises(FaceappError, match="on both sides"):
        library.people.different([one], [copy])
    with pytest.raises(FaceappError, match="takes two faces"):
        library.people.same([one, copy])
    change = library.people.hide([one], HideReason.STRANGER)
    assert (change.step.faces, list(change.face_ids)) == (1, [one, copy])


def test_what_was_said_of_a_face_is_what_holds(library: Library, faces: list[int]) -> None:
    library.people.name_faces(faces[:1], "Ann")
    bob = library.people.name_faces(faces[:2], "Bob").person_id
    cid = library.people.name_faces(faces[4:5], "Cid").person_id
    library.people.reject(faces[:1], cid)
    library.people.same(faces[:2])
    said = library.people.said_of(faces[0])
    assert [step.verb for step in said] == ["same", "reject", "move"]
    library.people.clear(faces[:1])
    assert [step.verb for step in library.people.said_of(faces[0])] == ["same", "reject"]
    assert library.people.said_of(faces[5]) == []
    assert bob != cid


def test_names_that_are_taken_people_that_are_gone_and_covers_that_are_others(
    library: Library, faces: list[int]
) -> None:
    ann = library.people.name_faces(faces[:1], "Ann").person_id
    bob = library.people.name_faces(faces[1:2], "Bob").person_id
    with pytest.raises(FaceappError, match="Merge Bob with Ann instead"):
        library.people.rename(bob, "ANN")
    renamed = library.people.rename(bob, "Robert")
    assert (renamed.step.people, renamed.step.note, list(renamed.person_ids)) == (("Robert",), "Bob", [bob])
    with pytest.raises(FaceappError, match="not Ann"):
        library.people.set_cover(ann, faces[1])
    library.people.set_cover(ann, faces[0])
    library.people.set_cover(ann, faces[2])  # a guess may be hers
    library.people.hide([faces[2]], HideReason.STRANGER)
    with library._database.read() as connection:
        assert connection.exec_driver_sql("SELECT cover_id FROM person WHERE id = ?", (ann,)).scalar() is None
    library.people.merge([bob], ann)
    for ask in (
        lambda: library.people.reject(faces[2:3], bob),
        lambda: library.people.merge([bob], ann),
        lambda: library.people.apart(ann, bob),
    ):
        with pytest.raises(FaceappError, match=f"no person {bob}"):
            ask()


def test_a_library_built_again_knows_every_decision(library: Library, root: Path) -> None:
    a, b, copy = put(library, root, "a.jpg", "b.jpg", "copy.jpg")
    results = [
        a_result(a, [a_face(LEFT), a_face(RIGHT)], of="one"),
        a_result(b, [a_face(LEFT)], of="two"),
        a_result(copy, [a_face(LEFT), a_face(RIGHT)], of="one"),
    ]
    left, right, other, *_ = library.scan_store.save(results).face_ids.tolist()
    ann = library.people.name_faces([left], "Ann").person_id
    library.people.hide([right], HideReason.STATUE)
    library.people.reject([other], ann)
    library.people.name_faces([other], "Bob")
    seen: list[object] = []
    library.on_saved(lambda saved: seen.append(saved.removed_face_ids.tolist()))
    before = people(library)
    library.forget_facts()
    assert seen == [[left, right, other, other + 1, other + 2]]
    assert library.reader.face_ids(min_score=0).tolist() == []
    assert people(library) == before
    assert library.thumbnails.photo(a) is None
    again = put(library, root, "a.jpg", "b.jpg", "copy.jpg")
    assert not set(again) & {a, b, copy}
    for photo, of, boxes in zip(again, ("one", "two", "one"), ((RIGHT, LEFT), (LEFT,), (LEFT, RIGHT)), strict=True):
        library.scan_store.save([a_result(photo, [a_face(box) for box in boxes], of=of)])
    assert sorted((face.person_name or "", face.hidden or "") for face in library.reader.faces(range(1, 100))) == [
        *(("", "statue"), ("", "statue"), ("Ann", ""), ("Ann", ""), ("Bob", ""))
    ]
    assert ties(library).rejected[:, 1].tolist() == [ann]
    library.people.undo()
    library.people.undo()
    assert ties(library).rejected.tolist() == []
    assert library.check() == []


def test_an_edited_photo_keeps_all_that_was_said_and_undo_reaches_it(library: Library, root: Path) -> None:
    a, b = put(library, root, "a.jpg", "b.jpg")
    first = a_result(a, [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)])
    left, right, other = library.scan_store.save([first, a_result(b, [a_face(seed=3)])]).face_ids.tolist()
    ann = library.people.name_faces([other], "Ann").person_id
    library.people.different([left], [right, other])
    library.people.reject([right], ann)
    library.people.hide([left], HideReason.STRANGER)
    library.scan_store.put_pending(1, [FoundFile("a.jpg", 7, 7)])
    edited = a_result(a, [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)], of="edited")
    left, right = library.scan_store.save([edited]).face_ids.tolist()
    (face,) = library.reader.faces([left])
    assert face.hidden == HideReason.STRANGER
    library.people.undo()
    (face,) = library.reader.faces([left])
    assert face.hidden is None
    there = ties(library)
    assert there.different.tolist() == [[other, left], [left, right]]
    assert [right, ann] in there.rejected.tolist()
    library.people.undo()
    assert [right, ann] not in ties(library).rejected.tolist()
    assert library.check() == []


def decided(library: Library) -> list[tuple[int, int]]:
    with library._database.read() as connection:
        rows = connection.exec_driver_sql("SELECT face_id, photo_id FROM decided ORDER BY face_id")
        return [(face_id, photo_id) for face_id, photo_id in rows]


def test_copies_of_decisions_come_and_go_with_their_faces(library: Library, root: Path) -> None:
    one, two, three = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    (face,) = library.scan_store.save([a_result(one, [a_face(LEFT)])]).face_ids.tolist()
    library.people.name_faces([face], "Ann")
    assert decided(library) == [(face, one)]

    (copy,) = library.scan_store.save([SamePhoto(two, one, content(f"photo {one}"), moved=False)]).face_ids.tolist()
    assert decided(library) == [(face, one), (copy, two)]

    library.scan_store.mark_missing([one])
    library.scan_store.save([SamePhoto(three, one, content(f"photo {one}"), moved=True)])
    assert decided(library) == [(face, one), (copy, two)]

    (again,) = library.scan_store.save([a_result(two, [a_face(LEFT)], of=f"photo {one}")]).face_ids.tolist()
    assert again != copy
    assert decided(library) == [(face, one), (again, two)]
    assert library.check() == []


def test_faces_that_an_undone_step_was_about_are_named_like_new_ones(library: Library, root: Path) -> None:
    one, two, three = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    first, second, other = library.scan_store.save(
        [a_result(id_, [a_face(LEFT)], of=of) for id_, of in ((one, "same"), (two, "same"), (three, "other"))]
    ).face_ids.tolist()
    library.people.name_faces([first, other], "Ann")
    library.people.undo()
    assert names(library) == [None] * 3
    assert list(library.people.name_faces([first, other], "Bob").face_ids) == [first, second, other]
    assert names(library) == ["Bob"] * 3
    assert [person.name for person in library.reader.people()] == ["Bob"]
    assert library.people.redo() is None
    assert library.check() == []


def test_a_damaged_copy_of_decisions_is_found_and_made_anew(library: Library, faces: list[int]) -> None:
    library.people.name_faces(faces[:2], "Ann")
    with library._database.write() as connection:
        connection.exec_driver_sql("UPDATE decided SET person_id = NULL WHERE face_id = ?", (faces[0],))
        connection.exec_driver_sql("UPDATE person SET name = 'Eve'")
    (found,) = library.check()
    assert "1 faces and 1 people" in found
    assert library.settle() == 2
    assert library.check() == []
    assert library.settle() == 0
    assert names(library)[:2] == ["Ann", "Ann"]
