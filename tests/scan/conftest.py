"""A scanner put together from fakes, and the promise that no thread outlives a test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from faceapp.config import Config
from faceapp.processes.threads import ThreadPool
from faceapp.scan.photo_work import Index, PhotoWork, Request
from faceapp.scan.pipeline import PhotoScanner
from faceapp.types import Box, Pixels
from faceapp.types_scan import PendingPhoto
from tests.fakes import FakeAnalyser, FakeStore, fake_bytes, fake_decode, fake_jpeg, write_photo


class WatchedPool(ThreadPool):
    """A pool that remembers what it was asked. ``answer`` stands in for the work."""

    def __init__(self, answer: Callable[[Request], Any], count: int) -> None:
        super().__init__(answer, count)
        self.submitted: list[PendingPhoto] = []
        self.in_flight = self.most_in_flight = 0
        self.warmed: list[int] = []
        self.limits: list[int] = []
        self._lock = threading.Lock()

    def submit(self, request: Any, *, urgent: bool = False) -> Future[Any]:
        assert isinstance(request, Index)
        with self._lock:
            self.submitted.append(request.photo)
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        future = super().submit(request, urgent=urgent)
        future.add_done_callback(self._done)
        return future

    def set_limit(self, limit: int) -> None:
        super().set_limit(limit)
        self.limits.append(limit)

    def warm(self, count: int) -> None:
        self.warmed.append(count)

    def _done(self, _: Future[Any]) -> None:
        with self._lock:
            self.in_flight -= 1


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
        self.deaths: dict[str, Exception] = {}  # by file name: what the pool answers in the place of a result
        self.pools: list[WatchedPool] = []

    @property
    def pool(self) -> WatchedPool:
        return self.pools[-1]

    def scanner(self, workers: int = 2, **extra: Any) -> PhotoScanner:
        wanted: dict[str, Any] = {
            "suffixes": {".jpg", ".png"},
            "known_folders": self.store.folders,
            "on_problem": lambda path, reason: self.problems.append((path, reason)),
        }
        wanted.update(extra)
        self.pools.append(WatchedPool(self._answer, workers))
        return PhotoScanner(self.store, self.pool, Config(library_dir=self.library), **wanted)

    def close(self) -> None:
        for pool in self.pools:
            pool.close()

    def _answer(self, request: Request) -> Any:
        assert isinstance(request, Index)
        death = self.deaths.get(request.photo.path.name)
        if death is not None:
            raise death
        return PhotoWork(self.analyser, self._read, fake_decode, lambda pixels: pixels, _thumbnail, _tile)(request)

    def _read(self, path: Path) -> bytes:
        self.reads.append(path.name)
        self.before_read(path)
        return fake_bytes(path)


def fill(rig: Rig, count: int) -> None:
    """Write photos of one face each, no two alike; the later ones are newer."""
    for number in range(count):
        write_photo(rig.photos / f"{number:03}.png", faces=1, tint=number % 256, mtime=1_700_000_000 + number)


def _thumbnail(pixels: Pixels, icc: bytes | None) -> bytes:
    return fake_jpeg(pixels)


def _tile(pixels: Pixels, box: Box, icc: bytes | None) -> bytes:
    return fake_jpeg(pixels, box)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(tmp_path)
    yield rig
    rig.close()


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("scan-")]
    assert not left
