"""Looking for faces: from a click or a picture to chips, slider and grid, and to a name for what was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from faceapp.types import Combine
from faceapp.types_search import GroupBy, Rows
from faceapp.ui import match_words
from faceapp.ui.intake import Intake, QueryPicture
from faceapp.ui.naming_matches import NamingMatches
from faceapp.ui.one_dialog import OneDialog
from faceapp.ui.pages import Pages
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.probes import Probe, embedding_of
from faceapp.ui.query import Query
from faceapp.ui.session import Overview, Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.face_picker import FacePicker
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.match_bar import ChipData, MatchBar

_BINS = 48  # bars of the histogram, as many as fit with room to see them


class Searching(QObject):
    """Connects the query with the match bar and the grid. GUI thread only."""

    started = Signal()  # the grid shows matches from now on
    ended = Signal()  # back to the page
    changed = Signal()  # matches, threshold or selection
    refused = Signal(str, str)  # kind and sentence
    said = Signal(str)  # for the status strip
    keep_requested = Signal()  # the search as an album

    def __init__(
        self,
        window: QWidget,
        *,
        bar: MatchBar,
        grid: TileGrid,
        query: Query,
        pages: Pages,
        intake: Intake,
        session: Session,
        pixmaps: PixmapCache,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bar = bar
        self._grid = grid
        self._query = query
        self._pages = pages
        self._intake = intake
        self._session = session
        self._pixmaps = pixmaps
        self._tasks = tasks
        self._adding = False
        self._fresh = True  # the next answer belongs to another query than the one that is shown
        self._dialogs = OneDialog(self)
        self.naming = NamingMatches(
            window, self._dialogs.open, grid=grid, query=query, pages=pages, session=session, pixmaps=pixmaps
        )
        self.naming.refused.connect(self.refused)
        self.naming.said.connect(self.said)

        query.started.connect(self._on_started)
        query.probes_changed.connect(self._on_probes)
        query.searching.connect(self._on_searching)
        query.answered.connect(self._on_answer)
        query.failed.connect(self._on_failure)
        query.cut_changed.connect(self._on_cut)
        query.calibrated.connect(self._on_calibrated)
        intake.probes_ready.connect(self.start)
        intake.faces_to_choose.connect(self._choose_faces)
        bar.threshold_changed.connect(query.set_threshold)
        bar.threshold_settled.connect(query.settle)
        bar.below_toggled.connect(self.set_below)
        bar.chip_removed.connect(query.remove)
        bar.role_chosen.connect(query.set_role)
        bar.combine_changed.connect(self._set_combine)
        bar.sort_changed.connect(self._set_sort)
        bar.rows_changed.connect(self._set_rows)
        bar.parts_changed.connect(self._set_parts)
        bar.keep_requested.connect(self.keep_requested)
        bar.dropped.connect(partial(intake.take, add=True))
        bar.add_face_requested.connect(self.set_adding)
        bar.name_requested.connect(self.name_these)
        bar.closed.connect(self.close)
        grid.selection_changed.connect(self._on_selection)
        pixmaps.loaded.connect(self._on_pixmap)

    @property
    def active(self) -> bool:
        return self._query.active

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog that is open, if one is."""
        return self._dialogs.current

    @property
    def adding(self) -> bool:
        """Whether the next face that is clicked joins the query."""
        return self._adding

    def set_overview(self, overview: Overview) -> None:
        self.naming.set_people(overview.people)

    def set_services(self) -> None:
        """Take the model's thresholds; the library is open."""
        recognition = self._session.services.recognition
        self._query.set_services(self._session.services)
        self._bar.set_floor(recognition.slider_minimum)
        self._bar.set_threshold(self._query.threshold)

    # The query

    def search_face(self, face_id: int, *, add: bool = False) -> None:
        """Find every match of a face of the library, or add it to what is looked for."""
        if not self._session.is_open:
            return
        services, unnamed = self._session.services, self.tr("This face")

        def read() -> Probe | None:
            faces = services.reader.faces([face_id])
            embedding = embedding_of(services, face_id)
            if not faces or embedding is None:
                return None
            return Probe(("face", face_id), faces[0].person_name or unnamed, embedding, None)

        add = add or self._adding
        self._tasks.run(read, done=partial(self._on_probe, add), priority=2, owner=self)

    def _on_probe(self, add: bool, probe: Probe | None) -> None:
        if probe is None:
            self.refused.emit("info", self.tr("This face is being read again. Try it in a moment."))
        else:
            self.start([probe], add=add)

    @Slot(object, bool)
    def start(self, probes: list[Probe], add: bool = False) -> None:
        """Look for faces; while one is being added, they join the query."""
        add = add or self._adding
        self.set_adding(False)
        self._query.start(probes, add=add)

    @Slot()
    def _on_started(self) -> None:
        self._fresh = True

    @Slot(bool)
    def set_adding(self, adding: bool) -> None:
        """The next face that is clicked joins the query, on whichever page it is; False takes that back."""
        if adding == self._adding:
            return
        self._adding = adding
        self._bar.set_adding(adding)
        if adding:
            self.said.emit(self.tr("Click the face to add: here, on another page, or in the panel. Esc takes it back."))
        if not adding and self._query.active and not self._pages.answering:
            self._pages.show_answer()

    def close(self) -> None:
        self.set_adding(False)
        self._query.clear()

    def step(self, by: float) -> None:
        """Make the threshold stricter or wider by a cosine."""
        if self._query.active:
            floor = self._session.services.recognition.slider_minimum
            threshold = min(1.0, max(floor, round(self._query.threshold + by, 3)))
            self._bar.set_threshold(threshold)
            self._query.set_threshold(threshold)
            self._query.settle()

    def step_mark(self, stricter: bool) -> None:
        """Move the threshold to the next named one."""
        if self._query.active:
            self._bar.slider.step_mark(stricter)

    @Slot(bool)
    def set_below(self, shown: bool) -> None:
        """Show the faces just below the line after the matches, greyed, or leave them out."""
        if shown != self._pages.shows_below:
            self._pages.set_below(shown)
            self._bar.set_below_shown(shown)
            self.changed.emit()

    def _set_combine(self, combine: Combine) -> None:
        self._query.set_combine(combine)

    def _set_sort(self, sort: str) -> None:
        self._fresh = True
        self._query.set_sort(sort)

    def _set_rows(self, rows: Rows) -> None:
        self._fresh = True
        self._query.set_rows(rows)

    def _set_parts(self, parts: GroupBy) -> None:
        self._fresh = True
        self._query.set_group_by(parts)

    @Slot()
    def _on_probes(self) -> None:
        query = self._query
        chips = [
            ChipData(probe.key, self._pixmap_of(probe), probe.label, probe.role, probe.embedding is not None)
            for probe in query.probes
        ]
        self._bar.set_combine(query.combine)
        self._bar.set_view(query.sort, query.row_kind, query.group_by)
        self._bar.set_query(chips)
        self._bar.setVisible(bool(chips))
        if chips:
            self.started.emit()
        else:
            self._fresh = True
            self.ended.emit()
        self.changed.emit()

    def _pixmap_of(self, probe: Probe) -> QPixmap | None:
        if probe.pixmap is not None or probe.face_id is None:
            return probe.pixmap
        return self._pixmaps.get(("face", probe.face_id))

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if any(probe.key == key and probe.pixmap is None for probe in self._query.probes):
            pixmap = self._pixmaps.get(key)
            if pixmap is not None:
                self._bar.set_chip_pixmap(key, pixmap)

    @Slot()
    def _on_searching(self) -> None:
        self._bar.set_busy(True, match_words.loading() if self._query.loading else "")

    @Slot()
    def _on_answer(self) -> None:
        query = self._query
        if query.matches is not None and query.complete:  # the first matches alone say nothing of the scores
            self._bar.set_histogram(query.matches.histogram(_BINS))
            self._bar.set_marks(query.marks)
        if not self._adding:  # else the grid shows a page to choose another face from
            self._pages.show_answer(keep=not self._fresh)
            self._fresh = query.matches is None
        self._show_result()

    @Slot()
    def _on_cut(self) -> None:
        if self._query.matches is not None:
            if self._pages.answering:
                self._pages.cut_answer()
            self._show_result()

    def _show_result(self) -> None:
        query, bar = self._query, self._bar
        bar.set_below_count(query.below_count)
        if query.matches is None:
            bar.set_unasked()
        elif query.complete:
            bar.set_result(query.count, query.photo_count, query.threshold, query.outlook, query.row_kind)
        else:
            bar.set_first_matches()
        self.changed.emit()

    @Slot()
    def _on_calibrated(self) -> None:
        self._bar.set_marks(self._query.marks)
        self._show_result()

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        self._bar.set_busy(False)
        self.refused.emit("error", sentence(error))

    @Slot()
    def _on_selection(self) -> None:
        if self._query.active:
            chosen = sum(last - first + 1 for first, last in self._grid.selected_runs())
            self._bar.set_selection_count(chosen if chosen > 1 else 0)
        self.changed.emit()

    # Faces of a dropped picture

    @Slot(object, bool)
    def _choose_faces(self, picture: QueryPicture, add: bool) -> None:
        if picture.preview is None:
            return
        picker = FacePicker(
            QPixmap.fromImage(picture.preview), [face.detection.box for face in picture.faces], self._window
        )
        picker.accepted.connect(lambda: self.start(self._intake.probes(picture, picker.selected), add))
        self._dialogs.open(picker)

    # Naming

    def face_ids(self) -> list[int]:
        """Return the faces that a name would go to."""
        return self.naming.face_ids()

    @Slot()
    def name_these(self) -> None:
        self.name_faces(self.face_ids())

    def name_faces(self, face_ids: Sequence[int]) -> None:
        """Ask for a name and give it to faces."""
        self.naming.name_faces(face_ids)
