"""What it means to let go of faces, people and groups: on each other, and on the rows of the sidebar."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from faceapp.types import HideReason, Person
from faceapp.ui.pages import Pages
from faceapp.ui.people.asking import Asking
from faceapp.ui.people.deciding import Deciding
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.people.verbs import PeopleVerbs
from faceapp.ui.tile import group_tile
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.sidebar import PageKey, Sidebar


class Carrying(QObject):
    """Does what it means to drop tiles of this window. GUI thread only."""

    def __init__(
        self,
        parent: QObject,
        *,
        grid: TileGrid,
        sidebar: Sidebar,
        pages: Pages,
        verbs: PeopleVerbs,
        asking: Asking,
        deciding: Deciding,
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._verbs = verbs
        self._asking = asking
        self._deciding = deciding
        grid.welcomes = self.may_carry
        grid.carried.connect(self.carry)
        sidebar.carried.connect(self.carry_to_page)

    def may_carry(self, cargo: Cargo, tile_id: int) -> bool:
        """Whether tiles may be let go on a tile of a page of people."""
        if not self._pages.shows_people or cargo.kind == "photo" or (tile_id in cargo.ids and cargo.kind == "person"):
            return False
        return tile_id > 0 or not cargo.people or len(cargo.people) == 1

    @Slot(object, object)
    def carry(self, cargo: Cargo, tile_id: int) -> None:
        """Do what letting go of tiles on a person or group means: they are that person."""
        if not self.may_carry(cargo, tile_id):
            return
        if tile_id > 0:
            self._carry_to_person(cargo, self._asking.person(tile_id))
        else:
            self._carry_to_group(cargo, group_tile(tile_id))

    def _carry_to_person(self, cargo: Cargo, person: Person | None) -> None:
        if person is None:
            return
        if cargo.faces:
            self._deciding.name(cargo.faces, person.name)
        if cargo.groups:
            self._verbs.with_group_faces(cargo.groups, lambda ids: self._deciding.name(ids, person.name))
        if cargo.people:
            self._asking.ask_merge(cargo.people, person)

    def _carry_to_group(self, cargo: Cargo, group_id: int) -> None:
        if cargo.people:
            person = self._asking.person(cargo.people[0])
            if person is not None:
                groups = [group_id, *cargo.groups]
                self._verbs.with_group_faces(groups, lambda ids: self._deciding.name(ids, person.name))
        elif cargo.faces:
            # Named faces are that group's person, hence not the one whose page they were taken from.
            named = cargo.page[:1] == ("person",)
            use = partial(_split, self._deciding) if named else self._deciding.same
            self._verbs.with_group_faces([group_id], use, cargo.faces)
        else:
            self._verbs.with_group_faces([*cargo.groups, group_id], self._deciding.same)

    @Slot(object, object)
    def carry_to_page(self, cargo: Cargo, page: PageKey) -> None:
        """Do what letting go of tiles on a row of the sidebar means."""
        match page[0]:
            case "people" if cargo.faces:
                self._verbs.move(cargo.faces)
            case "people" if cargo.groups:
                self._verbs.with_group_faces(cargo.groups, self._verbs.ask_group_name)
            case "groups" if cargo.faces:
                self._part(cargo)
            case "hidden" if cargo.faces:
                self._deciding.hide(cargo.faces, HideReason.STRANGER)
            case "hidden" if cargo.groups:
                self._verbs.with_group_faces(cargo.groups, lambda ids: self._deciding.hide(ids, HideReason.STRANGER))

    def _part(self, cargo: Cargo) -> None:
        if cargo.page == self._pages.key and (self._pages.person_id or self._pages.group_id):
            self._verbs.split(cargo.faces)
        else:
            self._deciding.split(cargo.faces, [])


def _split(deciding: Deciding, face_ids: list[int]) -> None:
    deciding.split(face_ids, [])
