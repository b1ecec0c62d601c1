"""The item model of the grid: ids in memory, everything else fetched for the rows that are painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

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

from faceapp.types import FloatArray, IdArray
from faceapp.ui import words
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.sections import Sections, runs
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import Describe, FetchDetails, Kind, Mark, Section, Tile, TileDetails, group_tile

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()

TileRole: Final = Qt.ItemDataRole.UserRole + 1
IdRole: Final = Qt.ItemDataRole.UserRole + 2

_DETAILS_KEPT: Final = 5_000
_WANTED: Final = 500  # rows asked for and not yet fetched; older requests have scrolled away
_ROWS_KEPT: Final = 2_000
_TOLD: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


class TileModel(QAbstractListModel):
    """Photos, faces or people in a given order, of which the first ``count`` are shown. GUI thread only.

    Among people (kind "person") a negative id is a group without a name: see ``group_tile``.
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
        self._sections = Sections.of(())
        self._describe: Describe | None = None
        self._own = ""
        self._covers: dict[int, int] = {}  # the face whose picture was asked for, to the tile that shows it
        self._details: OrderedDict[int, TileDetails] = OrderedDict()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._rows: OrderedDict[int, int] = OrderedDict()  # id to row, of what was painted lately
        self.keeps_place = False  # during a reset: whether views keep their selection and position
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._fetch_wanted)
        pixmaps.arrived.connect(self._on_arrived)

    @property
    def kind(self) -> Kind:
        return self._kind

    @property
    def tasks(self) -> Tasks:
        """Where work for these tiles runs."""
        return self._tasks

    def fetch(self, kind: Kind, ids: Sequence[int]) -> Mapping[int, TileDetails]:
        """Return what the library says of tiles, however many. For a worker."""
        return self._fetch(kind, ids) if self._fetch is not None else {}

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

    @property
    def sections(self) -> Sections:
        """The parts of the rows above the cut. Another object after every change."""
        return self._sections

    def set_items(
        self,
        kind: Kind,
        ids: IdArray,
        scores: FloatArray | None = None,
        *,
        count: int | None = None,
        below: int = 0,
        keep: bool = False,
        sections: Sequence[Section] = (),
        describe: Describe | None = None,
        own: str = "",
    ) -> None:
        """Show other items, the first ``count`` of them (default: all) and up to ``below`` more below the cut.

        ``sections`` part the rows above the cut, each under a header; the first starts at row 0.
        ``keep``: the same list brought up to date, so views keep selection, current item and scroll position.
        ``describe`` says what is known already; by default it is fetched. ``own``: the name of the person whose page
        it is, not repeated on every tile.
        """
        if scores is not None and len(scores) != len(ids):
            raise ValueError(f"{len(ids)} ids, but {len(scores)} scores")
        parted = Sections.of(sections)
        self.keeps_place = keep and kind == self._kind
        self.beginResetModel()
        self._sections = parted
        if kind != self._kind or describe is not None:
            self._details.clear()
        self._kind = kind
        self._describe = describe
        self._own = own
        self._covers.clear()
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

    def rows_of(self, ids: Sequence[int]) -> list[tuple[int, int]]:
        """Return the rows that show any of these ids as runs (first, last), in order."""
        return runs(np.flatnonzero(np.isin(self._ids[: self._shown], np.asarray(ids, np.int64))))

    def refresh(self, ids: Iterable[int] | None = None) -> None:
        """Fetch details again, after naming, say: of some items or, by default, all. What is shown stays till then."""
        for item_id in list(self._details) if ids is None else ids:
            if item_id in self._details and self._describe is None:
                self._want(item_id)

    def tile(self, row: int) -> Tile:
        """Return what a row shows now; ask for what is not here yet."""
        item_id = int(self._ids[row])
        self._rows[item_id] = row
        self._rows.move_to_end(item_id)
        if len(self._rows) > _ROWS_KEPT:
            self._rows.popitem(last=False)
        details = self.details(item_id)
        key = self._picture(item_id, details)
        pixmap = self._pixmaps.get(key, many=True) if key is not None else None
        missing = pixmap is None and key is not None and self._pixmaps.is_missing(key)
        score = None if self._scores is None else float(self._scores[row])
        below = row >= self._count
        kind = self._kind_of(item_id)
        title = self._title(details)
        return Tile(item_id, kind, title, score, details.mark, pixmap, missing, below, details.detail)

    def _title(self, details: TileDetails) -> str:
        """Return the words on a tile. On a person's own page only what differs is worth saying."""
        if not self._own or details.title != self._own:
            return details.title
        return self.tr("Automatic") if details.mark == "automatic" else ""

    def details(self, item_id: int) -> TileDetails:
        """Return what is known of an item now; ask for what is not here yet."""
        found = self._details.get(item_id)
        if found is None:
            found = _UNKNOWN
            if self._describe is not None:
                found = self._details[item_id] = self._describe(item_id)
            else:
                self._want(item_id)
        return found

    def _kind_of(self, item_id: int) -> Kind:
        return "group" if self._kind == "person" and item_id < 0 else self._kind

    def _picture(self, item_id: int, details: TileDetails) -> PixmapKey | None:
        if self._kind == "photo":
            return "photo", item_id
        if self._kind == "face":
            return "face", item_id
        if details.cover is None:
            return None
        self._covers[details.cover] = item_id
        return "face", details.cover

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
        if role not in _TOLD:
            return None
        item_id = self.id_at(row)
        details = self.details(item_id) if self._describe is not None else self._details.get(item_id, _UNKNOWN)
        if role == Qt.ItemDataRole.DisplayRole:
            return details.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return details.hint or details.title or None
        return self._spoken(row, details)

    def _spoken(self, row: int, details: TileDetails) -> str:
        what = (
            details.spoken or details.title or (self.tr("Unnamed face") if self._kind == "face" else self.tr("Photo"))
        )
        if row < self._count and (part := self._sections.spoken(row)):
            what = words.sentences(words.ended(part), what)
        if self._scores is None:
            return what
        score = QLocale().toString(float(self._scores[row]), "f", 2)
        text = self.tr("{0}, score {1}, below the line") if row >= self._count else self.tr("{0}, score {1}")
        return text.format(what, score)

    def _want(self, item_id: int) -> None:
        if self._fetch is None:
            return
        if not self._wanted:
            self._ask.start()
        self._wanted[item_id] = None
        self._wanted.move_to_end(item_id)
        if len(self._wanted) > _WANTED:
            self._wanted.popitem(last=False)

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
    def _on_arrived(self, keys: list[PixmapKey]) -> None:
        if self._kind == "person":
            self._changed(self._covers[number] for kind, number in keys if kind == "face" and number in self._covers)
        else:
            self._changed(number for kind, number in keys if kind == self._kind)

    def _changed(self, ids: Iterable[int]) -> None:
        """Tell the views which rows to paint again; those that were never painted need not be told."""
        rows = {self._rows.get(item_id, -1): item_id for item_id in ids}
        there = sorted(row for row, item_id in rows.items() if 0 <= row < self._shown and self._ids[row] == item_id)
        for first, last in runs(np.array(there, np.int64)):
            self.dataChanged.emit(self.index(first), self.index(last))


_UNKNOWN: Final = TileDetails()

__all__ = [
    "Describe",
    "FetchDetails",
    "IdRole",
    "Kind",
    "Mark",
    "Section",
    "Tile",
    "TileDetails",
    "TileModel",
    "TileRole",
    "group_tile",
]
