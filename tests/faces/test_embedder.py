"""The embedder with a made session: feeding, mirroring, one normalisation, refusal of nonsense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.alignment import template
from faceapp.faces.catalogue import EmbedderModel, load_catalogue
from faceapp.faces.embedder import Embedder
from faceapp.types import FloatArray


class Corner:
    """Returns, of each face, the values of its top left pixel."""

    def __init__(self, nchw: bool = True) -> None:
        self.nchw = nchw
        self.batches: list[int] = []

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        self.batches.append(len(tensor))
        return [tensor[:, :, 0, 0] if self.nchw else tensor[:, 0, 0, :]]


class Fixed:
    def __init__(self, row: list[float]) -> None:
        self.row = row

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        return [np.tile(np.array(self.row, np.float32), (len(tensor), 1))]


def model(**changes: object) -> EmbedderModel:
    plain = {"output": 3, "flip": "none"}
    return replace(load_catalogue(models_dir()).embedder, **(plain | changes))  # type: ignore[arg-type]


def face(left: tuple[int, int, int], right: tuple[int, int, int] = (0, 0, 0)) -> np.ndarray:
    pixels = np.zeros((112, 112, 3), np.uint8)
    pixels[:, :56], pixels[:, 56:] = left, right
    return pixels


def feed(value: int) -> float:
    return (value - 127.5) / 127.5


@pytest.mark.parametrize(
    ("channels", "expected"),
    [("BGR", [255, 100, 0]), ("RGB", [0, 100, 255])],
)
def test_pixels_are_fed_in_the_order_of_the_manifest(channels: str, expected: list[int]) -> None:
    vectors, norms = Embedder(model(channels=channels), Corner()).embed([face((255, 100, 0))])
    raw = np.array([feed(value) for value in expected])
    assert np.allclose(vectors[0] * norms[0], raw, atol=1e-6)
    assert norms[0] == pytest.approx(np.linalg.norm(raw))
    assert vectors.dtype == norms.dtype == np.float32


def test_the_layout_of_the_manifest_is_kept() -> None:
    vectors, norms = Embedder(model(layout="NHWC"), Corner(nchw=False)).embed([face((255, 100, 0))])
    assert np.allclose(vectors[0] * norms[0], [feed(255), feed(100), feed(0)], atol=1e-6)


def test_grey_models_get_one_channel() -> None:
    grey = replace(model(channels="GRAY"), output=1)
    vectors, norms = Embedder(grey, Corner()).embed([face((200, 200, 200))])
    assert (vectors * norms[:, None]).tolist() == [[pytest.approx(feed(200))]]


def test_the_mirror_is_averaged_or_appended() -> None:
    left, right = (255, 100, 0), (10, 20, 30)
    a, b = np.array([feed(v) for v in left]), np.array([feed(v) for v in right])
    vectors, norms = Embedder(model(flip="mean"), Corner()).embed([face(left, right)])
    assert np.allclose(vectors[0] * norms[0], (a + b) / 2, atol=1e-6)
    both = replace(model(flip="concat"), output=6)
    vectors, norms = Embedder(both, Corner()).embed([face(left, right)])
    assert np.allclose(vectors[0] * norms[0], [*a, *b], atol=1e-6)


def test_many_faces_go_in_small_batches_and_keep_their_order() -> None:
    session = Corner()
    vectors, _ = Embedder(model(), session).embed([face((i * 10, 255, 0)) for i in range(20)])
    assert sum(session.batches) == 20
    assert max(session.batches) == 2
    assert (np.diff(vectors[:, 0] / vectors[:, 1]) > 0).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_model_that_takes_one_face_at_a_time_gets_one_at_a_time() -> None:
    session = Corner()
    Embedder(model(batch=1), session).embed([face((1, 2, 3))] * 3)
    assert session.batches == [1, 1, 1]


def test_no_faces_need_no_model() -> None:
    session = Corner()
    vectors, norms = Embedder(model(), session).embed([])
    assert vectors.shape == (0, 3)
    assert norms.shape == (0,)
    assert session.batches == []


@pytest.mark.parametrize("row", [[0.0, 0.0, 0.0], [1.0, float("nan"), 0.0], [float("inf"), 1.0, 0.0], [1.0, 2.0]])
def test_nonsense_is_refused_in_the_name_of_the_model(row: list[float]) -> None:
    with pytest.raises(ModelError, match=r"mobilefacenet_arcface\.onnx"):
        Embedder(model(), Fixed(row)).embed([face((1, 2, 3))])


@pytest.mark.parametrize(("width", "alignment"), [(112, "arcface"), (96, "sphereface")])
def test_a_face_to_be_looked_at_is_the_cut_of_the_model_only_larger(width: int, alignment: str) -> None:
    embedder = Embedder(model(width=width, alignment=alignment), Corner())
    marks = np.add(template(alignment, 2 * width, 224), (30, 20))
    photo = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 256, (280, 300, 3), np.uint8), (0, 0), 6)
    large = embedder.align(photo, marks, 224)
    assert np.array_equal(large, photo[20:244, 30 : 30 + 2 * width])
    small = cv2.resize(large, (width, 112), interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - embedder.align(photo, marks)).mean() < 2
