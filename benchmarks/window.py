"""How smooth the window is over a large library: the first page, scrolling, zooming, and what its pictures take.

A library of 250,000 faces is written (see ``opening.py``), with pictures of the first 20,000 faces of the page of
faces. The window (offscreen) is opened on it. Every figure is time of its GUI thread: what one frame has to do, the
event loop, pictures that arrive and painting included. Frames come every 16 ms, as on a screen.

    first_page      from when the page of faces has been read until it is painted with all its pictures
    by_page         frames while the page key is held, through all faces that have pictures
    by_pixel        frames while the wheel turns
    by_pixel_back   the same way back, where the pictures are at hand
    zoom            from a turn of the wheel with Ctrl until the next size is painted
    zoom_frames     the frames that follow it
    pictures        the most bytes that were kept, thumbnails and tiles ready for the screen

    python benchmarks/window.py [--faces 250000] [--tiles 20000] [--library DIR]

Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from opening import make
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QThread
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from faceapp.app import open_library
from faceapp.config import Config
from faceapp.ui import page_content, pixmaps, theme
from faceapp.ui.main_window import MainWindow
from faceapp.ui.widgets import tile_ready

FRAME_MS = 16
WHEEL = 40  # pixels a frame
TARGETS_MS = {
    "first_page": {"max": 100},
    "by_page": {"p95": 8, "max": 16},
    "by_pixel": {"p95": 8, "max": 16},
    "by_pixel_back": {"p95": 8, "max": 16},
    "zoom": {"max": 30},
    "zoom_frames": {"p95": 16},
}
_PIXEL_FRAMES = 600
_ZOOMS = 24
_BLOCK = 2_000


def put_tiles(folder: Path, count: int) -> None:
    """Give the first faces of the page pictures, of a size and detail like those of faces."""
    import cv2

    from faceapp.bootstrap import catalogue_of
    from faceapp.library.library import Library

    rng = np.random.default_rng(4)
    kinds = []
    for _ in range(40):
        coarse = rng.integers(0, 255, (14, 14, 3), np.uint8)
        pixels = cv2.resize(coarse, (224, 224), interpolation=cv2.INTER_CUBIC).astype(np.int16)
        pixels += rng.integers(-8, 8, pixels.shape, np.int16)
        kinds.append(cv2.imencode(".jpg", np.clip(pixels, 0, 255).astype(np.uint8))[1].tobytes())
    model = catalogue_of(Config(library_dir=folder)).choose_embedder(None).id
    library = Library.open(folder, model=model)
    faces = library.reader.face_ids(min_score=Config().show_score)[:count].tolist()
    for top in range(0, len(faces), _BLOCK):
        some = faces[top : top + _BLOCK]
        library.thumbnails.put(photos={}, faces={face: kinds[face % len(kinds)] for face in some})
    library.close()


class Frames:
    """Does the work of one frame after the other, and notes how long each took."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.most = 0

    def one(self, step: Callable[[], object]) -> tuple[float, float]:
        """Do something and all that follows from it; return milliseconds by clock and at work. Then wait."""
        begun, worked = time.perf_counter(), time.thread_time()
        step()
        QCoreApplication.processEvents()
        work = (time.thread_time() - worked) * 1000
        took = (time.perf_counter() - begun) * 1000
        window = self._window
        self.most = max(self.most, window.pixmaps.size + window.grid.painter_bytes)
        QThread.msleep(max(1, round(FRAME_MS - took)))  # workers run meanwhile
        return took, work

    def many(self, step: Callable[[], object], count: int) -> list[tuple[float, float]]:
        return [self.one(step) for _ in range(count)]

    def until(self, done: Callable[[], object], what: str) -> None:
        limit = time.monotonic() + 60
        while not done():
            if time.monotonic() > limit:
                raise RuntimeError(f"waited in vain for {what}")
            QCoreApplication.processEvents()
            QThread.msleep(1)


def figures(times: list[tuple[float, float]]) -> dict[str, float]:
    """Return median, 95th percentile and maximum of what the thread worked, and the last two by the clock.

    By the clock counts what other programs took of the processors, and waiting for workers, as well.
    """
    clock, work = np.array(times).T
    found = {"median": np.median(work), "p95": np.percentile(work, 95), "max": work.max()}
    found |= {"clock_p95": np.percentile(clock, 95), "clock_max": clock.max()}
    return {name: round(float(value), 2) for name, value in found.items()}


