"""How the matches are laid out: their order, what a row is, and what they are parted by, in one menu."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from faceapp.types_search import GroupBy, Rows
from faceapp.ui import words
from faceapp.ui.widgets.choice_button import Choices, MenuButton, add_heading


class ViewButton(MenuButton):
    """Shows what differs from the usual. ``sort``, ``rows`` and ``parts`` are its choices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, icon="sort")
        orders = (
            ("best", self.tr("Best first")),
            ("newest", self.tr("Newest first")),
            ("oldest", self.tr("Oldest first")),
        )
        rows = ((Rows.FACES, self.tr("Every face")), (Rows.PHOTOS, self.tr("One face a photo")))
        parts = (
            (GroupBy.NOTHING, self.tr("Not parted")),
            (GroupBy.PERSON, self.tr("By person")),
            (GroupBy.DATE, self.tr("By month")),
        )
        self.sort = self._add(self.tr("Order"), self.tr("Order of the matches"), orders)
        self.rows = self._add(self.tr("Rows"), self.tr("What is shown of a photo"), rows)
        self.parts = self._add(self.tr("Parts"), self.tr("What the matches are parted by"), parts)
        self._relabel()

    def _add(self, heading: str, name: str, choices: tuple[tuple[object, str], ...]) -> Choices:
        if self.menu().actions():
            self.menu().addSeparator()
        add_heading(self.menu(), heading)
        made = Choices(self.menu(), name, choices)
        made.changed.connect(self._relabel)
        return made

    @Slot()
    def _relabel(self) -> None:
        """Parts have an order of their own: newest month or largest part first, and the best faces in each."""
        parted = self.parts.choice() is not GroupBy.NOTHING
        self.sort.set_enabled(not parted)
        text = self.parts.text() if parted else self.sort.text()
        if self.rows.choice() is Rows.PHOTOS:
            text = self.tr("Photos · {order}").replace("{order}", text)
        used = [self.parts, self.rows] if parted else [self.sort, self.rows, self.parts]
        self.set_words(text, "", "\n".join(words.titled(choices.name, choices.text()) for choices in used))
