"""What views and guesses ask about people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from faceapp.library.library import Library
from faceapp.library.people_reader import LibraryPeopleReader
from faceapp.types import AnalysedFace, Box, HideReason, IdArray, Standing
from tests.library.guessing import Guessed, automatic, guess, suggested
from tests.library.making import LEFT, RIGHT, a_face, a_result, put

MIDDLE = Box(0.35, 0.2, 0.2, 0.3)


@pytest.fixture
def reader(library: Library) -> LibraryPeopleReader:
    return library.people_reader


class Album:
    """Photos of 2001, 2002 and so on, oldest first, and their faces."""

    def __init__(self, library: Library, root: Path, *faces: Sequence[AnalysedFace]) -> None:
        self.photos = put(library, root, *(f"{i}.jpg" for i in range(len(faces))))
        results = [
            a_result(id_, some, taken=datetime(2001 + i, 1, 1))
            for i, (id_, some) in enumerate(zip(self.photos, faces, strict=True))
        ]
        self._ids: Iterator[int] = iter(library.scan_store.save(results).face_ids.tolist())
        self.faces = [[next(self._ids) for _ in some] for some in faces]


def name(library: Library, who: str, *faces: int) -> int:
    return library.people.name_faces(faces, who).person_id


def test_a_person_has_confirmed_and_automatic_faces(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    album = Album(library, root, *([a_face(seed=i)] for i in range(5)))
    (known,), (sure,), (unsure,), (grouped,), (alone,) = album.faces
    ann = name(library, "Ann", known)
    bob = name(library, "Bob", alone)
    guess(library, automatic(sure, ann), suggested(unsure, ann), Guessed(grouped, group=1))
    first, second = library.reader.people()
    assert (first.id, first.faces, first.photos, first.automatic, first.suggested) == (ann, 2, 2, 1, 1)
    assert (second.id, second.faces, second.photos, second.automatic, second.suggested) == (bob, 1, 1, 0, 0)
    details = reader.details(ann)
    assert details is not None
    assert (details.name, details.faces, details.automatic, details.suggested, details.photos) == ("Ann", 2, 1, 1, 2)
    assert (details.first, details.last) == (datetime(2001, 1, 1), datetime(2002, 1, 1))
    assert reader.guesses_waiting() == 1


def test_a_photo_counts_once_however_often_the_person_is_in_it(
    library: Library, root: Path, reader: LibraryPeopleReader
) -> None:
    both = [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)]
    album = Album(
        library, root, both, both[::-1], [a_face(LEFT, seed=3), a_face(MIDDLE, seed=4), a_face(RIGHT, seed=5)]
    )
    (a, b), (c, d), (e, f, g) = album.faces
    ann = name(library, "Ann", a, b, c)  # twice confirmed
    guess(library, automatic(d, ann), automatic(e, ann), automatic(f, ann), suggested(g, ann))
    (person,) = library.reader.people()
    details = reader.details(ann)
    assert details is not None
    assert (person.faces, person.photos) == (details.faces, details.photos) == (6, 3)


def test_photos_out_of_view_do_not_count(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    album = Album(library, root, *([a_face(seed=i)] for i in range(6)))
    (known,), (other,), (sure,), (unsure,), (one,), (two,) = album.faces
    ann = name(library, "Ann", known, other)
    guess(library, automatic(sure, ann), suggested(unsure, ann), Guessed(one, group=1), Guessed(two, group=1))
    assert len(reader.groups()) == 1
    library.scan_store.mark_missing(album.photos[1:])
    (person,) = library.reader.people()
    details = reader.details(ann)
    assert details is not None
    assert (person.faces, person.photos, person.automatic, person.suggested) == (1, 1, 0, 0)
    assert (details.faces, details.photos, details.automatic, details.suggested) == (1, 1, 0, 0)
    assert reader.person_faces(ann, suggested=True).face_ids.tolist() == [known]
    assert (reader.groups(), reader.group_faces(1).tolist(), reader.guesses_waiting()) == ([], [], 0)
    assert reader.facts().face_ids.tolist() == [known]


def test_a_person_of_whom_nothing_is_in_view_is_still_listed(
    library: Library, root: Path, reader: LibraryPeopleReader
) -> None:
    album = Album(library, root, [a_face()], [a_face(seed=2)])
    ann = name(library, "Ann", album.faces[0][0])
    guess(library, suggested(album.faces[1][0], ann))
    library.scan_store.mark_missing(album.photos[:1])
    (person,) = library.reader.people()
    assert (person.faces, person.photos, person.cover_face_id, person.suggested) == (0, 0, None, 1)
    details = reader.details(ann)
    assert details is not None
    assert (details.faces, details.photos, details.first, details.last) == (0, 0, None, None)
    assert (details.cover_face_id, details.suggested, details.often_with) == (None, 1, ())
    assert reader.person_faces(ann).face_ids.size == 0


def test_the_cover_is_the_chosen_face_else_the_best_confirmed_one(
    library: Library, root: Path, reader: LibraryPeopleReader
) -> None:
    album = Album(library, root, *([a_face(seed=i, norm=norm)] for i, norm in enumerate((0.125, 0.25, 9.0, 9.5))))
    (plain,), (best,), (sure,), (surest,) = album.faces
    ann = name(library, "Ann", plain, best)
    guess(library, automatic(sure, ann, 0.5), automatic(surest, ann, 0.75))

    def covers() -> set[int | None]:
        details = reader.details(ann)
        assert details is not None
        return {library.reader.people()[0].cover_face_id, details.cover_face_id}

    assert covers() == {best}
    library.people.set_cover(ann, plain)
    assert covers() == {plain}
    library.scan_store.mark_missing(album.photos[:1])
    assert covers() == {best}  # a cover that is out of view shows nothing
    library.scan_store.mark_missing(album.photos[1:2])
    assert covers() == {surest}
    library.scan_store.mark_found(album.photos[:1])
    assert covers() == {plain}


def test_an_automatic_face_may_be_the_cover_until_it_is_someone_elses(
    library: Library, root: Path, reader: LibraryPeopleReader
) -> None:
    album = Album(library, root, *([a_face(seed=i)] for i in range(3)))
    (known,), (sure,), (bobs,) = album.faces
    ann = name(library, "Ann", known)
    name(library, "Bob", bobs)
    guess(library, automatic(sure, ann))
    library.people.set_cover(ann, sure)
    (cover,) = (person.cover_face_id for person in library.reader.people() if person.id == ann)
    assert cover == sure
    name(library, "Bob", sure)
    (cover,) = (person.cover_face_id for person in library.reader.people() if person.id == ann)
    assert cover == known


def test_the_faces_of_a_person_come_newest_first_with_their_standing(
    library: Library, root: Path, reader: LibraryPeopleReader
) -> None:
    album = Album(library, root, *([a_face(seed=i)] for i in range(4)))
    (oldest,), (old,), (new,), (newest,) = album.faces
    ann = name(library, "Ann", old)
    guess(library, automatic(oldest, ann, 0.75), automatic(newest, ann, 0.625), suggested(new, ann, 0.5))
    faces = reader.person_faces(ann)
    assert faces.face_ids.tolist() == [newest, old, oldest]
    assert faces.photo_ids.tolist() == [album.photos[3], album.photos[1], album.photos[0]]
    assert faces.standings.tolist() == [Standing.AUTOMATIC, Standing.CONFIRMED, Standing.AUTOMATIC]
    assert faces.scores.tolist() == [0.625, 1.0, 0.75]
    assert faces.shown_us.tolist() == [
        int((datetime(year, 1, 1) - datetime(1970, 1, 1)).total_seconds()) * 10**6 for year in (2004, 2002, 2001)
    ]
    assert (faces.face_ids.dtype, faces.scores.dtype) == (np.int64, np.float32)
    with_suggested = reader.person_faces(ann, suggested=True)
    assert with_suggested.face_ids.tolist() == [newest, new, old, oldest]
    assert with_suggested.standings.tolist()[1] == Standing.SUGGESTED
    assert reader.person_faces(10**6).face_ids.size == 0


def test_details_say_who_is_often_in_the_same_photos(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    three = [a_face(LEFT, seed=1), a_face(MIDDLE, seed=2), a_face(RIGHT, seed=3)]
    album = Album(library, root, three, three, three, [a_face(LEFT, seed=4)])
    ann = name(library, "Ann", *(left for left, *_ in album.faces))
    bob = name(library, "Bob", album.faces[0][1])
    cid = name(library, "Cid", album.faces[0][2], album.faces[1][2], album.faces[2][2])
    guess(library, automatic(album.faces[1][1], bob), suggested(album.faces[2][1], bob))
    details = reader.details(ann)
    assert details is not None
    assert details.often_with == ((cid, "Cid", 3), (bob, "Bob", 2))
    library.people.hide([album.faces[0][2]], HideReason.NOT_A_FACE)
    library.scan_store.mark_missing(album.photos[1:2])
    details = reader.details(ann)
    assert details is not None
    assert details.often_with == ((bob, "Bob", 1), (cid, "Cid", 1))  # by name where it is as often


def test_at_most_six_people_are_often_together(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    crowd = [a_face(Box(i / 10, 0.1, 0.05, 0.1), seed=i) for i in range(9)]
    album = Album(library, root, crowd)
    ann, *_ = [name(library, f"Person {i}", face) for i, face in enumerate(album.faces[0])]
    details = reader.details(ann)
    assert details is not None
    assert [called for _, called, _ in details.often_with] == [f"Person {i}" for i in range(1, 7)]


def test_details_say_when_somebody_was_born(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    album = Album(library, root, [a_face()])
    ann = name(library, "Ann", album.faces[0][0])
    library.people.set_born(ann, date(1998, 2, 28))
    details = reader.details(ann)
    assert details is not None
    assert details.born == date(1998, 2, 28)
    assert reader.details(ann + 1) is None


def test_hidden_faces_are_listed_newest_first(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    album = Album(library, root, *([a_face(seed=i)] for i in range(4)))
    (old,), (shown,), (new,), (missing,) = album.faces
    library.people.hide([new, old, missing], HideReason.STRANGER)
    library.scan_store.mark_missing(album.photos[3:])
    assert reader.hidden_ids().tolist() == [new, old]
    assert reader.facts().face_ids.tolist() == [shown]


def test_groups_have_two_faces_or_more_and_the_most_typical_face_stands_for_them(
    library: Library, root: Path, reader: LibraryPeopleReader
) -> None:
    album = Album(library, root, *([a_face(LEFT, seed=i), a_face(RIGHT, seed=i)] for i in range(3)))
    (a, b), (c, d), (e, f) = album.faces
    guess(
        library,
        Guessed(a, group=5, score=0.5),
        Guessed(b, group=5, score=0.875),
        Guessed(c, group=5, score=0.75),
        Guessed(d, group=2, score=0.5),
        Guessed(e, group=2, score=0.625),
        Guessed(f, group=3),
    )
    assert [(group.id, group.faces, group.photos, group.cover_face_id) for group in reader.groups()] == [
        (5, 3, 2, b),
        (2, 2, 2, e),
    ]
    assert reader.group_faces(5).tolist() == [b, c, a]
    assert reader.group_faces(0).size == reader.group_faces(99).size == 0
    name(library, "Ann", b)
    assert [(group.id, group.faces, group.cover_face_id) for group in reader.groups()] == [(2, 2, e), (5, 2, c)]
    assert reader.group_faces(5).tolist() == [c, a]


def test_facts_hold_what_grouping_needs(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    first, copy, other = put(library, root, "a.jpg", "b.jpg", "c.jpg")
    library.scan_store.save(
        [
            a_result(first, [a_face(LEFT, score=0.4, norm=2.5), a_face(RIGHT)], of="one", taken=datetime(2001, 1, 1)),
            a_result(other, [a_face(LEFT)], of="two"),
            a_result(copy, [a_face(LEFT, score=0.4), a_face(RIGHT)], of="one"),
        ]
    )
    ids = library.reader.face_ids(min_score=0)
    face_ids = sorted(ids.tolist())
    ann = name(library, "Ann", face_ids[0])
    library.people.hide([face_ids[2]], HideReason.STRANGER)
    facts = reader.facts()
    rows = facts.face_ids.tolist()
    assert rows == [id_ for id_ in face_ids if id_ != face_ids[2]]
    of = {face: library.reader.faces([face])[0] for face in rows}
    assert facts.photo_ids.tolist() == [of[face].photo_id for face in rows]
    contents = dict(zip(facts.photo_ids.tolist(), facts.contents.tolist(), strict=True))
    assert contents[first] == contents[copy]
    assert set(facts.person_ids.tolist()) == {0, ann}
    assert (facts.person_ids > 0).sum() == 2  # the face and its copy
    assert facts.score.tolist() == pytest.approx([of[face].score for face in rows])
    assert facts.norm.tolist() == pytest.approx([of[face].quality.norm for face in rows])
    shown = dict(zip(facts.photo_ids.tolist(), facts.shown_us.tolist(), strict=True))
    assert shown[first] == (datetime(2001, 1, 1) - datetime(1970, 1, 1)).days * 86_400 * 10**6


def test_contents_are_different_where_the_files_are(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    Album(library, root, [a_face(LEFT), a_face(RIGHT)], [a_face()], [a_face()])
    facts = reader.facts()
    assert facts.contents.tolist() == [0, 0, 1, 2]


def test_an_empty_library_has_nothing(reader: LibraryPeopleReader) -> None:
    assert reader.groups() == []
    assert reader.guesses_waiting() == 0
    assert reader.details(1) is None
    empty: list[IdArray] = [
        reader.hidden_ids(),
        reader.group_faces(1),
        reader.person_faces(1).face_ids,
        reader.facts().face_ids,
        reader.facts().contents,
        reader.grouping().face_ids,
    ]
    assert all(array.shape == (0,) and array.dtype == np.int64 for array in empty)
    assert reader.ties().same.shape == (0, 2)


def test_ties_are_what_the_user_said(library: Library, root: Path, reader: LibraryPeopleReader) -> None:
    album = Album(library, root, *([a_face(seed=i)] for i in range(3)))
    (a,), (b,), (known,) = album.faces
    ann = name(library, "Ann", known)
    library.people.different([a], [b])
    library.people.reject([a], ann)
    assert reader.ties().different.tolist() == [[a, b]]
    assert reader.ties().rejected.tolist() == [[a, ann]]
