"""What an .onnx file is, read without running it. What Faceapp could not use, or not keep, is refused with a reason."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from faceapp.errors import ModelError
from faceapp.faces.onnx_file import NotOnnxError, Structure, read_structure
from faceapp.faces.providers import cpu_session

MAX_MODEL_BYTES = 1 << 30  # the largest embedders take a quarter of it
# Domains of operators that onnxruntime brings along: ONNX's own, classic machine learning, and its own additions.
_KNOWN_DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml", "com.microsoft"})
_FLOAT = "tensor(float)"


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """An input or output. In ``shape``, None is a size that is known only when the model runs."""

    name: str
    type: str  # as onnxruntime has it: “tensor(float)”
    shape: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ModelFile:
    """A file that onnxruntime can load: a single file, no custom operators, one picture in, vectors out."""

    path: Path
    data: bytes
    sha256: str
    opset: int  # of ONNX's own operators; 0 if it uses none
    input: TensorInfo
    outputs: tuple[TensorInfo, ...]

    @property
    def size(self) -> int:
        """Return the size of the file in bytes."""
        return len(self.data)


def inspect_model(path: Path) -> ModelFile:
    """Read a file and have onnxruntime check it.

    Raises ``ModelError`` that says why it is refused: unreadable, too large, not ONNX, weights in other files, custom
    operators, several inputs, an input or output that is not of float32.
    """
    data = _read(path)
    try:
        structure = read_structure(data)
    except NotOnnxError as error:
        raise ModelError(f"{path} is not an ONNX model: {error}. Choose an .onnx file, or copy it again.") from error
    _refuse(path, structure)
    try:
        session = cpu_session(data)
    except Exception as error:  # onnxruntime's own exceptions share no public base class
        raise ModelError(
            f"{path} cannot be loaded: onnxruntime says “{error}”. Export it anew or choose another."
        ) from error
    inputs, outputs = [_info(node) for node in session.get_inputs()], [_info(node) for node in session.get_outputs()]
    if len(inputs) != 1:
        names = ", ".join(f"“{one.name}”" for one in inputs) or "none"
        raise ModelError(f"{path} has {len(inputs)} inputs ({names}). An embedder has one: the picture of a face.")
    for tensor in (inputs[0], *outputs[:1]):
        if tensor.type != _FLOAT:
            raise ModelError(
                f"{path} works with {tensor.type} at “{tensor.name}”. Faceapp feeds and reads numbers of 32 bits: "
                "export the model with float32 inputs and outputs."
            )
    version = structure.opsets.get("", structure.opsets.get("ai.onnx", 0))
    return ModelFile(path, data, hashlib.sha256(data).hexdigest(), version, inputs[0], tuple(outputs))


def _read(path: Path) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise ModelError(f"{path} is not a file. Choose an .onnx file.")
        if found.st_size > MAX_MODEL_BYTES:
            raise ModelError(
                f"{path} takes {found.st_size / 1e6:,.0f} MB; Faceapp takes models up to "
                f"{MAX_MODEL_BYTES / 1e6:,.0f} MB. Choose a smaller one."
            )
        if found.st_size == 0:
            raise ModelError(f"{path} is empty. Copy it again.")
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}). Check its permissions and its drive.") from error


def _refuse(path: Path, structure: Structure) -> None:
    """Raise ``ModelError`` for what onnxruntime would look for outside of the file."""
    if structure.external:
        place = structure.external[0]
        inside = not (_leaves(PurePosixPath(place)) or _leaves(PureWindowsPath(place)))
        where = "in another file" if inside else "in a file outside of its own folder"
        raise ModelError(
            f"{path} keeps weights {where}, “{place}”. Faceapp keeps a model as a single file, whose sha256 vouches "
            "for all of it: export it without external data."
        )
    foreign = sorted((d, kind) for d, kind in structure.operators if d not in _KNOWN_DOMAINS | structure.functions)
    if foreign:
        names = ", ".join(f"{domain}.{kind}" for domain, kind in foreign[:5])
        raise ModelError(
            f"{path} needs operators that onnxruntime does not have ({names}). Export it with ONNX's own operators."
        )


def _leaves(place: PurePosixPath | PureWindowsPath) -> bool:
    return bool(place.drive or place.root) or ".." in place.parts


def _info(node: Any) -> TensorInfo:
    sizes = (size if isinstance(size, int) and size > 0 else None for size in node.shape)
    return TensorInfo(node.name, node.type, tuple(sizes))
