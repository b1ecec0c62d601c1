"""The ground of the grid: where tiles and headers lie, scrolling, and keeping the place when the model changes.

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
    Slot,
)
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets.grid_layout import GAP, HEAD, MARGIN, GridLayout
from faceapp.ui.widgets.grid_words import HeaderText

Index = QModelIndex | QPersistentModelIndex

USUAL: Final = 132
CAPTION: Final = 40  # under a person: the name and how many photos
_ROOM: Final = 18  # beside a person's picture, for longer names
_KEPT_SELECTED: Final = 5_000  # of a longer selection only the current item survives an update


class GridBase(QListView):
    """A ``QListView`` for its place in accessibility and selection; its own layout never runs."""

    def __init__(self, model: TileModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # These first: the settings below lay out already, and an exception in an override is fatal in some PySide.
        self._tiles = model
        self._size = USUAL
        self._had_below = False
        self._header = HeaderText()
        self._layout = GridLayout(0, 0, USUAL, 0)
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
        top += HEAD if layout.sections else 0
        first = layout.items_between(top, top).start
        return first if first < layout.count else -1

    def current_id(self) -> int | None:
        current = self.currentIndex()
        return self._tiles.id_at(current.row()) if current.isValid() else None

    # Layout

    def layout_now(self) -> GridLayout:
        """Return the layout of what is shown; the same one until something changes."""
        top = self._header.height if self._header.title else MARGIN
        size, words = self._size, 0
        if self._tiles.kind == "person":
            size, words = size + _ROOM, CAPTION
        width, count, starts = self.viewport().width(), self._tiles.rowCount(), self._tiles.sections.starts
        made = self._layout
        wanted = (width, count, size, top, self._tiles.below, words)
        if starts is not made.starts or wanted != (
            made.width,
            made.count,
            made.size,
            made.top,
            made.below,
            made.caption,
        ):
            made = self._layout = GridLayout(*wanted, starts)
        return made

    def sticky(self) -> tuple[int, int]:
        """Return the section whose header stays at the top of the viewport, and its y there; (-1, 0) if none does."""
        layout, offset = self.layout_now(), self.verticalOffset()
        section = layout.section_at(offset)
        if section < 0 or offset == layout.head(section):
            return -1, 0
        return section, min(0, layout.head(section + 1) - HEAD - offset)

    def section_under(self, point: QPoint) -> int:
        """Return the section whose header lies at a point of the viewport, -1 if none does."""
        section, y = self.sticky()
        if section >= 0 and point.y() < y + HEAD:
            return section
        return self.layout_now().header_at(point.y() + self.verticalOffset())

    def section_rows(self, section: int) -> range:
        return self._tiles.sections.rows(section, self._tiles.count)

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
        """Move what is painted already and paint what comes in; the header at the top stays, so it is painted anew."""
        view = self.viewport()
        if abs(dy) >= view.height() // 2 or not (dy * self.devicePixelRatioF()).is_integer() or self.moves_over():
            view.update()
            return
        view.scroll(0, dy)
        if self._tiles.sections:
            view.update(0, 0, view.width(), HEAD + abs(dy))

    def moves_over(self) -> bool:
        """Whether something is painted over the tiles that does not scroll with them, besides the header."""
        return self.verticalScrollBar().isSliderDown()

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
        if self.section_under(point) >= 0:
            return QModelIndex()
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
        top, bottom = layout.top_with(index.row()), y + layout.tall + GAP
        offset, page = self.verticalOffset(), self.viewport().height()
        hints = QAbstractItemView.ScrollHint
        if hint == hints.PositionAtCenter:
            offset = y + layout.tall // 2 - page // 2
        elif hint == hints.PositionAtTop or top < offset or bottom - top > page:
            offset = top
        elif hint == hints.PositionAtBottom or bottom > offset + page:
            offset = bottom - page
        self.verticalScrollBar().setValue(offset)

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
        changed = self.visualRect(top_left)
        if top_left != bottom_right:
            changed |= self.visualRect(bottom_right)
            if changed.height() > self.layout_now().tall:  # the tiles of more than one row
                changed.setLeft(0)
                changed.setRight(self.viewport().width())
        self.viewport().update(changed)

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
        for first, last in self._tiles.rows_of(selected):
            chosen.select(self._tiles.index(first), self._tiles.index(last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current is not None and (row := self._tiles.row_of(current)) >= 0:
            self.selectionModel().setCurrentIndex(self._tiles.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        if top is not None and (row := self._tiles.row_of(top)) >= 0:
            self.verticalScrollBar().setValue(self.layout_now().place(row)[1] - y)
        self.viewport().update()
