"""Thumbnails that come back: what the cache has lost is made again from the photo, when it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from faceapp.errors import FaceappError
from faceapp.ports import PictureCache, Pictures, Reader
from faceapp.types import PhotoState


class RemadeThumbnails:
    """The ``Thumbnails`` of a library whose cache may be deleted at any time. Safe from any thread; may wait."""

    def __init__(self, cache: PictureCache, reader: Reader, pictures: Pictures) -> None:
        self._cache = cache
        self._reader = reader
        self._pictures = pictures
        self._one_at_a_time = threading.Lock()  # the faces of one photo are asked for together: decode it once

    def photo(self, photo_id: int) -> bytes | None:
        """Return a photo's thumbnail as JPEG bytes, None if the photo cannot be read now."""
        return self._cache.photo(photo_id) or self._again(photo_id, lambda: self._cache.photo(photo_id))

    def face(self, face_id: int) -> bytes | None:
        """Return a face's tile as JPEG bytes, None if its photo cannot be read now."""
        found = self._cache.face(face_id)
        if found is not None:
            return found
        faces = self._reader.faces([face_id])
        return self._again(faces[0].photo_id, lambda: self._cache.face(face_id)) if faces else None

    def _again(self, photo_id: int, look: Callable[[], bytes | None]) -> bytes | None:
        with self._one_at_a_time:
            return look() or (look() if self._make(photo_id) else None)

    def _make(self, photo_id: int) -> bool:
        """Make the pictures of a photo and its faces; False if the file is not what was indexed."""
        photos = self._reader.photos([photo_id])
        if not photos or photos[0].state is not PhotoState.INDEXED:
            return False
        from faceapp.imaging.thumbnails import face_tile, photo_thumbnail  # loads OpenCV

        try:
            decoded = self._pictures.read(photos[0].path)
        except FaceappError:
            return False
        if decoded.content_hash != photos[0].content_hash:  # edited since: the next scan reads it
            return False
        faces = self._reader.faces_of_photo(photo_id, 0.0)
        self._cache.put(
            photos={photo_id: photo_thumbnail(decoded.pixels, decoded.icc)},
            faces={face.id: face_tile(decoded.pixels, face.box, decoded.icc) for face in faces},
        )
        return True
