"""The contracts of the families of embedders, as data: what reaches the network, number by number.

Each network here returns some of the numbers that it was fed. The reference beside it is plain Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.faces.analyser import open_analyser, open_embedder
from faceapp.faces.catalogue import load_catalogue
from tests.faces import tiny_onnx

# Copied from the articles' code, not from ours: where eyes, nose and mouth lie in a crop.
ARCFACE = [(38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)]
SPHEREFACE = [(30.2946, 51.6963), (65.5318, 51.5014), (48.0252, 71.7366), (33.5493, 92.3655), (62.7299, 92.2041)]
SHIFT = (37, 22)  # of the crop in the photo, pixels


@dataclass(frozen=True)
class Family:
    shape: tuple[int | str, ...]  # of the network's input
    taps: int  # numbers that the network gives out
    output: int  # numbers of an embedding
    template: list[tuple[float, float]]
    order: tuple[int, ...]  # which of blue, green, red each channel is; none for grey
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    mirror: str
    entry: str


FAMILIES = {
    "ArcFace, RGB": Family(
        ("batch", 3, 112, 112), 512, 512, ARCFACE, (2, 1, 0), (127.5,) * 3, (127.5,) * 3, "none",
        'channels = "RGB"\nlayout = "NCHW"\nmean = 127.5\nscale = 127.5\nwidth = 112\nheight = 112\n'
        'output = 512\nalignment = "arcface"\nflip = "none"',
    ),
    "ArcFace, BGR, mirror averaged": Family(
        ("batch", 3, 112, 112), 512, 512, ARCFACE, (0, 1, 2), (127.5,) * 3, (128.0,) * 3, "mean",
        'channels = "BGR"\nlayout = "NCHW"\nmean = 127.5\nscale = 128\nwidth = 112\nheight = 112\n'
        'output = 512\nalignment = "arcface"\nflip = "mean"',
    ),
    "ArcFace of Keras: channels last": Family(
        (1, 112, 112, 3), 512, 512, ARCFACE, (2, 1, 0), (127.5,) * 3, (128.0,) * 3, "none",
        'channels = "RGB"\nlayout = "NHWC"\nmean = 127.5\nscale = 128.0\nwidth = 112\nheight = 112\n'
        'output = 512\nalignment = "arcface"\nflip = "none"\nbatch = 1',
    ),
    "SphereFace": Family(
        (1, 3, 112, 96), 512, 512, SPHEREFACE, (0, 1, 2), (127.5,) * 3, (128.0,) * 3, "none",
        'channels = "BGR"\nlayout = "NCHW"\nmean = 127.5\nscale = 128.0\nwidth = 96\nheight = 112\n'
        'output = 512\nalignment = "sphereface"\nflip = "none"\nbatch = 1',
    ),
    "SphereFace, mirror appended": Family(
        ("n", 3, 112, 96), 512, 1024, SPHEREFACE, (0, 1, 2), (127.5,) * 3, (128.0,) * 3, "concat",
        'channels = "BGR"\nlayout = "NCHW"\nmean = 127.5\nscale = 128.0\nwidth = 96\nheight = 112\n'
        'output = 1024\nalignment = "sphereface"\nflip = "concat"',
    ),
    "arcface-pytorch": Family(
        (1, 1, 128, 128), 512, 1024, [(x * 128 / 112, y * 128 / 112) for x, y in ARCFACE], (), (127.5,), (127.5,),
        "concat",
        'channels = "GRAY"\nlayout = "NCHW"\nmean = 127.5\nscale = 127.5\nwidth = 128\nheight = 128\n'
        'output = 1024\nalignment = "arcface"\nflip = "concat"\nbatch = 1',
    ),
    "InsightFace at 128 pixels": Family(
        ("n", 3, 128, 128), 256, 256, [(x + 8, y) for x, y in ARCFACE], (2, 1, 0), (127.5,) * 3, (127.5,) * 3, "none",
        'channels = "RGB"\nlayout = "NCHW"\nmean = 127.5\nscale = 127.5\nwidth = 128\nheight = 128\n'
        'output = 256\nalignment = "arcface128"\nflip = "none"',
    ),
    "SFace": Family(
        (1, 3, 112, 112), 128, 128, ARCFACE, (2, 1, 0), (0.0,) * 3, (1.0,) * 3, "none",
        'channels = "RGB"\nlayout = "NCHW"\nmean = 0\nscale = 1\nwidth = 112\nheight = 112\n'
        'output = 128\nalignment = "arcface"\nflip = "none"\nbatch = 1',
    ),
    "any dimension, each channel by itself": Family(
        ("n", 3, 112, 112), 37, 37, ARCFACE, (2, 1, 0), (123.675, 116.28, 103.53), (58.395, 57.12, 57.375), "none",
        'channels = "RGB"\nlayout = "NCHW"\nmean = [123.675, 116.28, 103.53]\nscale = [58.395, 57.12, 57.375]\n'
        'width = 112\nheight = 112\noutput = 37\nalignment = "arcface"\nflip = "none"',
    ),
}  # fmt: skip


def manifest(family: Family, data: bytes) -> str:
    return (
        f'schema = 1\n[[model]]\nid = "tiny"\nname = "Tiny"\npurpose = "embedder"\nfile = "tiny.onnx"\n'
        f'sha256 = "{sha256(data).hexdigest()}"\nlicence = "MIT"\nsource = "made"\ninput_name = "face"\n'
        f'output_names = ["vector"]\n{family.entry}\n[model.thresholds]\nsearch = 0.4\nslider_minimum = 0.2\n'
    )


def fed(family: Family, crop: np.ndarray, place: int) -> float:
    """Return the number at a place of the network's input, for a crop (height, width, 3) of blue, green and red."""
    height, width, depth = crop.shape[0], crop.shape[1], len(family.order) or 1
    if family.shape[1] == depth:
        channel, y, x = place // (height * width), place // width % height, place % width
    else:
        y, x, channel = place // (width * depth), place // depth % width, place % depth
    blue, green, red = (int(value) for value in crop[y, x])
    if family.order:
        value: float = (blue, green, red)[family.order[channel]]
    else:
        value = round(0.114 * blue + 0.587 * green + 0.299 * red)
    return (value - family.mean[channel]) / family.scale[channel]


