"""The open library: which folders are read when, and what is looked at how often."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from faceapp.ui.session import Overview
from tests.ui.services import Fakes, make
from tests.ui.window import wait_until

A, B, C, D = (Path("/photos") / name for name in "abcd")


@pytest.fixture
def fakes(qtbot: QtBot, tmp_path: Path) -> Iterator[Fakes]:
    made = make(tmp_path)
    made.open()
    yield made
    made.close()


def test_folders_that_wait_are_read_in_one_go(fakes: Fakes) -> None:
    fakes.scanner.hold()
    fakes.session.scan([A, B])
    assert fakes.session.scanning == (A, B)
    fakes.session.scan([C])
    fakes.session.scan([B, D])  # b is being read
    fakes.session.scan([C])
    fakes.scanner.let_go()
    fakes.settle()
    assert fakes.scanner.calls == [[A, B], [C, D]]


def test_what_changed_while_it_is_read_is_read_again(fakes: Fakes) -> None:
    fakes.scanner.hold()
    fakes.session.scan([A])
    fakes.session.scan([A], again=True)
    fakes.scanner.let_go()
    fakes.settle()
    assert fakes.scanner.calls == [[A], [A]]


def test_a_scan_is_quiet_if_nobody_asked_for_any_of_it(fakes: Fakes) -> None:
    heard: list[bool] = []
    fakes.session.scan_started.connect(heard.append)
    fakes.scanner.hold()
    fakes.session.scan([A], quiet=True)
    fakes.session.scan([B], quiet=True)
    fakes.session.scan([C])
    fakes.scanner.let_go()
    fakes.settle()
    fakes.scanner.hold()
    fakes.session.scan([A])
    fakes.session.scan([B])
    fakes.session.scan([B], quiet=True)  # the user asked before
    fakes.scanner.let_go()
    fakes.settle()
    assert heard == [True, False, False, False]


def test_the_end_of_a_scan_is_told_before_the_next_begins(fakes: Fakes) -> None:
    heard: list[str] = []
    fakes.session.scan_started.connect(lambda _: heard.append("started"))
    fakes.session.scan_ended.connect(lambda _: heard.append("ended"))
    fakes.session.scan_failed.connect(lambda _: heard.append("failed"))
    fakes.scanner.hold()
    fakes.session.scan([A])
    fakes.session.scan([B])
    fakes.scanner.outcome = ValueError("odd")
    fakes.scanner.let_go()
    fakes.settle()
    assert heard == ["started", "failed", "started", "failed"]


def test_stopping_forgets_what_waits(fakes: Fakes) -> None:
    fakes.scanner.hold()
    fakes.session.scan([A])
    fakes.session.scan([B])
    fakes.session.cancel_scan()
    fakes.settle()
    assert fakes.scanner.calls == [[A]]
    assert fakes.scanner.tokens[0].cancelled


def test_gentle_holds_for_the_scan_that_runs_and_for_later_ones(fakes: Fakes) -> None:
    fakes.scanner.hold()
    fakes.session.scan([A])
    wait_until(lambda: fakes.scanner.tokens, "the scan")
    assert not fakes.scanner.tokens[0].gentle
    fakes.session.set_gentle(True)
    assert fakes.scanner.tokens[0].gentle
    fakes.scanner.let_go()
    fakes.settle()
    fakes.session.scan([A])
    fakes.settle()
    assert fakes.scanner.tokens[1].gentle
    fakes.session.set_gentle(False)
    assert not fakes.session.gentle


def test_preferring_before_the_library_is_open_does_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    fakes = make(tmp_path)
    fakes.session.prefer(1)
    fakes.open()
    fakes.session.prefer(2)
    assert fakes.scanner.preferred == [2]
    fakes.close()


def test_however_often_the_overview_is_wanted_it_is_read_by_one_worker_at_a_time(fakes: Fakes) -> None:
    seen: list[Overview] = []
    fakes.session.overview_changed.connect(seen.append)
    before = fakes.reader.reads
    fakes.reader.may_read.clear()
    for _ in range(5):
        fakes.session.refresh_overview()
        fakes.session.check_drives()
    wait_until(lambda: fakes.reader.reads > before, "the first read")
    fakes.reader.may_read.set()
    fakes.settle()
    assert fakes.reader.reads == before + 2  # what changed during the first is in the second
    assert len(seen) == 2


def test_a_failure_to_read_the_overview_is_not_the_end_of_it(fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("the disk is gone")

    crashes: list[Exception] = []
    fakes.tasks.crashed.connect(crashes.append)
    with monkeypatch.context() as patch:
        patch.setattr(fakes.reader, "folders", fail)
        fakes.refresh()
    assert [str(error) for error in crashes] == ["the disk is gone"]
    seen: list[Overview] = []
    fakes.session.overview_changed.connect(seen.append)
    fakes.refresh()
    assert len(seen) == 1


def test_a_look_at_the_drives_tells_only_of_a_change(fakes: Fakes, tmp_path: Path) -> None:
    one, two = fakes.folder(tmp_path / "one"), fakes.folder(tmp_path / "two")
    fakes.refresh()
    assert fakes.session.offline == frozenset()
    reads = fakes.reader.reads
    fakes.session.check_drives()
    fakes.settle()
    assert fakes.reader.reads == reads
    shutil.rmtree(two.path)
    fakes.session.check_drives()
    fakes.settle()
    assert fakes.reader.reads == reads + 1
    assert fakes.session.offline == {two.id}
    assert fakes.session.overview is not None
    assert fakes.session.overview.online == {one.id}
