"""What models there are: ``manifest.toml`` read into frozen dataclasses.

Reading the catalogue does not open the models; ``read_model`` does and checks their sha256.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from faceapp.errors import ModelError
from faceapp.faces.manifest import Entry, parse

REMEDY = "Reinstall Faceapp or run scripts/make_models.py."
USER_REMEDY = "Add the model again, or delete its entry."
MANIFEST = "manifest.toml"

# What a contract may ask for.
MAX_SIDE = 1024  # of an aligned face, pixels
MAX_OUTPUT = 16_384  # numbers of a vector
MAX_BATCH = 2  # faces a run: more gain nothing and take memory that is kept

Channels = Literal["RGB", "BGR", "GRAY"]
Layout = Literal["NCHW", "NHWC"]
Flip = Literal["none", "mean", "concat"]
Alignment = Literal["arcface", "arcface128", "sphereface"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model file and how pixels are fed to it: ``(pixel - mean) / scale``.

    ``mean`` and ``scale`` hold one number, or one a channel in the order of ``channels``.
    """

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
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    bundled: bool = True  # False: added by the user

    @property
    def remedy(self) -> str:
        """Return what to do about a missing or damaged file."""
        return REMEDY if self.bundled else USER_REMEDY

    @property
    def probe_shape(self) -> tuple[int, ...]:
        """Return the shape of a small tensor that the model takes."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorModel(Model):
    """A detector of the CenterFace kind: heatmap, scale, offset and landmarks on a grid."""

    multiple: int  # width and height of the input must be multiples of this, pixels
    stride: int  # pixels of the input a cell of the grid
    overlap: float  # intersection over union from which two boxes are one face

    @property
    def probe_shape(self) -> tuple[int, ...]:
        return (1, 3, 2 * self.multiple, 2 * self.multiple)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderModel(Model):
    """An embedder of aligned faces: its contract. Thresholds are cosines."""

    width: int  # of the aligned face, pixels
    height: int
    output: int  # length of an embedding, after ``flip``
    alignment: Alignment
    flip: Flip
    batch: int  # faces a run at most; 1 where the model takes one at a time
    search: float  # from here on two faces count as one person
    slider_minimum: float  # below lies chance
    thresholds: Mapping[str, float]  # all of them, false-accept rates included

    @property
    def probe_shape(self) -> tuple[int, ...]:
        depth = 1 if self.channels == "GRAY" else 3
        size = (self.height, self.width)
        return (1, depth, *size) if self.layout == "NCHW" else (1, *size, depth)

    @property
    def words(self) -> str:
        """Return the contract in words: “112 × 112 RGB → 512, mirror averaged”."""
        mirror = {"none": "", "mean": ", mirror averaged", "concat": ", mirror appended"}[self.flip]
        colour = "grey" if self.channels == "GRAY" else self.channels
        return f"{self.width} × {self.height} {colour} → {self.output:,}{mirror}"


@dataclass(frozen=True, slots=True)
class BrokenModel:
    """An entry of a user's list that cannot be used. Fields that cannot be read are empty."""

    id: str  # the path of the list itself where that cannot be read
    name: str
    licence: str
    source: str
    sha256: str
    problem: str  # a sentence for the user


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models and which of them are in use unless the user says otherwise. The bundled ones come first."""

    detectors: Mapping[str, DetectorModel]
    embedders: Mapping[str, EmbedderModel]
    default_detector: str
    default_embedder: str
    broken: tuple[BrokenModel, ...] = ()  # entries of users' lists

    @property
    def detector(self) -> DetectorModel:
        return self.detectors[self.default_detector]

    @property
    def embedder(self) -> EmbedderModel:
        return self.embedders[self.default_embedder]

    def choose_embedder(self, model_id: str | None) -> EmbedderModel:
        """Return an embedder by its id, the default one for None. Raises ``ModelError`` that says why there is none."""
        model_id = self.default_embedder if model_id is None else model_id
        if model_id in self.embedders:
            return self.embedders[model_id]
        for model in self.broken:
            if model.id == model_id:
                raise ModelError(model.problem)
        raise ModelError(f"There is no model “{model_id}”. There are: {', '.join(self.embedders)}.")


def load_catalogue(folder: Path, *others: Path) -> Catalogue:
    """Read ``manifest.toml`` of the folder of bundled models and of ``others``, the user's. Opens no model.

    Raises ``ModelError`` that names the file and the entry if the bundled list is wrong. What is wrong in another list
    is told in ``Catalogue.broken`` and breaks nothing else; a folder without a list holds no models.
    """
    top = _read(folder / MANIFEST, REMEDY)
    detectors: dict[str, DetectorModel] = {}
    embedders: dict[str, EmbedderModel] = {}
    for entry in _entries(top):
        purpose = entry.get("purpose", str)
        model_id = entry.get("id", str)
        if model_id in detectors or model_id in embedders:
            raise entry.wrong("id", "stands there twice")
        if purpose == "detector":
            detectors[model_id] = _detector(entry)
        elif purpose == "embedder":
            embedders[model_id] = embedder_of(entry, bundled=True)
        else:
            raise entry.wrong("purpose", "must be detector or embedder")
    default = top.part("[default]", top.get("default", dict))
    chosen = default.get("detector", str), default.get("embedder", str)
    if chosen[0] not in detectors:
        raise default.wrong("detector", f"names “{chosen[0]}”, which is not in the list")
    if chosen[1] not in embedders:
        raise default.wrong("embedder", f"names “{chosen[1]}”, which is not in the list")
    broken: list[BrokenModel] = []
    for other in others:
        _add_user_models(other / MANIFEST, embedders, detectors, broken)
    return Catalogue(detectors, embedders, *chosen, tuple(broken))


def _add_user_models(
    path: Path, embedders: dict[str, EmbedderModel], detectors: Mapping[str, DetectorModel], broken: list[BrokenModel]
) -> None:
    """Add the embedders of a user's list to those that are there, and what is wrong with it to ``broken``."""
    if not path.exists():
        return
    try:
        entries = list(_entries(_read(path, USER_REMEDY)))
    except ModelError as error:
        broken.append(BrokenModel(str(path), path.name, "", "", "", str(error)))
        return
    for entry in entries:
        try:
            entry.one_of("purpose", ("embedder",))
            if (model_id := entry.filled("id")) in embedders or model_id in detectors:
                raise entry.wrong("id", "is that of another model")
            embedders[model_id] = embedder_of(entry, bundled=False)
        except ModelError as error:
            texts = {key: entry.values.get(key) for key in ("id", "name", "licence", "source", "sha256")}
            broken.append(
                BrokenModel(**{k: t if isinstance(t, str) else "" for k, t in texts.items()}, problem=str(error))
            )


