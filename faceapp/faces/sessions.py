"""ONNX sessions: one a model, made on first use, shared by all threads.

As many threads as there are cores call one shared session that computes each call on the
caller's own thread. Measured on two cores, that gives twice the photos a second of a session
with its own two threads. Only this module imports onnxruntime, and only when a model is needed.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from faceapp.errors import ModelError
from faceapp.faces.catalogue import REMEDY, Model, read_model
from faceapp.types import FloatArray

# onnxruntime keeps the memory of every input size it has seen. Giving the unused part back after each run makes a
# run half as long again; after each 32nd, it costs nothing.
_RUNS_TO_SHRINK = 32
_AS_REQUESTED = 1  # how an arena grows; by default it asks for twice as much each time


class Session(Protocol):
    """Runs a model. Safe from several threads at once."""

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        """Return the model's outputs for one input tensor, in the order of ``Model.output_names``."""


class OnnxSession:
    """A model's session. The file is read, checked and loaded at the first ``run`` or by ``load``."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._session: Any = None
        self._plain: Any = None  # run options
        self._shrinking: Any = None
        self._runs = itertools.count(1)  # next() is atomic

    def load(self) -> None:
        """Make the session if there is none. Raises ``ModelError`` if the file cannot be used."""
        if self._session is not None:
            return
        with self._lock:
            if self._session is None:
                self._session = self._make()

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        """Run the model on the calling thread. Raises ``ModelError`` if it refuses the tensor."""
        self.load()
        model = self._model
        options = self._plain if next(self._runs) % _RUNS_TO_SHRINK else self._shrinking
        try:
            outputs = self._session.run(list(model.output_names), {model.input_name: tensor}, options)
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise ModelError(f"The model {model.path} could not be run on {tensor.shape}: {error}") from error
        return [np.asarray(output, np.float32) for output in outputs]

    def _make(self) -> Any:
        data = read_model(self._model)
        import onnxruntime

        _share_memory()

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        options.log_severity_level = 3  # errors only
        options.add_session_config_entry("session.use_env_allocators", "1")
        self._plain, self._shrinking = onnxruntime.RunOptions(), onnxruntime.RunOptions()
        self._plain.log_severity_level = self._shrinking.log_severity_level = 3
        self._shrinking.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        try:
            session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # see run()
            raise ModelError(f"The model file {self._model.path} cannot be loaded ({error}). {REMEDY}") from error
        inputs = [node.name for node in session.get_inputs()]
        outputs = {node.name for node in session.get_outputs()}
        if inputs != [self._model.input_name] or not outputs.issuperset(self._model.output_names):
            raise ModelError(
                f"The model file {self._model.path} does not fit its entry in the list of models: "
                f"it has inputs {inputs} and outputs {sorted(outputs)}. {REMEDY}"
            )
        return session


@functools.cache
def _share_memory() -> None:
    """Let all sessions of the process work in one arena, which grows by what is needed: a fourth less at the peak."""
    import onnxruntime

    place = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    onnxruntime.create_and_register_allocator(place, onnxruntime.OrtArenaCfg({"arena_extend_strategy": _AS_REQUESTED}))
