"""Guesses are kept, and never over what the user said."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection

from faceapp.library import group_store
from faceapp.library.library import Library
from faceapp.types import HideReason, Standing
from tests.library.guessing import Guessed, a_grouping, automatic, guess, rows_of, suggested
from tests.library.making import RIGHT, a_face, a_result, put


def faces_of(library: Library, root: Path, count: int) -> list[int]:
    """Put so many photos with one face each into the library; return the faces."""
    ids = put(library, root, *(f"{i}.jpg" for i in range(count)))
    return [int(id_) for id_ in library.scan_store.save([a_result(id_, [a_face(seed=id_)]) for id_ in ids]).face_ids]


def stored(library: Library) -> list[Guessed]:
    return rows_of(library.people_reader.grouping())


def test_guesses_are_read_as_they_were_saved(library: Library, root: Path) -> None:
    a, b, c, d, known = faces_of(library, root, 5)
    ann = library.people.name_faces([known], "Ann").person_id
    rows = [
        Guessed(a, group=7, score=0.5),
        Guessed(b, group=7, person=ann, standing=Standing.SUGGESTED, score=0.375, margin=0.125, runner_up=99),
        automatic(c, ann),
    ]
    assert guess(library, *rows, Guessed(d), Guessed(known, person=ann, standing=Standing.CONFIRMED)) == 3
    assert stored(library) == rows


def test_order_of_the_faces_does_not_matter(library: Library, root: Path) -> None:
    a, b, c = faces_of(library, root, 3)
    rows = [Guessed(face, group=face) for face in (a, b, c)]
    assert guess(library, *reversed(rows)) == 3
    assert stored(library) == rows
    assert guess(library, rows[1], rows[0], rows[2]) == 0


def test_only_what_differs_is_written(library: Library, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    *faces, known = faces_of(library, root, 7)
    ann = library.people.name_faces([known], "Ann").person_id
    guess(library, *(Guessed(face, group=1) for face in faces[:5]))
    written: list[Sequence[int]] = []
    replace = group_store._replace

    def spy(connection: Connection, face_ids: Sequence[int], *rest: object) -> int:
        written.append(list(face_ids))
        return replace(connection, face_ids, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(group_store, "_replace", spy)
    same, other_group, other_score, gone, nothing_said, new = faces
    changed = guess(
        library,
        Guessed(same, group=1),
        Guessed(other_group, group=2),
        Guessed(other_score, group=1, score=0.75),
        Guessed(nothing_said),
        Guessed(new, group=2),
        Guessed(known, person=ann, standing=Standing.CONFIRMED),
    )
    assert changed == 5
    assert written == [[other_group, other_score, gone, nothing_said, new]]
    assert [row.face for row in stored(library)] == [same, other_group, other_score, new]


def test_a_large_grouping_is_written_in_several_transactions(
    library: Library, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = faces_of(library, root, 10)
    monkeypatch.setattr(group_store, "_ROWS", 4)
    seen: list[int] = []
    replace = group_store._replace

    def spy(*args: object) -> int:
        # What another connection sees: the transactions before this one.
        seen.append(len(stored(library)))
        return replace(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(group_store, "_replace", spy)
    assert guess(library, *(Guessed(face, group=1) for face in faces)) == 10
    assert seen == [0, 4, 8]


def test_a_decision_made_between_two_transactions_stands(
    library: Library, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faces = faces_of(library, root, 4)
    monkeypatch.setattr(group_store, "_ROWS", 2)
    replace = group_store._replace
    decided = threading.Event()

    def name_first(connection: Connection, face_ids: Sequence[int], *rest: object) -> int:
        changed = replace(connection, face_ids, *rest)  # type: ignore[arg-type]
        if not decided.is_set():
            decided.set()
            naming.start()  # waits for this transaction, and gets its turn before or after the next one
        return changed

    naming = threading.Thread(target=lambda: library.people.name_faces([faces[0], faces[3]], "Ann"))
    monkeypatch.setattr(group_store, "_replace", name_first)
    guess(library, *(Guessed(face, group=1) for face in faces))
    naming.join()
    assert [row.face for row in stored(library)] == faces[1:3]


def test_faces_decided_hidden_or_gone_since_are_left_out(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(5)))
    saved = library.scan_store.save([a_result(id_, [a_face(seed=id_)]) for id_ in ids])
    free, named, hidden, *_, read_again = saved.face_ids.tolist()
    found = a_grouping(*(Guessed(face, group=1) for face in saved.face_ids.tolist()))
    library.people.name_faces([named], "Ann")
    library.people.hide([hidden], HideReason.STRANGER)
    library.scan_store.mark_missing([ids[3]])
    library.scan_store.save([a_result(ids[4], [a_face(RIGHT)])])
    assert library.groups.save(found) == 1
    assert [row.face for row in stored(library)] == [free]
    assert read_again not in library.reader.face_ids(min_score=0)


def test_a_guess_of_somebody_who_is_no_more_is_left_out(library: Library, root: Path) -> None:
    known, free = faces_of(library, root, 2)
    ann = library.people.name_faces([known], "Ann").person_id
    library.people.undo()
    assert guess(library, suggested(free, ann)) == 0
    assert stored(library) == []


def test_nothing_found_forgets_all_guesses(library: Library, root: Path) -> None:
    faces = faces_of(library, root, 2)
    guess(library, *(Guessed(face, group=1) for face in faces))
    assert guess(library) == 2
    assert stored(library) == []
