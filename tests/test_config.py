"""The settings file: read over the defaults, refused in words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from faceapp.config import Config, default_library_dir, load_config, models_dir, resources_dir, save_config
from faceapp.errors import FaceappError


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(tmp_path, tmp_path / "none.toml") == Config(library_dir=tmp_path)


def test_the_file_changes_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.toml"
    path.write_text("detector_long_side = 1600\nshow_score = 0.6\n")
    assert load_config(tmp_path, path) == Config(library_dir=tmp_path, detector_long_side=1600, show_score=0.6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("detector_long_side = 10", "from 320 to 4096"),
        ('workers = "two"', "a whole number"),
        ("workers = true", "a whole number"),
        ("workers = 1.5", "a whole number"),
        ("colour = 1", "unknown setting “colour”"),
        ("workers =", "not valid TOML"),
        ("photo_memory_mb = 10", "from 1024 to 3072"),
        ('ignore = "*.png"', "a list of texts"),
        ("ignore = [1]", "a list of texts"),
        ('language = "xx"', "“en” or “zh_CN”"),
        ("language = []", "“en” or “zh_CN”"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "faceapp.toml"
    path.write_text(text)
    with pytest.raises(FaceappError) as caught:
        load_config(tmp_path, path)
    assert str(path) in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"store_score": 0.3, "workers": 3, "photo_memory_mb": 2048, "language": "zh_CN"},
        {"ignore": ("*/cache/*", 'a "quoted" \\ name', "\x7f\t照片 \N{GRINNING FACE}")},
    ],
)
def test_what_is_saved_is_read_again(tmp_path: Path, changes: dict[str, Any]) -> None:
    path = tmp_path / "new" / "faceapp.toml"
    saved = Config(library_dir=tmp_path, **changes)
    save_config(saved, path)
    assert load_config(tmp_path, path) == saved
    assert [line.split(" = ")[0] for line in path.read_text(encoding="utf-8").splitlines()] == [
        name for name in Config.__dataclass_fields__ if name in changes
    ]


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "faceapp.toml"
    save_config(Config(workers=2), path)
    (tmp_path / "faceapp.toml.unfinished").mkdir()  # in the way of the new file
    with pytest.raises(FaceappError, match="cannot be written"):
        save_config(Config(workers=3), path)
    assert load_config(None, path).workers == 2


def test_zero_workers_means_one_a_processor() -> None:
    assert Config(workers=0).worker_count == os.cpu_count()
    assert Config(workers=3).worker_count == 3


def test_the_library_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACEAPP_LIBRARY", str(tmp_path))
    assert default_library_dir() == tmp_path


def test_models_and_resources_are_found() -> None:
    assert (models_dir() / "manifest.toml").is_file()
    assert (resources_dir() / "theme" / "tokens.toml").is_file()
