"""The words of reading photos: a file from the moment it is seen until its faces are written. Frozen data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from faceapp.types import AnalysedFace, FloatArray, IdArray


class FoundFile(NamedTuple):
    """A picture file seen by the walker. A tuple of plain values: there are a hundred thousand of them."""

    path: str  # relative to its folder, as ``os.fsdecode`` gives it
    size: int  # bytes
    mtime_ns: int


class KnownFile(NamedTuple):
    """What the library knows of a file, to tell whether it changed."""

    photo_id: int
    size: int
    mtime_ns: int
    state: str  # a ``PhotoState``


@dataclass(frozen=True, slots=True)
class PendingPhoto:
    id: int
    folder_id: int
    root: Path  # the folder, absolute
    path: Path  # absolute
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Twin:
    """A photo that was read before and may have the same content as a new file, since it has the same size."""

    photo_id: int
    root: Path  # its folder
    path: Path  # absolute
    content_hash: bytes


@dataclass(frozen=True, slots=True, eq=False)
class IndexedPhoto:
    """The result of reading one photo, on its way to the writer."""

    photo_id: int
    width: int
    height: int
    content_hash: bytes
    taken: datetime | None
    camera: str | None
    faces: Sequence[AnalysedFace]
    thumbnail: bytes  # JPEG
    tiles: Sequence[bytes]  # JPEG, one a face, in the order of ``faces``


@dataclass(frozen=True, slots=True)
class FailedPhoto:
    photo_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SamePhoto:
    """A new file with the content of a photo that was read before: its faces hold here too, nothing is detected.

    ``moved``: the other file is gone and this is where it went, so the photo keeps its id; else it is a copy.
    """

    photo_id: int
    twin_id: int
    content_hash: bytes
    moved: bool


@dataclass(frozen=True, slots=True, eq=False)
class SavedFaces:
    """What one write changed: announced to the gallery and the window after the commit.

    ``face_ids``, ``photo_ids``, ``sums`` (N,) and ``embeddings`` (N, D) are the new faces, row by row, ``sums`` as in
    ``VectorListing``; ``removed_face_ids`` went with photos that were read again or are gone.
    """

    face_ids: IdArray
    photo_ids: IdArray
    sums: IdArray
    embeddings: FloatArray
    removed_face_ids: IdArray
    photos: Sequence[int]  # ids of the photos that were indexed or failed


@dataclass(frozen=True, slots=True)
class ScanProgress:
    folder: Path | None  # being read
    walking: bool  # still counting files: ``total`` grows
    total: int  # photo files found so far
    done: int  # indexed, failed or skipped
    skipped: int  # unchanged, not read again
    failed: int
    faces: int  # found in this run
    seconds: float

    @property
    def rate(self) -> float:
        """Photos read a second in this run."""
        read = self.done - self.skipped
        return read / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimated seconds to the end, None while it cannot be known."""
        if self.walking or self.rate <= 0:
            return None
        return (self.total - self.done) / self.rate


@dataclass(frozen=True, slots=True)
class ScanSummary:
    photos: int  # photo files found
    faces: int  # faces in these photos now, those of unchanged photos included
    skipped: int  # unchanged, not read again
    failed: int
    seconds: float
    cancelled: bool
