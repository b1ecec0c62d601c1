"""The command line end to end with the bundled models, on the portraits that the project carries."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from faceapp import cli
from faceapp.config import Config
from faceapp.doctor import examine
from faceapp.jobs import CancelToken
from faceapp.scan.pipeline import PhotoScanner
from faceapp.types_scan import ScanSummary
from tests.permissions import permissions

PORTRAITS = Path(__file__).parent / "portraits"
ROOT = Path(__file__).parent.parent

Run = Callable[..., tuple[int, list[dict[str, object]], str]]


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with seven portraits, one file that is no picture, and one that is no photo."""
    folder = tmp_path_factory.mktemp("album")
    for name in ("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "astronaut.png", "grace_hopper.jpg"):
        shutil.copy(PORTRAITS / name, folder / name)
    (folder / "broken.jpg").write_bytes(b"this is no picture")
    (folder / "notes.txt").write_text("not a photo")
    return folder


@pytest.fixture(scope="module")
def library(album: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library that holds the album."""
    folder = tmp_path_factory.mktemp("home") / "library"
    assert cli.main(["scan", str(album), "--library", str(folder)]) == cli.PROBLEMS  # broken.jpg
    return folder


@pytest.fixture
def run(library: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the library: exit code, JSON objects, stderr."""

    def call(*arguments: object, on: Path = library) -> tuple[int, list[dict[str, object]], str]:
        code = cli.main([*map(str, arguments), "--library", str(on), "--json"])
        output = capsys.readouterr()
        return code, [json.loads(line) for line in output.out.splitlines()], output.err

    return call


def names(rows: list[dict[str, object]]) -> set[str]:
    return {Path(str(row["photo"])).name for row in rows}


def test_second_scan_reads_nothing_and_lists_the_bad_file(run: Run, album: Path) -> None:
    code, rows, err = run("scan", album)
    assert code == cli.PROBLEMS
    (summary,) = rows
    assert (summary["photos"], summary["skipped"], summary["failed"]) == (7, 7, 0)
    assert summary["faces"] >= 6  # type: ignore[operator]
    assert "broken.jpg" in err


def test_failed_photos_are_read_again_on_request(run: Run, album: Path) -> None:
    code, rows, err = run("scan", album, "--retry")
    assert code == cli.PROBLEMS
    assert (rows[0]["photos"], rows[0]["skipped"], rows[0]["failed"]) == (7, 6, 1)
    assert "broken.jpg" in err


@pytest.mark.parametrize("gentle", [False, True])
def test_a_gentle_scan_is_told_to_be_gentle(
    run: Run, album: Path, monkeypatch: pytest.MonkeyPatch, gentle: bool
) -> None:
    told: list[bool] = []

    def scan(scanner: PhotoScanner, folders: Sequence[Path], *, cancel: CancelToken, **_: object) -> ScanSummary:
        told.append(cancel.gentle)
        return ScanSummary(1, 0, 1, 0, 0.0, False)

    monkeypatch.setattr(PhotoScanner, "scan", scan)
    run("scan", album, *(["--gentle"] if gentle else []))
    assert told == [gentle]


def test_a_folder_that_is_not_there_does_not_keep_the_others_from_being_read(run: Run, album: Path) -> None:
    code, rows, err = run("scan", album, album.parent / "unplugged")
    assert code == cli.PROBLEMS
    assert rows[0]["photos"] == 7
    assert "unplugged" in err


def test_faces_lists_boxes_in_upright_pixels(run: Run, album: Path) -> None:
    code, rows, _ = run("faces")
    assert code == cli.DONE
    assert names(rows) >= {"obama.jpg", "biden.jpg", "astronaut.png", "grace_hopper.jpg"}
    astronaut = next(row for row in rows if str(row["photo"]).endswith("astronaut.png"))
    x, y, w, h = astronaut["box"]  # type: ignore[misc]
    assert x < 220 < x + w  # her nose, in the picture of 512 by 512
    assert y < 120 < y + h
    told = {"id", "photo", "box", "score", "quality", "group", "person", "standing", "hidden", "rejected"}
    assert set(astronaut) == told


def test_embeddings_have_length_one(run: Run) -> None:
    _, rows, _ = run("faces", "--embeddings")
    for row in rows:
        assert sum(v * v for v in row["embedding"]) == pytest.approx(1, abs=1e-3)  # type: ignore[attr-defined]


def test_search_finds_the_person_and_nobody_else(run: Run) -> None:
    code, rows, _ = run("search", PORTRAITS / "obama.jpg", "--threshold", "0.4")
    assert code == cli.DONE
    assert names(rows) >= {"obama.jpg", "obama2.jpg"}
    assert not names(rows) & {"biden.jpg", "astronaut.png", "grace_hopper.jpg"}
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)  # type: ignore[type-var]


def test_search_for_any_and_for_all(run: Run) -> None:
    both = (PORTRAITS / "obama.jpg", PORTRAITS / "biden.jpg")
    _, anyone, _ = run("search", *both)
    assert names(anyone) >= {"obama.jpg", "biden.jpg"}
    _, together, _ = run("search", *both, "--combine", "all")
    assert names(together) == set()  # no portrait shows the two


def test_name_sticks_and_shows(run: Run) -> None:
    _, rows, _ = run("search", PORTRAITS / "grace_hopper.jpg")
    ids = [row["id"] for row in rows]
    assert run("name", *ids, "Grace Hopper")[0] == cli.DONE
    _, people, _ = run("people")
    assert {"name": "Grace Hopper", "faces": len(ids), "photos": 1, "automatic": 0, "suggested": 0} in people
    _, rows, _ = run("search", PORTRAITS / "grace_hopper.jpg")
    assert rows[0]["person"] == "Grace Hopper"


def test_models_verify(run: Run) -> None:
    code, rows, _ = run("models")
    assert code == cli.DONE
    assert {row["purpose"] for row in rows} == {"detector", "embedder"}


def test_doctor_names_the_bad_photo(run: Run) -> None:
    code, rows, _ = run("doctor")
    assert code == cli.PROBLEMS
    assert [row["part"] for row in rows if not row["ok"]] == ["photo"]
    assert any("hnswlib" in str(row["text"]) for row in rows)


def test_doctor_without_hnswlib_says_so(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hnswlib", None)
    findings = list(examine(Config(library_dir=library)))
    assert any("hnswlib is not installed" in finding.text for finding in findings)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["search", "nowhere.jpg"], "nowhere.jpg"),
        (["name", "999999", "Nobody"], "999999"),
        (["name", "1", "  "], "name"),
        (["scan", "no-such-folder"], "no-such-folder"),
    ],
)
def test_bad_input_ends_in_a_sentence(run: Run, arguments: list[str], sentence: str) -> None:
    code, rows, err = run(*arguments)
    assert code == cli.FAILED
    assert rows == []
    assert sentence in err
    assert "Traceback" not in err


