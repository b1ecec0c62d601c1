"""The commands on people end to end, on a library of the portraits that the project carries."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faceapp import cli

PORTRAITS = Path(__file__).parent / "portraits"
OBAMA = ("obama.jpg", "obama2.jpg")

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds an album with a copy of a photo, and the library of it."""
    home = tmp_path_factory.mktemp("people")
    (home / "album" / "again").mkdir(parents=True)
    for name in (*OBAMA, "biden.jpg", "grace_hopper.jpg"):
        shutil.copy(PORTRAITS / name, home / "album" / name)
    shutil.copy(PORTRAITS / "obama.jpg", home / "album" / "again" / "copy.jpg")
    assert cli.main(["scan", str(home / "album"), "--library", str(home / "library")]) == cli.DONE
    return home


@pytest.fixture
def home(read_once: Path, tmp_path: Path) -> Path:
    """Return the same with a library of the test's own."""
    shutil.copytree(read_once / "library", tmp_path / "library")
    (tmp_path / "album").symlink_to(read_once / "album")
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the library: exit code, JSON objects, stderr."""

    def call(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code = cli.main([*map(str, arguments), "--library", str(home / "library"), "--json"])
        output = capsys.readouterr()
        return code, [json.loads(line) for line in output.out.splitlines()], output.err

    return call


def faces(run: Run) -> dict[str, dict[str, Any]]:
    """Return the largest face of every photo, by the photo's name."""
    rows = sorted(run("faces")[1], key=lambda row: row["quality"]["size_px"])
    return {Path(row["photo"]).name: row for row in rows}


def done(run: Run, *arguments: object) -> list[dict[str, Any]]:
    code, rows, err = run(*arguments)
    assert code == cli.DONE, err
    return rows


def named(run: Run) -> dict[str, str | None]:
    """Return who every photo shows."""
    return {photo: row["person"] for photo, row in faces(run).items() if row["standing"] == "confirmed"}


ALL_OBAMA = dict.fromkeys((*OBAMA, "copy.jpg"), "Barack Obama")


def test_a_group_is_found_named_and_exported(run: Run, home: Path) -> None:
    (preview,) = done(run, "group", "--preview")
    assert done(run, "people", "--groups") == []
    (summary,) = done(run, "group")
    assert {**summary, "seconds": 0} == {**preview, "seconds": 0}
    seen = faces(run)
    (number,) = {seen[photo]["group"] for photo in ALL_OBAMA}
    listed = {row["group"]: row for row in done(run, "people", "--groups")}
    assert listed[number]["photos"] == 3
    assert seen["biden.jpg"]["group"] != number

    done(run, "name", "--group", number, "Barack Obama")
    assert named(run) == ALL_OBAMA
    assert number not in {row["group"] for row in done(run, "people", "--groups")}
    (person,) = done(run, "people")
    assert (person["name"], person["photos"], person["automatic"]) == ("Barack Obama", 3, 0)

    (exported,) = done(run, "export", "--person", "barack obama", home / "out")
    assert exported["written"] == 3
    assert {path.name for path in (home / "out").iterdir()} == set(ALL_OBAMA)
    code, _, err = run("export", "--person", "Barack Obama", home / "album" / "out")
    assert code == cli.FAILED
    assert "never writes" in err


def test_naming_one_face_pulls_in_the_sure_ones(run: Run) -> None:
    done(run, "name", faces(run)["obama.jpg"]["id"], "Barack Obama")
    (summary,) = done(run, "group", "--follow")
    assert summary["automatic"] == 1
    seen = faces(run)
    assert (seen["obama2.jpg"]["person"], seen["obama2.jpg"]["standing"]) == ("Barack Obama", "automatic")
    assert len({seen[photo]["group"] for photo in ALL_OBAMA}) == 1
    (why,) = done(run, "why", seen["obama2.jpg"]["id"])
    assert (why["person_name"], why["standing"]) == ("Barack Obama", "automatic")
    assert "automatically" in why["words"][0]


def test_what_was_rejected_is_not_guessed_again(run: Run) -> None:
    seen = faces(run)
    done(run, "name", seen["obama.jpg"]["id"], "Barack Obama")
    done(run, "reject", seen["obama2.jpg"]["id"], "Barack Obama")
    done(run, "group")
    assert faces(run)["obama2.jpg"]["standing"] is None
    done(run, "name", seen["obama2.jpg"]["id"], "Barack Obama")  # the last word holds
    assert named(run) == ALL_OBAMA


def test_a_contradiction_is_refused_until_what_was_said_is_taken_back(run: Run) -> None:
    done(run, "group")
    seen = faces(run)
    done(run, "split", seen["obama.jpg"]["id"])  # of a group in which it has a copy
    together = ("name", *(seen[photo]["id"] for photo in OBAMA), "Barack Obama")
    code, rows, err = run(*together)
    assert (code, rows) == (cli.FAILED, [])
    assert "are two people" in err
    assert "--take-back" in err
    assert named(run) == {}
    done(run, *together, "--take-back")
    assert named(run) == ALL_OBAMA


