"""Execution providers, with an onnxruntime that pretends to have them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.catalogue import load_catalogue
from faceapp.faces.embedder import Embedder
from faceapp.faces.providers import offered
from faceapp.faces.sessions import OnnxSession, provider_report
from faceapp.types import FloatArray

Answer = Callable[[FloatArray], FloatArray]
CUDA, DML, COREML, OPENVINO = (f"{name}ExecutionProvider" for name in ("CUDA", "Dml", "CoreML", "OpenVINO"))


def truth(tensor: FloatArray) -> FloatArray:
    return tensor.reshape(len(tensor), -1)[:, :512]


class FakeRuntime(ModuleType):
    """An onnxruntime in which each faster provider answers, raises or is left out, as a test says."""

    def __init__(self, faster: dict[str, Answer | Exception | None]) -> None:
        super().__init__("onnxruntime")
        runtime = self
        self.faster = faster
        self.made: list[tuple[list[str], Any]] = []

        class InferenceSession:
            def __init__(self, data: bytes, options: Any, providers: list[str]) -> None:
                assert b"embedding" in data
                runtime.made.append((providers, options))
                behaviour = faster.get(providers[0], truth)
                if isinstance(behaviour, Exception):
                    raise behaviour
                self.providers = providers[1:] if behaviour is None else providers
                self.answer = behaviour or truth

            def get_providers(self) -> list[str]:
                return self.providers

            def get_inputs(self) -> list[Any]:
                return [SimpleNamespace(name="face")]

            def get_outputs(self) -> list[Any]:
                return [SimpleNamespace(name="embedding")]

            def run(self, names: list[str], feed: dict[str, FloatArray], options: Any = None) -> Sequence[FloatArray]:
                assert names == ["embedding"]
                return [self.answer(feed["face"])]

        class Options(SimpleNamespace):
            def add_session_config_entry(self, key: str, value: str) -> None: ...
            def add_run_config_entry(self, key: str, value: str) -> None: ...

        self.InferenceSession = InferenceSession
        self.SessionOptions = self.RunOptions = Options
        self.ExecutionMode = SimpleNamespace(ORT_SEQUENTIAL=0)
        self.OrtAllocatorType = SimpleNamespace(ORT_ARENA_ALLOCATOR=1)
        self.OrtMemType = SimpleNamespace(DEFAULT=0)
        self.OrtMemoryInfo = self.OrtArenaCfg = self.create_and_register_allocator = lambda *_: None

    def get_available_providers(self) -> list[str]:
        return [*self.faster, "AzureExecutionProvider", "CPUExecutionProvider"]


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FakeRuntime]:
    def install(**faster: Answer | Exception | None) -> FakeRuntime:
        fake = FakeRuntime({f"{name}ExecutionProvider": how for name, how in faster.items()})
        monkeypatch.setitem(sys.modules, "onnxruntime", fake)
        return fake

    return install


def session() -> OnnxSession:
    return OnnxSession(load_catalogue(models_dir()).embedder)


def slightly_off(tensor: FloatArray) -> FloatArray:
    return truth(tensor) * np.float32(1.002)


def test_without_anything_faster_the_cpu_computes_and_is_asked_once(runtime: Callable[..., FakeRuntime]) -> None:
    fake = runtime()
    assert session().computing.provider == "CPU"
    assert [providers for providers, _ in fake.made] == [["CPUExecutionProvider"]]
    assert offered() == ["CPU"]


@pytest.mark.parametrize(
    ("name", "words"), [("CUDA", "CUDA"), ("Dml", "DirectML"), ("CoreML", "CoreML"), ("OpenVINO", "OpenVINO")]
)
def test_what_is_faster_and_answers_alike_is_used(runtime: Callable[..., FakeRuntime], name: str, words: str) -> None:
    fake = runtime(**{name: slightly_off})
    used = session()
    assert used.computing.provider == words
    assert fake.made[-1][0] == [f"{name}ExecutionProvider", "CPUExecutionProvider"]
    face = np.random.default_rng(0).normal(size=(2, 3, 112, 112)).astype(np.float32)
    assert np.array_equal(used.run(face)[0], slightly_off(face))
    assert offered() == [words, "CPU"]


def test_directml_gets_no_memory_pattern(runtime: Callable[..., FakeRuntime]) -> None:
    fake = runtime(Dml=truth)
    session().load()
    assert [getattr(options, "enable_mem_pattern", True) for _, options in fake.made] == [True, False]


REFUSED: dict[str, tuple[Answer | Exception | None, str]] = {
    "no driver": (RuntimeError("libcudart.so is missing"), "libcudart.so is missing"),
    "left out without a word": (None, "onnxruntime could not start it"),
    "other answers": (lambda t: truth(t) * np.float32(1.5), "it gives other answers than the CPU"),
    "another order": (lambda t: truth(t)[:, ::-1], "it gives other answers than the CPU"),
    "not a number": (lambda t: truth(t) * np.float32(np.nan), "it gives other answers than the CPU"),
    "another shape": (lambda t: truth(t)[:, :256], "it gives other answers than the CPU"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_what_fails_or_answers_otherwise_is_not_used(
    runtime: Callable[..., FakeRuntime], caplog: pytest.LogCaptureFixture, how: str
) -> None:
    behaviour, says = REFUSED[how]
    runtime(CUDA=behaviour)
    used = session()
    assert used.computing.provider == "CPU"
    assert caplog.messages == [f"CUDA is offered but not used: {says}"]
    face = np.ones((1, 3, 112, 112), np.float32)
    assert np.array_equal(used.run(face)[0], truth(face))
    assert provider_report() == f"computed on: CPU; this onnxruntime offers CUDA, CPU; CUDA is not used: {says}"


def test_the_next_one_is_tried_after_a_refusal(runtime: Callable[..., FakeRuntime]) -> None:
    runtime(OpenVINO=truth, CUDA=RuntimeError("no card"))
    assert provider_report() == (
        "computed on: OpenVINO; this onnxruntime offers CUDA, OpenVINO, CPU; CUDA is not used: no card"
    )


def test_a_failure_later_on_is_an_error_of_the_model(runtime: Callable[..., FakeRuntime]) -> None:
    answers = [truth]

    def once(tensor: FloatArray) -> FloatArray:
        return answers.pop()(tensor)

    runtime(CUDA=once)
    embedder = Embedder(load_catalogue(models_dir()).embedder, session())
    with pytest.raises(ModelError, match="could not be run"):
        embedder.embed([np.zeros((112, 112, 3), np.uint8)])


def test_the_real_one_is_reported() -> None:
    assert provider_report().startswith("computed on: ")
    assert "CPU" in provider_report()
