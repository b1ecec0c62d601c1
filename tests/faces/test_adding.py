"""Adding a model: what is kept, and every way to be refused, after which nothing has changed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.adding import add_model
from faceapp.faces.analyser import open_embedder
from faceapp.faces.catalogue import load_catalogue, read_model
from tests.faces import tiny_onnx
from tests.faces.recognisers import contract, recogniser, written
from tests.faces.tiny_onnx import Network, node

SHAPE = ("n", 3, 112, 112)
FLAT = 3 * 14 * 14


@pytest.fixture(scope="module")
def data() -> bytes:
    return recogniser()


@pytest.fixture
def path(tmp_path: Path, data: bytes) -> Path:
    return written(tmp_path / "tiny.onnx", data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library" / "models"


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()} if folder.exists() else {}


def refused(path: Path, folder: Path, **changes: object) -> str:
    before = content(folder)
    with pytest.raises(ModelError) as caught:
        add_model(path, contract(**changes), folder)
    assert content(folder) == before
    return str(caught.value)


def test_a_model_is_kept_under_its_sha256_with_an_entry(path: Path, folder: Path, data: bytes) -> None:
    model = add_model(path, contract(source='a "quoted" \\ line\nand \x7f'), folder)
    digest = sha256(data).hexdigest()
    assert set(content(folder)) == {"manifest.toml", f"{digest}.onnx"}
    assert read_model(model) == data
    path.unlink()  # the copy is what is used from now on
    catalogue = load_catalogue(models_dir(), folder)
    assert catalogue.broken == ()
    assert list(catalogue.embedders) == ["mobilefacenet-arcface", "tiny"]
    assert catalogue.embedders["tiny"] == model
    assert catalogue.default_embedder == "mobilefacenet-arcface"
    assert (model.name, model.licence, model.sha256, model.bundled) == ("Tiny “T”", "MIT", digest, False)
    assert model.source == 'a "quoted" \\ line\nand \x7f'
    vectors, _ = open_embedder(model).embed([np.full((112, 112, 3), 200, np.uint8)])
    assert vectors.shape == (1, 512)


def test_a_second_model_and_words_of_the_user_stay(path: Path, folder: Path, tmp_path: Path) -> None:
    add_model(path, contract(), folder)
    manifest = folder / "manifest.toml"
    manifest.write_text("# mine\n" + manifest.read_text(encoding="utf-8"), encoding="utf-8")
    narrow = written(tmp_path / "narrow.onnx", recogniser((1, 3, 112, 96), output=37, alignment="sphereface"))
    changes = {"id": "narrow", "width": 96, "alignment": "sphereface", "batch": 1, "flip": "concat", "output": 74}
    add_model(narrow, contract(**changes, mean=[127.5, 127.5, 127.5]), folder)
    assert list(load_catalogue(models_dir(), folder).embedders) == ["mobilefacenet-arcface", "tiny", "narrow"]
    assert manifest.read_text(encoding="utf-8").startswith("# mine\n")


def test_one_file_may_serve_two_contracts(path: Path, folder: Path) -> None:
    add_model(path, contract(), folder)
    add_model(path, contract(id="averaged", flip="mean"), folder)
    assert len(list(folder.glob("*.onnx"))) == 1
    assert load_catalogue(models_dir(), folder).embedders["averaged"].flip == "mean"


@pytest.mark.parametrize("taken", ["tiny", "mobilefacenet-arcface", "centerface", "broken"])
def test_an_id_that_is_taken_is_refused(path: Path, folder: Path, taken: str) -> None:
    add_model(path, contract(), folder)
    manifest = folder / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + '\n[[model]]\nid = "broken"\n', encoding="utf-8")
    assert "“id” is that of another model" in refused(path, folder, id=taken)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "../up"}, "“id” must be made of"),
        ({"id": ""}, "“id” must not be empty"),
        ({"name": " "}, "“name” must not be empty"),
        ({"channels": "CMYK"}, "“channels” must be one of RGB, BGR, GRAY"),
        ({"alignment": "none"}, "“alignment” must be one of arcface, arcface128, sphereface"),
        ({"licence": None}, "“licence” is missing"),
        ({"output": 512.5}, "“output” must be of type int"),
        ({"output": 1 << 20}, "“output” must be 16384 at most"),
        ({"width": 4096}, "“width” must be 1024 at most"),
        ({"batch": 0}, "“batch” must be greater than 0"),
        ({"mean": [1.0, 2.0]}, "“mean” must be one number or a list of 3"),
        ({"mean": [1.0, 2.0, "x"]}, "“mean” must be of type float"),
        ({"mean": [1.0, 2.0, float("nan")]}, "“mean” must be a finite number"),
        ({"scale": [1.0, 0.0, 1.0]}, "“scale” must be greater than 0"),
        ({"channels": "GRAY", "mean": [1.0]}, "“mean” must be one number"),
        ({"thresholds": {"search": 0.4}}, "“slider_minimum” is missing"),
        ({"thresholds": {"search": 0.4, "slider_minimum": 0.2, "far_1e2": 7}}, "“far_1e2” must lie from -1 to 1"),
        ({"output_names": ["vector", "more"]}, "“output_names” must name one output"),
        ({"flip": "concat", "output": 511}, "“output” must be even where flip is concat"),
    ],
)
def test_a_contract_that_is_wrong_in_itself_is_refused(
    path: Path, folder: Path, changes: dict[str, object], says: str
) -> None:
    message = refused(path, folder, **changes)
    assert says in message
    assert "Correct it and add the model again." in message


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"width": 96}, "takes any × 3 × 112 × 112; the contract feeds 2 × 3 × 112 × 96"),
        ({"layout": "NHWC"}, "takes any × 3 × 112 × 112; the contract feeds 2 × 112 × 112 × 3"),
        ({"channels": "GRAY"}, "the contract feeds 2 × 1 × 112 × 112"),
        ({"input_name": "data"}, "has the input “face” and the outputs “vector”; the contract names “data”"),
        ({"output_names": ["fc1"]}, "the contract names “face” and “fc1”"),
        ({"output": 128}, "gives vectors of shape (512,), its entry in the list of models says 128"),
        ({"flip": "concat"}, "gives vectors of shape (1024,)"),
    ],
)
def test_a_model_that_does_not_fit_its_contract_is_refused(
    path: Path, folder: Path, changes: dict[str, object], says: str
) -> None:
    assert says in refused(path, folder, **changes)


def test_a_fixed_number_of_faces_must_be_in_the_contract(tmp_path: Path, folder: Path) -> None:
    path = written(tmp_path / "one.onnx", recogniser((1, 3, 112, 112)))
    assert "takes 1 × 3 × 112 × 112; the contract feeds 2 × 3 × 112 × 112" in refused(path, folder)
    assert add_model(path, contract(batch=1), folder).batch == 1


def times(weights: np.ndarray, *more: bytes) -> bytes:
    """Return a network that averages cells, multiplies by weights and does more."""
    nodes = [
        node("AveragePool", ["face"], "cells", kernel_shape=[8, 8], strides=[8, 8]),
        node("Flatten", ["cells"], "flat"),
        node("MatMul", ["flat", "weights"], "product" if more else "vector"),
        *more,
    ]
    fixed = {"weights": weights.astype(np.float32), "ones": np.ones(512, np.float32)}
    fixed["shape"] = np.array([1, 512])
    return Network(SHAPE, 512, nodes, fixed).data()


NONSENSE: dict[str, tuple[Callable[[], bytes], str]] = {
    "not a number": (lambda: times(np.full((FLAT, 512), np.nan)), "zero or not finite"),
    "infinite": (lambda: times(np.full((FLAT, 512), np.inf)), "zero or not finite"),
    "zero": (lambda: times(np.zeros((FLAT, 512))), "zero or not finite"),
    "constant": (
        lambda: times(np.zeros((FLAT, 512)), node("Add", ["product", "ones"], "vector")),
        "gives every face the same vector",
    ),
    "chance": (
        lambda: times(np.zeros((FLAT, 512)), node("RandomNormalLike", ["product"], "vector")),
        "another vector each time",
    ),
    "one face in truth": (
        lambda: times(np.ones((FLAT, 512)), node("Reshape", ["product", "shape"], "vector")),
        "could not be run on (2, 3, 112, 112)",
    ),
    "no face recognition": (
        lambda: times(np.random.default_rng(0).normal(size=(FLAT, 512))),
        "does not tell people apart",
    ),
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_a_model_that_fails_the_self_check_is_refused(tmp_path: Path, folder: Path, kind: str) -> None:
    make, says = NONSENSE[kind]
    path = written(tmp_path / "bad.onnx", make())
    message = refused(path, folder)
    assert says in message
    assert str(path) in message


def test_a_model_that_is_fed_wrongly_is_refused(tmp_path: Path, folder: Path) -> None:
    path = written(tmp_path / "by itself.onnx", recogniser(feed=(0.0, 1.0), inside=True))
    assert "does not tell people apart with this contract" in refused(path, folder, scale=4)
    assert add_model(path, contract(mean=0, scale=1), folder).mean == (0.0,)


@pytest.mark.parametrize("step", [1, 2], ids=["the copy", "the list"])
@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "There is no room for tiny.onnx"),
        (errno.EACCES, "may not write into"),
        (errno.EIO, "cannot be kept in"),
    ],
)
def test_a_disk_that_refuses_leaves_nothing_behind(
    path: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, number: int, says: str
) -> None:
    add_model(written(tmp_path / "old.onnx", recogniser(output=64)), contract(id="old", output=64), folder)
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == step:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr("faceapp.faces.adding.os.fsync", full)
    assert says in refused(path, folder)
    assert len(calls) == step


def test_a_folder_that_cannot_be_made_is_told(path: Path, tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tiny\.onnx cannot be kept in"):
        add_model(path, contract(), tmp_path / "library" / "models")


@pytest.mark.parametrize("text", [b"schema = ", b"schema = 2\n", b"\xff\xfe not text"])
def test_a_list_that_cannot_be_read_is_not_written_over(path: Path, folder: Path, text: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_bytes(text)
    assert str(folder / "manifest.toml") in refused(path, folder)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path, folder: Path) -> None:
    assert "is not an ONNX model" in refused(written(tmp_path / "m.onnx", b"text" * 100), folder)
    assert not folder.exists()


def test_a_file_swapped_after_it_was_looked_at_is_refused(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from faceapp.faces import adding

    def look(chosen: Path) -> object:
        found = adding_inspect(chosen)
        chosen.write_bytes(tiny_onnx.tap(SHAPE, np.arange(512)))
        return found

    adding_inspect = adding.inspect_model
    monkeypatch.setattr(adding, "inspect_model", look)
    assert "its sha256 is not the listed one" in refused(path, folder)
