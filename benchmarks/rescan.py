"""What it costs to find that nothing changed, against a bare walk of the same files.

A tree of small files stands in a real library as if it had been read. Then a walk that only lists and
``stat``s, and a scan by the real scanner, take turns in one process; the medians count.

    python benchmarks/rescan.py [--files 100000]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from faceapp.config import Config
from faceapp.library.library import Library
from faceapp.scan.pipeline import PhotoScanner
from faceapp.types_scan import FoundFile, IndexedPhoto

FILES_A_FOLDER = 1000
BATCH = 1000
ROUNDS = 5


class NoPool:
    """A pool that nobody may need: a scan that finds nothing new starts no child."""

    count = 2

    def submit(self, request: Any, *, urgent: bool = False) -> Future[Any]:
        raise AssertionError("nothing changed, and yet a photo is read")

    def set_limit(self, limit: int) -> None:
        raise AssertionError("there is nothing to limit")

    def warm(self, count: int) -> None:
        raise AssertionError("there is nothing to read")

    def close(self) -> None:
        pass


def make_tree(root: Path, files: int) -> None:
    for first in range(0, files, FILES_A_FOLDER):
        folder = root / f"{first // FILES_A_FOLDER:04}"
        folder.mkdir(parents=True)
        for number in range(first, min(first + FILES_A_FOLDER, files)):
            (folder / f"IMG_{number:06}.jpg").write_bytes(b"x" * (number % 97))


def bare_walk(root: str) -> Iterator[tuple[str, int, int]]:
    waiting = [root]
    while waiting:
        with os.scandir(waiting.pop()) as listing:
            for entry in listing:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    info = entry.stat()
                    yield entry.path, info.st_size, info.st_mtime_ns


def fill(library: Library, root: Path) -> None:
    """Let the library know every file as read, without a face."""
    store = library.scan_store
    folder = store.add_folder(root)
    top = len(str(root)) + 1
    found = [FoundFile(path[top:], size, mtime_ns) for path, size, mtime_ns in bare_walk(str(root))]
    for first in range(0, len(found), BATCH):
        store.put_pending(folder.id, found[first : first + BATCH])
    waiting = store.pending([folder.id])
    for first in range(0, len(waiting), BATCH):
        store.save(
            [
                IndexedPhoto(photo.id, 1, 1, hashlib.sha256(bytes(photo.path)).digest(), None, None, [], b"", [])
                for photo in waiting[first : first + BATCH]
            ]
        )


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=100_000)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory(prefix="faceapp-rescan-") as place:
        root = Path(place).resolve() / "photos"
        make_tree(root, files)
        config = Config(library_dir=Path(place) / "library")
        library = Library.open(config.library_dir, write=True, model="none")
        try:
            fill(library, root)
            scanner = PhotoScanner(library.scan_store, NoPool(), config, known_folders=library.reader.folders)

            def walk() -> None:
                assert sum(1 for _ in bare_walk(str(root))) == files

            def rescan() -> None:
                summary = scanner.scan([root])
                assert (summary.photos, summary.skipped) == (files, files)

            rounds = [(seconds(walk), seconds(rescan)) for _ in range(ROUNDS + 1)][1:]  # the first warms the caches
        finally:
            library.close()
    walked, rescanned = (statistics.median(column) for column in zip(*rounds, strict=True))
    for one, other in rounds:
        print(f"walk {one:.3f} s, rescan {other:.3f} s")
    report = {
        "files": files,
        "walk_s": round(walked, 4),
        "rescan_s": round(rescanned, 4),
        "ratio": round(rescanned / walked, 2),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
