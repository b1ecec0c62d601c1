"""Asks who some faces are. Offers the people of the library while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from faceapp.types import Person
from faceapp.ui import theme, words
from faceapp.ui.widgets.name_edit import NameEdit
from faceapp.ui.widgets.parts import Picture

SAMPLES = 6
_SAMPLE_SIDE = 60


class NameDialog(QDialog):
    """``name`` is the answer once the dialog was accepted: the person's own spelling if there is such a person.

    ``title`` and ``action`` are other words for the heading and the button. ``only_known``: only people of the
    library will do.
    """

    def __init__(
        self,
        face_count: int,
        people: Sequence[Person] = (),
        samples: Sequence[QPixmap] = (),
        suggestion: str = "",
        parent: QWidget | None = None,
        *,
        title: str = "",
        action: str = "",
        only_known: bool = False,
    ) -> None:
        super().__init__(parent)
        self._only_known = only_known
        title = title or self.tr("Name {faces}").replace("{faces}", words.faces(face_count))
        self.setWindowTitle(title)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        self.edit = NameEdit(people, only_known=only_known)
        self.edit.setText(suggestion)
        self.edit.textChanged.connect(self._on_text)
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)

        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Change nothing (Esc)"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self.ok = QPushButton(action or self.tr("Name"))
        self.ok.setProperty("kind", "primary")
        self.ok.setToolTip(self.tr("{action} (Enter)").replace("{action}", self.ok.text()))
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
        return self.edit.name

    def person(self) -> Person | None:
        """Return the person of the library who bears the name."""
        return self.edit.person()

    def hint(self) -> str:
        return self._hint.text()

    def _sample_row(self, samples: Sequence[QPixmap], face_count: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        shown = samples[:SAMPLES]
        for pixmap in shown:
            picture = Picture(_SAMPLE_SIDE, theme.RADIUS_S, pixmap)
            picture.setAccessibleName(self.tr("One of the faces"))
            row.addWidget(picture)
        if face_count > len(shown):
            more = QLabel(f"+{words.number(face_count - len(shown))}")
            more.setProperty("role", "faint")
            row.addWidget(more)
        row.addStretch(1)
        return row

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        known = self.person()
        self.ok.setEnabled(bool(self.name) and not (self._only_known and known is None))
        if not self.name:
            self._hint.setText(
                self.tr("Type the name of somebody in this library")
                if self._only_known
                else self.tr("Type a name: a new one, or one you have used before")
            )
        elif known is not None:
            adds = self.tr("Adds to {name}, {faces}")
            self._hint.setText(adds.replace("{name}", known.name).replace("{faces}", words.faces(known.faces)))
        else:
            self._hint.setText(self.tr("Nobody has this name") if self._only_known else self.tr("New person"))

    @Slot()
    def accept(self) -> None:
        if self.ok.isEnabled():
            super().accept()
