"""The review: answered by one key each, in order, with nothing lost and the last answer taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from faceapp.errors import FaceappError
from faceapp.types_people import Answer, Question, QuestionKind, Verb
from faceapp.ui.people.reviewing import Reviewing
from faceapp.ui.widgets.review_page import ReviewPage
from tests.ui.questions import Asked, question
from tests.ui.window import CTRL, LEFT, NONE, wait_until

TEN = [question(key) for key in "abcdefghij"]


class Review:
    """The page in a window with a menu that would like the same keys."""

    def __init__(self, tmp_path: Path, qtbot: QtBot, asked: Sequence[Question]) -> None:
        self.library = Asked(tmp_path, asked)
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.page = ReviewPage()
        self.window.setCentralWidget(self.page)
        self.undone = 0
        self.window.menuBar().addAction("Undo", "Ctrl+Z", self._undo)  # type: ignore[call-overload]
        library = self.library
        self.reviewing = Reviewing(self.page, library.session, library.pixmaps, library.tasks, self.window)
        library.session.content_changed.connect(self.reviewing.load)  # as navigation does
        library.session.refresh_overview()
        self.ended: list[int] = []
        self.said: list[str] = []
        self.reviewing.ended.connect(lambda: self.ended.append(1))
        self.reviewing.said.connect(self.said.append)
        self.photos: list[int] = []
        self.reviewing.photo_requested.connect(self.photos.append)
        self.window.resize(1100, 760)
        self.window.show()
        self.window.activateWindow()
        self.page.setFocus()
        self.reviewing.load()
        self.settle()

    def _undo(self) -> None:
        self.undone += 1

    def settle(self) -> None:
        def at_rest() -> bool:
            return self.reviewing.idle and not self.reviewing._soon.isActive() and self.library.tasks.idle

        wait_until(at_rest, "the review")

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, wait: bool = True) -> None:
        focused = self.window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifiers)
        if wait:
            self.settle()

    @property
    def shown(self) -> str | None:
        return self.page.question.key if self.page.question is not None else None

    @property
    def title(self) -> str:
        return self.page.texts()[0]

    @property
    def answers(self) -> list[tuple[str, Answer, str]]:
        return self.library.review.answers


OpenReview = Callable[..., Review]


@pytest.fixture
def open_review(tmp_path: Path, qtbot: QtBot) -> Iterator[OpenReview]:
    opened: list[Review] = []

    def make(*asked: Question) -> Review:
        opened.append(Review(tmp_path, qtbot, asked))
        return opened[-1]

    yield make
    for review in opened:
        review.library.close()


def test_each_answer_is_one_key(open_review: OpenReview) -> None:
    review = open_review(*TEN[:4])
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_S):
        review.key(key)
    assert review.answers == [("a", Answer.YES, ""), ("b", Answer.NO, ""), ("c", Answer.STRANGER, "")]
    assert review.shown == "d"


def test_it_says_what_is_asked_how_far_it_is_and_what_a_yes_is_worth(open_review: OpenReview) -> None:
    review = open_review(*TEN[:3])
    assert review.title == "Is this Ann?"
    assert review.page.texts()[1] == "question 1 of 3 · the next 3 answers settle about 71 % of all unnamed faces"
    assert review.page.view.buttons[Answer.YES].note() == "settles 9 faces"
    assert review.page.view.buttons[Answer.YES].accessibleName() == "Yes, same person (Y), settles 9 faces"
    assert review.page.view.caption() == "Ann, confirmed"
    review.key(Qt.Key.Key_Y)
    assert review.page.texts()[1].startswith("question 2 of 3 · the next 2 answers")
    assert review.page.texts()[2] == "Is this Ann? Yes, same person"
    assert review.page.progress.value() == 1


def test_the_next_question_does_not_wait_for_the_answer_to_be_written(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    review.library.review.may_write.clear()
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_N):
        review.key(key, wait=False)
    assert review.shown == "e"
    assert review.answers == []
    review.library.review.may_write.set()
    review.settle()
    assert [(key, answer) for key, answer, _ in review.answers] == [
        ("a", Answer.YES), ("b", Answer.NO), ("c", Answer.YES), ("d", Answer.NO)
    ]  # fmt: skip
    assert review.shown == "e"  # nothing jumps


def test_a_key_that_is_held_down_answers_once(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Y, NONE, "y", True)
    QApplication.sendEvent(review.page, held)
    assert review.shown == "a"


def test_answers_can_be_clicked_and_the_keys_go_on_working(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    QTest.mouseClick(review.page.view.buttons[Answer.NO], LEFT)
    review.settle()
    review.key(Qt.Key.Key_Space)
    assert review.answers == [("a", Answer.NO, "")]
    assert review.shown == "c"


def test_space_presses_the_button_that_the_keyboard_went_to(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    review.page.view.buttons[Answer.NO].setFocus()
    review.key(Qt.Key.Key_Space)
    assert review.answers == [("a", Answer.NO, "")]


def test_what_was_skipped_comes_last_and_not_a_third_time(open_review: OpenReview) -> None:
    review = open_review(*TEN[:3])
    review.key(Qt.Key.Key_Space)
    review.key(Qt.Key.Key_Y)
    review.key(Qt.Key.Key_Y)
    assert review.shown == "a"
    review.key(Qt.Key.Key_Space)
    assert review.shown is None
    assert (
        review.page.message()
        == "Nothing more to ask\n2 questions answered. 1 skipped question comes again the next time."
    )
    review.page.hide()
    review.page.show()
    review.reviewing.load()
    review.settle()
    assert review.shown == "a"


@pytest.mark.parametrize(("key", "modifiers"), [(Qt.Key.Key_Backspace, NONE), (Qt.Key.Key_Z, CTRL)])
def test_the_last_answer_is_taken_back(open_review: OpenReview, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    review = open_review(*TEN)
    review.key(Qt.Key.Key_Y)
    review.key(Qt.Key.Key_N)
    review.key(key, modifiers)
    assert review.shown == "b"
    assert review.library.ledger.written == ["a"]
    review.key(key, modifiers)
    assert review.shown == "a"
    assert review.library.ledger.written == []
    assert review.page.texts()[1].startswith("question 1 of 10")
    review.key(key, modifiers)  # nothing left to take back
    assert review.shown == "a"
    assert review.undone == 0  # never the menu's
    assert [q.key for q in review.reviewing._next][:2] == ["b", "c"]


def test_an_answer_that_was_not_written_yet_is_taken_back_without_a_trace(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    review.library.review.may_write.clear()
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Backspace):
        review.key(key, wait=False)
    assert review.shown == "b"
    review.library.review.may_write.set()
    review.settle()
    assert [key for key, _, _ in review.answers] == ["a"]
    assert len(review.library.ledger.steps) == 1


def test_an_answer_that_is_being_written_is_undone_after_it(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    review.library.review.may_write.clear()
    review.key(Qt.Key.Key_Y, wait=False)
    review.key(Qt.Key.Key_Backspace, wait=False)
    review.library.review.may_write.set()
    review.settle()
    assert [step.undone for step in review.library.ledger.steps] == [True]
    assert review.shown == "a"


def test_a_skip_is_taken_back(open_review: OpenReview) -> None:
    review = open_review(*TEN[:3])
    review.key(Qt.Key.Key_Space)
    review.key(Qt.Key.Key_Backspace)
    assert review.shown == "a"
    assert [q.key for q in review.reviewing._next] == ["b", "c"]
    review.key(Qt.Key.Key_Space)
    assert [q.key for q in review.reviewing._next] == ["c", "a"]


def test_an_answer_is_not_taken_back_over_something_else(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    review.key(Qt.Key.Key_Y)
    review.library.ledger.do("elsewhere", Verb.MERGE)
    review.key(Qt.Key.Key_Backspace)
    assert review.library.ledger.written == ["a", "elsewhere"]
    assert "Something else was changed" in review.page.texts()[2]


def test_an_answer_that_cannot_be_kept_is_said_and_asked_again_later(open_review: OpenReview) -> None:
    review = open_review(*TEN[:3])
    review.library.review.error = FaceappError("You said before that this is not Ann.")
    review.key(Qt.Key.Key_Y)
    assert review.page.texts()[2] == "The answer to “Is this Ann?” was not kept: You said before that this is not Ann."
    assert review.shown == "b"
    assert [q.key for q in review.reviewing._next] == ["c", "a"]
    assert not review.page.take_back.isVisible()


def test_an_answer_that_settles_other_questions_takes_them_away(open_review: OpenReview) -> None:
    review = open_review(*TEN[:5])
    review.library.review.asked = [TEN[0], TEN[1], TEN[4]]
    review.key(Qt.Key.Key_Y)
    assert review.shown == "b"
    assert [q.key for q in review.reviewing._next] == ["e"]
    assert review.page.texts()[1].startswith("question 2 of 3")


def test_one_person_can_be_asked_about_first(open_review: OpenReview) -> None:
    others = [question(key, QuestionKind.GROUPS, faces=2) for key in "gh"]
    review = open_review(*others, *TEN[:2])
    review.reviewing.prefer(1)
    assert [q.key for q in review.reviewing._next] == ["a", "b", "h"]
    review.key(Qt.Key.Key_Y)
    assert (review.shown, [q.key for q in review.reviewing._next]) == ("a", ["b", "h"])


def test_it_ends_at_any_time(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    review.key(Qt.Key.Key_Y)
    review.key(Qt.Key.Key_Escape)
    QTest.mouseClick(review.page.stop, LEFT)
    assert review.ended == [1, 1]
    assert review.said == ["1 question answered"] * 2
    assert review.library.ledger.written == ["a"]


def test_without_questions_it_says_what_brings_new_ones(open_review: OpenReview) -> None:
    review = open_review()
    assert review.page.message().startswith("Nothing to ask\nNew questions come")
    review.library.review.asked = [TEN[0]]
    review.reviewing.load()
    review.settle()
    assert review.shown == "a"


def test_what_keeps_questions_from_being_found_is_said(open_review: OpenReview) -> None:
    review = open_review(*TEN)
    review.library.review.error = FaceappError("look")
    review.page.hide()
    review.page.show()
    review.reviewing.load()
    review.settle()
    assert review.page.message() == "No question could be found\nlook"


# Who is this?

WHO = question("who", QuestionKind.NAME, faces=4)


def test_a_name_is_typed_and_given_by_enter(open_review: OpenReview) -> None:
    review = open_review(WHO, *TEN[:1])
    assert review.title == "Who is this?"
    assert review.page.view.name.hasFocus()
    assert not review.page.view.buttons[Answer.YES].isEnabled()
    QTest.keyClicks(review.page.view.name, "sara")
    assert review.page.view.hint() == "Adds to Sara, 1 face"
    review.key(Qt.Key.Key_Return)
    assert review.answers == [("who", Answer.YES, "Sara")]
    assert review.page.texts()[2] == "Who is this? Sara"
    assert review.shown == "a"
    assert review.page.hasFocus()  # the next key is an answer again
    assert review.photos == []  # Enter was meant for the name alone


def test_letters_are_a_name_and_no_answers(open_review: OpenReview) -> None:
    review = open_review(WHO, *TEN)
    for letter in "yns y":
        QTest.keyClick(review.page.view.name, letter)
    assert review.page.view.name.text() == "yns y"
    assert review.page.view.hint() == "New person"
    review.key(Qt.Key.Key_Backspace)
    assert review.page.view.name.text() == "yns "
    assert review.answers == []


@pytest.mark.parametrize(
    ("key", "modifiers", "answers"),
    [
        (Qt.Key.Key_S, CTRL, [("who", Answer.STRANGER, "")]),
        (Qt.Key.Key_Space, NONE, []),
        (Qt.Key.Key_Return, NONE, None),
    ],
)
def test_nobody_needs_a_name(
    open_review: OpenReview, key: Qt.Key, modifiers: Qt.KeyboardModifier, answers: list[object] | None
) -> None:
    review = open_review(WHO, *TEN[:1])
    review.key(key, modifiers)
    assert review.answers == (answers or [])
    assert review.shown == ("who" if answers is None else "a")


def test_an_empty_name_takes_back_the_answer_before_it(open_review: OpenReview) -> None:
    review = open_review(TEN[0], WHO)
    review.key(Qt.Key.Key_Y)
    review.key(Qt.Key.Key_Backspace)
    assert review.shown == "a"
    review.key(Qt.Key.Key_Escape)
    assert review.ended == [1]


# The other kinds


@pytest.mark.parametrize(
    ("asked", "title", "caption", "offered"),
    [
        (question("p", faces=3), "Are these Ann?", "Ann, confirmed",
         ["Yes, all of them", "No, somebody else", "Strangers, hide", "Not sure, skip"]),
        (question("g", QuestionKind.GROUPS, faces=9), "Are these one person?", "Another group, 6 faces",
         ["Same person", "Two people", "Not sure, skip"]),
        (question("e", QuestionKind.PEOPLE, faces=6), "Are Ann and Bob one person?", "Bob",
         ["Same person", "Two people", "Not sure, skip"]),
        (question("t", QuestionKind.TWICE), "Ann is in one photo twice. Is this Ann?",
         "Ann; the first face is in the same photo",
         ["Yes, same person", "No, somebody else", "A stranger, hide", "Not sure, skip"]),
        (WHO, "Who is this?", "", ["Give this name", "Strangers, hide", "Not sure, skip"]),
    ],
)  # fmt: skip
def test_every_kind_of_question(
    open_review: OpenReview, asked: Question, title: str, caption: str, offered: list[str]
) -> None:
    review = open_review(asked)
    page = review.page
    assert (review.title, page.view.caption()) == (title, caption)
    buttons = [button for button in page.view.buttons.values() if button.isVisible()]
    assert [button.text() for button in buttons] == offered
    assert page.view.faces.faces() == asked.faces[:6]
    assert all(
        button.accessibleName() or button.text() for button in page.findChildren(QPushButton) if button.isVisible()
    )


def test_nothing_jumps_from_question_to_question(open_review: OpenReview) -> None:
    kinds = [question(kind.value, kind, faces=1 + at) for at, kind in enumerate(QuestionKind)]
    review = open_review(*kinds)
    page = review.page

    def places() -> list[object]:
        parts = [
            page.view.faces,
            page.view.examples.parentWidget(),
            page.stop,
            page.progress,
            *page.view.buttons.values(),
        ]
        return [(part.mapTo(page, part.rect().topLeft()), part.size()) for part in parts if part is not None]

    first = places()
    for kind in kinds[1:]:
        QTest.mouseClick(page.view.buttons[Answer.SKIP], LEFT)
        review.settle()
        assert review.shown == kind.key
        assert places() == first


def test_a_key_that_is_no_answer_here_does_nothing(open_review: OpenReview) -> None:
    review = open_review(question("g", QuestionKind.GROUPS, faces=2))
    review.key(Qt.Key.Key_S)
    assert review.answers == []
    assert review.shown == "g"


# Pictures


def brightness(review: Review, face_id: int) -> int:
    pixmap = review.page.view.faces.pixmap(face_id)
    return pixmap.toImage().pixelColor(5, 5).lightness() if pixmap is not None else -1


def test_the_tile_shows_at_once_and_the_photo_replaces_it(open_review: OpenReview) -> None:
    review = open_review(*TEN[:2])
    face_id = TEN[0].faces[0]
    wait_until(lambda: brightness(review, face_id) > 200, "the sharp face")
    wait_until(lambda: review.reviewing._sharpening.pixmap(TEN[1].faces[0]) is not None, "the next face")
    review.key(Qt.Key.Key_Y, wait=False)
    assert brightness(review, TEN[1].faces[0]) > 200  # at once


def test_a_photo_that_cannot_be_read_leaves_the_tile(open_review: OpenReview) -> None:
    review = open_review()
    review.library.photos.closed = True
    review.library.review.asked = TEN[:1]
    review.reviewing.load()
    wait_until(lambda: 0 <= brightness(review, TEN[0].faces[0]) < 80, "the tile")
    review.settle()
    assert 0 <= brightness(review, TEN[0].faces[0]) < 80


def test_the_reason_and_the_photo_of_a_face_are_asked_for(open_review: OpenReview) -> None:
    review = open_review(*TEN[:1])
    wanted: list[tuple[object, ...]] = []
    review.reviewing.why_requested.connect(lambda *asked: wanted.append(asked))
    review.reviewing.photo_requested.connect(lambda face: wanted.append((face,)))
    QTest.mouseClick(review.page.why, LEFT)
    review.key(Qt.Key.Key_Return)
    QTest.mouseDClick(review.page.view.faces, LEFT)
    face_id = TEN[0].faces[0]
    assert wanted == [(face_id, 1), (face_id,), (face_id,)]
    assert review.reviewing.asked == (face_id, 1)
