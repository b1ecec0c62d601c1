"""Asks for a word to be typed before something goes for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from faceapp.types import Person
from faceapp.ui import theme
from faceapp.ui.widgets.name_edit import NameEdit
from faceapp.ui.widgets.page_parts import label


class Confirmation(QDialog):
    """A question that only the right word answers with yes. ``ticks`` are offered below it, none ticked."""

    def __init__(
        self, title: str, words: str, edit: QLineEdit, verb: str, ticks: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.edit = edit
        self.words = label(words, "muted")
        self.ticks = [QCheckBox(tick) for tick in ticks]
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.ok = QPushButton(verb)
        self.ok.setProperty("kind", "primary")
        self.ok.setEnabled(False)
        self.ok.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(label(title, "heading"))
        for part in (self.words, self.edit, *self.ticks):
            column.addWidget(part)
        column.addLayout(buttons)
        self.setMinimumWidth(460)
        self.edit.setFocus()


class EraseConfirmation(Confirmation):
    """Asks before everything goes."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        edit = QLineEdit()
        super().__init__(
            self.tr("Forget all faces and names?"),
            words,
            edit,
            self.tr("Forget Everything"),
            (self.tr("Take the folders out of the library as well"), self.tr("Delete the backups as well")),
            parent,
        )
        self._wanted = self.tr("forget")
        edit.setPlaceholderText(self.tr("Type “{word}” to go on").replace("{word}", self._wanted))
        edit.setAccessibleName(edit.placeholderText())
        edit.textChanged.connect(self._on_text)

    @property
    def folders(self) -> bool:
        return self.ticks[0].isChecked()

    @property
    def backups(self) -> bool:
        return self.ticks[1].isChecked()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.ok.setEnabled(text.strip().casefold() == self._wanted.casefold())


class ForgetConfirmation(Confirmation):
    """Asks who shall be forgotten: the name, typed in full, is the answer. ``asked`` wants to know what would go."""

    asked = Signal(object)  # int, a person's id

    def __init__(self, people: Sequence[Person], parent: QWidget | None = None) -> None:
        self._edit = NameEdit(people, only_known=True)
        ticks = (self.tr("Delete the backups as well"),)
        super().__init__(self.tr("Forget a person?"), "", self._edit, self.tr("Forget"), ticks, parent)
        self._edit.setPlaceholderText(self.tr("Type the whole name"))
        self._edit.textChanged.connect(self._on_text)
        self._on_text()

    @property
    def backups(self) -> bool:
        return self.ticks[0].isChecked()

    def person(self) -> Person | None:
        return self._edit.person()

    def set_words(self, person_id: int, words: str) -> None:
        """Say what goes with a person, if they are still the one who is named."""
        person = self.person()
        if person is not None and person.id == person_id:
            self.words.setText(words)
            self.adjustSize()
            self.ok.setEnabled(True)

    @Slot()
    def _on_text(self) -> None:
        self.ok.setEnabled(False)
        person = self.person()
        if person is None:
            self.words.setText(self.tr("The name and every decision that names the person go for good."))
            self.ok.setText(self.tr("Forget"))
        else:
            self.ok.setText(self.tr("Forget {name}").replace("{name}", person.name))
            self.asked.emit(person.id)
