"""Whether a file is whole, told from its structure without decoding.

Some versions of the decoders return a picture that is grey from the cut on, and say nothing.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

# A marker that ends entropy-coded data: not a stuffed zero, not a restart, not a fill byte.
_JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_JPEG_END = 0xD9
_JPEG_ALONE = (0x01, 0xD8)  # markers without a length
_WINDOW_BYTES = 1 << 20  # 1 ms
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def jpeg_end(data: bytes) -> int | None:
    """Return where a JPEG's own end marker ends, None if it is cut off before.

    Follows the segments, so that the end of an embedded thumbnail does not count, nor do the
    trailers count against it that phones append. Flipped bits inside the pixel data go unseen:
    JPEG has no checksum.
    """
    position = 2
    while (position := _after_next_marker(data, position)) > 0:
        marker = data[position - 1]
        if marker == _JPEG_END:
            return position
        if marker not in _JPEG_ALONE:
            length = int.from_bytes(data[position : position + 2], "big")
            if length < 2:
                return None
            position += length
    return None


def _after_next_marker(data: bytes, start: int) -> int:
    """Return where the next marker ends, 0 if there is none. In windows: a search holds up all other threads."""
    for window in range(start, len(data), _WINDOW_BYTES):
        found = _JPEG_MARKER.search(data, window, window + _WINDOW_BYTES + 1)
        if found is not None:
            return found.end()
    return 0


@dataclass(frozen=True, slots=True)
class PngStructure:
    """``whole``: every critical chunk has its checksum and the end is there; ``exif``: the eXIf chunk."""

    whole: bool
    exif: bytes | None


def read_png_structure(data: bytes) -> PngStructure:
    """Walk the chunks of a PNG and verify the checksums of those that make the picture."""
    exif: bytes | None = None
    view = memoryview(data)
    position = len(_PNG_SIGNATURE)
    while position + 12 <= len(data):
        length = int.from_bytes(view[position : position + 4], "big")
        end = position + 8 + length
        if end + 4 > len(data):
            break
        kind = bytes(view[position + 4 : position + 8])
        sound = zlib.crc32(view[position + 4 : end]) == int.from_bytes(view[end : end + 4], "big")
        if not sound and kind[:1].isupper():
            break
        if kind == b"IEND":
            return PngStructure(True, exif)
        if sound and kind == b"eXIf":
            exif = bytes(view[position + 8 : end])
        position = end + 4
    return PngStructure(False, exif)
