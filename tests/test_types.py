"""The arithmetic of the shared types."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.types import Box
from faceapp.types_scan import ScanProgress

fractions = st.floats(0, 1, allow_nan=False)
sizes = st.floats(0.001, 1, allow_nan=False)
boxes = st.builds(Box, fractions, fractions, sizes, sizes)


@given(boxes, boxes)
def test_overlap_is_symmetric_and_a_share(a: Box, b: Box) -> None:
    assert 0 <= a.iou(b) <= 1 + 1e-9
    assert a.iou(b) == pytest.approx(b.iou(a))
    assert a.iou(a) == pytest.approx(1)


def test_overlap_of_a_half_and_of_none() -> None:
    assert Box(0, 0, 1, 1).iou(Box(0, 0, 0.5, 1)) == pytest.approx(0.5)
    assert Box(0, 0, 0.4, 0.4).iou(Box(0.5, 0.5, 0.4, 0.4)) == 0


def test_a_box_in_pixels() -> None:
    assert Box(0.25, 0.5, 0.1, 0.2).to_pixels(400, 300) == (100, 150, 40, 60)


def progress(**changes: object) -> ScanProgress:
    values = {"folder": Path(), "walking": False, "total": 100, "done": 60, "skipped": 20, "failed": 0, "faces": 0}
    return ScanProgress(**(values | {"seconds": 10.0} | changes))  # type: ignore[arg-type]


def test_the_rate_counts_only_what_was_read() -> None:
    assert progress().rate == pytest.approx(4)
    assert progress().seconds_left == pytest.approx(10)


def test_the_time_left_is_unknown_while_walking_and_at_the_start() -> None:
    assert progress(walking=True).seconds_left is None
    assert progress(done=20).seconds_left is None
    assert progress(seconds=0.0).seconds_left is None
