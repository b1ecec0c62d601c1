from __future__ import annotations

import contextlib
import os
import random
import socket
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging import decode, limits
from faceapp.imaging.decode import decode_bytes, read_photo, shown_name
from faceapp.imaging.structure import jpeg_is_whole
from tests.imaging.support import assert_corners, corners_picture, encoded
from tests.permissions import permissions

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX files")
KINDS = ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF"]


def noisy(size: tuple[int, int] = (160, 120)) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3))


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """Return a PNG that says it is that large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def refused(path: Path, match: str) -> None:
    with pytest.raises(PhotoError, match=match) as caught:
        read_photo(path)
    assert shown_name(path.name) in str(caught.value)
    assert str(caught.value).endswith(".")


def test_missing(tmp_path: Path) -> None:
    refused(tmp_path / "gone.jpg", "not there any more")
    refused(tmp_path / "no folder" / "gone.jpg", "not there any more")


@posix
def test_links(tmp_path: Path) -> None:
    link, target = tmp_path / "link.jpg", tmp_path / "target.jpg"
    link.symlink_to(target)
    refused(link, "link to a file that is not there")
    target.write_bytes(encoded(corners_picture(), "JPEG", quality=95))
    assert_corners(read_photo(link).pixels)
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    refused(loop, "cannot be read")


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    refused(folder, "not an ordinary file")


@posix
def test_pipes_sockets_and_devices_never_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    refused(pipe, "not an ordinary file")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)  # the name of a socket is short
        try:
            listener.bind("socket.jpg")
        finally:
            os.chdir(here)
        refused(tmp_path / "socket.jpg", "not an ordinary file")
    refused(Path("/dev/zero"), "not an ordinary file")


@posix
def test_a_file_swapped_for_a_pipe_after_the_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, photo = tmp_path / "pipe.jpg", tmp_path / "photo.jpg"
    os.mkfifo(pipe)
    photo.write_bytes(b"x")
    facts = photo.stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: facts)
    refused(pipe, "not an ordinary file")


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(b"x")
    with permissions(path, 0):
        refused(path, "not allowed to read")


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="file names are UTF-8 there")
def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9 \xff.jpg")
    path.write_bytes(encoded(corners_picture(), "JPEG", quality=95))
    assert_corners(read_photo(path).pixels)
    path.write_bytes(b"no picture")
    with pytest.raises(PhotoError) as caught:
        read_photo(path)
    str(caught.value).encode("utf-8")


def test_names_are_shown_as_one_harmless_line() -> None:
    assert shown_name("a.jpg") == "“a.jpg”"
    assert shown_name("a\n\x1b[2J\u202eb.jpg") == "“a��[2J�b.jpg”"
    assert shown_name("Øре 😀.jpg") == "“Øре 😀.jpg”"


def test_paths_nobody_can_open(tmp_path: Path) -> None:
    refused(tmp_path / "nul\0byte.jpg", "cannot be read|not there")
    refused(tmp_path / ("x" * 300), "cannot be read|not there")
    refused(tmp_path.joinpath(*["x" * 100] * 50, "a.jpg"), "longer than 4,096 bytes")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "is empty"),
        (b"\0" * 1000, "not a picture"),
        (random.Random(3).randbytes(5000), "not a picture"),
        (b"Dear diary, today I renamed a text file." * 20, "not a picture"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"%PDF-1.7", "not a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    ],
)
def test_what_is_no_picture(tmp_path: Path, data: bytes, match: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    refused(path, match)


@pytest.mark.parametrize("percent", [1, 10, 50, 90, 99])
@pytest.mark.parametrize("kind", KINDS)
def test_cut_off_files_are_refused(kind: str, percent: int) -> None:
    data = encoded(noisy(), kind)
    with pytest.raises(PhotoError, match=r"“photo”.*(damaged|not a picture)"):
        decode_bytes(data[: len(data) * percent // 100], "photo")


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_a_jpeg_is_whole_only_to_its_last_byte(options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with an embedded thumbnail, whose end is no end, and whatever the decoder lets pass."""
    exif = Image.Exif()
    exif[0x010F] = "x" + "\xff\xd9" * 3
    data = encoded(noisy(), "JPEG", exif=exif.tobytes() + encoded(noisy((16, 16)), "JPEG"), **options)
    decode_bytes(data, "photo")
    monkeypatch.setattr(cv2, "imdecode", pytest.fail)
    for end in [1, 2, 3, 10, *range(50, len(data) - 700, 997)]:
        with pytest.raises(PhotoError):
            decode_bytes(data[:-end], "photo")


