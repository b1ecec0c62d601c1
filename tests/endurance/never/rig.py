"""A library that is really opened, scanned and grouped; only the models are fakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from faceapp.config import Config
from faceapp.embedders.embedders import LibraryEmbedders
from faceapp.faces.catalogue import Catalogue
from faceapp.index.gallery import FaceGallery
from faceapp.library.group_store import LibraryGroupStore
from faceapp.library.library import Library
from faceapp.library.people_reader import LibraryPeopleReader
from faceapp.people.groups import LibraryGroups
from faceapp.people.review.review import LibraryReview
from faceapp.processes.threads import ThreadPool
from faceapp.scan.photo_work import PhotoWork
from faceapp.scan.pipeline import PhotoScanner
from faceapp.types_scan import SavedFaces
from tests.embedders.rig import model
from tests.endurance.never.painted import NEW, OLD, PaintedAnalyser, PaintedEmbedder
from tests.fakes import fake_bytes, fake_decode, fake_jpeg
from tests.library.making import all_vectors

_MIN_SCORE = 0.5


class Opened:
    """One opening of the library in ``home``, with the embedder that it says is in use."""

    def __init__(self, home: Path) -> None:
        self.photos, models = home / "photos", home / "models"
        models.mkdir(exist_ok=True)
        config = Config(library_dir=home / "library", workers=2)
        catalogue = Catalogue({}, {id_: model(models, id_) for id_ in (OLD, NEW)}, "none", OLD)
        self.library = Library.open(config.library_dir, model=lambda stored: stored.chosen or OLD)
        analyser = PaintedAnalyser(self.library.model)
        self.gallery = FaceGallery(analyser.dimension, analyser.slider_minimum)
        self._add(*all_vectors(self.library))
        self.library.on_saved(self._follow)
        self._pool = ThreadPool(_work(analyser), 2)
        self._scanner = PhotoScanner(
            self.library.scan_store, self._pool, config, known_folders=self.library.reader.folders, suffixes={".png"}
        )
        self._embedders = LibraryEmbedders(
            lambda: catalogue, models, self.library.vectors, analyser, self.library.reader, self.gallery, self._pool
        )
        database = self.library._database
        self.people_reader = LibraryPeopleReader(database)
        self.groups = LibraryGroups(self.gallery, self.people_reader, LibraryGroupStore(database), analyser, _MIN_SCORE)
        self.review = LibraryReview(
            self.gallery, self.people_reader, self.library.reader, self.library.people, analyser, _MIN_SCORE
        )

    def scan(self) -> None:
        self._scanner.scan([self.photos])

    def change_over(self) -> None:
        """Make the vectors of the embedder that is not in use, and use it from the next opening on."""
        other = NEW if self.library.model == OLD else OLD
        self._embedders.embed_all(other)
        self._embedders.use(other)

    def forget_facts(self) -> None:
        """Forget all that a scan can find out again."""
        self.library.forget_facts()

    def close(self) -> None:
        self._pool.close()
        self.library.close()

    def _follow(self, saved: SavedFaces) -> None:
        self.gallery.remove(saved.removed_face_ids)
        self._add(saved.face_ids, saved.photo_ids, saved.embeddings)

    def _add(self, face_ids: Any, photo_ids: Any, embeddings: Any) -> None:
        if np.size(face_ids):
            self.gallery.add(face_ids, photo_ids, embeddings)


def _work(analyser: PaintedAnalyser) -> PhotoWork:
    return PhotoWork(
        analyser,
        fake_bytes,
        fake_decode,
        overview=lambda pixels: pixels,
        thumbnail=lambda pixels, icc: fake_jpeg(pixels),
        tile=lambda pixels, box, icc: fake_jpeg(pixels, box),
        embedder=PaintedEmbedder,
    )
