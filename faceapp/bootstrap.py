"""Puts the rooms together: the only place that names concrete classes. Tests pass fakes through it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from faceapp.config import Config, models_dir
from faceapp.errors import FaceappError, LibraryLockedError, ModelError
from faceapp.jobs import CancelToken, start_thread
from faceapp.ports import Analyser, OnChange, Recognition, Services, Watch
from faceapp.types import FloatArray, IdArray, SavedFaces

if TYPE_CHECKING:
    from faceapp.index.gallery import FaceGallery
    from faceapp.processes import Workforce
    from faceapp.scan.photo_work import PhotoWork

log = logging.getLogger(__name__)

_DEADLINE_S = 20.0  # how long closing waits for the HNSW graph; it stops between batches


@dataclass(frozen=True, slots=True)
class EmbedderFacts:
    """The ``Recognition`` of a model that is loaded elsewhere."""

    model_id: str
    dimension: int
    slider_minimum: float
    search_threshold: float


def recognition_facts() -> Recognition:
    """Return the facts of the bundled embedder. Raises ``ModelError`` if the manifest or a model file is missing."""
    from faceapp.faces.catalogue import REMEDY, load_catalogue

    catalogue = load_catalogue(models_dir())
    embedder = catalogue.embedder
    for model in (catalogue.detector, embedder):
        if not model.path.is_file():
            raise ModelError(f"The model file {model.path} is missing. {REMEDY}")
    return EmbedderFacts(embedder.id, embedder.output, embedder.slider_minimum, embedder.search)


def photo_work(config: Config) -> PhotoWork:
    """Return what a child process does with photos. Raises ``ModelError`` if a file is missing or damaged."""
    import cv2

    from faceapp.faces.analyser import open_analyser

    cv2.setNumThreads(1)  # there are as many children as processors
    analyser = open_analyser(models_dir(), long_side=config.detector_long_side, min_score=config.store_score, load=True)
    return _work_with(analyser)


def _work_with(analyser: Analyser) -> PhotoWork:
    from faceapp.imaging.colour import for_display
    from faceapp.imaging.decode import decode_bytes
    from faceapp.imaging.files import read_bytes
    from faceapp.imaging.scaling import overview_of
    from faceapp.imaging.thumbnails import face_tile, photo_thumbnail
    from faceapp.scan.photo_work import PhotoWork

    return PhotoWork(analyser, read_bytes, decode_bytes, overview_of, photo_thumbnail, face_tile, for_display)


def _pool(config: Config, analyser: Analyser | None) -> Workforce:
    """Return child processes that work with photos, or threads that do the same with a given analyser."""
    from faceapp.imaging import limits
    from faceapp.processes.pool import Pool
    from faceapp.processes.threads import ThreadPool

    if analyser is not None:
        return ThreadPool(_work_with(analyser), config.worker_count)
    return Pool(
        partial(photo_work, config),
        config.worker_count,
        seconds=limits.MAX_SECONDS,
        memory_bytes=limits.MAX_CHILD_BYTES,
    )


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
    or builds it where its file does not fit: in the background, or before this returns. Pictures are opened in child
    processes; with an ``analyser`` (for tests) in threads of this one.

    Raises ``LibraryError`` or ``ModelError`` with a sentence for the user.
    """
    from faceapp.index.gallery import FaceGallery
    from faceapp.library.library import Library
    from faceapp.people.naming import People
    from faceapp.scan.pictures import ContainedPictures
    from faceapp.scan.pipeline import PhotoScanner
    from faceapp.scan.remake import RemadeThumbnails

    recognition: Recognition = analyser or recognition_facts()
    library = Library.open(config.library_dir, write=write, model=recognition.model_id)
    try:
        faces = FaceGallery(recognition.dimension, recognition.slider_minimum)
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
    file, model_id = hnsw_file(config), recognition.model_id
    if hnsw == "now":
        faces.open_hnsw(file, library.id, model_id)
    elif hnsw == "background":
        graph = start_thread(
            "hnsw",
            lambda: log.debug("HNSW: %s", faces.open_hnsw(file, library.id, model_id, cancel=building)),
            background=True,
        )

    pool = _pool(config, analyser)
    if hnsw == "background":  # the window: its first picture shall not wait for a process to start
        pool.warm(1)
    pictures = ContainedPictures(pool)

    def close() -> None:
        pool.close()
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
        problems=library.problems,
        thumbnails=RemadeThumbnails(library.thumbnails, library.reader, pictures) if write else library.thumbnails,
        gallery=faces,
        recognition=recognition,
        pictures=pictures,
        scanner=PhotoScanner(library.scan_store, pool, config, known_folders=library.reader.folders),
        watch=watch_folders,
        on_saved=library.on_saved,
        check=library.check,
        close=close,
    )


def watch_folders(folders: Sequence[Path], on_change: OnChange) -> Watch:
    """Watch photo folders."""
    from faceapp.scan import watch  # loads the watcher library, which only the window needs

    return watch.watch_folders(folders, on_change)


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
    problems = services.reader.problems()
    for photo in problems:
        yield Finding("photo", False, f"{photo.path}: {photo.reason}")
    if problems:
        yield Finding("photo", True, "To read these photos again: faceapp scan --retry FOLDER")
