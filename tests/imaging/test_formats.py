from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from faceapp.imaging.decode import decode_bytes, read_photo
from faceapp.imaging.limits import PHOTO_SUFFIXES, is_photo_name
from tests.imaging.dng import dng
from tests.imaging.support import DATA, SIZE, assert_corners, bgr, corners_picture, encoded, stored_as

OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "MPO": {"quality": 95, "subsampling": 0},
    "PNG": {},
    "WEBP": {"quality": 95},
    "TIFF": {},
    "AVIF": {"quality": 95},
    "BMP": {},
    "GIF": {},
}
KIND_OF_SUFFIX = {".png": "PNG", ".webp": "WEBP", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF", ".gif": "GIF"}
KIND_OF_SUFFIX |= {".avif": "AVIF"} | dict.fromkeys((".jpg", ".jpeg", ".jpe", ".jfif"), "JPEG")
HEIF_SUFFIXES = {".heic", ".heif", ".hif"}
RAW_SUFFIXES = {".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".orf", ".rw2"}


def test_every_suffix_is_tested() -> None:
    assert KIND_OF_SUFFIX.keys() | HEIF_SUFFIXES | RAW_SUFFIXES == PHOTO_SUFFIXES


@pytest.mark.parametrize("suffix", sorted(PHOTO_SUFFIXES))
def test_every_suffix_is_read(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"photo{suffix}"
    if suffix in HEIF_SUFFIXES:
        path.write_bytes((DATA / "turned.heic").read_bytes())
    elif suffix in RAW_SUFFIXES:
        path.write_bytes(dng(bgr(corners_picture((240, 160)))))
    else:
        path.write_bytes(encoded(corners_picture(), KIND_OF_SUFFIX[suffix], **OPTIONS[KIND_OF_SUFFIX[suffix]]))
    photo = read_photo(path)
    assert_corners(photo.pixels, 60 if suffix in RAW_SUFFIXES else 12)
    assert (photo.width, photo.height) == SIZE
    assert photo.content_hash == hashlib.sha256(path.read_bytes()).digest()
    assert photo.icc is None


def test_nothing_is_said_of_date_and_camera() -> None:
    photo = decode_bytes(encoded(corners_picture(), "JPEG"), "photo")
    assert (photo.taken, photo.camera) == (None, None)


def test_a_known_hash_is_taken_over() -> None:
    assert decode_bytes(encoded(corners_picture(), "PNG"), "photo", b"h" * 32).content_hash == b"h" * 32


def test_names_of_photos() -> None:
    assert is_photo_name(Path("a/IMG_1.JPG"))
    assert is_photo_name(Path("x.Tiff"))
    for other in ("jpg", "a.txt", "a.jpg.part", ".jpg", "a.mov"):
        assert not is_photo_name(Path(other)), other


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "MPO", "PNG", "WEBP", "TIFF", "AVIF"])
def test_every_orientation_is_upright(kind: str, orientation: int) -> None:
    stored = stored_as(corners_picture(), orientation)
    data = encoded(stored, kind, orientation, **OPTIONS[kind])
    assert_corners(decode_bytes(data, "photo").pixels)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("WEBP", "RGBA"), ("PNG", "P"), ("TIFF", "RGBA"), ("JPEG", "CMYK")]
)
def test_other_decoders_turn_alike(kind: str, mode: str, orientation: int) -> None:
    stored = stored_as(corners_picture(), orientation).convert(mode, palette=Image.Palette.ADAPTIVE)
    assert_corners(decode_bytes(encoded(stored, kind, orientation, **OPTIONS[kind]), "photo").pixels)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_unknown_orientations_are_left(orientation: int) -> None:
    assert_corners(decode_bytes(encoded(corners_picture(), "JPEG", orientation, **OPTIONS["JPEG"]), "photo").pixels)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "CMYK"),
        ("TIFF", "CMYK"),
        ("PNG", "P"),
        ("BMP", "P"),
        ("TIFF", "P"),
        ("PNG", "RGBA"),
        ("WEBP", "RGBA"),
        ("AVIF", "RGBA"),
        ("TIFF", "RGBA"),
        ("TIFF", "LAB"),
        ("TIFF", "YCbCr"),
    ],
)
def test_every_mode_becomes_bgr(kind: str, mode: str) -> None:
    image = corners_picture()
    if mode == "LAB":
        lab = cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2LAB)
        image = Image.frombytes(
            "LAB", SIZE, (lab.astype(np.int16) - np.array([0, 128, 128])).astype(np.uint8).tobytes()
        )
    else:
        image = image.convert(mode, palette=Image.Palette.ADAPTIVE)
    assert_corners(
        decode_bytes(encoded(image, kind, **OPTIONS[kind]), "photo").pixels, 60 if mode == "LAB" else 30
    )  # LAB's white point differs


