"""A short list of results under a line to type: faces or icons, words, shortcuts. The keyboard stays in the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from faceapp.ui import icons, theme, words
from faceapp.ui.widgets.parts import draw_picture

Index = QModelIndex | QPersistentModelIndex
Pictures = Callable[[int], QPixmap | None]  # the tile of a face, if it is at hand

ROW: Final = 38
_HEADING: Final = 28
_FACE: Final = 28
_ICON: Final = 18
_INSET: Final = 6.0  # of the marked row
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """``target`` is for whoever made it. A heading, and what is not ``enabled``, cannot be chosen."""

    text: str
    detail: str = ""
    kind: str = ""  # what it is, for a screen reader: "person"
    icon: str = ""
    face_id: int | None = None
    keys: str = ""  # its shortcut, as the platform writes it
    enabled: bool = True
    heading: bool = False
    target: object = None

    @property
    def spoken(self) -> str:
        return words.phrases(self.text, self.kind, self.detail, self.keys)


class ResultModel(QAbstractListModel):
    """Rows that are put in all at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def put(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == _ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and row.detail:
            return f"{row.text}\n{row.detail}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()]
        if row.heading or not row.enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ResultList(QListView):
    """Shows rows; one that can be chosen is always marked. Give it the keys of the line by ``take_key``."""

    chosen = Signal(object)  # Row
    marked = Signal(object)  # Row, None when there is nothing to choose

    def __init__(self, pictures: Pictures | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = ResultModel(self)
        self.setModel(self.results)
        self._delegate = _Painter(pictures, self)
        self.setItemDelegate(self._delegate)
        self.setProperty("surface", "raised")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Results"))
        self._mouse: QPoint | None = None
        self.clicked.connect(self._on_clicked)
        theme.signals().changed.connect(self.refresh)

    def set_pictures(self, pictures: Pictures) -> None:
        self._delegate.pictures = pictures

    def put(self, rows: Sequence[Row]) -> None:
        """Show these and mark the first that can be chosen; what is shown already keeps its mark."""
        if list(rows) == list(self.results.rows):
            return
        self.results.put(rows)
        self._mouse = None  # a list that comes up under the pointer is not pointed at yet
        self._mark(self._next(-1, 1))
        self.scrollToTop()

    @property
    def rows(self) -> Sequence[Row]:
        return self.results.rows

    def current(self) -> Row | None:
        """Return the row that is marked."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    def height_of_rows(self) -> int:
        return sum(_HEADING if row.heading else ROW for row in self.rows)

    def take_key(self, event: QKeyEvent) -> bool:
        """Move or choose by a key that was pressed in the line; return whether it was one of ours."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        at = self.currentIndex().row()
        page = max(1, self.viewport().height() // ROW - 1)
        last = len(self.rows) - 1
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Down:
            below = self._next(at, 1)
            self._mark(below if below >= 0 else self._next(-1, 1))
        elif key == Qt.Key.Key_Up:
            above = self._next(at, -1)
            self._mark(above if above >= 0 else self._next(last + 1, -1))
        elif key == Qt.Key.Key_PageDown:
            to = min(at + page, last)
            below = self._next(to - 1, 1)
            self._mark(below if below >= 0 else self._next(to, -1))
        elif key == Qt.Key.Key_PageUp:
            to = max(at - page, 0)
            above = self._next(to + 1, -1)
            self._mark(above if above >= 0 else self._next(to, 1))
        else:
            return False
        return True

    @Slot()
    def refresh(self) -> None:
        """Paint anew: a picture came."""
        self.viewport().update()

    def _next(self, row: int, step: int) -> int:
        """Return the next row that can be chosen, -1 if there is none."""
        row += step
        while 0 <= row < len(self.rows):
            if self.rows[row].enabled and not self.rows[row].heading:
                return row
            row += step
        return -1

    def _mark(self, row: int) -> None:
        if row < 0:
            self.marked.emit(self.current())
            return
        index = self.results.index(row)
        self.setCurrentIndex(index)
        above = row - 1
        if above == 0 and self.rows[0].heading:
            self.scrollToTop()
        else:
            self.scrollTo(index)
        self.marked.emit(self.rows[row])

    def _choose(self) -> None:
        row = self.current()
        if row is not None:
            self.chosen.emit(row)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.rows[index.row()]
        if row.enabled and not row.heading:
            self.chosen.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what is pointed at, once the pointer really moves."""
        here = event.globalPosition().toPoint()
        moved = self._mouse is not None and here != self._mouse
        self._mouse = here
        index = self.indexAt(event.position().toPoint())
        if moved and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.marked.emit(self.rows[index.row()])


class _Painter(QStyledItemDelegate):
    def __init__(self, pictures: Pictures | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(_ROLE)
        return QSize(0, _HEADING if row.heading else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(_ROLE)
        tokens = theme.current()
        rect = QRectF(option.rect)
        font = QFont(option.font)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            font.setPixelSize(theme.FONT_XS)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text_3))
            inner = rect.adjusted(theme.SPACE_4, 0, -theme.SPACE_4, -4)
            painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, row.text)
        else:
            if state & QStyle.StateFlag.State_Selected:
                frame = rect.adjusted(_INSET, 1, -_INSET, -1)
                painter.setPen(QPen(QColor(tokens.accent), 1))  # not by a tint alone
                painter.setBrush(QColor(tokens.accent_soft))
                painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS_S, theme.RADIUS_S)
            self._row(painter, rect.adjusted(theme.SPACE_4, 0, -theme.SPACE_4, 0), row, font)
        painter.restore()

    def _row(self, painter: QPainter, rect: QRectF, row: Row, font: QFont) -> None:
        """Draw the sign, the words, and at the right end the shortcut and the detail."""
        tokens = theme.current()
        sign = QRectF(rect.left(), rect.center().y() - _FACE / 2 + 0.5, _FACE, _FACE)
        if row.face_id is not None:
            picture = self.pictures(row.face_id) if self.pictures is not None else None
            draw_picture(painter, sign, picture, _FACE / 2)
        elif row.icon:
            inset = (_FACE - _ICON) / 2
            colour = tokens.text_2 if row.enabled and row.icon != "command" else tokens.text_3
            icons.paint(painter, row.icon, sign.adjusted(inset, inset, -inset, -inset), colour)
        left, right = sign.right() + theme.SPACE_3, rect.right()
        small = QFont(font)
        small.setPixelSize(theme.FONT_XS)
        if row.keys:
            right = _draw_keys(painter, rect, right, row.keys, small) - theme.SPACE_3
        metrics, room = QFontMetrics(font), right - left
        small.setPixelSize(theme.FONT_S)
        wide = min(
            QFontMetrics(small).horizontalAdvance(row.detail) + 1,
            max(room * 0.45, room - theme.SPACE_4 - metrics.horizontalAdvance(row.text)),
        )
        words = QRectF(left, rect.top(), room - (wide + theme.SPACE_3 if row.detail else 0), rect.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if row.enabled else tokens.text_3))
        painter.drawText(words, middle, metrics.elidedText(row.text, Qt.TextElideMode.ElideMiddle, int(words.width())))
        if row.detail:
            painter.setFont(small)
            painter.setPen(QColor(tokens.text_2 if row.enabled else tokens.text_3))
            detail = QFontMetrics(small).elidedText(row.detail, Qt.TextElideMode.ElideMiddle, int(wide))
            painter.drawText(
                QRectF(right - wide, rect.top(), wide, rect.height()), middle | Qt.AlignmentFlag.AlignRight, detail
            )


def _draw_keys(painter: QPainter, rect: QRectF, right: float, keys: str, font: QFont) -> float:
    """Draw a shortcut in a frame that ends at ``right``; return where it begins."""
    tokens = theme.current()
    wide = QFontMetrics(font).horizontalAdvance(keys) + 12
    frame = QRectF(round(right - wide), round(rect.center().y()) - 9, wide, 18)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text_2))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, keys)
    return frame.left()
