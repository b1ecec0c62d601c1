"""Work for child processes. Imports next to nothing, so that a child starts in no time."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from faceapp.errors import ModelError, PhotoError


class Unpicklable(Exception):  # noqa: N818
    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def perform(request: tuple[Any, ...]) -> Any:
    """Do what the first word says."""
    match request:
        case ("echo", value):
            return value
        case ("pid",):
            return os.getpid()
        case ("environment", *names):
            return [os.environ.get(name) for name in names], os.getpriority(os.PRIO_PROCESS, 0)
        case ("photo error", words):
            raise PhotoError(words)
        case ("unpicklable error",):
            raise Unpicklable("salt", "pepper")
        case ("unpicklable reply",):
            return lambda: None
        case ("exit", code):
            os._exit(code)
        case ("crash",):
            os.kill(os.getpid(), signal.SIGSEGV)
        case ("nap", seconds):
            time.sleep(seconds)
        case ("hang",):
            time.sleep(600)
        case ("hang holding the GIL",):
            ctypes.PyDLL(None).sleep(600)
        case ("grow",):
            hoard = []
            while True:
                hoard.append(b"x" * (4 << 20))
                time.sleep(0.005)
        case ("wait for", path, *reply):
            while not Path(path).exists():
                time.sleep(0.005)
            return reply[0] if reply else os.getpid()
        case ("touch", path):
            Path(path).touch()
        case ("array", megabytes):
            import numpy as np

            return {"pixels": np.full((megabytes << 10, 1024), 7, np.uint8), "small": np.arange(5)}
        case ("sum", array):
            return int(array.sum())
        case ("babble",):
            print("on stdout", flush=True)
            os.write(1, b"from C on stdout\n")
            os.write(2, b"from C on stderr\n")
            print("from Python on stderr", file=sys.stderr)
    return None


def performer() -> Callable[[Any], Any]:
    return perform


class Preparing:
    """Work that looks at a request before its turn."""

    def prepare(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        match request:
            case ("spoilt", _):
                raise ValueError
            case ("prepared touch", path):
                Path(path).touch()
                return ("echo", "prepared")
        return request

    def __call__(self, request: tuple[Any, ...]) -> Any:
        return request[1] if request[0] == "spoilt" else perform(request)


def bad_model() -> Callable[[Any], Any]:
    raise ModelError("The model file is missing.")


def born_until(path: str) -> Callable[[Any], Any]:
    """Die unless the file is there."""
    if not Path(path).exists():
        os._exit(7)
    return perform


def logged_birth(folder: str) -> Callable[[Any], Any]:
    """Leave a file named after the process."""
    (Path(folder) / str(os.getpid())).touch()
    return perform
