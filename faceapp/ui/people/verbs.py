"""What the user does to faces, people and groups: what menus, keys and buttons end in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from faceapp.ports import Services
from faceapp.types import Face, HideReason, Person
from faceapp.ui import words
from faceapp.ui.page_content import Order
from faceapp.ui.pages import Pages
from faceapp.ui.people import face_words
from faceapp.ui.people.asking import Asking
from faceapp.ui.people.deciding import Deciding
from faceapp.ui.session import Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import group_tile
from faceapp.ui.widgets.grid import TileGrid

Use = Callable[[list[int]], object]  # is called with face ids


@dataclass(frozen=True, slots=True)
class Chosen:
    """The tiles that a verb is about."""

    faces: list[int]
    people: list[int]
    groups: list[int]
    photos: list[int]

    @property
    def any_of_people(self) -> bool:
        return bool(self.people or self.groups)


class PeopleVerbs(QObject):
    """Each verb is about what is selected unless it is told what. GUI thread only."""

    refused = Signal(str, str)  # kind and sentence
    said = Signal(str)  # for the status strip

    def __init__(
        self,
        parent: QObject,
        *,
        grid: TileGrid,
        pages: Pages,
        deciding: Deciding,
        asking: Asking,
        session: Session,
        tasks: Tasks,
    ) -> None:
        super().__init__(parent)
        self._grid = grid
        self._pages = pages
        self._deciding = deciding
        self._asking = asking
        self._session = session
        self._tasks = tasks

    def chosen(self) -> Chosen:
        """Return what is selected."""
        ids = self._grid.selected_ids()
        kind = self._grid.tiles.kind
        return Chosen(
            faces=ids if kind == "face" else [],
            people=[i for i in ids if i > 0] if kind == "person" else [],
            groups=[group_tile(i) for i in ids if i < 0] if kind == "person" else [],
            photos=ids if kind == "photo" else [],
        )

    def person_of_page(self) -> Person | None:
        """Return the person whose page is shown."""
        return self._asking.person(self._pages.person_id)

    # Faces

    def confirm(self, face_ids: Sequence[int] | None = None) -> None:
        """Say yes to the names that faces got automatically or that are suggested for them."""
        ids = self.chosen().faces if face_ids is None else list(face_ids)
        self._read_faces(ids, self._confirm)

    def _confirm(self, faces: list[Face]) -> None:
        by_name: dict[str, list[int]] = {}
        for face in faces:
            if face.guess is not None and face.person_id is None:
                by_name.setdefault(face.guess.name, []).append(face.id)
        for name, ids in by_name.items():
            self._deciding.name(ids, name)
        if not by_name:
            self.refused.emit("info", self.tr("These faces have no guessed name that could be confirmed."))

    def reject(self, face_ids: Sequence[int] | None = None) -> None:
        """Say that faces are not the person whose page is shown, or whom they seem to be."""
        ids = self.chosen().faces if face_ids is None else list(face_ids)
        if ids and self._pages.person_id is not None:
            self._deciding.reject(ids, self._pages.person_id)
        else:
            self._read_faces(ids, self._reject)

    def _reject(self, faces: list[Face]) -> None:
        by_person: dict[int, list[int]] = {}
        for face in faces:
            person_id = face.person_id or (face.guess.person_id if face.guess is not None else None)
            if person_id is not None:
                by_person.setdefault(person_id, []).append(face.id)
        for person_id, ids in by_person.items():
            self._deciding.reject(ids, person_id)
        if not by_person:
            self.refused.emit("info", self.tr("These faces have no name that could be taken off."))

    def move(self, face_ids: Sequence[int] | None = None) -> None:
        """Ask whom faces go to."""
        ids = self.chosen().faces if face_ids is None else list(face_ids)
        if ids:
            title = self.tr("Move {faces} to").replace("{faces}", words.faces(len(ids)))
            self._asking.ask_name(ids, partial(self._deciding.name, ids), title=title, action=self.tr("Move"))

    def split(self, face_ids: Sequence[int] | None = None) -> None:
        """Part faces from the person or group whose page is shown; they become a group of their own."""
        ids = self.chosen().faces if face_ids is None else list(face_ids)
        shown = self._pages.content.ids
        if not ids or not (self._pages.person_id or self._pages.group_id):
            self.refused.emit("info", self.tr("Choose faces on the page of a person or a group first."))
        elif self._pages.group_id is not None and len(ids) >= len(shown):
            self.refused.emit("info", self.tr("This is the whole group. Choose only the faces of someone else."))
        else:
            self._deciding.split(ids, [] if self._pages.person_id else _without(shown.tolist(), ids))

    def make_cover(self, face_ids: Sequence[int] | None = None) -> None:
        ids = self.chosen().faces if face_ids is None else list(face_ids)
        if len(ids) == 1 and self._pages.person_id is not None:
            self._deciding.set_cover(self._pages.person_id, ids[0])

    def hide(self, reason: HideReason) -> None:
        """Hide the selected faces, or all faces of the selected groups."""
        chosen = self.chosen()
        if chosen.faces:
            self._deciding.hide(chosen.faces, reason)
        elif chosen.groups:
            self.with_group_faces(chosen.groups, lambda ids: self._deciding.hide(ids, reason))

    def hide_unnamed(self) -> None:
        """Hide everybody whom nobody named or guessed in the photos of what is selected, as strangers."""
        chosen = self.chosen()
        services = self._session.services
        self._tasks.run(partial(_unnamed_in, services, chosen), done=self._hide_unnamed, owner=self)

    def _hide_unnamed(self, ids: list[int]) -> None:
        if ids:
            self._deciding.hide(ids, HideReason.STRANGER)
        else:
            self.refused.emit("info", self.tr("Everybody there has a name, or seems to be somebody you know."))

    def show_again(self) -> None:
        """Bring hidden faces back."""
        ids = self.chosen().faces
        if ids:
            self._deciding.clear(ids)

    def clear_name(self) -> None:
        """Take the name off the selected faces; they may be guessed anew."""
        ids = self.chosen().faces
        if ids:
            self._deciding.clear(ids)

    def are_same(self) -> None:
        """Say that all the selected faces, or groups, are one person."""
        chosen = self.chosen()
        if len(chosen.faces) > 1:
            self._deciding.same(chosen.faces)
        elif chosen.any_of_people:
            self.merge()

    def are_different(self) -> None:
        """Say that the two selected faces are two people."""
        ids = self.chosen().faces
        if len(ids) == 2:
            self._deciding.different(ids[:1], ids[1:])

    # People and groups

    def name(self) -> None:
        """Ask who the selected groups are."""
        groups = self.chosen().groups or ([self._pages.group_id] if self._pages.group_id is not None else [])
        if groups:
            self.with_group_faces(groups, self.ask_group_name)

    def ask_group_name(self, face_ids: list[int]) -> None:
        """Ask who the faces of a group are."""
        self._asking.ask_name(face_ids, partial(self._deciding.name, face_ids))

    def name_group(self, group_id: int, name: str) -> None:
        self.with_group_faces([group_id], lambda ids: self._deciding.name(ids, name))

    def rename(self, person_id: int, name: str) -> None:
        """Give a person another name; if it is somebody's already, ask whether they are one."""
        other = next(
            (p for p in self._asking.people() if p.name.casefold() == name.casefold() and p.id != person_id), None
        )
        if other is not None:
            self._asking.ask_merge([person_id], other)
        else:
            self._deciding.rename(person_id, name)

    def ask_new_name(self) -> None:
        """Ask for another name of the selected person, or of the one whose page is shown."""
        person = self._asking.person(next(iter(self.chosen().people), self._pages.person_id))
        if person is None:
            return
        title = self.tr("Rename {name}").replace("{name}", person.name)
        samples = [person.cover_face_id] if person.cover_face_id is not None else []
        self._asking.ask_name(
            samples, partial(self.rename, person.id), title=title, action=self.tr("Rename"), suggestion=person.name
        )

    def ask_born(self, person_id: int | None = None) -> None:
        """Ask when a person was born."""
        wanted = person_id or next(iter(self.chosen().people), self._pages.person_id)
        if wanted is not None:
            reader = self._session.services.people_reader
            self._tasks.run(lambda: reader.details(wanted), done=self._asking.ask_born, owner=self)

    def merge(self) -> None:
        """Make the selected people and groups one: the person with most faces keeps the name."""
        chosen = self.chosen()
        if not chosen.people:
            if len(chosen.groups) > 1:
                self.with_group_faces(chosen.groups, self._deciding.same)
            return
        known = [person for person in self._asking.people() if person.id in chosen.people]
        if not known:
            return
        into = max(known, key=lambda person: person.faces)
        rest = [person.id for person in known if person.id != into.id]
        if chosen.groups:
            self.with_group_faces(chosen.groups, lambda ids: self._deciding.name(ids, into.name))
        if rest:
            self._asking.ask_merge(rest, into)

    def merge_into(self) -> None:
        """Ask with whom the selected person, or the one whose page is shown, is to become one."""
        person = self._asking.person(next(iter(self.chosen().people), self._pages.person_id))
        if person is None:
            return
        others = [other for other in self._asking.people() if other.id != person.id]
        title = self.tr("Merge {name} into").replace("{name}", person.name)
        samples = [person.cover_face_id] if person.cover_face_id is not None else []

        def into(name: str) -> None:
            other = next((p for p in others if p.name == name), None)
            if other is not None:
                self._deciding.merge([person.id], other.id)

        self._asking.ask_name(samples, into, title=title, action=self.tr("Merge"), people=others)

    def look_for_odd_ones(self) -> None:
        """Show first who looks least like the rest of the group, to be selected and split off."""
        order: Order = "odd"
        self._pages.set_order(order)
        self.said.emit(self.tr("Select the faces that are someone else, then choose “Split off”."))

    # Help

    def _read_faces(self, ids: Sequence[int], use: Callable[[list[Face]], object]) -> None:
        if ids:
            reader = self._session.services.reader
            self._tasks.run(lambda: reader.faces(ids), done=use, owner=self)

    def with_group_faces(self, groups: Iterable[int], use: Use, faces: Sequence[int] = ()) -> None:
        """Do something with the faces of groups, after ``faces``."""
        wanted, reader = list(groups), self._session.services.people_reader

        def work() -> list[int]:
            found = [np.asarray(reader.group_faces(group), np.int64).tolist() for group in wanted]
            return [*faces, *(face for group in found for face in group)]

        self._tasks.run(work, done=use, owner=self)


def _without(ids: Sequence[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [i for i in ids if i not in gone]


def _unnamed_in(services: Services, chosen: Chosen) -> list[int]:
    """Return the faces without a name in the photos of what is chosen, on a worker."""
    reader, show = services.reader, services.config.show_score
    faces = chosen.faces + [
        int(face) for group in chosen.groups for face in services.people_reader.group_faces(group).tolist()
    ]
    photos = dict.fromkeys([*chosen.photos, *(face.photo_id for face in reader.faces(faces))])
    return [face.id for photo in photos for face in reader.faces_of_photo(photo, show) if not face_words.name(face)]
