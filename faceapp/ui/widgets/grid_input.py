"""What mouse and keyboard do in the grid: selecting, moving, the rubber band, taking hold of tiles."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from faceapp.ui import theme
from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets.grid_base import Index
from faceapp.ui.widgets.grid_zoom import GridZoom

_Flag = QItemSelectionModel.SelectionFlag
_AUTOSCROLL_MS: Final = 30


class GridInput(GridZoom):
    """Selection as in a file manager: Ctrl toggles, Shift extends, a drag on the ground draws a band.

    ``drag_wanted()``: the user pulls at the selected tiles. ``typed(str)``: a letter, digit or sign that means
    nothing here.
    """

    clicked_item = Signal(object)
    activated_item = Signal(object)
    current_changed_item = Signal(object)
    selection_changed = Signal()
    drag_wanted = Signal()
    typed = Signal(str)

    def __init__(self, model: TileModel, parent: QWidget | None = None) -> None:
        self.hovered = -1
        self.shows_focus = False  # the ring of the current tile is for those who use the keyboard
        self._anchor = 0  # where a Shift selection starts
        self._aim = (-1, 0)  # the row that arrows up and down led to, and the column they started in
        self._pressed = -1
        self._pressed_at: QPoint | None = None  # while the tiles there may still be pulled away
        self.pulling = False  # the selected tiles are pulled away and not let go yet
        self._band_start: QPoint | None = None  # in content coordinates
        self._band = QRect()
        super().__init__(model, parent)
        self._band_kept = QItemSelection()  # selected before a band with Ctrl
        self._autoscroll = QTimer(self)
        self._autoscroll.setInterval(_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self.pull_band)
        self.viewport().setMouseTracking(True)

    def go_to(self, row: int, flags: _Flag, *, scroll: bool = True) -> None:
        """Make ``row`` current; ``flags`` say what becomes of the selection. Starts a new Shift selection."""
        index = self._tiles.index(row)
        self._anchor = row
        self.selectionModel().setCurrentIndex(index, flags)
        if scroll:
            self.scrollTo(index)

    def forget_pointer(self) -> None:
        super().forget_pointer()
        self.hovered = self._pressed = -1
        self._pressed_at = None
        self._anchor = 0
        self._end_band()

    def _extend_to(self, row: int, *, add: bool) -> None:
        anchor = min(self._anchor, self._tiles.rowCount() - 1)
        first, last = min(anchor, row), max(anchor, row)
        chosen = QItemSelection(self._tiles.index(first), self._tiles.index(last))
        self.selectionModel().select(chosen, _Flag.Select if add else _Flag.ClearAndSelect)
        self.selectionModel().setCurrentIndex(self._tiles.index(row), _Flag.NoUpdate)

    def select_id(self, item_id: int, *, scroll: bool = True) -> bool:
        """Make an item the current and only selected one; False if it is not shown."""
        row = self._tiles.row_of(item_id)
        if row < 0:
            return False
        self.go_to(row, QItemSelectionModel.SelectionFlag.ClearAndSelect, scroll=scroll)
        return True

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        row = self.indexAt(where).row()
        self._pressed = -1
        self._pressed_at = None
        self.shows_focus = False
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.button() != Qt.MouseButton.LeftButton:
            event.accept()  # the menu event that follows selects
            return
        if row < 0:
            if not (ctrl or shift):
                self.selectionModel().clearSelection()
            self._band_kept = QItemSelection(self.selectionModel().selection())
            self._band_start = where + QPoint(0, self.verticalOffset())
        elif shift:
            self._extend_to(row, add=ctrl)
        elif ctrl:
            self.go_to(row, _Flag.Toggle, scroll=False)
        else:
            self._pressed = row
            self._pressed_at = where
            if not self._holds_several(row):  # else the release tells whether they are pulled or one is chosen
                self.go_to(row, _Flag.ClearAndSelect, scroll=False)
        event.accept()

    def _holds_several(self, row: int) -> bool:
        """Whether a row is one of several that are selected."""
        runs = self.selected_runs()
        inside = any(first <= row <= last for first, last in runs)
        return inside and (len(runs) > 1 or runs[0][0] < runs[0][1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        if self._band_start is None:
            self._hover(self.indexAt(where).row())
            self._pull(event, where)
            return
        moved = (where + QPoint(0, self.verticalOffset()) - self._band_start).manhattanLength()
        if self._band.isNull() and moved < QApplication.startDragDistance():
            return
        self._stretch_band(where)
        outside = not 0 <= where.y() < self.viewport().height()
        if outside and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not outside:
            self._autoscroll.stop()

    def _pull(self, event: QMouseEvent, where: QPoint) -> None:
        """Begin a drag once a pressed tile was moved far enough."""
        start = self._pressed_at
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (where - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed, self._pressed_at = -1, None
            self.pulling = True
            self.drag_wanted.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).row()
        clicked = event.button() == Qt.MouseButton.LeftButton and row >= 0 and row == self._pressed
        self._pressed, self._pressed_at, self.pulling = -1, None, False
        self._end_band()
        if clicked:
            if self._holds_several(row):
                self.go_to(row, _Flag.ClearAndSelect, scroll=False)
            self.clicked_item.emit(self._tiles.id_at(row))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).row()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() == Qt.MouseButton.LeftButton and row >= 0 and plain:
            self.activated_item.emit(self._tiles.id_at(row))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    # Rubber band

    def _stretch_band(self, where: QPoint) -> None:
        if self._band_start is None:
            return
        end = where + QPoint(0, self.verticalOffset())
        self._band = QRect(self._band_start, end).normalized()
        chosen = QItemSelection(self._band_kept)
        band = self._band
        for first, last in self.layout_now().items_in(band.left(), band.top(), band.right(), band.bottom()):
            chosen.merge(QItemSelection(self._tiles.index(first), self._tiles.index(last)), _Flag.Select)
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)
        self.viewport().update()

    @Slot()
    def pull_band(self) -> None:
        """Scroll on while the band is drawn beyond the edge; faster the further out."""
        where = self.viewport().mapFromGlobal(self.cursor().pos())
        beyond = min(0, where.y()) or max(0, where.y() - self.viewport().height())
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + max(-60, min(60, beyond)))
        self._stretch_band(where)

    def _end_band(self) -> None:
        self._autoscroll.stop()
        if self._band_start is not None:
            self._band_start = None
            self._band = QRect()
            self.viewport().update()

    def moves_over(self) -> bool:
        return self._band_start is not None or super().moves_over()

    def paint_band(self, painter: QPainter, offset: int) -> None:
        if self._band_start is None or self._band.isNull():
            return
        accent = theme.current().accent
        painter.setPen(QPen(QColor(accent), 1))
        painter.setBrush(theme.with_alpha(accent, 0.15))
        painter.drawRoundedRect(QRectF(self._band.translated(0, -offset)).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_changed_item.emit(self._tiles.id_at(current.row()) if current.isValid() else None)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.selection_changed.emit()

    # Keyboard

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count = self._tiles.rowCount()
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        if row < 0:
            return self._tiles.index(0)
        move = QAbstractItemView.CursorAction
        ends = {move.MoveHome: 0, move.MoveEnd: count - 1}
        sideways = {move.MoveLeft: -1, move.MovePrevious: -1, move.MoveRight: 1, move.MoveNext: 1}
        if action in ends:
            target = ends[action]
        elif action in sideways:
            target = min(max(0, row + sideways[action]), count - 1)
        else:
            target = self._move_rows(row, action)
        return self._tiles.index(target)

    def _move_rows(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        """Return where up, down and a page lead: to the same column, also past rows that are shorter."""
        layout, page = self.layout_now(), self.viewport().height()
        rows = {_Move.MoveUp: -1, _Move.MoveDown: 1}.get(action)
        if rows is None:
            rows = layout.page(row, page if action == _Move.MovePageDown else -page)
        column = self._aim[1] if self._aim[0] == row else layout.column_of(row)
        target = layout.step(row, rows, column)
        self._aim = target, column
        return target

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        current = self.currentIndex()
        action = _MOVES.get(Qt.Key(key))
        self.shows_focus = True
        if action is not None and not modifiers & Qt.KeyboardModifier.AltModifier:
            target = self.moveCursor(action, modifiers)
            if not target.isValid():
                return
            if shift:
                self._extend_to(target.row(), add=ctrl)
                self.scrollTo(target)
            else:
                self.go_to(target.row(), _Flag.NoUpdate if ctrl else _Flag.ClearAndSelect)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.activated_item.emit(self._tiles.id_at(current.row()))
        elif key == Qt.Key.Key_Space and current.isValid():
            self.go_to(current.row(), _Flag.Toggle if ctrl else _Flag.ClearAndSelect)
        elif key == Qt.Key.Key_A and ctrl and not shift:
            self.selectAll()
        else:
            text = event.text()
            if text.isprintable() and text.strip() and not ctrl and not modifiers & Qt.KeyboardModifier.AltModifier:
                self.typed.emit(text)
            event.ignore()

    def selectAll(self) -> None:
        count = self._tiles.count  # never what lies below the line
        if count:
            whole = QItemSelection(self._tiles.index(0), self._tiles.index(count - 1))
            self.selectionModel().select(whole, _Flag.ClearAndSelect)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self.shows_focus = event.reason() in by_key
        self.viewport().update()  # the base would make the first item current and scroll to it

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()


_Move = QAbstractItemView.CursorAction
_MOVES: Final = {
    Qt.Key.Key_Left: _Move.MoveLeft,
    Qt.Key.Key_Right: _Move.MoveRight,
    Qt.Key.Key_Up: _Move.MoveUp,
    Qt.Key.Key_Down: _Move.MoveDown,
    Qt.Key.Key_Home: _Move.MoveHome,
    Qt.Key.Key_End: _Move.MoveEnd,
    Qt.Key.Key_PageUp: _Move.MovePageUp,
    Qt.Key.Key_PageDown: _Move.MovePageDown,
}
