#!/usr/bin/env python3
"""Whether the number of strangers that the slider promises is the number there is.

    python benchmarks/calibration.py [--seeds 1 2 3 4 5] [--photos 600] [--size 4000x3000] [--cache FOLDER]

Makes a library of labelled faces for each seed, finds and embeds its faces with the bundled models, calibrates on the
photos with several faces (no name is given), and lets every face search for all others. One row a threshold:

    expected    false matches promised, summed over all queries
    true        false matches there were
    ratio       expected / true

The aim: within a factor of 2 wherever 20 or more are expected, and nowhere fewer than a third of the truth. The plain
way stands beside it: the manifest's curve alone, joined by straight lines in the logarithm (``plain``). ``--cache``
keeps the vectors, so that a second run takes seconds; ``--small`` makes photos of 1,600 × 1,200 pixels.
Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np

from faceapp.calibration.calibrator import LibraryCalibrator
from faceapp.config import models_dir
from faceapp.faces.analyser import open_analyser
from faceapp.faces.catalogue import load_catalogue
from faceapp.imaging.decode import read_photo
from faceapp.index.gallery import FaceGallery
from faceapp.types import Box

ROOT = Path(__file__).resolve().parent.parent
THRESHOLDS = (0.25, 0.30, 0.35, 0.40)
OVERLAP = 0.3  # intersection over union from which a found face is that of truth.csv
ENOUGH = 20  # false matches from which a ratio means something


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--photos", type=int, default=600)
    parser.add_argument("--size", default="4000x3000", help="of the photos, pixels")
    parser.add_argument("--small", action="store_true", help="photos of 1600x1200 with faces of 60 to 400 pixels")
    parser.add_argument("--hard", action="store_true", help="spoil six faces in ten")
    parser.add_argument("--cache", type=Path, help="where vectors are kept for the next run")
    parser.add_argument("--tool", type=Path, default=ROOT.parent / "shared" / "tools" / "make_library.py")
    args = parser.parse_args()
    if not args.tool.is_file():
        print(f"The maker of libraries is not at {args.tool}; give it with --tool.", file=sys.stderr)
        return 2
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as scratch:
        libraries = {seed: measured(faces_of(seed, args, Path(scratch))) for seed in args.seeds}
    rows = [row for library in libraries.values() for row in library["rows"]]
    judged = [row["ratio"] for row in rows if row["expected"] >= ENOUGH]
    least = min(row["ratio"] for row in rows if row["true"])
    held = all(0.5 <= ratio <= 2 for ratio in judged) and least >= 1 / 3
    result = {
        "ratio_least": min(judged),
        "ratio_most": max(judged),
        "least_anywhere": least,
        "plain_least": min(row["plain_ratio"] for row in rows if row["expected"] >= ENOUGH),
        "plain_most": max(row["plain_ratio"] for row in rows if row["expected"] >= ENOUGH),
        "held": held,
        "libraries": libraries,
    }
    print(json.dumps(result))
    return 0 if held else 1


def faces_of(seed: int, args: argparse.Namespace, scratch: Path) -> dict[str, np.ndarray]:
    """Return the faces found in a made library: vectors, photo, person (-1: nobody), size and norm; cached."""
    size = "1600x1200" if args.small else args.size
    name = f"{seed}-{args.photos}-{size}{'-hard' if args.hard else ''}"
    kept = args.cache / f"{name}.npz" if args.cache else None
    if kept is not None and kept.is_file():
        with np.load(kept) as arrays:
            return dict(arrays)
    folder = scratch / name if args.cache is None else args.cache / name
    if not (folder / "truth.csv").is_file():
        command = [sys.executable, args.tool, folder, "--photos", args.photos, "--seed", seed, "--size", size]
        command += ["--min-face", 60, "--max-face", 400] if args.small else []
        command += ["--hard"] if args.hard else []
        subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr)
    arrays = analysed(folder)
    if kept is not None:
        np.savez(kept, **arrays)
    return arrays


def analysed(folder: Path) -> dict[str, np.ndarray]:
    """Find and embed the faces of a made library, and tell by ``truth.csv`` whose they are."""
    truth: dict[str, list[tuple[Box, str]]] = defaultdict(list)
    with (folder / "truth.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            boxes = truth[row["photo"]]
            if row["person"]:
                width, height = int(row["width"]), int(row["height"])
                x, y, w, h = (float(row[key]) for key in "xywh")
                boxes.append((Box(x / width, y / height, w / width, h / height), row["person"]))
    analyser = open_analyser(models_dir())
    names = sorted({person for boxes in truth.values() for _, person in boxes})
    found = []
    with ThreadPoolExecutor(2) as pool:
        faces_of_photos = pool.map(lambda path: analyser.analyse(read_photo(folder / path).pixels), truth)
        for photo, (boxes, faces) in enumerate(zip(truth.values(), faces_of_photos, strict=True), 1):
            for face in faces:
                best = max(boxes, key=lambda labelled: labelled[0].iou(face.detection.box), default=None)
                known = best is not None and best[0].iou(face.detection.box) >= OVERLAP
                person = names.index(best[1]) if best is not None and known else -1
                found.append((face.embedding, photo, person, face.quality.size_px, face.quality.norm))
    columns = zip(*found, strict=True)
    return dict(zip(("vectors", "photos", "people", "sizes", "norms"), map(np.array, columns), strict=True))


class MadeReader:
    """What the calibrator asks of a library in which nobody has a name."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self._arrays = arrays

    def photo_ids(self) -> np.ndarray:
        return np.unique(self._arrays["photos"])

    def people(self) -> list[object]:
        return []

    def faces(self, ids: list[int]) -> list[SimpleNamespace]:
        sizes, norms = self._arrays["sizes"], self._arrays["norms"]
        return [SimpleNamespace(id=n, quality=SimpleNamespace(size_px=sizes[n - 1], norm=norms[n - 1])) for n in ids]


