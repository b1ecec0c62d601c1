"""Preferences: the photo folders, and what reading passes over in them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from faceapp.ui.widgets.preferences.page import Group, PreferencesPage, Row

_LINES = 110  # the height of the patterns
_BREAK = "\u200b"  # where a path may go on in the next line


@dataclass(frozen=True, slots=True)
class FolderLine:
    """A folder as the page shows it; ``words`` say how many photos, and what is wrong."""

    id: int
    path: Path
    words: str


class Patterns(QPlainTextEdit):
    """``left``: the user is done with it, for now."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class FoldersPage(PreferencesPage):
    add_requested = Signal()
    remove_requested = Signal(object)  # a folder's id
    ignore_changed = Signal(object)  # tuple[str, ...]

    def __init__(self) -> None:
        super().__init__()
        self.set_title(
            self.tr("Folders"), self.tr("Faceapp only reads these folders. It never changes, moves or deletes a photo.")
        )
        self.remove_buttons: dict[int, QPushButton] = {}
        self._lines: list[FolderLine] = []
        self._none = Row(self.tr("No folder yet"), self.tr("Add the folder that holds your photos."))
        self._list = Group(self.tr("Photo folders"), [self._none])
        self.add_button = QPushButton(self.tr("Add Folder…"))
        self.add_button.setToolTip(self.tr("Add a photo folder and read it"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add_requested)
        add = Row(self.tr("Add another folder"), "", self.add_button)
        self.patterns = Patterns()
        self.patterns.left.connect(self.take_patterns)
        self.patterns.setTabChangesFocus(True)
        self.patterns.setFixedHeight(_LINES)
        self.patterns.setProperty("surface", "card")
        self.patterns.setPlaceholderText("*_small.jpg\n*/cache/*\n2019/raw/")
        self.patterns.setAccessibleName(self.tr("Names and patterns to ignore, one a line"))
        ignored = Row(
            self.tr("Names and patterns"),
            self.tr(
                "One a line. A name fits at any depth; one with a slash fits from the photo folder on, and * stands "
                "for anything. Photos that are ignored leave the library; their names come back with them."
            ),
            self.patterns,
            below=True,
            more=self.tr("skip exclude glob hidden"),
        )
        self.add(self._list, Group("", [add]), Group(self.tr("Ignored"), [ignored]))

    def set_folders(self, lines: Sequence[FolderLine]) -> None:
        if list(lines) == self._lines and lines:
            return
        self._lines = list(lines)
        self.remove_buttons = {}
        rows = []
        for line in lines:
            button = self.remove_buttons[line.id] = QPushButton(self.tr("Remove…"))
            button.setAutoDefault(False)
            tip = self.tr("Take {folder} out of the library; the photos stay").replace("{folder}", line.path.name)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _checked=False, id_=line.id: self.remove_requested.emit(id_))
            shown = os.fsencode(line.path).decode(errors="replace")
            hint = f"{shown.replace(os.sep, os.sep + _BREAK)}\n{line.words}"
            rows.append(Row(line.path.name or shown, hint, button, more=shown))
        self._list.set_rows(rows or [Row(self._none.title.words, self._none.hint.words)])

    def set_ignored(self, patterns: Sequence[str]) -> None:
        if tuple(patterns) != self.ignored():
            self.patterns.setPlainText("\n".join(patterns))

    def ignored(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.patterns.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    @Slot()
    def take_patterns(self) -> None:
        self.ignore_changed.emit(self.ignored())
