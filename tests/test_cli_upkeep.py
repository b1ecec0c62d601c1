"""The commands that look after a library, end to end on the portraits that the project carries."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faceapp import cli

PORTRAITS = Path(__file__).parent / "portraits"

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("upkeep")
    (home / "album").mkdir()
    for name in ("obama.jpg", "biden.jpg"):
        shutil.copy(PORTRAITS / name, home / "album" / name)
    assert cli.main(["scan", str(home / "album"), "--library", str(home / "library")]) == cli.DONE
    return home


@pytest.fixture
def home(read_once: Path, tmp_path: Path) -> Path:
    """Return a folder with a library of the test's own."""
    shutil.copytree(read_once / "library", tmp_path / "library")
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the library: exit code, JSON objects, stderr."""

    def call(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code = cli.main([*map(str, arguments), "--library", str(home / "library"), "--json"])
        output = capsys.readouterr()
        return code, [json.loads(line) for line in output.out.splitlines()], output.err

    return call


@pytest.fixture
def face(run: Run) -> int:
    """Return a face that is Annabella."""
    face_id = int(run("faces", "--min-score", "0.5")[1][0]["id"])
    assert run("name", face_id, "Annabella")[0] == cli.DONE
    return face_id


def people(run: Run) -> list[str]:
    return [row["name"] for row in run("people")[1]]


@pytest.mark.usefixtures("face")
def test_a_backup_brings_back_what_was_said(run: Run, home: Path) -> None:
    copy = home / "copy.sqlite"
    code, rows, err = run("backup", copy)
    assert (code, rows) == (cli.DONE, [{"path": str(copy), "bytes": copy.stat().st_size}])
    assert str(copy) in err
    run("rename", "Annabella", "Bob")
    code, (kept,), err = run("restore", copy)
    assert code == cli.DONE
    assert people(run) == ["Annabella"]
    assert run("restore", kept["path"])[0] == cli.DONE
    assert people(run) == ["Bob"]


def test_without_a_name_it_goes_into_the_librarys_own_folder(run: Run, home: Path) -> None:
    _, (made,), _ = run("backup")
    assert Path(made["path"]).parent == home / "library" / "backups"


def test_what_is_no_backup_is_refused(run: Run, home: Path) -> None:
    code, rows, err = run("restore", home / "none.sqlite")
    assert (code, rows) == (cli.FAILED, [])
    assert "There is no file" in err


def test_folders_are_listed_and_removed(run: Run, read_once: Path) -> None:
    album = read_once / "album"
    _, (row,), _ = run("folders")
    assert (row["path"], row["photos"], row["online"]) == (str(album), 2, True)
    code, rows, err = run("folders", "remove", album)
    assert (code, rows) == (cli.DONE, [{"path": str(album), "photos": 2}])
    assert "where they were" in err
    assert len(list(album.iterdir())) == 2
    assert run("folders")[1] == run("faces")[1] == []
    code, _, err = run("folders", "remove", album)
    assert code == cli.FAILED
    assert "is not in this library" in err


@pytest.mark.usefixtures("face")
def test_a_person_is_forgotten_only_when_that_is_said_twice(run: Run, home: Path) -> None:
    run("backup")
    code, (told,), err = run("forget", "Annabella")
    assert code == cli.PROBLEMS
    assert told == {"name": "Annabella", "faces": 1, "decisions": 1, "albums": [], "forgotten": False}
    assert "--yes" in err
    assert people(run) == ["Annabella"]
    code, (told,), err = run("forget", "Annabella", "--yes")
    assert (code, told["forgotten"]) == (cli.DONE, True)
    assert "1 backup may still hold" in err
    assert people(run) == []
    files = [path for path in (home / "library").rglob("*") if path.is_file()]
    held = [path.parent.name for path in files if b"Annabella" in path.read_bytes()]
    assert held == ["backups"]


@pytest.mark.usefixtures("face")
def test_everything_is_forgotten_but_the_folders(run: Run, home: Path) -> None:
    assert run("forget", "--everything")[0] == cli.PROBLEMS
    assert people(run) == ["Annabella"]
    code, _, err = run("forget", "--everything", "--yes", "--backups")
    assert code == cli.DONE
    assert "is empty" in err
    assert run("faces")[1] == []
    assert [row["photos"] for row in run("folders")[1]] == [0]
    assert not [path for path in (home / "library").rglob("*") if path.is_file() and b"Annabella" in path.read_bytes()]


def test_who_shall_be_forgotten_must_be_said(run: Run) -> None:
    for arguments in (("forget",), ("forget", "Ann", "--everything")):
        code, _, err = run(*arguments)
        assert code == cli.FAILED
        assert "Say who" in err
    assert "Ann" in run("forget", "Ann")[2]
