"""Pictures that nobody took: landscapes, and people who are nobody."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]

_FINER = 2  # people are drawn larger than they are kept, for smooth edges


@dataclass(frozen=True)
class Scenery:
    """The colours of a landscape: the sky from above to the horizon, and hills from far to near."""

    zenith: Colour
    horizon: Colour
    far: Colour
    near: Colour
    sun: Colour


MORNING = Scenery((94, 142, 196), (246, 220, 190), (150, 170, 190), (46, 84, 66), (255, 246, 222))
NOON = Scenery((52, 120, 200), (190, 222, 244), (120, 160, 190), (60, 120, 60), (255, 255, 240))
EVENING = Scenery((58, 48, 98), (240, 140, 92), (128, 84, 110), (40, 30, 50), (255, 214, 140))
NIGHT = Scenery((10, 14, 34), (42, 58, 104), (26, 34, 66), (8, 10, 18), (236, 240, 250))
WINTER = Scenery((168, 186, 206), (236, 240, 246), (196, 208, 222), (226, 232, 240), (255, 255, 255))


@dataclass(frozen=True)
class Looks:
    """How a drawn person looks."""

    skin: Colour
    hair: Colour
    coat: Colour
    wall: Colour
    long_hair: bool = False


# Where the eyes, the nose and the corners of the mouth are in the picture of a person who stands in the middle.
LANDMARKS = ((0.422, 0.45), (0.578, 0.45), (0.5, 0.57), (0.44, 0.61), (0.56, 0.61))
_SKINS = ((242, 208, 184), (224, 178, 144), (196, 142, 106), (150, 102, 76), (110, 74, 56))
_HAIRS = ((28, 24, 26), (84, 52, 34), (206, 168, 96), (150, 70, 36), (188, 188, 196))
_COATS = ((122, 60, 96), (52, 92, 140), (34, 110, 104), (196, 128, 40), (88, 92, 100), (160, 58, 52))
_WALLS = ((214, 224, 216), (240, 230, 206), (236, 222, 222), (206, 218, 232))


def crowd() -> list[Looks]:
    """Return how sixty people look, no two alike."""
    return [
        Looks(_SKINS[n % 5], _HAIRS[(n + n // 5) % 5], _COATS[n % 6], _WALLS[n % 4], long_hair=n % 7 in (1, 2, 4))
        for n in range(60)
    ]


def landscape(width: int, height: int, scenery: Scenery, number: int = 0) -> Image.Image:
    """Draw hills under a sky; ``number`` varies their shape."""
    sky = Image.linear_gradient("L").resize((width, height))
    picture = Image.composite(
        Image.new("RGB", (width, height), scenery.horizon), Image.new("RGB", (width, height), scenery.zenith), sky
    )
    draw = ImageDraw.Draw(picture)
    unit = min(width, height)
    x, y, r = width * (0.22 + 0.13 * (number % 5)), height * 0.3, unit * 0.07
    draw.ellipse((x - r, y - r, x + r, y + r), fill=scenery.sun)
    ridges = 5
    for ridge in range(ridges):
        share = ridge / (ridges - 1)
        base = height * (0.5 + 0.11 * ridge)
        high = unit * (0.13 - 0.015 * ridge)
        points = [(at, base - high * _hill(at / unit, ridge + 3 * number)) for at in range(0, width + 8, 8)]
        colour = _between(scenery.far, scenery.near, share)
        draw.polygon([(0, height), *points, (width + 8, height)], fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(0.6))


def _hill(x: float, seed: int) -> float:
    return sum(math.sin(x * f * 2.1 + seed * 1.7 * f) / f for f in (1.0, 2.3, 4.1)) * 0.6 + 0.4


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def person(size: int, looks: Looks, *, lean: float = 0.0) -> tuple[Image.Image, tuple[float, float, float, float]]:
    """Draw somebody, ``size`` pixels square; return the picture and where the face is, as shares of it.

    ``lean``: how far to the side she or he stands, as a share.
    """
    full = size * _FINER
    picture = Image.new("RGB", (full, full), looks.wall)
    draw = ImageDraw.Draw(picture)

    def oval(x: float, y: float, w: float, h: float, fill: Colour) -> None:
        x += lean
        draw.ellipse([round(v * full) for v in (x - w / 2, y - h / 2, x + w / 2, y + h / 2)], fill=fill)

    darker = _between(looks.skin, (60, 30, 30), 0.22)
    if looks.long_hair:
        oval(0.5, 0.52, 0.5, 0.66, looks.hair)
    oval(0.5, 1.1, 0.9, 0.64, looks.coat)
    draw.rectangle([round(v * full) for v in (0.44 + lean, 0.6, 0.56 + lean, 0.86)], fill=darker)
    oval(0.5, 0.84, 0.2, 0.12, darker)
    oval(0.5, 0.36, 0.44, 0.46, looks.hair)
    oval(0.5, 0.47, 0.36, 0.48, looks.skin)
    for side in (-1, 1):
        oval(0.5 + side * 0.182, 0.48, 0.05, 0.1, looks.skin)
        oval(0.5 + side * 0.078, 0.45, 0.062, 0.04, (250, 250, 250))
        oval(0.5 + side * 0.078, 0.45, 0.032, 0.038, (40, 34, 34))
        oval(0.5 + side * 0.078, 0.405, 0.085, 0.014, looks.hair)
    oval(0.5, 0.53, 0.05, 0.09, darker)
    oval(0.5, 0.515, 0.042, 0.09, looks.skin)
    oval(0.5, 0.615, 0.13, 0.05, (176, 74, 74))
    oval(0.5, 0.602, 0.14, 0.042, looks.skin)
    oval(0.5, 0.27, 0.34, 0.14, looks.hair)
    return picture.resize((size, size), Image.Resampling.LANCZOS), (0.31 + lean, 0.22, 0.38, 0.5)
