"""The card with all there is to know of a scan."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from faceapp.types_scan import ScanProgress
from faceapp.ui.widgets.nav_row import FolderRow
from faceapp.ui.widgets.reading_details import FOLDERS, RECENT, ReadingDetails, ReadingFacts, duration

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

RUNNING = ScanProgress(Path("/photos/Camera uploads"), False, 9871, 6120, 20, 12, 1204, 218.0)
PICTURES = FolderRow(1, "Pictures", Path("/photos/Pictures"), 31402, "idle", 0)
UPLOADS = FolderRow(2, "Camera uploads", Path("/photos/Camera uploads"), 9871, "scanning", 0)
FACTS = ReadingFacts(RUNNING, False, [PICTURES, UPLOADS], ["c.jpg", "b.jpg"])


@pytest.fixture
def card(qtbot: QtBot) -> ReadingDetails:
    made = ReadingDetails()
    qtbot.addWidget(made)
    return made


def test_everything_is_said(card: ReadingDetails) -> None:
    card.set_facts(FACTS)
    said = card.text().splitlines()
    assert said[0] == "Reading Camera uploads"
    assert said[1].startswith("6,120 of 9,871 photos")
    pairs = dict(pairwise(said))
    assert pairs["Faces found"] == "1,204"
    assert pairs["Could not be read"] == "12"
    assert pairs["Unchanged"] == "20"
    assert pairs["Time so far"] == "3 min"
    assert pairs["Pictures"] == "31,402 photos · up to date"
    assert pairs["Camera uploads"] == "9,871 photos · being read"
    assert said[-2:] == ["c.jpg", "b.jpg"]


def test_it_follows_and_does_not_grow(card: ReadingDetails, qtbot: QtBot) -> None:
    card.set_facts(FACTS)
    card.show()
    high, labels = card.height(), len(card._body.findChildren(QLabel))
    for done in range(6121, 6150):
        card.set_facts(replace(FACTS, progress=replace(RUNNING, done=done)))
    assert "6,149 of 9,871" in card.text()
    assert (card.height(), len(card._body.findChildren(QLabel))) == (high, labels)
    card.set_facts(replace(FACTS, paused=True))
    assert card.text().startswith("Paused")


def test_many_folders_and_long_names_stay_in_the_card(card: ReadingDetails) -> None:
    many = [replace(PICTURES, id=n, name=f"A folder with a rather long name {n}" * 3) for n in range(FOLDERS + 3)]
    files = ["a very long name of a file " * 8 + f"{n}.jpg" for n in range(RECENT + 4)]
    card.set_facts(ReadingFacts(RUNNING, False, many, files))
    card.show()
    assert "and 3 more folders" in card.text()
    assert card.text().count(".jpg") == RECENT
    right = card.contentsRect().right()
    assert all(label.mapTo(card, label.rect().topRight()).x() <= right for label in card._body.findChildren(QLabel))


def test_escape_closes_it(card: ReadingDetails) -> None:
    card.set_facts(FACTS)
    card.show()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (7500, "2 h 5 min")]
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said
