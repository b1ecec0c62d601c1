"""What a photo says of itself: which way is up, when it was taken, by which camera.

Broken EXIF never fails a photo: whatever cannot be read is as if it were not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import cv2
import numpy as np
from PIL import Image

from faceapp.types import Pixels

_ORIENTATION, _MAKE, _MODEL, _DATE_TIME, _EXIF_IFD, _DATE_TIME_ORIGINAL = 0x0112, 0x010F, 0x0110, 0x0132, 0x8769, 0x9003
_DATE = re.compile(r"(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_FIRST_PHOTOGRAPH = 1826  # an earlier year is a camera without a set clock
_CAMERA_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """``orientation`` is EXIF's 1 to 8, ``taken`` naive local time."""

    orientation: int = 1
    taken: datetime | None = None
    camera: str | None = None


def read_facts(exif: Image.Exif) -> PhotoFacts:
    """Return what an EXIF block says, each part by itself: one broken tag does not hide the others."""
    taken = _date(_tag(exif, _DATE_TIME_ORIGINAL, _EXIF_IFD)) or _date(_tag(exif, _DATE_TIME))
    return PhotoFacts(_orientation(exif), taken, _camera(_text(_tag(exif, _MAKE)), _text(_tag(exif, _MODEL))))


def parse_exif(block: bytes | None) -> Image.Exif:
    """Return the tags of a raw EXIF block; empty when it is broken or None."""
    exif = Image.Exif()
    if block:
        try:
            exif.load(block)
        except Exception:  # a broken block makes Pillow raise nearly anything
            return Image.Exif()
    return exif


def has_orientation(exif: Image.Exif) -> bool:
    """Return whether an EXIF block says which way is up."""
    return _tag(exif, _ORIENTATION) is not None


def turn_upright(pixels: Pixels, orientation: int) -> Pixels:
    """Return (H, W, 3) pixels as EXIF ``orientation`` (1 to 8) says they are meant to be seen, contiguous."""
    if orientation == 2:
        turned = cv2.flip(pixels, 1)
    elif orientation == 3:
        turned = cv2.rotate(pixels, cv2.ROTATE_180)
    elif orientation == 4:
        turned = cv2.flip(pixels, 0)
    elif orientation == 5:
        turned = cv2.transpose(pixels)
    elif orientation == 6:
        turned = cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE)
    elif orientation == 7:
        turned = cv2.flip(cv2.transpose(pixels), -1)
    elif orientation == 8:
        turned = cv2.rotate(pixels, cv2.ROTATE_90_COUNTERCLOCKWISE)
    else:
        turned = pixels
    return np.ascontiguousarray(turned, dtype=np.uint8)


def _tag(exif: Image.Exif, tag: int, ifd: int | None = None) -> object:
    try:
        value: object = (exif if ifd is None else exif.get_ifd(ifd)).get(tag)
    except Exception:  # see parse_exif
        return None
    return value


def _orientation(exif: Image.Exif) -> int:
    value = _tag(exif, _ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _text(value: object) -> str:
    """Return a tag as one printable line: cameras pad with zeros and blanks, files may hold anything."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    line = value.split("\0", 1)[0]
    return " ".join("".join(c if c.isprintable() else " " for c in line).split())[:_CAMERA_CHARACTERS]


def _date(value: object) -> datetime | None:
    found = _DATE.match(_text(value))
    if found is None:
        return None
    try:
        taken = datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]  # six numbers
    except ValueError:
        return None
    return taken if taken.year >= _FIRST_PHOTOGRAPH else None


def _camera(make: str, model: str) -> str | None:
    """Join make and model, once: “NIKON CORPORATION” + “NIKON D90” is “NIKON D90”."""
    if not make or not model:
        return make or model or None
    if model.casefold().split()[0] == make.casefold().split()[0]:
        return model
    return f"{make} {model}"[:_CAMERA_CHARACTERS]
