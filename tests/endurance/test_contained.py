"""A decoder that crashes, hangs or eats memory takes a child process with it: neither the scan nor the other photos."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.endurance.bombs import scans_bomb
from tests.endurance.findings import File, assert_told, files
from tests.endurance.pictures import NAMES, jpeg, portrait
from tests.endurance.running import Outcome, Runner

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="the traps use signals"),
    pytest.mark.timeout(200),
]

TRAPS = {"bang.jpg": "crash", "asleep.jpg": "hang", "greedy.jpg": "eat", "bang again.jpg": "crash"}
WORDS = {"crash": "crash", "hang": "longer than 12 seconds", "eat": "memory"}
SLOW = "slow.jpg"  # no trap: a file that would cost any decoder minutes
# So that the test need not wait for those of the product; a child process has as long for its start.
LIMITS = {"MAX_SECONDS": 12.0, "MAX_CHILD_BYTES": 700 << 20}
MEMORY_LIMIT = 2 << 30  # bytes, of all processes together: the eater's limit, an overshoot, another child, the parent


@dataclass(frozen=True)
class Scanned:
    folder: Path
    runner: Runner
    outcome: Outcome
    files: dict[str, File]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    folder, home = tmp_path_factory.mktemp("trapped"), tmp_path_factory.mktemp("home")
    for number, name in enumerate([*TRAPS, *NAMES, *NAMES]):
        path = folder / (name if name in TRAPS else f"good {number}.jpg")
        path.write_bytes(jpeg(portrait(NAMES[number % len(NAMES)], 400 + 8 * number)))
        os.utime(path, (1_600_000_000 - 100 * number, 1_600_000_000 - 100 * number))  # the traps are read first
    (folder / SLOW).write_bytes(scans_bomb())
    runner = Runner(home, home / "library", {"TRAPS": TRAPS, "LIMITS": LIMITS})
    outcome = runner.run("scan", folder, "--json")
    return Scanned(folder, runner, outcome, files(runner))


@pytest.mark.parametrize("name", TRAPS)
def test_what_breaks_the_decoder_is_listed(name: str, scanned: Scanned) -> None:
    found = scanned.files[name]
    assert found.state == "failed"
    assert found.reason is not None
    assert WORDS[TRAPS[name]] in found.reason
    assert_told(name, found.reason, scanned.outcome)


def test_a_file_that_would_take_for_ever_is_refused_unread(scanned: Scanned) -> None:
    assert scanned.files[SLOW].state == "failed"
    assert "layers" in (scanned.files[SLOW].reason or "")
    assert_told(SLOW, scanned.files[SLOW].reason, scanned.outcome)


def test_all_others_are_indexed(scanned: Scanned) -> None:
    others = {name: found for name, found in scanned.files.items() if name not in (*TRAPS, SLOW)}
    assert len(others) == 2 * len(NAMES)
    assert {(found.state, len(found.boxes)) for found in others.values()} == {("indexed", 1)}
    assert scanned.outcome.code == 1
    assert scanned.outcome.rows[-1]["failed"] == len(TRAPS) + 1


def test_memory_stays_bounded_and_no_process_stays_behind(scanned: Scanned) -> None:
    assert scanned.outcome.peak_bytes < MEMORY_LIMIT
    assert not scanned.runner.left_over()


def test_it_is_not_run_into_again(scanned: Scanned) -> None:
    before = len(scanned.runner.decodes())
    assert scanned.runner.run("scan", scanned.folder).code == 1
    assert scanned.runner.decodes()[before:] == []


@pytest.mark.parametrize("name", ["bang.jpg", "asleep.jpg"])
def test_a_query_picture_does_no_harm_either(name: str, scanned: Scanned) -> None:
    outcome = scanned.runner.run("search", scanned.folder / name, "--json")
    assert outcome.code == 2
    assert WORDS[TRAPS[name]] in outcome.err
    assert not outcome.out
