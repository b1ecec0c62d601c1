#!/usr/bin/env python3
"""How well faces are told apart, with and without what makes the scan fast.

    python benchmarks/accuracy.py [--faces ../shared/faces] [--made FOLDER]

Takes the largest face of every picture in ``lfw`` and ``johns`` (a folder a person) and compares all pairs; with
``--made`` also the faces of a made library, by its truth.csv. The reference is the plain way: one look at the whole
photo at 1,280 pixels. One row a variant:

    same, other     mean cosine of the pairs of one person and of two people
    balanced        best balanced accuracy over all thresholds
    tar_1e3         share of the pairs of one person above the threshold that 1 in 1,000 pairs of two people passes

Ends with one JSON line: all rows, and the greatest loss against the reference.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from faceapp.config import models_dir
from faceapp.faces.catalogue import load_catalogue
from faceapp.faces.detector import Detector
from faceapp.faces.embedder import Embedder
from faceapp.faces.sessions import OnnxSession
from faceapp.imaging.decode import read_photo
from faceapp.imaging.scaling import resized
from faceapp.types import Box, Pixels

ROOT = Path(__file__).resolve().parent.parent
WHOLE_SIDE = 1280  # pixels
OVERLAP = 0.3  # intersection over union from which a found face is that of truth.csv

Vectors = dict[str, NDArray[np.float32]]


class PlainDetector(Detector):
    """Looks at the whole photo at full size, without a first look and windows."""

    def _sizes(self, pixels: Pixels, overview: Pixels) -> tuple[Pixels, Pixels]:
        longest = max(pixels.shape[:2])
        fine = resized(pixels, min(WHOLE_SIDE, max(longest, 640)) / longest)
        return fine, fine


def labelled(faces: Path) -> Iterator[tuple[Path, str, Box | None]]:
    """Yield every picture of the collections of portraits with its person."""
    for collection in ("lfw", "johns"):
        for path in sorted((faces / collection).glob("*/*.jpg")):
            yield path, path.parent.name, None


def made(folder: Path) -> Iterator[tuple[Path, str, Box | None]]:
    """Yield every face of a made library with its person and place."""
    with (folder / "truth.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["person"]:
                width, height = int(row["width"]), int(row["height"])
                x, y, w, h = (float(row[key]) for key in "xywh")
                yield folder / row["photo"], row["person"], Box(x / width, y / height, w / width, h / height)


def embed(
    wanted: list[tuple[Path, str, Box | None]], detectors: dict[str, Detector], embedder: Embedder
) -> tuple[dict[str, Vectors], dict[str, list[str]], dict[str, int]]:
    """Return for each detector the raw vectors of faces and mirrors, their people, and how many faces were missed."""
    by_photo: dict[Path, list[tuple[str, Box | None]]] = defaultdict(list)
    for path, person, box in wanted:
        by_photo[path].append((person, box))
    vectors: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
    people: dict[str, list[str]] = defaultdict(list)
    missed: dict[str, int] = defaultdict(int)
    for path, faces in by_photo.items():
        pixels = read_photo(path).pixels
        height, width = pixels.shape[:2]
        for name, detector in detectors.items():
            found = sorted(detector.detect(pixels), key=lambda face: face.box.w * face.box.h, reverse=True)
            for person, box in faces:
                near = [face for face in found if box is None or face.box.iou(box) >= OVERLAP]
                if not near:
                    missed[name] += 1
                    continue
                aligned = embedder.align(pixels, np.array(near[0].landmarks) * (width, height))
                vectors[name].append(embedder._run(np.stack([aligned, aligned[:, ::-1]])))
                people[name].append(person)
    return {name: {"raw": np.stack(rows)} for name, rows in vectors.items()}, people, missed


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def row(vectors: NDArray[np.float32], people: list[str]) -> dict[str, float]:
    """Return the figures of all pairs of (N, D) unit vectors."""
    names = np.array(people)
    first, second = np.triu_indices(len(names), 1)
    scores = np.einsum("ij,ij->i", vectors[first], vectors[second])
    same = scores[names[first] == names[second]]
    other = scores[names[first] != names[second]]
    cuts = np.linspace(-0.2, 0.9, 1101)
    accept = 1 - np.searchsorted(np.sort(same), cuts) / len(same)
    refuse = np.searchsorted(np.sort(other), cuts) / len(other)
    threshold = np.quantile(other, 1 - 1e-3)
    return {
        "pairs_same": len(same),
        "pairs_other": len(other),
        "same": round(float(same.mean()), 4),
        "other": round(float(other.mean()), 4),
        "balanced": round(float((accept + refuse).max() / 2), 4),
        "tar_1e3": round(float((same >= threshold).mean()), 4),
    }


def measure(title: str, wanted: list[tuple[Path, str, Box | None]]) -> dict[str, dict[str, float]]:
    catalogue = load_catalogue(models_dir())
    session = OnnxSession(catalogue.detector)
    detectors = {
        "reference": PlainDetector(catalogue.detector, session),
        "now": Detector(catalogue.detector, session),
    }
    raw, people, missed = embed(wanted, detectors, Embedder(catalogue.embedder, OnnxSession(catalogue.embedder)))
    rows: dict[str, dict[str, float]] = {}
    for name in detectors:
        plain, mirrored = raw[name]["raw"][:, 0], raw[name]["raw"][:, 1]
        mean = unit(plain + mirrored)
        variants = {"face": unit(plain), "mean with mirror": mean, "… as float16": unit(mean.astype(np.float16))}
        for variant, vectors in variants.items():
            rows[f"{name}, {variant}"] = row(vectors, people[name]) | {"missed": missed[name]}
    print(f"\n{title}")
    for name, figures in rows.items():
        print(f"  {name:28}", "  ".join(f"{key} {value}" for key, value in figures.items()))
    return rows


def loss(rows: dict[str, dict[str, float]]) -> float:
    """Return by how much ``now`` is worse than its reference in the figure that lost most; negative if none did."""
    pairs = [(rows[name.replace("now", "reference", 1)], rows[name]) for name in rows if name.startswith("now")]
    worse = [old[key] - new[key] for old, new in pairs for key in ("same", "balanced", "tar_1e3")]
    worse += [new["other"] - old["other"] for old, new in pairs]
    return round(max(worse), 4)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faces", type=Path, default=ROOT.parent / "shared" / "faces")
    parser.add_argument("--made", type=Path, help="a folder written by make_library.py")
    args = parser.parse_args()
    if not (args.faces / "lfw").is_dir():
        print(f"The labelled faces are not in {args.faces}; give their folder with --faces.", file=sys.stderr)
        return 2
    cv2.setNumThreads(1)
    tables = {"portraits": measure("lfw + johns, the largest face of each picture", list(labelled(args.faces)))}
    if args.made:
        tables["made"] = measure(f"the faces of {args.made}", list(made(args.made)))
    print(json.dumps({"tables": tables, "loss": {name: loss(rows) for name, rows in tables.items()}}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
