"""Small files that say they are very large pictures, or that cost a decoder minutes."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def png(width: int, height: int, rows: bytes, extra: bytes = b"") -> bytes:
    """Return a grey PNG of that size, of compressed ``rows`` and with ``extra`` chunks before them."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def black_png(width: int, height: int) -> bytes:
    return png(width, height, zeros_squeezed(width + 1, height))


def zeros_squeezed(size: int, times: int) -> bytes:
    """Return ``times`` x ``size`` zeros as zlib packs them, which takes it seconds for a bomb, in no time."""
    squeeze = zlib.compressobj(9)
    piece = squeeze.compress(bytes(size * 100)) + squeeze.flush(zlib.Z_FULL_FLUSH)
    checksum = (size * times % 65_521) << 16 | 1  # Adler-32 of zeros
    return piece + piece[2:] * (times // 100 - 1) + b"\x03\0" + struct.pack(">I", checksum)


def text_bomb() -> bytes:
    """Return a PNG whose text takes 200 MB once it is unpacked."""
    text = png_chunk(b"zTXt", b"Comment\0\0" + zeros_squeezed(10_000, 20_000))
    return png(8, 8, zlib.compress(bytes(9 * 8)), text)


def tiff_bomb() -> bytes:
    """Return a TIFF that says it has 30,000 x 30,000 pixels, of which hardly any are there."""
    tags = [(256, 4, 30_000), (257, 4, 30_000), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 4, 30_000)]
    tags += [(279, 4, 900_000_000)]
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4)


def gif_bomb() -> bytes:
    """Return a GIF of 35 bytes that says it has 60,000 x 60,000 pixels."""
    return (
        b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0x80, 0, 0) + bytes(6)
        + b"," + struct.pack("<HHHHB", 0, 0, 60_000, 60_000, 0) + b"\x02\x02\x4c\x01\x00;"
    )  # fmt: skip


def wide_jpeg(data: bytes) -> bytes:
    """Return a JPEG with a header that says 65,500 x 65,500 pixels."""
    start = data.index(b"\xff\xc0") + 5
    return data[:start] + struct.pack(">HH", 65_500, 65_500) + data[start + 4 :]


def scans_bomb() -> bytes:
    """Return a progressive JPEG of 300 KB that passes over 64 megapixels a thousand times."""
    out = io.BytesIO()
    Image.new("L", (8_000, 8_000), 100).save(out, "JPEG", progressive=True, quality=50)
    data = out.getvalue()
    last_pass = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last_pass * 1_000 + data[-2:]