def _read(path: Path, remedy: str) -> Entry:
    try:
        return parse(path, path.read_text(encoding="utf-8"), remedy)
    except FileNotFoundError as error:
        raise ModelError(f"The list of models {path} is missing. {remedy}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"The list of models {path} cannot be read ({error}). {remedy}") from error


def _entries(top: Entry) -> Iterator[Entry]:
    """Yield the models of a list, each with its own name or number for errors."""
    for number, raw in enumerate(top.get("model", list), 1):
        values = raw if isinstance(raw, dict) else {}
        name = values.get("id")
        yield top.part(f"model “{name}”" if isinstance(name, str) else f"model {number}", values)


def check_file(model: Model) -> None:
    """Raise ``ModelError`` if a model's file is missing. Cheap: does not read it; ``read_model`` also finds damage."""
    if not model.path.is_file():
        raise ModelError(f"The model file {model.path} is missing. {model.remedy}")


def read_model(model: Model) -> bytes:
    """Return the bytes of a model file. Raises ``ModelError`` if it is missing or its sha256 differs."""
    try:
        data = model.path.read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"The model file {model.path} is missing. {model.remedy}") from error
    except OSError as error:
        raise ModelError(f"The model file {model.path} cannot be read ({error}). {model.remedy}") from error
    if hashlib.sha256(data).hexdigest() != model.sha256:
        raise ModelError(f"The model file {model.path} is damaged: its sha256 is not the listed one. {model.remedy}")
    return data


