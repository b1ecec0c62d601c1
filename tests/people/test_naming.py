"""What may be a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.errors import FaceappError
from faceapp.people.naming import MAX_NAME_LENGTH, People, clean_name
from faceapp.ports_people import PeopleStore
from faceapp.types import Combine, HideReason, Naming
from faceapp.types_search import NO_FILTER, Filter, Search


class FakeStore:
    """Writes down what it is asked, whatever the verb."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def name_faces(self, face_ids: Sequence[int], name: str, *, take_back: bool = False) -> Naming:
        self.asked.append((list(face_ids), name))
        return Naming(1, name, list(face_ids))

    def __getattr__(self, verb: str) -> Callable[..., None]:
        return lambda *args, **options: self.asked.append((verb, *args, *options.values()))


def people() -> tuple[People, FakeStore]:
    store = FakeStore()
    return People(cast(PeopleStore, store)), store


def test_a_clean_request_reaches_the_store() -> None:
    asking, store = people()
    naming = asking.name_faces([3, 1, 3], "  Ann\t Bee\n ")
    assert store.asked == [([3, 1], "Ann Bee")]
    assert naming == Naming(1, "Ann Bee", [3, 1])


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\0", "\u200b", "\udcff"])
def test_a_name_without_anything_to_read_is_refused(name: str) -> None:
    asking, store = people()
    for ask in (lambda: asking.name_faces([1], name), lambda: asking.rename(1, name)):
        with pytest.raises(FaceappError, match="at least one letter"):
            ask()
    assert store.asked == []


def test_an_album_has_a_clean_name_and_something_to_look_for() -> None:
    asking, store = people()
    search = Search((), Combine.ANY, 0.5, Filter(clear=True))
    asking.save_album("  Clear\tones ", search, 3)
    asking.remove_album(3)
    assert store.asked == [("save_album", "Clear ones", search, 3), ("remove_album", 3)]
    with pytest.raises(FaceappError, match="Type the name of the album"):
        asking.save_album(" ", search)
    with pytest.raises(FaceappError, match="nothing to look for"):
        asking.save_album("Everything", replace(search, filter=NO_FILTER))
    assert len(store.asked) == 2


def test_a_name_that_is_too_long_is_refused() -> None:
    assert clean_name("x" * MAX_NAME_LENGTH) == "x" * MAX_NAME_LENGTH
    with pytest.raises(FaceappError, match="201 characters, at most 200"):
        clean_name("x" * 201)


def test_requests_that_make_no_sense_reach_no_store() -> None:
    asking, store = people()
    no_face: list[Callable[[], object]] = [
        lambda: asking.name_faces([], "Ann"),
        lambda: asking.clear([]),
        lambda: asking.reject([], 1),
        lambda: asking.same([]),
        lambda: asking.different([1], []),
        lambda: asking.hide([], HideReason.STATUE),
        lambda: asking.split([], [1]),
    ]
    for ask in no_face:
        with pytest.raises(FaceappError, match="No face is chosen"):
            ask()
    with pytest.raises(FaceappError, match="takes two faces"):
        asking.same([3, 3])
    with pytest.raises(FaceappError, match="takes two people"):
        asking.merge([7, 7], 7)
    with pytest.raises(FaceappError, match="yet to come"):
        asking.set_born(1, date(9999, 1, 1))
    assert store.asked == []


def test_every_verb_reaches_the_store_with_plain_numbers_each_once() -> None:
    asking, store = people()
    faces = np.array([3, 1, 3])
    asking.clear(faces)
    asking.reject(faces, 7)
    asking.same(faces, take_back=True)
    asking.different(faces, [5], take_back=True)
    asking.apart(7, 8)
    asking.hide(faces, HideReason.STRANGER)
    asking.merge([8, 7, 8], 7)
    asking.split(faces, [5, 5])
    asking.split(faces, [])
    asking.rename(7, " Ann ")
    asking.set_cover(7, 3)
    asking.set_born(7, date(1980, 1, 2))
    asking.undo()
    asking.redo()
    asking.history(5)
    asking.said_of(3)
    assert store.asked == [
        ("clear", [3, 1]),
        ("reject", [3, 1], 7),
        ("same", [3, 1], True),
        ("different", [3, 1], [5], True),
        ("apart", 7, 8),
        ("hide", [3, 1], HideReason.STRANGER),
        ("merge", [8], 7, False),
        ("split", [3, 1], [5], False),
        ("split", [3, 1], [], False),
        ("rename", 7, "Ann"),
        ("set_cover", 7, 3),
        ("set_born", 7, date(1980, 1, 2)),
        ("undo",),
        ("redo",),
        ("history", 5),
        ("said_of", 3),
    ]
    assert {type(number) for number in store.asked[0][1]} == {int}


@pytest.mark.parametrize("name", ["Ann", "Éloïse", "李小龙", "O’Brien-Smith, Jr.", "محمد", "🙂"])
def test_names_of_every_script_stay_as_they_are(name: str) -> None:
    assert clean_name(name) == name


@settings(deadline=None)
@given(st.text(max_size=250))
def test_cleaning_twice_is_cleaning_once(name: str) -> None:
    try:
        cleaned = clean_name(name)
    except FaceappError:
        return
    assert clean_name(cleaned) == cleaned
    assert 1 <= len(cleaned) <= MAX_NAME_LENGTH
    cleaned.encode()
