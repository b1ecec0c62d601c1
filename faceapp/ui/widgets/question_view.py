"""One question: the faces in question, those to compare with, and the answers. Every part keeps its place."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedLayout, QVBoxLayout, QWidget

from faceapp.types_people import Answer, Question, QuestionKind
from faceapp.ui import theme
from faceapp.ui.people import review_words
from faceapp.ui.widgets.name_edit import NameEdit
from faceapp.ui.widgets.page_parts import label
from faceapp.ui.widgets.parts import ElidedLabel
from faceapp.ui.widgets.review_parts import AnswerButton, FaceMosaic

_COLUMN = 360  # of examples and answers
_EXAMPLES = 236  # two rows of three in that width
_ANSWERS = 4 * AnswerButton.HEIGHT + 3 * theme.SPACE_2
_TITLE = 20  # high, whatever is written there: nothing moves by a pixel
_FACE = _EXAMPLES + theme.SPACE_6 + _ANSWERS


class QuestionView(QWidget):
    """Says what was answered. ``question`` is what is asked, None before the first time."""

    answered = Signal(object, str)  # Answer, and the name if it was asked for
    photo_requested = Signal(object)  # face id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        left, right = self._build_faces(), self._build_answers()
        for title in (self._faces_title, self._examples_title):
            title.setFixedHeight(_TITLE)
        height = _TITLE + theme.SPACE_2 + _FACE
        for column, wide in ((left, _FACE), (right, _COLUMN)):
            column.setMaximumSize(wide, height)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addStretch(1)
        row.addWidget(left, 1000)
        row.addSpacing(theme.SPACE_6 + theme.SPACE_2)
        row.addWidget(right, 1000)
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, theme.SPACE_3, 0, theme.SPACE_3)
        whole.addStretch(1)
        whole.addLayout(row, 1000)
        whole.addStretch(1)

    def _build_faces(self) -> QWidget:
        self._faces_title = ElidedLabel()
        self.faces = FaceMosaic(radius=theme.RADIUS_M)
        self.faces.setMaximumSize(_FACE, _FACE)
        self.faces.setMinimumSize(160, 160)
        self.faces.setToolTip(self.tr("Double-click or press Enter to see the whole photo"))
        self.faces.opened.connect(self.photo_requested)
        return _column(self._faces_title, self.faces)

    def _build_answers(self) -> QWidget:
        self._examples_title = ElidedLabel()
        self.examples = FaceMosaic()
        self.examples.setMaximumSize(_COLUMN, _EXAMPLES)
        self.examples.setMinimumSize(120, 80)
        self.examples.opened.connect(self.photo_requested)
        self.name = NameEdit()
        self.name.returnPressed.connect(self._on_name)
        self.name.textChanged.connect(self._on_typed)
        self._hint = label("", "muted")
        asking = QWidget()
        inside = QVBoxLayout(asking)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addStretch(1)  # the field stands right above the answers
        inside.addWidget(self.name)
        inside.addWidget(self._hint)
        compared = QWidget()
        compared.setMaximumHeight(_EXAMPLES)
        self._compared = QStackedLayout(compared)
        self._compared.addWidget(self.examples)
        self._compared.addWidget(asking)
        self.buttons: dict[Answer, AnswerButton] = {}
        answers = QVBoxLayout()
        answers.setSpacing(theme.SPACE_2)
        for answer in Answer:
            button = self.buttons[answer] = AnswerButton()
            button.setProperty("answer", answer.value)
            button.clicked.connect(self._on_button)
            answers.addWidget(button)
        column = _column(self._examples_title, compared, answers)
        column.setMinimumWidth(240)
        return column

    @property
    def asks_name(self) -> bool:
        return self.question is not None and self.question.kind is QuestionKind.NAME

    @property
    def typing(self) -> bool:
        """Return whether letters belong to a name."""
        return self.name.hasFocus()

    def show_question(self, question: Question) -> None:
        """Ask; pictures come by ``put``."""
        self.question = question
        self._faces_title.set_full_text(review_words.faces_title(question))
        self._examples_title.set_full_text(review_words.examples_title(question))
        self.faces.show_faces(question.faces, review_words.faces_title(question) or self.tr("The face in question"))
        self.examples.show_faces(question.examples, review_words.examples_title(question))
        self._compared.setCurrentIndex(1 if self.asks_name else 0)
        self._set_buttons(question)
        self.name.clear()
        self._on_typed()

    def _set_buttons(self, question: Question) -> None:
        keys = {  # painted, and told
            Answer.YES: ("⏎", self.tr("Enter")) if self.asks_name else ("Y", "Y"),
            Answer.NO: ("N", "N"),
            Answer.STRANGER: ("Ctrl S", "Ctrl+S") if self.asks_name else ("S", "S"),
            Answer.SKIP: ("␣", self.tr("Space")),
        }
        offered = review_words.answers(question)
        for answer, button in self.buttons.items():
            button.setVisible(answer in offered)
            button.setEnabled(True)
            if answer in offered:
                note = review_words.settles(question.settles) if answer is Answer.YES else ""
                button.set_answer(offered[answer], *keys[answer], note)

    def put(self, face_id: int, pixmap: QPixmap, *, sharp: bool = False) -> None:
        """Show the picture of a face, if it is shown; a sharp one is for the faces in question."""
        self.faces.put(face_id, pixmap, sharp=sharp)
        if not sharp:
            self.examples.put(face_id, pixmap)

    def caption(self) -> str:
        """Return what stands over the examples."""
        return self._examples_title.full_text()

    def hint(self) -> str:
        """Return what stands under the name."""
        return self._hint.text()

    def answer(self, answer: Answer) -> None:
        """Answer, if this answer is offered now."""
        button = self.buttons[answer]
        if self.question is not None and button.isVisibleTo(self) and button.isEnabled():
            name = self.name.name if self.asks_name and answer is Answer.YES else ""
            self.answered.emit(answer, name)

    @Slot()
    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, AnswerButton):
            self.answer(Answer(button.property("answer")))

    @Slot()
    def _on_name(self) -> None:
        self.answer(Answer.YES)

    @Slot()
    def _on_typed(self) -> None:
        self._hint.setText(review_words.name_hint(self.name.name, self.name.person()))
        if self.asks_name:
            self.buttons[Answer.YES].setEnabled(bool(self.name.name))


def _column(title: ElidedLabel, pictures: QWidget, below: QLayout | None = None) -> QWidget:
    title.setProperty("role", "strong")
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(title)
    column.addSpacing(theme.SPACE_2)
    column.addWidget(pictures, 1)
    if below is not None:
        column.addSpacing(theme.SPACE_6)
        column.addLayout(below)
    return made
