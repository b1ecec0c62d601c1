"""Groups follow photos and decisions in the background, and a failure leaves those before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from faceapp.types_people import Regrouping
from faceapp.ui.people.grouping import Grouping
from tests.ui import services
from tests.ui.services import Fakes


@pytest.fixture
def fakes(qtbot: QtBot, tmp_path: Path) -> Iterator[Fakes]:
    made = services.make(tmp_path)
    yield made
    made.close()


@pytest.fixture
def grouping(fakes: Fakes) -> Iterator[Grouping]:
    made = Grouping(fakes.session)
    fakes.open()
    fakes.wait_for(lambda: fakes.groups.calls and not made.waiting)
    yield made
    made.close()


def test_it_follows_when_the_library_opens(fakes: Fakes, grouping: Grouping) -> None:
    assert fakes.groups.calls == ["follow"]


def test_it_follows_a_decision_and_tells_the_views(fakes: Fakes, grouping: Grouping) -> None:
    told: list[None] = []
    fakes.session.name_faces([1], "Ann", lambda error: pytest.fail(str(error)))
    fakes.settle()
    fakes.session.content_changed.connect(lambda: told.append(None))
    fakes.wait_for(lambda: not grouping.waiting)
    assert fakes.groups.calls == ["follow", "follow"]
    assert told


def test_nothing_is_told_when_nothing_changed(fakes: Fakes, grouping: Grouping) -> None:
    fakes.groups.answer = replace(fakes.groups.answer, changed=0)
    told: list[None] = []
    fakes.session.content_changed.connect(lambda: told.append(None))
    fakes.session.photos_saved.emit([1])
    assert grouping.waiting
    grouping.timer.start(0)  # now
    fakes.wait_for(lambda: not grouping.waiting)
    assert len(fakes.groups.calls) == 2
    assert not told


def test_a_preview_is_answered_apart(fakes: Fakes, grouping: Grouping) -> None:
    shown: list[Regrouping] = []
    grouped: list[Regrouping] = []
    grouping.previewed.connect(shown.append)
    grouping.grouped.connect(grouped.append)
    grouping.regroup(preview=True)
    fakes.wait_for(lambda: not grouping.waiting)
    assert (shown, grouped) == ([fakes.groups.answer], [])
    grouping.regroup()
    fakes.wait_for(lambda: not grouping.waiting)
    assert fakes.groups.calls[1:] == ["preview", "regroup"]
    assert grouped == [fakes.groups.answer]


def test_a_failure_is_survived(fakes: Fakes, grouping: Grouping) -> None:
    fakes.groups.error = RuntimeError("no memory")
    grouping.regroup()
    fakes.wait_for(lambda: not grouping.waiting)
    fakes.groups.error = None
    grouping.regroup()
    fakes.wait_for(lambda: not grouping.waiting)
    assert fakes.groups.calls == ["follow", "regroup", "regroup"]
