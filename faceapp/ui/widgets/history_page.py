"""The history: every step of what was decided, latest first, and the way back to any of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from faceapp.types_people import Step
from faceapp.ui import theme, words
from faceapp.ui.people import step_words
from faceapp.ui.widgets.page_parts import label

_ID = Qt.ItemDataRole.UserRole
_WHEN = 1  # column


class HistoryPage(QWidget):
    """Shows what it is told. A double click or Enter on a step asks once, then wants everything undone down to it."""

    undo_requested = Signal(object)  # id of the step that is to be undone last
    redo_requested = Signal(object)  # id of the step that is to be done again last

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._asked: Step | None = None
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("History"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        whole.setSpacing(theme.SPACE_3)
        whole.addLayout(self._build_head())
        self.error = label("", "")
        self.error.setProperty("tone", "bad")
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        whole.addWidget(self.error)
        self.question = self._build_question()
        whole.addWidget(self.question)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setAccessibleName(self.tr("Steps, latest first"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setIndentation(0)
        self.list.setAllColumnsShowFocus(True)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(_WHEN, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemDoubleClicked.connect(self._on_item)
        self.list.installEventFilter(self)
        whole.addWidget(self.list, 1)
        self._empty = label(
            self.tr(
                "Nothing was decided yet. Names, merges and everything else that you say of people is listed here, "
                "and can be undone at any time."
            ),
            "muted",
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self._empty)
        whole.addStretch(0)
        theme.signals().changed.connect(self._colour)
        self.set_steps([])

    def _build_head(self) -> QHBoxLayout:
        text = QVBoxLayout()
        text.setSpacing(theme.SPACE_1)
        text.addWidget(label(self.tr("History"), "heading"))
        advice = self.tr("What you decided, latest first. Double-click a step to undo everything down to it.")
        text.addWidget(label(advice, "muted"))
        self.undo, self.redo = QPushButton(self.tr("Undo")), QPushButton(self.tr("Redo"))
        self.undo.clicked.connect(self._on_undo)
        self.redo.clicked.connect(self._on_redo)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_2)
        head.addLayout(text, 1)
        head.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.redo, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _build_question(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("surface", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_3, theme.SPACE_2)
        row.setSpacing(theme.SPACE_2)
        self._question_words = label("", "")
        self.confirm = QPushButton()
        self.confirm.setProperty("kind", "primary")
        self.confirm.clicked.connect(self._on_confirm)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Change nothing (Esc)"))
        self.cancel.clicked.connect(self._ask_nothing)
        row.addWidget(self._question_words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.confirm)
        frame.hide()
        return frame

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these, latest first; the row that was chosen stays chosen."""
        chosen = self._chosen()
        if list(steps) != self._steps:
            self._ask_nothing()
        self._steps = list(steps)
        self.list.clear()
        for step in self._steps:
            moment = words.date_time(step.created.astimezone())
            when = self.tr("{time} · undone").replace("{time}", moment) if step.undone else moment
            text = step_words.text(step)
            item = QTreeWidgetItem([text, when])
            item.setData(0, _ID, step.id)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, words.phrases(text, when))
            item.setToolTip(0, text)
            self.list.addTopLevelItem(item)
            if chosen is not None and step.id == chosen.id:
                self.list.setCurrentItem(item)
        self._colour()
        last, first = self._last(), self._first_undone()
        self.undo.setEnabled(last is not None)
        self.undo.setToolTip(step_words.undo_text(last) if last is not None else "")
        self.redo.setEnabled(first is not None)
        self.redo.setToolTip(step_words.redo_text(first) if first is not None else "")
        self._empty.setVisible(not self._steps)
        self.list.setVisible(bool(self._steps))

    def set_error(self, text: str) -> None:
        """Say what went wrong; "" takes it back."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def rows(self) -> list[tuple[str, str]]:
        """Return what is listed: step and time."""
        items = [self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount())]
        return [(item.text(0), item.text(_WHEN)) for item in items if item is not None]

    def asked(self) -> str:
        """Return the question that is open, "" if none is."""
        return self._question_words.text() if self._asked is not None else ""

    @Slot()
    def _colour(self) -> None:
        """Grey what was undone."""
        for at, step in enumerate(self._steps):
            item = self.list.topLevelItem(at)
            if item is not None:
                tokens = theme.current()
                item.setForeground(0, QBrush(QColor(tokens.text_3 if step.undone else tokens.text)))
                item.setForeground(_WHEN, QBrush(QColor(tokens.text_3 if step.undone else tokens.text_2)))

    def _last(self) -> Step | None:
        return next((step for step in self._steps if not step.undone), None)

    def _first_undone(self) -> Step | None:
        return next((step for step in reversed(self._steps) if step.undone), None)

    def _chosen(self) -> Step | None:
        item = self.list.currentItem()
        wanted = item.data(0, _ID) if item is not None else None
        return next((step for step in self._steps if step.id == wanted), None)

    @Slot()
    def _on_undo(self) -> None:
        if (step := self._last()) is not None:
            self.undo_requested.emit(step.id)

    @Slot()
    def _on_redo(self) -> None:
        if (step := self._first_undone()) is not None:
            self.redo_requested.emit(step.id)

    @Slot()
    def _on_item(self) -> None:
        """Ask whether to go back, or forward again, to the step that is chosen."""
        step = self._chosen()
        if step is None:
            return
        at = self._steps.index(step)
        if step.undone:
            n = sum(1 for other in self._steps[at:] if other.undone)
            one, many = self.tr("Redo {n} step", "", n), self.tr("Redo {n} steps", "", n)
            said = self.tr("Do everything again up to “{step}”?")
        else:
            n = sum(1 for other in self._steps[: at + 1] if not other.undone)
            one, many = self.tr("Undo {n} step", "", n), self.tr("Undo {n} steps", "", n)
            said = self.tr("Undo everything down to “{step}”, and that too?")
        self._asked = step
        self._question_words.setText(said.replace("{step}", step_words.short(step)))
        self.confirm.setText(words.counted(one if n == 1 else many, n))
        self.question.show()
        self.confirm.setFocus()

    @Slot()
    def _on_confirm(self) -> None:
        step = self._asked
        self._ask_nothing()
        if step is not None:
            (self.redo_requested if step.undone else self.undo_requested).emit(step.id)

    @Slot()
    def _ask_nothing(self) -> None:
        self._asked = None
        if self.question.isVisible():
            self.list.setFocus()
        self.question.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if entered and not event.isAutoRepeat():
                self._on_item()
            return entered
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._asked is not None:
            self._ask_nothing()
        else:
            super().keyPressEvent(event)
