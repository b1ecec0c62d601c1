"""The window over a library in memory: people, groups and faces that a test makes up.

What is decided is written down in ``Store.said`` and takes effect, as far as the window can see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from faceapp.config import Config
from faceapp.ports import Services
from faceapp.types import (
    Box,
    Counts,
    Face,
    FloatArray,
    Folder,
    Guess,
    HideReason,
    IdArray,
    Naming,
    Person,
    Photo,
    PhotoState,
    Quality,
    Standing,
)
from faceapp.types_people import Change, Group, PersonDetails, PersonFaces, Step, Verb
from faceapp.types_search import NO_FILTER, Album, Filter, VectorListing
from faceapp.ui.main_window import MainWindow
from faceapp.ui.people import dragging
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.people.people_pages import PeoplePages
from faceapp.ui.tiles import Tile, group_tile
from tests.ui.calibration import FakeCalibrator
from tests.ui.window import NoGuesses, drop, wait_until

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
_PERSON_FACTOR = 1000  # photos are numbered apart from faces


@dataclass(frozen=True, slots=True)
class Known:
    """A face of the library in memory."""

    id: int
    photo_id: int
    year: int
    person: int = 0
    standing: Standing = Standing.NOBODY
    group: int = 0
    hidden: HideReason | None = None
    odd: bool = False  # looks like nobody else
    rejected: tuple[str, ...] = ()


class Store:
    """A library in memory: ``Reader``, ``PeopleReader`` and ``PeopleStore`` in one."""

    def __init__(self) -> None:
        self.known: dict[int, Known] = {}
        self.names: dict[int, str] = {}
        self.born: dict[int, date] = {}
        self.covers: dict[int, int] = {}
        self.album_list: dict[int, Album] = {}
        self.said: list[tuple[object, ...]] = []
        self.pictures: Callable[[int], bytes | None] = lambda _face: None
        self.folder = Path("/photos")

    # What a test makes up

    def add(self, count: int, *, photo: int | None = None, **facts: Any) -> list[int]:
        """Add faces, each in a photo of its own unless ``photo`` is given; return their ids."""
        ids = []
        for _ in range(count):
            face_id = len(self.known) + 1
            year = facts.get("year", 2000 + face_id % 20)
            self.known[face_id] = Known(face_id, photo or _PERSON_FACTOR + face_id, **{**facts, "year": year})
            ids.append(face_id)
        return ids

    def add_person(self, name: str, count: int, **facts: Any) -> int:
        person_id = len(self.names) + 1
        self.names[person_id] = name
        self.add(count, person=person_id, standing=Standing.CONFIRMED, **facts)
        return person_id

    def faces_where(self, test: Callable[[Known], bool]) -> list[int]:
        """Return ids, newest first."""
        found = [face for face in self.known.values() if test(face)]
        return [face.id for face in sorted(found, key=lambda face: (-face.year, face.id))]

    # Reader

    def counts(self, min_score: float) -> Counts:
        photos = {face.photo_id for face in self.known.values()}
        return Counts(len(photos), len(self.known), len(self.names), pending=0, failed=0)

    def folders(self) -> list[Folder]:
        return [Folder(1, self.folder, 9, 0, 0)]

    def problems(self) -> list[object]:
        return []

    def photo_ids(
        self, *, folder_id: int | None = None, person_id: int | None = None, only: Filter = NO_FILTER
    ) -> IdArray:
        shown = self.faces_where(lambda face: _passes(face, only))
        return _ids(dict.fromkeys(self.known[face_id].photo_id for face_id in shown))

    def face_ids(
        self,
        *,
        min_score: float,
        folder_id: int | None = None,
        person_id: int | None = None,
        only: Filter = NO_FILTER,
    ) -> IdArray:
        return _ids(self.faces_where(lambda face: face.hidden is None and _passes(face, only)))

    def filtered_faces(self, only: Filter) -> IdArray:
        return _ids(sorted(self.faces_where(lambda face: _passes(face, only))))

    def photo_dates(self) -> tuple[IdArray, IdArray]:
        years = {face.photo_id: face.year for face in self.known.values()}
        ids = self.photo_ids()
        return ids, _ids(_moment(years[photo_id]) for photo_id in ids.tolist())

    def face_people(self) -> tuple[IdArray, IdArray]:
        ids = sorted(self.faces_where(lambda face: bool(face.person) and face.standing < Standing.SUGGESTED))
        return _ids(ids), _ids(self.known[face_id].person for face_id in ids)

    def vector_listing(self) -> VectorListing:
        faces = sorted(self.known.values(), key=lambda face: face.id)
        ids = _ids(face.id for face in faces)
        return VectorListing(ids, _ids(face.photo_id for face in faces), np.zeros_like(ids))

    def photos(self, ids: Sequence[int]) -> list[Photo]:
        return [
            Photo(i, 1, self.folder / f"{i}.jpg", 600, 400, 9, None, None, None, PhotoState.INDEXED, None) for i in ids
        ]

    def faces(self, ids: Sequence[int]) -> list[Face]:
        return [self._face(self.known[i]) for i in ids if i in self.known]

    def faces_of_photo(self, photo_id: int, min_score: float) -> list[Face]:
        return [self._face(face) for face in self.known.values() if face.photo_id == photo_id]

    def _face(self, face: Known) -> Face:
        confirmed = face.standing == Standing.CONFIRMED
        guess = None
        if face.person and not confirmed:
            guess = Guess(face.person, self.names[face.person], face.standing, 0.6, 0.2)
        return Face(
            face.id,
            face.photo_id,
            Box(0.2, 0.2, 0.3, 0.4),
            (),
            0.9,
            Quality(200, 300, 20, 0.0),
            face.person if confirmed else None,
            self.names[face.person] if confirmed else None,
            guess,
            face.hidden,
            face.rejected,
        )

    def people(self) -> list[Person]:
        found = []
        for person_id, name in self.names.items():
            hers = self._hers(person_id)
            sure = [face for face in hers if face.standing < Standing.SUGGESTED]
            found.append(
                Person(
                    person_id,
                    name,
                    len(sure),
                    len({face.photo_id for face in sure}),
                    self.covers.get(person_id, sure[0].id if sure else None),
                    sum(face.standing == Standing.AUTOMATIC for face in hers),
                    sum(face.standing == Standing.SUGGESTED for face in hers),
                )
            )
        return sorted(found, key=lambda person: (-person.faces, person.name))

    def _hers(self, person_id: int) -> list[Known]:
        return [face for face in self.known.values() if face.person == person_id and face.hidden is None]

    # PeopleReader

    def details(self, person_id: int) -> PersonDetails | None:
        person = next((person for person in self.people() if person.id == person_id), None)
        if person is None:
            return None
        years = [face.year for face in self._hers(person_id)]
        often = [(other.id, other.name, 3) for other in self.people() if other.id != person_id]
        return PersonDetails(
            person_id,
            person.name,
            person.faces,
            person.automatic,
            person.suggested,
            person.photos,
            self.born.get(person_id),
            datetime(min(years), 5, 1) if years else None,
            datetime(max(years), 5, 1) if years else None,
            person.cover_face_id,
            tuple(often[:6]),
        )

    def person_faces(self, person_id: int, *, suggested: bool = False) -> PersonFaces:
        ids = self.faces_where(
            lambda f: f.person == person_id and f.hidden is None and (suggested or f.standing < Standing.SUGGESTED)
        )
        faces = [self.known[i] for i in ids]
        return PersonFaces(
            _ids(ids),
            _ids(face.photo_id for face in faces),
            _ids(face.standing for face in faces),
            np.ones(len(ids), np.float32),
            _ids(_moment(face.year) for face in faces),
        )

    def albums(self) -> list[Album]:
        return sorted(self.album_list.values(), key=lambda album: album.name)

    def hidden_ids(self) -> IdArray:
        return _ids(self.faces_where(lambda face: face.hidden is not None))

    def groups(self) -> list[Group]:
        found = []
        for group_id in {face.group for face in self.known.values() if face.group and face.hidden is None}:
            faces = self.group_faces(group_id).tolist()
            found.append(Group(group_id, len(faces), len(faces), faces[0]))
        return sorted(found, key=lambda group: (-group.faces, group.id))

    def group_faces(self, group_id: int) -> IdArray:
        return _ids(self.faces_where(lambda face: face.group == group_id and face.hidden is None))

    def guesses_waiting(self) -> int:
        return sum(face.standing == Standing.SUGGESTED for face in self.known.values())

    def facts(self) -> SimpleNamespace:
        faces = list(self.known.values())
        return SimpleNamespace(
            person_ids=_ids(face.person for face in faces), shown_us=_ids(face.year * 10**12 for face in faces)
        )

    # PeopleStore

    def _say(self, verb: Verb, *what: object) -> Change:
        self.said.append((verb.value, *what))
        return Change(Step(len(self.said), verb, datetime.now(UTC), False, 1, ()), (), ())

    def _change(self, ids: Sequence[int], **facts: Any) -> None:
        for i in ids:
            self.known[i] = replace(self.known[i], **facts)

    def name_faces(self, face_ids: Sequence[int], name: str, *, take_back: bool = False) -> Naming:
        self.said.append(("name", list(face_ids), name))
        person_id = next((i for i, own in self.names.items() if own.casefold() == name.casefold()), 0)
        if not person_id:
            person_id = max(self.names, default=0) + 1
            self.names[person_id] = name
        self._change(face_ids, person=person_id, standing=Standing.CONFIRMED, group=0)
        return Naming(person_id, name, list(face_ids))

    def clear(self, face_ids: Sequence[int]) -> Change:
        self._change(face_ids, person=0, standing=Standing.NOBODY, hidden=None)
        return self._say(Verb.CLEAR, list(face_ids))

    def reject(self, face_ids: Sequence[int], person_id: int) -> Change:
        self._change(face_ids, person=0, standing=Standing.NOBODY)
        return self._say(Verb.REJECT, list(face_ids), person_id)

    def same(self, face_ids: Sequence[int], *, take_back: bool = False) -> Change:
        self._change(face_ids, group=self.known[face_ids[0]].group)
        return self._say(Verb.SAME, list(face_ids))

    def different(self, face_ids: Sequence[int], others: Sequence[int], *, take_back: bool = False) -> Change:
        return self._say(Verb.DIFFERENT, list(face_ids), list(others))

    def hide(self, face_ids: Sequence[int], reason: HideReason) -> Change:
        self._change(face_ids, hidden=reason)
        return self._say(Verb.HIDE, list(face_ids), reason)

    def merge(self, person_ids: Sequence[int], into: int, *, take_back: bool = False) -> Change:
        for person_id in person_ids:
            self._change([face.id for face in self._hers(person_id)], person=into)
            del self.names[person_id]
        return self._say(Verb.MERGE, list(person_ids), into)

    def split(self, face_ids: Sequence[int], rest: Sequence[int], *, take_back: bool = False) -> Change:
        self._change(face_ids, person=0, standing=Standing.NOBODY, group=900)
        return self._say(Verb.SPLIT, list(face_ids), list(rest))

    def rename(self, person_id: int, name: str) -> Change:
        self.names[person_id] = name
        return self._say(Verb.RENAME, person_id, name)

    def set_cover(self, person_id: int, face_id: int) -> Change:
        self.covers[person_id] = face_id
        return self._say(Verb.COVER, person_id, face_id)

    def set_born(self, person_id: int, born: date | None) -> Change:
        if born is not None:
            self.born[person_id] = born
        else:
            self.born.pop(person_id, None)
        return self._say(Verb.BORN, person_id, born)

    def history(self, limit: int = 200) -> list[Step]:
        return []

    # Thumbnails and gallery

    ready = True
    nearest_is_quick = False

    def photo(self, photo_id: int) -> bytes | None:
        return self.face(photo_id)

    def face(self, face_id: int) -> bytes | None:
        made = self.pictures(face_id)
        if made is not None:
            return made
        colour = ((face_id * 67) % 256, (face_id * 131) % 256, (face_id * 29) % 256)
        return cv2.imencode(".jpg", np.full((40, 40, 3), colour, np.uint8))[1].tobytes()

    def embedding(self, face_id: int) -> FloatArray:
        vector = np.zeros(4, np.float32)
        vector[1 if self.known[face_id].odd else 0] = 1.0
        return vector

    def nearest(self, probe: FloatArray, k: int) -> SimpleNamespace:
        return SimpleNamespace(face_ids=_ids(()), scores=np.empty(0, np.float32))

    def services(self, library: Path) -> Services:
        nothing = SimpleNamespace()
        still: Any = SimpleNamespace(stop=lambda: None)
        scanner = SimpleNamespace(
            scan=lambda *_a, **_k: SimpleNamespace(
                photos=0, faces=0, skipped=0, failed=0, seconds=0.0, cancelled=False
            ),
            prefer=lambda _folder: None,
        )
        review = SimpleNamespace(questions=lambda *_a, **_k: [], forecast=lambda _q: 0.0)
        recognition = SimpleNamespace(
            slider_minimum=0.2, search_threshold=0.4, model_id="none", model_hash="none", id="none"
        )
        return Services(
            config=Config(library_dir=library),
            reader=cast(Any, self),
            people=cast(Any, self),
            people_reader=cast(Any, self),
            groups=NoGuesses(),
            review=cast(Any, review),
            explainer=cast(Any, nothing),
            problems=cast(Any, nothing),
            thumbnails=self,
            gallery=cast(Any, self),
            recognition=cast(Any, recognition),
            calibrator=FakeCalibrator(),
            embedders=cast(Any, nothing),
            pictures=cast(Any, nothing),
            folders=cast(Any, nothing),
            upkeep=cast(Any, nothing),
            scanner=cast(Any, scanner),
            watch=lambda _folders, _on_change: still,
            on_saved=lambda _: None,
            forget_facts=lambda: None,
            check=list,
            settle=int,
            close=lambda: None,
        )


def _moment(year: int) -> int:
    """Return May of a year in microseconds since 1970."""
    return int(datetime(year, 5, 1, tzinfo=UTC).timestamp() * 1e6)


def _passes(face: Known, only: Filter) -> bool:
    """Return whether a face, taken in May of its year in the only folder, 200 pixels high and clear, passes."""
    day = date(face.year, 5, 1)
    somebody = bool(face.person) and face.standing < Standing.SUGGESTED
    return (
        (not only.people or (somebody and face.person in only.people))
        and (only.taken_from is None or day >= only.taken_from)
        and (only.taken_to is None or day <= only.taken_to)
        and (not only.folders or 1 in only.folders)
        and (only.named is None or only.named == somebody)
        and (only.least_size is None or only.least_size <= 200)
    )


def _ids(values: Any) -> IdArray:
    return np.array(list(values), np.int64)


class PeopleDesk:
    """An open window over a library in memory, and what a user does with it."""

    def __init__(self, store: Store, library: Path) -> None:
        self.store = store
        self.window = MainWindow(lambda: store.services(library))
        self.people: PeoplePages = self.window.people_pages
        self.grid = self.window.grid
        self.window.resize(1440, 900)
        self.window.show()
        self.window.start()
        wait_until(lambda: self.window.session.is_open, "the library")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read or about to be."""
        window, idle = self.window, 0

        def quiet() -> bool:
            nonlocal idle
            working = window.session.scanning or not window.tasks.idle
            idle = 0 if working else idle + 1
            return idle >= 4

        wait_until(quiet, "an idle window")

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()

    def page(self, *key: object) -> None:
        self.window.navigation.show_page(key)
        self.settle()

    @property
    def key(self) -> tuple[object, ...]:
        return self.window.pages.key

    def titles(self) -> list[str]:
        """Return what stands under or on the tiles, in order."""
        tiles = self.tiles()
        wait_until(lambda: all(tile.pixmap is not None for tile in self.tiles()), "pictures")
        self.settle()
        return [tile.title for tile in self.tiles()] if tiles else []

    def tiles(self) -> list[Tile]:
        return [self.grid.tiles.tile(row) for row in range(self.grid.tiles.rowCount())]

    def ids(self) -> list[int]:
        return [int(i) for i in self.grid.tiles.ids]

    def place(self, tile: int) -> QPoint:
        row = self.grid.tiles.row_of(tile)
        assert row >= 0, f"{tile} is not shown"
        self.grid.scrollTo(self.grid.tiles.index(row))
        return self.grid.visualRect(self.grid.tiles.index(row)).center()

    def click(self, tile: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.grid.viewport(), LEFT, modifiers, self.place(tile))
        self.settle()

    def choose(self, *tiles: int) -> None:
        for at, tile in enumerate(tiles):
            self.click(tile, Qt.KeyboardModifier.ControlModifier if at else NONE)

    def double_click(self, tile: int) -> None:
        QTest.mouseDClick(self.grid.viewport(), LEFT, NONE, self.place(tile))
        self.settle()

    def press(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, LEFT)
        self.settle()

    def answer(self, text: str) -> None:
        """Fill in the dialog that asks for a name."""
        dialog: Any = self.people.asking.dialog
        assert dialog is not None
        dialog.edit.setText("")
        QTest.keyClicks(dialog.edit, text)
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
        self.settle()

    def drop(self, cargo: Cargo, widget: QWidget, where: QPoint | None = None) -> bool:
        """Let tiles fall on a widget, by the way that events of the window system take. Return whether they fit."""
        return self.drop_mime(dragging.pack(cargo), widget, where)

    def drop_mime(self, mime: QMimeData, widget: QWidget, where: QPoint | None = None) -> bool:
        fits = drop(self.window, mime, widget, where)
        self.settle()
        return fits

    def drop_on_tile(self, cargo: Cargo, tile: int) -> bool:
        return self.drop(cargo, self.grid.viewport(), self.place(tile))

    def take(self, *tiles: int) -> Cargo:
        """Return what a drag of these tiles would carry."""
        kind = "face" if self.grid.tiles.kind == "face" else "person"
        return Cargo(cast(Any, kind), tiles, self.key)


OpenPeopleDesk = Callable[[Store], PeopleDesk]


@pytest.fixture
def open_people_desk(qapp: QApplication, tmp_path: Path) -> Iterator[OpenPeopleDesk]:
    """Return a function that opens a window over a library in memory; what is open at the end is closed."""
    desks: list[PeopleDesk] = []

    def make(store: Store) -> PeopleDesk:
        store.folder = tmp_path
        (tmp_path / "1.jpg").touch()
        desks.append(PeopleDesk(store, tmp_path / "library"))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


__all__ = ["OpenPeopleDesk", "PeopleDesk", "Store", "group_tile", "open_people_desk"]
