#!/usr/bin/env python3
"""Make the pictures on which Faceapp checks a model: heads cut out of tests/portraits, with their landmarks.

    python scripts/make_selfcheck.py

Writes resources/selfcheck/*.jpg and faces.toml beside them. Landmarks are the bundled detector's.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from faceapp.config import models_dir
from faceapp.faces.analyser import FaceAnalyser, open_analyser
from faceapp.types import Pixels

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "selfcheck"
EYES = 60.0  # pixels between the eyes of a cut-out; the aligned face of 112 pixels has 35
SIDE = 4.5  # side of a cut-out in distances between the eyes: every template lies inside
PEOPLE = {
    "obama.jpg": "Barack Obama",
    "obama2.jpg": "Barack Obama",
    "obama3.jpg": "Barack Obama",
    "biden.jpg": "Joe Biden",
    "grace_hopper.jpg": "Grace Hopper",
    "astronaut.png": "Eileen Collins",
}


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    analyser = open_analyser(models_dir())
    lines = [
        "# Heads of the self-check, with their landmarks in pixels: eyes, nose, corners of the mouth; left to right."
    ]
    for name, person in PEOPLE.items():
        photo = cv2.imdecode(np.frombuffer((ROOT / "tests/portraits" / name).read_bytes(), np.uint8), cv2.IMREAD_COLOR)
        assert photo is not None, name
        # Landmarks are truer on a head of moderate size: once to find it, once more on what was cut out and reduced.
        wide, _ = cut(np.asarray(photo, np.uint8), analyser, 2 * SIDE)
        head, points = cut(wide, analyser, SIDE)
        file = f"{Path(name).stem}.jpg"
        done, data = cv2.imencode(".jpg", head, [cv2.IMWRITE_JPEG_QUALITY, 85])
        assert done, name
        (OUT / file).write_bytes(data.tobytes())
        pairs = ", ".join(f"[{x:.1f}, {y:.1f}]" for x, y in points)
        lines += ["", "[[face]]", f'file = "{file}"', f'person = "{person}"', f"landmarks = [{pairs}]"]
    (OUT / "faces.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def cut(photo: Pixels, analyser: FaceAnalyser, side: float) -> tuple[Pixels, np.ndarray]:
    """Return the largest face's surroundings, reduced, and its landmarks there; ``side`` in distances of its eyes."""
    height, width = photo.shape[:2]
    landmarks = np.array(analyser.analyse(photo)[0].detection.landmarks) * (width, height)
    eyes = float(np.hypot(*(landmarks[1] - landmarks[0])))
    half = round(eyes * side / 2)
    x, y = np.round(landmarks.mean(axis=0) - (0, eyes * 0.15)).astype(int)
    left, top = max(0, x - half), max(0, y - half)
    head = photo[top : y + half, left : x + half]
    factor = min(1.0, EYES / eyes)
    small = np.asarray(cv2.resize(head, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    # Pixel centres lie at whole numbers, so a corner of the picture at -0.5.
    shrunk = np.array([small.shape[1] / head.shape[1], small.shape[0] / head.shape[0]])
    return small, (landmarks - (left, top) + 0.5) * shrunk - 0.5


if __name__ == "__main__":
    main()