def ramp(high: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.linspace(0, high, 256).reshape(16, 16)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_grey(kind: str) -> None:
    grey = ramp(255).round().astype(np.uint8)
    pixels = decode_bytes(encoded(Image.fromarray(grey), kind), "photo").pixels
    assert pixels.shape == (16, 16, 3)
    assert np.abs(pixels.astype(int) - grey[..., None]).max() < 20


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_not_clipped(kind: str) -> None:
    grey = ramp(65535).round().astype(np.uint16)
    expected = np.repeat((grey / 257)[..., None], 3, axis=2)
    colour = cv2.imencode(f".{kind.lower()}", np.dstack([grey, grey, grey]))[1].tobytes()
    for data in (encoded(Image.fromarray(grey), kind), colour):
        assert np.abs(decode_bytes(data, "photo").pixels - expected).max() <= 2


@pytest.mark.parametrize("white", [1.0, 255.0, 65535.0, 1e6])
def test_float_tiffs(white: float) -> None:
    values = ramp(1).astype(np.float32) * np.float32(white)
    values[0, 0] = np.nan
    pixels = decode_bytes(encoded(Image.fromarray(values), "TIFF"), "photo").pixels
    assert np.abs(pixels[..., 0] - ramp(255)).max() <= 2


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "1"), ("TIFF", "1"), ("BMP", "1"), ("PNG", "LA")])
def test_black_and_white(kind: str, mode: str) -> None:
    image = Image.fromarray(np.array([[0, 255], [255, 0]], np.uint8).repeat(8, 0).repeat(8, 1)).convert(mode)
    pixels = decode_bytes(encoded(image, kind), "photo").pixels
    assert (pixels[2, 2].tolist(), pixels[2, 12].tolist()) == ([0, 0, 0], [255, 255, 255])


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF", "GIF"])
def test_transparency_is_laid_on_white(kind: str) -> None:
    image = Image.new("RGBA", (64, 64), (200, 0, 0, 255))
    image.paste((0, 0, 0, 0), (32, 0, 64, 64))
    pixels = decode_bytes(encoded(image, kind, **({"lossless": True} if kind == "WEBP" else {})), "photo").pixels
    assert np.abs(pixels[32, 10].astype(int) - (0, 0, 200)).max() <= 6
    assert pixels[32, 54].min() >= 249


def test_half_transparent() -> None:
    pixels = decode_bytes(encoded(Image.new("RGBA", (4, 4), (0, 100, 200, 128)), "PNG"), "photo").pixels
    assert np.abs(pixels[0, 0].astype(int) - (227, 177, 127)).max() <= 1


def test_a_palette_with_a_transparent_colour() -> None:
    image = corners_picture().convert("P", palette=Image.Palette.ADAPTIVE)
    data = encoded(image, "PNG", transparency=image.getpixel((0, 0)))
    assert decode_bytes(data, "photo").pixels[3, 3].tolist() == [255, 255, 255]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF", "AVIF"])
def test_of_several_pictures_the_first_counts(kind: str) -> None:
    others = [Image.new("RGB", SIZE, "white")]
    data = encoded(corners_picture(), kind, save_all=True, append_images=others, **OPTIONS[kind])
    assert_corners(decode_bytes(data, "photo").pixels)


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_deflate", "packbits", "jpeg"])
def test_kinds_of_tiff(compression: str | None) -> None:
    options: dict[str, Any] = {} if compression is None else {"compression": compression}
    assert_corners(decode_bytes(encoded(corners_picture(), "TIFF", **options), "photo").pixels, 25)


@pytest.mark.parametrize("kind", sorted(OPTIONS))
@pytest.mark.parametrize("size", [(1, 1), (1, 700), (700, 1)])
def test_tiny_and_thin(kind: str, size: tuple[int, int]) -> None:
    photo = decode_bytes(encoded(Image.new("RGB", size, "white"), kind, **OPTIONS[kind]), "photo")
    assert (photo.width, photo.height) == size
    assert photo.pixels.min() > 240


def test_tall_pictures_are_put_together_from_bands() -> None:
    size = (64, 1300)
    data = encoded(corners_picture(size), "TIFF", 1)
    assert_corners(decode_bytes(data, "photo").pixels, size=size)


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "really a png.jpg"
    path.write_bytes(encoded(corners_picture(), "PNG"))
    assert_corners(read_photo(path).pixels)


def test_an_orientation_at_the_end_of_a_png() -> None:
    """Editors append the eXIf chunk; the bytes before it are moved behind the pixels here."""
    data = encoded(stored_as(corners_picture(), 6), "PNG", 6)
    start = data.index(b"eXIf") - 4
    end = start + 12 + int.from_bytes(data[start : start + 4], "big")
    tail = data.index(b"IEND") - 4
    moved = data[:start] + data[end:tail] + data[start:end] + data[tail:]
    assert "exif" not in Image.open(io.BytesIO(moved)).info
    assert_corners(decode_bytes(moved, "photo").pixels)
