"""Between the values of columns and the words of ``types``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection, Table

from faceapp.types import IdArray
from faceapp.types_scan import SavedFaces

T = TypeVar("T")

CHUNK = 500  # ids in one IN list: SQLite limits the parameters of a statement
_EPOCH = datetime(1970, 1, 1)
_INT64 = (1 << 63) - 1


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def encode_path(path: Path) -> bytes:
    """Return a path as the operating system's bytes, which need not be valid text."""
    return os.fsencode(path)


def decode_path(path: bytes) -> Path:
    return Path(os.fsdecode(path))


def clamp(nanoseconds: int) -> int:
    """Fit a file's date into SQLite's 64 bits: file systems can hold dates beyond the year 2262."""
    return max(-_INT64, min(_INT64, nanoseconds))


def to_microseconds(taken: datetime | None) -> int | None:
    return None if taken is None else (taken.replace(tzinfo=None) - _EPOCH) // timedelta(microseconds=1)


def from_microseconds(taken: int | None) -> datetime | None:
    return None if taken is None else _EPOCH + timedelta(microseconds=taken)


def now() -> str:
    """Return the time, UTC."""
    return utc(datetime.now(UTC))


def utc(moment: datetime) -> str:
    """Return an aware moment as it is stored; earlier ones sort first."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def last_id(connection: Connection, table: Table) -> int:
    """Return the highest id that a table with AUTOINCREMENT ever gave, 0 for none."""
    query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
    return int(connection.exec_driver_sql(query, (table.name,)).scalar() or 0)


def ids(values: Sequence[int]) -> IdArray:
    return np.array(values, dtype=np.int64)


def changed(*, removed: Sequence[int] = (), photos: Sequence[int] = ()) -> SavedFaces:
    """Return what a write changed that brought no new face."""
    return SavedFaces(ids(()), ids(()), ids(()), np.zeros((0, 0), np.float32), ids(removed), tuple(photos))
