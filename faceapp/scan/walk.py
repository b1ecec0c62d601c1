"""Finding the photo files of a folder. Only reads: nothing in a photo folder is ever changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from faceapp.errors import FaceappError
from faceapp.types import FoundFile, ScanSummary

# Other programs' thumbnails and bins. Names that start with a dot (.thumbnails, .Trash, ._copy.jpg) are hidden anyway.
_SKIPPED_NAMES = frozenset({"@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information"})


class FolderError(FaceappError):
    """A photo folder cannot be scanned: missing, offline, not a folder, or the library itself.

    ``summary`` tells what was done in the other folders of the same scan, None if it never started.
    """

    summary: ScanSummary | None = None


def is_hidden(name: str) -> bool:
    """Return whether the walk passes over a file or folder of this name."""
    return name.startswith(".") or name in _SKIPPED_NAMES


def covers(outer: Path, inner: Path) -> bool:
    """Return whether a walk of ``outer`` comes through the folder ``inner`` (both absolute and resolved)."""
    return inner.is_relative_to(outer) and not any(is_hidden(part) for part in inner.relative_to(outer).parts)


def check_folder(folder: Path) -> None:
    """Raise ``FolderError`` unless the folder can be listed now."""
    shown = printable(folder)
    try:
        with os.scandir(folder):
            pass
    except FileNotFoundError:
        raise FolderError(
            f"The folder {shown} cannot be found. If it lies on another drive, connect the drive and scan again."
        ) from None
    except NotADirectoryError:
        raise FolderError(f"{shown} is not a folder. Choose the folder that holds the photo.") from None
    except PermissionError:
        raise FolderError(f"You may not open the folder {shown}. Change its permissions, then scan again.") from None
    except OSError as error:
        raise FolderError(
            f"The folder {shown} cannot be read ({error.strerror or error}). Check its drive, then scan again."
        ) from error


def walk_photos(
    root: Path,
    suffixes: Collection[str],
    *,
    start: Path = Path(),
    skip: Collection[Path] = (),
    on_unreadable: Callable[[Path, str], None] | None = None,
    check: Callable[[], None] | None = None,
) -> Iterator[FoundFile]:
    """Yield the photo files below ``root / start``, with paths relative to ``root``, in no order to rely on.

    Photos are regular files with one of the lower-case ``suffixes``, or symbolic links to such files. Links to
    folders are not followed and no folder is entered twice, so the walk ends. Hidden names and the absolute folders
    in ``skip`` are passed over. What cannot be read goes to ``on_unreadable`` as a path relative to ``root`` and a
    sentence. ``check`` is called once a folder and ends the walk by raising. Raises ``FolderError`` for the first
    folder.
    """
    check_folder(root / start)
    skipped = set(skip)
    entered: set[tuple[int, int]] = set()
    waiting = [start]

    def unreadable(path: Path, error: OSError) -> None:
        if on_unreadable is not None:
            on_unreadable(path, f"{printable(root / path)} cannot be read ({error.strerror or error}).")

    while waiting:
        folder = waiting.pop()
        if check is not None:
            check()
        try:
            info = (root / folder).stat()
            key = (info.st_dev, info.st_ino)
            if info.st_ino and key in entered:
                continue
            entered.add(key)
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            unreadable(folder, error)
            continue
        for entry in entries:
            path = folder / entry.name
            if is_hidden(entry.name):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if root / path not in skipped:
                        waiting.append(path)
                elif os.path.splitext(entry.name)[1].lower() in suffixes:  # noqa: PTH122 - a hundred thousand times
                    info = entry.stat()
                    if stat.S_ISREG(info.st_mode):
                        yield FoundFile(path, info.st_size, info.st_mtime_ns)
            except FileNotFoundError:
                continue  # a link to nowhere, or deleted since it was listed
            except OSError as error:
                unreadable(path, error)


def printable(path: Path) -> str:
    """Return a path for a sentence: bytes that are not valid text become escapes."""
    return printable_text(os.fspath(path))


def printable_text(text: str) -> str:
    """Return a text that every file, database and terminal can take."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
