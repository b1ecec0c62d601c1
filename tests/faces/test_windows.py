"""Windows for a closer look hold every hint, and are few."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from faceapp.faces.windows import place, uncut, within

HINTS = st.lists(
    st.tuples(st.floats(-20, 1600), st.floats(-20, 1200), st.floats(4, 100), st.floats(4, 100)),
    min_size=1,
    max_size=8,
)


@given(HINTS)
def test_every_hint_lies_in_a_window_with_room_around_it(hints: list[tuple[float, float, float, float]]) -> None:
    boxes = np.array(hints)
    windows = place(boxes, 1600, 1200)
    assert windows is not None
    assert len(windows) <= len(hints)
    for x, y, w, h in hints:
        margin = max(w, h) / 2
        low = np.clip([x - margin, y - margin], 0, (1600, 1200))
        high = np.clip([x + w + margin, y + h + margin], 0, (1600, 1200))
        assert any(
            left <= low[0] + 1 and top <= low[1] + 1 and high[0] - 1 <= right and high[1] - 1 <= bottom
            for left, top, right, bottom in windows
        )
    for left, top, right, bottom in windows:
        assert (right - left, bottom - top) == (256, 256)
        assert 0 <= left <= right <= 1600
        assert 0 <= top <= bottom <= 1200


def test_neighbours_share_a_window() -> None:
    crowd = np.array([[400 + 30 * i, 300, 20, 20] for i in range(5)], float)
    windows = place(crowd, 1600, 1200)
    assert windows is not None
    assert len(windows) <= 2


def test_hints_all_over_the_picture_mean_all_of_it() -> None:
    everywhere = np.array([[x, y, 20, 20] for x in range(0, 1600, 100) for y in range(0, 1200, 100)], float)
    assert place(everywhere, 1600, 1200) is None


def test_a_picture_smaller_than_a_window_is_one() -> None:
    assert place(np.array([[10.0, 10, 20, 20]]), 200, 100) is None  # it is most of the picture


def test_what_a_window_cuts_does_not_count_but_at_the_edge_of_the_picture() -> None:
    boxes = np.array([[300, 300, 40, 40], [255, 300, 40, 40], [480, 300, 40, 40], [-5, 10, 40, 40]], float)
    assert uncut(boxes[:3], (256, 256, 512, 512), 1600, 1200).tolist() == [True, False, False]
    assert uncut(boxes[3:], (0, 0, 256, 256), 1600, 1200).tolist() == [True]


def test_what_lies_near_a_cut_may_be_half_a_face() -> None:
    boxes = np.array([[262, 300, 40, 40], [270, 300, 40, 40]], float)
    assert uncut(boxes, (256, 256, 512, 512), 1600, 1200).tolist() == [False, True]


def test_the_middle_decides_what_lies_within() -> None:
    boxes = np.array([[10, 10, 20, 20], [95, 10, 20, 20], [80, 10, 20, 20]], float)
    assert within(boxes, np.array([[0.0, 0, 100, 100]])).tolist() == [True, False, True]
    assert within(boxes, np.empty((0, 4))).tolist() == [False, False, False]
