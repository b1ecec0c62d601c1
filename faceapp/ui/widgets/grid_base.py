"""The ground of the grid: where tiles lie, scrolling, zoom, and keeping the place when the model changes.

Lays out by arithmetic, so its cost does not grow with the number of tiles.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets.grid_layout import GAP, MARGIN, GridLayout
from faceapp.ui.widgets.grid_words import HeaderText

Index = QModelIndex | QPersistentModelIndex

SMALLEST: Final = 72
USUAL: Final = 132
LARGEST: Final = 320
_ZOOM_STEP: Final = 1.15
CAPTION: Final = 40  # under a person: the name and how many photos
_ROOM: Final = 18  # beside a person's picture, for longer names
_KEPT_SELECTED: Final = 5_000  # of a longer selection only the current item survives an update


class GridBase(QListView):
    """A ``QListView`` for its place in accessibility and selection; its own layout never runs."""

    size_changed = Signal(object)

    def __init__(self, model: TileModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # These first: the settings below lay out already, and an exception in an override is fatal in some PySide.
        self._tiles = model
        self._size = USUAL
        self._had_below = False
        self._header = HeaderText()
        self._kept: tuple[list[int], int | None, int | None, int] | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width would jump
        self.setAutoScroll(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setModel(model)
        model.rowsRemoved.connect(self._after_count)
        model.rowsInserted.connect(self._after_count)
        model.cut_moved.connect(self._after_cut)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)

    def forget_pointer(self) -> None:
        """Forget what the pointer was at: the tiles have changed."""

    @property
    def tiles(self) -> TileModel:
        return self._tiles

    @property
    def tile_size(self) -> int:
        return self._size

    def selected_runs(self) -> list[tuple[int, int]]:
        """Return the selected rows as (first, last), in order."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(i) for i in range(selection.count())]
        return sorted((r.top(), r.bottom()) for r in ranges)

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected tiles in order of the grid."""
        return [int(item) for first, last in self.selected_runs() for item in self._tiles.shown_ids[first : last + 1]]

    def first_row(self) -> int:
        """Return the first tile on screen, as a row of the model; -1 if there is none."""
        layout, top = self.layout_now(), self.verticalOffset() + 2 * GAP  # no ring of the tiles above
        first = layout.items_between(top, top).start
        return first if first < layout.count else -1

    def current_id(self) -> int | None:
        current = self.currentIndex()
        return self._tiles.id_at(current.row()) if current.isValid() else None

    # Layout

    def layout_now(self) -> GridLayout:
        top = self._header.height if self._header.title else MARGIN
        size, words = self._size, 0
        if self._tiles.kind == "person":
            size, words = size + _ROOM, CAPTION
        return GridLayout(self.viewport().width(), self._tiles.rowCount(), size, top, self._tiles.below, words)

    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setSingleStep(40)
        bar.setPageStep(max(40, page - 40))
        bar.setRange(0, max(0, self.layout_now().height - page))
        bar.setEnabled(bar.maximum() > 0)  # the style shows no handle then
        QAbstractItemView.updateGeometries(self)

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        old = event.oldSize()
        before = replace(self.layout_now(), width=old.width())
        offset = self.verticalOffset()
        first = before.items_between(offset, offset).start if old.width() > 0 else 0
        y = before.place(first)[1] - offset
        self.updateGeometries()
        if offset and first < self._tiles.rowCount() and old.width() != event.size().width():
            self.verticalScrollBar().setValue(self.layout_now().place(first)[1] - y)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        layout = self.layout_now()
        x, y, side = layout.place(index.row())
        return QRect(x, y - self.verticalOffset(), side, layout.tall)

    def indexAt(self, point: QPoint) -> QModelIndex:
        item = self.layout_now().item_at(point.x(), point.y() + self.verticalOffset())
        return self._tiles.index(item) if item >= 0 else QModelIndex()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # one update a frame: the exact region would cost more than it saves

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        layout = self.layout_now()
        y = layout.place(index.row())[1]
        first_row = index.row() < layout.columns
        top, bottom = (0 if first_row else y - GAP), y + layout.tall + GAP  # the first row brings the header along
        offset, page = self.verticalOffset(), self.viewport().height()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            offset = y + layout.tall // 2 - page // 2
        elif hint == hints.PositionAtTop or top < offset or bottom - top > page:
            offset = top
        elif hint == hints.PositionAtBottom or bottom > offset + page:
            offset = bottom - page
        self.verticalScrollBar().setValue(offset)

    # Zoom

    def zoom_in(self) -> None:
        self.set_tile_size(round(self._size * _ZOOM_STEP))

    def zoom_out(self) -> None:
        self.set_tile_size(round(self._size / _ZOOM_STEP))

    def zoom_reset(self) -> None:
        self.set_tile_size(USUAL)

    def set_tile_size(self, size: int, at: QPoint | None = None) -> None:
        """Change the size; the tile at ``at`` (default: the current one, else the middle) stays at its height."""
        size = max(SMALLEST, min(LARGEST, size))
        if size == self._size:
            return
        before, offset = self.layout_now(), self.verticalOffset()
        if at is None:
            current = self.visualRect(self.currentIndex())
            seen = self.viewport().rect()
            at = current.center() if not current.isNull() and seen.intersects(current) else seen.center()
        y = at.y() + offset
        item = before.item_at(at.x(), y)
        if item < 0:
            item = before.items_between(y, y).start
        anchored = item < before.count and offset > 0
        share = (y - before.place(item)[1]) / before.side if anchored else 0.0
        self._size = size
        self.updateGeometries()
        if anchored:
            after = self.layout_now()
            self.verticalScrollBar().setValue(round(after.place(item)[1] + share * after.side) - at.y())
        self.viewport().update()
        self.size_changed.emit(size)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QAbstractItemView.wheelEvent(self, event)
            return
        turns = event.angleDelta().y() / 120
        if turns:
            wanted = self._size * _ZOOM_STEP**turns
            step = round(wanted) if round(wanted) != self._size else self._size + (1 if turns > 0 else -1)
            self.set_tile_size(step, event.position().toPoint())
        event.accept()

    # Changes of the model

    @Slot()
    def paint_again(self) -> None:
        self.viewport().update()

    @Slot(QModelIndex, int, int)
    def _after_count(self, _parent: Index, first: int, _last: int) -> None:
        """Paint again only if tiles on screen came or went: most steps of a slider cut far below them."""
        self.updateGeometries()
        offset = self.verticalOffset()
        seen = replace(self.layout_now(), count=self._tiles.total, below=0)
        if first < seen.items_between(offset, offset + self.viewport().height()).stop:
            self.viewport().update()

    @Slot()
    def _after_cut(self) -> None:
        """Paint again where the line between matches and the rest moved, though as many rows may be there as before."""
        self.updateGeometries()
        if self._tiles.below or self._had_below:
            self.viewport().update()
        self._had_below = bool(self._tiles.below)

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Nothing to lay out: ``_after_count`` follows."""

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: object = None) -> None:
        if top_left == bottom_right:
            self.viewport().update(self.visualRect(top_left))
        else:
            self.viewport().update()

    @Slot()
    def _before_reset(self) -> None:
        self._kept = None
        if self._tiles.keeps_place:
            count = sum(last - first + 1 for first, last in self.selected_runs())
            selected = self.selected_ids() if count <= _KEPT_SELECTED else []
            layout, offset = self.layout_now(), self.verticalOffset()
            first = layout.items_between(offset, offset).start
            top = self._tiles.id_at(first) if offset and first < layout.count else None
            self._kept = (selected, self.current_id(), top, layout.place(first)[1] - offset)

    @Slot()
    def _after_reset(self) -> None:
        self.forget_pointer()
        self.updateGeometries()
        kept, self._kept = self._kept, None
        if kept is None:
            self.verticalScrollBar().setValue(0)
            self.viewport().update()
            return
        selected, current, top, y = kept
        chosen = QItemSelection()
        for row in map(self._tiles.row_of, selected):
            if row >= 0:
                chosen.select(self._tiles.index(row), self._tiles.index(row))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current is not None and (row := self._tiles.row_of(current)) >= 0:
            self.selectionModel().setCurrentIndex(self._tiles.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        if top is not None and (row := self._tiles.row_of(top)) >= 0:
            self.verticalScrollBar().setValue(self.layout_now().place(row)[1] - y)
        self.viewport().update()
