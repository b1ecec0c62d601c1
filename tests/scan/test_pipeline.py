"""What a scan does to the library."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from faceapp.scan.walk import FolderError
from faceapp.types import PhotoState
from faceapp.types_scan import IndexedPhoto, ScanProgress
from tests.fakes import FakeStore, write_photo
from tests.permissions import permissions
from tests.scan.conftest import Rig


def test_a_first_scan_counts_and_stores_everything(rig: Rig) -> None:
    write_photo(rig.photos / "a.png", faces=2)
    write_photo(rig.photos / "sub" / "b.png", faces=0)
    write_photo(rig.photos / "c.png", faces=1)
    summary = rig.scanner().scan([rig.photos])
    assert (summary.photos, summary.faces, summary.skipped, summary.failed) == (3, 3, 0, 0)
    assert not summary.cancelled
    results = {r.photo_id: r for batch in rig.store.saves for r in batch if isinstance(r, IndexedPhoto)}
    assert sorted(len(result.tiles) for result in results.values()) == [0, 1, 2]
    for result in results.values():
        assert (result.width, result.height) == (48, 32)
        assert len(result.content_hash) == 32
        assert result.thumbnail.startswith(b"\xff\xd8")
        assert len(result.tiles) == len(result.faces)


def test_a_second_scan_opens_no_file(rig: Rig) -> None:
    write_photo(rig.photos / "a.png", faces=2)
    (rig.photos / "bad.jpg").write_bytes(b"no picture")
    scanner = rig.scanner()
    first = scanner.scan([rig.photos])
    assert (first.photos, first.faces, first.skipped, first.failed) == (2, 2, 0, 1)
    rig.reads.clear()
    again = scanner.scan([rig.photos])
    assert (again.photos, again.faces, again.skipped, again.failed) == (2, 2, 2, 0)
    assert rig.reads == []


def test_a_changed_file_is_read_again_and_only_that(rig: Rig) -> None:
    write_photo(rig.photos / "a.png", faces=2)
    write_photo(rig.photos / "b.png", faces=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    rig.reads.clear()
    write_photo(rig.photos / "a.png", faces=3, mtime=2_000_000_000)
    summary = scanner.scan([rig.photos])
    assert rig.reads == ["a.png"]
    assert (summary.faces, summary.skipped) == (4, 1)


def test_failed_photos_are_tried_again_on_request_or_when_mended(rig: Rig) -> None:
    bad = rig.photos / "bad.png"
    bad.write_bytes(b"no picture")
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    assert scanner.scan([rig.photos], retry_failed=True).failed == 1
    write_photo(bad, faces=2)
    assert scanner.scan([rig.photos]).faces == 2
    assert rig.reads == ["bad.png"] * 3


def test_missing_files_leave_and_come_back_unread(rig: Rig, tmp_path: Path) -> None:
    write_photo(rig.photos / "a.png", faces=2)
    write_photo(rig.photos / "b.png", faces=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    (rig.photos / "a.png").rename(tmp_path / "aside.png")
    assert scanner.scan([rig.photos]).faces == 1
    assert rig.store.states() == {"a.png": "missing", "b.png": "indexed"}
    (tmp_path / "aside.png").rename(rig.photos / "a.png")
    rig.reads.clear()
    summary = scanner.scan([rig.photos])
    assert (summary.faces, summary.skipped, rig.reads) == (3, 2, [])


def test_the_newest_photos_are_read_first(rig: Rig) -> None:
    for age, name in ((3, "c.png"), (1, "a.png"), (4, "d.png"), (2, "b.png")):
        write_photo(rig.photos / name, mtime=1_700_000_000 - age)
    rig.scanner(workers=1).scan([rig.photos])
    assert rig.reads == ["a.png", "b.png", "c.png", "d.png"]


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_gives_the_same_rows(rig: Rig, workers: int) -> None:
    for number in range(30):
        write_photo(rig.photos / f"{number}.png", faces=number % 4, tint=number)
    (rig.photos / "bad.jpg").write_bytes(b"")
    rig.scanner(workers).scan([rig.photos])
    facts = rig.store.facts()
    other, rig.store = rig.store, FakeStore()
    rig.scanner(workers=3).scan([rig.photos])
    assert facts == rig.store.facts()
    assert other.states().keys() == rig.store.states().keys()


def test_batches_hold_at_most_fifty_photos_and_one_thread_writes(rig: Rig) -> None:
    for number in range(120):
        write_photo(rig.photos / f"{number}.png", faces=1)
    rig.scanner().scan([rig.photos])
    assert max(len(batch) for batch in rig.store.saves) <= 50
    assert sum(len(batch) for batch in rig.store.saves) == 120
    assert len(rig.store.threads) == 1
    assert not any(name.startswith("scan-") for name in rig.store.threads)


def test_progress_grows_and_ends_complete(rig: Rig) -> None:
    for number in range(20):
        write_photo(rig.photos / f"{number}.png", faces=1, tint=number)
    (rig.photos / "bad.jpg").write_bytes(b"")
    told: list[ScanProgress] = []
    ticks = iter(range(10**6))
    rig.scanner(clock=lambda: next(ticks) * 0.06).scan([rig.photos], progress=told.append)
    assert [p.done for p in told] == sorted(p.done for p in told)
    assert told[0].walking
    last = told[-1]
    assert (last.total, last.done, last.skipped, last.failed, last.faces) == (21, 21, 0, 1, 20)
    assert (last.folder, last.walking, last.seconds_left) == (None, False, 0)
    assert rig.photos in {p.folder for p in told}


def test_progress_comes_at_most_ten_times_a_second(rig: Rig) -> None:
    for number in range(20):
        write_photo(rig.photos / f"{number}.png")
    told: list[ScanProgress] = []
    rig.scanner(clock=lambda: 5.0).scan([rig.photos], progress=told.append)
    assert len(told) == 2  # the first and the last: the clock stands still


def test_missing_folder_changes_nothing_and_the_others_are_scanned(rig: Rig, tmp_path: Path) -> None:
    write_photo(rig.photos / "a.png", faces=2)
    write_photo(tmp_path / "other" / "b.png", faces=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    rig.photos.rename(tmp_path / "unplugged")
    with pytest.raises(FolderError, match="connect the drive") as caught:
        scanner.scan([rig.photos, tmp_path / "other"])
    assert caught.value.summary is not None
    assert (caught.value.summary.photos, caught.value.summary.faces) == (1, 1)
    assert rig.store.states() == {"a.png": "indexed", "b.png": "indexed"}
    with pytest.raises(FolderError):
        scanner.scan([tmp_path / "typo"])
    assert tmp_path / "typo" not in rig.store.roots


def test_an_empty_mount_point_is_offline_not_deleted(rig: Rig, tmp_path: Path) -> None:
    for number in range(25):
        write_photo(rig.photos / f"{number}.png")
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    rig.photos.rename(tmp_path / "unplugged")
    rig.photos.mkdir()
    with pytest.raises(FolderError, match="is empty, but the library knows 25"):
        scanner.scan([rig.photos])
    assert set(rig.store.states().values()) == {"indexed"}


def test_photos_in_a_locked_folder_are_not_missing_and_not_failed(rig: Rig) -> None:
    write_photo(rig.photos / "a.png")
    secret = write_photo(rig.photos / "secret" / "b.png").parent
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    row = next(row for row in rig.store.rows.values() if Path(row.file.path).name == "b.png")
    for state in (PhotoState.INDEXED, PhotoState.PENDING):
        row.state = state
        with permissions(secret, 0):
            scanner.scan([rig.photos])
        assert rig.store.states() == {"a.png": "indexed", "secret/b.png": state.value}
    assert [path for path, _ in rig.problems] == [secret, secret]


def test_folders_inside_each_other_hold_every_photo_once(rig: Rig) -> None:
    write_photo(rig.photos / "a.png")
    write_photo(rig.photos / "2023" / "b.png")
    write_photo(rig.photos / "2024" / "c.png")
    scanner = rig.scanner()
    inner = scanner.scan([rig.photos / "2024", rig.photos / "2024"])
    outer = scanner.scan([rig.photos / "2023", rig.photos])
    assert (inner.photos, outer.photos, outer.skipped, outer.faces) == (1, 3, 1, 3)
    assert sorted(rig.reads) == ["a.png", "b.png", "c.png"]
    assert rig.store.roots == [rig.photos / "2024", rig.photos]


def test_scanning_a_part_of_a_known_folder_leaves_the_rest_alone(rig: Rig) -> None:
    write_photo(rig.photos / "a.png")
    write_photo(rig.photos / "2024" / "b.png")
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    (rig.photos / "a.png").unlink()
    write_photo(rig.photos / "2024" / "c.png", tint=1)
    assert scanner.scan([rig.photos / "2024"]).photos == 2
    assert rig.store.states() == {"a.png": "indexed", "2024/b.png": "indexed", "2024/c.png": "indexed"}
    assert rig.store.roots == [rig.photos]


def test_the_library_inside_the_folder_is_not_scanned(rig: Rig, tmp_path: Path) -> None:
    write_photo(rig.library / "thumbnail.png")
    write_photo(rig.photos / "a.png")
    assert rig.scanner().scan([tmp_path]).photos == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_text(rig: Rig) -> None:
    data = write_photo(rig.photos / "a.png").read_bytes()
    for name, content in ((b"caf\xe9.png", data), (b"bad\xe9.png", b"no picture")):
        (rig.photos / os.fsdecode(name)).write_bytes(content)
    summary = rig.scanner().scan([rig.photos])
    assert (summary.photos, summary.faces, summary.failed) == (3, 2, 1)
    reason = rig.store.reason(os.fsdecode(b"bad\xe9.png"))
    assert reason.encode("utf-8") == b"bad\\udce9.png is not a picture."
    assert rig.scanner().scan([rig.photos]).skipped == 3
