"""The photos that could not be read, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from faceapp.types import Problem
from faceapp.ui import theme, words

_Index = QModelIndex | QPersistentModelIndex


class ProblemModel(QAbstractListModel):
    """One row a problem: the file above its reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: Sequence[Problem] = ()

    def set_problems(self, problems: Sequence[Problem]) -> None:
        self.beginResetModel()
        self._problems = problems
        self.endResetModel()

    def problem(self, row: int) -> Problem:
        return self._problems[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._problems)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        problem = self._problems[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{problem.path.name}\n{problem.reason}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(problem.path)
        return None


class ProblemList(QWidget):
    """The page. Enter or a double click shows the file in its folder."""

    show_in_folder_requested = Signal(object)  # photo id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        advice = QLabel(self.tr("These files stay as they are. Faceapp tries one again when the file changes."))
        advice.setProperty("role", "muted")
        advice.setWordWrap(True)
        self._model = ProblemModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWordWrap(True)
        self._list.setSpacing(theme.SPACE_1)
        self._list.setAccessibleName(self.tr("Photos that could not be read"))
        self._list.activated.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_2)
        for part in (self._title, advice, self._list):
            column.addWidget(part)
        self.set_problems(())

    def set_problems(self, problems: Sequence[Problem]) -> None:
        self._model.set_problems(problems)
        self._title.setText(words.problems(len(problems)) if problems else self.tr("Every photo could be read"))

    @Slot(QModelIndex)
    def _show(self, index: QModelIndex) -> None:
        self.show_in_folder_requested.emit(self._model.problem(index.row()).photo_id)
