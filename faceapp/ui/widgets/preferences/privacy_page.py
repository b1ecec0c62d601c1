"""Preferences: what is kept where, and forgetting for good."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from faceapp.types_upkeep import Part, Stored
from faceapp.ui import upkeep_words
from faceapp.ui.widgets.preferences.page import Group, PreferencesPage, Row

_BREAK = "\u200b"


class PrivacyPage(PreferencesPage):
    open_requested = Signal(object)  # Path
    forget_requested = Signal()
    erase_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(
            self.tr("Privacy"),
            self.tr(
                "Nothing leaves this computer: Faceapp has no code that opens a network connection. Everything it "
                "knows lies in the places below, beside your photos, never among them."
            ),
        )
        self.open_buttons: dict[Part, QPushButton] = {}
        self._stored: list[Stored] = []
        self._places = Group(self.tr("Where data lies"), [Row(self.tr("Being counted…"))])
        self.forget, self.erase = QPushButton(self.tr("Forget a Person…")), QPushButton(self.tr("Forget Everything…"))
        self.forget.setToolTip(self.tr("Erase a name and every decision that names the person"))
        self.erase.setToolTip(self.tr("Erase all faces, embeddings, groups and names"))
        for button, signal in ((self.forget, self.forget_requested), (self.erase, self.erase_requested)):
            button.setAutoDefault(False)
            button.clicked.connect(signal)
        rows = [
            Row(
                self.tr("Forget a person"),
                self.tr("The name goes for good, and all that was said of the person. The faces stay, without a name."),
                self.forget,
                more=self.tr("delete erase name"),
            ),
            Row(
                self.tr("Forget all faces and names of this library"),
                self.tr("Faces, embeddings, groups, names, albums and thumbnails go for good. Photos are not touched."),
                self.erase,
                more=self.tr("delete erase biometric face data"),
            ),
        ]
        self.add(self._places, Group(self.tr("Forgetting"), rows))

    def set_stored(self, stored: Sequence[Stored]) -> None:
        """Show what is kept where; what says the same as before stays, and with it the keyboard's focus."""
        if list(stored) == self._stored:
            return
        self._stored = list(stored)
        self.open_buttons = {}
        rows = []
        for one in stored:
            name = self._name(one.part)
            button = self.open_buttons[one.part] = QPushButton(self.tr("Open"))
            button.setAutoDefault(False)
            button.setToolTip(self.tr("Show it in its folder"))
            button.setAccessibleName(f"{self.tr('Open')}: {name}")
            button.clicked.connect(partial(self._open, one.path))
            path = os.fsencode(one.path).decode(errors="replace")
            size = upkeep_words.size(one.size) if one.size else self.tr("nothing yet")
            rows.append(Row(f"{name} · {size}", path.replace(os.sep, os.sep + _BREAK), button, more=path))
        total = upkeep_words.size(sum(one.size for one in stored))
        self._places.title.set_words(self.tr("Where data lies: {size} in all").replace("{size}", total))
        self._places.set_rows(rows)

    def _open(self, path: Path, _checked: bool = False) -> None:
        self.open_requested.emit(path)

    def _name(self, part: Part) -> str:
        return {
            Part.DATABASE: self.tr("Database: faces, names, decisions"),
            Part.BACKUPS: self.tr("Backups of the database"),
            Part.VECTORS: self.tr("Files for quick search"),
            Part.THUMBNAILS: self.tr("Thumbnails"),
            Part.MODELS: self.tr("Models that you added"),
            Part.SETTINGS: self.tr("Settings"),
            Part.LOGS: self.tr("Logs"),
        }[part]
