"""Puts the rooms together: the only place that names concrete classes. Tests pass fakes through it."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from faceapp.config import Config, config_file, models_dir
from faceapp.jobs import CancelToken, start_thread, yield_to_the_window
from faceapp.ports import Analyser, OnChange, Pictures, Recognition, Services, Watch
from faceapp.types import Pixels
from faceapp.types_scan import SavedFaces
from faceapp.types_upkeep import Backup, Part

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from faceapp.faces.catalogue import Catalogue
    from faceapp.index.gallery import FaceGallery
    from faceapp.library.embeddings import StoredModels
    from faceapp.processes import Workforce
    from faceapp.scan.photo_work import FaceEmbedder, PhotoWork

log = logging.getLogger(__name__)

HNSW_FROM = 100_000  # faces: below, the exact answer is on screen as soon
_DEADLINE_S = 20.0  # how long closing waits for the gallery; it stops between batches


@dataclass(frozen=True, slots=True)
class EmbedderFacts:
    """The ``Recognition`` of a model that is loaded elsewhere."""

    model_id: str
    dimension: int
    slider_minimum: float
    search_threshold: float


def own_models_dir(config: Config) -> Path:
    """Return the folder of the models that the user added; it is part of the library, and may not be there."""
    return config.library_dir / "models"


def catalogue_of(config: Config) -> Catalogue:
    """Return the bundled models and those of the library. Raises ``ModelError`` if the bundled list is wrong."""
    from faceapp.faces.catalogue import load_catalogue

    return load_catalogue(models_dir(), own_models_dir(config))


def recognition_facts(config: Config, model_id: str) -> Recognition:
    """Return the facts of an embedder. Raises ``ModelError`` if it is not known."""
    model = catalogue_of(config).choose_embedder(model_id)
    return EmbedderFacts(model.id, model.output, model.slider_minimum, model.search)


def photo_work(config: Config, model_id: str | None = None) -> PhotoWork:
    """Return what a child process does with photos, with an embedder by its id or the default one.

    Raises ``ModelError`` if a file is missing or damaged.
    """
    import cv2

    from faceapp.faces.analyser import open_analyser

    cv2.setNumThreads(1)  # there are as many children as processors
    analyser = open_analyser(
        models_dir(),
        own_models_dir(config),
        embedder=model_id,
        long_side=config.detector_long_side,
        min_score=config.store_score,
        load=True,
    )
    return replace(_work_with(config, analyser), align=analyser.align)


def _work_with(config: Config, analyser: Analyser) -> PhotoWork:
    from faceapp.faces.alignment import align
    from faceapp.faces.analyser import open_embedder
    from faceapp.imaging.colour import for_display
    from faceapp.imaging.decode import decode_bytes
    from faceapp.imaging.files import read_bytes
    from faceapp.imaging.scaling import overview_of
    from faceapp.imaging.thumbnails import face_tile, photo_thumbnail
    from faceapp.scan.photo_work import PhotoWork

    @functools.cache  # of the list as it is when an embedder is first wanted: it may be younger than this process
    def embedder(model_id: str) -> FaceEmbedder:
        return open_embedder(catalogue_of(config).choose_embedder(model_id))

    def upright(pixels: Pixels, landmarks: ArrayLike, height: int) -> Pixels:
        return align(pixels, landmarks, height, height)

    return PhotoWork(
        analyser, read_bytes, decode_bytes, overview_of, photo_thumbnail, face_tile, for_display, embedder, upright
    )


def _pool(config: Config, analyser: Analyser | None, model_id: str) -> Workforce:
    """Return child processes that work with photos, or threads that do the same with a given analyser."""
    from faceapp.imaging import limits
    from faceapp.processes.pool import Pool
    from faceapp.processes.threads import ThreadPool

    if analyser is not None:
        return ThreadPool(_work_with(config, analyser), config.worker_count)
    return Pool(
        partial(photo_work, config, model_id),
        config.worker_count,
        seconds=limits.MAX_SECONDS,
        memory_bytes=min(config.photo_memory_mb << 20, limits.MAX_CHILD_BYTES),
    )


def open_services(
    config: Config,
    *,
    write: bool = True,
    gallery: bool = True,
    background: bool = False,
    analyser: Analyser | None = None,
    rescue: bool = False,
) -> Services:
    """Open the library and return everything that works on it.

    ``gallery=False`` leaves the embeddings on disk, for commands that do not search. ``background``: the embeddings
    are loaded, and then the HNSW graph opened or built, while the caller goes on; whoever asks the gallery waits.
    Pictures are opened in child processes; with an ``analyser`` (for tests) in threads of this one. ``rescue`` opens a
    library whose embedder is broken though nothing can be searched then, to choose another one.

    Raises ``LibraryError`` or ``ModelError`` with a sentence for the user.
    """
    from faceapp.calibration.calibrator import LibraryCalibrator
    from faceapp.embedders.choosing import choose_embedder
    from faceapp.embedders.containing import contained
    from faceapp.embedders.embedders import LibraryEmbedders
    from faceapp.index.gallery import FaceGallery
    from faceapp.index.segments import Origin
    from faceapp.library.library import Library
    from faceapp.people.groups import LibraryGroups
    from faceapp.people.naming import People
    from faceapp.people.review.review import LibraryReview
    from faceapp.people.why import PeopleExplainer
    from faceapp.scan.pictures import ContainedPictures
    from faceapp.scan.pipeline import PhotoScanner
    from faceapp.scan.remake import RemadeThumbnails

    def choose(stored: StoredModels) -> str:
        return choose_embedder(catalogue_of(config), stored, rescue=rescue)

    library = Library.open(config.library_dir, write=write, model=choose if analyser is None else analyser.model_id)
    try:
        recognition: Recognition = analyser or recognition_facts(config, library.model)
        thresholds: Mapping[str, float] = {"search": recognition.search_threshold}
        if analyser is None:
            thresholds = catalogue_of(config).choose_embedder(library.model).thresholds
        faces = FaceGallery(recognition.dimension, recognition.slider_minimum, loading=gallery)
        origin = Origin(library.id, recognition.model_id, recognition.dimension)
        stop = CancelToken()

        def load() -> None:
            faces.load(library.reader, vectors_folder(config), origin, tidy=write, cancel=stop)

        if gallery and not background:
            load()
    except BaseException:
        library.close()
        raise

    def keep_in_step(saved: SavedFaces) -> None:
        faces.remove(saved.removed_face_ids)
        keep_usable(faces, saved)

    if gallery:
        library.on_saved(keep_in_step)
    pool = _pool(config, analyser, library.model)
    pictures = ContainedPictures(pool)

    def load_behind() -> None:
        with suppress(Exception):  # whoever asks the gallery is told
            load()
        if not stop.cancelled:
            pool.warm(1)  # the first picture shall not wait for a process to start, nor the first page for that
        if faces.ready and len(faces) >= HNSW_FROM:
            yield_to_the_window()  # nobody waits for this
            faces.open_hnsw(hnsw_file(config), library.id, recognition.model_id, cancel=stop)

    loader = start_thread("gallery", load_behind) if gallery and background else None

    def close() -> None:
        pool.close()
        stop.cancel()
        if loader is not None:
            loader.join(_DEADLINE_S)
        if write and gallery:
            faces.save()
        library.close()

    people, guesses = People(library.people), library.people_reader
    calibrator = LibraryCalibrator(faces, library.reader, thresholds)
    return Services(
        config=config,
        reader=library.reader,
        people=people,
        people_reader=guesses,
        groups=LibraryGroups(faces, guesses, library.groups, recognition, config.store_score),
        review=LibraryReview(faces, guesses, library.reader, people, recognition, config.store_score),
        explainer=PeopleExplainer(
            faces, library.reader, guesses, people, calibrator, pictures.aligned, config.show_score
        ),
        problems=library.problems,
        thumbnails=RemadeThumbnails(library.thumbnails, library.reader, pictures) if write else library.thumbnails,
        gallery=faces,
        recognition=recognition,
        calibrator=calibrator,
        embedders=LibraryEmbedders(
            partial(catalogue_of, config),
            own_models_dir(config),
            library.vectors,
            recognition,
            library.reader,
            faces,
            pool,
            contained,
        ),
        pictures=pictures,
        folders=library.folders,
        upkeep=library.upkeep(other_places(config)),
        scanner=PhotoScanner(library.scan_store, pool, config, known_folders=library.reader.folders),
        watch=watch_folders,
        on_saved=library.on_saved,
        forget_facts=library.forget_facts,
        check=library.check,
        settle=library.settle,
        close=close,
    )


@contextmanager
def open_pictures(config: Config, model_id: str | None = None) -> Iterator[tuple[Recognition, Pictures]]:
    """Open what looks at pictures, with an embedder by its id or the default one, and what its embeddings mean.

    Needs no library, but knows the models that were added to it. Raises ``ModelError``.
    """
    from faceapp.faces.catalogue import check_file
    from faceapp.scan.pictures import ContainedPictures

    catalogue = catalogue_of(config)
    for model in (catalogue.detector, embedder := catalogue.choose_embedder(model_id)):
        check_file(model)
    pool = _pool(config, None, embedder.id)
    try:
        yield recognition_facts(config, embedder.id), ContainedPictures(pool)
    finally:
        pool.close()


def watch_folders(folders: Sequence[Path], on_change: OnChange) -> Watch:
    """Watch photo folders."""
    from faceapp.scan import watch  # loads the watcher library, which only the window needs

    return watch.watch_folders(folders, on_change)


def keep_usable(gallery: FaceGallery, saved: SavedFaces) -> None:
    """Add embeddings to a gallery, leaving out damaged ones: one bad row must not keep a library from opening."""
    from faceapp.index.exact import usable_rows

    good = usable_rows(saved.embeddings)
    if not good.all():
        log.warning("%d embeddings are damaged; `faceapp doctor` names them", int((~good).sum()))
    gallery.add(saved.face_ids[good], saved.photo_ids[good], saved.embeddings[good], saved.sums[good])


def vectors_folder(config: Config) -> Path:
    """Return where the files of vectors are kept: a cache, it may be deleted."""
    return config.library_dir / "cache"


def make_backup(config: Config, target: Path | None) -> Backup:
    """Copy the database of a library that may be in use. Raises ``LibraryError``."""
    from faceapp.library import backups

    return backups.make_backup(config.library_dir, target)


def restore_backup(config: Config, source: Path) -> Backup | None:
    """Put a backup in the place of a library that nobody has open. Raises ``LibraryError``."""
    from faceapp.library import backups

    return backups.restore_backup(config.library_dir, source)


def erase_library(config: Config, *, folders: bool, backups: bool) -> None:
    """Erase what was found and said from a library that nobody has open. Raises ``LibraryError``."""
    from faceapp.library.upkeep import erase

    erase(config.library_dir, folders=folders, backups=backups)


def other_places(config: Config) -> dict[Part, Path]:
    """Return where what belongs to the program lies, but for a library's own files."""
    logs = Path(platformdirs.user_log_dir("Faceapp", appauthor=False))
    return {Part.MODELS: own_models_dir(config), Part.SETTINGS: config_file(), Part.LOGS: logs}


def hnsw_file(config: Config) -> Path:
    """Return where the HNSW graph is kept: a cache, it may be deleted."""
    return config.library_dir / "cache" / "faces.hnsw"
