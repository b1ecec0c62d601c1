"""The strip along the bottom: what is being read, how far it is, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from faceapp.types_scan import ScanProgress
from faceapp.ui import icons, theme, words
from faceapp.ui.widgets.parts import ElidedLabel

HEIGHT = 32
_BAR_WIDTH = 180
_NARROW = 1000  # below it the promise is only a lock and the bar half as wide
_MESSAGE_MS = 6000


class StatusStrip(QWidget):
    """Either a running scan or the last result; a message may lie over both for a few seconds."""

    pause_toggled = Signal(bool)
    gentle_toggled = Signal(bool)
    cancel_requested = Signal()
    problems_requested = Signal()
    details_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("What is running"))
        self._paused = False
        self._running = False
        self._failed = 0
        self._title = ""
        self._idle = ""
        self._message = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end_message)

        self._left = ElidedLabel()
        self._left.setProperty("role", "small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Photos read"))
        self._sentence = ElidedLabel()
        self._sentence.setProperty("role", "small")
        self._problems = self._quiet(self.tr("Show problems"), self.tr("Photos that could not be read, and why"))
        self._problems.clicked.connect(self._on_problems)
        self._details = self._quiet(
            self.tr("Details"), self.tr("Folders, faces and files that are being read (Ctrl+Shift+I)")
        )
        self._details.clicked.connect(self.details_requested)
        self._pause = self._quiet("", "")
        self._pause.clicked.connect(self._on_pause)
        self._gentle = self._quiet(
            self.tr("Gentle"), self.tr("Leave one processor free for other programs (Ctrl+Shift+P)")
        )
        self._gentle.setCheckable(True)
        self._gentle.clicked.connect(self.gentle_toggled)
        self._cancel = self._quiet(self.tr("Stop"), self.tr("Stop reading; what has been read is kept (Ctrl+.)"))
        self._cancel.clicked.connect(self._on_cancel)
        lock = QLabel()
        lock.setToolTip(self.tr("Everything stays on this computer: Faceapp uses no network at all"))
        lock.setPixmap(icons.icon("lock", "text_2").pixmap(QSize(13, 13), self.devicePixelRatioF()))
        self._lock = lock
        self._promise = promise = QLabel(self.tr("Everything stays on this computer"))
        promise.setProperty("role", "small")
        promise.setToolTip(self.tr("Faceapp uses no network at all"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, 1, theme.SPACE_4, 0)
        row.setSpacing(theme.SPACE_3)
        for widget in (self._left, self._bar, self._sentence):
            row.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in (self._problems, self._details, self._pause, self._gentle, self._cancel):
            buttons.addWidget(button)
        row.addLayout(buttons)
        row.addStretch(1)
        row.addWidget(lock)
        row.addSpacing(-theme.SPACE_2)
        row.addWidget(promise)
        theme.signals().changed.connect(self._redraw_lock)
        self.set_paused(False)
        self.set_idle("")

    def set_progress(self, progress: ScanProgress) -> None:
        """Show a running scan."""
        self._running = True
        self._failed = progress.failed
        self._title = words.scan_title(progress)
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(min(progress.done, progress.total))
        self._sentence.set_full_text(words.scan_progress(progress))
        self.setAccessibleDescription(f"{self._title}: {words.scan_progress(progress)}")
        self._problems.setVisible(progress.failed > 0)
        self._problems.setText(words.problems(progress.failed))
        self._refresh()

    def set_paused(self, paused: bool) -> None:
        self._paused = paused
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._pause.setToolTip(
            self.tr("Go on reading (Ctrl+P)") if paused else self.tr("Wait; go on whenever you like (Ctrl+P)")
        )
        self._refresh()

    def set_gentle(self, gentle: bool) -> None:
        """Show whether reading leaves a processor free. No signal."""
        self._gentle.setChecked(gentle)

    def set_idle(self, text: str, problems: int | None = None) -> None:
        """Say that nothing runs, with the last result: "9,871 photos read, 12 problems".

        ``problems`` of the last scan unless given.
        """
        self._running = False
        self._paused = False
        self._idle = text
        self.setAccessibleDescription(text)
        self._pause.setText(self.tr("Pause"))
        self._problems.setText(self.tr("Show problems"))
        self._problems.setVisible((self._failed if problems is None else problems) > 0)
        self._refresh()

    def show_message(self, text: str) -> None:
        """Say something for a few seconds; a scan goes on showing its bar."""
        self._message = text
        self._timer.start(_MESSAGE_MS)
        self._refresh()

    def text(self) -> str:
        """Return all that the left side says."""
        return " ".join(part for part in (self._left.full_text(), self._shown_sentence()) if part)

    def _shown_sentence(self) -> str:
        return self._sentence.full_text() if self._running else ""

    def _refresh(self) -> None:
        for widget in (self._bar, self._sentence, self._details, self._pause, self._gentle, self._cancel):
            widget.setVisible(self._running)
        title = self.tr("Paused") if self._paused else self._title
        self._left.set_full_text(self._message or (title if self._running else self._idle))
        self._left.setMinimumWidth(min(self._left.sizeHint().width(), 140))
        self._left.setVisible(bool(self._left.full_text()))

    def _quiet(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "quiet")
        button.setStyleSheet(
            f"QPushButton {{ min-height: 22px; font-size: {theme.FONT_S}px; padding: 0 9px; }}"
            "QPushButton:focus { min-height: 20px; padding: 0 8px; }"
        )
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self._promise.setHidden(narrow)
        self._bar.setFixedWidth(_BAR_WIDTH // 2 if narrow else _BAR_WIDTH)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is not a button opens the details."""
        inside = self.rect().contains(event.position().toPoint())
        if inside and self._running and event.button() == Qt.MouseButton.LeftButton:
            self.details_requested.emit()

    @Slot()
    def _redraw_lock(self) -> None:
        self._lock.setPixmap(icons.icon("lock", "text_2").pixmap(QSize(13, 13), self.devicePixelRatioF()))

    @Slot()
    def _end_message(self) -> None:
        self._message = ""
        self._refresh()

    @Slot()
    def _on_pause(self) -> None:
        self.set_paused(not self._paused)
        self.pause_toggled.emit(self._paused)

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel_requested.emit()

    @Slot()
    def _on_problems(self) -> None:
        self.problems_requested.emit()
