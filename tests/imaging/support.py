"""Pictures for the tests, made here: nothing is read from the disk."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from faceapp.types import Pixels

SIZE = (120, 80)  # width, height
RED, GREEN, BLUE, GREY = (200, 30, 30), (30, 180, 40), (30, 40, 200), (128, 128, 128)  # RGB
CORNERS = [RED, GREEN, BLUE, GREY]  # top left, top right, bottom left, bottom right


def corners_picture(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return an upright picture with a colour in each corner."""
    width, height = size
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2], pixels[: height // 2, width // 2 :] = RED, GREEN
    pixels[height // 2 :, : width // 2], pixels[height // 2 :, width // 2 :] = BLUE, GREY
    return Image.fromarray(pixels)


def stored_as(upright: Image.Image, orientation: int) -> Image.Image:
    """Return the picture as a camera that was held so stores it: EXIF ``orientation`` turns it back."""
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    return upright if back is None else upright.transpose(back)


def encoded(image: Image.Image, kind: str, orientation: int | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    if orientation is not None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        options["exif"] = exif
    image.save(out, kind, **options)
    return out.getvalue()


def assert_corners(pixels: Pixels, tolerance: int = 12, size: tuple[int, int] = SIZE) -> None:
    """Check that upright BGR pixels show ``corners_picture``."""
    width, height = size
    assert pixels.shape == (height, width, 3)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    across, down = (width // 4, 3 * width // 4), (height // 4, 3 * height // 4)
    for (y, x), colour in zip([(y, x) for y in down for x in across], CORNERS, strict=True):
        seen = pixels[y, x, ::-1].astype(int)
        assert np.abs(seen - colour).max() <= tolerance, (y, x, seen, colour)
