"""The one decoder of the app: every picture becomes upright BGR uint8, or a ``PhotoError`` that says why.

The content of a file says which format it is, not its suffix. The size is read from the header
before anything is decoded. All formats are turned upright in one place, so boxes fit whichever decoder was used.

A picture that is cut off is refused, not shown in part: half a group photo would count as the
whole one until somebody noticed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from faceapp.errors import PhotoError
from faceapp.imaging.colour import foreign_profile
from faceapp.imaging.exif import turn_upright
from faceapp.imaging.files import read_bytes
from faceapp.imaging.heif import decode_heif, is_heif
from faceapp.imaging.jpeg import FORMATS, decode_jpeg
from faceapp.imaging.picture import Picture
from faceapp.imaging.pillow import decode_image, open_header
from faceapp.imaging.raw import decode_raw, is_raw
from faceapp.imaging.refusals import check_bytes, shown_name
from faceapp.types import DecodedPhoto


def read_photo(path: Path) -> DecodedPhoto:
    """Read and decode a photo file. Never writes; never waits on a pipe or a device.

    Raises ``PhotoError`` with a sentence for a person, whatever is wrong with the file.
    """
    return decode_bytes(read_bytes(path), path.name)


def decode_bytes(data: bytes, name: str, content_hash: bytes | None = None) -> DecodedPhoto:
    """Decode the bytes of a picture file; ``name`` is what error messages call it.

    Transparency is laid on white, 16 bits become 8, grey, palette and CMYK become BGR; of an
    animation the first picture counts. ``content_hash`` is their sha256, if the caller has it. Raises ``PhotoError``.
    """
    shown = shown_name(name)
    try:
        picture = _decode(data, shown)
        upright = turn_upright(picture.pixels, picture.facts.orientation)
    except MemoryError as error:
        raise PhotoError(f"There was not enough memory to open {shown}. Close other programs and try again.") from error
    return DecodedPhoto(
        pixels=upright,
        content_hash=content_hash or hashlib.sha256(data).digest(),
        taken=picture.facts.taken,
        camera=picture.facts.camera,
        icc=foreign_profile(picture.icc),
    )


def _decode(data: bytes, shown: str) -> Picture:
    if not data:
        raise PhotoError(f"{shown} is empty. Copy it again from the camera or a backup.")
    check_bytes(len(data), shown)
    if is_heif(data):
        return decode_heif(data, shown)
    if is_raw(data):
        return decode_raw(data, shown)
    image = open_header(data, shown)
    return (decode_jpeg if image.format in FORMATS else decode_image)(image, data, shown)
