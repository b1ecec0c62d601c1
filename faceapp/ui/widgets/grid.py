"""The grid of photos, faces or people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from faceapp.ui import drops, theme
from faceapp.ui.people import dragging
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets.grid_base import USUAL
from faceapp.ui.widgets.grid_layout import MARGIN, GridLayout
from faceapp.ui.widgets.grid_sections import GridSections
from faceapp.ui.widgets.grid_words import EmptyText, HeaderText
from faceapp.ui.widgets.grid_zoom import LARGEST, SMALLEST
from faceapp.ui.widgets.tile_painter import TilePainter

_RING: Final = 6  # how far rings reach beyond a tile
_EDGE: Final = 36  # from the top or bottom: tiles that are held there scroll the grid
_SCROLL_MS: Final = 30
_FRAME_MS: Final = 16


class TileGrid(GridSections):
    """Tiles with selection, zoom, sections, a header that scrolls along and words for when there is nothing.

    Signals
    -------
    clicked_item(object), activated_item(object), current_changed_item(object)
        The id: after a plain click; after a double click or Enter; of the current item, None if there is none.
    context_requested(object, QPoint)
        The id under the pointer (or the current one) and the global position for a menu.
    selection_changed()
        Other items are selected.
    size_changed(object)
        The size of a tile after a zoom.
    dropped(object)
        The ``QMimeData`` of a drop that ``drops.accepts``.
    carried(object, object)
        The ``Cargo`` that was let go on a tile, and the tile's id. Only where ``welcomes(cargo, id)`` said so.
    """

    context_requested = Signal(object, QPoint)
    dropped = Signal(object)
    carried = Signal(object, object)

    def __init__(self, model: TileModel, parent: QWidget | None = None) -> None:
        self._empty = EmptyText()
        self._painter = TilePainter(model.tasks)
        super().__init__(model, parent)
        self.setAccessibleName(self.tr("Grid"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that scrolling moves what is there
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.welcomes: Callable[[Cargo, int], bool] = lambda _cargo, _id: False
        self._target = -1  # the row that would take what is held over it
        self._scroll_step = 0
        self._again: list[QRectF] = []  # where tiles are coming in
        self._waiting: list[QRectF] = []  # where tiles wait for a picture that is being made ready
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)
        self._next_frame = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._next_frame.timeout.connect(self._paint_on)
        self._painter.ready.came.connect(self._on_ready)
        theme.signals().changed.connect(self.paint_again)

    def set_header(self, title: str, detail: str = "") -> None:
        """Set the line above the first row, "" for none."""
        if self._header != HeaderText(title, detail):
            moved = bool(self._header.title) != bool(title)
            self._header = HeaderText(title, detail)
            if moved:
                self.updateGeometries()
                self.viewport().update()
            else:
                # Above the first row's rings: the words change at every step of a slider, the tiles do not.
                words = self._header.height - theme.SPACE_2
                self.viewport().update(0, -self.verticalOffset(), self.viewport().width(), words)

    def set_empty(self, title: str, hint: str = "", icon: str = "") -> None:
        """Set the words that stand here while there is no tile; ``icon`` is a name of ``icons``."""
        self._empty = EmptyText(title, hint, icon)
        self.viewport().update()

    @property
    def painter_bytes(self) -> int:
        """What tiles that are ready for the screen take."""
        return self._painter.ready.size

    @property
    def is_whole(self) -> bool:
        """Whether every picture that is at hand is painted as it will stay."""
        return not self._again and not self._waiting

    @property
    def words_when_empty(self) -> tuple[str, str]:
        return self._empty.title, self._empty.hint

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.crossing.hides:
            self.paint_view(painter, event.region())
            self._again += self._painter.again
            self._waiting += self._painter.waiting
        self.crossing.paint(painter)
        painter.end()
        self._go_on()

    def paint_view(self, painter: QPainter, dirty: QRegion) -> None:
        whole = dirty.boundingRect()
        painter.fillRect(whole, QColor(theme.current().bg))
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(self.font())
        layout, offset = self.layout_now(), self.verticalOffset()
        if not layout.count:
            self._empty.paint(painter, self.viewport().rect())
            return
        if self._header.title and whole.top() < self._header.height - offset:
            self._header.paint(painter, QRectF(MARGIN, -offset, layout.width - 2 * MARGIN, self._header.height))
        if layout.below:
            self._paint_line(painter, layout, offset)
        ranges = self.selected_runs()
        current = self.currentIndex().row() if self.hasFocus() and self.shows_focus else -1
        top, bottom = whole.top() - _RING, whole.bottom() + _RING
        self.paint_headers(painter, top, bottom)
        self._painter.begin(painter, all_tiles=dirty.rectCount() == 1 and whole.contains(self.viewport().rect()))
        for item in layout.items_between(top + offset, bottom + offset):
            x, y, side = layout.place(item)
            y -= offset
            if not dirty.intersects(QRect(x - _RING, y - _RING, side + 2 * _RING, layout.tall + 2 * _RING)):
                continue
            self._painter.paint(
                painter,
                QRectF(x, y, side, layout.tall),
                self._tiles.tile(item),
                selected=item == self._target or any(first <= item <= last for first, last in ranges),
                current=item == current,
                hovered=item == self.hovered,
            )
        self._painter.end()
        self.paint_band(painter, offset)
        self.paint_sticky(painter)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        seen = QRectF(self.viewport().rect())
        self._again = [rect for rect in (old.translated(0, dy) for old in self._again) if rect.intersects(seen)]
        self._waiting = [rect for rect in (old.translated(0, dy) for old in self._waiting) if rect.intersects(seen)]

    @Slot()
    def _on_ready(self) -> None:
        self._again += self._waiting
        self._waiting = []
        self._go_on()

    def _go_on(self) -> None:
        if self._again and not self._next_frame.isActive():
            self._next_frame.start()

    @Slot()
    def _paint_on(self) -> None:
        """Go on with the tiles that were not whole yet."""
        tiles, self._again = self._again, []
        for rect in tiles:
            self.viewport().update(rect.toAlignedRect())

    def _paint_line(self, painter: QPainter, layout: GridLayout, offset: int) -> None:
        """Draw the line between the matches and what lies just below the threshold."""
        left, wide = MARGIN, layout.width - 2 * MARGIN
        painter.fillRect(left, layout.section + 10 - offset, wide, 1, QColor(theme.current().line))
        words = HeaderText(self.tr("Just below the line"), self.tr("next %n", "", layout.below), quiet=True)
        painter.save()
        words.paint(painter, QRectF(left, layout.below_top - words.height - offset, wide, words.height))
        painter.restore()

    # Drops and menus

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            event.ignore()
            return
        if not self.selectionModel().isSelected(index):
            self.go_to(index.row(), QItemSelectionModel.SelectionFlag.ClearAndSelect, scroll=by_key)
        where = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        self.context_requested.emit(self._tiles.id_at(index.row()), where)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._welcome(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._let_go()

    def dropEvent(self, event: QDropEvent) -> None:
        self._welcome(event)
        target = self._target
        self._let_go()
        cargo = dragging.unpack(event.mimeData())
        if not event.isAccepted():
            return
        if cargo is None:
            self.dropped.emit(event.mimeData())
        elif target >= 0:
            self.carried.emit(cargo, self._tiles.id_at(target))

    def _welcome(self, event: QDropEvent) -> None:
        cargo = dragging.unpack(event.mimeData())
        if cargo is not None:
            self._hold_over(event, cargo)
        elif drops.accepts(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _hold_over(self, event: QDropEvent, cargo: Cargo) -> None:
        """Show which tile would take what is held; near an edge, scroll."""
        where = event.position().toPoint()
        row = self.indexAt(where).row()
        target = row if row >= 0 and self.welcomes(cargo, self._tiles.id_at(row)) else -1
        if target != self._target:
            self._target = target
            self.viewport().update()
        below = where.y() - (self.viewport().height() - _EDGE)
        self._scroll_step = max(0, below) - max(0, _EDGE - where.y())
        if self._scroll_step and not self._scroll.isActive():
            self._scroll.start()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(target >= 0 or event.type() == QEvent.Type.DragEnter)  # else no move is told

    def _let_go(self) -> None:
        self._scroll.stop()
        if self._target >= 0:
            self._target = -1
            self.viewport().update()

    @Slot()
    def _scroll_on(self) -> None:
        if not self._scroll_step:
            self._scroll.stop()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._scroll_step // 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.viewport().update()


__all__ = ["LARGEST", "SMALLEST", "USUAL", "TileGrid"]
