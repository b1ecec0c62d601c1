"""How the rooms call each other. ``bootstrap`` fills these with real classes, tests with fakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from faceapp.config import Config
from faceapp.jobs import CancelToken
from faceapp.types import (
    AnalysedFace,
    Combine,
    Counts,
    Face,
    FailedPhoto,
    FloatArray,
    Folder,
    FoundFile,
    IdArray,
    IndexedPhoto,
    KnownFile,
    Naming,
    PendingPhoto,
    Person,
    Photo,
    Pixels,
    Problem,
    SavedFaces,
    ScanProgress,
    ScanSummary,
)


class Analyser(Protocol):
    """Finds and embeds the faces of a picture. Safe from several threads at once."""

    @property
    def model_id(self) -> str:
        """Return the embedder's id; embeddings of different ids are never compared."""

    @property
    def dimension(self) -> int:
        """Return the number of values of an embedding."""

    @property
    def slider_minimum(self) -> float:
        """Return the least cosine worth listing for a query."""

    @property
    def search_threshold(self) -> float:
        """Return the cosine from which two faces count as one person unless the user says otherwise."""

    def analyse(self, pixels: Pixels) -> list[AnalysedFace]:
        """Return the faces of an upright BGR picture, largest first."""


class ScanStore(Protocol):
    """What the scan writes. Every call is one short transaction on the one write connection."""

    def add_folder(self, path: Path) -> Folder:
        """Add a folder (absolute, resolved) or return the one that is there already."""

    def known_files(self, folder_id: int) -> dict[Path, KnownFile]:
        """Return every file the library knows in a folder, by path relative to it."""

    def put_pending(self, folder_id: int, files: Sequence[FoundFile]) -> SavedFaces:
        """Mark new or changed files as pending; a changed file loses its old faces."""

    def mark_missing(self, photo_ids: Sequence[int]) -> SavedFaces:
        """Mark photos whose file is gone. Their facts stay in the library but leave every view."""

    def mark_found(self, photo_ids: Sequence[int]) -> SavedFaces:
        """Bring missing photos back, unchanged: indexed again, or pending if they were never read."""

    def pending(self, folder_id: int) -> list[PendingPhoto]:
        """Return the photos that wait to be read, newest file first."""

    def save(self, results: Sequence[IndexedPhoto | FailedPhoto]) -> SavedFaces:
        """Write a batch of results, thumbnails included; reattach the names decided for their content."""


class Reader(Protocol):
    """What the window and the command line ask. Safe from any thread; never waits for a long write."""

    def counts(self, min_score: float) -> Counts: ...
    def folders(self) -> list[Folder]: ...
    def problems(self) -> list[Problem]:
        """Return every failed photo with its reason, in order of path."""

    def photo_ids(self, *, folder_id: int | None = None, person_id: int | None = None) -> IdArray:
        """Return ids of indexed photos, newest first (date taken, else file date)."""

    def face_ids(self, *, min_score: float, folder_id: int | None = None, person_id: int | None = None) -> IdArray:
        """Return ids of faces of indexed photos, newest photo first. With a person: whatever their score."""

    def photos(self, ids: Sequence[int]) -> list[Photo]:
        """Return photos in the order of ``ids``; unknown ids are left out."""

    def faces(self, ids: Sequence[int]) -> list[Face]:
        """Return faces in the order of ``ids``; unknown ids are left out."""

    def faces_of_photo(self, photo_id: int, min_score: float) -> list[Face]:
        """Return a photo's faces from ``min_score`` on, and its named ones whatever their score; left to right."""

    def people(self) -> list[Person]:
        """Return every person, most faces first, then by name."""

    def embeddings(self) -> tuple[IdArray, IdArray, FloatArray]:
        """Return face ids (N,), photo ids (N,) and unit vectors (N, D) float32 of all faces of indexed photos.

        In order of face id, for the model that is in use.
        """


class PeopleStore(Protocol):
    """Decisions about people. Each points at content hash + box and is durable when the call returns."""

    def name_faces(self, face_ids: Sequence[int], name: str) -> Naming:
        """Confirm faces as the person of that name (made if new; compared without case)."""


class Thumbnails(Protocol):
    """The picture cache. May be deleted at any time; a miss is None."""

    def photo(self, photo_id: int) -> bytes | None:
        """Return a photo's thumbnail as JPEG bytes."""

    def face(self, face_id: int) -> bytes | None:
        """Return a square tile around a face as JPEG bytes."""


class PictureCache(Thumbnails, Protocol):
    """Thumbnails that can be filled."""

    def put(self, *, photos: Mapping[int, bytes], faces: Mapping[int, bytes]) -> None:
        """Keep JPEG pictures by photo id and by face id."""


class MatchSet(Protocol):
    """Every match of a query, best first. Cutting it costs a binary search.

    ``face_ids``, ``photo_ids`` (N,) int64 and ``scores`` (N,) float32 are aligned, scores descending.
    """

    @property
    def face_ids(self) -> IdArray: ...
    @property
    def photo_ids(self) -> IdArray: ...
    @property
    def scores(self) -> FloatArray: ...
    @property
    def floor(self) -> float: ...
    def count(self, threshold: float) -> int:
        """Return how many faces score ``threshold`` or more."""

    def photo_count(self, count: int) -> int:
        """Return how many different photos the best ``count`` faces lie in."""

    def histogram(self, bins: int) -> IdArray:
        """Return the number of faces in ``bins`` equal score ranges from ``floor`` to 1."""


class Gallery(Protocol):
    """All embeddings in memory. Safe from any thread."""

    def __len__(self) -> int: ...
    def add(self, face_ids: IdArray, photo_ids: IdArray, embeddings: FloatArray) -> None: ...
    def remove(self, face_ids: IdArray) -> None: ...
    def embedding(self, face_id: int) -> FloatArray | None:
        """Return a face's unit vector (D,), None if the face is not here."""

    def search(self, probes: FloatArray, combine: Combine = Combine.ANY) -> MatchSet:
        """Return the complete answer for probes (Q, D) from the slider's minimum on."""

    def nearest(self, probe: FloatArray, k: int) -> MatchSet:
        """Return about the ``k`` best faces at once, from HNSW where it is ready."""


class Scanner(Protocol):
    def scan(
        self,
        folders: Sequence[Path],
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ScanProgress], None] | None = None,
    ) -> ScanSummary:
        """Add and scan folders; returns when all is done or cancelled."""


SavedListener = Callable[[SavedFaces], None]


@dataclass(frozen=True)
class Services:
    """Everything the window and the command line work with."""

    config: Config
    reader: Reader
    people: PeopleStore
    thumbnails: Thumbnails
    gallery: Gallery
    analyser: Analyser
    scanner: Scanner
    on_saved: Callable[[SavedListener], None]  # registers a listener; called on the writer's thread
    check: Callable[[], list[str]]  # what is wrong with the database, in words; empty if nothing is
    close: Callable[[], None]
