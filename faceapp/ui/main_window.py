"""The window: lays the parts out and connects what happens in one to what the others show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from faceapp.ports import Services
from faceapp.ui import about, commands, drops, judging, theme
from faceapp.ui.calibrating import Calibrating
from faceapp.ui.evaluating import Evaluating, Judge
from faceapp.ui.inspection import Inspection
from faceapp.ui.intake import Intake
from faceapp.ui.leaning import Leaning
from faceapp.ui.mending import Mending
from faceapp.ui.modelling import Modelling
from faceapp.ui.navigation import Navigation
from faceapp.ui.pages import Pages, details_of
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.query import Query
from faceapp.ui.reading import Reading
from faceapp.ui.searching import Searching
from faceapp.ui.session import Overview, Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.tiles import TileModel
from faceapp.ui.viewing import Viewing
from faceapp.ui.watching import Watching
from faceapp.ui.widgets.evaluate_page import EvaluatePage
from faceapp.ui.widgets.first_start import FirstStart
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.inspector import Inspector
from faceapp.ui.widgets.match_bar import MatchBar
from faceapp.ui.widgets.models_page import ModelsPage
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.problems import ProblemList
from faceapp.ui.widgets.sidebar import Sidebar
from faceapp.ui.widgets.status_strip import StatusStrip
from faceapp.ui.widgets.top_bar import TopBar
from faceapp.ui.widgets.viewer import Viewer

_STEP = 0.01  # cosine, one key press of "stricter" or "wider"


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
        self.query = Query(self.tasks, self, leaning=Leaning(settings))
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
        self.inspection = Inspection(self.inspector, self.pixmaps, self.query, self.session, self.tasks, self)
        self.reading = Reading(self, self.session, self.sidebar, self.status, self.notice)
        self.calibrating = Calibrating(self.session, self.query, self)
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
            inspector=self.inspector,
            pages=self.pages,
            query=self.query,
            searching=self.searching,
            inspection=self.inspection,
            viewing=self.viewing,
            mending=self.mending,
            session=self.session,
            tools={
                ("models",): (self.models_page, self.modelling.load),
                ("evaluate",): (self.evaluate_page, self._nothing_to_read),
            },
        )
        self.actions_by_id = commands.install(self, self._handlers())
        actions = self.actions_by_id
        self.problems.set_actions(
            **{name: actions[name] for name in ("retry", "ignore", "retry_all")}, show=actions["show_in_folder"]
        )
        self._connect()
        self._restore()

    # Parts

    def _build(self) -> None:
        self.top_bar = TopBar()
        self.sidebar = Sidebar()
        self.notice = NoticeBar()
        self.match_bar = MatchBar()
        self.grid = TileGrid(TileModel(self.pixmaps, self.tasks, partial(details_of, self.session), self))
        self.first_start = FirstStart()
        self.problems = ProblemList()
        self.models_page = ModelsPage()
        self.evaluate_page = EvaluatePage()
        self.inspector = Inspector()
        self.status = StatusStrip()
        self._content = QWidget()
        column = _column(self._content)
        column.addWidget(self.match_bar)
        column.addWidget(self.grid, 1)
        self._stack = QStackedWidget()
        for page in (self._content, self.first_start, self.problems, self.models_page, self.evaluate_page):
            self._stack.addWidget(page)
        centre = QWidget()
        column = _column(centre)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(centre, 1)
        row.addWidget(self.inspector)
        whole = QWidget()
        column = _column(whole)
        column.addWidget(self.top_bar)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.viewer = Viewer(self.tasks, whole)
        self.viewer.hide()
        self.match_bar.hide()
        self.notice.hide()
        self.inspector.hide()

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._on_opened)
        session.open_failed.connect(self._on_open_failed)
        session.overview_changed.connect(self._on_overview)
        session.photos_saved.connect(self._on_photos_saved)
        self.tasks.crashed.connect(self._on_crash)
        self.reading.changed.connect(self._on_reading)
        self.intake.folders_arrived.connect(self.reading.add)
        self.intake.refused.connect(self.notice.show_notice)
        self.intake.working.connect(self.status.show_message)
        self.searching.refused.connect(self.notice.show_notice)
        self.searching.changed.connect(self._update_actions)
        self.searching.said.connect(self.status.show_message)
        self.inspection.changed.connect(self._update_actions)
        self.mending.said.connect(self.status.show_message)
        self.modelling.said.connect(self.status.show_message)
        self.modelling.switching.connect(self.searching.close)
        self.models_page.comparison.face_clicked.connect(self.searching.search_face)
        self.evaluating.said.connect(self.status.show_message)
        self.problems.selection_changed.connect(self._update_actions)
        self.pixmaps.loaded.connect(self._on_pixmap)

        self.top_bar.add_folder_requested.connect(self.reading.choose)
        self.top_bar.open_query_requested.connect(self.choose_picture)
        self.top_bar.person_chosen.connect(self.navigation.show_person)
        self.first_start.use_pictures_requested.connect(self.reading.add_pictures)
        self.first_start.choose_requested.connect(self.reading.choose)
        self.reading.problems_requested.connect(self.navigation.show_problems)
        self.problems.activated.connect(self.viewing.show_in_folder)
        self.grid.dropped.connect(self.intake.take)
        self.inspector.face_clicked.connect(self.searching.search_face)
        self.inspector.name_requested.connect(self._name_face)

    def _handlers(self) -> dict[str, Callable[..., object]]:
        return {
            "add_folder": self.reading.choose,
            "rescan": self.reading.rescan,
            "retry_all": self.mending.retry_all,
            "pause": self.reading.set_paused,
            "gentle": self.reading.set_gentle,
            "cancel_scan": self.session.cancel_scan,
            "show_in_folder": self.navigation.show_in_folder,
            "quit": self.close,
            "paste": self.paste,
            "select_all": self.navigation.select_all,
            "name": self.searching.name_these,
            "retry": self.mending.retry_selected,
            "ignore": self.mending.ignore_selected,
            "open_query": self.choose_picture,
            "find_person": self.top_bar.focus_search,
            "search_face": self._search_current,
            "add_face": partial(self._search_current, add=True),
            "stricter": partial(self.searching.step, _STEP),
            "wider": partial(self.searching.step, -_STEP),
            "stricter_mark": partial(self.searching.step_mark, True),
            "wider_mark": partial(self.searching.step_mark, False),
            "below": self.searching.set_below,
            "close_query": self.searching.close,
            "photos": partial(self.navigation.show_page, ("photos",)),
            "faces": partial(self.navigation.show_page, ("faces",)),
            "people": partial(self.navigation.show_page, ("people",)),
            "problems": self.navigation.show_problems,
            "models": partial(self.navigation.show_page, ("models",)),
            "evaluate": partial(self.navigation.show_page, ("evaluate",)),
            "open_viewer": self.viewing.open_current,
            "zoom_in": self.grid.zoom_in,
            "zoom_out": self.grid.zoom_out,
            "inspector": self.navigation.set_inspector_wanted,
            "scheme_system": partial(self._set_scheme, "system"),
            "scheme_light": partial(self._set_scheme, "light"),
            "scheme_dark": partial(self._set_scheme, "dark"),
            "about": partial(about.show, self),
        }

    def _restore(self) -> None:
        actions = self.actions_by_id
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
        self._update_actions()

    @Slot()
    def _update_actions(self) -> None:
        """Switch off what makes no sense now."""
        actions, opened, scanning = self.actions_by_id, self.session.is_open, self.session.scanning is not None
        face = self.inspection.face_id is not None
        for name in ("add_folder", "rescan", "paste", "open_query"):
            actions[name].setEnabled(opened)
        for name in ("pause", "cancel_scan"):
            actions[name].setEnabled(scanning)
        for name in ("stricter", "wider", "stricter_mark", "wider_mark", "below", "close_query"):
            actions[name].setEnabled(self.query.active)
        actions["below"].setChecked(self.pages.shows_below)
        actions["pause"].setChecked(self.session.paused)
        actions["search_face"].setEnabled(face)
        actions["add_face"].setEnabled(face and self.query.active)
        actions["name"].setEnabled(opened and self.grid.tiles.kind == "face" and self.grid.tiles.rowCount() > 0)
        chosen = self.problems.selected() if self.navigation.shows_problems else []
        for name in ("retry", "ignore"):
            actions[name].setEnabled(bool(chosen))
        overview = self.session.overview
        actions["retry_all"].setEnabled(overview is not None and overview.counts.failed > 0)
        actions["gentle"].setChecked(self.session.gentle)
        actions["show_in_folder"].setEnabled(len(chosen) == 1 or self.inspection.photo is not None)

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
        self._update_actions()

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
        self.top_bar.set_people(list(overview.people))
        self._update_actions()

    @Slot()
    def _on_reading(self) -> None:
        self.navigation.show_stack()
        self._update_actions()

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

    # What the menus do

    def _search_current(self, *, add: bool = False) -> None:
        if self.inspection.face_id is not None:
            self.searching.search_face(self.inspection.face_id, add=add)

    @Slot(object)
    def _name_face(self, face_id: int) -> None:
        self.searching.name_faces([face_id])

    @Slot()
    def choose_picture(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Search with a picture"))
        if chosen:
            self.intake.take_paths([Path(path) for path in chosen])

    @Slot()
    def paste(self) -> None:
        self.intake.take(QGuiApplication.clipboard().mimeData())

    def _set_scheme(self, scheme: theme.Scheme) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self.actions_by_id[f"scheme_{scheme}"].setChecked(True)
        if self._settings is not None:
            self._settings.setValue("window/scheme", scheme)

    # Events of the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if drops.accepts(event.mimeData()):
            event.acceptProposedAction()
            self.first_start.set_drag_active(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.first_start.set_drag_active(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.first_start.set_drag_active(False)
        event.acceptProposedAction()
        self.intake.take(event.mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.searching.adding:
            self.searching.set_adding(False)
        elif event.key() == Qt.Key.Key_Escape and self.query.active:
            self.searching.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._settings is not None:
            self._settings.setValue("window/geometry", self.saveGeometry())
            self._settings.setValue("reading/gentle", self.session.gentle)
        self.hide()  # at once, while the photos in flight are finished
        self.watching.close()
        for worker in (self.calibrating, self.modelling, self.evaluating):
            worker.close()
        self.session.close()
        super().closeEvent(event)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
