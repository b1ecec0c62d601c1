"""Small photos of known faces, made from the portraits that the project carries; and how bytes rot."""

from __future__ import annotations

import functools
import os
import random
import struct

import cv2
import numpy as np
from PIL import Image

from faceapp.types import Pixels
from tests.faces.shared import PORTRAITS, read

SIZE = (480, 320)  # of the scene: width, height
NAMES = ("astronaut.png", "biden.jpg", "grace_hopper.jpg", "obama.jpg", "obama2.jpg", "obama3.jpg")


@functools.cache
def _original(name: str) -> Pixels:
    return read(PORTRAITS / name)


def portrait(name: str, long_side: int) -> Pixels:
    """Return a portrait with one face, scaled to that many pixels."""
    picture = _original(name)
    scale = long_side / max(picture.shape[:2])
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def side_by_side(names: list[str], height: int) -> Pixels:
    """Return several portraits as one photo."""
    return np.hstack([cv2.copyMakeBorder(_as_tall(name, height), 8, 8, 8, 8, cv2.BORDER_REPLICATE) for name in names])


def _as_tall(name: str, height: int) -> Pixels:
    tall, wide = _original(name).shape[:2]
    return portrait(name, round(max(tall, wide) * height / tall))[:height]


def landscape(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """Return a soft texture without a face."""
    coarse = rng.integers(40, 215, (6, 8, 3), dtype=np.uint8)
    soft = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    return np.asarray(np.clip(soft + rng.integers(-12, 13, soft.shape), 0, 255), np.uint8)


def jpeg(pixels: Pixels, quality: int = 88) -> bytes:
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return bytes(data)


@functools.cache
def scene() -> Pixels:
    """Return a wide photo with one face at its lower left, so that any wrong turn shows."""
    picture = landscape(np.random.default_rng(9), *SIZE)
    person = portrait("grace_hopper.jpg", 240)
    picture[-person.shape[0] :, 30 : 30 + person.shape[1]] = person
    return picture


@functools.cache
def image() -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(scene()[..., ::-1]))


def own_jpeg(text: str) -> bytes:
    """Return the scene as a JPEG that is like no other file: its comment says ``text``."""
    data, comment = jpeg(scene()), os.fsencode(text)
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + data[2:]


def flipped(data: bytes, start: float, end: float, bits: int) -> bytes:
    """Return the bytes with some bits flipped between two fractions of their length."""
    chance, rotten = random.Random(bits), bytearray(data)
    for _ in range(bits):
        rotten[chance.randrange(int(len(data) * start), int(len(data) * end))] ^= 1 << chance.randrange(8)
    return bytes(rotten)
