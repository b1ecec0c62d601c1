"""Proposed contracts: the file's own shapes, and for the rest what tells the portraits apart best."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.adding import add_model
from faceapp.faces.catalogue import load_catalogue
from faceapp.faces.proposal import propose_contract
from tests.faces import tiny_onnx
from tests.faces.recognisers import recogniser, written
from tests.faces.tiny_onnx import Network, node


def test_the_bundled_model_gets_the_contract_that_was_measured() -> None:
    known = load_catalogue(models_dir()).embedder
    proposed = propose_contract(known.path)
    assert proposed.pop("id") == "mobilefacenet-arcface-bee96359"
    assert proposed == {
        "name": "mobilefacenet_arcface",
        "licence": "",
        "source": "",
        "input_name": "face",
        "output_names": ["embedding"],
        "channels": "BGR",
        "layout": "NCHW",
        "mean": 127.5,
        "scale": 127.5,
        "width": 112,
        "height": 112,
        "output": 512,
        "alignment": "arcface",
        "flip": "mean",
        "batch": 2,
        "thresholds": dict(known.thresholds),
    }


CASES: dict[str, tuple[dict[str, Any], dict[str, object]]] = {
    "ArcFace, BGR": (
        {},
        {"channels": "BGR", "layout": "NCHW", "width": 112, "height": 112, "output": 512, "mean": 127.5, "batch": 2},
    ),
    "ArcFace, RGB": ({"order": (2, 1, 0)}, {"channels": "RGB", "mean": 127.5, "scale": 127.5}),
    "one face a run": ({"shape": (1, 3, 112, 112)}, {"batch": 1, "channels": "BGR"}),
    "channels last": (
        {"shape": ("n", 112, 112, 3), "order": (2, 1, 0)},
        {"layout": "NHWC", "channels": "RGB", "width": 112, "height": 112},
    ),
    "SphereFace": (
        {"shape": (1, 3, 112, 96), "alignment": "sphereface"},
        {"alignment": "sphereface", "width": 96, "height": 112, "channels": "BGR"},
    ),
    "arcface-pytorch": (
        {"shape": (1, 1, 128, 128), "order": ()},
        {"channels": "GRAY", "width": 128, "height": 128, "flip": "concat", "output": 1024, "alignment": "arcface"},
    ),
    "InsightFace at 128 pixels": (
        {"shape": ("n", 3, 128, 128), "order": (2, 1, 0), "alignment": "arcface128"},
        {"alignment": "arcface128", "channels": "RGB", "width": 128},
    ),
    "SFace: does it by itself": (
        {"shape": (1, 3, 112, 112), "order": (2, 1, 0), "feed": (0.0, 1.0), "inside": True, "output": 128},
        {"mean": 0.0, "scale": 1.0, "output": 128, "channels": "RGB"},
    ),
    "from 0 to 1": (
        {"feed": (0.0, 255.0), "inside": False, "output": 37},
        {"mean": 0.0, "output": 37, "channels": "BGR"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_network_gets_the_contract_that_it_was_made_for(tmp_path: Path, name: str) -> None:
    made, expected = CASES[name]
    path = written(tmp_path / "My Model (v2).onnx", recogniser(**made))
    proposed = propose_contract(path)
    assert {key: proposed[key] for key in expected} == expected
    assert proposed["name"] == "My Model (v2)"
    assert str(proposed["id"]).startswith("my-model-v2-")
    model = add_model(path, proposed, tmp_path / "models")  # a proposal is a contract as it stands
    assert load_catalogue(models_dir(), tmp_path / "models").embedders[model.id] == model


def test_a_model_that_takes_one_face_although_it_says_any_is_fed_one_by_one(tmp_path: Path) -> None:
    weights = np.random.default_rng(0).normal(size=(588, 64)).astype(np.float32)
    nodes = [
        node("AveragePool", ["face"], "cells", kernel_shape=[8, 8], strides=[8, 8]),
        node("Reshape", ["cells", "row"], "flat"),
        node("MatMul", ["flat", "weights"], "vector"),
    ]
    network = Network(("n", 3, 112, 112), 64, nodes, {"weights": weights, "row": np.array([1, 588])})
    assert propose_contract(written(tmp_path / "m.onnx", network.data()))["batch"] == 1


def test_thresholds_move_up_with_the_scores_of_two_people(tmp_path: Path) -> None:
    """A network in which everybody is somewhat alike: a constant is added to each vector."""
    weights = np.random.default_rng(0).normal(size=(588, 64)).astype(np.float32)
    nodes = [
        node("AveragePool", ["face"], "cells", kernel_shape=[8, 8], strides=[8, 8]),
        node("Flatten", ["cells"], "flat"),
        node("MatMul", ["flat", "weights"], "product"),
        node("Add", ["product", "alike"], "vector"),
    ]
    network = Network(("n", 3, 112, 112), 64, nodes, {"weights": weights, "alike": np.full(64, 30, np.float32)})
    thresholds = propose_contract(written(tmp_path / "m.onnx", network.data()))["thresholds"]
    known = load_catalogue(models_dir()).embedder.thresholds
    assert isinstance(thresholds, dict)
    assert thresholds.keys() == known.keys()
    assert all(known[key] < thresholds[key] < 1 for key in known)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ((4, 3, 112, 112), "takes 4 × 3 × 112 × 112"),
        (("n", 4, 112, 112), "takes any × 4 × 112 × 112"),
        (("n", 3, 8, 8), "takes any × 3 × 8 × 8"),
        (("n", 3, 2048, 2048), "takes any × 3 × 2048 × 2048"),
        (("n", 512), "takes any × 512"),
        ((1, 3, 112, 112, 2), "takes 1 × 3 × 112 × 112 × 2"),
    ],
)
def test_what_takes_no_single_faces_is_refused(tmp_path: Path, shape: tuple[tiny_onnx.Size, ...], says: str) -> None:
    path = written(tmp_path / "m.onnx", tiny_onnx.tap(shape, np.arange(4)))
    with pytest.raises(ModelError) as caught:
        propose_contract(path)
    assert says in str(caught.value)
    assert "An embedder takes one face at a time" in str(caught.value)


def test_sizes_that_are_left_open_are_the_usual_ones(tmp_path: Path) -> None:
    path = written(tmp_path / "m.onnx", tiny_onnx.tap(("n", 3, "h", "w"), np.arange(0, 37632, 60)))
    proposed = propose_contract(path)
    assert (proposed["width"], proposed["height"], proposed["output"]) == (112, 112, 628)


def test_a_network_without_vectors_is_refused(tmp_path: Path) -> None:
    nodes = [node("Flatten", ["face"], "flat"), node("MatMul", ["flat", "weights"], "vector")]
    network = Network(("n", 3, 112, 112), 8, nodes, {"weights": np.full((37632, 8), np.nan, np.float32)})
    with pytest.raises(ModelError, match="zero or not finite"):
        propose_contract(written(tmp_path / "m.onnx", network.data()))
    with pytest.raises(ModelError, match="could not be run"):
        propose_contract(models_dir() / "centerface.onnx")
