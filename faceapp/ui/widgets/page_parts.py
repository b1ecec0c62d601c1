"""What the pages of the Tools menu are made of: a heading with advice, a line of progress, a scrolled column."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from faceapp.ui import theme
from faceapp.ui.widgets.parts import draw_picture

COLUMN = 860  # the widest that lines are comfortable to read


class Page(QScrollArea):
    """A heading and advice over a column that scrolls. Fill ``column``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("surface", "bg")
        inner.setMaximumWidth(COLUMN)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_6)
        self.column.setSpacing(theme.SPACE_3)
        self._heading, self._advice = label("", "heading"), label("", "muted")
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.SPACE_2)
        self.head.addWidget(self._heading, 1)
        self.column.addLayout(self.head)
        self.column.addWidget(self._advice)
        self.error = label("", "")
        self.error.setProperty("tone", "bad")
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        self.column.addWidget(self.error)
        self.setWidget(inner)

    def set_head(self, title: str, advice: str) -> None:
        self.setAccessibleName(title)
        self._heading.setText(title)
        self._advice.setText(advice)

    def set_error(self, text: str) -> None:
        """Say what went wrong, in place; "" takes it back."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        if text:
            self.ensureWidgetVisible(self.error)


def label(text: str, role: str) -> QLabel:
    """Return plain words that wrap."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    if role:
        made.setProperty("role", role)
    return made


def card() -> tuple[QFrame, QVBoxLayout]:
    """Return a framed part of a page and the layout for what is in it."""
    made = QFrame()
    made.setProperty("surface", "card")
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_3)
    inside.setSpacing(theme.SPACE_1)
    return made, inside


class ProgressRow(QWidget):
    """How far a piece of work is, and how to pause and stop it. Hidden while nothing runs."""

    pause_toggled = Signal(bool)
    stop_requested = Signal()

    def __init__(self, what: str, *, pausable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paused = False
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.bar.setAccessibleName(what)
        self.words = label("", "small")
        self.pause = QPushButton(self.tr("Pause"))
        self.stop = QPushButton(self.tr("Stop"))
        for button in (self.pause, self.stop):
            button.setProperty("kind", "quiet")
        self.pause.setVisible(pausable)
        self.pause.clicked.connect(self._on_pause)
        self.stop.clicked.connect(self.stop_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self.bar)
        row.addWidget(self.words, 1)
        row.addWidget(self.pause)
        row.addWidget(self.stop)
        self.hide()

    def set_progress(self, done: int, total: int, words: str) -> None:
        """Show how far it is; ``total`` 0: nobody knows yet."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.words.setText(words)

    def set_paused(self, paused: bool) -> None:
        self._paused = paused
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))

    @Slot()
    def _on_pause(self) -> None:
        self.pause_toggled.emit(not self._paused)


class Figure(QWidget):
    """A picture as wide as its page, with round corners; it keeps its shape and is never enlarged."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_image(self, image: QImage | None) -> None:
        self._pixmap = QPixmap.fromImage(image) if image is not None else QPixmap()
        self.setVisible(not self._pixmap.isNull())
        self._fit()

    def pixmap(self) -> QPixmap:
        return self._pixmap

    def sizeHint(self) -> QSize:
        return QSize(min(COLUMN, self._pixmap.width()), 0)

    def _fit(self) -> None:
        if not self._pixmap.isNull():
            wide = min(self.width(), self._pixmap.width())
            self.setFixedHeight(max(1, round(wide * self._pixmap.height() / self._pixmap.width())))
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap.isNull():
            return
        ratio = self.devicePixelRatioF()
        wide = min(self.width(), self._pixmap.width())
        target = QRectF(0, 0, wide, self.height())
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = self._pixmap.scaledToWidth(min(self._pixmap.width(), round(wide * ratio)), smooth)
        draw_picture(QPainter(self), target, scaled, theme.RADIUS_M)
