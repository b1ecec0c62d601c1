"""What the panels beside the grid have in common: a surface with a line on the left, and words while they are empty."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from faceapp.ui import theme
from faceapp.ui.widgets.page_parts import label

WIDTH = 340
_NARROWEST = 280


class Beside(QWidget):
    """Holds a column that scrolls; ``show_content`` shows it, ``show_empty`` the words instead."""

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_NARROWEST)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setProperty("surface", "panel")
        self.setProperty("edge", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        inner = QWidget()
        inner.setProperty("surface", "panel")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        self._area = QScrollArea()
        self._area.setProperty("surface", "panel")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self._empty = label(empty, "faint")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(theme.SPACE_6, 0, theme.SPACE_6, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)  # leaves room for the line on the left
        whole.addWidget(self._stack)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def show_content(self) -> None:
        self._stack.setCurrentWidget(self._area)

    def show_empty(self, words: str = "") -> None:
        """Show words in place of the column: others than before, if some are given."""
        if words:
            self._empty.setText(words)
        self._stack.setCurrentWidget(self._empty)
