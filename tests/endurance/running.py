"""Runs Faceapp the way its users do: a process of its own with its children, the real models, nothing faked."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.faces.shared import REPOSITORY

HOOK = Path(__file__).parent / "hook"  # its sitecustomize.py says what each PROOF_ variable does
_SAMPLE_SECONDS = 0.1
_MARK = "PROOF_MARK"  # tells our processes, and the children of those that were killed, from all others


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended. ``peak_bytes`` is the most that it and its children took together (resident)."""

    code: int
    out: str
    err: str
    peak_bytes: int

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Runner:
    """Starts Faceapp on one library, with its settings and its hooks."""

    folder: Path  # of its own: settings, output
    library: Path
    hooks: Mapping[str, object] = field(default_factory=dict)  # PROOF_ variables without the prefix, and their values
    workers: int = 2
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    def start(self, *arguments: str | Path, before: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Start a command, in a process group of its own; ``before`` is the command that runs it."""
        settings = self.folder / "Faceapp" / "faceapp.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f"workers = {self.workers}\n")
        hooks = {f"PROOF_{name}": json.dumps(value) for name, value in self.hooks.items()}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PROOF_")}
        own = {"XDG_CONFIG_HOME": str(self.folder), "PYTHONPATH": str(HOOK), _MARK: self.mark}
        own["PROOF_DECODES"] = str(self.folder / "decodes")
        command = [*before, sys.executable, "-m", "faceapp", *arguments, "--library", self.library]
        with (self.folder / "out").open("wb") as out, (self.folder / "err").open("wb") as err:
            return subprocess.Popen(
                [os.fspath(part) for part in command],
                cwd=REPOSITORY,
                env=inherited | own | hooks,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    def run(self, *arguments: str | Path, seconds: float = 120, before: Sequence[str] = ()) -> Outcome:
        """Run a command to its end; one that takes longer than ``seconds`` hangs, and fails the test."""
        process = self.start(*arguments, before=before)
        deadline, peak = time.monotonic() + seconds, 0
        while process.poll() is None:
            peak = max(peak, tree_bytes(process.pid))
            if time.monotonic() > deadline:
                self.end_all()
                pytest.fail(f"faceapp {arguments[0]} did not end within {seconds:.0f} s. {self.words()}")
            time.sleep(_SAMPLE_SECONDS)
        words = self.words()
        assert "Traceback" not in words, words
        return Outcome(process.returncode, (self.folder / "out").read_text(), words, peak)

    def words(self) -> str:
        """Return what the last command said on stderr."""
        return (self.folder / "err").read_text(errors="backslashreplace")

    def decodes(self) -> list[str]:
        """Return the names of all pictures that were decoded so far, in order, over all runs."""
        log = self.folder / "decodes"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    def processes(self) -> list[psutil.Process]:
        """Return every process that was started by this runner or by what it started, and lives."""
        mine = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(_MARK) == self.mark and process.status() != psutil.STATUS_ZOMBIE:
                    mine.append(process)
            except psutil.Error:
                continue  # ended meanwhile, or somebody else's
        return mine

    def left_over(self, seconds: float = 15) -> list[psutil.Process]:
        """Return the processes that are still there after they had time to notice that they are alone."""
        return list(psutil.wait_procs(self.processes(), timeout=seconds)[1])

    def end_all(self) -> None:
        for process in self.processes():
            process.kill()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the library's database, changing nothing; also while it is being written."""
        connection = sqlite3.connect(f"{(self.library / 'library.sqlite').as_uri()}?mode=ro", uri=True, timeout=10)
        try:
            return list(connection.execute(sql))
        finally:
            connection.close()


def tree_bytes(pid: int) -> int:
    """Return the resident bytes of a process and all its children; shared pages count for each."""
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for process in tree:
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue
    return total
