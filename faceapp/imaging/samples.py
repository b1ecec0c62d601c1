"""Sample photos for trying the program out, made of the public-domain portraits that it brings along."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from faceapp.config import resources_dir

NAMES: Final = tuple(f"sample-{number:02}.jpg" for number in range(1, 25))
_WIDE, _HIGH, _TALL = (1200, 900), (900, 1200), (900, 900)
_PRINT = 425  # pixels, a portrait in a picture of several
_FIRST_DAY: Final = datetime(2009, 6, 14, 10, 30)
_TOGETHER: Final = 6  # samples taken on one day
_DAYS_APART: Final = 761
_EXIF, _TAKEN, _CAMERA = 0x8769, 0x9003, 0x0110


@dataclass(frozen=True, slots=True)
class _Shot:
    """One sample: numbers of portraits, and what is done to the picture."""

    heads: Sequence[int]
    mirrored: bool = False
    light: float = 1.0  # brightness
    crop: float = 1.0  # share of the portrait that is kept, around its middle
    turned: float = 0.0  # degrees
    grey: bool = False
    size: tuple[int, int] = _TALL


_SHOTS: Final = (  # portraits 0 to 2 are one person, 3 to 5 three others
    *(_Shot([head]) for head in range(6)),
    *(_Shot([head], mirrored=True, light=1.12, crop=0.9, size=_HIGH) for head in range(6)),
    *(_Shot([head], light=0.9, turned=5, crop=0.85, size=_WIDE, grey=head in (1, 4)) for head in range(6)),
    _Shot([0, 3]),
    _Shot([4, 5]),
    _Shot([1, 4], light=1.1),
    _Shot([3, 5], mirrored=True),
    _Shot([2, 3], grey=True),
    _Shot([5, 0], light=0.92),
)
assert len(_SHOTS) == len(NAMES)


def make_samples(folder: Path) -> None:
    """Write the samples into a folder of the program, which is made if need be. Raises ``OSError``."""
    listed = tomllib.loads((resources_dir() / "selfcheck" / "faces.toml").read_text(encoding="utf-8"))["face"]
    heads = []
    for face in listed:
        with Image.open(resources_dir() / "selfcheck" / face["file"]) as head:
            heads.append(head.convert("RGB"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, shot) in enumerate(zip(NAMES, _SHOTS, strict=True)):
        picture = _picture([heads[head] for head in shot.heads], shot)
        exif = Image.Exif()
        exif[_CAMERA] = "Faceapp sample"
        taken = _FIRST_DAY + timedelta(days=_DAYS_APART * (number // _TOGETHER), minutes=7 * number)
        exif.get_ifd(_EXIF)[_TAKEN] = taken.strftime("%Y:%m:%d %H:%M:%S")
        picture.save(folder / name, quality=88, exif=exif)


def remove_samples(folder: Path) -> None:
    """Delete the samples and their folder, unless something else lies in it. Raises ``OSError``."""
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):
        if not any(folder.iterdir()):
            folder.rmdir()


def _picture(heads: Sequence[Image.Image], shot: _Shot) -> Image.Image:
    """Return portraits before a blurred background of their own colours."""
    wide, high = shot.size
    side = _PRINT if len(heads) > 1 else min(wide, high)
    small = ImageOps.fit(heads[0], (wide // 10, high // 10)).filter(ImageFilter.GaussianBlur(6))
    picture = ImageEnhance.Brightness(small).enhance(0.75).resize(shot.size, Image.Resampling.BICUBIC)
    gap = (wide - side * len(heads)) // (len(heads) + 1)
    for at, head in enumerate(heads):
        left, top = gap + at * (side + gap), (high - side) // 2
        picture.paste(_portrait(head, shot, side), (left, top))
    if shot.mirrored:
        picture = ImageOps.mirror(picture)
    if shot.grey:
        picture = ImageOps.grayscale(picture).convert("RGB")
    return ImageEnhance.Brightness(picture).enhance(shot.light)


def _portrait(head: Image.Image, shot: _Shot, side: int) -> Image.Image:
    if shot.turned:
        head = head.rotate(shot.turned, Image.Resampling.BICUBIC)
    kept = round(min(head.size) * shot.crop)
    left, top = (head.width - kept) // 2, (head.height - kept) // 2
    return head.crop((left, top, left + kept, top + kept)).resize((side, side), Image.Resampling.LANCZOS)
