"""The page of photos that could not be read, each with its reason and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import Problem
from faceapp.ui import theme, words
from faceapp.ui.widgets.grid_words import EmptyText
from faceapp.ui.widgets.problem_rows import PROBLEM, ProblemDelegate, ProblemModel
from faceapp.ui.widgets.tab_order import follow_layout


class ProblemList(QWidget):
    """The page. What its buttons and its menu do are actions of the window, see ``set_actions``."""

    selection_changed = Signal()
    activated = Signal(object)  # photo id, after Enter or a double click

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel(self.tr("Problems"))
        self._title.setProperty("role", "heading")
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        advice = QLabel(self.tr("These files stay as they are. One that changes is tried again by itself."))
        advice.setProperty("role", "muted")
        advice.setWordWrap(True)
        self._selected = QLabel()
        self._selected.setProperty("role", "faint")
        self._model = ProblemModel(self)
        self.list = _List(self._model)
        self.list.setAccessibleName(self.tr("Photos that could not be read"))
        self.list.activated.connect(self._activate)
        self.list.selectionModel().selectionChanged.connect(self._on_selection)
        self._model.rowsInserted.connect(self._on_selection)
        self._model.rowsRemoved.connect(self._on_selection)

        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBaseline)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(theme.SPACE_2)
        self._head = QWidget()
        top = QVBoxLayout(self._head)
        top.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_2)
        top.setSpacing(theme.SPACE_2)
        top.addLayout(head)
        top.addWidget(advice)
        top.addLayout(self._tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        self._head.hide()

    def set_actions(self, *, retry: QAction, show: QAction, ignore: QAction, retry_all: QAction) -> None:
        """Offer what can be done with the rows that are selected, as buttons and as menu, and with all of them."""
        self.list.addActions([retry, show, ignore])
        for action, text in (
            (retry, self.tr("Try again")),
            (show, self.tr("Show in folder")),
            (ignore, self.tr("Ignore")),
        ):
            self._tools.addWidget(_button(action, text))
        self._tools.addWidget(self._selected)
        self._tools.addStretch(1)
        self._tools.addWidget(_button(retry_all, self.tr("Try all again")))
        follow_layout(self)

    def set_problems(self, problems: Sequence[Problem]) -> None:
        self._model.set_problems(problems)
        self._count.setText(words.unreadable(len(problems)))
        self._head.setVisible(bool(problems))
        self.list.set_empty(
            EmptyText(
                self.tr("Every photo could be read"),
                self.tr("A file that cannot be read would be listed here, with the reason."),
                "check",
            )
        )

    def selected(self) -> list[Problem]:
        """Return the problems that are selected, from top to bottom."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self._model.problems[row] for row in rows]

    def select_all(self) -> None:
        self.list.selectAll()

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        self.activated.emit(index.data(PROBLEM).photo_id)

    @Slot()
    def _on_selection(self) -> None:
        count = len(self.list.selectionModel().selectedIndexes())
        self._selected.setText(words.selected(count) if count > 1 else "")
        self.selection_changed.emit()


def _button(action: QAction, text: str) -> QToolButton:
    """Return a button that does and says what an action does, in words that go with the other buttons."""
    action.setIconText(text)
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the list
    return button


class _List(QListView):
    """Rows as high as their reason, and words for when there is none."""

    def __init__(self, model: ProblemModel) -> None:
        super().__init__()
        self._empty = EmptyText()
        self.setModel(model)
        self.setItemDelegate(ProblemDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # measuring thousands of reasons must not hold the window up
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setViewportMargins(theme.SPACE_1, 0, theme.SPACE_1, theme.SPACE_2)
        theme.signals().changed.connect(self._repaint)

    def set_empty(self, empty: EmptyText) -> None:
        self._empty = empty
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.model().rowCount():
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        self._empty.paint(painter, self.viewport().rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # reasons wrap at another width

    @Slot()
    def _repaint(self) -> None:
        self.viewport().update()
