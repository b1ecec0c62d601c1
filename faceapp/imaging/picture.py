"""What the decoder of a format returns, before the picture is turned upright."""

from __future__ import annotations

from dataclasses import dataclass

from faceapp.imaging.exif import PhotoFacts
from faceapp.types import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """``pixels`` as they are stored: ``facts.orientation`` says how to turn them. ``icc`` as the file has it."""

    pixels: Pixels
    facts: PhotoFacts
    icc: bytes | None = None
