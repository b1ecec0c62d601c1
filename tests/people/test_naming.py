"""What may be a name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.errors import FaceappError
from faceapp.people.naming import MAX_NAME_LENGTH, People, clean_name
from faceapp.types import Naming


class FakeStore:
    def __init__(self) -> None:
        self.asked: list[tuple[list[int], str]] = []

    def name_faces(self, face_ids: Sequence[int], name: str) -> Naming:
        self.asked.append((list(face_ids), name))
        return Naming(1, name, list(face_ids))


def test_a_clean_request_reaches_the_store() -> None:
    store = FakeStore()
    naming = People(store).name_faces([3, 1, 3], "  Ann\t Bee\n ")
    assert store.asked == [([3, 1], "Ann Bee")]
    assert naming == Naming(1, "Ann Bee", [3, 1])


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\0", "\u200b", "\udcff"])
def test_a_name_without_anything_to_read_is_refused(name: str) -> None:
    store = FakeStore()
    with pytest.raises(FaceappError, match="at least one letter"):
        People(store).name_faces([1], name)
    assert store.asked == []


def test_a_name_that_is_too_long_is_refused() -> None:
    assert clean_name("x" * MAX_NAME_LENGTH) == "x" * MAX_NAME_LENGTH
    with pytest.raises(FaceappError, match="201 characters, at most 200"):
        clean_name("x" * 201)


def test_no_face_is_refused() -> None:
    with pytest.raises(FaceappError, match="No face is chosen"):
        People(FakeStore()).name_faces([], "Ann")


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
