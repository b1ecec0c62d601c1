"""Lists of models of the user beside the bundled one: what is broken in them breaks nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.adding import add_model
from faceapp.faces.analyser import open_analyser, open_embedder
from faceapp.faces.catalogue import load_catalogue, read_model
from tests.faces.recognisers import contract, recogniser, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the models “first” and “second”."""
    path = written(tmp_path / "tiny.onnx", recogniser(output=64))
    for model_id in ("first", "second"):
        add_model(path, contract(id=model_id, output=64), tmp_path / "models")
    return tmp_path / "models"


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "manifest.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_no_folder_or_no_list_is_no_model(tmp_path: Path) -> None:
    catalogue = load_catalogue(models_dir(), tmp_path, tmp_path / "none")
    assert list(catalogue.embedders) == ["mobilefacenet-arcface"]
    assert catalogue.broken == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("output = 64", "output = -1", "model “first”: “output” must be greater than 0"),
        ('channels = "BGR"', 'channels = "CMYK"', "“channels” must be one of"),
        ('purpose = "embedder"', 'purpose = "detector"', "“purpose” must be one of embedder"),
        ('file = "', 'file = "../../', "“file” must be the name of a file beside the list"),
    ],
)
def test_a_broken_entry_is_listed_with_its_problem(folder: Path, old: str, new: str, says: str) -> None:
    edit(folder, old, new)
    catalogue = load_catalogue(models_dir(), folder)
    assert list(catalogue.embedders) == ["mobilefacenet-arcface", "second"]
    (broken,) = catalogue.broken
    assert (broken.id, broken.name, broken.licence) == ("first", "Tiny “T”", "MIT")
    assert says in broken.problem
    assert "Add the model again" in broken.problem
    with pytest.raises(ModelError) as caught:
        catalogue.choose_embedder("first")
    assert str(caught.value) == broken.problem
    assert catalogue.choose_embedder(None).id == "mobilefacenet-arcface"


@pytest.mark.parametrize("taken", ["mobilefacenet-arcface", "centerface", "first"])
def test_an_entry_with_the_id_of_another_is_broken(folder: Path, taken: str) -> None:
    edit(folder, 'id = "second"', f'id = "{taken}"')
    catalogue = load_catalogue(models_dir(), folder)
    assert list(catalogue.embedders) == ["mobilefacenet-arcface", "first"]
    assert "is that of another model" in catalogue.broken[0].problem
    assert catalogue.choose_embedder("first").bundled is False


@pytest.mark.parametrize("text", [b"schema = ", b"schema = 3\n", b"\xff\xfe", b"schema = 1\nmodel = 5\n"])
def test_a_list_that_cannot_be_read_leaves_the_bundled_models(folder: Path, text: bytes) -> None:
    (folder / "manifest.toml").write_bytes(text)
    catalogue = load_catalogue(models_dir(), folder)
    assert list(catalogue.embedders) == ["mobilefacenet-arcface"]
    (broken,) = catalogue.broken
    assert broken.id == str(folder / "manifest.toml")
    assert broken.id in broken.problem


@pytest.mark.parametrize("entry", ["model = [5]", "[[model]]", '[[model]]\npurpose = "embedder"\nid = 5'])
def test_an_entry_without_a_name_is_counted(tmp_path: Path, entry: str) -> None:
    (tmp_path / "manifest.toml").write_text(f"schema = 1\n{entry}\n", encoding="utf-8")
    (broken,) = load_catalogue(models_dir(), tmp_path).broken
    assert broken.id == ""
    assert "model 1" in broken.problem


def test_an_unknown_model_is_told_with_those_that_there_are(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"no model “third”. There are: mobilefacenet-arcface, first, second\."):
        open_analyser(models_dir(), folder, embedder="third")


def test_missing_and_damaged_files_are_told_with_the_users_remedy(folder: Path) -> None:
    model = load_catalogue(models_dir(), folder).embedders["first"]
    model.path.write_bytes(model.path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match=r"is damaged: .* Add the model again"):
        read_model(model)
    model.path.unlink()
    for attempt in (
        lambda: open_embedder(model),
        lambda: open_analyser(models_dir(), folder, embedder="first"),
        lambda: read_model(model),
    ):
        with pytest.raises(ModelError, match=r"is missing\. Add the model again"):
            attempt()
    assert open_analyser(models_dir(), folder).model_id == "mobilefacenet-arcface"


def test_a_library_can_be_moved(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "elsewhere")
    assert read_model(load_catalogue(models_dir(), tmp_path / "elsewhere").embedders["second"])
