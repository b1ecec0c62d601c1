"""The portraits of the self-check: complete, small, and told apart by the bundled embedder."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from faceapp.config import models_dir, resources_dir
from faceapp.errors import ModelError
from faceapp.faces import selfcheck
from faceapp.faces.analyser import FaceAnalyser, open_embedder
from faceapp.faces.catalogue import load_catalogue
from faceapp.faces.selfcheck import LEAST_MARGIN, aligned_heads, check, heads, separate

FOLDER = resources_dir() / "selfcheck"


def test_every_portrait_is_listed_and_named_and_all_are_small() -> None:
    pictures = {p.name: p.stat().st_size for p in FOLDER.glob("*.jpg")}
    listed = tomllib.loads((FOLDER / "faces.toml").read_text(encoding="utf-8"))["face"]
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(pictures) == {face["file"] for face in listed} == set(re.findall(r"`([^`/]+\.jpg)`", page))
    assert "public domain" in page
    assert sum(pictures.values()) < 100_000


def test_landmarks_lie_where_the_detector_sees_them(analyser: FaceAnalyser) -> None:
    for head in heads():
        height, width = head.pixels.shape[:2]
        face = analyser.analyse(head.pixels)[0]
        seen = np.array(face.detection.landmarks) * (width, height)
        assert np.abs(seen - head.landmarks).max() < 8


def test_no_portrait_is_cut_at_the_edge_of_an_aligned_face() -> None:
    """Black beyond the picture would be learned from; one corner of a tilted head may be."""
    bundled = load_catalogue(models_dir()).embedder
    wide = open_embedder(replace(bundled, width=128, height=128, alignment="arcface128"))
    for face in aligned_heads(wide):
        assert (face.max(axis=2) == 0).mean() < 0.01


def test_the_bundled_embedder_passes_by_far() -> None:
    found = check(open_embedder(load_catalogue(models_dir()).embedder))
    assert (len(found.same), len(found.other)) == (3, 12)
    assert found.margin > 10 * LEAST_MARGIN
    assert found.same.min() > 0.7
    assert found.other.max() < 0.2


def test_a_wrong_contract_scores_worse() -> None:
    bundled = load_catalogue(models_dir()).embedder
    right = separate(open_embedder(bundled)).margin
    for changes in ({"channels": "RGB"}, {"mean": (0.0,), "scale": (255.0,)}, {"alignment": "arcface128"}):
        assert separate(open_embedder(replace(bundled, **changes))).margin < right - 0.03
    with pytest.raises(ModelError, match="does not tell people apart"):
        check(open_embedder(replace(bundled, mean=(0.0,), scale=(1.0,))))


@pytest.mark.parametrize(
    "text", [None, "[[face]]\nperson = 5\n", "[[face", '[[face]]\nfile = "faces.toml"\nperson = "x"\n']
)
def test_portraits_that_are_missing_or_damaged_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    (tmp_path / "selfcheck").mkdir()
    if text is not None:
        (tmp_path / "selfcheck" / "faces.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(selfcheck, "resources_dir", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"portraits in .* cannot be read .* Reinstall"):
        heads.__wrapped__()
