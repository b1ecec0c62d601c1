"""The panel that says why: in words, with both faces as the recognition sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from faceapp.errors import PhotoError
from faceapp.types import FloatArray, Pixels, Standing
from faceapp.types_people import QualityFlag, Step, Verb, Vote, Why
from faceapp.ui.people.explaining import Explaining
from faceapp.ui.widgets.parts import PictureButton
from tests.ui.questions import DAY, Asked
from tests.ui.window import LEFT, wait_until

WHY = Why(
    face_id=7,
    other_face_id=8,
    person_id=1,
    person_name="Ann",
    standing=Standing.AUTOMATIC,
    score=0.62,
    person_score=0.66,
    rank=0.83,
    votes=(Vote(8, 0.62), Vote(9, 0.58)),
    runner_up="Bob",
    runner_up_score=0.45,
    margin=0.21,
    chance=0.97,
    flags=(QualityFlag.SMALL, QualityFlag.BLURRED),
    other_flags=(),
    said=(Step(3, Verb.REJECT, DAY, False, 1, ("Bob",)),),
)


class FakeExplainer:
    """Says ``why`` of every face; ``errors`` are raised for the pictures of these faces."""

    def __init__(self) -> None:
        self.why = WHY
        self.asked: list[tuple[int, int | None]] = []
        self.error: Exception | None = None
        self.errors: dict[int, Exception] = {}

    def explain(self, face_id: int, *, person_id: int | None = None, probe: FloatArray | None = None) -> Why:
        self.asked.append((face_id, person_id))
        if self.error is not None:
            raise self.error
        return replace(self.why, face_id=face_id)

    def aligned(self, face_id: int) -> Pixels:
        if face_id in self.errors:
            raise self.errors[face_id]
        return np.full((224, 224, 3), 230, np.uint8)


class Desk:
    def __init__(self, tmp_path: Path, window: QWidget) -> None:
        self.explainer = FakeExplainer()
        self.library = Asked(tmp_path, explainer=self.explainer)
        self.explaining = Explaining(window, self.library.session, self.library.pixmaps, self.library.tasks)
        self.panel = self.explaining.panel

    def explain(self, why: Why = WHY) -> dict[str, str]:
        self.explainer.why = why
        self.explaining.explain(7)
        self.library.settle()
        return self.panel.texts()

    def brightness(self, which: int) -> int:
        pixmap = self.panel.pictures[which].pixmap()
        return pixmap.toImage().pixelColor(9, 9).lightness() if pixmap is not None else -1


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Desk(tmp_path, window)
    yield made
    made.library.close()


def test_the_reasons_are_told_in_words(desk: Desk) -> None:
    texts = desk.explain()
    day = texts.pop("You said")
    assert day.startswith("“Not Bob” for 1 face (")
    assert "2024" in day
    assert texts == {
        "": "Why Ann?",
        "summary": "Very likely the same person (97 %)",
        "Name": "Ann, named automatically: it is sure enough, and you can correct it",
        "Likeness": "0.62 with the face beside it, 0.66 with all that is known of Ann",
        "Rank": "More alike than 83 % of Ann’s own faces",
        "Second": "Bob, 0.21 less",
        "Compared with": "",
        "Quality": "This face: small, blurred\nThe other: clear",
    }
    assert [caption.text() for caption in desk.panel.captions] == ["This face", "Ann, the most alike"]
    assert desk.panel.windowTitle() == "Why Ann?"


@pytest.mark.parametrize(
    ("why", "heading", "said"),
    [
        (replace(WHY, standing=Standing.CONFIRMED), "summary", "You said so."),
        (replace(WHY, standing=Standing.CONFIRMED), "Name", "Ann, confirmed by you"),
        (replace(WHY, standing=Standing.SUGGESTED), "Name", "Ann, a suggestion that waits for your yes or no"),
        (replace(WHY, standing=Standing.NOBODY), "Name", "It has no name; compared with Ann"),
        (replace(WHY, chance=None), "summary", "How likely it is cannot be said yet."),
        (replace(WHY, rank=None), "Rank", None),
        (replace(WHY, runner_up="", margin=None, runner_up_score=None), "Second", "Nobody else comes near"),
        (replace(WHY, margin=-0.04), "Second", "Bob, 0.04 more"),
        (replace(WHY, said=()), "You said", "Nothing of this face yet"),
        (replace(WHY, flags=(QualityFlag.TURNED, QualityFlag.FAINT)), "Quality",
         "This face: turned away, perhaps no face at all\nThe other: clear"),
    ],
)  # fmt: skip
def test_each_reason(desk: Desk, why: Why, heading: str, said: str | None) -> None:
    assert desk.explain(why).get(heading) == said


def test_a_match_without_a_person(desk: Desk) -> None:
    nobody = replace(
        WHY, person_id=None, person_name="", standing=Standing.NOBODY, person_score=None, rank=None, votes=(),
        runner_up="", runner_up_score=None, margin=None, other_face_id=None,
    )  # fmt: skip
    texts = desk.explain(nobody)
    assert texts[""] == "Why this face?"
    assert texts["Likeness"] == "0.62 with what was looked for"
    assert "Second" not in texts
    assert texts["Quality"] == "This face: small, blurred"
    assert not desk.panel.pictures[1].isVisible()


def test_what_the_other_face_is(desk: Desk) -> None:
    desk.explain(replace(WHY, votes=()))
    assert desk.panel.captions[1].text() == "The most alike face"
    desk.explaining.explain(7, probe=np.ones(4, np.float32))
    desk.library.settle()
    assert desk.panel.captions[1].text() == "The face looked for"


def test_both_faces_are_shown_as_the_recognition_sees_them(desk: Desk) -> None:
    desk.explain()
    wait_until(lambda: desk.brightness(0) > 200 and desk.brightness(1) > 200, "the aligned faces")
    assert desk.explainer.asked == [(7, None)]


def test_a_face_whose_photo_is_away_keeps_its_tile_and_says_so(desk: Desk) -> None:
    desk.explainer.errors[8] = PhotoError("The drive of this photo is not connected.")
    desk.explain()
    wait_until(lambda: 0 <= desk.brightness(1) < 80, "the tile")
    assert desk.panel.captions[1].text() == "Ann, the most alike\nThe drive of this photo is not connected."
    assert desk.brightness(0) > 200


def test_what_cannot_be_explained_is_said(desk: Desk) -> None:
    desk.explainer.error = PhotoError("This face is not in the library any more.")
    texts = desk.explain()
    assert texts == {"": "The reason could not be found", "summary": "This face is not in the library any more."}


def test_an_example_can_be_looked_for(desk: Desk) -> None:
    desk.explain()
    clicked: list[int] = []
    desk.explaining.face_clicked.connect(clicked.append)
    tiles = [tile for tile in desk.panel.findChildren(PictureButton) if tile.isVisibleTo(desk.panel)]
    assert [tile.accessibleName() for tile in tiles] == ["A face of Ann: 0.62", "A face of Ann: 0.58"]
    QTest.mouseClick(tiles[1], LEFT)
    assert clicked == [9]


def test_every_text_can_be_selected_and_escape_closes(desk: Desk) -> None:
    desk.explain()
    heads = {"Name", "Likeness", "Rank", "Second", "Compared with", "Quality", "You said"}
    labels = [text for text in desk.panel.findChildren(QLabel) if text.isVisible() and text.text() not in heads]
    assert len(labels) >= 9
    assert all(text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse for text in labels)
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    assert not desk.panel.isVisible()


def test_the_face_asked_for_last_is_shown(desk: Desk) -> None:
    desk.explaining.explain(7)
    desk.explaining.explain(11, 1)
    desk.library.settle()
    assert desk.panel.face_id == 11
    assert desk.panel.texts()[""] == "Why Ann?"
    assert desk.explainer.asked[-1] == (11, 1)
