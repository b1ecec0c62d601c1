"""A line for a name that offers the people of the library while typing, and a new person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QListView, QWidget

from faceapp.types import Person
from faceapp.ui.people import face_words

OFFERED: Final = 7
_LONGEST: Final = 200  # characters


class NameEdit(QLineEdit):
    """``name`` is what was typed, in the spelling of the person who bears it already."""

    def __init__(
        self, people: Sequence[Person] = (), *, only_known: bool = False, parent: QWidget | None = None
    ) -> None:
        """``only_known``: offer nobody new."""
        super().__init__(parent)
        self._only_known = only_known
        self._people: dict[str, Person] = {}
        self._offers = QStandardItemModel(self)
        self.setPlaceholderText(face_words.who_is_this())
        self.setAccessibleName(self.tr("Name"))
        self.setMaxLength(_LONGEST)
        completer = QCompleter(self._offers, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionRole(Qt.ItemDataRole.UserRole)
        completer.setMaxVisibleItems(OFFERED + 1)
        self.setCompleter(completer)
        self._popup: QAbstractItemView = QListView()
        completer.setPopup(self._popup)  # takes it
        self._popup.installEventFilter(self)
        self.textEdited.connect(self._offer)
        self.set_people(people)

    def set_people(self, people: Sequence[Person]) -> None:
        self._people = {person.name.casefold(): person for person in people}

    @property
    def name(self) -> str:
        known = self.person()
        return known.name if known is not None else " ".join(self.text().split())

    def person(self) -> Person | None:
        """Return the person who bears the name that was typed."""
        return self._people.get(" ".join(self.text().split()).casefold())

    def offers(self) -> list[str]:
        """Return what is offered now, in words."""
        return [self._offers.item(row).text() for row in range(self._offers.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter from the offers while none is chosen: Qt would only close them, and want it a second time."""
        popup = self._popup
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is popup and enter and event.type() == QEvent.Type.KeyPress and not popup.currentIndex().isValid():
            popup.hide()
            QCoreApplication.sendEvent(self, event)
            return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _offer(self, text: str) -> None:
        """Offer whose name begins so, then those of whom a later name does, then those that hold it anywhere."""
        typed = " ".join(text.split())
        wanted = typed.casefold()
        self._offers.clear()
        if not wanted:
            return
        for person in best(self._people.values(), wanted)[:OFFERED]:
            self._offers.appendRow(_offer(person.name, person.name))
        if not self._only_known and wanted not in self._people:
            self._offers.appendRow(_offer(face_words.new_person(typed), typed))


def best(people: Iterable[Person], wanted: str) -> list[Person]:
    """Return the people whose name holds a text (without case), those that it fits best first, then by faces."""
    ranked = []
    for person in people:
        name = person.name.casefold()
        if wanted in name:
            rank = 0 if name.startswith(wanted) else 1 if f" {wanted}" in name else 2
            ranked.append((rank, -person.faces, name, person))
    ranked.sort(key=lambda row: row[:3])
    return [row[3] for row in ranked]


def _offer(words: str, name: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setData(name, Qt.ItemDataRole.UserRole)
    return item
