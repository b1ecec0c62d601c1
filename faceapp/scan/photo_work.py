"""What is done with a photo, in a child process: from the file to its faces and small pictures.

The parent imports this for the requests, so nothing here loads a decoder or a model: ``bootstrap`` passes them in.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from faceapp.errors import ModelError, PhotoError
from faceapp.ports import Analyser
from faceapp.scan.drawn import face_in
from faceapp.scan.reasons import words_of
from faceapp.types import AnalysedFace, Box, DecodedPhoto, FloatArray, Landmarks, Pixels
from faceapp.types_scan import FailedPhoto, IndexedPhoto, PendingPhoto, SamePhoto, Twin

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
class FindInBox:
    """Look for the face in a box: answered by ``(sha256, AnalysedFace | None)``. Raises ``PhotoError``, ``ModelError``.

    With ``anyway``, the box itself is taken for a face where none is found.
    """

    source: Path
    box: Box
    anyway: bool
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Align:
    """Cut one face out as the embedder in use sees it: answered by ``Pixels``, in sRGB. Raises ``PhotoError``."""

    source: Path
    landmarks: Landmarks
    size: int  # height of the answer in pixels; its shape is the embedder's
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """Read a photo for the library: answered by ``PhotoResult``. Raises ``ModelError`` only.

    ``twins`` are photos that may have the same content: of those that do, none is read again.
    """

    photo: PendingPhoto
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Reembed:
    """Embed known faces of a photo with any embedder, detecting nothing: answered by ``Reembedded | FailedPhoto``.

    A file whose sha256 is not ``content_hash`` any more fails: its landmarks are those of another picture.
    Raises ``ModelError`` only.
    """

    photo_id: int
    path: Path
    size: int  # bytes
    content_hash: bytes
    model_id: str
    faces: tuple[tuple[int, Landmarks], ...]  # id and landmarks


@dataclass(frozen=True, slots=True, eq=False)
class Reembedded:
    """Unit vectors (D,) by face. A face whose landmarks define no position is left out."""

    vectors: Mapping[int, FloatArray]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A request whose file was read while the one before was worked on."""

    request: Index | Reembed
    data: bytes


Request = Read | FindFaces | FindInBox | Align | Index | Reembed
PhotoResult = IndexedPhoto | FailedPhoto | SamePhoto


class FaceEmbedder(Protocol):
    """One embedder by itself, as ``faces.embedder.Embedder``."""

    def align(self, pixels: Pixels, landmarks: ArrayLike) -> Pixels:
        """Return a face as the model wants it; landmarks (5, 2) in pixels. Raises ``ValueError`` if they coincide."""

    def embed(self, aligned: Sequence[Pixels]) -> tuple[FloatArray, FloatArray]:
        """Return unit vectors (N, D) and lengths (N,) of the raw ones."""


def no_embedder(model_id: str) -> FaceEmbedder:
    raise ModelError(f"There is no model {model_id} here. `faceapp models` lists those that there are.")


def no_alignment(pixels: Pixels, landmarks: ArrayLike, height: int) -> Pixels:
    raise ModelError("No model is loaded that says how to turn a face upright.")


@dataclass(frozen=True)
class PhotoWork:
    """Answers requests one at a time, without a thread of its own.

    ``thumbnail``, ``tile`` and ``display``, which converts to sRGB, also get the pixels' colour profile.
    ``embedder`` returns an embedder by its id, the same one each time; it is asked for one only by ``Reembed``.
    ``align`` turns a face upright as the embedder in use wants it, but so many pixels high; landmarks (5, 2) in pixels.
    It raises ``ValueError`` if they coincide.
    """

    analyser: Analyser
    read_bytes: Callable[[Path], bytes]
    decode: Callable[[bytes, str], DecodedPhoto]
    overview: Callable[[Pixels], Pixels]
    thumbnail: Callable[[Pixels, bytes | None], bytes]
    tile: Callable[[Pixels, Box, bytes | None], bytes]
    display: Callable[[Pixels, bytes | None], Pixels] = lambda pixels, icc: pixels
    embedder: Callable[[str], FaceEmbedder] = no_embedder
    align: Callable[[Pixels, ArrayLike, int], Pixels] = no_alignment

    def prepare(self, request: Request) -> Request | _Loaded:
        """Read the file of the next photo meanwhile: the disk and the processor work at the same time."""
        match request:
            case Index(photo) if photo.size <= _READ_AHEAD_BYTES:
                return _Loaded(request, self.read_bytes(photo.path))
            case Reembed() if request.size <= _READ_AHEAD_BYTES:
                return _Loaded(request, self.read_bytes(request.path))
            case _:
                return request

    def __call__(
        self, request: Request | _Loaded
    ) -> (
        DecodedPhoto
        | tuple[DecodedPhoto, list[AnalysedFace]]
        | tuple[bytes, AnalysedFace | None]
        | Pixels
        | PhotoResult
        | Reembedded
    ):
        match request:
            case Read(source, name):
                return self._for_display(self._open(source, name))
            case FindFaces(source, name):
                photo = self._open(source, name)
                faces = self.analyser.analyse(photo.pixels)
                return self._for_display(photo), faces
            case FindInBox():
                photo = self._open(request.source, request.name)
                return photo.content_hash, face_in(self.analyser, photo.pixels, request.box, anyway=request.anyway)
            case Align():
                return self._aligned(request)
            case _Loaded(begun, data):
                return self._result(begun, data)
            case Index() | Reembed():
                return self._result(request, None)

    def _open(self, source: Path | bytes, name: str | None) -> DecodedPhoto:
        if isinstance(source, Path):
            return self.decode(self.read_bytes(source), name or source.name)
        return self.decode(source, name or "picture")

    def _aligned(self, request: Align) -> Pixels:
        photo = self._open(request.source, request.name)
        try:
            face = self.align(photo.pixels, np.array(request.landmarks) * (photo.width, photo.height), request.size)
        except ValueError as error:
            name = request.name or request.source.name
            raise PhotoError(f"It is not known where eyes, nose and mouth of this face lie in {name}.") from error
        return face if photo.icc is None else self.display(face, photo.icc)

    def _for_display(self, photo: DecodedPhoto) -> DecodedPhoto:
        if photo.icc is None:
            return photo
        return replace(photo, pixels=self.display(photo.pixels, photo.icc), icc=None)

    def _result(self, request: Index | Reembed, data: bytes | None) -> PhotoResult | Reembedded:
        match request:
            case Index(photo):
                photo_id, path = photo.id, photo.path
            case Reembed():
                photo_id, path = request.photo_id, request.path
        try:
            data = self.read_bytes(path) if data is None else data
            return self._index(request, data) if isinstance(request, Index) else self._reembed(request, data)
        except ModelError:
            raise
        except Exception as error:  # a bug met in one photo must not keep the others from being read
            return FailedPhoto(photo_id, words_of(error, path.name))

    def _reembed(self, request: Reembed, data: bytes) -> Reembedded:
        embedder = self.embedder(request.model_id)
        if hashlib.sha256(data).digest() != request.content_hash:
            raise PhotoError(f"{request.path.name} has changed since it was read. Scan its folder again.")
        pixels = self.decode(data, request.path.name).pixels
        height, width = pixels.shape[:2]
        aligned: dict[int, Pixels] = {}
        for face_id, landmarks in request.faces:
            with contextlib.suppress(ValueError):
                aligned[face_id] = embedder.align(pixels, np.array(landmarks) * (width, height))
        vectors, _ = embedder.embed(list(aligned.values()))
        return Reembedded(dict(zip(aligned, vectors, strict=True)))

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
