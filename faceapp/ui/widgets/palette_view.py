"""The command palette: one line to type over a list of results, in front of the whole window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from faceapp.ui import icons, theme
from faceapp.ui.widgets.result_list import ResultList, Row
from faceapp.ui.widgets.search_field import announce
from faceapp.ui.widgets.shadow import draw_shadow

KEYS: Final = "Ctrl+K"
_WIDTH: Final = 620
_HIGHEST: Final = 440  # of the list
_SCRIM: Final = 0.28
_SIGN: Final = 46  # room before the words, which begin where those of the rows do


class PaletteView(QWidget):
    """Covers the window while it is open and keeps the keyboard."""

    typed = Signal(str)
    chosen = Signal(object)  # Row
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(self.tr("Command palette"))
        self._before: QWidget | None = None  # what the keyboard goes back to
        self.card = QFrame(self)
        self.card.setProperty("surface", "card")
        self.line = _Line(self.card)
        self.list = ResultList(parent=self.card)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(6)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        self.line.textChanged.connect(self.typed)
        self.line.left.connect(self.leave)
        self.line.pressed.connect(self._on_key)
        self.list.chosen.connect(self.chosen)
        self.list.marked.connect(self._on_marked)
        window.installEventFilter(self)
        self.hide()

    def open(self, before: QWidget | None) -> None:
        """Show the palette, empty; ``before`` gets the keyboard back."""
        self._before = before
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        self.list.put(())
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put(self, rows: Sequence[Row]) -> None:
        self.list.put(rows)
        self._place()

    @Slot()
    def leave(self) -> None:
        """Close the palette."""
        if self.isVisible():
            before, self._before = self._before, None
            self.hide()
            if before is not None and before.isVisible():
                before.setFocus()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.with_alpha(theme.current().halo, _SCRIM))
        draw_shadow(painter, self.card.geometry().toRectF())

    def _place(self) -> None:
        """Lay the card into the upper middle of the window, as high as its rows."""
        window = self.window()
        self.setGeometry(window.rect())
        top = max(theme.SPACE_6, window.height() // 8)
        wide = min(_WIDTH, window.width() - 2 * theme.SPACE_4)
        room = window.height() - top - theme.SPACE_6 - self.line.sizeHint().height() - 2 * theme.SPACE_2
        self.list.setFixedHeight(max(0, min(self.list.height_of_rows(), _HIGHEST, room)))
        self.card.setGeometry((window.width() - wide) // 2, top, wide, self.card.sizeHint().height())
        self.update()  # the shadow that it had where it was larger

    @Slot(object)
    def _on_key(self, event: QKeyEvent) -> None:
        if self.list.take_key(event):
            event.setAccepted(True)

    @Slot(object)
    def _on_marked(self, row: Row | None) -> None:
        announce(self.line, row)


class _Line(QLineEdit):
    """Keeps every key for itself: behind the palette nothing happens."""

    pressed = Signal(object)  # QKeyEvent, accepted by who uses it
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "palette")
        self.setPlaceholderText(self.tr("Type an action, a person, a folder or an album"))
        self.setAccessibleName(self.tr("Command palette: type an action, a person, a folder or an album"))
        self.setToolTip(self.tr("Arrow keys and Enter choose, Esc closes"))
        self.setTextMargins(_SIGN, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        sign = QRectF(21, self.height() / 2 - 10, 18, 18)  # above the signs of the rows
        icons.paint(QPainter(self), "search", sign, theme.current().text_2)

    def focusNextPrevChild(self, _next: bool) -> bool:
        return True  # there is nowhere else to go

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        toggles = QKeySequence(event.keyCombination()) == QKeySequence(KEYS)
        if event.key() == Qt.Key.Key_Escape or toggles:
            self.left.emit()
        else:
            event.setAccepted(False)
            self.pressed.emit(event)
            if not event.isAccepted():
                super().keyPressEvent(event)
        event.accept()
