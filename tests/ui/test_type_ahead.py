from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from faceapp.jobs import CancelToken
from faceapp.ui.tile import Kind, TileDetails
from faceapp.ui.type_ahead import find
from tests.ui.window import Album, Desk, OpenDesk, album, desk, open_desk

__all__ = ["OpenDesk", "album", "desk", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = ["alpha", "Beta", "alps", "gamma"]


def fetch(kind: Kind, ids: Sequence[int]) -> Mapping[int, TileDetails]:
    return {i: TileDetails(NAMES[i % 4]) for i in ids}


@pytest.mark.parametrize(
    ("start", "text", "found"),
    [(0, "al", 0), (1, "al", 2), (3, "al", 4), (0, "BE", 1), (0, "x", None), (1_999, "a", 0)],
)
def test_finds_the_next_and_goes_round(start: int, text: str, found: int | None) -> None:
    assert find(fetch, "photo", np.arange(2_000), start, text, CancelToken()) == found


def test_stops_when_another_letter_came() -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert find(fetch, "photo", np.arange(2_000), 0, "al", cancel) is None


def current(desk: Desk) -> str:
    grid = desk.window.grid
    found = grid.current_id()
    assert found is not None
    return desk.services.reader.photos([found])[0].path.name


def test_letters_go_to_a_photo(desk: Desk, album: Album) -> None:
    desk.page("photos")
    grid = desk.window.grid
    QTest.keyClick(grid, Qt.Key.Key_A)
    desk.settle()
    first = current(desk)
    assert first.startswith("a")
    QTest.keyClicks(grid, "b.")
    desk.settle()
    assert current(desk) == "ab.png"
    assert grid.selected_ids() == [grid.current_id()]


def test_the_same_letter_goes_on(desk: Desk) -> None:
    desk.page("photos")
    seen = set()
    for _ in range(3):
        QTest.keyClick(desk.window.grid, Qt.Key.Key_A)
        desk.settle()
        seen.add(current(desk))
    assert seen == {"a0.png", "a1.png", "ab.png"}


def test_says_that_nothing_begins_so(desk: Desk) -> None:
    desk.page("photos")
    QTest.keyClick(desk.window.grid, Qt.Key.Key_X)
    desk.settle()
    assert "“x”" in desk.window.status.text()
