from __future__ import annotations

import random
from datetime import datetime

import pytest
from PIL import Image

from faceapp.imaging.decode import decode_bytes
from faceapp.imaging.exif import parse_exif, read_facts
from tests.imaging.support import assert_corners, corners_picture, encoded

# Pillow warns of odd metadata; the decoder has it silenced, which pytest undoes.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
KINDS = ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"]


def tags(make: object = None, model: object = None, date: object = None, original: object = None) -> Image.Exif:
    exif = Image.Exif()
    for tag, value in ((0x010F, make), (0x0110, model), (0x0132, date)):
        if value is not None:
            exif[tag] = value
    if original is not None:
        exif[0x8769] = {0x9003: original}
    return exif


@pytest.mark.parametrize("kind", KINDS)
def test_date_and_camera_of_every_format(kind: str) -> None:
    exif = parse_exif(tags("Canon", "EOS R5", "2020:01:01 00:00:00", "2019:07:31 18:05:09").tobytes())
    photo = decode_bytes(encoded(corners_picture(), kind, exif=exif), "photo")
    assert photo.taken == datetime(2019, 7, 31, 18, 5, 9)
    assert photo.camera == "Canon EOS R5"


@pytest.mark.parametrize(
    ("original", "date", "expected"),
    [
        ("2019:07:31 18:05:09", "2020:01:01 00:00:00", datetime(2019, 7, 31, 18, 5, 9)),
        (None, "2020:01:01 00:00:00", datetime(2020, 1, 1)),
        ("0000:00:00 00:00:00", "2020:01:01 00:00:00", datetime(2020, 1, 1)),
        ("    :  :     :  :  ", None, None),
        ("2019:02:30 10:00:00", None, None),
        ("2019:02:28 24:00:00", None, None),
        ("0001:01:01 00:00:00", None, None),
        ("2019-07-31T18:05:09+02:00", None, datetime(2019, 7, 31, 18, 5, 9)),
        ("yesterday", "", None),
        (None, None, None),
    ],
)
def test_dates(original: str | None, date: str | None, expected: datetime | None) -> None:
    exif = parse_exif(tags(date=date, original=original).tobytes())
    assert read_facts(exif).taken == expected


@pytest.mark.parametrize(
    ("make", "model", "expected"),
    [
        ("NIKON CORPORATION", "NIKON D90", "NIKON D90"),
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("samsung", "SM-G991B\0\0\0 rest", "samsung SM-G991B"),
        ("Apple", None, "Apple"),
        (None, "iPhone 12", "iPhone 12"),
        ("  \0", " ", None),
        (None, None, None),
        ("a\nb\x1b[2J", "c", "a b [2J c"),
        ("x" * 500, "y" * 500, "x" * 100),
        (7, b"raw bytes", "raw bytes"),
    ],
)
def test_cameras(make: object, model: object, expected: str | None) -> None:
    assert read_facts(tags(make, model)).camera == expected


def test_broken_exif_never_fails_a_photo() -> None:
    block = tags("Canon", "EOS R5", "2020:01:01 00:00:00", "2019:07:31 18:05:09").tobytes()
    chance = random.Random(2)
    for _ in range(300):
        broken = bytearray(block)
        for _ in range(chance.choice([1, 4, 30])):
            broken[chance.randrange(6, len(broken))] = chance.randrange(256)
        data = encoded(corners_picture(), "JPEG", quality=95, exif=bytes(broken[: chance.randrange(6, len(broken))]))
        photo = decode_bytes(data, "photo")
        assert photo.pixels.shape[2] == 3
    for junk in (b"Exif\0\0", b"Exif\0\0II*\0", b"Exif\0\0" + b"\xff" * 100):
        assert_corners(decode_bytes(encoded(corners_picture(), "JPEG", quality=95, exif=junk), "photo").pixels)
    assert read_facts(parse_exif(b"junk")).camera is None


def test_an_endless_exif_loop() -> None:
    """A directory that names itself as the next one."""
    loop = b"Exif\0\0II*\0\x08\0\0\0" + b"\x01\0" + b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0" + b"\x08\0\0\0"
    assert_corners(decode_bytes(encoded(corners_picture(), "JPEG", quality=95, exif=loop), "photo").pixels)
