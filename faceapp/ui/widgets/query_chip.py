"""A face that is looked for: its picture, its name, and a cross to take it out."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QWidget

from faceapp.ui import icons, theme
from faceapp.ui.widgets.parts import ElidedLabel, Picture

ChipKind = Literal["include", "exclude"]

HEIGHT = 46
_SIDE = 36
_NAME_WIDTH = 130


class QueryChip(QWidget):
    """One chip. ``compact`` leaves the name to the tooltip."""

    removed = Signal()

    def __init__(
        self,
        label: str,
        pixmap: QPixmap | None = None,
        kind: ChipKind = "include",
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        text = label or self.tr("This face")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._picture = Picture(_SIDE, _SIDE / 2, pixmap)
        self._name = ElidedLabel(text)
        self._name.setMaximumWidth(_NAME_WIDTH)
        if kind == "exclude":
            self._name.setProperty("role", "muted")
        self._remove = QToolButton()
        self._remove.setProperty("kind", "icon")
        self._remove.setIcon(icons.icon("close", "text_2"))
        self._remove.setIconSize(QSize(14, 14))
        self._remove.setStyleSheet(
            "QToolButton { min-width: 20px; min-height: 20px; border-radius: 11px; }"
            "QToolButton:focus { min-width: 18px; min-height: 18px; }"
        )
        self._remove.setToolTip(self.tr("Take out of the search"))
        self._remove.setAccessibleName(self.tr("Take {name} out of the search").replace("{name}", text))
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 5, 7, 5)
        row.addWidget(self._picture)
        row.addWidget(self._name)
        row.addWidget(self._remove)
        self._row = row
        self.set_compact(compact)
        theme.signals().changed.connect(self._repaint)

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        self._picture.set_pixmap(pixmap)

    def set_compact(self, compact: bool) -> None:
        """Leave the name to the tooltip, or show it."""
        self._name.setVisible(not compact)
        self._row.setSpacing(theme.SPACE_1 if compact else theme.SPACE_2)

    def label(self) -> str:
        return self._name.full_text()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit()

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.bad if self._kind == "exclude" else tokens.line), 1))
        painter.setBrush(QColor(tokens.raised))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)


class ChipArea(QScrollArea):
    """As wide as its chips where there is room; else they scroll sideways, also by Tab."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setWidgetResizable(True)
        self._holder = holder
        self.setWidget(holder)

    def fit(self) -> None:
        self._holder.updateGeometry()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._holder.sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), HEIGHT)
