"""What the endurance tests change in a Faceapp process and its children, so that the product needs no code for them.

Python imports this module at its start, also in spawned children, when its folder stands first in ``PYTHONPATH``.

``PROOF_DECODES``  file to which every decoded picture appends its name as JSON, one a line
``PROOF_TRAPS``    JSON: what decoding a picture of that name does instead: "crash", "hang" or "eat" (memory)
``PROOF_LIMITS``   JSON: values put into ``faceapp.imaging.limits``
``PROOF_ARRIVE``   JSON: bytes (hex) that are appended to a file of that name the moment it is opened for reading
``PROOF_VANISH``   JSON: names of files that are deleted the moment they are opened for reading
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import json
import os
import pathlib
import signal
import sys
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

EATEN_AT_MOST = 6 << 30  # bytes: a machine on which nobody stops the eater shall survive the test
MOUTHFUL = 64 << 20


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang() -> None:
    time.sleep(600)  # longer than any limit: only being ended ends it


def eat() -> None:
    eaten: list[bytes] = []
    while len(eaten) * MOUTHFUL < EATEN_AT_MOST:
        eaten.append(b"x" * MOUTHFUL)
        time.sleep(0.02)  # grows as a decoder does, so that the parent can notice
    raise MemoryError


TRAPS = {"crash": crash, "hang": hang, "eat": eat}


def watch_decoder(module: Any) -> None:
    decode, log, traps = module.decode_bytes, os.environ.get("PROOF_DECODES"), json.loads(os.environ["PROOF_TRAPS"])

    def decode_bytes(data: bytes, name: str, *args: Any) -> Any:
        if log:
            file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(file, json.dumps(name).encode() + b"\n")  # one call: lines of several processes do not mix
            os.close(file)
        if name in traps:
            TRAPS[traps[name]]()
        return decode(data, name, *args)

    module.decode_bytes = decode_bytes


def shorten_limits(module: Any) -> None:
    for name, value in json.loads(os.environ["PROOF_LIMITS"]).items():
        assert hasattr(module, name), name
        setattr(module, name, value)


CHANGES: dict[str, Callable[[ModuleType], None]] = {
    "faceapp.imaging.decode": watch_decoder,
    "faceapp.imaging.limits": shorten_limits,
}


class Changer(importlib.abc.MetaPathFinder):
    """Loads the modules as ever, then changes them before anybody has seen them."""

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> Any:
        if fullname not in CHANGES:
            return None
        spec: Any = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        load = spec.loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            CHANGES[fullname](module)

        spec.loader.exec_module = load_and_change
        return spec


def move_files() -> None:
    """Let files grow and vanish at the worst moment: looked at already, about to be opened."""
    arrive, vanish = json.loads(os.environ["PROOF_ARRIVE"]), set(json.loads(os.environ["PROOF_VANISH"]))

    def before_open(event: str, args: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(args[0], (str, bytes)):
            return
        path = pathlib.Path(os.fsdecode(args[0]))
        if path.name in arrive:
            rest = bytes.fromhex(arrive.pop(path.name))  # popped first: the next line opens the file, too
            with path.open("ab") as file:
                file.write(rest)
        elif path.name in vanish:
            vanish.discard(path.name)
            path.unlink()

    sys.addaudithook(before_open)


for variable in ("PROOF_TRAPS", "PROOF_LIMITS", "PROOF_ARRIVE"):
    os.environ.setdefault(variable, "{}")
os.environ.setdefault("PROOF_VANISH", "[]")
sys.meta_path.insert(0, Changer())
if os.environ["PROOF_ARRIVE"] != "{}" or os.environ["PROOF_VANISH"] != "[]":
    move_files()
