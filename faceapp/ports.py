"""How the rooms call each other. ``bootstrap`` fills these with real classes, tests with fakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from faceapp.config import Config
from faceapp.jobs import CancelToken
from faceapp.ports_people import Explainer, Groups, PeopleReader, PeopleStore, Review
from faceapp.ports_search import Calibrator, Gallery
from faceapp.ports_upkeep import FolderStore, Upkeep
from faceapp.types import (
    AnalysedFace,
    Box,
    Counts,
    DecodedPhoto,
    Detection,
    Disagreement,
    EmbedderInfo,
    Face,
    FloatArray,
    Folder,
    IdArray,
    Landmarks,
    Person,
    Photo,
    Pixels,
    Problem,
    ReembedProgress,
)
from faceapp.types_scan import (
    FailedPhoto,
    FoundFile,
    IndexedPhoto,
    KnownFile,
    PendingPhoto,
    SamePhoto,
    SavedFaces,
    ScanProgress,
    ScanSummary,
    Twin,
)
from faceapp.types_search import NO_FILTER, Filter, VectorListing


class Recognition(Protocol):
    """What embeddings mean: facts of the embedder in use. Reading them loads no model."""

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


class Analyser(Recognition, Protocol):
    """Finds and embeds the faces of a picture. Safe from several threads at once."""

    def analyse(self, pixels: Pixels, overview: Pixels | None = None) -> list[AnalysedFace]:
        """Return the faces of an upright BGR picture, largest first.

        ``overview`` is the same picture reduced by ``imaging.scaling.overview_of``, for a caller that has it already.
        """

    def embed(self, pixels: Pixels, detections: Sequence[Detection]) -> list[AnalysedFace]:
        """Return faces of an upright BGR picture that were found elsewhere; none whose landmarks are on one spot."""


class Pictures(Protocol):
    """Opens pictures where a decoder that crashes or hangs does no harm. Safe from any thread; waits for the answer.

    ``source`` is a file or the bytes of one; ``name`` is what error messages call it, by default the file's name.
    Raises ``PhotoError`` with a sentence for a person, also when the decoder crashed, hung or took too much memory.
    """

    def read(self, source: Path | bytes, name: str | None = None) -> DecodedPhoto:
        """Decode a picture."""

    def find_faces(self, source: Path | bytes, name: str | None = None) -> tuple[DecodedPhoto, list[AnalysedFace]]:
        """Decode a picture and return it with its faces, largest first. Ahead of a scan that may be running."""

    def find_in_box(self, source: Path, box: Box, *, anyway: bool = False) -> tuple[bytes, AnalysedFace | None]:
        """Look for one face whose middle lies in a box of a photo. Ahead of a scan that may be running.

        Returns the content's sha256 as well. ``anyway``: where none is found, the box itself is taken for a face.
        """

    def aligned(self, source: Path, landmarks: Landmarks, size: int = 224) -> Pixels:
        """Return one face of a photo upright, as the embedder in use sees it, ``size`` pixels high, BGR in sRGB."""


class ScanStore(Protocol):
    """What the scan writes. Every call is one short transaction on the one write connection."""

    def add_folder(self, path: Path) -> Folder:
        """Add a folder (absolute, resolved) or return the one that is there already."""

    def known_files(self, folder_id: int) -> dict[str, KnownFile]:
        """Return every file the library knows in a folder, by path relative to it (as ``FoundFile.path``)."""

    def put_pending(self, folder_id: int, files: Sequence[FoundFile]) -> SavedFaces:
        """Mark new or changed files as pending; a changed file leaves every view until it was read again."""

    def mark_missing(self, photo_ids: Sequence[int]) -> SavedFaces:
        """Mark photos whose file is gone. Their facts stay in the library but leave every view."""

    def mark_found(self, photo_ids: Sequence[int]) -> SavedFaces:
        """Bring missing photos back, unchanged: indexed again, or pending if they were never read."""

    def pending(self, folder_ids: Sequence[int]) -> list[PendingPhoto]:
        """Return the photos of these folders that wait to be read, newest file first."""

    def twins(self, size: int) -> list[Twin]:
        """Return photos of that size in bytes, whatever their state, whose faces were found with the model in use."""

    def save(self, results: Sequence[IndexedPhoto | FailedPhoto | SamePhoto]) -> SavedFaces:
        """Write a batch of results in their order, thumbnails included; reattach the names decided for their content.

        Of a ``SamePhoto`` whose twin is not what it was any more, the photo goes back to pending.
        """

    def forget_missing(self, before: datetime) -> int:
        """Forget the facts of photos that went missing before then (UTC); return how many. Decisions stay."""

    def count_faces(self, folder_ids: Sequence[int]) -> int:
        """Return how many faces the photos in view of these folders show."""


class ProblemStore(Protocol):
    """What the user says of photos that could not be read."""

    def retry(self, photo_ids: Sequence[int]) -> None:
        """Let the next scan read them again."""

    def set_ignored(self, photo_ids: Sequence[int], ignored: bool) -> None:
        """Leave photos out of the list of problems, or put them back, until their file changes."""


class Reader(Protocol):
    """What the window and the command line ask. Safe from any thread; never waits for a long write."""

    def counts(self, min_score: float) -> Counts: ...
    def folders(self) -> list[Folder]: ...
    def problems(self) -> list[Problem]:
        """Return every failed photo with its reason, in order of path."""

    def photo_ids(
        self, *, folder_id: int | None = None, person_id: int | None = None, only: Filter = NO_FILTER
    ) -> IdArray:
        """Return ids of indexed photos, newest first (date taken, else file date)."""

    def face_ids(
        self,
        *,
        min_score: float,
        folder_id: int | None = None,
        person_id: int | None = None,
        only: Filter = NO_FILTER,
    ) -> IdArray:
        """Return ids of faces of indexed photos, newest photo first; hidden faces are left out.

        With a person: the confirmed ones, whatever their score.
        """

    def filtered_faces(self, only: Filter) -> IdArray:
        """Return the ids, ascending, of all faces in view that a filter lets through, whatever their score."""

    def photo_dates(self) -> tuple[IdArray, IdArray]:
        """Return ids of indexed photos, newest first, and when: microseconds since 1970, local time (N,)."""

    def face_people(self) -> tuple[IdArray, IdArray]:
        """Return the faces in view that are somebody, confirmed or automatic, by face id, and who, (N,)."""

    def photos(self, ids: Sequence[int]) -> list[Photo]:
        """Return photos in the order of ``ids``; unknown ids are left out."""

    def faces(self, ids: Sequence[int]) -> list[Face]:
        """Return faces in the order of ``ids``; unknown ids are left out."""

    def faces_of_photo(self, photo_id: int, min_score: float) -> list[Face]:
        """Return a photo's faces from ``min_score`` on, and its named ones whatever their score; left to right."""

    def people(self) -> list[Person]:
        """Return every person with confirmed and automatic faces, most faces first, then by name."""

    def vector_listing(self) -> VectorListing:
        """Return which faces of indexed photos have a vector of the model in use. Reads no vector."""

    def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
        """Return ids (M,), sums (M,) and unit vectors (M, D) float32 of those of ``face_ids`` that have a sound one.

        For the model that is in use, in order of face id.
        """


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


