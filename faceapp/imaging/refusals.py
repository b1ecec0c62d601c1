"""Why a picture is refused: sentences for a person, and the checks of size that lead to them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from faceapp.errors import PhotoError
from faceapp.imaging import limits


def shown_name(name: str) -> str:
    """Return a file's name in quotes as one line that any terminal and encoding can show."""
    text = os.fsencode(name).decode("utf-8", "replace") if any("\ud800" <= c <= "\udfff" for c in name) else name
    text = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in text)
    return f"“{text}”"


def damaged(shown: str) -> PhotoError:
    return PhotoError(f"{shown} is cut off or damaged. Copy it again from the camera or a backup.")


@contextmanager
def telling_damage(shown: str) -> Iterator[None]:
    """Hostile files make decoders raise nearly anything: all of it means damage, but for a lack of memory."""
    try:
        yield
    except (MemoryError, PhotoError):
        raise
    except Exception as error:
        raise damaged(shown) from error


def not_a_picture(shown: str) -> PhotoError:
    return PhotoError(
        f"{shown} is not a picture that Faceapp can read, or it is damaged. "
        "Use JPEG, HEIC, PNG, WebP, AVIF, TIFF, GIF, BMP or a camera raw file, or copy it again from a backup."
    )


def check_bytes(size: int, shown: str) -> None:
    """Raise ``PhotoError`` for a file of more bytes than we take."""
    if size > limits.MAX_FILE_BYTES:
        raise PhotoError(
            f"{shown} is larger than {limits.MAX_FILE_BYTES >> 20:,} MB, the most that Faceapp opens. "
            "Save a smaller copy."
        )


def check_size(size: tuple[int, int], shown: str, *, bytes_a_pixel: int, file_bytes: int) -> None:
    """Raise ``PhotoError`` for a picture that is too large, told from its header before anything is decoded.

    ``bytes_a_pixel`` is what its decoder takes at worst, the finished pixels included.
    """
    width, height = size
    if width < 1 or height < 1:
        raise damaged(shown)
    said = f"{shown} has {width:,} × {height:,} pixels"
    if width * height > limits.MAX_PIXELS or max(width, height) > limits.MAX_SIDE:
        raise PhotoError(
            f"{said}. Faceapp opens up to {limits.MAX_PIXELS // 1_000_000} megapixels and "
            f"{limits.MAX_SIDE:,} pixels a side. Save a smaller copy."
        )
    needed = width * height * bytes_a_pixel + file_bytes
    if needed > limits.MAX_DECODE_BYTES:
        raise PhotoError(
            f"{said}, which take {needed >> 20:,} MB of memory to open in this format. Faceapp gives one picture "
            f"{limits.MAX_DECODE_BYTES >> 20:,} MB. Save a smaller copy or a JPEG."
        )
