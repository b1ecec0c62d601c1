"""Camera raw files through LibRaw (rawpy): the camera's own JPEG inside if it is large enough, else half the sensor.

The JPEG is what the camera's screen showed, and is decoded like any other. Raw data behind a
whole JPEG is not looked at, so damage there goes unseen, and does no harm.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from faceapp.imaging import limits
from faceapp.imaging.exif import PhotoFacts, has_orientation, parse_exif, read_facts
from faceapp.imaging.jpeg import FORMATS, decode_jpeg
from faceapp.imaging.picture import Picture
from faceapp.imaging.pillow import open_header
from faceapp.imaging.refusals import check_size, not_a_picture, telling_damage
from faceapp.types import Pixels

if TYPE_CHECKING:
    from rawpy import RawPy

_TIFF = {b"II": b"II*\0", b"MM": b"MM\0*"}
_OWN_MAGIC = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILMCCD-RAW")  # ORF, RW2, RAF
_NEW_SUBFILE, _PHOTOMETRIC, _SUB_IFDS, _DNG_VERSION = 254, 262, 330, 50706
_REDUCED, _COLOUR_FILTER_ARRAY = 1, 32803
_ORIENTATION_OF_FLIP = (1, 2, 4, 3, 5, 8, 6, 7)  # LibRaw's bits: 1 mirrors, 2 turns upside down, 4 transposes
_BYTES_A_PIXEL = 24  # of a sensor with all colours in every pixel; a mosaic takes 6


def is_raw(data: bytes) -> bool:
    """Return whether a file is a camera's raw file. Most are TIFF, a small picture first, the large one below."""
    if data.startswith(_OWN_MAGIC) or data[4:12] == b"ftypcrx ":
        return True
    if data[:4] not in _TIFF.values():
        return False
    tags = parse_exif(data)
    if data[8:10] == b"CR" or _DNG_VERSION in tags or tags.get(_PHOTOMETRIC) == _COLOUR_FILTER_ARRAY:
        return True
    return tags.get(_NEW_SUBFILE) == _REDUCED and _SUB_IFDS in tags


def decode_raw(data: bytes, shown: str) -> Picture:
    """Decode a raw file. Raises ``PhotoError``."""
    import rawpy  # 25 ms, and most photo folders hold none

    with telling_damage(shown), rawpy.RawPy() as raw:
        try:
            raw.open_buffer(io.BytesIO(data))
        except rawpy.LibRawFileUnsupportedError as error:
            raise not_a_picture(shown) from error
        facts = _facts(data)
        preview = _preview(raw, shown)
        if preview is not None and max(preview[0].size) >= min(limits.MIN_PREVIEW_SIDE, _half_side(raw)):
            return _from_preview(*preview, raw, facts, shown)
        try:
            return Picture(_half_size(raw, len(data), shown), replace(facts, orientation=1))
        except (rawpy.LibRawFileUnsupportedError, rawpy.LibRawNotImplementedError) as error:
            if preview is None:  # a camera newer than this LibRaw
                raise not_a_picture(shown) from error
            return _from_preview(*preview, raw, facts, shown)


def _facts(data: bytes) -> PhotoFacts:
    """Return the facts that a raw file made like a TIFF has in its own tags."""
    magic = _TIFF.get(data[:2])
    if magic is None:
        return PhotoFacts()
    return read_facts(parse_exif(data if data.startswith(magic) else magic + data[4:]))


def _preview(raw: RawPy, shown: str) -> tuple[Image.Image, bytes] | None:
    """Return the header and the bytes of the largest JPEG inside, None without one."""
    try:
        data = raw.extract_thumb().data
        if not isinstance(data, bytes):
            return None
        image = open_header(data, shown)
    except MemoryError:
        raise
    except Exception:  # none, of an unknown kind, or broken
        return None
    return (image, data) if image.format in FORMATS else None


def _from_preview(image: Image.Image, data: bytes, raw: RawPy, facts: PhotoFacts, shown: str) -> Picture:
    """Decode a preview. What the file says of itself goes before what the preview says, but for the orientation."""
    picture = decode_jpeg(image, data, shown)
    turned = has_orientation(parse_exif(image.info.get("exif")))
    orientation = picture.facts.orientation if turned else _ORIENTATION_OF_FLIP[raw.sizes.flip & 7]
    both = PhotoFacts(orientation, facts.taken or picture.facts.taken, facts.camera or picture.facts.camera)
    return Picture(picture.pixels, both, picture.icc)


def _half_side(raw: RawPy) -> int:
    return max(raw.sizes.width, raw.sizes.height) // 2


def _half_size(raw: RawPy, file_bytes: int, shown: str) -> Pixels:
    """Return the sensor's picture, upright, four of its pixels to one. Raises ``LibRawError``."""
    sizes = raw.sizes
    size = sizes.raw_width, sizes.raw_height
    check_size(size, shown, bytes_a_pixel=_BYTES_A_PIXEL, file_bytes=file_bytes)
    rgb = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), np.uint8)
