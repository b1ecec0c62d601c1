"""Changing over to another model on the command line, with the bundled models and real child processes."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from faceapp import cli
from faceapp.bootstrap import open_services
from faceapp.config import Config, models_dir
from faceapp.errors import ModelError

PORTRAITS = Path(__file__).parent.parent / "portraits"
DEFAULT, PLAIN = "mobilefacenet-arcface", "plain"

# The bundled embedder without the mirror: other vectors, and no second model needs to lie in the project.
CONTRACT = """
id = "plain"
name = "Plain"
licence = "MIT"
source = "a test"
input_name = "face"
output_names = ["embedding"]
channels = "BGR"
layout = "NCHW"
mean = 127.5
scale = 127.5
width = 112
height = 112
output = 512
alignment = "arcface"
flip = "none"
thresholds = { search = 0.40, slider_minimum = 0.20, far_1e2 = 0.27, far_1e3 = 0.35, far_1e4 = 0.39 }
"""

Run = Callable[..., tuple[int, list[dict[str, object]], str]]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of three portraits and where they lie, made once and copied for each test."""
    home = tmp_path_factory.mktemp("home")
    (home / "album").mkdir()
    for name in ("obama.jpg", "obama2.jpg", "biden.jpg"):
        shutil.copy(PORTRAITS / name, home / "album" / name)
    assert cli.main(["scan", str(home / "album"), "--library", str(home / "library")]) == cli.DONE
    assert cli.main(["name", "1", "Somebody", "--library", str(home / "library")]) == cli.DONE
    return home


@pytest.fixture
def library(scanned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scanned / "library", tmp_path / "library"))


@pytest.fixture
def with_plain(library: Path) -> Path:
    """Return the library with a model of its own, as ``add`` leaves it."""
    models = library / "models"
    models.mkdir()
    data = (models_dir() / "mobilefacenet_arcface.onnx").read_bytes()
    (models / "plain.onnx").write_bytes(data)
    entry = f'file = "plain.onnx"\nsha256 = "{hashlib.sha256(data).hexdigest()}"\npurpose = "embedder"'
    (models / "manifest.toml").write_text(f"schema = 1\n[[model]]\n{entry}{CONTRACT}")
    return library


