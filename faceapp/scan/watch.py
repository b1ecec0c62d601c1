"""Watching photo folders, so that new photos appear without asking.

Only a convenience: the scan at the start is the truth. So whatever cannot be watched is left out, and said in the log.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import psutil
import watchfiles

from faceapp.imaging.limits import PHOTO_SUFFIXES
from faceapp.jobs import start_thread
from faceapp.ports import OnChange
from faceapp.scan.walk import is_hidden, printable

log = logging.getLogger(__name__)

# File systems whose changes another computer makes, of which this one is not told.
_REMOTE = frozenset(
    {"9p", "afpfs", "afs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"}
    | {"smb", "smb2", "smb3", "smbfs", "webdav", "drvfs", "prl_fs", "vboxsf", "virtiofs"}
    | {"fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"}
    | {"fuse.vmhgfs-fuse"}
)
_QUIET_MS = 400  # a burst of changes is over when nothing came for so long; also how soon ``stop`` is noticed
_BURST_MS = 1600  # told at the latest, though more changes come
_STOP_SECONDS = 10.0


class FolderWatch:
    """Implements ``ports.Watch``: one daemon thread for all folders."""

    def __init__(self, folders: Sequence[Path], on_change: OnChange) -> None:
        self._folders = list(folders)
        self._on_change = on_change
        self._stopping = threading.Event()
        self._thread = start_thread("watch", self._run, background=True)

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not threading.current_thread():
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        try:
            roots = [folder for folder in self._folders if _can_be_watched(folder)]
            if roots and not self._stopping.is_set():
                self._watch(roots)
        except Exception as error:  # the thread's boundary: no room for more watches, a folder that went away, ...
            log.warning("Photo folders are not watched for new photos (%s). The next scan finds them.", error)

    def _watch(self, roots: Sequence[Path]) -> None:
        def matters(change: watchfiles.Change, path: str) -> bool:
            return _matters(change, path, roots)

        for changes in watchfiles.watch(
            *roots,
            watch_filter=matters,
            debounce=_BURST_MS,
            step=_QUIET_MS,
            stop_event=self._stopping,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            changed = changed_folders((Path(path) for _, path in changes), roots)
            if changed and not self._stopping.is_set():
                self._on_change(changed)


def watch_folders(folders: Sequence[Path], on_change: OnChange) -> FolderWatch:
    """Call ``on_change`` with the folders in which photos came, changed or went, until ``stop``. Returns at once.

    Folders that are not there, or on a network drive, are left out.
    """
    return FolderWatch(folders, on_change)


def changed_folders(paths: Iterable[Path], roots: Sequence[Path]) -> list[Path]:
    """Return the smallest set of folders that are there, inside ``roots``, and hold all that happened at ``paths``."""
    changed: set[Path] = set()
    for path in paths:
        root = _root_of(path, roots)
        if root is None:
            continue
        folder = path if path.is_dir() else path.parent
        while folder != root and not folder.is_dir():
            folder = folder.parent
        if folder.is_dir() and folder.is_relative_to(root):
            changed.add(folder)
    return sorted(folder for folder in changed if changed.isdisjoint(folder.parents))


def _matters(change: watchfiles.Change, path: str, roots: Sequence[Path]) -> bool:
    """Return whether a scan could find something else than before."""
    root = _root_of(Path(path), roots)
    if root is None or any(is_hidden(part) for part in Path(path).relative_to(root).parts):
        return False
    if Path(path).suffix.lower() in PHOTO_SUFFIXES:
        return True
    if change is watchfiles.Change.added:
        return os.path.isdir(path)  # noqa: PTH112
    return change is watchfiles.Change.deleted  # it may have been a folder: nobody can tell any more


def _root_of(path: Path, roots: Sequence[Path]) -> Path | None:
    """Return the innermost of the folders that a path lies in."""
    around = [root for root in roots if path.is_relative_to(root)]
    return max(around, key=lambda root: len(root.parts), default=None)


def _can_be_watched(folder: Path) -> bool:
    if is_remote(folder):
        log.info("%s is on a network drive and is not watched; the next scan finds what is new.", printable(folder))
        return False
    if not folder.is_dir():
        log.info("%s is not there and is not watched.", printable(folder))
        return False
    return True


def is_remote(folder: Path) -> bool:
    """Return whether a folder lies on a network drive, as far as the system's list of drives tells."""
    if folder.drive.startswith("\\\\"):
        return True
    drives = [drive for drive in psutil.disk_partitions(all=True) if folder.is_relative_to(drive.mountpoint)]
    # Of several drives at one place the last is the one in view.
    drives.sort(key=lambda drive: len(Path(drive.mountpoint).parts))
    if not drives:
        return False
    return drives[-1].fstype.lower() in _REMOTE or "remote" in drives[-1].opts.split(",")
