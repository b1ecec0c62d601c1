"""Watching folders with the real watcher, and what it makes of what happened."""

from __future__ import annotations

import logging
import queue
import shutil
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import watchfiles

from faceapp.scan.watch import changed_folders, is_remote, watch_folders

WAIT = 20.0


class Changes:
    """Collects what a watch tells; ``until`` waits for a folder to be named."""

    def __init__(self) -> None:
        self._told: queue.SimpleQueue[Sequence[Path]] = queue.SimpleQueue()
        self.all: list[Sequence[Path]] = []

    def __call__(self, folders: Sequence[Path]) -> None:
        self._told.put(folders)

    def until(self, wanted: Callable[[Path], bool]) -> None:
        while True:
            folders = self._told.get(timeout=WAIT)
            self.all.append(folders)
            if any(wanted(folder) for folder in folders):
                return


@contextmanager
def watching(folder: Path) -> Iterator[Changes]:
    """Watch a folder, from a moment on when the watcher is surely at work."""
    changes = Changes()
    watch = watch_folders([folder], changes)
    marker = folder / "door" / "knock.jpg"
    marker.parent.mkdir()
    stop = threading.Event()

    def knock() -> None:
        while not stop.wait(0.1):
            marker.write_bytes(b"x")

    knocking = threading.Thread(target=knock)
    knocking.start()
    try:
        changes.until(lambda changed: changed == marker.parent)
        stop.set()
        knocking.join()
        yield changes
    finally:
        stop.set()
        knocking.join()
        watch.stop()
    assert "watch" not in {thread.name for thread in threading.enumerate()}


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "photos"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "old.jpg").write_bytes(b"old")
    return folder


def test_new_changed_and_renamed_photos_are_told(photos: Path) -> None:
    with watching(photos) as changes:
        (photos / "sub" / "new.jpg").write_bytes(b"new")
        changes.until(lambda folder: folder == photos / "sub")
        (photos / "sub" / "new.jpg").write_bytes(b"changed")
        changes.until(lambda folder: folder == photos / "sub")
        (photos / "sub" / "new.jpg").rename(photos / "sub" / "renamed.jpg")
        changes.until(lambda folder: folder == photos / "sub")


def test_a_new_folder_and_what_comes_into_it_later(photos: Path) -> None:
    with watching(photos) as changes:
        new = photos / "2024" / "june"
        new.mkdir(parents=True)
        (new / "a.jpg").write_bytes(b"a")
        changes.until(lambda folder: new.is_relative_to(folder))
        (new / "b.jpg").write_bytes(b"b")
        changes.until(lambda folder: new.is_relative_to(folder))


def test_a_deleted_folder_is_told_as_the_one_around_it(photos: Path) -> None:
    with watching(photos) as changes:
        shutil.rmtree(photos / "sub")
        changes.until(lambda folder: folder == photos)


def test_other_files_and_hidden_ones_are_not_told(photos: Path) -> None:
    with watching(photos) as changes:
        (photos / "sub" / "notes.txt").write_bytes(b"no photo")
        (photos / "sub" / ".hidden.jpg").write_bytes(b"x")
        (photos / ".thumbnails").mkdir()
        (photos / ".thumbnails" / "a.jpg").write_bytes(b"x")
        (photos / "last").mkdir()
        changes.until(lambda folder: folder == photos / "last")
        assert {folder for folders in changes.all for folder in folders} <= {photos / "door", photos / "last"}


def test_a_folder_that_is_not_there_keeps_no_other_from_being_watched(
    photos: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="faceapp.scan.watch")
    changes = Changes()
    watch = watch_folders([tmp_path / "gone"], changes)
    watch.stop()
    assert "gone is not there" in caplog.text


def test_no_room_for_watches_is_only_logged(
    photos: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = threading.Event()

    def full(*args: object, **options: object) -> Iterator[set[watchfiles.main.FileChange]]:
        tried.set()
        raise OSError(28, "OS file watch limit reached.")

    monkeypatch.setattr(watchfiles, "watch", full)
    watch = watch_folders([photos], Changes())
    assert tried.wait(WAIT)
    watch.stop()
    assert "watch limit" in caplog.text


def test_the_smallest_set_of_folders(photos: Path) -> None:
    other = photos.parent / "other"
    other.mkdir()
    (photos / "sub" / "deep").mkdir()
    (photos / "subway").mkdir()

    def changed(*names: str) -> list[str]:
        found = changed_folders([photos.parent / name for name in names], [photos, other])
        return [folder.relative_to(photos.parent).as_posix() for folder in found]

    assert changed("photos/sub/a.jpg", "photos/sub/b.jpg") == ["photos/sub"]
    assert changed("photos/sub/deep/a.jpg", "photos/sub/b.jpg", "other/c.jpg") == ["other", "photos/sub"]
    assert changed("photos/sub/deep", "photos/subway/a.jpg") == ["photos/sub/deep", "photos/subway"]
    assert changed("photos/gone/deeper/a.jpg") == ["photos"]
    assert changed("elsewhere/a.jpg") == []
    shutil.rmtree(other)
    assert changed("other/a.jpg", "other") == []  # the whole folder went: it is offline


Drive = namedtuple("Drive", "device mountpoint fstype opts")


@pytest.mark.parametrize(
    ("fstype", "opts", "remote"),
    [
        ("nfs4", "rw", True),
        ("cifs", "rw", True),
        ("fuse.sshfs", "rw", True),
        ("9p", "rw", True),
        ("NTFS", "rw,remote", True),
        ("ext4", "rw", False),
        ("exfat", "rw", False),
        ("fuse.mergerfs", "rw", False),
    ],
)
def test_network_drives_are_told_by_their_file_system(
    photos: Path, monkeypatch: pytest.MonkeyPatch, fstype: str, opts: str, remote: bool
) -> None:
    drives = [
        Drive("disk", photos.anchor, "nfs" if not remote else "ext4", "rw"),
        Drive("server", str(photos), fstype, opts),
        Drive("other", str(photos / "sub"), "smbfs", "rw"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: drives)  # noqa: A006
    assert is_remote(photos) is remote
    assert is_remote(photos / "deeper") is remote
    assert is_remote(photos / "sub" / "deeper")


def test_a_network_drive_is_left_to_the_next_scan(
    photos: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="faceapp.scan.watch")
    monkeypatch.setattr("faceapp.scan.watch.is_remote", lambda folder: True)
    watch_folders([photos], Changes()).stop()
    assert "network drive" in caplog.text
