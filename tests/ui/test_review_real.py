"""The review, the reasons and the history over a real library."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from faceapp.types_people import Answer, QuestionKind
from faceapp.ui.people.explaining import Explaining
from faceapp.ui.people.remembering import Remembering
from faceapp.ui.people.reviewing import Reviewing
from faceapp.ui.widgets.history_page import HistoryPage
from faceapp.ui.widgets.review_page import ReviewPage
from tests.ui.window import CTRL, Album, Desk, OpenDesk, album, open_desk, wait_until

__all__ = ["album", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Review:
    """A page of questions beside the window, over its library."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        window = desk.window
        self.page = ReviewPage(window)
        self.reviewing = Reviewing(self.page, window.session, window.pixmaps, window.tasks, window)
        window.session.content_changed.connect(self.reviewing.load)
        desk.services.groups.regroup()
        self.page.resize(900, 700)
        self.page.show()
        self.page.setFocus()
        self.reviewing.load()
        self.settle()

    def settle(self) -> None:
        wait_until(lambda: self.reviewing.idle and not self.reviewing._soon.isActive(), "the review")
        self.desk.settle()
        wait_until(lambda: self.reviewing.idle and not self.reviewing._soon.isActive(), "the review")
        self.desk.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = self.page.view.name if self.page.view.asks_name and self.page.question else self.page
        QTest.keyClick(target, key, modifiers)
        self.settle()


@pytest.fixture
def desk(open_desk: OpenDesk, album: Album) -> Desk:
    return open_desk(album.folder, guesses=True)


def people(desk: Desk) -> dict[str, int]:
    return {person.name: person.faces for person in desk.services.reader.people()}


def test_a_library_is_named_by_the_keyboard_and_taken_back(desk: Desk) -> None:
    review = Review(desk)
    question = review.page.question
    assert question is not None
    assert question.kind is QuestionKind.NAME
    QTest.keyClicks(review.page.view.name, "Ann")
    review.key(Qt.Key.Key_Return)
    assert set(people(desk)) == {"Ann"}
    named = people(desk)["Ann"]
    assert named >= len(question.faces)
    following = review.page.question
    assert following is None or following.key != question.key
    QTest.keyClick(review.page, Qt.Key.Key_Z, CTRL)
    review.settle()
    assert people(desk) == {}
    assert review.page.question is not None
    assert review.page.question.key == question.key


def test_all_questions_can_be_answered(desk: Desk) -> None:
    review = Review(desk)
    names = iter(["Ann", "Bob", "Cleo", "Dora", "Emil"])
    for _ in range(20):
        asked = review.page.question
        if asked is None:
            break
        if asked.kind is QuestionKind.NAME:
            QTest.keyClicks(review.page.view.name, next(names))
            review.key(Qt.Key.Key_Return)
        else:
            review.key(Qt.Key.Key_N)
    assert review.page.message().startswith("Nothing more to ask")
    assert sum(people(desk).values()) == len(desk.faces())


def test_strangers_are_hidden_and_shown_again(desk: Desk) -> None:
    review = Review(desk)
    asked = review.page.question
    assert asked is not None
    review.reviewing.answer(Answer.STRANGER)
    review.settle()
    hidden = desk.services.people_reader.hidden_ids().tolist()
    assert set(asked.faces) <= set(hidden)
    review.reviewing.take_back()
    review.settle()
    assert desk.services.people_reader.hidden_ids().tolist() == []


def test_the_history_of_a_library_is_gone_back_through(desk: Desk) -> None:
    faces = desk.faces()
    for name, face in (("Ann", "a0.png A"), ("Bob", "b1.png B"), ("Cleo", "c0.png C")):
        desk.services.people.name_faces([faces[face]], name)
    page = HistoryPage(desk.window)
    remembering = Remembering(page, desk.window.session, desk.window.tasks, desk.window)
    remembering.load()
    desk.settle()
    assert [text for text, _ in page.rows()] == [f"Naming of 1 face: {name}" for name in ("Cleo", "Bob", "Ann")]
    steps = desk.services.people.history()
    page.undo_requested.emit(steps[1].id)
    desk.settle()
    assert set(people(desk)) == {"Ann"}
    page.redo_requested.emit(steps[0].id)
    desk.settle()
    assert set(people(desk)) == {"Ann", "Bob", "Cleo"}


def test_the_reason_shows_both_faces_of_the_photos(desk: Desk) -> None:
    faces = desk.faces()
    desk.services.people.name_faces([faces["a0.png A"]], "Ann")
    desk.services.groups.regroup()
    explaining = Explaining(desk.window, desk.window.session, desk.window.pixmaps, desk.window.tasks)
    explaining.explain(faces["a1.png A"])
    desk.settle()
    texts = explaining.panel.texts()
    assert texts[""] == "Why Ann?"
    assert texts["Likeness"].startswith("0.9")
    assert texts["You said"] == "Nothing of this face yet"
    for picture in explaining.panel.pictures:
        pixmap = picture.pixmap()
        assert pixmap is not None
        middle = pixmap.toImage().pixelColor(pixmap.rect().center())
        assert np.ptp([middle.red(), middle.green(), middle.blue()]) > 80  # a painted face, not the grey around it
    probe = desk.services.gallery.embedding(faces["b1.png B"])
    explaining.explain(faces["ab.png B"], probe=probe)
    desk.settle()
    assert explaining.panel.captions[1].text() == "The face looked for"
    explaining.panel.reject()
