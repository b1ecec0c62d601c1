"""Where the tiles of the grid lie: arithmetic only, the same cost for ten tiles and for a million."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GAP: Final = 10
MARGIN: Final = 16
SECTION: Final = 48  # height of the line and the words between the matches and what lies below


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Square tiles in rows that fill the width. All in pixels of the content, whose top lies above the viewport."""

    width: int  # of the viewport
    count: int
    size: int  # the smallest a tile may be; tiles grow to fill the width
    top: int  # where the first row begins
    below: int = 0  # how many of ``count`` stand apart at the end, in rows of their own under a line
    caption: int = 0  # height of the words under each tile

    @property
    def columns(self) -> int:
        return max(1, (self.width - 2 * MARGIN + GAP) // (self.size + GAP))

    @property
    def side(self) -> int:
        """The side of a tile."""
        columns = self.columns
        return max(16, (self.width - 2 * MARGIN - GAP * (columns - 1)) // columns)

    @property
    def tall(self) -> int:
        """The height of a tile with its words."""
        return self.side + self.caption

    @property
    def pitch(self) -> int:
        """From one column to the next."""
        return self.side + GAP

    @property
    def row_pitch(self) -> int:
        """From one row to the next."""
        return self.tall + GAP

    @property
    def above(self) -> int:
        return self.count - self.below

    @property
    def rows(self) -> int:
        """How many rows the tiles above the line take."""
        return -(-self.above // self.columns)

    @property
    def section(self) -> int:
        """Where the words over the tiles below begin."""
        return self.top + self.rows * self.row_pitch - (GAP if self.above else 0)

    @property
    def below_top(self) -> int:
        """Where the first row below the line begins."""
        return self.section + SECTION

    @property
    def height(self) -> int:
        if not self.below:
            return self.section + MARGIN
        return self.below_top + -(-self.below // self.columns) * self.row_pitch - GAP + MARGIN

    def place(self, item: int) -> tuple[int, int, int]:
        """Return (x, y, side) of an item."""
        top = self.top
        if self.below and item >= self.above:
            item, top = item - self.above, self.below_top
        row, column = divmod(item, self.columns)
        return MARGIN + column * self.pitch, top + row * self.row_pitch, self.side

    def item_at(self, x: int, y: int) -> int:
        """Return the item at a point, -1 between and beside the tiles."""
        under = bool(self.below) and y >= self.below_top
        first, end = (self.above, self.count) if under else (0, self.above)
        x, y = x - MARGIN, y - (self.below_top if under else self.top)
        if x < 0 or y < 0 or x % self.pitch >= self.side or y % self.row_pitch >= self.tall:
            return -1
        column = x // self.pitch
        item = first + y // self.row_pitch * self.columns + column
        return item if column < self.columns and item < end else -1

    def items_between(self, top: int, bottom: int) -> range:
        """Return the items of every row that touches a horizontal strip, rings around tiles included."""
        first, stop = self._items_of(self.top, self.above, top, bottom)
        if self.below:
            more, end = self._items_of(self.below_top, self.below, top, bottom)
            first = first if first < stop else self.above + more
            stop = stop if end <= more else self.above + end
        return range(first, max(first, stop))

    def _items_of(self, start: int, count: int, top: int, bottom: int) -> tuple[int, int]:
        """Return the first item, and the one after the last, of rows from ``start`` on that touch a strip."""
        first = max(0, (top - start - GAP) // self.row_pitch)
        last = max(-1, (bottom - start + GAP) // self.row_pitch)
        return min(first * self.columns, count), min((last + 1) * self.columns, count)

    def step(self, item: int, rows: int) -> int:
        """Return the item some rows further down (or up) in the same column, or the nearest one at the end."""
        columns, row = self.columns, item // self.columns
        if self.below and item >= self.above:
            item += self.rows * columns - self.above  # as if the last row above the line were full
            row = item // columns
        lines = self.rows - (-self.below // columns)
        wanted = min(max(0, row + rows), lines - 1)
        column = item % columns
        if wanted < self.rows:
            return min(wanted * columns + column, self.above - 1)
        return min(self.above + (wanted - self.rows) * columns + column, self.count - 1)

    def items_in(self, left: int, top: int, right: int, bottom: int) -> list[tuple[int, int]]:
        """Return the items above the line that a rectangle touches as runs (first, last), joined over whole rows."""
        columns, pitch, side = self.columns, self.pitch, self.side
        first_column = max(0, -((MARGIN + side - 1 - left) // pitch))
        last_column = min(columns - 1, (right - MARGIN) // pitch)
        first_row = max(0, -((self.top + self.tall - 1 - top) // self.row_pitch))
        last_row = min(self.rows - 1, (bottom - self.top) // self.row_pitch)
        if first_column > last_column or first_row > last_row:
            return []
        if first_column == 0 and last_column == columns - 1:
            return [(first_row * columns, min(self.above, (last_row + 1) * columns) - 1)]
        runs = [(row * columns + first_column, row * columns + last_column) for row in range(first_row, last_row + 1)]
        return [(first, min(last, self.above - 1)) for first, last in runs if first < self.above]
