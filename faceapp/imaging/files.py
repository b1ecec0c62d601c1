"""Reading a photo's file: only ordinary files, never written to, never waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from faceapp.errors import PhotoError
from faceapp.imaging import limits
from faceapp.imaging.refusals import check_bytes, shown_name

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_bytes(path: Path) -> bytes:
    """Return what a photo file holds. Never waits on a pipe or a device.

    Raises ``PhotoError`` with a sentence for a person, whatever is wrong with the file.
    """
    shown = shown_name(path.name)
    if len(os.fsencode(path)) > limits.MAX_PATH_BYTES:
        raise PhotoError(
            f"The path of {shown} is longer than {limits.MAX_PATH_BYTES:,} bytes. Move it to a shorter folder."
        )
    try:
        _check_ordinary(path.stat(), shown)  # before opening: opening a device may act on it
        with open(os.open(path, _FLAGS), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
            before = os.fstat(file.fileno())  # what was opened may not be what was looked at
            _check_ordinary(before, shown)
            check_bytes(before.st_size, shown)
            data = file.read(before.st_size)
            after = os.fstat(file.fileno())
            if (len(data), after.st_mtime_ns) != (after.st_size, before.st_mtime_ns):
                raise PhotoError(f"{shown} is being written by another program. Scan its folder again when it is done.")
            return data
    except FileNotFoundError as error:
        if path.is_symlink():
            raise PhotoError(
                f"{shown} is a link to a file that is not there. Bring the file back or delete the link."
            ) from error
        raise PhotoError(f"{shown} is not there any more. Scan its folder again.") from error
    except PermissionError as error:
        raise PhotoError(
            f"You are not allowed to read {shown}. Change the permissions of the file or its folder."
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise PhotoError(f"{shown} cannot be read ({why}). Check the drive and try again.") from error


def _check_ordinary(facts: os.stat_result, shown: str) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise PhotoError(f"{shown} is not an ordinary file but a folder, pipe or device. Choose a picture file.")
