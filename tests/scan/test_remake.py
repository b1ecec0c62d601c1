"""Thumbnails that the cache has lost are made again from the photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import PhotoError
from faceapp.imaging.thumbnails import decode_thumbnail
from faceapp.processes import PoolClosed
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


class Pictures:
    """Counts what it reads."""

    def __init__(self, content: bytes = b"same", error: Exception | None = None) -> None:
        self.content = content
        self.error = error
        self.reads = 0

    def read(self, source: Path | bytes, name: str | None = None) -> DecodedPhoto:
        self.reads += 1
        if self.error is not None:
            raise self.error
        return DecodedPhoto(np.full((300, 400, 3), 90, np.uint8), self.content, None, None)


def thumbnails(pictures: Pictures, reader: Reader | None = None) -> RemadeThumbnails:
    return RemadeThumbnails(Cache(), reader or Reader(), pictures)  # type: ignore[arg-type]


def test_one_decode_brings_back_the_photo_and_its_faces() -> None:
    pictures = Pictures()
    made = thumbnails(pictures)
    face, photo = made.face(70), made.photo(7)
    assert face is not None
    assert photo is not None
    assert decode_thumbnail(face).shape == (224, 224, 3)
    assert decode_thumbnail(photo).shape == (288, 384, 3)
    assert pictures.reads == 1


def test_a_photo_that_changed_is_left_to_the_scan() -> None:
    assert thumbnails(Pictures(b"other")).photo(7) is None


@pytest.mark.parametrize("state", [PhotoState.FAILED, PhotoState.MISSING, PhotoState.PENDING])
def test_only_indexed_photos_are_opened(state: PhotoState) -> None:
    pictures = Pictures()
    assert thumbnails(pictures, Reader(replace(PHOTO, state=state))).photo(7) is None
    assert pictures.reads == 0


def test_unknown_ids_have_no_picture() -> None:
    made = thumbnails(Pictures())
    assert made.photo(8) is None
    assert made.face(80) is None


@pytest.mark.parametrize("error", [PhotoError("unplugged"), PoolClosed()])
def test_a_photo_that_cannot_be_read_has_no_picture(error: Exception) -> None:
    assert thumbnails(Pictures(error=error)).photo(7) is None
