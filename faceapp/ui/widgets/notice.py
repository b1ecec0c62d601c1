"""A calm bar over the grid for what went wrong or is worth knowing. Never a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from faceapp.ui import icons, theme, words

NoticeKind = Literal["info", "warning", "error"]

_ICONS: Final[dict[NoticeKind, tuple[str, str]]] = {  # icon, token of its colour
    "info": ("info", "accent"),
    "warning": ("warning", "warn"),
    "error": ("warning", "bad"),
}


class NoticeBar(QWidget):
    """Hidden until there is something to say; a new notice takes the place of the last."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: NoticeKind = "info"
        self._do: Callable[[], object] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._icon = _Icon()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._action = QPushButton()
        self._action.clicked.connect(self._on_action)
        self._close = QToolButton()
        self._close.setProperty("kind", "icon")
        self._close.setIcon(icons.icon("close", "text_2"))
        self._close.setIconSize(QSize(16, 16))
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4 + theme.SPACE_3, theme.SPACE_3 + 7, theme.SPACE_4 + theme.SPACE_2, 7)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        theme.signals().changed.connect(self._repaint)
        self.hide()

    def show_notice(self, kind: NoticeKind, text: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show a text, in plain words, with at most one thing to do about it: its words and what they do."""
        self._kind = kind
        names = {"info": self.tr("Note"), "warning": self.tr("Warning"), "error": self.tr("Problem")}
        self._icon.show_kind(kind, names[kind])
        self._text.setText(text)
        self.setAccessibleName(words.titled(names[kind], text))
        label, self._do = action or ("", None)
        self._action.setText(label)
        self._action.setVisible(action is not None)
        self.show()
        self.update()

    def text(self) -> str:
        return self._text.text()

    def kind(self) -> NoticeKind:
        return self._kind

    @Slot()
    def dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    @Slot()
    def _on_action(self) -> None:
        if self._do is not None:
            self.dismiss()
            self._do()

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.accent_soft if self._kind == "info" else tokens.panel))
        card = QRectF(self.rect()).adjusted(theme.SPACE_4 + 0.5, theme.SPACE_3 + 0.5, -theme.SPACE_4 - 0.5, -0.5)
        painter.drawRoundedRect(card, theme.RADIUS_S, theme.RADIUS_S)


class _Icon(QWidget):
    """Painted when asked, so that it follows the theme."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(18, 18)
        self._kind: NoticeKind = "info"

    def show_kind(self, kind: NoticeKind, name: str) -> None:
        self._kind = kind
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        name, token = _ICONS[self._kind]
        icons.paint(QPainter(self), name, QRectF(self.rect()), getattr(theme.current(), token))
