"""Where the tiles of the grid lie: arithmetic only, the same cost for ten tiles and for a million.

Tiles lie in blocks: the sections under their headers, or all in one block without a header, and at the end those just
below the line. Arrays over the blocks are made once a layout; every question is then a binary search in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

GAP: Final = 10
MARGIN: Final = 16
SECTION: Final = 48  # height of the line and the words between the matches and what lies below
HEAD: Final = 40  # height of the header of a section


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Lists over the blocks; those of rows and y have one number more, where the next block would begin."""

    firsts: list[int]  # items
    rows: list[int]
    heads: list[int]  # y of the headers
    bodies: list[int]  # y of the first rows
    ends: list[int]  # y under the last rows


@dataclass(frozen=True, eq=False)
class GridLayout:
    """Square tiles in rows that fill the width. All in pixels of the content, whose top lies above the viewport."""

    width: int  # of the viewport
    count: int
    size: int  # the smallest a tile may be; tiles grow to fill the width
    top: int  # where the first row, or the first header, begins
    below: int = 0  # how many of ``count`` stand apart at the end, in rows of their own under a line
    caption: int = 0  # height of the words under each tile
    starts: Sequence[int] = ()  # the first items of the sections, of which the first is 0; empty: there are none

    @cached_property
    def columns(self) -> int:
        return max(1, (self.width - 2 * MARGIN + GAP) // (self.size + GAP))

    @cached_property
    def side(self) -> int:
        """The side of a tile."""
        columns = self.columns
        return max(16, (self.width - 2 * MARGIN - GAP * (columns - 1)) // columns)

    @property
    def row_width(self) -> int:
        """From the left of the first column to the right of the last."""
        return self.columns * self.pitch - GAP

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

    @cached_property
    def sections(self) -> int:
        """How many sections have a tile above the line, and so a header."""
        return bisect_left(self.starts, self.above)

    @cached_property
    def _blocks(self) -> _Blocks:
        firsts, height = list(self.starts[: self.sections]), HEAD
        if not firsts:
            firsts, height = [0] if self.above else [], 0
        heights = [height] * len(firsts)
        if self.below:
            heights.append(SECTION - GAP if firsts else SECTION)
            firsts.append(self.above)
        rows = -(-np.diff([*firsts, self.count]) // self.columns)
        row_starts = np.concatenate(([0], np.cumsum(rows)))
        heads = self.top + np.concatenate(([0], np.cumsum(np.array(heights, np.int64) + rows * self.row_pitch)))
        return _Blocks(
            firsts,
            row_starts.tolist(),
            heads.tolist(),
            (heads[:-1] + heights).tolist(),
            (heads[1:] - GAP).tolist(),
        )

    @property
    def section(self) -> int:
        """Where the words over the tiles below begin."""
        return self.below_top - SECTION

    @property
    def below_top(self) -> int:
        """Where the first row below the line begins."""
        return self._blocks.bodies[-1]

    @property
    def height(self) -> int:
        ends = self._blocks.ends
        return (ends[-1] if ends else self.top) + MARGIN

    def head(self, section: int) -> int:
        """Return where the header of a section begins; of the one after the last: where it would."""
        return self._blocks.heads[section]

    def section_at(self, y: int) -> int:
        """Return the section, its header included, that lies at a height or began last above it; -1 before any."""
        return min(bisect_right(self._blocks.heads, y) - 1, self.sections - 1)

    def header_at(self, y: int) -> int:
        """Return the section whose header lies at a height, -1 if none does."""
        section = self.section_at(y)
        return section if section >= 0 and y < self.head(section) + HEAD else -1

    def place(self, item: int) -> tuple[int, int, int]:
        """Return (x, y, side) of an item."""
        blocks = self._blocks
        block = max(0, bisect_right(blocks.firsts, item) - 1)
        if not blocks.firsts:
            return MARGIN, self.top, self.side
        row, column = divmod(item - blocks.firsts[block], self.columns)
        return MARGIN + column * self.pitch, blocks.bodies[block] + row * self.row_pitch, self.side

    def top_with(self, item: int) -> int:
        """Return where a view of an item begins: the first row brings all headers along, others what covers them."""
        blocks = self._blocks
        row, y = self._row_of(item)[0], self.place(item)[1]
        if row == 0:
            return 0
        block = bisect_right(blocks.firsts, item) - 1
        if block >= self.sections:
            return y - GAP
        return y - HEAD - (0 if row == blocks.rows[block] else GAP)

    def item_at(self, x: int, y: int) -> int:
        """Return the item at a point, -1 between and beside the tiles and on headers."""
        row, column = self._row_from(y), (x - MARGIN) // self.pitch
        first, last, top = self._row(row)
        if x < MARGIN or y < top or (x - MARGIN) % self.pitch >= self.side or column >= self.columns:
            return -1
        return first + column if first + column <= last else -1

    def items_between(self, top: int, bottom: int) -> range:
        """Return the items of every row that touches a horizontal strip, rings around tiles included."""
        first, last = self._row_from(top - 2 * GAP), self._row_to(bottom + GAP)
        start = self._row(first)[0]
        return range(start, max(start, self._row(last)[1] + 1))

    def step(self, item: int, rows: int, column: int | None = None) -> int:
        """Return the item some rows further down (or up), in the same column or in ``column``.

        In a row that is shorter it is the last one; the first and the last row are the ends.
        """
        row, own = self._row_of(item)
        first, last, _ = self._row(min(max(0, row + rows), self._blocks.rows[-1] - 1))
        return min(first + (own if column is None else column), last)

    def page(self, item: int, height: int) -> int:
        """Return how many rows from an item on down (``height`` negative: up) make a page; at least one."""
        row, y = self._row_of(item)[0], self.place(item)[1]
        if height > 0:
            return max(1, self._row_to(y + height) - row)
        return min(-1, self._row_from(y + height + self.tall) - row)

    def column_of(self, item: int) -> int:
        return self._row_of(item)[1]

    def items_in(self, left: int, top: int, right: int, bottom: int) -> list[tuple[int, int]]:
        """Return the items above the line that a rectangle touches as runs (first, last), joined over whole rows."""
        columns = self.columns
        first_column = max(0, -((MARGIN + self.side - 1 - left) // self.pitch))
        last_column = min(columns - 1, (right - MARGIN) // self.pitch)
        blocks = self._blocks
        last_above = blocks.rows[-2 if self.below else -1] - 1
        first_row, last_row = self._row_from(top), min(last_above, self._row_to(bottom))
        if first_column > last_column or first_row > last_row:
            return []
        if first_column == 0 and last_column == columns - 1:
            return [(self._row(first_row)[0], self._row(last_row)[1])]
        runs = []
        for first, last, _ in map(self._row, range(first_row, last_row + 1)):
            if first + first_column <= last:
                runs.append((first + first_column, min(last, first + last_column)))
        return runs

    # Rows are counted through all blocks.

    def _row(self, row: int) -> tuple[int, int, int]:
        """Return (first item, last item, y) of a row; of the one after the last: no items, and the height of all."""
        blocks = self._blocks
        if row >= blocks.rows[-1]:
            return self.count, self.count - 1, self.height
        if row < 0:
            return 0, -1, 0
        block = bisect_right(blocks.rows, row) - 1
        first = blocks.firsts[block] + (row - blocks.rows[block]) * self.columns
        end = blocks.firsts[block + 1] if block + 1 < len(blocks.firsts) else self.count
        y = blocks.bodies[block] + (row - blocks.rows[block]) * self.row_pitch
        return first, min(first + self.columns, end) - 1, y

    def _row_of(self, item: int) -> tuple[int, int]:
        """Return the row and the column of an item."""
        blocks = self._blocks
        block = bisect_right(blocks.firsts, item) - 1
        row, column = divmod(item - blocks.firsts[block], self.columns)
        return blocks.rows[block] + row, column

    def _row_from(self, y: int) -> int:
        """Return the first row that ends below a height; the number of rows if all end above it."""
        blocks = self._blocks
        block = bisect_right(blocks.ends, y)
        if block == len(blocks.ends):
            return blocks.rows[-1]
        return blocks.rows[block] + max(0, (y - blocks.bodies[block] - self.tall) // self.row_pitch + 1)

    def _row_to(self, y: int) -> int:
        """Return the last row that begins at a height or above it; -1 if none does."""
        blocks = self._blocks
        block = bisect_right(blocks.bodies, y) - 1
        if block < 0:
            return -1
        return min(blocks.rows[block + 1] - 1, blocks.rows[block] + (y - blocks.bodies[block]) // self.row_pitch)
