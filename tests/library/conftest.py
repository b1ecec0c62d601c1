from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faceapp.library.library import Library
from tests.library.making import MODEL


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", model=MODEL) as opened:
        yield opened


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def plain_user(tmp_path: Path) -> Iterator[None]:
    """Run the test as somebody whom permissions bind: they do not bind root."""
    if sys.platform == "win32":
        pytest.skip("POSIX permissions")
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    os.chown(tmp_path, nobody, nobody)
    opened = []
    for parent in tmp_path.parents:  # the test's own folder lies in folders that only root may enter
        if not parent.stat().st_mode & 0o001:
            opened.append((parent, parent.stat().st_mode))
            parent.chmod(parent.stat().st_mode | 0o011)
    os.seteuid(nobody)
    try:
        yield
    finally:
        os.seteuid(0)
        for parent, mode in opened:
            parent.chmod(mode)
