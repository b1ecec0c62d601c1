"""A search becomes one call of the gallery."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from faceapp import answering
from faceapp.errors import FaceappError
from faceapp.index.matches import SortedMatches
from faceapp.ports import Services
from faceapp.types import Combine, FloatArray, IdArray
from faceapp.types_search import NO_FILTER, Filter, Role, Rows, Search, SearchFace

FLOOR, SEARCH = 0.3, 0.45


def vector(number: int) -> FloatArray:
    return np.eye(4, dtype=np.float32)[number]


@dataclass
class FakeGallery:
    """Knows faces 1 to 3 and finds four of them in three photos."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def embedding(self, face_id: int) -> FloatArray | None:
        return vector(face_id) if face_id in (1, 2, 3) else None

    def search(
        self,
        probes: FloatArray,
        combine: Combine,
        *,
        exclude: FloatArray | None,
        without: float,
        allowed: IdArray | None,
    ) -> Any:
        listed = [None if a is None else a.tolist() for a in (probes.argmax(1), exclude, allowed)]
        self.asked.append((combine, without, *listed))
        ids, photos = np.array([7, 8, 9, 10]), np.array([1, 1, 2, 3])
        found = SortedMatches(ids, photos, np.array([0.9, 0.8, 0.6, 0.4], np.float32), FLOOR)
        return SimpleNamespace(count=found.count, best_of_photos=lambda: SimpleNamespace(count=lambda cut: cut))


@pytest.fixture
def gallery() -> FakeGallery:
    return FakeGallery()


@pytest.fixture
def services(gallery: FakeGallery) -> Services:
    reader = SimpleNamespace(
        filtered_faces=lambda only: np.array([only.least_size, 99]),
        photo_ids=lambda only: np.arange(only.least_size),
    )
    recognition = SimpleNamespace(search_threshold=SEARCH)
    return cast(Services, SimpleNamespace(gallery=gallery, reader=reader, recognition=recognition))


def face(face_id: int | None, role: Role = Role.INCLUDE, embedding: FloatArray | None = None) -> SearchFace:
    return SearchFace("somebody", role, face_id, embedding)


def of(*faces: SearchFace, only: Filter = NO_FILTER, rows: Rows = Rows.FACES) -> Search:
    return Search(faces, Combine.ALL, 0.5, only, rows=rows)


def test_faces_take_part_in_their_role(services: Services, gallery: FakeGallery) -> None:
    away = face(None, Role.EXCLUDE, vector(0))
    found = answering.answer(services, of(face(1), face(None, embedding=vector(2)), away, face(3, Role.OFF)))
    assert gallery.asked == [(Combine.ALL, SEARCH, [1, 2], [vector(0).tolist()], None)]
    assert found.count(0.5) == 3


def test_a_filter_lets_faces_through_and_rows_may_be_photos(services: Services, gallery: FakeGallery) -> None:
    found = answering.answer(services, of(face(1), only=Filter(least_size=50), rows=Rows.PHOTOS))
    assert gallery.asked == [(Combine.ALL, SEARCH, [1], None, [50, 99])]
    assert found.count(0.25) == 0.25  # what ``best_of_photos`` gave


def test_a_face_without_an_embedding_says_nothing(services: Services, gallery: FakeGallery) -> None:
    answering.answer(services, of(face(1), face(None), face(77), face(78, Role.EXCLUDE)))
    assert gallery.asked == [(Combine.ALL, SEARCH, [1], None, None)]


@pytest.mark.parametrize("faces", [(), (face(77),), (face(None),), (face(1, Role.OFF),), (face(1, Role.EXCLUDE),)])
def test_without_a_face_to_look_for_there_is_no_answer(
    services: Services, gallery: FakeGallery, faces: tuple[SearchFace, ...]
) -> None:
    with pytest.raises(FaceappError, match="no face to look for"):
        answering.answer(services, of(*faces))
    assert gallery.asked == []


def test_what_an_album_holds_is_counted(services: Services) -> None:
    assert answering.count(services, of(face(1))) == 3
    assert answering.count(services, of(face(77))) == 0
    assert answering.count(services, of(only=Filter(least_size=12))) == 12  # photos
