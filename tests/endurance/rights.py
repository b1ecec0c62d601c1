"""What only some machines let a test do: take root's rights away, mount a small disk."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

# Those that let root pass over permissions. Without them it is an owner like any other.
_RIGHTS = "-dac_override,-dac_read_search"


@functools.cache
def without_roots_rights() -> tuple[str, ...]:
    """Return what to put before a command so that permissions bind it. Skips the test where root cannot do without."""
    if os.geteuid() != 0:
        return ()
    command = ("setpriv", f"--bounding-set={_RIGHTS}", f"--inh-caps={_RIGHTS}")
    if shutil.which("setpriv") is None or subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        pytest.skip("runs as root, whom no permission binds, and has no setpriv to do without")
    return command


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Make an empty disk of that size (as ``mount`` takes it) in a folder. Needs root; skips the test without."""
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def mount(*arguments: str | Path) -> None:
    """Run ``mount``; skips the test where that is not allowed."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root to mount a disk")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"needs the right to mount a disk: {done.stderr.strip()}")
