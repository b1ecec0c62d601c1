"""Copying or linking photos into a folder of the user's own. Photos are only read; nothing is ever overwritten."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import itertools
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from faceapp.errors import FaceappError
from faceapp.jobs import CancelToken

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)  # errors of the folder written to, never of a photo


class Way(StrEnum):
    """How a photo gets into the folder."""

    COPY = "copy"
    HARD = "hard"  # a second name of the photo's own file, on the same drive only
    SYMBOLIC = "symbolic"  # a pointer to where the photo lies


@dataclass(frozen=True, slots=True)
class NotExported:
    """A photo that could not be exported, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did."""

    written: int
    skipped: int  # lay there already, under their name and with the same content
    problems: tuple[NotExported, ...]
    cancelled: bool


def export_photos(
    photos: Sequence[Path],
    out: Path,
    *,
    way: Way = Way.COPY,
    keep_out_of: Sequence[Path] = (),
    cancel: CancelToken | None = None,
    progress: Callable[[int], None] | None = None,
) -> Exported:
    """Bring photos into the folder ``out``, which is made if it is not there.

    A photo keeps its file name and its dates. Where the name is taken by the same content, it is skipped; where it is
    taken by another one, " (2)" and so on is added. ``keep_out_of`` are folders that nothing is written into, their
    subfolders included. ``progress`` gets the number of photos done. Raises ``FaceappError`` with a sentence if
    ``out`` lies there or cannot be written to; photos that cannot be read are listed in the answer.
    """
    out = _prepared(out, keep_out_of)
    make = {Way.COPY: _copy, Way.HARD: _link, Way.SYMBOLIC: _point}[way]
    written = skipped = 0
    problems: list[NotExported] = []
    for number, photo in enumerate(photos):
        if cancel is not None and cancel.cancelled:
            break
        try:
            new = _export(photo, out, make)
        except OSError as error:
            if error.errno in _FULL:
                raise FaceappError(
                    f"Nothing more can be written to {out} ({error.strerror}); {written:,} photos were. "
                    "Make room there and export again: it goes on from here."
                ) from error
            problems.append(NotExported(photo, _reason(error)))
        else:
            written, skipped = written + new, skipped + (not new)
        if progress is not None:
            progress(number + 1)
    done = written + skipped + len(problems)
    return Exported(written, skipped, tuple(problems), cancelled=done < len(photos))


def _prepared(out: Path, keep_out_of: Sequence[Path]) -> Path:
    """Return the folder, which can be written to."""
    try:
        out = out.resolve()
        for root in keep_out_of:
            if _lies_in(out, root):
                raise FaceappError(
                    f"{out} lies in {root}, which Faceapp never writes photos into. Choose a folder outside of it."
                )
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise FaceappError(f"{out} cannot be written to ({why}). Choose another folder.") from error
    return out


def _lies_in(folder: Path, root: Path) -> bool:
    """Return whether a folder is another one or lies in it, by whatever path or spelling either is reached."""
    if folder.is_relative_to(root):
        return True
    for place in (folder, *folder.parents):
        with contextlib.suppress(OSError):  # not there yet, or a drive that is not connected
            if place.samefile(root):
                return True
    return False


def _export(photo: Path, out: Path, make: Callable[[Path, Path], None]) -> bool:
    """Return whether the photo was new there."""
    if not stat.S_ISREG(photo.stat().st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file")
    source = photo.resolve()
    for target in _targets(out / photo.name):
        if os.path.lexists(target):
            if _same(source, target):
                return False
            continue
        try:
            make(source, target)
        except FileExistsError:  # somebody else took the name just now
            continue
        return True
    raise AssertionError("names never end")


def _targets(first: Path) -> Iterator[Path]:
    yield first
    for number in itertools.count(2):
        yield first.with_name(f"{first.stem} ({number}){first.suffix}")


def _same(source: Path, target: Path) -> bool:
    try:
        return filecmp.cmp(source, target, shallow=False)
    except OSError:  # the target points nowhere or may not be read: it is something else
        return False


def _copy(source: Path, target: Path) -> None:
    """Copy under a passing name first: what bears the photo's name is always the whole photo."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".faceapp-", suffix=".part")
    os.close(descriptor)
    part = Path(name)
    try:
        shutil.copyfile(source, part)
        with contextlib.suppress(OSError):  # sets the dates first; not every drive keeps permissions
            shutil.copystat(source, part)
        target.touch(exist_ok=False)  # takes the name, or raises: replacing alone would overwrite
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _link(source: Path, target: Path) -> None:
    target.hardlink_to(source)


def _point(source: Path, target: Path) -> None:
    target.symlink_to(source)


def _reason(error: OSError) -> str:
    match error.errno:
        case errno.ENOENT:
            return "The file is not there now. Connect its drive, or scan its folder again."
        case errno.EACCES:
            return "You are not allowed to read it. Change the permissions of the file or its folder."
        case errno.EXDEV:
            return "It lies on another drive, and a hard link stays on its own. Copy it, or use a symbolic link."
        case errno.EPERM | errno.ENOTSUP:
            return "The drive does not allow such links. Copy it instead."
        case _:
            return f"It cannot be read ({error.strerror or error}). Check its drive and try again."
