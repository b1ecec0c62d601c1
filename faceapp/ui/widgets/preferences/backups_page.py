"""Preferences: the backups of the library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from faceapp.types_upkeep import Backup
from faceapp.ui import upkeep_words
from faceapp.ui.widgets.preferences.page import Group, PreferencesPage, Row


class BackupsPage(PreferencesPage):
    back_up_requested = Signal()
    save_requested = Signal()  # to a file that is asked for
    choose_requested = Signal()  # a file to put back
    restore_requested = Signal(object)  # Path
    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(
            self.tr("Backups"),
            self.tr(
                "A backup holds every name and decision, and all that was found in photos. The photos themselves are "
                "not in it."
            ),
        )
        self._backups: list[Backup] | None = None
        self.restore_buttons: list[QPushButton] = []
        self.now = self._button(self.tr("Back Up Now"), self.back_up_requested)
        self.save = self._button(self.tr("Save a Copy…"), self.save_requested)
        self.choose = self._button(self.tr("Choose a File…"), self.choose_requested)
        self.folder = self._button(self.tr("Open Folder"), self.open_requested)
        self.state = Row(self.tr("Back up this library"), "", self.now, more=self.tr("copy save"))
        rows = [
            self.state,
            Row(self.tr("Keep a copy elsewhere"), self.tr("On another drive it survives this one."), self.save),
            Row(self.tr("Put back a copy from elsewhere"), "", self.choose, more=self.tr("restore")),
            Row(self.tr("Where they lie"), self.tr("In the library's own folder."), self.folder),
        ]
        self._list = Group(self.tr("Backups of this library"), [Row(self.tr("Being looked for…"))])
        self.add(Group("", rows), self._list)

    def set_backups(self, backups: Sequence[Backup]) -> None:
        if list(backups) == self._backups:
            return
        self._backups = list(backups)
        self.restore_buttons = []
        rows = []
        for backup in backups:
            when = upkeep_words.local(backup.made)
            button = self._button(self.tr("Restore…"), None)
            button.setAccessibleName(self.tr("Restore the backup of {date}").replace("{date}", when))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(partial(self._restore, backup.path))
            self.restore_buttons.append(button)
            rows.append(
                Row(when, f"{upkeep_words.size(backup.size)} · {backup.path.name}", button, more=str(backup.path))
            )
        self._list.set_rows(rows or [Row(self.tr("None yet"), self.tr("The first one is made with the button above."))])

    def set_busy(self, text: str) -> None:
        """Say what is being done, "" for nothing; meanwhile nothing else can be asked for."""
        self.state.set_hint(text)
        for button in (self.now, self.save, self.choose, *self.restore_buttons):
            button.setEnabled(not text)

    def _restore(self, path: Path, _checked: bool = False) -> None:
        self.restore_requested.emit(path)

    def _button(self, text: str, signal: object) -> QPushButton:
        made = QPushButton(text)
        made.setAutoDefault(False)
        if signal is not None:
            made.clicked.connect(signal)
        return made