def test_every_step_can_be_undone_and_done_again(run: Run) -> None:
    seen = faces(run)
    done(run, "name", seen["obama.jpg"]["id"], "Barry")
    done(run, "name", seen["obama2.jpg"]["id"], "Barack Obama")
    done(run, "merge", "Barry", "Barack Obama")
    assert named(run) == ALL_OBAMA
    done(run, "rename", "Barack Obama", "The President")
    done(run, "split", seen["obama2.jpg"]["id"], "--name", "A Double")
    assert named(run)["obama2.jpg"] == "A Double"
    states = [named(run)]
    while (code := run("undo")[0]) == cli.DONE:
        states.append(named(run))
    assert code == cli.FAILED
    assert states[-1] == {}
    assert len(states) == 7  # a split that names is two steps
    history = done(run, "history")
    assert len(history) == 6
    assert all(step["undone"] for step in history)
    for state in reversed(states[:-1]):
        done(run, "redo")
        assert named(run) == state
    assert run("redo")[0] == cli.FAILED


def test_a_hidden_face_shows_again(run: Run) -> None:
    face = faces(run)["biden.jpg"]["id"]
    done(run, "hide", face, "--reason", "statue")
    assert faces(run)["biden.jpg"]["hidden"] == "statue"
    assert run("show", face, faces(run)["obama.jpg"]["id"])[0] == cli.FAILED
    done(run, "show", face)
    assert faces(run)["biden.jpg"]["hidden"] is None


def test_a_face_can_be_split_from_its_person_copies_included(run: Run) -> None:
    seen = faces(run)
    done(run, "name", *(seen[photo]["id"] for photo in OBAMA), "Barack Obama")
    done(run, "split", seen["obama.jpg"]["id"])
    assert named(run) == {"obama2.jpg": "Barack Obama"}
    code, _, err = run("split", seen["obama2.jpg"]["id"])
    assert code == cli.FAILED
    assert "nothing would stay behind" in err
    done(run, "group")
    assert faces(run)["obama.jpg"]["standing"] is None


def test_a_face_named_automatically_can_be_split_from_its_person(run: Run) -> None:
    seen = faces(run)
    done(run, "name", seen["obama.jpg"]["id"], "Barack Obama")
    done(run, "group")
    assert faces(run)["obama2.jpg"]["standing"] == "automatic"
    done(run, "split", seen["obama2.jpg"]["id"])
    done(run, "group")
    assert faces(run)["obama2.jpg"]["standing"] is None


def test_reading_afresh_keeps_what_was_said(run: Run) -> None:
    seen = faces(run)
    done(run, "name", seen["obama.jpg"]["id"], "Barack Obama")
    done(run, "hide", seen["biden.jpg"]["id"])
    (summary,) = done(run, "scan", "--afresh")
    assert (summary["photos"], summary["skipped"]) == (5, 0)
    assert named(run) == {"obama.jpg": "Barack Obama", "copy.jpg": "Barack Obama"}
    assert faces(run)["biden.jpg"]["hidden"] == "stranger"


def test_an_album_follows_the_library_and_can_be_taken_back(run: Run, home: Path, tmp_path: Path) -> None:
    done(run, "albums", "keep", "Obama", PORTRAITS / "obama.jpg", "--exclude", PORTRAITS / "biden.jpg")
    assert done(run, "albums") == [{"name": "Obama", "faces": 2, "matches": 3}]
    found = {Path(row["photo"]).name for row in done(run, "search", "--album", "obama")}
    assert found == set(ALL_OBAMA)
    code, _, err = run("albums", "keep", "OBAMA", PORTRAITS / "obama.jpg")
    assert code == cli.FAILED
    assert "already" in err

    (tmp_path / "more").mkdir()
    shutil.copy(PORTRAITS / "obama3.jpg", tmp_path / "more" / "obama3.jpg")
    done(run, "scan", tmp_path / "more")
    assert done(run, "albums")[0]["matches"] == 4
    assert len(done(run, "search", "--album", "Obama", "--folder", tmp_path / "more")) == 1
    done(run, "scan", "--afresh")
    assert done(run, "albums") == [{"name": "Obama", "faces": 2, "matches": 4}]

    done(run, "albums", "remove", "Obama")
    assert done(run, "albums") == []
    assert done(run, "history")[0]["words"] == "Removal of the album “Obama”"
    done(run, "undo")
    assert done(run, "albums")[0]["name"] == "Obama"


def test_a_filter_alone_lists_what_passes(run: Run) -> None:
    seen = faces(run)
    done(run, "name", *(seen[photo]["id"] for photo in OBAMA), "Barack Obama")
    assert {Path(row["photo"]).name for row in done(run, "search", "--named")} == set(ALL_OBAMA)
    rows = done(run, "search", "--person", "Barack Obama", "--rows", "photos")
    assert {Path(row["photo"]).name for row in rows} == set(ALL_OBAMA)
    assert not {Path(row["photo"]).name for row in done(run, "search", "--unnamed")} & set(ALL_OBAMA)
    assert done(run, "search", PORTRAITS / "obama.jpg", "--unnamed") == []
