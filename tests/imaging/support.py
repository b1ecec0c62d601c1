"""Pictures for the tests, made here: nothing is read from the disk."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging.decode import read_photo
from faceapp.imaging.refusals import shown_name
from faceapp.types import Pixels

DATA = Path(__file__).parent / "data"

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


def bgr(image: Image.Image) -> Pixels:
    """Return what a decoder makes of a picture."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[..., ::-1])


def noisy(size: tuple[int, int] = (160, 120)) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


def refused(path: Path, match: str) -> None:
    with pytest.raises(PhotoError, match=match) as caught:
        read_photo(path)
    assert shown_name(path.name) in str(caught.value)
    assert str(caught.value).endswith(".")


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


DISPLAY_P3 = (0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841)  # XYZ of red, green, blue


def profile(space: bytes = b"RGB ", primaries: tuple[tuple[float, ...], ...] = DISPLAY_P3) -> bytes:
    """Return an RGB or grey ICC profile with a gamma of 2.2: the least that a colour engine takes."""
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256)) + bytes(2)
    tags = {b"wtpt": b"XYZ " + bytes(4) + _fixed(0.9642, 1.0, 0.8249)}
    if space == b"GRAY":
        tags[b"kTRC"] = gamma
    else:
        for letter, primary in zip((b"r", b"g", b"b"), primaries, strict=True):
            tags |= {letter + b"XYZ": b"XYZ " + bytes(4) + _fixed(*primary), letter + b"TRC": gamma}
    return _profile(b"mntr", space, b"XYZ ", tags)


def ink_profile(*, inked: tuple[int, int, int]) -> bytes:
    """Return a CMYK profile in which any ink at all is one colour, L*a*b* as bytes, and paper is white."""
    straight = bytes(range(256))
    colours = b"".join(bytes(inked) if inks else b"\xff\x80\x80" for inks in range(16))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + _fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table + straight * 4 + colours + straight * 3})


def _profile(device: bytes, space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    table, bodies = struct.pack(">I", len(tags)), b""
    for tag, body in tags.items():
        table += tag + struct.pack(">II", start + len(bodies), len(body))
        bodies += body
    head = struct.pack(">I4xI4s4s4s12x4s28x", start + len(bodies), 0x02400000, device, space, pcs, b"acsp")
    return (head + _fixed(0.9642, 1.0, 0.8249)).ljust(128, b"\0") + table + bodies


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65_536)) for value in values)


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
