"""Databases of every released version open; newer ones are refused; a failed step changes nothing."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from faceapp.errors import LibraryError, LibraryTooNewError
from faceapp.library.connections import Database
from faceapp.library.ledger.holds import ties_of
from faceapp.library.library import Library
from faceapp.library.migrations import MIGRATIONS, Migration, prepare, version_of
from faceapp.library.rows import utc
from faceapp.library.tables import metadata
from faceapp.types_search import Filter, Role, Rows
from tests.library.making import LEFT, MODEL, a_face, a_result, all_vectors

DATA = Path(__file__).parent / "data"
SAVED = DATA / "v1.sqlite"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shutil.copyfile(SAVED, tmp_path / "library.sqlite")
    return tmp_path / "library.sqlite"


def ask(path: Path, query: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def schema(path: Path) -> dict[str, object]:
    """Return what matters of the tables, whatever the wording of their SQL."""
    found: dict[str, object] = {}
    for (table,) in ask(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        indexes = {
            (unique, origin, partial, *(column for _, _, column in ask(path, f"PRAGMA index_info('{name}')")))
            for _, name, unique, origin, partial in ask(path, f"PRAGMA index_list('{table}')")
        }
        found[table] = (
            ask(path, f"PRAGMA table_xinfo('{table}')"),
            sorted(row[2:] for row in ask(path, f"PRAGMA foreign_key_list('{table}')")),
            indexes,
        )
    return found


def test_a_database_of_every_version_is_saved() -> None:
    assert {saved.name for saved in DATA.glob("*.sqlite")} == {f"v{m.version}.sqlite" for m in MIGRATIONS}


@pytest.mark.parametrize("version", [m.version for m in MIGRATIONS])
def test_a_library_of_any_version_opens_with_all_that_was_in_it(path: Path, version: int) -> None:
    shutil.copyfile(DATA / f"v{version}.sqlite", path)
    assert version_of(path) == version
    with Library.open(path.parent, model=MODEL) as library:
        assert library.check() == []
        person = library.reader.people()[0]
        assert (person.name, person.faces) == ("Ann", 1)
        assert [f.person_name for f in library.reader.faces_of_photo(1, 0)] == ["Ann", None]
        (photo,) = library.reader.photos([1])
        assert (photo.path, photo.taken) == (Path("/photos/a.jpg"), datetime(2001, 2, 3, 4, 5, 6))
        assert [p.reason for p in library.reader.problems()] == ["It is torn."]
        assert all_vectors(library)[2].shape == (2, 16)
        assert len(library.scan_store.twins(photo.size)) >= 1


def test_version_2_still_knows_what_is_missing_ignored_or_was_edited(path: Path) -> None:
    shutil.copyfile(DATA / "v2.sqlite", path)
    with Library.open(path.parent, model=MODEL) as library:
        edited, gone, ignored = (
            library.scan_store.known_files(2)[f"{name}.jpg"] for name in ("edited", "gone", "ignored")
        )
        assert (gone.state, ignored.state) == ("missing", "failed")
        assert library.scan_store.forget_missing(datetime(2020, 1, 1, tzinfo=UTC)) == 0
        library.scan_store.save([a_result(edited.photo_id, [a_face(LEFT, seed=3)], of="edited")])
        assert [f.person_name for f in library.reader.faces_of_photo(edited.photo_id, 0)] == ["Bob"]


def test_names_of_version_2_become_steps_of_the_ledger(path: Path) -> None:
    shutil.copyfile(DATA / "v2.sqlite", path)
    before = ask(
        path, "SELECT p.id, p.name, p.created, c.created FROM person p JOIN confirmation c ON p.id = person_id"
    )
    with Library.open(path.parent, model=MODEL) as library:
        history = library.people.history()
        assert [(step.verb, step.faces, step.people) for step in history] == [
            ("name", 1, ("Bob",)),
            ("name", 1, ("Ann",)),
        ]
        assert {utc(step.created) for step in history} == {row[3] for row in before}
        assert ask(path, "SELECT id, name, created FROM person ORDER BY id") == sorted(row[:3] for row in before)
        assert ask(path, "SELECT 1 FROM sqlite_master WHERE name = 'confirmation'") == []
        library.people.undo()
        library.people.undo()
        assert library.reader.people() == []
        assert library.people.undo() is None
        library.people.redo()
        library.people.redo()
        assert sorted((p.id, p.name) for p in library.reader.people()) == sorted(row[:2] for row in before)
        assert library.check() == []


def test_copies_of_a_file_keep_their_names_in_version_3(path: Path) -> None:
    shutil.copyfile(DATA / "v2.sqlite", path)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        columns = "x + 0.01, y, w, h, landmarks, score, size_px, sharpness, norm, yaw, person_id"
        connection.execute(
            "INSERT INTO photo (id, folder_id, path, size, mtime_ns, content_hash, width, height, state, attempts) "
            "SELECT 77, folder_id, 'copy', size, mtime_ns, content_hash, width, height, state, 1 "
            "FROM photo WHERE id = 1"
        )
        names = columns.replace("x + 0.01", "x")
        connection.execute(f"INSERT INTO face (photo_id, {names}) SELECT 77, {columns} FROM face WHERE photo_id = 1")
    with Library.open(path.parent, model=MODEL) as library:
        named = [[f.person_name for f in library.reader.faces_of_photo(photo, 0)] for photo in (1, 77)]
        assert named == [["Ann", None]] * 2
        library.people.name_faces([library.reader.faces_of_photo(77, 0)[0].id], "Ann")
        assert len(library.people.history()) == 2  # she is so named already


def test_version_3_keeps_every_decision(path: Path) -> None:
    shutil.copyfile(DATA / "v3.sqlite", path)
    with Library.open(path.parent, model=MODEL) as library:
        ann, bob = library.reader.people()
        assert (ann.name, bob.name) == ("Ann", "Bob")
        assert [step.verb for step in library.people.history()] == [
            *("hide", "merge", "name", "different", "different", "reject", "cover", "born", "rename", "name", "name")
        ]
        with library._database.read() as connection:
            ties = ties_of(connection)
        left, right = (face.id for face in library.reader.faces_of_photo(1, 0))
        assert ties.different.tolist() == [[left, right]]
        assert ties.rejected.tolist() == [[right, ann.id], [right, bob.id]]
        assert ties.apart.tolist() == [[ann.id, bob.id]]
        assert ask(path, "SELECT born, cover_id FROM person WHERE name = 'Ann'") == [("1980-05-06", 1)]
        change = library.people.redo()
        assert change is not None
        assert (change.step.note, list(change.face_ids)) == ("statue", [right])
        assert ask(path, "SELECT hidden FROM decided WHERE face_id = 2") == [("statue",)]


def test_version_4_lists_the_vectors_of_version_3_without_reading_them(path: Path) -> None:
    shutil.copyfile(DATA / "v3.sqlite", path)
    before = ask(path, "SELECT face_id, model, crc32 FROM embedding ORDER BY face_id")
    with Library.open(path.parent, model=MODEL) as library:
        listing = library.reader.vector_listing()
        seen = ask(path, "SELECT face.id, photo_id FROM face JOIN photo ON photo.id = photo_id WHERE state = 'indexed'")
        assert list(zip(listing.face_ids.tolist(), listing.photo_ids.tolist(), strict=True)) == sorted(seen)
        in_view = [face_id for face_id, _ in seen]
        assert listing.sums.tolist() == [crc32 for face_id, _, crc32 in before if face_id in in_view]
    assert ask(path, "SELECT face_id, model, crc32 FROM embedding ORDER BY face_id") == before
    (backup,) = (path.parent / "backups").iterdir()
    assert (backup.name, version_of(backup)) == ("before-version-4.sqlite", 3)


def test_version_4_keeps_albums(path: Path) -> None:
    shutil.copyfile(DATA / "v4.sqlite", path)
    with Library.open(path.parent, model=MODEL) as library:
        (album,) = library.people_reader.albums()
        assert album.name == "Ann then"
        assert [(face.label, face.role, face.face_id) for face in album.search.faces] == [("Ann", Role.INCLUDE, 1)]
        assert (album.search.filter, album.search.rows) == (Filter(taken_to=date(2010, 1, 1)), Rows.PHOTOS)


def test_photos_missing_in_version_1_are_so_since_the_migration(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE photo SET state = 'missing' WHERE id = 1")
    begin = datetime.now(UTC) - timedelta(seconds=1)
    Library.open(path.parent, model=MODEL).close()
    (one, *others) = ask(path, "SELECT missing_since, ignored, earlier_hash FROM photo ORDER BY id")
    assert begin <= datetime.fromisoformat(one[0]) <= datetime.now(UTC)
    assert one[0] == utc(datetime.fromisoformat(one[0]))  # as the program writes it
    assert (one[1:], others) == ((0, None), [(None, 0, None)] * 2)
    (backup,) = (path.parent / "backups").iterdir()
    assert version_of(backup) == 1


def test_migrations_end_at_the_tables_of_the_program(tmp_path: Path) -> None:
    prepare(tmp_path / "migrated.sqlite", tmp_path / "backups")
    (tmp_path / "declared.sqlite").touch()
    database = Database(tmp_path / "declared.sqlite", write=True)
    with database.write() as connection:
        metadata.create_all(connection)
    database.close()
    assert schema(tmp_path / "migrated.sqlite") == schema(tmp_path / "declared.sqlite")


def test_versions_count_up_from_one() -> None:
    assert [m.version for m in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def add_album(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE album (id INTEGER PRIMARY KEY)")


def fail_halfway(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM face")
    raise RuntimeError("half way")


def with_steps(*steps: Callable[[Connection], None]) -> tuple[Migration, ...]:
    return (*MIGRATIONS[:1], *(Migration(number, step) for number, step in enumerate(steps, 2)))


def test_an_older_library_is_backed_up_and_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    before = ask(path, "SELECT * FROM face")
    prepare(path, tmp_path / "backups", with_steps(add_album))
    assert version_of(path) == 2
    assert ask(path, "SELECT * FROM album") == []
    assert ask(path, "SELECT * FROM face") == before
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name == "before-version-2.sqlite"
    assert version_of(backup) == 1
    assert ask(backup, "SELECT * FROM face") == before


def test_a_failing_step_leaves_what_was_there_before_it(path: Path, tmp_path: Path) -> None:
    before = ask(path, "SELECT * FROM face")
    with pytest.raises(RuntimeError, match="half way"):
        prepare(path, tmp_path / "backups", with_steps(add_album, fail_halfway))
    assert version_of(path) == 2  # the step before is done and counted
    assert ask(path, "SELECT * FROM face") == before
    assert ask(path, "SELECT name FROM sqlite_master WHERE name = 'half'") == []
    prepare(path, tmp_path / "backups", with_steps(add_album, add_album_2))
    assert version_of(path) == 3


def add_album_2(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE album ADD COLUMN name TEXT")


def test_without_a_backup_nothing_is_migrated(path: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file in the way")
    with pytest.raises(FileExistsError):
        prepare(path, tmp_path / "backups", with_steps(add_album))
    assert version_of(path) == 1


def test_a_kill_before_the_first_step_leaves_a_file_that_can_be_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.touch()
    Database(path, write=True).close()
    prepare(path, tmp_path / "backups")
    assert version_of(path) == MIGRATIONS[-1].version
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_library_is_refused_in_words_and_left_alone(path: Path, write: bool) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
        connection.execute("CREATE TABLE wonder (id)")
    before = ask(path, "SELECT * FROM sqlite_master")
    with pytest.raises(LibraryTooNewError, match=r"newer Faceapp.*999.*Install the newest"):
        Library.open(path.parent, write=write, model=MODEL)
    assert ask(path, "SELECT * FROM sqlite_master") == before


def test_an_older_library_is_not_migrated_by_who_only_reads(path: Path) -> None:
    with pytest.raises(LibraryError, match="must be brought up to date first"):
        Library.open(path.parent, write=False, model=MODEL)
    assert version_of(path) == 1