@pytest.mark.parametrize("name", FAMILIES)
def test_what_reaches_the_network_is_what_the_family_wants(tmp_path: Path, name: str) -> None:
    family = FAMILIES[name]
    height, width = [size for size in family.shape[1:] if size not in (1, 3)]
    assert isinstance(height, int)
    assert isinstance(width, int)
    rng = np.random.default_rng(4)
    places = rng.choice(height * width * (len(family.order) or 1), family.taps, replace=False)
    data = tiny_onnx.tap(family.shape, places)
    (tmp_path / "tiny.onnx").write_bytes(data)
    (tmp_path / "manifest.toml").write_text(manifest(family, data), encoding="utf-8")
    catalogue = load_catalogue(models_dir(), tmp_path)
    assert catalogue.broken == ()
    embedder = open_embedder(catalogue.choose_embedder("tiny"))

    # The faces lie in the photo as large as in the crop, so the crop is a part of the photo.
    photos = rng.integers(0, 256, (3, 200, 220, 3), np.uint8)
    landmarks = np.array(family.template) + SHIFT
    aligned = [embedder.align(photo, landmarks) for photo in photos]
    vectors, norms = embedder.embed(aligned)

    assert vectors.shape == (3, family.output)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for photo, vector, norm in zip(photos, vectors, norms, strict=True):
        crop = photo[SHIFT[1] : SHIFT[1] + height, SHIFT[0] : SHIFT[0] + width]
        plain = [fed(family, crop, int(place)) for place in places]
        mirror = [fed(family, crop[:, ::-1], int(place)) for place in places]
        expected = {
            "none": plain,
            "mean": [(a + b) / 2 for a, b in zip(plain, mirror, strict=True)],
            "concat": plain + mirror,
        }[family.mirror]
        # One step of grey: OpenCV rounds the sum of the colours in fixed point.
        step = 0 if family.order else 1.001 / family.scale[0]
        assert np.allclose(vector * norm, expected, rtol=0, atol=1e-4 * max(1, norm / 100) + step)
        assert norm == pytest.approx(float(np.linalg.norm(expected)), rel=1e-3)


def test_the_contract_in_words(tmp_path: Path) -> None:
    words = []
    for name in ("ArcFace, RGB", "SphereFace, mirror appended", "arcface-pytorch", "ArcFace, BGR, mirror averaged"):
        (tmp_path / "manifest.toml").write_text(manifest(FAMILIES[name], b""), encoding="utf-8")
        words.append(load_catalogue(models_dir(), tmp_path).embedders["tiny"].words)
    assert words == [
        "112 × 112 RGB → 512",
        "96 × 112 BGR → 1,024, mirror appended",
        "128 × 128 grey → 1,024, mirror appended",
        "112 × 112 BGR → 512, mirror averaged",
    ]


def test_the_analyser_opens_with_the_embedder_that_is_chosen(tmp_path: Path) -> None:
    data = tiny_onnx.tap(("n", 3, 112, 112), np.arange(37))
    (tmp_path / "tiny.onnx").write_bytes(data)
    text = manifest(FAMILIES["any dimension, each channel by itself"], data)
    (tmp_path / "manifest.toml").write_text(text, encoding="utf-8")
    chosen = open_analyser(models_dir(), tmp_path, embedder="tiny")
    assert (chosen.model_id, chosen.dimension) == ("tiny", 37)
    assert open_analyser(models_dir(), tmp_path).model_id == "mobilefacenet-arcface"
