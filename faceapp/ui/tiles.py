"""The item model of the grid: ids in memory, everything else fetched for the rows that are painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPixmap

from faceapp.types import FloatArray, IdArray
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.tasks import Tasks

Kind = Literal["photo", "face"]
Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()

TileRole: Final = Qt.ItemDataRole.UserRole + 1
IdRole: Final = Qt.ItemDataRole.UserRole + 2

_DETAILS_KEPT: Final = 5_000
_WANTED: Final = 500  # rows asked for and not yet fetched; older requests have scrolled away
_ROWS_KEPT: Final = 2_000


@dataclass(frozen=True, slots=True)
class TileDetails:
    """What the library says of a photo or face. ``title``: file name, or the person's name, "" if nobody yet."""

    title: str = ""
    named: bool = False
    hint: str = ""  # tooltip


@dataclass(frozen=True, slots=True)
class Tile:
    """Everything one paint needs."""

    id: int
    kind: Kind
    title: str
    score: float | None  # cosine, None outside a search
    named: bool
    pixmap: QPixmap | None
    missing: bool = False  # the library has no picture for it
    below: bool = False  # shown though the line leaves it out


FetchDetails = Callable[[Kind, Sequence[int]], Mapping[int, TileDetails]]
"""Called on a worker with the ids of one screen; leaves out what it does not know."""


