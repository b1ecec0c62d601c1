"""The whole way from a picture to its embedded faces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from faceapp.faces import quality
from faceapp.faces.catalogue import EmbedderModel, check_file, load_catalogue
from faceapp.faces.detector import Detector
from faceapp.faces.embedder import Embedder
from faceapp.faces.sessions import OnnxSession
from faceapp.imaging.scaling import OVERVIEW_SIDE
from faceapp.types import AnalysedFace, Detection, Pixels


class FaceAnalyser:
    """Finds and embeds the faces of a picture; implements ``ports.Analyser``. Safe from several threads at once."""

    def __init__(self, detector: Detector, embedder: Embedder) -> None:
        self._detector = detector
        self._embedder = embedder

    @property
    def dimension(self) -> int:
        return self._embedder.model.output

    @property
    def search_threshold(self) -> float:
        return self._embedder.model.search

    @property
    def slider_minimum(self) -> float:
        """Return the cosine at which the slider starts."""
        return self._embedder.model.slider_minimum

    @property
    def model_id(self) -> str:
        """Return what the embeddings belong to: vectors of different models must never be compared."""
        return self._embedder.model.id

    @property
    def model_sha256(self) -> str:
        return self._embedder.model.sha256

    def align(self, pixels: Pixels, landmarks: ArrayLike, height: int) -> Pixels:
        """Return a face as the embedder sees it, ``height`` pixels high; landmarks (5, 2) in pixels."""
        return self._embedder.align(pixels, landmarks, height)

    def analyse(self, pixels: Pixels, overview: Pixels | None = None) -> list[AnalysedFace]:
        """Return the faces of an upright BGR picture, largest first. Raises ``ModelError`` if a model fails.

        ``overview`` is the picture as ``imaging.scaling.overview_of`` reduces it, for a caller that has it already.
        """
        faces = self.embed(pixels, self._detector.detect(pixels, overview))
        return sorted(faces, key=lambda face: face.detection.box.w * face.detection.box.h, reverse=True)

    def embed(self, pixels: Pixels, detections: Sequence[Detection]) -> list[AnalysedFace]:
        """Return faces of an upright BGR picture in their order, without those whose landmarks are on one spot."""
        height, width = pixels.shape[:2]
        kept: list[Detection] = []
        points, aligned = [], []
        for detection in detections:
            landmarks = np.array(detection.landmarks) * (width, height)
            try:
                face = self._embedder.align(pixels, landmarks)
            except ValueError:  # whatever was found, nothing can be recognised in it
                continue
            kept.append(detection)
            points.append(landmarks)
            aligned.append(face)
        vectors, norms = self._embedder.embed(aligned)
        return [
            AnalysedFace(d, quality.measure(d.box, p, a, float(n), width, height), v)
            for d, p, a, v, n in zip(kept, points, aligned, vectors, norms, strict=True)
        ]


def open_analyser(
    models: Path,
    *others: Path,
    embedder: str | None = None,
    long_side: int = OVERVIEW_SIDE,
    min_score: float = 0.35,
    load: bool = False,
) -> FaceAnalyser:
    """Return the analyser with the manifest's default detector and an embedder by its id, by default the default one.

    Cheap: the lists of ``models`` (bundled) and ``others`` (the user's) are read now, the models when the first picture
    comes, or with ``load`` now too. ``long_side`` (pixels) and ``min_score`` are the detector's.
    Raises ``ModelError`` if the manifest, the embedder or a model file is missing.
    """
    catalogue = load_catalogue(models, *others)
    chosen = catalogue.choose_embedder(embedder)
    check_file(catalogue.detector)
    detecting = OnnxSession(catalogue.detector)
    if load:
        detecting.load()
    detector = Detector(catalogue.detector, detecting, long_side=long_side, min_score=min_score)
    return FaceAnalyser(detector, open_embedder(chosen, load=load))


def open_embedder(model: EmbedderModel, *, load: bool = False) -> Embedder:
    """Return the embedder of a model, to align and embed faces whose landmarks are known.

    Its file is loaded at the first face, or with ``load`` now. Raises ``ModelError`` if it is missing.
    """
    check_file(model)
    session = OnnxSession(model)
    if load:
        session.load()
    return Embedder(model, session)
