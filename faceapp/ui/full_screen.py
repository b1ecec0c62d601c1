"""The window over the whole screen, for the viewer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from faceapp.ui.widgets.viewer import Viewer

_QWIDGETSIZE_MAX = (1 << 24) - 1


class FullScreen(QObject):
    """Makes the window cover the screen as long as the viewer wants it, and tells the viewer when it ends otherwise."""

    def __init__(self, window: QWidget, viewer: Viewer) -> None:
        super().__init__(window)
        self._window = window
        self._viewer = viewer
        self._before = Qt.WindowState.WindowNoState
        viewer.full_screen_changed.connect(self._set)
        window.installEventFilter(self)

    @Slot(bool)
    def _set(self, wanted: bool) -> None:
        if isinstance(self._window, QMainWindow):  # not hidden: the shortcuts of its menus are to work on
            self._window.menuBar().setMaximumHeight(0 if wanted else _QWIDGETSIZE_MAX)
        if wanted:
            self._before = self._window.windowState() & ~Qt.WindowState.WindowFullScreen
            self._window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
        else:
            self._window.setWindowState(self._before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window manager has its own ways out."""
        left = event.type() == QEvent.Type.WindowStateChange and not self._window.isFullScreen()
        if left and self._viewer.full_screen and not self._window.isMinimized():
            self._viewer.set_full_screen(False)
        return False