def _common(entry: Entry, channels: int | None = None) -> dict[str, Any]:
    file = entry.get("file", str)
    if not file or Path(file).name != file:
        raise entry.wrong("file", "must be the name of a file beside the list")
    sha256 = entry.get("sha256", str).lower()
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise entry.wrong("sha256", "must be 64 hexadecimal digits")
    outputs = entry.get("output_names", list)
    if not outputs or not all(isinstance(name, str) for name in outputs):
        raise entry.wrong("output_names", "must be a list of names")
    order = entry.one_of("channels", get_args(Channels))
    scale = entry.numbers("scale", channels or _count(order))
    if min(scale) <= 0:
        raise entry.wrong("scale", "must be greater than 0")
    return {
        "id": entry.filled("id"),
        "name": entry.filled("name"),
        "path": entry.path.parent / file,
        "sha256": sha256,
        "licence": entry.get("licence", str),
        "source": entry.get("source", str),
        "input_name": entry.get("input_name", str),
        "output_names": tuple(outputs),
        "channels": order,
        "layout": entry.one_of("layout", get_args(Layout)),
        "mean": entry.numbers("mean", channels or _count(order)),
        "scale": scale,
    }


def _count(channels: Channels) -> int:
    return 1 if channels == "GRAY" else 3


def _detector(entry: Entry) -> DetectorModel:
    common = _common(entry, channels=1)
    if len(common["output_names"]) != 4:
        raise entry.wrong("output_names", "must name heatmap, scale, offset and landmarks")
    return DetectorModel(
        **common,
        multiple=entry.positive("multiple", int),
        stride=entry.positive("stride", int),
        overlap=entry.positive("overlap", float),
    )


def embedder_of(entry: Entry, *, bundled: bool) -> EmbedderModel:
    """Return an embedder's entry. Raises ``ModelError`` that names what is wrong in it."""
    raw = entry.part(f"{entry.where}, thresholds", entry.get("thresholds", dict))
    thresholds = {key: raw.get(key, float) for key in raw.values}
    for key in dict.fromkeys(("search", "slider_minimum", *thresholds)):
        if not -1 <= raw.get(key, float) <= 1:
            raise raw.wrong(key, "must lie from -1 to 1")
    output = entry.positive("output", int, at_most=MAX_OUTPUT)
    flip = entry.one_of("flip", get_args(Flip))
    if flip == "concat" and output % 2:
        raise entry.wrong("output", "must be even where flip is concat")
    common = _common(entry)
    if len(common["output_names"]) != 1:
        raise entry.wrong("output_names", "must name one output")
    return EmbedderModel(
        **common,
        bundled=bundled,
        width=entry.positive("width", int, at_most=MAX_SIDE),
        height=entry.positive("height", int, at_most=MAX_SIDE),
        output=output,
        alignment=entry.one_of("alignment", get_args(Alignment)),
        flip=flip,
        batch=entry.positive("batch", int, at_most=MAX_BATCH) if "batch" in entry.values else MAX_BATCH,
        search=thresholds["search"],
        slider_minimum=thresholds["slider_minimum"],
        thresholds=thresholds,
    )


def contract_of(model: EmbedderModel) -> dict[str, object]:
    """Return an embedder's contract as the fields of an entry, without purpose, file and sha256."""
    keys = ("id", "name", "licence", "source", "input_name", "output_names", "channels", "layout")
    feed = {
        key: value[0] if len(value) == 1 else list(value)
        for key, value in (("mean", model.mean), ("scale", model.scale))
    }
    rest = ("width", "height", "output", "alignment", "flip", "batch", "thresholds")
    values = {key: getattr(model, key) for key in keys} | feed | {key: getattr(model, key) for key in rest}
    return {**values, "output_names": list(model.output_names), "thresholds": dict(model.thresholds)}
