"""HEIC and HEIF through libheif and libde265 (pi_heif, which holds decoders only).

libheif turns the picture as the container says; what its EXIF says of orientation repeats that
and is left alone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from faceapp.imaging.colour import on_white
from faceapp.imaging.exif import parse_exif, read_facts
from faceapp.imaging.picture import Picture
from faceapp.imaging.refusals import check_size, telling_damage
from faceapp.types import Pixels

_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_BYTES_A_PIXEL = 10  # of memory while decoding; the most that was measured, rounded up
_BYTES_A_DEEP_PIXEL = 22  # of more than 8 bits, or with transparency
_BAND_ROWS = 512


def is_heif(data: bytes) -> bool:
    """Return whether a file says that it is HEIF. AVIF may say so too, and says more."""
    if data[4:8] != b"ftyp" or data[8:12] not in _BRANDS:
        return False
    return b"avif" not in data[16 : int.from_bytes(data[:4], "big")]


def decode_heif(data: bytes, shown: str) -> Picture:
    """Decode the primary picture of a HEIF file. Raises ``PhotoError``."""
    with telling_damage(shown):
        image = _library().open_heif(data, bgr_mode=True)
        deep = image.has_alpha or image.info.get("bit_depth", 8) > 8
        bytes_a_pixel = _BYTES_A_DEEP_PIXEL if deep else _BYTES_A_PIXEL
        check_size(image.size, shown, bytes_a_pixel=bytes_a_pixel, file_bytes=len(data))
        facts = read_facts(parse_exif(image.info.get("exif")))
        pixels = _bgr(np.asarray(image))
        return Picture(pixels, replace(facts, orientation=1), image.info.get("icc_profile"))


def _bgr(decoded: Pixels) -> Pixels:
    """Return BGR on white of (H, W) grey, or (H, W, C) pixels of which the last may be alpha."""
    channels = 1 if decoded.ndim == 2 else decoded.shape[2]
    if channels == 3:
        return np.array(decoded)  # a copy: the memory is libheif's, and goes with the picture
    out: Pixels = np.empty((*decoded.shape[:2], 3), np.uint8)
    for top in range(0, len(out), _BAND_ROWS):
        band = decoded[top : top + _BAND_ROWS].reshape(-1, decoded.shape[1], channels)
        colours = band[..., : 1 if channels < 3 else 3]
        out[top : top + _BAND_ROWS] = colours if channels == 1 else on_white(colours, band[..., -1:])
    return out


@lru_cache(maxsize=1)
def _library() -> Any:
    """Load the library at the first HEIC picture: it takes 65 ms, and most photo folders hold none."""
    import pi_heif

    pi_heif.options.DECODE_THREADS = 1  # there are as many decoding processes as cores
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    return pi_heif
