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
from faceapp.ui.widgets.tab_order import follow_layout


class Sidebar(QWidget):
    """Rows of which one is chosen. Arrow keys move within, Tab leaves. Some take tiles of the grid."""

    page_chosen = Signal(object)  # PageKey
    album_chosen = Signal(object)  # album id
    folder_menu_requested = Signal(object, QPoint)  # folder id, global position
    album_menu_requested = Signal(object, QPoint)  # album id, global position
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
        self._listed: dict[str, list[PageKey]] = {"album": [], "folder": []}

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

        self._headings: dict[str, QLabel] = {}
        self._lists: dict[str, QVBoxLayout] = {}
        for kind, text in (("album", self.tr("ALBUMS")), ("folder", self.tr("FOLDERS"))):
            heading = self._headings[kind] = QLabel(text)
            heading.setProperty("role", "section")
            heading.setContentsMargins(theme.SPACE_2, theme.SPACE_4, theme.SPACE_2, theme.SPACE_1)
            heading.hide()
            self._column.addWidget(heading)
            rows = self._lists[kind] = QVBoxLayout()
            rows.setSpacing(0)
            self._column.addLayout(rows)
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
        self.set_current(self._current)

    def set_people_counts(self, groups: int, to_review: int, hidden: int) -> None:
        self._rows[("groups",)].set_count(groups)
        self._rows[("review",)].set_count(to_review)
        row = self._rows[("hidden",)]
        row.set_count(hidden)
        row.setVisible(hidden > 0 or self._current == ("hidden",))

    def set_folders(self, folders: Sequence[FolderRow]) -> None:
        """Show these folders; rows that stay keep the keyboard focus."""
        rows = self._list("folder", [(folder.id, folder.name) for folder in folders])
        for row, folder in zip(rows, folders, strict=True):
            row.set_folder(folder)

    def set_albums(self, albums: Sequence[tuple[int, str]]) -> None:
        """Show these albums, by id and name."""
        rows = self._list("album", albums)
        for row, (_id, name) in zip(rows, albums, strict=True):
            row.set_album(name)

    def set_album_count(self, album_id: int, count: int | None) -> None:
        """Say how many matches an album has; None: it is not known."""
        row = self._rows.get(("album", album_id))
        if row is not None:
            row.set_count(count)

    def _list(self, kind: str, items: Sequence[tuple[int, str]]) -> list[NavRow]:
        """Return a row for each of these, by id and name, below their heading; the rest of them go."""
        keys: list[PageKey] = [(kind, item_id) for item_id, _name in items]
        for key in self._listed[kind]:
            if key not in keys:
                row = self._rows.pop(key)
                self._group.removeButton(row)
                row.hide()
                row.deleteLater()
        shown = []
        for at, (key, (_id, name)) in enumerate(zip(keys, items, strict=True)):
            row = self._rows.get(key) or self._add_listed_row(key, name)
            if self._lists[kind].indexOf(row) != at:
                self._lists[kind].insertWidget(at, row)
                row.show()
            shown.append(row)
        self._listed[kind] = keys
        self._headings[kind].setVisible(bool(items))
        follow_layout(self)
        self.set_current(self._current)
        return shown

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
        self._set_stop(row)

    def _set_stop(self, marked: NavRow | None) -> None:
        """Let Tab stop at one row only, the marked one if it is shown; the arrow keys go on from there."""
        stop = marked if marked is not None and not marked.isHidden() else self._rows[("photos",)]
        for row in self._rows.values():
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)

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

    def _add_listed_row(self, key: PageKey, name: str) -> NavRow:
        row = self._add_row(key, name)
        row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        row.customContextMenuRequested.connect(self._ask_for_menu)
        return row

    @Slot()
    def _choose(self) -> None:
        row = self.sender()
        if isinstance(row, NavRow):
            self._current = row.key
            if row.key[0] == "album":
                self.album_chosen.emit(row.key[1])
            else:
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
            asked = self.album_menu_requested if row.key[0] == "album" else self.folder_menu_requested
            asked.emit(row.key[1], row.mapToGlobal(at))


__all__ = ["WIDTH", "FolderRow", "FolderState", "NavRow", "PageKey", "Sidebar"]
