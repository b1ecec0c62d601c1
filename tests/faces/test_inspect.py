"""Files that are no models, or not such as Faceapp can keep: each is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces import inspect
from faceapp.faces.inspect import TensorInfo, inspect_model
from faceapp.faces.onnx_file import NotOnnxError, read_structure
from tests.faces import tiny_onnx
from tests.faces.recognisers import written
from tests.faces.tiny_onnx import graph, message, model, node, tensor, value_info

FACE, VECTOR = value_info("face", ["n", 3, 112, 112]), value_info("vector", ["n", 512])
FLATTEN = node("Flatten", ["face"], "vector")
SMALL = tiny_onnx.tap(("n", 3, 112, 112), np.arange(512))


def refused(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        inspect_model(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_file_is_described_without_running_it() -> None:
    found = inspect_model(models_dir() / "mobilefacenet_arcface.onnx")
    assert found.input == TensorInfo("face", "tensor(float)", (None, 3, 112, 112))
    assert found.outputs == (TensorInfo("embedding", "tensor(float)", (None, 512)),)
    assert (found.size, found.opset) == (4_806_232, 9)
    assert found.sha256.startswith("bee96359ba19")


def test_a_fixed_batch_and_channels_that_come_last_are_seen(tmp_path: Path) -> None:
    path = written(tmp_path / "m.onnx", tiny_onnx.tap((1, 112, 112, 3), np.arange(7)))
    found = inspect_model(path)
    assert found.input.shape == (1, 112, 112, 3)
    assert (found.opset, found.size) == (13, path.stat().st_size)


@pytest.mark.parametrize(
    "data",
    [
        b"not a model at all, but a text of some length\n" * 20,
        b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4,
        bytes(1000),
        b"PK\x03\x04" + b"\x14\x00" * 100,
        np.random.default_rng(0).bytes(5000),
        b"\x08\x08",  # protobuf, but no network in it
        model(graph([], [FACE], [VECTOR])),
    ],
    ids=["text", "jpeg", "zeros", "zip", "noise", "only a version", "no nodes"],
)
def test_what_is_not_onnx_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "is not an ONNX model" in refused(written(tmp_path / "m.onnx", data))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95, 0.9999])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    data = (models_dir() / "mobilefacenet_arcface.onnx").read_bytes()
    assert "cut off or damaged" in refused(written(tmp_path / "m.onnx", data[: int(len(data) * share)]))


def test_a_small_file_cut_anywhere_never_passes_for_another_model() -> None:
    for end in range(len(SMALL)):
        try:
            found = read_structure(SMALL[:end])
        except NotOnnxError:
            continue
        # What is left is a whole message: only what comes last, the version of the operators, can be missing.
        assert found.operators == {("", "Flatten"), ("", "Gather")}


def test_damage_anywhere_is_met_without_surprise() -> None:
    rng = np.random.default_rng(6)
    refusals = 0
    for _ in range(1000):
        data = bytearray(SMALL)
        for place in rng.integers(0, len(data), 3):
            data[place] = rng.integers(256)
        try:
            read_structure(bytes(data))
        except NotOnnxError:
            refusals += 1
    assert 0 < refusals < 1000  # flipped weights cannot be seen, a flipped length can


def test_an_empty_file_a_folder_and_nothing_are_refused(tmp_path: Path) -> None:
    assert "is empty" in refused(written(tmp_path / "m.onnx", b""))
    assert "is not a file" in refused(tmp_path)
    assert "cannot be read" in refused(tmp_path / "none.onnx")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "m.onnx"
    with path.open("wb") as stream:
        stream.truncate(inspect.MAX_MODEL_BYTES + 1)  # takes no room on the disk
    assert "takes 1,074 MB; Faceapp takes models up to 1,074 MB" in refused(path)


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("weights.bin", "keeps weights in another file, “weights.bin”"),
        ("../../etc/passwd", "in a file outside of its own folder, “../../etc/passwd”"),
        ("/etc/passwd", "in a file outside of its own folder"),
        ("C:\\secret.bin", "in a file outside of its own folder"),
        ("..\\secret.bin", "in a file outside of its own folder"),
        ("", "keeps weights in another file"),
    ],
)
def test_weights_in_other_files_are_refused(tmp_path: Path, location: str, says: str) -> None:
    (tmp_path / "weights.bin").write_bytes(bytes(4))
    data = model(
        graph([node("Mul", ["face", "w"], "vector")], [FACE], [VECTOR], [tiny_onnx.external("w", [1], location)])
    )
    assert says in refused(written(tmp_path / "m.onnx", data))


def test_weights_in_other_files_are_found_in_inner_graphs_too(tmp_path: Path) -> None:
    inner = graph([node("Identity", ["w"], "x")], [], [value_info("x", [1])], [tiny_onnx.external("w", [1], "w.bin")])
    attribute = message(5, message(1, "then_branch") + message(6, inner) + tiny_onnx.number(20, 5))
    data = model(graph([node("If", ["c"], "vector") + attribute], [FACE], [VECTOR]))
    assert "“w.bin”" in refused(written(tmp_path / "m.onnx", data))
    constant = message(5, message(1, "value") + message(5, tiny_onnx.external("w", [1], "w2.bin")))
    data = model(graph([node("Constant", [], "vector") + constant], [FACE], [VECTOR]))
    assert "“w2.bin”" in refused(written(tmp_path / "m.onnx", data))


def test_foreign_operators_are_refused_by_name(tmp_path: Path) -> None:
    data = model(graph([node("Magic", ["face"], "vector", "my.own")], [FACE], [VECTOR]), domains=["my.own"])
    assert "operators that onnxruntime does not have (my.own.Magic)" in refused(written(tmp_path / "m.onnx", data))


def test_functions_that_the_file_brings_along_are_no_foreign_operators(tmp_path: Path) -> None:
    imports = message(9, message(1, "") + tiny_onnx.number(2, 13))
    function = (
        message(1, "Flat") + message(4, "a") + message(5, "b") + message(7, node("Flatten", ["a"], "b"))
        + imports + message(10, "my.own")
    )  # fmt: skip
    content = graph([node("Flat", ["face"], "vector", "my.own")], [FACE], [value_info("vector", ["n", "d"])])
    found = inspect_model(written(tmp_path / "m.onnx", model(content, domains=["my.own"], functions=[function])))
    assert found.outputs[0].name == "vector"


def test_an_unknown_operator_of_onnx_is_told_in_onnxruntimes_words(tmp_path: Path) -> None:
    data = model(graph([node("Recognise", ["face"], "vector")], [FACE], [VECTOR]))
    assert "Recognise" in refused(written(tmp_path / "m.onnx", data))


def test_operators_from_the_future_are_told_in_onnxruntimes_words(tmp_path: Path) -> None:
    data = model(graph([FLATTEN], [FACE], [value_info("vector", ["n", 37632])]), opset=9999)
    assert "cannot be loaded: onnxruntime says" in refused(written(tmp_path / "m.onnx", data))


def test_more_or_fewer_inputs_than_one_are_refused(tmp_path: Path) -> None:
    both = model(graph([node("Add", ["face", "more"], "vector")], [FACE, value_info("more", [1])], [VECTOR]))
    assert "has 2 inputs (“face”, “more”)" in refused(written(tmp_path / "m.onnx", both))
    none = model(graph([node("Identity", ["w"], "vector")], [], [VECTOR], [tensor("w", np.zeros(2, np.float32))]))
    assert "has 0 inputs (none)" in refused(written(tmp_path / "m.onnx", none))


def test_weights_that_are_listed_as_inputs_are_none(tmp_path: Path) -> None:
    weights = value_info("w", [1])
    data = model(
        graph(
            [node("Mul", ["face", "w"], "x"), node("Flatten", ["x"], "vector")],
            [FACE, weights],
            [value_info("vector", ["n", 37632])],
            [tensor("w", np.ones(1, np.float32))],
        )
    )
    assert inspect_model(written(tmp_path / "m.onnx", data)).input.name == "face"


def test_half_precision_at_the_door_is_refused(tmp_path: Path) -> None:
    shape = ["n", 3, 112, 112]
    data = model(
        graph(
            [FLATTEN],
            [value_info("face", shape, tiny_onnx.FLOAT16)],
            [value_info("vector", ["n", 37632], tiny_onnx.FLOAT16)],
        )
    )
    assert "tensor(float16)" in refused(written(tmp_path / "m.onnx", data))
