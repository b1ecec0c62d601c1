"""Which embedder a library is opened with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from faceapp.embedders.choosing import choose_embedder
from faceapp.embedders.containing import contained
from faceapp.errors import ModelError
from faceapp.faces.catalogue import Catalogue, DetectorModel
from faceapp.library.embeddings import StoredModels
from tests.embedders.rig import NEW, OLD, model


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    embedders = {id_: model(tmp_path, id_) for id_ in (OLD, NEW)}
    detector = tmp_path / "detector.onnx"
    detector.write_text("a detector")
    facts = {key: getattr(embedders[OLD], key) for key in ("sha256", "licence", "source", "input_name", "channels")}
    facts |= {key: getattr(embedders[OLD], key) for key in ("output_names", "layout", "mean", "scale")}
    eyes = DetectorModel(id="eyes", name="Eyes", path=detector, multiple=32, stride=4, overlap=0.3, **facts)
    return Catalogue({"eyes": eyes}, embedders, "eyes", OLD)


def stored(chosen: str | None, *having: str) -> StoredModels:
    return StoredModels(chosen, lambda model_id: model_id in having)


@pytest.mark.parametrize(("chosen", "taken"), [(None, OLD), (OLD, OLD), (NEW, NEW)])
def test_what_was_chosen_is_taken_else_the_default(catalogue: Catalogue, chosen: str | None, taken: str) -> None:
    assert choose_embedder(catalogue, stored(chosen)) == taken


@pytest.mark.parametrize("harm", ["missing", "damaged", "unlisted"])
def test_a_broken_choice_gives_way_to_a_default_with_vectors(
    catalogue: Catalogue, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = catalogue.embedders[NEW].path
    if harm == "missing":
        path.unlink()
    elif harm == "damaged":
        path.write_text("bent")
    else:
        catalogue = replace(catalogue, embedders={OLD: catalogue.embedders[OLD]})
    assert choose_embedder(catalogue, stored(NEW, OLD)) == OLD
    assert NEW in caplog.text
    assert "faceapp models use old" in caplog.text
    with pytest.raises(ModelError, match=r"faceapp models embed old.*faceapp models use old"):
        choose_embedder(catalogue, stored(NEW))
    assert choose_embedder(catalogue, stored(NEW), rescue=True) == OLD


@pytest.mark.parametrize("gone", ["detector.onnx", "old.onnx"])
def test_a_missing_bundled_file_is_told(catalogue: Catalogue, tmp_path: Path, gone: str) -> None:
    (tmp_path / gone).unlink()
    with pytest.raises(ModelError, match=gone):
        choose_embedder(catalogue, stored(None))


def crash() -> None:
    import os

    os.abort()


def test_a_model_that_crashes_what_tries_it_out_is_told_in_words() -> None:
    with pytest.raises(ModelError, match="could not be tried out"):
        contained(crash)
