"""A look into the bytes of an ONNX file before onnxruntime gets them.

ONNX is protobuf: a message is a row of (field number, value), and what is not asked for is skipped by its length.
Numbers of fields are from onnx.proto (onnx/onnx, Apache-2.0). Only structure is read, never a weight, so a file of a
gigabyte takes as long as one of a megabyte.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5  # wire types
_EXTERNAL = 1  # TensorProto.DataLocation
_MAX_DEPTH = 64  # of graphs within nodes of graphs

# Field numbers.
_MODEL_GRAPH, _MODEL_OPSET, _MODEL_FUNCTION = 7, 8, 25
_OPSET_DOMAIN, _OPSET_VERSION = 1, 2
_FUNCTION_NODE, _FUNCTION_DOMAIN = 7, 10
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_SPARSE = 1, 5, 15
_NODE_TYPE, _NODE_ATTRIBUTE, _NODE_DOMAIN = 4, 5, 7
_ATTRIBUTE_TENSOR, _ATTRIBUTE_GRAPH, _ATTRIBUTE_TENSORS, _ATTRIBUTE_GRAPHS = 5, 6, 10, 11
_ATTRIBUTE_SPARSE = (22, 23)
_SPARSE_TENSORS = (1, 2)
_TENSOR_EXTERNAL, _TENSOR_LOCATION = 13, 14
_PAIR_KEY, _PAIR_VALUE = 1, 2


class NotOnnxError(ValueError):
    """These bytes are no ONNX model, or not all of one."""


@dataclass(slots=True)
class Structure:
    """What the bytes say of themselves."""

    opsets: dict[str, int] = field(default_factory=dict)  # version by domain, "" is ONNX's own
    operators: set[tuple[str, str]] = field(default_factory=set)  # (domain, type) of all nodes
    functions: set[str] = field(default_factory=set)  # domains of functions that the file itself defines
    external: list[str] = field(default_factory=list)  # files that hold weights, as they are named


def read_structure(data: bytes) -> Structure:
    """Return what an ONNX file holds. Raises ``NotOnnxError`` if it is none or was cut off."""
    found = Structure()
    graphs = 0
    for number, value in _fields(memoryview(data)):
        if number == _MODEL_GRAPH:
            graphs += 1
            _graph(_message(value), found, 0)
        elif number == _MODEL_OPSET:
            opset = dict(_fields(_message(value)))
            version = opset.get(_OPSET_VERSION, 0)
            found.opsets[_text(opset.get(_OPSET_DOMAIN, b""))] = version if isinstance(version, int) else 0
        elif number == _MODEL_FUNCTION:
            _function(_message(value), found)
    if graphs != 1 or not found.operators or not found.opsets:
        raise NotOnnxError("it holds no network")
    return found


def _function(message: memoryview, found: Structure) -> None:
    for number, value in _fields(message):
        if number == _FUNCTION_DOMAIN:
            found.functions.add(_text(value))
        elif number == _FUNCTION_NODE:
            _node(_message(value), found, 0)


def _graph(message: memoryview, found: Structure, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise NotOnnxError("its graphs are nested too deeply")
    for number, value in _fields(message):
        if number == _GRAPH_NODE:
            _node(_message(value), found, depth)
        elif number == _GRAPH_INITIALIZER:
            _tensor(_message(value), found)
        elif number == _GRAPH_SPARSE:
            _sparse(_message(value), found)


def _node(message: memoryview, found: Structure, depth: int) -> None:
    kind = domain = ""
    for number, value in _fields(message):
        if number == _NODE_TYPE:
            kind = _text(value)
        elif number == _NODE_DOMAIN:
            domain = _text(value)
        elif number == _NODE_ATTRIBUTE:
            _attribute(_message(value), found, depth)
    if not kind:
        raise NotOnnxError("a node has no type")
    found.operators.add((domain, kind))


def _attribute(message: memoryview, found: Structure, depth: int) -> None:
    for number, value in _fields(message):
        if number in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS):
            _graph(_message(value), found, depth + 1)
        elif number in (_ATTRIBUTE_TENSOR, _ATTRIBUTE_TENSORS):
            _tensor(_message(value), found)
        elif number in _ATTRIBUTE_SPARSE:
            _sparse(_message(value), found)


def _sparse(message: memoryview, found: Structure) -> None:
    for number, value in _fields(message):
        if number in _SPARSE_TENSORS:
            _tensor(_message(value), found)


def _tensor(message: memoryview, found: Structure) -> None:
    place = ""
    outside = False
    for number, value in _fields(message):
        if number == _TENSOR_LOCATION:
            outside = outside or value == _EXTERNAL
        elif number == _TENSOR_EXTERNAL:
            outside = True
            pair = dict(_fields(_message(value)))
            if _text(pair.get(_PAIR_KEY, b"")) == "location":
                place = _text(pair.get(_PAIR_VALUE, b""))
    if outside:
        found.external.append(place)


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield (field number, value) of a message: an int, or the bytes of anything with a length."""
    place, end = 0, len(message)
    while place < end:
        key, place = _varint(message, place)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, place = _varint(message, place)
            yield number, value
            continue
        if wire == _BYTES:
            length, place = _varint(message, place)
        elif wire in (_FIXED32, _FIXED64):
            length = 4 if wire == _FIXED32 else 8
        else:
            raise NotOnnxError("it is not protobuf")
        if number == 0 or place + length > end:
            raise NotOnnxError("it is cut off or damaged")
        yield number, message[place : place + length]
        place += length


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(message):
            raise NotOnnxError("it is cut off or damaged")
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
    raise NotOnnxError("it is not protobuf")


def _message(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise NotOnnxError("it is not protobuf of ONNX")
    return value


def _text(value: int | memoryview | bytes) -> str:
    if isinstance(value, int):
        raise NotOnnxError("it is not protobuf of ONNX")
    return bytes(value).decode("utf-8", errors="replace")
