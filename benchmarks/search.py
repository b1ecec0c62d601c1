"""How long the complete answer takes, and what it takes in memory, beside brute force in the same run.

A synthetic gallery of 512 numbers a face, with people of 1 to 20,000 faces, is opened as the window opens it: vectors
mapped from files, codes in memory. Each size runs in a process of its own, so that memory can be read off. Then:

    complete        every face from the slider's minimum on, for faces of people of all sizes as probes
    brute force     numpy float32 over all vectors, the faces above the same minimum, sorted: the baseline
    recall          at 0.30, 0.40, 0.50, 0.60 against brute force, and whether the sets are equal
    first screen    the 200 best by HNSW, re-scored (``--hnsw``: building it for a million faces takes minutes)
    slider          one cut of the answer, the window aside
    studio          InsightFace Evaluation Studio's own gallery search over 50,000 of these vectors, where it is
                    installed (``uv run --group benchmark``); it answers with one face a person

    python benchmarks/search.py [--sizes 100000 1000000] [--hnsw] [--no-window]

Opening a library of 250,000 faces and the slider with its view on 200,000 matches are measured by ``opening.py`` and
``slider.py``, which this calls. Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil

from faceapp.index.gallery import FaceGallery
from faceapp.index.hnsw import hnsw_available
from faceapp.index.segments import Origin
from faceapp.types import FloatArray, IdArray
from faceapp.types_search import VectorListing

DIMENSION = 512
FLOOR = 0.20
LARGEST = 20_000
NOISE = 0.72  # a face is its person's direction and this much of another: cosines of one person are about 0.65
PROBES = 240
THRESHOLDS = (0.30, 0.40, 0.50, 0.60)
FIRST_SCREEN = 200
STUDIO_FACES = 50_000
TARGETS = {100_000: (3, 8, 60), 1_000_000: (18, 40, 600)}  # median ms, 99th percentile ms, MB
ORIGIN = Origin("benchmark", "synthetic", DIMENSION)
_BLOCK = 20_000
T = TypeVar("T")


class Source:
    """Vectors in a file of float32, as a library would hand them out."""

    def __init__(self, path: Path, faces: int) -> None:
        self._vectors = np.load(path, mmap_mode="r")
        ids = np.arange(1, faces + 1, dtype=np.int64)
        self._listing = VectorListing(ids, (ids + 2) * 2 // 5, ids)

    def vector_listing(self) -> VectorListing:
        return self._listing

    def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
        return face_ids, face_ids, np.asarray(self._vectors[face_ids - 1])


def people_of(faces: int, rng: np.random.Generator) -> IdArray:
    """Return who each face is: people of 1 to 20,000 faces, their sizes spread evenly over the magnitudes."""
    sizes: list[int] = [min(LARGEST, faces // 10)]
    while sum(sizes) < faces:
        sizes.append(int(np.exp(rng.uniform(0, np.log(LARGEST / 20 if rng.random() < 0.97 else LARGEST / 2)))))
    people = np.repeat(np.arange(len(sizes)), sizes)[:faces]
    return rng.permutation(people)


def make(path: Path, faces: int) -> IdArray:
    """Write a gallery (faces, 512) float32 of length 1; return who each face is."""
    rng = np.random.default_rng(1)
    people = people_of(faces, rng)
    centres = unit(rng.standard_normal((int(people.max()) + 1, DIMENSION), dtype=np.float32))
    out = np.lib.format.open_memmap(path, "w+", np.float32, (faces, DIMENSION))
    for top in range(0, faces, _BLOCK):
        some = people[top : top + _BLOCK]
        noise = unit(rng.standard_normal((len(some), DIMENSION), dtype=np.float32))
        out[top : top + len(some)] = unit(centres[some] + NOISE * noise)
    out.flush()
    return people


def unit(vectors: FloatArray) -> FloatArray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def probes_of(people: IdArray) -> IdArray:
    """Return rows to look for: of people of every magnitude, largest first."""
    counts = np.bincount(people)
    by_size = np.argsort(-counts)
    wanted = by_size[np.unique(np.geomspace(1, len(by_size), PROBES).astype(int) - 1)]
    first = np.zeros(len(counts), np.int64)
    first[people[::-1]] = np.arange(len(people))[::-1]
    rows = first[wanted]
    rng = np.random.default_rng(2)
    return rng.permutation(np.concatenate([rows, rng.choice(len(people), PROBES - len(rows), replace=False)]))


def measure(faces: int, folder: Path, *, hnsw: bool) -> dict[str, object]:
    """Measure one size, in this process."""
    vectors_file = folder / "vectors.npy"
    people = make(vectors_file, faces)
    source, cache = Source(vectors_file, faces), folder / "cache"
    writing = FaceGallery(DIMENSION, FLOOR, loading=True)
    writing.load(source, cache, ORIGIN)
    writing.save()
    del writing
    # Another process opens what was written, so that nothing of the making counts as its memory.
    return run_child("--child", str(faces), str(folder), *(["--hnsw"] if hnsw else [])) | {
        "people": int(people.max()) + 1
    }


def measure_written(faces: int, folder: Path, *, hnsw: bool) -> dict[str, object]:
    """Open the files of ``measure`` and search."""
    vectors_file = folder / "vectors.npy"
    source = Source(vectors_file, faces)
    np.ones((64, 64), np.float32) @ np.ones((64, 64), np.float32)  # BLAS takes its memory before the gallery's is read
    people = people_of(faces, np.random.default_rng(1))
    rows = probes_of(people)
    before = own_memory()
    begun = time.perf_counter()
    gallery = FaceGallery(DIMENSION, FLOOR, loading=True)
    gallery.load(source, folder / "cache", ORIGIN)
    opened = time.perf_counter() - begun
    vectors = np.load(vectors_file, mmap_mode="r")
    gallery.search(np.asarray(vectors[0]))
    memory = own_memory() - before
    everything = np.load(vectors_file)  # brute force works in memory
    complete, brute, equal = [], [], True
    hits = dict.fromkeys(THRESHOLDS, 0)
    wanted = dict.fromkeys(THRESHOLDS, 0)
    cuts: list[float] = []
    for row in rows.tolist():
        probe = everything[row].copy()
        took, answer = timed(partial(gallery.search, probe))
        complete.append(took)
        took, found = timed(partial(brute_force, everything, probe))
        brute.append(took)
        scores = np.einsum("nd,d->n", everything[found], probe)  # summed in one order, whatever BLAS does
        for threshold in THRESHOLDS:
            truth = found[scores >= np.float32(threshold)] + 1
            took, count = timed(partial(answer.count, threshold))
            cuts.append(took * 1000)
            got = answer.face_ids[:count]
            wanted[threshold] += len(truth)
            hits[threshold] += len(np.intersect1d(truth, got))
            equal = equal and np.array_equal(np.sort(truth), np.sort(got))
    del everything
    report: dict[str, object] = {
        "faces": faces,
        "open_s": round(opened, 2),
        "memory_mb": round(memory / 1e6),
        "complete_ms": figures(complete),
        "brute_force_ms": figures(brute),
        "ratio": round(float(np.median(complete) / np.median(brute)), 3),
        "recall": {str(t): hits[t] / wanted[t] for t in THRESHOLDS},
        "sets_equal": bool(equal),
        "slider_us": figures(cuts),
    }
    if hnsw and hnsw_available():
        report["hnsw"] = measure_hnsw(gallery, folder, vectors, rows)
    return report


def measure_hnsw(gallery: FaceGallery, folder: Path, vectors: FloatArray, rows: IdArray) -> dict[str, object]:
    before = own_memory()
    begun = time.perf_counter()
    if not gallery.open_hnsw(folder / "cache" / "faces.hnsw", ORIGIN.library_id, ORIGIN.model_id, threads=2):
        return {"ready": False}
    built = time.perf_counter() - begun
    memory = own_memory() - before
    took, recalls = [], []
    for row in rows.tolist():
        probe = np.asarray(vectors[row])
        ms, first = timed(partial(gallery.nearest, probe, FIRST_SCREEN))
        took.append(ms)
        truth = gallery.search(probe).face_ids[:FIRST_SCREEN]
        recalls.append(len(np.intersect1d(first.face_ids, truth)) / max(1, len(truth)))
    begun = time.perf_counter()
    gallery.save()
    saved = gallery.save_hnsw()
    return {
        "ready": True,
        "build_s": round(built, 1),
        "memory_mb": round(memory / 1e6),
        "first_screen_ms": figures(took),
        "first_screen_recall": round(float(np.mean(recalls)), 3),
        "saved": saved,
        "save_s": round(time.perf_counter() - begun, 1),
    }


def brute_force(vectors: FloatArray, probe: FloatArray) -> IdArray:
    """Return the rows above the floor, best first."""
    scores = vectors @ probe
    found = np.flatnonzero(scores >= FLOOR - 1e-4)
    order: IdArray = found[np.argsort(-scores[found], kind="stable")]
    return order


def measure_studio(folder: Path) -> dict[str, object]:
    """Compare with InsightFace Evaluation Studio over the same vectors."""
    try:
        from insightface.gui.core.storage import Storage, embedding_to_blob
    except ImportError:
        return {"installed": False}
    vectors_file = folder / "studio.npy"
    people = make(vectors_file, STUDIO_FACES)
    vectors = np.load(vectors_file)
    storage = Storage(folder / "studio.sqlite")
    with storage.connect() as connection:
        connection.executemany(
            "INSERT INTO people (id, name) VALUES (?, ?)", ((int(i) + 1, f"P{i}") for i in np.unique(people))
        )
        rows = ((int(who) + 1, *embedding_to_blob(vector)) for who, vector in zip(people, vectors, strict=True))
        connection.executemany("INSERT INTO face_samples (person_id, embedding, embedding_dim) VALUES (?, ?, ?)", rows)
    gallery = FaceGallery(DIMENSION, FLOOR)
    ids = np.arange(1, STUDIO_FACES + 1, dtype=np.int64)
    gallery.add(ids, ids, vectors)
    ours, theirs, found, known = [], [], [], []
    for row in probes_of(people)[:12].tolist():
        for _ in range(3):
            took, answer = timed(partial(gallery.search, vectors[row]))
            ours.append(took)
        took, results = timed(partial(storage.search_embeddings, vectors[row], STUDIO_FACES, 0.4))
        theirs.append(took)
        found.append(sum(result.similarity >= 0.4 for result in results))
        known.append(answer.count(0.4))
    return {
        "installed": True,
        "faces": STUDIO_FACES,
        "ours_ms": figures(ours),
        "theirs_ms": figures(theirs),
        "times_faster": round(float(np.median(theirs) / np.median(ours)), 1),
        "their_recall": round(sum(found) / sum(known), 4),
    }


def timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work()
    return (time.perf_counter() - begun) * 1000, result


def figures(values: list[float]) -> dict[str, float]:
    p50, p99 = np.percentile(values, [50, 99])
    return {"p50": round(float(p50), 3), "p99": round(float(p99), 3)}


def own_memory() -> int:
    """Return the bytes that only this process holds: mapped files are page cache and do not count."""
    info = psutil.Process().memory_full_info()
    mapped = getattr(psutil.Process().memory_info(), "shared", 0)
    return int(info.rss - mapped)


def run_child(*arguments: str, script: str | None = None) -> dict[str, object]:
    """Run a benchmark in a process of its own and return its JSON line."""
    path = Path(__file__) if script is None else Path(__file__).with_name(script)
    done = subprocess.run([sys.executable, str(path), *arguments], stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--hnsw", action="store_true", help="build the HNSW graph as well")
    parser.add_argument("--no-window", action="store_true", help="leave out the opening and the slider")
    parser.add_argument("--child", nargs=2, metavar=("FACES", "FOLDER"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        print(json.dumps(measure_written(int(args.child[0]), Path(args.child[1]), hnsw=args.hnsw)))
        return
    report: dict[str, object] = {"sizes": []}
    for faces in args.sizes:
        with tempfile.TemporaryDirectory(prefix="faceapp-search-") as place:
            result = measure(faces, Path(place), hnsw=args.hnsw)
        if faces in TARGETS:
            result["target"] = dict(zip(("p50_ms", "p99_ms", "memory_mb"), TARGETS[faces], strict=True))
        tell(f"{faces:,} faces", result)
        report["sizes"] = [*report["sizes"], result]  # type: ignore[misc]
    with tempfile.TemporaryDirectory(prefix="faceapp-search-") as place:
        report["studio"] = measure_studio(Path(place))
    tell("InsightFace Evaluation Studio", report["studio"])
    if not args.no_window:
        report["slider"] = run_child("--faces", "200000", script="slider.py")
        tell("slider with its view", report["slider"])
        report["opening"] = run_child(script="opening.py")
        tell("opening", report["opening"])
    print(json.dumps(report))


def tell(title: str, result: object) -> None:
    print(title, flush=True)
    for name, value in dict(result).items() if isinstance(result, dict) else []:
        print(f"    {name:22} {value}", flush=True)


if __name__ == "__main__":
    main()
