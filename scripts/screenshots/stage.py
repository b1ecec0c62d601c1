"""The window that is photographed, what is done with it, and the list of what there is to photograph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from faceapp.types import Face
from faceapp.ui.main_window import MainWindow
from screenshots import album
from screenshots.camera import run_until, settle
from screenshots.libraries import Places, best_faces

Shown = Iterator[QWidget | None]  # the widget to photograph; None: the whole window


@dataclass
class Stage:
    """The window over a library that is furnished, and where its people are."""

    window: MainWindow
    places: Places
    faces: dict[str, Face] = field(default_factory=dict)  # the largest of each photo, by the name of its file
    subject: int | None = None  # the face that is looked for
    somebody: int = 1  # the person whose page is shown
    letters: str = "na"  # typed into the palette

    def settle(self) -> None:
        settle(self.window)

    def page(self, *key: object) -> None:
        self.window.navigation.show_page(key)
        self.settle()

    def face(self, file: str) -> int:
        if not self.faces:
            self.faces = best_faces(self.window.session.services)
        return self.faces[file].id

    def photo(self, file: str) -> int:
        self.face(file)
        return self.faces[file].photo_id

    def person(self, name: str) -> int:
        overview = self.window.session.overview
        assert overview is not None
        return next(person.id for person in overview.people if person.name == name)

    def do(self, action: str) -> None:
        self.window.actions_by_id[action].trigger()
        self.settle()

    def search(self, *files: str) -> None:
        """Look for the subject, or else for the faces of some photos."""
        if not files and self.subject is None:
            self.window.intake.take_paths([album.PORTRAITS / "biden.jpg"])
            run_until(lambda: self.window.query.active, "the faces of a picture")
        else:
            for number, face in enumerate([self.face(file) for file in files] or [self.subject]):
                assert face is not None
                self.window.searching.search_face(face, add=number > 0)
                self.settle()
        run_until(lambda: self.window.query.complete, "all matches")
        self.settle()

    def select(self, row: int) -> None:
        grid = self.window.grid
        if grid.tiles.rowCount() > row:
            grid.select_id(grid.tiles.id_at(row))
            grid.setFocus()
            self.settle()


Page = Callable[[Stage], AbstractContextManager[QWidget | None]]
MAIN: dict[str, Page] = {}  # photographed at every size and scale
OTHERS: dict[str, Page] = {}


def page(pages: dict[str, Page], name: str) -> Callable[[Callable[[Stage], Shown]], Page]:
    def keep(show: Callable[[Stage], Shown]) -> Page:
        pages[name] = contextmanager(show)
        return pages[name]

    return keep
