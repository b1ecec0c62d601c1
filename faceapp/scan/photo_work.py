"""What is done with a photo, in a child process: from the file to its faces and small pictures.

The parent imports this for the requests, so nothing here loads a decoder or a model: ``bootstrap`` passes them in.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from faceapp.errors import ModelError
from faceapp.ports import Analyser
from faceapp.scan.reasons import words_of
from faceapp.types import (
    AnalysedFace,
    Box,
    DecodedPhoto,
    FailedPhoto,
    IndexedPhoto,
    PendingPhoto,
    Pixels,
    SamePhoto,
    Twin,
)

_READ_AHEAD_BYTES = 64 << 20  # larger files are read when it is their turn: two would count as one child's memory


@dataclass(frozen=True, slots=True)
class Read:
    """Decode a file, or the bytes of one: answered by ``DecodedPhoto``, in sRGB. Raises ``PhotoError``."""

    source: Path | bytes
    name: str | None = None  # what error messages call it; by default the file's name


@dataclass(frozen=True, slots=True)
class FindFaces:
    """Analyse, too: answered by ``(DecodedPhoto, list[AnalysedFace])``. Raises ``PhotoError``, ``ModelError``."""

    source: Path | bytes
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """Read a photo for the library: answered by ``PhotoResult``. Raises ``ModelError`` only.

    ``twins`` are photos that may have the same content: of those that do, none is read again.
    """

    photo: PendingPhoto
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class _Loaded:
    """An ``Index`` whose file was read while the one before was worked on."""

    index: Index
    data: bytes


Request = Read | FindFaces | Index
PhotoResult = IndexedPhoto | FailedPhoto | SamePhoto


@dataclass(frozen=True)
class PhotoWork:
    """Answers requests one at a time, without a thread of its own.

    ``thumbnail``, ``tile`` and ``display``, which converts to sRGB, also get the pixels' colour profile.
    """

    analyser: Analyser
    read_bytes: Callable[[Path], bytes]
    decode: Callable[[bytes, str], DecodedPhoto]
    overview: Callable[[Pixels], Pixels]
    thumbnail: Callable[[Pixels, bytes | None], bytes]
    tile: Callable[[Pixels, Box, bytes | None], bytes]
    display: Callable[[Pixels, bytes | None], Pixels] = lambda pixels, icc: pixels

    def prepare(self, request: Request) -> Request | _Loaded:
        """Read the file of the next photo meanwhile: the disk and the processor work at the same time."""
        if isinstance(request, Index) and request.photo.size <= _READ_AHEAD_BYTES:
            return _Loaded(request, self.read_bytes(request.photo.path))
        return request

    def __call__(
        self, request: Request | _Loaded
    ) -> DecodedPhoto | tuple[DecodedPhoto, list[AnalysedFace]] | PhotoResult:
        match request:
            case Read(source, name):
                return self._for_display(self._open(source, name))
            case FindFaces(source, name):
                photo = self._open(source, name)
                faces = self.analyser.analyse(photo.pixels)
                return self._for_display(photo), faces
            case _Loaded(index, data):
                return self._result(index, data)
            case Index():
                return self._result(request, None)

    def _open(self, source: Path | bytes, name: str | None) -> DecodedPhoto:
        if isinstance(source, Path):
            return self.decode(self.read_bytes(source), name or source.name)
        return self.decode(source, name or "picture")

    def _for_display(self, photo: DecodedPhoto) -> DecodedPhoto:
        if photo.icc is None:
            return photo
        return replace(photo, pixels=self.display(photo.pixels, photo.icc), icc=None)

    def _result(self, index: Index, data: bytes | None) -> PhotoResult:
        try:
            return self._index(index, self.read_bytes(index.photo.path) if data is None else data)
        except ModelError:
            raise
        except Exception as error:  # a bug met in one photo must not keep the others from being read
            return FailedPhoto(index.photo.id, words_of(error, index.photo.path.name))

    def _index(self, index: Index, data: bytes) -> IndexedPhoto | SamePhoto:
        photo = index.photo
        if index.twins:
            same = same_as(index, hashlib.sha256(data).digest())
            if same is not None:
                return same
        decoded = self.decode(data, photo.path.name)
        del data
        overview = self.overview(decoded.pixels)
        faces = self.analyser.analyse(decoded.pixels, overview)
        return IndexedPhoto(
            photo_id=photo.id,
            width=decoded.width,
            height=decoded.height,
            content_hash=decoded.content_hash,
            taken=decoded.taken,
            camera=decoded.camera,
            faces=faces,
            thumbnail=self.thumbnail(overview, decoded.icc),
            tiles=[self.tile(decoded.pixels, face.detection.box, decoded.icc) for face in faces],
        )


def same_as(index: Index, content_hash: bytes) -> SamePhoto | None:
    """Return which twin a photo with this content is a copy of, or was moved from; None if it is new."""
    twins = [twin for twin in index.twins if twin.content_hash == content_hash]
    if not twins:
        return None
    if any(twin.photo_id == index.photo.id for twin in twins):  # only touched: its own facts hold
        return SamePhoto(index.photo.id, index.photo.id, content_hash, moved=False)
    gone = next((twin for twin in twins if _is_gone(twin)), None)
    return SamePhoto(index.photo.id, (gone or twins[0]).photo_id, content_hash, moved=gone is not None)


def _is_gone(twin: Twin) -> bool:
    """Return whether a twin's file is no more, though its folder can be reached: an empty one may be a drive's."""
    try:
        with os.scandir(twin.root) as listing:
            reached = next(listing, None) is not None
    except OSError:
        return False
    try:
        os.lstat(twin.path)
    except (FileNotFoundError, NotADirectoryError):
        return reached
    except OSError:
        return False
    return False
