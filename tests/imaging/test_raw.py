from __future__ import annotations

import contextlib
import random
from datetime import datetime

import numpy as np
import pytest
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging import limits
from faceapp.imaging.decode import decode_bytes
from faceapp.imaging.raw import is_raw
from tests.imaging.dng import dng
from tests.imaging.support import assert_corners, bgr, corners_picture, encoded, profile, stored_as

SENSOR = (240, 160)  # of which every other pixel is kept
PREVIEW = (1_800, 1_200)
ROUGHLY = 60  # a raw file's colours and brightness are made by the decoder


def sensor(orientation: int = 1) -> bytes:
    return dng(bgr(stored_as(corners_picture(SENSOR), orientation)), orientation)


def with_preview(preview: bytes, size: tuple[int, int] = PREVIEW, orientation: int = 1) -> bytes:
    return dng(np.full((160, 240, 3), 128, np.uint8), orientation, preview, size)


def exif_first(jpeg: bytes, orientation: int) -> bytes:
    """Return a JPEG with EXIF right at the start, as cameras write it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = "Preview"
    block = exif.tobytes()
    return jpeg[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + jpeg[2:]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_without_a_preview_the_sensor_is_read(orientation: int) -> None:
    photo = decode_bytes(sensor(orientation), "photo")
    assert_corners(photo.pixels, ROUGHLY)
    assert (photo.taken, photo.camera) == (datetime(2021, 6, 5, 4, 3, 2), "Faceapp Drawn")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_large_preview_is_the_picture(orientation: int) -> None:
    upright = corners_picture(PREVIEW if orientation < 5 else PREVIEW[::-1])
    stored = stored_as(upright, orientation)
    photo = decode_bytes(with_preview(encoded(stored, "JPEG"), stored.size, orientation), "photo")
    assert_corners(photo.pixels, size=upright.size)
    assert (photo.taken, photo.camera) == (datetime(2021, 6, 5, 4, 3, 2), "Faceapp Drawn")


def test_a_preview_s_own_orientation_goes_first() -> None:
    stored = stored_as(corners_picture(PREVIEW[::-1]), 6)
    preview = exif_first(encoded(stored, "JPEG"), 6)
    photo = decode_bytes(with_preview(preview, PREVIEW, orientation=1), "photo")
    assert_corners(photo.pixels, size=PREVIEW[::-1])
    assert photo.camera == "Faceapp Drawn"


def test_a_preview_s_profile() -> None:
    preview = encoded(corners_picture(PREVIEW), "JPEG", icc_profile=profile())
    assert decode_bytes(with_preview(preview), "photo").icc == profile()


def test_a_small_preview_is_not_enough() -> None:
    tiny = encoded(Image.new("RGB", (90, 60), "white"), "JPEG")
    data = dng(bgr(corners_picture(SENSOR)), 1, tiny, (90, 60))
    assert_corners(decode_bytes(data, "photo").pixels, ROUGHLY)


def test_a_preview_as_large_as_half_the_sensor_is_enough() -> None:
    data = with_preview(encoded(corners_picture((120, 80)), "JPEG"), (120, 80))
    assert_corners(decode_bytes(data, "photo").pixels)


def test_a_damaged_preview_is_told() -> None:
    preview = encoded(corners_picture(PREVIEW), "JPEG")
    with pytest.raises(PhotoError, match="damaged"):
        decode_bytes(with_preview(preview[: len(preview) // 2]), "photo")


@pytest.mark.parametrize("percent", [1, 10, 50, 90, 99])
@pytest.mark.parametrize("preview", [None, (90, 60)])
def test_cut_off_files_are_refused(preview: tuple[int, int] | None, percent: int) -> None:
    """Also when a small preview is whole."""
    small = None if preview is None else encoded(Image.new("RGB", preview), "JPEG")
    data = dng(bgr(corners_picture(SENSOR)), 1, small, preview or (0, 0))
    with pytest.raises(PhotoError, match=r"“photo”.*(damaged|not a picture)"):
        decode_bytes(data[: len(data) * percent // 100], "photo")


def test_what_is_raw() -> None:
    for data in (sensor(), with_preview(encoded(corners_picture(PREVIEW), "JPEG"))):
        assert is_raw(data)
    for kind in ("TIFF", "JPEG", "PNG"):
        assert not is_raw(encoded(corners_picture(), kind))
    assert not is_raw(encoded(corners_picture(), "TIFF", save_all=True, append_images=[corners_picture()]))
    assert not is_raw(b"II*\0")


def test_a_sensor_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PIXELS", SENSOR[0] * SENSOR[1] - 1)
    with pytest.raises(PhotoError, match="240 × 160 pixels"):
        decode_bytes(sensor(), "photo")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("preview", [False, True])
def test_rotten_bits_give_a_picture_or_a_reason(preview: bool) -> None:
    small = corners_picture((48, 32))
    data = dng(bgr(small), 6, encoded(small, "JPEG"), small.size) if preview else dng(bgr(small), 6)
    chance = random.Random(7)
    for _ in range(150):
        rotten = bytearray(data)
        for _ in range(chance.choice([1, 3, 20])):
            rotten[chance.randrange(8, chance.choice([700, len(data)]))] = chance.randrange(256)
        with contextlib.suppress(PhotoError):  # and nothing else
            assert decode_bytes(bytes(rotten), "photo").pixels.ndim == 3
