"""A library on a disk that is full, read-only, or in somebody else's hands: told in words, and nothing is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.endurance.findings import SHOWN, assert_for_people, files
from tests.endurance.pictures import NAMES, jpeg, portrait
from tests.endurance.rights import mount, small_disk, without_roots_rights
from tests.endurance.running import Outcome, Runner

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="disks and limits of POSIX"),
    pytest.mark.timeout(200),
]

COULD_NOT_RUN = 2
PHOTOS = 6


@dataclass(frozen=True)
class Place:
    folders: list[Path]  # with PHOTOS photos in all, each of one face
    runner: Runner

    def scan(self, *before: str) -> Outcome:
        return self.runner.run("scan", *self.folders, "--json", before=before)

    def faces(self) -> list[int]:
        return [len(found.boxes) for found in files(self.runner).values() if found.state == "indexed"]


def make_photos(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        (folder / f"{number}.jpg").write_bytes(jpeg(portrait(NAMES[number], 320)))
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return photos that no library has."""
    folders = [make_photos(tmp_path / "photos", range(PHOTOS))]
    return Place(folders, Runner(make_home(tmp_path), tmp_path / "library" / "faces"))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a library of all photos but one."""
    folder = tmp_path_factory.mktemp("before")
    made = Place(
        [make_photos(folder / "photos", range(PHOTOS - 1))], Runner(make_home(folder), folder / "library" / "faces")
    )
    assert made.scan().code == 0
    return made


@pytest.fixture
def scanned(before: Place, tmp_path: Path) -> Place:
    """Return a copy of that library, and one more photo for it."""
    library = tmp_path / "library" / "faces"
    shutil.copytree(before.runner.library, library)
    more = make_photos(tmp_path / "more", range(PHOTOS - 1, PHOTOS))
    return Place([*before.folders, more], Runner(make_home(tmp_path), library))


def make_home(folder: Path) -> Path:
    home = folder / "home"
    home.mkdir()
    return home


def refused(outcome: Outcome, about: str) -> None:
    """Check that a command said in words why it could not run, and printed nothing else."""
    assert outcome.code == COULD_NOT_RUN, outcome.err
    assert about in outcome.err
    assert_for_people(outcome.err.strip().removeprefix("faceapp: "))
    assert not outcome.out


def assert_whole_and_complete(place: Place) -> None:
    """Check that the database is sound and that one more scan, now that all is well, ends with everything."""
    assert place.scan().code == 0
    assert place.runner.query("PRAGMA integrity_check") == [("ok",)]
    assert place.faces() == [1] * PHOTOS
    assert not place.runner.left_over()


@pytest.mark.parametrize("kilobytes", [60, 320, 560])
def test_a_disk_that_fills_up(kilobytes: int, place: Place) -> None:
    """While the tables are made, when the thumbnails' database is made, and in the middle of the photos."""
    with small_disk(place.runner.library.parent, f"{kilobytes}k"):
        outcome = place.scan()
        refused(outcome, "is full")
        mount("-o", "remount,size=64m", place.runner.library.parent)
        assert_whole_and_complete(place)
        assert place.runner.run("doctor", "--json").code == 0


@pytest.mark.parametrize("blocks", [40, 200])
def test_files_that_may_not_grow(blocks: int, place: Place) -> None:
    """As with a quota; needs no root. A block is 512 bytes."""
    outcome = place.scan("sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh")
    refused(outcome, "disk")
    assert_whole_and_complete(place)


def test_a_database_that_another_program_holds(scanned: Place) -> None:
    connection = sqlite3.connect(scanned.runner.library / "library.sqlite", isolation_level=None)
    with contextlib.closing(connection):
        connection.execute("BEGIN EXCLUSIVE")
        refused(scanned.scan(), "busy")
        connection.execute("ROLLBACK")
    assert_whole_and_complete(scanned)


def test_a_library_that_another_faceapp_scans_into(scanned: Place, tmp_path: Path) -> None:
    sleeper = tmp_path / "sleeper"
    sleeper.mkdir()
    first = Runner(sleeper, scanned.runner.library, {"TRAPS": {f"{PHOTOS - 1}.jpg": "hang"}})
    process = first.start("scan", *scanned.folders)
    try:
        while not first.decodes():
            assert process.poll() is None, first.words()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        refused(scanned.scan(), "Another Faceapp")
        assert len(scanned.runner.run("faces", "--json", "--min-score", str(SHOWN)).rows) == PHOTOS - 1, (
            "reading goes on"
        )
    finally:
        first.end_all()
        process.wait()
    assert_whole_and_complete(scanned)


@contextlib.contextmanager
def mounted_read_only(library: Path) -> Iterator[tuple[str, ...]]:
    mount("--bind", library, library)
    try:
        mount("-o", "remount,bind,ro", library)
        yield ()
    finally:
        subprocess.run(["umount", "-l", library], check=True)


@contextlib.contextmanager
def without_permission(library: Path) -> Iterator[tuple[str, ...]]:
    before = without_roots_rights()
    everything = [library, *library.rglob("*")]
    for path in everything:
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        yield before
    finally:
        for path in everything:
            path.chmod(path.stat().st_mode | 0o200)


@pytest.mark.parametrize("read_only", [mounted_read_only, without_permission])
def test_a_library_on_a_read_only_disk(read_only: object, scanned: Place) -> None:
    """Nothing can be added, and all that is there can be read."""
    assert callable(read_only)
    with read_only(scanned.runner.library) as before:
        refused(scanned.scan(*before), str(scanned.runner.library))
        listed = scanned.runner.run("faces", "--json", "--min-score", str(SHOWN), before=before)
        assert listed.code == 0
        assert len(listed.rows) == PHOTOS - 1
    assert_whole_and_complete(scanned)
