"""Pages of photos and faces: parted by months, filtered, and those of albums that are a filter."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from faceapp.types import Combine, IdArray
from faceapp.types_search import Album, Filter, Search, VectorListing
from faceapp.ui import page_content
from tests.ui.people_desk import OpenPeopleDesk, PeopleDesk, Store, open_people_desk

__all__ = ["open_people_desk"]

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OF_2001 = Filter(taken_from=date(2001, 1, 1), taken_to=date(2001, 12, 31))
OF_1850 = Filter(taken_to=date(1850, 1, 1))


@pytest.fixture
def store() -> Store:
    """Return three faces in two photos of 2001 and two of 2019."""
    made = Store()
    made.add(2, photo=500, year=2001)
    made.add(1, year=2001)
    made.add(2, year=2019)
    return made


@pytest.fixture
def desk(open_people_desk: OpenPeopleDesk, store: Store) -> PeopleDesk:
    return open_people_desk(store)


def parts(desk: PeopleDesk) -> list[tuple[int, str, str]]:
    return [(part.start, part.title, part.detail) for part in desk.grid.tiles.sections]


def test_photos_and_faces_lie_under_their_months(desk: PeopleDesk) -> None:
    assert parts(desk) == [(0, "May 2019", "2 photos"), (2, "May 2001", "2 photos")]
    desk.page("faces")
    assert parts(desk) == [(0, "May 2019", "2 faces"), (2, "May 2001", "3 faces")]
    desk.page("people")
    assert parts(desk) == []


def test_months_follow_the_library(desk: PeopleDesk, store: Store) -> None:
    store.add(1, year=2010)
    desk.window.navigation.refresh()
    desk.settle()
    assert [title for _, title, _ in parts(desk)] == ["May 2019", "May 2010", "May 2001"]


def test_filter_holds_for_pages_of_photos_and_faces(desk: PeopleDesk) -> None:
    desk.window.pages.set_page_filter(OF_2001)
    desk.settle()
    assert parts(desk) == [(0, "May 2001", "2 photos")]
    desk.page("faces")
    assert parts(desk) == [(0, "May 2001", "3 faces")]
    desk.window.pages.set_page_filter(OF_1850)
    desk.settle()
    assert desk.ids() == []
    assert desk.grid.words_when_empty == ("Nothing passes the filter", "Change or clear the filter.")
    desk.window.pages.set_page_filter(Filter())
    desk.settle()
    assert len(desk.ids()) == 5


def album(only: Filter) -> Album:
    return Album(7, "Summer of 2001", Search((), Combine.ANY, 0.4, filter=only))


def test_album_that_is_a_filter_is_a_page_of_photos(desk: PeopleDesk, store: Store) -> None:
    store.album_list = {7: album(OF_2001)}
    content = page_content.read(store.services(store.folder), ("album", 7), None)
    assert content.album is not None
    assert [store.known[i].year for i in (1, 3)] == [2001, 2001]
    assert len(content.ids) == 2
    changed = page_content.read(store.services(store.folder), ("album", 7), None, OF_1850)
    assert len(changed.ids) == 0
    gone = page_content.read(store.services(store.folder), ("album", 8), None)
    assert gone.album is None


class OneMonthEach:
    """Photos 1, 2 and 3, newest first, of three months; ``known`` are the faces with an embedding, by their photo."""

    def __init__(self, known: dict[int, int]) -> None:
        self.known = known

    def photo_dates(self) -> tuple[IdArray, IdArray]:
        moments = np.array(["2019-03-02", "2019-02-02", "2019-01-02"], "M8[us]")
        return np.array([1, 2, 3]), moments.astype(np.int64)

    def face_ids(self, *, min_score: float, only: Filter) -> IdArray:
        return np.arange(10, 16)

    def vector_listing(self) -> VectorListing:
        ids = np.array(sorted(self.known), np.int64)
        return VectorListing(ids, np.array([self.known[i] for i in ids.tolist()], np.int64), np.zeros_like(ids))


@pytest.mark.parametrize(
    ("known", "starts"),
    [
        ({10: 1, 11: 1, 12: 2, 13: 2, 14: 3, 15: 3}, [0, 2, 4]),
        ({11: 1, 12: 2, 14: 3}, [0, 2, 4]),  # those without an embedding go with their neighbours
        ({12: 2, 14: 99}, [0]),  # a photo that is not listed any more
        ({}, []),
    ],
)
def test_faces_without_an_embedding_lie_among_their_neighbours(known: dict[int, int], starts: list[int]) -> None:
    services = cast(Any, SimpleNamespace(reader=OneMonthEach(known), config=SimpleNamespace(show_score=0.5)))
    content = page_content.read(services, ("faces",), None)
    assert content.ids.tolist() == list(range(10, 16))
    assert [part.start for part in content.sections] == starts
