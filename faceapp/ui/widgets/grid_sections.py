"""The headers of the grid's sections: the one that stays at the top, what a click and the keyboard do, the scrubber."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from faceapp.ui import theme
from faceapp.ui.tiles import TileModel
from faceapp.ui.widgets.grid_input import GridInput
from faceapp.ui.widgets.grid_layout import HEAD, MARGIN
from faceapp.ui.widgets.grid_words import SectionText

_Flag = QItemSelectionModel.SelectionFlag
_SHOWS_THROUGH: Final = 0.95  # how much of what lies under the header at the top it hides
_BUBBLE: Final = 30  # height of the words beside the scroll bar


class GridSections(GridInput):
    """A click on a header selects its tiles, with Ctrl more of them; Ctrl+Shift+Up and Down go from header to header.

    Ctrl+Shift+Space selects the tiles of the section one is in.
    """

    def __init__(self, model: TileModel, parent: QWidget | None = None) -> None:
        self.hovered_section = -1
        self._pressed_section = -1
        super().__init__(model, parent)
        bar = self.verticalScrollBar()
        bar.sliderPressed.connect(self.paint_again)
        bar.sliderReleased.connect(self.paint_again)

    def forget_pointer(self) -> None:
        super().forget_pointer()
        self._pressed_section = -1
        self._hover_section(-1)

    def select_section(self, section: int, *, add: bool = False) -> None:
        """Select all tiles of a section and make its first one current."""
        rows = self.section_rows(section)
        if rows:
            chosen = QItemSelection(self._tiles.index(rows[0]), self._tiles.index(rows[-1]))
            self.selectionModel().select(chosen, _Flag.Select if add else _Flag.ClearAndSelect)
            self.go_to(rows[0], _Flag.NoUpdate, scroll=False)

    def go_to_section(self, step: int) -> None:
        """Go to the start of the next section, or back to that of this one and then to the one before."""
        sections, row = self._tiles.sections, self.currentIndex().row()
        here = sections.at(max(0, row))
        if row < 0:
            target = 0
        elif step < 0 and row > sections.starts[here]:
            target = here
        else:
            target = here + step
        if 0 <= target < self.layout_now().sections:
            first = self.section_rows(target)[0]
            self.go_to(first, _Flag.ClearAndSelect, scroll=False)
            self.scrollTo(self._tiles.index(first), QAbstractItemView.ScrollHint.PositionAtTop)

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)  # a band may begin on a header
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_section = self.section_under(event.position().toPoint()) if left else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self._pressed_section if self._band.isNull() else -1
        self._pressed_section = -1
        super().mouseReleaseEvent(event)
        if clicked >= 0 and clicked == self.section_under(event.position().toPoint()):
            self.select_section(clicked, add=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover_section(self.section_under(event.position().toPoint()) if self._band.isNull() else -1)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover_section(-1)
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            section = self.section_under(event.pos())
            if section >= 0:
                QToolTip.showText(event.globalPos(), self.section_hint(section), self.viewport())
                return True
        return super().viewportEvent(event)

    def section_hint(self, section: int) -> str:
        title = self._tiles.sections[section].title
        return self.tr("Select all of {title} (Ctrl+Shift+Space)").replace("{title}", title)

    def _hover_section(self, section: int) -> None:
        if section != self.hovered_section:
            self.hovered_section = section
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if section >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        jumps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == both and self.layout_now().sections and event.key() in (*jumps, Qt.Key.Key_Space):
            self.shows_focus = True
            if event.key() != Qt.Key.Key_Space:
                self.go_to_section(jumps[Qt.Key(event.key())])
            elif 0 <= self.currentIndex().row() < self._tiles.count:
                self.select_section(self._tiles.sections.at(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    # Painting

    def paint_headers(self, painter: QPainter, top: int, bottom: int) -> None:
        """Draw the headers in a strip of the viewport, where they lie among the tiles."""
        layout, offset = self.layout_now(), self.verticalOffset()
        for section in range(max(0, layout.section_at(top + offset)), layout.sections):
            y = layout.head(section) - offset
            if y > bottom:
                break
            if y + HEAD > top:
                self._paint_header(painter, section, y)

    def paint_sticky(self, painter: QPainter) -> None:
        """Draw the header of the section whose tiles scroll under it, and the bubble while the scroll bar is held."""
        section, y = self.sticky()
        if section < 0:
            return
        area = QRect(0, y, self.viewport().width(), HEAD)
        painter.fillRect(area, theme.with_alpha(theme.current().bg, _SHOWS_THROUGH))
        painter.fillRect(area.adjusted(0, HEAD - 1, 0, 0), QColor(theme.current().line))
        self._paint_header(painter, section, y)
        if self.verticalScrollBar().isSliderDown():
            self._paint_bubble(painter, self._tiles.sections[section].title)

    def _paint_header(self, painter: QPainter, section: int, y: int) -> None:
        part = self._tiles.sections[section]
        action = self.tr("Select all") if section == self.hovered_section else ""
        line = QRectF(MARGIN, y, self.layout_now().row_width, HEAD)
        SectionText(part.title, part.detail, action).paint(painter, line)

    def _paint_bubble(self, painter: QPainter, text: str) -> None:
        """Draw where the scroll bar's handle has come to, beside it."""
        bar, colours = self.verticalScrollBar(), theme.current()
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2 * theme.SPACE_3
        share = bar.value() / max(1, bar.maximum())
        handle = bar.height() * bar.pageStep() / max(1, bar.maximum() + bar.pageStep())
        middle = share * (bar.height() - handle) + handle / 2
        top = max(HEAD + theme.SPACE_2, min(middle - _BUBBLE / 2, self.viewport().height() - _BUBBLE - theme.SPACE_2))
        rect = QRectF(self.viewport().width() - wide - theme.SPACE_2, top, wide, _BUBBLE)
        painter.setPen(QColor(colours.line))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _BUBBLE / 2, _BUBBLE / 2)
        painter.setPen(QColor(colours.text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
