"""The words of looking for people: what is asked, what is let through, what is kept as an album. Frozen data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from faceapp.types import Combine, FloatArray, IdArray


class Role(StrEnum):
    """What a query face does in a search."""

    INCLUDE = "include"
    EXCLUDE = "exclude"  # its person is not wanted, see ``Gallery.search``
    OFF = "off"  # kept on its chip, but says nothing


class Rows(StrEnum):
    """What a row of the answer is."""

    FACES = "faces"
    PHOTOS = "photos"  # one a photo: its best face


class GroupBy(StrEnum):
    """What the answer is parted by; within a part the best face comes first."""

    NOTHING = "nothing"
    PERSON = "person"
    DATE = "date"  # months, newest first


@dataclass(frozen=True, slots=True)
class Filter:
    """Which faces, or photos, are let through; every part that is set must hold. All parts are one SQL query."""

    people: tuple[int, ...] = ()  # any of them, confirmed or automatic
    taken_from: date | None = None  # both days included; the date taken, else the file's
    taken_to: date | None = None
    folders: tuple[int, ...] = ()  # any of them
    named: bool | None = None  # True: faces that are somebody, confirmed or automatic; False: nobody
    least_size: int | None = None  # pixels, shorter side of the face in the full photo
    clear: bool = False  # only faces that are sharp enough to be told apart

    @property
    def empty(self) -> bool:
        return self == NO_FILTER

    @property
    def of_faces(self) -> bool:
        """Whether it says something of faces; a photo then passes if one of its faces does."""
        return bool(self.people or self.named is not None or self.least_size is not None or self.clear)


NO_FILTER = Filter()


@dataclass(frozen=True, slots=True, eq=False)
class SearchFace:
    """A query face as it is kept."""

    label: str
    role: Role
    face_id: int | None  # of a face of the library; None: from another picture, or gone from view
    embedding: FloatArray | None  # (D,), of length 1; None: made by another model
    picture: bytes | None = None  # JPEG tile, of a face that is not of the library


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Everything that decides an answer, and how it is laid out. Without faces it is a filter on all photos."""

    faces: Sequence[SearchFace]
    combine: Combine
    threshold: float  # cosine
    filter: Filter = NO_FILTER
    sort: str = "best"  # "best", "newest", "oldest"
    rows: Rows = Rows.FACES
    group_by: GroupBy = GroupBy.NOTHING


@dataclass(frozen=True, slots=True, eq=False)
class Album:
    """A search that was kept under a name: its answer follows the library."""

    id: int
    name: str
    search: Search


@dataclass(frozen=True, slots=True, eq=False)
class VectorListing:
    """Which vectors of the model in use the library holds, without the vectors: arrays (N,), by face id."""

    face_ids: IdArray
    photo_ids: IdArray
    sums: IdArray  # crc32 of the stored bytes: equal sums, equal vectors
