"""Looking for faces: from a click or a picture to chips, slider and grid, and to a name for what was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from faceapp.types import Combine, Naming
from faceapp.ui import words
from faceapp.ui.intake import Intake, QueryPicture
from faceapp.ui.pages import Pages
from faceapp.ui.pixmaps import PixmapCache, PixmapKey
from faceapp.ui.query import Probe, Query
from faceapp.ui.session import Overview, Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.face_picker import FacePicker
from faceapp.ui.widgets.grid import TileGrid
from faceapp.ui.widgets.match_bar import ChipData, MatchBar
from faceapp.ui.widgets.name_dialog import NameDialog

_BINS = 48  # bars of the histogram, as many as fit with room to see them
_SAMPLES = 6  # faces shown when a name is asked for


class Searching(QObject):
    """Connects the query with the match bar and the grid. GUI thread only."""

    started = Signal()  # the grid shows matches from now on
    ended = Signal()  # back to the page
    changed = Signal()  # matches, threshold or selection
    refused = Signal(str, str)  # kind and sentence
    said = Signal(str)  # for the status strip

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
        self._overview: Overview | None = None
        self._dialog: QDialog | None = None

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
        bar.combine_changed.connect(self._set_combine)
        bar.sort_changed.connect(self._set_sort)
        bar.add_face_requested.connect(self.set_adding)
        bar.name_requested.connect(self.name_these)
        bar.closed.connect(self.close)
        grid.selection_changed.connect(self._on_selection)
        pixmaps.loaded.connect(self._on_pixmap)
        session.named.connect(self._on_named)

    @property
    def active(self) -> bool:
        return self._query.active

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog that is open, if one is."""
        return self._dialog

    @property
    def adding(self) -> bool:
        """Whether the next face that is clicked joins the query."""
        return self._adding

    def set_overview(self, overview: Overview) -> None:
        self._overview = overview

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
            embedding = services.gallery.embedding(face_id)
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

    @Slot(object)
    def start(self, probes: list[Probe], add: bool = False) -> None:
        """Look for faces; while one is being added, they join the query."""
        add = add or self._adding
        self.set_adding(False)
        if not (add and self._query.active):
            self._fresh = True
        self._query.start(probes, add=add)

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

    @Slot()
    def _on_probes(self) -> None:
        chips = [ChipData(probe.key, self._pixmap_of(probe), probe.label) for probe in self._query.probes]
        self._bar.set_query(chips)
        self._bar.setVisible(bool(chips))
        if chips:
            self.started.emit()
        else:
            self._fresh = True
            self.ended.emit()
        self.changed.emit()

    def _pixmap_of(self, probe: Probe) -> QPixmap | None:
        return probe.pixmap if probe.pixmap is not None else self._pixmaps.get(("face", probe.key[1]))

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if any(probe.key == key and probe.pixmap is None for probe in self._query.probes):
            pixmap = self._pixmaps.get(key)
            if pixmap is not None:
                self._bar.set_chip_pixmap(key, pixmap)

    @Slot()
    def _on_searching(self) -> None:
        self._bar.set_busy(True)

    @Slot()
    def _on_answer(self) -> None:
        matches = self._query.matches
        if matches is None:
            return
        self._bar.set_busy(False)
        self._bar.set_histogram(matches.histogram(_BINS))
        self._bar.set_marks(self._query.marks)
        if not self._adding:  # else the grid shows a page to choose another face from
            self._pages.show_answer(keep=not self._fresh)
            self._fresh = False
        self._show_result()

    @Slot()
    def _on_cut(self) -> None:
        if self._query.matches is not None:
            if self._pages.answering:
                self._pages.cut_answer()
            self._show_result()

    def _show_result(self) -> None:
        query = self._query
        self._bar.set_result(query.count, query.photo_count, query.threshold, query.outlook)
        self._bar.set_below_count(query.below_count)
        self.changed.emit()

    @Slot()
    def _on_calibrated(self) -> None:
        self._bar.set_marks(self._query.marks)
        self._bar.set_result(self._query.count, self._query.photo_count, self._query.threshold, self._query.outlook)

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

    @Slot(object)
    def _choose_faces(self, picture: QueryPicture) -> None:
        if picture.preview is None:
            return
        picker = FacePicker(
            QPixmap.fromImage(picture.preview), [face.detection.box for face in picture.faces], self._window
        )
        picker.accepted.connect(lambda: self.start(self._intake.probes(picture, picker.selected)))
        self._open(picker)

    # Naming

    def face_ids(self) -> list[int]:
        """Return the faces that a name would go to: several selected ones, else every match, else the current one."""
        if self._grid.tiles.kind != "face" or self._pages.shows_people:
            return []  # covers stand for people
        selected = self._grid.selected_ids()
        if len(selected) > 1 or not self._pages.answering:
            return selected
        return [int(face_id) for face_id in self._grid.tiles.ids]

    @Slot()
    def name_these(self) -> None:
        self.name_faces(self.face_ids())

    def name_faces(self, face_ids: Sequence[int]) -> None:
        """Ask for a name and give it to faces."""
        if not face_ids:
            self.refused.emit("info", self.tr("Choose one or more faces first, then name them."))
            return
        people = list(self._overview.people) if self._overview is not None else []
        samples = [
            p for p in (self._pixmaps.get(("face", face_id)) for face_id in face_ids[:_SAMPLES]) if p is not None
        ]
        dialog = NameDialog(len(face_ids), people, samples, parent=self._window)
        dialog.accepted.connect(lambda: self._session.name_faces(face_ids, dialog.name, self._on_failure))
        self._open(dialog)

    @Slot(object)
    def _on_named(self, naming: Naming) -> None:
        if self._query.active:
            self._query.rename(set(naming.face_ids), naming.name)
        self.said.emit(self.tr("{faces}: {name}").format(faces=words.faces(len(naming.face_ids)), name=naming.name))

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog without a loop of its own: the window goes on living behind it."""
        if self._dialog is not None:
            self._dialog.reject()
        self._dialog = dialog
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    @Slot()
    def _forget_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
