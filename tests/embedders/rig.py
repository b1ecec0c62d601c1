"""A library with two embedders that need no model: ``old``, which it is scanned with, and ``new``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from faceapp.config import Config
from faceapp.embedders.embedders import LibraryEmbedders
from faceapp.faces.catalogue import Catalogue, EmbedderModel
from faceapp.index.gallery import FaceGallery
from faceapp.library.library import Library
from faceapp.processes.threads import ThreadPool
from faceapp.scan.photo_work import PhotoWork, Reembed, Request
from faceapp.scan.pipeline import PhotoScanner
from faceapp.types import FloatArray, Pixels
from faceapp.types_scan import SavedFaces
from tests.fakes import FakeAnalyser, fake_bytes, fake_decode, fake_jpeg, unit_vector
from tests.library.making import all_vectors

OLD, NEW = "old", "new"
DIMENSIONS = {OLD: 8, NEW: 6}


class Analyser(FakeAnalyser):
    """``FakeAnalyser`` under the id of either embedder."""

    def __init__(self, model_id: str) -> None:
        super().__init__(DIMENSIONS[model_id])
        self._model_id = model_id

    @property
    def model_id(self) -> str:
        return self._model_id


class Embedder:
    """Embeds a face as ``FakeAnalyser`` does, knowing it by the place of its left eye and the picture's tint."""

    def __init__(self, model_id: str) -> None:
        self._dimension = DIMENSIONS[model_id]

    def align(self, pixels: Pixels, landmarks: ArrayLike) -> Pixels:
        x = float(np.asarray(landmarks)[0, 0]) / pixels.shape[1]
        return np.array([[[round((x - 0.07) / 0.15), int(pixels[0, 0, 1]), 0]]], np.uint8)

    def embed(self, aligned: Sequence[Pixels]) -> tuple[FloatArray, FloatArray]:
        seeds = [1000 * int(face[0, 0, 1]) + int(face[0, 0, 0]) for face in aligned]
        vectors = [unit_vector(seed, self._dimension) for seed in seeds]
        return np.stack(vectors), np.ones(len(vectors), np.float32)


def model(folder: Path, model_id: str) -> EmbedderModel:
    """Return the entry of an embedder whose file is nothing but its id."""
    path = folder / f"{model_id}.onnx"
    if not path.exists():
        path.write_text(model_id)
    return EmbedderModel(
        id=model_id,
        name=model_id.title(),
        path=path,
        sha256=hashlib.sha256(model_id.encode()).hexdigest(),
        licence="MIT",
        source="a test",
        input_name="face",
        output_names=("embedding",),
        channels="BGR",
        layout="NCHW",
        mean=(127.5,),
        scale=(127.5,),
        width=112,
        height=112,
        output=DIMENSIONS[model_id],
        alignment="arcface",
        flip="none",
        batch=2,
        search=0.4,
        slider_minimum=0.2,
        thresholds={"search": 0.4, "slider_minimum": 0.2},
        bundled=model_id == OLD,
    )


class Rig:
    """One opening of a library with the embedder that it says is in use. ``asked`` are the requests to embed."""

    def __init__(self, root: Path) -> None:
        self.photos, self.models = root / "photos", root / "models"
        for folder in (self.photos, self.models):
            folder.mkdir(exist_ok=True)
        self.catalogue = Catalogue({}, {id_: model(self.models, id_) for id_ in (OLD, NEW)}, "none", OLD)
        self.asked: list[Reembed] = []
        self.deaths: dict[str, BaseException] = {}  # by file name: what the pool answers in the place of a result
        config = Config(library_dir=root / "library")
        self.library = Library.open(config.library_dir, model=lambda stored: stored.chosen or OLD)
        self.analyser = Analyser(self.library.model)
        self.gallery = FaceGallery(self.analyser.dimension, 0.2)
        face_ids, photo_ids, embeddings = all_vectors(self.library)
        if face_ids.size:
            self.gallery.add(face_ids, photo_ids, embeddings)
        self.library.on_saved(self._follow)
        self.work = PhotoWork(
            self.analyser, fake_bytes, fake_decode, lambda pixels: pixels, _picture, _tile, embedder=Embedder
        )
        self.pool = ThreadPool(self._answer, 2)
        self.scanner = PhotoScanner(
            self.library.scan_store, self.pool, config, known_folders=self.library.reader.folders, suffixes={".png"}
        )
        self.embedders = LibraryEmbedders(
            lambda: self.catalogue,
            self.models,
            self.library.vectors,
            self.analyser,
            self.library.reader,
            self.gallery,
            self.pool,
        )

    def close(self) -> None:
        self.pool.close()
        self.library.close()

    def scan(self) -> None:
        self.scanner.scan([self.photos])

    def _follow(self, saved: SavedFaces) -> None:
        self.gallery.remove(saved.removed_face_ids)
        if saved.face_ids.size:
            self.gallery.add(saved.face_ids, saved.photo_ids, saved.embeddings)

    def _answer(self, request: Request) -> Any:
        if isinstance(request, Reembed):
            self.asked.append(request)
            if (death := self.deaths.get(request.path.name)) is not None:
                raise death
        return self.work(self.work.prepare(request))


def _picture(pixels: Pixels, icc: bytes | None) -> bytes:
    return fake_jpeg(pixels)


def _tile(pixels: Pixels, box: Any, icc: bytes | None) -> bytes:
    return fake_jpeg(pixels, box)
