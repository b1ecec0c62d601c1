"""Going from page to page: which one is shown, what a click in the grid does, what the panel looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from faceapp.ui.inspection import Inspection
from faceapp.ui.mending import Mending
from faceapp.ui.pages import Pages
from faceapp.ui.query import Query
from faceapp.ui.searching import Searching
from faceapp.ui.session import Overview, Session
from faceapp.ui.tile import group_tile
from faceapp.ui.viewing import Viewing
from faceapp.ui.widgets.first_start import FirstStart
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.problems import ProblemList
from faceapp.ui.widgets.sidebar import PageKey, Sidebar


class Navigation(QObject):
    """Switches between the welcome, the grid, the problems and the pages of the Tools menu. GUI thread only.

    ``tools`` are the latter by key, each with what fills it. ``inspector`` is whatever stands beside the grid.
    """

    stack_shown = Signal()  # which page is shown was settled

    def __init__(
        self,
        window: QWidget,
        *,
        stack: QStackedWidget,
        content: QWidget,
        first_start: FirstStart,
        problems: ProblemList,
        sidebar: Sidebar,
        grid: TileGrid,
        inspector: QWidget,
        pages: Pages,
        query: Query,
        searching: Searching,
        inspection: Inspection,
        viewing: Viewing,
        mending: Mending,
        session: Session,
        tools: Mapping[PageKey, tuple[QWidget, Callable[[], object]]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._stack = stack
        self._content = content
        self._first_start = first_start
        self._problems = problems
        self._sidebar = sidebar
        self._grid = grid
        self._beside = inspector
        self._pages = pages
        self._query = query
        self._searching = searching
        self._inspection = inspection
        self._viewing = viewing
        self._mending = mending
        self._session = session
        self._tools = tools
        self._overview: Overview | None = None
        self._inspector_wanted = True
        sidebar.page_chosen.connect(self.show_page)
        grid.clicked_item.connect(self._on_clicked)
        grid.activated_item.connect(self._on_activated)
        grid.current_changed_item.connect(self._on_current)
        query.answered.connect(self.show_stack)  # after ``searching`` has put the matches into the grid
        searching.started.connect(self._on_query_started)
        searching.ended.connect(self._on_query_ended)
        session.overview_changed.connect(self._on_overview)
        session.content_changed.connect(self.refresh)

    @Slot(object)
    def show_page(self, key: PageKey) -> None:
        """Show photos, faces, people, groups, problems, a folder, a person or another page."""
        if self._query.active and not self._searching.adding:
            self._searching.close()
        self._pages.key = key
        self._sidebar.set_current(key)
        self._inspection.clear()
        self._session.prefer(int(str(key[1])) if key[0] == "folder" else None)
        self._fill()
        self.show_stack()

    def _fill(self, *, keep: bool = False) -> None:
        """Read what the page shows; ``keep`` brings it up to date without losing one's place."""
        key = self._pages.key
        if key == ("problems",) or key in self._tools:
            self._pages.answering = False
            (self._tools[key][1] if key in self._tools else self._mending.load)()
        elif self._session.is_open:
            self._pages.show(key, keep=keep)

    def show_opened(self) -> None:
        """Fill the page: the library is open, or open again."""
        self._fill()
        self.show_stack()

    @property
    def shows_problems(self) -> bool:
        return self._stack.currentWidget() is self._problems

    @Slot()
    def show_problems(self) -> None:
        self.show_page(("problems",))

    def show_in_folder(self) -> None:
        """Show the file of the problem or the photo that is chosen in its folder."""
        if self.shows_problems:
            for problem in self._problems.selected()[:1]:
                self._viewing.show_in_folder(problem.photo_id)
        else:
            self._viewing.show_current_in_folder()

    def select_all(self) -> None:
        if self.shows_problems:
            self._problems.select_all()
        else:
            self._grid.selectAll()

    @Slot(object)
    def show_person(self, person_id: int) -> None:
        self.show_page(("person", person_id))

    @Slot(bool)
    def set_inspector_wanted(self, wanted: bool) -> None:
        """Show the panel on the right wherever the grid is shown, or nowhere."""
        self._inspector_wanted = wanted
        self.show_stack()

    @Slot()
    def show_stack(self) -> None:
        """Show the page that fits: the welcome while there is no folder and no search."""
        unused = self._overview is not None and not self._overview.folders and self._session.scanning is None
        shown = self._content
        if not self._pages.answering:
            if self._pages.key in self._tools:
                shown = self._tools[self._pages.key][0]
            elif unused and not self._query.active:
                shown = self._first_start
            elif self._pages.key == ("problems",):
                shown = self._problems
        before = self._stack.currentWidget()
        if shown is not before:
            self._stack.setCurrentWidget(shown)
            if shown is self._first_start:
                self._window.setFocus()  # no button is in focus until the keyboard is used
            elif before is self._first_start and shown is self._content:
                self._grid.setFocus()  # else the search field is next, and opens its list
        self._beside.setVisible(self._inspector_wanted and shown is self._content and self._overview is not None)
        self.stack_shown.emit()

    @Slot()
    def refresh(self) -> None:
        """Bring what is shown up to date with the library."""
        if self._query.active:
            self._query.refresh()
        if not self._pages.answering:
            self._fill(keep=True)
        self._inspection.refresh()

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        self._overview = overview
        self.show_stack()

    @Slot()
    def _on_query_started(self) -> None:
        self._viewing.close()
        self.show_stack()

    @Slot()
    def _on_query_ended(self) -> None:
        if self._pages.answering and self._session.is_open:
            self._fill()
        self.show_stack()

    @Slot(object)
    def _on_current(self, item_id: int | None) -> None:
        if item_id is not None and self._session.is_open and not self._pages.shows_people:
            self._inspection.show(self._grid.tiles.kind, item_id)

    @Slot(object)
    def _on_clicked(self, item_id: int) -> None:
        """A click on a face looks for it; among matches and on pages that sort faces it only chooses."""
        if self._grid.tiles.kind != "face":
            return
        if self._searching.adding or not (self._pages.answering or self._pages.chooses):
            self._searching.search_face(item_id)

    @Slot(object)
    def _on_activated(self, item_id: int) -> None:
        if self._pages.shows_people:
            self.open_tile(item_id)
        else:
            self._viewing.open(item_id)

    def open_tile(self, tile_id: int) -> None:
        """Show the page of a person or group."""
        self.show_page(("person", tile_id) if tile_id > 0 else ("group", group_tile(tile_id)))
