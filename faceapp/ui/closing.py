"""Closing the window while photos are being read: stop, or go on in the background. Asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QCheckBox, QMessageBox, QPushButton

from faceapp.ui.notifying import SHOWN_MS, Notifying, Tray

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

SETTING = "closing/while_reading"  # what the user wants from now on: "" to be asked
_REST_MS = 500  # how often it is looked whether everything is read and grouped

Choice = Literal["", "stop", "background"]


class Closing(QObject):
    """Says whether the window may close. GUI thread only.

    In the background the window is hidden and an icon in the tray stands for it; when all photos are read and their
    faces grouped, Faceapp ends.
    """

    agreed = Signal()  # the window closes now

    def __init__(self, window: MainWindow, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        kept = settings.value(SETTING, "") if settings is not None else ""
        self.choice: Choice = "stop" if kept == "stop" else "background" if kept == "background" else ""
        self.tray = Tray(window)
        self.notifying = Notifying(window, window.session, self.tray)
        self._agreed = False
        self._box: QMessageBox | None = None
        self._stop: QPushButton | None = None
        self._on: QPushButton | None = None
        self._again: QCheckBox | None = None
        self._rest = QTimer(self, interval=_REST_MS)
        self._rest.timeout.connect(self._end_if_done)
        self._farewell = QTimer(self, singleShot=True, interval=SHOWN_MS)  # a notification goes with the icon
        self._farewell.timeout.connect(self.quit)
        self.tray.open_requested.connect(self.come_back)
        self.tray.pause_toggled.connect(window.reading.set_paused)
        self.tray.quit_requested.connect(self.quit)
        window.reading.changed.connect(self._follow)

    @property
    def dialog(self) -> QMessageBox | None:
        """Return the question that is open."""
        return self._box

    @property
    def in_background(self) -> bool:
        return self._rest.isActive() or self._farewell.isActive()

    def may_close(self) -> bool:
        """Whether the window may close now; if not, the user is being asked, or it goes on in the background."""
        app = QApplication.instance()
        leaving = isinstance(app, QApplication) and app.isSavingSession()  # the user logs out
        if self._agreed or leaving or not self._window.reading.told or self.choice == "stop":
            return self._agree()
        if self.choice == "background" and self.tray.is_available():
            self._go_on()
        elif self._box is None:
            self._ask()
        return False

    def _agree(self) -> bool:
        self._agreed = True
        self._rest.stop()
        self._farewell.stop()
        self.tray.stay(False)
        self.agreed.emit()
        return True

    def _ask(self) -> None:
        background = self.tray.is_available()
        box = self._box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Photos are being read"))
        box.setText(self.tr("Photos are still being read."))
        box.setInformativeText(
            self.tr("What has been read is kept. The rest is read in the background, or when you open Faceapp again.")
            if background
            else self.tr("What has been read is kept. The rest is read when you open Faceapp again.")
        )
        self._stop = box.addButton(self.tr("Stop Reading and Quit"), QMessageBox.ButtonRole.DestructiveRole)
        self._on = None
        if background:
            self._on = box.addButton(self.tr("Go On in the Background"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(stay)
        box.setDefaultButton(self._on or stay)
        self._again = QCheckBox(self.tr("Do not ask again"))  # the box does not keep it alive
        box.setCheckBox(self._again)
        box.finished.connect(self._answered)
        box.open()

    @Slot()
    def _answered(self) -> None:
        box, self._box = self._box, None
        if box is None:
            return
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is self._stop:
            self._keep("stop")
            self.quit()
        elif clicked is self._on and clicked is not None:
            self._keep("background")
            self._go_on()

    def _keep(self, choice: Choice) -> None:
        if self._again is not None and self._again.isChecked():
            self.choice = choice
            self._window.remember(SETTING, choice)

    def _go_on(self) -> None:
        QApplication.setQuitOnLastWindowClosed(False)
        self.tray.set_paused(self._window.session.paused)
        self.tray.stay(True, self.tr("Faceapp is reading photos"))
        self._window.hide()
        self._rest.start()

    @Slot()
    def come_back(self) -> None:
        """Show the window again."""
        QApplication.setQuitOnLastWindowClosed(True)
        self._rest.stop()
        self._farewell.stop()
        self.tray.stay(False)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    @Slot()
    def quit(self) -> None:
        """Close whatever runs. The window may be hidden already."""
        QApplication.setQuitOnLastWindowClosed(True)
        hidden = not self._window.isVisible()
        self._agreed = True
        self._window.close()
        if hidden:  # closing a hidden window is not the last window's closing
            QApplication.quit()

    @Slot()
    def _end_if_done(self) -> None:
        window = self._window
        if window.session.scanning is None and window.tasks.idle and not window.grouping.waiting:
            self._rest.stop()
            self._farewell.start()

    @Slot()
    def _follow(self) -> None:
        self.tray.set_paused(self._window.session.paused)
