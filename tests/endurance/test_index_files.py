"""Files of vectors and of neighbours, damaged in 2,000 ways, killed and squeezed: never a crash, never a wrong answer.

The worst that may happen is that vectors are read from the database again, and neighbours looked for again.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from faceapp.index.hnsw import hnsw_available
from faceapp.index.segments import Origin, Segment, read_segments, write_segment
from tests.endurance.rights import mount, small_disk
from tests.index.file_trials import BLOCKS, FACES, ORIGIN, content_of, number_of

ROOT = Path(__file__).parents[2]
KILLS = 15
SECONDS = 150  # for what ends by itself

pytestmark = pytest.mark.timeout(200)
needs_hnsw = pytest.mark.skipif(not hnsw_available(), reason="hnswlib is not installed: there are no such files")
needs_kill = pytest.mark.skipif(os.name != "posix", reason="kill -9")


def start(verb: str, folder: Path, seed: int, count: int = 0) -> subprocess.Popen[str]:
    python = [sys.executable, "-W", "error", "-X", "faulthandler"]
    return subprocess.Popen(
        [*python, "-m", "tests.index.file_trials", verb, str(folder), str(seed), str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(verb: str, folder: Path, seed: int, count: int) -> None:
    process = start(verb, folder, seed, count)
    try:
        _, errors = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    assert process.returncode == 0, errors[-3000:]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_damaged_segments(tmp_path: Path, seed: int) -> None:
    run("damage-segments", tmp_path, seed, 350)


@needs_hnsw
@pytest.mark.parametrize("seed", [5, 6])
def test_damaged_graphs(tmp_path: Path, seed: int) -> None:
    run("damage-graphs", tmp_path, seed, 300)


def kills(verb: str, folder: Path, blocks: Sequence[int] = (0,)) -> Iterator[list[int]]:
    """Start the verb, and kill it a random moment after it said its first line; yield the lines it said.

    Where ``blocks``, taken in turn, has a number, it kills itself there.
    """
    chance = random.Random(5)
    for number in range(KILLS):
        block = blocks[number % len(blocks)]
        process = start(verb, folder, 1000 * number, block)
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            if number == 0:
                said += process.stdout.readline()  # so that the others find something
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS if block else chance.uniform(0, 0.15))
        finally:
            process.kill()
        rest, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == -signal.SIGKILL, errors[-3000:]
        yield [int(line) for line in (said + rest).splitlines(keepends=True) if line.endswith("\n")]


@needs_kill
def test_kills_while_segments_are_written(tmp_path: Path) -> None:
    origin, torn, last = Origin("library", "model", 64), 0, 0
    for said in kills("write", tmp_path, [0, *range(1, BLOCKS)]):
        torn += any(tmp_path.glob("*.tmp"))
        found = read_segments(tmp_path, origin)
        assert number_of(found[0]) in (said[-1], said[-1] + 1), "what was said to be durable is there"
        assert said[0] > last, "and is built upon"
        last = said[-1]
        for segment in found:
            kept = (segment.face_ids, segment.sums, segment.vectors)
            given = content_of(number_of(segment))
            assert [part.tobytes() for part in kept] == [part.tobytes() for part in given]
        assert sorted(tmp_path.iterdir()) == sorted(segment.path for segment in found), "nothing is left behind"
    assert torn > KILLS / 2, "a kill in the middle of writing leaves a temporary file"


@needs_kill
def test_kills_while_a_gallery_is_saved(tmp_path: Path) -> None:
    """Each process checks what the one before left, down to the last bit and the nearest neighbours."""
    read = [said[0] for said in kills("save", tmp_path)]  # how many vectors came from the library
    assert read[0] == FACES
    assert max(read[1:]) < FACES, "from the first whole file on there is always one"
    assert read_segments(tmp_path, ORIGIN)
    assert not list(tmp_path.glob("vectors-*.tmp"))


def test_disks_that_are_too_small(tmp_path: Path) -> None:
    origin = Origin("library", "model", 64)
    ids, sums, vectors = content_of(1)
    ids, sums, vectors = ids[:2000], sums[:2000], vectors[:2000]
    steps, codes = sums.astype(np.float32), vectors.astype(np.int8)

    def write(folder: Path) -> Segment:
        return write_segment(folder, origin, ids, sums, vectors, codes, steps, steps)

    needed = write(tmp_path / "large").path.stat().st_size // 1024 + 1
    with small_disk(tmp_path / "disk", "4k") as disk:
        for kilobytes in range(4, needed, 60):
            mount("-o", f"remount,size={kilobytes}k", disk)
            with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
                write(disk)
            assert not list(disk.iterdir())
        mount("-o", f"remount,size={needed + 40}k", disk)
        path = write(disk).path
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            write(disk)
        (found,) = read_segments(disk, origin)
        assert found.path == path
        assert found.vectors.tobytes() == vectors.tobytes()


def test_galleries_on_disks_that_are_too_small(tmp_path: Path) -> None:
    """For the first file, for the graph beside it, for a second file, and large enough."""
    with small_disk(tmp_path / "disk", "4k") as disk:
        for seed, kilobytes in enumerate((40, 140, 200, 260, 320, 4000)):
            mount("-o", f"remount,size={kilobytes}k", disk)
            run("save-twice", disk, seed, 0)
        assert read_segments(disk, ORIGIN)
        assert not list(disk.glob("*.tmp"))
