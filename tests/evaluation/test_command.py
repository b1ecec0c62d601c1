"""``faceapp evaluate`` with the bundled models, on the portraits that the project carries. No library is needed."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from faceapp import bootstrap, cli
from faceapp.config import Config
from faceapp.ports import Pictures, Recognition
from tests.evaluation.support import NamedPictures
from tests.faces.shared import PORTRAITS

OBAMA = ("obama.jpg", "obama2.jpg", "obama3.jpg")
PAIRS = """obama.jpg obama2.jpg 1
obama.jpg "obama 3.jpg" 1
obama2.jpg astronaut.png 0
obama.jpg biden.jpg 0
biden.jpg broken.jpg 0
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three people in it."""
    folder = tmp_path_factory.mktemp("people")
    for person, names in {"Obama": OBAMA, "Biden": ("biden.jpg",), "Collins": ("astronaut.png",)}.items():
        (folder / person).mkdir()
        for name in names:
            shutil.copy(PORTRAITS / name, folder / person / name)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "no-library"


def test_a_folder_of_people(people: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    code = cli.main(["evaluate", str(people), "--json", "--out", str(out), "--library", str(library)])
    output = capsys.readouterr()
    assert code == cli.DONE, output.err
    values = json.loads(output.out)
    assert (values["pictures"], values["same_pairs"], values["other_pairs"]) == (5, 3, 7)
    assert values["best_balanced_accuracy"] == 1
    assert values["same_mean"] > 0.5 > values["other_mean"]
    assert values["tar_at_far"]["1e-01"] is None
    assert values["problems"] == []
    assert {path.name for path in out.iterdir()} == {
        "report.json", "roc.csv", "scores.csv", "report.png", "failures.png"
    }  # fmt: skip
    assert json.loads((out / "report.json").read_text("utf-8")) == values
    assert not library.exists()


def test_a_pairs_file_with_a_bad_picture(
    people: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    album = tmp_path / "album"
    album.mkdir()
    for name in ("obama.jpg", "obama2.jpg", "biden.jpg", "astronaut.png"):
        shutil.copy(PORTRAITS / name, album / name)
    shutil.copy(PORTRAITS / "obama3.jpg", album / "obama 3.jpg")
    (album / "broken.jpg").write_bytes(b"no picture")
    file = tmp_path / "pairs.txt"
    file.write_text(PAIRS, "utf-8")
    before = {path: path.read_bytes() for path in album.iterdir()}
    code = cli.main(["evaluate", str(file), "--root", str(album), "--library", str(library)])
    output = capsys.readouterr()
    assert code == cli.PROBLEMS
    assert "broken.jpg" in output.err
    assert "2 of one person, 3 of two people" in output.out
    assert "balanced accuracy 1.0000" in output.out
    assert "1 pair has a picture without a face" in output.out
    assert {path: path.read_bytes() for path in album.iterdir()} == before


def test_what_cannot_run_is_said(
    people: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pairs.txt"
    file.write_text("a b\n", "utf-8")
    for arguments, words in (
        ([file], "line 1"),
        ([tmp_path / "gone"], "is not there"),
        ([people, "--model", "no-such-model"], "no-such-model"),
        ([people, "--out", file], "cannot be made"),
    ):
        code = cli.main(["evaluate", *map(str, arguments), "--library", str(library)])
        assert code == cli.FAILED
        assert words in capsys.readouterr().err


class _Facts:
    model_id, dimension, slider_minimum, search_threshold = "fake", 2, 0.1, 0.4


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> NamedPictures:
    """Let the command see pictures by their names."""
    pictures = NamedPictures({"1": 0, "2": 10, "3": 90})

    @contextmanager
    def open_pictures(config: Config, model_id: str | None) -> Iterator[tuple[Recognition, Pictures]]:
        yield _Facts(), pictures

    monkeypatch.setattr(bootstrap, "open_pictures", open_pictures)
    return pictures


@pytest.fixture
def numbered(tmp_path: Path) -> Path:
    for name in ("Ann/1.jpg", "Ann/2.jpg", "Bob/3.jpg"):
        (tmp_path / "numbered" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "numbered" / name).touch()
    return tmp_path / "numbered"


def test_progress_on_a_terminal(
    named: NamedPictures, numbered: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert cli.main(["evaluate", str(numbered)]) == cli.DONE
    output = capsys.readouterr()
    assert "1 of 3 pictures" in output.err
    assert "3 of 3 pictures" in output.err
    assert "\x1b" not in output.out


def test_interrupted_from_the_keyboard(
    named: NamedPictures, numbered: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = signal.getsignal(signal.SIGINT)
    opened = bootstrap.open_pictures

    @contextmanager
    def interrupted(config: Config, model_id: str | None) -> Iterator[tuple[Recognition, Pictures]]:
        signal.raise_signal(signal.SIGINT)
        with opened(config, model_id) as both:
            yield both

    monkeypatch.setattr(bootstrap, "open_pictures", interrupted)
    assert cli.main(["evaluate", str(numbered)]) == cli.PROBLEMS
    output = capsys.readouterr()
    assert "Stopped" in output.err
    assert output.out == ""
    assert named.found == []
    assert signal.getsignal(signal.SIGINT) is handler


def test_every_option_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    parser = cli.build_parser()
    with pytest.raises(SystemExit):
        parser.parse_args(["evaluate", "--help"])
    text = capsys.readouterr().out
    assert all(option in text for option in ("PAIRS", "--root", "--model", "--out", "--json"))
