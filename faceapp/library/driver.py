"""For tens of thousands of rows within a blink: straight to SQLite's driver, or past its rows altogether.

All within SQLAlchemy's transaction.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import CompoundSelect, Connection, Select, TextualSelect, func, select

from faceapp.types import IdArray

Parameters = Sequence[Any] | Mapping[str, Any]


def fetch(connection: Connection, sql: str, parameters: Parameters = ()) -> list[Any]:
    """Return the rows of a query, as tuples."""
    with contextlib.closing(connection.connection.cursor()) as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def fetch_column(connection: Connection, sql: str, parameters: Parameters = ()) -> list[Any]:
    """Return the only column of a query."""
    return [value for (value,) in fetch(connection, sql, parameters)]


def run(connection: Connection, sql: str, parameters: Parameters = ()) -> int:
    """Run a statement; return how many rows it changed."""
    with contextlib.closing(connection.connection.cursor()) as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def run_many(connection: Connection, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement for each row of parameters."""
    with contextlib.closing(connection.connection.cursor()) as cursor:
        cursor.executemany(sql, rows)  # type: ignore[arg-type]


def columns_of(connection: Connection, query: Select[Any] | CompoundSelect[Any] | TextualSelect) -> tuple[IdArray, ...]:
    """Return the columns (N,) of a query for whole numbers, none of them NULL, in the order of the query.

    SQLite writes each column into one text, in a third of the time that as many rows take. And the interpreter's lock
    is let go once: to get it back for every row, a thread would have to wait for the window each time.
    """
    (row,) = connection.execute(select(*(func.group_concat(column) for column in query.subquery().c)))
    return tuple(np.fromstring(text or "", np.int64, sep=",") for text in row)
