"""Pillow reads the headers of most formats, and decodes what OpenCV gets wrong.

That is transparency, animations, CMYK, TIFF, GIF and AVIF; PNG, WebP and BMP otherwise go through OpenCV.
"""

from __future__ import annotations

import io
import warnings

import cv2
import numpy as np
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from faceapp.imaging.colour import cmyk_to_srgb, on_white
from faceapp.imaging.exif import PhotoFacts, parse_exif, read_facts
from faceapp.imaging.picture import Picture
from faceapp.imaging.refusals import check_size, damaged, not_a_picture, telling_damage
from faceapp.imaging.structure import read_png_structure
from faceapp.types import Pixels

# Named, so that Pillow loads these and no other of its many plugins, before threads use them.
_PLUGINS = (
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    WebPImagePlugin.WebPImageFile,
    BmpImagePlugin.BmpImageFile,
    TiffImagePlugin.TiffImageFile,
    GifImagePlugin.GifImageFile,
    AvifImagePlugin.AvifImageFile,
)
_FORMATS = tuple(str(plugin.format) for plugin in _PLUGINS)
_BY_OPENCV = ("PNG", "WEBP", "BMP")
_OPENCV_FLAGS = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
_ALPHA_MODES = ("RGBA", "LA", "PA", "La", "RGBa")
_BAND_ROWS = 512
_BYTES_A_PIXEL = 10  # of memory while decoding; the most that was measured, rounded up
_BYTES_BY_PILLOW = {"AVIF": 20, "WEBP": 20, "TIFF": 16}  # deep ones, animations, one large strip

Image.MAX_IMAGE_PIXELS = None  # limits.MAX_PIXELS is ours, in one place; Pillow's would warn below it
warnings.filterwarnings("ignore", module=r"PIL\.")  # about odd metadata: not for the user's terminal
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what OpenCV would print is in our PhotoError


def open_header(data: bytes, shown: str) -> Image.Image:
    """Read a picture's header: no pixels yet. Raises ``PhotoError``."""
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except MemoryError:
        raise
    except Exception as error:  # as in telling_damage
        raise not_a_picture(shown) from error


def decode_image(image: Image.Image, data: bytes, shown: str) -> Picture:
    """Decode what ``open_header`` opened, JPEG apart. Raises ``PhotoError``."""
    by_pillow = _needs_pillow(image)
    bytes_a_pixel = _BYTES_BY_PILLOW.get(str(image.format), _BYTES_A_PIXEL) if by_pillow else _BYTES_A_PIXEL
    check_size(image.size, shown, bytes_a_pixel=bytes_a_pixel, file_bytes=len(data))
    exif_block = image.info.get("exif")
    if image.format == "PNG":
        png = read_png_structure(data)
        if not png.whole:
            raise damaged(shown)
        exif_block = exif_block or png.exif  # Pillow would decode the whole picture to find one at the end
    # TIFF's tags are the file itself. AVIF turns by properties of its own, which Pillow reads out as a tag.
    own_tags = image.format in ("TIFF", "AVIF")
    pixels = None if by_pillow else _opencv_pixels(data, image.size)
    facts = PhotoFacts() if own_tags else read_facts(parse_exif(exif_block))
    if pixels is None:
        pixels = pillow_pixels(image, shown)
        if own_tags:  # only now: newer versions of Pillow turn a TIFF while loading, and drop the tag
            facts = read_facts(_own_exif(image))
    return Picture(pixels, facts, profile_of(image))


def profile_of(image: Image.Image) -> bytes | None:
    """Return the profile of a picture's pixels once they are BGR: one of ink has been used up by then."""
    return None if image.mode in ("CMYK", "LAB") else image.info.get("icc_profile")


def pillow_pixels(image: Image.Image, shown: str) -> Pixels:
    """Decode with Pillow, the first picture of several, on white. Raises ``PhotoError``."""
    with telling_damage(shown):
        image.load()
        width, height = image.size
        out: Pixels = np.empty((height, width, 3), np.uint8)
        white = _white(image)
        icc = image.info.get("icc_profile")
        for top in range(0, height, _BAND_ROWS):  # in bands: whole copies would hold the memory three times
            bottom = min(top + _BAND_ROWS, height)
            out[top:bottom] = _bgr(image.crop((0, top, width, bottom)), white, icc)
        return out


def _needs_pillow(image: Image.Image) -> bool:
    if image.format not in _BY_OPENCV:
        return True
    if image.mode in _ALPHA_MODES or "transparency" in image.info:
        return True
    return image.format in ("PNG", "WEBP") and bool(getattr(image, "is_animated", False))


def _opencv_pixels(data: bytes, size: tuple[int, int]) -> Pixels | None:
    """Return the pixels as they are stored, None when OpenCV cannot decode them or disagrees on the size."""
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), _OPENCV_FLAGS)
    except cv2.error:
        return None
    if decoded is None or decoded.dtype != np.uint8 or decoded.shape != (size[1], size[0], 3):
        return None
    return np.ascontiguousarray(decoded, dtype=np.uint8)


def _white(image: Image.Image) -> float:
    """Return the value that is white in a grey picture of more than 8 bits."""
    if image.mode != "F":
        return 65_535.0
    brightest = float(np.nanmax(np.asarray(image)))
    return next((white for white in (1.0, 255.0, 65_535.0) if brightest <= white), brightest)


def _bgr(band: Image.Image, white: float, icc: bytes | None) -> Pixels:
    """Convert a band of rows, of any mode, to BGR on white."""
    if band.mode == "F" or band.mode.startswith("I"):
        grey = np.nan_to_num(np.asarray(band).astype(np.float32)) * (255.0 / white)
        return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    if band.mode in _ALPHA_MODES or "transparency" in band.info:
        rgba = np.asarray(band.convert("RGBA"))
        return on_white(rgba[..., 2::-1], rgba[..., 3:])
    rgb: Pixels = np.asarray(cmyk_to_srgb(band, icc) if band.mode == "CMYK" else band.convert("RGB"))
    return rgb[..., ::-1]


def _own_exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except Exception:  # see exif.parse_exif
        return Image.Exif()
