#!/usr/bin/env python3
"""How near the scan comes to the speed of the machine.

    python benchmarks/scan.py [--photos 200] [--made FOLDER]
    uv run --group benchmark python benchmarks/scan.py --reference

Makes a library of photos of 12 megapixels with known faces, or takes one that is there (``--made``), and reads all its
files once, so that the disk costs nothing anywhere. Measures what the stages of a photo cost on one core, one after
the other, in this process: before each scan and after it, since machines change their speed. The *floor* is the sum
of the stages divided by the cores. Runs ``faceapp scan`` as a user does, several times, and scores what it found.

Ends with one JSON line:

    photos_per_second, floor_photos_per_second, efficiency    medians; by the scan's own clock: floor time / scan time
    process_seconds                                           from the start of the process to its end
    stages_ms                                                 a photo: read and decode, detect, align and embed, ...
    peak_pss_mb, peak_rss_mb    the scan and its children together; pages that they share count once, or for each
    recall, precision           of detection, by ``score.py``
    reference_...               the package face_recognition (HOG, its defaults) on a few of the same photos
    speedup                     photos per second over the reference's
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import psutil
from PIL import Image

from faceapp.bootstrap import photo_work
from faceapp.config import Config
from faceapp.faces.analyser import FaceAnalyser
from faceapp.scan.photo_work import Index, PhotoWork
from faceapp.types_scan import IndexedPhoto, PendingPhoto

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parent.parent / "shared" / "tools"
WARM_UP = 3  # photos: models load, memory is taken
SAMPLE_SECONDS = 0.2
ORIENTATION = 0x0112

Row = dict[str, Any]


@dataclass
class Clock:
    """Adds up the seconds that each stage takes. A stage inside another counts for itself only."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _open: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            with self.stage(name):
                return work(*arguments)

        return run

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


class TimedAnalyser(FaceAnalyser):
    """The analyser with a clock on its detector; what is left of it is aligning and embedding."""

    def __init__(self, analyser: FaceAnalyser, clock: Clock) -> None:
        super().__init__(analyser._detector, analyser._embedder)
        self._clock = clock
        detect = self._detector.detect
        self._detector.detect = clock.timed("detect", detect)  # type: ignore[method-assign]

    def analyse(self, *pictures: Any) -> Any:
        with self._clock.stage("align_embed"):
            return super().analyse(*pictures)


def timed_work(clock: Clock) -> PhotoWork:
    """Return what a child process does with a photo, with a clock on each of its parts."""
    work = photo_work(Config())
    assert isinstance(work.analyser, FaceAnalyser)
    return replace(
        work,
        analyser=TimedAnalyser(work.analyser, clock),
        read_bytes=clock.timed("read_decode", work.read_bytes),
        decode=clock.timed("read_decode", work.decode),
        overview=clock.timed("detect", work.overview),
        thumbnail=clock.timed("thumbnails", work.thumbnail),
        tile=clock.timed("thumbnails", work.tile),
    )


def measure_stages(folder: Path, photos: Sequence[Path]) -> dict[str, float]:
    """Return the milliseconds that each stage takes a photo, on one core."""
    clock = Clock()
    work = timed_work(clock)
    for number, path in enumerate([*photos[:WARM_UP], *photos]):
        if number == WARM_UP:
            clock.seconds.clear()
        done = work(Index(PendingPhoto(number, 1, folder, path, path.stat().st_size)))
        assert isinstance(done, IndexedPhoto), done
    return {name: seconds * 1000 / len(photos) for name, seconds in clock.seconds.items()}


@dataclass
class Peak:
    """The most memory that a process and its children took together, in bytes."""

    pss: int = 0  # 0 where the system does not tell
    rss: int = 0

    def look(self, process: psutil.Process) -> None:
        pss = rss = 0
        for one in (process, *children_of(process)):
            try:
                facts = one.memory_full_info()
            except psutil.Error:
                continue
            rss += facts.rss
            pss += getattr(facts, "pss", 0)
        self.pss, self.rss = max(self.pss, pss), max(self.rss, rss)


