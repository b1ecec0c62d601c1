"""The small pictures of the cache: a photo's thumbnail and a face's tile, both JPEG. GUI-free."""

from __future__ import annotations

import io
import math

import cv2
import numpy as np
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging.colour import for_display
from faceapp.imaging.scaling import resized
from faceapp.types import Box, Pixels

PHOTO_SIDE = 384  # pixels, the long side
TILE_SIDE = 224  # pixels
TILE_MARGIN = 1.7  # the tile's side over the longer side of the face's box
JPEG_QUALITY = 85
_MAX_STORED_SIDE = 4_096  # a damaged header must not make the decoder take gigabytes


def photo_thumbnail(pixels: Pixels, icc: bytes | None = None) -> bytes:
    """Return a JPEG of an upright (H, W, 3) BGR photo, long side at most 384 pixels, never enlarged.

    ``icc`` is the colour profile of the pixels, None for sRGB.
    """
    small = resized(pixels, min(1.0, PHOTO_SIDE / max(pixels.shape[:2])))
    return _jpeg(for_display(small, icc))


def face_tile(pixels: Pixels, box: Box, icc: bytes | None = None, tile_side: int = TILE_SIDE) -> bytes:
    """Return a square JPEG around a face of an upright (H, W, 3) BGR photo of that colour profile.

    ``tile_side`` is its side in pixels. The square is moved to lie inside the photo; where the photo is too small
    for it, its edge pixels are repeated. Raises ``ValueError`` for a box that is not made of finite numbers.
    """
    if not all(math.isfinite(value) for value in (box.x, box.y, box.w, box.h)):
        raise ValueError(f"the box of a face must be finite numbers, not {box}")
    height, width = pixels.shape[:2]
    longer = max(box.w * width, box.h * height)
    wanted = min(TILE_MARGIN * longer, max(longer, min(width, height)))  # rather less margin than made-up edges
    side = round(min(max(wanted, 1.0), max(width, height)))
    left, before_x, wide = _place((box.x + box.w / 2) * width, side, width)
    top, before_y, high = _place((box.y + box.h / 2) * height, side, height)
    scale = tile_side / side
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    tile = cv2.resize(pixels[top : top + high, left : left + wide], size, interpolation=filtering)
    x = min(round(before_x * scale), tile_side - size[0])
    y = min(round(before_y * scale), tile_side - size[1])
    padding = y, tile_side - size[1] - y, x, tile_side - size[0] - x
    square = cv2.copyMakeBorder(tile, *padding, cv2.BORDER_REPLICATE)
    return _jpeg(for_display(np.asarray(square, np.uint8), icc))


def decode_thumbnail(data: bytes) -> Pixels:
    """Return the (H, W, 3) BGR pixels of a thumbnail or tile, contiguous.

    Raises ``PhotoError`` when the cache is damaged: make the thumbnail again.
    """
    try:
        width, height = Image.open(io.BytesIO(data), formats=("JPEG",)).size
        if max(width, height) <= _MAX_STORED_SIDE:
            decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
            if decoded is not None:
                return np.ascontiguousarray(decoded, dtype=np.uint8)
    except Exception as error:  # broken headers make Pillow raise nearly anything
        raise PhotoError("A saved thumbnail is damaged. Delete the thumbnails; they are made again.") from error
    raise PhotoError("A saved thumbnail is damaged. Delete the thumbnails; they are made again.")


def _place(centre: float, side: int, length: int) -> tuple[int, int, int]:
    """Return where a square begins on one axis, how much is missing before it, and how much the photo has."""
    if side > length:
        return 0, (side - length) // 2, length
    start = min(max(round(centre - side / 2), 0), length - side)
    return start, 0, side


def _jpeg(pixels: cv2.typing.MatLike) -> bytes:
    done, encoded = cv2.imencode(".jpg", np.ascontiguousarray(pixels), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise PhotoError("A thumbnail could not be made. Please report this picture.")
    return encoded.tobytes()
