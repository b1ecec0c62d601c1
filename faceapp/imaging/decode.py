"""The one decoder of the app: every picture becomes upright BGR uint8, or a ``PhotoError`` that says why.

The size is read from the header before anything is decoded. OpenCV decodes the common formats, told
to leave the orientation alone; Pillow decodes what OpenCV gets wrong (transparency, animations, TIFF,
AVIF). All are then turned upright in one place, so boxes fit whichever decoder was used.

A picture that is cut off is refused, not shown in part: half a group photo would count as the
whole one until somebody noticed. Rotten bits inside a JPEG's pixels cannot be told from a picture.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import unicodedata
import warnings
from pathlib import Path

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

from faceapp.errors import PhotoError
from faceapp.imaging import limits
from faceapp.imaging.exif import PhotoFacts, parse_exif, read_facts, turn_upright
from faceapp.imaging.structure import jpeg_is_whole, read_png_structure
from faceapp.types import DecodedPhoto, Pixels

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
_JPEG = ("JPEG", "MPO")  # Pillow opens a JPEG and calls it MPO when more pictures follow
_BY_OPENCV = (*_JPEG, "PNG", "WEBP", "BMP")
_OPENCV_FLAGS = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
_ALPHA_MODES = ("RGBA", "LA", "PA", "La", "RGBa")
_BAND_ROWS = 512
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")

Image.MAX_IMAGE_PIXELS = None  # limits.MAX_PIXELS is ours, in one place; Pillow's would warn below it
warnings.filterwarnings("ignore", module=r"PIL\.")  # about odd metadata: not for the user's terminal
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what OpenCV would print is in our PhotoError


def read_photo(path: Path) -> DecodedPhoto:
    """Read and decode a photo file. Never writes; never waits on a pipe or a device.

    Raises ``PhotoError`` with a sentence for a person, whatever is wrong with the file.
    """
    return decode_bytes(_read_file(path), path.name)


def decode_bytes(data: bytes, name: str) -> DecodedPhoto:
    """Decode the bytes of a picture file; ``name`` is what error messages call it.

    Transparency is laid on white, 16 bits become 8, grey, palette and CMYK become BGR; of an
    animation the first picture counts. Raises ``PhotoError``.
    """
    shown = shown_name(name)
    try:
        return _decode(data, shown)
    except MemoryError as error:
        raise PhotoError(f"There was not enough memory to open {shown}. Close other programs and try again.") from error


def shown_name(name: str) -> str:
    """Return a file's name in quotes as one line that any terminal and encoding can show."""
    text = os.fsencode(name).decode("utf-8", "replace") if any("\ud800" <= c <= "\udfff" for c in name) else name
    text = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in text)
    return f"“{text}”"


