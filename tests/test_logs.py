"""The log file: what is in it, how large it gets, what happens when the process dies."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faceapp import logs


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "log"
    logs.stop()


def test_warnings_stand_in_the_file_with_thread_and_time(folder: Path) -> None:
    path = logs.start(folder)
    assert path == logs.log_file(folder)
    logging.getLogger("faceapp.test").warning("the drive is slow: %s", "Ägypten")
    logging.getLogger("faceapp.test").info("not worth a line")
    text = path.read_text(encoding="utf-8")
    assert "WARNING MainThread faceapp.test: the drive is slow: Ägypten" in text
    assert "not worth" not in text


def test_the_log_does_not_grow(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 4_000)
    logs.start(folder)
    for number in range(400):
        logging.getLogger("faceapp.test").warning("line %d of many", number)
    files = sorted(path.name for path in folder.glob("faceapp.log*"))
    assert files == ["faceapp.log", "faceapp.log.1", "faceapp.log.2"]
    assert sum((folder / name).stat().st_size for name in files) <= 3 * 4_000
    assert "line 399" in (folder / "faceapp.log").read_text(encoding="utf-8")


def test_without_a_place_for_it_the_program_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "log").write_text("a file, not a folder")
    try:
        assert logs.start(tmp_path / "log") is None
    finally:
        logs.stop()
    assert "nothing can be written to the log" in caplog.text


def test_a_process_that_dies_leaves_its_stacks(tmp_path: Path) -> None:
    died = subprocess.run(
        [
            sys.executable,
            "-c",
            "import faulthandler, pathlib, sys; from faceapp import logs; "
            "logs.start(pathlib.Path(sys.argv[1])); faulthandler._sigsegv()",
            str(tmp_path),
        ],
        capture_output=True,
        timeout=60,
    )
    assert died.returncode != 0
    text = (tmp_path / "crash.log").read_text(encoding="utf-8")
    assert "Segmentation fault" in text or "access violation" in text
    assert 'File "<string>", line 1' in text
