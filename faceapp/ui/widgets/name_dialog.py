"""Asks who some faces are. Offers the people of the library while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCompleter, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from faceapp.types import Person
from faceapp.ui import theme, words
from faceapp.ui.widgets.parts import Picture

SAMPLES = 6
_SAMPLE_SIDE = 60


class NameDialog(QDialog):
    """``name`` is the answer once the dialog was accepted: the person's own spelling if there is such a person."""

    def __init__(
        self,
        face_count: int,
        people: Sequence[Person] = (),
        samples: Sequence[QPixmap] = (),
        suggestion: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._people = {person.name.casefold(): person for person in people}
        title = self.tr("Name {faces}").replace("{faces}", words.faces(face_count))
        self.setWindowTitle(title)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self.edit = QLineEdit(suggestion)
        self.edit.setPlaceholderText(self.tr("Who is this?"))
        self.edit.setAccessibleName(self.tr("Name"))
        self.edit.setMaxLength(200)
        completer = QCompleter([person.name for person in people], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.edit.setCompleter(completer)
        self.edit.textChanged.connect(self._on_text)
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)

        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Change nothing (Esc)"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self.ok = QPushButton(self.tr("Name"))
        self.ok.setProperty("kind", "primary")
        self.ok.setToolTip(self.tr("Give this name (Enter)"))
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.ok)

        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(heading)
        if samples:
            column.addLayout(self._sample_row(samples, face_count))
        column.addWidget(self.edit)
        column.addWidget(self._hint)
        column.addSpacing(theme.SPACE_2)
        column.addLayout(buttons)
        self.setMinimumWidth(SAMPLES * (_SAMPLE_SIDE + theme.SPACE_2) + 2 * theme.SPACE_6 + theme.SPACE_6)
        self.edit.setFocus()
        self.edit.selectAll()
        self._on_text(suggestion)

    @property
    def name(self) -> str:
        typed = " ".join(self.edit.text().split())
        known = self._people.get(typed.casefold())
        return known.name if known is not None else typed

    def hint(self) -> str:
        return self._hint.text()

    @staticmethod
    def _sample_row(samples: Sequence[QPixmap], face_count: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        shown = samples[:SAMPLES]
        for pixmap in shown:
            row.addWidget(Picture(_SAMPLE_SIDE, theme.RADIUS_S, pixmap))
        if face_count > len(shown):
            more = QLabel(f"+{words.number(face_count - len(shown))}")
            more.setProperty("role", "faint")
            row.addWidget(more)
        row.addStretch(1)
        return row

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        known = self._people.get(self.name.casefold())
        self.ok.setEnabled(bool(self.name))
        if not self.name:
            self._hint.setText(self.tr("Type a name: a new one, or one you have used before"))
        elif known is not None:
            adds = self.tr("Adds to {name}, {faces}")
            self._hint.setText(adds.replace("{name}", known.name).replace("{faces}", words.faces(known.faces)))
        else:
            self._hint.setText(self.tr("New person"))

    @Slot()
    def accept(self) -> None:
        if self.name:
            super().accept()
