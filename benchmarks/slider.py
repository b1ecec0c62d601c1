"""What one step of the slider costs in the window with 100,000 matches.

The real window (offscreen) shows the answer to a query over a synthetic gallery; the slider is dragged over its whole
range and back, and after each step Qt paints what it changed. The baseline of the same run is the
binary search alone. With ``--parts`` the answer is parted into so many months, which every step cuts anew.

    python benchmarks/slider.py [--faces 100000] [--parts 300]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
from PySide6.QtWidgets import QApplication
from responsiveness import run_for, run_until

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.ports import Reader, Services
from faceapp.types import IdArray
from faceapp.types_search import GroupBy
from faceapp.ui import theme
from faceapp.ui.main_window import MainWindow
from faceapp.ui.query import Probe


def with_synthetic_faces(services: Services, probe: np.ndarray, faces: int, months: int) -> Services:
    """Fill the gallery with unit vectors whose cosines to the probe spread evenly from 0.2 to 1.

    Their photos, two faces in each, were taken in so many months.
    """
    rng = np.random.default_rng(1)
    cosines = np.linspace(0.201, 1.0, faces).astype(np.float32)[:, None]
    noise = rng.normal(size=(faces, len(probe))).astype(np.float32)
    noise -= (noise @ probe)[:, None] * probe
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    vectors = cosines * probe + np.sqrt(1 - cosines**2) * noise
    ids = rng.permutation(faces).astype(np.int64) + 1
    services.gallery.add(ids, (ids + 1) // 2, vectors.astype(np.float32))
    tile = cv2.imencode(".jpg", rng.integers(0, 255, (224, 224, 3), np.uint8))[1].tobytes()
    reader = cast(Reader, DatedReader(services.reader, (faces + 2) // 2, max(1, months)))
    return replace(services, thumbnails=SyntheticThumbnails(tile), reader=reader)


@dataclass(frozen=True)
class DatedReader:
    """A library whose photos were taken evenly over some months."""

    reader: Reader
    photo_count: int
    month_count: int

    def photo_dates(self) -> tuple[IdArray, IdArray]:
        month_us = 30.44 * 86_400e6
        moments = np.linspace(self.month_count, 0, self.photo_count, endpoint=False) * month_us
        return np.arange(1, self.photo_count + 1, dtype=np.int64), moments.astype(np.int64)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.reader, name)


@dataclass(frozen=True)
class SyntheticThumbnails:
    """Every face has the same tile, so that painting costs what it costs with pictures."""

    tile: bytes

    def photo(self, photo_id: int) -> bytes:
        return self.tile

    def face(self, face_id: int) -> bytes:
        return self.tile


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--parts", type=int, default=0, help="months the answer is parted into (default: not parted)")
    args = parser.parse_args()
    app = QApplication([])
    theme.apply(app, "light")
    probe = np.zeros(512, np.float32)
    probe[0] = 1
    with tempfile.TemporaryDirectory() as folder:
        config = Config(library_dir=Path(folder) / "library")
        window = MainWindow(lambda: with_synthetic_faces(open_services(config), probe, args.faces, args.parts))
        window.show()
        window.start()
        run_until(lambda: window.session.is_open)
        if args.parts:
            window.query.set_group_by(GroupBy.DATE)
        window.searching.start([Probe(("picture", 1), "synthetic", probe, None)])
        run_until(lambda: window.query.complete)
        run_for(1)
        matches = window.query.matches
        assert matches is not None
        slider = window.match_bar.slider
        steps = [*range(slider.minimum(), slider.maximum() + 1, 4), *range(slider.maximum(), slider.minimum() - 1, -4)]
        costs, cuts, bare = [], [], []
        for step in steps:
            begun = time.perf_counter()
            slider.setValue(step)
            cut = time.perf_counter()
            app.processEvents()  # paints what the step changed
            painted = time.perf_counter()
            costs.append((painted - begun) * 1000)
            cuts.append((cut - begun) * 1000)
            begun = time.perf_counter()
            matches.count(step / 1000)
            bare.append((time.perf_counter() - begun) * 1000)
        parts = len(window.query.sections())
        window.close()

    def figures(values: list[float]) -> dict[str, float]:
        p50, p95, p99 = np.percentile(values, [50, 95, 99])
        return {
            "p50": round(float(p50), 3),
            "p95": round(float(p95), 3),
            "p99": round(float(p99), 3),
            "max": round(max(values), 3),
        }

    result = {
        "matches": len(matches.scores),
        "parts": parts,
        "steps": len(steps),
        "step_with_painting_ms": figures(costs),
        "step_without_painting_ms": figures(cuts),
        "binary_search_ms": figures(bare),
    }
    for name, value in result.items():
        print(f"{name:26} {value}")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
