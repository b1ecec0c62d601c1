"""Messages between a parent and a child over a connection.

Large arrays travel beside the pickle (protocol 5) and are received into their final place, so that a picture of
hundreds of megabytes is never held twice on either side.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_BESIDE_BYTES = 1 << 16  # smaller buffers stay in the pickle
_CHUNK_BYTES = 1 << 20  # a message of the connection is copied whole


@dataclass(frozen=True)
class Message:
    """A pickled value, ready to be sent."""

    pickled: bytes
    buffers: list[memoryview]


def pack(value: Any) -> Message:
    """Pickle a value. Raises what pickling raises; nothing is sent yet."""
    buffers: list[memoryview] = []

    def keep(buffer: pickle.PickleBuffer) -> bool:
        view = buffer.raw()
        if view.nbytes < _BESIDE_BYTES:
            return True
        buffers.append(view)
        return False

    return Message(pickle.dumps(value, protocol=5, buffer_callback=keep), buffers)


def send(connection: Connection, message: Message) -> None:
    """Raises ``OSError`` when the other side is gone."""
    connection.send_bytes(pickle.dumps([view.nbytes for view in message.buffers]))
    connection.send_bytes(message.pickled)
    for view in message.buffers:
        for start in range(0, view.nbytes, _CHUNK_BYTES):
            connection.send_bytes(view[start : start + _CHUNK_BYTES])


def receive(connection: Connection) -> Callable[[], Any]:
    """Wait for a message and return what unpickles it. Raises ``EOFError`` or ``OSError`` when the other side is gone.

    Apart, since unpickling runs code that may raise anything.
    """
    sizes: list[int] = pickle.loads(connection.recv_bytes())
    pickled = connection.recv_bytes()
    buffers = [bytearray(size) for size in sizes]
    for buffer in buffers:
        filled = 0
        while filled < len(buffer):
            filled += connection.recv_bytes_into(buffer, filled)
    return lambda: pickle.loads(pickled, buffers=buffers)