@pytest.fixture
def run(library: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the library: exit code, JSON objects, stderr."""

    def call(*arguments: object) -> tuple[int, list[dict[str, object]], str]:
        capsys.readouterr()
        code = cli.main([*map(str, arguments), "--library", str(library), "--json"])
        output = capsys.readouterr()
        return code, [json.loads(line) for line in output.out.splitlines()], output.err

    return call


def states(run: Run) -> dict[object, tuple[object, object]]:
    _, rows, _ = run("models", "list")
    return {row["id"]: (row["state"], row["vectors"]) for row in rows if row["purpose"] == "embedder"}


def faces(run: Run) -> list[dict[str, object]]:
    code, rows, _ = run("faces", "--embeddings")
    assert code == cli.DONE
    return rows


def test_there_and_back(run: Run, with_plain: Path) -> None:
    before = faces(run)
    count = len(before)
    assert states(run) == {DEFAULT: ("in use", count), PLAIN: ("available", 0)}
    code, _, err = run("models", "use", PLAIN)
    assert code == cli.FAILED
    assert f"models embed {PLAIN}" in err

    code, (done,), _ = run("models", "embed", PLAIN)
    assert code == cli.DONE
    assert (done["done"], done["total"], done["failed"]) == (count, count, 0)
    assert states(run)[PLAIN] == ("ready", count)
    code, pairs, err = run("models", "compare", PLAIN)
    assert code == cli.DONE
    assert f"{len(pairs)} pairs" in err
    assert run("models", "use", PLAIN)[0] == cli.DONE

    assert states(run) == {PLAIN: ("in use", count), DEFAULT: ("ready", count)}
    there = faces(run)
    assert [row["person"] for row in there] == [row["person"] for row in before]
    assert all(a["embedding"] != b["embedding"] for a, b in zip(there, before, strict=True))
    _, found, _ = run("search", PORTRAITS / "obama.jpg")  # the children use the same model as the library
    assert Path(str(found[0]["photo"])).name == "obama.jpg"
    assert found[0]["score"] == pytest.approx(1.0, abs=0.001)

    assert run("models", "drop", PLAIN)[0] == cli.FAILED
    assert run("models", "use", DEFAULT)[0] == cli.DONE
    assert faces(run) == before
    _, (dropped,), _ = run("models", "drop", PLAIN)
    assert dropped["vectors"] == count
    assert states(run) == {DEFAULT: ("in use", count), PLAIN: ("available", 0)}


def test_vectors_made_again_are_those_of_the_scan(run: Run, library: Path) -> None:
    import sqlite3

    import numpy as np

    before = faces(run)
    with sqlite3.connect(library / "library.sqlite") as connection:
        connection.execute("DELETE FROM embedding")
    connection.close()
    code, (done,), _ = run("models", "embed", DEFAULT)
    assert (code, done["done"]) == (cli.DONE, len(before))
    for old, new in zip(before, faces(run), strict=True):
        assert np.dot(np.array(old["embedding"]), np.array(new["embedding"])) > 0.9999


def test_photos_that_are_out_of_reach_are_counted(run: Run, with_plain: Path, scanned: Path) -> None:
    (scanned / "album").rename(scanned / "away")
    try:
        code, (done,), err = run("models", "embed", PLAIN)
    finally:
        (scanned / "away").rename(scanned / "album")
    assert code == cli.PROBLEMS
    assert done["failed"] == done["total"]
    assert "Connect their drives" in err


def test_a_library_opens_without_its_model_if_the_default_one_has_vectors(
    run: Run, with_plain: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run("models", "embed", PLAIN)
    run("models", "use", PLAIN)
    shutil.rmtree(with_plain / "models")
    assert len(faces(run)) > 0
    assert "plain" in caplog.text
    assert f"faceapp models use {DEFAULT}" in caplog.text
    code, rows, _ = run("doctor")
    assert code == cli.PROBLEMS
    assert any(not row["ok"] and "plain" in str(row["text"]) for row in rows)
    assert run("models", "use", DEFAULT)[0] == cli.DONE
    caplog.clear()
    faces(run)
    assert caplog.text == ""


def test_a_library_whose_only_vectors_are_of_a_damaged_model_says_how_to_go_on(run: Run, with_plain: Path) -> None:
    run("models", "embed", PLAIN)
    run("models", "use", PLAIN)
    run("models", "drop", DEFAULT)
    (with_plain / "models" / "plain.onnx").write_bytes(b"bent")
    code, _, err = run("faces")
    assert code == cli.FAILED
    assert "damaged" in err
    assert f"faceapp models embed {DEFAULT}" in err
    with pytest.raises(ModelError, match="damaged"):
        open_services(Config(library_dir=with_plain))
    assert run("models", "embed", DEFAULT)[0] == cli.DONE
    assert run("models", "use", DEFAULT)[0] == cli.DONE
    assert [row["person"] for row in faces(run)].count("Somebody") == 1


def test_models_are_listed_without_a_library(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["models", "--library", str(tmp_path / "none")]) == cli.DONE
    assert DEFAULT in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_doctor_tells_of_vectors_and_of_what_computes(run: Run, with_plain: Path) -> None:
    _, rows, _ = run("doctor")
    texts = [str(row["text"]) for row in rows]
    assert any(f"vector of {DEFAULT} (in use)" in text for text in texts)
    assert any("CPU" in text for text in texts)
    assert any(text.startswith("plain, MIT") for text in texts)


@pytest.mark.parametrize("place", ["before", "after"])
def test_options_count_before_and_after_the_action(
    place: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--library", str(library), "--json"]
    arguments = ["models", *options, "list"] if place == "before" else ["models", "list", *options]
    assert cli.main(arguments) == cli.DONE
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any(row["state"] == "in use" and row["vectors"] for row in rows)


def test_a_model_is_added_with_its_contract(run: Run, library: Path, tmp_path: Path) -> None:
    contract = tmp_path / "contract.toml"
    contract.write_text(CONTRACT)
    file = models_dir() / "mobilefacenet_arcface.onnx"
    code, (added,), err = run("models", "add", file, "--contract", contract, "--licence", "mine", "--id", "own")
    assert code == cli.DONE
    assert (added["id"], added["name"], added["licence"], added["state"]) == ("own", "Plain", "mine", "available")
    assert added["contract"] == "112 × 112 BGR → 512"
    assert "faceapp models embed own" in err
    code, (done,), _ = run("models", "embed", "own")
    assert (code, done["failed"]) == (cli.DONE, 0)
    assert (library / "models" / "manifest.toml").is_file()


def test_what_is_no_model_is_refused_with_a_sentence(run: Run, library: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(b"this is no model")
    contract = tmp_path / "contract.toml"
    for text, blamed in ((None, bad), (CONTRACT, bad), ("id = ", contract)):
        options = []
        if text is not None:
            contract.write_text(text)
            options = ["--contract", contract]
        code, rows, err = run("models", "add", bad, *options)
        assert (code, rows) == (cli.FAILED, [])
        assert str(blamed) in err
        assert "Traceback" not in err
    assert not (library / "models").exists()
