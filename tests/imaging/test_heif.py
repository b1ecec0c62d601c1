from __future__ import annotations

import contextlib
import random
from datetime import datetime

import numpy as np
import pytest

from faceapp.errors import PhotoError
from faceapp.imaging.decode import decode_bytes
from faceapp.imaging.heif import is_heif
from tests.imaging.support import DATA, SIZE, assert_corners, bgr, corners_picture, encoded, profile

TURNED, MIRRORED, DEEP, GREY = ((DATA / f"{name}.heic").read_bytes() for name in ("turned", "mirrored", "deep", "grey"))


def with_angle(data: bytes, quarters: int) -> bytes:
    """Return a picture whose container turns it by so many quarters, counterclockwise; it did by three."""
    at = data.index(b"irot") + 4
    assert data[at] == 3
    return data[:at] + bytes([quarters]) + data[at + 1 :]


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize(("data", "sense"), [(TURNED, 1), (MIRRORED, -1)], ids=["turned", "mirrored"])
def test_all_eight_orientations(data: bytes, sense: int, quarters: int) -> None:
    """The container's word is taken, once. EXIF says 6 and 7 in all of them, and is not listened to."""
    photo = decode_bytes(with_angle(data, quarters), "photo")
    assert_corners(np.ascontiguousarray(np.rot90(photo.pixels, sense * (3 - quarters))))
    assert (photo.width, photo.height) == (SIZE if quarters % 2 else SIZE[::-1])


def test_date_and_camera() -> None:
    for data in (TURNED, MIRRORED):
        photo = decode_bytes(data, "photo")
        assert (photo.taken, photo.camera) == (datetime(2020, 2, 3, 4, 5, 6), "Faceapp Drawn")


def test_ten_bits_transparency_and_a_profile() -> None:
    photo = decode_bytes(DEEP, "photo")
    band = slice(36, 44)
    assert photo.pixels[band].min() >= 249
    expected = bgr(corners_picture())
    expected[band] = 255
    away = np.abs(photo.pixels.astype(int) - expected).max(axis=2)
    assert (away > 12).mean() < 0.05  # along the edges
    assert photo.icc == profile()


def test_grey() -> None:
    pixels = decode_bytes(GREY, "photo").pixels
    expected = np.asarray(corners_picture().convert("L")).astype(int)
    assert pixels.shape == (*SIZE[::-1], 3)
    assert np.abs(pixels - expected[..., None]).mean() < 3


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1"])
def test_brands(brand: bytes) -> None:
    assert_corners(decode_bytes(TURNED[:8] + brand + TURNED[12:], "photo").pixels)


def test_avif_is_not_taken_for_heic() -> None:
    data = encoded(corners_picture(), "AVIF", quality=95)
    assert not is_heif(data)
    assert not is_heif(data[:8] + b"mif1" + data[12:])
    assert is_heif(TURNED)
    assert not is_heif(b"")


@pytest.mark.parametrize("percent", [1, 10, 50, 90, 99])
@pytest.mark.parametrize("data", [TURNED, DEEP, GREY])
def test_cut_off_files_are_refused(data: bytes, percent: int) -> None:
    with pytest.raises(PhotoError, match=r"“photo”.*(damaged|not a picture)"):
        decode_bytes(data[: len(data) * percent // 100], "photo")


@pytest.mark.parametrize(
    ("width", "height", "match"),
    [(20_000, 20_000, "200 megapixels"), (2**31 - 1, 2**31 - 1, "200 megapixels"), (60_000, 3_000, "damaged")],
)
def test_a_size_that_is_not_true(width: int, height: int, match: str) -> None:
    at = TURNED.index(b"ispe") + 8
    data = TURNED[:at] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + TURNED[at + 8 :]
    with pytest.raises(PhotoError, match=match):
        decode_bytes(data, "photo")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("data", [TURNED, MIRRORED, DEEP])
def test_rotten_bits_give_a_picture_or_a_reason(data: bytes) -> None:
    chance = random.Random(6)
    for _ in range(200):
        rotten = bytearray(data)
        for _ in range(chance.choice([1, 3, 20])):
            rotten[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(PhotoError):  # and nothing else
            assert decode_bytes(bytes(rotten), "photo").pixels.ndim == 3
