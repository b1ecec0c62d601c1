"""A scanner put together from fakes, and the promise that no thread outlives a test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from faceapp.config import Config
from faceapp.scan.pipeline import PhotoScanner
from faceapp.types import DecodedPhoto
from tests.fakes import FakeAnalyser, FakeStore, fake_jpeg, fake_read


class Rig:
    """A scanner over fakes. ``reads`` lists the names of the files that were opened, in order."""

    def __init__(self, root: Path) -> None:
        self.photos = root / "photos"
        self.photos.mkdir()
        self.library = root / "library"
        self.library.mkdir()
        self.store = FakeStore()
        self.analyser = FakeAnalyser()
        self.reads: list[str] = []
        self.problems: list[tuple[Path, str]] = []
        self.before_read: Callable[[Path], None] = lambda path: None

    def read(self, path: Path) -> DecodedPhoto:
        self.reads.append(path.name)
        self.before_read(path)
        return fake_read(path)

    def scanner(self, workers: int = 2, **extra: Any) -> PhotoScanner:
        wanted: dict[str, Any] = {
            "read": self.read,
            "thumbnail": fake_jpeg,
            "tile": fake_jpeg,
            "suffixes": {".jpg", ".png"},
            "known_folders": self.store.folders,
            "count_faces": self.store.count_faces,
            "on_problem": lambda path, reason: self.problems.append((path, reason)),
        }
        wanted.update(extra)
        return PhotoScanner(self.store, self.analyser, Config(library_dir=self.library, workers=workers), **wanted)


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("scan-")]
    assert not left
