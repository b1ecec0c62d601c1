from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from faceapp.library.library import Library
from tests import permissions
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
    """Run the test as somebody whom permissions bind, in a folder of their own."""
    if sys.platform != "win32" and os.geteuid() == 0:
        os.chown(tmp_path, permissions.NOBODY, permissions.NOBODY)
    with permissions.plain_user(tmp_path):
        yield
