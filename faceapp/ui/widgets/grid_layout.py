"""Where the tiles of the grid lie: arithmetic only, the same cost for ten tiles and for a million."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GAP: Final = 10
MARGIN: Final = 16


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Square tiles in rows that fill the width. All in pixels of the content, whose top lies above the viewport."""

    width: int  # of the viewport
    count: int
    size: int  # the smallest a tile may be; tiles grow to fill the width
    top: int  # where the first row begins

    @property
    def columns(self) -> int:
        return max(1, (self.width - 2 * MARGIN + GAP) // (self.size + GAP))

    @property
    def side(self) -> int:
        """The side of a tile."""
        columns = self.columns
        return max(16, (self.width - 2 * MARGIN - GAP * (columns - 1)) // columns)

    @property
    def pitch(self) -> int:
        """From one row to the next."""
        return self.side + GAP

    @property
    def rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def height(self) -> int:
        return self.top + (self.rows * self.pitch - GAP if self.count else 0) + MARGIN

    def place(self, item: int) -> tuple[int, int, int]:
        """Return (x, y, side) of an item."""
        row, column = divmod(item, self.columns)
        return MARGIN + column * self.pitch, self.top + row * self.pitch, self.side

    def item_at(self, x: int, y: int) -> int:
        """Return the item at a point, -1 between and beside the tiles."""
        x, y = x - MARGIN, y - self.top
        if x < 0 or y < 0 or x % self.pitch >= self.side or y % self.pitch >= self.side:
            return -1
        column = x // self.pitch
        item = y // self.pitch * self.columns + column
        return item if column < self.columns and item < self.count else -1

    def items_between(self, top: int, bottom: int) -> range:
        """Return the items of every row that touches a horizontal strip, rings around tiles included."""
        first = max(0, (top - self.top - GAP) // self.pitch)
        last = max(-1, (bottom - self.top + GAP) // self.pitch)
        return range(min(first * self.columns, self.count), min((last + 1) * self.columns, self.count))

    def items_in(self, left: int, top: int, right: int, bottom: int) -> list[tuple[int, int]]:
        """Return the items that a rectangle touches as runs (first, last), one a row, joined over whole rows."""
        columns, pitch, side = self.columns, self.pitch, self.side
        first_column = max(0, -((MARGIN + side - 1 - left) // pitch))
        last_column = min(columns - 1, (right - MARGIN) // pitch)
        first_row = max(0, -((self.top + side - 1 - top) // pitch))
        last_row = min(self.rows - 1, (bottom - self.top) // pitch)
        if first_column > last_column or first_row > last_row:
            return []
        if first_column == 0 and last_column == columns - 1:
            return [(first_row * columns, min(self.count, (last_row + 1) * columns) - 1)]
        runs = [(row * columns + first_column, row * columns + last_column) for row in range(first_row, last_row + 1)]
        return [(first, min(last, self.count - 1)) for first, last in runs if first < self.count]
