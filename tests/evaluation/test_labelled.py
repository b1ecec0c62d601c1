"""The bundled models on labelled photos: the table must be good, and be what numpy says it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.evaluation.pairs import read_pairs
from faceapp.evaluation.report import as_dict
from faceapp.evaluation.run import Evaluation, evaluate
from faceapp.faces.analyser import open_analyser
from faceapp.types import AnalysedFace, DecodedPhoto, FloatArray
from tests.evaluation import plain
from tests.faces.shared import SHARED_FACES, needs_shared_faces, read

pytestmark = [needs_shared_faces, pytest.mark.timeout(400)]


class AnalysedPictures:
    """Opens pictures in this process and keeps the embeddings of their largest faces."""

    def __init__(self) -> None:
        self._analyser = open_analyser(models_dir())
        self.embeddings: dict[Path, FloatArray] = {}

    def read(self, source: Path | bytes, name: str | None = None) -> DecodedPhoto:
        assert isinstance(source, Path)
        return DecodedPhoto(read(source), b"", None, None)

    def find_faces(self, source: Path | bytes, name: str | None = None) -> tuple[DecodedPhoto, list[AnalysedFace]]:
        photo = self.read(source)
        faces = self._analyser.analyse(photo.pixels)
        assert isinstance(source, Path)
        self.embeddings[source] = faces[0].embedding
        return photo, faces


@pytest.fixture(scope="module")
def seen() -> tuple[Evaluation, AnalysedPictures]:
    pictures = AnalysedPictures()
    pairs = read_pairs([SHARED_FACES / "lfw", SHARED_FACES / "johns"])
    return evaluate(pairs, pictures, "bundled"), pictures


def test_people_are_told_apart(seen: tuple[Evaluation, AnalysedPictures]) -> None:
    result = seen[0].verification
    point = result.points[1e-3]
    assert point is not None
    assert point.tar.value >= 0.998
    assert result.best_balanced >= 0.999
    assert seen[0].problems == ()


def test_the_table_is_what_numpy_says(seen: tuple[Evaluation, AnalysedPictures]) -> None:
    evaluation, pictures = seen
    paths = sorted(pictures.embeddings, key=lambda path: (path.parent.parent.name == "johns", path))
    vectors = np.array([pictures.embeddings[path] for path in paths], np.float64)
    people = np.array([path.parent.name for path in paths])
    rows, columns = np.triu_indices(len(paths), 1)
    scores, same = (vectors @ vectors.T)[rows, columns], people[rows] == people[columns]
    folds = np.empty(len(same), np.int64)
    folds[same], folds[~same] = np.arange(same.sum()) % 10, np.arange((~same).sum()) % 10

    assert evaluation.scores == pytest.approx(scores, abs=1e-12)
    table = as_dict(evaluation)
    mean, error = plain.ten_folds(scores, same, folds)
    assert (table["pictures"], table["same_pairs"], table["other_pairs"]) == (155, same.sum(), (~same).sum())
    assert table["accuracy"]["mean"] == pytest.approx(mean)
    assert table["accuracy"]["standard_error"] == pytest.approx(error)
    assert table["best_balanced_accuracy"] == pytest.approx(plain.balanced(scores, same))
    assert table["eer"] == pytest.approx(plain.equal_error(scores, same))
    assert table["auc"] == pytest.approx(plain.area(scores, same))
    assert table["same_mean"] == pytest.approx(scores[same].mean())
    assert table["other_mean"] == pytest.approx(scores[~same].mean())
    for target in (1e-1, 1e-2, 1e-3, 1e-4):
        tar = table["tar_at_far"][f"{target:.0e}"]["tar"]
        assert tar == pytest.approx(plain.tar_at(target, scores, same))