class TileModel(QAbstractListModel):
    """Photos or faces in a given order, of which the first ``count`` are shown. GUI thread only.

    On demand some more rows follow those: what lies just below the line. They belong to no selection of all.
    """

    cut_moved = Signal()  # ``count`` changed, rows came and went or not

    def __init__(
        self, pixmaps: PixmapCache, tasks: Tasks, details: FetchDetails | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pixmaps = pixmaps
        self._tasks = tasks
        self._fetch = details
        self._kind: Kind = "photo"
        self._ids: IdArray = np.empty(0, np.int64)
        self._scores: FloatArray | None = None
        self._count = 0
        self._shown = 0
        self._below = 0  # rows wanted after the cut
        self._details: OrderedDict[int, TileDetails] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._rows: OrderedDict[int, int] = OrderedDict()  # id to row, of what was painted lately
        self.keeps_place = False  # during a reset: whether views keep their selection and position
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._fetch_wanted)
        pixmaps.loaded.connect(self._on_loaded)

    @property
    def kind(self) -> Kind:
        return self._kind

    @property
    def ids(self) -> IdArray:
        """The ids above the cut, in order. A view of the array: do not change it."""
        return self._ids[: self._count]

    @property
    def count(self) -> int:
        """How many rows lie above the cut."""
        return self._count

    @property
    def below(self) -> int:
        """How many rows are shown below the cut."""
        return self._shown - self._count

    @property
    def shown_ids(self) -> IdArray:
        """The ids of all rows, those below the cut included."""
        return self._ids[: self._shown]

    @property
    def total(self) -> int:
        """How many there are, shown or cut off."""
        return len(self._ids)

    def set_items(
        self,
        kind: Kind,
        ids: IdArray,
        scores: FloatArray | None = None,
        *,
        count: int | None = None,
        below: int = 0,
        keep: bool = False,
    ) -> None:
        """Show other items, the first ``count`` of them (default: all) and up to ``below`` more below the cut.

        ``keep``: the same list brought up to date, so views keep selection, current item and scroll position.
        """
        if scores is not None and len(scores) != len(ids):
            raise ValueError(f"{len(ids)} ids, but {len(scores)} scores")
        self.keeps_place = keep and kind == self._kind
        self.beginResetModel()
        if kind != self._kind:
            self._details.clear()
        self._kind = kind
        self._ids = np.ascontiguousarray(ids, np.int64)
        self._scores = scores
        self._count = len(ids) if count is None else max(0, min(count, len(ids)))
        self._below = below
        self._shown = self._reach(self._count)
        self._wanted.clear()
        self._rows.clear()
        self.endResetModel()
        self.keeps_place = False

    def set_count(self, count: int) -> None:
        """Show the first ``count`` items: the slider's cut. Only the tail comes or goes."""
        count = max(0, min(count, len(self._ids)))
        if count != self._count:
            self._show(count, self._reach(count))

    def set_below(self, below: int) -> None:
        """Show up to so many items more, below the cut."""
        self._below = below
        self._show(self._count, self._reach(self._count))

    def _reach(self, count: int) -> int:
        return min(len(self._ids), count + self._below)

    def _show(self, count: int, shown: int) -> None:
        before = self._shown
        if shown > before:
            self.beginInsertRows(_ROOT, before, shown - 1)
        elif shown < before:
            self.beginRemoveRows(_ROOT, shown, before - 1)
        self._count, self._shown = count, shown
        if shown > before:
            self.endInsertRows()
        elif shown < before:
            self.endRemoveRows()
        self.cut_moved.emit()

    def id_at(self, row: int) -> int:
        return int(self._ids[row])

    def row_of(self, item_id: int) -> int:
        """Return the row that shows an id, -1 if none does."""
        row = self._rows.get(item_id, -1)
        if 0 <= row < self._shown and self._ids[row] == item_id:
            return row
        found = np.flatnonzero(self._ids[: self._shown] == item_id)
        return int(found[0]) if len(found) else -1

    def refresh(self, ids: Iterable[int] | None = None) -> None:
        """Fetch details again, after naming, say: of some items or, by default, all. What is shown stays till then."""
        for item_id in list(self._details) if ids is None else ids:
            if item_id in self._details:
                self._want(item_id)

    def tile(self, row: int) -> Tile:
        """Return what a row shows now; ask for what is not here yet."""
        item_id = int(self._ids[row])
        self._rows[item_id] = row
        self._rows.move_to_end(item_id)
        if len(self._rows) > _ROWS_KEPT:
            self._rows.popitem(last=False)
        details = self._details.get(item_id)
        if details is None:
            self._want(item_id)
            details = _UNKNOWN
        key: PixmapKey = (self._kind, item_id)
        pixmap = self._pixmaps.get(key)
        score = None if self._scores is None else float(self._scores[row])
        missing = pixmap is None and self._pixmaps.is_missing(key)
        return Tile(item_id, self._kind, details.title, score, details.named, pixmap, missing, row >= self._count)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._shown

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if not index.isValid() or row >= self._shown:
            return None
        if role == TileRole:
            return self.tile(row)
        if role == IdRole:
            return self.id_at(row)
        details = self._details.get(self.id_at(row), _UNKNOWN)
        if role == Qt.ItemDataRole.DisplayRole:
            return details.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return details.hint or details.title or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, details)
        return None

    def _spoken(self, row: int, details: TileDetails) -> str:
        what = details.title or (self.tr("Unnamed face") if self._kind == "face" else self.tr("Photo"))
        if self._scores is None:
            return what
        score = QLocale().toString(float(self._scores[row]), "f", 2)
        text = self.tr("{0}, score {1}, below the line") if row >= self._count else self.tr("{0}, score {1}")
        return text.format(what, score)

    def _want(self, item_id: int) -> None:
        if self._fetch is None:
            return
        self._wanted[item_id] = None
        self._wanted.move_to_end(item_id)
        while len(self._wanted) > _WANTED:
            self._wanted.popitem(last=False)
        if not self._ask.isActive():
            self._ask.start()

    @Slot()
    def _fetch_wanted(self) -> None:
        if self._fetch is None or not self._wanted:
            return
        ids = list(self._wanted)
        self._wanted.clear()
        # Above thumbnails: one short read that every visible tile waits for.
        work = partial(self._fetch, self._kind, ids)
        self._tasks.run(work, done=partial(self._put_details, self._kind, ids), priority=1)

    def _put_details(self, kind: Kind, ids: list[int], found: Mapping[int, TileDetails]) -> None:
        if kind != self._kind:
            return
        for item_id in ids:
            self._details[item_id] = found.get(item_id, _UNKNOWN)
            self._details.move_to_end(item_id)
        while len(self._details) > _DETAILS_KEPT:
            self._details.popitem(last=False)
        self._changed(ids)

    @Slot(object)
    def _on_loaded(self, key: PixmapKey) -> None:
        if key[0] == self._kind:
            self._changed([key[1]])

    def _changed(self, ids: Iterable[int]) -> None:
        """Tell the views which rows to paint again; those that were never painted need not be told."""
        for item_id in ids:
            row = self._rows.get(item_id, -1)
            if 0 <= row < self._shown and self._ids[row] == item_id:
                index = self.index(row)
                self.dataChanged.emit(index, index)


_UNKNOWN: Final = TileDetails()
