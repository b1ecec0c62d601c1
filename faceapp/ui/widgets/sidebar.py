"""The left panel: where to look, and the folders with their state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import Counts
from faceapp.ui import icons, theme, words
from faceapp.ui.widgets.parts import PaintedButton, draw_focus

PageKey = tuple[object, ...]  # ("photos",), ("faces",), ("people",), ("problems",), ("folder", id), ("person", id)
FolderState = Literal["idle", "scanning", "offline", "problems"]

WIDTH = 220
_ROW = 30
_TALL_ROW = 44  # of a folder that is not connected, with a line for that


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder as the panel shows it."""

    id: int
    name: str
    path: Path
    photos: int
    state: FolderState
    failed: int = 0  # photos that could not be read


class Sidebar(QWidget):
    """Rows of which one is chosen. Arrow keys move within, Tab leaves."""

    page_chosen = Signal(object)  # PageKey
    folder_menu_requested = Signal(object, QPoint)  # folder id, global position

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
            ("problems", self.tr("Problems"), "Ctrl+4"),
        )
        for name, text, shortcut in pages:
            row = self._add_row((name,), text)
            row.setToolTip(f"{text} ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})")
            self._column.addWidget(row)
        self._rows[("problems",)].hide()

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
        """Mark the page that is shown; a person's page belongs to People. No signal."""
        self._current = key
        row = self._rows.get(("people",) if key[:1] == ("person",) else key)
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

    @Slot(QPoint)
    def _ask_for_menu(self, at: QPoint) -> None:
        row = self.sender()
        if isinstance(row, NavRow):
            self.folder_menu_requested.emit(row.key[1], row.mapToGlobal(at))


class NavRow(PaintedButton):
    """One row: a state dot or none, a name, a count."""

    def __init__(self, key: PageKey, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._count: int | None = None
        self._dot: FolderState | None = None
        self._note = ""  # below the name
        self.setText(text)
        self.setCheckable(True)
        self.setFixedHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)

    def set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self.text()}, {words.number(count)}")
            self.update()

    def set_dot(self, state: FolderState) -> None:
        if state != self._dot:
            self._dot = state
            self.update()

    def set_folder(self, folder: FolderRow) -> None:
        state = {
            "idle": self.tr("up to date"),
            "scanning": self.tr("being read"),
            "offline": self.tr("not connected"),
            "problems": words.unreadable(folder.failed),
        }[folder.state]
        self._note = self.tr("Not connected") if folder.state == "offline" else ""
        self.setFixedHeight(_TALL_ROW if self._note else _ROW)
        self.setText(folder.name)
        self.set_count(folder.photos)
        self.set_dot(folder.state)
        self.setAccessibleName(f"{folder.name}, {words.photos(folder.photos)}, {state}")
        self.setToolTip(f"{folder.path}\n{words.photos(folder.photos)}, {state}")

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2 * theme.SPACE_2, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(tokens.accent_soft if self.isChecked() else tokens.hover))
            painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS_S, theme.RADIUS_S)
        area = self.rect().adjusted(theme.SPACE_2, 0, -theme.SPACE_2, 0)
        if self._dot is not None:
            self._paint_state(painter, QRectF(area.left(), area.center().y() - 3.5, 8, 8), self._dot)
            area.setLeft(area.left() + 18)
        if self._count is not None:
            area.setRight(self._paint_count(painter, area) - 10)
        if self._note:
            below = area.adjusted(0, area.height() // 2 + 1, 0, 0)
            area.setBottom(below.top())
            self._paint_text(painter, below, self._note, theme.FONT_S, tokens.text_3, Qt.AlignmentFlag.AlignTop)
        upright = Qt.AlignmentFlag.AlignBottom if self._note else Qt.AlignmentFlag.AlignVCenter
        faint = self._dot == "offline" and not self.isChecked()
        self._paint_text(painter, area, self.text(), theme.FONT_M, tokens.text_2 if faint else tokens.text, upright)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), theme.RADIUS_S)

    def _paint_state(self, painter: QPainter, place: QRectF, state: FolderState) -> None:
        """Paint the state as a dot, a ring or a sign: not by colour alone."""
        tokens = theme.current()
        if state == "problems":
            icons.paint(painter, "warning", place.adjusted(-4, -4, 4, 4), tokens.warn)
        elif state == "offline":
            painter.setPen(QPen(QColor(tokens.text_3), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place.adjusted(0.75, 0.75, -0.75, -0.75))
        else:
            painter.setBrush(QColor(tokens.good if state == "idle" else tokens.accent))
            painter.drawEllipse(place)

    def _paint_text(
        self, painter: QPainter, area: QRect, text: str, size: int, colour: str, upright: Qt.AlignmentFlag
    ) -> None:
        font = self.font()
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() and text == self.text() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, upright | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_count(self, painter: QPainter, area: QRect) -> int:
        """Paint the count at the right end and return where it begins."""
        font = self.font()
        font.setPixelSize(theme.FONT_S)
        painter.setFont(font)
        painter.setPen(QColor(theme.current().text_3))
        text = words.number(self._count or 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return area.right() - painter.fontMetrics().horizontalAdvance(text)
