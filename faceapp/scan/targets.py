"""Deciding what to walk, so that no photo is ever in the library twice because folders lie inside each other.

- A folder inside one that the library knows is not added again: that part of the known folder is scanned.
- A folder around known ones is added; they stay folders of their own, are passed over by its walk and scanned too.
- Of folders given together, one that lies inside another is scanned with it.
- A hidden folder (``.private``), or one that is ignored, is never reached by the walk around it: given by name, it
  is a folder of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faceapp.scan import walk
from faceapp.scan.ignoring import Ignored
from faceapp.scan.walk import FolderError, printable


@dataclass(frozen=True, slots=True)
class Target:
    """One walk: the part ``start`` (relative, empty for all) of the library's folder ``root``."""

    root: Path
    start: Path
    skip: frozenset[Path]  # absolute folders inside that are not part of it
    asked: bool  # False: scanned only because it lies inside a folder that was asked for

    @property
    def path(self) -> Path:
        return self.root / self.start


def resolve(folder: Path) -> Path:
    """Return the absolute path without links. Raises ``FolderError`` for links that go in a circle."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise FolderError(
            f"The folder {printable(folder)} cannot be found ({error}). Check its path and its drive."
        ) from error


def plan(folders: Sequence[Path], known: Sequence[Path], library: Path, ignored: Ignored | None = None) -> list[Target]:
    """Return what to walk for ``folders``, given the library's ``known`` folders. All paths are resolved."""

    def covers(outer: Path, inner: Path) -> bool:
        return walk.covers(outer, inner, ignored)

    for folder in folders:
        if folder.is_relative_to(library):
            raise FolderError(f"{printable(folder)} is where Faceapp keeps its library. Choose a folder of photos.")
    fresh = [folder for folder in dict.fromkeys(folders) if not any(covers(root, folder) for root in known)]
    fresh = [folder for folder in fresh if not any(covers(other, folder) for other in fresh if other != folder)]
    roots = list(dict.fromkeys([*known, *fresh]))

    wanted: dict[tuple[Path, Path], bool] = {}
    for folder in folders:
        owner = max((root for root in roots if covers(root, folder)), key=lambda root: len(root.parts))
        wanted[owner, folder.relative_to(owner)] = True
        for inner in roots:
            if inner != folder and covers(folder, inner):
                wanted.setdefault((inner, Path()), False)

    def walked_with_another(root: Path, start: Path) -> bool:
        return any(other == root and part != start and covers(root / part, root / start) for other, part in wanted)

    return [
        Target(root, start, frozenset({library, *(inner for inner in roots if inner != root)}), asked)
        for (root, start), asked in wanted.items()
        if not walked_with_another(root, start)
    ]
