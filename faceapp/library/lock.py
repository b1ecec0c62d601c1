"""One running writer a library: a lock of the operating system, which a kill frees."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from faceapp.errors import LibraryError, LibraryLockedError

LOCK_FILE = "faceapp.lock"


class LibraryLock:
    """Holds ``faceapp.lock`` of a library from construction to ``release``."""

    def __init__(self, folder: Path) -> None:
        # Not bound to a thread: the window opens the library on one and closes it on another.
        self._lock = FileLock(folder / LOCK_FILE, timeout=0, mode=0o600, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise LibraryLockedError(
                f"Another Faceapp is using the library {folder}. Close it, or choose another library with --library."
            ) from None
        except NotImplementedError as error:
            raise LibraryError(
                f"The disk that holds the library {folder} cannot lock files, so two copies of Faceapp could spoil it. "
                f"Choose a library on a local disk with --library."
            ) from error

    def release(self) -> None:
        self._lock.release()
