"""Tiny networks that do tell the portraits of the self-check apart: one matrix, solved for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from faceapp.faces.alignment import align
from faceapp.faces.selfcheck import heads
from tests.faces import tiny_onnx

CELL = 8  # pixels
HALF = (127.5, 127.5)


def recogniser(
    shape: Sequence[tiny_onnx.Size] = ("n", 3, 112, 112),
    *,
    output: int = 512,
    order: Sequence[int] = (0, 1, 2),  # which of blue, green, red each channel is; none for grey
    feed: tuple[float, float] = HALF,  # mean and scale
    inside: bool = False,
    alignment: str = "arcface",
) -> bytes:
    """Return a network that gives every person a direction of their own, if it is fed as it is meant to be."""
    height, width = [size for size in shape[1:] if size not in (1, 3)]
    assert isinstance(height, int)
    assert isinstance(width, int)
    rows, people = [], []
    for head in heads():
        crop = align(head.pixels, head.landmarks, width, height, alignment).astype(np.float64)
        blue, green, red = crop[..., 0], crop[..., 1], crop[..., 2]
        planes = [(blue, green, red)[i] for i in order] or [0.114 * blue + 0.587 * green + 0.299 * red]
        for view in (planes, [plane[:, ::-1] for plane in planes]):
            fed = [(plane - feed[0]) / feed[1] for plane in view]
            if inside:
                fed = [(plane - 127.5) / 127.5 for plane in fed]
            cells = [p.reshape(height // CELL, CELL, width // CELL, CELL).mean(axis=(1, 3)) for p in fed]
            rows.append(np.ravel(cells))
            people.append(head.person)
    names = sorted(set(people))
    # Corners of a simplex: no vectors of as many people lie farther apart, so nothing but the right feed scores best.
    spread = np.linalg.qr(np.random.default_rng(0).normal(size=(output, len(names))))[0].T
    directions = dict(zip(names, spread - spread.mean(axis=0), strict=True))
    weights = np.linalg.pinv(np.array(rows)) @ np.array([directions[person] for person in people])
    return tiny_onnx.linear(shape, weights, cell=CELL, inside=inside)


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def contract(**changes: object) -> dict[str, object]:
    """Return the contract of ``recogniser()``."""
    return {
        "id": "tiny",
        "name": "Tiny “T”",
        "licence": "MIT",
        "source": "made for a test",
        "input_name": "face",
        "output_names": ["vector"],
        "channels": "BGR",
        "layout": "NCHW",
        "mean": 127.5,
        "scale": 127.5,
        "width": 112,
        "height": 112,
        "output": 512,
        "alignment": "arcface",
        "flip": "none",
        "batch": 2,
        "thresholds": {"search": 0.4, "slider_minimum": 0.2},
    } | changes