def _read_file(path: Path) -> bytes:
    shown = shown_name(path.name)
    if len(os.fsencode(path)) > limits.MAX_PATH_BYTES:
        raise PhotoError(
            f"The path of {shown} is longer than {limits.MAX_PATH_BYTES:,} bytes. Move it to a shorter folder."
        )
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before opening: opening a device may act on it
            raise _not_a_file(shown)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            facts = os.fstat(file.fileno())  # what was opened may not be what was looked at
            if not stat.S_ISREG(facts.st_mode):
                raise _not_a_file(shown)
            if facts.st_size > limits.MAX_FILE_BYTES:
                raise _too_many_bytes(shown)
            return file.read(limits.MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise PhotoError(
                f"{shown} is a link to a file that is not there. Bring the file back or delete the link."
            ) from error
        raise PhotoError(f"{shown} is not there any more. Scan its folder again.") from error
    except PermissionError as error:
        raise PhotoError(
            f"You are not allowed to read {shown}. Change the permissions of the file or its folder."
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise PhotoError(f"{shown} cannot be read ({why}). Check the drive and try again.") from error


def _not_a_file(shown: str) -> PhotoError:
    return PhotoError(f"{shown} is not an ordinary file but a folder, pipe or device. Choose a picture file.")


def _too_many_bytes(shown: str) -> PhotoError:
    return PhotoError(
        f"{shown} is larger than {limits.MAX_FILE_BYTES >> 20:,} MB, the most that Faceapp opens. Save a smaller copy."
    )


def _damaged(shown: str) -> PhotoError:
    return PhotoError(f"{shown} is cut off or damaged. Copy it again from the camera or a backup.")


def _decode(data: bytes, shown: str) -> DecodedPhoto:
    if len(data) > limits.MAX_FILE_BYTES:
        raise _too_many_bytes(shown)
    image = _open(data, shown)
    _check_size(image, shown)
    exif_block = image.info.get("exif")
    if image.format in _JPEG and not jpeg_is_whole(data):
        raise _damaged(shown)
    if image.format == "PNG":
        png = read_png_structure(data)
        if not png.whole:
            raise _damaged(shown)
        exif_block = exif_block or png.exif  # Pillow would decode the whole picture to find one at the end
    # TIFF's tags are the file itself. AVIF turns by properties of its own, which Pillow reads out as a tag.
    own_tags = image.format in ("TIFF", "AVIF")
    pixels = None if _needs_pillow(image) else _by_opencv(data, image.size)
    facts = PhotoFacts() if own_tags else read_facts(parse_exif(exif_block))
    if pixels is None:
        pixels = _by_pillow(image, shown)
        if own_tags:  # only now: newer versions of Pillow turn a TIFF while loading, and drop the tag
            facts = read_facts(_own_exif(image))
    upright = turn_upright(pixels, facts.orientation)
    return DecodedPhoto(upright, hashlib.sha256(data).digest(), facts.taken, facts.camera)


def _open(data: bytes, shown: str) -> Image.Image:
    """Read a picture's header: no pixels yet."""
    if not data:
        raise PhotoError(f"{shown} is empty. Copy it again from the camera or a backup.")
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except MemoryError:
        raise
    except Exception as error:  # hostile headers make Pillow raise nearly anything
        if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
            raise PhotoError(f"{shown} is a HEIC picture, which Faceapp cannot read yet. Export it as JPEG.") from error
        raise PhotoError(
            f"{shown} is not a picture that Faceapp can read, or it is damaged. "
            "Use JPEG, PNG, WebP, AVIF, TIFF, GIF or BMP, or copy it again from a backup."
        ) from error


def _check_size(image: Image.Image, shown: str) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise _damaged(shown)
    if width * height > limits.MAX_PIXELS or max(width, height) > limits.MAX_SIDE:
        raise PhotoError(
            f"{shown} has {width:,} × {height:,} pixels. Faceapp opens up to "
            f"{limits.MAX_PIXELS // 1_000_000} megapixels and {limits.MAX_SIDE:,} pixels a side. Save a smaller copy."
        )


def _needs_pillow(image: Image.Image) -> bool:
    if image.format not in _BY_OPENCV:
        return True
    if image.mode in _ALPHA_MODES or "transparency" in image.info:
        return True
    return image.format in ("PNG", "WEBP") and bool(getattr(image, "is_animated", False))


def _by_opencv(data: bytes, size: tuple[int, int]) -> Pixels | None:
    """Return the pixels as they are stored, None when OpenCV cannot decode them or disagrees on the size."""
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), _OPENCV_FLAGS)
    except cv2.error:
        return None
    if decoded is None or decoded.dtype != np.uint8 or decoded.shape != (size[1], size[0], 3):
        return None
    return np.ascontiguousarray(decoded, dtype=np.uint8)


def _by_pillow(image: Image.Image, shown: str) -> Pixels:
    try:
        image.load()
        width, height = image.size
        out: Pixels = np.empty((height, width, 3), np.uint8)
        high = _highest(image)
        for top in range(0, height, _BAND_ROWS):  # in bands: whole copies would hold the memory three times
            bottom = min(top + _BAND_ROWS, height)
            out[top:bottom] = _bgr(image.crop((0, top, width, bottom)), high)
        return out
    except MemoryError:
        raise
    except Exception as error:  # see _open
        raise _damaged(shown) from error


def _highest(image: Image.Image) -> float:
    """Return the value that is white in a grey picture of more than 8 bits."""
    if image.mode != "F":
        return 65_535.0
    brightest = float(np.nanmax(np.asarray(image)))
    return next((white for white in (1.0, 255.0, 65_535.0) if brightest <= white), brightest)


def _bgr(band: Image.Image, white: float) -> Pixels:
    """Convert a band of rows, of any mode, to BGR on white."""
    if band.mode == "F" or band.mode.startswith("I"):
        grey = np.nan_to_num(np.asarray(band).astype(np.float32)) * (255.0 / white)
        return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    if band.mode in _ALPHA_MODES or "transparency" in band.info:
        rgba = np.asarray(band.convert("RGBA")).astype(np.uint16)
        alpha = rgba[..., 3:]
        return ((rgba[..., 2::-1] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    rgb: Pixels = np.asarray(band.convert("RGB"))
    return rgb[..., ::-1]


def _own_exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except Exception:  # see exif.parse_exif
        return Image.Exif()
