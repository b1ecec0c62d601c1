from __future__ import annotations

import io
import random
from typing import Any

import numpy as np
import pytest
import simplejpeg
from PIL import Image

from faceapp.errors import PhotoError
from faceapp.imaging.decode import decode_bytes
from faceapp.imaging.structure import jpeg_end
from tests.imaging.support import assert_corners, corners_picture, encoded, noisy, profile

KINDS: list[dict[str, Any]] = [{}, {"progressive": True}, {"restart_marker_rows": 1}]


def jpeg(**options: Any) -> bytes:
    return encoded(corners_picture(), "JPEG", quality=95, **options)


@pytest.mark.parametrize("options", [*KINDS, {"subsampling": 2}, {"keep_rgb": True}, {"optimize": True}])
def test_kinds_of_jpeg(options: dict[str, Any]) -> None:
    assert_corners(decode_bytes(jpeg(**options), "photo").pixels)


def test_the_pixels_are_those_of_other_decoders() -> None:
    data = encoded(noisy(), "JPEG", quality=90)
    expected = np.asarray(Image.open(io.BytesIO(data)))[..., ::-1]
    assert np.abs(decode_bytes(data, "photo").pixels.astype(int) - expected).max() <= 1


def test_what_phones_append_does_not_matter() -> None:
    for trailer in (b"\0" * 500, b"MotionPhoto_Data" + bytes(range(256)), jpeg()):
        assert_corners(decode_bytes(jpeg() + trailer, "photo").pixels)


