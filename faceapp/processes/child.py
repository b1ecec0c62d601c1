"""What runs inside a child process: one request after the other, the next one received meanwhile.

Two threads: the main one works, the other receives, and ends the process when the parent is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from faceapp.processes import wire
from faceapp.processes.ports import Work

_PR_SET_PDEATHSIG = 1  # of Linux's prctl
_NICE = 5  # gives way to the window, and not wholly to whatever else the machine does
_LATE = 1.5  # times the limit; by then the parent would have ended this process
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # as many children as processors


def main(inbound: Connection, outbound: Connection, factory: bytes, seconds: float) -> None:
    """Make the work and do it until the parent goes away. ``factory`` is pickled: what it imports must come late."""
    _settle()
    try:
        work: Work = pickle.loads(factory)()
    except BaseException as error:
        wire.send(outbound, _failure(error))
        os._exit(1)
    wire.send(outbound, wire.pack((True, None)))
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(inbound, work, requests), daemon=True).start()
    with Path(os.devnull).open("w") as nowhere:
        while True:
            request = requests.get()
            if sys.platform != "linux":  # stuck in C code without a parent: this needs no GIL, as Linux needs not this
                faulthandler.dump_traceback_later(_LATE * seconds, exit=True, file=nowhere)
            wire.send(outbound, _answer(work, request))
            faulthandler.cancel_dump_traceback_later()
            del request


def _answer(work: Work, request: Any) -> wire.Message:
    """Return the reply, or what was raised instead; the request's memory is free when the next one comes."""
    try:
        return wire.pack((True, work(request)))
    except BaseException as error:
        return _failure(error)


def _failure(error: BaseException) -> wire.Message:
    """Pack an error with its traceback as a note; one that cannot be pickled keeps its words."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        message = wire.pack((False, error))
        pickle.loads(message.pickled)
    except Exception:
        plain = RuntimeError(f"{type(error).__name__}: {error}")
        plain.__notes__ = error.__notes__
        return wire.pack((False, plain))
    return message


def _receive(inbound: Connection, work: Work, requests: queue.SimpleQueue[Any]) -> None:
    prepare = getattr(work, "prepare", None)
    while True:
        try:
            request = wire.receive(inbound)()
        except (EOFError, OSError):
            os._exit(0)
        if prepare is not None:
            with contextlib.suppress(Exception):  # the work meets it again, where it can be told
                request = prepare(request)
        requests.put(request)
        del request


def _settle() -> None:
    """Become a quiet background process that does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        parent = parent_process()
        if parent is not None and os.getppid() != parent.pid:  # it went before that took effect
            os._exit(0)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, _NICE)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    _silence()


def _silence() -> None:
    """Let what C libraries print go nowhere; Python's own stderr still tells of bugs."""
    if sys.stderr is not None:
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
