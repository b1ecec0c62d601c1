"""The review: one question at a time, answered by one key, and the way back from the last answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from faceapp.types import Person
from faceapp.types_people import Answer, Question, QuestionKind
from faceapp.ui import theme
from faceapp.ui.people import review_words
from faceapp.ui.widgets.page_parts import label
from faceapp.ui.widgets.parts import ElidedLabel
from faceapp.ui.widgets.question_view import QuestionView

_KEYS = {
    Qt.Key.Key_Y: Answer.YES,
    Qt.Key.Key_N: Answer.NO,
    Qt.Key.Key_S: Answer.STRANGER,
    Qt.Key.Key_Space: Answer.SKIP,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class ReviewPage(QWidget):
    """Shows a question or a message, and says what was answered."""

    answered = Signal(object, str)  # Answer, and the name if it was asked for
    take_back_requested = Signal()
    end_requested = Signal()
    why_requested = Signal(object)  # face id
    photo_requested = Signal(object)  # face id
    left = Signal()  # another page is shown instead

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Review"))
        self.view = QuestionView()
        self.view.answered.connect(self.answered)
        self.view.photo_requested.connect(self.photo_requested)
        self.view.name.installEventFilter(self)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Questions answered"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        whole.setSpacing(theme.SPACE_3)
        whole.addLayout(self._build_head())
        whole.addWidget(self.progress)
        self._body = QStackedLayout()
        self._body.addWidget(self.view)
        self._body.addWidget(self._build_message())
        whole.addLayout(self._body, 1)
        whole.addLayout(self._build_foot())
        self.show_message(review_words.looking())

    # Parts

    def _build_head(self) -> QHBoxLayout:
        self._title, self._place = ElidedLabel(), ElidedLabel()
        self._title.setProperty("role", "title")
        self._place.setProperty("role", "muted")
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self._title)
        text.addWidget(self._place)
        self.stop = _quiet(self.tr("Stop any time · Esc"), self.tr("What was answered stays"))
        self.stop.setAccessibleName(self.tr("Stop the review"))
        self.stop.clicked.connect(self.end_requested)
        head = QHBoxLayout()
        head.addLayout(text, 1)
        head.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _build_message(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self._message, self._message_hint = label("", "heading"), label("", "muted")
        column.addStretch(2)
        for text in (self._message, self._message_hint):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(text)
        column.addStretch(3)
        return page

    def _build_foot(self) -> QHBoxLayout:
        self._last = ElidedLabel()
        self._last.setProperty("role", "muted")
        self.take_back = _quiet(self.tr("Take back"), self.tr("Take the last answer back (Backspace or Ctrl+Z)"))
        self.take_back.clicked.connect(self.take_back_requested)
        self.why = _quiet(self.tr("Why…"), self.tr("See why this is asked"))
        self.why.clicked.connect(self._on_why)
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE_2)
        foot.addWidget(self._last)
        foot.addWidget(self.take_back)
        foot.addStretch(1)
        foot.addWidget(self.why)
        return foot

    # What is shown

    @property
    def question(self) -> Question | None:
        """Return what is asked, None while something is said instead."""
        return self.view.question if self._body.currentIndex() == 0 else None

    def show_question(self, question: Question) -> None:
        """Ask; pictures come by ``put``."""
        typing = self.view.typing  # the field loses the focus when it goes
        self._title.set_full_text(review_words.title(question))
        self.view.show_question(question)
        self.why.setVisible(question.person_id is not None and question.kind is not QuestionKind.PEOPLE)
        self.progress.show()
        self._body.setCurrentIndex(0)
        if self.view.asks_name and self.isVisible():
            self.view.name.setFocus()
        elif typing:
            self.setFocus()

    def show_message(self, title: str, hint: str = "") -> None:
        """Say something instead of asking."""
        if self.view.typing:
            self.setFocus()
        self._title.set_full_text(self.tr("Review"))
        self.set_place("", 0, 1)
        self._message.setText(title)
        self._message_hint.setText(hint)
        self.why.hide()
        self.progress.hide()
        self._body.setCurrentIndex(1)

    def set_place(self, text: str, done: int, total: int) -> None:
        self._place.set_full_text(text)
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def set_last(self, text: str, *, bad: bool = False) -> None:
        """Show what was answered last, which can be taken back; ``bad``: what went wrong instead."""
        self._last.setProperty("tone", "bad" if bad else "")
        self._last.style().polish(self._last)
        self._last.set_full_text(text)

    def set_can_take_back(self, can: bool) -> None:
        self.take_back.setVisible(can)

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer these people's names."""
        self.view.name.set_people(people)

    def put(self, face_id: int, pixmap: QPixmap, *, sharp: bool = False) -> None:
        self.view.put(face_id, pixmap, sharp=sharp)

    def texts(self) -> tuple[str, str, str]:
        """Return what is asked, how far it is, and what was answered last."""
        return self._title.full_text(), self._place.full_text(), self._last.full_text()

    def message(self) -> str:
        """Return what is said instead of a question, "" while there is one."""
        return "" if self.question else f"{self._message.text()}\n{self._message_hint.text()}".strip()

    # What the user does

    @Slot()
    def _on_why(self) -> None:
        if self.question is not None:
            self.why_requested.emit(self.question.faces[0])

    def _answer_of(self, event: QKeyEvent, typing: bool) -> Answer | None:
        """Return the answer that a key gives; while a name is typed letters belong to it."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~_SHIFT
        if self.question is None:
            return None
        if self.view.asks_name and key == Qt.Key.Key_S and modifiers == _CTRL:
            return Answer.STRANGER
        if typing and key in _ENTER:
            return Answer.YES
        if typing and (key != Qt.Key.Key_Space or self.view.name.text()):
            return None
        return _KEYS.get(key) if modifiers == _PLAIN else None

    def _takes_back(self, event: QKeyEvent, typing: bool) -> bool:
        if typing and self.view.name.text():
            return False
        key, modifiers = event.key(), event.modifiers()
        return (key == Qt.Key.Key_Backspace and modifiers == _PLAIN) or (key == Qt.Key.Key_Z and modifiers == _CTRL)

    def _do(self, event: QKeyEvent, typing: bool) -> bool:
        """Do what a key says; False if it says nothing here. A key that is held down counts once."""
        answer = self._answer_of(event, typing)
        if answer is None and not self._takes_back(event, typing):
            return False
        if not event.isAutoRepeat():
            if answer is not None:
                self.view.buttons[answer].flash()
                self.view.answer(answer)
            else:
                self.take_back_requested.emit()
        return True

    def event(self, event: QEvent) -> bool:
        """Take the keys of the review before a menu does: Ctrl+Z takes back the answer, nothing else."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            typing = self.view.typing
            if self._answer_of(event, typing) is not None or self._takes_back(event, typing):
                event.accept()
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the keys of a name first: what it leaves comes to the page, which asks the next question by then."""
        if watched is self.view.name and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._do(event, typing=True)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._do(event, typing=False):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.end_requested.emit()
        elif event.key() in _ENTER and self.question is not None:
            self.photo_requested.emit(self.question.faces[0])
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            (self.view.name if self.question is not None and self.view.asks_name else self).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()


def _quiet(text: str, tip: str) -> QPushButton:
    """Return a button that keeps its place when it is hidden, and leaves the keys where they are when clicked."""
    made = QPushButton(text)
    made.setToolTip(tip)
    made.setProperty("kind", "quiet")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    policy = made.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    made.setSizePolicy(policy)
    return made
