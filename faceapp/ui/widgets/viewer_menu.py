"""The menu on a photo in the viewer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from faceapp.ui import words
from faceapp.ui.widgets.slideshow import SECONDS, Slideshow
from faceapp.ui.widgets.viewer_actions import ViewerActions

_PARTS = (
    ("faces", "name", "draw"),
    ("rotate", "rotate_back", "fit", "full_size"),
    ("filmstrip", "info", "keys"),
    ("full_screen", "slideshow"),
)


def fill(menu: QMenu, actions: ViewerActions, slideshow: Slideshow) -> None:
    """Offer what can be done with a photo, and how long each one stays in the slideshow."""
    for part in _PARTS:
        menu.addSeparator()
        menu.addActions([actions[name] for name in part])
    pace = menu.addMenu(QCoreApplication.translate("ViewerMenu", "Pace of the Slideshow"))
    only_one = QActionGroup(pace)
    for seconds in SECONDS:
        action = pace.addAction(
            QCoreApplication.translate("ViewerMenu", "{n} seconds a photo").replace("{n}", words.number(seconds))
        )
        action.setCheckable(True)
        action.setChecked(seconds == slideshow.seconds)
        action.triggered.connect(partial(slideshow.set_seconds, seconds))
        only_one.addAction(action)
    menu.addSeparator()
    menu.addAction(actions["close"])
