"""A contract for a model file: how it wants its faces, found by trying.

The shape of the input says how large a face is and where its channels stand. It does not say their order, what is
subtracted and divided, or how the face must lie: with each wrong guess the model still answers, but worse. So each is
tried on the bundled portraits. Measured on the bundled embedder, whose contract is known: the right one keeps people
apart by 0.567, pixels from 0 to 1 by 0.559, red and blue exchanged by 0.411, pixels as they are not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.catalogue import (
    MAX_BATCH,
    MAX_SIDE,
    Alignment,
    Channels,
    EmbedderModel,
    contract_of,
    load_catalogue,
)
from faceapp.faces.embedder import Embedder
from faceapp.faces.inspect import ModelFile, inspect_model
from faceapp.faces.selfcheck import Separation, aligned_heads, separate
from faceapp.faces.sessions import OnnxSession

_USUAL_SIDE = 112  # of a face, where the file leaves it open
_LEAST_SIDE = 16
# (mean, scale) of the families: ArcFace; SphereFace; models that do it themselves, like SFace; 0 to 1; ImageNet.
_HALF, _SPHERE, _AS_IT_IS = ((127.5,), (127.5,)), ((127.5,), (128.0,)), ((0.0,), (1.0,))
_UNIT, _IMAGENET = ((0.0,), (255.0,)), ((123.675, 116.28, 103.53), (58.395, 57.12, 57.375))
# By how much a later guess must beat an earlier, more usual one: 127.5 and 128 differ by a ten-thousandth.
_CLEARLY = 0.005
_BUNDLED_LOW = 0.045  # what two people score on average in the bundled embedder, on the same portraits
_WORTH_TWICE_THE_TIME = 0.01  # what the mirror must add


def propose_contract(path: Path) -> dict[str, object]:
    """Return a contract for an .onnx file as the fields of a manifest entry, without file, sha256 and purpose.

    Keys: id, name, licence (""), source (""), input_name, output_names, channels, layout, mean, scale, width, height,
    output, alignment, flip, batch, thresholds (a dict). Takes seconds: on a worker.
    Raises ``ModelError`` with why the file cannot be used.
    """
    file = inspect_model(path)
    first = _first_guess(file)
    session = OnnxSession(first)
    first = _measured(file, first, session)
    best, found = _with_mirror(*_best(_guesses(first), session), session)
    return contract_of(replace(best, thresholds=_thresholds(found)))


def _first_guess(file: ModelFile) -> EmbedderModel:
    """Return what the file itself says, and of the rest what is most usual."""
    layout, depth, height, width = _geometry(file)
    channels: Channels = "GRAY" if depth == 1 else "BGR"
    alignment: Alignment = "sphereface" if (width, height) == (96, 112) else "arcface"
    name = file.path.stem
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "model"
    return EmbedderModel(
        id=f"{slug}-{file.sha256[:8]}",
        name=name if name.isprintable() else slug,
        path=file.path,
        sha256=file.sha256,
        licence="",
        source="",
        input_name=file.input.name,
        output_names=(file.outputs[0].name,),
        channels=channels,
        layout=layout,
        mean=_HALF[0],
        scale=_HALF[1],
        bundled=False,
        width=width,
        height=height,
        output=1,
        alignment=alignment,
        flip="none",
        batch=1,
        search=0.0,
        slider_minimum=0.0,
        thresholds={},
    )


def _geometry(file: ModelFile) -> tuple[Literal["NCHW", "NHWC"], int, int, int]:
    """Return layout, channels, height and width of the input. Raises ``ModelError`` if it takes no single faces."""
    shape = file.input.shape
    words = " × ".join("any" if size is None else str(size) for size in shape)
    refusal = ModelError(
        f"{file.path} takes {words or 'a single number'}. An embedder takes one face at a time: 1 × 3 × 112 × 112 or "
        f"the like, with 1 or 3 channels and sides from {_LEAST_SIDE} to {MAX_SIDE}."
    )
    if len(shape) != 4 or shape[0] not in (None, 1):
        raise refusal
    if shape[1] in (1, 3) or not any(shape[1:]):
        layout: Literal["NCHW", "NHWC"] = "NCHW"
        depth, height, width = shape[1:]
    elif shape[3] in (1, 3):
        layout = "NHWC"
        height, width, depth = shape[1:]
    else:
        raise refusal
    height, width = height or width or _USUAL_SIDE, width or height or _USUAL_SIDE
    if not (_LEAST_SIDE <= height <= MAX_SIDE and _LEAST_SIDE <= width <= MAX_SIDE):
        raise refusal
    return layout, depth or 3, height, width


def _measured(file: ModelFile, model: EmbedderModel, session: OnnxSession) -> EmbedderModel:
    """Return the model with the length of its vectors, and whether it takes several faces a run."""
    (vector,) = session.run(np.zeros(model.probe_shape, np.float32))[:1]
    model = replace(model, output=int(vector.size))
    if file.input.shape[0] is not None:
        return model
    together = replace(model, batch=MAX_BATCH)
    try:
        single, both = (Embedder(m, session).embed(aligned_heads(Embedder(m, session)))[0] for m in (model, together))
    except ModelError:  # it says that it takes any number, and does not; or it fails anyway, which is told later
        return model
    return together if np.allclose(single, both, atol=1e-3) else model


def _guesses(first: EmbedderModel) -> Iterable[EmbedderModel]:
    """Yield every way to feed the model, the most usual first."""
    alignments: list[Alignment] = [first.alignment]
    if first.width == first.height and first.width % 128 == 0:
        alignments.append("arcface128")
    grey = first.channels == "GRAY"
    orders: tuple[Channels, ...] = ("GRAY",) if grey else ("BGR", "RGB")
    for alignment in alignments:
        for mean, scale in (_HALF, _SPHERE, _AS_IT_IS, _UNIT):
            for channels in orders:
                yield replace(first, alignment=alignment, channels=channels, mean=mean, scale=scale)
        if not grey:
            yield replace(first, alignment=alignment, channels="RGB", mean=_IMAGENET[0], scale=_IMAGENET[1])


def _with_mirror(model: EmbedderModel, found: Separation, session: OnnxSession) -> tuple[EmbedderModel, Separation]:
    """Return the model with the mirror as its family uses it, if that is worth twice the time."""
    if model.channels == "GRAY" or model.alignment == "sphereface":
        mirrored = replace(model, flip="concat", output=model.output * 2)
    else:
        mirrored = replace(model, flip="mean")
    both = separate(Embedder(mirrored, session))
    # arcface-pytorch, the family of the grey ones, is defined with the mirror.
    if model.channels == "GRAY" or both.margin > found.margin + _WORTH_TWICE_THE_TIME:
        return mirrored, both
    return model, found


def _best(guesses: Iterable[EmbedderModel], session: OnnxSession) -> tuple[EmbedderModel, Separation]:
    """Return the guess that keeps people apart best. Raises ``ModelError`` if none gives vectors at all."""
    best: tuple[EmbedderModel, Separation] | None = None
    trouble = ModelError("There is nothing to try.")
    for guess in guesses:
        try:
            found = separate(Embedder(guess, session))
        except ModelError as error:
            trouble = error
            continue
        if best is None or found.margin > best[1].margin + _CLEARLY:
            best = guess, found
    if best is None:
        raise trouble
    return best


def _thresholds(found: Separation) -> dict[str, float]:
    """Return where to start: the bundled embedder's thresholds, moved as far up as pairs of two people score.

    A handful of portraits gives no tail of a distribution; a library calibrates itself.
    """
    low = max(0.0, float(found.other.mean()) - _BUNDLED_LOW)
    known = load_catalogue(models_dir()).embedder.thresholds
    return {key: round(low + (1 - low) * value, 3) for key, value in known.items()}