class Scanner(Protocol):
    def scan(
        self,
        folders: Sequence[Path],
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ScanProgress], None] | None = None,
    ) -> ScanSummary:
        """Add and scan folders; return when all is done or cancelled. ``cancel`` can also pause it or slow it down."""

    def prefer(self, folder_id: int | None) -> None:
        """Read the photos of the folder that the user looks at before those of others, now and in later scans."""


class Watch(Protocol):
    """Photo folders that are being watched."""

    def stop(self) -> None:
        """Watch no more; returns when no further call will come."""


OnChange = Callable[[Sequence[Path]], None]  # folders (absolute) below which something changed; any thread


class Embedders(Protocol):
    """The embedders that this library can use. Safe from any thread; everything but ``listed`` takes its time."""

    def listed(self) -> list[EmbedderInfo]:
        """Return every embedder, the one in use first."""

    def propose(self, path: Path) -> Mapping[str, object]:
        """Return a contract for an .onnx file: the fields of a manifest entry. Raises ``ModelError``."""

    def add(self, path: Path, contract: Mapping[str, object]) -> EmbedderInfo:
        """Check a model against its contract on bundled pictures and keep a copy of it. Raises ``ModelError``."""

    def embed_all(
        self,
        model_id: str,
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ReembedProgress], None] | None = None,
    ) -> ReembedProgress:
        """Make the vectors that are missing, from stored landmarks. What is done stays when it is stopped."""

    def use(self, model_id: str) -> None:
        """Use an embedder from the next opening of the library on. Raises ``ModelError`` unless it is ready."""

    def compare(self, model_id: str, limit: int = 200) -> list[Disagreement]:
        """Return pairs of faces about which that embedder and the one in use disagree, the most surprising first."""

    def drop(self, model_id: str) -> int:
        """Delete the vectors of an embedder that is not in use; return how many. It can be embedded anew."""


SavedListener = Callable[[SavedFaces], None]


@dataclass(frozen=True)
class Services:
    """Everything the window and the command line work with."""

    config: Config
    reader: Reader
    people: PeopleStore
    people_reader: PeopleReader
    groups: Groups
    review: Review
    explainer: Explainer
    problems: ProblemStore
    thumbnails: Thumbnails
    gallery: Gallery
    recognition: Recognition
    calibrator: Calibrator
    embedders: Embedders
    pictures: Pictures
    folders: FolderStore
    upkeep: Upkeep
    scanner: Scanner
    watch: Callable[[Sequence[Path], OnChange], Watch]  # folders of the library to watch, until ``Watch.stop``
    on_saved: Callable[[SavedListener], None]  # registers a listener; called on the writer's thread
    forget_facts: Callable[[], None]  # forgets what was read from photos, to read all again; decisions stay
    check: Callable[[], list[str]]  # what is wrong with the database, in words; empty if nothing is
    settle: Callable[[], int]  # makes names anew from decisions if they differ; how many faces and people did
    close: Callable[[], None]
