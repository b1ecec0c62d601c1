"""Permissions that bite although the tests may run as root, whom none binds."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@contextlib.contextmanager
def permissions(path: Path, mode: int) -> Iterator[None]:
    """Give a file or folder a mode, and be somebody whom it binds."""
    if sys.platform == "win32":
        pytest.skip("needs POSIX permissions")
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        with plain_user(path):
            yield
    finally:
        path.chmod(before)


@contextlib.contextmanager
def plain_user(path: Path) -> Iterator[None]:
    """Be somebody who may reach a path but has no rights of root."""
    if sys.platform == "win32":
        pytest.skip("needs POSIX permissions")
    if os.geteuid() != 0:
        yield
        return
    # The test's own folder lies in folders that only root may enter.
    closed = {above: above.stat().st_mode for above in path.parents if above.stat().st_mode & 0o055 != 0o055}
    for above, mode in closed.items():
        above.chmod(mode | 0o055)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        for above, mode in closed.items():
            above.chmod(mode)
