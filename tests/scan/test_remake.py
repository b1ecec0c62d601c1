"""Thumbnails that the cache has lost are made again from the photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import PhotoError
from faceapp.imaging.thumbnails import decode_thumbnail
from faceapp.scan.remake import RemadeThumbnails
from faceapp.types import Box, DecodedPhoto, Face, Photo, PhotoState, Quality

PHOTO = Photo(7, 1, Path("a.jpg"), 400, 300, 1000, b"same", None, None, PhotoState.INDEXED, None)
LANDMARKS = ((0.5, 0.5),) * 5
FACE = Face(70, 7, Box(0.1, 0.1, 0.2, 0.3), LANDMARKS, 0.9, Quality(60, 100, 3, 0), None, None)


class Cache:
    def __init__(self) -> None:
        self.photos: dict[int, bytes] = {}
        self.faces: dict[int, bytes] = {}

    def photo(self, photo_id: int) -> bytes | None:
        return self.photos.get(photo_id)

    def face(self, face_id: int) -> bytes | None:
        return self.faces.get(face_id)

    def put(self, *, photos: Mapping[int, bytes], faces: Mapping[int, bytes]) -> None:
        self.photos.update(photos)
        self.faces.update(faces)


class Reader:
    def __init__(self, photo: Photo = PHOTO) -> None:
        self.one = photo

    def photos(self, ids: list[int]) -> list[Photo]:
        return [self.one] if self.one.id in ids else []

    def faces(self, ids: list[int]) -> list[Face]:
        return [FACE] if FACE.id in ids else []

    def faces_of_photo(self, photo_id: int, min_score: float) -> list[Face]:
        return [FACE]


class Decoder:
    """Counts what it reads."""

    def __init__(self, content: bytes = b"same") -> None:
        self.content = content
        self.reads = 0

    def __call__(self, path: Path) -> DecodedPhoto:
        self.reads += 1
        return DecodedPhoto(np.full((300, 400, 3), 90, np.uint8), self.content, None, None)


def thumbnails(decoder: Decoder, reader: Reader | None = None) -> RemadeThumbnails:
    return RemadeThumbnails(Cache(), reader or Reader(), read=decoder)  # type: ignore[arg-type]


def test_one_decode_brings_back_the_photo_and_its_faces() -> None:
    decoder = Decoder()
    made = thumbnails(decoder)
    face, photo = made.face(70), made.photo(7)
    assert face is not None
    assert photo is not None
    assert decode_thumbnail(face).shape == (224, 224, 3)
    assert decode_thumbnail(photo).shape == (288, 384, 3)
    assert decoder.reads == 1


def test_a_photo_that_changed_is_left_to_the_scan() -> None:
    assert thumbnails(Decoder(b"other")).photo(7) is None


@pytest.mark.parametrize("state", [PhotoState.FAILED, PhotoState.MISSING, PhotoState.PENDING])
def test_only_indexed_photos_are_opened(state: PhotoState) -> None:
    decoder = Decoder()
    assert thumbnails(decoder, Reader(replace(PHOTO, state=state))).photo(7) is None
    assert decoder.reads == 0


def test_unknown_ids_have_no_picture() -> None:
    made = thumbnails(Decoder())
    assert made.photo(8) is None
    assert made.face(80) is None


def test_a_photo_that_cannot_be_read_has_no_picture() -> None:
    def refuse(path: Path) -> DecodedPhoto:
        raise PhotoError("unplugged")

    made = RemadeThumbnails(Cache(), Reader(), read=refuse)  # type: ignore[arg-type]
    assert made.photo(7) is None
