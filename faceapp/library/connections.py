"""One SQLite database: one guarded write connection, any number of reading ones.

SQLite before 3.51.3 can damage a WAL database when two connections checkpoint, so
only the write connection may: all others are opened read-only and ``query_only``.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from faceapp.errors import LibraryError

BUSY_SECONDS = 10.0  # how long a connection waits for another's lock
_IDLE_READERS = 4  # connections kept open between reads
_WAL_BYTES = 64 << 20  # the log file is cut back to this after a large write
# Pages in the log from which a commit moves it into the file. Nobody waits for most writes; those that the user waits
# for leave it to the next one.
_MOVE_PAGES, _MOVE_PAGES_DURABLE = 1000, 8000


def explain(error: sqlite3.Error, path: Path) -> LibraryError | None:
    """Return the environment's error in words for the user, None for an error that is ours."""
    code = getattr(error, "sqlite_errorcode", None)
    code = None if code is None else code & 0xFF
    elsewhere = "or choose another library with --library"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryError(f"The library database {path} is busy: another program holds it. Close it and try again.")
    if code == sqlite3.SQLITE_FULL:
        return LibraryError(f"The disk that holds the library {path.parent} is full. Free some space, {elsewhere}.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return LibraryError(
            f"The library database {path} cannot be opened or written ({error}). "
            f"Check that its disk is connected and that the folder belongs to you, {elsewhere}."
        )
    if code == sqlite3.SQLITE_IOERR:
        return LibraryError(
            f"The disk failed under the library database {path} ({error}). "
            f"Check the disk and its free space, {elsewhere}."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(path, error)
    return None


def _damaged(path: Path, error: Exception) -> LibraryError:
    return LibraryError(
        f"The library database {path} is damaged ({error}). Put a backup of the library in its place, or move the "
        f"file away and scan again: your photos are untouched, but names would have to be given again."
    )


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn the environment's database errors into ``LibraryError``; let our own bugs through."""
    try:
        yield
    except (
        UnicodeDecodeError
    ) as error:  # Python's sqlite3 could not even read SQLite's complaint about a damaged schema
        raise _damaged(path, error) from error
    except (DBAPIError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        told = explain(original, path) if isinstance(original, sqlite3.Error) else None
        if told is None:
            raise
        raise told from error


def open_readonly(path: Path) -> sqlite3.Connection:
    """Open a connection that can change nothing. The caller closes it."""
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(
        f"{uri}?mode=ro", uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
    )
    try:
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.OperationalError:
            if not _is_frozen(path):
                raise
            connection.close()
            connection = sqlite3.connect(
                f"{uri}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
            )
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_frozen(path: Path) -> bool:
    """Whether a database lies where we cannot write, with no log of changes beside it, as on a read-only disk.

    SQLite cannot make its shared memory there; but the file is whole by itself and can be read as it stands.
    """
    log = path.with_name(path.name + "-wal")
    mine = os.access in os.supports_effective_ids
    writable = os.access(path.parent, os.W_OK, effective_ids=mine)
    return not writable and os.access(path, os.R_OK, effective_ids=mine) and not (log.exists() and log.stat().st_size)


def _open_writable(path: Path) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(
        f"{uri}?mode=rw", uri=True, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
    )
    try:
        connection.execute("PRAGMA page_size = 8192")  # counts only before the first table
        connection.execute("PRAGMA journal_mode = WAL").fetchone()
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}").fetchone()
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


class Database:
    """Transactions on one file. Safe from any thread; a read never waits for a write."""

    def __init__(self, path: Path, *, write: bool) -> None:
        """Open an existing file; with ``write`` it may be empty."""
        self.path = path
        self._writable = write
        self._write_lock = threading.RLock()
        self._idle = threading.Condition()
        self._reading = 0
        self._closed = False
        self._readers = _engine(lambda: open_readonly(path), "BEGIN", shared=False)
        self._writer = _engine(lambda: _open_writable(path), "BEGIN IMMEDIATE", shared=True) if write else None
        try:
            with self.write() if write else self.read():
                pass
        except BaseException:
            self.close()
            raise

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Run queries on one snapshot of the database."""
        with self._idle:
            self._check_open()
            self._reading += 1
        try:
            with in_words(self.path), self._readers.begin() as connection:
                yield connection
        finally:
            with self._idle:
                self._reading -= 1
                self._idle.notify_all()

    @contextlib.contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """Run one transaction on the write connection; ``durable`` ones survive a power cut once they return."""
        with self.exclusive(), in_words(self.path):
            assert self._writer is not None
            # Outside the transaction, where alone SQLite lets it be changed, hence past SQLAlchemy's own BEGIN.
            with self._writer.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                pages = _MOVE_PAGES_DURABLE if durable else _MOVE_PAGES
                driver.execute(f"PRAGMA wal_autocheckpoint = {pages}").fetchone()
                with connection.begin():
                    yield connection

    def compact(self) -> None:
        """Write the file anew without what was deleted, and empty its log: nothing of that can be read from them."""
        with self.exclusive(), in_words(self.path):
            assert self._writer is not None
            with self._writer.connect() as connection:
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute("VACUUM")
                (busy, _, _) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise LibraryError(
                f"What was deleted still stands in the log of {self.path}, for another program reads it. "
                "Close the other program and Faceapp: then it goes as well."
            )

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other writers out, also after the commit: what is announced comes in the order it was written."""
        with self._write_lock:
            self._check_open()
            if self._writer is None:
                raise LibraryError(f"The library {self.path.parent} is open for reading only.")
            yield

    def close(self) -> None:
        """Wait for running transactions and close every connection."""
        with self._write_lock:
            with self._idle:
                self._closed = True
                self._idle.wait_for(lambda: self._reading == 0, timeout=BUSY_SECONDS)
            self._readers.dispose()
            if self._writer is not None:
                self._writer.dispose()  # the last one out: it moves the log into the file

    def _check_open(self) -> None:
        if self._closed:
            raise LibraryError(f"The library {self.path.parent} is closed.")


def _engine(opener: Callable[[], sqlite3.Connection], begin: str, *, shared: bool) -> Engine:
    if shared:
        engine = create_engine("sqlite://", creator=opener, poolclass=StaticPool)
    else:
        engine = create_engine(
            "sqlite://", creator=opener, poolclass=QueuePool, pool_size=_IDLE_READERS, max_overflow=-1
        )

    # The driver's own idea of when a transaction starts leaves out reads and changes of tables.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
