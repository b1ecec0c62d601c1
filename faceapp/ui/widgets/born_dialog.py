"""Asks when somebody was born."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QDateEdit, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from faceapp.ui import theme, words
from faceapp.ui.widgets.page_parts import label

_USUAL = date(1990, 1, 1)


class BornDialog(QDialog):
    """``born`` is the answer once the dialog was accepted; None takes the date away."""

    def __init__(self, name: str, born: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("When was {name} born?").replace("{name}", name)
        self.setWindowTitle(title)
        self._removed = False
        first = born or _USUAL
        self.edit = QDateEdit(QDate(first.year, first.month, first.day))
        self.edit.setLocale(words.locale())
        self.edit.setDateRange(QDate(1800, 1, 1), QDate.currentDate())
        self.edit.setDisplayFormat(words.date_pattern())
        self.edit.setCalendarPopup(True)
        self.edit.setAccessibleName(self.tr("Date of birth"))
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Forget the date"))
        self.remove.setVisible(born is not None)
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self._on_remove)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.ok = QPushButton(self.tr("Save"))
        self.ok.setProperty("kind", "primary")
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(label(title, "heading"))
        column.addWidget(self.edit)
        column.addLayout(buttons)
        self.setMinimumWidth(360)
        self.edit.setFocus()

    @property
    def born(self) -> date | None:
        chosen = self.edit.date()
        return None if self._removed else date(chosen.year(), chosen.month(), chosen.day())

    @Slot()
    def _on_remove(self) -> None:
        self._removed = True
        self.accept()
