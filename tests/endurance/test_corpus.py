"""Every bad file that we could think of in one folder, scanned for real: each gets its due, the good ones theirs.

Where root could do what a user cannot, the scan runs without root's rights (``setpriv``), so that permissions count.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.endurance.corpus import CASES, GOOD, GROWS, VANISHES, Case, Fate, halves, make_corpus, open_again
from tests.endurance.findings import File, assert_told, files
from tests.endurance.rights import without_roots_rights
from tests.endurance.running import Outcome, Runner

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="pipes, links and permissions of POSIX"),
    pytest.mark.timeout(300),
]

MEMORY_LIMIT = 2 << 30  # bytes, of the process and its children together
SCAN_SECONDS = 180  # when it counts as hanging, on the slowest machine


@dataclass(frozen=True)
class Scanned:
    folder: Path
    runner: Runner
    outcome: Outcome

    def of(self, path: str) -> File | None:
        return files(self.runner).get(path)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    """Return the corpus after its one scan."""
    folder, home = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("home")
    make_corpus(folder)
    hooks = {"ARRIVE": {GROWS: halves()[1].hex()}, "VANISH": [VANISHES]}
    runner = Runner(home, home / "library", hooks)
    try:
        outcome = runner.run("scan", folder, "--json", seconds=SCAN_SECONDS, before=without_roots_rights())
        yield Scanned(folder, runner, outcome)
    finally:
        open_again(folder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_file(case: Case, scanned: Scanned) -> None:
    found = scanned.of(case.path)
    if case.fate is Fate.ABSENT:
        assert found is None or found.state in ("missing", "pending")
        return
    assert found is not None
    allowed = {Fate.LISTED: ("failed",), Fate.EITHER: ("failed", "indexed")}.get(case.fate, ("indexed",))
    assert found.state in allowed, found.reason
    if found.state == "failed":
        assert_told(Path(case.path).name, found.reason, scanned.outcome)
        return
    if case.size is not None:
        assert found.size == case.size
    if case.fate is Fate.READ:
        assert found.boxes == []
    elif case.fate is Fate.FACE:
        reference = scanned.of(GOOD[0])
        assert reference is not None
        assert len(found.boxes) == len(reference.boxes) == 1
        assert found.boxes[0].iou(reference.boxes[0]) > 0.8


def test_the_scan_ends_well(scanned: Scanned) -> None:
    outcome = scanned.outcome
    failed = [path for path, found in files(scanned.runner).items() if found.state == "failed"]
    assert outcome.code == 1, "done, with problems listed"
    assert outcome.rows[-1]["failed"] == len(failed)
    assert not outcome.rows[-1]["cancelled"]
    assert outcome.peak_bytes < MEMORY_LIMIT
    assert not scanned.runner.left_over()
    print(f"{len(CASES)} cases, {len(failed)} listed, peak {outcome.peak_bytes >> 20} MB, {outcome.rows[-1]}")


def test_a_folder_that_may_not_be_read_is_told_of(scanned: Scanned) -> None:
    assert str(scanned.folder / "secret") in scanned.outcome.err


def test_doctor_names_every_problem(scanned: Scanned) -> None:
    doctor = scanned.runner.run("doctor", "--json")
    assert doctor.code == 1
    told = [row["text"] for row in doctor.rows if not row["ok"]]
    reasons = [found.reason for found in files(scanned.runner).values() if found.state == "failed"]
    assert len(told) == len(reasons)
    assert all(any(reason and reason in text for text in told) for reason in reasons)


def test_nothing_is_tried_again_until_it_changes(scanned: Scanned) -> None:
    """Only the file that grew is read once more; it is whole by now."""
    before = len(scanned.runner.decodes())
    first = files(scanned.runner)
    again = scanned.runner.run("scan", scanned.folder, "--json", seconds=SCAN_SECONDS, before=without_roots_rights())
    assert again.code == 1
    assert set(scanned.runner.decodes()[before:]) <= {GROWS}
    second = files(scanned.runner)
    assert second[GROWS].state == "indexed"
    assert len(second[GROWS].boxes) == 1
    assert {path: found for path, found in first.items() if path not in (GROWS, VANISHES)} == {
        path: found for path, found in second.items() if path not in (GROWS, VANISHES)
    }


def test_the_corpus_is_what_was_asked_for() -> None:
    assert len(CASES) >= 45
    assert len({case.id for case in CASES}) == len(CASES)
