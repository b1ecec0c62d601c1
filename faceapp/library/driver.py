"""Straight to SQLite's driver, within SQLAlchemy's transaction: for tens of thousands of rows within a blink."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

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