def measured(arrays: dict[str, np.ndarray]) -> dict[str, object]:
    """Return promised and true numbers of false matches over all queries of one library."""
    known = arrays["people"] >= 0  # neighbours left in the pictures of which the library is made: nobody knows who
    arrays = {name: values[known] for name, values in arrays.items()}
    vectors, people = arrays["vectors"], arrays["people"]
    face_ids = np.arange(1, len(vectors) + 1)
    embedder = load_catalogue(models_dir()).embedder
    gallery = FaceGallery(vectors.shape[1], embedder.slider_minimum)
    gallery.add(face_ids, arrays["photos"], vectors)
    begun = time.perf_counter()
    calibrator = LibraryCalibrator(gallery, MadeReader(arrays), embedder.thresholds)
    calibration = calibrator.refresh()
    seconds = time.perf_counter() - begun
    expected, true = dict.fromkeys(THRESHOLDS, 0.0), dict.fromkeys(THRESHOLDS, 0)
    defaults = []
    for vector, person in zip(vectors, people, strict=True):
        matches = gallery.search(vector)
        wrong = people[matches.face_ids - 1] != person
        for threshold in THRESHOLDS:
            expected[threshold] += calibration.outlook(matches, threshold, len(gallery)).strangers
            true[threshold] += int(wrong[: matches.count(threshold)].sum())
        shown = matches.count(calibration.marks(matches, len(gallery)).balanced)
        defaults.append((shown, int(wrong[:shown].sum())))
    of_two_people = int((people[:, None] != people[None, :]).sum())
    rows = [row(t, expected[t], true[t], plain(embedder.thresholds, t) * of_two_people) for t in THRESHOLDS]
    print(*rows, sep="\n", file=sys.stderr)
    shown, wrong_shown = np.array(defaults).sum(axis=0)
    return {
        "faces": len(vectors),
        "impostor_pairs": calibration.impostor_pairs,
        "refresh_s": round(seconds, 2),
        "strangers_in_hundred_at_balanced": round(100 * wrong_shown / shown, 3),
        "rows": rows,
    }


def plain(thresholds: dict[str, float], t: float) -> float:
    """Return the false-accept rate by the manifest alone, a straight line through its rates in the logarithm."""
    x = np.array([thresholds["far_1e2"], thresholds["far_1e3"], thresholds["far_1e4"]])
    slope, start = np.polyfit(x, [-2.0, -3.0, -4.0], 1)
    return float(10 ** (slope * t + start))


def row(threshold: float, expected: float, true: int, plain_expected: float) -> dict[str, float]:
    return {
        "threshold": threshold,
        "expected": round(expected, 1),
        "true": true,
        "ratio": round(expected / max(true, 1), 3),
        "plain_ratio": round(plain_expected / max(true, 1), 3),
    }


if __name__ == "__main__":
    sys.exit(main())
