"""Files as they lie in real photo folders, and worse: each a case with its maker and what a scan must make of it."""

from __future__ import annotations

import io
import os
import random
import socket
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from faceapp.imaging import limits
from tests.endurance.bombs import black_png, gif_bomb, png, png_chunk, text_bomb, tiff_bomb, wide_jpeg
from tests.endurance.pictures import SIZE, flipped, image, jpeg, own_jpeg, scene
from tests.imaging.dng import dng
from tests.imaging.support import encoded, stored_as

LONG_NAME = "n" * 251 + ".jpg"  # 255 bytes, the most that file systems take
LONG_PATH = "/".join(["a folder of a name that is far too long " * 3] * 9)  # 1,088 characters


class Fate(Enum):
    """What the scan makes of a file."""

    LISTED = "listed with its reason"
    FACE = "indexed, its one face in the right place"
    READ = "indexed, no face in it"
    EITHER = "indexed, or listed with its reason"
    ABSENT = "not in the library"


@dataclass(frozen=True)
class Case:
    path: str  # below the corpus, as ``os.fsdecode`` gives it
    make: Callable[[Path], object]  # given the absolute path, whose folder exists
    fate: Fate
    size: tuple[int, int] | None = None  # upright pixels, where they are told

    @property
    def id(self) -> str:
        """Return a short name of it that pytest can show."""
        text = self.path.encode("ascii", "backslashreplace").decode().replace("\n", "\\n")
        return text if len(text) <= 60 else f"{text[:28]}...{text[-28:]}"


DATA = Path(__file__).parent / "data"


def writes(data: Callable[[], bytes]) -> Callable[[Path], object]:
    """Return a maker of a file; the bytes are made with it, not when the tests are collected."""
    return lambda path: path.write_bytes(data())


def with_face(path: str, data: Callable[[], bytes] | None = None) -> Case:
    return Case(path, writes(data or (lambda: own_jpeg(path))), Fate.FACE, SIZE)


def as_kind(path: str, kind: str, **options: Any) -> Case:
    """Return the scene as a file of a kind that Pillow writes."""
    return with_face(path, lambda: encoded(image(), kind, **options))


def listed(path: str, data: Callable[[], bytes]) -> Case:
    return Case(path, writes(data), Fate.LISTED)


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", jpeg(scene()))
    return out.getvalue()


def make_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(before)


def make_huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE_BYTES + 1)  # a hole: takes no room on the disk


def make_secret(path: Path) -> None:
    path.write_bytes(own_jpeg("secret"))
    path.chmod(0)


def make_secret_folder(path: Path) -> None:
    path.write_bytes(own_jpeg("secret folder"))
    path.parent.chmod(0)


def odd_names() -> list[str]:
    names = [
        "two  blanks .jpg", "it's \"quoted\" `here`.jpg", "line\nbreak.jpg", "tab\tand\x1b[31mcolour.jpg", "-rf.jpg",
        "percent %s %00 {0}.jpg", "ünïcödé 写真.jpg", "smile 😀👩‍👩‍👧.jpg", "right \u202egpj.jpg", LONG_NAME,
        "UPPER.JPG", "two.png.jpeg",
    ]  # fmt: skip
    if sys.platform.startswith("linux"):  # elsewhere a name is text
        names.append(os.fsdecode(b"caf\xe9 \xff\xfe.jpg"))
    return names


def turned() -> list[Case]:
    """Return the scene as cameras store it in each of the eight ways to hold them."""

    def case(kind: str, number: int) -> Case:
        options = {} if kind in ("PNG", "TIFF") else {"quality": 92}
        path = f"turned {number}.{kind.lower()}"
        return with_face(path, lambda: encoded(stored_as(image(), number), kind, number, **options))

    heic = [with_face(f"turned {number}.heic", partial(heic_turned, number)) for number in range(1, 9)]
    return [*heic, *(case(kind, number) for kind in ("JPEG", "PNG", "WEBP", "TIFF") for number in range(1, 9))]


def heic_turned(number: int) -> bytes:
    return (DATA / f"turned-{number}.heic").read_bytes()


