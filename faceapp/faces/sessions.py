"""ONNX sessions: one a model, made on first use, shared by all threads.

As many threads as there are cores call one shared session that computes each call on the
caller's own thread. Measured on two cores, that gives twice the photos a second of a session
with its own two threads. Only this module and ``providers`` import onnxruntime, and only when a model is needed.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.catalogue import Model, load_catalogue, read_model
from faceapp.faces.providers import CPU, Computing, cpu_session, fastest, offered
from faceapp.types import FloatArray

# onnxruntime keeps the memory of every input size it has seen. Giving the unused part back after each run makes a
# run half as long again; after each 32nd, it costs nothing.
_RUNS_TO_SHRINK = 32


class Session(Protocol):
    """Runs a model. Safe from several threads at once."""

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        """Return the model's outputs for one input tensor, in the order of ``Model.output_names``."""


class OnnxSession:
    """A model's session. The file is read, checked and loaded at the first ``run`` or by ``load``."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._computing: Computing | None = None
        self._turn = threading.Lock()  # not every graphics card bears two runs of a session at a time
        self._plain: Any = None  # run options
        self._shrinking: Any = None
        self._runs = itertools.count(1)  # next() is atomic

    def load(self) -> None:
        """Make the session if there is none. Raises ``ModelError`` if the file cannot be used."""
        if self._computing is not None:
            return
        with self._lock:
            if self._computing is None:
                self._computing = self._make()

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        """Run the model on the calling thread. Raises ``ModelError`` if it refuses the tensor."""
        computing, model = self.computing, self._model
        options = self._plain if next(self._runs) % _RUNS_TO_SHRINK else self._shrinking
        try:
            with contextlib.nullcontext() if computing.provider == CPU else self._turn:
                outputs = computing.session.run(list(model.output_names), {model.input_name: tensor}, options)
        except Exception as error:  # onnxruntime's own exceptions share no public base class
            raise ModelError(f"The model {model.path} could not be run on {tensor.shape}: {error}") from error
        return [np.asarray(output, np.float32) for output in outputs]

    @property
    def computing(self) -> Computing:
        """Return on what the model runs; loads it. Raises ``ModelError`` if the file cannot be used."""
        self.load()
        assert self._computing is not None
        return self._computing

    def _make(self) -> Computing:
        model = self._model
        data = read_model(model)
        import onnxruntime

        self._plain, self._shrinking = onnxruntime.RunOptions(), onnxruntime.RunOptions()
        self._plain.log_severity_level = self._shrinking.log_severity_level = 4  # as providers has it
        self._shrinking.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        try:
            session = cpu_session(data)
        except Exception as error:  # see run()
            raise ModelError(f"The model file {model.path} cannot be loaded ({error}). {model.remedy}") from error
        inputs = [node.name for node in session.get_inputs()]
        outputs = {node.name for node in session.get_outputs()}
        if inputs != [model.input_name] or not outputs.issuperset(model.output_names):
            raise ModelError(
                f"The model file {model.path} does not fit its entry in the list of models: "
                f"it has inputs {inputs} and outputs {sorted(outputs)}. {model.remedy}"
            )
        return fastest(data, session, {model.input_name: _probe(model)}, model.output_names)


def _probe(model: Model) -> FloatArray:
    """Return noise as the model would get it, the same every time."""
    pixels = np.random.default_rng(0).integers(0, 256, model.probe_shape)
    return np.asarray((pixels - model.mean[0]) / model.scale[0], np.float32)


def provider_report() -> str:
    """Return on what the models are computed, for ``doctor``: “computed on: CPU; this onnxruntime offers CPU”.

    Loads the bundled embedder. Raises ``ModelError`` if it cannot be used.
    """
    computing = OnnxSession(load_catalogue(models_dir()).embedder).computing
    return "; ".join(
        [f"computed on: {computing.provider}", f"this onnxruntime offers {', '.join(offered())}", *computing.refused]
    )
