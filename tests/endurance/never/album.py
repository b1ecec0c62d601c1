"""The photo folder as it is, and as the last scan saw it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.endurance.never.painted import Content, Painted, embedding
from tests.endurance.never.said import Spot

SAME_PLACE_SAME_FACE = 0.3  # cosine, as the library has it: below, the file was replaced rather than edited
ANCHOR = "nobody.png"


class Album:
    """Files by path relative to ``root``; ``scanned`` are those that the library has in view."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, Content] = {}
        self.scanned: dict[str, Content] = {}
        self.deleted: list[tuple[str, Content, int]] = []
        self._known: dict[str, Content] = {}  # as the library saw each path last, files that are gone included
        self._made = self._moment = 0
        root.mkdir(parents=True)
        # A folder without any file would count as a drive that is not mounted.
        self.write(ANCHOR, self.fresh(()))

    # What is done to files

    def fresh(self, faces: tuple[Painted | None, ...]) -> Content:
        """Return a content that no other file has or had."""
        self._made += 1
        return Content(tuple(faces), self._made)

    def new_name(self, folder: str) -> str:
        """Return a path that no file has or had."""
        self._made += 1
        return f"{folder}/{self._made}.png" if folder else f"{self._made}.png"

    def write(self, name: str, content: Content, moment: int | None = None) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.data())
        if moment is None:
            self._moment += 1
            moment = 1_700_000_000 + self._moment
        os.utime(path, (moment, moment))
        self.files[name] = content

    def edit(self, name: str, faces: tuple[Painted | None, ...]) -> None:
        self.write(name, self.fresh(faces))

    def touch(self, name: str) -> None:
        self.write(name, self.files[name])

    def copy(self, name: str, to: str) -> None:
        self.write(to, self.files[name])

    def rename(self, name: str, to: str) -> None:
        (self.root / to).parent.mkdir(exist_ok=True)
        (self.root / name).rename(self.root / to)
        self.files[to] = self.files.pop(name)

    def rename_folder(self, folder: str, to: str) -> None:
        (self.root / folder).rename(self.root / to)
        for name in [name for name in self.files if name.startswith(f"{folder}/")]:
            self.files[f"{to}/{name.split('/')[1]}"] = self.files.pop(name)

    def delete(self, name: str) -> None:
        moment = int((self.root / name).stat().st_mtime)
        (self.root / name).unlink()
        self.deleted.append((name, self.files.pop(name), moment))

    def restore(self, number: int, to: str | None) -> None:
        """Put a deleted file back, as it was or under another name."""
        name, content, moment = self.deleted.pop(number % len(self.deleted))
        self.write(to or name, content, moment)

    @property
    def folders(self) -> list[str]:
        return sorted({name.split("/")[0] for name in self.files if "/" in name})

    # What the library makes of it

    def scan(self, model_id: str) -> list[tuple[Spot, Spot]]:
        """See the files as they are; return which faces are the same ones in an edited file, before and after."""
        carried: list[tuple[Spot, Spot]] = []
        for name, content in self.files.items():
            if (before := self._known.get(name, content)) != content:
                carried += _stayed(before, content, model_id)
        self.scanned = dict(self.files)
        self._known |= self.files
        return carried

    def forget(self) -> None:
        """The library forgot what it knew of files."""
        self._known.clear()
        self.scanned.clear()


def _stayed(before: Content, now: Content, model_id: str) -> list[tuple[Spot, Spot]]:
    """Return the faces that are in their place before and after an edit."""
    found = []
    for place, (old, new) in enumerate(zip(before.faces, now.faces, strict=True)):
        if old is None or new is None:
            continue
        alike = float(embedding(model_id, old.person, old.look) @ embedding(model_id, new.person, new.look))
        if alike >= SAME_PLACE_SAME_FACE:
            found.append((Spot(before, place), Spot(now, place)))
    return found
