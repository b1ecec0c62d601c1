"""What was used last, from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from faceapp.ui.recent import Recent


def settings(tmp_path: Path) -> QSettings:
    """Return the settings as another start finds them."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def recent(kept: QSettings | None, library: str = "library", limit: int = 3) -> Recent:
    made = Recent(kept, "searches", limit)
    made.set_library(Path(library))
    return made


def test_the_latest_goes_first_and_nothing_twice() -> None:
    made = recent(None)
    for text in ("Anna", "2019", "Rome", "anna"):
        made.note(text)
    assert made.kept == ["anna", "Rome", "2019"]


@pytest.mark.parametrize("texts", [["one"], ["one", "two, three"], ["安娜 2019年"], []])
def test_it_is_kept_from_one_start_to_the_next(tmp_path: Path, texts: list[str]) -> None:
    first = settings(tmp_path)
    for text in reversed(texts):
        recent(first).note(text)
    first.sync()
    assert recent(settings(tmp_path)).kept == texts


def test_every_library_has_its_own(tmp_path: Path) -> None:
    kept = settings(tmp_path)
    recent(kept, "one").note("Anna")
    assert recent(kept, "other").kept == []
    assert recent(kept, "one").kept == ["Anna"]


def test_it_can_be_cleared(tmp_path: Path) -> None:
    kept = settings(tmp_path)
    made = recent(kept)
    made.note("Anna")
    made.clear()
    assert made.kept == recent(kept).kept == []


@pytest.mark.parametrize("damage", ["[", "12", '["Anna", 3, null]'])
def test_a_damaged_file_is_no_problem(tmp_path: Path, damage: str) -> None:
    kept = settings(tmp_path)
    recent(kept).note("Ben")
    for key in kept.allKeys():
        kept.setValue(key, damage)
    assert recent(kept).kept == (["Anna"] if "Anna" in damage else [])
