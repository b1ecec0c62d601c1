"""Trials of index files, each in a process of its own, as what goes wrong there may end the process.

``python -m tests.index.file_trials VERB FOLDER SEED [COUNT]``; an exit code that is not 0 is a failure.
Not in ``tests.endurance``, which imports pytest: that takes longer than all else such a process does first.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from faceapp.index.codes import encode
from faceapp.index.gallery import FaceGallery
from faceapp.index.hnsw import HnswIndex
from faceapp.index.segments import Origin, Segment, discard, read_segments, write_segment
from faceapp.types import FloatArray, IdArray
from faceapp.types_search import VectorListing
from tests.index.support import people

DIMENSION = 32
FACES = 300
ORIGIN = Origin("library", "model", DIMENSION)
STRANGERS = (
    Origin("another", "model", DIMENSION),
    Origin("library", "another", DIMENSION),
    Origin("library", "model", 16),
)
PAGE = 4096
BLOCKS = 8  # in which a segment is written


class Library:
    """The truth: every face has a vector of one of two versions, told apart by their sums."""

    def __init__(self, seed: int, faces: int = FACES) -> None:
        rng = np.random.default_rng(seed)
        every = np.random.default_rng(0)
        self.vectors_of = np.stack([people(every, 2 * faces, DIMENSION) for _ in range(2)])
        self.face_ids = np.sort(rng.choice(2 * faces, faces, replace=False)).astype(np.int64)
        self.versions = rng.integers(0, 2, 2 * faces)
        self.asked: list[int] = []

    def sums(self, face_ids: IdArray, versions: IdArray) -> IdArray:
        return face_ids * 2 + versions + 1

    def rows(self, face_ids: IdArray) -> FloatArray:
        return self.vectors_of[self.versions[face_ids], face_ids]

    def vector_listing(self) -> VectorListing:
        ids = self.face_ids
        return VectorListing(ids, ids // 2, self.sums(ids, self.versions[ids]))

    def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
        here = np.intersect1d(face_ids, self.face_ids)
        self.asked += here.tolist()
        return here, self.sums(here, self.versions[here]), self.rows(here)


def check(gallery: FaceGallery, library: Library, seed: int) -> None:
    """Compare a gallery with the truth: what it holds bit for bit, what it answers with brute force."""
    ids = library.face_ids
    assert np.array_equal(np.sort(gallery.listing()[0]), ids)
    here, vectors = gallery.take(ids)
    assert np.array_equal(here, ids)
    assert vectors.tobytes() == library.rows(ids).tobytes()
    for probe in library.rows(np.random.default_rng(seed).choice(ids, 2)):
        scores = library.rows(ids).astype(np.float64) @ probe
        found = gallery.search(probe)
        kept = np.isin(ids, found.face_ids)
        assert (scores[kept] >= gallery.floor - 1e-6).all()
        assert (scores[~kept] <= gallery.floor + 1e-6).all()
        order = np.searchsorted(ids, found.face_ids)
        assert np.allclose(found.scores, scores[order], rtol=0, atol=1e-6)
        assert (np.diff(found.scores) <= 0).all()
        near = gallery.nearest(probe, 5)
        assert near.scores[0] == found.scores[0]
        told = dict(zip(found.face_ids.tolist(), found.scores.tolist(), strict=True))
        assert [told[face] for face in near.face_ids.tolist()] == near.scores.tolist()


def opened(library: Library, folder: Path) -> FaceGallery:
    gallery = FaceGallery(DIMENSION, loading=True)
    gallery.load(library, folder, ORIGIN)
    return gallery


# Damage


def damage(files: list[Path], strange: list[bytes], chance: random.Random) -> None:
    """Do one thing to a file that no program should do."""
    path = chance.choice(files)
    if not path.exists():
        return
    data = bytearray(path.read_bytes())
    edge = chance.choice([0, 0, 1500, 1 << 16])  # half of the time anywhere; else at the header or from its end on
    at = min(chance.randrange(len(data) or 1) if edge == 0 else chance.randrange(edge), max(len(data) - 1, 0))
    kind = chance.randrange(11)
    if kind in (0, 1) and data:
        for _ in range(chance.choice([1, 1, 20])):
            data[at] ^= 1 << chance.randrange(8)
            at = chance.randrange(len(data))
    elif kind == 2:
        del data[at:]
    elif kind == 3:
        data += chance.choice([chance.randbytes(chance.randrange(1, 100)), bytes(PAGE)])
    elif kind == 4:
        top = at // PAGE * PAGE
        data[top : top + PAGE] = bytes(len(data[top : top + PAGE]))
    elif kind == 5 and len(data) > 2 * PAGE:
        one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
        data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]
    elif kind == 6:  # contents of two files change places
        other_path = chance.choice(files)
        if other_path.exists():
            kept, data = bytes(data), bytearray(other_path.read_bytes())
            other_path.write_bytes(kept)
    elif kind == 7:
        data = bytearray(chance.choice(strange))
    elif kind == 8:  # the header of one file before the payload of another
        head = chance.choice(strange)[: chance.choice([1 << 16, PAGE, 100])]
        data[: len(head)] = head
    elif kind == 9:
        data = bytearray(chance.randbytes(chance.choice([0, 1, 50, 5000, len(data)])))
    else:
        path.unlink()
        return
    path.write_bytes(data)


def put_back(folder: Path, whole: dict[str, bytes]) -> list[Path]:
    for path in folder.iterdir():
        if path.name not in whole:
            path.unlink()
    for name, data in whole.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.unlink(missing_ok=True)  # another file: the one that is there may be mapped
            path.write_bytes(data)
    return [folder / name for name in whole]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write_rows(folder: Path, face_ids: IdArray, sums: IdArray, vectors: FloatArray, origin: Origin = ORIGIN) -> Segment:
    made = encode(vectors)
    return write_segment(folder, origin, face_ids, sums, vectors, made.codes, made.steps, made.errors)


def damage_segments(folder: Path, seed: int, count: int) -> None:
    """Three files that overlap and are partly stale; files of strangers hold other vectors under the same sums."""
    library, chance = Library(seed), random.Random(seed)
    held: dict[str, set[int]] = {}
    ids = np.arange(2 * FACES)
    for number, some in enumerate((ids[:400], ids[300:550], ids[350:420])):
        versions = np.random.default_rng(number).integers(0, 2, 2 * FACES)[some]
        segment = write_rows(folder / "work", some, library.sums(some, versions), library.vectors_of[versions, some])
        held[segment.path.name] = set(some[versions == library.versions[some]].tolist())
    whole = contents(folder / "work")
    strange = list(whole.values())
    for number, origin in enumerate(STRANGERS):
        wrong = people(np.random.default_rng(9), len(ids), origin.dimension)
        sums = library.sums(ids, library.versions[ids])
        strange.append(write_rows(folder / f"{number}", ids, sums, wrong, origin).path.read_bytes())
    listed, damaged = set(library.face_ids.tolist()), 0
    for number in range(count):
        files = put_back(folder / "work", whole)
        for _ in range(chance.choice([1, 1, 2, 4])):
            damage(files, strange, chance)
        now = contents(folder / "work")
        sound = {name for name in held if now.get(name) == whole[name]}
        damaged += len(sound) < len(held)
        library.asked.clear()
        gallery = opened(library, folder / "work")
        assert set(library.asked) == listed - set().union(*(held[name] for name in sound)), "what is missing, no more"
        assert len(library.asked) == len(set(library.asked))
        check(gallery, library, number)
        if chance.random() < 0.2:
            gallery.save()
            library.asked.clear()
            check(opened(library, folder / "work"), library, number)
            assert not library.asked, "all is there again"
    assert damaged > 0.9 * count


def damage_graphs(folder: Path, seed: int, count: int) -> None:
    library, chance = Library(seed, 100), random.Random(seed)
    path = folder / "work" / "faces.hnsw"
    loads: list[bool] = []
    load = HnswIndex.load

    def noted(*given: Any) -> HnswIndex:
        loads.append(False)
        index = load(*given)
        loads[-1] = True
        return index

    HnswIndex.load = noted  # type: ignore[method-assign,assignment]
    strange: list[bytes] = []
    for other, identity in ((Library(seed + 1, 100), ("library", "model")), (library, ("another", "model"))):
        gallery = opened(other, folder / "other segments")
        shutil.rmtree(folder / "other", ignore_errors=True)
        assert gallery.open_hnsw(folder / "other" / "faces.hnsw", *identity)
        assert gallery.save_hnsw()
        strange += contents(folder / "other").values()
    gallery = opened(library, folder / "segments")
    assert gallery.open_hnsw(path, "library", "model")
    assert gallery.save_hnsw()
    whole = contents(path.parent)
    damaged = 0
    for number in range(count):
        files = put_back(path.parent, whole)
        for _ in range(chance.choice([1, 1, 2, 4])):
            damage(files, [*strange, *whole.values()], chance)
        sound = contents(path.parent) == whole
        damaged += not sound
        assert gallery.open_hnsw(path, "library", "model"), "it is built anew"
        assert gallery.nearest_is_quick
        assert loads[-1] == sound
        check(gallery, library, number)
        if chance.random() < 0.2:
            assert gallery.save_hnsw()
            assert gallery.open_hnsw(path, "library", "model")
            assert loads[-1], "all is there again"
    assert damaged > 0.9 * count


# Kills


def content_of(sequence: int) -> tuple[IdArray, IdArray, FloatArray]:
    """Return the ids, sums and vectors of the segment of that number: several blocks."""
    rng = np.random.default_rng(sequence)
    ids = np.arange(16_000) + sequence
    return ids, ids * 7 + 1, rng.random((len(ids), 64), np.float32)


def write_for_ever(folder: Path, seed: int, last_block: int) -> None:
    """Replace the segment of a folder by a next one, until killed. Says which are durable.

    With ``last_block`` it kills itself, once that block of the second one was handed over.
    """
    origin, written = Origin("library", "model", 64), 0

    def blocks(vectors: FloatArray) -> Iterator[FloatArray]:
        for number, block in enumerate(np.split(vectors, BLOCKS), 1):
            yield block
            if written and number == last_block:
                os.kill(os.getpid(), signal.SIGKILL)

    while True:
        before = read_segments(folder, origin)
        sequence = 1 + max((number_of(segment) for segment in before), default=0)
        ids, sums, vectors = content_of(sequence)
        steps = np.ones(len(ids), np.float32)
        write_segment(folder, origin, ids, sums, blocks(vectors), vectors.astype(np.int8), steps, steps)
        written += 1
        print(sequence, flush=True)
        discard(before)


def number_of(segment: Segment) -> int:
    return int(segment.path.name.split("-")[1])


def save_for_ever(folder: Path, seed: int, _: int) -> None:
    """Check what is there, then save one state of a library after the other, until killed."""
    while True:
        library = Library(seed)
        gallery = opened(library, folder)
        gallery.open_hnsw(folder / "faces.hnsw", "library", "model")
        check(gallery, library, seed)
        print(len(library.asked), flush=True)
        gallery.save()
        gallery.save_hnsw()
        seed += 1


def save_twice(folder: Path, seed: int, _: int) -> None:
    """Save what there is room for; answers are right before, after, and when all is opened again."""
    for library in (Library(seed), Library(seed + 1)):
        gallery = opened(library, folder)
        gallery.open_hnsw(folder / "faces.hnsw", "library", "model")
        gallery.save()
        gallery.save_hnsw()
        check(gallery, library, seed)
        again = opened(library, folder)
        again.open_hnsw(folder / "faces.hnsw", "library", "model")
        check(again, library, seed)


VERBS: dict[str, Callable[[Path, int, int], None]] = {
    "damage-segments": damage_segments,
    "damage-graphs": damage_graphs,
    "write": write_for_ever,
    "save": save_for_ever,
    "save-twice": save_twice,
}

if __name__ == "__main__":
    VERBS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