def test_a_jpeg_of_a_thousand_passes_is_refused() -> None:
    data = jpeg(progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    with pytest.raises(PhotoError, match="more than 100 layers"):
        decode_bytes(data[:-2] + 1_000 * last + data[-2:], "photo")


def test_what_follows_the_picture_is_not_counted_as_passes() -> None:
    assert_corners(decode_bytes(jpeg() + 1_000 * b"\xff\xda", "photo").pixels)


def oddities() -> dict[str, bytes]:
    """Return sound pictures that make libjpeg warn."""
    data = jpeg()
    tables, head, scan = data.index(b"\xff\xdb"), data.index(b"JFIF"), data.index(b"\xff\xda")
    profiled = jpeg(icc_profile=profile())
    part = profiled.index(b"ICC_PROFILE\0") + 12
    selection = scan + 2 + int.from_bytes(data[scan + 2 : scan + 4], "big") - 2
    return {
        "zeros before the end": data[:-2] + bytes(100) + data[-2:],
        "fill bytes before the end": data[:-2] + b"\xff" * 100 + data[-2:],
        "two bytes too many": data[:-2] + b"\0\0\x13\x37" + data[-2:],
        "a segment that is longer than it says": data[:tables] + b"\0\1" + data[tables:],
        "a profile of which parts are missing": profiled[:part] + b"\1\3" + profiled[part + 2 :],
        "an unknown version": data[: head + 5] + b"\x09" + data[head + 6 :],
        "a baseline scan that says it is progressive": data[:selection] + b"\0" + data[selection + 1 :],
    }


@pytest.mark.parametrize("oddity", oddities())
def test_harmless_oddities_are_let_pass(oddity: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert_corners(decode_bytes(oddities()[oddity], "photo").pixels)
    assert capfd.readouterr().err == ""


def test_oddities_are_what_libjpeg_warns_of() -> None:
    """Else the test above would show nothing."""
    told = 0
    for data in oddities().values():
        try:
            simplejpeg.decode_jpeg(data, "BGR")
        except ValueError:
            told += 1
    assert told >= 4


@pytest.mark.parametrize("options", KINDS)
def test_damage_in_the_pixels_is_often_told(options: dict[str, Any]) -> None:
    """A flipped bit mostly spoils nothing that can be seen, and cannot always be told."""
    data = encoded(noisy((24, 18)).resize((480, 360), Image.Resampling.BICUBIC), "JPEG", quality=90, **options)
    chance = random.Random(4)
    start = data.rindex(b"\xff\xda") + 14
    reasons = []
    for _ in range(300):
        rotten = bytearray(data)
        rotten[chance.randrange(start, len(data) - 2)] ^= 1 << chance.randrange(8)
        try:
            decode_bytes(bytes(rotten), "photo")
        except PhotoError as error:
            reasons.append(str(error))
    assert len(reasons) > 15
    assert all("cut off or damaged" in reason for reason in reasons)


@pytest.mark.parametrize("options", KINDS)
def test_a_hole_in_the_pixels_is_told(options: dict[str, Any]) -> None:
    """From somewhere on the data are zeros, or all bits are set: what a copy from a failing disk looks like."""
    data = encoded(noisy(), "JPEG", quality=90, **options)
    for fill in (b"\0", b"\xff", b"\x55"):
        for missing in (len(data) // 2, 2_000):
            with pytest.raises(PhotoError, match="damaged"):
                decode_bytes(data[: -2 - missing] + fill * missing + data[-2:], "photo")


@pytest.mark.parametrize("options", KINDS)
@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_jpeg_is_whole_only_to_its_last_byte(mode: str, options: dict[str, Any]) -> None:
    """Also with an embedded thumbnail, whose end is no end."""
    exif = Image.Exif()
    exif[0x010F] = "x" + "\xff\xd9" * 3
    block = exif.tobytes() + encoded(noisy((16, 16)), "JPEG")
    data = encoded(noisy().convert(mode), "JPEG", exif=block, **options)
    decode_bytes(data, "photo")
    for end in [1, 2, 3, 10, *range(50, len(data) - 700, 997)]:
        with pytest.raises(PhotoError):
            decode_bytes(data[:-end], "photo")


def test_where_a_jpeg_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(noisy(), "JPEG")
    for window in (1, 2, 3, 1000):
        monkeypatch.setattr("faceapp.imaging.structure._WINDOW_BYTES", window)
        assert jpeg_end(data) == len(data)
        assert jpeg_end(data + b"trailer") == len(data)
        assert jpeg_end(data[:-1]) is None


def test_pillow_steps_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("tjDecompressHeader3(): Could not determine subsampling level of JPEG image")

    for broken in (fail, lambda *_: np.zeros((3, 3, 3), np.uint8)):
        monkeypatch.setattr(simplejpeg, "decode_jpeg", broken)
        assert_corners(decode_bytes(jpeg(), "photo").pixels)


@pytest.mark.parametrize("progressive", [False, True])
def test_ink_becomes_light(progressive: bool) -> None:
    """CMYK as Adobe stores it, inverted: cyan ink alone is cyan, none is white, all is black."""
    inks = {(255, 0, 0, 0): (0, 255, 255), (0, 255, 0, 0): (255, 0, 255), (0, 0, 0, 0): (255, 255, 255)}
    inks |= {(0, 0, 0, 255): (0, 0, 0), (0, 0, 255, 128): (127, 127, 0)}
    for ink, light in inks.items():
        data = encoded(Image.new("CMYK", (16, 16), ink), "JPEG", quality=95, progressive=progressive)
        assert b"Adobe" in data
        seen = decode_bytes(data, "photo").pixels[8, 8, ::-1].astype(int)
        assert np.abs(seen - light).max() <= 4, (ink, seen)


def test_adobe_s_other_ink() -> None:
    """YCCK: the marker of a picture whose CMY went through YCC, as Photoshop writes it."""
    grey = Image.new("CMYK", (16, 16), (100, 100, 100, 30))
    data = encoded(grey, "JPEG", quality=98)
    marker = data.index(b"Adobe") + 11
    assert data[marker] == 0
    ycck = data[:marker] + b"\2" + data[marker + 1 :]  # the same numbers read as luminance and two colours
    plain, other = (decode_bytes(each, "photo").pixels[8, 8].astype(int) for each in (data, ycck))
    assert np.ptp(plain) <= 3
    assert np.ptp(other) > 20  # they were not grey, read so: the marker counts
