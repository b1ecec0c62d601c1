"""What is read when, and by how many."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from faceapp.errors import FaceappError, ModelError
from faceapp.jobs import CancelToken
from faceapp.processes import ChildDied, ChildrenBroken, ChildTimedOut, ChildTooLarge
from faceapp.scan.walk import SeenFile, walk_photos
from tests.fakes import FakeStore, write_photo
from tests.scan.conftest import Rig, fill

WAIT = 20.0


def names(rig: Rig) -> list[str]:
    return [f"{photo.root.name}/{photo.path.name}" for photo in rig.pool.submitted]


def two_folders(rig: Rig, tmp_path: Path, count: int) -> tuple[Path, Path]:
    """Fill two folders whose photos are newer by turns, each photo of another size."""
    one, two = tmp_path / "one", tmp_path / "two"
    for number in range(count):
        for folder in (one, two):
            age = 2 * number + (folder == two)
            photo = write_photo(folder / f"{number}.png", tint=age)
            photo.write_bytes(photo.read_bytes() + b" " * age)
            write_time(photo, age)
    return one, two


def write_time(path: Path, age: int) -> None:
    os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))


def test_the_newest_come_first_across_folders(rig: Rig, tmp_path: Path) -> None:
    folders = two_folders(rig, tmp_path, 6)
    rig.scanner(workers=1).scan(folders)
    assert names(rig) == [f"{folder}/{number}.png" for number in range(6) for folder in ("one", "two")]


def test_the_preferred_folder_comes_before_newer_photos(rig: Rig, tmp_path: Path) -> None:
    folders = two_folders(rig, tmp_path, 6)
    rig.store.add_folder(folders[0])
    second = rig.store.add_folder(folders[1]).id
    scanner = rig.scanner(workers=1)
    scanner.prefer(second)
    scanner.scan(folders)
    assert [name.split("/")[0] for name in names(rig)] == ["two"] * 6 + ["one"] * 6


def test_another_folder_can_be_preferred_while_a_scan_runs(rig: Rig, tmp_path: Path) -> None:
    folders = two_folders(rig, tmp_path, 20)
    rig.store.add_folder(folders[0])
    second = rig.store.add_folder(folders[1]).id
    scanner = rig.scanner(workers=1)

    def look_at_the_second(path: Path) -> None:
        if len(rig.reads) == 10:
            scanner.prefer(second)

    rig.before_read = look_at_the_second
    scanner.scan(folders)
    order = [name.split("/")[0] for name in names(rig)]
    assert order[:10] == ["one", "two"] * 5
    rest = order[10 + 6 :]  # a few were handed out when the user looked away
    assert rest == sorted(rest, reverse=True)
    assert rest.count("one") >= 10


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_nothing_to_read_starts_no_child(rig: Rig, workers: int) -> None:
    fill(rig, 5)
    rig.scanner(workers).scan([rig.photos])
    assert rig.pool.warmed
    assert max(rig.pool.warmed) == workers
    rig.scanner(workers).scan([rig.photos])
    assert (rig.pool.warmed, rig.pool.submitted, rig.pool.limits) == ([], [], [])


def test_one_new_photo_warms_one_child(rig: Rig) -> None:
    fill(rig, 5)
    rig.scanner().scan([rig.photos])
    write_photo(rig.photos / "new.png", tint=77)
    rig.scanner(workers=4).scan([rig.photos])
    assert rig.pool.warmed == [1]
    assert len(rig.pool.submitted) == 1


def test_the_pool_is_warmed_while_the_walk_goes_on(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(rig, 5)
    warmed = threading.Event()
    scanner = rig.scanner()
    monkeypatch.setattr(rig.pool, "warm", lambda count: warmed.set())
    monkeypatch.setattr("faceapp.scan.walk._BATCH", 2)
    monkeypatch.setattr("faceapp.scan.walker._SECONDS", 0.0)

    def slow(*args: Any, **options: Any) -> Iterator[list[SeenFile]]:
        for number, batch in enumerate(walk_photos(*args, **options)):
            assert number < 2 or warmed.wait(WAIT)
            yield batch

    monkeypatch.setattr("faceapp.scan.walker.walk_photos", slow)
    assert scanner.scan([rig.photos]).faces == 5


def test_gentle_leaves_one_worker_free_and_can_be_changed(rig: Rig) -> None:
    fill(rig, 60)
    token = CancelToken()
    token.set_gentle(True)

    def no_longer(path: Path) -> None:
        if len(rig.reads) == 30:
            token.set_gentle(False)

    rig.before_read = no_longer
    assert rig.scanner(workers=4).scan([rig.photos], cancel=token).faces == 60
    assert rig.pool.limits == [3, 4]


def test_gentle_ends_with_the_scan(rig: Rig) -> None:
    fill(rig, 5)
    token = CancelToken()
    token.set_gentle(True)
    rig.scanner(workers=1).scan([rig.photos], cancel=token)
    assert rig.pool.limits == []  # one worker stays at work
    write_photo(rig.photos / "new.png", tint=77)
    rig.scanner(workers=2).scan([rig.photos], cancel=token)
    assert rig.pool.limits == [1, 2]


def test_a_photo_that_kills_its_child_fails_and_the_others_go_on(rig: Rig) -> None:
    fill(rig, 9)
    rig.deaths = {
        "002.png": ChildDied("crashed: SIGSEGV"),
        "003.png": ChildTimedOut(30.0),
        "004.png": ChildTooLarge(1 << 30),
        "005.png": OSError("pipe"),
    }
    summary = rig.scanner().scan([rig.photos])
    assert (summary.failed, summary.faces) == (4, 5)
    for name in rig.deaths:
        assert name in rig.store.reason(name)
    assert "crash" in rig.store.reason("002.png")
    assert "30 seconds" in rig.store.reason("003.png")
    assert "memory" in rig.store.reason("004.png")
    rig.deaths = {}
    assert rig.scanner().scan([rig.photos]).skipped == 9
    assert rig.scanner().scan([rig.photos], retry_failed=True).faces == 9


@pytest.mark.parametrize("error", [ChildrenBroken("crashes"), ModelError("The model is damaged.")])
def test_what_no_photo_is_to_blame_for_ends_the_scan(rig: Rig, error: FaceappError) -> None:
    fill(rig, 30)
    rig.deaths = {f"{number:03}.png": error for number in range(3, 20)}  # the first two are of other sizes
    with pytest.raises(type(error)):
        rig.scanner().scan([rig.photos])
    states = rig.store.states()
    assert set(states.values()) == {"indexed", "pending"}
    assert [name for name, state in states.items() if state == "indexed"]


def test_a_file_that_vanished_with_its_child_is_missing_not_failed(rig: Rig) -> None:
    fill(rig, 5)
    rig.deaths = {"002.png": ChildDied("crashed: SIGBUS")}
    original = FakeStore.put_pending

    def put(store: FakeStore, *args: Any) -> Any:
        (rig.photos / "002.png").unlink(missing_ok=True)
        return original(store, *args)

    rig.store.put_pending = put.__get__(rig.store)  # type: ignore[method-assign]
    summary = rig.scanner().scan([rig.photos])
    assert (summary.failed, summary.faces) == (0, 4)
    assert rig.store.states()["002.png"] == "missing"


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_rows_do_not_depend_on_the_number_of_workers(rig: Rig, workers: int, tmp_path: Path) -> None:
    folders = two_folders(rig, tmp_path, 12)
    for number in range(4):
        write_photo(folders[0] / f"copy {number}.png", tint=2 * number)
    (folders[1] / "bad.jpg").write_bytes(b"no picture")
    rig.scanner(workers).scan(folders)
    facts = rig.store.facts()
    rig.store = FakeStore()
    rig.scanner(workers=1).scan(folders)
    assert facts == rig.store.facts()
