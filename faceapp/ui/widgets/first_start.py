"""What a new library shows: one place to drop photos on, and what will happen to them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from faceapp.ui import icons, theme
from faceapp.ui.widgets.parts import ElidedLabel

_ZONE_WIDTH = 720
_TITLE_PX = 26


class FirstStart(QWidget):
    """The page. Drops are taken by the window, which says so with ``set_drag_active``."""

    use_pictures_requested = Signal()
    choose_requested = Signal()
    samples_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._zone = _DropZone()
        title = _centred(self.tr("Drop your photo folder here"), "title")
        title.setStyleSheet(f"font-size: {_TITLE_PX}px;")
        lead = _centred(
            self.tr("Faceapp finds the people in your pictures. First faces appear within seconds."), "muted"
        )
        lead.setStyleSheet(f"font-size: {theme.FONT_L}px;")
        self.use_pictures = _large(QPushButton(self.tr("Use my Pictures folder")))
        self.use_pictures.setProperty("kind", "primary")
        self.use_pictures.setDefault(True)
        self.use_pictures.setToolTip(self.tr("Read the photos in your Pictures folder"))
        self.use_pictures.clicked.connect(self._on_use)
        self.choose = _large(QPushButton(self.tr("Choose another…")))
        self.choose.setToolTip(self.tr("Choose a folder with photos (Ctrl+O)"))
        self.choose.clicked.connect(self._on_choose)
        self._place = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self._place.setProperty("role", "faint")
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.samples = QPushButton(self.tr("Try it with sample photos"))
        self.samples.setProperty("kind", "quiet")
        self.samples.setIcon(icons.icon("photos", "text_2"))
        self.samples.setToolTip(self.tr("24 portraits in the public domain, which can be removed with one click"))
        self.samples.clicked.connect(self._on_samples)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self.use_pictures)
        buttons.addWidget(self.choose)
        buttons.addStretch(1)

        column = QVBoxLayout(self._zone)
        column.setContentsMargins(50, 64, 50, 64)
        column.setSpacing(0)
        column.addWidget(title)
        column.addSpacing(theme.SPACE_2)
        column.addWidget(lead)
        column.addSpacing(theme.SPACE_6)
        column.addLayout(buttons)
        column.addSpacing(theme.SPACE_2)
        column.addWidget(self._place)
        column.addSpacing(theme.SPACE_2)
        column.addWidget(self.samples, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.SPACE_6)
        column.addLayout(self._promises())

        page = QGridLayout(self)
        page.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_6)
        page.setRowStretch(0, 1)
        page.setRowStretch(2, 1)
        page.setColumnStretch(0, 1)
        page.setColumnStretch(1, 1000)  # up to the zone's own width
        page.setColumnStretch(2, 1)
        page.addWidget(self._zone, 1, 1)

    def _promises(self) -> QHBoxLayout:
        texts = (
            (self.tr("Nothing leaves this computer"), self.tr("No account, no upload, no network at all.")),
            (self.tr("Photos are never changed"), self.tr("Names live in a library beside them.")),
            (self.tr("Click a face, see every match"), self.tr("Drag the line to be stricter or wider.")),
        )
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_6)
        for head, text in texts:
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE_1)
            for part, role in ((head, "strong"), (text, "muted")):
                label = QLabel(part)
                label.setProperty("role", role)
                label.setWordWrap(True)
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                column.addWidget(label)
            column.addStretch(1)
            row.addLayout(column, 1)
        return row

    def set_pictures(self, folder: Path | None) -> None:
        """Say where the Pictures folder is; None: there is none to offer."""
        self.use_pictures.setVisible(folder is not None)
        self._place.setVisible(folder is not None)
        self._place.set_full_text(str(folder) if folder is not None else "")
        if folder is not None:
            self.use_pictures.setToolTip(self.tr("Read the photos in {folder}").replace("{folder}", str(folder)))
        self.choose.setText(self.tr("Choose another…") if folder is not None else self.tr("Choose a photo folder…"))
        self.choose.setProperty("kind", None if folder is not None else "primary")
        self.choose.setStyleSheet(self.choose.styleSheet())  # what a button is, the style asks once

    def place(self) -> str:
        """Return the folder that is offered, "" for none."""
        return self._place.full_text()

    def set_busy(self, busy: bool) -> None:
        """Show that the sample photos are being made."""
        self.samples.setEnabled(not busy)
        self.samples.setText(self.tr("Making sample photos…") if busy else self.tr("Try it with sample photos"))

    def set_drag_active(self, active: bool) -> None:
        """Show that what is being dragged may be dropped."""
        self._zone.set_active(active)

    def drag_active(self) -> bool:
        return self._zone.active

    @Slot()
    def _on_use(self) -> None:
        self.use_pictures_requested.emit()

    @Slot()
    def _on_choose(self) -> None:
        self.choose_requested.emit()

    @Slot()
    def _on_samples(self) -> None:
        self.samples_requested.emit()


class _DropZone(QWidget):
    """The dashed frame."""

    def __init__(self) -> None:
        super().__init__()
        self.active = False
        self.setMaximumWidth(_ZONE_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.signals().changed.connect(self._repaint)

    def set_active(self, active: bool) -> None:
        self.active = active
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_ZONE_WIDTH, super().sizeHint().height())

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.accent if self.active else tokens.line), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3.0, 2.0])  # in pen widths: 6 on, 4 off
        painter.setPen(pen)
        if self.active:
            painter.setBrush(QColor(tokens.accent_soft))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 20, 20)


def _centred(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label


def _large(button: QPushButton) -> QPushButton:
    button.setStyleSheet(
        "QPushButton { min-height: 36px; padding: 0 20px; } QPushButton:focus { min-height: 34px; padding: 0 19px; }"
    )
    return button
