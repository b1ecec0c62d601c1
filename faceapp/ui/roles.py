"""What screen readers are told that parts of our own making are: Qt knows no more of them than that they are there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

# By the name of a class; what inherits from it is the same. Names and descriptions are the widgets' own.
ROLES: Final[Mapping[str, QAccessible.Role]] = {
    "Filmstrip": QAccessible.Role.List,
    "NoticeBar": QAccessible.Role.AlertMessage,
    "PaletteView": QAccessible.Role.Dialog,
    "PhotoView": QAccessible.Role.Graphic,
    "StatusStrip": QAccessible.Role.StatusBar,
    "Timeline": QAccessible.Role.Chart,
}


@cache
def install() -> None:
    """Let Qt ask here first. Once is enough."""
    QAccessible.installFactory(_interface)


def _interface(kind: str, widget: QObject | None) -> QAccessibleInterface | None:
    role = ROLES.get(kind)
    return QAccessibleWidget(widget, role) if role is not None and isinstance(widget, QWidget) else None
