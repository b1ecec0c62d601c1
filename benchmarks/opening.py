"""How long it takes from the start of the process to the first page, and to the answer to a click.

A library of 100,000 photos and 250,000 faces is written straight into a database, with vectors and the thumbnails of
its first page. The window (offscreen) is then opened on it four times, each in a process of its own: once on a library
of nothing, so that Python's compiled files are there as they are for everybody but on the first day; with no files of
vectors, as after an upgrade; and twice with those that the second one left. Each time a face is clicked as soon as the
page shows.

    first_page      the grid is painted with all pictures of its first page
    answer          every match of the face that was clicked is in the grid
    peak            the most memory that the process took, mapped files included

    python benchmarks/opening.py [--faces 250000]

Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from contextlib import closing
from pathlib import Path

TARGETS = {"first_page_s": 1.5, "answer_s": 3.0, "peak_mb": 1000}
_FIRST_PAGE = 120  # thumbnails that are there
_BLOCK = 10_000


def make(folder: Path, faces: int, people: int = 5_000, largest: int = 20_000) -> None:
    """Write a library."""
    import cv2
    import numpy as np
    from people import DIMENSION, unit, vectors_of
    from people import make as make_people

    from faceapp.bootstrap import catalogue_of
    from faceapp.config import Config
    from faceapp.library.library import DATABASE_FILE, Library

    model = catalogue_of(Config(library_dir=folder)).choose_embedder(None).id
    Library.open(folder, model=model).close()
    path = folder / DATABASE_FILE
    made = make_people(path, faces, people, largest)
    rng = np.random.default_rng(3)
    centres = unit(rng.standard_normal((int(made.people.max()) + 1, DIMENSION)))
    with closing(sqlite3.connect(path)) as connection, connection:
        for top in range(0, faces, _BLOCK):
            some = slice(top, top + _BLOCK)
            packed = vectors_of(made.people[some], centres, rng).astype("<f2")
            rows = (
                (face, model, row.tobytes()) for face, row in zip(made.face_ids[some].tolist(), packed, strict=True)
            )
            connection.executemany(
                "INSERT INTO embedding (face_id, model, vector, crc32) VALUES (?, ?, ?, ?)",
                ((face, name, blob, zlib.crc32(blob)) for face, name, blob in rows),
            )
    tile = cv2.imencode(".jpg", rng.integers(0, 255, (224, 224, 3), np.uint8))[1].tobytes()
    library = Library.open(folder, model=model)
    newest = library.reader.photo_ids()[:_FIRST_PAGE].tolist()
    shown = {face.id: tile for photo in newest for face in library.reader.faces_of_photo(photo, 0.0)}
    library.thumbnails.put(photos=dict.fromkeys(newest, tile), faces=shown)
    library.close()


def open_window(folder: Path) -> dict[str, float]:
    """Open the window in this process, click a face, and say how long it took since the process began."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import psutil

    begun = psutil.Process().create_time()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from faceapp.app import open_library
    from faceapp.config import Config
    from faceapp.ui import theme
    from faceapp.ui.main_window import MainWindow

    app = QApplication([])
    theme.apply(app, "light")
    window = MainWindow(lambda: open_library(Config(library_dir=folder)))
    window.resize(1440, 900)
    window.show()
    QTimer.singleShot(0, window.start)
    found: dict[str, float] = {}
    first = 0

    def look() -> None:
        nonlocal first
        tiles = window.grid.tiles
        if "first_page_s" not in found:
            rows = list(window.grid.layout_now().items_between(0, window.grid.viewport().height()))
            if rows and tiles.rowCount() and all(tiles.tile(row).pixmap is not None for row in rows):
                window.grid.viewport().repaint()
                found["first_page_s"] = time.time() - begun
                first = window.session.services.reader.faces_of_photo(tiles.id_at(0), 0.0)[0].id
                window.searching.search_face(first)
        elif window.query.matches is not None and window.query.complete and window.pages.answering:
            window.grid.viewport().repaint()
            found["answer_s"] = time.time() - begun
            found["matches"] = float(window.query.count)
            poll.stop()
            window.close()
            app.quit()

    poll = QTimer(interval=5)
    poll.timeout.connect(look)
    poll.start()
    app.exec()
    return {name: round(value, 3) for name, value in found.items()} | {"peak_mb": peak_mb()}


def peak_mb() -> float:
    """Return the most memory that this process has taken, in MB."""
    try:
        import resource
    except ImportError:  # Windows
        import psutil

        return round(psutil.Process().memory_info().peak_wset / 1e6)
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faces", type=int, default=250_000)
    parser.add_argument("--window", type=Path, metavar="LIBRARY", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.window:
        print(json.dumps(open_window(args.window)))
        return
    report: dict[str, object] = {"faces": args.faces, "target": TARGETS}
    with tempfile.TemporaryDirectory(prefix="faceapp-opening-") as place:
        small, large = Path(place) / "small", Path(place) / "library"
        make(small, 100, people=5, largest=20)
        make(large, args.faces)
        environment = os.environ | {"PYTHONPYCACHEPREFIX": str(Path(place) / "compiled")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, library in (("warming", small), ("no files", large), ("files", large), ("files again", large)):
            command = [sys.executable, __file__, "--window", str(library)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
            opened = json.loads(done.stdout.strip().splitlines()[-1])
            if name != "warming":
                report[name] = opened
                print(f"{name:12} {opened}", flush=True)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
