"""What can be done in the viewer: words, key and icon of each in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from faceapp.ui import icons


@dataclass(frozen=True, slots=True)
class ViewerAction:
    """``keys``: alternatives, the first is shown."""

    id: str
    text: str
    keys: tuple[str, ...]
    icon: str = ""
    checkable: bool = False


def _all() -> tuple[ViewerAction, ...]:
    translate = QCoreApplication.translate
    return (
        ViewerAction("next", translate("ViewerActions", "Next Photo"), ("Right", "PgDown"), "chevron-right"),
        ViewerAction(
            "previous", translate("ViewerActions", "Previous Photo"), ("Left", "PgUp", "Backspace"), "chevron-left"
        ),
        ViewerAction("first", translate("ViewerActions", "First Photo"), ("Home",)),
        ViewerAction("last", translate("ViewerActions", "Last Photo"), ("End",)),
        ViewerAction("slideshow", translate("ViewerActions", "Slideshow"), ("Space",), "play", checkable=True),
        ViewerAction("name", translate("ViewerActions", "Name a Face…"), ("N",)),
        ViewerAction("faces", translate("ViewerActions", "Show Faces"), ("P",), "faces", checkable=True),
        ViewerAction("draw", translate("ViewerActions", "Draw a Missed Face"), ("B",), "face-add", checkable=True),
        ViewerAction("rotate", translate("ViewerActions", "Turn Right"), ("R",), "rotate"),
        ViewerAction("rotate_back", translate("ViewerActions", "Turn Left"), ("Shift+R",)),
        ViewerAction("fit", translate("ViewerActions", "Fit in the Window"), ("0",)),
        ViewerAction("full_size", translate("ViewerActions", "Full Size"), ("1",)),
        ViewerAction("zoom_in", translate("ViewerActions", "Zoom In"), ("+", "=", "Shift++", "Shift+=")),
        ViewerAction("zoom_out", translate("ViewerActions", "Zoom Out"), ("-",)),
        ViewerAction("filmstrip", translate("ViewerActions", "Filmstrip"), ("T",), "filmstrip", checkable=True),
        ViewerAction("info", translate("ViewerActions", "Information"), ("I",), "info", checkable=True),
        ViewerAction(
            "full_screen", translate("ViewerActions", "Full Screen"), ("F", "F11"), "full-screen", checkable=True
        ),
        ViewerAction("keys", translate("ViewerActions", "Show the Keys"), ("K", "?", "Shift+?"), checkable=True),
        ViewerAction("close", translate("ViewerActions", "Close the Viewer"), ("Esc",), "close"),
    )


class ViewerActions(QObject):
    """The actions by id, and which key means which. The viewer passes keys on: none of them is a shortcut elsewhere."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._by_key: dict[str, QAction] = {}
        self._actions: dict[str, QAction] = {}
        for one in _all():
            keys = [QKeySequence(key) for key in one.keys]
            shown = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
            action = QAction(f"{one.text}\t{shown}", self)  # as menus show a shortcut
            action.setIconText(one.text)
            action.setToolTip(f"{one.text} ({shown})")
            action.setCheckable(one.checkable)
            if one.icon:
                action.setIcon(icons.icon(one.icon))
            self._actions[one.id] = action
            self._by_key |= {key.toString(): action for key in keys}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def connect_to(self, name: str, run: Callable[[], object]) -> None:
        """Run something when an action is chosen."""
        self._actions[name].triggered.connect(lambda _checked=False: run())

    def connect_state(self, name: str, set_state: Callable[[bool], object]) -> None:
        """Tell something the state of a checkable action."""
        self._actions[name].toggled.connect(set_state)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; False if it means nothing."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(event.key() | modifiers.value)
        action = self._by_key.get(pressed.toString())
        if action is None or not action.isEnabled():
            return False
        action.trigger()
        return True
