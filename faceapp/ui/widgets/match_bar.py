"""The bar over the matches: who is looked for, the threshold, how many there are, and what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import Combine, IdArray, Marks, Outlook
from faceapp.ui import icons, match_words, theme, words
from faceapp.ui.widgets import score_slider
from faceapp.ui.widgets.choice_button import ChoiceButton
from faceapp.ui.widgets.parts import ElidedLabel
from faceapp.ui.widgets.query_chip import ChipArea, QueryChip
from faceapp.ui.widgets.score_slider import ScoreSlider

_NARROW = 760  # below this the buttons say less
_LEAST_WIDTH = 480
_SENTENCE_WIDTH = 264  # fixed: the slider must not change its width under the mouse
_NARROW_SENTENCE = 236


@dataclass(frozen=True, slots=True, eq=False)
class ChipData:
    """A query face. ``key`` comes back in ``chip_removed``."""

    key: object
    pixmap: QPixmap | None
    label: str


class MatchBar(QWidget):
    """Shown while a query is on. Holds no query of its own: it shows what it is told and says what is asked."""

    threshold_changed = Signal(float)  # live, while dragging
    threshold_settled = Signal(float)
    chip_removed = Signal(object)  # ChipData.key
    combine_changed = Signal(object)  # Combine
    add_face_requested = Signal(bool)  # the next click on a face adds it; False takes it back
    sort_changed = Signal(str)  # "best", "newest", "oldest"
    below_toggled = Signal(bool)  # whether the faces just below the line are shown
    name_requested = Signal()
    closed = Signal()

    def __init__(self, floor: float = 0.20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Search for faces"))
        self._faces = 0
        self._selected = 0
        self._outlook: Outlook | None = None
        self._busy = False
        self._narrow = False
        self._below = 0
        self._chips: dict[object, QueryChip] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE_3, 0, theme.SPACE_2 + 1)
        column.setSpacing(theme.SPACE_2)
        column.addLayout(self._build_top())
        column.addLayout(self._build_cut(floor))
        self._relabel()

    def _build_top(self) -> QHBoxLayout:
        self._chip_row = QHBoxLayout()
        self._chip_row.setContentsMargins(0, 0, 0, 0)
        self._chip_row.setSpacing(theme.SPACE_2)
        holder = QWidget()
        holder.setProperty("surface", "bg")
        holder.setLayout(self._chip_row)
        self._chip_area = ChipArea(holder)
        ways = ((Combine.ANY, self.tr("any of them")), (Combine.ALL, self.tr("all together")))
        self.combine = ChoiceButton(self.tr("How several faces are combined"), ways)
        self.combine.chosen.connect(self._on_combine)
        self.combine.hide()
        self.add_button = QPushButton(self.tr("+ face"))
        self.add_button.setProperty("kind", "add")
        self.add_button.setCheckable(True)
        self.add_button.setAccessibleName(self.tr("Add a face to the search"))
        self.add_button.setToolTip(self.tr("The next face you click joins the search"))
        self.add_button.clicked.connect(self._on_add)
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
        orders = (
            ("best", self.tr("Best first")),
            ("newest", self.tr("Newest first")),
            ("oldest", self.tr("Oldest first")),
        )
        self.sort = ChoiceButton(self.tr("Order of the matches"), orders)
        self.sort.chosen.connect(self._on_sort)
        self.below_button = QPushButton()
        self.below_button.setProperty("kind", "quiet")
        self.below_button.setCheckable(True)
        self.below_button.setMinimumWidth(48)  # the bar may be made narrow: it says less then
        self.below_button.setToolTip(
            self.tr("Show the best faces that the line leaves out, greyed, after the matches (Ctrl+B)")
        )
        self.below_button.clicked.connect(self.below_toggled)
        self.set_below_count(0)
        row = QHBoxLayout()
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._chip_area, 100)
        row.addWidget(self.combine)
        row.addWidget(self.add_button)
        row.addStretch(1)
        for widget in (self.below_button, self.sort, self.name_button, self.close_button):
            row.addWidget(widget)
        return row

    def _build_cut(self, floor: float) -> QHBoxLayout:
        self.slider = ScoreSlider(floor)
        self.slider.value_changed.connect(self._on_threshold)
        self.slider.released.connect(self._on_settled)
        self._count = QLabel()
        self._count.setTextFormat(Qt.TextFormat.RichText)
        self._expect = ElidedLabel()
        self._detail = ElidedLabel()
        for muted in (self._expect, self._detail):
            muted.setProperty("role", "muted")
        sentence = QVBoxLayout()
        sentence.setSpacing(1)
        sentence.addStretch(1)
        for label in (self._count, self._expect, self._detail):
            label.setFixedWidth(_SENTENCE_WIDTH)
            sentence.addWidget(label)
        sentence.addStretch(1)
        row = QHBoxLayout()
        # The slider brings its own margin, so that histogram and chips begin at one line.
        row.setContentsMargins(theme.SPACE_4 - score_slider.MARGIN, 0, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_6 - score_slider.MARGIN)
        row.addWidget(self.slider, 1)
        row.addLayout(sentence)
        return row

    # --- what is shown

    def set_query(self, chips: Sequence[ChipData]) -> None:
        """Show these faces as what is looked for."""
        while (item := self._chip_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._chips = {}
        for data in chips:
            chip = QueryChip(data.label, data.pixmap)
            chip.removed.connect(self._on_chip_removed)
            self._chips[data.key] = chip
            self._chip_row.addWidget(chip)
            chip.show()
        self.combine.setVisible(len(chips) > 1)
        self.add_button.setChecked(False)
        self._fit_chips()

    def set_chip_pixmap(self, key: object, pixmap: QPixmap) -> None:
        """Give a chip its picture when it has been loaded."""
        if key in self._chips:
            self._chips[key].set_pixmap(pixmap)

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
        self.below_button.setText(f"+{words.number(count)}" if self._narrow else match_words.below(count))
        self.below_button.setEnabled(count > 0)

    def set_below_shown(self, shown: bool) -> None:
        self.below_button.setChecked(shown)

    def set_floor(self, floor: float) -> None:
        self.slider.set_floor(floor)

    def set_result(self, faces: int, photos: int, threshold: float, outlook: Outlook | None = None) -> None:
        """Say what the cut shows and what to expect of it. Ends the busy state."""
        self._busy = False
        self._faces = faces
        self._outlook = outlook
        if self.slider.score() != threshold:
            self.slider.set_score(threshold)
        if faces:
            self._count.setText(f"<b>{words.faces(faces)}</b> {words.in_photos(photos)}")
        else:
            self._count.setText(f"<b>{match_words.no_match()}</b>")
        self._relabel()

    def set_busy(self, busy: bool) -> None:
        """Say that the library is being searched; the last result stays until the next."""
        self._busy = busy
        self._relabel()

    def set_selection_count(self, count: int) -> None:
        """Let the button name only what is selected in the grid."""
        self._selected = count
        self._relabel()

    def set_combine(self, combine: Combine) -> None:
        self.combine.set_choice(combine)

    def set_sort(self, key: str) -> None:
        self.sort.set_choice(key)

    def set_adding(self, adding: bool) -> None:
        """Show whether the next click on a face adds it."""
        self.add_button.setChecked(adding)

    def sentence(self) -> str:
        """Return what the bar says in words, as plain text."""
        lines = (self._count.text(), self._expect.full_text(), self._detail.full_text())
        return "\n".join(line for line in lines if line).replace("<b>", "").replace("</b>", "")

    def _relabel(self) -> None:
        self._say()
        named = self._selected or self._faces
        whole = match_words.name_selected(self._selected) if self._selected else match_words.name_these(self._faces)
        self.name_button.setText(match_words.name_short() if self._narrow else whole)
        self.name_button.setAccessibleName(whole)
        self.name_button.setEnabled(named > 0 and not (self._busy and not self._selected))
        self._fit_chips()

    def _say(self) -> None:
        """Fill the lines below the count: what to expect of the cut, and where it lies."""
        if self._busy:
            self._expect.set_full_text(self.tr("Searching…"))
            self._detail.set_full_text("")
            return
        if not self._faces:
            self._expect.set_full_text(match_words.no_match_advice() if self._count.text() else "")
            self._detail.set_full_text("")
            return
        outlook, place = self._outlook, match_words.threshold(self.slider.score(), self.slider.marks())
        self._expect.set_full_text(match_words.strangers(outlook.strangers, self._faces) if outlook is not None else "")
        if outlook is None or outlook.missed is None:
            self._detail.set_full_text(place)
        else:
            self._detail.set_full_text(
                f"{place} · {match_words.missed_short(outlook.missed)}", match_words.missed(outlook.missed)
            )

    # --- geometry

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.add_button.setText("+" if narrow else self.tr("+ face"))
            self.sort.set_short(narrow)
            self.set_below_count(self._below)
            for label in (self._count, self._expect, self._detail):
                label.setFixedWidth(_NARROW_SENTENCE if narrow else _SENTENCE_WIDTH)
            self._relabel()
        self._fit_chips()

    def _fit_chips(self) -> None:
        """Show the names of the faces if there is room for all."""
        others = [self.add_button, self.below_button, self.sort, self.name_button, self.close_button]
        others += [self.combine] * (len(self._chips) > 1)
        room = self.width() - 2 * theme.SPACE_4 - sum(w.sizeHint().width() + theme.SPACE_2 for w in others)
        for compact in (False, True):
            for chip in self._chips.values():
                chip.set_compact(compact)
            if sum(chip.sizeHint().width() + theme.SPACE_2 for chip in self._chips.values()) <= room:
                break
        self._chip_area.fit()

    # --- what was asked

    @Slot(float)
    def _on_threshold(self, score: float) -> None:
        self._relabel()
        self.threshold_changed.emit(score)

    @Slot(float)
    def _on_settled(self, score: float) -> None:
        self.threshold_settled.emit(score)

    @Slot()
    def _on_chip_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, QueryChip):
            self.chip_removed.emit(next(key for key, own in self._chips.items() if own is chip))

    @Slot(object)
    def _on_combine(self, combine: object) -> None:
        self.combine_changed.emit(combine)

    @Slot(bool)
    def _on_add(self, adding: bool) -> None:
        self.add_face_requested.emit(adding)

    @Slot(object)
    def _on_sort(self, key: str) -> None:
        self.sort_changed.emit(key)

    @Slot()
    def _on_name(self) -> None:
        self.name_requested.emit()

    @Slot()
    def _on_close(self) -> None:
        self.closed.emit()
