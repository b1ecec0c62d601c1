"""A writer of tiny camera raw files: the smallest DNG that LibRaw takes, with and without a preview."""

from __future__ import annotations

import struct
from typing import NamedTuple

import numpy as np

from faceapp.types import Pixels

BYTE, ASCII, SHORT, LONG, RATIONAL, SIGNED_RATIONAL = 1, 2, 3, 4, 5, 10
_XYZ_TO_SRGB = [32_405, -15_372, -4_985, -9_693, 18_760, 416, 556, -2_040, 10_572]  # of ten thousand
_FORMAT = {BYTE: "B", ASCII: "s", SHORT: "H", LONG: "I", RATIONAL: "II", SIGNED_RATIONAL: "ii"}


class Tag(NamedTuple):
    number: int
    kind: int
    values: list[int] | bytes


def dng(
    stored: Pixels,
    orientation: int = 1,
    preview: bytes | None = None,
    preview_size: tuple[int, int] = (0, 0),
    date: bytes = b"2021:06:05 04:03:02",
) -> bytes:
    """Return a DNG of a stored BGR picture, as a mosaic of 16 bits; a preview is a JPEG of that (width, height)."""
    height, width = stored.shape[:2]
    mosaic = np.zeros((height, width), np.uint16)
    for y, x, channel in ((0, 0, 2), (0, 1, 1), (1, 0, 1), (1, 1, 0)):  # RGGB
        mosaic[y::2, x::2] = (stored[y::2, x::2, channel] / 255.0) ** 2.2 * 65_535
    about = [
        Tag(271, ASCII, b"Faceapp\0"),
        Tag(272, ASCII, b"Drawn\0"),
        Tag(274, SHORT, [orientation]),
        Tag(306, ASCII, date + b"\0"),
        Tag(50706, BYTE, [1, 4, 0, 0]),  # DNGVersion
        Tag(50708, ASCII, b"Faceapp Drawn\0"),  # UniqueCameraModel
        Tag(50721, SIGNED_RATIONAL, [part for entry in _XYZ_TO_SRGB for part in (entry, 10_000)]),
        Tag(50728, RATIONAL, [1, 1, 1, 1, 1, 1]),  # AsShotNeutral
        Tag(50778, SHORT, [21]),  # D65
    ]
    raw = [
        Tag(254, LONG, [0]),
        Tag(256, LONG, [width]),
        Tag(257, LONG, [height]),
        Tag(258, SHORT, [16]),
        Tag(259, SHORT, [1]),
        Tag(262, SHORT, [32803]),  # colour filter array
        Tag(277, SHORT, [1]),
        Tag(278, LONG, [height]),
        Tag(33421, SHORT, [2, 2]),
        Tag(33422, BYTE, [0, 1, 1, 2]),
        Tag(50717, LONG, [65_535]),  # white
    ]
    if preview is None:
        return _tiff([[*about, *raw]], [mosaic.tobytes()])
    small = [
        Tag(254, LONG, [1]),
        Tag(256, LONG, [preview_size[0]]),
        Tag(257, LONG, [preview_size[1]]),
        Tag(258, SHORT, [8, 8, 8]),
        Tag(259, SHORT, [7]),
        Tag(262, SHORT, [6]),
        Tag(277, SHORT, [3]),
        Tag(278, LONG, [preview_size[1]]),
    ]
    return _tiff([[*about, *small], raw], [preview, mosaic.tobytes()])


def _tiff(directories: list[list[Tag]], strips: list[bytes]) -> bytes:
    """Return a TIFF with a strip a directory; those after the first hang below it. The strips come last."""
    starts = [0] * len(strips)
    for _ in range(2):  # how long the directories are is known once they are made
        head = _directories(directories, starts, [len(strip) for strip in strips])
        starts = [len(head) + sum(len(strip) for strip in strips[:number]) for number in range(len(strips))]
    return head + b"".join(strips)


def _directories(directories: list[list[Tag]], starts: list[int], lengths: list[int]) -> bytes:
    out = bytearray(b"II*\0" + bytes(4))
    below: list[int] = []
    for number in reversed(range(len(directories))):
        tags = [*directories[number], Tag(273, LONG, [starts[number]]), Tag(279, LONG, [lengths[number]])]
        if number == 0 and below:
            tags.append(Tag(330, LONG, below))
        entries = bytearray()
        for tag in sorted(tags):
            kind = _FORMAT[tag.kind]
            if isinstance(tag.values, bytes):
                body = tag.values
            else:
                body = b"".join(struct.pack("<" + kind[0], value) for value in tag.values)
            count = len(body) // struct.calcsize("<" + kind)
            if len(body) > 4:
                body, out = struct.pack("<I", len(out)), out + body + bytes(len(body) % 2)
            entries += struct.pack("<HHI", tag.number, tag.kind, count) + body.ljust(4, b"\0")
        start = len(out)
        below = [start, *below]
        out += struct.pack("<H", len(tags)) + entries + bytes(4)
    out[4:8] = struct.pack("<I", start)
    return bytes(out)
