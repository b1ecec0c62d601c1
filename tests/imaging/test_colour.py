from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms

from faceapp.imaging import limits
from faceapp.imaging.colour import for_display, foreign_profile
from faceapp.imaging.decode import decode_bytes
from faceapp.imaging.thumbnails import decode_thumbnail, face_tile, photo_thumbnail
from faceapp.types import Box, Pixels
from tests.imaging.support import assert_corners, bgr, corners_picture, encoded, ink_profile, profile

# One colour in Display P3 with a gamma of 2.2, and in sRGB: by hand, from the matrix of one to the other.
P3_ORANGE, SRGB_ORANGE = (200, 120, 60), (214, 116, 38)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def flat(rgb: tuple[int, int, int], size: tuple[int, int] = (640, 480)) -> Image.Image:
    return Image.new("RGB", size, rgb)


def assert_shows(pixels: Pixels, rgb: tuple[int, int, int], tolerance: int = 4) -> None:
    seen = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2, ::-1].astype(int)
    assert np.abs(seen - rgb).max() <= tolerance, seen


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_profile_travels_with_the_pixels_as_they_are(kind: str) -> None:
    photo = decode_bytes(encoded(flat(P3_ORANGE), kind, quality=95, icc_profile=profile()), "photo")
    assert photo.icc == profile()
    assert_shows(photo.pixels, P3_ORANGE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_srgb_needs_no_profile(kind: str) -> None:
    assert decode_bytes(encoded(flat(P3_ORANGE), kind, icc_profile=SRGB), "photo").icc is None
    assert decode_bytes(encoded(flat(P3_ORANGE), kind), "photo").icc is None


@pytest.mark.parametrize(
    "icc",
    [
        b"",
        b"junk",
        b"\0" * 16 + b"RGB " + b"\0" * 300,
        profile()[:200],
        profile(b"GRAY"),
        ink_profile(inked=(128, 128, 128)),
        profile() + bytes(limits.MAX_PROFILE_BYTES),
    ],
    ids=["none", "junk", "zeros", "cut", "grey", "ink", "huge"],
)
def test_profiles_that_are_let_alone(icc: bytes) -> None:
    assert foreign_profile(icc) is None
    data = encoded(corners_picture(), "PNG")
    pixels = decode_bytes(data, "photo").pixels
    if not icc.startswith(profile()):
        assert for_display(pixels, icc) is pixels


def test_a_broken_profile_never_fails_a_photo() -> None:
    for icc in (b"junk", profile()[:200], profile(b"GRAY")):
        photo = decode_bytes(encoded(corners_picture(), "JPEG", quality=95, icc_profile=icc), "photo")
        assert photo.icc is None
        assert_corners(photo.pixels)


def test_for_display() -> None:
    pixels = bgr(flat(P3_ORANGE))
    shown = for_display(pixels, profile())
    assert_shows(shown, SRGB_ORANGE)
    assert_shows(pixels, P3_ORANGE)  # the caller's are left
    assert shown.flags.c_contiguous
    assert for_display(pixels, None) is pixels


def test_thumbnails_are_srgb() -> None:
    pixels = bgr(flat(P3_ORANGE))
    assert_shows(decode_thumbnail(photo_thumbnail(pixels, profile())), SRGB_ORANGE)
    assert_shows(decode_thumbnail(photo_thumbnail(pixels)), P3_ORANGE)
    box = Box(0.4, 0.4, 0.2, 0.2)
    assert_shows(decode_thumbnail(face_tile(pixels, box, profile())), SRGB_ORANGE)
    assert_shows(decode_thumbnail(face_tile(pixels, box)), P3_ORANGE)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_ink_by_its_profile(kind: str) -> None:
    """The profile says that ink is a light green, whatever the plain formula makes of it."""
    icc = ink_profile(inked=(200, 88, 168))
    inked = Image.new("CMYK", (1_000, 700), (255, 255, 255, 255))
    photo = decode_bytes(encoded(inked, kind, icc_profile=icc), "photo")
    assert photo.icc is None  # the pixels are sRGB now
    blue, green, red = (int(value) for value in photo.pixels[350, 500])
    assert green > max(red, blue) + 50
    paper = Image.new("CMYK", (64, 64), (0, 0, 0, 0))
    assert decode_bytes(encoded(paper, kind, icc_profile=icc), "photo").pixels.min() > 245


@pytest.mark.parametrize("icc", [b"junk", profile(), ink_profile(inked=(0, 0, 0))[:300]])
def test_ink_with_a_profile_that_does_not_work(icc: bytes) -> None:
    cyan = Image.new("CMYK", (64, 64), (255, 0, 0, 0))
    photo = decode_bytes(encoded(cyan, "JPEG", quality=95, icc_profile=icc), "photo")
    assert photo.icc is None
    assert_shows(photo.pixels, (0, 255, 255))
