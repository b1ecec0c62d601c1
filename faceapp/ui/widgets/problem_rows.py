"""The rows of the page of problems: what they hold and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from faceapp.types import Problem
from faceapp.ui import error_words, theme, words
from faceapp.ui.widgets.parts import draw_focus

_Index = QModelIndex | QPersistentModelIndex

PROBLEM: Final = Qt.ItemDataRole.UserRole
_MARGIN: Final = theme.SPACE_2  # above and below what a row says
_NAME_SHARE: Final = 0.6  # of a row's width, at most, when there is a folder to tell too


class ProblemModel(QAbstractListModel):
    """One row a problem, in the order it is given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems: list[Problem] = []

    @property
    def problems(self) -> Sequence[Problem]:
        return self._problems

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Show these; rows that stay keep selection and place."""
        wanted = {problem.photo_id for problem in problems}
        gone = [row for row, problem in enumerate(self._problems) if problem.photo_id not in wanted]
        for first, last in reversed(_runs(gone)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._problems[first : last + 1]
            self.endRemoveRows()
        kept = {problem.photo_id for problem in self._problems}
        new = [row for row, problem in enumerate(problems) if problem.photo_id not in kept]
        for first, last in _runs(new):
            self.beginInsertRows(QModelIndex(), first, last)
            self._problems[first:first] = problems[first : last + 1]
            self.endInsertRows()
        if self._problems != list(problems):  # other words, or another order
            self.layoutAboutToBeChanged.emit()
            self._problems = list(problems)
            self.layoutChanged.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._problems)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        problem = self._problems[index.row()]
        if role == PROBLEM:
            return problem
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{words.printable(problem.path.name)}\n{error_words.told(problem.reason)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.printable(str(problem.path))
        return None


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return ascending rows as (first, last) of each unbroken run."""
    grouped = (list(run) for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]))
    return [(run[0][1], run[-1][1]) for run in grouped]


class ProblemDelegate(QStyledItemDelegate):
    """File name and folder on one line, the reason below, wrapped."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        metrics = QFontMetrics(self._view.font())
        inside = QRect(0, 0, max(1, width - 2 * theme.SPACE_3), 10_000)
        reason = metrics.boundingRect(
            inside, int(Qt.TextFlag.TextWordWrap), error_words.told(self._problem(index).reason)
        )
        return QSize(width, 2 * _MARGIN + metrics.height() + theme.SPACE_1 + reason.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        problem, colours = self._problem(index), theme.current()
        row: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if selected else colours.hover))
            painter.drawRoundedRect(row, theme.RADIUS_S, theme.RADIUS_S)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, QRectF(row), theme.RADIUS_S)
        inside = row.adjusted(theme.SPACE_3, _MARGIN, -theme.SPACE_3, -_MARGIN)
        bottom = self._paint_file(painter, inside, problem)
        inside.setTop(bottom + theme.SPACE_1)
        painter.setFont(self._view.font())
        painter.setPen(QColor(colours.text_2))
        painter.drawText(inside, int(Qt.TextFlag.TextWordWrap), error_words.told(problem.reason))
        painter.restore()

    def _paint_file(self, painter: QPainter, inside: QRect, problem: Problem) -> int:
        """Paint the name and the folder; return where the line ends."""
        colours, middle = theme.current(), Qt.TextElideMode.ElideMiddle
        plain, strong = QFont(self._view.font()), QFont(self._view.font())
        strong.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(strong)
        line = QRect(inside.left(), inside.top(), inside.width(), metrics.height())
        name = metrics.elidedText(words.printable(problem.path.name), middle, round(line.width() * _NAME_SHARE))
        painter.setFont(strong)
        painter.setPen(QColor(colours.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
        line.setLeft(line.left() + metrics.horizontalAdvance(name) + theme.SPACE_3)
        folder = QFontMetrics(plain).elidedText(words.printable(str(problem.path.parent)), middle, line.width())
        painter.setFont(plain)
        painter.setPen(QColor(colours.text_3))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, folder)
        return line.bottom()

    def _problem(self, index: _Index) -> Problem:
        problem: Problem = index.data(PROBLEM)
        return problem
