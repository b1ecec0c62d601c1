"""On what a model is computed: the processor, or something faster where onnxruntime has it and it answers the same.

Which of them onnxruntime offers depends on the package that is installed (onnxruntime-gpu, -directml, …). An offer is
no promise: drivers are missing, graphics cards round differently. So each is tried before it is used.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from faceapp.types import FloatArray

log = logging.getLogger(__name__)

CPU = "CPU"
# onnxruntime's names of what is tried, fastest first, and what people call it.
_FASTER = {
    "CUDAExecutionProvider": "CUDA",
    "DmlExecutionProvider": "DirectML",
    "CoreMLExecutionProvider": "CoreML",
    "OpenVINOExecutionProvider": "OpenVINO",
}
_ON_CPU = "CPUExecutionProvider"
# Half precision, as CoreML computes in, is off by a thousandth of the largest value; a broken driver by all of it.
# Of embeddings it is a cosine of 0.9999, so those of the processor and of a graphics card can be compared.
_TOLERANCE = 0.01
_AS_REQUESTED = 1  # how an arena grows; by default it asks for twice as much each time


@dataclass(frozen=True, slots=True)
class Computing:
    """A session and on what it runs."""

    session: Any
    provider: str  # for people: CPU, CUDA, …
    refused: tuple[str, ...] = ()  # what is offered but not used, and why


def offered() -> list[str]:
    """Return on what this onnxruntime offers to compute, in words for people; CPU comes last."""
    import onnxruntime

    available = onnxruntime.get_available_providers()
    return [*(words for name, words in _FASTER.items() if name in available), CPU]


def cpu_session(data: bytes) -> Any:
    """Return a session that computes each call on the caller's own thread. Raises onnxruntime's own exceptions."""
    return _session(data, [_ON_CPU])


def fastest(data: bytes, on_cpu: Any, probe: dict[str, FloatArray], outputs: Sequence[str]) -> Computing:
    """Return the first faster session that answers ``probe`` as ``on_cpu`` does, else ``on_cpu``."""
    import onnxruntime

    available = onnxruntime.get_available_providers()
    refused: list[str] = []
    for name, words in _FASTER.items():
        if name not in available:
            continue
        try:
            session = _session(data, [name, _ON_CPU])
            problem = _problem(session, name, on_cpu, probe, outputs)
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            problem = str(error)
        if problem is None:
            return Computing(session, words, tuple(refused))
        log.warning("%s is offered but not used: %s", words, problem)
        refused.append(f"{words} is not used: {problem}")
    return Computing(on_cpu, CPU, tuple(refused))


def _problem(session: Any, name: str, on_cpu: Any, probe: dict[str, FloatArray], outputs: Sequence[str]) -> str | None:
    """Return why a session is not to be used."""
    if name not in session.get_providers():
        return "onnxruntime could not start it"
    for ours, theirs in zip(on_cpu.run(list(outputs), probe), session.run(list(outputs), probe), strict=True):
        largest = float(np.abs(ours).max(initial=0.0))
        if ours.shape != theirs.shape or not np.allclose(ours, theirs, rtol=0.0, atol=_TOLERANCE * largest):
            return "it gives other answers than the CPU"
    return None


def _session(data: bytes, providers: list[str]) -> Any:
    import onnxruntime

    _share_memory(onnxruntime)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.log_severity_level = 4  # errors come as exceptions
    options.add_session_config_entry("session.use_env_allocators", "1")
    if "DmlExecutionProvider" in providers:
        options.enable_mem_pattern = False  # DirectML cannot do it
    return onnxruntime.InferenceSession(data, options, providers=providers)


@functools.cache
def _share_memory(onnxruntime: ModuleType) -> None:
    """Let all sessions of the process work in one arena, which grows by what is needed: a fourth less at the peak."""
    place = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg({"arena_extend_strategy": _AS_REQUESTED}))
