"""The line above people and groups: how many there are, a filter, their order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from faceapp.ui import theme
from faceapp.ui.people import face_words
from faceapp.ui.widgets.choice_button import ChoiceButton
from faceapp.ui.widgets.parts import ElidedLabel

_FILTER = (110, 200)  # width: the least and the most


class PeopleHeader(QWidget):
    """Says what the page holds; the filter and the order are told on."""

    filtered = Signal(str)
    sorted = Signal(object)  # Order

    def __init__(self, orders: Sequence[tuple[object, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._detail = QLabel(), ElidedLabel()
        self._title.setProperty("role", "title")
        self._detail.setProperty("role", "muted")
        self.filter = QLineEdit()
        self.filter.setProperty("kind", "search")
        self.filter.setPlaceholderText(self.tr("Filter by name"))
        self.filter.setAccessibleName(self.tr("Filter by name"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(_FILTER[0])
        self.filter.setMaximumWidth(_FILTER[1])
        self.filter.textChanged.connect(self.filtered)
        self.order = ChoiceButton(self.tr("Order"), orders)
        self.order.chosen.connect(self.sorted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4 + 10, 0)  # in line with the tiles
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._title)
        row.addWidget(self._detail, 1)
        row.addWidget(self.filter)
        row.addWidget(self.order)

    def show_people(self, people: int, groups: int) -> None:
        self._title.setText(self.tr("People"))
        self._detail.set_full_text(face_words.people_and_groups(people, groups))
        self.filter.setVisible(people > 1)
        self.order.setVisible(people > 1)

    def show_groups(self, groups: int) -> None:
        self._title.setText(self.tr("Unnamed groups"))
        self._detail.set_full_text(face_words.groups(groups))
        self.filter.hide()
        self.order.hide()

    def words(self) -> str:
        return f"{self._title.text()}  {self._detail.full_text()}"
