"""What lies around the photo in the viewer: the bar above it, the strip and the keys below, the facts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from faceapp.types import Face, Photo
from faceapp.ui import theme
from faceapp.ui.widgets.filmstrip import Filmstrip
from faceapp.ui.widgets.parts import ElidedLabel
from faceapp.ui.widgets.photo_facts import PhotoFacts
from faceapp.ui.widgets.viewer_actions import ViewerActions

_BUTTONS: Final = ("slideshow", "faces", "draw", "rotate", "filmstrip", "info", "full_screen", "close")


class ViewerBar(QWidget):
    """File name and date, the place among the others, and a button for what is done most."""

    def __init__(self, actions: ViewerActions, parent: QWidget) -> None:
        super().__init__(parent)
        _make_surface(self, "bg")
        self.title = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.title.setProperty("role", "heading")
        self.place = QLabel()
        self.place.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_2, 0)
        row.setSpacing(theme.SPACE_1)
        row.addWidget(self.title, 1)
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self.place)
        row.addSpacing(theme.SPACE_2)
        for name in _BUTTONS:
            row.addWidget(button(actions[name]))


class ViewerFoot(QWidget):
    """The filmstrip, and under it the keys in one line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        _make_surface(self, "bg")
        self.strip = Filmstrip()
        self.keys = ElidedLabel(
            self.tr(
                "Esc close  ·  ←/→ other photos  ·  Space slideshow  ·  F full screen  ·  N name  ·  Tab faces  ·  "
                "B draw a missed face  ·  + − 0 1 zoom  ·  Shift+arrows move  ·  R turn  ·  K hide these words"
            )
        )
        self.keys.setProperty("role", "small")
        self.keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.keys.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, theme.SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.keys)


class ViewerPanel(QWidget):
    """What is known of the photo."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        _make_surface(self, "panel")
        self.setProperty("edge", "left")
        heading = QLabel(self.tr("Information"))
        heading.setProperty("role", "heading")
        self.facts = PhotoFacts()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(heading)
        column.addWidget(self.facts)
        column.addStretch(1)

    def show_photo(self, photo: Photo | None, folder: Path | None, faces: Sequence[Face]) -> None:
        self.facts.setVisible(photo is not None)
        if photo is not None:
            self.facts.show_photo(photo, folder, faces)


def button(action: QAction, parent: QWidget | None = None) -> QToolButton:
    """Return a button of an action. It takes the keyboard by Tab only: a click must not take the viewer's keys."""
    made = QToolButton(parent)
    made.setProperty("kind", "icon")
    made.setDefaultAction(action)
    made.setIconSize(QSize(18, 18))
    made.setAccessibleName(action.iconText())
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _make_surface(widget: QWidget, name: str) -> None:
    widget.setProperty("surface", name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
