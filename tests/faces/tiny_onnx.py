"""Tiny ONNX networks, written as protobuf by hand: the numbers of fields are those of onnx.proto."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

FLOAT, INT64, FLOAT16 = 1, 7, 10
_TYPES = {np.dtype(np.float32): FLOAT, np.dtype(np.int64): INT64, np.dtype(np.float16): FLOAT16}

Size = int | str  # a name stands for any size


def _varint(value: int) -> bytes:
    out = bytearray()
    value &= (1 << 64) - 1
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(place: int, value: int) -> bytes:
    return _varint(place << 3) + _varint(value)


def message(place: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(place << 3 | 2) + _varint(len(data)) + data


def tensor(name: str, values: np.ndarray) -> bytes:
    """Return a TensorProto."""
    dims = b"".join(number(1, size) for size in values.shape)
    return dims + number(2, _TYPES[values.dtype]) + message(8, name) + message(9, values.tobytes())


def external(name: str, shape: Sequence[int], location: str) -> bytes:
    """Return a TensorProto whose values stand in another file."""
    dims = b"".join(number(1, size) for size in shape)
    pair = message(1, "location") + message(2, location)
    return dims + number(2, FLOAT) + message(8, name) + message(13, pair) + number(14, 1)


def node(kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: int | Sequence[int]) -> bytes:
    """Return a NodeProto with whole numbers as attributes."""
    data = b"".join(message(1, name) for name in inputs) + message(2, output) + message(4, kind)
    for name, value in attributes.items():
        if isinstance(value, int):
            content = number(3, value) + number(20, 2)
        else:
            content = b"".join(number(8, one) for one in value) + number(20, 7)
        data += message(5, message(1, name) + content)
    return data + (message(7, domain) if domain else b"")


def value_info(name: str, shape: Sequence[Size], kind: int = FLOAT) -> bytes:
    """Return a ValueInfoProto of a tensor."""
    dims = b"".join(message(1, number(1, d) if isinstance(d, int) else message(2, d)) for d in shape)
    return message(1, name) + message(2, message(1, number(1, kind) + message(2, dims)))


def graph(
    nodes: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes], weights: Sequence[bytes] = ()
) -> bytes:
    """Return a GraphProto."""
    rows = [(1, nodes), (5, weights), (11, inputs), (12, outputs)]
    return message(2, "tiny") + b"".join(message(place, one) for place, many in rows for one in many)


def model(content: bytes, opset: int = 13, domains: Sequence[str] = (), functions: Sequence[bytes] = ()) -> bytes:
    """Return a ModelProto, the bytes of a file."""
    opsets = message(8, number(2, opset)) + b"".join(message(8, message(1, d) + number(2, 1)) for d in domains)
    return number(1, 8) + message(7, content) + opsets + b"".join(message(25, one) for one in functions)


@dataclass(frozen=True)
class Network:
    """A network over one picture: nodes from ``face`` to ``vector``, with weights by name."""

    shape: Sequence[Size]
    output: int
    nodes: Sequence[bytes]
    weights: Mapping[str, np.ndarray]

    def data(self) -> bytes:
        inputs, outputs = [value_info("face", self.shape)], [value_info("vector", [self.shape[0], self.output])]
        return model(graph(self.nodes, inputs, outputs, [tensor(n, w) for n, w in self.weights.items()]))


def tap(shape: Sequence[Size], places: np.ndarray) -> bytes:
    """Return a network whose vector are the numbers at some places (flat, int64) of what it is fed."""
    nodes = [node("Flatten", ["face"], "flat"), node("Gather", ["flat", "places"], "vector", axis=1)]
    return Network(shape, len(places), nodes, {"places": places}).data()


def linear(shape: Sequence[Size], weights: np.ndarray, *, cell: int = 8, inside: bool = False) -> bytes:
    """Return a network that averages cells of pixels and multiplies them by weights (cells × channels, output).

    ``shape`` with the channels last is turned first. ``inside``: the network itself subtracts 127.5 and divides by it.
    """
    nodes, last, more = [], "face", {}
    if shape[3] in (1, 3):
        nodes.append(node("Transpose", [last], "turned", perm=[0, 3, 1, 2]))
        last = "turned"
    if inside:
        nodes += [node("Sub", [last, "half"], "centred"), node("Div", ["centred", "half"], "scaled")]
        last, more = "scaled", {"half": np.array([127.5], np.float32)}
    nodes += [
        node("AveragePool", [last], "cells", kernel_shape=[cell, cell], strides=[cell, cell]),
        node("Flatten", ["cells"], "flat"),
        node("MatMul", ["flat", "weights"], "vector"),
    ]
    return Network(shape, weights.shape[1], nodes, {"weights": weights.astype(np.float32)} | more).data()
