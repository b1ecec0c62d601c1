"""Finding the photo files of a folder. Only reads: nothing in a photo folder is ever changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from faceapp.errors import FaceappError
from faceapp.scan.ignoring import Ignored
from faceapp.types_scan import ScanSummary

# Other programs' thumbnails and bins. Names that start with a dot (.thumbnails, .Trash, ._copy.jpg) are hidden anyway.
_SKIPPED_NAMES = frozenset({"@eaDir", "#recycle", "$RECYCLE.BIN", "System Volume Information"})

_BATCH = 512  # files; a drive that takes long for each still tells of some now and then
_BATCH_SECONDS = 0.1

SeenFile = tuple[str, int, int]  # the fields of a ``FoundFile``, without the cost of making one a file


class FolderError(FaceappError):
    """A photo folder cannot be scanned: missing, offline, not a folder, or the library itself.

    ``summary`` tells what was done in the other folders of the same scan, None if it never started.
    """

    summary: ScanSummary | None = None


def is_hidden(name: str) -> bool:
    """Return whether the walk passes over a file or folder of this name."""
    return name.startswith(".") or name in _SKIPPED_NAMES


def covers(outer: Path, inner: Path, ignored: Ignored | None = None) -> bool:
    """Return whether a walk of ``outer`` comes through the folder ``inner`` (both absolute and resolved)."""
    if not inner.is_relative_to(outer):
        return False
    below = inner.relative_to(outer)
    if any(is_hidden(part) for part in below.parts):
        return False
    return ignored is None or not any(ignored(os.fspath(part), True) for part in (below, *below.parents) if part.name)


def check_folder(folder: Path, photos: int = 0) -> None:
    """Raise ``FolderError`` unless a folder can be listed now, and is not empty though ``photos`` are known in it."""
    shown = printable(folder)
    try:
        with os.scandir(folder) as listing:
            empty = next(listing, None) is None
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
    if empty and photos:
        many = "a photo" if photos == 1 else f"{photos:,} photos"
        raise FolderError(
            f"The folder {shown} is empty, but the library knows {many} in it. "
            "If it lies on another drive, connect the drive and scan again. Nothing was changed."
        )


def walk_photos(
    root: Path,
    suffixes: Collection[str],
    *,
    start: str = "",
    skip: Collection[Path] = (),
    ignored: Ignored | None = None,
    on_unreadable: Callable[[str, str], None] | None = None,
    check: Callable[[], None] | None = None,
) -> Iterator[list[SeenFile]]:
    """Yield the photo files below ``root`` / ``start`` in batches: (path relative to ``root``, size, mtime_ns).

    Photos are whatever has one of the lower-case ``suffixes`` and is no folder: a pipe or a link to nowhere is found,
    too, and refused with a reason when it is read. Links to folders are not followed and no folder is entered twice,
    so the walk ends. Hidden names, the absolute folders in ``skip`` and what is ``ignored`` are passed over. What
    cannot be read goes to ``on_unreadable`` as a path relative to ``root`` and a sentence. ``check`` is called now and
    then, and ends the walk by raising. Raises ``FolderError`` for the first folder.

    Text, not ``Path``, and plain tuples: a library of a hundred thousand files is walked at every start.
    """
    check_folder(root / start)
    top = os.path.join(root, "")  # noqa: PTH118 - Path drops the separator at the end
    skipped = {os.fspath(folder) for folder in skip}
    entered: set[tuple[int, int]] = set()
    waiting = [start]
    batch: list[SeenFile] = []
    begun = time.monotonic()

    def unreadable(path: str, error: OSError) -> None:
        if on_unreadable is not None:
            on_unreadable(
                path, f"{printable_text(top + path)} cannot be read ({error.strerror or error}). Check its drive."
            )

    while waiting:
        folder = waiting.pop()
        prefix = folder + os.sep if folder else ""
        if check is not None:
            check()
        try:
            info = os.stat(top + folder)  # noqa: PTH116
            key = (info.st_dev, info.st_ino)
            if info.st_ino and key in entered:
                continue
            entered.add(key)
            with os.scandir(top + folder) as listing:
                entries = list(listing)
        except OSError as error:
            unreadable(folder, error)
            continue
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if is_hidden(name) or top + prefix + name in skipped:
                        continue
                    if ignored is None or not ignored(prefix + name, True):
                        waiting.append(prefix + name)
                elif name[name.rfind(".") :].lower() in suffixes:
                    if ignored is not None and ignored(prefix + name, False):
                        continue
                    try:
                        info = entry.stat()
                    except OSError:
                        info = _link_facts(entry)
                    batch.append((prefix + name, info.st_size, info.st_mtime_ns))
            except FileNotFoundError:
                continue  # deleted since it was listed
            except OSError as error:
                unreadable(prefix + name, error)
            if len(batch) >= _BATCH:
                yield batch
                batch, begun = [], time.monotonic()
                if check is not None:
                    check()
        if batch and time.monotonic() - begun > _BATCH_SECONDS:
            yield batch
            batch, begun = [], time.monotonic()
    yield batch


def _link_facts(entry: os.DirEntry[str]) -> os.stat_result:
    """Return the facts of a link itself, that leads nowhere or in a circle. Raises ``OSError`` for anything else."""
    if entry.is_symlink():
        return entry.stat(follow_symlinks=False)
    return entry.stat()


def printable(path: Path) -> str:
    """Return a path for a sentence: bytes that are not valid text become escapes."""
    return printable_text(os.fspath(path))


def printable_text(text: str) -> str:
    """Return a text that every file, database and terminal can take."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
