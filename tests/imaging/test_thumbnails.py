from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging.thumbnails import decode_thumbnail, face_tile, photo_thumbnail
from faceapp.types import Box, Pixels
from tests.imaging.support import assert_corners, bgr, corners_picture


def corners(size: tuple[int, int]) -> Pixels:
    return bgr(corners_picture(size))


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1200, 800), (384, 256)),
        ((800, 1200), (256, 384)),
        ((384, 100), (384, 100)),
        ((120, 80), (120, 80)),  # never enlarged
        ((1, 1), (1, 1)),
        ((5000, 1), (384, 1)),
        ((1, 5000), (1, 384)),
    ],
)
def test_photo_thumbnails(size: tuple[int, int], expected: tuple[int, int]) -> None:
    data = photo_thumbnail(corners(size))
    assert Image.open(io.BytesIO(data)).format == "JPEG"
    small = decode_thumbnail(data)
    assert small.shape == (expected[1], expected[0], 3)
    assert small.flags.c_contiguous
    if min(expected) > 10:
        assert_corners(small, size=expected)


def marked(size: tuple[int, int], box: tuple[int, int, int, int]) -> tuple[Pixels, Box]:
    """Return a grey picture with a white face, and its box."""
    width, height = size
    pixels = np.full((height, width, 3), 90, np.uint8)
    x, y, w, h = box
    pixels[max(y, 0) : y + h, max(x, 0) : x + w] = 255
    return pixels, Box(x / width, y / height, w / width, h / height)


def test_a_tile_shows_the_face_in_its_middle_with_a_margin() -> None:
    tile = decode_thumbnail(face_tile(*marked((800, 600), (300, 200, 100, 100))))
    assert tile.shape == (224, 224, 3)
    rows, columns = np.nonzero(tile[..., 0] > 170)
    assert abs(rows.mean() - 111.5) < 2
    assert abs(columns.mean() - 111.5) < 2
    assert abs(np.ptp(rows) + 1 - 224 / 1.7) < 4


def test_a_larger_tile_shows_the_same() -> None:
    photo = marked((800, 600), (300, 200, 100, 100))
    small, large = decode_thumbnail(face_tile(*photo)), decode_thumbnail(face_tile(*photo, tile_side=672))
    assert large.shape == (672, 672, 3)
    assert np.abs(large[1::3, 1::3].astype(int) - small).mean() < 4


@pytest.mark.parametrize("corner", [(0, 0), (700, 0), (0, 500), (700, 500), (-60, -60), (750, 550)])
def test_a_tile_at_the_edge_is_moved_inside(corner: tuple[int, int]) -> None:
    tile = decode_thumbnail(face_tile(*marked((800, 600), (*corner, 100, 100))))
    seen = (tile[..., 0] > 170).mean()
    assert 0.02 < seen < 0.4
    assert tile.min() > 60  # nothing is invented


def test_a_small_picture_is_padded_with_its_edge() -> None:
    pixels = corners((300, 100))
    tile = decode_thumbnail(face_tile(pixels, Box(0.2, 0.0, 0.6, 1.0)))
    assert tile.shape == (224, 224, 3)
    assert np.abs(tile[2, 30].astype(int) - pixels[0, 0]).max() < 12
    assert np.abs(tile[221, 200].astype(int) - pixels[99, 299]).max() < 12


@settings(deadline=None, max_examples=200)
@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.tuples(*[st.floats(-3, 3, allow_subnormal=False)] * 4) | st.tuples(*[st.floats(-1e9, 1e9)] * 4),
)
def test_any_box_of_any_picture_gives_a_tile(size: tuple[int, int], box: tuple[float, ...]) -> None:
    pixels = np.full((size[1], size[0], 3), 120, np.uint8)
    tile = decode_thumbnail(face_tile(pixels, Box(*box)))
    assert tile.shape == (224, 224, 3)
    assert np.abs(tile.astype(int) - 120).max() <= 3


def test_a_box_of_nothing_is_refused() -> None:
    for bad in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="finite"):
            face_tile(corners((10, 10)), Box(0, 0, bad, 1))


def test_damaged_thumbnails_are_told() -> None:
    whole = photo_thumbnail(corners((120, 80)))
    huge = bytearray(whole)
    start = whole.index(b"\xff\xc0")
    huge[start + 5 : start + 9] = b"\xff\xff\xff\xff"  # says it has 65,535 × 65,535 pixels
    for data in (b"", b"junk", whole[:30], bytes(huge)):
        with pytest.raises(PhotoError, match="damaged"):
            decode_thumbnail(data)
