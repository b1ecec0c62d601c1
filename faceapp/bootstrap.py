"""Puts the rooms together: the only place that names concrete classes. Tests pass fakes through it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from faceapp.config import Config, models_dir
from faceapp.errors import FaceappError, LibraryLockedError
from faceapp.jobs import CancelToken, start_thread
from faceapp.ports import Analyser, Services
from faceapp.types import FloatArray, IdArray, SavedFaces

if TYPE_CHECKING:
    from faceapp.index.gallery import FaceGallery

log = logging.getLogger(__name__)

_DEADLINE_S = 20.0  # how long closing waits for the HNSW graph; it stops between batches


def build_analyser(config: Config) -> Analyser:
    """Return the bundled detector and embedder. Raises ``ModelError`` if a file is missing or damaged."""
    from faceapp.faces.analyser import open_analyser

    return open_analyser(models_dir(), long_side=config.detector_long_side, min_score=config.store_score)


def open_services(
    config: Config,
    *,
    write: bool = True,
    gallery: bool = True,
    hnsw: Literal["none", "background", "now"] = "none",
    analyser: Analyser | None = None,
) -> Services:
    """Open the library and return everything that works on it.

    ``gallery=False`` leaves the embeddings on disk, for commands that do not search. ``hnsw`` opens the HNSW graph,
    or builds it where its file does not fit: in the background, or before this returns.

    Raises ``LibraryError`` or ``ModelError`` with a sentence for the user.
    """
    from faceapp.index.gallery import FaceGallery
    from faceapp.library.library import Library
    from faceapp.people.naming import People
    from faceapp.scan.pipeline import PhotoScanner
    from faceapp.scan.remake import RemadeThumbnails

    analyser = analyser or build_analyser(config)
    library = Library.open(config.library_dir, write=write, model=analyser.model_id)
    try:
        faces = FaceGallery(analyser.dimension, analyser.slider_minimum)
        if gallery:
            keep_usable(faces, *library.reader.embeddings())
    except BaseException:
        library.close()
        raise

    def keep_in_step(saved: SavedFaces) -> None:
        faces.remove(saved.removed_face_ids)
        keep_usable(faces, saved.face_ids, saved.photo_ids, saved.embeddings)

    if gallery:
        library.on_saved(keep_in_step)
    building = CancelToken()
    graph: threading.Thread | None = None
    file, model_id = hnsw_file(config), analyser.model_id
    if hnsw == "now":
        faces.open_hnsw(file, library.id, model_id)
    elif hnsw == "background":
        graph = start_thread(
            "hnsw",
            lambda: log.debug("HNSW: %s", faces.open_hnsw(file, library.id, model_id, cancel=building)),
            background=True,
        )

    def count_faces(folder_ids: Sequence[int]) -> int:
        return sum(len(library.reader.face_ids(min_score=0.0, folder_id=folder_id)) for folder_id in folder_ids)

    def close() -> None:
        building.cancel()
        if graph is not None:
            graph.join(_DEADLINE_S)
        if write and hnsw != "none":
            faces.save_hnsw()
        library.close()

    return Services(
        config=config,
        reader=library.reader,
        people=People(library.people),
        thumbnails=RemadeThumbnails(library.thumbnails, library.reader) if write else library.thumbnails,
        gallery=faces,
        analyser=analyser,
        scanner=PhotoScanner(
            library.scan_store,
            analyser,
            config,
            known_folders=library.reader.folders,
            count_faces=count_faces,
        ),
        on_saved=library.on_saved,
        check=library.check,
        close=close,
    )


def keep_usable(gallery: FaceGallery, face_ids: IdArray, photo_ids: IdArray, embeddings: FloatArray) -> None:
    """Add embeddings to a gallery, leaving out damaged ones: one bad row must not keep a library from opening."""
    from faceapp.index.exact import usable_rows

    good = usable_rows(embeddings)
    if not good.all():
        log.warning("%d stored embeddings are damaged; `faceapp doctor` names them", int((~good).sum()))
    gallery.add(face_ids[good], photo_ids[good], embeddings[good])


def hnsw_file(config: Config) -> Path:
    """Return where the HNSW graph is kept: a cache, it may be deleted."""
    return config.library_dir / "cache" / "faces.hnsw"


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model of the manifest; ``problem`` says what is wrong with its file, None if nothing is."""

    id: str
    purpose: str
    file: str
    licence: str
    source: str
    problem: str | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def list_models() -> Iterator[ModelState]:
    """Yield every model of the manifest with its file verified."""
    from faceapp.faces.catalogue import load_catalogue, read_model

    catalogue = load_catalogue(models_dir())
    purposes = {"detector": catalogue.detectors, "embedder": catalogue.embedders}
    for purpose, model in ((purpose, model) for purpose, models in purposes.items() for model in models.values()):
        problem = None
        try:
            read_model(model)
        except FaceappError as error:
            problem = str(error)
        yield ModelState(model.id, purpose, model.path.name, model.licence, model.source, problem)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``."""

    part: str
    ok: bool
    text: str


def examine(config: Config) -> Iterator[Finding]:
    """Check models, library, thumbnails and index, rebuild the caches that do not fit; yield what was found."""
    from faceapp.index.hnsw import hnsw_available

    try:
        for model in list_models():
            yield Finding(
                "model", model.problem is None, model.problem or f"{model.id}, {model.licence}, as it should be"
            )
    except FaceappError as error:
        yield Finding("model", False, str(error))
    if hnsw_available():
        yield Finding("index", True, "hnswlib is installed: exact search, and HNSW beside it for similar faces")
    else:
        yield Finding(
            "index",
            True,
            "hnswlib is not installed: exact search answers everything (install faceapp[hnsw] to add HNSW)",
        )
    try:
        services = open_services(config, write=False)
    except FaceappError as error:
        yield Finding("library", False, str(error))
        return
    try:
        yield from _examine_library(config, services)
    finally:
        services.close()
    try:
        open_services(config, hnsw="now").close()  # opening for writing throws away caches that do not fit
    except LibraryLockedError:
        yield Finding("caches", True, "another Faceapp has this library open and looks after them")
    except FaceappError as error:
        yield Finding("caches", False, str(error))
    else:
        yield Finding("caches", True, "thumbnails and HNSW graph fit the library, or were begun anew")


def _examine_library(config: Config, services: Services) -> Iterator[Finding]:
    counts = services.reader.counts(config.store_score)
    yield Finding(
        "library",
        True,
        f"{config.library_dir}: {counts.photos:,} photos, {counts.faces:,} faces, {counts.people:,} people",
    )
    for problem in services.check():
        yield Finding("library", False, problem)
    yield Finding(
        "search",
        len(services.gallery) == counts.faces,
        f"{len(services.gallery):,} embeddings of {counts.faces:,} faces are searchable",
    )
    for folder in services.reader.folders():
        state = (
            f"{folder.path}: {folder.photos:,} photos"
            if folder.online
            else f"{folder.path} cannot be reached now; its photos stay searchable"
        )
        yield Finding("folder", True, state)
    for photo in services.reader.problems():
        yield Finding("photo", False, f"{photo.path}: {photo.reason}")
