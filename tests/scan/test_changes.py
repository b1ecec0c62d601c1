"""Files that are copied, moved, renamed, edited or deleted, and folders that go away."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from faceapp.scan.walk import FolderError
from faceapp.types_scan import IndexedPhoto, SamePhoto
from tests.fakes import write_photo
from tests.permissions import permissions
from tests.scan.conftest import Rig, fill


def ids(rig: Rig) -> dict[str, int]:
    return {Path(row.file.path).as_posix(): row.id for row in rig.store.rows.values()}


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_copies_share_one_detection(rig: Rig, workers: int) -> None:
    for number in range(12):
        original = write_photo(rig.photos / f"{number}.png", faces=2, tint=number)
        shutil.copy2(original, rig.photos / f"{number} copy.png")
    summary = rig.scanner(workers).scan([rig.photos])
    assert (summary.photos, summary.faces, summary.failed) == (24, 48, 0)
    assert rig.analyser.calls == 12
    assert set(rig.store.states().values()) == {"indexed"}


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_two_copies_are_never_detected_twice(rig: Rig, workers: int) -> None:
    original = write_photo(rig.photos / "a.jpg", faces=2)
    shutil.copy2(original, rig.photos / "b.jpg")
    assert rig.scanner(workers).scan([rig.photos]).faces == 4
    assert rig.analyser.calls == 1


def test_a_copy_of_a_photo_that_was_read_before_is_not_detected(rig: Rig, tmp_path: Path) -> None:
    original = write_photo(rig.photos / "a.png", faces=2)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy2(original, other / "b.png")
    assert scanner.scan([other]).faces == 2
    assert rig.analyser.calls == 1
    (same,) = rig.store.saves[-1]
    assert isinstance(same, SamePhoto)
    assert not same.moved


@pytest.mark.parametrize("new_name", ["b.png", "sub/a.png"])
def test_a_moved_file_keeps_its_row_and_its_faces(rig: Rig, new_name: str) -> None:
    write_photo(rig.photos / "a.png", faces=2)
    write_photo(rig.photos / "x.png", faces=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    before, faces = ids(rig), dict(rig.store.face_ids)
    (rig.photos / "sub").mkdir()
    (rig.photos / "a.png").rename(rig.photos / new_name)
    summary = scanner.scan([rig.photos])
    assert (summary.photos, summary.faces, rig.analyser.calls) == (2, 3, 2)
    assert ids(rig) == {"x.png": before["x.png"], new_name: before["a.png"]}
    assert rig.store.face_ids == faces
    assert set(rig.store.states().values()) == {"indexed"}


@pytest.mark.parametrize("new_first", [False, True])
def test_a_file_moved_to_another_folder_keeps_its_row(rig: Rig, tmp_path: Path, new_first: bool) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_photo(rig.photos / "a.png", faces=2)
    write_photo(rig.photos / "stays.png", faces=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos, other])
    before = ids(rig)
    (rig.photos / "a.png").rename(other / "a.png")
    scanner.scan([other, rig.photos] if new_first else [rig.photos, other])
    assert ids(rig) == before
    assert rig.analyser.calls == 2
    assert set(rig.store.states().values()) == {"indexed"}
    assert rig.store.rows[before["a.png"]].folder_id == rig.store.roots.index(other) + 1


def test_a_file_that_was_missed_before_it_was_found_elsewhere_keeps_its_row(rig: Rig, tmp_path: Path) -> None:
    write_photo(rig.photos / "a.png", faces=2)
    write_photo(rig.photos / "x.png", faces=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    before = ids(rig)
    (rig.photos / "a.png").rename(tmp_path / "a.png")
    scanner.scan([rig.photos])
    assert rig.store.states()["a.png"] == "missing"
    (rig.photos / "new").mkdir()
    (tmp_path / "a.png").rename(rig.photos / "new" / "a.png")
    assert scanner.scan([rig.photos]).faces == 3
    assert ids(rig) == {"x.png": before["x.png"], "new/a.png": before["a.png"]}
    assert rig.analyser.calls == 2


def test_a_whole_folder_renamed_keeps_every_row(rig: Rig) -> None:
    for number in range(40):
        write_photo(rig.photos / "2023" / f"{number}.png", faces=1, tint=number)
    write_photo(rig.photos / "x.png", faces=2)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    before = ids(rig)
    (rig.photos / "2023").rename(rig.photos / "Summer")
    summary = scanner.scan([rig.photos])
    assert (summary.photos, summary.faces, rig.analyser.calls) == (41, 42, 41)
    assert ids(rig) == {name.replace("2023", "Summer"): number for name, number in before.items()}


def test_of_two_copies_of_a_file_that_is_gone_one_takes_its_place(rig: Rig) -> None:
    original = write_photo(rig.photos / "a.png", faces=2)
    write_photo(rig.photos / "x.png", faces=1)
    scanner = rig.scanner(workers=4)
    scanner.scan([rig.photos])
    row = ids(rig)["a.png"]
    for name in ("b.png", "c.png", "d.png", "e.png"):
        shutil.copy2(original, rig.photos / name)
    original.unlink()
    assert scanner.scan([rig.photos]).faces == 9
    assert rig.analyser.calls == 2
    after = ids(rig)
    assert row in {after[name] for name in ("b.png", "c.png", "d.png", "e.png")}
    assert set(rig.store.states().values()) == {"indexed"}
    assert len(after) == 5


def test_a_photo_on_a_drive_that_is_offline_is_copied_not_moved(rig: Rig, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    original = write_photo(drive / "a.png", faces=2)
    scanner = rig.scanner()
    scanner.scan([drive])
    shutil.copy2(original, rig.photos / "a.png")
    drive.rename(tmp_path / "unplugged")
    drive.mkdir()
    scanner.scan([rig.photos])
    assert [row.state for row in rig.store.rows.values()] == ["indexed", "indexed"]
    assert rig.analyser.calls == 1


def test_an_edited_photo_is_read_again_though_its_size_is_the_same(rig: Rig) -> None:
    write_photo(rig.photos / "a.png", faces=2, mtime=1_700_000_000)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    write_photo(rig.photos / "a.png", faces=1, mtime=1_700_000_001)
    assert scanner.scan([rig.photos]).faces == 1
    assert rig.reads == ["a.png", "a.png"]


def test_a_half_copied_file_is_read_again_when_it_is_whole(rig: Rig) -> None:
    data = write_photo(rig.photos / "a.png", faces=2).read_bytes()
    (rig.photos / "a.png").write_bytes(data[:20])
    scanner = rig.scanner()
    assert scanner.scan([rig.photos]).failed == 1
    (rig.photos / "a.png").write_bytes(data)
    summary = scanner.scan([rig.photos])
    assert (summary.failed, summary.faces) == (0, 2)


def test_a_deleted_part_of_a_folder_is_missing_a_mistyped_one_is_an_error(rig: Rig) -> None:
    write_photo(rig.photos / "a.png")
    write_photo(rig.photos / "2024" / "b.png", tint=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    shutil.rmtree(rig.photos / "2024")
    scanner.scan([rig.photos / "2024"])
    assert rig.store.states() == {"a.png": "indexed", "2024/b.png": "missing"}
    with pytest.raises(FolderError, match="cannot be found"):
        scanner.scan([rig.photos / "2042"])
    assert rig.store.states() == {"a.png": "indexed", "2024/b.png": "missing"}


def test_a_part_of_an_offline_folder_changes_nothing(rig: Rig, tmp_path: Path) -> None:
    write_photo(rig.photos / "2024" / "b.png")
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    rig.photos.rename(tmp_path / "unplugged")
    for _ in range(2):  # not there, then an empty mount point
        with pytest.raises(FolderError, match="connect the drive"):
            scanner.scan([rig.photos / "2024"])
        assert rig.store.states() == {"2024/b.png": "indexed"}
        rig.photos.mkdir(exist_ok=True)


def test_a_folder_emptied_of_its_only_photo_is_offline(rig: Rig, tmp_path: Path) -> None:
    write_photo(rig.photos / "a.png")
    write_photo(tmp_path / "other" / "b.png", tint=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    (rig.photos / "a.png").unlink()
    with pytest.raises(FolderError, match="is empty, but the library knows a photo in it") as caught:
        scanner.scan([rig.photos, tmp_path / "other"])
    assert caught.value.summary is not None
    assert caught.value.summary.photos == 1
    assert rig.store.states() == {"a.png": "indexed", "b.png": "indexed"}


def test_an_offline_folder_that_nobody_asked_for_is_only_told(rig: Rig, tmp_path: Path) -> None:
    write_photo(rig.photos / "drive" / "a.png")
    scanner = rig.scanner()
    scanner.scan([rig.photos / "drive"])
    (rig.photos / "drive").rename(tmp_path / "unplugged")
    write_photo(rig.photos / "b.png", tint=1)
    assert scanner.scan([rig.photos]).photos == 1
    assert [path for path, _ in rig.problems] == [rig.photos / "drive"]
    assert rig.store.states() == {"a.png": "indexed", "b.png": "indexed"}


def test_what_is_gone_leaves_at_once_unless_a_new_file_may_be_it(rig: Rig) -> None:
    write_photo(rig.photos / "deleted.jpg", faces=2)
    write_photo(rig.photos / "moved.png", faces=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    (rig.photos / "deleted.jpg").unlink()
    (rig.photos / "moved.png").rename(rig.photos / "here.png")
    while_reading: list[dict[str, str]] = []
    rig.before_read = lambda path: while_reading.append(rig.store.states())
    scanner.scan([rig.photos])
    assert while_reading == [{"deleted.jpg": "missing", "moved.png": "indexed", "here.png": "pending"}]
    assert rig.store.states() == {"deleted.jpg": "missing", "here.png": "indexed"}


def test_missing_photos_are_forgotten_after_thirty_days(rig: Rig) -> None:
    for name, tint in (("a.png", 0), ("b.png", 1), ("c.png", 2)):
        write_photo(rig.photos / name, tint=tint)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    for name in ("a.png", "b.png"):
        (rig.photos / name).unlink()
    scanner.scan([rig.photos])
    rows = {Path(row.file.path).name: row for row in rig.store.rows.values()}
    for name, days in (("a.png", 31), ("b.png", 29)):
        since = rows[name].missing_since
        assert since is not None
        rows[name].missing_since = since - timedelta(days=days)
    scanner.scan([rig.photos])
    assert rig.store.states() == {"b.png": "missing", "c.png": "indexed"}


def test_pending_photos_that_cannot_be_reached_wait(rig: Rig) -> None:
    secret = write_photo(rig.photos / "secret" / "b.png").parent
    write_photo(rig.photos / "a.png", tint=1)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    for row in rig.store.rows.values():
        row.state = type(row.state).PENDING
    rig.reads.clear()
    with permissions(secret, 0):
        scanner.scan([rig.photos])
    assert rig.reads == ["a.png"]
    assert rig.store.states() == {"a.png": "indexed", "secret/b.png": "pending"}


def test_photos_of_other_sizes_are_not_compared(rig: Rig) -> None:
    fill(rig, 3)
    write_photo(rig.photos / "x.jpg")
    asked: list[int] = []
    twins = rig.store.twins
    rig.store.twins = lambda size: asked.append(size) or twins(size)  # type: ignore[method-assign, func-returns-value]
    rig.scanner().scan([rig.photos])
    sizes = {path.stat().st_size for path in rig.photos.iterdir()}
    assert set(asked) == sizes
    assert len(asked) == len(sizes)  # once a size that several photos have
    assert all(isinstance(one, IndexedPhoto) for batch in rig.store.saves for one in batch)


def test_a_file_moved_and_another_put_in_its_place(rig: Rig) -> None:
    write_photo(rig.photos / "a.png", faces=2, mtime=1_700_000_000)
    scanner = rig.scanner()
    scanner.scan([rig.photos])
    os.rename(rig.photos / "a.png", rig.photos / "b.png")  # noqa: PTH104
    write_photo(rig.photos / "a.png", faces=1, tint=9, mtime=1_700_000_500)
    assert scanner.scan([rig.photos]).faces == 3
    assert set(rig.store.states().values()) == {"indexed"}
