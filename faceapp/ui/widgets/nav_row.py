"""One row of the left panel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from faceapp.ui import icons, theme, words
from faceapp.ui.people import dragging
from faceapp.ui.people.dragging import Cargo
from faceapp.ui.widgets.parts import PaintedButton, draw_focus

# ("photos",), ("faces",), ("people",), ("groups",), ("review",), ("hidden",), ("problems",), ("history",),
# ("folder", id), ("album", id), ("group", id), ("person", id), ("person", id, "photos")
PageKey = tuple[object, ...]
FolderState = Literal["idle", "scanning", "offline", "problems"]

WIDTH = 220
_ROW = 30
_SPRING_MS = 700  # tiles that are held over a row for so long open its page
TAKES = {"people": ("face", "group"), "groups": ("face",), "hidden": ("face", "group")}  # what a row takes
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


class NavRow(PaintedButton):
    """One row: a state dot, an icon or neither, a name, a count.

    Tiles that are let go on it come as ``carried``; held over it for a while, they open its page.
    """

    carried = Signal(object)  # Cargo

    def __init__(self, key: PageKey, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._count: int | None = None
        self._dot: FolderState | None = None
        self._icon = ""
        self._note = ""  # below the name
        self._held = False  # tiles are held over it
        self._spring = QTimer(self, singleShot=True)
        self._spring.setInterval(_SPRING_MS)
        self._spring.timeout.connect(self.click)
        self.setText(text)
        self.setCheckable(True)
        self.setFixedHeight(_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)

    def set_count(self, count: int | None) -> None:
        """Show a number; None: it is not known."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(
                words.phrases(self.text(), words.number(count)) if count is not None else self.text()
            )
            self.update()

    def set_album(self, name: str) -> None:
        self._icon = "album"
        if name != self.text():
            self.setText(name)
            count, self._count = self._count, None
            self.setAccessibleName(name)
            self.set_count(count)
        self.setToolTip(self.tr("{name}: a search that follows the library").replace("{name}", name))
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
        self.setAccessibleName(words.phrases(folder.name, words.photos(folder.photos), state))
        self.setToolTip(f"{folder.path}\n{words.phrases(words.photos(folder.photos), state)}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        cargo = dragging.unpack(event.mimeData())
        if cargo is None or not self._takes(cargo):
            event.ignore()  # others may take it: folders and pictures fall through to the window
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._hold(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hold(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hold(False)
        cargo = dragging.unpack(event.mimeData())
        if cargo is not None and self._takes(cargo):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.carried.emit(cargo)

    def _takes(self, cargo: Cargo) -> bool:
        kinds = {"face"} if cargo.faces else {"person" for _ in cargo.people} | {"group" for _ in cargo.groups}
        return bool(kinds) and kinds <= set(TAKES.get(str(self.key[0]), ()))

    def _hold(self, held: bool) -> None:
        self._held = held
        if held and self.key != ("hidden",):  # nothing there takes tiles
            self._spring.start()
        else:
            self._spring.stop()
        self.update()

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
        if self._icon:
            place = QRectF(area.left() - 1, area.center().y() - 7.5, 16, 16)
            icons.paint(painter, self._icon, place, tokens.text_2)
            area.setLeft(area.left() + 22)
        if self._count is not None:
            area.setRight(self._paint_count(painter, area) - 10)
        if self._note:
            below = area.adjusted(0, area.height() // 2 + 1, 0, 0)
            area.setBottom(below.top())
            self._paint_text(painter, below, self._note, theme.FONT_S, tokens.text_3, Qt.AlignmentFlag.AlignTop)
        upright = Qt.AlignmentFlag.AlignBottom if self._note else Qt.AlignmentFlag.AlignVCenter
        faint = self._dot == "offline" and not self.isChecked()
        self._paint_text(painter, area, self.text(), theme.FONT_M, tokens.text_2 if faint else tokens.text, upright)
        if self.hasFocus() or self._held:
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
