"""The left panel: where to look, and the folders with their state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import Counts
from faceapp.ui import theme
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.widgets.nav_row import TAKES, WIDTH, FolderRow, FolderState, NavRow, PageKey


class Sidebar(QWidget):
    """Rows of which one is chosen. Arrow keys move within, Tab leaves. Some take tiles of the grid."""

    page_chosen = Signal(object)  # PageKey
    folder_menu_requested = Signal(object, QPoint)  # folder id, global position
    carried = Signal(object, object)  # Cargo, PageKey of the row that it was let go on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setProperty("surface", "panel")
        self.setProperty("edge", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Library"))
        self._group = QButtonGroup(self)
        self._current: PageKey = ("photos",)
        self._rows: dict[PageKey, NavRow] = {}
        self._folder_keys: list[PageKey] = []

        inner = QWidget()
        inner.setProperty("surface", "panel")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(theme.SPACE_2, theme.SPACE_3, theme.SPACE_2, theme.SPACE_3)
        self._column.setSpacing(0)
        pages = (
            ("photos", self.tr("Photos"), "Ctrl+1"),
            ("faces", self.tr("Faces"), "Ctrl+2"),
            ("people", self.tr("People"), "Ctrl+3"),
            ("groups", self.tr("Unnamed groups"), "Ctrl+4"),
            ("review", self.tr("Review"), "Ctrl+5"),
            ("hidden", self.tr("Hidden"), "Ctrl+6"),
            ("problems", self.tr("Problems"), "Ctrl+7"),
        )
        for name, text, shortcut in pages:
            row = self._add_row((name,), text)
            row.setToolTip(f"{text} ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})")
            self._column.addWidget(row)
        for name in TAKES:
            row = self._rows[(name,)]
            row.setAcceptDrops(True)
            row.carried.connect(self._on_carried)
        for name in ("hidden", "problems"):
            self._rows[(name,)].hide()

        self._heading = QLabel(self.tr("FOLDERS"))
        self._heading.setProperty("role", "section")
        self._heading.setContentsMargins(theme.SPACE_2, theme.SPACE_4, theme.SPACE_2, theme.SPACE_1)
        self._heading.hide()
        self._column.addWidget(self._heading)
        self._folders = QVBoxLayout()
        self._folders.setSpacing(0)
        self._column.addLayout(self._folders)
        self._column.addStretch(1)

        area = QScrollArea()
        area.setProperty("surface", "panel")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)  # leaves room for the line on the right
        whole.addWidget(area)
        self.set_current(("photos",))

    def set_counts(self, counts: Counts) -> None:
        self._rows[("photos",)].set_count(counts.photos)
        self._rows[("faces",)].set_count(counts.faces)
        self._rows[("people",)].set_count(counts.people)
        problems = self._rows[("problems",)]
        problems.set_count(counts.failed)
        problems.setVisible(counts.failed > 0)

    def set_people_counts(self, groups: int, to_review: int, hidden: int) -> None:
        self._rows[("groups",)].set_count(groups)
        self._rows[("review",)].set_count(to_review)
        row = self._rows[("hidden",)]
        row.set_count(hidden)
        row.setVisible(hidden > 0 or self._current == ("hidden",))

    def set_folders(self, folders: Sequence[FolderRow]) -> None:
        """Show these folders; rows that stay keep the keyboard focus."""
        keys: list[PageKey] = [("folder", folder.id) for folder in folders]
        for key in self._folder_keys:
            if key not in keys:
                row = self._rows.pop(key)
                self._group.removeButton(row)
                row.hide()
                row.deleteLater()
        for at, (key, folder) in enumerate(zip(keys, folders, strict=True)):
            found = self._rows.get(key)
            shown = found if found is not None else self._add_folder_row(key, folder)
            if self._folders.indexOf(shown) != at:
                self._folders.insertWidget(at, shown)
                shown.show()
            shown.set_folder(folder)
        self._folder_keys = keys
        self._heading.setVisible(bool(folders))
        self.set_current(self._current)

    def set_current(self, key: PageKey) -> None:
        """Mark the page that is shown; a person's page belongs to People, a group's to the groups. No signal."""
        self._current = key
        row = self._rows.get({"person": ("people",), "group": ("groups",)}.get(str(key[0]), key))
        if row is not None:
            row.setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def row(self, key: PageKey) -> NavRow | None:
        return self._rows.get(key)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def _add_row(self, key: PageKey, text: str) -> NavRow:
        row = NavRow(key, text)
        self._group.addButton(row)
        self._rows[key] = row
        row.clicked.connect(self._choose)
        return row

    def _add_folder_row(self, key: PageKey, folder: FolderRow) -> NavRow:
        row = self._add_row(key, folder.name)
        row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        row.customContextMenuRequested.connect(self._ask_for_menu)
        return row

    @Slot()
    def _choose(self) -> None:
        row = self.sender()
        if isinstance(row, NavRow):
            self._current = row.key
            self.page_chosen.emit(row.key)

    @Slot(object)
    def _on_carried(self, cargo: Cargo) -> None:
        row = self.sender()
        if isinstance(row, NavRow):
            self.carried.emit(cargo, row.key)

    @Slot(QPoint)
    def _ask_for_menu(self, at: QPoint) -> None:
        row = self.sender()
        if isinstance(row, NavRow):
            self.folder_menu_requested.emit(row.key[1], row.mapToGlobal(at))


__all__ = ["WIDTH", "FolderRow", "FolderState", "NavRow", "PageKey", "Sidebar"]
