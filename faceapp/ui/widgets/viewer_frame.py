"""How the parts of the viewer lie around the photo, and when they are there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from faceapp.ui import icons, theme
from faceapp.ui.widgets.viewer_actions import ViewerActions
from faceapp.ui.widgets.viewer_bar import ViewerBar, ViewerFoot, ViewerPanel, button
from faceapp.ui.widgets.zoom_view import ZoomView

BAR: Final = 48
PANEL: Final = 300
_NARROW: Final = 640  # too narrow for the panel
_IDLE_MS: Final = 2000  # without a move of the pointer, until a full screen shows nothing but the photo


class ViewerFrame(QObject):
    """Makes the bars and the panel of a viewer and lays them out around its view.

    Over the whole screen the bars lie on the photo, which keeps its place when they go.
    """

    def __init__(self, viewer: QWidget, view: ZoomView, actions: ViewerActions) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._view = view
        self._actions = actions
        self._whole = False
        view.setParent(viewer)  # first: all others lie on it
        self.bar = ViewerBar(actions, viewer)
        self.previous = self._over("previous", "chevron-left")
        self.next = self._over("next", "chevron-right")
        self.foot = ViewerFoot(viewer)
        self.panel = ViewerPanel(viewer)
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(_IDLE_MS)
        self.idle.timeout.connect(self._hide_bars)
        for name, shown in (("filmstrip", True), ("keys", True), ("info", False)):
            actions[name].setChecked(shown)
            actions[name].toggled.connect(self.arrange)
        view.installEventFilter(self)

    def _over(self, name: str, icon: str) -> QToolButton:
        """Return a button that lies on the photo."""
        made = button(self._actions[name], self._viewer)
        made.setIcon(icons.icon(icon, "on_pill"))
        made.setProperty("kind", "over")
        made.setFixedSize(40, 40)
        return made

    def set_whole(self, whole: bool) -> None:
        """Say whether the photo has the whole screen: bars that nobody uses are hidden then."""
        self._whole = whole
        self.wake()

    @Slot()
    def wake(self) -> None:
        """Show the bars, for a while at least."""
        for part in (self.bar, self.foot, self.previous, self.next):
            part.show()
        self._view.unsetCursor()
        self.arrange()
        self.idle.stop()
        if self._whole:
            self.idle.start()

    @Slot()
    def _hide_bars(self) -> None:
        parts = (self.bar, self.foot, self.previous, self.next)
        by_keyboard = self._viewer.window().focusWidget() not in (self._viewer, self._view)
        if by_keyboard or any(part.underMouse() for part in parts):
            self.idle.start()
            return
        for part in parts:
            part.hide()
        self._view.setCursor(Qt.CursorShape.BlankCursor)

    @Slot()
    def arrange(self) -> None:
        """Give every part its place."""
        actions, foot, width, height = self._actions, self.foot, self._viewer.width(), self._viewer.height()
        foot.strip.setVisible(actions["filmstrip"].isChecked() and foot.strip.count > 1)
        foot.keys.setVisible(actions["keys"].isChecked())
        self.panel.setVisible(actions["info"].isChecked() and width >= _NARROW)
        wide = width if self.panel.isHidden() else width - PANEL
        low = 0 if foot.strip.isHidden() and foot.keys.isHidden() else foot.sizeHint().height()
        self.bar.setGeometry(0, 0, width, BAR)
        foot.setGeometry(0, height - low, wide, low)
        self.panel.setGeometry(wide, BAR, PANEL, height - BAR)
        if self._whole:
            self._view.setGeometry(0, 0, wide, height)
        else:
            self._view.setGeometry(0, BAR, wide, height - BAR - (low or theme.SPACE_4))
        middle = self._view.geometry().center().y() - self.next.height() // 2
        self.previous.move(theme.SPACE_2, middle)
        self.next.move(wide - self.next.width() - theme.SPACE_2, middle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._whole and event.type() == QEvent.Type.MouseMove:
            self.wake()
        return False
