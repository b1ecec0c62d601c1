"""The album of the pictures: the portraits that the project carries, varied, and drawn pictures of odd shapes."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageEnhance, ImageOps

from screenshots import drawing
from screenshots.drawing import EVENING, MORNING, NIGHT, NOON, WINTER, Looks

PORTRAITS = Path(__file__).resolve().parents[2] / "tests" / "portraits"
TAKEN = ("obama", "obama2", "obama3", "biden", "astronaut", "grace_hopper")
LONG = "Maria-Magdalena von und zu Hohenstein-Schillingsfürst (Tante Leni)"
CHINESE, ARABIC, SHORT = "欧阳修远", "ليلى عبد الرحمن الشريف", "Q"
_EXIF_IFD, _TAKEN, _CAMERA, _ORIENTATION = 0x8769, 0x9003, 0x0110, 0x0112
_QUALITY = 90

Change = Callable[[Image.Image], Image.Image]


def cropped(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    return picture.crop((width // 10, height // 20, width - width // 10, height - height // 6))


VARIANTS: dict[str, Change] = {
    "": lambda picture: picture,
    "-mirrored": ImageOps.mirror,
    "-bright": lambda picture: ImageEnhance.Brightness(picture).enhance(1.25),
    "-grey": lambda picture: ImageOps.grayscale(picture).convert("RGB"),
    "-crop": cropped,
}
LANDSCAPES = (
    ("Panorama vom Gipfel (6 Bilder, zusammengesetzt, zweiter Versuch, endgültige Fassung).jpg", 2400, 400, MORNING),
    ("tall waterfall.jpg", 320, 1600, NOON),
    ("IMG_20190714_163201_HDR_EDITED_FINAL_final_2 (1).jpeg", 1600, 1200, EVENING),
    ("_.jpg", 800, 800, NIGHT),
    ("冬天的早晨.jpg", 1500, 1000, WINTER),
)
_AWAY = (("lake.jpg", 1500, 1000, MORNING), ("harbour.jpg", 1000, 1500, EVENING))


@dataclass(frozen=True)
class Drawn:
    """Somebody who was drawn: files and where the face is in each, as x, y, width, height (shares)."""

    name: str
    faces: tuple[tuple[str, tuple[float, float, float, float]], ...]


_PEOPLE = (
    (LONG, "leni", Looks((238, 202, 176), (196, 196, 204), (122, 60, 96), (214, 224, 216), long_hair=False)),
    (CHINESE, "修远", Looks((232, 196, 160), (30, 28, 32), (52, 92, 140), (240, 230, 206))),
    (ARABIC, "layla", Looks((206, 158, 122), (44, 30, 26), (34, 110, 104), (236, 222, 222), long_hair=True)),
    (SHORT, "q", Looks((148, 100, 74), (26, 20, 20), (196, 128, 40), (206, 218, 232))),
)
_LEANS = (0.0, 0.06)


def make_album(folder: Path) -> tuple[Drawn, ...]:
    """Write about forty JPEG files with dates, some stored on their side; return who was drawn in which."""
    folder.mkdir(parents=True)
    day = datetime.datetime(2012, 5, 4, 10, 30)
    for stem in TAKEN:
        path = next(PORTRAITS.glob(f"{stem}.*"))
        original = Image.open(path).convert("RGB")
        original.thumbnail((1600, 1600))
        for suffix, change in VARIANTS.items():
            day += datetime.timedelta(days=37, hours=5)
            _save(change(original), folder / f"{stem}{suffix}.jpg", day, turned=suffix == "-bright")
    people = []
    for name, stem, looks in _PEOPLE:
        faces = []
        for number, lean in enumerate(_LEANS):
            day += datetime.timedelta(days=11)
            picture, face = drawing.person(900, looks, lean=lean)
            file = f"{stem} {number + 1}.jpg"
            _save(picture, folder / file, day)
            faces.append((file, face))
        people.append(Drawn(name, tuple(faces)))
    for number, (file, width, height, scenery) in enumerate(LANDSCAPES):
        day += datetime.timedelta(days=9)
        _save(drawing.landscape(width, height, scenery, number), folder / file, day)
    return tuple(people)


def make_one(folder: Path) -> None:
    """Write an album of a single photo."""
    folder.mkdir(parents=True)
    _save(Image.open(PORTRAITS / "grace_hopper.jpg"), folder / "grace_hopper.jpg", datetime.datetime(1984, 1, 20, 9))


def make_away(folder: Path) -> None:
    """Write the photos of a drive that is not connected afterwards."""
    folder.mkdir(parents=True)
    for number, (file, width, height, scenery) in enumerate(_AWAY):
        _save(drawing.landscape(width, height, scenery, number + 7), folder / file, datetime.datetime(2009, 8, 2, 18))


def make_classes(folder: Path) -> None:
    """Write a folder for each person, to evaluate the model on."""
    for stem in TAKEN:
        place = folder / stem.rstrip("23")
        place.mkdir(parents=True, exist_ok=True)
        picture = Image.open(next(PORTRAITS.glob(f"{stem}.*"))).convert("RGB")
        picture.thumbnail((1000, 1000))
        picture.save(place / f"{stem}.jpg", quality=_QUALITY)
        ImageOps.mirror(picture).save(place / f"{stem}-mirrored.jpg", quality=_QUALITY)


def make_couple(path: Path) -> None:
    """Write a picture that shows two people, to search with."""
    halves = [
        Image.open(PORTRAITS / name).convert("RGB").resize((600, 750)) for name in ("obama.jpg", "grace_hopper.jpg")
    ]
    picture = Image.new("RGB", (1200, 750))
    for number, half in enumerate(halves):
        picture.paste(half, (600 * number, 0))
    picture.save(path, quality=_QUALITY)


def broken(folder: Path) -> dict[Path, bytes]:
    """Return files that cannot be read."""
    whole = (folder / "biden.jpg").read_bytes()
    return {
        folder / "IMG_2041.jpg": whole[: len(whole) // 2],
        folder / "IMG_2042.jpg": b"",
        folder
        / "scan of a letter from my great-grandmother to the mayor of Schillingsfürst, 14 March 1913.png": b"Dear",
    }


def _save(picture: Image.Image, path: Path, day: datetime.datetime, *, turned: bool = False) -> None:
    exif = Image.Exif()
    exif[_CAMERA] = "Sample camera"
    exif.get_ifd(_EXIF_IFD)[_TAKEN] = f"{day:%Y:%m:%d %H:%M:%S}"
    if turned:
        picture, exif[_ORIENTATION] = picture.rotate(90, expand=True), 6
    picture.save(path, quality=_QUALITY, exif=exif)
    os.utime(path, (day.timestamp(), day.timestamp()))
