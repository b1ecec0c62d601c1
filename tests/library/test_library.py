"""Opening a library: what can be in the way, and what is said then."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from faceapp import ports
from faceapp.errors import LibraryError, LibraryLockedError
from faceapp.library.library import Library
from tests.library.making import MODEL, RIGHT, a_face, a_result, all_vectors, put

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions and signals")


def test_a_library_is_every_store_it_should_be(library: Library) -> None:
    store: ports.ScanStore = library.scan_store
    reader: ports.Reader = library.reader
    people: ports.PeopleStore = library.people
    problems: ports.ProblemStore = library.problems
    thumbnails: ports.Thumbnails = library.thumbnails
    assert None not in (store, reader, people, problems, thumbnails)


def test_a_new_library_is_empty_sound_and_keeps_its_id(library: Library) -> None:
    assert library.check() == []
    counts = library.reader.counts(0)
    assert (counts.photos, counts.faces, counts.people) == (0, 0, 0)
    assert library.reader.photo_ids().size == all_vectors(library)[0].size == 0
    library.close()
    with Library.open(library.folder, model=MODEL) as again:
        assert again.id == library.id


def test_the_database_is_set_up_as_it_should_be(library: Library) -> None:
    def pragmas(connection: object, *names: str) -> list[object]:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]  # type: ignore[attr-defined]

    with library._database.read() as connection:
        assert pragmas(connection, "page_size", "journal_mode", "query_only", "foreign_keys") == [8192, "wal", 1, 1]
        assert pragmas(connection, "busy_timeout", "application_id") == [10_000, 0x46414345]
    with library._database.write() as connection:
        assert pragmas(connection, "busy_timeout", "foreign_keys", "query_only") == [10_000, 1, 0]


@posix
def test_only_the_owner_can_read_a_library(tmp_path: Path, root: Path) -> None:
    before = os.umask(0o022)
    try:
        with Library.open(tmp_path / "deep" / "library", model=MODEL) as library:
            (photo_id,) = put(library, root, "a.jpg")
            library.scan_store.save([a_result(photo_id, [a_face()])])
            assert stat.S_IMODE(library.folder.stat().st_mode) == 0o700
            for path in library.folder.rglob("*"):
                assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    finally:
        os.umask(before)


def test_a_second_copy_is_turned_away_with_what_to_do(library: Library) -> None:
    with pytest.raises(LibraryLockedError, match=r"Another Faceapp is using .*--library"):
        Library.open(library.folder, model=MODEL)
    library.close()
    library.close()  # a second time does no harm
    Library.open(library.folder, model=MODEL).close()


WRITER = """
import sys, pathlib
from faceapp.library.library import Library
from tests.library.making import MODEL, a_face, a_result, put
library = Library.open(pathlib.Path(sys.argv[1]), model=MODEL)
(photo_id,) = put(library, pathlib.Path("/photos"), "a.jpg")
library.scan_store.save([a_result(photo_id, [a_face()])])
print("ready", flush=True)
sys.stdin.read()
"""


@posix
def test_the_lock_of_another_process_holds_and_is_freed_by_a_kill(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            with pytest.raises(LibraryLockedError):
                Library.open(folder, model=MODEL)
            with Library.open(folder, write=False, model=MODEL) as beside:  # looking on is allowed
                assert all_vectors(beside)[0].size == 1
                assert beside.thumbnails.face(1) == b"tile 1 0"
        finally:
            other.send_signal(signal.SIGKILL)
    with Library.open(folder, write=False, model=MODEL) as beside:
        assert beside.reader.counts(0).faces == 1
    with Library.open(folder, model=MODEL) as again:
        assert again.reader.counts(0).faces == 1  # what was acknowledged is there
        assert again.check() == []


def test_reading_makes_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no library at .* yet.*faceapp scan"):
        Library.open(tmp_path / "none", write=False, model=MODEL)
    assert list(tmp_path.iterdir()) == []


def test_reading_writes_nothing(library: Library, root: Path) -> None:
    put(library, root, "a.jpg")
    library.close()
    with Library.open(library.folder, write=False, model=MODEL) as reading:
        with pytest.raises(LibraryError, match="reading only"):
            reading.scan_store.add_folder(root)
        with pytest.raises(LibraryError, match="reading only"):
            reading.people.name_faces([1], "Ann")
        assert reading.reader.counts(0).pending == 1


def test_a_closed_library_says_so(library: Library) -> None:
    library.close()
    with pytest.raises(LibraryError, match="is closed"):
        library.reader.people()
    with pytest.raises(LibraryError, match="is closed"):
        library.scan_store.pending([1])
    with pytest.raises(LibraryError, match="is closed"):
        library.people.name_faces([1], "Ann")
    assert library.thumbnails.photo(1) is None


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(LibraryError, match=r"is a file.*--library"):
            Library.open(folder, model=MODEL)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.usefixtures("plain_user")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    for folder in (closed, closed / "library"):
        with pytest.raises(LibraryError, match=r"you may not write.*--library"):
            Library.open(folder, model=MODEL)


@pytest.mark.usefixtures("plain_user")
def test_a_library_on_a_medium_that_cannot_be_written_can_be_read(tmp_path: Path, root: Path) -> None:
    folder = tmp_path / "library"
    with Library.open(folder, model=MODEL) as library:
        put(library, root, "a.jpg")
    assert not (folder / "library.sqlite-wal").exists()
    folder.chmod(0o500)
    (folder / "cache").chmod(0o500)
    try:
        with Library.open(folder, write=False, model=MODEL) as reading:
            assert reading.reader.counts(0).pending == 1
            assert reading.thumbnails.photo(1) is None
    finally:
        folder.chmod(0o700)
        (folder / "cache").chmod(0o700)


@pytest.mark.usefixtures("plain_user")
def test_a_database_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    Library.open(folder, model=MODEL).close()
    (folder / "library.sqlite").chmod(0o400)
    with pytest.raises(LibraryError, match=r"--library"):
        Library.open(folder, model=MODEL)
    Library.open(folder, write=False, model=MODEL).close()


@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"A letter to my aunt. " * 1000)
    with pytest.raises(LibraryError, match=r"damaged .*backup.*photos are untouched"):
        Library.open(tmp_path, write=write, model=MODEL)
    assert path.read_bytes() == b"A letter to my aunt. " * 1000


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipe (name)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    for write in (True, False):
        with pytest.raises(LibraryError, match="another program"):
            Library.open(tmp_path, write=write, model=MODEL)
    assert path.read_bytes() == before


def test_a_damaged_database_is_said_with_the_way_out(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(300)))
    library.scan_store.save([a_result(i, [a_face(), a_face(RIGHT)]) for i in ids])
    library.close()
    path = library.folder / "library.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(255 - byte for byte in content[8192:])
    path.write_bytes(content)
    for write in (True, False):
        with pytest.raises(LibraryError, match=r"damaged .*backup"):
            Library.open(library.folder, write=write, model=MODEL)


def test_the_check_finds_damage_below_the_surface(library: Library, root: Path) -> None:
    ids = put(library, root, *(f"{i}.jpg" for i in range(300)))
    library.scan_store.save([a_result(i, [a_face()]) for i in ids])
    library.close()
    connection = sqlite3.connect(library.folder / "library.sqlite")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'face_photo'").fetchone()
    connection.close()
    path = library.folder / "library.sqlite"
    content = bytearray(path.read_bytes())
    content[(page - 1) * 8192 : page * 8192] = bytes(8192)
    path.write_bytes(content)
    with Library.open(library.folder, model=MODEL) as again:
        assert again.check()
        with pytest.raises(LibraryError, match="damaged"):
            again.reader.face_ids(min_score=0)


def test_a_moved_library_is_the_same_library(library: Library, root: Path, tmp_path: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.scan_store.save([a_result(photo_id, [a_face()])])
    library.close()
    moved = library.folder.rename(tmp_path / "elsewhere ä?#%")
    with Library.open(moved, model=MODEL) as again:
        assert again.id == library.id
        assert again.thumbnails.face(1) is not None
