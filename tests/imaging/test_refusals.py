from __future__ import annotations

import contextlib
import random
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
import simplejpeg
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging import limits
from faceapp.imaging.decode import decode_bytes
from faceapp.imaging.refusals import check_size
from tests.imaging.dng import dng
from tests.imaging.support import DATA, SIZE, assert_corners, bgr, corners_picture, encoded, noisy, refused

KINDS = ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF"]


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """Return a PNG that says it is that large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "is empty"),
        (b"\0" * 1000, "not a picture"),
        (random.Random(3).randbytes(5000), "not a picture"),
        (b"Dear diary, today I renamed a text file." * 20, "not a picture"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"%PDF-1.7", "not a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "damaged"),
        (b"\0\0\0\x18ftypcrx \0\0\0\0crx isom", "not a picture|damaged"),
        (b"FUJIFILMCCD-RAW 0201" + bytes(500), "not a picture|damaged"),
        (b"II*\0\x10\0\0\0CR\2\0" + bytes(500), "not a picture|damaged"),
        (b"IIU\0" + bytes(500), "not a picture|damaged"),
    ],
)
def test_what_is_no_picture(tmp_path: Path, data: bytes, match: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    refused(path, match)


@pytest.mark.parametrize("percent", [1, 10, 50, 90, 99])
@pytest.mark.parametrize("kind", KINDS)
def test_cut_off_files_are_refused(kind: str, percent: int) -> None:
    data = encoded(noisy(), kind)
    with pytest.raises(PhotoError, match=r"“photo”.*(damaged|not a picture)"):
        decode_bytes(data[: len(data) * percent // 100], "photo")


def test_a_rotten_png_is_refused() -> None:
    whole = encoded(noisy(), "PNG")
    chance = random.Random(5)
    start = whole.index(b"IDAT")
    for _ in range(50):
        data = bytearray(whole)
        data[chance.randrange(start, len(data))] ^= 1 << chance.randrange(8)
        with pytest.raises(PhotoError):
            decode_bytes(bytes(data), "photo")


@pytest.mark.filterwarnings("ignore::UserWarning")  # as the decoder has it, which pytest undoes
@pytest.mark.parametrize("kind", KINDS)
def test_rotten_bits_give_a_picture_or_a_reason(kind: str) -> None:
    whole = encoded(corners_picture(), kind, **({} if kind in ("BMP", "GIF") else {"orientation": 6}))
    chance = random.Random(kind)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 3, 20])):
            data[chance.randrange(min(len(data), chance.choice([64, 500, 10**9])))] = chance.randrange(256)
        with contextlib.suppress(PhotoError):  # and nothing else
            assert decode_bytes(bytes(data), "photo").pixels.ndim == 3


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (2**31 - 1, 2**31 - 1), (70_000, 1), (1, 70_000)])
def test_too_large_is_refused_unseen(width: int, height: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cv2, "imdecode", pytest.fail)
    monkeypatch.setattr(Image.Image, "load", pytest.fail)
    path = tmp_path / "huge.png"
    path.write_bytes(png(width, height))
    refused(path, "200 megapixels and 65,535 pixels a side")


@pytest.mark.parametrize("kind", ["GIF", "BMP", "WEBP", "JPEG"])
def test_a_header_that_promises_too_much(kind: str) -> None:
    data = encoded(corners_picture(), kind)
    if kind == "JPEG":
        at, size = data.index(b"\xff\xc0") + 5, struct.pack(">HH", 65_535, 65_535)
    elif kind == "WEBP":
        at, size = data.index(b"\x9d\x01\x2a") + 3, struct.pack("<HH", 16_383, 16_383)
    else:
        at, size = {"GIF": (6, struct.pack("<HH", 65_535, 65_535)), "BMP": (18, struct.pack("<II", 65_000, 65_000))}[
            kind
        ]
    with pytest.raises(PhotoError, match="200 megapixels"):
        decode_bytes(data[:at] + size + data[at + len(size) :], "photo")


def test_large_but_allowed_does_not_warn() -> None:
    with pytest.raises(PhotoError, match="cut off or damaged"):  # its pixels are missing, that is all
        decode_bytes(png(14_000, 7), "photo")
    assert Image.MAX_IMAGE_PIXELS is None


def test_a_picture_of_no_size() -> None:
    with pytest.raises(PhotoError):
        decode_bytes(png(0, 10), "photo")


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1 << 20)
    with pytest.raises(PhotoError, match="larger than 1 MB"):
        decode_bytes(bytes((1 << 20) + 1), "photo")


@pytest.mark.parametrize("kind", [*KINDS, "JPEG CMYK", "animated WEBP", "turned.heic", "deep.heic", "DNG"])
def test_more_memory_than_a_process_has_is_refused_unseen(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "DNG":
        data = dng(bgr(corners_picture()))
    elif kind.endswith("heic"):
        data = (DATA / kind).read_bytes()
    elif kind == "animated WEBP":
        data = encoded(corners_picture(), "WEBP", save_all=True, append_images=[noisy(SIZE)])
    else:
        data = encoded(corners_picture().convert("CMYK" if "CMYK" in kind else "RGB"), kind.split()[0])
    for library, decoder in ((cv2, "imdecode"), (simplejpeg, "decode_jpeg"), (Image.Image, "load")):
        monkeypatch.setattr(library, decoder, pytest.fail)
    monkeypatch.setattr(limits, "MAX_DECODE_BYTES", SIZE[0] * SIZE[1] * 4)
    with pytest.raises(PhotoError, match=r"“photo” has 120 × 80 pixels, which take .* MB of memory to open"):
        decode_bytes(data, "photo")


def test_the_file_itself_counts_as_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(corners_picture(), "PNG")
    monkeypatch.setattr(limits, "MAX_DECODE_BYTES", SIZE[0] * SIZE[1] * 10 + len(data))
    decode_bytes(data, "photo")
    with pytest.raises(PhotoError, match="MB of memory"):
        decode_bytes(data + b"\0", "photo")


@pytest.mark.parametrize(
    ("colours", "bytes_a_pixel"), [("a progressive JPEG", 9), ("a CMYK one", 12), ("a PNG or a HEIC", 10)]
)
def test_the_largest_phone_photos_fit(colours: str, bytes_a_pixel: int) -> None:
    check_size((16_320, 12_240), colours, bytes_a_pixel=bytes_a_pixel, file_bytes=100 << 20)


def test_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cv2, "imdecode", fail)
    monkeypatch.setattr(simplejpeg, "decode_jpeg", fail)
    monkeypatch.setattr(Image.Image, "crop", fail)
    for kind in ("JPEG", "PNG", "TIFF"):
        with pytest.raises(PhotoError, match="not enough memory"):
            decode_bytes(encoded(corners_picture(), kind), "photo")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "BMP"])
def test_pillow_steps_in_where_opencv_cannot(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise cv2.error("no")

    data = encoded(corners_picture(), kind, **({"quality": 95} if kind == "WEBP" else {}))
    other = np.zeros((3, 3, 3), np.uint8)
    for broken in (fail, lambda *_: None, lambda *_: other):
        monkeypatch.setattr(cv2, "imdecode", broken)
        assert_corners(decode_bytes(data, "photo").pixels)
