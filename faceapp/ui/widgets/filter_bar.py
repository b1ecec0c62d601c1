"""The line above the grid that says which filter is set: a chip for each part, and ways to take it off."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from faceapp.types_search import NO_FILTER
from faceapp.ui import icons, theme
from faceapp.ui.filter_words import FilterPart
from faceapp.ui.widgets.flow import FlowLayout
from faceapp.ui.widgets.parts import PaintedButton, draw_focus

_HEIGHT = 30  # of a button, too
_WIDEST = 260
_CROSS = 14


class FilterChip(PaintedButton):
    """One part of the filter; a click, Enter, Space or Delete takes it out."""

    def __init__(self, part: FilterPart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self.setText(part.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(self.tr("Filter: {part}. Remove").replace("{part}", part.spoken))
        self.setToolTip(self.tr("Only {part}. Click to remove (Delete)").replace("{part}", part.spoken))

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(min(_WIDEST, words + _CROSS + theme.SPACE_3 + 2 * theme.SPACE_2 + 2), _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(tokens.accent if self.underMouse() else tokens.line), 1))
        painter.setBrush(QColor(tokens.accent_soft))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        inner = self.rect().adjusted(theme.SPACE_3, 0, -theme.SPACE_2, 0)
        cross = QRectF(inner.right() - _CROSS + 1, (self.height() - _CROSS) / 2, _CROSS, _CROSS)
        icons.paint(painter, "close", cross, tokens.text if self.underMouse() else tokens.text_2)
        inner.setRight(int(cross.left()) - theme.SPACE_1)
        painter.setPen(QColor(tokens.text))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), self.height() / 2)


class FilterBar(QWidget):
    """Shows what it is told and says what is asked. As many lines high as the chips need."""

    changed = Signal(object)  # Filter: a part was taken out
    edit_requested = Signal()
    keep_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Filter"))
        self._chips: list[FilterChip] = []
        self.edit = QPushButton(self.tr("Filter"))
        self.edit.setIcon(icons.icon("filter", "text_2"))
        self.edit.setIconSize(QSize(16, 16))
        self.edit.setAccessibleName(self.tr("Change the filter"))
        self.edit.setToolTip(self.tr("Change the filter (Ctrl+L)"))
        self.edit.clicked.connect(self.edit_requested)
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear the filter"))
        self.clear.setToolTip(self.tr("Show everything again (Ctrl+Shift+W)"))
        self.clear.clicked.connect(self._on_clear)
        self.keep = QPushButton(self.tr("Keep…"))
        self.keep.setAccessibleName(self.tr("Keep this filter as an album"))
        self.keep.setToolTip(self.tr("Keep this filter as an album that follows the library (Ctrl+Shift+S)"))
        self.keep.clicked.connect(self.keep_requested)
        self._flow = FlowLayout(self, spacing=theme.SPACE_2)
        self._flow.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, 0)
        for button in (self.edit, self.clear, self.keep):
            button.setProperty("kind", "quiet")
            self._flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def chips(self) -> list[FilterChip]:
        return list(self._chips)

    def has_keyboard(self) -> bool:
        return any(widget.hasFocus() for widget in (self.edit, *self._chips, self.clear, self.keep))

    def set_parts(self, parts: Sequence[FilterPart]) -> None:
        """Show what is set; the chip after one that was taken out by a key has the keyboard then."""
        at = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        while self._flow.count() > 0:
            self._flow.takeAt(0)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [FilterChip(part, self) for part in parts]
        order = (self.edit, *self._chips, self.clear, self.keep)
        for widget in order:
            self._flow.addWidget(widget)
        for chip in self._chips:
            chip.clicked.connect(self._on_removed)
            chip.show()
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        if at is not None and self._chips:
            self._chips[min(at, len(self._chips) - 1)].setFocus()
        self.updateGeometry()

    def set_keep_shown(self, shown: bool) -> None:
        """Offer to keep the filter alone: among matches, the bar of the matches keeps the whole search."""
        self.keep.setVisible(shown)

    @Slot()
    def _on_removed(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self.changed.emit(chip.part.rest)

    @Slot()
    def _on_clear(self) -> None:
        self.changed.emit(NO_FILTER)
