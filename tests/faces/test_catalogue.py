"""The manifest: what is in it, and words that help when something is wrong with it or its files."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.analyser import open_analyser
from faceapp.faces.catalogue import load_catalogue, read_model
from faceapp.faces.sessions import OnnxSession

REMEDY = "Reinstall Faceapp or run scripts/make_models.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the manifest, and files in the models' places that are not models."""
    shutil.copy(models_dir() / "manifest.toml", tmp_path)
    for name in ("centerface.onnx", "mobilefacenet_arcface.onnx"):
        (tmp_path / name).write_bytes(b"not a model")
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "manifest.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_bundled_manifest_describes_the_bundled_files() -> None:
    catalogue = load_catalogue(models_dir())
    for model in (*catalogue.detectors.values(), *catalogue.embedders.values()):
        assert read_model(model)
        assert model.licence == "MIT"
    embedder = catalogue.embedder
    assert (embedder.width, embedder.height, embedder.output, embedder.channels) == (112, 112, 512, "BGR")
    assert (embedder.search, embedder.slider_minimum) == (0.40, 0.20)


def test_every_bundled_model_file_has_an_entry_and_a_licence() -> None:
    catalogue = load_catalogue(models_dir())
    listed = {m.path.name for m in (*catalogue.detectors.values(), *catalogue.embedders.values())}
    assert {p.name for p in models_dir().glob("*.onnx")} == listed
    readme = (models_dir() / "README.md").read_text(encoding="utf-8")
    for model in (*catalogue.detectors.values(), *catalogue.embedders.values()):
        assert model.sha256 in readme
    assert "MIT License" in (models_dir() / "LICENSE.centerface").read_text(encoding="utf-8")
    assert "MIT License" in (models_dir() / "LICENSE.mobilefacenet").read_text(encoding="utf-8")


def test_a_missing_manifest_names_itself_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        load_catalogue(tmp_path)
    assert str(tmp_path / "manifest.toml") in str(caught.value)
    assert REMEDY in str(caught.value)


def test_a_missing_model_is_told_at_once(folder: Path) -> None:
    (folder / "centerface.onnx").unlink()
    with pytest.raises(ModelError, match=r"centerface\.onnx is missing.*" + REMEDY):
        open_analyser(folder)


def test_a_damaged_model_is_told_at_the_first_picture(folder: Path) -> None:
    analyser = open_analyser(folder)
    with pytest.raises(ModelError, match=r"centerface\.onnx is damaged.*" + REMEDY):
        analyser.analyse(np.zeros((64, 64, 3), np.uint8))


def test_a_file_that_is_no_model_is_refused_even_with_the_right_sha256(folder: Path) -> None:
    import hashlib

    catalogue = load_catalogue(folder)
    edit(folder, catalogue.detector.sha256, hashlib.sha256(b"not a model").hexdigest())
    with pytest.raises(ModelError, match=r"centerface\.onnx cannot be loaded"):
        OnnxSession(load_catalogue(folder).detector).load()


def test_a_model_with_other_outputs_is_refused(tmp_path: Path) -> None:
    shutil.copytree(models_dir(), tmp_path / "m")
    edit(tmp_path / "m", 'output_names = ["embedding"]', 'output_names = ["vector"]')
    with pytest.raises(ModelError, match="does not fit its entry"):
        OnnxSession(load_catalogue(tmp_path / "m").embedder).load()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("schema = 1", "schema = 2", "has schema 2"),
        ("schema = 1", "schema =", "cannot be read"),
        ('detector = "centerface"', 'detector = "none"', "names “none”"),
        ('embedder = "mobilefacenet-arcface"', 'embedder = "centerface"', "names “centerface”"),
        ('purpose = "embedder"', 'purpose = "poet"', "must be detector or embedder"),
        ('id = "mobilefacenet-arcface"', 'id = "centerface"', "stands there twice"),
        ('channels = "BGR"', 'channels = "CMYK"', "“channels” must be one of RGB, BGR, GRAY"),
        ('flip = "mean"', 'flip = "twice"', "“flip” must be one of"),
        ("output = 512\n", "", "“output” is missing"),
        ("output = 512", "output = 0", "“output” must be greater than 0"),
        ("output = 512", 'output = "512"', "“output” must be of type int"),
        ("output = 512", "output = true", "“output” must be of type int"),
        ("scale = 127.5", "scale = inf", "“scale” must be a finite number"),
        ("search = 0.40 ", "search = 1.40 ", "“search” must lie from -1 to 1"),
        ('file = "centerface.onnx"', 'file = "../centerface.onnx"', "“file” must be the name"),
        ('sha256 = "e19', 'sha256 = "x19', "“sha256” must be 64 hexadecimal digits"),
        ('output_names = ["heatmap", ', "output_names = [", "must name heatmap"),
    ],
)
def test_a_malformed_manifest_says_where(folder: Path, old: str, new: str, says: str) -> None:
    edit(folder, old, new)
    with pytest.raises(ModelError) as caught:
        load_catalogue(folder)
    assert says in str(caught.value)
    assert "manifest.toml" in str(caught.value)
    assert REMEDY in str(caught.value)
