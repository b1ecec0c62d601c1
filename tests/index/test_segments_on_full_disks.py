from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from faceapp.index import segments
from faceapp.index.segments import read_segments
from tests.index.test_segments import ORIGIN, PARTS, assert_same, make_rows, write


class FullDisk:
    """Fails at one of the calls that writing makes, counted from 0, and at every one of its kind after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
        self.calls: list[str] = []
        self._fails_at = fails_at
        for owner, name in ((Path, "mkdir"), (Path, "replace"), (os, "fsync"), (os, "open"), (np, "memmap")):
            monkeypatch.setattr(owner, name, self._counted(name, getattr(owner, name)))
        opened = Path.open
        monkeypatch.setattr(Path, "open", self._counted("open", lambda *given: FullFile(opened(*given), self)))

    def _counted(self, name: str, call: Any) -> Any:
        def counted(*given: Any, **named: Any) -> Any:
            self.check(name)
            return call(*given, **named)

        return counted

    def check(self, name: str) -> None:
        self.calls.append(name)
        if len(self.calls) > self._fails_at and name == self.calls[self._fails_at]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullFile:
    def __init__(self, file: Any, disk: FullDisk) -> None:
        self._file, self._disk = file, disk

    def __enter__(self) -> FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: Any) -> None:
        try:
            self._disk.check("write")
        except OSError:
            self._file.write(data[: len(data) // 2])
            raise
        self._file.write(data)

    def flush(self) -> None:
        self._disk.check("flush")
        self._file.flush()


def test_a_disk_that_fills_up_at_any_call(tmp_path: Path) -> None:
    """Nothing is left of the file, and the one before is as it was."""
    before, rows = write(tmp_path / "one", make_rows()).path, make_rows(seed=2)
    with pytest.MonkeyPatch.context() as patch:
        calls = FullDisk(patch, 1000).calls
        assert_same(write(tmp_path / "other", rows), rows)
    assert set(calls) == {"mkdir", "open", "write", "flush", "fsync", "replace", "memmap"}
    assert calls.count("write") > 2 * len(PARTS)
    for number, call in enumerate(calls):
        with pytest.MonkeyPatch.context() as patch:
            FullDisk(patch, number)
            with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
                write(before.parent, rows)
        assert list(before.parent.iterdir()) == [before], call
    assert [found.path for found in read_segments(before.parent, ORIGIN)] == [before]


def test_more_rows_than_a_header_can_vouch_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "BLOCK_BYTES", 8)
    with pytest.raises(OSError, match="large"):
        write(tmp_path, make_rows())
    assert not list(tmp_path.iterdir())
