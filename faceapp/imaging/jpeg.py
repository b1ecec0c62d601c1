"""JPEG: libjpeg-turbo through simplejpeg, which is fast and tells of damaged data.

Of photos with one flipped bit that spoilt more than a hundredth of the picture, it told in two
of three; the others look like a picture to any decoder. Where it tells of oddities that do no harm,
and for CMYK, Pillow decodes.
"""

from __future__ import annotations

import re

import numpy as np
import simplejpeg
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging import limits
from faceapp.imaging.exif import parse_exif, read_facts
from faceapp.imaging.picture import Picture
from faceapp.imaging.pillow import pillow_pixels, profile_of
from faceapp.imaging.refusals import check_size, damaged
from faceapp.imaging.structure import jpeg_end
from faceapp.types import Pixels

FORMATS = ("JPEG", "MPO")  # Pillow opens a JPEG and calls it MPO when more pictures follow
_DAMAGE = ("Corrupt JPEG data", "Premature end")  # how libjpeg's warnings begin that are about the pixels
_BAD_PROFILE = "Corrupt JPEG data: bad ICC marker"
_EXTRA = re.compile(r"Corrupt JPEG data: (\d+) extraneous bytes before marker 0x(\w\w)")
_HEADER_MARKERS = frozenset({0xC0, 0xC1, 0xC2, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)})
_SCAN = b"\xff\xda"  # the marker that begins a scan; pixel data holds none
_READ_AHEAD = 9  # bytes; libjpeg looks at up to 8 that it may not need
_SLIPS = 2  # bytes too many that some encoders leave at the end; damage left three and more


def decode_jpeg(image: Image.Image, data: bytes, shown: str) -> Picture:
    """Decode a JPEG whose header Pillow has read. Raises ``PhotoError``."""
    colours = len(image.getbands())
    # A picture of several scans, as all progressive ones are: libjpeg keeps two bytes a colour until the last.
    bytes_a_pixel = 2 * colours + max(colours, 3)
    check_size(image.size, shown, bytes_a_pixel=bytes_a_pixel, file_bytes=len(data))
    if _scans(data) > limits.MAX_JPEG_SCANS:
        raise PhotoError(
            f"{shown} is built of more than {limits.MAX_JPEG_SCANS} layers, which no camera does. "
            "Save a new copy of it as JPEG."
        )
    facts = read_facts(parse_exif(image.info.get("exif")))
    pixels = None if image.mode == "CMYK" else _turbo_pixels(data, image.size, shown)
    if pixels is None:
        if jpeg_end(data) is None:
            raise damaged(shown)
        pixels = pillow_pixels(image, shown)
    return Picture(pixels, facts, profile_of(image))


def _scans(data: bytes) -> int:
    """Return how often a JPEG passes over its pixels. A few bytes can ask for a thousand passes, which take minutes."""
    scans = data.count(_SCAN)
    if scans > limits.MAX_JPEG_SCANS:  # may be a video after the end, as phones append
        scans = data.count(_SCAN, 0, jpeg_end(data) or len(data))
    return scans


def _turbo_pixels(data: bytes, size: tuple[int, int], shown: str) -> Pixels | None:
    """Return the pixels, None for what simplejpeg cannot decode or calls odd though it does no harm."""
    try:
        decoded = simplejpeg.decode_jpeg(data, "BGR")
    except ValueError as error:
        if _tells_of_damage(str(error), data):
            raise damaged(shown) from error
        return None
    return np.asarray(decoded, np.uint8) if decoded.shape == (size[1], size[0], 3) else None


def _tells_of_damage(warning: str, data: bytes) -> bool:
    """Return whether libjpeg's warning is about pixels, not about padding or a careless writer."""
    if not warning.startswith(_DAMAGE) or warning == _BAD_PROFILE:
        return False
    extra = _EXTRA.match(warning)
    if extra is None:
        return True
    count, marker = int(extra[1]), int(extra[2], 16)
    if marker in _HEADER_MARKERS:
        return False
    end = jpeg_end(data)
    if marker != 0xD9 or end is None:
        return True
    tail = data[end - 2 - count - _READ_AHEAD : end - 2]
    padding = len(set(tail[-count:])) == 1
    hole = len(set(tail)) == 1  # some of it was taken for pixels: a copy from a failing disk, half of it zeros
    return count > _SLIPS and (hole or not padding)
