"""What the window asks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import event

from faceapp.library.library import Library
from faceapp.types import Guess, HideReason, Standing
from faceapp.types_scan import SavedFaces
from faceapp.types_search import Filter
from tests.library.guessing import Guessed, automatic, guess, suggested
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, all_vectors, put, unit


def test_ids_come_newest_first_by_date_taken_else_by_file(library: Library, root: Path) -> None:
    a, b, c = put(library, root, "a.jpg", "b.jpg", "c.jpg", mtime_ns=1_500_000_000_000_000_000)
    saved = library.scan_store.save(
        [
            a_result(a, [a_face()], taken=datetime(1969, 1, 1)),
            a_result(b, [a_face(), a_face(RIGHT)]),  # its file is of 2017
            a_result(c, [a_face()], taken=datetime(2021, 1, 1)),
        ]
    )
    ids = saved.face_ids.tolist()
    assert library.reader.photo_ids().tolist() == [c, b, a]
    assert library.reader.face_ids(min_score=0).tolist() == [ids[3], ids[1], ids[2], ids[0]]
    assert library.reader.face_ids(min_score=0).dtype == library.reader.photo_ids().dtype == np.int64


def test_ids_of_a_folder_and_from_a_score(library: Library, tmp_path: Path) -> None:
    (a,) = put(library, tmp_path / "one", "a.jpg")
    (b,) = put(library, tmp_path / "two", "b.jpg")
    saved = library.scan_store.save([a_result(a, [a_face(score=0.4)]), a_result(b, [a_face(score=0.8)])])
    first, second = library.reader.folders()
    assert library.reader.photo_ids(folder_id=first.id).tolist() == [a]
    assert library.reader.face_ids(min_score=0, folder_id=second.id).tolist() == [saved.face_ids[1]]
    assert library.reader.face_ids(min_score=0.5).tolist() == [saved.face_ids[1]]
    assert library.reader.face_ids(min_score=0.4).size == 2
    assert library.reader.counts(0.5).faces == 1


def test_rows_come_in_the_order_asked_for_without_unknown_ones(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(1200)))
    saved = library.scan_store.save([a_result(i, [a_face(seed=i)]) for i in ids])
    wanted = [*reversed(ids), 10**6, ids[0]]
    assert [photo.id for photo in library.reader.photos(wanted)] == [*reversed(ids), ids[0]]
    backwards = saved.face_ids[::-1]
    assert [face.id for face in library.reader.faces(backwards)] == backwards.tolist()  # type: ignore[arg-type]
    assert library.reader.faces([-1]) == []
    assert library.reader.photos([]) == []


def test_faces_of_a_photo_come_left_to_right_named_ones_whatever_their_score(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    faces = [a_face(RIGHT, score=0.4), a_face(LEFT, score=0.9)]
    saved = library.scan_store.save([a_result(photo_id, faces)])
    right, left = saved.face_ids.tolist()
    assert [f.id for f in library.reader.faces_of_photo(photo_id, 0.3)] == [left, right]
    assert [f.id for f in library.reader.faces_of_photo(photo_id, 0.5)] == [left]
    library.people.name_faces([right], "Ann")
    assert [f.person_name for f in library.reader.faces_of_photo(photo_id, 0.5)] == [None, "Ann"]


def test_people_come_by_faces_then_name_with_their_best_face_as_cover(library: Library, root: Path) -> None:
    a, b = put(library, root, "a.jpg", "b.jpg")
    saved = library.scan_store.save(
        [
            a_result(a, [a_face(LEFT, norm=2.0), a_face(RIGHT)]),
            a_result(b, [a_face(LEFT, norm=3.5, score=0.36), a_face(RIGHT)]),
        ]
    )
    one, two, three, four = saved.face_ids.tolist()
    library.people.name_faces([one, three], "Zoë")
    library.people.name_faces([two], "bob")
    library.people.name_faces([four], "Ann")
    people = library.reader.people()
    assert [(p.name, p.faces, p.photos, p.cover_face_id) for p in people] == [
        ("Zoë", 2, 2, three),
        ("Ann", 1, 1, four),
        ("bob", 1, 1, two),
    ]
    zoe = people[0].id
    assert library.reader.face_ids(min_score=0.99, person_id=zoe).size == 2
    assert set(library.reader.photo_ids(person_id=zoe).tolist()) == {a, b}
    library.scan_store.mark_missing([a, b])
    assert [(p.name, p.faces, p.cover_face_id) for p in library.reader.people()] == [
        ("Ann", 0, None),
        ("bob", 0, None),
        ("Zoë", 0, None),
    ]


def test_only_the_vectors_of_the_model_in_use_are_read(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.scan_store.save([a_result(photo_id, [a_face()])])
    library.close()
    with Library.open(library.folder, model="another") as other:
        assert all_vectors(other)[2].shape == (0, 0)
        assert any("no vector of the model" in problem for problem in other.check())
        other.scan_store.save([a_result(photo_id, [a_face()])])
        assert all_vectors(other)[0].size == 1
    with Library.open(library.folder, model=MODEL) as first:
        assert all_vectors(first)[0].size == 0


def test_a_damaged_vector_is_left_out_and_reported(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    saved = library.scan_store.save([a_result(photo_id, [a_face(), a_face(RIGHT)])])
    with library._database.write() as connection:
        connection.exec_driver_sql("UPDATE embedding SET vector = zeroblob(32) WHERE face_id = ?", (1,))
    assert all_vectors(library)[0].tolist() == saved.face_ids.tolist()[1:]
    assert any("damaged vector" in problem for problem in library.check())


def test_a_reader_sees_the_last_commit_while_a_write_is_under_way(library: Library, root: Path) -> None:
    put(library, root, "a.jpg")
    with library._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM photo")
        assert library.reader.counts(0).pending == 1
        assert len(library.scan_store.known_files(1)) == 1
    assert library.reader.counts(0).pending == 0


def test_many_threads_read_while_one_writes(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(60)))
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        try:
            while not stop.is_set():
                face_ids, owners, embeddings = all_vectors(library)
                if not len(face_ids) == len(owners) == len(embeddings) or len(face_ids) % 2:
                    wrong.append(len(face_ids))  # half a photo was seen
                library.reader.faces(library.reader.face_ids(min_score=0).tolist())
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for id_ in ids:
            library.scan_store.save([a_result(id_, [a_face(seed=id_), a_face(RIGHT)])])
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert all_vectors(library)[0].size == 120


def test_a_face_says_who_it_seems_to_be(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(4)))
    saved = library.scan_store.save([a_result(id_, [a_face(seed=id_)]) for id_ in ids])
    known, sure, unsure, grouped = saved.face_ids.tolist()
    ann = library.people.name_faces([known], "Ann").person_id
    guess(library, automatic(sure, ann, 0.75), suggested(unsure, ann), Guessed(grouped, group=1))
    faces = library.reader.faces([known, sure, unsure, grouped])
    assert [face.person_name for face in faces] == ["Ann", None, None, None]
    assert [face.guess for face in faces] == [
        None,
        Guess(ann, "Ann", Standing.AUTOMATIC, 0.75, 0.25),
        Guess(ann, "Ann", Standing.SUGGESTED, 0.5, 0.25),
        None,
    ]
    library.people.name_faces([sure], "Bob")
    (face,) = library.reader.faces([sure])
    assert (face.person_name, face.guess) == ("Bob", None)


def test_a_face_says_whom_it_is_not(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(3)), "copy.jpg")
    results = [a_result(id_, [a_face(LEFT, seed=id_), a_face(RIGHT)]) for id_ in ids[:3]]
    copy = a_result(ids[3], [a_face(LEFT), a_face(RIGHT)], of=f"photo {ids[0]}")
    faces = library.scan_store.save([*results, copy]).face_ids.tolist()
    ann = library.people.name_faces([faces[2]], "Ann").person_id
    bob = library.people.name_faces([faces[4]], "Bob").person_id
    library.people.reject([faces[0], faces[4]], ann)
    library.people.reject([faces[0]], bob)

    def told() -> list[tuple[str, ...]]:
        found = [face.rejected for face in library.reader.faces(faces)]
        in_photos = [face.rejected for id_ in ids for face in library.reader.faces_of_photo(id_, 0)]
        assert found == in_photos
        return found

    nobody: tuple[str, ...] = ()
    assert told() == [("Bob", "Ann"), *[nobody] * 3, ("Ann",), nobody, ("Bob", "Ann"), nobody]  # the copy too
    library.people.undo()
    assert told() == [("Ann",), *[nobody] * 3, ("Ann",), nobody, ("Ann",), nobody]
    library.people.name_faces([faces[0]], "Ann", take_back=True)
    assert told() == [*[nobody] * 4, ("Ann",), *[nobody] * 3]


def test_whom_a_face_is_not_is_called_as_today(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(4)))
    face, one, two, three = library.scan_store.save([a_result(id_, [a_face(seed=id_)]) for id_ in ids]).face_ids
    people = [library.people.name_faces([int(f)], n).person_id for f, n in ((one, "A"), (two, "B"), (three, "C"))]
    for person in people:
        library.people.reject([int(face)], person)

    def told() -> tuple[str, ...]:
        return library.reader.faces([face])[0].rejected

    assert told() == ("C", "B", "A")
    library.people.rename(people[0], "Ann")
    assert told() == ("C", "B", "Ann")
    library.people.merge([people[0]], people[1])
    library.people.merge([people[1]], people[2])
    library.people.rename(people[2], "Cid")
    assert told() == ("Cid",)  # all three are her
    for _ in range(3):
        library.people.undo()
    assert told() == ("C", "B", "Ann")
    library.people.clear([int(two)])
    assert told() == ("C", "Ann")  # there is no Bob any more


def test_whom_faces_are_not_is_looked_up_from_the_faces(library: Library) -> None:
    steps = plan(library, lambda: library.reader.faces([1, 2]))
    assert "SEARCH d USING INDEX decision_place (place_id=? AND kind=?)" in steps
    assert "SEARCH d USING INDEX decision_person (person_id=? AND kind=?)" in steps
    scanned = {step.split()[1] for step in steps if step.startswith("SCAN ")}
    assert scanned == {"here", "said", "became"}  # none of them a table


def test_hidden_faces_leave_every_view_but_their_photo(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    saved = library.scan_store.save([a_result(photo_id, [a_face(LEFT, score=0.4), a_face(RIGHT)])])
    faint, plain = saved.face_ids.tolist()
    ann = library.people.name_faces([faint, plain], "Ann").person_id
    library.people.hide([faint], HideReason.STATUE)
    assert library.reader.counts(0.3).faces == 1
    assert library.reader.face_ids(min_score=0.3).tolist() == [plain]
    assert library.reader.face_ids(min_score=0.3, person_id=ann).tolist() == [plain]
    assert [(f.id, f.hidden, f.person_id) for f in library.reader.faces_of_photo(photo_id, 0.5)] == [
        (faint, HideReason.STATUE, None),
        (plain, None, ann),
    ]
    library.people.clear([faint])
    assert library.reader.counts(0.3).faces == 2
    assert [f.id for f in library.reader.faces_of_photo(photo_id, 0.5)] == [plain]


def test_a_guess_is_no_name(library: Library, root: Path) -> None:
    ids = put(library, root, "a.jpg", "b.jpg")
    saved = library.scan_store.save([a_result(id_, [a_face(seed=id_)]) for id_ in ids])
    known, sure = saved.face_ids.tolist()
    ann = library.people.name_faces([known], "Ann").person_id
    guess(library, automatic(sure, ann))
    assert library.reader.face_ids(min_score=0, person_id=ann).tolist() == [known]
    assert library.reader.photo_ids(person_id=ann).tolist() == [ids[0]]


def plan(library: Library, ask: Callable[[], object]) -> list[str]:
    """Return how SQLite goes about the queries of a call."""
    asked: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        asked.append(arguments[2:4])

    engine = library._database._readers
    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    with library._database.read() as connection:
        rows = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
            for sql, values in asked
            if "SELECT" in sql
        ]
    return [row[3] for some in rows for row in some]


def test_the_vectors_that_there_are_are_listed_from_an_index(library: Library) -> None:
    steps = plan(library, library.reader.vector_listing)
    assert any(step.endswith("embedding USING COVERING INDEX embedding_listing") for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


def test_the_newest_photos_come_from_an_index_as_they_stand_there(library: Library) -> None:
    for ask in (library.reader.photo_ids, library.reader.photo_dates):
        steps = plan(library, ask)
        assert any("photo USING INDEX photo_newest (state=?)" in step for step in steps)
        assert not any("TEMP B-TREE" in step for step in steps)


def test_filters_for_a_few_begin_at_these(library: Library) -> None:
    people, days = Filter(people=(1,), clear=True, folders=(1,)), Filter(taken_from=date(2001, 1, 1), named=True)
    assert "SEARCH face USING INTEGER PRIMARY KEY (rowid=?)" in plan(
        library, lambda: library.reader.filtered_faces(people)
    )
    steps = plan(library, lambda: library.reader.filtered_faces(days))
    assert any("face USING COVERING INDEX face_photo (photo_id=?)" in step for step in steps)
    assert any("photo_newest (state=? AND shown_us>?)" in step for step in steps)


def test_vectors_are_read_back_as_they_were_announced_and_listed(
    library: Library, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("faceapp.library.vector_reader._BLOCK", 3)
    ids = put(library, root, *(f"{i}.jpg" for i in range(4)))
    results = [a_result(id_, [a_face(LEFT, seed=id_), a_face(RIGHT, seed=id_ + 100)]) for id_ in ids]
    saved = library.scan_store.save(results)
    listing = library.reader.vector_listing()
    assert listing.face_ids.tolist() == saved.face_ids.tolist()
    assert listing.photo_ids.tolist() == saved.photo_ids.tolist()
    assert listing.sums.tolist() == saved.sums.tolist()
    assert len(set(listing.sums.tolist())) == 8
    backwards = np.append(saved.face_ids[::-1], [saved.face_ids[0], 999])
    face_ids, sums, vectors = library.reader.vectors(backwards)
    assert face_ids.tolist() == saved.face_ids.tolist()
    assert sums.tolist() == saved.sums.tolist()
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, saved.embeddings)
    some = library.reader.vectors(saved.face_ids[[5, 2]])
    assert np.array_equal(some[2], saved.embeddings[[2, 5]])
    assert [part.shape for part in library.reader.vectors(np.zeros(0, np.int64))] == [(0,), (0,), (0, 0)]


def test_a_vector_that_changed_has_another_sum(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    saved = library.scan_store.save([a_result(photo_id, [a_face(seed=1)])])
    heard: list[SavedFaces] = []
    library.on_saved(heard.append)
    library.vectors.save_vectors(MODEL, {int(saved.face_ids[0]): unit(2)})
    (again,) = heard
    assert again.sums.tolist() == library.reader.vector_listing().sums.tolist() != saved.sums.tolist()
    assert np.array_equal(again.embeddings, library.reader.vectors(saved.face_ids)[2])


def test_faces_of_photos_out_of_view_are_not_listed(library: Library, root: Path) -> None:
    a, b = put(library, root, "a.jpg", "b.jpg")
    saved = library.scan_store.save([a_result(a, [a_face(seed=1)]), a_result(b, [a_face(seed=2)])])
    library.scan_store.mark_missing([a])
    assert library.reader.vector_listing().face_ids.tolist() == [saved.face_ids[1]]
    back = library.scan_store.mark_found([a])
    assert back.sums.tolist() == saved.sums.tolist()[:1]
    assert np.array_equal(back.embeddings, saved.embeddings[:1])


def test_faces_are_counted_without_hidden_ones_and_those_out_of_view(library: Library, root: Path) -> None:
    a, b, c = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    results = [a_result(id_, [a_face(LEFT, score=0.4), a_face(RIGHT, score=0.9)]) for id_ in (a, b, c)]
    faces = library.scan_store.save(results).face_ids.tolist()
    library.people.hide([faces[0], faces[1], faces[3]], HideReason.STATUE)
    assert [library.reader.counts(score).faces for score in (0.3, 0.5)] == [3, 1]
    library.scan_store.mark_missing([b])
    assert [library.reader.counts(score).faces for score in (0.3, 0.5)] == [2, 1]
    assert library.reader.counts(0.3).faces == library.reader.face_ids(min_score=0.3).size
