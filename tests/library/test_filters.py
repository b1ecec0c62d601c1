"""Filters let through what they say, and each is one query that reads no more than it must."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from faceapp.library.filters import CLEAR_SHARE
from faceapp.library.library import Library
from faceapp.types import HideReason
from faceapp.types_search import NO_FILTER, Filter
from tests.library.guessing import Guessed, automatic, guess, suggested
from tests.library.making import LEFT, RIGHT, a_face, a_result, put

FACES = ("ann", "sure", "unsure", "grouped", "hidden", "small", "weak", "bob")


class Made:
    """Four photos in two folders, two faces each; ``ids`` by the names of ``FACES``, ``photos`` in the same order."""

    def __init__(self, library: Library, root: Path) -> None:
        self.reader = library.reader
        self.photos = [*put(library, root / "one", "a.jpg", "b.jpg"), *put(library, root / "two", "c.jpg", "d.jpg")]
        days = (datetime(2001, 1, 1), datetime(2002, 2, 2, 23, 59, 59, 999999), datetime(2003, 3, 3, 0, 0), None)
        faces = [a_face(LEFT if number % 2 == 0 else RIGHT, seed=number, norm=3.0) for number in range(8)]
        faces[5] = a_face(RIGHT, seed=5, size_px=20.0)
        faces[6] = a_face(LEFT, seed=6, norm=1.0)
        pairs = zip(faces[::2], faces[1::2], strict=True)
        results = [
            a_result(photo, list(pair), taken=day) for photo, pair, day in zip(self.photos, pairs, days, strict=True)
        ]
        found = library.scan_store.save(results).face_ids.tolist()
        self.ids = dict(zip(FACES, found, strict=True))
        self.ann = library.people.name_faces([self.ids["ann"]], "Ann").person_id
        self.bob = library.people.name_faces([self.ids["bob"]], "Bob").person_id
        library.people.hide([self.ids["hidden"]], HideReason.STATUE)
        guess(
            library,
            automatic(self.ids["sure"], self.ann),
            suggested(self.ids["unsure"], self.ann),
            Guessed(self.ids["grouped"], group=1),
        )
        self.one, self.two = (folder.id for folder in library.reader.folders())

    def faces(self, only: Filter) -> set[str]:
        passing = self.reader.filtered_faces(only)
        assert passing.tolist() == sorted(passing.tolist())
        assert set(self.reader.face_ids(min_score=0, only=only).tolist()) == set(passing.tolist())
        return {name for name, id_ in self.ids.items() if id_ in passing}

    def photos_of(self, only: Filter) -> list[int]:
        """Return positions in ``photos``."""
        return [self.photos.index(id_) for id_ in self.reader.photo_ids(only=only).tolist()]


@pytest.fixture
def made(library: Library, root: Path) -> Made:
    return Made(library, root)


def names(*out: str) -> set[str]:
    return set(FACES) - {"hidden", *out}


def test_people_are_their_confirmed_and_automatic_faces(made: Made) -> None:
    assert made.faces(Filter(people=(made.ann,))) == {"ann", "sure"}
    assert made.faces(Filter(people=(made.ann, made.bob))) == {"ann", "sure", "bob"}
    assert made.photos_of(Filter(people=(made.ann, made.bob))) == [0, 3]


def test_somebody_is_confirmed_or_automatic(made: Made) -> None:
    assert made.faces(Filter(named=True)) == {"ann", "sure", "bob"}
    assert made.faces(Filter(named=False)) == {"unsure", "grouped", "small", "weak"}
    assert 0 not in made.photos_of(Filter(named=False))


def test_both_days_are_included_to_their_last_microsecond(made: Made) -> None:
    assert made.photos_of(Filter(taken_from=date(2002, 2, 2), taken_to=date(2002, 2, 2))) == [1]
    assert made.photos_of(Filter(taken_from=date(2003, 3, 3))) == [2]
    assert made.photos_of(Filter(taken_to=date(2002, 2, 1), taken_from=date(2001, 1, 1))) == [0]
    assert made.faces(Filter(taken_from=date(2002, 2, 3), taken_to=date(9999, 12, 31))) == {"small"}


def test_a_photo_without_a_date_taken_goes_by_its_file(made: Made) -> None:
    assert made.photos_of(Filter(taken_to=date(1970, 1, 1))) == [3]


def test_any_of_the_folders(made: Made) -> None:
    assert sorted(made.photos_of(Filter(folders=(made.one,)))) == [0, 1]
    assert sorted(made.photos_of(Filter(folders=(made.one, made.two)))) == [0, 1, 2, 3]
    assert made.faces(Filter(folders=(made.two,))) == {"small", "weak", "bob"}


def test_size_and_clearness(made: Made) -> None:
    assert made.faces(Filter(least_size=21)) == names("small")
    assert made.faces(Filter(least_size=20)) == names()
    usual = (7 * 3.0 + 1.0) / 8
    assert 1.0 < CLEAR_SHARE * usual < 3.0
    assert made.faces(Filter(clear=True)) == names("weak")


def test_one_face_of_a_photo_must_pass_all_parts(made: Made) -> None:
    assert made.photos_of(Filter(named=False, least_size=21)) == [1, 3]
    assert made.photos_of(Filter(people=(made.bob,), clear=True)) == [3]
    assert made.photos_of(Filter(named=False, clear=True, folders=(made.two,))) == [2]
    assert made.photos_of(Filter(people=(made.ann,), taken_from=date(2001, 1, 2))) == []


def test_a_hidden_face_never_passes(library: Library, made: Made) -> None:
    library.people.hide([made.ids["small"]], HideReason.STATUE)
    assert made.faces(NO_FILTER) == names("small")
    assert 2 not in made.photos_of(Filter(named=False))
    assert 2 in made.photos_of(NO_FILTER)


def test_photos_out_of_view_never_pass(library: Library, made: Made) -> None:
    library.scan_store.mark_missing([made.photos[0]])
    for only in (NO_FILTER, Filter(people=(made.ann,)), Filter(folders=(made.one,)), Filter(named=True)):
        assert 0 not in made.photos_of(only)
        assert not {"ann", "sure"} & made.faces(only)


def test_parts_that_are_combined_let_through_what_each_lets_through(made: Made) -> None:
    parts: list[dict[str, object]] = [
        {"people": (made.ann, made.bob)},
        {"named": True},
        {"named": False},
        {"taken_from": date(2001, 1, 1)},
        {"taken_to": date(2002, 2, 2)},
        {"folders": (made.one,)},
        {"least_size": 21},
        {"clear": True},
    ]
    alone = [made.faces(Filter(**part)) for part in parts]  # type: ignore[arg-type]
    assert all(set() < some < names() | {"hidden"} for some in alone)
    for first, second in itertools.combinations(range(len(parts)), 2):
        if parts[first].keys() == parts[second].keys():
            continue
        both = Filter(**parts[first], **parts[second])  # type: ignore[arg-type]
        assert made.faces(both) == alone[first] & alone[second]


def test_filters_go_with_a_folder_a_person_and_a_score(made: Made) -> None:
    big = Filter(least_size=21)
    assert made.reader.photo_ids(folder_id=made.two, only=big).tolist() == [made.photos[3]]
    assert made.reader.photo_ids(person_id=made.bob, only=big).tolist() == [made.photos[3]]
    assert made.reader.photo_ids(person_id=made.bob, only=Filter(folders=(made.one,))).size == 0
    assert made.reader.face_ids(min_score=0, folder_id=made.two, only=big).tolist() == ids(made, "weak", "bob")
    assert made.reader.face_ids(min_score=0, person_id=made.bob, only=big).tolist() == ids(made, "bob")
    assert made.reader.face_ids(min_score=0.95, only=big).size == 0


def test_answers_come_newest_first_and_faces_in_order_of_id(made: Made) -> None:
    wide = Filter(least_size=1)
    assert made.photos_of(wide) == made.photos_of(NO_FILTER) == [2, 1, 0, 3]
    expected = ids(made, "small", "unsure", "grouped", "ann", "sure", "weak", "bob")
    assert made.reader.face_ids(min_score=0, only=wide).tolist() == expected


def test_dates_of_photos_come_newest_first(made: Made) -> None:
    photo_ids, shown_us = made.reader.photo_dates()
    assert photo_ids.tolist() == made.reader.photo_ids().tolist()
    assert shown_us.dtype == np.int64
    days = [np.datetime64(int(us), "us").astype(datetime) for us in shown_us[:3]]
    assert days == [datetime(2003, 3, 3), datetime(2002, 2, 2, 23, 59, 59, 999999), datetime(2001, 1, 1)]


def test_faces_that_are_somebody_and_who(library: Library, made: Made) -> None:
    assert pairs(made) == {made.ids["ann"]: made.ann, made.ids["sure"]: made.ann, made.ids["bob"]: made.bob}
    assert made.reader.face_people()[0].tolist() == ids(made, "ann", "sure", "bob")
    library.scan_store.mark_missing([made.photos[0]])
    assert pairs(made) == {made.ids["bob"]: made.bob}


def test_an_empty_library_has_empty_answers(library: Library) -> None:
    for only in (NO_FILTER, Filter(clear=True), Filter(folders=(1,)), Filter(people=(1,), named=True)):
        assert library.reader.photo_ids(only=only).size == library.reader.face_ids(min_score=0, only=only).size == 0
        assert library.reader.filtered_faces(only).size == 0
    assert [column.size for column in (*library.reader.photo_dates(), *library.reader.face_people())] == [0] * 4


def ids(made: Made, *faces: str) -> list[int]:
    return [made.ids[name] for name in faces]


def pairs(made: Made) -> dict[int, int]:
    face_ids, people = made.reader.face_people()
    return dict(zip(face_ids.tolist(), people.tolist(), strict=True))
