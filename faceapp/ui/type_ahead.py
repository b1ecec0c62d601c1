"""Typing letters over photos or faces goes to the next one whose name begins so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QObject, QTimer, Signal, Slot

from faceapp.jobs import CancelToken
from faceapp.types import IdArray
from faceapp.ui.tile import FetchDetails, Kind

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

PAUSE_MS: Final = 1_000  # after it, letters begin a new word
_BLOCK: Final = 500  # tiles a read; another word waits for no more than one


class TypeAhead(QObject):
    """Looks for names on a worker, since only those on screen are in memory. On the page of people letters filter.

    ``said``: nothing begins so.
    """

    said = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._grid = window.grid
        self._tasks = window.tasks
        self._typed = ""
        self._cancel = CancelToken()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._forget)
        window.grid.typed.connect(self._type)
        window.grid.tiles.modelReset.connect(self._forget)
        self.said.connect(window.status.show_message)

    @Slot(str)
    def _type(self, text: str) -> None:
        tiles = self._grid.tiles
        if tiles.kind not in ("photo", "face") or not tiles.rowCount():
            return
        again = text == self._typed  # the same letter twice: the next one that begins with it
        self._typed = text if again else self._typed + text
        self._pause.start()
        self._cancel.cancel()
        self._cancel = CancelToken()
        row = max(0, self._grid.currentIndex().row())
        start = row + 1 if len(self._typed) == 1 else row
        work = partial(find, tiles.fetch, tiles.kind, tiles.shown_ids.copy(), start, self._typed, self._cancel)
        self._tasks.run(work, done=partial(self._go_to, self._typed), key="type-ahead", priority=1, owner=self)

    def _go_to(self, typed: str, found: int | None) -> None:
        row = self._grid.tiles.row_of(found) if found is not None else -1
        if row >= 0:
            self._grid.go_to(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.said.emit(self.tr("Nothing here begins with “{text}”").replace("{text}", typed))

    @Slot()
    def _forget(self) -> None:
        self._typed = ""


def find(fetch: FetchDetails, kind: Kind, ids: IdArray, start: int, text: str, cancel: CancelToken) -> int | None:
    """Return the first tile from row ``start`` on, and on from the top, whose title begins with a text. On a worker."""
    wanted, count = text.casefold(), len(ids)
    for top in range(0, count, _BLOCK):
        if cancel.cancelled:
            return None
        block = [int(ids[(start + row) % count]) for row in range(top, min(top + _BLOCK, count))]
        found = fetch(kind, block)
        for tile in block:
            if tile in found and found[tile].title.casefold().startswith(wanted):
                return tile
    return None
