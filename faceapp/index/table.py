"""The rows of a gallery, without gaps: codes, whose they are, and where the vector lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faceapp.index.codes import Codes
from faceapp.types import FloatArray, IdArray

BLOCK_ROWS = 1 << 16
_FEW_RECENT = 4096  # entries of a dictionary: 0.4 MB
_RECENT_SHARE = 32  # and one to so many that are sorted, so that sorting stays rare


class FaceRows:
    """Finds rows by face id, in 12 bytes a face: ids in order beside their rows, and a small dictionary of late."""

    def __init__(self) -> None:
        self._ids: IdArray = np.empty(0, np.int64)
        self._rows: NDArray[np.int32] = np.empty(0, np.int32)  # -1: gone
        self._recent: dict[int, int] = {}

    def find(self, face_ids: IdArray) -> IdArray:
        """Return the rows of faces (M,), -1 for those that are not here."""
        places, known = self._places(face_ids)
        rows = np.full(len(face_ids), -1, np.int64)
        rows[known] = self._rows[places[known]]
        if self._recent:
            late = np.flatnonzero(~known)
            rows[late] = [self._recent.get(face_id, -1) for face_id in face_ids[late].tolist()]
        return rows

    def put(self, face_ids: IdArray, rows: IdArray) -> None:
        """Say where faces lie from now on; no face is named twice."""
        places, known = self._places(face_ids)
        self._rows[places[known]] = rows[known]
        late, late_rows = face_ids[~known], rows[~known]
        if len(self._recent) + len(late) <= max(_FEW_RECENT, len(self._ids) // _RECENT_SHARE):
            self._recent.update(zip(late.tolist(), late_rows.tolist(), strict=True))
            return
        recent = np.fromiter(self._recent.keys(), np.int64, len(self._recent))
        recent_rows = np.fromiter(self._recent.values(), np.int32, len(self._recent))
        here, stays = self._rows >= 0, ~np.isin(recent, late)
        ids = np.concatenate([self._ids[here], recent[stays], late])
        self._rows = np.concatenate([self._rows[here], recent_rows[stays], late_rows], dtype=np.int32)
        order = np.argsort(ids, kind="stable")
        self._ids, self._rows, self._recent = ids[order], self._rows[order], {}

    def discard(self, face_ids: IdArray) -> None:
        places, known = self._places(face_ids)
        self._rows[places[known]] = -1
        for face_id in face_ids[~known].tolist():
            self._recent.pop(face_id, None)

    def _places(self, face_ids: IdArray) -> tuple[IdArray, NDArray[np.bool_]]:
        places = np.searchsorted(self._ids, face_ids)
        known = places < len(self._ids)
        known[known] = self._ids[places[known]] == face_ids[known]
        return places, known


class Table:
    """Columns of ``count`` rows, in no particular order. Codes grow by blocks and are never copied to grow.

    ``steps``, ``errors`` (float32), ``face_ids``, ``photo_ids``, ``sums`` and ``homes`` (int64) hold ``count`` rows;
    what is written into them changes the table.
    """

    def __init__(self, dimension: int) -> None:
        self.count = 0
        self._dimension = dimension
        self._codes: list[NDArray[np.int8]] = []  # (BLOCK_ROWS, D) each
        self._columns: dict[str, NDArray[Any]] = {
            **{name: np.empty(0, np.float32) for name in ("steps", "errors")},
            **{name: np.empty(0, np.int64) for name in ("face_ids", "photo_ids", "sums", "homes")},
        }
        self._lookup = FaceRows()

    @property
    def steps(self) -> FloatArray:
        return self._columns["steps"][: self.count]

    @property
    def errors(self) -> FloatArray:
        return self._columns["errors"][: self.count]

    @property
    def face_ids(self) -> IdArray:
        return self._columns["face_ids"][: self.count]

    @property
    def photo_ids(self) -> IdArray:
        return self._columns["photo_ids"][: self.count]

    @property
    def sums(self) -> IdArray:
        return self._columns["sums"][: self.count]

    @property
    def homes(self) -> IdArray:
        return self._columns["homes"][: self.count]

    def find(self, face_ids: IdArray) -> IdArray:
        """Return the rows of faces (M,), -1 for those that are not here."""
        return self._lookup.find(face_ids)

    def reserve(self, rows: int) -> None:
        """Make room for more rows. When memory runs out, nothing has changed."""
        blocks = -(-(self.count + rows) // BLOCK_ROWS)
        if blocks <= len(self._codes):
            return
        grown = {name: np.empty(blocks * BLOCK_ROWS, column.dtype) for name, column in self._columns.items()}
        more = [np.empty((BLOCK_ROWS, self._dimension), np.int8) for _ in range(blocks - len(self._codes))]
        for name, column in self._columns.items():
            grown[name][: self.count] = column[: self.count]
        self._columns = grown
        self._codes += more

    def append(
        self, face_ids: IdArray, photo_ids: IdArray, sums: IdArray, homes: IdArray, coded: Iterable[Codes]
    ) -> None:
        """Add faces that are not here, no one twice; their codes come in parts."""
        self.reserve(len(face_ids))
        top, self.count = self.count, self.count + len(face_ids)
        self.face_ids[top:], self.photo_ids[top:], self.sums[top:] = face_ids, photo_ids, sums
        self.homes[top:] = homes
        self._lookup.put(face_ids, np.arange(top, self.count))
        for part in coded:
            end = top + len(part.steps)
            self.steps[top:end], self.errors[top:end] = part.steps, part.errors
            for start, stop in self.spans(BLOCK_ROWS, top, end):
                self.codes(start, stop)[:] = part.codes[start - top : stop - top]
            top = end

    def remove(self, rows: IdArray) -> None:
        """Take out rows, ascending and no one twice. The last rows move into the gaps."""
        if not len(rows):
            return
        self._lookup.discard(self.face_ids[rows])
        left = self.count - len(rows)
        gaps = rows[rows < left]
        movers = np.setdiff1d(np.arange(left, self.count), rows, assume_unique=True)
        for column in self._columns.values():
            column[gaps] = column[movers]
        codes = self.codes_of(movers)
        for block, here in _by_block(gaps):
            self._codes[block][gaps[here] % BLOCK_ROWS] = codes[here]
        self._lookup.put(self.face_ids[gaps], gaps)
        self.count = left
        del self._codes[-(-left // BLOCK_ROWS) + 1 :]  # one block is kept ready

    def codes(self, start: int, stop: int) -> NDArray[np.int8]:
        """Return the codes of rows that lie in one block: a view."""
        block, first = divmod(start, BLOCK_ROWS)
        return self._codes[block][first : first + stop - start]

    def codes_of(self, rows: IdArray) -> NDArray[np.int8]:
        """Return the codes of any rows (M, D): a copy."""
        codes = np.empty((len(rows), self._dimension), np.int8)
        for block, here in _by_block(rows):
            codes[here] = self._codes[block][rows[here] % BLOCK_ROWS]
        return codes

    def spans(self, size: int, top: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield start and stop of at most ``size`` rows each, from row ``top`` to ``end``, none across two blocks."""
        while top < end:
            stop = min(top + size, end, (top // BLOCK_ROWS + 1) * BLOCK_ROWS)
            yield top, stop
            top = stop


def _by_block(rows: IdArray) -> Iterator[tuple[int, IdArray]]:
    """Yield each block that holds some of these rows, and which of them."""
    blocks = rows // BLOCK_ROWS
    for block in np.unique(blocks).tolist():
        yield block, np.flatnonzero(blocks == block)
