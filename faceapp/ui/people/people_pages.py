"""The pages of people and groups: their headers, the panel beside them, dragging, their menus."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from faceapp.types import IdArray
from faceapp.types_people import PersonFaces
from faceapp.ui.navigation import Navigation
from faceapp.ui.page_content import GROUP_ORDERS, PEOPLE_ORDERS, PERSON_ORDERS
from faceapp.ui.pages import Pages
from faceapp.ui.people import menus
from faceapp.ui.people.asking import Asking
from faceapp.ui.people.carrying import Carrying
from faceapp.ui.people.deciding import Deciding
from faceapp.ui.people.introducing import Introducing
from faceapp.ui.people.verbs import PeopleVerbs
from faceapp.ui.pixmaps import PixmapCache
from faceapp.ui.session import Overview, Session
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import group_tile
from faceapp.ui.viewing import Viewing
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.page_header import PageHeader
from faceapp.ui.widgets.side_panel import SidePanel
from faceapp.ui.widgets.sidebar import PageKey, Sidebar

_US_A_YEAR: Final = "datetime64[Y]"


class PeoplePages(QObject):
    """Keeps ``header`` above the grid and ``side`` beside it in step with the page. GUI thread only."""

    review_requested = Signal(object)  # person id
    why_requested = Signal(object)  # face id
    search_requested = Signal(object)  # face id
    name_requested = Signal()  # of faces: the same as everywhere

    def __init__(
        self,
        window: QWidget,
        *,
        grid: TileGrid,
        sidebar: Sidebar,
        header: PageHeader,
        side: SidePanel,
        pages: Pages,
        navigation: Navigation,
        viewing: Viewing,
        deciding: Deciding,
        session: Session,
        pixmaps: PixmapCache,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._grid = grid
        self.header = header
        self.side = side
        self._pages = pages
        self._navigation = navigation
        self._session = session
        self.asking = Asking(window, deciding, session, pixmaps)
        self.verbs = PeopleVerbs(
            self, grid=grid, pages=pages, deciding=deciding, asking=self.asking, session=session, tasks=tasks
        )
        self.carrying = Carrying(
            self, grid=grid, sidebar=sidebar, pages=pages, verbs=self.verbs, asking=self.asking, deciding=deciding
        )
        self._introducing = Introducing(side.person, self.asking, pages, session, pixmaps, tasks, self)
        self._connect_views(sidebar)
        self._connect_parts(viewing)

    def _connect_views(self, sidebar: Sidebar) -> None:
        grid, pages = self._grid, self._pages
        grid.typed.connect(self._type)
        grid.selection_changed.connect(self._on_selection)
        grid.current_changed_item.connect(self._on_selection)
        grid.verticalScrollBar().valueChanged.connect(self._show_year)
        pages.shown.connect(self._on_shown)
        pages.answered.connect(self._show_parts)
        self._navigation.stack_shown.connect(self._show_parts)
        self._session.overview_changed.connect(partial(self._on_overview, sidebar))

    def _connect_parts(self, viewing: Viewing) -> None:
        people, person, group, panel = self.header.people, self.header.person, self.header.group, self.side.person
        viewing.menu_wanted.connect(self._fill_menu)
        people.filtered.connect(self._pages.set_filter)
        for header in (people, person, group):
            header.sorted.connect(self._pages.set_order)
        person.renamed.connect(self._rename)
        person.year_chosen.connect(self._go_to_year)
        person.photos_toggled.connect(self._show_photos)
        person.review_requested.connect(self._review)
        group.name_requested.connect(self.verbs.name)
        group.split_requested.connect(self._split)
        panel.open_requested.connect(self._navigation.show_person)
        panel.open_group_requested.connect(self._open_group)
        panel.review_requested.connect(self.review_requested)
        panel.born_requested.connect(self.verbs.ask_born)
        panel.face_clicked.connect(self.search_requested)
        panel.named.connect(self.verbs.name_group)
        panel.merge_requested.connect(self.verbs.merge)
        self.side.inspector.confirm_requested.connect(self._confirm)
        self.side.inspector.reject_requested.connect(self._reject)

    # What is shown

    @Slot(object)
    def _on_shown(self, key: PageKey) -> None:
        content = self._pages.content
        gone = (key[0] == "person" and content.person is None) or (key[0] == "group" and content.group is None)
        if gone:
            self._navigation.show_page(("people",) if key[0] == "person" else ("groups",))
            return
        order = self._pages.order()
        if key[0] == "people":
            self.header.people.show_people(len(content.people), len(content.groups))
            self.header.people.order.set_choice(order or PEOPLE_ORDERS[0])
        elif key[0] == "groups":
            self.header.people.show_groups(len(content.groups))
        elif content.person is not None and content.faces is not None:
            photos = content.kind == "photo"
            self.header.person.show_person(content.person, years_of(content.faces), photos=photos)
            self.header.person.order.set_choice(order or PERSON_ORDERS[0])
            self._show_year()
        elif content.group is not None:
            self.header.group.show_group(content.group)
            self.header.group.order.set_choice(order or GROUP_ORDERS[0])
        self._show_parts()
        self._on_selection()

    @Slot()
    def _show_parts(self) -> None:
        """Show the header of the page, and the panel that fits: who somebody is, or the photo of the chosen face."""
        page = self._pages.key[0] if not self._pages.answering else ""
        headers: dict[str, QWidget] = {
            "people": self.header.people,
            "groups": self.header.people,
            "person": self.header.person,
            "group": self.header.group,
        }
        shown = headers.get(str(page))
        # Nothing to say of an empty page: the words in the grid say it all.
        self.header.setVisible(shown is not None and bool(len(self._pages.content.ids)))
        if shown is not None:
            self.header.setCurrentWidget(shown)
        self.side.show_person(self._is_about_people())

    def _is_about_people(self) -> bool:
        pages = self._pages
        if pages.answering:
            return False
        if pages.key[0] in ("people", "groups"):
            return True
        return pages.key[0] in ("person", "group") and not self._grid.selected_runs()

    @Slot()
    def _on_selection(self) -> None:
        if self._pages.answering or not self._session.is_open:
            return
        chosen = self.verbs.chosen()
        if self._pages.key[0] in ("people", "groups"):
            tiles = self._grid.selected_ids()
            if len(tiles) > 1:
                self._introducing.show_several(tiles)
            else:
                self._introducing.show(tiles[0] if tiles else None)
        elif self._pages.person_id is not None:
            self._introducing.show(self._pages.person_id)
        elif self._pages.group_id is not None:
            self.header.group.set_selected(len(chosen.faces))
            self._introducing.show(group_tile(self._pages.group_id))
        self._show_parts()

    def _on_overview(self, sidebar: Sidebar, overview: Overview) -> None:
        sidebar.set_people_counts(overview.groups, overview.to_review, overview.hidden)

    # The timeline

    @Slot()
    def _show_year(self) -> None:
        """Mark the year of the faces that are on screen."""
        faces, row = self._pages.content.faces, self._grid.first_row()
        newest = faces is not None and self._pages.content.odd is None
        if faces is None or not newest or not 0 <= row < len(faces.shown_us) or self._grid.tiles.kind != "face":
            self.header.person.timeline.set_current(None)
        else:
            self.header.person.timeline.set_current(int(_years(faces.shown_us[row : row + 1])[0]))

    @Slot(int)
    def _go_to_year(self, year: int) -> None:
        faces = self._pages.content.faces
        if faces is None:
            return
        if self._pages.content.odd is not None:
            self._pages.set_order("newest")
            return
        rows = np.flatnonzero(_years(faces.shown_us) == year)
        if len(rows):
            self._grid.scrollTo(self._grid.tiles.index(int(rows[0])), self._grid.ScrollHint.PositionAtTop)
            self.header.person.timeline.set_current(year)  # the row may begin with faces of the year after

    # What was asked

    @Slot()
    def name(self) -> None:
        """Ask who the selected groups are, or on the page of a group its faces; else who the selected faces are."""
        whole = self._pages.group_id is not None and not self.verbs.chosen().faces
        if self._pages.shows_people or whole:
            self.verbs.name()
        else:
            self.name_requested.emit()

    @Slot(str)
    def _rename(self, name: str) -> None:
        if self._pages.person_id is not None:
            self.verbs.rename(self._pages.person_id, name)

    @Slot(bool)
    def _show_photos(self, photos: bool) -> None:
        if self._pages.person_id is not None:
            person: PageKey = ("person", self._pages.person_id)
            self._navigation.show_page((*person, "photos") if photos else person)

    @Slot()
    def _review(self) -> None:
        self.review_requested.emit(self._pages.person_id)

    @Slot()
    def _split(self) -> None:
        if self.verbs.chosen().faces:
            self.verbs.split()
        else:
            self.verbs.look_for_odd_ones()

    @Slot(object)
    def _open_group(self, group_id: int) -> None:
        self._navigation.show_page(("group", group_id))

    @Slot(object)
    def _confirm(self, face_id: int) -> None:
        self.verbs.confirm([face_id])

    @Slot(object)
    def _reject(self, face_id: int) -> None:
        self.verbs.reject([face_id])

    @Slot(str)
    def _type(self, text: str) -> None:
        """Letters typed on the page of people filter it."""
        header = self.header.people
        if self._pages.key == ("people",) and header.filter.isVisible():
            header.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            header.filter.setText(text)

    @Slot(object, object)
    def _fill_menu(self, menu: QMenu, item_id: int) -> None:
        kind = self._grid.tiles.kind
        if kind == "person":
            only = len(self._grid.selected_ids()) == 1
            if only:
                menu.addAction(self.tr("&Open"), partial(self._navigation.open_tile, item_id))
            menus.add_people(menu, self.verbs)
            person = self.asking.person(item_id) if item_id > 0 and only else None
            if person is not None and person.suggested:
                menu.addAction(self.tr("Re&view"), partial(self.review_requested.emit, person.id))
        elif kind == "face":
            menus.add_faces(menu, self.verbs, self._pages, self._grid.tiles.details(item_id))
            menu.addAction(self.tr("&Why…"), partial(self.why_requested.emit, item_id))
        else:
            menus.add_photos(menu, self.verbs)


def years_of(faces: PersonFaces) -> dict[int, int]:
    """Return how many faces of a person there are in each year."""
    years, counts = np.unique(_years(faces.shown_us), return_counts=True)
    return dict(zip(years.tolist(), counts.tolist(), strict=True))


def _years(shown_us: IdArray) -> IdArray:
    return np.asarray(shown_us, np.int64).astype("datetime64[us]").astype(_US_A_YEAR).astype(np.int64) + 1970