def test_a_jpeg_larger_than_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(noisy(), "JPEG")
    for window in (1, 2, 3, 1000):
        monkeypatch.setattr("faceapp.imaging.structure._WINDOW_BYTES", window)
        assert jpeg_is_whole(data)
        assert not jpeg_is_whole(data[:-1])


def test_a_rotten_png_is_refused() -> None:
    whole = encoded(noisy(), "PNG")
    chance = random.Random(5)
    start = whole.index(b"IDAT")
    for _ in range(50):
        data = bytearray(whole)
        data[chance.randrange(start, len(data))] ^= 1 << chance.randrange(8)
        with pytest.raises(PhotoError):
            decode_bytes(bytes(data), "photo")


@pytest.mark.filterwarnings("ignore::UserWarning")  # as the decoder has it, which pytest undoes
@pytest.mark.parametrize("kind", KINDS)
def test_rotten_bits_give_a_picture_or_a_reason(kind: str) -> None:
    whole = encoded(corners_picture(), kind, **({} if kind in ("BMP", "GIF") else {"orientation": 6}))
    chance = random.Random(kind)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 3, 20])):
            data[chance.randrange(min(len(data), chance.choice([64, 500, 10**9])))] = chance.randrange(256)
        with contextlib.suppress(PhotoError):  # and nothing else
            assert decode_bytes(bytes(data), "photo").pixels.ndim == 3


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (2**31 - 1, 2**31 - 1), (70_000, 1), (1, 70_000)])
def test_too_large_is_refused_unseen(width: int, height: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cv2, "imdecode", pytest.fail)
    monkeypatch.setattr(Image.Image, "load", pytest.fail)
    path = tmp_path / "huge.png"
    path.write_bytes(png(width, height))
    refused(path, "200 megapixels and 65,535 pixels a side")


def test_large_but_allowed_does_not_warn() -> None:
    with pytest.raises(PhotoError, match="cut off or damaged"):  # its pixels are missing, that is all
        decode_bytes(png(14_000, 7), "photo")
    assert Image.MAX_IMAGE_PIXELS is None
    decode._check_size(decode._open(png(16_320, 12_240), "“photo”"), "“photo”")


def test_a_picture_of_no_size() -> None:
    with pytest.raises(PhotoError):
        decode_bytes(png(0, 10), "photo")


def test_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sparse.jpg"
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE_BYTES + 1)  # takes no room on the disk
    refused(path, "larger than 1,024 MB")
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1 << 20)
    with pytest.raises(PhotoError, match="larger than 1 MB"):
        decode_bytes(bytes((1 << 20) + 1), "photo")


def test_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(cv2, "imdecode", fail)
    with pytest.raises(PhotoError, match="not enough memory"):
        decode_bytes(encoded(corners_picture(), "JPEG"), "photo")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP"])
def test_pillow_steps_in_where_opencv_cannot(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise cv2.error("no")

    data = encoded(corners_picture(), kind, **({"quality": 95} if kind in ("JPEG", "WEBP") else {}))
    other = np.zeros((3, 3, 3), np.uint8)
    for broken in (fail, lambda *_: None, lambda *_: other):
        monkeypatch.setattr(cv2, "imdecode", broken)
        assert_corners(decode_bytes(data, "photo").pixels)
