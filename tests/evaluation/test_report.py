"""What is written of an evaluation: words, JSON, CSV, pictures."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from faceapp.errors import FaceappError
from faceapp.evaluation import figure
from faceapp.evaluation.failures import SIDE, crop, worst_pairs
from faceapp.evaluation.pairs import even_folds
from faceapp.evaluation.report import as_dict, in_words, make_folder, write_report
from faceapp.evaluation.run import Evaluation, evaluate
from faceapp.evaluation.verification import Verification, verify
from faceapp.jobs import Cancelled, CancelToken
from faceapp.types import Box, DecodedPhoto
from tests.evaluation.support import NamedPictures
from tests.evaluation.test_run import pairs_of

PAIRS = pairs_of(
    ("a1", "a2", 1), ("b1", "b2", 1), ("a1", "a3", 1), ("a1", "b1", 0), ("a2", "b2", 0), ("a3", "b1", 0), ("a1", "x", 1)
)  # fmt: skip
ANGLES: dict[str, float | None] = {"a1": 0, "a2": 20, "a3": 80, "b1": 90, "b2": 100, "x": None}


@pytest.fixture
def pictures() -> NamedPictures:
    return NamedPictures(ANGLES)


@pytest.fixture
def evaluation(pictures: NamedPictures) -> Evaluation:
    return evaluate(PAIRS, pictures, "model-x")


def test_worst_pairs_come_first(evaluation: Evaluation) -> None:
    alike, unlike = worst_pairs(evaluation, 2)
    names = [path.stem for path in PAIRS.pictures]
    assert [(names[pair.first], names[pair.second]) for pair in alike] == [("a3", "b1"), ("a2", "b2")]
    assert [(names[pair.first], names[pair.second]) for pair in unlike] == [("a1", "a3"), ("a1", "a2")]
    assert alike[0].score == pytest.approx(np.cos(np.radians(10)))
    assert [pair.wrong for pair in (*alike, *unlike)] == [True, False, True, False]


def test_files(evaluation: Evaluation, pictures: NamedPictures, tmp_path: Path) -> None:
    written = write_report(evaluation, tmp_path / "new" / "out", pictures)
    assert [path.name for path in written] == ["report.json", "roc.csv", "scores.csv", "report.png", "failures.png"]
    report, roc, scores, picture, failures = written
    assert json.loads(report.read_text("utf-8")) == as_dict(evaluation)
    with roc.open(newline="") as file:
        points = [(float(row["far"]), float(row["tar"])) for row in csv.DictReader(file)]
    assert (points[0], points[-1]) == ((0, 0), (1, 1))
    with scores.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["score"]) for row in rows] == evaluation.scores.tolist()
    assert [row["same"] == "1" for row in rows] == PAIRS.same.tolist()
    assert [row["usable"] for row in rows] == ["1"] * 6 + ["0"]
    assert (rows[0]["picture_1"], rows[0]["picture_2"]) == ("a1.jpg", "a2.jpg")
    with Image.open(picture) as image:
        assert image.size == (1200, 600)
    with Image.open(failures) as image:
        assert (200, 0, 0) in {colour for _, colour in image.getcolors(1 << 20)}  # a face: red, not blue


def test_json_says_all_that_the_table_says(evaluation: Evaluation) -> None:
    values = as_dict(evaluation)
    assert (values["pictures"], values["same_pairs"], values["other_pairs"]) == (6, 4, 3)
    assert list(values["tar_at_far"]) == ["1e-01", "1e-02", "1e-03", "1e-04"]
    assert values["tar_at_far"]["1e-01"] is None
    assert values["accuracy"]["folds"] == 3
    assert values["unusable_pairs"] == 1
    assert values["problems"] == [{"picture": "x.jpg", "reason": "No face was found in x.jpg."}]
    json.dumps(values, allow_nan=False)


def test_words(evaluation: Evaluation) -> None:
    text = "\n".join(in_words(evaluation))
    assert "made with model-x" in text
    assert "4 of one person, 3 of two people" in text
    assert "too few pairs: it takes 10,000 of two people" in text
    assert "1 pairs have" not in text
    assert "1 pair has a picture without a face" in text


def hard() -> Verification:
    rng = np.random.default_rng(3)
    same = rng.random(3000) < 0.5
    return verify(rng.normal(np.where(same, 0.5, 0.0), 0.15).clip(-1, 1), same, even_folds(same))


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def test_the_figure_shows_curve_histograms_and_threshold() -> None:
    result = hard()
    pixels = np.asarray(figure.draw_report(result, "Größe"))
    assert (pixels[2, 2] == rgb(figure.BACKGROUND)).all()
    left, right = pixels[:, :600].astype(int), pixels[:, 640:].astype(int)
    for part, colour in ((left, figure.SAME), (right, figure.SAME), (right, figure.OTHER)):
        assert (np.abs(part - rgb(colour)).sum(axis=2) < 30).sum() > 100
    # The threshold is a dark line from top to bottom, and it lies where the axis says.
    dark = (right.sum(axis=2) < 200)[128:520].sum(axis=0)
    low, high = figure._score_range(result)
    expected = 670 + (result.best_threshold - low) / (high - low) * 490
    assert dark.max() > 380
    assert abs(640 + int(dark.argmax()) - expected) <= 2


def test_where_there_are_too_few_pairs_is_shown() -> None:
    """With 1,500 pairs of two people nothing is known of a FAR below 0.07 %: a fifth of the axis."""
    pixels = np.asarray(figure.draw_report(hard(), "t"))
    grey = (pixels[500] == rgb(figure.UNKNOWN)).all(axis=1)
    assert 80 < grey[70:560].sum() < 120


@pytest.mark.parametrize("scores", [[0.5, 0.5], [1.0, -1.0], [-1.0, 1.0], [0.401, 0.402]])
def test_two_pairs_can_be_drawn(scores: list[float]) -> None:
    same = np.array([True, False])
    picture = figure.draw_report(verify(np.array(scores), same, even_folds(same)), "two")
    assert picture.size == (1200, 600)


def test_crops_are_square_also_at_the_edge() -> None:
    pixels = np.full((100, 200, 3), 50, np.uint8)
    photo = DecodedPhoto(pixels, b"", None, None)
    inside = np.asarray(crop(photo, Box(0.4, 0.3, 0.2, 0.4)))
    assert inside.shape == (SIDE, SIDE, 3)
    assert (inside == 50).all()
    beyond = np.asarray(crop(photo, Box(-0.1, 0.7, 0.2, 0.5)))
    assert beyond.shape == (SIDE, SIDE, 3)
    assert {50, 236} <= set(beyond.ravel().tolist())


def test_names_that_are_no_text(tmp_path: Path) -> None:
    name = b"\xff1".decode("utf-8", "surrogateescape")
    pictures = NamedPictures({name: 0, "b": 10, "c": 90})
    evaluation = evaluate(pairs_of((name, "b", 1), (name, "c", 0)), pictures, "m")
    write_report(evaluation, tmp_path, pictures)
    assert b"\xff1.jpg" in (tmp_path / "scores.csv").read_bytes()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FaceappError, match="file for the report cannot be made"):
        make_folder(tmp_path / "file")


def test_cancelled_while_writing(evaluation: Evaluation, pictures: NamedPictures, tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        write_report(evaluation, tmp_path, pictures, cancel)


def test_a_picture_that_went_away_leaves_its_place_empty(evaluation: Evaluation, tmp_path: Path) -> None:
    gone = NamedPictures({name: angle for name, angle in ANGLES.items() if name != "a1"})
    assert (tmp_path / "failures.png") in write_report(evaluation, tmp_path, gone)
