"""A word to the user who is elsewhere: the icon in the tray, its menu, and notifications. Never steals the focus."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from faceapp.types_scan import ScanSummary
from faceapp.ui import icons, words
from faceapp.ui.session import Session

_LONG_S: Final = 60.0  # a scan that took longer is worth a notification
SHOWN_MS: Final = 10_000  # how long a notification stays, and the icon with it


class Tray(QObject):
    """The icon, which is there only while it is of use."""

    open_requested = Signal()
    pause_toggled = Signal(bool)
    quit_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None  # made when first wanted: making it asks the desktop
        self._menu = QMenu(parent)
        self._menu.addAction(self.tr("Open Faceapp"), self.open_requested.emit)
        self._pause: QAction = self._menu.addAction(self.tr("Pause Reading"))
        self._pause.setCheckable(True)
        self._pause.toggled.connect(self.pause_toggled)
        self._menu.addAction(self.tr("Stop Reading and Quit"), self.quit_requested.emit)
        self._stays = False
        self._leave = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._leave.timeout.connect(self._hide)

    def is_available(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def menu(self) -> QMenu:
        return self._menu

    def set_paused(self, paused: bool) -> None:
        """Show whether reading waits. No signal."""
        blocked = self._pause.blockSignals(True)
        self._pause.setChecked(paused)
        self._pause.blockSignals(blocked)

    def stay(self, stays: bool, tip: str = "") -> None:
        """Keep the icon, or let it go."""
        self._stays = stays
        if stays:
            self._made().setToolTip(tip)
            self._made().show()
        else:
            self._hide()

    def say(self, title: str, text: str) -> bool:
        """Show a notification where the desktop has them; return whether it has."""
        if not self.is_available() or not QSystemTrayIcon.supportsMessages():
            return False
        self._made().show()
        self._made().showMessage(title, text, icons.icon("app"), SHOWN_MS)
        self._leave.start()
        return True

    def _made(self) -> QSystemTrayIcon:
        if self._icon is None:
            self._icon = QSystemTrayIcon(icons.icon("app"), self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._on_activated)
            self._icon.messageClicked.connect(self.open_requested)
        return self._icon

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_requested.emit()

    @Slot()
    def _hide(self) -> None:
        if self._icon is not None and not self._stays:
            self._icon.hide()


class Notifying(QObject):
    """Tells of the end of a long scan when the window is not in front. GUI thread only."""

    def __init__(self, window: QWidget, session: Session, tray: Tray) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        session.scan_ended.connect(self._on_ended)

    @Slot(object)
    def _on_ended(self, summary: ScanSummary) -> None:
        if summary.seconds <= _LONG_S or summary.cancelled or self._window.isActiveWindow():
            return
        read = f"{words.scan_result(summary.photos, summary.failed)} · {words.faces(summary.faces)}"
        told = self._tray.say(self.tr("All photos are read"), read)
        if not told:
            QApplication.alert(self._window)