def measure(folder: Path, tiles: int) -> dict[str, object]:
    app = QApplication([])
    theme.apply(app, "light")
    window = MainWindow(lambda: open_library(Config(library_dir=folder)))
    window.resize(1440, 900)
    window.show()
    window.start()
    frames, grid = Frames(window), window.grid
    frames.until(lambda: window.session.is_open and grid.tiles.rowCount(), "the library")
    frames.until(lambda: window.tasks.idle, "the first page")
    result: dict[str, object] = {"first_page": figures([_first_page(window, frames)])}
    frames.until(lambda: window.tasks.idle, "the page of faces")
    frames.many(lambda: None, 20)
    bar, offsets = grid.verticalScrollBar(), grid.layout_now()
    end = offsets.place(min(tiles, grid.tiles.rowCount()) - 1)[1]
    pages = max(1, (end - bar.value()) // bar.pageStep())
    result["by_page"] = figures(frames.many(lambda: bar.setValue(bar.value() + bar.pageStep()), pages))
    bar.setValue(0)
    frames.many(lambda: None, 60)
    bar.setValue(end // 2)
    frames.many(lambda: None, 60)
    result["by_pixel"] = figures(frames.many(lambda: bar.setValue(bar.value() + WHEEL), _PIXEL_FRAMES))
    result["by_pixel_back"] = figures(frames.many(lambda: bar.setValue(bar.value() - WHEEL), _PIXEL_FRAMES))
    steps: list[tuple[float, float]] = []
    after: list[tuple[float, float]] = []
    for number in range(_ZOOMS):
        steps.append(frames.one(lambda turn=120 if number // 4 % 2 else -120: _turn(grid.viewport(), turn)))
        after += frames.many(lambda: None, 12)
    result |= {"zoom": figures(steps), "zoom_frames": figures(after)}
    budget = pixmaps.BUDGET + tile_ready.BUDGET
    result["pictures_mb"] = {"most": round(frames.most / 1e6, 1), "budget": round(budget / 1e6, 1)}
    window.close()
    return result


def _first_page(window: MainWindow, frames: Frames) -> tuple[float, float]:
    """Go to the page of faces; return milliseconds from its content to its last picture."""
    ready = worked = 0.0
    read = page_content.read

    def noting(*args: object, **flags: object) -> object:
        nonlocal ready
        content = read(*args, **flags)  # type: ignore[arg-type]
        ready = time.perf_counter()
        return content

    page_content.read = noting  # type: ignore[assignment]
    grid = window.grid

    def painted() -> bool:
        rows = grid.layout_now().items_between(0, grid.viewport().height())
        return grid.tiles.kind == "face" and all(grid.tiles.tile(row).pixmap is not None for row in rows)

    window.navigation.show_page(("faces",))
    frames.until(lambda: ready, "the page")
    worked = time.thread_time()
    frames.until(painted, "pictures")
    grid.viewport().repaint()
    page_content.read = read
    return (time.perf_counter() - ready) * 1000, (time.thread_time() - worked) * 1000


def _turn(viewport: object, turn: int) -> None:
    at = QPointF(400, 300)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    ctrl = Qt.KeyboardModifier.ControlModifier
    wheel = QWheelEvent(at, at, QPoint(), QPoint(0, turn), buttons, ctrl, phase, False)
    QApplication.sendEvent(viewport, wheel)  # type: ignore[arg-type]


def missed(result: dict[str, object]) -> list[str]:
    """Return what takes longer, or more, than it should."""
    found = [
        f"{name} {kind}"
        for name, limits in TARGETS_MS.items()
        for kind, limit in limits.items()
        if result[name][kind] > limit  # type: ignore[index]
    ]
    pictures = result["pictures_mb"]
    return [*found, *(["pictures_mb"] if pictures["most"] > pictures["budget"] else [])]  # type: ignore[index]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faces", type=int, default=250_000)
    parser.add_argument("--tiles", type=int, default=20_000, help="faces that have pictures, and are scrolled through")
    parser.add_argument("--library", type=Path, help="where the library is made, or was made before")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faceapp-window-") as place:
        folder = args.library or Path(place) / "library"
        if not folder.exists():
            make(folder, args.faces)
            put_tiles(folder, args.tiles)
        result = measure(folder, args.tiles)
    for name, value in result.items():
        print(f"{name:14} {value}")
    print(json.dumps({"faces": args.faces, **result, "target_ms": TARGETS_MS, "missed": missed(result)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
