"""Backups: made while the library is in use, put back whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from faceapp.errors import LibraryError, LibraryLockedError
from faceapp.library.backups import backups_in, delete_backups, make_backup, restore_backup
from faceapp.library.library import BACKUP_FOLDER, CACHE_FOLDER, DATABASE_FILE, Library
from tests.library.making import MODEL, a_face, a_result, put


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def name_somebody(library: Library, root: Path, name: str) -> int:
    (photo_id,) = put(library, root, f"{name}.jpg")
    (face_id,) = library.scan_store.save([a_result(photo_id, [a_face()])]).face_ids.tolist()
    library.people.name_faces([face_id], name)
    return int(face_id)


def people(folder: Path) -> list[str]:
    with Library.open(folder, model=MODEL) as library:
        assert library.check() == []
        return [person.name for person in library.reader.people()]


def test_an_open_library_is_copied_with_what_was_just_said(library: Library, root: Path, tmp_path: Path) -> None:
    name_somebody(library, root, "Ann")
    made = make_backup(library.folder, tmp_path / "copy.sqlite")
    assert made.path == tmp_path / "copy.sqlite"
    assert made.size == made.path.stat().st_size
    library.close()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "copy.sqlite").rename(tmp_path / "elsewhere" / DATABASE_FILE)
    assert people(tmp_path / "elsewhere") == ["Ann"]


def test_backups_are_listed_latest_first_and_never_overwritten(library: Library) -> None:
    made = [make_backup(library.folder) for _ in range(3)]
    for age, backup in enumerate(made):
        os.utime(backup.path, (1_700_000_000 - age, 1_700_000_000 - age))
    assert len({backup.path for backup in made}) == 3
    assert [backup.path for backup in backups_in(library.folder)] == [backup.path for backup in made]
    if sys.platform != "win32":
        assert stat.S_IMODE(made[0].path.stat().st_mode) == 0o600


def test_it_writes_over_an_earlier_backup_and_over_nothing_else(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    make_backup(library.folder, target)
    make_backup(library.folder, target)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"a photo")
    with pytest.raises(LibraryError, match="no Faceapp backup"):
        make_backup(library.folder, photo)
    assert photo.read_bytes() == b"a photo"
    empty = tmp_path / "empty"
    empty.touch()
    with pytest.raises(LibraryError, match="no Faceapp backup"):
        make_backup(library.folder, empty)
    with pytest.raises(LibraryError, match="the library itself"):
        make_backup(library.folder, library.folder / DATABASE_FILE)
    with pytest.raises(LibraryError, match="is a folder"):
        make_backup(library.folder, tmp_path)
    with pytest.raises(LibraryError, match="There is no folder"):
        make_backup(library.folder, tmp_path / "none" / "copy.sqlite")


def test_without_a_library_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        make_backup(tmp_path, tmp_path / "copy.sqlite")


def test_putting_one_back_keeps_what_was_there(library: Library, root: Path, folder: Path, tmp_path: Path) -> None:
    name_somebody(library, root, "Ann")
    made = make_backup(folder, tmp_path / "copy.sqlite")
    name_somebody(library, root, "Bob")
    library.close()
    (folder / CACHE_FOLDER / "faces.hnsw").write_bytes(b"of the later library")
    kept = restore_backup(folder, made.path)
    assert people(folder) == ["Ann"]
    assert not (folder / CACHE_FOLDER / "faces.hnsw").exists()
    assert kept is not None
    assert restore_backup(folder, kept.path) is not None
    assert people(folder) == ["Ann", "Bob"]


def test_a_log_that_was_left_over_is_not_taken_for_the_backups(
    library: Library, root: Path, folder: Path, tmp_path: Path
) -> None:
    name_somebody(library, root, "Ann")
    made = make_backup(folder, tmp_path / "copy.sqlite")
    name_somebody(library, root, "Bob")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for suffix in ("", "-wal"):  # as after a kill: the log holds what is not in the file yet
        (crashed / f"{DATABASE_FILE}{suffix}").write_bytes((folder / f"{DATABASE_FILE}{suffix}").read_bytes())
    assert (crashed / f"{DATABASE_FILE}-wal").stat().st_size
    kept = restore_backup(crashed, made.path)
    assert people(crashed) == ["Ann"]
    assert kept is not None
    with closing(sqlite3.connect(kept.path)) as connection:
        assert connection.execute("SELECT name FROM person ORDER BY id").fetchall() == [("Ann",), ("Bob",)]


def test_a_damaged_library_is_replaced_and_kept(library: Library, root: Path, folder: Path, tmp_path: Path) -> None:
    name_somebody(library, root, "Ann")
    made = make_backup(folder, tmp_path / "copy.sqlite")
    library.close()
    (folder / DATABASE_FILE).write_bytes(b"no database at all, but rather long" * 400)
    assert restore_backup(folder, made.path) is None
    assert people(folder) == ["Ann"]
    (damaged,) = (folder / BACKUP_FOLDER).iterdir()
    assert damaged.read_bytes().startswith(b"no database")


def test_a_library_in_use_is_not_replaced(library: Library, root: Path, tmp_path: Path) -> None:
    made = make_backup(library.folder, tmp_path / "copy.sqlite")
    name_somebody(library, root, "Ann")
    with pytest.raises(LibraryLockedError):
        restore_backup(library.folder, made.path)
    assert [person.name for person in library.reader.people()] == ["Ann"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "no file"), (b"", "empty"), (b"a photo" * 200, "damaged"), ("other", "another program")],
)
def test_what_is_no_backup_changes_nothing(
    library: Library, folder: Path, tmp_path: Path, content: bytes | str | None, words: str
) -> None:
    library.close()
    source = tmp_path / "source"
    if content == "other":
        with closing(sqlite3.connect(source)) as connection:
            connection.execute("CREATE TABLE t (a)")
    elif isinstance(content, bytes):
        source.write_bytes(content)
    before = (folder / DATABASE_FILE).read_bytes()
    with pytest.raises(LibraryError, match=words):
        restore_backup(folder, source)
    assert (folder / DATABASE_FILE).read_bytes() == before
    assert not (folder / BACKUP_FOLDER).exists()


def test_a_backup_of_a_newer_program_is_refused(library: Library, folder: Path, tmp_path: Path) -> None:
    made = make_backup(folder, tmp_path / "copy.sqlite")
    library.close()
    with closing(sqlite3.connect(made.path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(LibraryError, match="newer Faceapp"):
        restore_backup(folder, made.path)


def test_deleting_them_leaves_nothing_behind(library: Library, folder: Path) -> None:
    make_backup(folder)
    (folder / BACKUP_FOLDER / "damaged-1.sqlite.damaged-wal").touch()
    delete_backups(folder)
    assert list((folder / BACKUP_FOLDER).iterdir()) == []