def cameras_own() -> list[Case]:
    """Return what is and what only looks like a camera's raw file."""
    raw = cache(lambda: dng(scene()))
    return [
        Case("raw.dng", writes(raw), Fate.FACE),
        listed("cut at 50.dng", lambda: raw()[: len(raw()) // 2]),
        listed("cut at 50.heic", lambda: heic_turned(1)[: len(heic_turned(1)) // 2]),
        listed("only a start.heic", lambda: heic_turned(1)[:40] + bytes(4000)),
        listed("garbage.nef", lambda: noise(50_000)),
        listed("text.cr2", lambda: b"Dear diary, a third one.\n" * 50),
        listed("bomb.dng", tiff_bomb),
    ]


def cut_off() -> list[Case]:
    def case(percent: int, kind: str) -> Case:
        def data() -> bytes:
            whole = encoded(image(), kind)
            return whole[: len(whole) * percent // 100]

        return listed(f"cut at {percent}.{kind.lower()}", data)

    halves = [case(50, kind) for kind in ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", "BMP")]
    return [case(1, "JPEG"), case(99, "JPEG"), *halves]


def kinds() -> list[Case]:
    def deep() -> bytes:
        return encoded(Image.fromarray(np.asarray(image().convert("L")).astype(np.uint16) * 257), "PNG")

    def see_through() -> bytes:
        picture = image().copy()
        picture.putalpha(255)
        return encoded(picture, "PNG")

    return [
        as_kind("wrong.jpg", "PNG"),
        as_kind("wrong.png", "JPEG", quality=91),
        as_kind("wrong.gif", "WEBP", quality=91),
        as_kind("progressive.jpg", "JPEG", quality=90, progressive=True),
        with_face("grey.jpg", lambda: encoded(image().convert("L"), "JPEG", quality=92)),
        with_face("cmyk.jpg", lambda: encoded(image().convert("CMYK"), "JPEG", quality=92)),
        with_face("palette.png", lambda: encoded(image().quantize(256), "PNG")),
        with_face("sixteen bits.png", deep),
        with_face("see-through.png", see_through),
        as_kind("broken exif.jpg", "JPEG", quality=90, exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(40)),
        as_kind("broken profile.jpg", "JPEG", quality=90, icc_profile=b"no profile" * 99),
        as_kind("plain.bmp", "BMP"),
        as_kind("plain.gif", "GIF"),
        as_kind("plain.avif", "AVIF", quality=85),
    ]


def odd_sizes() -> list[Case]:
    def plain(path: str, kind: str, width: int, height: int) -> Case:
        data = writes(lambda: encoded(Image.new("RGB", (width, height), "teal"), kind))
        return Case(path, data, Fate.READ, (width, height))

    return [
        plain("1x1.jpg", "JPEG", 1, 1),
        plain("1x1.png", "PNG", 1, 1),
        plain("1x1.gif", "GIF", 1, 1),
        plain("3x8000.jpg", "JPEG", 3, 8_000),
        plain("8000x3.png", "PNG", 8_000, 3),
        plain("1x65000.bmp", "BMP", 1, 65_000),
        Case("largest.png", writes(lambda: black_png(14_000, 14_000)), Fate.READ, (14_000, 14_000)),
        listed("bomb.png", lambda: black_png(20_000, 20_000)),
        listed("bomb.tif", tiff_bomb),
        listed("bomb.gif", gif_bomb),
        listed("bomb.jpg", lambda: wide_jpeg(jpeg(scene()))),
        listed("too wide.png", lambda: png(70_000, 1, zlib.compress(bytes(70_001)))),
        listed("endless.png", lambda: png(2**31 - 1, 2**31 - 1, b"")),
        listed("no size.png", lambda: png(0, 0, b"")),
        Case("text bomb.png", writes(text_bomb), Fate.EITHER),
        Case("too many bytes.jpg", make_huge, Fate.LISTED),
    ]


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def no_pictures() -> list[Case]:
    return [
        listed("empty.jpg", bytes),
        listed("one byte.jpg", lambda: b"\xff"),
        listed("zeros.jpg", lambda: bytes(50_000)),
        listed("garbage.jpg", lambda: noise(50_000)),
        listed("only a start.jpg", lambda: b"\xff\xd8\xff"),
        listed("text.jpg", lambda: b"Dear diary, today I renamed a text file.\n" * 50),
        listed("text.png", lambda: b"Dear diary, and another one.\n" * 50),
        listed("page.webp", lambda: b"<!doctype html><title>404</title><p>Not found"),
        listed("archive.jpg", a_zip),
        listed("document.tif", lambda: b"%PDF-1.7\n" + noise(2000)),
        listed("film.jpg", lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + noise(5000)),
        Case("something behind.jpg", writes(lambda: own_jpeg("behind") + noise(3000)), Fate.EITHER),
    ]


def rotten() -> list[Case]:
    def photo() -> bytes:
        return own_jpeg("rotten")

    def picture() -> bytes:
        return encoded(image(), "PNG")

    return [
        listed("rotten start.jpg", lambda: flipped(photo()[:2], 0, 1, 5) + photo()[2:]),
        Case("rotten header.jpg", writes(lambda: flipped(photo(), 0.001, 0.03, 20)), Fate.EITHER),
        Case("rotten body.jpg", writes(lambda: flipped(photo(), 0.3, 0.95, 20)), Fate.EITHER),
        Case("one rotten bit.jpg", writes(lambda: flipped(photo(), 0.4, 0.9, 1)), Fate.EITHER),
        listed("rotten header.png", lambda: flipped(picture()[:33], 0.5, 1, 6) + picture()[33:]),
        listed("rotten body.png", lambda: flipped(picture(), 0.3, 0.9, 3)),
        Case("rotten body.webp", writes(lambda: flipped(encoded(image(), "WEBP"), 0.2, 1, 9)), Fate.EITHER),
        Case("rotten body.tif", writes(lambda: flipped(encoded(image(), "TIFF"), 0.2, 1, 9)), Fate.EITHER),
    ]


def no_files() -> list[Case]:
    def link(path: str, target: str, fate: Fate) -> Case:
        return Case(path, lambda where: where.symlink_to(target), fate)

    return [
        Case("folder.jpg/inside.jpg", writes(lambda: own_jpeg("inside")), Fate.FACE, SIZE),
        Case("pipe.jpg", os.mkfifo, Fate.LISTED),
        Case("socket.jpg", make_socket, Fate.LISTED),
        link("device.jpg", "/dev/zero", Fate.LISTED),
        link("dangling.jpg", "nowhere.jpg", Fate.LISTED),
        link("loop.jpg", "loop.jpg", Fate.LISTED),
        link("link.jpg", "good 0.png", Fate.FACE),
        link("circle/again", "..", Fate.ABSENT),
        Case("secret.jpg", make_secret, Fate.LISTED),
        Case("secret/photo.jpg", make_secret_folder, Fate.ABSENT),
        with_face(f"{LONG_PATH}/photo.jpg"),
    ]


# Whose bytes arrive, or that are deleted, between the look at the file and its opening: see hook/sitecustomize.py.
GROWS, VANISHES = "grows.jpg", "vanishes.jpg"


def halves() -> tuple[bytes, bytes]:
    """Return what is there of the growing file, and what arrives while it is read."""
    whole = own_jpeg(GROWS)
    return whole[: len(whole) // 2], whole[len(whole) // 2 :]


def moving() -> list[Case]:
    return [
        Case(GROWS, writes(lambda: halves()[0]), Fate.EITHER),
        Case(VANISHES, writes(lambda: own_jpeg(VANISHES)), Fate.ABSENT),
    ]


# Their names sort before, between and behind the bad ones.
GOOD = [f"{name}good {number}.png" for number, name in enumerate(("", "aa ", "mm ", "zz "))]


def good(path: str) -> Case:
    def data() -> bytes:
        plain = encoded(image(), "PNG")
        return plain[:33] + png_chunk(b"tEXt", b"Comment\0" + path.encode()) + plain[33:]  # like no other

    return with_face(path, data)


CASES = (
    *(good(name) for name in GOOD),
    *(with_face(name) for name in odd_names()),
    *turned(),
    *cut_off(),
    *kinds(),
    *cameras_own(),
    *odd_sizes(),
    *no_pictures(),
    *rotten(),
    *no_files(),
    *moving(),
)


def make_corpus(folder: Path) -> None:
    for case in CASES:
        path = folder / case.path
        path.parent.mkdir(parents=True, exist_ok=True)
        case.make(path)


def open_again(folder: Path) -> None:
    """Give back the permissions that the cases took, so that the folder can be deleted."""
    (folder / "secret").chmod(0o700)
    (folder / "secret.jpg").chmod(0o600)
