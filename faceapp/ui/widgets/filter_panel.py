"""The card on which a filter is set: people, dates, folders, and which faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import Folder, Person
from faceapp.types_search import NO_FILTER, Filter
from faceapp.ui import filter_words, icons, theme, words
from faceapp.ui.widgets.choice_button import ChoiceButton
from faceapp.ui.widgets.date_field import DateField
from faceapp.ui.widgets.filter_bar import FilterChip
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.name_edit import NameEdit
from faceapp.ui.widgets.tab_order import follow_layout

WIDTH = 360
_LARGEST = 2_000  # pixels
_FOLDER_LINES = 5  # before the list of folders scrolls
_LINE = 26


class FilterPanel(QFrame):
    """Lies over the window beside its button. ``edited`` follows the user only, never ``set_filter``."""

    edited = Signal(object)  # Filter
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Filter"))
        self._filter = NO_FILTER
        self._names: dict[int, str] = {}
        self._years: Sequence[int] = ()
        self.folders: dict[int, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_2)
        column.addLayout(self._build_head())
        column.addWidget(_section(self.tr("PEOPLE")))
        self._build_people(column)
        column.addWidget(_section(self.tr("TAKEN")))
        self._build_dates(column)
        self._folder_section = _section(self.tr("FOLDERS"))
        column.addWidget(self._folder_section)
        self._build_folders(column)
        column.addWidget(_section(self.tr("FACES")))
        self._build_faces(column)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(theme.SPACE_6)
        shadow.setOffset(0, theme.SPACE_1)
        shadow.setColor(QColor(theme.current().halo))
        self.setGraphicsEffect(shadow)
        self.set_filter(NO_FILTER)
        self.hide()

    def _build_head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Show only"))
        title.setProperty("role", "heading")
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setProperty("kind", "quiet")
        self.clear.setAccessibleName(self.tr("Clear the filter"))
        self.clear.setToolTip(self.tr("Show everything again (Ctrl+Shift+W)"))
        self.clear.clicked.connect(self._on_clear)
        self.close_button = QToolButton()
        self.close_button.setProperty("kind", "icon")
        self.close_button.setIcon(icons.icon("close", "text_2"))
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close; the filter stays (Esc)"))
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_1)
        row.addWidget(title, 1)
        row.addWidget(self.clear)
        row.addWidget(self.close_button)
        return row

    def _build_people(self, column: QVBoxLayout) -> None:
        self.people = NameEdit(only_known=True)
        self.people.setPlaceholderText(self.tr("Add a person"))
        self.people.setAccessibleName(self.tr("Show only photos with this person"))
        self.people.setToolTip(self.tr("Type a name and press Enter; any of the people will do"))
        self.people.returnPressed.connect(self._on_person)
        self.people.completer().activated.connect(self._on_person, Qt.ConnectionType.QueuedConnection)
        self._chosen = QWidget()
        self._chosen_flow = FlowLayout(self._chosen, spacing=theme.SPACE_1)
        self._chosen_flow.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.people)
        column.addWidget(self._chosen)

    def _build_dates(self, column: QVBoxLayout) -> None:
        self.when = QPushButton()
        self.when.setIcon(icons.icon("chevron-down", "text_2"))
        self.when.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the words
        self.when_menu = QMenu(self.when)
        self.when_menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.when.setMenu(self.when_menu)
        self.taken_from = DateField(self.tr("From"), last=False)
        self.taken_to = DateField(self.tr("To"), last=True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        for field, text in ((self.taken_from, self.tr("From")), (self.taken_to, self.tr("to"))):
            field.edited.connect(self._on_dates)
            label = QLabel(text)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field, 1)
        column.addWidget(self.when)
        column.addLayout(row)

    def _build_folders(self, column: QVBoxLayout) -> None:
        inner = QWidget()
        inner.setProperty("surface", "raised")
        self._folder_column = QVBoxLayout(inner)
        self._folder_column.setContentsMargins(2, 0, 2, 0)
        self._folder_column.setSpacing(0)
        self._folder_area = QScrollArea()
        self._folder_area.setFrameShape(QFrame.Shape.NoFrame)
        self._folder_area.setWidgetResizable(True)
        self._folder_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._folder_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._folder_area.setWidget(inner)
        column.addWidget(self._folder_area)

    def _build_faces(self, column: QVBoxLayout) -> None:
        choices = (
            (None, self.tr("With and without a name")),
            (True, self.tr("With a name")),
            (False, self.tr("Without a name")),
        )
        self.named = ChoiceButton(self.tr("Named or not"), choices)
        self.named.chosen.connect(self._on_named)
        self.least = QLineEdit()
        self.least.setValidator(QIntValidator(0, _LARGEST, self.least))
        self.least.setPlaceholderText(self.tr("any"))
        self.least.setAccessibleName(self.tr("Least size of a face in pixels"))
        self.least.setToolTip(self.tr("Pixels of the full photo, along the shorter side of the face; empty for any"))
        self.least.textEdited.connect(self._on_least)
        self.sharp = QCheckBox(self.tr("Clear faces only"))
        self.sharp.setToolTip(self.tr("Leave out faces that are too blurred to be told apart"))
        self.sharp.toggled.connect(self._on_sharp)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        label = QLabel(self.tr("At least"))
        label.setProperty("role", "muted")
        label.setBuddy(self.least)
        unit = QLabel(self.tr("px"))
        unit.setProperty("role", "muted")
        row.addWidget(label)
        row.addWidget(self.least, 1)
        row.addWidget(unit)
        row.addSpacing(theme.SPACE_3)
        row.addWidget(self.sharp)
        column.addWidget(self.named)
        column.addLayout(row)

    # What is shown

    def filter(self) -> Filter:
        return self._filter

    def set_choices(self, people: Sequence[Person], folders: Sequence[Folder]) -> None:
        """Offer the people and folders of the library."""
        self._names = {person.id: person.name for person in people}
        self.people.set_people(people)
        for folder_id in self.folders.keys() - {folder.id for folder in folders}:
            box = self.folders.pop(folder_id)
            box.hide()
            box.deleteLater()
        for folder in folders:
            if folder.id not in self.folders:
                box = self.folders[folder.id] = QCheckBox()
                box.setMinimumHeight(_LINE)
                box.toggled.connect(self._on_folders)
                self._folder_column.addWidget(box)
            self.folders[folder.id].setText(words.folder_name(folder.path).replace("&", "&&"))
            self.folders[folder.id].setAccessibleName(words.folder_name(folder.path))
            self.folders[folder.id].setToolTip(str(folder.path))
        several = len(folders) > 1  # one folder is everything
        follow_layout(self)
        self._folder_section.setVisible(several)
        self._folder_area.setVisible(several)
        self._folder_area.setFixedHeight(_LINE * min(len(folders), _FOLDER_LINES) + 2)
        self.set_filter(self._filter)

    def set_years(self, years: Sequence[int]) -> None:
        """Offer these years, newest first."""
        self._years = years
        self._fill_when()

    def set_filter(self, only: Filter) -> None:
        """Show a filter; no signal."""
        self._filter = only
        self._show_people()
        self.taken_from.set_day(only.taken_from)
        self.taken_to.set_day(only.taken_to)
        for folder_id, box in self.folders.items():
            _silently(box, box.setChecked, folder_id in only.folders)
        self.named.set_choice(only.named)
        if (only.least_size or 0) != self._least():
            self.least.setText(str(only.least_size or ""))
        _silently(self.sharp, self.sharp.setChecked, only.clear)
        self.clear.setEnabled(not only.empty)
        self._fill_when()

    def _show_people(self) -> None:
        while (item := self._chosen_flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        only_people = Filter(people=self._filter.people)
        for person_id, part in zip(self._filter.people, filter_words.parts(only_people, self._names, {}), strict=True):
            left = tuple(i for i in self._filter.people if i != person_id)
            chip = FilterChip(replace(part, rest=replace(self._filter, people=left)))
            chip.clicked.connect(self._on_chip)
            self._chosen_flow.addWidget(chip)
            chip.show()
        follow_layout(self)
        self._chosen.setVisible(bool(self._filter.people))

    def _fill_when(self) -> None:
        self.when_menu.clear()
        this = date.today().year  # photos bear local time, too
        quick = [(self.tr("Any time"), None), (self.tr("This year"), this), (self.tr("Last year"), this - 1)]
        for text, year in quick:
            self._add_when(text, year)
        self.when_menu.addSeparator()
        for year in self._years:
            self._add_when(str(year), year)
        only = self._filter
        text = filter_words.dates(only.taken_from, only.taken_to) or self.tr("Any time")
        self.when.setText(text[0].upper() + text[1:])
        self.when.setAccessibleName(self.tr("Taken: {when}").replace("{when}", text))
        self.when.setToolTip(self.tr("Choose a year"))

    def _add_when(self, text: str, year: int | None) -> None:
        span = (None, None) if year is None else (date(year, 1, 1), date(year, 12, 31))
        action = self.when_menu.addAction(text)
        action.setCheckable(True)
        action.setChecked((self._filter.taken_from, self._filter.taken_to) == span)
        action.setData(year)
        action.triggered.connect(self._on_year)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():  # no chip is shown: only they take more lines
            return QSize(WIDTH, layout.totalSizeHint().height() if layout is not None else 0)
        return QSize(WIDTH, layout.totalHeightForWidth(WIDTH))

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # no layout around it would follow
            self.adjustSize()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # else the grid would open a photo
            super().keyPressEvent(event)

    # What was asked

    def _change(self, only: Filter) -> None:
        if only != self._filter:
            self.set_filter(only)
            self.edited.emit(only)

    @Slot()
    def _on_person(self) -> None:
        person = self.people.person()
        if person is not None:
            self.people.clear()
            if person.id not in self._filter.people:
                self._change(replace(self._filter, people=(*self._filter.people, person.id)))

    @Slot()
    def _on_chip(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self.people.setFocus()
            self._change(chip.part.rest)

    @Slot()
    def _on_year(self) -> None:
        year = getattr(self.sender(), "data", lambda: None)()
        first, last = (None, None) if year is None else (date(year, 1, 1), date(year, 12, 31))
        self._change(replace(self._filter, taken_from=first, taken_to=last))

    @Slot()
    def _on_dates(self) -> None:
        self._change(replace(self._filter, taken_from=self.taken_from.day, taken_to=self.taken_to.day))

    @Slot()
    def _on_folders(self) -> None:
        gone = [i for i in self._filter.folders if i not in self.folders]
        chosen = [i for i, box in self.folders.items() if box.isChecked()]
        self._change(replace(self._filter, folders=(*gone, *chosen)))

    @Slot(object)
    def _on_named(self, named: bool | None) -> None:
        self._change(replace(self._filter, named=named))

    def _least(self) -> int:
        """Return the size that is typed, 0 for any."""
        return int(self.least.text()) if self.least.hasAcceptableInput() else 0

    @Slot()
    def _on_least(self) -> None:
        self._change(replace(self._filter, least_size=self._least() or None))

    @Slot(bool)
    def _on_sharp(self, sharp: bool) -> None:
        self._change(replace(self._filter, clear=sharp))

    @Slot()
    def _on_clear(self) -> None:
        self._change(NO_FILTER)


def _section(text: str) -> QLabel:
    made = QLabel(text)
    made.setProperty("role", "section")
    made.setContentsMargins(0, theme.SPACE_1, 0, 0)
    return made


def _silently(widget: QWidget, setter: object, value: object) -> None:
    widget.blockSignals(True)
    setter(value)  # type: ignore[operator]
    widget.blockSignals(False)