def children_of(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def run_scan(folder: Path, library: Path) -> tuple[Row, float, Peak]:
    """Scan into a fresh library. Return the summary, the seconds from start to end of the process, its memory."""
    begun, peak = time.perf_counter(), Peak()
    command = [sys.executable, "-m", "faceapp", "scan", str(folder), "--library", str(library), "--json"]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            peak.look(watched)
            time.sleep(SAMPLE_SECONDS)
        seconds = time.perf_counter() - begun
        assert process.stdout is not None
        summary = json.loads(process.stdout.read())
    if process.returncode != 0:
        sys.exit(f"the scan ended with {process.returncode}")
    return summary, seconds, peak


def faces_in(library: Path) -> list[Row]:
    command = [sys.executable, "-m", "faceapp", "faces", "--library", str(library), "--json", "--embeddings"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def score(truth: Sequence[Row], faces: Sequence[Row]) -> Row:
    """Return what ``score.py`` says of faces."""
    with tempfile.TemporaryDirectory() as name:
        truth_file, faces_file = Path(name) / "truth.csv", Path(name) / "faces.jsonl"
        with truth_file.open("w", newline="") as file:
            rows = csv.DictWriter(file, truth[0].keys())
            rows.writeheader()
            rows.writerows(truth)
        faces_file.write_text("".join(json.dumps(face) + "\n" for face in faces))
        command = [sys.executable, str(TOOLS / "score.py"), str(truth_file), str(faces_file)]
        scored: Row = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    return scored


def run_reference(photos: Sequence[Path]) -> Row:
    """Return what ``face_recognition`` finds in photos, and how long it takes."""
    command = [sys.executable, "-W", "ignore", str(HERE / "reference.py"), *map(str, photos)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.returncode)
    found: Row = json.loads(done.stdout)
    return found


def spread(items: Sequence[Path], count: int) -> list[Path]:
    """Return so many of the items, evenly spread."""
    count = min(count, len(items))
    return [items[number * len(items) // count] for number in range(count)]


def is_upright(path: Path) -> bool:
    with Image.open(path) as image:
        return bool(image.getexif().get(ORIENTATION, 1) == 1)


def find_photos(args: argparse.Namespace, scratch: Path) -> Path:
    """Return the folder of the made library, made now unless there is one."""
    if not TOOLS.is_dir():
        sys.exit(f"{TOOLS} is not there: it holds make_library.py, which makes the photos, and score.py")
    if args.made is not None:
        if not (args.made / "truth.csv").is_file():
            sys.exit(f"{args.made} holds no truth.csv: make_library.py did not make it")
        return Path(args.made).resolve()
    made = scratch / "made"
    subprocess.run(
        [sys.executable, str(TOOLS / "make_library.py"), str(made), "--photos", str(args.photos)], check=True
    )
    return made


def choose(folder: Path, count: int, scratch: Path) -> tuple[Path, list[Row], list[Path]]:
    """Return a folder of at most so many of the photos, their rows of truth.csv and their paths."""
    with (folder / "truth.csv").open(newline="") as file:
        truth: list[Row] = list(csv.DictReader(file))
    names = list(dict.fromkeys(row["photo"] for row in truth))
    if count >= len(names):
        return folder, truth, [folder / name for name in names]
    chosen = set(names[:count])
    for name in chosen:
        link = scratch / "chosen" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(folder / name)
    rows = [row for row in truth if row["photo"] in chosen]
    return scratch / "chosen", rows, [scratch / "chosen" / name for name in names[:count]]


def measure(args: argparse.Namespace, scratch: Path) -> Row:
    folder, truth, photos = choose(find_photos(args, scratch), args.photos, scratch)
    for photo in photos:
        photo.read_bytes()
    cores = os.cpu_count() or 1
    sample = spread(photos, args.sample)
    stages, rounds = [measure_stages(folder, sample)], []
    for number in range(args.rounds):
        library = scratch / f"library {number}"
        rounds.append((library, *run_scan(folder, library)))
        stages.append(measure_stages(folder, sample))
    costs = [sum(one.values()) for one in stages]
    floors = [(before + after) / 2 / 1000 / cores for before, after in pairwise(costs)]  # seconds a photo
    speeds = [len(photos) / summary["seconds"] for _, summary, _, _ in rounds]
    efficiencies = [floor * speed for floor, speed in zip(floors, speeds, strict=True)]
    faces = faces_in(rounds[-1][0])
    detection = score(truth, faces)["detection"]
    result: Row = {
        "photos": len(photos),
        "cores": cores,
        "photos_per_second": round(median(speeds), 2),
        "floor_photos_per_second": round(1 / median(floors), 2),
        "efficiency": round(median(efficiencies), 3),
        "efficiency_of_rounds": [round(one, 3) for one in efficiencies],
        "scan_seconds": [summary["seconds"] for _, summary, _, _ in rounds],
        "process_seconds": [round(seconds, 2) for _, _, seconds, _ in rounds],
        "stages_ms": {name: round(median(one[name] for one in stages), 1) for name in stages[0]},
        "stages_of_rounds_ms": [round(cost, 1) for cost in costs],
        "peak_pss_mb": round(max(peak.pss for *_, peak in rounds) / (1 << 20)),
        "peak_rss_mb": round(max(peak.rss for *_, peak in rounds) / (1 << 20)),
        "recall": detection["recall"],
        "precision": detection["precision"],
    }
    if args.reference:
        chosen = spread([photo for photo in photos if is_upright(photo)], args.reference_photos)  # it turns none
        result |= compare(chosen, folder, truth, faces, median(speeds))
    return result


def compare(photos: Sequence[Path], folder: Path, truth: Sequence[Row], faces: Sequence[Row], speed: float) -> Row:
    """Return how the reference does on photos, and Faceapp on the same ones."""
    names = {photo.relative_to(folder).as_posix() for photo in photos}
    rows = [row for row in truth if row["photo"] in names]
    reference = run_reference(photos)
    theirs = score(rows, reference["faces"])["detection"]
    ours = score(rows, faces)["detection"]
    return {
        "reference_photos": len(photos),
        "reference_photos_per_second": round(len(photos) / reference["seconds"], 3),
        "speedup": round(speed * reference["seconds"] / len(photos), 1),
        "reference_recall": theirs["recall"],
        "reference_precision": theirs["precision"],
        "recall_on_the_same": ours["recall"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=int, default=200, help="how many photos (default: 200)")
    parser.add_argument("--made", type=Path, metavar="FOLDER", help="what make_library.py made before")
    parser.add_argument("--sample", type=int, default=40, help="photos on which the stages are measured (default: 40)")
    parser.add_argument("--rounds", type=int, default=3, help="scans, between two measurements each (default: 3)")
    parser.add_argument("--reference", action="store_true", help="also measure the package face_recognition")
    parser.add_argument("--reference-photos", type=int, default=20, help="on how many photos (default: 20)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        result = measure(args, Path(scratch))
    for name, value in result.items():
        print(f"{name:28} {value}")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
