"""The window: lays the parts out and connects what happens in one to what the others show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QMainWindow,
)

from faceapp.ports import Services
from faceapp.ui import drops, judging, wiring
from faceapp.ui.acting import Acting
from faceapp.ui.albums import Albums
from faceapp.ui.calibrating import Calibrating
from faceapp.ui.closing import Closing
from faceapp.ui.evaluating import Evaluating, Judge
from faceapp.ui.exporting import Exporting
from faceapp.ui.filtering import Filtering
from faceapp.ui.finding import Finding
from faceapp.ui.first_minutes import FirstMinutes
from faceapp.ui.inspection import Inspection
from faceapp.ui.intake import Intake
from faceapp.ui.laying_out import lay_out
from faceapp.ui.leaning import Leaning
from faceapp.ui.mending import Mending
from faceapp.ui.modelling import Modelling
from faceapp.ui.navigation import Navigation
from faceapp.ui.pages import Pages, details_of
from faceapp.ui.palette import Palette
from faceapp.ui.people.deciding import Deciding
from faceapp.ui.people.explaining import Explaining
from faceapp.ui.people.grouping import Grouping
from faceapp.ui.people.people_pages import PeoplePages
from faceapp.ui.people.regrouping import AskingToRegroup
from faceapp.ui.people.remembering import Remembering
from faceapp.ui.people.reviewing import Reviewing
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.preferences import Preferences
from faceapp.ui.query import Query
from faceapp.ui.reading import Reading
from faceapp.ui.sampling import Sampling
from faceapp.ui.searching import Searching
from faceapp.ui.session import Overview, Session, sentence
from faceapp.ui.sizing import Sizing
from faceapp.ui.taking_out import TakingOut
from faceapp.ui.tasks import Tasks
from faceapp.ui.tiles import TileModel
from faceapp.ui.type_ahead import TypeAhead
from faceapp.ui.viewing import Viewing
from faceapp.ui.watching import Watching
from faceapp.ui.widgets.evaluate_page import EvaluatePage
from faceapp.ui.widgets.filter_bar import FilterBar
from faceapp.ui.widgets.filter_panel import FilterPanel
from faceapp.ui.widgets.first_start import FirstStart
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.history_page import HistoryPage
from faceapp.ui.widgets.inspector import Inspector
from faceapp.ui.widgets.match_bar import MatchBar
from faceapp.ui.widgets.models_page import ModelsPage
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.page_header import PageHeader
from faceapp.ui.widgets.problems import ProblemList
from faceapp.ui.widgets.review_page import ReviewPage
from faceapp.ui.widgets.side_panel import SidePanel
from faceapp.ui.widgets.sidebar import Sidebar
from faceapp.ui.widgets.status_strip import StatusStrip
from faceapp.ui.widgets.top_bar import TopBar
from faceapp.ui.widgets.viewer import Viewer


class MainWindow(QMainWindow):
    """Faceapp's one window. ``open_services`` is called on a worker by ``start``; ``given`` folders are then read.

    ``settings`` keeps geometry and colours between starts; None keeps nothing.
    """

    def __init__(
        self,
        open_services: Callable[[], Services],
        *,
        given: Sequence[Path] = (),
        settings: QSettings | None = None,
        judge: Judge = judging.judge,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Faceapp")
        self.setAcceptDrops(True)
        self._settings = settings
        self._given = list(given)
        self.tasks = Tasks(self)
        self.session = Session(open_services, self.tasks, self)
        self.leaning = Leaning(settings)
        self.query = Query(self.tasks, self, leaning=self.leaning)
        self.intake = Intake(self.session, self.tasks, self)
        self.pixmaps = PixmapCache(self.session, self.tasks, parent=self)
        self._build()
        self.pages = Pages(self.grid, self.query, self.session, self.tasks, self)
        self.searching = Searching(
            self,
            bar=self.match_bar,
            grid=self.grid,
            query=self.query,
            pages=self.pages,
            intake=self.intake,
            session=self.session,
            pixmaps=self.pixmaps,
            tasks=self.tasks,
        )
        self.filtering = Filtering(self)
        self.inspection = Inspection(self.inspector, self.pixmaps, self.query, self.session, self.tasks, self)
        self.reading = Reading(self, self.session, self.sidebar, self.status, self.notice, self.tasks)
        self.calibrating = Calibrating(self.session, self.query, self)
        self.deciding = Deciding(self, self.session)
        self.grouping = Grouping(self.session, self)
        self.regrouping = AskingToRegroup(self, self.grouping)
        self.reviewing = Reviewing(self.review_page, self.session, self.pixmaps, self.tasks, self)
        self.explaining = Explaining(self, self.session, self.pixmaps, self.tasks)
        self.remembering = Remembering(self.history_page, self.session, self.tasks, self)
        self.watching = Watching(self.session, self.tasks, self)
        self.mending = Mending(self.problems, self.notice, self.session, self.tasks, self)
        self.modelling = Modelling(self, self.models_page, self.session, self.pixmaps, self.tasks)
        self.evaluating = Evaluating(self, self.evaluate_page, self.session, judge)
        self.viewing = Viewing(
            self,
            viewer=self.viewer,
            grid=self.grid,
            inspector=self.inspector,
            inspection=self.inspection,
            searching=self.searching,
            pages=self.pages,
            session=self.session,
            pixmaps=self.pixmaps,
            tasks=self.tasks,
        )
        self.navigation = Navigation(
            self,
            stack=self._stack,
            content=self._content,
            first_start=self.first_start,
            problems=self.problems,
            sidebar=self.sidebar,
            grid=self.grid,
            inspector=self.side,
            pages=self.pages,
            query=self.query,
            searching=self.searching,
            inspection=self.inspection,
            viewing=self.viewing,
            mending=self.mending,
            session=self.session,
            tools={
                ("review",): (self.review_page, self.reviewing.load),
                ("history",): (self.history_page, self.remembering.load),
                ("models",): (self.models_page, self.modelling.load),
                ("evaluate",): (self.evaluate_page, self._nothing_to_read),
            },
        )
        self.people_pages = PeoplePages(
            self,
            grid=self.grid,
            sidebar=self.sidebar,
            header=self.page_header,
            side=self.side,
            pages=self.pages,
            navigation=self.navigation,
            viewing=self.viewing,
            deciding=self.deciding,
            session=self.session,
            pixmaps=self.pixmaps,
            tasks=self.tasks,
        )
        self.albums = Albums(self)
        self.finding = Finding(self, settings)
        self.command_palette = Palette(self, settings)
        self.exporting = Exporting(self)
        self._connect()
        self.closing = Closing(self, settings)
        self.taking_out = TakingOut(self)
        self.sizing = Sizing(self, settings)
        self.type_ahead = TypeAhead(self)
        self.sampling = Sampling(self)
        self.first_minutes = FirstMinutes(self, settings)
        self.preferences = Preferences(self, settings)
        self.acting = Acting(self)
        self._restore()

    @property
    def actions_by_id(self) -> Mapping[str, QAction]:
        """Return the actions of the menus."""
        return self.acting.actions

    # Parts

    def _build(self) -> None:
        self.top_bar = TopBar()
        self.sidebar = Sidebar()
        self.notice = NoticeBar()
        self.match_bar = MatchBar()
        self.filter_bar = FilterBar()
        self.grid = TileGrid(TileModel(self.pixmaps, self.tasks, partial(details_of, self.session), self))
        self.first_start = FirstStart()
        self.problems = ProblemList()
        self.review_page = ReviewPage()
        self.history_page = HistoryPage()
        self.models_page = ModelsPage()
        self.evaluate_page = EvaluatePage()
        self.inspector = Inspector()
        self.page_header = PageHeader()
        self.side = SidePanel(self.inspector)
        self.status = StatusStrip()
        self._stack, self._content, whole = lay_out(self)
        self.filter_panel = FilterPanel(self)
        self.viewer = Viewer(self.tasks, whole)
        for part in (self.viewer, self.match_bar, self.filter_bar, self.notice, self.side):
            part.hide()

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._on_opened)
        session.open_failed.connect(self._on_open_failed)
        session.overview_changed.connect(self._on_overview)
        session.photos_saved.connect(self._on_photos_saved)
        self.tasks.crashed.connect(self._on_crash)
        self.pixmaps.loaded.connect(self._on_pixmap)
        self.people_pages.why_requested.connect(self.why)
        self.people_pages.review_requested.connect(self._review)
        self.top_bar.open_query_requested.connect(self._choose_picture)
        self.inspector.name_requested.connect(self._name_face)
        wiring.connect(self)

    def _restore(self) -> None:
        actions = self.acting.actions
        actions["open_viewer"].setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # Enter belongs to the grid
        actions["inspector"].setChecked(True)
        self.resize(1440, 900)
        scheme = "system"
        if self._settings is not None:
            scheme = str(self._settings.value("window/scheme", scheme))
            actions["gentle"].setChecked(bool(self._settings.value("reading/gentle", False, type=bool)))
            if geometry := self._settings.value("window/geometry"):
                self.restoreGeometry(geometry)
        actions.get(f"scheme_{scheme}", actions["scheme_system"]).trigger()
        self.inspector.clear()
        self.grid.setFocus()
        self.grid.set_empty(self.tr("Opening the library…"))
        self.acting.update()

    # The library

    def start(self) -> None:
        """Open the library; the window shows already."""
        self.session.open()

    @Slot()
    def _on_opened(self) -> None:
        self.searching.set_services()
        self.pixmaps.clear()  # what was asked for while no library was open is not missing
        self.navigation.show_opened()
        self.reading.add(self._given)
        self._given = []

    def _nothing_to_read(self) -> None:
        """The page keeps what it shows."""

    @Slot(object)
    def _on_open_failed(self, error: Exception) -> None:
        self.navigation.show_page(("photos",))
        self.grid.set_empty(self.tr("This library cannot be opened"), sentence(error), "warning")
        self.status.set_idle(self.tr("No library is open"))
        self.top_bar.setEnabled(False)
        self.sidebar.setEnabled(False)

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        self.pages.set_overview(overview)
        self.searching.set_overview(overview)

    @Slot(object)
    def _on_photos_saved(self, photo_ids: list[int]) -> None:
        for photo_id in photo_ids:
            self.pixmaps.invalidate(("photo", photo_id))

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        """The viewer asked for a thumbnail that was not at hand."""
        pixmap = self.pixmaps.get(key)
        if key[0] == "photo" and pixmap is not None:
            self.viewer.put_thumbnail(key[1], pixmap)

    @Slot(object)
    def _on_crash(self, error: Exception) -> None:
        self.notice.show_notice("error", sentence(error))

    @Slot(object)
    def _name_face(self, face_id: int) -> None:
        self.searching.name_faces([face_id])

    @Slot(object)
    def why(self, face_id: int) -> None:
        """Say why a face matched what is looked for, or why it has its name."""
        included = self.query.included
        probe = included[0].embedding if self.pages.answering and included else None
        self.explaining.explain(face_id, None, probe)

    @Slot(object)
    def _review(self, person_id: int | None) -> None:
        """Ask what is not known of somebody first."""
        if person_id is not None:
            self.reviewing.prefer(person_id)
        self.navigation.show_page(("review",))

    @Slot()
    def _choose_picture(self) -> None:
        self.acting.choose_picture()

    def remember(self, key: str, value: object) -> None:
        """Keep a setting of the window between starts."""
        if self._settings is not None:
            self._settings.setValue(key, value)

    # Events of the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if drops.accepts(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # a file manager would delete what it proposes to move
            event.accept()
            self.first_start.set_drag_active(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.first_start.set_drag_active(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.first_start.set_drag_active(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.intake.take(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.filter_panel.isVisible():
            self.filtering.close()
        elif event.key() == Qt.Key.Key_Escape and self.searching.adding:
            self.searching.set_adding(False)
        elif event.key() == Qt.Key.Key_Escape and self.query.active:
            self.searching.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.closing.may_close():
            event.ignore()
            return
        self.viewing.close()  # gives the full screen back
        self.remember("window/geometry", self.saveGeometry())
        self.remember("reading/gentle", self.session.gentle)
        self.hide()  # at once, while the photos in flight are finished
        self.watching.close()
        for worker in (self.calibrating, self.grouping, self.modelling, self.evaluating, self.exporting):
            worker.close()
        self.session.close()
        super().closeEvent(event)
