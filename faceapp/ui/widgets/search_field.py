"""The search field of the top bar and what it offers below itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from faceapp.ui import icons, theme
from faceapp.ui.widgets.result_list import ResultList, Row
from faceapp.ui.widgets.shadow import REACH, draw_shadow

WIDTH: Final = 460
_HIGHEST: Final = 520  # of what is offered
_PAD: Final = 6


class SearchField(QLineEdit):
    """A round field that shows its shortcut while it is empty. ``popup`` is None until it lies in a window."""

    asked = Signal(str)  # what is typed, whenever offers for it are wanted; "" too
    chosen = Signal(object)  # Row
    entered = Signal(str)  # Enter where nothing is offered
    left = Signal()  # by Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "search")
        self.setMaximumWidth(WIDTH)
        self.setMinimumWidth(200)
        self.setPlaceholderText(self.tr("Search people, dates, folders or drop a picture"))
        self.setAccessibleName(self.tr("Search people, dates, folders and albums"))
        self.setAcceptDrops(False)  # else it would take a dropped file as text; the window searches with it
        self.setClearButtonEnabled(True)
        clear = self.findChild(QAction, "_q_qlineeditclearaction")
        if clear is not None:
            clear.setIcon(icons.icon("close", "text_2"))
        self._leaving = False
        keys = QKeySequence("Ctrl+F").toString(QKeySequence.SequenceFormat.NativeText)
        self._hint = keys.replace("+", " ")
        self.setToolTip(self.tr("Several words go together, such as a name and a year ({key})").replace("{key}", keys))
        self.popup = Suggestions(self)
        self.popup.list.chosen.connect(self._on_chosen)
        self.popup.list.marked.connect(self._on_marked)
        self.textChanged.connect(self._on_text)
        theme.signals().changed.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    @property
    def current(self) -> bool:
        """Whether the keyboard is here, or will be as soon as the window is in front again."""
        return self.window().focusWidget() is self

    def offer(self, rows: Sequence[Row]) -> None:
        """Show what may be meant; nothing hides the list."""
        if rows and self.current:
            self.popup.show_rows(rows)
        else:
            self.popup.hide()

    def leave(self) -> None:
        """Empty the field and close the list."""
        self._leaving = True
        self.clear()
        self._leaving = False
        self.popup.hide()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if self.current and not self._leaving:
            self.asked.emit(text)

    @Slot(object)
    def _on_chosen(self, row: Row) -> None:
        self.chosen.emit(row)

    @Slot(object)
    def _on_marked(self, row: Row | None) -> None:
        announce(self, row)

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.asked.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.popup.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.popup.isVisible():
            self.asked.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
            self.left.emit()
        elif self.popup.isVisible() and self.popup.list.current() is not None and self.popup.list.take_key(event):
            return
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if text := self.text().strip():
                self.entered.emit(text)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.asked.emit(self.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus():
            return
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(theme.FONT_XS)
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(self._hint) + 12
        frame = QRect(self.width() - wide - 14, (self.height() - 18) // 2, wide, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.bg))
        painter.drawRect(frame.adjusted(-theme.SPACE_2, 0, 0, 0))  # where the field is narrow, over its placeholder
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRoundedRect(frame.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(tokens.text_3))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._hint)


class Suggestions(QWidget):
    """A card below the field, over the rest of the window. Its shadow lies around it."""

    def __init__(self, field: SearchField) -> None:
        super().__init__(field)
        self._field = field
        self.setAccessibleName(self.tr("Suggestions"))
        self.card = QFrame(self)
        self.card.setProperty("surface", "card")
        self.list = ResultList(parent=self.card)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, _PAD, 1, _PAD)
        column.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(REACH, theme.SPACE_1, REACH, REACH)
        whole.addWidget(self.card)
        self.hide()

    def show_rows(self, rows: Sequence[Row]) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        if not self.isVisible():
            self.list.put(())
        self.list.put(rows)
        self._place()
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_shadow(QPainter(self), self.card.geometry().toRectF())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        field, window = self._field, self._field.window()
        below = field.mapTo(window, QPoint(0, field.height()))
        wide = min(max(field.width(), WIDTH), window.width() - 2 * theme.SPACE_2)
        room = window.height() - below.y() - theme.SPACE_1 - REACH
        high = min(self.list.height_of_rows() + 2 * _PAD + 2, _HIGHEST, max(room, 0))
        left = below.x() + (field.width() - wide) // 2
        left = max(theme.SPACE_2, min(left, window.width() - wide - theme.SPACE_2))
        self.setGeometry(left - REACH, below.y(), wide + 2 * REACH, high + theme.SPACE_1 + REACH)


def announce(line: QWidget, row: Row | None) -> None:
    """Tell a screen reader which row is marked: the keyboard stays in the line."""
    if row is not None and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(line, row.spoken))
