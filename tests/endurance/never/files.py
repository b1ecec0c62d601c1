"""What happens to files: they come, change, move, go and come back, and are scanned at once or later."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.endurance.never.album import ANCHOR
from tests.endurance.never.painted import LOOKS, PLACES, Painted
from tests.endurance.never.story import Story, at

painted = st.builds(Painted, st.sampled_from([1, 1, 1, 2, 2, 0, 0, 3]), st.integers(0, LOOKS - 1))
pictures = st.tuples(*([st.none() | painted] * PLACES))
folders = st.sampled_from(["", "a", "b"])
names = st.sampled_from(["Ann", "Ben", "Cleo", "ANN"])


class Files(Story):
    """Rules about files. Few, so that most of what happens is said of faces."""

    @initialize(
        photos=st.lists(st.tuples(painted, *([st.none() | painted] * (PLACES - 1))), min_size=4, max_size=6),
        named=st.lists(st.tuples(at, names), min_size=2, max_size=4),
        following=st.booleans(),
    )
    def begin(self, photos: list[Any], named: list[tuple[int, str]], following: bool) -> None:
        for faces in photos:
            self.album.write(self.album.new_name("a"), self.album.fresh(faces))
        self.look_at_files()
        for number, name in named:
            self.name_them(self.faces([number]), name, check=False)
        self.following = following
        self.follow()

    @rule(
        faces=pictures,
        folder=folders,
        number=at,
        what=st.sampled_from(["add", "duplicate", "restore", "restore elsewhere"]),
        scan=st.booleans(),
    )
    def come(self, what: str, faces: Any, number: int, folder: str, scan: bool) -> None:
        match what:
            case "add":
                self.album.write(self.album.new_name(folder), self.album.fresh(faces))
            case "duplicate":
                self.album.copy(self._file(number), self.album.new_name(folder))
            case _ if self.album.deleted:
                self.album.restore(number, self.album.new_name(folder) if what == "restore elsewhere" else None)
        self.look_at_files(scan)

    @rule(
        number=at,
        place=st.integers(0, PLACES - 1),
        face=st.none() | painted,
        what=st.sampled_from(["paint over", "crop", "filter", "touch"]),
        scan=st.booleans(),
    )
    def change(self, what: str, number: int, place: int, face: Painted | None, scan: bool) -> None:
        name = self._file(number)
        faces = list(self.album.files[name].faces)
        match what:
            case "paint over" if faces:  # one face is gone, or another one
                faces[place] = face
                self.album.edit(name, tuple(faces))
            case "crop":  # all faces lie a little elsewhere
                self.album.edit(name, tuple(old and old._replace(shifted=not old.shifted) for old in faces))
            case "filter":
                self.album.edit(name, tuple(faces))
            case _:
                self.album.touch(name)
        self.look_at_files(scan)

    @rule(number=at, folder=folders, what=st.sampled_from(["move", "move folder", "delete"]), scan=st.booleans())
    def go(self, what: str, number: int, folder: str, scan: bool) -> None:
        name = self._file(number)
        match what:
            case "move folder" if all_folders := self.album.folders:
                moved = all_folders[number % len(all_folders)]
                self.album.rename_folder(moved, self.album.new_name("").removesuffix(".png"))
            case "move" if name != ANCHOR:
                self.album.rename(name, self.album.new_name(folder))
            case "delete" if name != ANCHOR:
                self.album.delete(name)
        self.look_at_files(scan)

    def _file(self, number: int) -> str:
        found = sorted(self.album.files)
        return found[number % len(found)]
