"""``kill -9`` at thirty moments of one scan: nothing is lost, nothing is doubled, little is read twice."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from faceapp.scan import run, writer
from tests.endurance.pictures import NAMES, jpeg, landscape, portrait, side_by_side
from tests.endurance.running import Runner

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9")

KILLS = 30
PHOTOS = 60
WORKERS = 2
# Handed out, and read but not yet written.
IN_FLIGHT = 2 * WORKERS + run._ENOUGH + writer._PHOTOS
WHILE_IT_STARTS = 5  # of the kills: before the first decode
SECONDS = 60  # for one run to come to the moment of its kill

# Everything that a scan finds out. Not the ids: they tell in which order photos were found.
PHOTO_FACTS = "SELECT path, size, mtime_ns, hex(content_hash), width, height, state, reason FROM photo ORDER BY path"
FACE_FACTS = """
    SELECT path, x, y, w, h, score, hex(landmarks), size_px, sharpness, norm, yaw, model, hex(vector)
    FROM face JOIN photo ON photo.id = photo_id JOIN embedding ON face_id = face.id ORDER BY path, x, y
"""
READ = "SELECT path FROM photo WHERE state NOT IN ('pending')"


def make_album(folder: Path) -> None:
    """Write small photos of one face, of several and of none, two of them byte for byte the same as others."""
    rng = np.random.default_rng(3)
    pictures = []
    for number in range(PHOTOS - 2):
        if number % 6 == 4:
            pixels = side_by_side([str(name) for name in rng.choice(NAMES, 2 + number // 6 % 2)], 260)
        elif number % 6 == 5:
            pixels = landscape(rng, 640, 480)
        else:
            pixels = portrait(NAMES[number % len(NAMES)], int(rng.integers(360, 640)))
        pictures.append(jpeg(pixels, quality=int(rng.integers(75, 95))))
    for number, data in enumerate([*pictures, pictures[0], pictures[4]]):
        photo = folder / f"{number % 3}" / f"photo {number:02}.jpg"
        photo.parent.mkdir(parents=True, exist_ok=True)
        photo.write_bytes(data)
        os.utime(photo, (1_600_000_000 + number, 1_600_000_000 + number))


@dataclass
class Album:
    """The photos, what an undisturbed scan says of them, and how long it took until it decoded the first."""

    folder: Path
    photos: list[tuple[object, ...]]
    faces: list[tuple[object, ...]]
    start_seconds: float


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    folder = tmp_path_factory.mktemp("album")
    make_album(folder)
    home = tmp_path_factory.mktemp("undisturbed")
    runner = Runner(home, home / "library", workers=WORKERS)
    begun = time.monotonic()
    process = runner.start("scan", folder)
    wait_until(lambda: bool(runner.decodes()) or process.poll() is not None)
    start_seconds = time.monotonic() - begun
    assert process.wait(SECONDS) == 0, runner.words()
    assert len(runner.decodes()) <= PHOTOS
    return Album(folder, runner.query(PHOTO_FACTS), runner.query(FACE_FACTS), start_seconds)


def wait_until(reached: Callable[[], bool], seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.004)


def read_so_far(runner: Runner) -> set[str]:
    """Return the names of the photos that the library has done with."""
    try:
        return {Path(os.fsdecode(path)).name for (path,) in runner.query(READ)}
    except sqlite3.OperationalError as error:
        if "no such table" in str(error) or "unable to open" in str(error):  # killed before there was one
            return set()
        raise


class Killer:
    """Runs scans and kills them: at some moment while they start, or where they have got to."""

    def __init__(self, runner: Runner, album: Album, chance: random.Random) -> None:
        self._runner = runner
        self._album = album
        self._chance = chance

    def run_until(self, photos: int | None) -> list[str]:
        """Kill a scan once so many photos are written (None: while it starts); return what it decoded.

        Where more are written already, the kill comes soon after the first decodes.
        """
        runner, before = self._runner, len(self._runner.decodes())
        while True:
            if len(read_so_far(runner)) == PHOTOS:
                photos = None
            process = runner.start("scan", self._album.folder)
            self._wait(process, photos, before)
            time.sleep(self._chance.uniform(0, 0.05))
            process.kill()
            if process.wait(SECONDS) == -signal.SIGKILL:
                return runner.decodes()[before:]
            assert process.returncode == 0, runner.words()
            assert len(read_so_far(runner)) == PHOTOS  # it came to its end before the kill: once more

    def _wait(self, process: subprocess.Popen[bytes], photos: int | None, before: int) -> None:
        runner, chance = self._runner, self._chance

        def decoded(more: int) -> bool:
            return process.poll() is not None or len(runner.decodes()) >= before + more

        if photos is None:
            moment = time.monotonic() + chance.uniform(0, self._album.start_seconds)
            wait_until(lambda: decoded(1) or time.monotonic() >= moment)
        elif len(read_so_far(runner)) < photos:
            wait_until(lambda: process.poll() is not None or len(read_so_far(runner)) >= photos)
        else:
            more = chance.randint(1, 2 * WORKERS)
            wait_until(lambda: decoded(more))


@pytest.mark.timeout(500)
def test_thirty_kills_lose_nothing_and_double_nothing(album: Album, tmp_path: Path) -> None:
    runner = Runner(tmp_path, tmp_path / "library", workers=WORKERS)
    chance = random.Random(20)
    moments: list[int | None] = [*sorted(chance.sample(range(PHOTOS - 6), KILLS - WHILE_IT_STARTS))]
    for _ in range(WHILE_IT_STARTS):
        moments.insert(chance.randrange(len(moments)), None)
    killer = Killer(runner, album, chance)
    lost: list[int] = []
    try:
        for moment in moments:
            done = read_so_far(runner)
            decoded = killer.run_until(moment)
            assert done.isdisjoint(decoded), "what was written once is never read again"
            lost.append(len(set(decoded) - read_so_far(runner)))
        last = runner.run("scan", album.folder)
    finally:
        runner.end_all()

    assert last.code == 0
    assert runner.query(PHOTO_FACTS) == album.photos
    assert runner.query(FACE_FACTS) == album.faces
    assert runner.query("PRAGMA integrity_check") == [("ok",)]
    assert Counter(runner.query("SELECT folder_id, path FROM photo")).most_common(1)[0][1] == 1
    assert runner.run("doctor", "--json").code == 0
    assert not runner.left_over(), "no child outlives for long the process that started it"
    print(f"decoded {len(runner.decodes())} of {PHOTOS} photos, lost at each kill: {lost}")
    assert max(lost) <= IN_FLIGHT
    assert len(runner.decodes()) <= PHOTOS + KILLS * IN_FLIGHT
    assert sum(number > 0 for number in lost) >= KILLS / 3, "the kills did not hit the scanning itself"


def test_the_album_holds_what_the_test_needs(album: Album) -> None:
    """Photos of one face, of several and of none, and twins: else equal libraries would prove little."""
    faces = Counter(row[0] for row in album.faces)
    assert len(album.photos) == PHOTOS
    assert {faces[row[0]] for row in album.photos} >= {0, 1, 2, 3}
    assert len({row[3] for row in album.photos}) <= PHOTOS - 2
