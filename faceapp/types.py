"""The words that every room shares: frozen data, no SQL, no ONNX, no Qt.

Coordinates of faces are fractions (0 to 1) of the *upright* photo, so they hold for
the file, its thumbnail and every reduced decode alike. Scores are cosine similarities
in [-1, 1] unless they are said to be a detector's confidence in [0, 1].
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # (height, width, 3), BGR, upright
FloatArray = NDArray[np.float32]
IdArray = NDArray[np.int64]
Landmarks = tuple[tuple[float, float], ...]  # left eye, right eye, nose, left and right mouth corner, as (x, y)


@dataclass(frozen=True, slots=True)
class Box:
    """A face's box as fractions of the upright photo: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def to_pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return (x, y, w, h) in pixels of a picture of the given size."""
        return round(self.x * width), round(self.y * height), round(self.w * width), round(self.h * height)

    def iou(self, other: Box) -> float:
        """Return the intersection over union with another box, 0 to 1."""
        wide = max(0.0, min(self.x + self.w, other.x + other.w) - max(self.x, other.x))
        high = max(0.0, min(self.y + self.h, other.y + other.h) - max(self.y, other.y))
        both = wide * high
        union = self.w * self.h + other.w * other.h - both
        return both / union if union > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Quality:
    """How much an embedding can be trusted."""

    size_px: float  # shorter side of the box in pixels of the full photo
    sharpness: float  # variance of the Laplacian of the aligned grey face
    norm: float  # length of the raw embedding before normalisation; falls with quality
    yaw: float  # -1 (turned fully to one side) .. 0 (frontal) .. 1, from the landmarks


@dataclass(frozen=True, slots=True)
class Detection:
    """What the detector says of one face. ``score`` is its confidence, 0 to 1."""

    box: Box
    landmarks: Landmarks
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class AnalysedFace:
    """A detected, aligned and embedded face. ``embedding`` is (D,) float32 of length 1."""

    detection: Detection
    quality: Quality
    embedding: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class DecodedPhoto:
    """A picture as every stage sees it: upright BGR pixels and what the file says of itself."""

    pixels: Pixels
    content_hash: bytes  # sha256 of the file's bytes, 32 bytes
    taken: datetime | None  # naive local time from EXIF
    camera: str | None
    icc: bytes | None = None  # colour profile of ``pixels``, None for sRGB; for display only, models take them as is

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


class PhotoState(StrEnum):
    """Where a photo stands. The database is the queue: cancel, crash and resume are one path."""

    PENDING = "pending"
    INDEXED = "indexed"
    FAILED = "failed"
    MISSING = "missing"  # its folder is there, the file is not; its facts are kept


@dataclass(frozen=True, slots=True)
class Folder:
    id: int
    path: Path
    photos: int  # pending + indexed + failed
    pending: int
    failed: int

    @property
    def online(self) -> bool:
        """Whether the folder can be reached now. Touches the disk: never call it on the GUI thread.

        A folder that held photos and is empty is taken for a drive that is not mounted.
        """
        try:
            with os.scandir(self.path) as listing:
                return not self.photos or next(listing, None) is not None
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Photo:
    id: int
    folder_id: int
    path: Path  # absolute
    width: int  # upright; 0 until indexed
    height: int
    size: int  # bytes
    content_hash: bytes | None
    taken: datetime | None
    camera: str | None
    state: PhotoState
    reason: str | None  # why it failed, for a person to read


class HideReason(StrEnum):
    """Why a face is kept out of views, groups and questions."""

    STRANGER = "stranger"  # a passer-by
    STATUE = "statue"  # or a poster, a painting, a doll
    NOT_A_FACE = "not a face"


class Standing(IntEnum):
    """How a face comes to its person, as stored."""

    NOBODY = 0
    CONFIRMED = 1  # the user said so
    AUTOMATIC = 2  # sure enough to be shown as the person, labelled as automatic
    SUGGESTED = 3  # asked in the review


@dataclass(frozen=True, slots=True)
class Guess:
    """Who an unnamed face seems to be."""

    person_id: int
    name: str
    standing: Standing  # AUTOMATIC or SUGGESTED
    score: float
    margin: float


@dataclass(frozen=True, slots=True)
class Face:
    id: int
    photo_id: int
    box: Box
    landmarks: Landmarks
    score: float  # detector confidence
    quality: Quality
    person_id: int | None  # confirmed
    person_name: str | None
    guess: Guess | None = None  # who it seems to be, unless it is confirmed
    hidden: HideReason | None = None
    rejected: tuple[str, ...] = ()  # names of people the user said it is not, the latest first


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    faces: int  # confirmed and automatic
    photos: int
    cover_face_id: int | None
    automatic: int = 0
    suggested: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A photo that could not be read, and why."""

    photo_id: int
    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    photos: int
    faces: int
    people: int
    pending: int
    failed: int


@dataclass(frozen=True, slots=True)
class Naming:
    """What naming some faces changed."""

    person_id: int
    name: str
    face_ids: Sequence[int]  # every face that now bears the name, copies in duplicate files included


class Combine(StrEnum):
    """How several probes make one score for a gallery face."""

    ANY = "any"  # the best of the probes' scores
    ALL = "all"  # a photo must hold a match for every probe


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a threshold means for the matches of one query, as this library is calibrated."""

    strangers: float  # expected number of shown faces that are someone else
    missed: float | None  # expected share (0 to 1) of the person's faces that lie below; None while nothing tells


@dataclass(frozen=True, slots=True)
class Marks:
    """Thresholds (cosines) with a name, from strict to wide."""

    cautious: float  # hardly a stranger among what is shown
    balanced: float  # the default: one stranger expected per hundred shown
    everything: float  # nearly all of the person, strangers among them


class ModelState(StrEnum):
    """Where an embedder stands in a library."""

    IN_USE = "in use"
    READY = "ready"  # every face has its vector: switching takes no time
    AVAILABLE = "available"  # vectors must be made first
    BROKEN = "broken"  # its file is missing, damaged or does not fit its contract


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """An embedder as the window and ``faceapp models`` list it."""

    id: str
    name: str
    state: ModelState
    problem: str | None
    bundled: bool
    licence: str
    source: str
    sha256: str
    contract: str  # in words: “112 × 112 RGB → 512, mirror averaged”
    vectors: int  # faces of this library that have its vector


@dataclass(frozen=True, slots=True)
class ReembedProgress:
    done: int  # faces
    total: int
    failed: int  # faces whose photo cannot be read now
    seconds: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two faces of which one embedder says that they are one person, and another that they are not."""

    face_a: int
    face_b: int
    old_score: float  # of the embedder in use
    new_score: float  # of the other one
