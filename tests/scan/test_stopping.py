"""Cancel, pause, bad photos and broken parts: a scan always reaches an end, and loses nothing that was read."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from faceapp.errors import LibraryError, ModelError
from faceapp.jobs import CancelToken, start_thread
from faceapp.scan.walk import FolderError, SeenFile, walk_photos
from faceapp.types import Pixels
from faceapp.types_scan import SavedFaces, ScanSummary
from tests.fakes import FakeAnalyser, FakeStore, write_photo
from tests.scan.conftest import Rig, fill

WAIT = 20.0  # seconds until a test gives up


class InBackground:
    """Runs a scan on a thread of its own, for tests that act meanwhile."""

    def __init__(self, work: Callable[[], ScanSummary]) -> None:
        self._work = work
        self.summary: ScanSummary | None = None
        self.thread = start_thread("scan-under-test", self._run)

    def _run(self) -> None:
        self.summary = self._work()

    def result(self) -> ScanSummary:
        self.thread.join(WAIT)
        assert self.summary is not None
        return self.summary


@pytest.mark.parametrize("workers", [1, 3])
def test_cancel_then_resume_reads_the_rest_exactly_once(rig: Rig, workers: int) -> None:
    fill(rig, 60)
    token = CancelToken()

    def cancel_at_the_tenth(pixels: Pixels) -> None:
        if rig.analyser.calls >= 10:
            token.cancel()

    rig.analyser = FakeAnalyser(before=cancel_at_the_tenth)
    summary = rig.scanner(workers).scan([rig.photos], cancel=token)
    assert summary.cancelled
    done = Counter(result.photo_id for batch in rig.store.saves for result in batch)
    assert 10 <= len(done) < 40
    states = Counter(rig.store.states().values())
    assert states == {"indexed": len(done), "pending": 60 - len(done)}

    rig.analyser = FakeAnalyser()
    summary = rig.scanner(workers).scan([rig.photos])
    assert not summary.cancelled
    assert (summary.photos, summary.skipped, summary.faces) == (60, len(done), 60)
    twice = Counter(result.photo_id for batch in rig.store.saves for result in batch)
    assert set(twice.values()) == {1}
    assert len(twice) == 60


def test_a_token_cancelled_before_the_start_reads_nothing(rig: Rig) -> None:
    fill(rig, 3)
    token = CancelToken()
    token.cancel()
    assert rig.scanner().scan([rig.photos], cancel=token).cancelled
    assert rig.reads == []


def test_pause_holds_back_every_photo_until_resume(rig: Rig) -> None:
    fill(rig, 40)
    token = CancelToken()
    paused, quiet = threading.Event(), threading.Event()
    last_told: list[int] = []

    def pause_at_the_fifth(pixels: Pixels) -> None:
        if rig.analyser.calls == 5:
            token.pause()
            paused.set()

    def told(progress: object) -> None:
        if paused.is_set():
            last_told.append(len(rig.reads))
            if len(last_told) > 6 and len(set(last_told[-5:])) == 1:  # five reports in a row without a read
                quiet.set()

    rig.analyser = FakeAnalyser(before=pause_at_the_fifth)
    scan = InBackground(lambda: rig.scanner().scan([rig.photos], cancel=token, progress=told))
    assert quiet.wait(WAIT)
    assert 5 <= len(rig.reads) < 20
    assert scan.summary is None
    token.resume()
    assert scan.result().faces == 40


def test_cancel_while_paused_ends_the_scan(rig: Rig) -> None:
    fill(rig, 40)
    token = CancelToken()
    paused = threading.Event()

    def pause(pixels: Pixels) -> None:
        token.pause()
        paused.set()

    rig.analyser = FakeAnalyser(before=pause)
    scan = InBackground(lambda: rig.scanner().scan([rig.photos], cancel=token))
    assert paused.wait(WAIT)
    token.cancel()
    assert scan.result().cancelled


def test_one_bad_photo_does_not_stop_the_others(rig: Rig) -> None:
    fill(rig, 12)
    (rig.photos / "text.jpg").write_bytes(b"no picture")

    def misbehave(path: Path) -> None:
        match path.name:
            case "003.png":
                raise MemoryError
            case "004.png":
                raise ZeroDivisionError("odd")
            case "005.png":
                path.unlink()

    def stumble(pixels: Pixels) -> None:
        if pixels[0, 0, 1] == 6:
            raise RuntimeError("no such shape")

    rig.before_read = misbehave
    rig.analyser = FakeAnalyser(before=stumble)
    summary = rig.scanner().scan([rig.photos])
    assert (summary.photos, summary.failed, summary.faces) == (13, 4, 8)
    assert "not enough memory" in rig.store.reason("003.png")
    assert "ZeroDivisionError" in rig.store.reason("004.png")
    assert "no such shape" in rig.store.reason("006.png")
    assert rig.store.reason("text.jpg") == "text.jpg is not a picture."
    assert rig.store.states()["005.png"] == "missing"  # deleted since it was found: nobody's fault


@pytest.mark.parametrize("workers", [1, 4])
def test_a_broken_model_ends_the_scan_and_fails_no_photo(rig: Rig, workers: int) -> None:
    fill(rig, 100)

    def break_down(pixels: Pixels) -> None:
        if rig.analyser.calls > 20:
            raise ModelError("The model is damaged.")

    rig.analyser = FakeAnalyser(before=break_down)
    with pytest.raises(ModelError, match="damaged"):
        rig.scanner(workers).scan([rig.photos])
    assert set(rig.store.states().values()) == {"indexed", "pending"}


@pytest.mark.parametrize("verb", ["known_files", "put_pending", "pending", "save"])
@pytest.mark.parametrize("paused", [False, True])
def test_a_failing_store_ends_the_scan_though_queues_are_full(
    rig: Rig, verb: str, paused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(rig, 300)
    token = CancelToken()

    def fail(self: FakeStore, *args: object) -> SavedFaces:
        if paused:
            token.pause()
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(FakeStore, verb, fail)
    with pytest.raises(LibraryError, match="disk is full"):
        rig.scanner().scan([rig.photos], cancel=token)
    assert len(rig.reads) < 300


def test_an_exception_in_a_listener_ends_the_scan(rig: Rig) -> None:
    fill(rig, 50)

    def progress(_: object) -> None:
        raise ValueError("window is gone")

    with pytest.raises(ValueError, match="window is gone"):
        rig.scanner().scan([rig.photos], progress=progress)
    assert rig.scanner().scan([rig.photos]).photos == 50


def test_a_drive_pulled_out_leaves_its_photos_pending(rig: Rig, tmp_path: Path) -> None:
    fill(rig, 100)
    write_photo(tmp_path / "other" / "x.png")
    pulled = threading.Lock()

    def pull(path: Path) -> None:
        with pulled:
            if len(rig.reads) > 10 and rig.photos.exists():
                shutil.move(rig.photos, tmp_path / "unplugged")

    rig.before_read = pull
    with pytest.raises(FolderError, match="cannot be found"):
        rig.scanner().scan([rig.photos, tmp_path / "other"])
    states = Counter(rig.store.states().values())
    assert set(states) == {"indexed", "pending"}
    assert rig.store.states()["x.png"] == "indexed"


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_few_photos_are_in_flight(rig: Rig, workers: int) -> None:
    fill(rig, 60)
    assert rig.scanner(workers).scan([rig.photos]).faces == 60
    assert workers < rig.pool.most_in_flight <= 2 * workers + 2


def test_results_are_saved_while_photos_are_still_read(rig: Rig) -> None:
    fill(rig, 30)
    saved = threading.Event()
    rig.store.listeners.append(lambda change: saved.set() if len(change.photos) else None)

    def wait_for_the_first(path: Path) -> None:
        if len(rig.reads) > 15:
            assert saved.wait(WAIT)

    rig.before_read = wait_for_the_first
    assert rig.scanner().scan([rig.photos]).faces == 30


def test_a_slow_walk_does_not_keep_the_workers_waiting(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(rig, 5)
    read = threading.Event()
    rig.before_read = lambda path: read.set()
    monkeypatch.setattr("faceapp.scan.walk._BATCH", 2)
    monkeypatch.setattr("faceapp.scan.walker._SECONDS", 0.0)
    monkeypatch.setattr("faceapp.scan.run._HEAD_START", 0.0)

    def slow(*args: Any, **options: Any) -> Iterator[list[SeenFile]]:
        for number, batch in enumerate(walk_photos(*args, **options)):
            assert number < 2 or read.wait(WAIT)
            yield batch

    monkeypatch.setattr("faceapp.scan.walker.walk_photos", slow)
    summary = rig.scanner().scan([rig.photos])
    assert (summary.photos, summary.faces, summary.skipped) == (5, 5, 0)
    assert Counter(rig.reads) == Counter({f"{number:03}.png": 1 for number in range(5)})


def test_a_second_scan_waits_its_turn_and_can_be_cancelled_meanwhile(rig: Rig) -> None:
    fill(rig, 5)
    begun, go_on = threading.Event(), threading.Event()

    def hold(path: Path) -> None:
        begun.set()
        assert go_on.wait(WAIT)

    rig.before_read = hold
    scanner = rig.scanner()
    first = InBackground(lambda: scanner.scan([rig.photos]))
    assert begun.wait(WAIT)
    token = CancelToken()
    token.cancel()
    assert scanner.scan([rig.photos], cancel=token).cancelled
    second = InBackground(lambda: scanner.scan([rig.photos]))
    go_on.set()
    assert first.result().faces == 5
    assert second.result().skipped == 5
    assert len(rig.reads) == 5


def test_a_read_that_never_returns_does_not_hold_the_scan(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(rig, 5)
    monkeypatch.setattr("faceapp.scan.run._LAST_WAIT", 0.2)
    token, go_on = CancelToken(), threading.Event()

    def hang(path: Path) -> None:
        token.cancel()
        assert go_on.wait(WAIT)

    rig.before_read = hang
    assert rig.scanner().scan([rig.photos], cancel=token).cancelled
    assert set(rig.store.states().values()) == {"pending"}
    go_on.set()
    rig.before_read = lambda path: None
    assert rig.scanner().scan([rig.photos]).faces == 5
