"""Embedders in memory: they do at once what takes minutes, and write down what was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from faceapp.errors import ModelError
from faceapp.jobs import CancelToken
from faceapp.types import Disagreement, EmbedderInfo, ModelState, ReembedProgress

OLD = EmbedderInfo(
    "old", "MobileFaceNet", ModelState.IN_USE, None, True, "MIT", "a package", "ab" * 32, "112 × 112 BGR → 512", 1234
)
NEW = EmbedderInfo(
    "new", "My model", ModelState.AVAILABLE, None, False, "", "a friend", "cd" * 32, "96 × 112 RGB → 512, mirrored", 0
)
CONTRACT = {
    "id": "third",
    "name": "third",
    "licence": "",
    "source": "",
    "channels": "BGR",
    "alignment": "arcface",
    "flip": "none",
    "mean": [127.5],
    "scale": 127.5,
    "width": 112,
    "height": 112,
    "output": 512,
    "thresholds": {"search": 0.4},
}


class FakeEmbedders:
    """``asked`` are the calls that change something. Preparing lasts while ``hold`` is set."""

    def __init__(self) -> None:
        self.models = {"old": OLD, "new": NEW}
        self.asked: list[tuple[object, ...]] = []
        self.error: Exception | None = None
        self.pairs: list[Disagreement] = []
        self.failed = 0
        self.go_on = threading.Event()
        self.go_on.set()

    def listed(self) -> list[EmbedderInfo]:
        return sorted(self.models.values(), key=lambda info: info.state is not ModelState.IN_USE)

    def propose(self, path: Path) -> Mapping[str, object]:
        self._complain()
        return CONTRACT

    def add(self, path: Path, contract: Mapping[str, object]) -> EmbedderInfo:
        self._complain()
        self.asked.append(("add", path, dict(contract)))
        made = replace(NEW, id="third", name=str(contract["name"]), licence=str(contract["licence"]))
        self.models["third"] = made
        return made

    def embed_all(
        self,
        model_id: str,
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ReembedProgress], None] | None = None,
    ) -> ReembedProgress:
        self._complain()
        assert cancel is not None
        assert progress is not None
        self.asked.append(("embed", model_id))
        progress(ReembedProgress(300, 1234, 0, 10.0))
        while not self.go_on.wait(0.002):
            cancel.check()
        done = ReembedProgress(1234, 1234, self.failed, 40.0)
        self.models[model_id] = replace(self.models[model_id], state=ModelState.READY, vectors=1234)
        return done

    def use(self, model_id: str) -> None:
        self._complain()
        self.asked.append(("use", model_id))
        for key, info in self.models.items():
            state = ModelState.IN_USE if key == model_id else ModelState.READY
            self.models[key] = replace(info, state=state)

    def compare(self, model_id: str, limit: int = 200) -> list[Disagreement]:
        self._complain()
        return self.pairs[:limit]

    def drop(self, model_id: str) -> int:
        self._complain()
        self.asked.append(("drop", model_id))
        info = self.models[model_id]
        self.models[model_id] = replace(info, state=ModelState.AVAILABLE, vectors=0)
        return info.vectors

    def ready(self) -> None:
        """Have the new model prepared."""
        self.models["new"] = replace(NEW, state=ModelState.READY, vectors=1234)

    def _complain(self) -> None:
        if self.error is not None:
            raise self.error


NOT_A_MODEL = ModelError("/tmp/cat.onnx is not an ONNX model. Choose another file.")