def test_a_query_without_a_face_says_what_to_do(run: Run, tmp_path: Path) -> None:
    import cv2
    import numpy as np

    grey = tmp_path / "grey.png"
    grey.write_bytes(cv2.imencode(".png", np.full((300, 400, 3), 128, np.uint8))[1].tobytes())
    code, _, err = run("search", grey)
    assert code == cli.FAILED
    assert "grey.png" in err
    assert "Try a picture" in err


def test_an_empty_folder_says_so(run: Run, tmp_path: Path) -> None:
    code, rows, err = run("scan", tmp_path, on=tmp_path.parent / "empty-library")
    assert code == cli.DONE
    assert rows[0]["photos"] == 0
    assert "No photos in" in err


def test_commands_without_a_library_say_how_to_begin(run: Run, tmp_path: Path) -> None:
    code, _, err = run("faces", on=tmp_path / "none")
    assert code == cli.FAILED
    assert "faceapp scan" in err
    assert not (tmp_path / "none").exists()


def test_a_second_writer_is_told_to_wait(library: Path, run: Run, album: Path) -> None:
    from faceapp.bootstrap import open_services

    first = open_services(Config(library_dir=library))
    try:
        code, _, err = run("scan", album)
    finally:
        first.close()
    assert code == cli.FAILED
    assert str(library) in err


def test_a_library_that_cannot_be_written_says_what_to_do(run: Run, album: Path, tmp_path: Path) -> None:
    with permissions(tmp_path, 0o555):
        code, _, err = run("scan", album, on=tmp_path / "library")
    assert code == cli.FAILED
    assert str(tmp_path / "library") in err
    assert "--library" in err


def test_help_and_readme_name_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in cli.COMMANDS:
        assert f"`faceapp {command}" in text, command
    assert set(cli.build_parser()._subparsers._group_actions[0].choices) == cli.COMMANDS  # type: ignore[union-attr, arg-type]


FORBID_SOCKETS = """
import sys
def refuse(event, args):
    if event.startswith("socket."):
        raise RuntimeError("a socket was opened: " + event)
sys.addaudithook(refuse)
from faceapp.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_no_command_opens_a_socket_or_loads_qt_and_decoders_stay_in_the_children(album: Path, tmp_path: Path) -> None:
    library = str(tmp_path / "library")
    for arguments in (["scan", str(album)], ["search", str(album / "obama.jpg")], ["faces"], ["models"], ["doctor"]):
        code = FORBID_SOCKETS.replace(
            "sys.exit(main(sys.argv[1:]))",
            "code = main(sys.argv[1:])\n"
            "assert not {'PySide6', 'cv2', 'onnxruntime'} & set(sys.modules)\n"
            "sys.exit(code)",
        )
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments, "--library", library], capture_output=True, text=True, check=False
        )
        assert done.returncode in (cli.DONE, cli.PROBLEMS), done.stderr
        assert "Traceback" not in done.stderr
