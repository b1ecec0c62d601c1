"""What models there are: ``manifest.toml`` read into frozen dataclasses.

Reading the catalogue does not open the models; ``read_model`` does and checks their sha256.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args

from faceapp.errors import ModelError

REMEDY = "Reinstall Faceapp or run scripts/make_models.py."
SCHEMA = 1

Channels = Literal["RGB", "BGR", "GRAY"]
Layout = Literal["NCHW", "NHWC"]
Flip = Literal["none", "mean", "concat"]
Alignment = Literal["arcface"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Model:
    """A model file and how pixels are fed to it: ``(pixel - mean) / scale``."""

    id: str
    name: str
    path: Path
    sha256: str
    licence: str
    source: str
    input_name: str
    output_names: tuple[str, ...]
    channels: Channels
    layout: Layout
    mean: float
    scale: float


@dataclass(frozen=True, slots=True)
class DetectorModel(Model):
    """A detector of the CenterFace kind: heatmap, scale, offset and landmarks on a grid."""

    multiple: int  # width and height of the input must be multiples of this, pixels
    stride: int  # pixels of the input a cell of the grid
    overlap: float  # intersection over union from which two boxes are one face


@dataclass(frozen=True, slots=True)
class EmbedderModel(Model):
    """An embedder of aligned faces. Thresholds are cosines."""

    width: int  # of the aligned face, pixels
    height: int
    output: int  # length of an embedding, after ``flip``
    alignment: Alignment
    flip: Flip
    search: float  # from here on two faces count as one person
    slider_minimum: float  # below lies chance
    thresholds: Mapping[str, float]  # all of them, false-accept rates included


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models of a manifest and which of them are in use unless the user says otherwise."""

    detectors: Mapping[str, DetectorModel]
    embedders: Mapping[str, EmbedderModel]
    default_detector: str
    default_embedder: str

    @property
    def detector(self) -> DetectorModel:
        return self.detectors[self.default_detector]

    @property
    def embedder(self) -> EmbedderModel:
        return self.embedders[self.default_embedder]


def load_catalogue(folder: Path) -> Catalogue:
    """Read ``manifest.toml`` of a folder of models. Raises ``ModelError`` that names the file and the entry."""
    path = folder / "manifest.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"The list of models {path} is missing. {REMEDY}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"The list of models {path} cannot be read ({error}). {REMEDY}") from error
    top = _Entry(path, "the list itself", values)
    if (schema := top.get("schema", int)) != SCHEMA:
        raise ModelError(f"The list of models {path} has schema {schema}, this Faceapp reads {SCHEMA}. {REMEDY}")
    detectors: dict[str, DetectorModel] = {}
    embedders: dict[str, EmbedderModel] = {}
    for number, raw in enumerate(top.get("model", list), 1):
        entry = _Entry(path, f"model {number}", raw if isinstance(raw, dict) else {})
        entry.where = f"model “{entry.get('id', str)}”"
        purpose = entry.get("purpose", str)
        model_id = entry.get("id", str)
        if model_id in detectors or model_id in embedders:
            raise entry.wrong("id", "stands there twice")
        if purpose == "detector":
            detectors[model_id] = _detector(entry)
        elif purpose == "embedder":
            embedders[model_id] = _embedder(entry)
        else:
            raise entry.wrong("purpose", "must be detector or embedder")
    default = _Entry(path, "[default]", top.get("default", dict))
    chosen = default.get("detector", str), default.get("embedder", str)
    if chosen[0] not in detectors:
        raise default.wrong("detector", f"names “{chosen[0]}”, which is not in the list")
    if chosen[1] not in embedders:
        raise default.wrong("embedder", f"names “{chosen[1]}”, which is not in the list")
    return Catalogue(detectors, embedders, *chosen)


def read_model(model: Model) -> bytes:
    """Return the bytes of a model file. Raises ``ModelError`` if it is missing or its sha256 differs."""
    try:
        data = model.path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"The model file {model.path} is missing. {REMEDY}") from error
    except OSError as error:
        raise ModelError(f"The model file {model.path} cannot be read ({error}). {REMEDY}") from error
    if hashlib.sha256(data).hexdigest() != model.sha256:
        raise ModelError(f"The model file {model.path} is damaged: its sha256 is not the listed one. {REMEDY}")
    return data


class _Entry:
    """A table of the manifest that knows where it stands, for the words of an error."""

    def __init__(self, path: Path, where: str, values: Mapping[str, Any]) -> None:
        self.path = path
        self.where = where
        self.values = values

    def wrong(self, key: str, why: str) -> ModelError:
        return ModelError(f"The list of models {self.path}, {self.where}: “{key}” {why}. {REMEDY}")

    def get(self, key: str, kind: type[T]) -> T:
        value = self.values.get(key)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if value is None:
            raise self.wrong(key, "is missing")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(key, f"must be of type {kind.__name__}")
        if isinstance(value, float) and not math.isfinite(value):
            raise self.wrong(key, "must be a finite number")
        return value

    def positive(self, key: str, kind: type[T]) -> T:
        value = self.get(key, kind)
        if not cast(float, value) > 0:
            raise self.wrong(key, "must be greater than 0")
        return value

    def one_of(self, key: str, choices: tuple[str, ...]) -> Any:
        value = self.get(key, str)
        if value not in choices:
            raise self.wrong(key, f"must be one of {', '.join(choices)}")
        return value

    def common(self) -> dict[str, Any]:
        file = self.get("file", str)
        if not file or Path(file).name != file:
            raise self.wrong("file", "must be the name of a file beside the list")
        sha256 = self.get("sha256", str).lower()
        if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise self.wrong("sha256", "must be 64 hexadecimal digits")
        outputs = self.get("output_names", list)
        if not outputs or not all(isinstance(name, str) for name in outputs):
            raise self.wrong("output_names", "must be a list of names")
        return {
            "id": self.get("id", str),
            "name": self.get("name", str),
            "path": self.path.parent / file,
            "sha256": sha256,
            "licence": self.get("licence", str),
            "source": self.get("source", str),
            "input_name": self.get("input_name", str),
            "output_names": tuple(outputs),
            "channels": self.one_of("channels", get_args(Channels)),
            "layout": self.one_of("layout", get_args(Layout)),
            "mean": self.get("mean", float),
            "scale": self.positive("scale", float),
        }


def _detector(entry: _Entry) -> DetectorModel:
    common = entry.common()
    if len(common["output_names"]) != 4:
        raise entry.wrong("output_names", "must name heatmap, scale, offset and landmarks")
    return DetectorModel(
        **common,
        multiple=entry.positive("multiple", int),
        stride=entry.positive("stride", int),
        overlap=entry.positive("overlap", float),
    )


def _embedder(entry: _Entry) -> EmbedderModel:
    raw = _Entry(entry.path, f"{entry.where}, thresholds", entry.get("thresholds", dict))
    thresholds = {key: raw.get(key, float) for key in raw.values}
    for key in ("search", "slider_minimum"):
        if not -1 <= raw.get(key, float) <= 1:
            raise raw.wrong(key, "must lie from -1 to 1")
    output = entry.positive("output", int)
    flip = entry.one_of("flip", get_args(Flip))
    if flip == "concat" and output % 2:
        raise entry.wrong("output", "must be even where flip is concat")
    return EmbedderModel(
        **entry.common(),
        width=entry.positive("width", int),
        height=entry.positive("height", int),
        output=output,
        alignment=entry.one_of("alignment", get_args(Alignment)),
        flip=flip,
        search=thresholds["search"],
        slider_minimum=thresholds["slider_minimum"],
        thresholds=thresholds,
    )
