"""The bar over the matches: who is looked for, the threshold, how many there are, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from faceapp.types import Combine, IdArray, Marks, Outlook
from faceapp.types_search import GroupBy, Role, Rows
from faceapp.ui import drops, icons, match_words, theme, words
from faceapp.ui.widgets import score_slider
from faceapp.ui.widgets.chip_area import ChipArea
from faceapp.ui.widgets.choice_button import ChoiceButton
from faceapp.ui.widgets.match_sentence import MatchSentence
from faceapp.ui.widgets.parts import draw_focus
from faceapp.ui.widgets.query_chip import ChipData
from faceapp.ui.widgets.score_slider import ScoreSlider
from faceapp.ui.widgets.view_button import ViewButton

__all__ = ["ChipData", "MatchBar"]

_NARROW = 760  # below this the buttons say less
_MANY = 99_999  # up to so many matches the width of the button that names them changes nothing else
_LEAST_WIDTH = 480


class MatchBar(QWidget):
    """Shown while a query is on. Holds no query of its own: it shows what it is told and says what is asked."""

    threshold_changed = Signal(float)  # live, while dragging
    threshold_settled = Signal(float)
    chip_removed = Signal(object)  # ChipData.key
    role_chosen = Signal(object, object)  # ChipData.key, Role
    combine_changed = Signal(object)  # Combine
    add_face_requested = Signal(bool)  # the next click on a face adds it; False takes it back
    sort_changed = Signal(object)  # "best", "newest", "oldest"
    rows_changed = Signal(object)  # Rows
    parts_changed = Signal(object)  # GroupBy
    below_toggled = Signal(bool)  # whether the faces just below the line are shown
    keep_requested = Signal()  # as an album
    name_requested = Signal()
    dropped = Signal(object)  # QMimeData that ``drops.accepts``: pictures that join the query
    closed = Signal()

    def __init__(self, floor: float = 0.20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Search for faces"))
        self._faces = 0
        self._selected = 0
        self._rows = Rows.FACES
        self._outlook: Outlook | None = None
        self._busy = ""  # what is waited for
        self._tight = self._narrow = False
        self._held_over = False  # a picture that could be dropped here
        self._below = 0
        self._build_buttons()
        self._build_cut(floor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE_3, 0, theme.SPACE_2 + 1)
        column.setSpacing(theme.SPACE_2)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # see ``minimumSizeHint``
        column.addLayout(self._lay_out_top())
        column.addLayout(self._lay_out_cut())
        self._relabel()

    def _build_buttons(self) -> None:
        self.chips = ChipArea()
        self.chips.removed.connect(self.chip_removed)
        self.chips.role_chosen.connect(self.role_chosen)
        ways = ((Combine.ANY, self.tr("any of them")), (Combine.ALL, self.tr("all together")))
        brief: dict[object, str] = {Combine.ANY: self.tr("any"), Combine.ALL: self.tr("all")}
        self.combine = ChoiceButton(self.tr("How several faces are combined"), ways, brief)
        self.combine.chosen.connect(self.combine_changed)
        self.combine.hide()
        self.add_button = QPushButton(self.tr("+ face"))
        self.add_button.setProperty("kind", "add")
        self.add_button.setCheckable(True)
        self.add_button.setAccessibleName(self.tr("Add a face to the search"))
        self.add_button.setToolTip(
            self.tr("The next face you click joins the search. Pictures may also be dropped here.")
        )
        self.add_button.clicked.connect(self.add_face_requested)
        self.view = ViewButton()
        self.sort, self.rows, self.parts = self.view.sort, self.view.rows, self.view.parts
        self.sort.chosen.connect(self.sort_changed)
        self.rows.chosen.connect(self.rows_changed)
        self.parts.chosen.connect(self.parts_changed)
        self.below_button = QPushButton()
        self.below_button.setProperty("kind", "quiet")
        self.below_button.setCheckable(True)
        self.below_button.setMinimumWidth(48)  # the bar may be made narrow: it says less then
        self.below_button.setToolTip(
            self.tr("Show the best faces that the line leaves out, greyed, after the matches (Ctrl+B)")
        )
        self.below_button.clicked.connect(self.below_toggled)
        self.set_below_count(0)
        self.keep_button = QPushButton(self.tr("Keep…"))
        self.keep_button.setProperty("kind", "quiet")
        self.keep_button.setAccessibleName(self.tr("Keep this search as an album"))
        self.keep_button.setToolTip(self.tr("Keep this search as an album that follows your photos (Ctrl+Shift+S)"))
        self.keep_button.clicked.connect(self._on_keep)
        self.name_button = QPushButton()
        self.name_button.setProperty("kind", "primary")
        self.name_button.setToolTip(self.tr("Say who this is (Ctrl+N)"))
        self.name_button.clicked.connect(self._on_name)
        self.close_button = QToolButton()
        self.close_button.setProperty("kind", "icon")
        self.close_button.setIcon(icons.icon("close", "text_2"))
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setFixedSize(30, 30)
        self.close_button.setToolTip(self.tr("End the search (Ctrl+W)"))
        self.close_button.setAccessibleName(self.tr("End the search"))
        self.close_button.clicked.connect(self._on_close)

    def _build_cut(self, floor: float) -> None:
        self.slider = ScoreSlider(floor)
        self.slider.value_changed.connect(self._on_threshold)
        self.slider.released.connect(self.threshold_settled)
        self._sentence = MatchSentence()

    def _lay_out_top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.chips, 100)
        row.addWidget(self.combine)
        row.addWidget(self.add_button)
        row.addStretch(1)
        for widget in self._tools():
            row.addWidget(widget)
        return row

    def _tools(self) -> list[QWidget]:
        return [self.below_button, self.view, self.keep_button, self.name_button, self.close_button]

    def _lay_out_cut(self) -> QHBoxLayout:
        row = QHBoxLayout()
        # The slider brings its own margin, so that histogram and chips begin at one line.
        row.setContentsMargins(theme.SPACE_4 - score_slider.MARGIN, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_6 - score_slider.MARGIN)
        row.addWidget(self.slider, 1)
        row.addWidget(self._sentence)
        return row

    # --- what is shown

    def set_query(self, chips: Sequence[ChipData]) -> None:
        """Show these faces as what is looked for."""
        self.chips.set_chips(chips)
        self.combine.setVisible(sum(chip.role is Role.INCLUDE for chip in chips) > 1)
        self.add_button.setChecked(False)
        self._fit_chips()

    def set_chip_pixmap(self, key: object, pixmap: QPixmap) -> None:
        """Give a chip its picture when it has been loaded."""
        self.chips.set_pixmap(key, pixmap)

    def set_histogram(self, counts: Sequence[int] | IdArray) -> None:
        self.slider.set_histogram(counts)

    def set_threshold(self, threshold: float) -> None:
        """Move the handle; no signal."""
        self.slider.set_score(threshold)
        self._relabel()

    def set_marks(self, marks: Marks | None) -> None:
        """Show the named thresholds of this query; what they are is part of the sentence."""
        self.slider.set_marks(marks)
        self._relabel()

    def set_below_count(self, count: int) -> None:
        """Say how many faces there are to show just below the line."""
        self._below = count
        self.below_button.setAccessibleName(match_words.below(count))
        self.below_button.setText(f"+{words.number(count)}" if self._tight else match_words.below(count))
        self.below_button.setEnabled(count > 0)

    def set_below_shown(self, shown: bool) -> None:
        self.below_button.setChecked(shown)

    def set_floor(self, floor: float) -> None:
        self.slider.set_floor(floor)

    def set_result(
        self, shown: int, photos: int, threshold: float, outlook: Outlook | None = None, rows: Rows = Rows.FACES
    ) -> None:
        """Say what the cut shows and what to expect of it; ``shown`` counts rows. Ends the busy state."""
        self._busy = ""
        self._faces = shown
        self._rows = rows
        self._outlook = outlook
        if self.slider.score() != threshold:
            self.slider.set_score(threshold)
        self._sentence.set_count(shown, photos, rows)
        self.slider.setEnabled(True)
        self._relabel()

    def set_busy(self, busy: bool, what: str = "") -> None:
        """Say what is waited for, by default the search; the last result stays until the next."""
        self._busy = (what or self.tr("Searching…")) if busy else ""
        self._relabel()

    def set_first_matches(self) -> None:
        """Say that what is shown are the first matches; the rest are being looked for."""
        self._faces = 0
        self._sentence.set_title(match_words.first_matches())
        self.set_busy(True)

    def set_unasked(self) -> None:
        """Say that no face is looked for: all are left out or off."""
        self._faces = 0
        self._sentence.set_title("")
        self.set_busy(True, match_words.nobody_included())
        self.slider.setEnabled(False)

    def set_selection_count(self, count: int) -> None:
        """Let the button name only what is selected in the grid."""
        self._selected = count
        self._relabel()

    def set_combine(self, combine: Combine) -> None:
        self.combine.set_choice(combine)

    def set_view(self, sort: str, rows: Rows, parts: GroupBy) -> None:
        """Show how the matches are laid out; no signal."""
        self.sort.set_choice(sort)
        self.rows.set_choice(rows)
        self.parts.set_choice(parts)

    def set_adding(self, adding: bool) -> None:
        """Show whether the next click on a face adds it."""
        self.add_button.setChecked(adding)

    def sentence(self) -> str:
        """Return what the bar says in words, as plain text."""
        return self._sentence.text()

    def _relabel(self) -> None:
        if self._busy:
            self._sentence.say(self._busy)
        elif self._faces:
            self._sentence.say_expected(self._faces, self.slider.score(), self.slider.marks(), self._outlook)
        else:
            self._sentence.say(match_words.no_match_advice(more=self._below > 0) if self._sentence.text() else "")
        named = self._selected or self._faces
        whole = match_words.name_selected(self._selected) if self._selected else match_words.name_these(self._faces)
        self.name_button.setText(match_words.name_short() if self._narrow else whole)
        self.name_button.setAccessibleName(whole)
        self.name_button.setEnabled(named > 0 and not (self._busy and not self._selected))
        self._fit_chips()

    # --- geometry

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.add_button.setText("+" if narrow else self.tr("+ face"))
            self.view.set_short(narrow)
            self.combine.set_short(narrow)
            self._sentence.set_narrow(narrow)
            self._relabel()
        self._fit_chips()

    def _fit_chips(self) -> None:
        """Show the names of the faces if there is room for all; the quiet buttons give way first."""
        for tight in (self._narrow, True):
            self._set_tight(tight)
            others = [self.add_button, *self._tools()] + [self.combine] * (not self.combine.isHidden())
            wide = sum(widget.sizeHint().width() + theme.SPACE_2 for widget in others)
            button = self.name_button
            if not self._narrow:  # while the line moves, nothing beside it does
                measure = button.fontMetrics().horizontalAdvance
                wide += max(0, measure(match_words.name_these(_MANY)) - measure(button.text()))
            if self.chips.fit_into(self.width() - 2 * theme.SPACE_4 - wide):
                break

    def _set_tight(self, tight: bool) -> None:
        if tight != self._tight:
            self._tight = tight
            self.keep_button.setText("" if tight else self.tr("Keep…"))
            self.keep_button.setIcon(icons.icon("album", "text_2") if tight else QIcon())
            self.set_below_count(self._below)

    # --- what was asked

    @Slot(float)
    def _on_threshold(self, score: float) -> None:
        self._relabel()
        self.threshold_changed.emit(score)

    @Slot()
    def _on_keep(self) -> None:
        self.keep_requested.emit()

    @Slot()
    def _on_name(self) -> None:
        self.name_requested.emit()

    @Slot()
    def _on_close(self) -> None:
        self.closed.emit()

    # --- pictures dropped here join the query

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if drops.accepts(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # whatever is held down: nothing is ever moved
            event.accept()
            self._hold_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hold_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._hold_over(False)
        self.dropped.emit(event.mimeData())

    def _hold_over(self, held: bool) -> None:
        self._held_over = held
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._held_over:
            draw_focus(QPainter(self), QRectF(self.rect()).adjusted(2, 2, -2, -2), theme.RADIUS_M)
