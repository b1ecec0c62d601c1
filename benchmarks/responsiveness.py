"""How smooth the window stays while it reads 12-megapixel photos.

A 1 ms timer runs on the GUI thread of the real window (offscreen, real models, real library) while a made
library is scanned; printed are the times between its ticks, and when the first photos showed. Idle ticks of the same
window are the baseline.

    python benchmarks/responsiveness.py --photos-dir MADE
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
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.ui import theme
from faceapp.ui.main_window import MainWindow


class Ticks:
    """Milliseconds between the ticks of a 1 ms timer on the GUI thread."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.gaps.append((now - self._last) * 1000)
        self._last = now

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> dict[str, float]:
        """Return median, 95th and 99th percentile and maximum, in ms."""
        self._timer.stop()
        gaps = np.array(self.gaps)
        p50, p95, p99 = np.percentile(gaps, [50, 95, 99])
        return {
            name: round(float(v), 2)
            for name, v in zip(("p50", "p95", "p99", "max"), (p50, p95, p99, gaps.max()), strict=True)
        }


def run_until(done: Callable[[], bool], poll_ms: int = 50) -> None:
    """Run the event loop until a condition holds."""
    loop = QEventLoop()
    poll = QTimer(interval=poll_ms)
    poll.timeout.connect(lambda: loop.quit() if done() else None)
    poll.start()
    loop.exec()
    poll.stop()


def run_for(seconds: float) -> None:
    end = time.monotonic() + seconds
    run_until(lambda: time.monotonic() >= end)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--photos-dir", type=Path, default=Path("made"), help="a folder of large photos (default: made)"
    )
    args = parser.parse_args()
    if not args.photos_dir.is_dir():
        print(f"{args.photos_dir} is not a folder; make one first or name another with --photos-dir", file=sys.stderr)
        return 2
    app = QApplication([])
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        config = Config(library_dir=Path(folder) / "library")
        window = MainWindow(lambda: open_services(config, background=True))
        window.show()
        window.start()
        run_until(lambda: window.session.is_open)
        run_for(1)
        idle = Ticks()
        idle.start()
        run_for(3)
        idle_figures = idle.stop()
        busy = Ticks()
        busy.start()
        started = time.monotonic()
        window.reading.add([args.photos_dir.absolute()])
        run_until(lambda: window.grid.tiles.rowCount() > 0, poll_ms=10)
        first = time.monotonic() - started
        run_until(lambda: window.session.scanning is None)
        seconds = time.monotonic() - started
        figures = busy.stop()
        run_for(1)  # the last count arrives
        overview = window.reading.overview
        photos = overview.counts.photos if overview is not None else 0
        window.close()
    print(f"idle     {idle_figures}")
    print(f"scanning {figures}")
    print(
        json.dumps(
            {
                "idle_ms": idle_figures,
                "scanning_ms": figures,
                "ticks": len(busy.gaps),
                "first_photos_seconds": round(first, 2),
                "seconds": round(seconds, 1),
                "photos": photos,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
