"""The log of the window: a file that cannot grow, in the place where the system keeps logs."""

from __future__ import annotations

import faulthandler
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final, TextIO

import platformdirs

MAX_BYTES: Final = 1_000_000  # of one file
KEPT: Final = 3  # files, the one that is being written included
_FORMAT: Final = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_log = logging.getLogger(__name__)
_dying: TextIO | None = None  # stays open for as long as the process lives: a crash in C code writes to it


def log_file(folder: Path | None = None) -> Path:
    """Return the file that is written now; it need not be there yet."""
    return (folder or Path(platformdirs.user_log_dir("Faceapp", appauthor=False))) / "faceapp.log"


def start(folder: Path | None = None) -> Path | None:
    """Send warnings and errors to stderr and to the log, and a crash in C code to a file beside it.

    Returns the log, None where none can be written: then stderr has to do.
    """
    logging.basicConfig(level=logging.WARNING, format=_FORMAT)
    path = log_file(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=KEPT - 1, encoding="utf-8")
        _catch_the_worst(path.with_name("crash.log"))
    except OSError as error:
        _log.warning("nothing can be written to the log %s (%s)", path, error)
        if sys.stderr is not None:
            faulthandler.enable()
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
    return path


def stop() -> None:
    """Write what is left and let go of the files."""
    global _dying
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, RotatingFileHandler)]:
        root.removeHandler(handler)
        handler.close()
    if _dying is not None:
        faulthandler.disable()
        _dying.close()
        _dying = None


def _catch_the_worst(path: Path) -> None:
    """Have the stacks written when the process itself dies. What was written before is kept until it is large."""
    global _dying
    large = path.exists() and path.stat().st_size > MAX_BYTES
    _dying = path.open("w" if large else "a", encoding="utf-8")
    faulthandler.enable(_dying)
